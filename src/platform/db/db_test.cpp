#include "platform/db/db.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <barrier>
#include <thread>

#include "platform/db/testing.hpp"

using namespace torv;
using db::testing::dialects;
using db::testing::Scratch;

namespace {

using NoteId = Id<struct NoteTag>;
enum class Mood { Calm = 0, Merry = 2 };

void make_notes(db::Db& db) {
    const db::Migration notes{"20270101T0000_notes.sql", R"sql(
        CREATE TABLE notes (
            id {id}, community_id BIGINT NOT NULL, title TEXT, size DOUBLE PRECISION, body {blob}, mood BIGINT, at BIGINT,
            {key community_id, id}, CHECK (mood < 10));
        CREATE UNIQUE INDEX notes_title ON notes (community_id, title);
        CREATE TABLE lines (
            id {id}, community_id BIGINT NOT NULL, note_id BIGINT NOT NULL,
            {key community_id, id}, {fk note_id notes} ON DELETE CASCADE);
    )sql"};
    auto list = db::testing::migrations();
    list.push_back(notes);
    CHECK(db.migrate(list) == std::vector<std::string>{"20270101T0000_notes"});
    CHECK(db.migrate(list).empty());
}

void add(db::Tx& tx, int id, std::string_view title) {
    tx.run("INSERT INTO notes (id, community_id, title) VALUES ($1, 1, $2)", id, title);
}
int count(db::Db& db) {
    return db.read([](db::Tx& tx) { return tx.one("SELECT count(*) FROM notes")->get<int>(0); });
}

db::DbFault fault_of(db::Db& db, std::string_view sql) {
    try {
        db.write([&](db::Tx& tx) { tx.run(sql); });
    } catch (const db::DbError& e) {
        return e.fault;
    }
    FAIL("no fault");
    return db::DbFault::Other;
}

}  // namespace

TEST_CASE(
    "values come back as they went in: text of any script, blobs, numbers, flags, moments, ids and "
    "nothing") {
    for (const auto dialect : dialects()) {
        CAPTURE(dialect);
        Scratch scratch(dialect);
        auto& db = scratch.db();
        make_notes(db);
        const std::string text = "Ærø 🜁 עברית 漢 'quoted' \"double\" \\ $1 {brace}\n";
        const std::string blob("\0\xff\x01'\\x", 6);
        const Instant at{1'795'000'000'123'456};
        db.write([&](db::Tx& tx) {
            tx.run(
                "INSERT INTO notes (id, community_id, title, size, body, mood, at) VALUES ($7, $1, "
                "$2, $3, $4, $5, $6)",
                CommunityId{9'007'199'254'740'993}, text, 0.1, db::Blob{blob}, Mood::Merry, at,
                NoteId{5});
            tx.run("INSERT INTO notes (id, community_id, title, body) VALUES ($1, 1, $2, $3)", 6,
                   std::string_view(), db::Blob{{}});
            tx.run("INSERT INTO notes (id, community_id, title, at) VALUES (7, 1, $1, $2)", nullptr,
                   std::optional<Instant>());
        });
        db.read([&](db::Tx& tx) {
            const auto row = tx.one(
                "SELECT id, community_id, title, size, body, mood, at, at > 5, NULL FROM notes "
                "WHERE id = 5");
            REQUIRE(row);
            CHECK(row->get<NoteId>(0) == NoteId{5});
            CHECK(row->get<CommunityId>(1) == CommunityId{9'007'199'254'740'993});
            CHECK(row->get<std::string>(2) == text);
            CHECK(row->get<double>(3) == 0.1);
            CHECK(row->get<std::string_view>(4) == blob);
            CHECK(row->get<Mood>(5) == Mood::Merry);
            CHECK(row->get<std::optional<Instant>>(6) == at);
            CHECK(row->get<bool>(7));
            CHECK(row->null(8));
            CHECK_FALSE(row->get<std::optional<NoteId>>(8));
            CHECK(row->get<int>(8) == 0);

            const auto empty = tx.one("SELECT title, body FROM notes WHERE id = 6");
            CHECK_FALSE(empty->null(0));
            CHECK(empty->get<std::string>(0).empty());
            CHECK_FALSE(empty->null(1));
            const auto none = tx.one("SELECT title, body, at FROM notes WHERE id = 7");
            CHECK((none->null(0) && none->null(1) && none->null(2)));
            CHECK_FALSE(tx.one("SELECT id FROM notes WHERE id = 8"));
        });
    }
}

TEST_CASE(
    "lists are bound to {in} and {in_text}, empty ones match nothing, and parameters may come in "
    "any order") {
    for (const auto dialect : dialects()) {
        CAPTURE(dialect);
        Scratch scratch(dialect);
        auto& db = scratch.db();
        make_notes(db);
        const std::vector<std::string> titles{"a", "b \"quoted\" \\", "c,{}", "d\ne"};
        db.write([&](db::Tx& tx) {
            for (int i = 0; i < 4; ++i) add(tx, i + 1, titles[static_cast<std::size_t>(i)]);
        });
        const auto ids = [](const db::Row& row) { return row.get<std::int64_t>(0); };
        using List = std::vector<std::int64_t>;
        db.read([&](db::Tx& tx) {
            const std::string_view by_id =
                "SELECT id FROM notes WHERE id {in $2} AND community_id = $1 ORDER BY id";
            CHECK(tx.all(ids, by_id, 1, db::Ids{{4, 2, 99}}) == List{2, 4});
            CHECK(tx.all(ids, by_id, 1, db::Ids{}).empty());
            const std::string_view by_title =
                "SELECT id FROM notes WHERE title {in_text $1} ORDER BY id";
            CHECK(tx.all(ids, by_title, db::Texts{titles}) == List{1, 2, 3, 4});
            CHECK(tx.all(ids, by_title, db::Texts{{titles[1], "x"}}) == List{2});
            CHECK(tx.all(ids,
                         "SELECT id FROM notes WHERE title <> '{in $1}' AND id > $1 ORDER BY id -- "
                         "{what}",
                         3) == List{4});
            CHECK(tx.statements() == 5);
        });
        CHECK_THROWS_AS(db.read([](db::Tx& tx) { return tx.one("SELECT {nonsense}"); }),
                        db::DbError);
        CHECK_THROWS_AS(
            db.read([](db::Tx& tx) { return tx.one("SELECT id FROM notes WHERE id = $1"); }),
            db::DbError);
        CHECK_THROWS_AS(
            db.read([](db::Tx& tx) { return tx.one("SELECT id FROM notes WHERE id = $1", 1, 2); }),
            db::DbError);
    }
}

TEST_CASE("a query may run inside the rows of another, and of itself") {
    for (const auto dialect : dialects()) {
        CAPTURE(dialect);
        Scratch scratch(dialect);
        auto& db = scratch.db();
        make_notes(db);
        db.write([&](db::Tx& tx) {
            for (int i = 1; i <= 3; ++i) add(tx, i, std::to_string(i));
        });
        for (int round = 0; round < 2; ++round) {
            int pairs = 0;
            db.read([&](db::Tx& tx) {
                const std::string_view sql = "SELECT id FROM notes WHERE id >= $1 ORDER BY id";
                tx.each(
                    [&](const db::Row& row) {
                        tx.each([&](const db::Row&) { ++pairs; }, sql, row.get<int>(0));
                    },
                    sql, 1);
            });
            CHECK(pairs == 6);
        }
    }
}

TEST_CASE(
    "what a write does is kept when it returns, and undone when it throws or gives an error") {
    for (const auto dialect : dialects()) {
        CAPTURE(dialect);
        Scratch scratch(dialect);
        auto& db = scratch.db();
        make_notes(db);
        int told = 0;
        db.write([&](db::Tx& tx) {
            add(tx, 1, "one");
            tx.after_commit([&] { ++told; });
        });
        CHECK_THROWS_AS(db.write([&](db::Tx& tx) {
            add(tx, 2, "two");
            tx.after_commit([&] { ++told; });
            throw std::runtime_error("no");
        }),
                        std::runtime_error);
        const auto refused = db.write([&](db::Tx& tx) -> Result<int> {
            add(tx, 3, "three");
            tx.after_commit([&] { ++told; });
            return fail(Fault::Conflict, "notes.no");
        });
        CHECK(refused.error().key == "notes.no");
        CHECK(count(db) == 1);
        CHECK(told == 1);
        CHECK(db.write([](db::Tx& tx) {
            return tx.run("UPDATE notes SET title = 'x' WHERE id < 10");
        }) == 1);
        CHECK_THROWS_AS(db.read([](db::Tx& tx) { tx.run("DELETE FROM notes"); }), db::DbError);
        CHECK(count(db) == 1);
    }
}

TEST_CASE("faults have the same kind on both databases") {
    for (const auto dialect : dialects()) {
        CAPTURE(dialect);
        Scratch scratch(dialect);
        auto& db = scratch.db();
        make_notes(db);
        db.write([](db::Tx& tx) { add(tx, 1, "one"); });
        using db::DbFault;
        CHECK(fault_of(db, "INSERT INTO notes (id, community_id, title) VALUES (1, 1, 'other')") ==
              DbFault::Unique);
        CHECK(fault_of(db, "INSERT INTO notes (id, community_id, title) VALUES (2, 1, 'one')") ==
              DbFault::Unique);
        CHECK(fault_of(db, "INSERT INTO notes (id, community_id, mood) VALUES (2, 1, 11)") ==
              DbFault::Check);
        CHECK(fault_of(db, "INSERT INTO notes (id, title) VALUES (2, 'two')") == DbFault::NotNull);
        CHECK(fault_of(db, "INSERT INTO lines (id, community_id, note_id) VALUES (1, 1, 5)") ==
              DbFault::ForeignKey);
        CHECK(fault_of(db, "SELECT nonsense") == DbFault::Other);
        CHECK(count(db) == 1);
    }
}

TEST_CASE(
    "who subscribed is woken after the commit, not after a rollback, and not after having left") {
    for (const auto dialect : dialects()) {
        CAPTURE(dialect);
        Scratch scratch(dialect);
        auto& db = scratch.db();
        std::atomic<int> woken{0};
        auto subscription = db.subscribe("bell", [&] { ++woken; });
        const auto ring = [&](bool commit) {
            db.write([&](db::Tx& tx) -> Done {
                tx.wake("bell");
                tx.wake("bell");
                tx.wake("other");
                if (!commit) return fail(Fault::Conflict, "no");
                return Unit{};
            });
        };
        ring(true);
        CHECK(woken == 1);
        ring(false);
        CHECK(woken == 1);
        subscription = {};
        ring(true);
        CHECK(woken == 1);
    }
}

TEST_CASE("a reader sees one moment, whatever others write meanwhile") {
    for (const auto dialect : dialects()) {
        CAPTURE(dialect);
        Scratch scratch(dialect);
        auto& db = scratch.db();
        make_notes(db);
        db.write([](db::Tx& tx) { add(tx, 1, "one"); });
        db.read([&](db::Tx& tx) {
            CHECK(tx.one("SELECT count(*) FROM notes")->get<int>(0) == 1);
            std::thread([&] { db.write([](db::Tx& other) { add(other, 2, "two"); }); }).join();
            CHECK(tx.one("SELECT count(*) FROM notes")->get<int>(0) == 1);
        });
        CHECK(count(db) == 2);
    }
}

TEST_CASE("many writers of one row lose no change") {
    for (const auto dialect : dialects()) {
        CAPTURE(dialect);
        Scratch scratch(dialect);
        auto& db = scratch.db();
        make_notes(db);
        db.write([](db::Tx& tx) {
            tx.run("INSERT INTO notes (id, community_id, at) VALUES (1, 1, 0)");
        });
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t < 8; ++t)
                threads.emplace_back([&] {
                    for (int i = 0; i < 25; ++i)
                        db.write([&](db::Tx& tx) {
                            tx.run("UPDATE notes SET at = at + 1 WHERE id = 1");
                        });
                });
        }
        CHECK(db.read([](db::Tx& tx) {
            return tx.one("SELECT sum(at) FROM notes")->get<int>(0);
        }) == 200);
    }
}

TEST_CASE("two writers that lock two rows crosswise both get through") {
    for (const auto dialect : dialects()) {
        CAPTURE(dialect);
        Scratch scratch(dialect);
        auto& db = scratch.db();
        make_notes(db);
        db.write([](db::Tx& tx) {
            tx.run("INSERT INTO notes (id, community_id, at) VALUES (1, 1, 0), (2, 1, 0)");
        });
        std::barrier both_hold_one(2);
        std::atomic<int> runs{0};
        const auto lock_both = [&](int first, int second) {
            bool met = dialect == db::Dialect::Sqlite;  // whose writers come one after the other
            db.write([&](db::Tx& tx) {
                ++runs;
                tx.run("UPDATE notes SET at = at + 1 WHERE id = $1", first);
                if (!std::exchange(met, true)) both_hold_one.arrive_and_wait();
                tx.run("UPDATE notes SET at = at + 1 WHERE id = $1", second);
            });
        };
        std::thread other([&] { lock_both(2, 1); });
        lock_both(1, 2);
        other.join();
        CHECK(db.read([](db::Tx& tx) {
            return tx.one("SELECT sum(at) FROM notes")->get<int>(0);
        }) == 4);
        CHECK(runs == (dialect == db::Dialect::Sqlite ? 2 : 3));
    }
}

TEST_CASE("ids made by many threads and by two programs on one database differ") {
    for (const auto dialect : dialects()) {
        CAPTURE(dialect);
        Scratch scratch(dialect);
        make_notes(scratch.db());
        db::Db other({.database = scratch.address()});
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t < 8; ++t)
                threads.emplace_back([&, t] {
                    auto& db = t % 2 == 0 ? scratch.db() : other;
                    for (int i = 0; i < 20; ++i)
                        db.write([](db::Tx& tx) {
                            tx.run("INSERT INTO notes (id, community_id) VALUES ($1, 1)",
                                   tx.new_id<NoteId>());
                        });
                });
        }
        CHECK(count(scratch.db()) == 160);
        const auto node_of = [](db::Db& db) {
            return db.write([](db::Tx& tx) { return tx.new_id<NoteId>().value >> 12 & 1023; });
        };
        CHECK(node_of(scratch.db()) != node_of(other));
    }
}

TEST_CASE(
    "what is run later comes before what follows it, and its failure undoes the transaction") {
    for (const auto dialect : dialects()) {
        CAPTURE(dialect);
        Scratch scratch(dialect);
        auto& db = scratch.db();
        make_notes(db);
        const auto add_later = [](db::Tx& tx, int id, std::string_view title) {
            tx.later("INSERT INTO notes (id, community_id, title) VALUES ($1, 1, $2)", id, title);
        };
        db.write([&](db::Tx& tx) {
            for (int i = 1; i <= 200; ++i) add_later(tx, i, std::to_string(i));
            CHECK(tx.one("SELECT count(*) FROM notes")->get<int>(0) == 200);
            add_later(tx, 201, "201");
        });
        CHECK(count(db) == 201);
        const auto same_twice = [&](bool waits) {
            try {
                db.write([&](db::Tx& tx) {
                    add_later(tx, 300, "new");
                    add_later(tx, 301, "new");
                    if (waits) tx.one("SELECT count(*) FROM notes");
                });
            } catch (const db::DbError& e) {
                return e.fault;
            }
            return db::DbFault::Other;
        };
        CHECK(same_twice(true) == db::DbFault::Unique);
        CHECK(same_twice(false) == db::DbFault::Unique);
        CHECK(count(db) == 201);
        CHECK_THROWS_AS(db.write([&](db::Tx& tx) {
            add_later(tx, 300, "new");
            throw std::runtime_error("on second thoughts");
        }),
                        std::runtime_error);
        CHECK(count(db) == 201);
        const auto changes = db.changes();
        db.write([&](db::Tx& tx) { add_later(tx, 300, "300"); });
        CHECK(db.changes() == changes + 1);
    }
}

TEST_CASE("a sound database passes its check") {
    for (const auto dialect : dialects()) {
        CAPTURE(dialect);
        Scratch scratch(dialect);
        CHECK(scratch.db().check().empty());
    }
}
