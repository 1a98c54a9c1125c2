#pragma once

#include <string>

#include "features/notifications/store.hpp"

/// Places that a viewer may choose a level for.
namespace torv::notifications {

/// Fault: NotFound for what the viewer may not see.
struct Spot {
    Place place{};
    std::int64_t id = 0;
    std::string path;  ///< of its page
};
Result<Spot> topic_spot(db::Tx& tx, const auth::Viewer& viewer, TopicId topic);
Result<Spot> space_spot(db::Tx& tx, const auth::Viewer& viewer, SpaceId space);
Result<Spot> space_spot(db::Tx& tx, const auth::Viewer& viewer, std::string_view slug);
Result<Spot> person_spot(db::Tx& tx, const auth::Viewer& viewer, MemberId member);
Result<Spot> person_spot(db::Tx& tx, const auth::Viewer& viewer, std::string_view handle);
/// Any word that can be a tag, whether it is one yet or not: nobody learns what is named where they
/// may not read. `make`: it gets a number when it has none; else that may be 0.
enum class Make { No, Yes };
Result<Spot> tag_spot(db::Tx& tx, const auth::Viewer& viewer, std::string_view tag, Make make);

/// A person is muted or not, a tag is followed or not; topics and spaces have three levels. Fault:
/// Invalid "notifications.level_unknown", field "level".
Result<Level> level_for(Place place, std::string_view name);

}  // namespace torv::notifications
