#include "features/messages/handlers.hpp"

namespace torv::messages {

namespace {

using pages::State;
using web::Access;
using web::Context;
using web::Response;

std::string_view state_name(State state) {
    switch (state) {
        case State::In: return "in";
        case State::Asked: return "asked";
        case State::Declined: return "declined";
        case State::Left: return "left";
    }
    return "in";
}

std::string_view kind_name(conversations::Kind kind) {
    switch (kind) {
        case conversations::Kind::Pair: return "pair";
        case conversations::Kind::Group: return "group";
        case conversations::Kind::Question: return "question";
    }
    return {};
}

void write_people(json::Writer& json, const std::vector<MemberId>& people,
                  const members::Faces& faces) {
    json.key("members").array();
    for (const MemberId one : people)
        json.object()
            .field("id", one)
            .field("handle", faces[one].handle)
            .field("name", faces[one].name)
            .end();
    json.end();
}

Response list(Context& ctx) {
    const State state = ctx.query("state") == "asked" ? State::Asked : State::In;
    auto page = ctx.db.read([&](db::Tx& tx) -> Result<pages::List> {
        auto found = TRY(pages::list(tx, ctx.viewer, state, ctx.query("cursor")));
        std::vector<MemberId> people;
        for (const auto& line : found.lines)
            people.insert(people.end(), line.others.begin(), line.others.end());
        found.faces = members::names(tx, ctx.viewer.community, people);
        return found;
    });
    if (!page) return ctx.refuse(page.error());
    json::Writer json;
    json.array();
    for (const auto& line : page->lines) {
        json.object()
            .field("id", line.seat.topic)
            .field("kind", kind_name(line.seat.kind))
            .field("state", state_name(state))
            .field("title", line.title)
            .field("last_post_at", line.seat.last_at)
            .field("is_unread", line.fresh)
            .field("url", ctx.absolute(conversations::path(line.seat.topic)));
        write_people(json, line.others, page->faces);
        json.end();
    }
    json.end();
    return ctx.json_items(json.take(), page->next);
}

Response respond(Context& ctx, TopicId id, int status) {
    topics::Topic topic;
    const auto page = ctx.db.read([&](db::Tx& tx) -> Result<pages::One> {
        TRY(conversations::find(tx, ctx.viewer, id));
        topic = TRY(topics::visible(tx, ctx.viewer, id)).topic;
        return pages::one(tx, ctx.viewer, id);
    });
    if (!page) return ctx.refuse(page.error());
    json::Writer json;
    json.object()
        .field("id", id)
        .field("kind", kind_name(page->conversation.kind))
        .field("state", state_name(page->own))
        .field("title", topic.title)
        .field("last_post_at", topic.last_post_at)
        .field("may_write", page->may_say.has_value())
        .field("url", ctx.absolute(conversations::path(id)));
    write_people(json, page->others, page->faces);
    json.end();
    return ctx.json(json.take(), status);
}

Response show(Context& ctx) { return respond(ctx, ctx.path_id<TopicId>("conversation"), 200); }

Response create(Context& ctx) {
    const auto body = ctx.json_body({{"to"}, {"title"}, {"body"}});
    if (!body) return ctx.refuse(body.error());
    const auto made =
        begin_by_handles(ctx, (*body)["to"].string_or(""), (*body)["title"].string_or(""),
                         (*body)["body"].string_or(""));
    if (!made) return ctx.refuse(made.error());
    return respond(ctx, *made, 201).set("Location", "/api/v1/conversations/" + made->text());
}

Response rename(Context& ctx) {
    const auto id = ctx.path_id<TopicId>("conversation");
    const auto body = ctx.json_body({{"title"}});
    if (!body) return ctx.refuse(body.error());
    if (const auto slow = calm_change(ctx); !slow) return ctx.refuse(slow.error());
    const auto done = ctx.db.write([&](db::Tx& tx) -> Done {
        const auto one = TRY(conversations::find(tx, ctx.viewer, id));
        if (one.kind != conversations::Kind::Group)
            return fail(Fault::Invalid, "conversations.not_a_group");
        return topics::name_direct(tx, ctx.viewer, id, (*body)["title"].string_or(""));
    });
    if (!done) return ctx.refuse(done.error());
    return respond(ctx, id, 200);
}

Response add(Context& ctx) {
    const auto id = ctx.path_id<TopicId>("conversation");
    const auto body = ctx.json_body({{"to"}});
    if (!body) return ctx.refuse(body.error());
    const auto done = add_by_handles(ctx, id, (*body)["to"].string_or(""));
    if (!done) return ctx.refuse(done.error());
    return respond(ctx, id, 200);
}

/// One's own seat: "in" accepts, "declined" and "left" take it away.
Response set_seat(Context& ctx) {
    const auto id = ctx.path_id<TopicId>("conversation");
    const auto body = ctx.json_body({{"state"}});
    if (!body) return ctx.refuse(body.error());
    if (const auto slow = calm_change(ctx); !slow) return ctx.refuse(slow.error());
    const std::string wanted = (*body)["state"].string_or("");
    const auto done = ctx.db.write([&](db::Tx& tx) -> Done {
        if (wanted == "in") return conversations::accept(tx, ctx.viewer, id);
        if (wanted == "declined") return messages::decline(tx, ctx.viewer, id);
        if (wanted == "left") return messages::leave(tx, ctx.viewer, id);
        return fail(Fault::Invalid, "messages.state_unknown", "state");
    });
    if (!done) return ctx.refuse(done.error());
    return ctx.no_content();
}

Response blocked(Context& ctx) {
    members::Faces faces;
    const auto list = ctx.db.read([&](db::Tx& tx) {
        auto found = blocks::list(tx, ctx.viewer);
        std::vector<MemberId> people;
        for (const auto& one : found) people.push_back(one.member);
        faces = members::names(tx, ctx.viewer.community, people);
        return found;
    });
    json::Writer json;
    json.array();
    for (const auto& one : list)
        json.object()
            .field("id", one.member)
            .field("handle", faces[one.member].handle)
            .field("name", faces[one.member].name)
            .field("since", one.since)
            .end();
    json.end();
    return ctx.json_items(json.take());
}

Response put_block(Context& ctx) {
    if (const auto slow = calm_change(ctx); !slow) return ctx.refuse(slow.error());
    const auto done = ctx.db.write([&](db::Tx& tx) -> Done {
        tx.shown_to_no_other();
        const auto member =
            TRY(members::find(tx, ctx.viewer.community, ctx.path_id<MemberId>("member")));
        if (member.state == members::State::Pending)
            return fail(Fault::NotFound, "members.not_found");
        return blocks::block(tx, ctx.viewer, member.id);
    });
    if (!done) return ctx.refuse(done.error());
    return ctx.no_content();
}

Response drop_block(Context& ctx) {
    const auto done = ctx.db.write([&](db::Tx& tx) -> Done {
        tx.shown_to_no_other();
        const auto member =
            TRY(members::find(tx, ctx.viewer.community, ctx.path_id<MemberId>("member")));
        blocks::unblock(tx, ctx.viewer, member.id);
        return Unit{};
    });
    if (!done) return ctx.refuse(done.error());
    return ctx.no_content();
}

Response show_settings(Context& ctx) {
    const auto who = ctx.db.read(
        [&](db::Tx& tx) { return conversations::who(tx, ctx.viewer.community, ctx.viewer.id); });
    json::Writer json;
    json.object().field("who", conversations::who_name(who)).end();
    return ctx.json(json.take());
}

Response save_settings(Context& ctx) {
    const auto body = ctx.json_body({{"who"}});
    if (!body) return ctx.refuse(body.error());
    const auto who = conversations::who_from((*body)["who"].string_or(""));
    if (!who) return ctx.refuse(Error{Fault::Invalid, "messages.who_unknown", "who", {}});
    ctx.db.write([&](db::Tx& tx) {
        tx.shown_to_no_other();
        conversations::set_who(tx, ctx.viewer, *who);
    });
    return show_settings(ctx);
}

}  // namespace

void api_routes(web::Routes& routes) {
    routes.get("/api/v1/conversations", Access::Member, list);
    routes.post("/api/v1/conversations", Access::Member, create);
    routes.get("/api/v1/conversations/{conversation}", Access::Member, show);
    routes.patch("/api/v1/conversations/{conversation}", Access::Member, rename);
    routes.post("/api/v1/conversations/{conversation}/members", Access::Member, add);
    routes.put("/api/v1/conversations/{conversation}/seat", Access::Member, set_seat);
    routes.get("/api/v1/conversation-settings", Access::Member, show_settings);
    routes.put("/api/v1/conversation-settings", Access::Member, save_settings);
    routes.get("/api/v1/blocks", Access::Member, blocked);
    routes.put("/api/v1/blocks/{member}", Access::Member, put_block);
    routes.del("/api/v1/blocks/{member}", Access::Member, drop_block);
}

}  // namespace torv::messages
