#include "platform/web/web.hpp"
#include "features/drafts/drafts.hpp"

namespace torv::drafts {

namespace {

using web::Access;
using web::Context;
using web::Response;

void write_draft(json::Writer& json, const Draft& draft) {
    json.object()
        .field("key", draft.place)
        .field("title", draft.title)
        .field("body", draft.body)
        .field("updated_at", draft.updated_at)
        .end();
}

Response show(Context& ctx) {
    const auto draft =
        ctx.db.read([&](db::Tx& tx) { return find(tx, ctx.viewer, ctx.path("key")); });
    if (!draft) return ctx.refuse(Error{Fault::NotFound, "drafts.not_found", {}, {}});
    json::Writer json;
    write_draft(json, *draft);
    return ctx.json(json.take());
}

Response list(Context& ctx) {
    const auto drafts = ctx.db.read([&](db::Tx& tx) { return all(tx, ctx.viewer); });
    json::Writer json;
    json.array();
    for (const Draft& draft : drafts) write_draft(json, draft);
    json.end();
    return ctx.json_items(json.take());
}

Response save(Context& ctx, std::string_view title, std::string_view body) {
    const std::string place{ctx.path("key")};
    if (const auto calm = ctx.limit("draft:" + ctx.viewer.id.text(), 120, 60); !calm)
        return ctx.refuse(calm.error());
    const auto done = ctx.db.write([&](db::Tx& tx) {
        tx.shown_to_no_other();
        return keep(tx, ctx.viewer, place, title, body);
    });
    if (!done) return ctx.refuse(done.error());
    return ctx.no_content();
}

Response save_form(Context& ctx) { return save(ctx, ctx.form()["title"], ctx.form()["body"]); }

Response save_json(Context& ctx) {
    const auto body = ctx.json_body({{"title"}, {"body"}});
    if (!body) return ctx.refuse(body.error());
    return save(ctx, (*body)["title"].string_or(""), (*body)["body"].string_or(""));
}

Response drop(Context& ctx) {
    const std::string place{ctx.path("key")};
    ctx.db.write([&](db::Tx& tx) { forget(tx, ctx.viewer, place); });
    return ctx.no_content();
}

}  // namespace

void routes(web::Routes& routes) {
    routes.get("/drafts/{key}", Access::Member, show);
    routes.put("/drafts/{key}", Access::Member, save_form);
    routes.del("/drafts/{key}", Access::Member, drop);
    routes.get("/api/v1/drafts", Access::Member, list);
    routes.get("/api/v1/drafts/{key}", Access::Member, show);
    routes.put("/api/v1/drafts/{key}", Access::Member, save_json);
    routes.del("/api/v1/drafts/{key}", Access::Member, drop);
}

}  // namespace torv::drafts
