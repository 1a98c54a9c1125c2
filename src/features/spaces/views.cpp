#include "features/spaces/views.hpp"

#include "platform/web/parts.hpp"

namespace torv::spaces {

using html::put;
namespace parts = web::parts;

namespace {

std::string_view icon_of(Kind kind) {
    switch (kind) {
        case Kind::Discussion: return "messages-square";
        case Kind::Questions: return "circle-help";
        case Kind::Articles: return "newspaper";
        case Kind::Ideas: return "lightbulb";
        case Kind::Chat: return "message-circle";
    }
    return "messages-square";
}

}  // namespace

void icon(html::Out& out, std::string_view icon, Kind kind) {
    if (icon.empty()) return parts::icon(out, icon_of(kind));
    const auto first = static_cast<unsigned char>(icon[0]);
    if (first >= 'a' && first <= 'z') return parts::icon(out, icon);
    put(out, "{}", icon);
}

namespace views {

namespace {

void figures(html::Out& out, const web::Context& ctx, const Space& space) {
    put(out, R"(<p class="space-card__meta">)");
    if (space.kind != Kind::Chat) put(out, "{}", ctx.t("spaces.topics", space.topic_count));
    if (space.last_post_at) {
        if (space.kind != Kind::Chat) put(out, " · ");
        put(out, "{} ", ctx.t("spaces.last_post"));
        parts::time(out, ctx, space.last_post_at);
    }
    put(out, "</p>");
}

void card(html::Out& out, const web::Context& ctx, const Entry& entry,
          const std::vector<const Entry*>& below) {
    const Space& space = entry.space;
    put(out, R"(<li class="space-card"><span class="space-card__icon" aria-hidden="true">)");
    icon(out, space.icon, space.kind);
    put(out,
        R"(</span><div class="space-card__body"><h2 class="space-card__name" dir="auto"><a class="space-card__link" href="/s/{}">{}</a>)",
        space.slug, space.name);
    if (entry.unread)
        put(out, R"( <span class="dot"><span class="sr-only">{}</span></span>)",
            ctx.t("spaces.new_posts"));
    put(out, "</h2>");
    if (!space.description.empty())
        put(out, R"(<p class="space-card__text" dir="auto">{}</p>)", space.description);
    if (entry.readable) figures(out, ctx, space);
    else put(out, R"(<p class="space-card__meta">{}</p>)", ctx.t("spaces.private_ask"));
    if (!below.empty()) {
        put(out, R"(<ul class="space-card__sub">)");
        for (const Entry* sub : below)
            put(out, R"(<li><a href="/s/{}" dir="auto">{}</a></li>)", sub->space.slug,
                sub->space.name);
        put(out, "</ul>");
    }
    put(out, "</div></li>");
}

void step_form(html::Out& out, const web::Context& ctx, const Space& space, std::string_view step,
               std::string_view words, std::string_view icon_name) {
    put(out, R"(<form method="post" action="/admin/spaces/{}/shift">)", space.id);
    ctx.csrf_field(out);
    put(out,
        R"(<input type="hidden" name="step" value="{}"><button class="button button--quiet button--small button--icon" type="submit">)",
        step);
    parts::icon(out, icon_name);
    put(out, R"(<span class="sr-only">{}</span></button></form>)",
        ctx.t(words, {{"space", space.name}}));
}

void archive_form(html::Out& out, const web::Context& ctx, const Space& space) {
    put(out, R"(<form method="post" action="/admin/spaces/{}/archive">)", space.id);
    ctx.csrf_field(out);
    ctx.method_field(out, space.archived_at ? "DELETE" : "PUT");
    put(out,
        R"(<button class="button button--quiet button--small" type="submit">{}</button></form>)",
        ctx.t(space.archived_at ? "spaces.reopen" : "spaces.archive"));
}

void admin_row(html::Out& out, const web::Context& ctx, const Space& space) {
    put(out,
        R"(<li class="row"><div class="row__body"><h2 class="row__title" dir="auto"><a href="/s/{}">{}</a></h2><p class="row__text">{} · {}</p></div><div class="row__actions actions">)",
        space.slug, space.name, ctx.t("spaces.kind." + std::string(kind_name(space.kind))),
        ctx.t("spaces.visibility." + std::string(visibility_name(space.visibility))));
    step_form(out, ctx, space, "up", "spaces.shift_up", "chevron-up");
    step_form(out, ctx, space, "down", "spaces.shift_down", "chevron-down");
    put(out,
        R"(<a class="button button--quiet button--small" href="/admin/spaces/{}/edit">{}</a><a class="button button--quiet button--small" href="/s/{}/members">{}</a>)",
        space.id, ctx.t("spaces.edit"), space.slug, ctx.t("spaces.members"));
    archive_form(out, ctx, space);
    put(out, "</div></li>");
}

}  // namespace

void overview(html::Out& out, const web::Context& ctx, const std::vector<Entry>& entries) {
    put(out,
        R"(<header class="page-head"><div class="page-head__row"><h1 class="page-head__title">{}</h1>)",
        ctx.t("spaces.title"));
    if (ctx.viewer.may_administer())
        put(out,
            R"(<div class="page-head__actions"><a class="button" href="/admin/spaces">{}</a></div>)",
            ctx.t("spaces.manage"));
    put(out, "</div></header>");
    if (entries.empty()) {
        put(out, R"(<div class="empty">)");
        put(out, R"(<h2 class="empty__title">{}</h2><p class="empty__text">{}</p></div>)",
            ctx.t("spaces.none_title"), ctx.t("spaces.none_text"));
        return;
    }
    put(out, R"(<ul class="space-list">)");
    for (const Entry& entry : entries) {
        if (entry.space.parent) continue;
        std::vector<const Entry*> below;
        for (const Entry& sub : entries)
            if (sub.space.parent == entry.space.id) below.push_back(&sub);
        card(out, ctx, entry, below);
    }
    put(out, "</ul>");
}

void admin_list(html::Out& out, const web::Context& ctx, const std::vector<store::Row>& rows) {
    put(out,
        R"(<header class="page-head"><nav class="crumbs" aria-label="{}"><a href="/admin">{}</a></nav><div class="page-head__row"><h1 class="page-head__title">{}</h1><div class="page-head__actions"><a class="button button--primary" href="/admin/spaces/new">{}</a></div></div><p class="page-head__lead">{}</p></header><ul class="rows">)",
        ctx.t("spaces.you_are_here"), ctx.t("spaces.run_community"), ctx.t("spaces.title"),
        ctx.t("spaces.new"), ctx.t("spaces.admin_lead"));
    for (const auto& row : rows) {
        if (row.space.parent) continue;
        admin_row(out, ctx, row.space);
        for (const auto& below : rows)
            if (below.space.parent == row.space.id) admin_row(out, ctx, below.space);
    }
    put(out, "</ul>");
}

void door(html::Out& out, const web::Context& ctx, const Entry& entry) {
    const Space& space = entry.space;
    put(out, R"(<div class="panel"><h1 class="panel__title" dir="auto">{}</h1>)", space.name);
    put(out, R"(<p class="panel__lead">{}</p>)",
        ctx.t(entry.asked ? "spaces.asked_text" : "spaces.door_text"));
    if (!entry.asked) {
        put(out, R"(<form class="form" method="post" action="/s/{}/ask">)", space.slug);
        ctx.csrf_field(out);
        put(out,
            R"(<div class="actions"><button class="button button--primary" type="submit">{}</button></div></form>)",
            ctx.t("spaces.ask"));
    }
    put(out, R"(<p class="panel__foot"><a href="/spaces">{}</a></p></div>)",
        ctx.t("spaces.all_spaces"));
}

}  // namespace views

}  // namespace torv::spaces
