#include "features/accounts/accounts.hpp"
#include "features/community/community.hpp"
#include "features/members/doors.hpp"
#include "features/members/members.hpp"
#include "features/members/store.hpp"
#include "features/members/views.hpp"
#include "platform/config/config.hpp"

namespace torv::members {
namespace {

using community::Community;
using web::Access;
using web::Context;
using web::Response;

bool operates(Context& ctx) {
    const auto account =
        ctx.db.read([&](db::Tx& tx) { return accounts::find(tx, ctx.viewer.account); });
    return account && account->operates;
}

Response not_there(Context& ctx) {
    return ctx.refuse(Error{Fault::NotFound, "web.not_found", {}, {}});
}

// ── /admin/communities: for the owner of the installation ──

Response installation_page(Context& ctx, const Error* error) {
    const auto list = ctx.db.read([](db::Tx& tx) { return community::all(tx); });
    const std::string title(ctx.t("members.communities"));
    const auto body = [&](html::Out& out) { views::communities(out, ctx, list, error); };
    if (error) return ctx.refuse_form(*error, title, body, {.section = "admin"});
    return ctx.page(title, body, {.section = "admin"});
}

Response show_installation(Context& ctx) {
    if (!operates(ctx)) return not_there(ctx);
    return installation_page(ctx, nullptr);
}

/// A second square in the same house: whoever makes it owns it.
Response make_community(Context& ctx) {
    if (!operates(ctx) || !ctx.viewer.session) return not_there(ctx);
    if (auto ok = ctx.limit("community:" + ctx.viewer.account.text(), 5, 10); !ok)
        return installation_page(ctx, &ok.error());
    const auto made = ctx.db.write([&](db::Tx& tx) -> Result<CommunityId> {
        const auto id =
            TRY(community::create(tx, {.name = std::string(ctx.form()["name"]),
                                       .slug = std::string(ctx.form()["slug"]),
                                       .language = ctx.viewer.language,
                                       .installation_address = ctx.services.config.base_url()}));
        TRY(create_member(
            tx, id, {.account = ctx.viewer.account, .name = ctx.viewer.name, .role = Role::Owner}));
        return id;
    });
    if (!made) return installation_page(ctx, &made.error());
    return ctx.redirect_with("/me/communities", "members.community_made");
}

// ── /me/communities ──

Response show_mine(Context& ctx) {
    const auto list = ctx.db.read([&](db::Tx& tx) { return communities(tx, ctx.viewer.account); });
    return ctx.page(ctx.t("members.my_communities"),
                    [&](html::Out& out) { views::my_communities(out, ctx, list); },
                    {.section = "me"});
}

/// A cookie belongs to one host: a link that works once carries the sign-in to the other.
Response hop(Context& ctx) {
    if (!ctx.viewer.session) return not_there(ctx);
    if (auto ok = ctx.limit("hop:" + ctx.viewer.account.text(), 10, 10); !ok)
        return ctx.refuse(ok.error());
    const auto id = ctx.path_id<CommunityId>("community");
    Community to;
    const auto link = ctx.db.write([&](db::Tx& tx) -> Result<std::string> {
        const auto member = store::by_account(tx, id, ctx.viewer.account);
        if (!member || member->state != State::Active)
            return fail(Fault::NotFound, "community.not_found");
        to = TRY(community::find(tx, id));
        return accounts::make_sign_in_link(tx, ctx.viewer.account);
    });
    if (!link) return ctx.refuse(link.error());
    return ctx.page(to.name, [&](html::Out& out) { views::hop(out, ctx, to, to.address + *link); },
                    {.bare = true});
}

}  // namespace

std::vector<Community> communities(db::Tx& tx, AccountId account) {
    std::vector<Community> list;
    for (const CommunityId id : store::communities_of(tx, account))
        if (auto c = community::find(tx, id)) list.push_back(*std::move(c));
    return list;
}

void community_routes(web::Routes& r) {
    r.get("/admin/communities", Access::Owner, show_installation);
    r.post("/admin/communities", Access::Owner, make_community);
    r.get("/me/communities", Access::Account, show_mine);
    r.post("/me/communities/{community}", Access::Account, hop);
}

}  // namespace torv::members
