#include "platform/db/bus.hpp"

#include <memory>

namespace torv::db {

Subscription Bus::subscribe(std::string_view channel, std::function<void()> woken) {
    auto callback = std::make_shared<Callback>();
    callback->call = std::move(woken);
    (*channels_.lock())[std::string(channel)].push_back(callback);
    // Ends by waiting for a call under way, so that what the callback uses may go right after.
    const auto end = [callback](void*) {
        const std::lock_guard lock(callback->mutex);
        callback->call = nullptr;
    };
    return Subscription(std::shared_ptr<void>(callback.get(), end));
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
    for (const auto& callback : callbacks) {
        const std::lock_guard lock(callback->mutex);
        if (callback->call) callback->call();
    }
}

void Bus::wake_all(std::string_view channel) {
    wake(channel);
    if (forward_) forward_(channel);
}

}  // namespace torv::db
