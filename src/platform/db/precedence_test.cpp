#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <thread>

#include "platform/db/engine.hpp"
#include "platform/db/testing.hpp"

using namespace torv;
using std::chrono::steady_clock;

namespace {

struct Begun {
    steady_clock::duration waited{};
    bool people_had_gone = false;
};

/// Writes in the background while `people` runs in a write of its own, which gets a future that is
/// ready when the background work has begun.
template <class People>
Begun beside(db::Db& db, People&& people) {
    std::promise<void> writing, begun;
    std::atomic<bool> gone{false};
    std::thread one([&] {
        db.write([&](db::Tx&) {
            writing.set_value();
            people(begun.get_future());
            gone = true;
        });
    });
    writing.get_future().wait();
    Begun found;
    const auto since = steady_clock::now();
    db.write(
        [&](db::Tx&) {
            found = {.waited = steady_clock::now() - since, .people_had_gone = gone};
            begun.set_value();
        },
        db::Priority::Background);
    one.join();
    return found;
}

}  // namespace

// On SQLite there is one writer, and its queue does this.
TEST_CASE("on PostgreSQL background work lets people go first, but not for ever") {
    for (const auto dialect : db::testing::dialects()) {
        if (dialect == db::Dialect::Sqlite) continue;
        db::testing::Scratch scratch(dialect);
        const auto behind = beside(scratch.db(), [](std::future<void> begun) {
            begun.wait_for(std::chrono::milliseconds(20));
        });
        // A machine that stands still for a moment may use up the patience.
        CHECK((behind.people_had_gone || behind.waited >= db::kBackgroundPatience));
        const auto impatient = beside(scratch.db(), [](std::future<void> begun) { begun.wait(); });
        CHECK(!impatient.people_had_gone);
        CHECK(impatient.waited >= db::kBackgroundPatience);
    }
}
