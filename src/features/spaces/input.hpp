#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "features/circles/circles.hpp"
#include "features/spaces/spaces.hpp"

namespace torv::spaces {

inline constexpr std::size_t kNameMax = 60;          ///< characters
inline constexpr std::size_t kDescriptionMax = 500;  ///< characters

/// What was typed, as it is kept. Fault: Invalid with the field.
Result<NewSpace> checked(const NewSpace& typed);
/// "lounge"; never empty.
std::string slug_of(std::string_view name);
/// Names of icons that a space may have instead of an emoji.
const std::vector<std::string_view>& icon_names();

/// Which of all spaces the viewer may read: the one place where this is decided.
db::Ids open_spaces(const auth::Viewer& viewer, const std::vector<Access>& all);

/// A space that the viewer may manage: as admin, or as a moderator of it. Fault: NotFound when they
/// may not know of it, Forbidden.
Result<Space> managed(db::Tx& tx, const auth::Viewer& viewer, SpaceId id);

/// Opens a private or secret space to the people of a circle, as members of the space, for as long
/// as they are in it. Admins, and moderators of the space, for circles they may see. Announces
/// space.circle_added. Faults: NotFound, Forbidden.
Done seat_circle(db::Tx& tx, const auth::Viewer& viewer, SpaceId id, circles::CircleId circle);
/// Announces space.circle_removed.
Done unseat_circle(db::Tx& tx, const auth::Viewer& viewer, SpaceId id, circles::CircleId circle);

}  // namespace torv::spaces
