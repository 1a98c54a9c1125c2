#include "platform/http/pool.hpp"

#include <utility>

namespace torv::http {

Pool::Pool(int threads, std::size_t max_waiting) : max_waiting_(max_waiting) {
    for (int i = 0; i < threads; ++i) workers_.push_back(std::make_unique<Worker>());
    sleeping_.reserve(workers_.size());
    for (const auto& worker : workers_)
        threads_.emplace_back([this, me = worker.get()] { run(*me); });
}

Pool::~Pool() {
    std::deque<Work> dropped;
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        dropped.swap(waiting_);
    }
    for (const auto& worker : workers_) worker->wake.notify_one();
    threads_.clear();  // joins
}

Pool::Worker* Pool::called_for_more() {
    if (waiting_.empty() || sleeping_.empty() || on_the_way_) return nullptr;
    Worker* called = sleeping_.back();
    sleeping_.pop_back();
    called->called = true;
    on_the_way_ = true;
    return called;
}

bool Pool::post(Work& work) {
    Worker* called = nullptr;
    {
        const std::lock_guard lock(mutex_);
        if (stopping_ || waiting_.size() >= max_waiting_) return false;
        waiting_.push_back(std::move(work));
        called = called_for_more();
    }
    if (called) called->wake.notify_one();
    return true;
}

bool Pool::drain(std::chrono::steady_clock::time_point deadline) {
    std::deque<Work> dropped;
    std::unique_lock lock(mutex_);
    dropped.swap(waiting_);
    return idle_.wait_until(lock, deadline, [this] { return running_ == 0; });
}

void Pool::run(Worker& me) {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        if (waiting_.empty()) {
            me.called = false;
            sleeping_.push_back(&me);
            me.wake.wait(lock, [&] { return stopping_ || me.called; });
            on_the_way_ = false;
            continue;
        }
        {
            auto work = std::move(waiting_.front());
            waiting_.pop_front();
            ++running_;
            Worker* const next = called_for_more();
            lock.unlock();
            if (next) next->wake.notify_one();
            work();
        }  // what the work holds goes outside the lock
        lock.lock();
        if (--running_ == 0) idle_.notify_all();
    }
}

}  // namespace torv::http
