#include "features/embeds/views.hpp"

#include "platform/assets/assets.hpp"
#include "platform/html/kept.hpp"
#include "platform/web/parts.hpp"

namespace torv::embeds::views {

using html::put;
namespace parts = web::parts;

namespace {

void head(html::Out& out, const web::Context& ctx, const Page& page, const std::string& path) {
    put(out, R"(<!doctype html><html lang="{}" dir="{}"><head><meta charset="utf-8">)",
        ctx.viewer.language, ctx.t.direction());
    put(out, R"(<title>{} – {}</title>)", page.topic.title, ctx.place.name);
    put(out, R"(<meta name="viewport" content="width=device-width, initial-scale=1">)");
    put(out, R"(<meta name="color-scheme" content="light dark">)");
    put(out, R"(<meta name="robots" content="noindex"><link rel="canonical" href="{}">)",
        ctx.absolute(path));
    html::links_leave_frame(out);
    put(out, R"(<link rel="icon" href="{}" type="image/svg+xml">)", assets::url("favicon.svg"));
    put(out,
        R"(<link rel="stylesheet" href="{}"><link rel="stylesheet" href="/look.css?v={}"></head>)",
        assets::url("app.css"), ctx.place.look_version);
}

/// A heading, as on the topic's own page: headings of a post stand one level below it.
void by_line(html::Out& out, const web::Context& ctx, const Page& page, const topics::Post& post) {
    const auto& face = page.faces[post.author];
    put(out, R"(<h2 class="embed__by">)");
    members::face(out, face, members::FaceSize::Small);
    put(out, R"(<a href="/m/{}" dir="auto">{}</a> · <a href="{}">)", face.handle, face.name,
        topics::path(post.id));
    parts::time(out, ctx, post.created_at);
    put(out, "</a></h2>");
}

void words(html::Out& out, const topics::Post& post) {
    put(out, R"(<div class="prose" dir="auto">{}</div>)", html::Safe::kept(post.body_html));
}

void accepted(html::Out& out, const web::Context& ctx, const Page& page) {
    if (!page.accepted) return;
    put(out, R"(<section class="accepted"><h2 class="accepted__title">)");
    parts::icon(out, "badge-check");
    put(out, "{}</h2>", ctx.t("embeds.accepted"));
    by_line(out, ctx, page, *page.accepted);
    words(out, *page.accepted);
    put(out, "</section>");
}

void replies(html::Out& out, const web::Context& ctx, const Page& page) {
    if (page.replies.empty()) return;
    put(out, R"(<ol class="embed__replies">)");
    for (const topics::Post& reply : page.replies) {
        put(out, R"(<li class="embed__reply">)");
        by_line(out, ctx, page, reply);
        words(out, reply);
        put(out, "</li>");
    }
    put(out, "</ol>");
}

}  // namespace

void document(html::Out& out, const web::Context& ctx, const Page& page) {
    const std::string path = topics::path(page.topic.id, page.topic.title);
    head(out, ctx, page, path);
    put(out, R"(<body class="embed"><main><article><header class="embed__head">)");
    put(out,
        R"(<p class="embed__where"><a href="/" dir="auto">{}</a> · <a href="{}" dir="auto">{}</a></p>)",
        ctx.place.name, spaces::path(page.space.slug), page.space.name);
    put(out, R"(<h1 class="embed__title" dir="auto"><a href="{}">{}</a></h1></header>)", path,
        page.topic.title);
    if (page.opening) {
        by_line(out, ctx, page, *page.opening);
        words(out, *page.opening);
    }
    accepted(out, ctx, page);
    replies(out, ctx, page);
    put(out,
        R"(<footer class="embed__foot"><a class="button button--primary" href="{}">{}</a><span>{}</span></footer>)",
        path, ctx.t("embeds.continue", {{"name", ctx.place.name}}),
        ctx.t("embeds.replies", page.topic.replies));
    put(out, "</article></main></body></html>");
}

}  // namespace torv::embeds::views
