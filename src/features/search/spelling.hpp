#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/ids.hpp"
#include "platform/db/db.hpp"

/// Words that are nearly as typed. A word is known where it was written: nobody is offered one from
/// a space that they may not read.
namespace torv::search::spelling {

/// Notes the words of a text, spelled out and parted by spaces, of 4 to 16 letters a to z; at most
/// 100 that the space did not know.
void learn(db::Tx& tx, CommunityId community, SpaceId space, std::string_view words);

/// Words of these spaces with one letter more, less, another, or two in the wrong order (of long
/// words also with two such mistakes, as far as they share all but one letter); nearest first.
std::vector<std::string> near(db::Tx& tx, CommunityId community, std::string_view word,
                              const db::Ids& spaces);

/// How many letters must be put in, taken out, changed or swapped with their neighbour to get from
/// one to the other: optimal string alignment (Damerau 1964). Bytes.
int distance(std::string_view a, std::string_view b);

}  // namespace torv::search::spelling
