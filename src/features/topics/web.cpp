#include "platform/web/web.hpp"

#include "features/topics/handlers.hpp"
#include "features/topics/pages.hpp"
#include "features/topics/rules.hpp"
#include "features/topics/views.hpp"

namespace torv::topics {

namespace {

using store::From;
using web::Access;
using web::Context;
using web::Response;

pages::Window window_from(const Context& ctx) {
    if (ctx.query("order") == "thanks") return {.by_thanks = true, .below = ctx.query("below")};
    if (const auto id = PostId::parse(ctx.query("after"))) return {.from = From::After, .at = *id};
    if (const auto id = PostId::parse(ctx.query("before")))
        return {.from = From::Before, .at = *id};
    if (const auto id = PostId::parse(ctx.query("at")))
        return {.from = From::AtAndAfter, .at = *id};
    return {};
}

/// A topic is found by its first page, and by those that one comes to from there.
web::PageOptions options_for(const Context& ctx, const pages::TopicPage& page) {
    const pages::Window window = window_from(ctx);
    const bool later = window.from == From::After && !page.posts.empty() && !page.topic.chat;
    const bool whole = (!page.before || later) && !page.by_thanks && !page.topic.deleted_at;
    const std::string place = later ? "?after=" + window.at.text() : std::string{};
    web::PageOptions options{
        .description = page.topic.excerpt,
        .canonical = path(page.topic.id, page.topic.title) + place,
        .indexed = whole && page.space.visibility == spaces::Visibility::Public,
        .section = "spaces",
        .space = page.space.id};
    if (options.indexed && !ctx.viewer.signed_in()) options.preview = preview_of(ctx, page);
    return options;
}

/// The address of the topic when this one names another title than it has now.
std::string right_address(const Context& ctx, const Topic& topic) {
    const std::string right = path(topic.id, topic.title);
    const auto slug = ctx.path("slug");
    if (slug.empty() || ctx.request.path == right) return {};
    return right + (ctx.request.query.empty() ? "" : "?" + ctx.request.query);
}

/// The place of a post on its page: "/t/7/picnic?at=41#p-41".
std::string place_of(db::Tx& tx, CommunityId community, const SeenPost& seen) {
    const std::string mark = "#p-" + seen.post.id.text();
    const std::string at = "?at=" + seen.post.id.text();
    if (seen.topic.kind != Kind::Topic) return talk_path(seen.topic, seen.space) + at + mark;
    if (seen.topic.chat) return path(seen.topic.id, seen.topic.title) + at + mark;
    const int before = store::count_before(tx, community, seen.topic.id, seen.post.created_at,
                                           seen.post.id, kPostsOnPage);
    const std::string base = path(seen.topic.id, seen.topic.title);
    return before < kPostsOnPage ? base + mark : base + at + mark;
}

/// To the first post that is new, else to the last one.
Response go_to_new(Context& ctx, TopicId id) {
    const auto target = ctx.db.read([&](db::Tx& tx) -> Result<std::string> {
        const auto fresh = TRY(pages::first_new(tx, ctx.viewer, id));
        const Seen seen = TRY(visible(tx, ctx.viewer, id));
        const PostId post = fresh ? *fresh : seen.topic.last_post;
        const auto found = any_post(tx, ctx.viewer, post);
        return found ? place_of(tx, ctx.viewer.community, *found) : path(id, seen.topic.title);
    });
    if (!target) return ctx.refuse(target.error());
    return ctx.redirect(*target);
}

struct Typed {
    std::string_view body;
    const Error* error = nullptr;
};

/// A topic that is opened as chat: its posts as a stream, the newest first seen.
Response chat_page(Context& ctx, TopicId id, Typed typed) {
    auto page =
        ctx.db.read([&](db::Tx& tx) { return pages::topic(tx, ctx.viewer, id, chat_window(ctx)); });
    if (!page) return ctx.refuse(page.error());
    if (ctx.wants_fragment())
        return ctx.fragment(
            [&](html::Out& out) { views::stretch(out, ctx, *page, "/t/" + id.text()); });
    page->reply_to = PostId::parse(ctx.query("reply_to")).value_or(PostId{});
    if (typed.error) page->draft = drafts::Draft{.body = std::string(typed.body)};
    const auto draw = [&](html::Out& out) { views::topic_as_chat(out, ctx, *page); };
    auto options = options_for(ctx, *page);
    options.shape = "chat";
    if (typed.error) return ctx.refuse_form(*typed.error, page->topic.title, draw, options);
    return ctx.page(page->topic.title, draw, options);
}

Response topic_page(Context& ctx, TopicId id, std::string_view typed, const Error* error) {
    auto page =
        ctx.db.read([&](db::Tx& tx) { return pages::topic(tx, ctx.viewer, id, window_from(ctx)); });
    if (!page) return ctx.refuse(page.error());
    if (page->topic.kind != Kind::Topic) return ctx.redirect(talk_path(page->topic, page->space));
    if (const auto right = right_address(ctx, page->topic); !right.empty() && !error)
        return ctx.redirect(right, 301);
    if (page->topic.chat) return chat_page(ctx, id, {.body = typed, .error = error});
    page->reply_to = PostId::parse(ctx.query("reply_to")).value_or(PostId{});
    if (error) page->draft = drafts::Draft{.body = std::string(typed)};
    const auto draw = [&](html::Out& out) { views::topic(out, ctx, *page); };
    html::Out aside;
    views::about_topic(aside, ctx, *page);
    auto options = options_for(ctx, *page);
    options.aside = aside.take();
    if (error) return ctx.refuse_form(*error, page->topic.title, draw, options);
    return ctx.page(page->topic.title, draw, options);
}

Response show(Context& ctx) {
    const auto id = ctx.path_id<TopicId>("topic");
    if (ctx.query("go") == "new") return go_to_new(ctx, id);
    return topic_page(ctx, id, {}, nullptr);
}

Response answer(Context& ctx) {
    const auto id = ctx.path_id<TopicId>("topic");
    const auto body = ctx.form()["body"];
    const auto again = [&](const Error& error) {
        const bool keeps = error.fault == Fault::Invalid || error.fault == Fault::TooMany;
        return keeps ? topic_page(ctx, id, body, &error) : ctx.refuse(error);
    };
    if (const auto slow = calm(ctx); !slow) return again(slow.error());
    const auto text = prepared(ctx, body);
    if (!text) return again(text.error());
    const auto answered = PostId::parse(ctx.form()["reply_to"]).value_or(PostId{});
    const auto made = ctx.create([&](db::Tx& tx) -> Result<PostId> {
        return TRY(reply(tx, ctx.viewer, id, *text, answered)).id;
    });
    if (!made) return again(made.error());
    if (ctx.wants_fragment()) return message(ctx, *made);
    return ctx.redirect(path(*made));
}

Response permalink(Context& ctx) {
    const auto id = ctx.path_id<PostId>("post");
    const auto target = ctx.db.read([&](db::Tx& tx) -> Result<std::string> {
        return place_of(tx, ctx.viewer.community, TRY(any_post(tx, ctx.viewer, id)));
    });
    if (!target) return ctx.refuse(target.error());
    return ctx.redirect(*target);
}

Response read_up_to(Context& ctx) {
    const auto id = ctx.path_id<TopicId>("topic");
    const auto post = PostId::parse(ctx.form()["post"]).value_or(PostId{});
    const auto done = ctx.db.write([&](db::Tx& tx) {
        tx.shown_to_no_other();
        return mark_read(tx, ctx.viewer, id, post);
    });
    if (!done) return ctx.refuse(done.error());
    return ctx.no_content();
}

/// A picture of nothing, which browsers without script fetch with the page: it was shown, so it
/// counts as read. Cookies are not sent with pictures on other people's pages.
Response seen_picture(Context& ctx) {
    const auto id = ctx.path_id<TopicId>("topic");
    const auto post = PostId::parse(ctx.query("post")).value_or(PostId{});
    const auto done = ctx.db.write([&](db::Tx& tx) {
        tx.shown_to_no_other();
        return mark_read(tx, ctx.viewer, id, post);
    });
    if (!done) return ctx.refuse(done.error());
    Response picture;
    picture.body = R"(<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>)";
    picture.set("Content-Type", "image/svg+xml");
    return picture;
}

Response preview(Context& ctx) {
    if (const auto slow = ctx.limit("preview:" + ctx.viewer.id.text(), 60, 30); !slow)
        return ctx.refuse(slow.error());
    const auto text = prepared(ctx, ctx.form()["body"]);
    if (!text) return ctx.refuse(text.error());
    return ctx.fragment(
        [&](html::Out& out) { html::put(out, "{}", html::Safe::kept(text->html)); });
}

}  // namespace

void topic_routes(web::Routes& routes) {
    routes.get("/t/{topic}", Access::Anyone, show).same_for_guests = true;
    routes.get("/t/{topic}/{slug}", Access::Anyone, show).same_for_guests = true;
    routes.post("/t/{topic}/posts", Access::Member, answer);
    routes.post("/t/{topic}/read", Access::Member, read_up_to);
    routes.get("/t/{topic}/seen.svg", Access::Member, seen_picture);
    routes.get("/p/{post}", Access::Anyone, permalink);
    routes.post("/preview", Access::Member, preview);
}

void routes(web::Routes& routes) {
    space_routes(routes);
    topic_routes(routes);
    post_routes(routes);
    api_routes(routes);
    posts_api_routes(routes);
}

}  // namespace torv::topics
