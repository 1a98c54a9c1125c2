#include "platform/jobs/jobs.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "platform/base/log.hpp"
#include "platform/db/testing.hpp"

using namespace torv;
using namespace std::chrono_literals;
using db::testing::Scratch;
using jobs::Outcome;

namespace {

constexpr CommunityId kTown{1};

class HandClock final : public Clock {
public:
    Instant now() const override { return {us_}; }
    void pass(microseconds span) { us_ += span.count(); }

private:
    std::atomic<std::int64_t> us_{1'795'000'000'000'000};
};

jobs::JobId enqueue(db::Db& db, jobs::NewJob job) {
    if (!job.community) job.community = kTown;
    return db.write([&](db::Tx& tx) { return jobs::enqueue(tx, job); });
}
std::vector<jobs::Job> list(db::Db& db, jobs::State state) {
    return db.read([&](db::Tx& tx) { return jobs::list(tx, kTown, state, 100); });
}

/// Mutes what the runner rightly logs about jobs that fail on purpose.
struct Quiet {
    Quiet() { log::set_level(static_cast<log::Level>(9)); }
    ~Quiet() { log::set_level(log::Level::Error); }
};

}  // namespace

TEST_CASE("a job runs once, when it is due, with what it was given") {
    for (const auto dialect : db::testing::dialects()) {
        CAPTURE(dialect);
        HandClock clock;
        Scratch scratch(dialect, &clock);
        auto& db = scratch.db();
        std::vector<std::string> done;
        jobs::Runner runner(db);
        runner.on("mail.send", [&](jobs::Run& run) {
            done.push_back(run.job().payload);
            CHECK(run.job().attempts == 1);
            CHECK(run.job().community == kTown);
            return Outcome::Done;
        });
        enqueue(db, {.kind = "mail.send", .payload = "now"});
        enqueue(db, {.kind = "mail.send", .payload = "later", .run_at = clock.now() + 1h});
        enqueue(db, {.kind = "nobody.knows", .payload = "stays"});
        CHECK(runner.run_due() == 1);
        CHECK(runner.run_due() == 0);
        clock.pass(2h);
        CHECK(runner.run_due() == 1);
        CHECK(done == std::vector<std::string>{"now", "later"});
        CHECK(list(db, jobs::State::Waiting).size() == 1);
    }
}

TEST_CASE("a job that was rolled back with its transaction never runs") {
    for (const auto dialect : db::testing::dialects()) {
        CAPTURE(dialect);
        Scratch scratch(dialect);
        CHECK_THROWS(scratch.db().write([](db::Tx& tx) {
            jobs::enqueue(tx, {.community = kTown, .kind = "mail.send"});
            throw std::runtime_error("no");
        }));
        CHECK(list(scratch.db(), jobs::State::Waiting).empty());
    }
}

TEST_CASE("one key is queued once, also after it was done") {
    for (const auto dialect : db::testing::dialects()) {
        CAPTURE(dialect);
        Scratch scratch(dialect);
        auto& db = scratch.db();
        int runs = 0;
        jobs::Runner runner(db);
        runner.on("mail.send", [&](jobs::Run&) { return ++runs, Outcome::Done; });
        CHECK(enqueue(db, {.kind = "mail.send", .key = "post-1"}));
        CHECK_FALSE(enqueue(db, {.kind = "mail.send", .key = "post-1"}));
        runner.run_due();
        CHECK_FALSE(enqueue(db, {.kind = "mail.send", .key = "post-1"}));
        CHECK(enqueue(db, {.kind = "mail.send", .key = "post-2"}));
        runner.run_due();
        CHECK(runs == 2);
        CHECK(list(db, jobs::State::Done).size() == 2);
    }
}

TEST_CASE(
    "a job that fails is tried again after growing pauses, then kept as a dead letter that can be "
    "retried or discarded") {
    const Quiet quiet;
    for (const auto dialect : db::testing::dialects()) {
        CAPTURE(dialect);
        HandClock clock;
        Scratch scratch(dialect, &clock);
        auto& db = scratch.db();
        bool works = false;
        jobs::Runner runner(db);
        runner.on("mail.send", [&](jobs::Run&) {
            if (!works) throw std::runtime_error("no mail server");
            return Outcome::Done;
        });
        const auto id = enqueue(db, {.kind = "mail.send", .max_attempts = 3});
        microseconds before{0};
        for (int attempt = 1; attempt < 3; ++attempt) {
            CHECK(runner.run_due() == 1);
            CHECK(runner.run_due() == 0);
            const auto waiting = list(db, jobs::State::Waiting);
            REQUIRE(waiting.size() == 1);
            CHECK(waiting[0].last_error == "no mail server");
            const auto pause = waiting[0].run_at - clock.now();
            CHECK(pause > before);
            before = pause;
            clock.pass(pause);
        }
        CHECK(runner.run_due() == 1);
        REQUIRE(list(db, jobs::State::Dead).size() == 1);
        CHECK(list(db, jobs::State::Dead)[0].id == id);

        works = true;
        CHECK(db.write([&](db::Tx& tx) { return jobs::retry(tx, kTown, id); }).has_value());
        CHECK(runner.run_due() == 1);
        CHECK(list(db, jobs::State::Dead).empty());
        CHECK(db.write([&](db::Tx& tx) { return jobs::retry(tx, kTown, id); }).error().fault ==
              Fault::NotFound);
        CHECK(db.write([&](db::Tx& tx) { return jobs::discard(tx, kTown, id); }).error().fault ==
              Fault::NotFound);
    }
}

TEST_CASE(
    "a handler that gives up buries the job at once, and one that has more to do is run again") {
    const Quiet quiet;
    for (const auto dialect : db::testing::dialects()) {
        CAPTURE(dialect);
        Scratch scratch(dialect);
        auto& db = scratch.db();
        int steps = 0;
        jobs::Runner runner(db);
        runner.on("hopeless.do",
                  [](jobs::Run&) -> Outcome { throw jobs::GiveUp("no such address"); });
        runner.on("import.run", [&](jobs::Run& run) {
            CHECK(run.job().attempts == 1);
            return ++steps < 5 ? Outcome::Again : Outcome::Done;
        });
        const auto id = enqueue(db, {.kind = "hopeless.do"});
        enqueue(db, {.kind = "import.run", .max_attempts = 2});
        runner.run_due();
        CHECK(steps == 5);
        REQUIRE(list(db, jobs::State::Dead).size() == 1);
        CHECK(list(db, jobs::State::Dead)[0].last_error == "no such address");
        CHECK(db.write([&](db::Tx& tx) { return jobs::discard(tx, kTown, id); }).has_value());
        CHECK(list(db, jobs::State::Dead).empty());
    }
}

TEST_CASE(
    "the job of a process that died runs again when its lease is over, and one that kills each "
    "time is buried") {
    const Quiet quiet;
    for (const auto dialect : db::testing::dialects()) {
        CAPTURE(dialect);
        HandClock clock;
        Scratch scratch(dialect, &clock);
        auto& db = scratch.db();
        enqueue(db, {.kind = "mail.send", .max_attempts = 2});
        // As a process leaves it behind that was killed: claimed, never finished.
        const auto die = [&] {
            db.write([&](db::Tx& tx) {
                tx.run(
                    "UPDATE jobs SET lease = 5, lease_until = $2, attempts = attempts + 1 WHERE "
                    "community_id = $1",
                    kTown, clock.now() + 60s);
            });
        };
        int runs = 0;
        jobs::Runner runner(db);
        runner.on("mail.send", [&](jobs::Run&) { return ++runs, Outcome::Again; });
        die();
        CHECK(runner.run_due() == 0);
        CHECK(list(db, jobs::State::Running).size() == 1);
        die();
        clock.pass(61s);
        CHECK(runner.run_due() == 1);
        CHECK(runs == 0);
        REQUIRE(list(db, jobs::State::Dead).size() == 1);
        CHECK(list(db, jobs::State::Dead)[0].last_error == "it never came to an end");
    }
}

TEST_CASE("threads share the queue without running a job twice, and stop when told") {
    for (const auto dialect : db::testing::dialects()) {
        CAPTURE(dialect);
        Scratch scratch(dialect);
        auto& db = scratch.db();
        std::atomic<int> runs{0};
        std::atomic<bool> long_one_stopped{false};
        jobs::Runner runner(db, 4);
        runner.on("mail.send", [&](jobs::Run&) { return ++runs, Outcome::Done; });
        runner.on("import.run", [&](jobs::Run& run) {
            while (!run.should_stop()) std::this_thread::sleep_for(1ms);
            long_one_stopped = true;
            return Outcome::Again;
        });
        runner.start();
        enqueue(db, {.kind = "import.run"});
        for (int i = 0; i < 50; ++i) enqueue(db, {.kind = "mail.send"});
        for (int i = 0; i < 1000 && runs < 50; ++i) std::this_thread::sleep_for(5ms);
        CHECK(runs == 50);
        runner.stop();
        CHECK(long_one_stopped);
        CHECK(runs == 50);
        CHECK(list(db, jobs::State::Waiting).size() == 1);
        CHECK(list(db, jobs::State::Running).empty());
    }
}
