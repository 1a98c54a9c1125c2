#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

/// What the house does by itself at intervals: mail goes out, old things are cleared away. One
/// thread; a chore that throws is logged and done again at its next time.
namespace torv::app {

class Chores {
public:
    Chores() = default;
    ~Chores();  ///< stops
    Chores(const Chores&) = delete;

    /// Before `start`. The first time is one interval after the start, but never later than a
    /// minute.
    void every(std::chrono::milliseconds interval, std::string name, std::function<void()> work);
    void start();
    void stop();  ///< when the one under way is done
    /// Does the chore of that name soon.
    void soon(const std::string& name);

private:
    using Clock = std::chrono::steady_clock;
    struct Chore {
        std::string name;
        std::chrono::milliseconds interval;
        std::function<void()> work;
        Clock::time_point due;
    };
    void run();

    std::vector<Chore> chores_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace torv::app
