#include "platform/http/pool.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <semaphore>

using torv::http::Pool;
using namespace std::chrono_literals;

TEST_CASE("work that waits for the disk keeps no other work waiting while workers are free") {
    constexpr int kWorkers = 8;
    std::counting_semaphore<kWorkers> come(0), go(0);
    Pool pool(kWorkers, 100);
    for (int round = 0; round < 50; ++round) {
        for (int i = 0; i < kWorkers; ++i) {
            Pool::Work work = [&] {
                come.release();
                (void)go.try_acquire_for(20s);
            };
            REQUIRE(pool.post(work));
        }
        // All of them, though each is called by the one before.
        for (int i = 0; i < kWorkers; ++i) REQUIRE(come.try_acquire_for(10s));
        go.release(kWorkers);
    }
    CHECK(pool.drain(std::chrono::steady_clock::now() + 10s));
}
