#include "features/notifications/placing.hpp"

#include "features/conversations/conversations.hpp"
#include "features/members/members.hpp"
#include "features/spaces/spaces.hpp"

namespace torv::notifications {

namespace {

Spot spot_of(const spaces::Space& space) {
    return {.place = Place::Space, .id = space.id.value, .path = spaces::path(space.slug)};
}

Result<Spot> spot_of(const auth::Viewer& viewer, const members::Member& member) {
    const bool here =
        member.state == members::State::Active || member.state == members::State::Placeholder;
    if (!here) return fail(Fault::NotFound, "members.not_found");
    if (member.id == viewer.id) return fail(Fault::Invalid, "notifications.not_yourself");
    return Spot{
        .place = Place::Person, .id = member.id.value, .path = members::path(member.handle)};
}

}  // namespace

Result<Spot> topic_spot(db::Tx& tx, const auth::Viewer& viewer, TopicId id) {
    const auto topic = store::topic(tx, viewer.community, id);
    const auto may_read = [&] {
        if (topic->direct)
            return !conversations::readable(tx, viewer.community, viewer.id, {id}).empty();
        return spaces::readable(tx, viewer).find(topic->space) != nullptr;
    };
    if (!topic || topic->gone || !may_read()) return fail(Fault::NotFound, "topics.not_found");
    return Spot{.place = Place::Topic,
                .id = id.value,
                .path = topic->direct ? conversations::path(id) : "/t/" + id.text()};
}

Result<Spot> space_spot(db::Tx& tx, const auth::Viewer& viewer, SpaceId id) {
    return spot_of(TRY(spaces::find(tx, viewer, id)));
}

Result<Spot> space_spot(db::Tx& tx, const auth::Viewer& viewer, std::string_view slug) {
    return spot_of(TRY(spaces::find(tx, viewer, slug)));
}

Result<Spot> person_spot(db::Tx& tx, const auth::Viewer& viewer, MemberId id) {
    return spot_of(viewer, TRY(members::find(tx, viewer.community, id)));
}

Result<Spot> person_spot(db::Tx& tx, const auth::Viewer& viewer, std::string_view handle) {
    return spot_of(viewer, TRY(members::by_handle(tx, viewer.community, handle)));
}

Result<Level> level_for(Place place, std::string_view name) {
    const auto level = level_from(name);
    if (!level || (place == Place::Person && *level == Level::Watching))
        return fail(Fault::Invalid, "notifications.level_unknown", "level");
    return *level;
}

}  // namespace torv::notifications
