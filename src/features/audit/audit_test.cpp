#include "features/audit/audit.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "platform/db/testing.hpp"

using namespace torv;
using db::testing::Scratch;

namespace {

constexpr CommunityId kSquare{1}, kMill{2};

void write(db::Db& db, CommunityId community, std::string_view kind, std::int64_t subject) {
    db.write([&](db::Tx& tx) {
        audit::record(tx, {.community = community,
                           .account = AccountId{11},
                           .member = MemberId{21},
                           .kind = kind,
                           .subject = {"member", subject},
                           .before = audit::fact("role", "member"),
                           .after = audit::fact("role", "admin")});
    });
}

std::vector<audit::Entry> all(db::Db& db, CommunityId community, std::string_view noun = {}) {
    return db.read([&](db::Tx& tx) { return audit::entries(tx, community, noun, {}, 1000); });
}

/// Runs a statement as somebody with the database in hand, and says whether the check sees it; then
/// the second puts all back.
void tamper(db::Db& db, std::string_view statement, std::string_view back) {
    CAPTURE(statement);
    REQUIRE(db.write([&](db::Tx& tx) { return tx.run(statement); }) > 0);
    CHECK_FALSE(audit::check(db).empty());
    db.write([&](db::Tx& tx) { tx.run(back); });
    CHECK(audit::check(db).empty());
}

}  // namespace

TEST_CASE("entries are a chain of each community, in the order in which they were sealed") {
    for (const auto dialect : db::testing::dialects()) {
        Scratch scratch(dialect);
        auto& db = scratch.db();
        write(db, kSquare, "member.role_changed", 22);
        write(db, kMill, "token.made", 7);
        write(db, kSquare, "token.made", 8);
        CHECK(all(db, kSquare).front().hash.empty());
        CHECK(audit::seal(db) == 3);
        CHECK(audit::seal(db) == 0);
        const auto square = all(db, kSquare);
        REQUIRE(square.size() == 2);
        CHECK(square[0].kind == "token.made");
        CHECK(square[0].position == 2);
        CHECK(square[0].before == R"({"role":"member"})");
        CHECK(square[0].hash.size() == 64);
        CHECK(all(db, kMill).front().position == 1);
        CHECK(all(db, kSquare, "member").size() == 1);
        CHECK(audit::check(db).empty());
    }
}

TEST_CASE("one changed byte is found, and so is what was taken out or put in") {
    for (const auto dialect : db::testing::dialects()) {
        Scratch scratch(dialect);
        auto& db = scratch.db();
        for (int i = 1; i <= 5; ++i) write(db, kSquare, "member.role_changed", i);
        audit::seal(db);
        REQUIRE(audit::check(db).empty());
        tamper(db, R"(UPDATE audit_log SET after_json = '{"role":"edmin"}' WHERE position = 3)",
               R"(UPDATE audit_log SET after_json = '{"role":"admin"}' WHERE position = 3)");
        tamper(db, "UPDATE audit_log SET subject_id = 9 WHERE position = 2",
               "UPDATE audit_log SET subject_id = 2 WHERE position = 2");
        tamper(db, "UPDATE audit_log SET noun = 'token' WHERE position = 3",
               "UPDATE audit_log SET noun = 'member' WHERE position = 3");
        tamper(db, "UPDATE audit_log SET at = at + 1 WHERE position = 1",
               "UPDATE audit_log SET at = at - 1 WHERE position = 1");
        tamper(db, "UPDATE audit_log SET position = 6 WHERE position = 4",
               "UPDATE audit_log SET position = 4 WHERE position = 6");
        tamper(db, "UPDATE audit_log SET community_id = 3 WHERE position = 5",
               "UPDATE audit_log SET community_id = 1 WHERE position = 5");
        CHECK(db.write([](db::Tx& tx) {
            return tx.run("DELETE FROM audit_log WHERE position = 5");
        }) == 1);
        const auto cut = audit::check(db);
        REQUIRE(cut.size() == 1);
        CHECK(cut[0] ==
              "audit: the chain of community 1 is broken at entry 5: the end does not fit");
    }
}

TEST_CASE("64 writers and two who seal at once make one whole chain, and nobody waits for it") {
    for (const auto dialect : db::testing::dialects()) {
        Scratch scratch(dialect);
        auto& db = scratch.db();
        std::atomic<bool> writing = true;
        std::vector<std::thread> writers, sealers;
        for (int i = 0; i < 2; ++i)
            sealers.emplace_back([&] {
                while (writing) audit::seal(db);
            });
        for (int i = 1; i <= 64; ++i)
            writers.emplace_back([&db, i] {
                for (int n = 0; n < 5; ++n) write(db, kSquare, "token.made", i * 100 + n);
            });
        for (auto& thread : writers) thread.join();
        writing = false;
        for (auto& thread : sealers) thread.join();
        audit::seal(db);
        const auto entries = all(db, kSquare);
        CHECK(entries.size() == 320);
        CHECK(std::ranges::none_of(entries, [](const auto& e) { return e.hash.empty(); }));
        CHECK(audit::check(db).empty());
    }
}

TEST_CASE("an entry stands and falls with its deed") {
    Scratch scratch(db::Dialect::Sqlite);
    const auto done = scratch.db().write([&](db::Tx& tx) -> Done {
        audit::record(tx, {.community = kSquare, .kind = "token.made"});
        return fail(Fault::Conflict, "web.key_reused");
    });
    CHECK_FALSE(done);
    CHECK(all(scratch.db(), kSquare).empty());
}
