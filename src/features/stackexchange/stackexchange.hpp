#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "features/imports/imports.hpp"
#include "platform/base/ids.hpp"
#include "platform/base/result.hpp"
#include "platform/db/db.hpp"

/// Moving in from a site of Stack Exchange.
namespace torv::stackexchange {

struct Options {
    std::string space;            ///< slug or name; made, for members, when there is none
    std::filesystem::path users;  ///< Users.xml, which names people; empty: by their numbers
    bool trial = false;           ///< looks at everything, changes nothing
    std::function<bool()> should_stop = {};  ///< true: return what is done so far
};

/// Brings the questions and answers of Posts.xml into a space of questions. Every row is in exactly
/// one of the report's `messages`: "posts", "known", "tag_notes", "others", "orphans", "empty",
/// "unreadable". Faults: Invalid "stackexchange.not_posts", "stackexchange.broken",
/// "stackexchange.bomb", "stackexchange.no_file", "stackexchange.not_questions", and those of a
/// space's name.
Result<imports::Report> import_posts(db::Db& db, CommunityId community,
                                     const std::filesystem::path& posts, const Options& options);

}  // namespace torv::stackexchange
