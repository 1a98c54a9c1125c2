#include "platform/web/web.hpp"

#include "features/messages/handlers.hpp"
#include "features/messages/views.hpp"

namespace torv::messages {

namespace {

using pages::State;
using web::Access;
using web::Context;
using web::Response;

Response show_list(Context& ctx) {
    const State state = ctx.query("show") == "requests" ? State::Asked : State::In;
    const auto page = ctx.db.read(
        [&](db::Tx& tx) { return pages::list(tx, ctx.viewer, state, ctx.query("before")); });
    if (!page) return ctx.refuse(page.error());
    return ctx.page(ctx.t("messages.title"), [&](html::Out& out) { views::list(out, ctx, *page); },
                    {.section = "messages"});
}

Response write_page(Context& ctx, const views::WritePage& page) {
    const std::string title(ctx.t("messages.new_title"));
    const auto draw = [&](html::Out& out) { views::write(out, ctx, page); };
    const web::PageOptions options{.section = "messages"};
    if (page.error) return ctx.refuse_form(*page.error, title, draw, options);
    return ctx.page(title, draw, options);
}

Response show_new(Context& ctx) {
    const auto to = ctx.query("to");
    return write_page(ctx, {.to = to.empty() ? std::string{} : "@" + std::string(to)});
}

Response create(Context& ctx) {
    const auto& form = ctx.form();
    const auto made = begin_by_handles(ctx, form["to"], form["title"], form["body"]);
    if (made) return ctx.redirect(conversations::path(*made));
    return write_page(ctx, {.to = std::string(form["to"]),
                            .title = std::string(form["title"]),
                            .body = std::string(form["body"]),
                            .error = &made.error()});
}

/// The conversation, and what was typed when that was refused.
Response conversation(Context& ctx, std::string_view typed, const Error* error) {
    const auto id = ctx.path_id<TopicId>("conversation");
    topics::Talk talk;
    const auto page = ctx.db.read([&](db::Tx& tx) -> Result<pages::One> {
        TRY(conversations::find(tx, ctx.viewer, id));
        talk = TRY(topics::talk(
            tx, ctx, id,
            {.base = conversations::path(id), .typed = std::string(typed), .error = error}));
        return pages::one(tx, ctx.viewer, id);
    });
    if (!page) return ctx.refuse(page.error());
    // History is fetched while one scrolls: the messages alone.
    if (ctx.wants_fragment()) return ctx.fragment([&](html::Out& out) { talk.draw(out, ctx, {}); });
    const std::string title =
        pages::name(ctx, page->conversation.kind, talk.topic.title, page->others, page->faces);
    const auto draw = [&](html::Out& out) {
        html::put(out, R"(<div class="chat">)");
        views::head(out, ctx, *page, talk.topic.title);
        talk.draw(out, ctx, page->may_say ? std::string{} : ctx.message(page->may_say.error()));
        html::put(out, "</div>");
    };
    const web::PageOptions options{.section = "messages", .shape = "chat"};
    if (error) return ctx.refuse_form(*error, title, draw, options);
    return ctx.page(title, draw, options);
}

Response show(Context& ctx) { return conversation(ctx, {}, nullptr); }

Response say(Context& ctx) {
    const auto id = ctx.path_id<TopicId>("conversation");
    const auto body = ctx.form()["body"];
    const auto again = [&](const Error& error) {
        const bool keeps = error.fault == Fault::Invalid || error.fault == Fault::TooMany;
        return keeps && !ctx.wants_fragment() ? conversation(ctx, body, &error) : ctx.refuse(error);
    };
    const auto text = topics::written(ctx, body);
    if (!text) return again(text.error());
    const auto answered = PostId::parse(ctx.form()["reply_to"]).value_or(PostId{});
    const auto made = ctx.create([&](db::Tx& tx) -> Result<PostId> {
        TRY(conversations::find(tx, ctx.viewer, id));
        return TRY(topics::reply(tx, ctx.viewer, id, *text, answered)).id;
    });
    if (!made) return again(made.error());
    if (ctx.wants_fragment()) return topics::message(ctx, *made);
    return ctx.redirect(conversations::path(id) + "#p-" + made->text());
}

using Deed = Done (*)(db::Tx&, const auth::Viewer&, TopicId);

Response change(Context& ctx, Deed deed, std::string_view back, std::string_view said) {
    const auto id = ctx.path_id<TopicId>("conversation");
    if (const auto slow = calm_change(ctx); !slow) return ctx.refuse(slow.error());
    const auto done = ctx.db.write([&](db::Tx& tx) { return deed(tx, ctx.viewer, id); });
    if (!done) return ctx.refuse(done.error());
    return ctx.redirect_with(back.empty() ? conversations::path(id) : std::string(back), said);
}

Response accept(Context& ctx) {
    return change(ctx, conversations::accept, {}, "messages.accepted");
}
Response decline(Context& ctx) {
    return change(ctx, messages::decline, "/messages?show=requests", "messages.declined");
}
Response leave(Context& ctx) { return change(ctx, messages::leave, "/messages", "messages.left"); }

}  // namespace

Done calm_change(Context& ctx) {
    return ctx.limit("conversations:" + ctx.viewer.id.text(), 30, 30);
}

Result<TopicId> begin_by_handles(Context& ctx, std::string_view to, std::string_view title,
                                 std::string_view body) {
    const auto people =
        ctx.db.read([&](db::Tx& tx) { return pages::people_from(tx, ctx.viewer.community, to); });
    if (!people) return std::unexpected(people.error());
    const auto text = TRY(topics::written(ctx, body));
    return ctx.create(
        [&](db::Tx& tx) -> Result<TopicId> { return begin(tx, ctx.viewer, *people, title, text); });
}

void page_routes(web::Routes& routes) {
    routes.get("/messages", Access::Member, show_list);
    routes.post("/messages", Access::Member, create);
    routes.get("/messages/new", Access::Member, show_new);
    routes.get("/messages/{conversation}", Access::Member, show);
    routes.post("/messages/{conversation}/posts", Access::Member, say);
    routes.post("/messages/{conversation}/accept", Access::Member, accept);
    routes.post("/messages/{conversation}/decline", Access::Member, decline);
    routes.post("/messages/{conversation}/leave", Access::Member, leave);
}

void routes(web::Routes& routes) {
    page_routes(routes);
    people_routes(routes);
    settings_routes(routes);
    api_routes(routes);
}

}  // namespace torv::messages
