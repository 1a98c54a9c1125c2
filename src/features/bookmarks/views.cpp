#include "features/bookmarks/views.hpp"

#include "platform/web/fields.hpp"
#include "platform/web/parts.hpp"

namespace torv::bookmarks::views {

using html::put;
namespace parts = web::parts;

namespace {

std::string form_path(PostId post) { return "/p/" + post.text() + "/bookmark"; }

void nothing(html::Out& out, const web::Context& ctx) {
    put(out, R"(<div class="empty empty--calm">)");
    parts::icon(out, "bookmark");
    put(out, R"(<h2 class="empty__title">{}</h2><p class="empty__text">{}</p></div>)",
        ctx.t("bookmarks.none"), ctx.t("bookmarks.none_text"));
}

void words(html::Out& out, const web::Context& ctx, const ListPage& page, const Shown& one) {
    if (!one.there) return put(out, R"(<h2 class="row__title">{}</h2>)", ctx.t("bookmarks.gone"));
    const auto& author = page.faces[one.author];
    put(out, R"(<h2 class="row__title" dir="auto"><a href="/p/{}">{}</a></h2>)", one.bookmark.post,
        one.title.empty() ? ctx.t("bookmarks.by", {{"name", author.name}}) : one.title);
    if (!one.excerpt.empty())
        put(out, R"(<p class="topic-row__excerpt" dir="auto">{}</p>)", one.excerpt);
}

void row(html::Out& out, const web::Context& ctx, const ListPage& page, const Shown& one) {
    put(out, R"(<li class="row"><div class="row__body">)");
    words(out, ctx, page, one);
    if (!one.bookmark.note.empty())
        put(out, R"(<p class="bookmark-note" dir="auto">{}</p>)", one.bookmark.note);
    put(out, R"(<p class="row__text">)");
    if (one.there && !one.title.empty()) put(out, "<bdi>{}</bdi> · ", page.faces[one.author].name);
    parts::time(out, ctx, one.bookmark.created_at);
    if (one.bookmark.remind_at)
        put(out, " · {}",
            ctx.t("bookmarks.reminds",
                  {{"when", ctx.dates.near(one.bookmark.remind_at, ctx.now())}}));
    put(out, R"(</p></div><div class="row__actions">)");
    if (one.there)
        put(out,
            R"(<a class="button button--quiet button--small" href="{}">{}<span class="sr-only">: {}</span></a>)",
            form_path(one.bookmark.post), ctx.t("bookmarks.change"),
            one.title.empty() ? one.excerpt : one.title);
    parts::button_form(out, ctx, form_path(one.bookmark.post), ctx.t("bookmarks.remove"),
                       "button--quiet button--small", "DELETE");
    put(out, "</div></li>");
}

/// When to remind, as radio buttons; the last one has a field of its own.
void moments(html::Out& out, const web::Context& ctx, const FormPage& page) {
    const auto offered = choices(ctx.dates, ctx.now());
    const auto said = [&](Instant at) { return ctx.dates.date_time(at); };
    std::vector<parts::Option> options{{"", std::string(ctx.t("bookmarks.never")), {}}};
    if (page.known && page.known->remind_at)
        options.push_back(
            {"keep", std::string(ctx.t("bookmarks.keep")), said(page.known->remind_at)});
    options.push_back({"later", std::string(ctx.t("bookmarks.later")), said(offered.later)});
    options.push_back(
        {"tomorrow", std::string(ctx.t("bookmarks.tomorrow")), said(offered.tomorrow)});
    options.push_back({"monday", std::string(ctx.t("bookmarks.monday")), said(offered.monday)});
    options.push_back({"at", std::string(ctx.t("bookmarks.at")), {}});
    parts::choices(out, ctx, {.name = "when", .label = "bookmarks.when", .value = page.when},
                   options);
    parts::input(out, ctx,
                 {.name = "remind_at",
                  .label = "bookmarks.moment",
                  .hint = "bookmarks.moment_hint",
                  .value = page.at,
                  .type = "datetime-local",
                  .optional = true},
                 page.error);
}

}  // namespace

void list(html::Out& out, const web::Context& ctx, const ListPage& page) {
    parts::page_head(out, ctx.t("bookmarks.title"), ctx.t("bookmarks.lead"));
    if (page.items.empty()) return nothing(out, ctx);
    put(out, R"(<ul class="rows">)");
    for (const Shown& one : page.items) row(out, ctx, page, one);
    put(out, "</ul>");
    if (!page.next.empty())
        put(out,
            R"(<nav class="pager" aria-label="{}"><a class="button" href="/bookmarks?before={}" rel="next">{}</a></nav>)",
            ctx.t("bookmarks.more"), page.next, ctx.t("bookmarks.more"));
}

void form(html::Out& out, const web::Context& ctx, const FormPage& page) {
    put(out,
        R"(<header class="page-head"><nav class="crumbs" aria-label="{}"><a href="/bookmarks">{}</a></nav><h1 class="page-head__title">{}</h1></header>)",
        ctx.t("bookmarks.you_are_here"), ctx.t("bookmarks.title"),
        ctx.t(page.known ? "bookmarks.change_title" : "bookmarks.new_title"));
    put(out, R"(<blockquote class="bookmark-quote" inert><div class="prose" dir="auto">{}</div>)",
        html::Safe::kept(page.words));
    put(out, R"(</blockquote><p class="row__text bookmark-source"><bdi>{}</bdi>)",
        page.author.name);
    if (!page.title.empty()) put(out, R"( · <bdi>{}</bdi>)", page.title);
    put(out, "</p>");
    parts::form_start(out, ctx, form_path(page.post));
    put(out, R"(<input type="hidden" name="_method" value="PUT">)");
    parts::error_summary(out, ctx, page.error);
    parts::area(out, ctx,
                {.name = "note",
                 .label = "bookmarks.note",
                 .hint = "bookmarks.note_hint",
                 .value = page.note,
                 .optional = true,
                 .max_length = static_cast<int>(kNoteMax),
                 .rows = 2},
                page.error);
    moments(out, ctx, page);
    parts::form_end(out, ctx.t("bookmarks.save"));
    if (page.known)
        parts::button_form(out, ctx, form_path(page.post), ctx.t("bookmarks.remove"),
                           "button--quiet", "DELETE");
}

}  // namespace torv::bookmarks::views
