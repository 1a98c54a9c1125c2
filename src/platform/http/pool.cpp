#include "platform/http/pool.hpp"

#include <utility>

namespace torv::http {

Pool::Pool(int threads, std::size_t max_waiting) : max_waiting_(max_waiting) {
    for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
}

Pool::~Pool() {
    std::deque<Work> dropped;
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        dropped.swap(waiting_);
    }
    wake_.notify_all();
    threads_.clear();  // joins
}

bool Pool::post(Work& work) {
    {
        const std::lock_guard lock(mutex_);
        if (stopping_ || waiting_.size() >= max_waiting_) return false;
        waiting_.push_back(std::move(work));
    }
    wake_.notify_one();
    return true;
}

bool Pool::drain(std::chrono::steady_clock::time_point deadline) {
    std::deque<Work> dropped;
    std::unique_lock lock(mutex_);
    dropped.swap(waiting_);
    return idle_.wait_until(lock, deadline, [this] { return running_ == 0; });
}

void Pool::run() {
    std::unique_lock lock(mutex_);
    while (true) {
        wake_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
        if (stopping_) return;
        {
            auto work = std::move(waiting_.front());
            waiting_.pop_front();
            ++running_;
            lock.unlock();
            work();
        }  // what the work holds goes outside the lock
        lock.lock();
        if (--running_ == 0) idle_.notify_all();
    }
}

}  // namespace torv::http
