#include "features/chat/views.hpp"

#include "platform/web/parts.hpp"

namespace torv::chat::views {

using html::put;
namespace parts = web::parts;

namespace {

/// The way back to the message in its stream; the panel takes it for its way out.
void head(html::Out& out, const web::Context& ctx, const topics::SeenPost& message) {
    put(out,
        R"(<header class="thread__head"><nav class="crumbs" aria-label="{}"><a class="thread__back" href="/p/{}">)",
        ctx.t("chat.you_are_here"), message.post.id);
    parts::icon(out, "arrow-left");
    put(out, R"(<span dir="auto">{}</span></a></nav>)", message.space.name);
    // Beside the stream, which has the page's title, it is a part.
    if (ctx.wants_fragment())
        put(out, R"(<h2 class="thread__title" id="thread-title" tabindex="-1">{}</h2>)",
            ctx.t("chat.thread"));
    else put(out, R"(<h1 class="thread__title" id="thread-title">{}</h1>)", ctx.t("chat.thread"));
    put(out, R"(<button class="button button--quiet thread__close" type="button" hidden>)");
    parts::icon(out, "x");
    put(out, R"(<span class="sr-only">{}</span></button></header>)", ctx.t("chat.close"));
}

/// What the thread is about. Not a post of this list: beside the stream it stands there too.
void opening(html::Out& out, const web::Context& ctx, const topics::SeenPost& message,
             const members::Face& author) {
    put(out, R"(<article class="thread__message"><p class="thread__by">)");
    members::face(out, author, members::FaceSize::Small);
    put(out, R"( <a class="post__author" href="/m/{}" dir="auto">{}</a> )", author.handle,
        author.name);
    put(out, R"(<a class="post__time" href="/p/{}">)", message.post.id);
    parts::time(out, ctx, message.post.created_at);
    put(out, "</a></p>");
    if (message.post.deleted_at)
        put(out, R"(<p class="post__gone">{}</p></article>)", ctx.t("chat.message_deleted"));
    else
        put(out, R"(<div class="prose" dir="auto">{}</div></article>)",
            html::Safe::kept(message.post.body_html));
}

}  // namespace

void thread(html::Out& out, const web::Context& ctx, const ThreadPage& page) {
    const auto& message = page.shown.thread.message;
    put(out, R"(<section class="chat thread" aria-labelledby="thread-title">)");
    head(out, ctx, message);
    opening(out, ctx, message, page.author);
    page.shown.draw(out, ctx);
    put(out, "</section>");
}

}  // namespace torv::chat::views
