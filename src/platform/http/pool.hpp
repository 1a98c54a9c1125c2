#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

/// The threads on which handlers run. Private to http.
namespace torv::http {

class Pool {
public:
    using Work = std::move_only_function<void()>;

    Pool(int threads, std::size_t max_waiting);
    ~Pool();  ///< drops what waits, lets what runs finish
    Pool(const Pool&) = delete;

    /// False when too much is waiting; then `work` was not taken.
    bool post(Work& work);
    /// Waits until nothing runs; false when the deadline came first. What waits is dropped.
    bool drain(std::chrono::steady_clock::time_point deadline);

private:
    struct Worker {
        std::condition_variable wake;
        bool called = false;
    };
    void run(Worker& me);
    /// Whom to wake for what waits; nobody while another is on the way, who calls the next one when
    /// more waits then. Else a burst wakes all for work that those who are awake come to first.
    Worker* called_for_more();

    const std::size_t max_waiting_;
    std::mutex mutex_;
    std::condition_variable idle_;
    std::deque<Work> waiting_;
    std::vector<std::unique_ptr<Worker>> workers_;
    /// Who has nothing to do. The last one in is called first: its stack and memory are warm.
    std::vector<Worker*> sleeping_;
    bool on_the_way_ = false;  ///< somebody was called and has not come yet
    std::size_t running_ = 0;
    bool stopping_ = false;
    std::vector<std::jthread> threads_;
};

}  // namespace torv::http
