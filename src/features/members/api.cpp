#include "features/members/doors.hpp"
#include "features/members/members.hpp"
#include "platform/base/text.hpp"
#include "platform/json/json.hpp"

namespace torv::members {
namespace {

using web::Access;
using web::Context;
using web::Response;

std::string absolute_or_empty(const web::Context& ctx, std::string_view path) {
    return path.empty() ? std::string{} : ctx.absolute(path);
}

Response answer_one(Context& ctx, MemberId id) {
    const auto member = ctx.db.read([&](db::Tx& tx) { return find(tx, ctx.place.id, id); });
    if (!member) return ctx.refuse(member.error());
    if (member->state == State::Pending && id != ctx.viewer.id && !ctx.viewer.may_administer())
        return ctx.refuse(Error{Fault::NotFound, "members.not_found", {}, {}});
    json::Writer w;
    write(w, ctx, *member);
    return ctx.json(w.take());
}

Response show(Context& ctx) { return answer_one(ctx, ctx.path_id<MemberId>("member")); }

Response me(Context& ctx) { return answer_one(ctx, ctx.viewer.id); }

}  // namespace

void write(json::Writer& w, const web::Context& ctx, const Member& m) {
    w.object()
        .field("id", m.id)
        .field("handle", m.handle)
        .field("name", m.name)
        .field("role", auth::role_name(m.role))
        .field("state", state_name(m.state))
        .field("bio", m.bio)
        .field("bio_html", m.bio_html)
        .field("avatar_url", absolute_or_empty(ctx, m.avatar))
        .field("url", ctx.absolute(path(m.handle)))
        .field("joined_at", m.joined_at)
        .end();
}

void api_routes(web::Routes& r) {
    r.get("/api/v1/members/{member}", Access::Member, show);
    r.get("/api/v1/me", Access::Member, me);
}

void routes(web::Routes& r) {
    door_routes(r);
    profile_routes(r);
    admin_routes(r);
    community_routes(r);
    api_routes(r);
}

}  // namespace torv::members
