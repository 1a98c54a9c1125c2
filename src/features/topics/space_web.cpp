#include <algorithm>

#include "features/notifications/notifications.hpp"
#include "features/reads/reads.hpp"
#include "features/structured_data/structured_data.hpp"
#include "features/topics/handlers.hpp"
#include "features/topics/pages.hpp"
#include "features/topics/rules.hpp"
#include "features/topics/views.hpp"
#include "platform/config/config.hpp"

namespace torv::topics {

store::Sort sort_from(std::string_view name) {
    if (name == "new") return store::Sort::Newest;
    if (name == "quiet") return store::Sort::Quiet;
    if (name == "open") return store::Sort::Open;
    if (name == "thanks") return store::Sort::Thanked;
    return store::Sort::Active;
}

namespace {

using web::Access;
using web::Context;
using web::Response;

web::PageOptions options_for(const Context& ctx, const spaces::Space& space) {
    web::PageOptions options{.description = space.description,
                             .canonical = spaces::path(space.slug),
                             .indexed = space.visibility == spaces::Visibility::Public,
                             .preview = {.feed = feed_of(ctx, space)},
                             .section = "spaces",
                             .space = space.id};
    if (options.indexed)
        options.preview.data =
            structured_data::of({{ctx.place.name, ctx.absolute("/")},
                                 {space.name, ctx.absolute(spaces::path(space.slug))}});
    return options;
}

Response show_chat(Context& ctx, std::string_view slug) {
    auto page = ctx.db.read(
        [&](db::Tx& tx) { return pages::chat(tx, ctx.viewer, slug, chat_window(ctx)); });
    if (!page) return ctx.refuse(page.error());
    // History is fetched while one scrolls: the messages alone.
    if (ctx.wants_fragment())
        return ctx.fragment(
            [&](html::Out& out) { views::stretch(out, ctx, page->stream, spaces::path(slug)); });
    page->stream.reply_to = PostId::parse(ctx.query("reply_to")).value_or(PostId{});
    auto options = options_for(ctx, page->space);
    options.shape = "chat";
    return ctx.page(
        page->space.name, [&](html::Out& out) { views::chat(out, ctx, *page); }, options);
}

Response show(Context& ctx) {
    const std::string slug{ctx.path("slug")};
    const auto page = ctx.db.read([&](db::Tx& tx) {
        return pages::space(tx, ctx.viewer, slug, sort_from(ctx.query("sort")),
                            ctx.query("before"));
    });
    if (!page && page.error().fault == Fault::NotFound) return spaces::door(ctx, slug);
    if (!page) return ctx.refuse(page.error());
    if (page->space.slug != slug) return ctx.redirect(spaces::path(page->space.slug), 301);
    if (page->space.kind == spaces::Kind::Chat) return show_chat(ctx, slug);

    auto options = options_for(ctx, page->space);
    html::Out aside;
    views::about_space(aside, ctx, *page);
    options.aside = aside.take();
    return ctx.page(
        page->space.name, [&](html::Out& out) { views::space(out, ctx, *page); }, options);
}

struct WriteIn {
    spaces::Space space;
    std::optional<drafts::Draft> draft;
};

/// The space in which a topic is to be begun, for those who may.
Result<WriteIn> write_in(db::Tx& tx, const auth::Viewer& viewer, std::string_view slug) {
    WriteIn page{.space = TRY(spaces::find(tx, viewer, slug))};
    const auto readable = spaces::readable(tx, viewer);
    const spaces::Access* access = readable.find(page.space.id);
    if (!access || page.space.kind == spaces::Kind::Chat)
        return fail(Fault::NotFound, "spaces.not_found");
    if (access->archived) return fail(Fault::Forbidden, "spaces.archived");
    if (!spaces::may_start(viewer, *access)) return fail(Fault::Forbidden, "spaces.starters_only");
    page.draft = drafts::find(tx, viewer, "space:" + page.space.id.text());
    return page;
}

Response write_page(Context& ctx, const spaces::Space& space, std::string_view title,
                    std::string_view body, const Error* error) {
    const bool asks = space.kind == spaces::Kind::Questions;
    const views::WritePage page{
        .heading = ctx.t(asks ? "topics.ask_in" : "topics.new_in", {{"space", space.name}}),
        .back = spaces::path(space.slug),
        .back_name = space.name,
        .composer = {.action = spaces::path(space.slug) + "/topics",
                     .draft = "space:" + space.id.text(),
                     .submit = asks ? "topics.post_question" : "topics.post_topic",
                     .label = "topics.your_text",
                     .title = std::string(title),
                     .body = std::string(body),
                     .later = "/scheduled/new?space=" + space.id.text(),
                     .error = error}};
    const auto draw = [&](html::Out& out) { views::write(out, ctx, page); };
    const web::PageOptions options{.section = "spaces", .space = space.id};
    if (error) return ctx.refuse_form(*error, page.heading, draw, options);
    return ctx.page(page.heading, draw, options);
}

Response new_topic(Context& ctx) {
    const auto page =
        ctx.db.read([&](db::Tx& tx) { return write_in(tx, ctx.viewer, ctx.path("slug")); });
    if (!page) return ctx.refuse(page.error());
    const auto& draft = page->draft;
    return write_page(ctx, page->space, draft ? draft->title : "", draft ? draft->body : "",
                      nullptr);
}

Response create(Context& ctx) {
    const auto page =
        ctx.db.read([&](db::Tx& tx) { return write_in(tx, ctx.viewer, ctx.path("slug")); });
    if (!page) return ctx.refuse(page.error());
    const auto title = ctx.form()["title"];
    const auto body = ctx.form()["body"];
    const auto again = [&](const Error& error) {
        if (error.fault == Fault::NotFound) return ctx.refuse(error);
        return write_page(ctx, page->space, title, body, &error);
    };
    if (const auto slow = calm(ctx); !slow) return again(slow.error());
    if (const auto fits = title_from(title); !fits) return again(fits.error());
    const auto text = prepared(ctx, body);
    if (!text) return again(text.error());
    const auto made = ctx.create([&](db::Tx& tx) -> Result<TopicId> {
        return start(tx, ctx.viewer, page->space.id, title, *text);
    });
    if (!made) return again(made.error());
    return ctx.redirect(path(*made, title));
}

Response say_it(Context& ctx) {
    const std::string slug{ctx.path("slug")};
    if (const auto slow = calm(ctx); !slow) return ctx.refuse(slow.error());
    const auto text = prepared(ctx, ctx.form()["body"]);
    if (!text) return ctx.refuse(text.error());
    const auto answered = PostId::parse(ctx.form()["reply_to"]).value_or(PostId{});
    const auto made = ctx.create([&](db::Tx& tx) -> Result<PostId> {
        const auto space = TRY(spaces::find(tx, ctx.viewer, slug));
        return TRY(say(tx, ctx.viewer, space.id, *text, answered)).id;
    });
    if (!made) return ctx.refuse(made.error());
    if (ctx.wants_fragment()) return message(ctx, *made);
    return ctx.redirect(spaces::path(slug) + "#p-" + made->text());
}

Response read_all(Context& ctx) {
    const auto done = ctx.db.write([&](db::Tx& tx) -> Done {
        tx.shown_to_no_other();
        const auto space = TRY(spaces::find(tx, ctx.viewer, ctx.path("slug")));
        reads::mark_space(tx, ctx.viewer, space.id);
        notifications::seen_space(tx, ctx.viewer, space.id);
        return Unit{};
    });
    if (!done) return ctx.refuse(done.error());
    return ctx.back_to(spaces::path(ctx.path("slug")));
}

}  // namespace

pages::Window chat_window(const Context& ctx) {
    constexpr int kMessages = 50;
    constexpr int kBefore = 20;
    using store::From;
    if (const auto id = PostId::parse(ctx.query("before")))
        return {.from = From::Before, .at = *id, .limit = kMessages};
    if (const auto id = PostId::parse(ctx.query("after")))
        return {.from = From::After, .at = *id, .limit = kMessages};
    if (const auto id = PostId::parse(ctx.query("at")))
        return {.from = From::AtAndAfter, .at = *id, .limit = kMessages, .context = kBefore};
    return {.from = From::End, .limit = kMessages};
}

Result<Prepared> prepared(Context& ctx, std::string_view body) {
    return ctx.db.read([&](db::Tx& tx) { return prepare(tx, ctx.viewer, body); });
}

Result<Prepared> written(Context& ctx, std::string_view body) {
    TRY(calm(ctx));
    return prepared(ctx, body);
}

Response message(Context& ctx, PostId id) {
    const auto page = ctx.db.read([&](db::Tx& tx) -> Result<pages::TopicPage> {
        const SeenPost seen = TRY(visible_post(tx, ctx.viewer, id));
        if (auto found = pages::of_post(tx, ctx.viewer, seen.space, id)) return *std::move(found);
        return fail(Fault::NotFound, "topics.not_found");
    });
    if (!page) return ctx.refuse(page.error());
    return ctx.fragment([&](html::Out& out) {
        views::post(out, ctx, *page, page->posts.front(), views::Head::Full);
    });
}

Done calm(Context& ctx) {
    const auto per_minute = static_cast<int>(ctx.services.config.posts_per_minute);
    const int at_once = std::max(20, per_minute);
    return ctx.limit("write:" + ctx.viewer.community.text() + ":" + ctx.viewer.id.text(),
                     per_minute, at_once);
}

Done calm_change(Context& ctx) {
    constexpr int kPerMinute = 60;
    constexpr int kAtOnce = 120;
    return ctx.limit("change:" + ctx.viewer.community.text() + ":" + ctx.viewer.id.text(),
                     kPerMinute, kAtOnce);
}

void space_routes(web::Routes& routes) {
    routes.get("/s/{slug}", Access::Anyone, show).same_for_guests = true;
    routes.get("/s/{slug}/new", Access::Member, new_topic);
    routes.post("/s/{slug}/topics", Access::Member, create);
    routes.post("/s/{slug}/posts", Access::Member, say_it);
    routes.post("/s/{slug}/read", Access::Member, read_all);
}

}  // namespace torv::topics
