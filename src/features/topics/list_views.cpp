#include <algorithm>

#include "features/topics/handlers.hpp"
#include "features/topics/page_parts.hpp"
#include "features/topics/views.hpp"
#include "platform/web/parts.hpp"

namespace torv::topics::views {

using html::put;
namespace parts = web::parts;

namespace {

void title_link(html::Out& out, const Topic& topic, const RowOptions& options) {
    const std::string address =
        path(topic.id, topic.title) + (options.extras.at_new ? "?go=new" : "");
    if (options.heading == Heading::Second)
        put(out,
            R"(<h2 class="topic-row__title" dir="auto"><a class="topic-row__link" href="{}">{}</a></h2>)",
            address, topic.title);
    else
        put(out,
            R"(<h3 class="topic-row__title" dir="auto"><a class="topic-row__link" href="{}">{}</a></h3>)",
            address, topic.title);
}

void marks(html::Out& out, const web::Context& ctx, const Topic& topic) {
    if (!topic.pinned && !topic.locked && !topic.accepted) return;
    put(out, R"(<p class="topic-row__marks">)");
    if (topic.accepted) accepted_mark(out, ctx, "topics.answered");
    if (topic.pinned) {
        put(out, R"(<span class="badge">)");
        parts::icon(out, "pin");
        put(out, "{}</span> ", ctx.t("topics.pinned"));
    }
    if (topic.locked) {
        put(out, R"(<span class="badge badge--quiet">)");
        parts::icon(out, "lock");
        put(out, "{}</span>", ctx.t("topics.locked"));
    }
    put(out, "</p>");
}

void side(html::Out& out, const web::Context& ctx, const Topic& topic) {
    put(out, R"(<p class="topic-row__side"><span class="topic-row__replies">)");
    parts::icon(out, "message-circle");
    put(out, R"({}<span class="sr-only"> {}</span></span>)", ctx.t.number(topic.replies),
        ctx.t("topics.replies_word", topic.replies));
    if (topic.fresh && topic.unread > 0)
        put(out, R"(<span class="count">{}<span class="sr-only"> {}</span></span>)",
            ctx.t.number(topic.unread), ctx.t("topics.new_word", topic.unread));
    else if (topic.fresh)
        put(out, R"(<span class="dot"><span class="sr-only">{}</span></span>)",
            ctx.t("topics.new_posts"));
    put(out, "</p>");
}

void tabs(html::Out& out, const web::Context& ctx, const pages::SpacePage& page) {
    using store::Sort;
    const auto item = [&](std::string_view query, std::string_view key, Sort sort) {
        put(out, R"(<a class="tabs__item" href="/s/{}{}" {}>{}</a>)", page.space.slug, query,
            html::attr("aria-current", "page", page.sort == sort), ctx.t(key));
    };
    put(out, R"(<nav class="tabs" aria-label="{}">)", ctx.t("topics.sort"));
    item("", "topics.sort_active", Sort::Active);
    item("?sort=new", "topics.sort_new", Sort::Newest);
    if (page.space.kind == spaces::Kind::Questions)
        item("?sort=open", "topics.sort_quiet", Sort::Open);
    else item("?sort=quiet", "topics.sort_quiet", Sort::Quiet);
    item("?sort=thanks", "topics.sort_thanks", Sort::Thanked);
    put(out, "</nav>");
}

void space_menu(html::Out& out, const web::Context& ctx, const pages::SpacePage& page) {
    if (!ctx.viewer.is_member()) return;
    put(out,
        R"(<details class="menu"><summary class="menu__summary button button--quiet button--small">)");
    parts::icon(out, "ellipsis");
    put(out, R"(<span class="sr-only">{}</span></summary><div class="menu__panel">)",
        ctx.t("topics.more"));
    put(out, R"(<form class="menu__form" method="post" action="/s/{}/read">)", page.space.slug);
    ctx.csrf_field(out);
    put(out, R"(<button class="menu__item" type="submit">{}</button></form>)",
        ctx.t("topics.mark_read"));
    put(out, R"(<a class="menu__item" href="/s/{}/members">{}</a>)", page.space.slug,
        ctx.t("topics.space_members"));
    put(out, R"(<a class="menu__item" href="/leaders?space={}">{}</a>)", page.space.id,
        ctx.t("topics.ask_leaders"));
    if (ctx.viewer.may_administer() || page.access.role == spaces::Role::Moderator)
        put(out, R"(<a class="menu__item" href="/admin/spaces/{}/edit">{}</a>)", page.space.id,
            ctx.t("topics.space_edit"));
    put(out, "</div></details>");
}

/// Which topics rise to the top of this page when something happens in them.
std::string_view rising(const pages::SpacePage& page) {
    if (!page.first) return "";
    switch (page.sort) {
        case store::Sort::Active: return "active";
        case store::Sort::Newest: return "new";
        case store::Sort::Quiet:
        case store::Sort::Open:
        case store::Sort::Thanked: return "";
    }
    return "";
}

/// What the address of a list says of its order.
std::string_view sort_word(store::Sort sort) {
    switch (sort) {
        case store::Sort::Active: return "";
        case store::Sort::Newest: return "sort=new&";
        case store::Sort::Quiet: return "sort=quiet&";
        case store::Sort::Open: return "sort=open&";
        case store::Sort::Thanked: return "sort=thanks&";
    }
    return "";
}

/// A choice among topics to which none belongs.
void none_of_these(html::Out& out, const web::Context& ctx, std::string_view words) {
    put(out, R"(<div class="empty empty--calm">)");
    parts::icon(out, "check");
    put(out, R"(<h2 class="empty__title">{}</h2></div>)", ctx.t(words));
}

void empty_list(html::Out& out, const web::Context& ctx, const pages::SpacePage& page) {
    if (page.space.topic_count > 0 && page.sort == store::Sort::Thanked)
        return none_of_these(out, ctx, "topics.none_thanked");
    if (page.space.topic_count > 0 && page.sort >= store::Sort::Quiet)
        return none_of_these(out, ctx, "topics.none_open");
    const bool asks = page.space.kind == spaces::Kind::Questions;
    put(out, R"(<div class="empty">)");
    parts::icon(out, asks ? "circle-help" : "messages-square");
    put(out, R"(<h2 class="empty__title">{}</h2><p class="empty__text">{}</p>)",
        ctx.t(asks ? "topics.none_asked" : "topics.none_title"),
        ctx.t(asks ? "topics.none_asked_text" : "topics.none_text", {{"space", page.space.name}}));
    if (page.may_start)
        put(out, R"(<a class="button button--primary" href="/s/{}/new">{}</a>)", page.space.slug,
            ctx.t(asks ? "topics.first_question" : "topics.first"));
    put(out, "</div>");
}

/// The rows of a page; where they stand by thanks they say how many.
void rows(html::Out& out, const web::Context& ctx, const pages::SpacePage& page,
          const std::vector<Topic>& topics) {
    for (const Topic& topic : topics) {
        RowOptions options;
        if (page.sort == store::Sort::Thanked)
            options.extras.note = ctx.t("topics.thanks", topic.thanks);
        topic_row(out, ctx, topic, page.faces[topic.author], nullptr, options);
    }
}

constexpr std::size_t kPeopleShown = 10;

void add_once(std::vector<MemberId>& people, MemberId member) {
    if (people.size() < kPeopleShown && std::ranges::find(people, member) == people.end())
        people.push_back(member);
}

void people(html::Out& out, std::string_view title, const std::vector<MemberId>& shown,
            const members::Faces& faces, std::string_view variant) {
    if (shown.empty()) return;
    put(out, R"(<section class="card{}"><h2 class="card__title">{}</h2><ul class="people">)",
        variant, title);
    for (const MemberId member : shown) {
        const auto& face = faces[member];
        put(out, R"(<li><a class="person" href="/m/{}">)", face.handle);
        members::living_face(out, face, members::FaceSize::Small);
        put(out, R"(<span class="person__name" dir="auto">{}</span></a></li>)", face.name);
    }
    put(out, "</ul></section>");
}

}  // namespace

void topic_row(html::Out& out, const web::Context& ctx, const Topic& topic,
               const members::Face& author, const spaces::Access* space,
               const RowOptions& options) {
    put(out, R"(<li class="topic-row{}" data-topic="{}" data-at="{}">)",
        topic.fresh ? " topic-row--unread" : "", topic.id, topic.last_post_at.us);
    members::face(out, author);
    put(out, R"(<div class="topic-row__body">)");
    title_link(out, topic, options);
    marks(out, ctx, topic);
    if (!topic.excerpt.empty())
        put(out, R"(<p class="topic-row__excerpt" dir="auto">{}</p>)", topic.excerpt);
    put(out, R"(<p class="topic-row__meta"><span dir="auto">{}</span> · )", author.name);
    if (space) put(out, R"(<a href="/s/{}" dir="auto">{}</a> · )", space->slug, space->name);
    parts::time(out, ctx, topic.last_post_at);
    if (!options.extras.note.empty()) put(out, " · {}", options.extras.note);
    put(out, "</p></div>");
    side(out, ctx, topic);
    put(out, "</li>");
}

void space_head(html::Out& out, const web::Context& ctx, const spaces::Space& space) {
    put(out,
        R"(<header class="space-head"><nav class="crumbs" aria-label="{}"><a href="/spaces">{}</a></nav><div class="space-head__row"><span class="space-head__icon" aria-hidden="true">)",
        ctx.t("topics.you_are_here"), ctx.t("topics.spaces"));
    spaces::icon(out, space.icon, space.kind);
    put(out, R"(</span><h1 class="space-head__title" dir="auto">{}</h1>)", space.name);
    if (space.visibility >= spaces::Visibility::Private) {
        put(out, R"(<span class="badge badge--quiet">)");
        parts::icon(out, "lock");
        put(out, "{}</span>",
            ctx.t(space.visibility == spaces::Visibility::Secret ? "topics.secret"
                                                                 : "topics.private"));
    }
    if (space.archived_at)
        put(out, R"(<span class="badge badge--quiet">{}</span>)", ctx.t("topics.archived"));
}

void space(html::Out& out, const web::Context& ctx, const pages::SpacePage& page) {
    space_head(out, ctx, page.space);
    put(out, R"(<div class="space-head__actions">)");
    if (page.may_start) {
        put(out, R"(<a class="button button--primary" href="/s/{}/new" data-key="c">)",
            page.space.slug);
        parts::icon(out, "pencil");
        put(out, "{}</a> ",
            ctx.t(page.space.kind == spaces::Kind::Questions ? "topics.ask" : "topics.new"));
    }
    notifications::follow_control(out, ctx, "/s/" + page.space.slug, page.levels.space);
    space_menu(out, ctx, page);
    put(out, "</div></div>");
    if (!page.space.description.empty())
        put(out, R"(<p class="space-head__text" dir="auto">{}</p>)", page.space.description);
    tabs(out, ctx, page);
    put(out, "</header>");
    if (page.pinned.empty() && page.topics.empty()) {
        empty_list(out, ctx, page);
        if (ctx.position() >= 0)
            put(out, R"(<live-topics stream="space:{}"></live-topics>)", page.space.id);
        return;
    }

    const bool live = ctx.position() >= 0;
    if (live)
        put(out, R"(<live-topics stream="space:{}" sort="{}" fresh="{}">)", page.space.id,
            rising(page), ctx.t("topics.new_posts"));
    const bool articles = page.space.kind == spaces::Kind::Articles;
    put(out, R"(<ol class="topics{}">)", articles ? " topics--articles" : "");
    rows(out, ctx, page, page.pinned);
    rows(out, ctx, page, page.topics);
    put(out, "</ol>");
    if (live) put(out, "</live-topics>");
    if (page.next.empty()) return;
    const std::string address =
        "/s/" + page.space.slug + "?" + std::string(sort_word(page.sort)) + "before=" + page.next;
    put(out,
        R"(<nav class="pager" aria-label="{}"><a class="button" href="{}" rel="next">{}</a></nav>)",
        ctx.t("topics.more_topics"), address, ctx.t("topics.older_topics"));
}

void about_space(html::Out& out, const web::Context& ctx, const pages::SpacePage& page) {
    put(out, R"(<section class="card"><h2 class="card__title">{}</h2>)",
        ctx.t("topics.about_space", {{"space", page.space.name}}));
    put(out, R"(<dl class="facts"><div><dt>{}</dt><dd>{}</dd></div></dl>)", ctx.t("topics.topics"),
        ctx.t.number(page.space.topic_count));
    if (const auto feed = feed_of(ctx, page.space); !feed.empty()) parts::feed_link(out, ctx, feed);
    put(out, "</section>");
    people(out, ctx.t("topics.moderators"), page.moderators, page.faces, "");
    std::vector<MemberId> authors;
    for (const Topic& topic : page.topics) add_once(authors, topic.author);
    people(out, ctx.t("topics.lately_here"), authors, page.faces, " card--desk");
}

void about_topic(html::Out& out, const web::Context& ctx, const pages::TopicPage& page) {
    std::vector<MemberId> authors;
    for (const Post& post : page.posts)
        if (!post.deleted_at) add_once(authors, post.author);
    people(out, ctx.t("topics.in_this_talk"), authors, page.faces, " card--desk");
}

}  // namespace torv::topics::views

namespace torv::topics {

void row(html::Out& out, const web::Context& ctx, const Topic& topic, const members::Face& author,
         const spaces::Access* space, const RowExtras& extras) {
    views::topic_row(out, ctx, topic, author, space,
                     {.heading = views::Heading::Third, .extras = extras});
}

}  // namespace torv::topics
