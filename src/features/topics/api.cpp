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

constexpr int kApiTopicsMax = 100;

int limit_of(const Context& ctx, int otherwise, int most) {
    const auto wanted = parse_int<int>(ctx.query("limit")).value_or(otherwise);
    return wanted < 1 ? otherwise : wanted > most ? most : wanted;
}

struct Listing {
    std::vector<Topic> topics;
    members::Faces faces;
    std::string next;
};

Result<store::Sort> sort_asked(std::string_view name) {
    const bool known = name.empty() || name == "active" || sort_from(name) != store::Sort::Active;
    if (!known) return fail(Fault::Malformed, "web.bad_address");
    return sort_from(name);
}

Result<Listing> list_topics(db::Tx& tx, const Context& ctx) {
    const auto id = ctx.path_id<SpaceId>("space");
    const auto readable = spaces::readable(tx, ctx.viewer);
    if (!readable.find(id)) return fail(Fault::NotFound, "spaces.not_found");
    const auto sort = TRY(sort_asked(ctx.query("sort")));
    const auto below = TRY(web::keyset_from(ctx.query("cursor")));
    const int limit = limit_of(ctx, kTopicsOnPage, kApiTopicsMax);
    Listing list{.topics = store::in_space(tx, ctx.viewer.community, id, sort, store::Pinned::Among,
                                           below, limit + 1)};
    if (static_cast<int>(list.topics.size()) > limit) {
        list.topics.pop_back();
        list.next = pages::next_after(list.topics, sort);
    }
    pages::add_unread(tx, ctx.viewer, list.topics);
    std::vector<MemberId> people;
    for (const Topic& topic : list.topics) people.push_back(topic.author);
    list.faces = members::names(tx, ctx.viewer.community, people);
    return list;
}

Response topics_of_space(Context& ctx) {
    const auto list = ctx.db.read([&](db::Tx& tx) { return list_topics(tx, ctx); });
    if (!list) return ctx.refuse(list.error());
    json::Writer json;
    json.array();
    for (const Topic& topic : list->topics)
        write_topic(json, ctx, topic, list->faces[topic.author]);
    json.end();
    return ctx.json_items(json.take(), list->next);
}

Response show(Context& ctx) { return topics::answer(ctx, ctx.path_id<TopicId>("topic"), 200); }

Response create(Context& ctx) {
    const auto space = ctx.path_id<SpaceId>("space");
    const auto body = ctx.json_body({{"title"}, {"body"}});
    if (!body) return ctx.refuse(body.error());
    if (const auto slow = calm(ctx); !slow) return ctx.refuse(slow.error());
    const auto text = prepared(ctx, (*body)["body"].string_or(""));
    if (!text) return ctx.refuse(text.error());
    const std::string title = (*body)["title"].string_or("");
    const auto made = ctx.create(
        [&](db::Tx& tx) -> Result<TopicId> { return start(tx, ctx.viewer, space, title, *text); });
    if (!made) return ctx.refuse(made.error());
    return topics::answer(ctx, *made, 201).set("Location", "/api/v1/topics/" + made->text());
}

Response read_up_to(Context& ctx) {
    const auto id = ctx.path_id<TopicId>("topic");
    const auto body = ctx.json_body({{"post", web::JsonMember::Kind::Id}});
    if (!body) return ctx.refuse(body.error());
    const auto post = PostId::parse((*body)["post"].string_or("")).value_or(PostId{});
    const auto done = ctx.db.write([&](db::Tx& tx) {
        tx.shown_to_no_other();
        return mark_read(tx, ctx.viewer, id, post);
    });
    if (!done) return ctx.refuse(done.error());
    return ctx.no_content();
}

/// Spaces that hold something new, and the newest topics that do.
Response unread(Context& ctx) {
    constexpr int kRecent = 100;
    json::Writer json;
    json.array();
    ctx.db.read([&](db::Tx& tx) {
        const auto readable = spaces::readable(tx, ctx.viewer);
        const auto topics = recent(tx, ctx.viewer, readable, kRecent);
        for (const auto& entry : spaces::sidebar(tx, ctx.viewer)) {
            if (!entry.unread) continue;
            json.object().field("space", entry.space.id).key("topics").array();
            for (const Topic& topic : topics)
                if (topic.fresh && topic.space == entry.space.id)
                    json.object()
                        .field("id", topic.id)
                        .field("title", topic.title)
                        .field("unread", topic.unread)
                        .end();
            json.end().end();
        }
    });
    json.end();
    return ctx.json_items(json.take());
}

}  // namespace

http::Response answer(web::Context& ctx, TopicId id, int status) {
    struct Found {
        std::vector<Topic> topics;
        members::Faces faces;
    };
    const auto found = ctx.db.read([&](db::Tx& tx) -> Result<Found> {
        Seen seen = TRY(visible(tx, ctx.viewer, id));
        Found one{.topics = {std::move(seen.topic)}};
        pages::add_unread(tx, ctx.viewer, one.topics);
        one.faces = members::names(tx, ctx.viewer.community, {one.topics[0].author});
        return one;
    });
    if (!found) return ctx.refuse(found.error());
    json::Writer json;
    write_topic(json, ctx, found->topics[0], found->faces[found->topics[0].author]);
    return ctx.json(json.take(), status);
}

void api_routes(web::Routes& routes) {
    routes.get("/api/v1/spaces/{space}/topics", Access::Anyone, topics_of_space);
    routes.post("/api/v1/spaces/{space}/topics", Access::Member, create);
    routes.get("/api/v1/topics/{topic}", Access::Anyone, show);
    routes.put("/api/v1/topics/{topic}/read", Access::Member, read_up_to);
    routes.get("/api/v1/unread", Access::Member, unread);
}

}  // namespace torv::topics
