#pragma once

#include <string>
#include <unordered_map>

#include "features/messages/messages.hpp"

/// All SQL of the slice: it reads what topics publishes.
namespace torv::messages::store {

struct Lately {
    std::string title;
    MemberId last_poster;
    std::string excerpt;
};
std::unordered_map<TopicId, Lately> lately(db::Tx& tx, CommunityId community,
                                           const db::Ids& topics);

}  // namespace torv::messages::store
