#include <cstdio>
#include <filesystem>

#include "platform/db/file_lock.hpp"
#include "platform/db/schema.hpp"

namespace torv::db {
namespace {

constexpr const char* kMigrationsTable =
    "CREATE TABLE IF NOT EXISTS schema_migrations (name TEXT NOT NULL PRIMARY KEY, applied_at "
    "BIGINT NOT NULL)";

/// A consistent copy beside the file, there before anything changes: complete or not there at all.
void copy_aside(SqliteConnection& connection, const std::string& path, const std::string& before) {
    const std::string target = path + ".before-" + before;
    const std::string unfinished = target + ".unfinished";
    std::filesystem::remove(unfinished);
    const Param params[] = {std::string_view(unfinished)};
    connection.execute("VACUUM INTO $1", params);
    std::filesystem::rename(unfinished, target);
}

void apply(SqliteConnection& connection, const Step& step, Instant now) {
    connection.execute("BEGIN IMMEDIATE", {});
    connection.script(step.sql);
    const auto broken =
        column_of(connection, "SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1");
    if (!broken.empty())
        throw DbError(DbFault::ForeignKey,
                      "migration " + step.name + " leaves broken references in " + broken[0]);
    const Param params[] = {std::string_view(step.name), now.us};
    connection.execute("INSERT INTO schema_migrations (name, applied_at) VALUES ($1, $2)", params);
    connection.execute("COMMIT", {});
}

}  // namespace

std::vector<std::string> migrate_sqlite(SqliteConnection& connection, const std::string& path,
                                        std::span<const Migration> migrations, Instant now) {
    const FileLock lock(path + ".migrating", FileLock::Wait::Yes);
    connection.script(kMigrationsTable);
    connection.script(kNodesTable);
    const auto applied = column_of(connection, "SELECT name FROM schema_migrations ORDER BY name");
    const auto steps = missing_steps(migrations, applied, Dialect::Sqlite);
    if (steps.empty()) return {};
    if (!applied.empty()) copy_aside(connection, path, steps.front().name);

    std::vector<std::string> names;
    connection.script(
        "PRAGMA foreign_keys = OFF");  // checked at the end of each instead: tables may be rebuilt
    try {
        for (const Step& step : steps) {
            apply(connection, step, now);
            names.push_back(step.name);
        }
    } catch (...) {
        if (connection.in_transaction()) connection.execute("ROLLBACK", {});
        connection.script("PRAGMA foreign_keys = ON");
        throw;
    }
    connection.script("PRAGMA foreign_keys = ON; PRAGMA optimize");
    return names;
}

std::vector<std::string> check_sqlite(SqliteConnection& connection) {
    std::vector<std::string> wrong;
    try {
        for (std::string& line :
             column_of(connection, "SELECT integrity_check FROM pragma_integrity_check LIMIT 100"))
            if (line != "ok") wrong.push_back(std::move(line));
        for (std::string& line :
             column_of(connection,
                       "SELECT \"table\" || ' row ' || coalesce(rowid, 0) || ' refers to a missing "
                       "row of '"
                       "       || parent FROM pragma_foreign_key_check LIMIT 100"))
            wrong.push_back(std::move(line));
    } catch (const DbError& e) {
        if (e.fault != DbFault::Corrupt) throw;
        wrong.emplace_back(e.what());
    }
    return wrong;
}

std::string dump_sqlite(SqliteConnection& connection) {
    const auto statements = column_of(connection, R"sql(
        SELECT s.sql FROM sqlite_schema s LEFT JOIN pragma_table_list l ON l.name = s.tbl_name AND l.schema = 'main'
         WHERE s.sql IS NOT NULL AND s.name NOT LIKE 'sqlite%' AND coalesce(l.type, '') <> 'shadow'
         ORDER BY s.tbl_name, s.type DESC, s.name
    )sql");
    std::string out;
    for (const std::string& statement : statements) out += statement + ";\n\n";
    if (!out.empty()) out.pop_back();
    return out;
}

}  // namespace torv::db
