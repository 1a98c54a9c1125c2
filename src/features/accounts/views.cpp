#include "features/accounts/views.hpp"

#include "platform/auth/auth.hpp"
#include "platform/web/fields.hpp"
#include "platform/web/parts.hpp"

namespace torv::accounts {

namespace parts = web::parts;

namespace {

struct Entry {
    std::string_view path, icon, label;
};
constexpr Entry kMenu[] = {{"/me/profile", "user", "accounts.menu_profile"},
                           {"/me/about", "sprout", "accounts.menu_about"},
                           {"/me", "settings", "accounts.menu_account"},
                           {"/me/notices", "bell", "accounts.menu_notices"},
                           {"/me/messages", "message-circle", "accounts.menu_messages"},
                           {"/me/devices", "smartphone", "accounts.menu_devices"},
                           {"/me/sessions", "laptop", "accounts.menu_sessions"},
                           {"/me/communities", "globe", "accounts.menu_communities"},
                           {"/me/tokens", "key-round", "accounts.menu_tokens"}};

}  // namespace

void settings(html::Out& out, const web::Context& ctx, std::string_view current,
              const std::function<void(html::Out&)>& body) {
    html::put(out, R"(<div class="split"><nav class="split__menu side-menu" aria-label="{}">)",
              ctx.t("accounts.settings"));
    for (const Entry& entry : kMenu) {
        const bool members_only = entry.path == "/me/profile" || entry.path == "/me/about" ||
                                  entry.path == "/me/notices" || entry.path == "/me/messages" ||
                                  entry.path == "/me/devices";
        if (members_only && !ctx.viewer.id) continue;
        html::put(out, R"(<a class="side-menu__item" href="{}" {}>)", entry.path,
                  html::attr("aria-current", "page", entry.path == current));
        parts::icon(out, entry.icon);
        html::put(out, "{}</a>", ctx.t(entry.label));
    }
    html::put(out, R"(</nav><div class="split__body">)");
    body(out);
    html::put(out, "</div></div>");
}

namespace views {
namespace {

void section(html::Out& out, const web::Context& ctx, std::string_view id, std::string_view key) {
    html::put(
        out,
        R"(<section class="section" aria-labelledby="{}"><div class="section__head"><h2 class="section__title" id="{}">{}</h2></div>)",
        id, id, ctx.t(key));
}

void return_field(html::Out& out, const web::Context& ctx) {
    const std::string asked = parts::typed(ctx, "return_to", ctx.query("return_to"));
    html::put(out, R"(<input type="hidden" name="return_to" value="{}">)",
              asked.empty() ? std::string("/") : asked);
}

void languages(html::Out& out, const web::Context& ctx, const Account& account,
               const Error* error) {
    std::vector<parts::Option> options{{"", std::string(ctx.t("accounts.language_auto")), {}}};
    for (const std::string& code : ctx.services.catalogue.languages())
        options.push_back({code, std::string(ctx.services.catalogue.words(code).own_name()), {}});
    parts::select(out, ctx,
                  {.name = "language",
                   .label = "accounts.language",
                   .value = parts::typed(ctx, "language", account.language)},
                  options, error);
}

void zones(html::Out& out, const web::Context& ctx, const Account& account, const Error* error) {
    std::vector<parts::Option> options{{"", std::string(ctx.t("accounts.zone_auto")), {}}};
    for (const std::string& zone : i18n::time_zones()) options.push_back({zone, zone, {}});
    parts::select(out, ctx,
                  {.name = "zone",
                   .label = "accounts.zone",
                   .value = parts::typed(ctx, "zone", account.zone)},
                  options, error);
}

void schemes(html::Out& out, const web::Context& ctx, const Account& account) {
    constexpr std::string_view kSchemes[] = {"", "light", "dark"};
    constexpr std::string_view kLabels[] = {"accounts.scheme_device", "accounts.scheme_light",
                                            "accounts.scheme_dark"};
    const std::string chosen = parts::typed(ctx, "scheme", account.scheme);
    html::put(
        out,
        R"(<scheme-switch><fieldset class="segments"><legend class="field__label">{}</legend>)",
        ctx.t("accounts.scheme"));
    for (std::size_t i = 0; i < std::size(kSchemes); ++i)
        html::put(
            out,
            R"(<label class="segments__item"><input type="radio" name="scheme" value="{}" {}><span>{}</span></label>)",
            kSchemes[i], html::flag("checked", chosen == kSchemes[i]), ctx.t(kLabels[i]));
    html::put(out, "</fieldset></scheme-switch>");
}

void presence(html::Out& out, const web::Context& ctx, const Account& account) {
    html::put(
        out,
        R"(<label class="check"><input class="check__input" type="checkbox" name="presence" value="1" {}><span class="check__text">{}</span></label>)",
        html::flag("checked", !account.hides_presence), ctx.t("accounts.presence"));
}

void email_form(html::Out& out, const web::Context& ctx, const Me& page) {
    section(out, ctx, "email-title", "accounts.email");
    html::put(out, "<p>{}</p>", ctx.t("accounts.email_now", {{"email", page.account.email}}));
    parts::error_summary(out, ctx, page.email);
    parts::form_start(out, ctx, "/me/email");
    parts::input(out, ctx,
                 {.name = "email",
                  .label = "accounts.email_new",
                  .hint = "accounts.email_new_hint",
                  .value = parts::typed(ctx, "email"),
                  .type = "email",
                  .autocomplete = "email"},
                 page.email);
    if (page.account.has_password)
        parts::input(out, ctx,
                     {.name = "current",
                      .label = "accounts.password_current",
                      .type = "password",
                      .autocomplete = "current-password"},
                     page.email);
    parts::form_end(out, ctx.t("accounts.email_change"));
    html::put(out, "</section>");
}

void password_form(html::Out& out, const web::Context& ctx, const Me& page) {
    section(out, ctx, "password-title", "accounts.password");
    parts::error_summary(out, ctx, page.password);
    parts::form_start(out, ctx, "/me/password");
    if (page.account.has_password)
        parts::input(out, ctx,
                     {.name = "current_password",
                      .label = "accounts.password_current",
                      .type = "password",
                      .autocomplete = "current-password"},
                     page.password);
    parts::input(out, ctx,
                 {.name = "password",
                  .label = "accounts.password_new",
                  .hint = "accounts.password_hint",
                  .type = "password",
                  .autocomplete = "new-password"},
                 page.password);
    parts::form_end(out, page.account.has_password ? ctx.t("accounts.password_change")
                                                   : ctx.t("accounts.password_set"));
    html::put(out, "</section>");
}

void session_row(html::Out& out, const web::Context& ctx, const store::Session& s) {
    const bool here = s.id == ctx.viewer.session;
    html::put(out, R"(<li class="row"><div class="row__body"><h2 class="row__title">{})",
              s.device.empty() ? std::string(ctx.t("accounts.device_unknown")) : s.device);
    if (here)
        html::put(out, R"( <span class="badge badge--good">{}</span>)",
                  ctx.t("accounts.session_here"));
    html::put(out, R"(</h2><p class="row__text">{} )", ctx.t("accounts.session_seen"));
    parts::time(out, ctx, s.seen_at);
    html::put(out, R"( · {}</p></div>)", s.address);
    if (!here) {
        html::put(out, R"(<div class="row__actions">)");
        parts::button_form(out, ctx, "/me/sessions/" + s.id.text(), ctx.t("accounts.session_end"),
                           "button--small", "DELETE");
        html::put(out, "</div>");
    }
    html::put(out, "</li>");
}

std::string_view scope_key(auth::Scope scope) {
    switch (scope) {
        case auth::Scope::Read: return "accounts.scope_read";
        case auth::Scope::Write: return "accounts.scope_write";
        case auth::Scope::Admin: return "accounts.scope_admin";
    }
    return "accounts.scope_read";
}

void token_form(html::Out& out, const web::Context& ctx, const Error* error) {
    section(out, ctx, "token-new", "accounts.token_new");
    parts::error_summary(out, ctx, error);
    parts::form_start(out, ctx, "/me/tokens");
    parts::input(out, ctx,
                 {.name = "name",
                  .label = "accounts.token_name",
                  .hint = "accounts.token_name_hint",
                  .value = parts::typed(ctx, "name"),
                  .max_length = 80},
                 error);
    const std::vector<parts::Option> scopes{
        {"read", std::string(ctx.t("accounts.scope_read")), {}},
        {"write", std::string(ctx.t("accounts.scope_write")), {}},
        {"admin", std::string(ctx.t("accounts.scope_admin")), {}}};
    parts::choices(out, ctx,
                   {.name = "scope",
                    .label = "accounts.token_scope",
                    .value = parts::typed(ctx, "scope", "read")},
                   scopes, error);
    parts::form_end(out, ctx.t("accounts.token_make"));
    html::put(out, "</section>");
}

void made_token(html::Out& out, const web::Context& ctx, const std::string& token) {
    html::put(out, R"(<div class="notice notice--good" role="status">)");
    parts::icon(out, "check");
    html::put(out, "<p>{}</p></div>", ctx.t("accounts.token_made"));
    html::put(
        out,
        R"(<div class="copy-box"><code class="copy-box__text">{}</code><copy-text value="{}" done="{}"><button class="button button--quiet" type="button" hidden>{}</button></copy-text></div>)",
        token, token, ctx.t("accounts.copied"), ctx.t("accounts.copy"));
}

}  // namespace

void sign_in(html::Out& out, const web::Context& ctx, const Error* error) {
    html::put(out,
              R"(<div class="panel"><h1 class="panel__title">{}</h1><p class="panel__lead">{}</p>)",
              ctx.t("accounts.sign_in"), ctx.t("accounts.sign_in_lead"));
    parts::error_summary(out, ctx, error);
    parts::form_start(out, ctx, "/sign-in");
    return_field(out, ctx);
    parts::input(out, ctx,
                 {.name = "email",
                  .label = "accounts.email",
                  .value = parts::typed(ctx, "email"),
                  .type = "email",
                  .autocomplete = "username"},
                 error);
    parts::input(out, ctx,
                 {.name = "password",
                  .label = "accounts.password",
                  .type = "password",
                  .autocomplete = "current-password"},
                 error);
    html::put(
        out,
        R"(<div class="actions"><button class="button button--primary" type="submit">{}</button><button class="button button--quiet" type="submit" formaction="/sign-in/link">{}</button></div></form>)",
        ctx.t("accounts.sign_in_do"), ctx.t("accounts.link_ask"));
    html::put(out, R"(<p class="panel__foot">{} <a href="/sign-up">{}</a></p></div>)",
              ctx.t("accounts.new_here"), ctx.t("accounts.join", {{"community", ctx.place.name}}));
}

void link_sent(html::Out& out, const web::Context& ctx) {
    html::put(
        out,
        R"(<div class="panel"><h1 class="panel__title">{}</h1><p class="panel__lead">{}</p><p class="panel__foot"><a href="/sign-in">{}</a></p></div>)",
        ctx.t("accounts.link_sent"), ctx.t("accounts.link_sent_lead"), ctx.t("accounts.back"));
}

void me(html::Out& out, const web::Context& ctx, const Me& page) {
    settings(out, ctx, "/me", [&](html::Out& o) {
        web::parts::page_head(o, ctx.t("accounts.menu_account"), ctx.t("accounts.me_lead"));
        parts::error_summary(o, ctx, page.basics);
        parts::form_start(o, ctx, "/me");
        languages(o, ctx, page.account, page.basics);
        zones(o, ctx, page.account, page.basics);
        schemes(o, ctx, page.account);
        presence(o, ctx, page.account);
        parts::form_end(o, ctx.t("accounts.save"));
        email_form(o, ctx, page);
        password_form(o, ctx, page);
    });
}

void sessions(html::Out& out, const web::Context& ctx, const std::vector<store::Session>& list) {
    settings(out, ctx, "/me/sessions", [&](html::Out& o) {
        web::parts::page_head(o, ctx.t("accounts.menu_sessions"), ctx.t("accounts.sessions_lead"));
        html::put(o, R"(<ul class="rows">)");
        for (const store::Session& s : list) session_row(o, ctx, s);
        html::put(o, "</ul>");
        if (list.size() > 1)
            parts::button_form(o, ctx, "/me/sessions", ctx.t("accounts.session_end_others"),
                               "button--danger", "DELETE");
    });
}

void tokens(html::Out& out, const web::Context& ctx, const Tokens& page) {
    settings(out, ctx, "/me/tokens", [&](html::Out& o) {
        web::parts::page_head(o, ctx.t("accounts.menu_tokens"), ctx.t("accounts.tokens_lead"));
        if (!page.made.empty()) made_token(o, ctx, page.made);
        html::put(o, R"(<ul class="rows">)");
        for (const store::Token& token : page.tokens) {
            html::put(
                o,
                R"(<li class="row"><div class="row__body"><h2 class="row__title" dir="auto">{}</h2><p class="row__text">{} · )",
                token.name, ctx.t(scope_key(token.scope)));
            parts::time(o, ctx, token.created_at);
            html::put(o, R"(</p></div><div class="row__actions">)");
            parts::button_form(o, ctx, "/me/tokens/" + token.id.text(),
                               ctx.t("accounts.token_revoke"), "button--small button--danger",
                               "DELETE");
            html::put(o, "</div></li>");
        }
        html::put(o, "</ul>");
        token_form(o, ctx, page.error);
    });
}

}  // namespace views
}  // namespace torv::accounts
