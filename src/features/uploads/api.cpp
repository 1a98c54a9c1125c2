#include "features/uploads/api.hpp"

#include "features/uploads/rules.hpp"
#include "platform/json/json.hpp"

namespace torv::uploads {

namespace {

using web::Access;
using web::Context;
using web::Response;

constexpr int kPerMinute = 60;
constexpr int kAtOnce = 40;

Done calm(Context& ctx) { return ctx.limit("upload:" + ctx.viewer.id.text(), kPerMinute, kAtOnce); }

Response create(Context& ctx) {
    const auto upload = take(ctx);
    if (!upload) return ctx.refuse(upload.error());
    Response response = ctx.json(json(*upload, ctx.place.base_url), 201);
    return response.set("Location", ctx.absolute("/api/v1/uploads/" + upload->id.text()));
}

Response show(Context& ctx) {
    const auto id = ctx.path_id<UploadId>("upload");
    const auto upload = ctx.db.read([&](db::Tx& tx) { return visible(tx, ctx.viewer, id); });
    if (!upload) return ctx.refuse(upload.error());
    return ctx.json(json(*upload, ctx.place.base_url));
}

}  // namespace

Result<Upload> take(Context& ctx) {
    TRY(calm(ctx));
    const Kept kept = TRY(keep(ctx, Purpose::Attachment));
    const UploadId id = TRY(ctx.create([&](db::Tx& tx) { return add(tx, ctx.viewer, kept); }));
    return ctx.db.read([&](db::Tx& tx) { return visible(tx, ctx.viewer, id); });
}

Result<Kept> take_face(Context& ctx) {
    TRY(calm(ctx));
    return keep(ctx, Purpose::Face);
}

std::string json(const Upload& upload, std::string_view base) {
    const auto pixels = [](int count) {
        return count > 0 ? std::optional<std::int64_t>(count) : std::nullopt;
    };
    json::Writer json;
    json.object()
        .field("id", upload.id)
        .field("url", std::string(base) + path(upload))
        .field("name", upload.name)
        .field("kind", kind_name(upload.kind))
        .field("media_type", upload.media_type)
        .field("size", upload.size)
        .field("width", pixels(upload.width))
        .field("height", pixels(upload.height))
        .field("markdown", markdown(upload))
        .field("created_at", upload.created_at)
        .end();
    return json.take();
}

Response problem(Context& ctx, const Error& error) {
    Response response = ctx.refuse(error);
    json::Writer json;
    json.object()
        .field("type", "urn:torv:fault:" + error.key)
        .field("title", ctx.message(error))
        .field("status", response.status)
        .field("key", error.key);
    if (!error.field.empty()) json.field("field", error.field);
    json.end();
    response.body = json.take();
    return response.set("Content-Type", "application/problem+json");
}

void api_routes(web::Routes& routes) {
    routes.post("/api/v1/uploads", Access::Member, create).spooled = true;
    routes.get("/api/v1/uploads/{upload}", Access::Member, show);
}

}  // namespace torv::uploads
