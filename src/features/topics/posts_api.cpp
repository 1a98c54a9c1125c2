#include "features/topics/handlers.hpp"
#include "features/topics/json.hpp"
#include "features/topics/pages.hpp"
#include "features/topics/rules.hpp"
#include "platform/base/text.hpp"

namespace torv::topics {

namespace {

using web::Access;
using web::Context;
using web::Response;
using Kind = web::JsonMember::Kind;

constexpr int kPostsMax = 100;

const std::vector<std::string>* own_of(const reactions::Own& own, PostId id) {
    const auto found = own.find(id);
    return found == own.end() ? nullptr : &found->second;
}

/// Posts in their order; `cursor` is the id of the last post of the page before.
Response posts_of_topic(Context& ctx) {
    const auto id = ctx.path_id<TopicId>("topic");
    const auto wanted = parse_int<int>(ctx.query("limit")).value_or(kPostsOnPage);
    pages::Window window{.limit = wanted < 1 || wanted > kPostsMax ? kPostsMax : wanted};
    const auto order = ctx.query("order");
    if (!order.empty() && order != "time" && order != "thanks")
        return ctx.refuse(Error{Fault::Malformed, "web.bad_address", {}, {}});
    window.by_thanks = order == "thanks";
    window.below = ctx.query("cursor");
    if (!window.by_thanks && !ctx.query("cursor").empty()) {
        const auto at = PostId::parse(ctx.query("cursor"));
        if (!at) return ctx.refuse(Error{Fault::Malformed, "web.bad_address", {}, {}});
        window.from = store::From::After;
        window.at = *at;
    }
    const auto page =
        ctx.db.read([&](db::Tx& tx) { return pages::topic(tx, ctx.viewer, id, window); });
    if (!page) return ctx.refuse(page.error());
    json::Writer json;
    json.array();
    for (const Post& post : page->posts)
        write_post(json, ctx, post, page->faces[post.author], own_of(page->own, post.id));
    json.end();
    const std::string next = page->after ? page->posts.back().id.text() : page->next;
    return ctx.json_items(json.take(), next);
}

}  // namespace

Response answer_post(Context& ctx, PostId id, int status) {
    members::Faces faces;
    reactions::Own own;
    const auto seen = ctx.db.read([&](db::Tx& tx) -> Result<SeenPost> {
        SeenPost found = TRY(visible_post(tx, ctx.viewer, id));
        faces = members::names(tx, ctx.viewer.community, {found.post.author});
        own = reactions::own(tx, ctx.viewer, {id});
        return found;
    });
    if (!seen) return ctx.refuse(seen.error());
    json::Writer json;
    write_post(json, ctx, seen->post, faces[seen->post.author], own_of(own, id));
    return ctx.json(json.take(), status);
}

namespace {

Response show(Context& ctx) { return answer_post(ctx, ctx.path_id<PostId>("post"), 200); }

/// Writes a post, and answers with it: all of it is known. Of a request that was sent again only
/// the id is.
template <class Write>
Response create_post(Context& ctx, Write&& write) {
    Post fresh;
    const auto made = ctx.create([&](db::Tx& tx) -> Result<PostId> {
        fresh = TRY(write(tx));
        return fresh.id;
    });
    if (!made) return ctx.refuse(made.error());
    const std::string address = "/api/v1/posts/" + made->text();
    if (fresh.id != *made) return answer_post(ctx, *made, 201).set("Location", address);
    json::Writer json;
    write_post(json, ctx, fresh, members::face_of(ctx.viewer), nullptr);
    return ctx.json(json.take(), 201).set("Location", address);
}

Response create(Context& ctx) {
    const auto topic = ctx.path_id<TopicId>("topic");
    const auto body = ctx.json_body({{"body"}, {"reply_to", Kind::Id}});
    if (!body) return ctx.refuse(body.error());
    if (const auto slow = calm(ctx); !slow) return ctx.refuse(slow.error());
    const auto text = prepared(ctx, (*body)["body"].string_or(""));
    if (!text) return ctx.refuse(text.error());
    const auto answered = PostId::parse((*body)["reply_to"].string_or("")).value_or(PostId{});
    return create_post(ctx,
                       [&](db::Tx& tx) { return reply(tx, ctx.viewer, topic, *text, answered); });
}

/// A message in the stream of a chat space.
Response say_it(Context& ctx) {
    const auto space = ctx.path_id<SpaceId>("space");
    const auto body = ctx.json_body({{"body"}, {"reply_to", Kind::Id}});
    if (!body) return ctx.refuse(body.error());
    if (const auto slow = calm(ctx); !slow) return ctx.refuse(slow.error());
    const auto text = prepared(ctx, (*body)["body"].string_or(""));
    if (!text) return ctx.refuse(text.error());
    const auto answered = PostId::parse((*body)["reply_to"].string_or("")).value_or(PostId{});
    return create_post(ctx,
                       [&](db::Tx& tx) { return say(tx, ctx.viewer, space, *text, answered); });
}

/// `edits` of the version that was read makes sure that nobody's change is lost; without it the
/// post is changed whatever it says now.
Response edit_post(Context& ctx) {
    const auto id = ctx.path_id<PostId>("post");
    const auto body = ctx.json_body({{"body"}, {"title"}, {"edits", Kind::Number}});
    if (!body) return ctx.refuse(body.error());
    if (const auto slow = calm_change(ctx); !slow) return ctx.refuse(slow.error());
    const auto text = prepared(ctx, (*body)["body"].string_or(""));
    if (!text) return ctx.refuse(text.error());
    const auto done = ctx.db.write([&](db::Tx& tx) -> Done {
        const SeenPost seen = TRY(visible_post(tx, ctx.viewer, id));
        const auto edits = (*body)["edits"].integer().value_or(seen.post.edits);
        return edit(tx, ctx.viewer, id, edits, *text, (*body)["title"].string());
    });
    if (!done) return ctx.refuse(done.error());
    return answer_post(ctx, id, 200);
}

Response drop(Context& ctx) {
    const auto id = ctx.path_id<PostId>("post");
    const auto done = ctx.db.write([&](db::Tx& tx) { return remove(tx, ctx.viewer, id); });
    if (!done) return ctx.refuse(done.error());
    return ctx.no_content();
}

Response bring_back(Context& ctx) {
    const auto id = ctx.path_id<PostId>("post");
    const auto done = ctx.db.write([&](db::Tx& tx) { return restore(tx, ctx.viewer, id); });
    if (!done) return ctx.refuse(done.error());
    return answer_post(ctx, id, 200);
}

Response change_reaction(Context& ctx, State wanted) {
    const auto id = ctx.path_id<PostId>("post");
    if (const auto slow = calm_change(ctx); !slow) return ctx.refuse(slow.error());
    const auto done = ctx.db.write(
        [&](db::Tx& tx) { return react(tx, ctx.viewer, id, ctx.path("emoji"), wanted); });
    if (!done) return ctx.refuse(done.error());
    return ctx.no_content();
}

Response put_reaction(Context& ctx) { return change_reaction(ctx, State::On); }
Response drop_reaction(Context& ctx) { return change_reaction(ctx, State::Off); }

Response reactions_of(Context& ctx) {
    const auto id = ctx.path_id<PostId>("post");
    members::Faces faces;
    const auto given = ctx.db.read([&](db::Tx& tx) -> Result<std::vector<reactions::Given>> {
        TRY(visible_post(tx, ctx.viewer, id));
        auto list = reactions::given(tx, ctx.viewer.community, id);
        std::vector<MemberId> people;
        for (const auto& one : list) people.push_back(one.member);
        faces = members::names(tx, ctx.viewer.community, people);
        return list;
    });
    if (!given) return ctx.refuse(given.error());
    json::Writer json;
    json.array();
    for (const auto& one : *given)
        json.object()
            .field("emoji", one.emoji)
            .field("member", one.member)
            .field("name", faces[one.member].name)
            .field("at", one.at)
            .end();
    json.end();
    return ctx.json_items(json.take());
}

}  // namespace

void posts_api_routes(web::Routes& routes) {
    routes.get("/api/v1/topics/{topic}/posts", Access::Anyone, posts_of_topic);
    routes.post("/api/v1/topics/{topic}/posts", Access::Member, create);
    routes.post("/api/v1/spaces/{space}/posts", Access::Member, say_it);
    routes.get("/api/v1/posts/{post}", Access::Anyone, show);
    routes.patch("/api/v1/posts/{post}", Access::Member, edit_post);
    routes.del("/api/v1/posts/{post}", Access::Member, drop);
    routes.post("/api/v1/posts/{post}/restore", Access::Member, bring_back);
    routes.get("/api/v1/posts/{post}/reactions", Access::Anyone, reactions_of);
    routes.put("/api/v1/posts/{post}/reactions/{emoji}", Access::Member, put_reaction);
    routes.del("/api/v1/posts/{post}/reactions/{emoji}", Access::Member, drop_reaction);
}

}  // namespace torv::topics
