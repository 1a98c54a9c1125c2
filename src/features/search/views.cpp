#include "features/search/views.hpp"

#include <algorithm>

#include "features/topics/topics.hpp"
#include "platform/base/text.hpp"
#include "platform/web/parts.hpp"

namespace torv::search::views {

namespace {

void marked(html::Out& out, std::string_view text, const words::Query& query, std::size_t width) {
    for (const auto& piece : words::snippet(text, query, width)) {
        if (piece.hit) html::put(out, "<mark>{}</mark>", piece.text);
        else html::put(out, "{}", piece.text);
    }
}

std::string address(const Page& page, std::optional<Kind> kind, int number) {
    std::string url = "/search?q=" + percent_encode(page.text);
    if (kind) url += "&kind=" + std::string(kind_name(*kind));
    if (number > 0) url += "&page=" + std::to_string(number);
    return url;
}

void tab(html::Out& out, const Page& page, std::optional<Kind> kind, std::string_view word) {
    html::put(out, R"(<a class="tabs__item" href="{}" {}>{}</a>)", address(page, kind, 0),
              html::attr("aria-current", "page", page.kind == kind), word);
}

void tabs(html::Out& out, const web::Context& ctx, const Page& page) {
    html::put(out, R"(<nav class="tabs" aria-label="{}">)", ctx.t("search.kind"));
    tab(out, page, std::nullopt, ctx.t("search.all"));
    tab(out, page, Kind::Topic, ctx.t("search.topics"));
    tab(out, page, Kind::Post, ctx.t("search.posts"));
    if (ctx.viewer.is_member()) {
        tab(out, page, Kind::Person, ctx.t("search.people"));
        tab(out, page, Kind::Message, ctx.t("search.messages"));
    }
    tab(out, page, Kind::File, ctx.t("search.files"));
    html::put(out, "</nav>");
}

void person(html::Out& out, const Page& page, const Found& found) {
    const auto& face = page.faces[found.author];
    html::put(out, R"(<li class="result result--person">)");
    members::face(out, face);
    html::put(
        out,
        R"(<div class="result__body"><h2 class="result__title" dir="auto"><a class="result__link" href="{}">)",
        members::path(face.handle));
    marked(out, face.name, page.query, 200);
    html::put(out, R"(</a></h2><p class="result__meta">@{}</p></div></li>)", face.handle);
}

/// What somebody wrote whom the viewer has blocked is folded, as everywhere.
void text(html::Out& out, const web::Context& ctx, const Page& page, const Found& found) {
    const bool blocked = std::ranges::find(page.blocked, found.author) != page.blocked.end();
    if (blocked)
        html::put(out, R"(<details class="post__folded"><summary>{}</summary>)",
                  ctx.t("topics.by_blocked"));
    html::put(out, R"(<p class="result__text" dir="auto">)");
    marked(out, found.text, page.query, 220);
    html::put(out, "</p>");
    if (blocked) html::put(out, "</details>");
}

void files(html::Out& out, const Found& found, const words::Query& query) {
    if (found.files.empty()) return;
    html::put(out, R"(<ul class="result__files">)");
    for (const File& file : found.files) {
        html::put(out, R"(<li><a href="{}">)", file.path);
        web::parts::icon(out, "paperclip");
        marked(out, file.name, query, 200);
        html::put(out, "</a></li>");
    }
    html::put(out, "</ul>");
}

void conversation(html::Out& out, const web::Context& ctx, const Page& page, const Found& found) {
    const std::string link = found.hit.kind == Kind::Topic ? topics::path(found.topic, found.title)
                                                           : topics::path(found.post);
    const auto* space = page.readable.find(found.hit.space);
    html::put(
        out,
        R"(<li class="result"><h2 class="result__title" dir="auto"><a class="result__link" href="{}">)",
        link);
    // A message in a chat has no title of its own: it is named by where it was said.
    const std::string_view where = space ? std::string_view(space->name) : std::string_view();
    marked(out, found.title.empty() ? where : std::string_view(found.title), page.query, 200);
    html::put(out, "</a></h2>");
    files(out, found, page.query);
    text(out, ctx, page, found);
    html::put(out, R"(<p class="result__meta"><bdi>{}</bdi> · )", page.faces[found.author].name);
    if (space) html::put(out, "<bdi>{}</bdi> · ", space->name);
    web::parts::time(out, ctx, found.hit.at);
    html::put(out, "</p></li>");
}

void nothing(html::Out& out, const web::Context& ctx, const Page& page) {
    html::put(out, R"(<div class="empty">)");
    web::parts::icon(out, "search");
    if (!page.results.unknown_space.empty()) {
        html::put(out, R"(<h2 class="empty__title">{}</h2>)",
                  ctx.t("search.unknown_space", {{"name", page.results.unknown_space}}));
    } else {
        html::put(out, R"(<h2 class="empty__title">{}</h2>)",
                  page.text.empty() ? ctx.t("search.start") : ctx.t("search.nothing"));
    }
    html::put(out, R"(<p class="empty__text">{}</p></div>)",
              page.text.empty() ? ctx.t("search.start_hint") : ctx.t("search.nothing_hint"));
}

/// "Did you mean", and what of the filters was not understood.
void hints(html::Out& out, const web::Context& ctx, const Page& page) {
    for (const auto& unclear : page.typed.unclear)
        html::put(out, R"(<p class="notice notice--warning" role="status">{}</p>)",
                  ctx.t("search.unclear", {{"filter", unclear}}));
    if (page.corrected.empty()) return;
    html::put(
        out,
        R"(<p class="search-hint" role="status">{} <a href="{}" dir="auto"><strong>{}</strong></a></p>)",
        ctx.t("search.did_you_mean"), "/search?q=" + percent_encode(page.corrected),
        page.corrected);
}

}  // namespace

void results(html::Out& out, web::Context& ctx, const Page& page) {
    html::put(out, R"(<header class="page-head"><h1 class="page-head__title">{}</h1></header>)",
              ctx.t("search.title"));
    form(out, ctx, page);
    hints(out, ctx, page);
    if (page.typed.empty()) return nothing(out, ctx, page);
    tabs(out, ctx, page);
    if (page.results.items.empty()) return nothing(out, ctx, page);
    html::put(out, R"(<ol class="results">)");
    for (const Found& found : page.results.items) {
        if (found.hit.kind == Kind::Person) person(out, page, found);
        else conversation(out, ctx, page, found);
    }
    html::put(out, "</ol>");
    if (page.results.more)
        html::put(
            out,
            R"(<nav class="pager" aria-label="{}"><a class="button" href="{}" rel="next">{}</a></nav>)",
            ctx.t("search.pages"), address(page, page.kind, page.page + 1), ctx.t("search.more"));
}

}  // namespace torv::search::views
