#pragma once

#include <string>
#include <vector>

#include "platform/base/ids.hpp"
#include "platform/base/result.hpp"
#include "platform/db/db.hpp"

/// A believable town to look at: seeds/demo.
namespace torv::demo {

/// Somebody one can sign in as.
struct Guide {
    std::string role;  ///< "owner", "moderator", "member"
    std::string name;
    std::string email;
    AccountId account;
};

struct Made {
    CommunityId community;
    std::vector<Guide> guides;  ///< the owner, a moderator, a member
    int people = 0;
    int topics = 0;
    int posts = 0;
    bool fresh = false;  ///< false: the town was there already
};

/// Makes the town, or completes one that was begun; a whole one stays as it is. `address` is that
/// of the installation. Throws std::runtime_error with file and line when a seed cannot be read.
Result<Made> make(db::Db& db, std::string_view address);

}  // namespace torv::demo
