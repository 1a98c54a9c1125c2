#include "platform/web/web.hpp"

#include "features/accounts/accounts.hpp"
#include "features/accounts/guard.hpp"
#include "features/accounts/mails.hpp"
#include "features/accounts/me.hpp"
#include "features/accounts/store.hpp"
#include "features/accounts/views.hpp"
#include "features/audit/audit.hpp"
#include "platform/base/text.hpp"
#include "platform/crypto/crypto.hpp"

namespace torv::accounts {
namespace {

using web::Access;
using web::Context;
using web::Response;

constexpr std::chrono::hours kKnownFor{24 * 365};

Response sign_in_page(Context& ctx, const Error* error) {
    const std::string title(ctx.t("accounts.sign_in"));
    const auto body = [&](html::Out& out) { views::sign_in(out, ctx, error); };
    if (error) return ctx.refuse_form(*error, title, body, {.bare = true});
    return ctx.page(title, body,
                    {.description = ctx.place.tagline,
                     .canonical = "/sign-in",
                     .indexed = ctx.place.open_to_guests,
                     .bare = true});
}

Response show_sign_in(Context& ctx) {
    if (ctx.viewer.signed_in()) return ctx.redirect("/");
    return sign_in_page(ctx, nullptr);
}

struct Tried {
    std::optional<Account> account;
    std::string hash;
    Done may_try;
};

/// Whose account it was: what was typed where there is none is nobody's, and may be a password.
void note_failure(db::Tx& tx, const Context& ctx, AccountId account) {
    audit::record(tx, {.community = ctx.place.id,
                       .kind = "sign_in.failed",
                       .subject = {"account", account.value}});
}

/// What is known of the address, in one read; then the password, outside of any transaction.
Response sign_in_by_password(Context& ctx) {
    const std::string email = ascii_lower(trimmed(ctx.form()["email"]));
    const std::string_view password = ctx.form()["password"];
    if (auto ok = ctx.limit("sign-in:" + ctx.household(), 30, 30); !ok)
        return sign_in_page(ctx, &ok.error());

    const auto who = guard::subjects(ctx.services.secret, email, ctx.household(),
                                     ctx.cookie(guard::kKnownCookie));
    const Tried tried = ctx.db.read([&](db::Tx& tx) {
        Tried t{.account = by_email(tx, email), .may_try = guard::may_try(tx, who)};
        if (t.account) t.hash = store::password_hash(tx, t.account->id);
        return t;
    });
    if (!tried.may_try) return sign_in_page(ctx, &tried.may_try.error());

    // Verified also when there is no such account: the answer takes as long and says the same.
    const bool fits = crypto::password_verify(tried.hash, password.substr(0, 200));
    if (!fits || !tried.account) {
        ctx.db.write([&](db::Tx& tx) {
            guard::failed(tx, who);
            if (tried.account) note_failure(tx, ctx, tried.account->id);
        });
        const Error wrong{Fault::Invalid, "accounts.sign_in_wrong", "password", {}};
        return sign_in_page(ctx, &wrong);
    }
    const std::string better =
        crypto::password_needs_rehash(tried.hash) ? crypto::password_hash(password) : "";
    const std::string token = ctx.db.write([&](db::Tx& tx) {
        guard::succeeded(tx, who);
        if (!better.empty()) store::set_password(tx, tried.account->id, better);
        return start_session(tx, ctx, tried.account->id);
    });
    set_session_cookie(ctx, token);
    ctx.set_cookie(guard::kKnownCookie, guard::known_mark(ctx.services.secret, email), kKnownFor);
    return ctx.back_to("/");
}

/// The same answer, and a write, whether or not there is such an account.
Response ask_link(Context& ctx) {
    if (auto ok = ctx.limit("link:" + ctx.household(), 5, 10); !ok)
        return sign_in_page(ctx, &ok.error());
    const auto email = parse_email(ctx.form()["email"]);
    if (!email) return sign_in_page(ctx, &email.error());

    const std::string url = ctx.db.write([&](db::Tx& tx) -> std::string {
        const bool may = guard::may_send_link(tx, ctx.services.secret, *email);
        const auto account = by_email(tx, *email);
        if (!account || !may) return {};
        std::string made = ctx.absolute(make_sign_in_link(tx, account->id));
        mails::sign_in_link(tx, ctx, *account, made);
        return made;
    });
    if (!url.empty()) mails::log_link(ctx, url);
    return ctx.page(ctx.t("accounts.link_sent"),
                    [&](html::Out& out) { views::link_sent(out, ctx); }, {.bare = true});
}

Response sign_out(Context& ctx) {
    if (ctx.viewer.session)
        ctx.db.write([&](db::Tx& tx) {
            store::end_session(tx, ctx.viewer.account, ctx.viewer.session);
            audit::record(tx, ctx.viewer, "session.ended", {"session", ctx.viewer.session.value});
        });
    ctx.set_cookie(kSessionCookie, "", std::chrono::seconds(0));
    return ctx.redirect("/");
}

}  // namespace

void routes(web::Routes& r) {
    r.get("/sign-in", Access::Anyone, show_sign_in);
    r.post("/sign-in", Access::Anyone, sign_in_by_password);
    r.post("/sign-in/link", Access::Anyone, ask_link);
    r.post("/sign-out", Access::Anyone, sign_out);
    me::routes(r);
}

}  // namespace torv::accounts
