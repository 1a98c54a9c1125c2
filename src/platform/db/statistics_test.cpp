#include <doctest/doctest.h>

#include <chrono>
#include <thread>

#include "platform/db/testing.hpp"

using namespace torv;

TEST_CASE("PostgreSQL's planner hears of a table that grew within moments") {
    const db::Migration grains{"20270101T0000_grains.sql",
                               "CREATE TABLE grains (id {id}, community_id BIGINT NOT NULL, "
                               "{key community_id, id})"};
    for (const auto dialect : db::testing::dialects()) {
        if (dialect == db::Dialect::Sqlite) continue;  // has none that plans by numbers
        db::testing::Scratch scratch(dialect);
        db::Db& db = scratch.db();
        auto list = db::testing::migrations();
        list.push_back(grains);
        db.migrate(list);
        db.write([](db::Tx& tx) {
            for (int n = 1; n <= 200; ++n)
                tx.run("INSERT INTO grains (id, community_id) VALUES ($1, 1)", n);
        });
        const auto known = [&] {
            db.tend();
            return db.read([](db::Tx& tx) {
                const auto row = tx.one(
                    "SELECT CAST(reltuples AS BIGINT) FROM pg_class WHERE relname = 'grains'");
                return row->get<std::int64_t>(0);
            });
        };
        // The server's own count of changes comes in a second late.
        for (int wait = 0; known() < 200 && wait < 100; ++wait)
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        CHECK(known() == 200);
    }
}
