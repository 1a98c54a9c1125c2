#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <thread>

#include "platform/base/guarded.hpp"
#include "platform/db/sqlite_connection.hpp"
#include "platform/db/testing.hpp"

using namespace torv;
using db::testing::Scratch;

TEST_CASE("an SQLite that can corrupt a file is refused") {
    CHECK_THROWS_AS(db::require_sqlite_version(3'051'002), db::DbError);
    CHECK_NOTHROW(db::require_sqlite_version(3'051'003));
}

TEST_CASE("a second process cannot serve the same SQLite file, but a command may visit it") {
    Scratch scratch(db::Dialect::Sqlite);
    CHECK_THROWS_AS(db::Db({.database = scratch.address(), .role = db::Role::Serve}), db::DbError);
    db::Db visit({.database = scratch.address()});
    CHECK(visit.check().empty());
}

TEST_CASE("many writers share commits, and one that fails undoes only its own") {
    Scratch scratch(db::Dialect::Sqlite);
    auto& db = scratch.db();
    db.write([](db::Tx& tx) { tx.run("CREATE TABLE t (a BIGINT NOT NULL UNIQUE)"); });
    std::atomic<int> failed{0};
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 8; ++t)
            threads.emplace_back([&, t] {
                for (int i = 0; i < 100; ++i) try {
                        db.write([&](db::Tx& tx) {
                            tx.run("INSERT INTO t (a) VALUES ($1)", t * 1000 + i);
                            if (i % 10 == 9)
                                tx.run("INSERT INTO t (a) VALUES ($1)", t * 1000);  // there already
                        });
                    } catch (const db::DbError& e) {
                        CHECK(e.fault == db::DbFault::Unique);
                        ++failed;
                    }
            });
    }
    CHECK(failed == 80);
    CHECK(db.read([](db::Tx& tx) { return tx.one("SELECT count(*) FROM t")->get<int>(0); }) == 720);
}

TEST_CASE(
    "the same SQL may be used inside its own rows, and its statement is kept for the next time") {
    Scratch scratch(db::Dialect::Sqlite);
    db::SqliteConnection connection(scratch.address(), db::SqliteConnection::Mode::Reader, false);
    const std::string sql = "SELECT value FROM carray($1) ORDER BY value";
    const db::Ids ids{{3, 1, 2}};
    const db::Param params[] = {db::param(ids)};
    struct Seen {
        db::SqliteConnection& connection;
        const std::string& sql;
        std::span<const db::Param> params;
        std::vector<int> outer, inner;
    } seen{connection, sql, params, {}, {}};
    connection.rows(
        sql, params,
        [](void* with, const db::Row& row) {
            auto& all = *static_cast<Seen*>(with);
            all.outer.push_back(row.get<int>(0));
            all.connection.rows(
                all.sql, all.params,
                [](void* to, const db::Row& r) {
                    static_cast<std::vector<int>*>(to)->push_back(r.get<int>(0));
                },
                &all.inner);
        },
        &seen);
    CHECK(seen.outer == std::vector<int>{1, 2, 3});
    CHECK(seen.inner == std::vector<int>{1, 2, 3, 1, 2, 3, 1, 2, 3});
    CHECK(connection.cached() == 1);
}

TEST_CASE(
    "when the disk is full a write is refused, small ones and reads go on, and it recovers by "
    "itself") {
    Scratch scratch(db::Dialect::Sqlite);
    auto& db = scratch.db();
    db.write([](db::Tx& tx) {
        tx.run("CREATE TABLE files (id INTEGER PRIMARY KEY, body TEXT NOT NULL)");
    });
    const auto pages = db.read([](db::Tx& tx) { return tx.one("PRAGMA page_count")->get<int>(0); });
    const auto limit = [&](int to) {
        db.write([&](db::Tx& tx) { tx.one("PRAGMA max_page_count = " + std::to_string(to)); });
    };
    limit(pages + 4);
    const auto add = [&](int id, std::size_t size) {
        db.write([&](db::Tx& tx) {
            tx.run("INSERT INTO files (id, body) VALUES ($1, $2)", id, std::string(size, 'x'));
        });
    };
    add(1, 10);
    std::atomic<int> kept{0};
    {
        std::vector<std::jthread> threads;  // big and small in the same groups
        for (int t = 0; t < 8; ++t)
            threads.emplace_back([&, t] {
                try {
                    add(10 + t, t % 2 == 0 ? 1'000'000 : 10);
                    ++kept;
                } catch (const db::DbError& e) {
                    CHECK(e.fault == db::DbFault::Full);
                }
            });
    }
    CHECK(kept == 4);
    CHECK(db.read([](db::Tx& tx) { return tx.one("SELECT count(*) FROM files")->get<int>(0); }) ==
          5);
    CHECK(db.write([](db::Tx& tx) { return tx.run("DELETE FROM files WHERE id = 1"); }) == 1);
    limit(1'000'000);
    add(30, 1'000'000);
    CHECK(db.check().empty());
}

TEST_CASE("people's writes go before background ones that wait") {
    Scratch scratch(db::Dialect::Sqlite);
    auto& db = scratch.db();
    std::promise<void> busy;
    std::promise<void> go_on;
    Guarded<std::string> order;
    std::vector<std::jthread> threads;
    threads.emplace_back([&] {
        db.write([&](db::Tx&) {
            busy.set_value();
            go_on.get_future().wait();
        });
    });
    busy.get_future().wait();
    const auto enqueue = [&](char who, db::Priority priority) {
        threads.emplace_back([&, who, priority] {
            db.write([&, who](db::Tx&) { *order.lock() += who; }, priority);
        });
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    };
    enqueue('b', db::Priority::Background);
    enqueue('p', db::Priority::People);
    enqueue('p', db::Priority::People);
    go_on.set_value();
    threads.clear();
    CHECK(*order.lock() == "ppb");
}

TEST_CASE("a write inside a write is refused, for it would wait for itself") {
    Scratch scratch(db::Dialect::Sqlite);
    auto& db = scratch.db();
    CHECK_THROWS_AS(db.write([&](db::Tx&) { db.write([](db::Tx&) {}); }), std::logic_error);
    db.write([](db::Tx&) {});
}
