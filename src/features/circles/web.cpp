#include "platform/web/web.hpp"

#include "features/circles/rules.hpp"
#include "features/circles/views.hpp"
#include "platform/base/text.hpp"

namespace torv::circles {

using web::Access;
using web::Context;
using web::Response;

namespace {

constexpr int kOnPage = 40;
constexpr int kRequestsShown = 100;

Response show_all(Context& ctx) {
    if (const auto may = ctx.may_look("circles", 240, 60); !may) return ctx.refuse(may.error());
    const auto circles = ctx.db.read([&](db::Tx& tx) { return list(tx, ctx.viewer); });
    return ctx.page(ctx.t("circles.title"), [&](html::Out& out) { views::list(out, ctx, circles); },
                    {.section = "circles"});
}

Result<views::CirclePage> load(db::Tx& tx, const Context& ctx) {
    views::CirclePage page{.circle = TRY(named_in_path(tx, ctx))};
    page.manages = may_manage(ctx.viewer);
    page.keeps = may_let_in(ctx.viewer, page.circle);
    auto slice = TRY(one_page(tx, ctx.viewer, page.circle.id, ctx.query("before")));
    page.people = std::move(slice.people);
    if (!slice.next.empty()) page.next = path(page.circle.slug) + "?before=" + slice.next;
    if (page.keeps)
        page.requests = store::requests(tx, ctx.viewer.community, page.circle.id, kRequestsShown);
    std::vector<MemberId> faces;
    for (const auto& one : page.people) faces.push_back(one.member);
    for (const auto& one : page.requests) faces.push_back(one.member);
    page.faces = members::names(tx, ctx.viewer.community, faces);
    return page;
}

Response circle_page(Context& ctx, std::string_view typed, const Error* error) {
    auto page = ctx.db.read([&](db::Tx& tx) { return load(tx, ctx); });
    if (!page) return ctx.refuse(page.error());
    page->typed = typed;
    page->error = error;
    const auto body = [&](html::Out& out) { views::circle(out, ctx, *page); };
    if (error) return ctx.refuse_form(*error, page->circle.name, body, {.section = "circles"});
    if (page->circle.slug != ctx.path("circle")) return ctx.redirect(path(page->circle.slug), 302);
    return ctx.page(page->circle.name, body, {.section = "circles"});
}

Response show(Context& ctx) {
    if (const auto may = ctx.may_look("circles", 240, 60); !may) return ctx.refuse(may.error());
    return circle_page(ctx, {}, nullptr);
}

/// Runs `deed(tx, circle)` and leads back to the circle, or to all of them when it is not seen any
/// more.
template <class F>
Response then_back(Context& ctx, std::string_view said, F&& deed) {
    if (auto ok = ctx.limit("circles-do:" + ctx.viewer.id.text(), 60, 60); !ok)
        return ctx.refuse(ok.error());
    std::string to;
    const auto done = ctx.db.write([&](db::Tx& tx) -> Done {
        const Circle circle = TRY(named_in_path(tx, ctx));
        TRY(deed(tx, circle));
        to = find(tx, ctx.viewer, circle.id) ? path(circle.slug) : "/circles";
        return Unit{};
    });
    if (!done) return ctx.refuse(done.error());
    return ctx.redirect_with(to, said);
}

Response add_person(Context& ctx) {
    std::string_view handle = trimmed(ctx.form()["handle"]);
    if (handle.starts_with('@')) handle.remove_prefix(1);
    const auto done = ctx.db.write([&](db::Tx& tx) -> Done {
        const Circle circle = TRY(named_in_path(tx, ctx));
        TRY(for_keeper(tx, ctx.viewer, circle.id));
        const auto member = members::by_handle(tx, ctx.viewer.community, ascii_lower(handle));
        if (!member || member->state != members::State::Active)
            return fail(Fault::Invalid, "circles.handle_unknown", "handle");
        return put_in(tx, ctx.viewer, circle.id, member->id);
    });
    if (!done && done.error().field == "handle") return circle_page(ctx, handle, &done.error());
    if (!done) return ctx.refuse(done.error());
    return ctx.redirect_with(path(ctx.path("circle")), "circles.added_done");
}

Response drop_person(Context& ctx) {
    const auto member = ctx.path_id<MemberId>("member");
    return then_back(ctx, member == ctx.viewer.id ? "circles.left_done" : "circles.put_out_done",
                     [&](db::Tx& tx, const Circle& circle) {
                         return put_out(tx, ctx.viewer, circle.id, member);
                     });
}

Response join_it(Context& ctx) {
    return then_back(ctx, "circles.joined_done", [&](db::Tx& tx, const Circle& circle) {
        return join(tx, ctx.viewer, circle.id);
    });
}

Response ask_in(Context& ctx) {
    if (auto ok = ctx.limit("circles-do:" + ctx.viewer.id.text(), 60, 60); !ok)
        return ctx.refuse(ok.error());
    const std::string_view answer = ctx.form()["answer"];
    const auto done = ctx.db.write([&](db::Tx& tx) -> Done {
        return ask(tx, ctx.viewer, TRY(named_in_path(tx, ctx)).id, answer);
    });
    if (!done && done.error().field == "answer") return circle_page(ctx, answer, &done.error());
    if (!done) return ctx.refuse(done.error());
    return ctx.redirect_with(path(ctx.path("circle")), "circles.asked_done");
}

Response drop_asking(Context& ctx) {
    const auto member = ctx.path_id<MemberId>("member");
    return then_back(ctx, member == ctx.viewer.id ? "circles.taken_back" : "circles.declined_done",
                     [&](db::Tx& tx, const Circle& circle) {
                         return drop_request(tx, ctx.viewer, circle.id, member);
                     });
}

}  // namespace

Result<Circle> named_in_path(db::Tx& tx, const Context& ctx) {
    auto circle = find(tx, ctx.viewer, ctx.path("circle"));
    if (circle) return circle;
    const auto id = CircleId::parse(ctx.path("circle"));
    if (!id) return circle;
    return find(tx, ctx.viewer, *id);
}

Result<Slice> one_page(db::Tx& tx, const auth::Viewer& viewer, CircleId id,
                       std::string_view cursor) {
    const auto below = TRY(web::keyset_from(cursor));
    Slice slice{.people = store::people(tx, viewer.community, id, below, kOnPage + 1)};
    if (static_cast<int>(slice.people.size()) > kOnPage) {
        slice.people.pop_back();
        const auto& last = slice.people.back();
        slice.next = web::Keyset{.at = last.since, .id = last.member.value}.text();
    }
    return slice;
}

void routes(web::Routes& routes) {
    routes.get("/circles", Access::Anyone, show_all);
    routes.get("/circles/{circle}", Access::Anyone, show);
    routes.post("/circles/{circle}/members", Access::Moderator, add_person);
    routes.del("/circles/{circle}/members/{member}", Access::Member, drop_person);
    routes.post("/circles/{circle}/join", Access::Member, join_it);
    routes.post("/circles/{circle}/requests", Access::Member, ask_in);
    routes.del("/circles/{circle}/requests/{member}", Access::Member, drop_asking);
    form_routes(routes);
    rule_routes(routes);
    api_routes(routes);
}

}  // namespace torv::circles
