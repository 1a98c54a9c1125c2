#include "features/notifications/placing.hpp"

#include "features/conversations/conversations.hpp"
#include "features/members/members.hpp"
#include "features/spaces/spaces.hpp"
#include "platform/base/text.hpp"
#include "platform/html/markdown.hpp"
#include "platform/i18n/i18n.hpp"

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

Result<Spot> tag_spot(db::Tx& tx, const auth::Viewer& viewer, std::string_view tag, Make make) {
    const std::string name = i18n::fold(tag);
    const auto named = markdown::render("#" + name, {.tags = true}).tags;
    if (named != std::vector{name}) return fail(Fault::NotFound, "notifications.no_tag");
    const auto id = make == Make::Yes ? store::make_tag(tx, viewer.community, name)
                                      : store::tag(tx, viewer.community, name);
    return Spot{.place = Place::Tag, .id = id, .path = "/tags/" + percent_encode(name)};
}

Result<Level> level_for(Place place, std::string_view name) {
    const auto level = level_from(name);
    const auto unfit = place == Place::Person ? Level::Watching : Level::Muted;
    const bool two = place == Place::Person || place == Place::Tag;
    if (!level || (two && *level == unfit))
        return fail(Fault::Invalid, "notifications.level_unknown", "level");
    return *level;
}

}  // namespace torv::notifications
