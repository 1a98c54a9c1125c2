#include "features/circles/circles.hpp"
#include "features/community/community.hpp"
#include "features/members/members.hpp"
#include "features/modlog/modlog.hpp"
#include "features/spaces/input.hpp"
#include "features/spaces/store.hpp"
#include "platform/activity/activity.hpp"
#include "platform/json/json.hpp"

namespace torv::spaces {

namespace {

/// The payload names the member concerned; the actor is who did it.
void announce(db::Tx& tx, const auth::Viewer& viewer, std::string_view kind, SpaceId id,
              MemberId member) {
    json::Writer payload;
    payload.object().field("member", member).end();
    activity::announce(tx, {.community = viewer.community,
                            .kind = kind,
                            .actor = viewer.id,
                            .subject = {"space", id.value},
                            .space = id,
                            .payload = payload.take()});
}

void record(db::Tx& tx, const auth::Viewer& viewer, std::string_view act, SpaceId id,
            MemberId member) {
    json::Writer detail;
    detail.object().field("member", member).end();
    modlog::record(tx, viewer, act, {"space", id.value}, id, detail.text());
}

void note_circle(db::Tx& tx, const auth::Viewer& viewer, std::string_view act, SpaceId id,
                 circles::CircleId circle) {
    json::Writer payload;
    payload.object().field("circle", circle).end();
    modlog::record(tx, viewer, act, {"space", id.value}, id, payload.text());
    activity::announce(tx, {.community = viewer.community,
                            .kind = act,
                            .actor = viewer.id,
                            .subject = {"space", id.value},
                            .space = id,
                            .payload = payload.take()});
}

/// A private space whose name the viewer may know, or one they may read.
Result<Space> known_private(db::Tx& tx, const auth::Viewer& viewer, std::string_view slug) {
    for (Entry& entry : entries(tx, viewer))
        if (entry.space.slug == slug && entry.space.visibility == Visibility::Private)
            return std::move(entry.space);
    return fail(Fault::NotFound, "spaces.not_found");
}

}  // namespace

Done seat(db::Tx& tx, const auth::Viewer& viewer, SpaceId id, MemberId member, Role role) {
    const Space space = TRY(managed(tx, viewer, id));
    const members::Member who = TRY(members::find(tx, viewer.community, member));
    using members::State;
    if (who.state != State::Active && who.state != State::Placeholder)
        return fail(Fault::NotFound, "members.not_found", "handle");
    store::drop_request(tx, viewer.community, id, member);
    if (!store::seat(tx, viewer.community, space.id, member, role)) return Unit{};
    record(tx, viewer, "space.member_added", id, member);
    community::grow_access_version(tx, viewer.community);
    announce(tx, viewer, "space.member_added", id, member);
    return Unit{};
}

Done unseat(db::Tx& tx, const auth::Viewer& viewer, SpaceId id, MemberId member) {
    const bool leaves = viewer.is_member() && member == viewer.id;
    if (!leaves) TRY(managed(tx, viewer, id));
    if (!store::unseat(tx, viewer.community, id, member))
        return fail(Fault::NotFound, "spaces.not_found");
    if (!leaves) record(tx, viewer, "space.member_removed", id, member);
    community::grow_access_version(tx, viewer.community);
    announce(tx, viewer, "space.member_removed", id, member);
    return Unit{};
}

Done seat_circle(db::Tx& tx, const auth::Viewer& viewer, SpaceId id, circles::CircleId circle) {
    const Space space = TRY(managed(tx, viewer, id));
    if (space.visibility < Visibility::Private)
        return fail(Fault::Invalid, "spaces.circle_not_needed", "circle");
    TRY(circles::find(tx, viewer, circle));
    if (!circles::open_space(tx, viewer.community, circle, id)) return Unit{};
    note_circle(tx, viewer, "space.circle_added", id, circle);
    return Unit{};
}

Done unseat_circle(db::Tx& tx, const auth::Viewer& viewer, SpaceId id, circles::CircleId circle) {
    TRY(managed(tx, viewer, id));
    if (!circles::close_space(tx, viewer.community, circle, id))
        return fail(Fault::NotFound, "circles.not_found");
    note_circle(tx, viewer, "space.circle_removed", id, circle);
    return Unit{};
}

void seat_imported(db::Tx& tx, CommunityId community, SpaceId id, MemberId member, Role role) {
    store::seat(tx, community, id, member, role);
}

Done ask(db::Tx& tx, const auth::Viewer& viewer, std::string_view slug) {
    const Space space = TRY(known_private(tx, viewer, slug));
    if (!viewer.is_member()) return fail(Fault::NotFound, "spaces.not_found");
    if (readable(tx, viewer).find(space.id)) return Unit{};  // is in already
    if (!store::add_request(tx, viewer.community, space.id, viewer.id)) return Unit{};
    announce(tx, viewer, "space.asked", space.id, viewer.id);
    return Unit{};
}

Done answer(db::Tx& tx, const auth::Viewer& viewer, SpaceId id, MemberId member, Answer answer) {
    TRY(managed(tx, viewer, id));
    if (!store::drop_request(tx, viewer.community, id, member))
        return fail(Fault::NotFound, "spaces.not_found");
    if (answer == Answer::LetIn) return seat(tx, viewer, id, member, Role::Member);
    record(tx, viewer, "space.request_declined", id, member);
    announce(tx, viewer, "space.request_declined", id, member);
    return Unit{};
}

}  // namespace torv::spaces
