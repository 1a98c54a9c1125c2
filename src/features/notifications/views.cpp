#include "features/notifications/views.hpp"

#include "platform/web/parts.hpp"

namespace torv::notifications {

using html::put;
namespace parts = web::parts;

namespace {

/// One entry of a row's menu.
void entry(html::Out& out, const web::Context& ctx, const std::string& action,
           std::string_view level, std::string_view icon, const std::string& words) {
    put(out, R"(<form class="menu__form" method="post" action="{}">)", action);
    ctx.csrf_field(out);
    if (!level.empty()) put(out, R"(<input type="hidden" name="level" value="{}">)", level);
    put(out, R"(<input type="hidden" name="return_to" value="/notices">)");
    put(out, R"(<button class="menu__item" type="submit">)");
    parts::icon(out, icon);
    put(out, "{}</button></form>", words);
}

/// What one tap can change so that the like of it does not come again.
void change(html::Out& out, const web::Context& ctx, const Line& line, const Page& page,
            const spaces::Access* space) {
    const auto& item = line.bundle.newest;
    const bool decided = item.kind == Kind::Membership || item.kind == Kind::Moderation ||
                         item.kind == Kind::Invitation || item.kind == Kind::Reminder ||
                         item.kind == Kind::Circle || for_leaders(item.kind);
    if (decided) return;
    if (item.why == Why::FollowSpace && space)
        entry(out, ctx, spaces::path(space->slug) + "/level", "normal", "bell",
              ctx.t("notifications.unfollow_space", {{"space", space->name}}));
    else if (item.topic && !line.stream)
        entry(out, ctx, "/t/" + item.topic.text() + "/level", "muted", "bell",
              std::string(ctx.t(item.kind == Kind::Message ? "notifications.mute_conversation"
                                                           : "notifications.mute_topic")));
    if (line.bundle.actors.size() == 1) {
        const auto& face = page.faces[line.bundle.actors[0]];
        entry(out, ctx, members::path(face.handle) + "/level", "muted", "user-x",
              ctx.t("notifications.mute_person", {{"name", face.name}}));
    }
}

void row_menu(html::Out& out, const web::Context& ctx, const Line& line, const Page& page,
              const spaces::Access* space) {
    put(out,
        R"(<details class="menu inbox-row__menu"><summary class="menu__summary button button--quiet button--small button--icon">)");
    parts::icon(out, "ellipsis");
    put(out,
        R"(<span class="sr-only">{}</span></summary><div class="menu__panel"><p class="menu__head">{}</p>)",
        ctx.t("notifications.why_this"), reason(ctx.t, line.bundle.newest.why));
    if (line.bundle.unread)
        entry(out, ctx, "/notices/" + std::to_string(line.bundle.newest.position) + "/read", {},
              "check", std::string(ctx.t("notifications.mark_read")));
    change(out, ctx, line, page, space);
    put(out, "</div></details>");
}

/// Nobody's own deed has the community's bell.
void face(html::Out& out, const Line& line, const Page& page) {
    if (line.bundle.actors.empty()) {
        put(out, R"(<span class="inbox-row__sign" aria-hidden="true">)");
        parts::icon(out, "bell");
        return put(out, "</span>");
    }
    members::face(out, page.faces[line.bundle.actors[0]]);
}

void row(html::Out& out, const web::Context& ctx, const Line& line, const Page& page) {
    const auto& item = line.bundle.newest;
    const spaces::Access* space = item.space ? page.readable.find(item.space) : nullptr;
    put(out, R"(<li class="inbox-row{}">)", line.bundle.unread ? " inbox-row--unread" : "");
    face(out, line, page);
    put(out, R"(<div class="inbox-row__body"><p class="inbox-row__text">)");
    if (line.openable) put(out, R"(<a class="inbox-row__link" href="/notices/{}">)", item.position);
    if (!nobody_did(line.bundle))
        put(out, R"(<bdi class="inbox-row__who">{}</bdi> )", who(ctx.t, line.bundle, page.faces));
    put(out, "{}", deed(ctx.t, line, space));
    if (line.openable) put(out, "</a>");
    put(out, "</p>");
    if (!line.excerpt.empty())
        put(out, R"(<p class="inbox-row__excerpt" dir="auto">{}</p>)", line.excerpt);
    put(out, R"(<p class="inbox-row__meta">)");
    if (space && item.kind != Kind::Topic && !line.stream)
        put(out, R"(<bdi>{}</bdi> · )", space->name);
    parts::time(out, ctx, item.at);
    put(out, R"(</p></div><div class="inbox-row__side">)");
    if (line.bundle.unread)
        put(out, R"(<span class="dot"><span class="sr-only">{}</span></span>)",
            ctx.t("notifications.unread"));
    row_menu(out, ctx, line, page, space);
    put(out, "</div></li>");
}

void head(html::Out& out, const web::Context& ctx, const Page& page) {
    put(out,
        R"(<header class="page-head"><div class="page-head__row"><h1 class="page-head__title">{}</h1><div class="page-head__actions">)",
        ctx.t("notifications.title"));
    if (page.unread > 0) {
        put(out, R"(<form method="post" action="/notices/read">)");
        ctx.csrf_field(out);
        put(out,
            R"(<input type="hidden" name="until" value="{}"><button class="button button--small" type="submit">)",
            page.newest);
        parts::icon(out, "check");
        put(out, "{}</button></form>", ctx.t("notifications.mark_all"));
    }
    put(out, R"(<a class="button button--quiet button--small button--icon" href="/me/notices">)");
    parts::icon(out, "settings");
    put(out, R"(<span class="sr-only">{}</span></a></div></div></header>)",
        ctx.t("notifications.settings_link"));
    const auto tab = [&](std::string_view query, std::string_view key, store::Which which) {
        put(out, R"(<a class="tabs__item" href="/notices{}" {}>{}</a>)", query,
            html::attr("aria-current", "page", page.which == which), ctx.t(key));
    };
    if (page.held)
        put(out, R"(<div class="notice"><p>{} {} <a href="/me/notices">{}</a></p></div>)",
            ctx.t("notifications.held", page.held_bundles),
            ctx.t("notifications.held_until", {{"when", ctx.dates.near(*page.held, ctx.now())}}),
            ctx.t("notifications.settings_link"));
    put(out, R"(<nav class="tabs" aria-label="{}">)", ctx.t("notifications.which"));
    tab("", "notifications.all", store::Which::All);
    tab("?show=unread", "notifications.only_unread", store::Which::Unread);
    put(out, "</nav>");
}

void empty(html::Out& out, const web::Context& ctx, const Page& page) {
    put(out, R"(<div class="empty empty--calm">)");
    parts::icon(out, "sun");
    put(out, R"(<h2 class="empty__title">{}</h2><p class="empty__text">{}</p></div>)",
        ctx.t("notifications.none_title"),
        ctx.t(page.which == store::Which::Unread ? "notifications.none_unread"
                                                 : "notifications.none_text"));
}

void list(html::Out& out, const web::Context& ctx, const Page& page) {
    std::int64_t day = -1;
    for (const Line& line : page.lines) {
        const Instant at = line.bundle.newest.at;
        if (const std::int64_t today = ctx.dates.day_number(at); today != day) {
            if (day != -1) put(out, "</ol></section>");
            put(out,
                R"(<section class="inbox" aria-labelledby="day-{}"><h2 class="inbox__day" id="day-{}">{}</h2><ol class="inbox__list">)",
                today, today, ctx.dates.day_header(at, ctx.now()));
            day = today;
        }
        row(out, ctx, line, page);
    }
    put(out, "</ol></section>");
    if (page.next.empty()) return;
    put(out,
        R"(<nav class="pager" aria-label="{}"><a class="button" href="/notices?{}before={}" rel="next">{}</a></nav>)",
        ctx.t("notifications.more_notices"),
        page.which == store::Which::Unread ? "show=unread&" : "", page.next,
        ctx.t("notifications.older"));
}

}  // namespace

namespace views {

void inbox(html::Out& out, const web::Context& ctx, const Page& page) {
    put(out, R"(<live-own of="notices" changes="{}">)", page.changes);
    head(out, ctx, page);
    if (page.lines.empty()) empty(out, ctx, page);
    else list(out, ctx, page);
    put(out, "</live-own>");
}

}  // namespace views

}  // namespace torv::notifications
