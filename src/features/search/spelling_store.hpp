#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/base/ids.hpp"
#include "platform/db/db.hpp"

/// SQL of what is written where.
namespace torv::search::store {

/// Those of `words` that the space knows.
std::vector<std::string> known_words(db::Tx& tx, CommunityId community, SpaceId space,
                                     const db::Texts& words);
void add_word(db::Tx& tx, CommunityId community, SpaceId space, const std::string& word);
void add_variant(db::Tx& tx, CommunityId community, const std::string& variant,
                 const std::string& word);
/// Words of these spaces that share one of the variants; in no order.
std::vector<std::string> words_near(db::Tx& tx, CommunityId community, const db::Texts& variants,
                                    const db::Ids& spaces, int limit);
void clear_words(db::Tx& tx, CommunityId community);

}  // namespace torv::search::store
