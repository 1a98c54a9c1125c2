#include "features/profiles/views.hpp"
#include "platform/web/parts.hpp"

namespace torv::profiles::views {

using html::put;
using members::Member;
using members::State;
namespace parts = web::parts;

namespace {

void badges(html::Out& out, const web::Context& ctx, const Member& m) {
    members::badge(out, ctx, m.role);
    if (m.state == State::Left)
        put(out, R"( <span class="badge badge--quiet">{}</span>)", ctx.t("members.left"));
    if (m.state == State::Placeholder)
        put(out, R"( <span class="badge badge--quiet">{}</span>)", ctx.t("members.placeholder"));
    if (m.state == State::Pending)
        put(out, R"( <span class="badge badge--warn">{}</span>)", ctx.t("members.pending"));
}

void actions(html::Out& out, const web::Context& ctx, const Member& m) {
    if (ctx.viewer.id == m.id)
        put(out,
            R"(<div class="actions"><a class="button" href="/me/profile">{}</a> <a class="button" href="/me/about">{}</a></div>)",
            ctx.t("members.edit"), ctx.t("profiles.title"));
    if (ctx.viewer.is_member() && ctx.viewer.id != m.id && m.state == State::Active)
        put(out,
            R"(<div class="actions"><a class="button" href="/messages/new?to={}">{}</a><a class="button button--quiet button--small" href="/m/{}/level"><svg class="icon" aria-hidden="true"><use href="{}"></use></svg>{}</a><a class="button button--quiet button--small" href="/m/{}/block">{}</a></div>)",
            m.handle, ctx.t("members.message"), m.handle, parts::icon_url("bell"),
            ctx.t("members.notices"), m.handle, ctx.t("members.block"));
    if (m.state == State::Placeholder && ctx.viewer.may_administer())
        put(out,
            R"(<div class="actions"><a class="button" href="/admin/invitations?placeholder={}">{}</a></div>)",
            m.id, ctx.t("members.invite_author"));
}

void head(html::Out& out, const web::Context& ctx, const Member& m) {
    put(out, R"(<header class="profile">)");
    members::living_face(out, members::face_of(m), members::FaceSize::Large);
    put(out,
        R"(<div class="profile__body"><h1 class="profile__name" dir="auto">{}</h1><p class="profile__handle">@{} )",
        m.name, m.handle);
    badges(out, ctx, m);
    put(out, "</p>");
    if (!m.bio_html.empty())
        put(out, R"(<div class="profile__text prose" dir="auto">{}</div>)",
            html::Safe::kept(m.bio_html));
    if (m.state == State::Active)
        put(out, R"(<p class="profile__meta">{}</p>)",
            ctx.t("members.since", {{"month", ctx.dates.month(m.joined_at)}}));
    if (m.state == State::Pending && !m.reason.empty())
        put(out, R"(<blockquote class="profile__meta" dir="auto">{}</blockquote>)", m.reason);
    actions(out, ctx, m);
    put(out, "</div></header>");
}

/// To oneself it is said who else sees a field.
void shown_to(html::Out& out, const web::Context& ctx, Shown shown) {
    const bool alone = shown == Shown::Me;
    put(out, R"(<span class="told__shown">)");
    parts::icon(out, alone ? "lock" : shown == Shown::Members ? "users" : "globe");
    put(out, "{}</span>",
        ctx.t(alone                     ? "profiles.shown_me"
              : shown == Shown::Members ? "profiles.shown_members"
                                        : "profiles.shown_everyone"));
}

/// Members go on from a value to who else has it.
void value(html::Out& out, const web::Context& ctx, Kind kind, const std::string& text) {
    if (ctx.viewer.is_member())
        put(out, R"(<li><a class="tag-list__tag" href="{}" dir="auto">{}</a></li>)",
            holders_path(kind, text), text);
    else put(out, R"(<li><span class="tag-list__tag" dir="auto">{}</span></li>)", text);
}

void told(html::Out& out, const web::Context& ctx, const Profile& page) {
    put(out, R"(<dl class="told">)");
    for (const Field& field : page.fields) {
        put(out, R"(<div class="told__field"><dt class="told__name">{})", label(ctx, field.kind));
        if (page.member.id == ctx.viewer.id) shown_to(out, ctx, field.shown);
        put(out, R"(</dt><dd><ul class="tag-list">)");
        for (const auto& text : field.values) value(out, ctx, field.kind, text);
        put(out, "</ul></dd></div>");
    }
    if (!page.in_circles.empty()) {
        put(out,
            R"(<div class="told__field"><dt class="told__name">{}</dt><dd><ul class="tag-list">)",
            ctx.t("circles.title"));
        for (const auto& circle : page.in_circles)
            put(out, R"(<li><a class="tag-list__tag" href="{}" dir="auto">{}</a></li>)",
                circles::path(circle.slug), circle.name);
        put(out, "</ul></dd></div>");
    }
    put(out, "</dl>");
}

}  // namespace

std::string_view label(const web::Context& ctx, Kind kind) {
    switch (kind) {
        case Kind::Skills: return ctx.t("profiles.skills");
        case Kind::Interests: return ctx.t("profiles.interests");
        case Kind::Languages: return ctx.t("profiles.languages");
        case Kind::Place: return ctx.t("profiles.place");
        case Kind::Offers: return ctx.t("profiles.offers");
        case Kind::Seeks: return ctx.t("profiles.seeks");
    }
    return {};
}

void profile(html::Out& out, const web::Context& ctx, const Profile& page) {
    head(out, ctx, page.member);
    if (!page.fields.empty() || !page.in_circles.empty()) told(out, ctx, page);
    if (page.fields.empty() && page.member.id == ctx.viewer.id &&
        page.member.state == State::Active)
        put(out,
            R"(<div class="card card--step"><h2 class="card__title">{}</h2><p class="card__text">{}</p><a class="button button--primary" href="/me/about">{}</a></div>)",
            ctx.t("profiles.invite_title"), ctx.t("profiles.invite_text"),
            ctx.t("profiles.invite_do"));
}

}  // namespace torv::profiles::views
