#include "features/circles/rules.hpp"
#include "features/circles/views.hpp"

/// Making, changing and removing circles.
namespace torv::circles {

namespace {

using web::Access;
using web::Context;
using web::Response;

NewCircle typed_from(const web::Form& form) {
    return {.name = std::string(form["name"]),
            .description = std::string(form["description"]),
            .visibility = visibility_from(form["visibility"]).value_or(Visibility::Members),
            .entry = entry_from(form["entry"]).value_or(Entry::Closed),
            .question = std::string(form["question"])};
}

Response form_page(Context& ctx, views::FormPage page, const Error* error) {
    page.error = error;
    const auto title = ctx.t(page.slug.empty() ? "circles.new" : "circles.change_title");
    const auto body = [&](html::Out& out) { views::form(out, ctx, page); };
    if (error) return ctx.refuse_form(*error, title, body, {.section = "circles"});
    return ctx.page(title, body, {.section = "circles"});
}

Response show_new(Context& ctx) { return form_page(ctx, {}, nullptr); }

Response create_circle(Context& ctx) {
    const NewCircle typed = typed_from(ctx.form());
    const auto made =
        ctx.create([&](db::Tx& tx) -> Result<CircleId> { return create(tx, ctx.viewer, typed); });
    if (!made) return form_page(ctx, {.typed = typed}, &made.error());
    return ctx.redirect_with("/circles/" + made->text(), "circles.made");
}

Response show_edit(Context& ctx) {
    const auto circle = ctx.db.read([&](db::Tx& tx) { return named_in_path(tx, ctx); });
    if (!circle) return ctx.refuse(circle.error());
    return form_page(ctx,
                     {.slug = circle->slug,
                      .title = circle->name,
                      .typed = {.name = circle->name,
                                .description = circle->description,
                                .visibility = circle->visibility,
                                .entry = circle->entry,
                                .question = circle->question},
                      .ruled = circle->entry == Entry::Rule},
                     nullptr);
}

Response save(Context& ctx) {
    const NewCircle typed = typed_from(ctx.form());
    views::FormPage page{.typed = typed};
    const auto done = ctx.db.write([&](db::Tx& tx) -> Done {
        const Circle circle = TRY(named_in_path(tx, ctx));
        page.slug = circle.slug;
        page.title = circle.name;
        page.ruled = circle.entry == Entry::Rule;
        return edit(tx, ctx.viewer, circle.id, typed);
    });
    if (!done && done.error().field.empty()) return ctx.refuse(done.error());
    if (!done) return form_page(ctx, page, &done.error());
    return ctx.redirect_with(path(page.slug), "circles.saved");
}

Response remove_circle(Context& ctx) {
    const auto done = ctx.db.write(
        [&](db::Tx& tx) -> Done { return remove(tx, ctx.viewer, TRY(named_in_path(tx, ctx)).id); });
    if (!done) return ctx.refuse(done.error());
    return ctx.redirect_with("/circles", "circles.removed");
}

}  // namespace

void form_routes(web::Routes& routes) {
    routes.get("/circles/new", Access::Admin, show_new);
    routes.post("/circles", Access::Admin, create_circle);
    routes.get("/circles/{circle}/edit", Access::Admin, show_edit);
    routes.patch("/circles/{circle}", Access::Admin, save);
    routes.del("/circles/{circle}", Access::Admin, remove_circle);
}

}  // namespace torv::circles
