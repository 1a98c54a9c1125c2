#include "features/topics/page_parts.hpp"
#include "features/topics/views.hpp"
#include "platform/web/parts.hpp"

namespace torv::topics::views {

using html::put;
namespace parts = web::parts;

namespace {

constexpr microseconds kSameHeadWithin = std::chrono::minutes(5);

bool same_head(const Post& post, const Post& last) {
    return !post.deleted_at && !last.deleted_at && post.author == last.author && !post.reply_to &&
           post.created_at - last.created_at < kSameHeadWithin;
}

void messages(html::Out& out, const web::Context& ctx, const pages::TopicPage& page) {
    put(out, R"(<ol class="posts posts--chat" aria-label="{}">)", ctx.t("topics.messages"));
    std::int64_t day = -1;
    std::size_t note = 0;
    for (std::size_t i = 0; i < page.posts.size(); ++i) {
        const Post& post = page.posts[i];
        const std::int64_t today = ctx.dates.day_number(post.created_at);
        const bool new_day = today != day;
        if (new_day)
            put(out, R"(<li class="day-line"><span><time datetime="{}">{}</time></span></li>)",
                post.created_at.rfc3339().substr(0, 10),
                ctx.dates.day_header(post.created_at, ctx.now()));
        const bool line = line_before(page, i, ctx.viewer.id);
        if (line) new_line(out, ctx);
        const bool noted = lift_notes(out, ctx, page, &post, note);
        const bool same =
            !new_day && !line && !noted && i > 0 && same_head(post, page.posts[i - 1]);
        views::post(out, ctx, page, post, same ? Head::Same : Head::Full);
        day = today;
    }
    lift_notes(out, ctx, page, nullptr, note);
    put(out, "</ol>");
}

/// How many are new, and the way to the first of them.
void unread_link(html::Out& out, const web::Context& ctx, const pages::TopicPage& page,
                 const StreamOptions& options) {
    if (!options.first_new) return;
    put(out, R"(<a class="button button--small chat__unread" href="{}?at={}#p-{}">)", options.base,
        options.first_new, options.first_new);
    parts::icon(out, "arrow-up");
    put(out, "{}</a>",
        page.topic.unread > 0 ? ctx.t("topics.new_messages_count", page.topic.unread)
                              : std::string(ctx.t("topics.new_messages")));
}

void nobody_yet(html::Out& out, const web::Context& ctx, const pages::TopicPage& page) {
    put(out, R"(<div class="empty empty--calm">)");
    parts::icon(out, "message-circle");
    put(out, R"(<h2 class="empty__title">{}</h2><p class="empty__text">{}</p></div>)",
        ctx.t("topics.quiet_title"), ctx.t("topics.quiet_text"));
    live_posts(out, ctx, page);
    live_posts_end(out, ctx);
}

void head(html::Out& out, const web::Context& ctx, const pages::ChatPage& page,
          const std::string& base) {
    space_head(out, ctx, page.space);
    put(out, R"(<div class="space-head__actions">)");
    notifications::follow_control(out, ctx, base, page.stream.levels.space);
    choose_messages(out, ctx, page.stream);
    put(out, "</div></div>");
    if (!page.space.description.empty())
        put(out, R"(<p class="space-head__text" dir="auto">{}</p>)", page.space.description);
    put(out, "</header>");
}

}  // namespace

void stretch(html::Out& out, const web::Context& ctx, const pages::TopicPage& page,
             const std::string& base) {
    pager(out, ctx, page, base, true);
    live_posts(out, ctx, page);
    messages(out, ctx, page);
    live_posts_end(out, ctx);
    pager(out, ctx, page, base, false);
}

void stream(html::Out& out, const web::Context& ctx, const pages::TopicPage& page,
            const StreamOptions& options) {
    const bool thread = page.topic.kind == Kind::Thread;
    const std::string about = thread ? options.base : "/t/" + page.topic.id.text();
    if (page.posts.empty() && page.notes.empty() && !thread) {
        nobody_yet(out, ctx, page);
    } else {
        put(out,
            R"(<read-marker url="{}/read"><chat-stream class="chat__stream" url="{}" newest="{}" earlier="{}" later="{}">)",
            about, options.base, ctx.t("topics.jump_newest"), ctx.t("topics.earlier_posts"),
            ctx.t("topics.later_posts"));
        unread_link(out, ctx, page, options);
        stretch(out, ctx, page, options.base);
        put(out, "</chat-stream></read-marker>");
        seen_without_script(out, ctx, page);
        if (!ctx.wants_fragment()) shared_forms(out, ctx, page);
    }
    reply_part(out, ctx, page, thread ? options.base : options.base + "/posts", true, options);
}

void thread_of(html::Out& out, const web::Context& ctx, const pages::TopicPage& page,
               const Post& post) {
    const auto found = page.threads.find(post.id);
    // In a topic only messages have one that brought it from their stream.
    if (page.topic.kind != Kind::Stream && found == page.threads.end()) return;
    put(out, R"(<div class="post__thread" id="thread-{}">)", post.id);
    if (found != page.threads.end() && found->second.replies > 0) {
        put(out, R"(<a class="thread-link" href="/p/{}/thread">)", post.id);
        parts::icon(out, "messages-square");
        put(out, R"({} <span class="thread-link__last">{} )",
            ctx.t("topics.replies", found->second.replies), ctx.t("topics.thread_last"));
        parts::time(out, ctx, found->second.last_at);
        put(out, "</span></a>");
    }
    put(out, "</div>");
}

void chat(html::Out& out, const web::Context& ctx, const pages::ChatPage& page) {
    const std::string base = spaces::path(page.space.slug);
    put(out, R"(<div class="chat">)");
    head(out, ctx, page, base);
    stream(out, ctx, page.stream, {.base = base, .first_new = page.first_new});
    put(out,
        R"(</div><thread-panel class="thread-panel" role="complementary" aria-label="{}" hidden></thread-panel>)",
        ctx.t("topics.thread"));
}

}  // namespace torv::topics::views
