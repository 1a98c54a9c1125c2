#include "features/notifications/store.hpp"

namespace torv::notifications {

Levels levels(db::Tx& tx, const auth::Viewer& viewer, SpaceId space, TopicId topic) {
    Levels found;
    if (!viewer.is_member()) return found;
    for (const auto& held :
         store::current(tx, viewer.community, viewer.id, {.space = space, .topic = topic})) {
        if (held.place == Place::Topic) found.topic = held.chosen;
        if (held.place == Place::Space) found.space = held.chosen;
    }
    return found;
}

std::optional<Chosen> level(db::Tx& tx, const auth::Viewer& viewer, Place place, std::int64_t id) {
    if (!viewer.is_member()) return std::nullopt;
    store::Places places;
    switch (place) {
        case Place::Space: places.space = {id}; break;
        case Place::Topic: places.topic = {id}; break;
        case Place::Person: places.person = {id}; break;
        case Place::Tag: places.tags.values.push_back(id); break;
    }
    const auto held = store::current(tx, viewer.community, viewer.id, places);
    for (const auto& one : held)
        if (one.place == place) return one.chosen;
    return std::nullopt;
}

std::optional<Chosen> tag_level(db::Tx& tx, const auth::Viewer& viewer, std::string_view tag) {
    const auto id = viewer.is_member() ? store::tag(tx, viewer.community, tag) : 0;
    return id ? level(tx, viewer, Place::Tag, id) : std::nullopt;
}

std::vector<std::int64_t> followed_tags(db::Tx& tx, CommunityId community,
                                        const std::vector<std::string>& tags) {
    if (tags.empty()) return {};
    return store::tags(tx, community, db::Texts{tags});
}

bool Heed::follows(SpaceId space, TopicId topic) const {
    if (const auto own = topics.find(topic); own != topics.end())
        return own->second == Level::Watching;
    const auto around = spaces.find(space);
    return around != spaces.end() && around->second == Level::Watching;
}

bool Heed::muted(SpaceId space, TopicId topic) const {
    if (const auto own = topics.find(topic); own != topics.end())
        return own->second == Level::Muted;
    const auto around = spaces.find(space);
    return around != spaces.end() && around->second == Level::Muted;
}

Heed heed(db::Tx& tx, const auth::Viewer& viewer, const std::vector<TopicId>& topics) {
    Heed found;
    if (!viewer.is_member() || topics.empty()) return found;
    db::Ids ids;
    for (const TopicId topic : topics) ids.values.push_back(topic.value);
    for (const auto& one : store::levels_of(tx, viewer.community, viewer.id, ids)) {
        if (one.place == Place::Topic) found.topics[TopicId{one.id}] = one.level;
        else found.spaces[SpaceId{one.id}] = one.level;
    }
    for (const TopicId topic : store::named_in(tx, viewer.community, viewer.id, ids))
        found.named.insert(topic);
    return found;
}

void set_level(db::Tx& tx, const auth::Viewer& viewer, Place place, std::int64_t id, Level wanted) {
    if (!viewer.is_member()) return;
    store::set_level(tx, viewer.community, viewer.id, place, id, wanted);
}

}  // namespace torv::notifications
