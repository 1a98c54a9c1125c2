#pragma once

#include "features/lifting/lifting.hpp"

namespace torv::lifting {

/// What happened to a lift, for the record of activity and, when it concerns the messages of
/// others, for the moderation log.
struct Told {
    std::string_view kind;
    const lifts::Lift& lift;
    const std::vector<PostId>& posts;
    bool own = false;  ///< nobody else is concerned
    SpaceId from_space;
    SpaceId to_space;
};
void tell(db::Tx& tx, const auth::Viewer& viewer, const Told& what);

}  // namespace torv::lifting
