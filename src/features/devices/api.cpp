#include "features/community/community.hpp"
#include "features/devices/page.hpp"
#include "platform/json/json.hpp"

namespace torv::devices {

namespace {

using web::Access;
using web::Context;
using web::Response;

Response list(Context& ctx, const std::vector<store::Device>& devices) {
    json::Writer json;
    json.array();
    for (const auto& one : devices)
        json.object()
            .field("id", one.id)
            .field("name", one.name)
            .field("this_one", one.session == ctx.viewer.session)
            .field("created_at", one.created_at)
            .field("told_at", one.told_at)
            .end();
    json.end();
    return ctx.json_items(json.take());
}

Response show(Context& ctx) {
    return list(ctx, ctx.db.read([&](db::Tx& tx) {
        return store::of_member(tx, ctx.viewer.community, ctx.viewer.id, kMostDevices);
    }));
}

Response put(Context& ctx) {
    const auto body = ctx.json_body({{"endpoint"}, {"p256dh"}, {"auth"}});
    if (!body) return ctx.refuse(body.error());
    const auto done = add(ctx, {.endpoint = (*body)["endpoint"].string_or(""),
                                .p256dh = (*body)["p256dh"].string_or(""),
                                .auth = (*body)["auth"].string_or("")});
    if (!done) return ctx.refuse(done.error());
    return list(ctx, *done);
}

Response forget(Context& ctx) {
    const auto done = remove(ctx, ctx.path_id<DeviceId>("device"));
    if (!done) return ctx.refuse(done.error());
    return ctx.no_content();
}

/// What is still unread, for a device that shows some of it.
Response unread(Context& ctx) {
    const auto page = ctx.db.read([&](db::Tx& tx) -> notifications::UnreadPage {
        const auto community = community::find(tx, ctx.viewer.community);
        if (!community) return {};
        const auto to =
            notifications::reader(tx, *community, ctx.services.catalogue, ctx.viewer.id);
        return to ? notifications::unread_page(tx, *to) : notifications::UnreadPage{};
    });
    json::Writer json;
    json.object().field("unread", page.count).key("open").array();
    for (const auto& one : page.bundles) json.value(one.tag);
    json.end().end();
    return ctx.json(json.take());
}

}  // namespace

void api_routes(web::Routes& routes) {
    routes.get("/api/v1/devices", Access::Member, show);
    routes.put("/api/v1/devices", Access::Member, put);
    routes.get("/api/v1/devices/unread", Access::Member, unread);
    routes.del("/api/v1/devices/{device}", Access::Member, forget);
}

}  // namespace torv::devices
