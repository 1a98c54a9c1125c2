#include "platform/db/bus.hpp"

#include <memory>

namespace torv::db {

namespace {
std::string shouted(std::string_view channel) { return "!" + std::string(channel); }
}  // namespace

Subscription Bus::subscribe(std::string_view channel, std::function<void()> woken) {
    return add(std::string(channel), [woken = std::move(woken)](std::string_view) { woken(); });
}

Subscription Bus::hear(std::string_view channel, Hearer hearer) {
    return add(shouted(channel), std::move(hearer));
}

void Bus::wake(std::string_view channel) { call(channel, {}); }

void Bus::heard(std::string_view channel, std::string_view text) { call(shouted(channel), text); }

Subscription Bus::add(std::string key, Hearer hearer) {
    auto callback = std::make_shared<Callback>();
    callback->call = std::move(hearer);
    (*channels_.lock())[std::move(key)].push_back(callback);
    // Ends by waiting for a call under way, so that what the callback uses may go right after.
    const auto end = [callback](void*) {
        const std::lock_guard lock(callback->mutex);
        callback->call = nullptr;
    };
    return Subscription(std::shared_ptr<void>(callback.get(), end));
}

void Bus::call(std::string_view key, std::string_view text) {
    std::vector<std::shared_ptr<Callback>> callbacks;  // called outside the lock
    {
        auto channels = channels_.lock();
        const auto found = channels->find(key);
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
        if (callback->call) callback->call(text);
    }
}

void Bus::wake_all(std::string_view channel) {
    wake(channel);
    if (forward_) forward_(channel);
}

}  // namespace torv::db
