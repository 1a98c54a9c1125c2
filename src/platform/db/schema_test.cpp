#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "platform/db/testing.hpp"

using namespace torv;
using db::testing::Scratch;

TEST_CASE("the schema as it is written down is what the migrations make") {
    for (const auto dialect : db::testing::dialects()) {
        const std::string file = dialect == db::Dialect::Sqlite ? "migrations/schema.sqlite.sql"
                                                                : "migrations/schema.postgres.sql";
        Scratch scratch(dialect);
        const std::string made = scratch.db().dump_schema();
        std::ostringstream written;
        written << std::ifstream(file).rdbuf();
        if (written.str() == made) continue;
        if (std::getenv("TORV_ACCEPT")) {
            std::ofstream(file) << made;
            MESSAGE("skipped: wrote " << file << " anew");
            continue;
        }
        FAIL_CHECK(file << " is out of date; look at what changes with: TORV_ACCEPT=1 "
                           "bin/with-postgres build/test/tests/platform-db-test");
    }
}
