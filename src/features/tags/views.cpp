#include "features/tags/views.hpp"

#include <algorithm>

#include "platform/base/text.hpp"
#include "platform/web/parts.hpp"

namespace torv::tags::views {

using html::put;
namespace parts = web::parts;

namespace {

void nothing(html::Out& out, std::string_view title, std::string_view text) {
    put(out, R"(<div class="empty empty--calm">)");
    parts::icon(out, "hash");
    put(out, R"(<h2 class="empty__title">{}</h2><p class="empty__text">{}</p></div>)", title, text);
}

/// What somebody wrote whom the viewer has blocked is folded, as everywhere.
void words(html::Out& out, const web::Context& ctx, const TagPage& page, const Named& one) {
    if (one.excerpt.empty()) return;
    const bool blocked = std::ranges::find(page.blocked, one.author) != page.blocked.end();
    if (blocked)
        put(out, R"(<details class="post__folded"><summary>{}</summary>)",
            ctx.t("topics.by_blocked"));
    put(out, R"(<p class="result__text" dir="auto">{}</p>)", one.excerpt);
    if (blocked) put(out, "</details>");
}

void row(html::Out& out, const web::Context& ctx, const TagPage& page, const Named& one) {
    const auto* space = page.readable.find(one.space);
    const std::string_view where = space ? std::string_view(space->name) : std::string_view();
    // A message in a chat has no title of its own: it is named by where it was said.
    put(out,
        R"(<li class="result"><h2 class="result__title" dir="auto"><a class="result__link" href="/p/{}">{}</a></h2>)",
        one.post, one.title.empty() ? where : std::string_view(one.title));
    words(out, ctx, page, one);
    put(out, R"(<p class="result__meta"><bdi>{}</bdi> · <bdi>{}</bdi> · )",
        page.faces[one.author].name, where);
    parts::time(out, ctx, one.at);
    put(out, "</p></li>");
}

}  // namespace

void list(html::Out& out, const web::Context& ctx, const ListPage& page) {
    put(out, R"(<header class="page-head"><h1 class="page-head__title">{}</h1></header>)",
        ctx.t("tags.title"));
    if (page.tags.empty()) return nothing(out, ctx.t("tags.none"), ctx.t("tags.none_text"));
    put(out, R"(<ul class="tag-list">)");
    for (const Tag& one : page.tags)
        put(out,
            R"(<li><a class="tag-list__tag" href="{}"><bdi>#{}</bdi> <span class="tag-list__count">{}</span><span class="sr-only">{}</span></a></li>)",
            path(one.name), one.name, one.posts, ctx.t("tags.posts", one.posts));
    put(out, "</ul>");
}

void tag(html::Out& out, const web::Context& ctx, const TagPage& page) {
    put(out,
        R"(<header class="page-head"><nav class="crumbs" aria-label="{}"><a href="/tags">{}</a></nav><div class="page-head__row"><h1 class="page-head__title"><bdi>#{}</bdi></h1><div class="page-head__actions">)",
        ctx.t("tags.you_are_here"), ctx.t("tags.title"), page.tag);
    notifications::follow_tag_control(out, ctx, path(page.tag), page.followed);
    put(out, R"(</div></div><p class="page-head__text">{}</p></header>)",
        ctx.t("tags.posts", page.count));
    if (!page.feed.empty()) parts::feed_link(out, ctx, page.feed);
    if (page.posts.empty()) return nothing(out, ctx.t("tags.unused"), ctx.t("tags.none_text"));
    put(out, R"(<ol class="results">)");
    for (const Named& one : page.posts) row(out, ctx, page, one);
    put(out, "</ol>");
    if (!page.next.empty())
        put(out,
            R"(<nav class="pager" aria-label="{}"><a class="button" href="{}" rel="next">{}</a></nav>)",
            ctx.t("tags.more"), page.next, ctx.t("tags.more"));
}

}  // namespace torv::tags::views
