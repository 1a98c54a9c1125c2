#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "platform/base/ids.hpp"
#include "platform/base/result.hpp"
#include "platform/base/time.hpp"
#include "platform/db/db.hpp"

namespace torv::web {
class Routes;
}
namespace torv::jobs {
class Runner;
}

/// Moving in: what people wrote elsewhere becomes their past here. Nothing is dropped silently, and
/// importing twice changes nothing.
namespace torv::imports {

using ImportId = Id<struct ImportTag>;

/// What happened to everything in the archive. The numbers in `messages` sum up to `total`.
struct Report {
    bool trial = false;
    std::int64_t total = 0;                        ///< messages in the archive
    std::int64_t done = 0;                         ///< looked at so far
    std::map<std::string, std::int64_t> messages;  ///< by outcome: "posts", "known", "joins",
                                                   ///< "leaves", "notes", "empty", "unreadable"
    std::map<std::string, std::int64_t>
        things;  ///< "spaces", "people", "reactions", "edits", "files", "mentions", "replies"
    /// Something that could not be kept as it was: where, what (a key below imports.oddity.), and a
    /// detail such as an emoji's name.
    struct Oddity {
        std::string where;
        std::string what;
        std::string detail;
    };
    std::vector<Oddity> oddities;        ///< the first 1,000
    std::int64_t oddities_left_out = 0;  ///< more of them

    void add(std::string where, std::string what, std::string detail);
    /// What was here already came in before the import was cut off, while there is any of
    /// `from_before` left, or with another import.
    void add_posts(std::int64_t fresh, std::int64_t known, std::int64_t& from_before);
    std::string json() const;
    static Report from_json(std::string_view text);
};

struct Options {
    bool trial = false;                                ///< looks at everything, changes nothing
    MemberId by;                                       ///< who imports; 0 from the command line
    std::function<void(const Report&)> progress = {};  ///< after each day of a channel
    std::function<bool()> should_stop =
        {};  ///< true: return what is done so far; running it again goes on
    /// In the transaction that brings in so many posts: they are this import's, also when it is cut
    /// off and run again with their number as `brought_before`.
    std::function<void(db::Tx&, std::int64_t posts)> brought = {};
    std::int64_t brought_before = 0;
};

/// Imports a Slack export into a community: a chat space for each channel (private ones stay
/// private), placeholders for people, posts with their times to the microsecond. Writes in small
/// transactions behind those of people, so that it can be stopped, killed and run again. Faults:
/// Invalid "imports.…" when it is no Slack export.
Result<Report> import_slack(db::Db& db, CommunityId community, const std::filesystem::path& archive,
                            const Options& options);

/// Registers the job that does what was uploaded in the browser.
void work(jobs::Runner& runner, const std::filesystem::path& folder);

void routes(web::Routes& routes);

}  // namespace torv::imports
