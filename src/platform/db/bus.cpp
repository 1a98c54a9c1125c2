#include "platform/db/bus.hpp"

#include <memory>

namespace torv::db {

Subscription Bus::subscribe(std::string_view channel, std::function<void()> woken) {
    auto held = std::make_shared<Callback>(std::move(woken));
    auto channels = channels_.lock();
    (*channels)[std::string(channel)].push_back(held);
    return Subscription(std::move(held));
}

void Bus::wake(std::string_view channel) {
    std::vector<std::shared_ptr<Callback>> callbacks;  // called outside the lock
    {
        auto channels = channels_.lock();
        const auto found = channels->find(channel);
        if (found == channels->end()) return;
        std::erase_if(found->second, [&](const std::weak_ptr<Callback>& listed) {
            auto callback = listed.lock();
            if (!callback) return true;
            callbacks.push_back(std::move(callback));
            return false;
        });
    }
    for (const auto& callback : callbacks) (*callback)();
}

}  // namespace torv::db
