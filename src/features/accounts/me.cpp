#include "features/accounts/me.hpp"

#include "features/accounts/accounts.hpp"
#include "features/accounts/guard.hpp"
#include "features/accounts/links.hpp"
#include "features/accounts/mails.hpp"
#include "features/accounts/store.hpp"
#include "features/accounts/views.hpp"
#include "features/audit/audit.hpp"
#include "platform/crypto/crypto.hpp"
#include "platform/i18n/i18n.hpp"

namespace torv::accounts::me {
namespace {

using web::Access;
using web::Context;
using web::Response;

constexpr std::chrono::minutes kConfirmedLately{15};

/// A token of the API may not make more tokens, nor change what one signs in with.
Done browser_only(const Context& ctx) {
    if (!ctx.viewer.session) return fail(Fault::Forbidden, "accounts.browser_only");
    return Unit{};
}

Account account_of(Context& ctx) {
    return ctx.db.read([&](db::Tx& tx) { return find(tx, ctx.viewer.account); })
        .value_or(Account{});
}

Response me_page(Context& ctx, views::Me page, const Error* error) {
    page.account = account_of(ctx);
    const std::string title(ctx.t("accounts.menu_account"));
    const auto body = [&](html::Out& out) { views::me(out, ctx, page); };
    const web::PageOptions options{.section = "me"};
    if (error) return ctx.refuse_form(*error, title, body, options);
    return ctx.page(title, body, options);
}

Response show(Context& ctx) { return me_page(ctx, {}, nullptr); }

Result<Account> basics_typed(const Context& ctx, Account account) {
    const auto& form = ctx.form();
    account.language = form["language"];
    account.zone = form["zone"];
    account.scheme = form["scheme"];
    account.hides_presence = !form.checked("presence");
    if (!account.language.empty() && !ctx.services.catalogue.has(account.language))
        return fail(Fault::Invalid, "accounts.language_unknown", "language");
    if (!account.zone.empty() && !i18n::is_time_zone(account.zone))
        return fail(Fault::Invalid, "accounts.zone_unknown", "zone");
    if (!account.scheme.empty() && account.scheme != "light" && account.scheme != "dark")
        return fail(Fault::Invalid, "accounts.scheme_unknown", "scheme");
    return account;
}

Response save_basics(Context& ctx) {
    if (auto ok = browser_only(ctx); !ok) return ctx.refuse(ok.error());
    const auto account = basics_typed(ctx, account_of(ctx));
    if (!account) return me_page(ctx, {.basics = &account.error()}, &account.error());
    ctx.db.write([&](db::Tx& tx) { store::set_basics(tx, *account); });
    return ctx.redirect_with("/me", "accounts.saved");
}

/// The password again; or, for who has none, a session that a link began minutes ago.
Done confirmed(Context& ctx, std::string_view field) {
    if (auto ok = ctx.limit("confirm:" + ctx.viewer.account.text(), 5, 10); !ok) return ok;
    struct Known {
        std::string hash;
        std::optional<store::Session> session;
    };
    const Known known = ctx.db.read([&](db::Tx& tx) {
        return Known{store::password_hash(tx, ctx.viewer.account),
                     store::session(tx, ctx.viewer.account, ctx.viewer.session)};
    });
    if (!known.hash.empty()) {
        if (crypto::password_verify(known.hash, ctx.form()[field].substr(0, 200))) return Unit{};
        return fail(Fault::Invalid, "accounts.password_wrong", field);
    }
    if (known.session && ctx.now() - known.session->confirmed_at < kConfirmedLately) return Unit{};
    return fail(Fault::Forbidden, "accounts.confirm_again");
}

Response change_email(Context& ctx) {
    if (auto ok = browser_only(ctx); !ok) return ctx.refuse(ok.error());
    const auto email = parse_email(ctx.form()["email"]);
    if (!email) return me_page(ctx, {.email = &email.error()}, &email.error());
    if (auto ok = confirmed(ctx, "current"); !ok)
        return me_page(ctx, {.email = &ok.error()}, &ok.error());

    // Whether somebody else has this address is told to that mailbox alone, by the link that fails
    // there.
    const std::string url = ctx.db.write([&](db::Tx& tx) -> std::string {
        const auto account = find(tx, ctx.viewer.account);
        if (!account || !guard::may_send_link(tx, ctx.services.secret, *email)) return {};
        std::string made = ctx.absolute(make_email_link(tx, account->id, *email));
        mails::confirm_email(tx, ctx, *account, *email, made);
        return made;
    });
    if (!url.empty()) mails::log_link(ctx, url);
    return ctx.redirect_with("/me", "accounts.email_sent");
}

Response change_password(Context& ctx) {
    if (auto ok = browser_only(ctx); !ok) return ctx.refuse(ok.error());
    const auto password = parse_password(ctx.form()["password"]);
    if (!password) return me_page(ctx, {.password = &password.error()}, &password.error());
    if (auto ok = confirmed(ctx, "current_password"); !ok)
        return me_page(ctx, {.password = &ok.error()}, &ok.error());

    const std::string hash = crypto::password_hash(*password);
    ctx.db.write([&](db::Tx& tx) {
        store::set_password(tx, ctx.viewer.account, hash);
        // Whoever else was signed in with the old password is out.
        store::end_other_sessions(tx, ctx.viewer.account, ctx.viewer.session);
        forget_links(tx, ctx.viewer.account);
        audit::record(tx, ctx.viewer, "password.changed", {"account", ctx.viewer.account.value});
        if (const auto account = find(tx, ctx.viewer.account))
            mails::password_changed(tx, ctx, *account);
    });
    return ctx.redirect_with("/me", "accounts.password_saved");
}

Response show_sessions(Context& ctx) {
    const auto list = ctx.db.read([&](db::Tx& tx) {
        return store::sessions(tx, ctx.viewer.account, tx.now() - kSessionIdle,
                               tx.now() - kSessionMost);
    });
    return ctx.page(ctx.t("accounts.menu_sessions"),
                    [&](html::Out& out) { views::sessions(out, ctx, list); }, {.section = "me"});
}

Response end_session(Context& ctx) {
    if (auto ok = browser_only(ctx); !ok) return ctx.refuse(ok.error());
    const auto id = ctx.path_id<SessionId>("session");
    const bool ended = ctx.db.write([&](db::Tx& tx) {
        const bool was_there = store::end_session(tx, ctx.viewer.account, id);
        if (was_there) audit::record(tx, ctx.viewer, "session.ended", {"session", id.value});
        return was_there;
    });
    if (!ended) return ctx.refuse(Error{Fault::NotFound, "accounts.session_gone", {}, {}});
    return ctx.redirect_with("/me/sessions", "accounts.session_ended");
}

Response end_others(Context& ctx) {
    if (auto ok = browser_only(ctx); !ok) return ctx.refuse(ok.error());
    ctx.db.write([&](db::Tx& tx) {
        store::end_other_sessions(tx, ctx.viewer.account, ctx.viewer.session);
        audit::record(tx, ctx.viewer, "session.others_ended",
                      {"account", ctx.viewer.account.value});
    });
    return ctx.redirect_with("/me/sessions", "accounts.sessions_ended");
}

Response tokens_page(Context& ctx, std::string made, const Error* error) {
    views::Tokens page{.made = std::move(made), .error = error};
    page.tokens = ctx.db.read([&](db::Tx& tx) { return store::tokens(tx, ctx.viewer.account); });
    const std::string title(ctx.t("accounts.menu_tokens"));
    const auto body = [&](html::Out& out) { views::tokens(out, ctx, page); };
    const web::PageOptions options{.section = "me"};
    if (error) return ctx.refuse_form(*error, title, body, options);
    return ctx.page(title, body, options);
}

Response show_tokens(Context& ctx) { return tokens_page(ctx, {}, nullptr); }

std::optional<auth::Scope> scope_from(std::string_view name) {
    if (name == "read") return auth::Scope::Read;
    if (name == "write") return auth::Scope::Write;
    if (name == "admin") return auth::Scope::Admin;
    return std::nullopt;
}

Response make_token(Context& ctx) {
    if (auto ok = browser_only(ctx); !ok) return ctx.refuse(ok.error());
    if (auto ok = ctx.limit("token:" + ctx.viewer.account.text(), 5, 10); !ok)
        return tokens_page(ctx, {}, &ok.error());
    const auto name = parse_name(ctx.form()["name"]);
    if (!name) {
        const Error needed{Fault::Invalid, "accounts.token_name_needed", "name", {}};
        return tokens_page(ctx, {}, &needed);
    }
    const auto scope = scope_from(ctx.form()["scope"]);
    if (!scope) {
        const Error unknown{Fault::Invalid, "accounts.scope_unknown", "scope", {}};
        return tokens_page(ctx, {}, &unknown);
    }
    std::string made = ctx.db.write([&](db::Tx& tx) {
        audit::record(tx, ctx.viewer, "token.made", {"account", ctx.viewer.account.value}, "{}",
                      audit::fact("scope", ctx.form()["scope"]));
        return create_token(tx, ctx.viewer.account, *name, *scope);
    });
    // Shown in this answer and never again; the page is not kept by any cache.
    return tokens_page(ctx, std::move(made), nullptr);
}

Response revoke_token(Context& ctx) {
    if (auto ok = browser_only(ctx); !ok) return ctx.refuse(ok.error());
    const auto id = ctx.path_id<TokenId>("token");
    const bool removed = ctx.db.write([&](db::Tx& tx) {
        const bool was_there = store::remove_token(tx, ctx.viewer.account, id);
        if (was_there) audit::record(tx, ctx.viewer, "token.revoked", {"token", id.value});
        return was_there;
    });
    if (!removed) return ctx.refuse(Error{Fault::NotFound, "accounts.token_gone", {}, {}});
    return ctx.redirect_with("/me/tokens", "accounts.token_revoked");
}

}  // namespace

void routes(web::Routes& r) {
    r.get("/me", Access::Account, show);
    r.post("/me", Access::Account, save_basics).for_outdated_rules = true;
    r.post("/me/email", Access::Account, change_email).for_outdated_rules = true;
    r.post("/me/password", Access::Account, change_password).for_outdated_rules = true;
    r.get("/me/sessions", Access::Account, show_sessions);
    r.del("/me/sessions/{session}", Access::Account, end_session).for_outdated_rules = true;
    r.del("/me/sessions", Access::Account, end_others).for_outdated_rules = true;
    r.get("/me/tokens", Access::Account, show_tokens);
    r.post("/me/tokens", Access::Account, make_token).for_outdated_rules = true;
    r.del("/me/tokens/{token}", Access::Account, revoke_token).for_outdated_rules = true;
}

}  // namespace torv::accounts::me
