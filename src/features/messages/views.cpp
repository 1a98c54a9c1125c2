#include "features/messages/views.hpp"

#include <algorithm>

#include "platform/web/fields.hpp"
#include "platform/web/parts.hpp"

namespace torv::messages::views {

using html::put;
namespace parts = web::parts;

namespace {

void group_sign(html::Out& out) {
    put(out, R"(<span class="inbox-row__sign" aria-hidden="true">)");
    parts::icon(out, "users");
    put(out, "</span>");
}

/// The last words, with whose they are; those of somebody the viewer has blocked stay away.
void excerpt(html::Out& out, const web::Context& ctx, const pages::List& page,
             const pages::Line& line) {
    const bool blocked = std::ranges::find(page.blocked, line.last_poster) != page.blocked.end();
    if (line.excerpt.empty() || blocked) return;
    put(out, R"(<p class="inbox-row__excerpt" dir="auto">)");
    if (line.last_poster == ctx.viewer.id) put(out, "{} ", ctx.t("messages.you_said"));
    else if (line.others.size() > 1) put(out, "<bdi>{}</bdi>: ", page.faces[line.last_poster].name);
    put(out, "{}</p>", line.excerpt);
}

void row(html::Out& out, const web::Context& ctx, const pages::List& page,
         const pages::Line& line) {
    put(out, R"(<li class="inbox-row{}">)", line.fresh ? " inbox-row--unread" : "");
    if (line.others.size() == 1) members::face(out, page.faces[line.others[0]]);
    else group_sign(out);
    put(out,
        R"(<div class="inbox-row__body"><p class="inbox-row__text"><a class="inbox-row__link inbox-row__who" href="{}" dir="auto">{}</a></p>)",
        conversations::path(line.seat.topic),
        pages::name(ctx, line.seat.kind, line.title, line.others, page.faces));
    excerpt(out, ctx, page, line);
    put(out, R"(<p class="inbox-row__meta">)");
    parts::time(out, ctx, line.seat.last_at);
    put(out, R"(</p></div><div class="inbox-row__side">)");
    if (line.fresh)
        put(out, R"(<span class="dot"><span class="sr-only">{}</span></span>)",
            ctx.t("messages.unread"));
    put(out, "</div></li>");
}

void nothing(html::Out& out, const web::Context& ctx, pages::State state) {
    const bool requests = state == pages::State::Asked;
    put(out, R"(<div class="empty empty--calm">)");
    parts::icon(out, "message-circle");
    put(out, R"(<h2 class="empty__title">{}</h2><p class="empty__text">{}</p>)",
        ctx.t(requests ? "messages.no_requests" : "messages.none"),
        ctx.t(requests ? "messages.no_requests_text" : "messages.none_text"));
    if (!requests)
        put(out, R"(<a class="button button--primary" href="/messages/new">{}</a>)",
            ctx.t("messages.new"));
    put(out, "</div>");
}

void lines(html::Out& out, const web::Context& ctx, const pages::List& page) {
    put(out, R"(<ol class="inbox__list">)");
    for (const auto& line : page.lines) row(out, ctx, page, line);
    put(out, "</ol>");
    if (page.next.empty()) return;
    put(out,
        R"(<nav class="pager" aria-label="{}"><a class="button" href="/messages?{}before={}" rel="next">{}</a></nav>)",
        ctx.t("messages.more"), page.state == pages::State::Asked ? "show=requests&" : "",
        page.next, ctx.t("messages.older"));
}

void tabs(html::Out& out, const web::Context& ctx, const pages::List& page) {
    const bool requests = page.state == pages::State::Asked;
    put(out, R"(<nav class="tabs" aria-label="{}">)", ctx.t("messages.which"));
    put(out, R"(<a class="tabs__item" href="/messages" {}>{}</a>)",
        html::attr("aria-current", "page", !requests), ctx.t("messages.title"));
    put(out, R"(<a class="tabs__item" href="/messages?show=requests" {}>{}</a>)",
        html::attr("aria-current", "page", requests),
        page.requests > 0 ? ctx.t("messages.requests_count", page.requests)
                          : std::string(ctx.t("messages.requests")));
    if (page.questions.leads)
        put(out, R"(<a class="tabs__item" href="/leaders/questions">{}</a>)",
            page.questions.count > 0 ? ctx.t("leaders.tab_count", page.questions.count)
                                     : std::string(ctx.t("leaders.tab")));
    put(out, "</nav>");
}

/// A form that is one button among others.
void act(html::Out& out, const web::Context& ctx, const std::string& action, std::string_view label,
         std::string_view variant) {
    parts::button_form(out, ctx, action, ctx.t(label), variant);
}

void request(html::Out& out, const web::Context& ctx, const pages::One& page) {
    const std::string base = conversations::path(page.conversation.id);
    put(out, R"(<div class="notice"><div><p>{}</p><div class="cluster">)",
        ctx.t("messages.request_text"));
    act(out, ctx, base + "/accept", "messages.accept", "button--primary button--small");
    act(out, ctx, base + "/decline", "messages.decline", "button--small");
    if (page.others.size() == 1)
        put(out, R"(<a class="button button--quiet button--small" href="/m/{}/block">{}</a>)",
            page.faces[page.others[0]].handle, ctx.t("messages.block"));
    put(out, "</div></div></div>");
}

}  // namespace

void list(html::Out& out, const web::Context& ctx, const pages::List& page) {
    put(out,
        R"(<header class="page-head"><div class="page-head__row"><h1 class="page-head__title">{}</h1><div class="page-head__actions"><a class="button button--quiet button--small" href="/leaders">{}</a><a class="button button--small" href="/messages/new">)",
        ctx.t("messages.title"), ctx.t("leaders.title"));
    parts::icon(out, "pencil");
    put(out,
        R"({}</a><a class="button button--quiet button--small button--icon" href="/me/messages">)",
        ctx.t("messages.new"));
    parts::icon(out, "settings");
    put(out, R"(<span class="sr-only">{}</span></a></div></div></header>)",
        ctx.t("messages.settings"));
    put(out, R"(<live-own of="messages" changes="{}">)", page.changes);
    tabs(out, ctx, page);
    if (page.lines.empty()) nothing(out, ctx, page.state);
    else lines(out, ctx, page);
    put(out, "</live-own>");
}

void head(html::Out& out, const web::Context& ctx, const pages::One& page,
          const std::string& title) {
    const bool pair =
        page.conversation.kind != conversations::Kind::Group && page.others.size() == 1;
    put(out,
        R"(<header class="space-head"><nav class="crumbs" aria-label="{}"><a href="/messages">{}</a></nav><div class="space-head__row">)",
        ctx.t("messages.you_are_here"), ctx.t("messages.title"));
    put(out, R"(<h1 class="space-head__title" dir="auto">{}</h1><div class="space-head__actions">)",
        pages::name(ctx, page.conversation.kind, title, page.others, page.faces));
    if (pair)
        put(out, R"(<a class="button button--quiet button--small" href="/m/{}">{}</a>)",
            page.faces[page.others[0]].handle, ctx.t("messages.profile"));
    put(out, R"(<a class="button button--quiet button--small" href="{}/people">)",
        conversations::path(page.conversation.id));
    parts::icon(out, "users");
    put(out, "{}</a></div></div></header>", ctx.t("messages.people"));
    if (page.own == pages::State::Asked) request(out, ctx, page);
    if (page.question) leaders::strip(out, ctx, *page.question);
}

}  // namespace torv::messages::views
