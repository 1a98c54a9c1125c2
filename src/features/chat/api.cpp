#include "features/chat/handlers.hpp"
#include "features/topics/topics.hpp"
#include "platform/json/json.hpp"

namespace torv::chat {

namespace {

using web::Access;
using web::Context;
using web::Response;
using Kind = web::JsonMember::Kind;

/// Where the thread below a message is: its posts are those of the topic.
Response show(Context& ctx) {
    const auto message = ctx.path_id<PostId>("post");
    const auto found =
        ctx.db.read([&](db::Tx& tx) { return topics::thread(tx, ctx.viewer, message); });
    if (!found) return ctx.refuse(found.error());
    const auto& topic = found->topic;
    json::Writer json;
    json.object()
        .field("message", message)
        .field("url", ctx.absolute(topics::path(message) + "/thread"))
        .field("topic", topic.id ? std::optional(topic.id) : std::nullopt)
        .field("reply_count", topic.replies)
        .field("last_post_at", topic.replies > 0 ? std::optional(topic.last_post_at) : std::nullopt)
        .end();
    return ctx.json(json.take());
}

Response say(Context& ctx) {
    const auto message = ctx.path_id<PostId>("post");
    const auto body = ctx.json_body({{"body"}, {"reply_to", Kind::Id}});
    if (!body) return ctx.refuse(body.error());
    const auto text = topics::written(ctx, (*body)["body"].string_or(""));
    if (!text) return ctx.refuse(text.error());
    const auto answered = PostId::parse((*body)["reply_to"].string_or("")).value_or(PostId{});
    const auto made = ctx.create([&](db::Tx& tx) -> Result<PostId> {
        return topics::answer_below(tx, ctx.viewer, message, *text, answered);
    });
    if (!made) return ctx.refuse(made.error());
    return topics::answer_post(ctx, *made, 201).set("Location", "/api/v1/posts/" + made->text());
}

}  // namespace

void api_routes(web::Routes& routes) {
    routes.get("/api/v1/posts/{post}/thread", Access::Anyone, show);
    routes.post("/api/v1/posts/{post}/thread", Access::Member, say);
}

}  // namespace torv::chat
