#include "platform/activity/activity.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

#include "platform/base/guarded.hpp"
#include "platform/base/log.hpp"
#include "platform/db/testing.hpp"

using namespace torv;
using namespace std::chrono_literals;
using activity::Activity;
using db::testing::Scratch;

namespace {

constexpr CommunityId kTown{1};
constexpr CommunityId kClub{2};

void announce(db::Db& db, std::int64_t subject, CommunityId community = kTown,
              activity::Origin origin = activity::Origin::Lived) {
    db.write([&](db::Tx& tx) {
        activity::announce(tx, {.community = community,
                                .kind = "post.created",
                                .actor = MemberId{7},
                                .subject = {"post", subject},
                                .space = SpaceId{3},
                                .payload = R"({"topic":"9"})",
                                .origin = origin});
    });
}

/// A derived table as small as can be.
void make_seen(db::Db& db) {
    db.write([](db::Tx& tx) {
        tx.run("CREATE TABLE seen (community_id BIGINT NOT NULL, subject_id BIGINT NOT NULL)");
    });
}
void note_seen(db::Tx& tx, const Activity& row) {
    tx.run("INSERT INTO seen (community_id, subject_id) VALUES ($1, $2)", row.community,
           row.subject_id);
}
void clear_seen(db::Tx& tx, CommunityId community) {
    tx.run("DELETE FROM seen WHERE community_id = $1", community);
}
std::vector<std::int64_t> seen(db::Db& db, CommunityId community = kTown) {
    return db.read([&](db::Tx& tx) {
        return tx.all([](const db::Row& row) { return row.get<std::int64_t>(0); },
                      "SELECT subject_id FROM seen WHERE community_id = $1 ORDER BY subject_id",
                      community);
    });
}

using Numbers = std::vector<std::int64_t>;

template <class Condition>
bool soon(Condition&& condition) {
    for (int i = 0; i < 500; ++i) {
        if (condition()) return true;
        std::this_thread::sleep_for(10ms);
    }
    return false;
}

}  // namespace

TEST_CASE("what was announced is read back in order, and a rolled back announcement is not there") {
    for (const auto dialect : db::testing::dialects()) {
        CAPTURE(dialect);
        Scratch scratch(dialect);
        auto& db = scratch.db();
        announce(db, 11);
        CHECK_THROWS(db.write([](db::Tx& tx) {
            activity::announce(
                tx, {.community = kTown, .kind = "post.created", .subject = {"post", 12}});
            throw std::runtime_error("no");
        }));
        announce(db, 13, kTown, activity::Origin::Imported);
        announce(db, 14, kClub);
        activity::Runner(db).settle();

        const auto rows = db.read([](db::Tx& tx) { return activity::since(tx, kTown, 0, 10); });
        REQUIRE(rows.size() == 2);
        CHECK(rows[0].position == 1);
        CHECK(rows[0].subject_id == 11);
        CHECK(rows[0].subject_kind == "post");
        CHECK(rows[0].kind == "post.created");
        CHECK(rows[0].actor == MemberId{7});
        CHECK(rows[0].space == SpaceId{3});
        CHECK(rows[0].payload == R"({"topic":"9"})");
        CHECK(rows[0].happened_at == rows[0].recorded_at);
        CHECK(rows[1].position == 2);
        CHECK(rows[1].subject_id == 13);
        CHECK(rows[1].origin == activity::Origin::Imported);
        CHECK(db.read([](db::Tx& tx) { return activity::head(tx, kTown); }) == 2);
        CHECK(db.read([](db::Tx& tx) { return activity::since(tx, kTown, 2, 10); }).empty());
    }
}

TEST_CASE(
    "a derived table sees every row once, keeps its place over a restart and can be replayed from "
    "zero") {
    for (const auto dialect : db::testing::dialects()) {
        CAPTURE(dialect);
        Scratch scratch(dialect);
        make_seen(scratch.db());
        for (int i = 1; i <= 100; ++i) announce(scratch.db(), i);
        {
            activity::Runner runner(scratch.db());
            runner.derive("seen", note_seen, clear_seen);
            runner.settle();
            runner.settle();
            CHECK(seen(scratch.db()).size() == 100);
            CHECK(runner.health()[0].behind == 0);
        }
        scratch.reopen();
        announce(scratch.db(), 101);
        activity::Runner runner(scratch.db());
        runner.derive("seen", note_seen, clear_seen);
        if (dialect == db::Dialect::Sqlite)
            runner.settle();  // on PostgreSQL the lease of the first has to run out
        if (dialect == db::Dialect::Sqlite) CHECK(seen(scratch.db()).size() == 101);
        runner.reset("seen");
        CHECK(seen(scratch.db()).empty());
        runner.settle();
        CHECK(seen(scratch.db()).size() == 101);
    }
}

TEST_CASE("a consumer that fails stops at its row and shows in health, while the others go on") {
    log::set_level(static_cast<log::Level>(9));
    for (const auto dialect : db::testing::dialects()) {
        CAPTURE(dialect);
        Scratch scratch(dialect);
        auto& db = scratch.db();
        make_seen(db);
        std::atomic<bool> broken{true};
        std::atomic<int> others{0};
        activity::Runner runner(db);
        runner.derive("seen", [&](db::Tx& tx, const Activity& row) {
            note_seen(tx, row);
            if (broken && row.subject_id == 3) throw std::runtime_error("cannot do 3");
        });
        runner.derive("other", [&](db::Tx&, const Activity&) { ++others; });
        for (int i = 1; i <= 5; ++i) announce(db, i);
        runner.start();
        CHECK(soon([&] { return runner.health()[0].failing && others >= 5; }));
        CHECK(seen(db) == Numbers{1, 2});
        CHECK(runner.health()[0].error == "cannot do 3");
        CHECK(runner.health()[0].behind == 3);
        CHECK_FALSE(runner.health()[1].failing);

        broken = false;
        CHECK(soon([&] { return !runner.health()[0].failing && runner.health()[0].behind == 0; }));
        CHECK(seen(db) == Numbers{1, 2, 3, 4, 5});
        runner.stop();
    }
    log::set_level(log::Level::Error);
}

TEST_CASE("an effect passes over imported rows and is never replayed") {
    for (const auto dialect : db::testing::dialects()) {
        CAPTURE(dialect);
        Scratch scratch(dialect);
        auto& db = scratch.db();
        make_seen(db);
        activity::Runner runner(db);
        runner.effect("mail", note_seen);
        announce(db, 1);
        announce(db, 2, kTown, activity::Origin::Imported);
        announce(db, 3);
        runner.settle();
        CHECK(seen(db) == Numbers{1, 3});
        CHECK_THROWS_AS(runner.reset("mail"), std::logic_error);
        CHECK(runner.health()[0].behind == 0);
    }
}

TEST_CASE("a tail hears of what comes after it, soon after the commit, on a running server") {
    for (const auto dialect : db::testing::dialects()) {
        CAPTURE(dialect);
        Scratch scratch(dialect);
        auto& db = scratch.db();
        announce(db, 1);
        activity::Runner(db).settle();

        Guarded<Numbers> heard;
        activity::Runner runner(db);
        runner.tail("live", [&](const Activity& row) { heard.lock()->push_back(row.subject_id); });
        runner.start();
        std::this_thread::sleep_for(50ms);
        const auto began = std::chrono::steady_clock::now();
        announce(db, 2);
        announce(db, 3, kClub);
        CHECK(soon([&] { return heard.lock()->size() == 2; }));
        CHECK(std::chrono::steady_clock::now() - began < 1s);  // woken, not found by polling
        runner.stop();
        auto all = *heard.lock();
        std::sort(all.begin(), all.end());
        CHECK(all == Numbers{2, 3});
    }
}
