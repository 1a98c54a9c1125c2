#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "features/search/search.hpp"
#include "features/topics/topics.hpp"
#include "platform/db/db.hpp"

/// Topics like a title that is being written.
namespace torv::search {

inline constexpr int kSimilarShown = 5;

/// Best first: topics that share several words with the title, rare words more than common ones,
/// words in the title more than words below it. Only what the viewer may read. A word that many
/// topics hold is looked for in the newest of them.
std::vector<topics::Topic> similar(db::Tx& tx, const auth::Viewer& viewer, std::string_view title);

/// GET /search/similar?title=…: them as a fragment.
void similar_routes(web::Routes& routes);

namespace store {

/// Topics that hold one of these terms in title or opening post, at most `limit`.
std::vector<TopicId> topics_with(db::Tx& tx, CommunityId community,
                                 const std::vector<std::string>& terms, const db::Ids& spaces,
                                 int limit);
/// How many topics there are to find in these spaces, counted up to `limit`.
int topics_up_to(db::Tx& tx, CommunityId community, const db::Ids& spaces, int limit);

}  // namespace store
}  // namespace torv::search
