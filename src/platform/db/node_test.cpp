#include <doctest/doctest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <set>

#include "platform/db/testing.hpp"

using namespace torv;
using db::testing::dialects;
using db::testing::Scratch;

namespace {

using NoteId = Id<struct NoteTag>;

/// Stands still: only the number of the node keeps the ids of two processes apart.
struct OneMoment final : Clock {
    Instant now() const override { return at; }
    Instant at{1795255200000000};  // 2026-11-21T10:00:00Z
};

NoteId make_id(db::Db& db) {
    return db.write([](db::Tx& tx) { return tx.new_id<NoteId>(); });
}
std::int64_t node_of(NoteId id) { return id.value >> 12 & 1023; }

constexpr int kEach = 50;

/// Makes ids, and writes them down as facts.
void make_ids(db::Db& db, std::string_view who) {
    for (int i = 0; i < kEach; ++i)
        db.write([&](db::Tx& tx) {
            tx.run("INSERT INTO installation (name, value) VALUES ($1, $2)",
                   tx.new_id<NoteId>().text(), who);
        });
}

/// This program once more, as another process with the test of that name alone.
pid_t run_beside(const std::string& test, const std::string& address) {
    setenv("TORV_TEST_BESIDE", address.c_str(), 1);
    std::string program = "/proc/self/exe", skipped = "--no-skip", only = "-tc=" + test;
    char* const words[] = {program.data(), skipped.data(), only.data(), nullptr};
    pid_t child = 0;
    REQUIRE(posix_spawn(&child, "/proc/self/exe", nullptr, nullptr, words, environ) == 0);
    return child;
}

/// All leases have run out, as after a long sleep.
void let_leases_run_out(db::Db& db) {
    db.write([](db::Tx& tx) { tx.run("UPDATE nodes SET lease_until = 0"); });
}

}  // namespace

TEST_CASE("makes ids beside another process" * doctest::skip()) {
    const char* address = std::getenv("TORV_TEST_BESIDE");
    if (!address) return;  // only when the test below runs it
    const OneMoment clock;
    db::Db mine({.database = address, .clock = &clock});
    make_ids(mine, "child");
}

TEST_CASE("two processes that make ids in the same moment make different ones") {
    const OneMoment clock;
    for (const auto dialect : dialects()) {
        CAPTURE(dialect);
        Scratch scratch(dialect, &clock);
        const pid_t child = run_beside("makes ids beside another process", scratch.address());
        make_ids(scratch.db(), "parent");
        int status = -1;
        waitpid(child, &status, 0);
        CHECK(status == 0);
        const auto made = scratch.db().read([](db::Tx& tx) {
            return tx.one("SELECT count(*) FROM installation WHERE value IN ('child', 'parent')")
                ->get<int>(0);
        });
        CHECK(made == 2 * kEach);
    }
}

TEST_CASE("commands beside a server, and servers beside each other, have numbers of their own") {
    for (const auto dialect : dialects()) {
        CAPTURE(dialect);
        Scratch scratch(dialect);
        db::Db one({.database = scratch.address()});
        db::Db two({.database = scratch.address()});
        const std::set<std::int64_t> nodes{node_of(make_id(scratch.db())), node_of(make_id(one)),
                                           node_of(make_id(two))};
        CHECK(nodes.size() == 3);
    }
}

TEST_CASE("a node whose lease ran out and was taken by another makes no more ids with its number") {
    for (const auto dialect : dialects()) {
        CAPTURE(dialect);
        Scratch scratch(dialect);
        db::Db sleeper({.database = scratch.address()});
        const auto before = node_of(make_id(sleeper));
        let_leases_run_out(scratch.db());
        db::Db other({.database = scratch.address()});
        db::Db third({.database = scratch.address()});
        const std::set<std::int64_t> taken{node_of(make_id(other)), node_of(make_id(third))};
        CHECK(taken.contains(before));
        CHECK_FALSE(taken.contains(node_of(make_id(sleeper))));
        CHECK(node_of(make_id(sleeper)) == node_of(make_id(sleeper)));
    }
}

TEST_CASE("a node that has lost its lease goes on with another, also with what it writes first") {
    for (const auto dialect : dialects()) {
        CAPTURE(dialect);
        Scratch scratch(dialect);
        db::Db sleeper({.database = scratch.address()});
        make_id(sleeper);
        let_leases_run_out(scratch.db());
        db::Db other({.database = scratch.address()});
        db::Db third({.database = scratch.address()});
        make_id(other), make_id(third);
        sleeper.write([](db::Tx& tx) {
            tx.run("INSERT INTO installation (name, value) VALUES ('rested', $1)",
                   tx.new_id<NoteId>().text());
        });
        CHECK(sleeper.read([](db::Tx& tx) {
            return tx.one("SELECT count(*) FROM installation WHERE name = 'rested'")->get<int>(0);
        }) == 1);
    }
}

TEST_CASE("a lease that is let go is not given to another at once") {
    for (const auto dialect : dialects()) {
        CAPTURE(dialect);
        Scratch scratch(dialect);
        make_id(scratch.db());
        std::int64_t gone = -1;
        {
            db::Db visitor({.database = scratch.address()});
            gone = node_of(make_id(visitor));
        }
        db::Db next({.database = scratch.address()});
        CHECK(node_of(make_id(next)) != gone);
    }
}

TEST_CASE("a transaction that cannot write makes no ids") {
    for (const auto dialect : dialects()) {
        CAPTURE(dialect);
        Scratch scratch(dialect);
        CHECK_THROWS_AS(scratch.db().read([](db::Tx& tx) { return tx.new_id<NoteId>(); }),
                        std::logic_error);
    }
}
