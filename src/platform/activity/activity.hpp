#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/ids.hpp"
#include "platform/base/time.hpp"
#include "platform/db/db.hpp"

/// The spine: a row for everything that happened, written in the transaction that changed it, and
/// the consumers that follow it. ARCHITECTURE 4.
namespace torv::activity {

/// Imported rows count in figures as lived history; they never cause notices, mail or webhooks.
enum class Origin { Lived, Imported };

/// What it happened to: {"topic", id.value}.
struct Subject {
    std::string_view kind;
    std::int64_t id = 0;
};

struct Announcement {
    CommunityId community;
    std::string_view kind;  ///< "noun.verb_past": "topic.created"
    MemberId actor;         ///< 0: nobody in particular
    Subject subject;
    SpaceId space;  ///< 0: the whole community
    std::string payload =
        "{}";  ///< a JSON object that holds ids and numbers, never a person's words or name
    Instant happened_at = {};  ///< now, when not said
    Origin origin = Origin::Lived;
};

/// Writes the row; after the commit the consumers of this node wake at once and the others soon.
void announce(db::Tx& tx, const Announcement& what);

/// A row as consumers see it.
struct Activity {
    CommunityId community;
    std::int64_t position = 0;  ///< 1, 2, 3 … within the community, without gaps
    Instant happened_at;
    Instant recorded_at;
    Origin origin = Origin::Lived;
    std::string kind;
    MemberId actor;
    std::string subject_kind;
    std::int64_t subject_id = 0;
    SpaceId space;
    std::string payload;
};

/// The rows after `position`, oldest first; what live clients replay.
std::vector<Activity> since(db::Tx& tx, CommunityId community, std::int64_t position, int limit);
/// Position of the newest row that has one; 0 when there is none.
std::int64_t head(db::Tx& tx, CommunityId community);

using Each = std::function<void(db::Tx&, const Activity&)>;
using Clear = std::function<void(db::Tx&, CommunityId)>;
using Watch = std::function<void(const Activity&)>;

/// How a consumer is doing in the community where it is furthest behind.
struct Health {
    std::string consumer;
    std::int64_t behind = 0;  ///< rows it has not seen yet, over all communities
    bool failing = false;  ///< stopped at a row that made it throw; tried again with growing pauses
    std::string error;     ///< of the last failure, for the log and the owner
};

/// Owns the threads that follow the record. Register everything, then start.
class Runner {
public:
    /// `db` outlives the runner.
    explicit Runner(db::Db& db);
    ~Runner();
    Runner(const Runner&) = delete;

    /// A derived table. `each` runs once per row and community, in order, in the transaction that
    /// moves the durable cursor. `clear` empties what was derived for a community, for a replay
    /// from zero.
    void derive(std::string name, Each each, Clear clear = {});
    /// Something that leaves the house: as `derive`, but skips imported rows and is never replayed.
    /// `each` enqueues a job.
    void effect(std::string name, Each each);
    /// Told on every node, without a cursor, of what comes after its registration. Must be quick.
    void tail(std::string name, Watch watch);

    void start();
    void stop();  ///< when the batches under way are done

    /// Runs all consumers on this thread until nothing is left; a consumer's failure is thrown. For
    /// tests.
    void settle();
    /// Empties and replays a derived consumer from the first row, in every community.
    void reset(std::string_view consumer);
    std::vector<Health> health();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace torv::activity
