#include "features/messages/handlers.hpp"
#include "features/messages/views.hpp"

/// Who is in a group, and what it is called.
namespace torv::messages {

namespace {

using web::Access;
using web::Context;
using web::Response;

Response people_page(Context& ctx, std::string_view typed, const Error* error) {
    const auto id = ctx.path_id<TopicId>("conversation");
    const auto page = ctx.db.read([&](db::Tx& tx) -> Result<views::PeoplePage> {
        TRY(conversations::find(tx, ctx.viewer, id));
        const auto seen = TRY(topics::visible(tx, ctx.viewer, id));
        return views::PeoplePage{.one = TRY(pages::one(tx, ctx.viewer, id)),
                                 .title = seen.topic.title,
                                 .typed = std::string(typed),
                                 .error = error};
    });
    if (!page) return ctx.refuse(page.error());
    const std::string title(ctx.t("messages.people"));
    const auto draw = [&](html::Out& out) { views::people(out, ctx, *page); };
    const web::PageOptions options{.section = "messages"};
    if (error) return ctx.refuse_form(*error, title, draw, options);
    return ctx.page(title, draw, options);
}

Response show(Context& ctx) { return people_page(ctx, {}, nullptr); }

Response add(Context& ctx) {
    const auto id = ctx.path_id<TopicId>("conversation");
    const auto to = ctx.form()["to"];
    const auto done = add_by_handles(ctx, id, to);
    if (done) return ctx.redirect_with(conversations::path(id) + "/people", "messages.added");
    if (done.error().fault == Fault::NotFound) return ctx.refuse(done.error());
    return people_page(ctx, to, &done.error());
}

Response rename(Context& ctx) {
    const auto id = ctx.path_id<TopicId>("conversation");
    if (const auto slow = calm_change(ctx); !slow) return ctx.refuse(slow.error());
    const auto done = ctx.db.write([&](db::Tx& tx) -> Done {
        const auto one = TRY(conversations::find(tx, ctx.viewer, id));
        if (one.kind != conversations::Kind::Group)
            return fail(Fault::Invalid, "conversations.not_a_group");
        return topics::name_direct(tx, ctx.viewer, id, ctx.form()["title"]);
    });
    if (done) return ctx.redirect_with(conversations::path(id) + "/people", "messages.named");
    if (done.error().fault == Fault::NotFound) return ctx.refuse(done.error());
    return people_page(ctx, {}, &done.error());
}

}  // namespace

Done add_by_handles(Context& ctx, TopicId id, std::string_view to) {
    TRY(calm_change(ctx));
    return ctx.db.write([&](db::Tx& tx) -> Done {
        TRY(conversations::find(tx, ctx.viewer, id));
        const auto people = TRY(pages::people_from(tx, ctx.viewer.community, to));
        const auto faces = members::names(tx, ctx.viewer.community, people);
        for (const MemberId one : people) {
            const auto done = conversations::add(tx, ctx.viewer, id, faces[one]);
            if (done) continue;
            Error error = done.error();
            error.field = "to";
            if (error.key == "conversations.not_taken") error.key = "messages.one_not_taken";
            error.args.push_back({"name", faces[one].name});
            return std::unexpected(std::move(error));
        }
        return Unit{};
    });
}

void people_routes(web::Routes& routes) {
    routes.get("/messages/{conversation}/people", Access::Member, show);
    routes.post("/messages/{conversation}/people", Access::Member, add);
    routes.post("/messages/{conversation}/name", Access::Member, rename);
}

}  // namespace torv::messages
