#include "app/chores.hpp"

#include <algorithm>

#include "platform/base/log.hpp"

namespace torv::app {

namespace {

constexpr std::chrono::minutes kFirstAtMost{1};

void do_one(const std::string& name, const std::function<void()>& work) {
    try {
        work();
    } catch (const std::exception& error) {
        log::error("chore.failed", {{"chore", name}, {"what", error.what()}});
    }
}

}  // namespace

Chores::~Chores() { stop(); }

void Chores::every(std::chrono::milliseconds interval, std::string name,
                   std::function<void()> work) {
    const auto first = std::min<Clock::duration>(interval, kFirstAtMost);
    chores_.push_back({std::move(name), interval, std::move(work), Clock::now() + first});
}

void Chores::start() {
    if (!chores_.empty() && !thread_.joinable()) thread_ = std::thread([this] { run(); });
}

void Chores::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void Chores::soon(const std::string& name) {
    {
        const std::lock_guard lock(mutex_);
        for (Chore& chore : chores_)
            if (chore.name == name) chore.due = Clock::now();
    }
    wake_.notify_all();
}

void Chores::run() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        const auto next =
            std::min_element(chores_.begin(), chores_.end(),
                             [](const Chore& a, const Chore& b) { return a.due < b.due; });
        if (next->due > Clock::now()) {
            wake_.wait_until(lock, next->due);
            continue;
        }
        next->due = Clock::now() + next->interval;
        lock.unlock();
        do_one(next->name, next->work);
        lock.lock();
    }
}

}  // namespace torv::app
