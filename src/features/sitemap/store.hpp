#pragma once

#include <string>
#include <vector>

#include "platform/base/ids.hpp"
#include "platform/base/time.hpp"
#include "platform/db/db.hpp"
#include "platform/web/keyset.hpp"

namespace torv::sitemap::store {

/// Where parts of at most `size` topics begin, oldest movement first: each behind the place given.
/// By when something was last said, so that a part that is done changes only when topics leave it.
/// Reads an index alone.
std::vector<web::Keyset> parts(db::Tx& tx, CommunityId community, const db::Ids& spaces, int size);

struct Line {
    TopicId topic;
    std::string title;
    Instant changed_at;  ///< when something was last said, or its opening post was edited
};
/// Topics behind a place, in the same order.
std::vector<Line> part(db::Tx& tx, CommunityId community, const db::Ids& spaces, web::Keyset behind,
                       int size);

}  // namespace torv::sitemap::store
