#include "features/scheduling/handlers.hpp"
#include "platform/base/or_null.hpp"
#include "platform/web/web.hpp"

namespace torv::scheduling {

namespace {

using web::Access;
using web::Context;
using web::JsonMember;
using web::Response;

void write(json::Writer& json, const Context& ctx, const Scheduled& one) {
    json.object()
        .field("id", one.id)
        .field("space", or_null(one.plan.space))
        .field("topic", or_null(one.plan.topic))
        .field("reply_to", or_null(one.plan.reply_to))
        .field("title", one.plan.title)
        .field("body", one.plan.body)
        .field("at", one.plan.at)
        .field("zone", one.plan.zone)
        .field("rule", one.plan.rule)
        .field("due_at", or_null(one.due_at))
        .field("posted", one.posted)
        .field("failed_at", or_null(one.failed_at))
        .field("why", one.failed_at ? ctx.message({.fault = Fault::Forbidden, .key = one.fault})
                                    : std::string{})
        .end();
}

Response answer(Context& ctx, ScheduledId id, int status) {
    const auto one = ctx.db.read([&](db::Tx& tx) { return find(tx, ctx.viewer, id); });
    if (!one) return ctx.refuse(one.error());
    json::Writer json;
    write(json, ctx, *one);
    return ctx.json(json.take(), status);
}

Response all(Context& ctx) {
    const auto found = ctx.db.read([&](db::Tx& tx) { return list(tx, ctx.viewer); });
    json::Writer json;
    json.array();
    for (const Scheduled& one : found) write(json, ctx, one);
    json.end();
    return ctx.json_items(json.take());
}

template <class IdType>
IdType id_in(const json::Value& body, std::string_view name) {
    return IdType::parse(body[name].string_or("")).value_or(IdType{});
}

/// What the body says; what it leaves out stays.
Plan said(const json::Value& body, Plan plan) {
    plan.title = body["title"].string_or(plan.title);
    plan.body = body["body"].string_or(plan.body);
    plan.at = body["at"].string_or(plan.at);
    plan.zone = body["zone"].string_or(plan.zone);
    plan.rule = body["rule"].string_or(plan.rule);
    return plan;
}

Response create(Context& ctx) {
    using Kind = JsonMember::Kind;
    const auto body = ctx.json_body({{"space", Kind::Id},
                                     {"topic", Kind::Id},
                                     {"reply_to", Kind::Id},
                                     {"title"},
                                     {"body"},
                                     {"at"},
                                     {"zone"},
                                     {"rule"}});
    if (!body) return ctx.refuse(body.error());
    if (const auto slow = calm(ctx); !slow) return ctx.refuse(slow.error());
    const Plan plan = said(*body, {.space = id_in<SpaceId>(*body, "space"),
                                   .topic = id_in<TopicId>(*body, "topic"),
                                   .reply_to = id_in<PostId>(*body, "reply_to"),
                                   .zone = ctx.viewer.zone});
    const auto made = ctx.create([&](db::Tx& tx) -> Result<ScheduledId> {
        tx.shown_to_no_other();
        return put(tx, ctx.viewer, plan);
    });
    if (!made) return ctx.refuse(made.error());
    return answer(ctx, *made, 201);
}

Response edit(Context& ctx) {
    const auto id = ctx.path_id<ScheduledId>("scheduled");
    const auto body = ctx.json_body({{"title"}, {"body"}, {"at"}, {"zone"}, {"rule"}});
    if (!body) return ctx.refuse(body.error());
    if (const auto slow = calm(ctx); !slow) return ctx.refuse(slow.error());
    const auto done = ctx.db.write([&](db::Tx& tx) -> Done {
        tx.shown_to_no_other();
        const Scheduled one = TRY(find(tx, ctx.viewer, id));
        return change(tx, ctx.viewer, id, said(*body, one.plan));
    });
    if (!done) return ctx.refuse(done.error());
    return answer(ctx, id, 200);
}

Response remove(Context& ctx) {
    const auto id = ctx.path_id<ScheduledId>("scheduled");
    const auto done = ctx.db.write([&](db::Tx& tx) {
        tx.shown_to_no_other();
        return drop(tx, ctx.viewer, id);
    });
    if (!done) return ctx.refuse(done.error());
    return ctx.text("", "text/plain", 204);
}

Response now(Context& ctx) {
    const auto path = post_now(ctx, ctx.path_id<ScheduledId>("scheduled"));
    if (!path) return ctx.refuse(path.error());
    json::Writer json;
    json.object().field("url", ctx.absolute(*path)).end();
    return ctx.json(json.take());
}

}  // namespace

void api_routes(web::Routes& routes) {
    routes.get("/api/v1/scheduled", Access::Member, all);
    routes.post("/api/v1/scheduled", Access::Member, create);
    routes.patch("/api/v1/scheduled/{scheduled}", Access::Member, edit);
    routes.del("/api/v1/scheduled/{scheduled}", Access::Member, remove);
    routes.post("/api/v1/scheduled/{scheduled}/post", Access::Member, now);
}

}  // namespace torv::scheduling
