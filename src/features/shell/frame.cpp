#include "features/accounts/accounts.hpp"
#include "features/members/members.hpp"
#include "features/messages/messages.hpp"
#include "features/notifications/notifications.hpp"
#include "features/reads/reads.hpp"
#include "features/shell/foot.hpp"
#include "features/shell/shell.hpp"
#include "features/spaces/spaces.hpp"
#include "platform/base/text.hpp"
#include "platform/web/parts.hpp"
#include "platform/web/web.hpp"

namespace torv::shell {

namespace {

using web::parts::icon;

html::Attribute current(bool page) { return html::attr("aria-current", "page", page); }

void entry(html::Out& out, std::string_view href, std::string_view icon_name, std::string_view word,
           bool here) {
    html::put(out, R"(<li><a class="nav__item" href="{}" {}>)", href, current(here));
    icon(out, icon_name);
    html::put(out, R"(<span class="nav__name">{}</span></a></li>)", word);
}

std::string_view icon_of(const spaces::Space& space) {
    switch (space.kind) {
        case spaces::Kind::Discussion: return "messages-square";
        case spaces::Kind::Questions: return "circle-help";
        case spaces::Kind::Articles: return "newspaper";
        case spaces::Kind::Ideas: return "lightbulb";
        case spaces::Kind::Chat: return "message-circle";
    }
    return "messages-square";
}

/// A space's own emoji stands as text, a name of the sprite as that icon.
void space_icon(html::Out& out, const spaces::Space& space) {
    const bool emoji = !space.icon.empty() && static_cast<unsigned char>(space.icon[0]) >= 0x80;
    if (emoji)
        html::put(out, R"(<span class="nav__icon" aria-hidden="true">{}</span>)", space.icon);
    else icon(out, space.icon.empty() ? icon_of(space) : std::string_view(space.icon));
}

void space_link(html::Out& out, const web::Context& ctx, const spaces::Entry& item, SpaceId here) {
    html::put(out, R"(<a class="nav__item{}" href="{}" data-space="{}" {}>)",
              item.unread ? " nav__item--unread" : "", spaces::path(item.space.slug), item.space.id,
              html::attr("aria-current", "true", here && item.space.id == here));
    space_icon(out, item.space);
    html::put(out, R"(<span class="nav__name" dir="auto">{}</span>)", item.space.name);
    if (item.unread)
        html::put(out, R"(<span class="dot"><span class="sr-only">{}</span></span>)",
                  ctx.t("shell.new_posts"));
    const bool closed = item.space.visibility == spaces::Visibility::Private ||
                        item.space.visibility == spaces::Visibility::Secret;
    if (closed) {
        html::put(
            out,
            R"(<svg class="icon nav__state" aria-hidden="true"><use href="{}"></use></svg><span class="sr-only">{}</span>)",
            web::parts::icon_url("lock"), ctx.t("shell.private"));
    }
    html::put(out, "</a>");
}

/// Spaces at the top, each followed by those inside it.
void space_list(html::Out& out, const web::Context& ctx, const std::vector<spaces::Entry>& items,
                SpaceId here) {
    html::put(out, R"(<ul class="nav nav--spaces">)");
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (items[i].space.parent) continue;
        html::put(out, "<li>");
        space_link(out, ctx, items[i], here);
        bool inside = false;
        for (const auto& sub : items) {
            if (sub.space.parent != items[i].space.id) continue;
            if (!inside) html::put(out, R"(<ul class="nav nav--sub">)");
            inside = true;
            html::put(out, "<li>");
            space_link(out, ctx, sub, here);
            html::put(out, "</li>");
        }
        if (inside) html::put(out, "</ul>");
        html::put(out, "</li>");
    }
    html::put(out, "</ul>");
}

void notices_entry(html::Out& out, const web::Context& ctx, const web::PageOptions& options,
                   std::int64_t unread) {
    html::put(out, R"(<li><a class="nav__item{}" href="/notices" data-bell {}>)",
              unread > 0 ? " nav__item--unread" : "", current(options.section == "notices"));
    icon(out, "bell");
    html::put(out, R"(<span class="nav__name">{}</span>)", ctx.t("shell.notices"));
    notifications::bell_count(out, ctx, unread);
    html::put(out, "</a></li>");
}

/// What the frame shows besides the page itself.
struct Around {
    std::vector<spaces::Entry> items;  ///< spaces in use
    std::int64_t unread = 0;           ///< bundles of notices
    bool new_messages = false;
    bool stale = false;  ///< the session was not noted as used for a while
};

void messages_entry(html::Out& out, const web::Context& ctx, const web::PageOptions& options,
                    bool fresh) {
    html::put(out, R"(<li><a class="nav__item{}" href="/messages" data-messages {}>)",
              fresh ? " nav__item--unread" : "", current(options.section == "messages"));
    icon(out, "message-circle");
    html::put(out, R"(<span class="nav__name">{}</span>)", ctx.t("shell.messages"));
    messages::dot(out, ctx, fresh);
    html::put(out, "</a></li>");
}

void sidebar(html::Out& out, const web::Context& ctx, const web::PageOptions& options,
             const Around& around) {
    html::put(out, R"(<nav class="sidebar" id="sidebar" aria-label="{}"><ul class="nav">)",
              ctx.t("shell.spaces"));
    entry(out, "/", "home", ctx.t("shell.home"), options.section == "home");
    if (ctx.viewer.is_member()) notices_entry(out, ctx, options, around.unread);
    if (ctx.viewer.is_member()) messages_entry(out, ctx, options, around.new_messages);
    if (ctx.viewer.is_member())
        entry(out, "/members", "users", ctx.t("shell.members"), options.section == "members");
    if (ctx.viewer.is_member())
        entry(out, "/circles", "hand-heart", ctx.t("shell.circles"), options.section == "circles");
    if (ctx.viewer.may_administer())
        entry(out, "/admin", "settings", ctx.t("shell.admin"), options.section == "admin");
    html::put(out, R"(</ul><h2 class="sidebar__title">{}</h2>)", ctx.t("shell.spaces"));
    space_list(out, ctx, around.items, options.space);
    if (ctx.viewer.may_administer()) {
        html::put(out, R"(<a class="nav__item nav__item--add" href="/admin/spaces/new">)");
        icon(out, "plus");
        html::put(out, R"(<span class="nav__name">{}</span></a>)", ctx.t("shell.new_space"));
    }
    html::put(out, "</nav>");
}

void search_field(html::Out& out, const web::Context& ctx) {
    html::put(out,
              R"(<form class="topbar__search" role="search" aria-label="{}" action="/search">)",
              ctx.t("shell.search"));
    icon(out, "search");
    html::put(
        out,
        R"(<search-box label="{}"><input class="topbar__query" id="topbar-search" type="search" name="q" aria-label="{}" placeholder="{}" autocomplete="off" data-key="/"></search-box></form>)",
        ctx.t("shell.search_suggestions"), ctx.t("shell.search"), ctx.t("shell.search"));
    html::put(out, R"(<a class="topbar__button topbar__button--search" href="/search">)");
    icon(out, "search");
    html::put(out, R"(<span class="sr-only">{}</span></a>)", ctx.t("shell.search"));
}

void menu_item(html::Out& out, std::string_view href, std::string_view icon_name,
               std::string_view word) {
    html::put(out, R"(<a class="menu__item" href="{}">)", href);
    icon(out, icon_name);
    html::put(out, "{}</a>", word);
}

void me_menu(html::Out& out, const web::Context& ctx) {
    html::put(out, R"(<details class="menu topbar__me"><summary class="menu__summary">)");
    members::face(out, members::face_of(ctx.viewer));
    html::put(
        out,
        R"(<span class="sr-only">{}</span></summary><div class="menu__panel"><p class="menu__head" dir="auto">{}</p>)",
        ctx.t("shell.your_menu", {{"name", ctx.viewer.name}}), ctx.viewer.name);
    if (ctx.viewer.is_member()) {
        menu_item(out, members::path(ctx.viewer.handle), "user", ctx.t("shell.profile"));
        menu_item(out, "/circles", "hand-heart", ctx.t("shell.circles"));
        menu_item(out, "/bookmarks", "bookmark", ctx.t("shell.bookmarks"));
        menu_item(out, "/scheduled", "calendar-clock", ctx.t("shell.scheduled"));
    }
    menu_item(out, "/me", "settings", ctx.t("shell.settings"));
    if (ctx.viewer.may_administer()) menu_item(out, "/admin", "shield", ctx.t("shell.admin"));
    html::put(out, R"(<form class="menu__form" method="post" action="/sign-out">)");
    ctx.csrf_field(out);
    html::put(out, R"(<button class="menu__item" type="submit">)");
    icon(out, "log-out");
    html::put(out, "{}</button></form></div></details>", ctx.t("shell.sign_out"));
}

bool folded(const web::Context& ctx) { return ctx.cookie("sidebar") == "folded"; }

/// On a desk the list of spaces can be put away; the element shows the button and remembers.
void fold_button(html::Out& out, const web::Context& ctx) {
    html::put(
        out,
        R"(<side-fold><button class="topbar__button topbar__fold" type="button" aria-controls="sidebar" aria-expanded="{}" hidden>)",
        folded(ctx) ? "false" : "true");
    icon(out, "panel-left");
    html::put(out, R"(<span class="sr-only">{}</span></button></side-fold>)",
              ctx.t("shell.list_of_spaces"));
}

void topbar(html::Out& out, const web::Context& ctx, const web::PageOptions& options) {
    html::put(
        out,
        R"(<header class="topbar"><div class="topbar__start"><a class="topbar__home" href="/">)");
    if (ctx.place.logo.empty())
        html::put(out, R"(<span class="topbar__mark" aria-hidden="true">{}</span>)",
                  i18n::initials(first_code_points(ctx.place.name, 1)));
    else
        html::put(out, R"(<img class="topbar__logo" src="{}" alt="" width="32" height="32">)",
                  ctx.place.logo);
    html::put(out, R"(<span class="topbar__name" dir="auto">{}</span></a>)", ctx.place.name);
    if (!options.bare) fold_button(out, ctx);
    html::put(out, "</div>");
    if (!options.bare) search_field(out, ctx);
    if (ctx.viewer.signed_in()) {
        me_menu(out, ctx);
    } else if (!options.bare) {
        html::put(
            out,
            R"(<a class="topbar__link" href="/sign-in">{}</a> <a class="button button--primary button--small" href="/sign-up">{}</a>)",
            ctx.t("shell.sign_in"), ctx.t("shell.join"));
    }
    html::put(out, "</header>");
}

void bar_item(html::Out& out, std::string_view href, std::string_view icon_name,
              std::string_view word, bool here) {
    html::put(out, R"(<a class="bottombar__item" href="{}" {}>)", href, current(here));
    icon(out, icon_name);
    html::put(out, R"(<span class="bottombar__word">{}</span></a>)", word);
}

/// Where "Write" leads: the space one is in, else the first one where one may begin a topic.
std::string write_address(const std::vector<spaces::Entry>& items, SpaceId here) {
    const spaces::Entry* first = nullptr;
    for (const auto& item : items) {
        if (!item.may_start || item.space.kind == spaces::Kind::Chat) continue;
        if (item.space.id == here) return spaces::path(item.space.slug) + "/new";
        if (!first) first = &item;
    }
    return first ? spaces::path(first->space.slug) + "/new" : "/spaces";
}

void bar_notices(html::Out& out, const web::Context& ctx, const web::PageOptions& options,
                 std::int64_t unread) {
    html::put(
        out, R"(<a class="bottombar__item bottombar__item--notices" href="/notices" data-bell {}>)",
        current(options.section == "notices"));
    icon(out, "bell");
    notifications::bell_count(out, ctx, unread);
    html::put(out, R"(<span class="bottombar__word">{}</span></a>)", ctx.t("shell.notices"));
}

void bar_messages(html::Out& out, const web::Context& ctx, const web::PageOptions& options,
                  bool fresh) {
    html::put(
        out,
        R"(<a class="bottombar__item bottombar__item--notices" href="/messages" data-messages {}>)",
        current(options.section == "messages"));
    icon(out, "message-circle");
    messages::dot(out, ctx, fresh);
    html::put(out, R"(<span class="bottombar__word">{}</span></a>)", ctx.t("shell.messages"));
}

void bottombar(html::Out& out, const web::Context& ctx, const web::PageOptions& options,
               const Around& around) {
    html::put(out, R"(<nav class="bottombar" aria-label="{}">)", ctx.t("shell.main"));
    bar_item(out, "/", "home", ctx.t("shell.home"), options.section == "home");
    bar_item(out, "/spaces", "messages-square", ctx.t("shell.spaces"), options.section == "spaces");
    if (ctx.viewer.is_member()) {
        html::put(out,
                  R"(<a class="bottombar__item bottombar__item--write" href="{}" data-key="c">)",
                  write_address(around.items, options.space));
        icon(out, "pencil");
        html::put(out, R"(<span class="bottombar__word">{}</span></a>)", ctx.t("shell.write"));
    }
    // Members have the search, and what is theirs, at the top.
    if (ctx.viewer.is_member()) {
        bar_messages(out, ctx, options, around.new_messages);
        bar_notices(out, ctx, options, around.unread);
        return html::put(out, "</nav>");
    }
    bar_item(out, "/search", "search", ctx.t("shell.search"), options.section == "search");
    if (ctx.viewer.signed_in())
        bar_item(out, "/me", "user", ctx.t("shell.me"), options.section == "me");
    else bar_item(out, "/sign-in", "log-in", ctx.t("shell.sign_in"), false);
    html::put(out, "</nav>");
}

/// What was just done, said once.
void flash(html::Out& out, web::Context& ctx) {
    const std::string key(ctx.cookie("flash"));
    if (key.empty() || ctx.wants_fragment()) return;
    ctx.set_cookie("flash", "", std::chrono::seconds(0));
    if (!ctx.t.has(key) || key.size() > 80) return;
    html::put(out, R"(<div class="notice notice--good" role="status">)");
    icon(out, "check");
    html::put(out, "<p>{}</p></div>", ctx.t(key));
}

/// What this browser could not send yet.
void unsent(html::Out& out, const web::Context& ctx) {
    if (!ctx.viewer.is_member()) return;
    html::put(
        out,
        R"(<unsent-posts waiting="{}" refused="{}" signed-out="{}" retry="{}" drop="{}" sent="{}" hidden></unsent-posts>)",
        ctx.t("shell.unsent_waiting"), ctx.t("shell.unsent_refused"),
        ctx.t("shell.unsent_signed_out"), ctx.t("shell.unsent_retry"), ctx.t("shell.unsent_drop"),
        ctx.t("shell.unsent_sent"));
}

void rules_notice(html::Out& out, const web::Context& ctx, const web::PageOptions& options) {
    if (!ctx.viewer.is_member() || !ctx.viewer.rules_outdated || options.section == "rules") return;
    html::put(out, R"(<div class="notice notice--warn">)");
    icon(out, "scroll-text");
    html::put(out, R"(<p>{} <a href="/rules">{}</a></p></div>)", ctx.t("shell.rules_changed"),
              ctx.t("shell.read_rules"));
}

/// Where the page's own line to the server begins.
void live_line(html::Out& out, const web::Context& ctx) {
    if (ctx.position() < 0) return;
    const auto me = html::attr("me", ctx.viewer.id.value, ctx.viewer.is_member());
    html::put(out,
              R"(<live-line position="{}" {} fresh="{}" here="{}" lost-text="{}"></live-line>)",
              ctx.position(), me, ctx.t("shell.new_posts"), ctx.t("shell.is_here"),
              ctx.t("shell.line_lost"));
}

Around load(db::Tx& tx, const auth::Viewer& viewer) {
    Around around{.items = spaces::entries(tx, viewer)};
    db::Ids readable;
    for (const auto& item : around.items)
        if (item.readable) readable.values.push_back(item.space.id.value);
    around.unread = notifications::unread(tx, viewer, readable);
    around.new_messages = reads::unread_messages(tx, viewer);
    around.stale = accounts::seen_long_ago(viewer, tx.now());
    std::erase_if(around.items, [](const spaces::Entry& entry) {
        return static_cast<bool>(entry.space.archived_at);
    });
    return around;
}

}  // namespace

void frame(web::Context& ctx, const web::PageOptions& options, std::string_view, html::Out& out,
           const std::function<void(html::Out&)>& body) {
    const bool inside = !options.bare;
    Around around;
    if (inside) around = ctx.db.read([&](db::Tx& tx) { return load(tx, ctx.viewer); });
    if (around.stale) accounts::note_seen(ctx);
    html::put(out, R"(<body class="app{}"><a class="skip-link" href="#main">{}</a>)",
              !inside       ? " app--bare"
              : folded(ctx) ? " app--folded"
                            : "",
              ctx.t("shell.skip"));
    topbar(out, ctx, options);
    html::put(out, R"(<div class="frame">)");
    if (inside) sidebar(out, ctx, options, around);
    const std::string_view shape = options.shape.empty() && !inside
                                       ? std::string_view("centre")
                                       : std::string_view(options.shape);
    html::put(out, R"(<main class="page{}{}" id="main" tabindex="-1">)",
              shape.empty() ? "" : " page--", shape);
    flash(out, ctx);
    rules_notice(out, ctx, options);
    if (inside) unsent(out, ctx);
    body(out);
    if (!ctx.viewer.signed_in()) languages(out, ctx);
    html::put(out, "</main>");
    if (!options.aside.empty()) {
        html::put(out, R"(<aside class="context" aria-label="{}">)", ctx.t("shell.context"));
        html::put(out, html::Safe::kept(options.aside));
        html::put(out, "</aside>");
    }
    html::put(out, "</div>");
    if (inside) bottombar(out, ctx, options, around);
    html::put(out, R"(<div class="live" aria-live="polite" id="live"></div>)");
    live_line(out, ctx);
    if (inside) keys(out, ctx);
    html::put(out, "</body>");
}

}  // namespace torv::shell
