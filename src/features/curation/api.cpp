#include "features/curation/curation.hpp"
#include "features/curation/handlers.hpp"

namespace torv::curation {

namespace {

using topics::Mark;
using topics::State;
using web::Access;
using web::Context;
using web::Response;

/// What a moderator may change of a topic: locked, pinned, space.
Done change(db::Tx& tx, const auth::Viewer& viewer, TopicId id, const json::Value& body) {
    const auto state = [](bool on) { return on ? State::On : State::Off; };
    TRY(topics::visible(tx, viewer, id));
    if (const auto on = body["locked"].boolean())
        TRY(mark(tx, viewer, id, Mark::Locked, state(*on)));
    if (const auto on = body["pinned"].boolean())
        TRY(mark(tx, viewer, id, Mark::Pinned, state(*on)));
    if (const auto on = body["chat"].boolean()) TRY(mark(tx, viewer, id, Mark::Chat, state(*on)));
    if (const auto to = body["space"].string())
        TRY(move(tx, viewer, id, SpaceId::parse(*to).value_or(SpaceId{})));
    return Unit{};
}

Response edit_topic(Context& ctx) {
    const auto id = ctx.path_id<TopicId>("topic");
    constexpr auto kFlag = web::JsonMember::Kind::Flag;
    const auto body = ctx.json_body({{"locked", kFlag},
                                     {"pinned", kFlag},
                                     {"chat", kFlag},
                                     {"space", web::JsonMember::Kind::Id}});
    if (!body) return ctx.refuse(body.error());
    const auto done = ctx.db.write([&](db::Tx& tx) { return change(tx, ctx.viewer, id, *body); });
    if (!done) return ctx.refuse(done.error());
    return topics::answer(ctx, id);
}

Response drop(Context& ctx) {
    const auto id = ctx.path_id<TopicId>("topic");
    const auto done = ctx.db.write([&](db::Tx& tx) { return remove_topic(tx, ctx.viewer, id); });
    if (!done) return ctx.refuse(done.error());
    return ctx.no_content();
}

}  // namespace

void api_routes(web::Routes& routes) {
    routes.patch("/api/v1/topics/{topic}", Access::Member, edit_topic);
    routes.del("/api/v1/topics/{topic}", Access::Member, drop);
}

}  // namespace torv::curation
