#include <algorithm>

#include "features/topics/page_parts.hpp"
#include "features/topics/views.hpp"
#include "platform/web/parts.hpp"

/// Questions: what tells which answer helped, and in which order answers stand.
namespace torv::topics::views {

using html::put;
namespace parts = web::parts;

namespace {

bool is_question(const pages::TopicPage& page) {
    return page.space.kind == spaces::Kind::Questions || page.topic.accepted;
}

/// The answer that helped stands right below the question, but where it stands there anyway, and
/// where its author is one whom the reader has blocked.
bool shows_accepted(const pages::TopicPage& page) {
    if (!page.accepted || page.accepted->deleted_at) return false;
    const bool next = page.posts.size() > 1 && page.posts[1].id == page.accepted->id;
    const bool blocked =
        std::ranges::find(page.blocked, page.accepted->author) != page.blocked.end();
    return !next && !blocked;
}

void accepted_answer(html::Out& out, const web::Context& ctx, const pages::TopicPage& page) {
    const Post& post = *page.accepted;
    const auto& author = page.faces[post.author];
    put(out,
        R"(<section class="accepted" aria-labelledby="accepted-title"><h2 class="accepted__title" id="accepted-title">)");
    parts::icon(out, "badge-check");
    put(out, R"({}</h2><p class="accepted__by"><a href="/m/{}" dir="auto">{}</a> · )",
        ctx.t("topics.accepted_answer"), author.handle, author.name);
    parts::time(out, ctx, post.created_at);
    put(out, R"(</p><div class="prose" dir="auto">{}</div>)", html::Safe::kept(post.body_html));
    put(out, R"(<p class="accepted__place"><a href="/p/{}">{}</a></p></section>)", post.id,
        ctx.t("topics.to_its_place"));
}

void orders(html::Out& out, const web::Context& ctx, const pages::TopicPage& page) {
    const std::string base = path(page.topic.id, page.topic.title);
    const auto item = [&](const std::string& address, std::string_view key, bool current) {
        put(out, R"(<a class="tabs__item" href="{}" {}>{}</a>)", address,
            html::attr("aria-current", "true", current), ctx.t(key));
    };
    put(out, R"(<nav class="tabs answers__order" aria-label="{}">)", ctx.t("topics.order"));
    item(base, "topics.order_time", !page.by_thanks);
    item(base + "?order=thanks", "topics.order_thanks", page.by_thanks);
    put(out, "</nav>");
}

void shared_form(html::Out& out, const web::Context& ctx, std::string_view id,
                 std::string_view method) {
    put(out, R"(<form id="{}" method="post">)", id);
    ctx.csrf_field(out);
    ctx.method_field(out, method);
    put(out, "</form>");
}

}  // namespace

void answers_head(html::Out& out, const web::Context& ctx, const pages::TopicPage& page,
                  const Post& post) {
    if (post.id != page.topic.first_post || !is_question(page)) return;
    put(out, R"(<li class="answers" id="answers">)");
    if (shows_accepted(page)) accepted_answer(out, ctx, page);
    put(out, R"(<div class="answers__head"><h2 class="answers__title">{}</h2>)",
        ctx.t("topics.answers", page.topic.replies));
    if (page.topic.replies > 1) orders(out, ctx, page);
    put(out, "</div></li>");
}

void accepted_mark(html::Out& out, const web::Context& ctx, std::string_view key) {
    put(out, R"(<span class="badge badge--good">)");
    parts::icon(out, "badge-check");
    put(out, "{}</span> ", ctx.t(key));
}

void score_of(html::Out& out, const web::Context& ctx, const Post& post) {
    if (post.score != 0)
        put(out, R"( <span class="post__score">{}</span>)", ctx.t("topics.points", post.score));
}

void accept_deed(html::Out& out, const web::Context& ctx, const pages::TopicPage& page,
                 const Post& post) {
    if (post.id == page.topic.first_post) return;
    auth::Viewer asker = ctx.viewer;
    asker.id = page.topic.author;
    const bool all = may_accept(ctx.viewer, page.topic, page.space);
    const bool one =
        !all && ctx.shared() && ctx.viewer.is_member() && may_accept(asker, page.topic, page.space);
    if (!all && !one) return;
    const bool accepted = page.topic.accepted == post.id;
    if (!accepted && page.space.kind != spaces::Kind::Questions) return;
    put(out,
        R"(<button class="button button--quiet button--small" form="{}" formaction="/p/{}/accepted" {}>)",
        accepted ? "unaccept" : "accept", post.id,
        html::attr("data-for", page.topic.author.value, one));
    parts::icon(out, accepted ? "undo-2" : "check");
    put(out, "{}</button>", ctx.t(accepted ? "topics.unaccept" : "topics.accept"));
}

void accept_forms(html::Out& out, const web::Context& ctx, const pages::TopicPage& page) {
    if (!page.may.accept) return;
    shared_form(out, ctx, "accept", "PUT");
    shared_form(out, ctx, "unaccept", "DELETE");
}

void thanks_pager(html::Out& out, const web::Context& ctx, const pages::TopicPage& page) {
    if (page.next.empty()) return;
    const std::string address =
        path(page.topic.id, page.topic.title) + "?order=thanks&below=" + page.next;
    put(out,
        R"(<nav class="pager" aria-label="{}"><a class="button" href="{}" rel="next">{}</a></nav>)",
        ctx.t("topics.more_posts"), address, ctx.t("topics.more_answers"));
}

}  // namespace torv::topics::views
