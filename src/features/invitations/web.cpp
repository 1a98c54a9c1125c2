#include "platform/web/web.hpp"

#include "features/accounts/accounts.hpp"
#include "features/community/community.hpp"
#include "features/invitations/invitations.hpp"
#include "features/invitations/views.hpp"
#include "features/members/members.hpp"
#include "features/spaces/spaces.hpp"
#include "platform/base/text.hpp"
#include "platform/mail/mail.hpp"

namespace torv::invitations {
namespace {

using web::Access;
using web::Context;
using web::Response;

// ── making ──

views::Page load(db::Tx& tx, const Context& ctx, bool administers, MemberId placeholder) {
    views::Page page{.administers = administers};
    page.list = list(tx, ctx.place.id, administers ? MemberId{} : ctx.viewer.id);
    std::vector<MemberId> makers;
    for (const Invitation& i : page.list) makers.push_back(i.made_by);
    page.makers = members::names(tx, ctx.place.id, makers);
    if (!administers) return page;
    page.spaces = spaces::entries(tx, ctx.viewer);
    if (const auto author = members::find(tx, ctx.place.id, placeholder)) {
        page.placeholder = author->name;
        page.placeholder_id = author->id;
    }
    return page;
}

MemberId placeholder_of(const Context& ctx) {
    const auto typed =
        ctx.form().has("placeholder") ? ctx.form()["placeholder"] : ctx.query("placeholder");
    return MemberId::parse(typed).value_or(MemberId{});
}

struct Shown {
    std::string made;
    std::string mailed_to;
    const Error* error = nullptr;
};

Response draw(Context& ctx, bool administers, Shown shown) {
    auto page =
        ctx.db.read([&](db::Tx& tx) { return load(tx, ctx, administers, placeholder_of(ctx)); });
    page.made = std::move(shown.made);
    page.mailed_to = std::move(shown.mailed_to);
    page.error = shown.error;
    const std::string title(ctx.t("invitations.title"));
    const auto body = [&](html::Out& out) { views::page(out, ctx, page); };
    const web::PageOptions options{.section = administers ? "admin" : "members"};
    if (shown.error) return ctx.refuse_form(*shown.error, title, body, options);
    return ctx.page(title, body, options);
}

NewInvitation typed(const Context& ctx, bool administers) {
    const auto& form = ctx.form();
    NewInvitation wanted{.uses_most = parse_int<int>(form["uses"]).value_or(1),
                         .days = parse_int<int>(form["days"]).value_or(7),
                         .email = std::string(form["email"]),
                         .note = std::string(form["note"])};
    if (!administers) return wanted;
    wanted.role = auth::role_from(form["role"]).value_or(auth::Role::Member);
    wanted.space = SpaceId::parse(form["space"]).value_or(SpaceId{});
    wanted.placeholder = placeholder_of(ctx);
    return wanted;
}

/// In the community's language: nobody knows the stranger's.
void send(db::Tx& tx, const Context& ctx, const std::string& to, const std::string& url) {
    const auto& t = ctx.services.catalogue.words(ctx.place.language);
    const mail::Message message{
        .to = to,
        .subject = t("invitations.mail_subject", {{"community", ctx.place.name}}),
        .text = t("invitations.mail_text", {{"name", ctx.viewer.name},
                                            {"community", ctx.place.name},
                                            {"tagline", ctx.place.tagline},
                                            {"url", url}})};
    (void)mail::enqueue(tx, ctx.place.id, message);  // the address was parsed a moment ago
}

Response make(Context& ctx, bool administers) {
    if (auto ok = ctx.limit("invite:" + ctx.viewer.id.text(), 20, 20); !ok)
        return draw(ctx, administers, {.error = &ok.error()});
    NewInvitation wanted = typed(ctx, administers);
    const auto url = ctx.db.write([&](db::Tx& tx) -> Result<std::string> {
        const Made made = TRY(create(tx, ctx.viewer, wanted));
        std::string whole = ctx.absolute(made.path);
        const std::string to(trimmed(wanted.email));
        if (!to.empty()) send(tx, ctx, TRY(accounts::parse_email(to)), whole);
        return whole;
    });
    if (!url) return draw(ctx, administers, {.error = &url.error()});
    return draw(ctx, administers, {.made = *url, .mailed_to = ascii_lower(trimmed(wanted.email))});
}

Response show_all(Context& ctx) { return draw(ctx, true, {}); }
Response make_any(Context& ctx) { return make(ctx, true); }
Response make_own(Context& ctx) { return make(ctx, false); }

Response show_own(Context& ctx) {
    const bool may = ctx.db.read([&](db::Tx& tx) { return may_invite(tx, ctx.viewer); });
    if (!may) return ctx.refuse(Error{Fault::Forbidden, "invitations.not_allowed", {}, {}});
    return draw(ctx, false, {});
}

Response take_back(Context& ctx) {
    const auto id = ctx.path_id<InvitationId>("invitation");
    const auto done = ctx.db.write([&](db::Tx& tx) { return revoke(tx, ctx.viewer, id); });
    if (!done) return ctx.refuse(done.error());
    return ctx.back_to(ctx.viewer.may_administer() ? "/admin/invitations" : "/invitations");
}

// ── joining ──

Result<views::Join> load_join(db::Tx& tx, Context& ctx) {
    const std::string token(ctx.path("token"));
    const Invitation invitation = TRY(open(tx, ctx.place.id, token));
    const auto community = TRY(community::find(tx, ctx.place.id));
    views::Join page{.tagline = community.tagline, .purpose = community.purpose};
    const auto faces =
        members::names(tx, ctx.place.id, {invitation.made_by, invitation.placeholder});
    page.inviter = faces[invitation.made_by].name;
    if (invitation.placeholder) page.placeholder = faces[invitation.placeholder].name;
    page.door = {.action = "/join/" + token,
                 .button = ctx.t("invitations.join", {{"community", community.name}}),
                 .rules_version = community.rules_version};
    return page;
}

Response join_page(Context& ctx, const Error* error) {
    auto page = ctx.db.read([&](db::Tx& tx) { return load_join(tx, ctx); });
    if (!page) return ctx.refuse(page.error());
    page->error = error;
    const std::string title = ctx.t("invitations.join_title", {{"community", ctx.place.name}});
    const auto body = [&](html::Out& out) { views::join(out, ctx, *page); };
    if (error) return ctx.refuse_form(*error, title, body, {.bare = true});
    return ctx.page(title, body, {.bare = true});
}

Response show_join(Context& ctx) {
    if (ctx.viewer.is_member()) return ctx.redirect("/");
    return join_page(ctx, nullptr);
}

Response join(Context& ctx) {
    if (ctx.viewer.is_member()) return ctx.redirect("/");
    if (auto ok = ctx.limit("join:" + ctx.household(), 10, 30); !ok)
        return join_page(ctx, &ok.error());
    // Hashing a password costs: first see whether the link is worth it.
    const auto worth =
        ctx.db.read([&](db::Tx& tx) { return open(tx, ctx.place.id, ctx.path("token")); });
    if (!worth) return ctx.refuse(worth.error());
    const auto newcomer = members::read_newcomer(ctx);
    if (!newcomer) return join_page(ctx, &newcomer.error());

    const auto token = ctx.db.write([&](db::Tx& tx) -> Result<std::string> {
        const Invitation invitation = TRY(open(tx, ctx.place.id, ctx.path("token")));
        TRY(use(tx, ctx.place.id, invitation));
        std::string session = TRY(members::let_in(
            tx, ctx, *newcomer, {.role = invitation.role, .invitation = invitation.id.value},
            invitation.placeholder));
        if (!invitation.space) return session;
        const AccountId account = ctx.viewer.signed_in()
                                      ? ctx.viewer.account
                                      : accounts::by_email(tx, newcomer->email)->id;
        if (const auto member = members::of_account(tx, ctx.place.id, account))
            spaces::seat_imported(tx, ctx.place.id, invitation.space, member->id,
                                  spaces::Role::Member);
        return session;
    });
    if (!token) return join_page(ctx, &token.error());
    if (!token->empty()) accounts::set_session_cookie(ctx, *token);
    return ctx.redirect_with("/", "invitations.welcome");
}

}  // namespace

void routes(web::Routes& r) {
    r.get("/admin/invitations", Access::Admin, show_all);
    r.post("/admin/invitations", Access::Admin, make_any);
    r.get("/invitations", Access::Member, show_own);
    r.post("/invitations", Access::Member, make_own);
    r.del("/invitations/{invitation}", Access::Member, take_back);
    r.get("/join/{token}", Access::Anyone, show_join);
    r.post("/join/{token}", Access::Anyone, join);
}

}  // namespace torv::invitations
