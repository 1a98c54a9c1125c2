#pragma once

#include <string>
#include <vector>

#include "platform/base/ids.hpp"
#include "platform/base/time.hpp"
#include "platform/db/db.hpp"

/// All SQL of the slice.
namespace torv::catchup::store {

struct Said {
    TopicId topic;
    MemberId author;
    Instant at;
    std::string reactions;  ///< as it stands on the post
};
/// Since then, in no order.
std::vector<Said> said(db::Tx& tx, CommunityId community, const db::Ids& topics, Instant since);

}  // namespace torv::catchup::store
