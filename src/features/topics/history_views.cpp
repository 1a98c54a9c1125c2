#include "features/topics/views.hpp"
#include "platform/web/parts.hpp"

namespace torv::topics::views {

using html::put;
namespace parts = web::parts;

namespace {

void version(html::Out& out, const web::Context& ctx, const members::Face& who, Instant at,
             std::string_view text) {
    put(out, R"(<li class="row"><div class="row__body"><h2 class="row__title"><bdi>{}</bdi> )",
        who.name);
    parts::time(out, ctx, at);
    put(out,
        R"(</h2><div class="prose"><pre class="history__text" dir="auto"><code>{}</code></pre></div></div></li>)",
        text);
}

}  // namespace

void history(html::Out& out, const web::Context& ctx, const pages::History& page) {
    const Post& post = page.seen.post;
    put(out,
        R"(<header class="page-head"><nav class="crumbs" aria-label="{}"><a href="/p/{}" dir="auto">{}</a></nav><h1 class="page-head__title">{}</h1></header><ol class="rows">)",
        ctx.t("topics.you_are_here"), post.id,
        page.seen.topic.title.empty() ? page.seen.space.name : page.seen.topic.title,
        ctx.t("topics.history_title"));
    // Each text was written by whoever replaced the one before; the oldest by the author.
    const auto& old = page.versions;
    version(out, ctx, page.faces[old.empty() ? post.author : old.front().editor],
            post.edited_at ? post.edited_at : post.created_at, post.body_md);
    for (std::size_t i = 0; i < old.size(); ++i) {
        const MemberId writer = i + 1 < old.size() ? old[i + 1].editor : post.author;
        version(out, ctx, page.faces[writer], old[i].written_at, old[i].markdown);
    }
    put(out, "</ol>");
}

}  // namespace torv::topics::views
