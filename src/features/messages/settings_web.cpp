#include "features/messages/handlers.hpp"
#include "features/messages/views.hpp"

/// From whom a member takes messages, and whom they have blocked.
namespace torv::messages {

namespace {

using web::Access;
using web::Context;
using web::Response;

Response show(Context& ctx) {
    const auto page = ctx.db.read([&](db::Tx& tx) {
        views::SettingsPage found{
            .who = conversations::who(tx, ctx.viewer.community, ctx.viewer.id),
            .blocked = blocks::list(tx, ctx.viewer)};
        std::vector<MemberId> people;
        for (const auto& one : found.blocked) people.push_back(one.member);
        found.faces = members::names(tx, ctx.viewer.community, people);
        return found;
    });
    return ctx.page(ctx.t("messages.settings"),
                    [&](html::Out& out) { views::settings(out, ctx, page); }, {.section = "me"});
}

Response save(Context& ctx) {
    const auto who = conversations::who_from(ctx.form()["who"]);
    if (!who) return ctx.refuse(Error{Fault::Invalid, "messages.who_unknown", "who", {}});
    ctx.db.write([&](db::Tx& tx) {
        tx.shown_to_no_other();
        conversations::set_who(tx, ctx.viewer, *who);
    });
    return ctx.redirect_with("/me/messages", "messages.saved");
}

/// Somebody who may be blocked: a member one knows of, and not oneself.
Result<members::Member> blockable(db::Tx& tx, const Context& ctx) {
    auto member = TRY(members::by_handle(tx, ctx.viewer.community, ctx.path("handle")));
    if (member.state == members::State::Pending || member.id == ctx.viewer.id)
        return fail(Fault::NotFound, "members.not_found");
    return member;
}

Response ask(Context& ctx) {
    bool blocked = false;
    const auto member = ctx.db.read([&](db::Tx& tx) -> Result<members::Member> {
        auto found = TRY(blockable(tx, ctx));
        blocked = blocks::around(tx, ctx.viewer).hides(found.id);
        return found;
    });
    if (!member) return ctx.refuse(member.error());
    return ctx.page(member->name, [&](html::Out& out) { views::block(out, ctx, *member, blocked); },
                    {.section = "members"});
}

enum class Wanted { Blocked, Free };

Response change(Context& ctx, Wanted wanted) {
    if (const auto slow = calm_change(ctx); !slow) return ctx.refuse(slow.error());
    const auto done = ctx.db.write([&](db::Tx& tx) -> Done {
        tx.shown_to_no_other();
        const auto member = TRY(blockable(tx, ctx));
        if (wanted == Wanted::Blocked) return blocks::block(tx, ctx.viewer, member.id);
        blocks::unblock(tx, ctx.viewer, member.id);
        return Unit{};
    });
    if (!done) return ctx.refuse(done.error());
    return ctx.redirect_with("/me/messages", wanted == Wanted::Blocked ? "messages.is_blocked"
                                                                       : "messages.is_unblocked");
}

Response block(Context& ctx) { return change(ctx, Wanted::Blocked); }
Response unblock(Context& ctx) { return change(ctx, Wanted::Free); }

}  // namespace

void settings_routes(web::Routes& routes) {
    routes.get("/me/messages", Access::Member, show);
    routes.post("/me/messages", Access::Member, save);
    routes.get("/m/{handle}/block", Access::Member, ask);
    routes.post("/m/{handle}/block", Access::Member, block);
    routes.del("/m/{handle}/block", Access::Member, unblock);
}

}  // namespace torv::messages
