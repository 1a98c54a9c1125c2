#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/guarded.hpp"
#include "platform/db/db.hpp"

namespace torv::db {

/// Who wants to know of a commit. It says "look now" and carries nothing.
class Bus {
public:
    Subscription subscribe(std::string_view channel, std::function<void()> woken);
    /// Calls the subscribers of this process. A subscription that has ended is not called any more.
    void wake(std::string_view channel);
    /// Called for each commit besides the subscribers: the way to other nodes. Set before first
    /// use.
    void forward_to(std::function<void(std::string_view)> forward) {
        forward_ = std::move(forward);
    }
    /// Wakes everybody, here and on other nodes.
    void wake_all(std::string_view channel);

    /// Commits of this process that changed something others may see.
    void note_change() { changes_.fetch_add(1, std::memory_order_acq_rel); }
    std::uint64_t changes() const { return changes_.load(std::memory_order_acquire); }

    /// What other nodes shout. Channels of `subscribe` and `hear` have nothing to do with each
    /// other.
    Subscription hear(std::string_view channel, Hearer hearer);
    /// Another node has shouted.
    void heard(std::string_view channel, std::string_view text);

private:
    std::atomic<std::uint64_t> changes_ = 0;
    struct Callback {
        std::mutex mutex;
        Hearer call;  ///< empty when the subscription has ended
    };
    Subscription add(std::string key, Hearer hearer);
    void call(std::string_view key, std::string_view text);
    std::function<void(std::string_view)> forward_;
    Guarded<std::map<std::string, std::vector<std::weak_ptr<Callback>>, std::less<>>> channels_;
};

}  // namespace torv::db
