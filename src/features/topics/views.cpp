#include "features/topics/views.hpp"
#include "features/topics/page_parts.hpp"
#include "features/topics/rules.hpp"

#include "platform/web/parts.hpp"

namespace torv::topics::views {

using html::put;
namespace parts = web::parts;

namespace {

/// One entry of a menu that sends a form: `method` "" is a plain POST.
void deed(html::Out& out, const web::Context& ctx, const std::string& action,
          std::string_view method, std::string_view words) {
    put(out, R"(<form class="menu__form" method="post" action="{}">)", action);
    ctx.csrf_field(out);
    if (!method.empty()) ctx.method_field(out, method);
    put(out, R"(<button class="menu__item" type="submit">{}</button></form>)", ctx.t(words));
}

void moderator_menu(html::Out& out, const web::Context& ctx, const Topic& topic) {
    const std::string base = "/t/" + topic.id.text();
    put(out,
        R"(<details class="menu menu--start"><summary class="menu__summary button button--quiet button--small">)");
    parts::icon(out, "shield");
    put(out, R"({}</summary><div class="menu__panel">)", ctx.t("topics.moderate"));
    if (topic.deleted_at) {
        deed(out, ctx, base + "/restore", "", "topics.restore_topic");
        return put(out, "</div></details>");
    }
    deed(out, ctx, base + "/lock", topic.locked ? "DELETE" : "PUT",
         topic.locked ? "topics.unlock" : "topics.lock");
    deed(out, ctx, base + "/pin", topic.pinned ? "DELETE" : "PUT",
         topic.pinned ? "topics.unpin" : "topics.pin");
    deed(out, ctx, base + "/chat", topic.chat ? "DELETE" : "PUT",
         topic.chat ? "topics.as_topic" : "topics.as_chat");
    put(out, R"(<a class="menu__item" href="/t/{}/move">{}</a>)", topic.id, ctx.t("topics.move"));
    put(out, R"(<a class="menu__item" href="/t/{}/split">{}</a>)", topic.id, ctx.t("topics.split"));
    put(out, R"(<ask-first question="{}" yes="{}" no="{}">)", ctx.t("topics.delete_topic_question"),
        ctx.t("topics.delete_topic"), ctx.t("topics.keep"));
    deed(out, ctx, base, "DELETE", "topics.delete_topic");
    put(out, "</ask-first></div></details>");
}

void topic_marks(html::Out& out, const web::Context& ctx, const Topic& topic) {
    if (topic.deleted_at)
        put(out, R"(<span class="badge badge--danger">{}</span> )", ctx.t("topics.deleted"));
    if (topic.accepted) accepted_mark(out, ctx, "topics.answered");
    if (topic.pinned) put(out, R"(<span class="badge">{}</span> )", ctx.t("topics.pinned"));
    if (topic.locked)
        put(out, R"(<span class="badge badge--quiet">{}</span> )", ctx.t("topics.locked"));
}

void topic_head(html::Out& out, const web::Context& ctx, const pages::TopicPage& page) {
    const auto& author = page.faces[page.topic.author];
    put(out,
        R"(<header class="topic-head"><nav class="crumbs" aria-label="{}"><a href="/s/{}" dir="auto">{}</a></nav><h1 class="topic-head__title" dir="auto">{}</h1><p class="topic-head__meta">)",
        ctx.t("topics.you_are_here"), page.space.slug, page.space.name, page.topic.title);
    topic_marks(out, ctx, page.topic);
    put(out, R"({} · {} <a href="/m/{}" dir="auto">{}</a> )",
        ctx.t(page.space.kind == spaces::Kind::Questions ? "topics.answers" : "topics.replies",
              page.topic.replies),
        ctx.t("topics.started_by"), author.handle, author.name);
    parts::time(out, ctx, page.topic.created_at);
    put(out, R"(</p><div class="topic-head__actions">)");
    if (page.topic.fresh && page.read_until)
        put(out, R"(<a class="button button--small" href="/t/{}?go=new">{}</a> )", page.topic.id,
            page.topic.unread > 0 ? ctx.t("topics.new_count", page.topic.unread)
                                  : std::string(ctx.t("topics.new_posts")));
    if (!page.topic.deleted_at)
        notifications::follow_control(out, ctx, "/t/" + page.topic.id.text(), page.levels.topic);
    if (page.may.moderate) moderator_menu(out, ctx, page.topic);
    put(out, "</div></header>");
}

/// Whom the composer answers.
void answered(html::Out& out, const web::Context& ctx, const pages::TopicPage& page) {
    for (const Post& post : page.posts) {
        if (post.id != page.reply_to || post.deleted_at) continue;
        put(out, R"(<p class="post__parent">)");
        parts::icon(out, "corner-up-left");
        put(out, R"( <a href="#p-{}">{} <bdi>{}</bdi></a></p>)", post.id, ctx.t("topics.reply_to"),
            page.faces[post.author].name);
    }
}

}  // namespace

bool line_before(const pages::TopicPage& page, std::size_t index, MemberId viewer) {
    if (!page.read_until || index == 0) return false;
    const Post& post = page.posts[index];
    const Post& last = page.posts[index - 1];
    return post.created_at > page.read_until && last.created_at <= page.read_until &&
           post.author != viewer;
}

void new_line(html::Out& out, const web::Context& ctx) {
    put(out, R"(<li class="new-line" id="new"><span>{}</span></li>)", ctx.t("topics.new_line"));
}

void pager(html::Out& out, const web::Context& ctx, const pages::TopicPage& page,
           const std::string& base, bool earlier) {
    if (page.posts.empty() || !(earlier ? page.before : page.after)) return;
    const PostId edge = earlier ? page.posts.front().id : page.posts.back().id;
    const std::string address = base + (earlier ? "?before=" : "?after=") + edge.text();
    put(out,
        R"(<nav class="pager" aria-label="{}"><a class="button" href="{}" rel="{}">{}</a></nav>)",
        ctx.t("topics.more_posts"), address, earlier ? "prev" : "next",
        ctx.t(earlier ? "topics.earlier_posts" : "topics.later_posts"));
}

namespace {

std::string ids_of(const std::vector<MemberId>& members) {
    std::string text;
    for (const MemberId member : members) text += (text.empty() ? "" : " ") + member.text();
    return text;
}

}  // namespace

void live_posts(html::Out& out, const web::Context& ctx, const pages::TopicPage& page) {
    if (ctx.position() < 0) return;
    const std::string stream = page.topic.kind == Kind::Thread
                                   ? "thread:" + page.topic.first_post.text()
                               : page.posts.empty() ? "space:" + page.space.id.text()
                                                    : "topic:" + page.topic.id.text();
    const auto writing = [&](std::string_view key) {
        return ctx.t(key, {{"name", "{name}"}, {"other", "{other}"}});
    };
    put(out,
        R"(<live-posts stream="{}" new-one="{}" new-many="{}" said="{}" writing-one="{}" writing-two="{}" writing-many="{}" {} {} {} {} {}>)",
        stream, ctx.t("topics.live_one"), ctx.t("topics.live_many", {{"n", "{n}"}}),
        ctx.t("topics.live_said", {{"name", "{name}"}, {"text", "{text}"}}),
        writing("topics.writing_one"), writing("topics.writing_two"), ctx.t("topics.writing_many"),
        html::attr("blocked", ids_of(page.blocked), !page.blocked.empty()),
        html::attr("by-blocked", ctx.t("topics.by_blocked"), !page.blocked.empty()),
        html::flag("tail", !page.after && !page.by_thanks),
        html::attr("role", "log", page.topic.kind != Kind::Topic),
        html::attr("aria-live", "off", page.topic.kind != Kind::Topic));
}

void live_posts_end(html::Out& out, const web::Context& ctx) {
    if (ctx.position() >= 0) put(out, "</live-posts>");
}

void seen_without_script(html::Out& out, const web::Context& ctx, const pages::TopicPage& page) {
    const bool to_mark = page.topic.fresh && !page.posts.empty() && !page.by_thanks;
    if (!ctx.viewer.is_member() || !to_mark) return;
    put(out,
        R"(<img class="without-script" src="/t/{}/seen.svg?post={}" alt="" width="1" height="1" loading="lazy">)",
        page.topic.id, page.posts.back().id);
}

void reply_part(html::Out& out, const web::Context& ctx, const pages::TopicPage& page,
                const std::string& action, bool chat, const StreamOptions& options) {
    if (page.may.reply) {
        // A thread stands beside its stream: what names a field there names another here.
        const bool thread = page.topic.kind == Kind::Thread;
        const bool answers = !chat && page.space.kind == spaces::Kind::Questions;
        const std::string_view id = thread ? "thread-reply" : "reply";
        put(out,
            R"(<section class="reply" id="{}" aria-labelledby="{}-title"><h2 class="{}" id="{}-title">{}</h2>)",
            id, id, chat ? "sr-only" : "reply__title", id,
            ctx.t(chat && !thread ? "topics.say_title"
                  : answers       ? "topics.your_answer"
                                  : "topics.reply"));
        answered(out, ctx, page);
        composer(out, ctx,
                 {.action = action,
                  .draft = draft_of(page.topic),
                  .submit = chat      ? "topics.send"
                            : answers ? "topics.post_answer"
                                      : "topics.post_reply",
                  .label = thread    ? "topics.your_reply"
                           : chat    ? "topics.your_message"
                           : answers ? "topics.write_answer"
                                     : "topics.your_reply",
                  .field = thread ? "thread-body" : "body",
                  .body = page.draft ? page.draft->body : std::string{},
                  .reply_to = page.reply_to,
                  .chat = chat,
                  .later = chat || page.topic.kind != Kind::Topic
                               ? std::string{}
                               : "/scheduled/new?topic=" + page.topic.id.text(),
                  .error = options.error});
        return put(out, "</section>");
    }
    if (!ctx.viewer.signed_in())
        return put(
            out,
            R"(<div class="notice reply__join"><p>{}</p><a class="button button--primary" href="/sign-up">{}</a></div>)",
            ctx.t("topics.guests_read"), ctx.t("topics.join"));
    if (!options.closed.empty())
        return put(out, R"(<div class="notice"><p>{}</p></div>)", options.closed);
    const std::string_view why = page.space.archived ? "topics.space_archived"
                                 : page.topic.locked ? "topics.locked_text"
                                                     : "topics.read_only";
    put(out, R"(<div class="notice"><p>{}</p></div>)", ctx.t(why));
}

void topic_as_chat(html::Out& out, const web::Context& ctx, const pages::TopicPage& page) {
    put(out, R"(<div class="chat">)");
    topic_head(out, ctx, page);
    choose_messages(out, ctx, page);
    lift_origins(out, ctx, page);
    stream(out, ctx, page, {.base = "/t/" + page.topic.id.text(), .first_new = {}});
    put(out, "</div>");
}

void topic(html::Out& out, const web::Context& ctx, const pages::TopicPage& page) {
    const std::string base = "/t/" + page.topic.id.text();
    const bool article = page.space.kind == spaces::Kind::Articles;
    put(out, R"(<article class="topic{}">)", article ? " topic--article" : "");
    topic_head(out, ctx, page);
    lift_origins(out, ctx, page);
    pager(out, ctx, page, base, true);
    // By thanks one reads new posts and old ones in turn: what was seen last says nothing.
    if (!page.by_thanks) put(out, R"(<read-marker url="/t/{}/read">)", page.topic.id);
    live_posts(out, ctx, page);
    put(out, R"(<ol class="posts">)");
    for (std::size_t i = 0; i < page.posts.size(); ++i) {
        if (!page.by_thanks && line_before(page, i, ctx.viewer.id)) new_line(out, ctx);
        post(out, ctx, page, page.posts[i], Head::Full);
        answers_head(out, ctx, page, page.posts[i]);
    }
    put(out, "</ol>");
    live_posts_end(out, ctx);
    if (!page.by_thanks) put(out, "</read-marker>");
    seen_without_script(out, ctx, page);
    shared_forms(out, ctx, page);
    pager(out, ctx, page, base, false);
    thanks_pager(out, ctx, page);
    reply_part(out, ctx, page, base + "/posts", false);
    put(out, "</article>");
}

}  // namespace torv::topics::views
