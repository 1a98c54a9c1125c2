#include "features/leaders/rules.hpp"
#include "platform/base/or_null.hpp"
#include "platform/web/web.hpp"

namespace torv::leaders {

namespace {

using web::Access;
using web::Context;
using web::Response;
using Kind = web::JsonMember::Kind;

constexpr int kShown = 100;

void write(json::Writer& json, const Question& one) {
    json.object()
        .field("id", one.id)
        .field("asker", one.asker)
        .field("space", or_null(one.space))
        .field("excerpt", one.excerpt)
        .field("state", state_name(one.state()))
        .field("taken_by", or_null(one.taken_by))
        .field("asked_at", one.asked_at)
        .field("answered_at", or_null(one.answered_at))
        .field("closed_at", or_null(one.closed_at))
        .end();
}

Response respond(Context& ctx, TopicId id, int status) {
    const auto question =
        ctx.db.read([&](db::Tx& tx) { return store::find(tx, ctx.viewer.community, id); });
    json::Writer json;
    write(json, question.value_or(Question{.id = id}));
    return ctx.json(json.take(), status);
}

/// One's own, or with `to=me` the open ones that the viewer may answer.
Response list(Context& ctx) {
    const auto questions = ctx.db.read([&](db::Tx& tx) {
        if (ctx.query("to") != "me")
            return store::asked_by(tx, ctx.viewer.community, ctx.viewer.id, kShown);
        return store::open(tx, ctx.viewer.community, scope_of(tx, ctx.viewer), {}, kShown);
    });
    json::Writer json;
    json.array();
    for (const Question& one : questions) write(json, one);
    json.end();
    return ctx.json_items(json.take());
}

Response create(Context& ctx) {
    const auto body = ctx.json_body({{"body"}, {"space", Kind::Id}});
    if (!body) return ctx.refuse(body.error());
    const auto space = SpaceId::parse((*body)["space"].string_or("")).value_or(SpaceId{});
    const auto text = topics::written(ctx, (*body)["body"].string_or(""));
    if (!text) return ctx.refuse(text.error());
    const auto made = ctx.create(
        [&](db::Tx& tx) -> Result<TopicId> { return ask(tx, ctx.viewer, space, *text); });
    if (!made) return ctx.refuse(made.error());
    return respond(ctx, *made, 201).set("Location", "/api/v1/conversations/" + made->text());
}

/// `state` is "taken" or "closed"; `from` is who had it when the caller decided.
Response change(Context& ctx) {
    const auto id = ctx.path_id<TopicId>("question");
    const auto body = ctx.json_body({{"state"}, {"from", Kind::Id}});
    if (!body) return ctx.refuse(body.error());
    const std::string state = (*body)["state"].string_or("");
    const auto from = MemberId::parse((*body)["from"].string_or("")).value_or(MemberId{});
    const auto done = ctx.db.write([&](db::Tx& tx) -> Done {
        if (state == "taken") return take(tx, ctx.viewer, id, from);
        if (state == "closed") return close(tx, ctx.viewer, id);
        return fail(Fault::Invalid, "leaders.state_unknown", "state");
    });
    if (!done) return ctx.refuse(done.error());
    return respond(ctx, id, 200);
}

}  // namespace

void api_routes(web::Routes& routes) {
    routes.get("/api/v1/leader-questions", Access::Member, list);
    routes.post("/api/v1/leader-questions", Access::Member, create);
    routes.patch("/api/v1/leader-questions/{question}", Access::Member, change);
}

}  // namespace torv::leaders
