#include <algorithm>

#include "features/topics/page_parts.hpp"
#include "features/topics/rules.hpp"
#include "features/topics/views.hpp"
#include "platform/web/parts.hpp"

namespace torv::topics::views {

using html::put;
namespace parts = web::parts;

namespace {

/// For whom a deed is shown: for the viewer, for nobody here, or in a fragment for many for the
/// author alone.
enum class Shown { No, ToAll, ToAuthor };

template <class May>
Shown shown(const web::Context& ctx, const Post& post, May may) {
    if (may(ctx.viewer)) return Shown::ToAll;
    if (!ctx.shared() || !ctx.viewer.is_member()) return Shown::No;
    auth::Viewer author = ctx.viewer;
    author.id = post.author;
    return may(author) ? Shown::ToAuthor : Shown::No;
}

html::Attribute own(Shown shown) { return html::flag("data-own", shown == Shown::ToAuthor); }

void head_of(html::Out& out, const web::Context& ctx, const pages::TopicPage& page,
             const Post& post, Head head) {
    const auto& author = page.faces[post.author];
    if (head == Head::Full) {
        put(out,
            R"(<a class="post__face" href="/m/{}" data-member="{}" tabindex="-1" aria-hidden="true">)",
            author.handle, author.id);
        members::face(out, author);
        put(out, "</a>");
    }
    put(out, R"(<header class="post__head">)");
    // By headings a screen reader goes from post to post.
    if (head == Head::Full)
        put(out,
            R"(<h2 class="post__by"><a class="post__author" id="p-{}-by" href="/m/{}" dir="auto">{}</a></h2>)",
            post.id, author.handle, author.name);
    else
        put(out, R"(<a class="post__author sr-only" id="p-{}-by" href="/m/{}" dir="auto">{}</a>)",
            post.id, author.handle, author.name);
    if (head == Head::Full && author.role >= auth::Role::Moderator)
        put(out, R"( <span class="badge badge--quiet">{}</span>)",
            ctx.t("topics.role." + std::string(auth::role_name(author.role))));
    put(out, R"( <a class="post__time" href="/p/{}">)", post.id);
    parts::time(out, ctx, post.created_at);
    put(out, "</a>");
    if (post.edited_at)
        put(out, R"( <a class="post__edited" href="/p/{}/history">{}</a>)", post.id,
            ctx.t("topics.edited"));
    score_of(out, ctx, post);
    if (post.id == page.topic.accepted) accepted_mark(out, ctx, "topics.accepted_answer");
    put(out, "</header>");
}

void parent(html::Out& out, const web::Context& ctx, const pages::TopicPage& page,
            const Post& post) {
    if (!post.reply_to || !post.reply_to_author) return;
    put(out, R"(<p class="post__parent">)");
    parts::icon(out, "corner-up-left");
    put(out, R"( <a href="/p/{}">{} <bdi>{}</bdi></a></p>)", post.reply_to,
        ctx.t("topics.reply_to"), page.faces[post.reply_to_author].name);
}

/// Belongs to the form that `shared_forms` writes once.
void delete_button(html::Out& out, const web::Context& ctx, const Post& post, Shown shown) {
    put(out,
        R"(<button class="menu__item menu__item--danger" form="delete-post" formaction="/p/{}" {}>)",
        post.id, own(shown));
    parts::icon(out, "trash-2");
    put(out, "{}</button>", ctx.t("topics.delete"));
}

void menu(html::Out& out, const web::Context& ctx, const pages::TopicPage& page, const Post& post) {
    put(out,
        R"(<details class="menu"><summary class="menu__summary button button--quiet button--small">)");
    parts::icon(out, "ellipsis");
    put(out, R"(<span class="sr-only">{}</span></summary><div class="menu__panel">)",
        ctx.t("topics.more"));
    const Shown edits = shown(ctx, post, [&](const auth::Viewer& viewer) {
        return may_edit(viewer, post, page.topic, page.space);
    });
    if (edits != Shown::No) {
        put(out, R"(<a class="menu__item" href="/p/{}/edit" {}>)", post.id, own(edits));
        parts::icon(out, "pencil");
        put(out, "{}</a>", ctx.t("topics.edit"));
    }
    put(out,
        R"(<copy-text value="/p/{}" done="{}"><button class="menu__item" type="button" hidden>)",
        post.id, ctx.t("topics.copied"));
    parts::icon(out, "link");
    put(out, "{}</button></copy-text>", ctx.t("topics.copy_link"));
    if (ctx.viewer.is_member()) {
        put(out, R"(<a class="menu__item" href="/p/{}/bookmark">)", post.id);
        parts::icon(out, "bookmark");
        put(out, "{}</a>", ctx.t("topics.bookmark"));
    }
    if (post.edits > 0) {
        put(out, R"(<a class="menu__item" href="/p/{}/history">)", post.id);
        parts::icon(out, "history");
        put(out, "{}</a>", ctx.t("topics.history"));
    }
    const Shown lifts = shown(ctx, post, [&](const auth::Viewer& viewer) {
        return may_lift(viewer, post, page.topic, page.space);
    });
    if (lifts != Shown::No) {
        put(out, R"(<a class="menu__item" href="/t/{}/lift?from={}" {}>)", page.topic.id, post.id,
            own(lifts));
        parts::icon(out, "messages-square");
        put(out, "{}</a>", ctx.t("topics.lift"));
    }
    const Shown removes = shown(ctx, post, [&](const auth::Viewer& viewer) {
        return may_remove(viewer, post, page.space);
    });
    if (removes != Shown::No) delete_button(out, ctx, post, removes);
    put(out, "</div></details>");
}

/// The page one is on, with the composer answering this post.
std::string reply_address(const pages::TopicPage& page, const Post& post) {
    std::string address = talk_path(page.topic, page.space);
    address += "?reply_to=" + post.id.text();
    if (page.topic.kind == Kind::Thread) return address + "#thread-reply";
    if (page.before && page.topic.kind == Kind::Topic)
        address += "&at=" + page.posts.front().id.text();
    return address + "#reply";
}

bool may_react(const web::Context& ctx, const pages::TopicPage& page) {
    return spaces::may_write(ctx.viewer, page.space) && !page.topic.deleted_at;
}

void foot(html::Out& out, const web::Context& ctx, const pages::TopicPage& page, const Post& post) {
    put(out, R"(<footer class="post__foot">)");
    reactions_of(out, ctx, page, post);
    put(out, R"(<div class="post__actions">)");
    accept_deed(out, ctx, page, post);
    if (page.may.reply) {
        const std::string address = reply_address(page, post);
        put(out, R"(<a class="button button--quiet button--small" href="{}">)", address);
        parts::icon(out, "reply");
        put(out, "{}</a>", ctx.t("topics.reply"));
    }
    if (page.may.reply && page.topic.kind == Kind::Stream) {
        put(out, R"(<a class="button button--quiet button--small" href="/p/{}/thread">)", post.id);
        parts::icon(out, "messages-square");
        put(out, "{}</a>", ctx.t("topics.thread"));
    }
    if (ctx.viewer.is_member()) menu(out, ctx, page, post);
    put(out, "</div></footer>");
}

void gone(html::Out& out, const web::Context& ctx, const pages::TopicPage& page, const Post& post) {
    put(out, R"(<li class="post post--deleted" id="p-{}" {}><p class="post__gone">)", post.id,
        html::attr("data-by", post.author.value, ctx.shared()));
    parts::icon(out, "trash-2");
    put(out, " {}</p>",
        ctx.t(post.deleted_by == post.author ? "topics.deleted_by_author"
                                             : "topics.deleted_by_moderator"));
    const Shown restores = shown(ctx, post, [&](const auth::Viewer& viewer) {
        return may_restore(viewer, post, page.space);
    });
    if (restores != Shown::No) {
        put(out, R"(<form method="post" action="/p/{}/restore" {}>)", post.id, own(restores));
        ctx.csrf_field(out);
        put(out,
            R"(<div class="actions"><button class="button button--quiet button--small" type="submit">{}</button> <a class="button button--quiet button--small" href="/p/{}/history">{}</a></div></form>)",
            ctx.t("topics.restore"), post.id, ctx.t("topics.show_text"));
    }
    thread_of(out, ctx, page, post);
    put(out, "</li>");
}

}  // namespace

void reactions_of(html::Out& out, const web::Context& ctx, const pages::TopicPage& page,
                  const Post& post) {
    const auto given = page.own.find(post.id);
    reactions::bar(out, ctx, post.id, reactions::counts_from(post.reactions),
                   given == page.own.end() ? nullptr : &given->second,
                   may_react(ctx, page) ? reactions::Press::Allowed : reactions::Press::ShownOnly);
}

void post(html::Out& out, const web::Context& ctx, const pages::TopicPage& page, const Post& post,
          Head head) {
    if (post.deleted_at) return gone(out, ctx, page, post);
    const bool mine = post.author == ctx.viewer.id && ctx.viewer.is_member();
    const bool fresh = page.read_until && post.created_at > page.read_until && !mine;
    const bool article =
        page.space.kind == spaces::Kind::Articles && post.id == page.topic.first_post;
    put(out, R"(<li class="post{}{}{}{}{}" id="p-{}" data-post="{}" {}>)",
        head == Head::Same ? " post--same" : "", fresh ? " post--new" : "",
        mine ? " post--mine" : "", article ? " post--article" : "",
        post.id == page.topic.accepted ? " post--accepted" : "", post.id, post.id,
        html::attr("data-by", post.author.value, ctx.shared()));
    const bool folded = !mine && std::ranges::find(page.blocked, post.author) != page.blocked.end();
    if (folded)
        put(out, R"(<details class="post__folded"><summary>{}</summary>)",
            ctx.t("topics.by_blocked"));
    put(out, R"(<article class="post__box" aria-labelledby="p-{}-by">)", post.id);
    // Of an article the head of the page says who and when.
    if (article)
        put(out, R"(<h2 class="sr-only" id="p-{}-by">{}</h2>)", post.id,
            page.faces[post.author].name);
    else head_of(out, ctx, page, post, head);
    parent(out, ctx, page, post);
    put(out, R"(<div class="post__body prose" dir="auto">{}</div>)",
        html::Safe::kept(post.body_html));
    foot(out, ctx, page, post);
    put(out, "</article>");
    if (folded) put(out, "</details>");
    thread_of(out, ctx, page, post);
    put(out, "</li>");
}

void shared_forms(html::Out& out, const web::Context& ctx, const pages::TopicPage& page) {
    if (may_react(ctx, page)) reactions::shared(out, ctx);
    accept_forms(out, ctx, page);
    if (!ctx.viewer.is_member()) return;
    put(out, R"(<ask-first question="{}" yes="{}" no="{}"><form id="delete-post" method="post">)",
        ctx.t("topics.delete_question"), ctx.t("topics.delete"), ctx.t("topics.keep"));
    ctx.csrf_field(out);
    ctx.method_field(out, "DELETE");
    put(out, "</form></ask-first>");
}

void react(html::Out& out, const web::Context& ctx, const SeenPost& seen,
           const members::Face& author) {
    put(out,
        R"(<header class="page-head"><nav class="crumbs" aria-label="{}"><a href="/p/{}" dir="auto">{}</a></nav><h1 class="page-head__title">{}</h1></header>)",
        ctx.t("topics.you_are_here"), seen.post.id,
        seen.topic.title.empty() ? seen.space.name : seen.topic.title,
        ctx.t("topics.react_to", {{"name", author.name}}));
    put(out, R"(<div class="prose" dir="auto">{}</div>)", html::Safe::kept(seen.post.body_html));
    reactions::choices(out, ctx, seen.post.id);
}

}  // namespace torv::topics::views
