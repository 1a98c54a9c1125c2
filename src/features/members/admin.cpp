#include "features/members/doors.hpp"
#include "features/members/members.hpp"
#include "features/members/views.hpp"
#include "platform/base/text.hpp"

namespace torv::members {
namespace {

using web::Access;
using web::Context;
using web::Response;

Response show(Context& ctx) {
    views::Administration page{.search = std::string(first_code_points(ctx.query("q"), 80))};
    const auto done = ctx.db.read([&](db::Tx& tx) -> Done {
        page.page = TRY(list(tx, ctx.place.id,
                             {.search = page.search, .after = std::string(ctx.query("after"))}));
        page.pending = TRY(list(tx, ctx.place.id,
                                {.order = Order::Newest, .state = State::Pending, .limit = 100}))
                           .items;
        return Unit{};
    });
    if (!done) return ctx.refuse(done.error());
    if (!page.page.next.empty())
        page.next = "/admin/members?q=" + percent_encode(page.search) +
                    "&after=" + percent_encode(page.page.next);
    return ctx.page(ctx.t("members.members"),
                    [&](html::Out& out) { views::administration(out, ctx, page); },
                    {.section = "admin"});
}

template <class Rule>
Response act(Context& ctx, std::string_view said, Rule rule) {
    const auto id = ctx.path_id<MemberId>("member");
    const auto done = ctx.db.write([&](db::Tx& tx) { return rule(tx, id); });
    if (!done) return ctx.refuse(done.error());
    return ctx.redirect_with("/admin/members", said);
}

Response change_role(Context& ctx) {
    const auto role = auth::role_from(ctx.form()["role"]);
    if (!role) return ctx.refuse(Error{Fault::Invalid, "members.role_unknown", "role", {}});
    return act(ctx, "members.role_changed",
               [&](db::Tx& tx, MemberId id) { return set_role(tx, ctx.viewer, id, *role); });
}

Response let_one_in(Context& ctx) {
    return act(ctx, "members.approved",
               [&](db::Tx& tx, MemberId id) { return approve(tx, ctx.viewer, id); });
}

Response decline_one(Context& ctx) {
    return act(ctx, "members.declined",
               [&](db::Tx& tx, MemberId id) { return decline(tx, ctx.viewer, id); });
}

Response remove_one(Context& ctx) {
    return act(ctx, "members.removed",
               [&](db::Tx& tx, MemberId id) { return remove(tx, ctx.viewer, id); });
}

}  // namespace

void admin_routes(web::Routes& r) {
    r.get("/admin/members", Access::Admin, show).repeats_query = true;
    r.post("/admin/members/{member}/role", Access::Admin, change_role);
    r.post("/admin/members/{member}/approve", Access::Admin, let_one_in);
    r.post("/admin/members/{member}/decline", Access::Admin, decline_one);
    r.del("/admin/members/{member}", Access::Admin, remove_one);
}

}  // namespace torv::members
