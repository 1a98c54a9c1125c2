#pragma once

#include <string>
#include <vector>

#include "features/profiles/profiles.hpp"

/// People like oneself, near oneself.
namespace torv::profiles {

/// Somebody who has something in common with the viewer, in the viewer's own words.
struct Alike {
    MemberId id;
    std::vector<std::string> both;    ///< skills, interests and languages that both have
    std::vector<std::string> offers;  ///< what they offer or can, and the viewer seeks
    std::vector<std::string> seeks;   ///< what they seek, and the viewer offers
    std::string near;                 ///< the place, when it is the same
    double score = 0;
};
/// Those who share most, where what few have counts for more; by what they show to members alone.
/// Without blocked people, and without those who share nothing but a language. `members`: how many
/// the community has. At most five statements.
std::vector<Alike> alike(db::Tx& tx, const auth::Viewer& viewer, std::int64_t members, int limit);

}  // namespace torv::profiles
