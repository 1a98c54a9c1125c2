#pragma once

#include <span>
#include <string>
#include <vector>

#include "platform/db/engine.hpp"
#include "platform/db/postgres_connection.hpp"
#include "platform/db/sqlite_connection.hpp"

/// Migrations, integrity and the dump of the schema. Only files of this module include it.
namespace torv::db {

/// A migration for one database, translated: what is left of the list for it, in the order of the
/// names.
struct Step {
    std::string name;  ///< without ".sql" and the name of the database
    std::string sql;
};

/// The steps that `applied` does not hold. Throws DbError when `applied` holds one that the list
/// does not know.
std::vector<Step> missing_steps(std::span<const Migration> migrations,
                                const std::vector<std::string>& applied, Dialect dialect);

/// First column of every row, as text.
std::vector<std::string> column_of(Connection& connection, std::string_view sql,
                                   std::span<const Param> params = {});

/// Who has which node number in ids, on both databases.
inline constexpr const char* kNodesTable =
    "CREATE TABLE IF NOT EXISTS nodes (node BIGINT NOT NULL PRIMARY KEY, holder BIGINT NOT NULL, "
    "lease_until BIGINT NOT NULL)";

std::vector<std::string> migrate_sqlite(SqliteConnection& connection, const std::string& path,
                                        std::span<const Migration> migrations, Instant now);
std::vector<std::string> check_sqlite(SqliteConnection& connection);
std::string dump_sqlite(SqliteConnection& connection);

/// The layer's own tables, when they are not there yet.
void prepare_postgres(PostgresConnection& connection);
std::vector<std::string> migrate_postgres(PostgresConnection& connection,
                                          std::span<const Migration> migrations, Instant now);
std::vector<std::string> check_postgres(PostgresConnection& connection);
/// New statistics for tables that have changed by half of what they held when last looked at.
void analyze_grown(PostgresConnection& connection);
std::string dump_postgres(PostgresConnection& connection);

}  // namespace torv::db
