#include "features/community/views.hpp"

#include <span>
#include <utility>

#include "features/community/colour.hpp"
#include "platform/web/fields.hpp"
#include "platform/web/parts.hpp"

namespace torv::community {

namespace parts = web::parts;

namespace {

struct Entry {
    std::string_view path, icon, label;
    auth::Role least = auth::Role::Admin;
};
constexpr Entry kMenu[] = {
    {"/admin", "shield", "community.menu_overview"},
    {"/admin/community", "home", "community.menu_community"},
    {"/admin/look", "palette", "community.menu_look"},
    {"/admin/rules", "scroll-text", "community.menu_rules"},
    {"/admin/spaces", "messages-square", "community.menu_spaces"},
    {"/admin/members", "users", "community.menu_members"},
    {"/admin/invitations", "mail", "community.menu_invitations"},
    {"/admin/imports", "download", "community.menu_imports"},
    {"/admin/log", "history", "modlog.title", auth::Role::Moderator},
    {"/admin/audit", "file-text", "audit.title", auth::Role::Owner},
    {"/admin/mail", "send", "community.menu_mail", auth::Role::Owner},
    {"/admin/jobs", "refresh-cw", "community.menu_jobs"},
    {"/admin/address", "globe", "community.menu_address", auth::Role::Owner},
    {"/admin/communities", "plus", "community.menu_communities", auth::Role::Owner},
};

}  // namespace

void admin_frame(html::Out& out, const web::Context& ctx, std::string_view current,
                 const std::function<void(html::Out&)>& body) {
    html::put(out, R"(<div class="split"><nav class="split__menu side-menu" aria-label="{}">)",
              ctx.t("community.menu"));
    for (const Entry& entry : kMenu) {
        if (ctx.viewer.role < entry.least) continue;
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

void paragraph(html::Out& out, std::string_view title, const std::string& text) {
    if (text.empty()) return;
    html::put(
        out,
        R"(<section class="section"><div class="section__head"><h2 class="section__title">{}</h2></div><p class="prose" dir="auto">{}</p></section>)",
        title, text);
}

void text_field(html::Out& out, const web::Context& ctx, std::string_view name,
                std::string_view label, std::string_view hint, const std::string& value,
                const Error* error) {
    parts::area(out, ctx,
                {.name = name,
                 .label = label,
                 .hint = hint,
                 .value = parts::typed(ctx, name, value),
                 .optional = true,
                 .rows = 3},
                error);
}

void words(html::Out& out, const web::Context& ctx, const Profile& p, const Error* error) {
    parts::input(out, ctx,
                 {.name = "name",
                  .label = "community.name",
                  .value = parts::typed(ctx, "name", p.name),
                  .max_length = 60},
                 error);
    parts::input(out, ctx,
                 {.name = "tagline",
                  .label = "community.tagline",
                  .hint = "community.tagline_hint",
                  .value = parts::typed(ctx, "tagline", p.tagline),
                  .optional = true,
                  .max_length = 200},
                 error);
    text_field(out, ctx, "purpose", "community.purpose", "community.purpose_hint", p.purpose,
               error);
    text_field(out, ctx, "values", "community.values", "", p.values, error);
    text_field(out, ctx, "audience", "community.audience", "", p.audience, error);
    text_field(out, ctx, "tone", "community.tone", "", p.tone, error);
    text_field(out, ctx, "about", "community.about_text", "community.markdown_hint", p.about,
               error);
}

void doors(html::Out& out, const web::Context& ctx, const Profile& p, const Error* error) {
    std::vector<parts::Option> languages;
    for (const std::string& code : ctx.services.catalogue.languages())
        languages.push_back({code, std::string(ctx.services.catalogue.words(code).own_name()), {}});
    parts::select(out, ctx,
                  {.name = "language",
                   .label = "community.language",
                   .value = parts::typed(ctx, "language", p.language)},
                  languages, error);
    const std::vector<parts::Option> ways{
        {"open", std::string(ctx.t("community.sign_up_open")),
         std::string(ctx.t("community.sign_up_open_hint"))},
        {"approval", std::string(ctx.t("community.sign_up_approval")),
         std::string(ctx.t("community.sign_up_approval_hint"))},
        {"invitation", std::string(ctx.t("community.sign_up_invitation")),
         std::string(ctx.t("community.sign_up_invitation_hint"))}};
    parts::choices(out, ctx,
                   {.name = "sign_up",
                    .label = "community.sign_up",
                    .value = parts::typed(ctx, "sign_up", sign_up_name(p.sign_up))},
                   ways, error);
    const bool sent = !ctx.form().fields().empty();
    parts::check(out, ctx, "guests_may_read", "community.guests_may_read",
                 sent ? ctx.form().checked("guests_may_read") : p.guests_may_read);
    parts::check(out, ctx, "members_invite", "community.members_invite",
                 sent ? ctx.form().checked("members_invite") : p.members_invite);
}

using Named = std::pair<std::string_view, std::string_view>;  // value, key
constexpr Named kFonts[] = {{"system", "community.font_system"},
                            {"humanist", "community.font_humanist"},
                            {"rounded", "community.font_rounded"},
                            {"serif", "community.font_serif"},
                            {"mono", "community.font_mono"}};
constexpr Named kRadii[] = {{"square", "community.radius_square"},
                            {"soft", "community.radius_soft"},
                            {"round", "community.radius_round"}};

std::vector<parts::Option> named(const web::Context& ctx, std::span<const Named> names) {
    std::vector<parts::Option> options;
    for (const auto& [value, key] : names)
        options.push_back({std::string(value), std::string(ctx.t(key)), {}});
    return options;
}

}  // namespace

void about(html::Out& out, const web::Context& ctx, const Community& c) {
    html::put(
        out,
        R"(<header class="page-head"><h1 class="page-head__title" dir="auto">{}</h1><p class="page-head__lead" dir="auto">{}</p></header>)",
        c.name, c.tagline);
    paragraph(out, ctx.t("community.purpose"), c.purpose);
    paragraph(out, ctx.t("community.values"), c.values);
    paragraph(out, ctx.t("community.audience"), c.audience);
    paragraph(out, ctx.t("community.tone"), c.tone);
    if (!c.about_html.empty())
        html::put(out, R"(<div class="section prose" dir="auto">{}</div>)",
                  html::Safe::kept(c.about_html));
    html::put(out, R"(<div class="section stack"><p class="quiet">{}</p><div class="actions">)",
              ctx.t("community.member_count", c.member_count));
    if (!ctx.viewer.id)
        html::put(out, R"(<a class="button button--primary" href="/sign-up">{}</a>)",
                  ctx.t("community.join", {{"community", c.name}}));
    html::put(out, R"(<a class="button" href="/rules">{}</a></div></div>)",
              ctx.t("community.rules"));
}

void rules(html::Out& out, const web::Context& ctx, const std::optional<Rules>& rules) {
    web::parts::page_head(out, ctx.t("community.rules"),
                          ctx.viewer.rules_outdated ? ctx.t("community.rules_changed_lead")
                                                    : ctx.t("community.rules_lead"));
    if (!rules) {
        html::put(out, R"(<div class="empty empty--calm"><h2 class="empty__title">{}</h2></div>)",
                  ctx.t("community.no_rules"));
        return;
    }
    html::put(out, R"(<div class="prose" dir="auto">{}</div>)", html::Safe::kept(rules->body_html));
    html::put(out, R"(<p class="section quiet">{} <time datetime="{}">{}</time></p>)",
              ctx.t("community.rules_since"), rules->made_at.rfc3339(),
              ctx.dates.date(rules->made_at));
    if (!ctx.viewer.rules_outdated) return;
    parts::form_start(out, ctx, "/rules");
    html::put(out, R"(<input type="hidden" name="rules_version" value="{}">)", rules->version);
    parts::form_end(out, ctx.t("community.rules_accept"));
}

void profile(html::Out& out, const web::Context& ctx, const Profile& p, const Error* error) {
    admin_frame(out, ctx, "/admin/community", [&](html::Out& o) {
        web::parts::page_head(o, ctx.t("community.menu_community"),
                              ctx.t("community.profile_lead"));
        parts::error_summary(o, ctx, error);
        parts::form_start(o, ctx, "/admin/community");
        words(o, ctx, p, error);
        doors(o, ctx, p, error);
        parts::form_end(o, ctx.t("community.save"));
    });
}

void look(html::Out& out, const web::Context& ctx, const Look& l, const Error* error) {
    admin_frame(out, ctx, "/admin/look", [&](html::Out& o) {
        web::parts::page_head(o, ctx.t("community.menu_look"), ctx.t("community.look_lead"));
        parts::error_summary(o, ctx, error);
        html::put(o, "<look-preview>");
        parts::form_start(o, ctx, "/admin/look");
        parts::input(
            o, ctx,
            {.name = "accent",
             .label = "community.accent",
             .hint = "community.accent_hint",
             .value = parts::typed(ctx, "accent", colour::to_hex(colour::light_accent(l).fill)),
             .type = "color"},
            error);
        parts::choices(
            o, ctx,
            {.name = "font", .label = "community.font", .value = parts::typed(ctx, "font", l.font)},
            named(ctx, kFonts), error);
        parts::choices(o, ctx,
                       {.name = "radius",
                        .label = "community.radius",
                        .value = parts::typed(ctx, "radius", l.radius)},
                       named(ctx, kRadii), error);
        html::put(o, R"(<input type="hidden" name="logo" value="{}">)", l.logo);
        html::put(o, R"(<p><a href="/admin/logo">{}</a></p>)", ctx.t("community.change_logo"));
        parts::form_end(o, ctx.t("community.save"));
        html::put(o, "</look-preview>");
    });
}

void edit_rules(html::Out& out, const web::Context& ctx, const std::optional<Rules>& now,
                const Error* error) {
    admin_frame(out, ctx, "/admin/rules", [&](html::Out& o) {
        web::parts::page_head(o, ctx.t("community.menu_rules"), ctx.t("community.edit_rules_lead"));
        parts::error_summary(o, ctx, error);
        parts::form_start(o, ctx, "/admin/rules");
        parts::area(o, ctx,
                    {.name = "body",
                     .label = "community.rules",
                     .hint = "community.markdown_hint",
                     .value = parts::typed(ctx, "body", now ? now->body : ""),
                     .rows = 16},
                    error);
        parts::form_end(o, ctx.t("community.rules_publish"));
    });
}

void address(html::Out& out, const web::Context& ctx, const Community& c, const Error* error) {
    admin_frame(out, ctx, "/admin/address", [&](html::Out& o) {
        web::parts::page_head(o, ctx.t("community.menu_address"), ctx.t("community.address_lead"));
        parts::error_summary(o, ctx, error);
        parts::form_start(o, ctx, "/admin/address");
        parts::input(o, ctx,
                     {.name = "address",
                      .label = "community.address",
                      .hint = "community.address_hint",
                      .value = parts::typed(ctx, "address", c.address)},
                     error);
        parts::form_end(o, ctx.t("community.save"));
    });
}

}  // namespace views
}  // namespace torv::community
