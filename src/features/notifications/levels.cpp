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
    }
    const auto held = store::current(tx, viewer.community, viewer.id, places);
    for (const auto& one : held)
        if (one.place == place) return one.chosen;
    return std::nullopt;
}

void set_level(db::Tx& tx, const auth::Viewer& viewer, Place place, std::int64_t id, Level wanted) {
    if (!viewer.is_member()) return;
    store::set_level(tx, viewer.community, viewer.id, place, id, wanted);
}

}  // namespace torv::notifications
