#include <doctest/doctest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "platform/db/testing.hpp"
#include "platform/db/tokens.hpp"

using namespace torv;
using db::Dialect;
using db::testing::Scratch;

namespace {

const db::Migration kPens{
    "20270101T0000_pens.sql",
    "CREATE TABLE pens (id {id}, community_id BIGINT NOT NULL, {key community_id, id});"};
const db::Migration kInks{
    "20270102T0000_inks.sql",
    "CREATE TABLE inks (pen_id BIGINT NOT NULL, community_id BIGINT NOT NULL, {fk pen_id pens});"
    "INSERT INTO pens (id, community_id) VALUES (1, 1)"};

std::vector<db::Migration> with(std::vector<db::Migration> more) {
    auto list = db::testing::migrations();
    list.insert(list.end(), more.begin(), more.end());
    return list;
}
using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("tokens of a migration become each database's own words, and an unknown one is refused") {
    const std::string sql =
        "id {id}, b {blob}, {key community_id, id}, {key community_id, slug}, {fk space_id "
        "spaces}, {fk_global account_id accounts}";
    CHECK(db::translate_migration(sql, Dialect::Sqlite) ==
          "id INTEGER PRIMARY KEY, b BLOB, CHECK (id > 0), PRIMARY KEY (community_id, slug), "
          "FOREIGN KEY (space_id) REFERENCES spaces (id), FOREIGN KEY (account_id) REFERENCES "
          "accounts (id)");
    CHECK(db::translate_migration(sql, Dialect::Postgres) ==
          "id BIGINT NOT NULL, b BYTEA, PRIMARY KEY (community_id, id), PRIMARY KEY (community_id, "
          "slug), "
          "FOREIGN KEY (community_id, space_id) REFERENCES spaces (community_id, id), "
          "FOREIGN KEY (account_id) REFERENCES accounts (id)");
    CHECK(db::translate_migration("'{x}' -- {y}\nDEFAULT '{}'", Dialect::Sqlite) ==
          "'{x}' -- {y}\nDEFAULT '{}'");
    CHECK_THROWS_AS(db::translate_migration("{json}", Dialect::Sqlite), db::DbError);
    CHECK_THROWS_AS(db::translate_migration("{fk a}", Dialect::Sqlite), db::DbError);
    CHECK_THROWS_AS(db::translate_migration("{id", Dialect::Sqlite), db::DbError);
    CHECK(db::translate_statement("a {in $2} {for update} {in_text $1}", Dialect::Postgres) ==
          "a = ANY($2::bigint[]) FOR NO KEY UPDATE = ANY($1::text[])");
    CHECK(db::translate_statement("FROM {list $2} l", Dialect::Postgres) ==
          "FROM (SELECT unnest($2::bigint[]) AS value) l");
    CHECK(db::translate_statement("{also a.b = $1}", Dialect::Postgres) == "a.b = $1");
    CHECK(db::translate_statement("{also a.b = $1}", Dialect::Sqlite) == "+a.b = $1");
}

TEST_CASE("what is missing is applied in the order of the names, once") {
    for (const auto dialect : db::testing::dialects()) {
        CAPTURE(dialect);
        Scratch scratch(dialect);
        CHECK(scratch.db().migrate(with({kInks, kPens})) ==
              Names{"20270101T0000_pens", "20270102T0000_inks"});
        CHECK(scratch.db().migrate(with({kInks, kPens})).empty());
        CHECK(scratch.db().read([](db::Tx& tx) {
            return tx.one("SELECT count(*) FROM pens")->get<int>(0);
        }) == 1);
    }
}

TEST_CASE("a migration that fails leaves nothing behind, and one before it stays") {
    for (const auto dialect : db::testing::dialects()) {
        CAPTURE(dialect);
        Scratch scratch(dialect);
        auto& db = scratch.db();
        const db::Migration bad{"20270103T0000_bad.sql",
                                "CREATE TABLE half (a BIGINT); CREATE TABLE half (a BIGINT)"};
        CHECK_THROWS_AS(db.migrate(with({kPens, bad})), db::DbError);
        CHECK(db.write([](db::Tx& tx) {
            return tx.run("INSERT INTO pens (id, community_id) VALUES (2, 1)");
        }) == 1);
        CHECK_THROWS_AS(db.read([](db::Tx& tx) { return tx.one("SELECT a FROM half"); }),
                        db::DbError);
        CHECK(db.migrate(with({kPens, kInks})) == Names{"20270102T0000_inks"});
    }
}

TEST_CASE("a database that is newer than the program is refused") {
    for (const auto dialect : db::testing::dialects()) {
        CAPTURE(dialect);
        Scratch scratch(dialect);
        scratch.db().migrate(with({kPens}));
        CHECK_THROWS_AS(scratch.db().migrate(with({})), db::DbError);
    }
}

TEST_CASE("of a pair each database takes its own") {
    for (const auto dialect : db::testing::dialects()) {
        CAPTURE(dialect);
        Scratch scratch(dialect);
        const db::Migration lite{"20270101T0000_pair.sqlite.sql",
                                 "CREATE TABLE of_sqlite (a BIGINT)"};
        const db::Migration post{"20270101T0000_pair.postgres.sql",
                                 "CREATE TABLE of_postgres (a BIGINT)"};
        CHECK(scratch.db().migrate(with({lite, post})) == Names{"20270101T0000_pair"});
        const std::string dump = scratch.db().dump_schema();
        CHECK(dump.find(dialect == Dialect::Sqlite ? "of_sqlite" : "of_postgres") !=
              std::string::npos);
        CHECK(dump.find(dialect == Dialect::Sqlite ? "of_postgres" : "of_sqlite") ==
              std::string::npos);
    }
}

TEST_CASE("the SQLite file is copied aside before it is changed") {
    Scratch scratch(Dialect::Sqlite);
    scratch.db().write([](db::Tx& tx) { tx.run("CREATE TABLE treasure (a BIGINT)"); });
    scratch.db().migrate(with({kPens}));
    db::Db copy({.database = scratch.address() + ".before-20270101T0000_pens", .create = false});
    CHECK(copy.check().empty());
    CHECK(copy.dump_schema().find("treasure") != std::string::npos);
    CHECK(copy.dump_schema().find("pens") == std::string::npos);
}

TEST_CASE("a migration that would leave broken references is refused") {
    Scratch scratch(Dialect::Sqlite);
    const db::Migration orphan{"20270103T0000_orphan.sql",
                               "INSERT INTO inks (pen_id, community_id) VALUES (99, 1)"};
    CHECK_THROWS_AS(scratch.db().migrate(with({kPens, kInks, orphan})), db::DbError);
    CHECK(scratch.db().check().empty());
}

TEST_CASE("nodes that start at once migrate one after the other") {
    for (const auto dialect : db::testing::dialects()) {
        CAPTURE(dialect);
        Scratch scratch(dialect);
        std::atomic<std::size_t> applied{0};
        {
            std::vector<std::jthread> nodes;
            for (int i = 0; i < 4; ++i)
                nodes.emplace_back([&] {
                    db::Db node({.database = scratch.address()});
                    applied += node.migrate(with({kPens, kInks})).size();
                });
        }
        CHECK(applied == 2);
    }
}

TEST_CASE("a damaged file is noticed") {
    Scratch scratch(Dialect::Sqlite);
    scratch.db().write([](db::Tx& tx) {
        tx.run("CREATE TABLE many (a BIGINT, b TEXT)");
        tx.run("CREATE INDEX many_b ON many (b)");
        for (int i = 0; i < 2000; ++i)
            tx.run("INSERT INTO many (a, b) VALUES ($1, $2)", i, "some words " + std::to_string(i));
    });
    scratch.reopen();  // closing writes the log into the file
    const std::string copy = scratch.address() + ".broken";
    std::filesystem::copy_file(scratch.address(), copy);
    {
        std::fstream file(copy, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(static_cast<std::streamoff>(std::filesystem::file_size(copy)) - 4096 * 3);
        file << std::string(2000, 'x');
    }
    CHECK(scratch.db().check().empty());
    CHECK_FALSE(db::Db({.database = copy, .create = false}).check().empty());
}
