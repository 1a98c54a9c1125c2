#include "platform/web/web.hpp"
#include "features/api/api.hpp"
#include "features/community/community.hpp"
#include "features/members/members.hpp"
#include "platform/assets/assets.hpp"

namespace torv::api {

using web::Access;
using web::Response;

namespace {

Response description(web::Context& ctx) {
    const auto* document = assets::find("openapi.json");
    return ctx.json(std::string(document ? document->bytes : "{}"));
}

void write(json::Writer& w, const community::Community& community) {
    w.object()
        .field("id", community.id)
        .field("slug", community.slug)
        .field("name", community.name)
        .field("tagline", community.tagline)
        .field("purpose", community.purpose)
        .field("language", community.language)
        .field("sign_up", community::sign_up_name(community.sign_up))
        .field("guests_may_read", community.guests_may_read)
        .field("member_count", community.member_count)
        .field("url", community.address)
        .field("created_at", community.created_at)
        .end();
}

Response one(web::Context& ctx) {
    const auto community =
        ctx.db.read([&](db::Tx& tx) { return community::find(tx, ctx.place.id); });
    if (!community) return ctx.refuse(community.error());
    json::Writer w;
    write(w, *community);
    return ctx.json(w.take());
}

/// Of the account, whichever community was asked.
Response mine(web::Context& ctx) {
    const auto list =
        ctx.db.read([&](db::Tx& tx) { return members::communities(tx, ctx.viewer.account); });
    json::Writer w;
    w.array();
    for (const auto& community : list) write(w, community);
    w.end();
    return ctx.json_items(w.take());
}

}  // namespace

void routes(web::Routes& r) {
    r.get("/api/openapi.json", Access::Anyone, description);
    r.get("/api/v1/community", Access::Anyone, one);
    r.get("/api/v1/communities", Access::Account, mine);
}

}  // namespace torv::api
