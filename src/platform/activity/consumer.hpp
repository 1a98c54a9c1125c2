#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "platform/activity/activity.hpp"
#include "platform/base/guarded.hpp"

/// Only files of this module include it.
namespace torv::activity {

inline constexpr std::string_view kWritten = "activity_written";  ///< rows were announced
inline constexpr std::string_view kPlaced =
    "activity_placed";  ///< rows got their position (PostgreSQL)

enum class Kind { Derived, Effect };

/// A consumer with a durable cursor in each community.
class Consumer {
public:
    /// `db` outlives the consumer; `holder` names the runner in leases.
    Consumer(db::Db& db, std::string name, Kind kind, Each each, Clear clear, std::int64_t holder);

    const std::string& name() const { return name_; }
    /// Everything there is to do in every community, until `stop`. A failure is kept for `health`.
    /// Gives the pause after which what failed is worth another try, at most `longest`.
    std::chrono::milliseconds catch_up(const std::atomic<bool>& stop,
                                       std::chrono::milliseconds longest);
    /// The same at once, whatever failed before; throws the failure. Says whether there was
    /// something to do.
    bool catch_up_or_throw();
    /// Empties what was derived and starts from the first row.
    void reset();
    Health health();

private:
    struct Failure {
        std::string error;
        std::chrono::steady_clock::time_point again_at;
        std::chrono::milliseconds pause{0};
    };
    struct Batch {
        int rows = 0;
        bool more = false;  ///< rows may be left
        bool ours = true;   ///< false: another node has the lease
    };

    std::vector<CommunityId> communities_behind();
    void follow(CommunityId community, const std::atomic<bool>& stop);
    Batch batch(CommunityId community, int limit);
    std::int64_t apply(db::Tx& tx, const std::vector<Activity>& rows, std::int64_t position,
                       int& applied);
    bool is_pausing(CommunityId community);
    std::chrono::milliseconds pause(std::chrono::milliseconds longest);
    void note_failure(CommunityId community, const std::string& error);

    db::Db& db_;
    const std::string name_;
    const Kind kind_;
    const Each each_;
    const Clear clear_;
    const std::int64_t holder_;
    std::mutex running_;  ///< one catch_up or reset at a time
    Guarded<std::map<CommunityId, Failure>> failures_;
};

}  // namespace torv::activity
