#include "platform/web/web.hpp"

#include "features/chat/chat.hpp"
#include "features/chat/handlers.hpp"
#include "features/chat/views.hpp"

namespace torv::chat {

namespace {

using web::Access;
using web::Context;
using web::Response;

std::string address(PostId message) { return topics::path(message) + "/thread"; }

Result<views::ThreadPage> load(db::Tx& tx, const Context& ctx, PostId message) {
    views::ThreadPage page{.shown = TRY(topics::show_thread(tx, ctx, message, address(message)))};
    const MemberId author = page.shown.thread.message.post.author;
    page.author = members::names(tx, ctx.viewer.community, {author})[author];
    return page;
}

Response show(Context& ctx) {
    const auto message = ctx.path_id<PostId>("post");
    const auto page = ctx.db.read([&](db::Tx& tx) { return load(tx, ctx, message); });
    if (!page) return ctx.refuse(page.error());
    const auto draw = [&](html::Out& out) { views::thread(out, ctx, *page); };
    if (ctx.wants_fragment()) return ctx.fragment(draw);
    const auto& space = page->shown.thread.message.space;
    return ctx.page(
        ctx.t("chat.thread_in", {{"space", space.name}}), draw,
        {.canonical = address(message), .section = "spaces", .space = space.id, .shape = "chat"});
}

Response say(Context& ctx) {
    const auto message = ctx.path_id<PostId>("post");
    const auto text = topics::written(ctx, ctx.form()["body"]);
    if (!text) return ctx.refuse(text.error());
    const auto answered = PostId::parse(ctx.form()["reply_to"]).value_or(PostId{});
    const auto made = ctx.create([&](db::Tx& tx) -> Result<PostId> {
        return topics::answer_below(tx, ctx.viewer, message, *text, answered);
    });
    if (!made) return ctx.refuse(made.error());
    if (ctx.wants_fragment()) return topics::message(ctx, *made);
    return ctx.redirect(topics::path(*made));
}

Response read_up_to(Context& ctx) {
    const auto message = ctx.path_id<PostId>("post");
    const auto post = PostId::parse(ctx.form()["post"]).value_or(PostId{});
    const auto done = ctx.db.write([&](db::Tx& tx) -> Done {
        tx.shown_to_no_other();
        const auto thread = TRY(topics::thread(tx, ctx.viewer, message));
        return topics::mark_read(tx, ctx.viewer, thread.topic.id, post);
    });
    if (!done) return ctx.refuse(done.error());
    return ctx.no_content();
}

}  // namespace

void routes(web::Routes& routes) {
    routes.get("/p/{post}/thread", Access::Anyone, show).same_for_guests = true;
    routes.post("/p/{post}/thread", Access::Member, say);
    routes.post("/p/{post}/thread/read", Access::Member, read_up_to);
    api_routes(routes);
}

}  // namespace torv::chat
