#include "features/members/views.hpp"

#include "platform/html/markdown.hpp"
#include "platform/web/fields.hpp"
#include "platform/web/parts.hpp"

namespace torv::members {

std::string_view role_key(Role role) {
    switch (role) {
        case Role::Guest: return "members.role_guest";
        case Role::Member: return "members.role_member";
        case Role::Moderator: return "members.role_moderator";
        case Role::Admin: return "members.role_admin";
        case Role::Owner: return "members.role_owner";
    }
    return "members.role_member";
}

void badge(html::Out& out, const web::Context& ctx, Role role) {
    if (role <= Role::Member) return;
    html::put(out, R"(<span class="badge badge--quiet">{}</span>)", ctx.t(role_key(role)));
}

namespace views {

namespace parts = web::parts;

void edit(html::Out& out, const web::Context& ctx, const Member& m, const Error* error) {
    accounts::settings(out, ctx, "/me/profile", [&](html::Out& o) {
        html::put(
            o,
            R"(<header class="page-head"><h1 class="page-head__title">{}</h1><p class="page-head__lead">{}</p></header>)",
            ctx.t("members.profile"), ctx.t("members.profile_lead"));
        parts::error_summary(o, ctx, error);
        html::put(o, R"(<div class="row"><div class="row__body">)");
        face(o, face_of(m), FaceSize::Large);
        html::put(
            o,
            R"(</div><div class="row__actions"><a class="button" href="/me/avatar">{}</a></div></div>)",
            ctx.t("members.change_picture"));
        parts::form_start(o, ctx, "/me/profile");
        parts::input(o, ctx,
                     {.name = "name",
                      .label = "members.name",
                      .value = parts::typed(ctx, "name", m.name),
                      .autocomplete = "name",
                      .max_length = 80},
                     error);
        parts::input(o, ctx,
                     {.name = "handle",
                      .label = "members.handle",
                      .hint = "members.handle_hint",
                      .value = parts::typed(ctx, "handle", m.handle),
                      .max_length = 30},
                     error);
        parts::area(o, ctx,
                    {.name = "bio",
                     .label = "members.bio",
                     .hint = "members.bio_hint",
                     .value = parts::typed(ctx, "bio", m.bio),
                     .optional = true,
                     .rows = 5},
                    error);
        parts::form_end(o, ctx.t("members.save"));
        html::put(
            o,
            R"(<section class="section" aria-labelledby="leave"><div class="section__head"><h2 class="section__title" id="leave">{}</h2></div><p>{}</p><ask-first question="{}" yes="{}" no="{}">)",
            ctx.t("members.leave_title"), ctx.t("members.leave_text"),
            ctx.t("members.leave_question"), ctx.t("members.leave"), ctx.t("members.stay"));
        parts::button_form(o, ctx, "/me/leave", ctx.t("members.leave"), "button--danger");
        html::put(o, "</ask-first></section>");
    });
}

// ── /admin/members ──

namespace {

void pager(html::Out& out, const web::Context& ctx, const std::string& next) {
    if (next.empty()) return;
    html::put(
        out,
        R"(<nav class="pager" aria-label="{}"><a class="button" href="{}" rel="next">{}</a></nav>)",
        ctx.t("members.more"), next, ctx.t("members.more"));
}

void pending_row(html::Out& out, const web::Context& ctx, const Member& m) {
    html::put(
        out,
        R"(<li class="row"><div class="row__body"><h3 class="row__title" dir="auto">{}</h3><p class="row__text" dir="auto">{}</p></div><div class="row__actions">)",
        m.name, m.reason);
    parts::button_form(out, ctx, "/admin/members/" + m.id.text() + "/approve",
                       ctx.t("members.approve"), "button--primary button--small");
    parts::button_form(out, ctx, "/admin/members/" + m.id.text() + "/decline",
                       ctx.t("members.decline"));
    html::put(out, "</div></li>");
}

void role_form(html::Out& out, const web::Context& ctx, const Member& m) {
    html::put(out, R"(<form class="cluster" method="post" action="/admin/members/{}/role">)", m.id);
    ctx.csrf_field(out);
    html::put(
        out,
        R"(<label class="sr-only" for="role-{}">{}</label><select class="input input--select" id="role-{}" name="role">)",
        m.id, ctx.t("members.role_of", {{"name", m.name}}), m.id);
    for (const Role role : {Role::Member, Role::Moderator, Role::Admin, Role::Owner}) {
        if (role > ctx.viewer.role) continue;
        html::put(out, R"(<option value="{}" {}>{}</option>)", auth::role_name(role),
                  html::flag("selected", role == m.role), ctx.t(role_key(role)));
    }
    html::put(out,
              R"(</select><button class="button button--small" type="submit">{}</button></form>)",
              ctx.t("members.role_change"));
}

void member_row(html::Out& out, const web::Context& ctx, const Member& m) {
    const bool mine = m.id == ctx.viewer.id;
    const bool may = mine || m.role < ctx.viewer.role || ctx.viewer.is_owner();
    html::put(
        out,
        R"(<li class="row"><div class="row__body"><h3 class="row__title"><a href="/m/{}" dir="auto">{}</a> )",
        m.handle, m.name);
    badge(out, ctx, m.role);
    html::put(out, R"(</h3><p class="row__text">@{}</p></div>)", m.handle);
    if (may) {
        html::put(out, R"(<div class="row__actions">)");
        role_form(out, ctx, m);
        if (!mine) {
            html::put(out, R"(<ask-first question="{}" yes="{}" no="{}">)",
                      ctx.t("members.remove_question", {{"name", m.name}}), ctx.t("members.remove"),
                      ctx.t("members.keep"));
            parts::button_form(out, ctx, "/admin/members/" + m.id.text(), ctx.t("members.remove"),
                               "button--small button--danger", "DELETE");
            html::put(out, "</ask-first>");
        }
        html::put(out, "</div>");
    }
    html::put(out, "</li>");
}

}  // namespace

void administration(html::Out& out, const web::Context& ctx, const Administration& page) {
    community::admin_frame(out, ctx, "/admin/members", [&](html::Out& o) {
        html::put(
            o,
            R"(<header class="page-head"><h1 class="page-head__title">{}</h1><p class="page-head__lead">{}</p></header>)",
            ctx.t("members.members"), ctx.t("members.admin_lead"));
        if (!page.pending.empty()) {
            html::put(
                o,
                R"(<section class="section" aria-labelledby="waiting"><div class="section__head"><h2 class="section__title" id="waiting">{}</h2></div><ul class="rows">)",
                ctx.t("members.waiting"));
            for (const Member& m : page.pending) pending_row(o, ctx, m);
            html::put(o, "</ul></section>");
        }
        html::put(
            o,
            R"(<section class="section" aria-labelledby="all"><div class="section__head"><h2 class="section__title" id="all">{}</h2></div>)",
            ctx.t("members.all"));
        html::put(
            o,
            R"(<form class="filter" action="/admin/members" role="search"><label class="sr-only" for="q">{}</label><input class="input" id="q" name="q" type="search" value="{}" placeholder="{}"><button class="button" type="submit">{}</button></form><ul class="rows">)",
            ctx.t("members.find"), page.search, ctx.t("members.find_hint"),
            ctx.t("members.find_do"));
        for (const Member& m : page.page.items) member_row(o, ctx, m);
        html::put(o, "</ul>");
        pager(o, ctx, page.next);
        html::put(o, "</section>");
    });
}

}  // namespace views

}  // namespace torv::members
