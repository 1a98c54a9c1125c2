#include "features/invitations/views.hpp"

#include "features/community/community.hpp"
#include "platform/base/text.hpp"
#include "platform/web/fields.hpp"
#include "platform/web/parts.hpp"

namespace torv::invitations::views {

namespace parts = web::parts;

namespace {

std::string_view address(const Page& page) {
    return page.administers ? "/admin/invitations" : "/invitations";
}

std::string_view role_key(auth::Role role) {
    switch (role) {
        case auth::Role::Moderator: return "invitations.role_moderator";
        case auth::Role::Admin: return "invitations.role_admin";
        case auth::Role::Guest:
        case auth::Role::Member:
        case auth::Role::Owner: break;
    }
    return "invitations.role_member";
}

void made(html::Out& out, const web::Context& ctx, const Page& page) {
    html::put(out, R"(<div class="notice notice--good" role="status">)");
    parts::icon(out, "check");
    const std::string sentence = page.mailed_to.empty()
                                     ? std::string(ctx.t("invitations.made"))
                                     : ctx.t("invitations.mailed", {{"email", page.mailed_to}});
    html::put(out, "<p>{}</p></div>", sentence);
    note(out, ctx, ctx.place.name, page.made);
}

void numbers(html::Out& out, const web::Context& ctx, const Page& page) {
    std::vector<parts::Option> uses;
    for (const int n : {1, 5, 25, 50, 100, 1000})
        if (page.administers || n <= 50)
            uses.push_back({std::to_string(n), ctx.t("invitations.people", n), {}});
    parts::select(
        out, ctx,
        {.name = "uses", .label = "invitations.uses", .value = parts::typed(ctx, "uses", "1")},
        uses, page.error);
    std::vector<parts::Option> days;
    for (const int n : {1, 7, 30, 365})
        if (page.administers || n <= 30)
            days.push_back({std::to_string(n), ctx.t("invitations.days_n", n), {}});
    parts::select(
        out, ctx,
        {.name = "days", .label = "invitations.days", .value = parts::typed(ctx, "days", "7")},
        days, page.error);
}

void gifts(html::Out& out, const web::Context& ctx, const Page& page) {
    std::vector<parts::Option> roles;
    for (const auth::Role role : {auth::Role::Member, auth::Role::Moderator, auth::Role::Admin})
        if (role <= ctx.viewer.role)
            roles.push_back(
                {std::string(auth::role_name(role)), std::string(ctx.t(role_key(role))), {}});
    parts::select(
        out, ctx,
        {.name = "role", .label = "invitations.role", .value = parts::typed(ctx, "role", "member")},
        roles, page.error);
    std::vector<parts::Option> spaces{{"", std::string(ctx.t("invitations.no_space")), {}}};
    for (const spaces::Entry& entry : page.spaces)
        if (entry.readable) spaces.push_back({entry.space.id.text(), entry.space.name, {}});
    parts::select(
        out, ctx,
        {.name = "space", .label = "invitations.space", .value = parts::typed(ctx, "space")},
        spaces, page.error);
    if (page.placeholder_id)
        html::put(out, R"(<input type="hidden" name="placeholder" value="{}"><p dir="auto">{}</p>)",
                  page.placeholder_id, ctx.t("invitations.becomes", {{"name", page.placeholder}}));
}

void form(html::Out& out, const web::Context& ctx, const Page& page) {
    parts::error_summary(out, ctx, page.error);
    parts::form_start(out, ctx, address(page));
    parts::input(out, ctx,
                 {.name = "email",
                  .label = "invitations.email",
                  .hint = "invitations.email_hint",
                  .value = parts::typed(ctx, "email"),
                  .type = "email",
                  .optional = true},
                 page.error);
    parts::input(out, ctx,
                 {.name = "note",
                  .label = "invitations.note",
                  .hint = "invitations.note_hint",
                  .value = parts::typed(ctx, "note"),
                  .optional = true,
                  .max_length = 200},
                 page.error);
    numbers(out, ctx, page);
    if (page.administers) gifts(out, ctx, page);
    parts::form_end(out, ctx.t("invitations.make"));
}

std::string_view state_key(const web::Context& ctx, const Invitation& i) {
    if (i.revoked) return "invitations.state_revoked";
    if (i.expires_at <= ctx.now()) return "invitations.state_over";
    if (i.uses >= i.uses_most) return "invitations.state_used";
    return "";
}

void row(html::Out& out, const web::Context& ctx, const Page& page, const Invitation& i) {
    const std::string_view over = state_key(ctx, i);
    const std::string title = !i.note.empty()    ? i.note
                              : !i.email.empty() ? i.email
                                                 : std::string(ctx.t(role_key(i.role)));
    html::put(out,
              R"(<li class="row"><div class="row__body"><h3 class="row__title" dir="auto">{} )",
              title);
    if (!over.empty()) html::put(out, R"(<span class="badge badge--quiet">{}</span>)", ctx.t(over));
    html::put(out, R"(</h3><p class="row__text">{} · {} )",
              ctx.t("invitations.used", {{"uses", i.uses}, {"most", i.uses_most}}),
              ctx.t("invitations.until"));
    parts::time(out, ctx, i.expires_at);
    if (page.administers)
        html::put(out, R"( · <span dir="auto">{}</span>)", page.makers[i.made_by].name);
    html::put(out, R"(</p></div><div class="row__actions">)");
    if (over.empty())
        parts::button_form(out, ctx, "/invitations/" + i.id.text(), ctx.t("invitations.revoke"),
                           "button--small", "DELETE");
    html::put(out, "</div></li>");
}

void content(html::Out& out, const web::Context& ctx, const Page& page) {
    html::put(
        out,
        R"(<header class="page-head"><h1 class="page-head__title">{}</h1><p class="page-head__lead">{}</p></header>)",
        ctx.t("invitations.title"), ctx.t("invitations.lead"));
    if (!page.made.empty()) made(out, ctx, page);
    form(out, ctx, page);
    if (page.list.empty()) return;
    html::put(
        out,
        R"(<section class="section" aria-labelledby="made"><div class="section__head"><h2 class="section__title" id="made">{}</h2></div><ul class="rows">)",
        ctx.t("invitations.list"));
    for (const Invitation& i : page.list) row(out, ctx, page, i);
    html::put(out, "</ul></section>");
}

}  // namespace

void page(html::Out& out, const web::Context& ctx, const Page& page) {
    if (!page.administers) return content(out, ctx, page);
    community::admin_frame(out, ctx, "/admin/invitations",
                           [&](html::Out& o) { content(o, ctx, page); });
}

void join(html::Out& out, const web::Context& ctx, const Join& page) {
    html::put(
        out,
        R"(<div class="panel"><h1 class="panel__title">{}</h1><p class="panel__lead" dir="auto">{}</p>)",
        ctx.t("invitations.join_title", {{"community", ctx.place.name}}), page.tagline);
    if (!page.inviter.empty())
        html::put(out, R"(<p>{}</p>)", ctx.t("invitations.invited_by", {{"name", page.inviter}}));
    if (!page.purpose.empty()) html::put(out, R"(<p dir="auto">{}</p>)", page.purpose);
    if (!page.placeholder.empty())
        html::put(out, R"(<p>{}</p>)", ctx.t("invitations.claims", {{"name", page.placeholder}}));
    members::door_form(out, ctx, page.door, page.error);
    if (!ctx.viewer.signed_in()) {
        const std::string back = "/sign-in?return_to=" + percent_encode(page.door.action);
        html::put(out, R"(<p class="panel__foot">{} <a href="{}">{}</a></p>)",
                  ctx.t("invitations.have_account"), back, ctx.t("invitations.sign_in"));
    }
    html::put(out, "</div>");
}

}  // namespace torv::invitations::views
