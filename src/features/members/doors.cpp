#include "features/members/doors.hpp"

#include "features/accounts/accounts.hpp"
#include "features/community/community.hpp"
#include "features/members/members.hpp"
#include "features/members/views.hpp"
#include "platform/base/text.hpp"
#include "platform/crypto/crypto.hpp"

namespace torv::members {
namespace {

using community::SignUp;
using web::Access;
using web::Context;
using web::Response;

constexpr std::size_t kReasonMost = 1'000;

/// The version that was shown and ticked, when it is still the newest.
Result<std::int64_t> accepted_rules(Context& ctx) {
    const auto newest = ctx.place.rules_version;
    if (newest == 0) return 0;
    if (!ctx.form().checked("rules")) return fail(Fault::Invalid, "members.rules_needed", "rules");
    if (ctx.form()["rules_version"] != std::to_string(newest))
        return fail(Fault::Conflict, "members.rules_newer", "rules");
    return newest;
}

struct Sign {
    SignUp how = SignUp::Invitation;
    std::int64_t rules_version = 0;
};

Sign sign_of(Context& ctx) {
    return ctx.db.read([&](db::Tx& tx) {
        const auto c = community::find(tx, ctx.place.id);
        return c ? Sign{c->sign_up, c->rules_version} : Sign{};
    });
}

Response sign_up_page(Context& ctx, const Error* error) {
    const Sign sign = sign_of(ctx);
    views::SignUpPage page{.how = sign.how, .error = error};
    const bool asks = sign.how == SignUp::Approval;
    page.door = {.action = "/sign-up",
                 .button = asks ? std::string(ctx.t("members.ask_to_join"))
                                : ctx.t("members.join", {{"community", ctx.place.name}}),
                 .asks_reason = asks,
                 .rules_version = sign.rules_version};
    const std::string title = ctx.t("members.join", {{"community", ctx.place.name}});
    const auto body = [&](html::Out& out) { views::sign_up(out, ctx, page); };
    if (error) return ctx.refuse_form(*error, title, body, {.bare = true});
    return ctx.page(title, body,
                    {.description = ctx.place.tagline,
                     .canonical = "/sign-up",
                     .indexed = ctx.place.open_to_guests,
                     .bare = true});
}

Response show_sign_up(Context& ctx) {
    if (ctx.viewer.is_member()) return ctx.redirect("/");
    return sign_up_page(ctx, nullptr);
}

Response sign_up(Context& ctx) {
    if (ctx.viewer.is_member()) return ctx.redirect("/");
    if (auto ok = ctx.limit("sign-up:" + ctx.household(), 5, 20); !ok)
        return sign_up_page(ctx, &ok.error());
    const SignUp how = sign_of(ctx).how;
    if (how == SignUp::Invitation) {
        const Error closed{Fault::Forbidden, "members.by_invitation", {}, {}};
        return sign_up_page(ctx, &closed);
    }
    const auto newcomer = read_newcomer(ctx);
    if (!newcomer) return sign_up_page(ctx, &newcomer.error());

    const bool asks = how == SignUp::Approval;
    const auto token = ctx.db.write([&](db::Tx& tx) {
        return let_in(tx, ctx, *newcomer, {.state = asks ? State::Pending : State::Active});
    });
    if (!token) return sign_up_page(ctx, &token.error());
    if (!token->empty()) accounts::set_session_cookie(ctx, *token);
    return ctx.redirect_with("/", asks ? "members.asked" : "members.welcome");
}

// ── one-time links ──

Response link_page(Context& ctx, const Error* error) {
    views::LinkPage page{.token = std::string(ctx.path("token")), .error = error};
    const auto done = ctx.db.read([&](db::Tx& tx) -> Done {
        const accounts::Link link = TRY(accounts::peek_link(tx, page.token));
        page.purpose = link.purpose;
        page.email = link.email;
        if (const auto account = accounts::find(tx, link.account)) page.name = account->name;
        return Unit{};
    });
    if (!done) return ctx.refuse(done.error());
    const std::string title(ctx.t("members.link_title"));
    const auto body = [&](html::Out& out) { views::link(out, ctx, page); };
    if (error) return ctx.refuse_form(*error, title, body, {.bare = true});
    return ctx.page(title, body, {.bare = true});
}

/// Looking uses nothing up: mail programs open links to show what is behind them.
Response show_link(Context& ctx) { return link_page(ctx, nullptr); }

Response finish_sign_in(Context& ctx) {
    const auto token = ctx.db.write([&](db::Tx& tx) -> Result<std::string> {
        const accounts::Link link = TRY(accounts::use_link(tx, ctx.path("token")));
        return accounts::start_session(tx, ctx, link.account);
    });
    if (!token) return ctx.refuse(token.error());
    accounts::set_session_cookie(ctx, *token);
    return ctx.redirect("/");
}

Response finish_email(Context& ctx) {
    const auto done = ctx.db.write([&](db::Tx& tx) -> Done {
        const accounts::Link link = TRY(accounts::use_link(tx, ctx.path("token")));
        return accounts::take_email(tx, ctx, link);
    });
    if (!done) return link_page(ctx, &done.error());
    return ctx.redirect_with(ctx.viewer.signed_in() ? "/me" : "/sign-in", "members.email_changed");
}

/// Whoever holds the link that the server printed becomes the owner.
Response finish_first_owner(Context& ctx) {
    const auto newcomer = read_newcomer(ctx);
    if (!newcomer) return link_page(ctx, &newcomer.error());
    if (newcomer->email.empty())  // somebody is signed in: the first owner is a new account
        return ctx.refuse(Error{Fault::Conflict, "members.already_member", {}, {}});
    const auto token = ctx.db.write([&](db::Tx& tx) -> Result<std::string> {
        TRY(accounts::use_link(tx, ctx.path("token")));
        const auto account = TRY(accounts::create(tx, {.email = newcomer->email,
                                                       .name = newcomer->name,
                                                       .password_hash = newcomer->password_hash,
                                                       .language = ctx.viewer.language,
                                                       .operates = true}));
        TRY(create_member(tx, ctx.place.id,
                          {.account = account, .name = newcomer->name, .role = Role::Owner}));
        return accounts::start_session(tx, ctx, account);
    });
    if (!token) return link_page(ctx, &token.error());
    accounts::set_session_cookie(ctx, *token);
    return ctx.redirect("/start");
}

Response follow_link(Context& ctx) {
    if (auto ok = ctx.limit("follow:" + ctx.household(), 20, 20); !ok)
        return ctx.refuse(ok.error());
    const auto link =
        ctx.db.read([&](db::Tx& tx) { return accounts::peek_link(tx, ctx.path("token")); });
    if (!link) return ctx.refuse(link.error());
    switch (link->purpose) {
        case accounts::LinkPurpose::SignIn: return finish_sign_in(ctx);
        case accounts::LinkPurpose::Email: return finish_email(ctx);
        case accounts::LinkPurpose::FirstOwner: return finish_first_owner(ctx);
    }
    return ctx.redirect("/");
}

Response accept_rules_again(Context& ctx) {
    const auto version = parse_int<std::int64_t>(ctx.form()["rules_version"]).value_or(0);
    const auto done =
        ctx.db.write([&](db::Tx& tx) { return accept_rules(tx, ctx.viewer, version); });
    if (!done) return ctx.refuse(done.error());
    return ctx.redirect_with("/", "members.rules_accepted");
}

}  // namespace

Result<Newcomer> read_newcomer(Context& ctx) {
    const auto& form = ctx.form();
    Newcomer newcomer;
    newcomer.name = TRY(accounts::parse_name(form["name"]));
    std::string password;
    if (!ctx.viewer.signed_in()) {
        newcomer.email = TRY(accounts::parse_email(form["email"]));
        password = TRY(accounts::parse_password(form["password"]));
    }
    newcomer.reason = trimmed(form["reason"]);
    if (code_points(newcomer.reason) > kReasonMost)
        return fail(Fault::Invalid, "members.reason_long", "reason");
    newcomer.rules_version = TRY(accepted_rules(ctx));
    if (!password.empty()) newcomer.password_hash = crypto::password_hash(password);
    return newcomer;
}

Result<std::string> let_in(db::Tx& tx, const Context& ctx, const Newcomer& newcomer, NewMember how,
                           MemberId placeholder) {
    how.account = ctx.viewer.account;
    if (!how.account)
        how.account = TRY(accounts::create(tx, {.email = newcomer.email,
                                                .name = newcomer.name,
                                                .password_hash = newcomer.password_hash,
                                                .language = ctx.viewer.language}));
    how.name = newcomer.name;
    how.reason = newcomer.reason;
    how.rules_version = newcomer.rules_version;
    if (placeholder)
        TRY(claim_placeholder(tx, ctx.place.id, placeholder, how.account, how.name,
                              how.rules_version));
    else TRY(create_member(tx, ctx.place.id, how));
    if (ctx.viewer.signed_in()) return std::string{};
    return accounts::start_session(tx, ctx, how.account);
}

void door_routes(web::Routes& r) {
    r.get("/sign-up", Access::Anyone, show_sign_up);
    r.post("/sign-up", Access::Anyone, sign_up);
    r.get("/link/{token}", Access::Anyone, show_link);
    r.post("/link/{token}", Access::Anyone, follow_link);
    r.post("/rules", Access::Member, accept_rules_again).for_outdated_rules = true;
}

}  // namespace torv::members
