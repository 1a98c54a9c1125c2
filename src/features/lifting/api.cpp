#include <algorithm>

#include "features/lifting/handlers.hpp"
#include "features/lifting/lifting.hpp"

namespace torv::lifting {

namespace {

using web::Access;
using web::Context;
using web::Response;

Response answer(Context& ctx, LiftId id, int status) {
    std::vector<PostId> posts;
    const auto lift = ctx.db.read([&](db::Tx& tx) -> Result<lifts::Lift> {
        auto found = TRY(visible(tx, ctx.viewer, id));
        posts = lifts::posts(tx, ctx.viewer.community, id);
        return found;
    });
    if (!lift) return ctx.refuse(lift.error());
    json::Writer json;
    json.object()
        .field("id", lift->id)
        .field("from", lift->from)
        .field("topic", lift->to)
        .field("by", lift->by)
        .field("lifted_at", lift->at)
        .field("undone_at", lift->undone_at ? std::optional(lift->undone_at) : std::nullopt)
        .key("posts")
        .array();
    for (const PostId post : posts) json.value(post);
    json.end().end();
    return ctx.json(json.take(), status);
}

bool is_id(const json::Value& value) {
    return value.is_string() && PostId::parse(*value.string()).has_value();
}

/// An object of posts, a list of ids, and one or two texts: where they are to go.
Result<json::Value> body_of(const Context& ctx) {
    auto body = TRY(json::parse(ctx.request.body, json::Repeats::Refused));
    if (!body.is_object()) return fail(Fault::Invalid, "web.json_not_object");
    for (const auto& [name, value] : body.members()) {
        const bool posts = name == "posts";
        const bool id = name == "topic" || name == "space";
        if (!posts && !id && name != "title") return fail(Fault::Invalid, "web.json_unknown", name);
        const bool fits = posts ? value.is_array() && std::ranges::all_of(value.items(), is_id)
                          : id  ? is_id(value)
                                : value.is_string();
        if (!fits) return fail(Fault::Invalid, "web.json_kind", name);
        // PostgreSQL's text cannot hold it, and nobody types it.
        if (value.string().value_or("").find('\0') != std::string_view::npos)
            return fail(Fault::Invalid, "web.json_zero", name);
    }
    return body;
}

Response create(Context& ctx) {
    const auto from = ctx.path_id<TopicId>("topic");
    const auto body = body_of(ctx);
    if (!body) return ctx.refuse(body.error());
    std::vector<PostId> posts;
    for (const auto& one : (*body)["posts"].items())
        posts.push_back(PostId::parse(one.string_or("")).value_or(PostId{}));
    const std::string title = (*body)["title"].string_or("");
    if ((*body)["title"].is_string())
        if (const auto fits = topics::title_from(title); !fits) return ctx.refuse(fits.error());
    const Target target{.topic = TopicId::parse((*body)["topic"].string_or("")).value_or(TopicId{}),
                        .space = SpaceId::parse((*body)["space"].string_or("")).value_or(SpaceId{}),
                        .title = title};
    const auto made = ctx.create(
        [&](db::Tx& tx) -> Result<LiftId> { return lift(tx, ctx.viewer, from, posts, target); });
    if (!made) return ctx.refuse(made.error());
    return answer(ctx, *made, 201).set("Location", "/api/v1/lifts/" + made->text());
}

Response show(Context& ctx) { return answer(ctx, ctx.path_id<LiftId>("lift"), 200); }

Response drop(Context& ctx) {
    const auto id = ctx.path_id<LiftId>("lift");
    const auto done = ctx.db.write([&](db::Tx& tx) { return undo(tx, ctx.viewer, id); });
    if (!done) return ctx.refuse(done.error());
    return ctx.no_content();
}

Response conversation_around(Context& ctx) {
    const auto id = ctx.path_id<PostId>("post");
    const auto found = ctx.db.read([&](db::Tx& tx) { return suggest(tx, ctx.viewer, id); });
    if (!found) return ctx.refuse(found.error());
    json::Writer json;
    json.array();
    for (const PostId post : *found) json.value(post);
    json.end();
    return ctx.json_items(json.take());
}

}  // namespace

void api_routes(web::Routes& routes) {
    routes.post("/api/v1/topics/{topic}/lifts", Access::Member, create);
    routes.get("/api/v1/lifts/{lift}", Access::Anyone, show);
    routes.del("/api/v1/lifts/{lift}", Access::Member, drop);
    routes.get("/api/v1/posts/{post}/conversation", Access::Member, conversation_around);
}

}  // namespace torv::lifting
