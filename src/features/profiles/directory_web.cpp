#include "features/community/community.hpp"
#include "features/profiles/directory.hpp"
#include "features/profiles/views.hpp"
#include "platform/base/text.hpp"

namespace torv::profiles {
namespace {

using web::Access;
using web::Context;
using web::Response;

constexpr std::size_t kMostTyped = 80;
constexpr int kAlike = 6;

std::string typed(const Context& ctx, std::string_view name) {
    return std::string(first_code_points(trimmed(ctx.query(name)), kMostTyped));
}

Wanted wanted_of(const Context& ctx) {
    Wanted wanted{.search = typed(ctx, "q"),
                  .role = auth::role_from(ctx.query("role")),
                  .holds = {},
                  .after = std::string(ctx.query("after"))};
    if (ctx.query("sort") == "newest") wanted.order = members::Order::Newest;
    for (const Kind kind : kKinds)
        if (auto value = typed(ctx, filter_name(kind)); !value.empty())
            wanted.holds.emplace_back(kind, std::move(value));
    return wanted;
}

void load_alike(db::Tx& tx, const Context& ctx, std::int64_t members, views::Directory& page) {
    page.first = !page.wanted.narrow() && page.wanted.after.empty();
    if (!page.first) return;
    page.alike = alike(tx, ctx.viewer, members, kAlike);
    page.tells = !page.alike.empty() || !of(tx, ctx.viewer, ctx.viewer.id).empty();
    std::vector<MemberId> ids;
    for (const Alike& one : page.alike) ids.push_back(one.id);
    page.faces = members::names(tx, ctx.place.id, ids);
}

Result<views::Directory> load(db::Tx& tx, const Context& ctx) {
    views::Directory page;
    page.wanted = wanted_of(ctx);
    const auto community = community::find(tx, ctx.place.id);
    page.may_invite = ctx.viewer.may_administer() || (community && community->members_invite);
    page.page = TRY(find(tx, ctx.place.id, page.wanted));
    page.told = told(tx, ctx.place.id, page.page.items);
    for (std::size_t i = 0; i < kKinds.size(); ++i)
        page.offered[i] = offered(tx, ctx.place.id, kKinds[i]);
    load_alike(tx, ctx, community ? community->member_count : 0, page);
    if (page.page.next.empty()) return page;
    Wanted next = page.wanted;
    next.after = page.page.next;
    page.next = views::address(next);
    return page;
}

Response show(Context& ctx) {
    const auto page = ctx.db.read([&](db::Tx& tx) { return load(tx, ctx); });
    if (!page) return ctx.refuse(page.error());
    return ctx.page(ctx.t("members.members"),
                    [&](html::Out& out) { views::directory(out, ctx, *page); },
                    {.section = "members"});
}

}  // namespace

void directory_routes(web::Routes& routes) {
    routes.get("/members", Access::Member, show).repeats_query = true;
}

}  // namespace torv::profiles
