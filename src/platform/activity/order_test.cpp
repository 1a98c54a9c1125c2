#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <future>
#include <random>
#include <thread>

#include "platform/activity/store.hpp"
#include "platform/db/testing.hpp"

using namespace torv;
using namespace std::chrono_literals;
using activity::Activity;
using db::testing::Scratch;

namespace {

constexpr CommunityId kTown{1};
using Numbers = std::vector<std::int64_t>;

void announce(db::Tx& tx, std::int64_t subject) {
    activity::announce(tx,
                       {.community = kTown, .kind = "post.created", .subject = {"post", subject}});
}

Numbers placed(db::Db& db) {
    Numbers subjects;
    for (const Activity& row :
         db.read([](db::Tx& tx) { return activity::since(tx, kTown, 0, 100); }))
        subjects.push_back(row.subject_id);
    return subjects;
}

/// Places what can be placed, until `wanted` rows are: other databases of the same server count in
/// its snapshots, so their open transactions hold our rows back for a while.
std::int64_t placed_in_time(db::Db& db, std::int64_t wanted) {
    std::int64_t rows = 0;
    for (int tries = 0; tries < 1000 && rows < wanted; ++tries) {
        if (tries > 0) std::this_thread::sleep_for(20ms);
        rows += db.write(activity::store::place).rows;
    }
    return rows;
}

/// What anybody would write first: follow the numbers of the transactions.
struct NaiveReader {
    std::int64_t xact = 0;
    Numbers seen;

    void read(db::Db& db) {
        db.read([&](db::Tx& tx) {
            tx.each(
                [&](const db::Row& row) {
                    xact = row.get<std::int64_t>(0);
                    seen.push_back(row.get<std::int64_t>(1));
                },
                R"sql(
                SELECT xact, subject_id FROM activity
                 WHERE community_id = $1 AND xact > CAST(CAST($2 AS TEXT) AS xid8) ORDER BY xact, id
            )sql",
                kTown, std::to_string(xact));
        });
    }
};

}  // namespace

TEST_CASE(
    "when a later transaction commits first, its row waits for the earlier one, which a naive "
    "reader loses") {
    for (const auto dialect : db::testing::dialects()) {
        if (dialect == db::Dialect::Sqlite)
            continue;  // whose transactions commit in the order in which they begin
        Scratch scratch(dialect);
        auto& db = scratch.db();
        NaiveReader naive;
        std::promise<void> first_has_written;
        std::promise<void> second_has_committed;
        std::thread first([&] {
            db.write([&](db::Tx& tx) {
                announce(tx, 1);
                first_has_written.set_value();
                second_has_committed.get_future().wait();
            });
        });
        first_has_written.get_future().wait();
        db.write([](db::Tx& tx) { announce(tx, 2); });

        naive.read(db);
        CHECK(naive.seen == Numbers{2});
        CHECK(db.write(activity::store::place).rows == 0);
        CHECK(placed(db).empty());

        second_has_committed.set_value();
        first.join();
        naive.read(db);
        CHECK(naive.seen == Numbers{2});  // the first is lost to it
        CHECK(placed_in_time(db, 2) == 2);
        CHECK(placed(db) == Numbers{1, 2});
    }
}

TEST_CASE(
    "under many writers a consumer sees every row once, in order, without gaps, on two nodes "
    "together") {
    for (const auto dialect : db::testing::dialects()) {
        CAPTURE(dialect);
        Scratch scratch(dialect);
        auto& db = scratch.db();
        db.write([](db::Tx& tx) {
            tx.run(
                "CREATE TABLE seen (position BIGINT NOT NULL PRIMARY KEY, subject_id BIGINT NOT "
                "NULL UNIQUE)");
        });
        const auto note = [](db::Tx& tx, const Activity& row) {
            tx.run("INSERT INTO seen (position, subject_id) VALUES ($1, $2)", row.position,
                   row.subject_id);
        };
        db::Db second_db({.database = scratch.address()});
        activity::Runner node(db);
        activity::Runner second_node(second_db);
        node.derive("seen", note);
        node.start();
        if (dialect == db::Dialect::Postgres) {
            second_node.derive("seen", note);
            second_node.start();
        }
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t < 8; ++t)
                threads.emplace_back([&, t] {
                    std::minstd_rand random(static_cast<unsigned>(t) + 1);
                    for (int i = 0; i < 40; ++i)
                        (t % 2 == 0 ? db : second_db).write([&](db::Tx& tx) {
                            announce(tx, t * 1000 + i);
                            if (dialect == db::Dialect::Postgres)
                                std::this_thread::sleep_for(1us * (random() % 3000));
                        });
                });
        }
        const auto summary = [&] {
            return db.read([](db::Tx& tx) {
                const auto row = tx.one(
                    "SELECT count(*), coalesce(min(position), 0), coalesce(max(position), 0) FROM "
                    "seen");
                return Numbers{row->get<std::int64_t>(0), row->get<std::int64_t>(1),
                               row->get<std::int64_t>(2)};
            });
        };
        for (int i = 0; i < 1000 && summary()[0] < 320; ++i) std::this_thread::sleep_for(10ms);
        node.stop();
        second_node.stop();
        CHECK(summary() == Numbers{320, 1, 320});
        CHECK_FALSE(node.health()[0].failing);
    }
}
