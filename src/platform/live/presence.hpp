#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "platform/base/ids.hpp"

/// Who is here. Private to live; never stored.
namespace torv::live {

class Reader;

/// The members who have a page open in one community, here and on other nodes, and who wants to
/// know of whom.
class Presence {
public:
    using Clock = std::chrono::steady_clock;
    using Members = std::vector<MemberId>;

    /// A line of the member has been opened or has ended. Who goes from page to page has not gone:
    /// an end counts after some seconds.
    void opened(MemberId member);
    void ended(MemberId member, Clock::time_point now);
    /// A line of the member does not count any more: at once.
    void hidden(MemberId member);
    /// What another node says; `here` counts until `until`.
    void heard(const std::string& node, const Members& here, const Members& gone,
               Clock::time_point until);

    bool is_here(MemberId member) const { return known_.contains(member); }
    /// Those who have come or gone since the last call; of them on this node, for the others.
    struct Change {
        Members come;
        Members gone;
        Members come_here;
        Members gone_here;
    };
    Change changes(Clock::time_point now);
    /// Those who have a line on this node.
    Members here() const;

    /// `watcher` wants to know of these, and of no others.
    void watch(const std::shared_ptr<Reader>& watcher, const Members& members);
    void forget(const std::shared_ptr<Reader>& watcher);
    const std::vector<std::shared_ptr<Reader>>& watchers_of(MemberId member) const;

private:
    struct Lines {
        int open = 0;
        bool told = false;
        Clock::time_point until;  ///< counts as here, after the last one has ended
    };
    std::unordered_map<MemberId, Lines> lines_;
    std::map<std::string, std::unordered_map<MemberId, Clock::time_point>> elsewhere_;
    std::unordered_map<MemberId, bool> known_;  ///< as told; true: still so
    std::unordered_map<MemberId, std::vector<std::shared_ptr<Reader>>> watchers_;
};

}  // namespace torv::live
