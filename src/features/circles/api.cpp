#include "features/circles/rules.hpp"
#include "features/members/members.hpp"
#include "platform/json/json.hpp"

namespace torv::circles {

namespace {

using web::Access;
using web::Context;
using web::Response;

constexpr int kRequestsShown = 100;

void write(json::Writer& json, const Context& ctx, const Circle& one) {
    json.object()
        .field("id", one.id)
        .field("slug", one.slug)
        .field("name", one.name)
        .field("description", one.description)
        .field("visibility", visibility_name(one.visibility))
        .field("entry", entry_name(one.entry))
        .field("question", one.question)
        .field("member_count", one.member_count)
        .field("in", one.in)
        .field("asked", one.asked)
        .field("url", ctx.absolute(path(one.slug)));
    write_rule(json, one);
    json.end();
}

CircleId id_in(const Context& ctx) { return ctx.path_id<CircleId>("circle"); }

Response respond(Context& ctx, CircleId id, int status = 200) {
    const auto circle = ctx.db.read([&](db::Tx& tx) { return find(tx, ctx.viewer, id); });
    if (!circle) return ctx.refuse(circle.error());
    json::Writer json;
    write(json, ctx, *circle);
    return ctx.json(json.take(), status);
}

Response list_all(Context& ctx) {
    if (const auto may = ctx.may_look("circles", 240, 60); !may) return ctx.refuse(may.error());
    const auto circles = ctx.db.read([&](db::Tx& tx) { return list(tx, ctx.viewer); });
    json::Writer json;
    json.array();
    for (const Circle& one : circles) write(json, ctx, one);
    json.end();
    return ctx.json_items(json.take());
}

Response show(Context& ctx) {
    if (const auto may = ctx.may_look("circles", 240, 60); !may) return ctx.refuse(may.error());
    return respond(ctx, id_in(ctx));
}

Result<json::Value> typed_body(const Context& ctx) {
    return ctx.json_body({{"name"}, {"description"}, {"visibility"}, {"entry"}, {"question"}});
}

/// What is missing keeps what `before` has.
Result<NewCircle> typed_from(const json::Value& body, NewCircle before) {
    if (const auto text = body["name"].string()) before.name = *text;
    if (const auto text = body["description"].string()) before.description = *text;
    if (const auto text = body["question"].string()) before.question = *text;
    if (const auto name = body["visibility"].string()) {
        const auto visibility = visibility_from(*name);
        if (!visibility) return fail(Fault::Invalid, "circles.visibility_unknown", "visibility");
        before.visibility = *visibility;
    }
    if (const auto name = body["entry"].string()) {
        const auto entry = entry_from(*name);
        if (!entry) return fail(Fault::Invalid, "circles.entry_unknown", "entry");
        before.entry = *entry;
    }
    return before;
}

Response create_circle(Context& ctx) {
    const auto body = typed_body(ctx);
    if (!body) return ctx.refuse(body.error());
    const auto typed = typed_from(*body, {});
    if (!typed) return ctx.refuse(typed.error());
    const auto made =
        ctx.create([&](db::Tx& tx) -> Result<CircleId> { return create(tx, ctx.viewer, *typed); });
    if (!made) return ctx.refuse(made.error());
    return respond(ctx, *made, 201).set("Location", "/api/v1/circles/" + made->text());
}

Response edit_circle(Context& ctx) {
    const auto body = typed_body(ctx);
    if (!body) return ctx.refuse(body.error());
    const auto done = ctx.db.write([&](db::Tx& tx) -> Done {
        const Circle now = TRY(find(tx, ctx.viewer, id_in(ctx)));
        const NewCircle before{.name = now.name,
                               .description = now.description,
                               .visibility = now.visibility,
                               .entry = now.entry,
                               .question = now.question};
        return edit(tx, ctx.viewer, now.id, TRY(typed_from(*body, before)));
    });
    if (!done) return ctx.refuse(done.error());
    return respond(ctx, id_in(ctx));
}

/// Runs `deed(tx)`; there is nothing to say about it.
template <class F>
Response silently(Context& ctx, F&& deed) {
    if (auto ok = ctx.limit("circles-do:" + ctx.viewer.id.text(), 60, 60); !ok)
        return ctx.refuse(ok.error());
    const auto done = ctx.db.write([&](db::Tx& tx) -> Done { return deed(tx); });
    if (!done) return ctx.refuse(done.error());
    return ctx.no_content();
}

Response remove_circle(Context& ctx) {
    return silently(ctx, [&](db::Tx& tx) { return remove(tx, ctx.viewer, id_in(ctx)); });
}

Response list_people(Context& ctx) {
    if (const auto may = ctx.may_look("circles", 240, 60); !may) return ctx.refuse(may.error());
    const auto slice = ctx.db.read([&](db::Tx& tx) -> Result<Slice> {
        const Circle circle = TRY(find(tx, ctx.viewer, id_in(ctx)));
        return one_page(tx, ctx.viewer, circle.id, ctx.query("cursor"));
    });
    if (!slice) return ctx.refuse(slice.error());
    json::Writer json;
    json.array();
    for (const auto& one : slice->people)
        json.object().field("member", one.member).field("since", one.since).end();
    json.end();
    return ctx.json_items(json.take(), slice->next);
}

/// Oneself joins an open circle; others are put in by who keeps it.
Response put_person(Context& ctx) {
    const auto member = ctx.path_id<MemberId>("member");
    return silently(ctx, [&](db::Tx& tx) -> Done {
        const Circle circle = TRY(find(tx, ctx.viewer, id_in(ctx)));
        if (may_let_in(ctx.viewer, circle) || member != ctx.viewer.id)
            return put_in(tx, ctx.viewer, circle.id, member);
        return join(tx, ctx.viewer, circle.id);
    });
}

Response drop_person(Context& ctx) {
    const auto member = ctx.path_id<MemberId>("member");
    return silently(ctx, [&](db::Tx& tx) { return put_out(tx, ctx.viewer, id_in(ctx), member); });
}

Response list_requests(Context& ctx) {
    const auto requests = ctx.db.read([&](db::Tx& tx) -> Result<std::vector<store::Request>> {
        const Circle circle = TRY(for_keeper(tx, ctx.viewer, id_in(ctx)));
        return store::requests(tx, ctx.viewer.community, circle.id, kRequestsShown);
    });
    if (!requests) return ctx.refuse(requests.error());
    json::Writer json;
    json.array();
    for (const auto& one : *requests)
        json.object()
            .field("member", one.member)
            .field("answer", one.answer)
            .field("created_at", one.at)
            .end();
    json.end();
    return ctx.json_items(json.take());
}

Response ask_in(Context& ctx) {
    const auto body = ctx.json_body({{"answer"}});
    if (!body) return ctx.refuse(body.error());
    const std::string answer = (*body)["answer"].string_or("");
    return silently(ctx, [&](db::Tx& tx) { return ask(tx, ctx.viewer, id_in(ctx), answer); });
}

Response drop_asking(Context& ctx) {
    const auto member = ctx.path_id<MemberId>("member");
    return silently(ctx,
                    [&](db::Tx& tx) { return drop_request(tx, ctx.viewer, id_in(ctx), member); });
}

}  // namespace

void api_routes(web::Routes& routes) {
    routes.get("/api/v1/circles", Access::Anyone, list_all);
    routes.post("/api/v1/circles", Access::Admin, create_circle);
    routes.get("/api/v1/circles/{circle}", Access::Anyone, show);
    routes.patch("/api/v1/circles/{circle}", Access::Admin, edit_circle);
    routes.del("/api/v1/circles/{circle}", Access::Admin, remove_circle);
    routes.get("/api/v1/circles/{circle}/members", Access::Anyone, list_people);
    routes.put("/api/v1/circles/{circle}/members/{member}", Access::Member, put_person);
    routes.del("/api/v1/circles/{circle}/members/{member}", Access::Member, drop_person);
    routes.get("/api/v1/circles/{circle}/requests", Access::Moderator, list_requests);
    routes.put("/api/v1/circles/{circle}/request", Access::Member, ask_in);
    routes.del("/api/v1/circles/{circle}/requests/{member}", Access::Member, drop_asking);
}

}  // namespace torv::circles
