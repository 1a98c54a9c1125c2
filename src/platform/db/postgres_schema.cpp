#include "platform/base/log.hpp"
#include "platform/db/schema.hpp"

namespace torv::db {
namespace {

constexpr const char* kLock = "SELECT pg_advisory_lock(7669623830530)";  // any number, ours alone
constexpr const char* kUnlock = "SELECT pg_advisory_unlock(7669623830530)";

/// One node at a time; lets go when the scope ends. (When the connection dies, the server lets go
/// itself.)
class OneAtATime {
public:
    explicit OneAtATime(PostgresConnection& connection) : connection_(connection) {
        connection_.script(
            "SET statement_timeout = 0; SET lock_timeout = 0");  // big tables take their time
        connection_.script(kLock);
    }
    ~OneAtATime() {
        try {
            connection_.roll_back();
            connection_.script(kUnlock);
            connection_.script("SET statement_timeout = '60s'; SET lock_timeout = '20s'");
        } catch (const DbError& e) {
            log::warning("db.unlock_failed", {{"what", e.what()}});
        }
    }
    OneAtATime(const OneAtATime&) = delete;

private:
    PostgresConnection& connection_;
};

}  // namespace

void prepare_postgres(PostgresConnection& connection) {
    if (column_of(connection, "SELECT to_regclass('nodes') WHERE to_regclass('nodes') IS NOT NULL")
            .size() == 1)
        return;
    const OneAtATime lock(connection);
    connection.script(R"sql(
        CREATE TABLE IF NOT EXISTS schema_migrations (name TEXT NOT NULL PRIMARY KEY, applied_at BIGINT NOT NULL)
    )sql");
    connection.script(kNodesTable);
}

std::vector<std::string> migrate_postgres(PostgresConnection& connection,
                                          std::span<const Migration> migrations, Instant now) {
    const OneAtATime lock(connection);
    const auto applied = column_of(connection, "SELECT name FROM schema_migrations ORDER BY name");
    std::vector<std::string> names;
    for (const Step& step : missing_steps(migrations, applied, Dialect::Postgres)) {
        connection.begin_script();
        connection.script(step.sql);
        const Param params[] = {std::string_view(step.name), now.us};
        connection.execute("INSERT INTO schema_migrations (name, applied_at) VALUES ($1, $2)",
                           params);
        connection.commit();
        names.push_back(step.name);
    }
    return names;
}

std::vector<std::string> check_postgres(PostgresConnection& connection) {
    std::vector<std::string> wrong;
    const auto add = [&](std::string_view sql) {
        for (std::string& line : column_of(connection, sql)) wrong.push_back(std::move(line));
    };
    add("SELECT 'index ' || indexrelid::regclass || ' is not valid' FROM pg_index WHERE NOT "
        "indisvalid");
    add("SELECT 'constraint ' || conname || ' was never checked' FROM pg_constraint WHERE NOT "
        "convalidated");
    add("SELECT checksum_failures || ' pages had a wrong checksum' FROM pg_stat_database"
        " WHERE datname = current_database() AND checksum_failures > 0");
    // Every row is read once: what the disk has lost shows itself.
    for (const std::string& table : column_of(connection,
                                              "SELECT quote_ident(tablename) FROM pg_tables WHERE "
                                              "schemaname = current_schema() ORDER BY 1"))
        try {
            connection.script("SELECT count(t.*) FROM " + table + " t");
        } catch (const DbError& e) {
            if (e.fault == DbFault::Connection) throw;
            wrong.push_back("table " + table + " cannot be read: " + e.what());
        }
    return wrong;
}

void analyze_grown(PostgresConnection& connection) {
    for (const std::string& table : column_of(connection, R"sql(
        SELECT format('%I.%I', s.schemaname, s.relname)
          FROM pg_stat_user_tables s JOIN pg_class c ON c.oid = s.relid
         WHERE s.schemaname = current_schema()
           AND s.n_mod_since_analyze > greatest(c.reltuples, 100) / 2
    )sql"))
        connection.script("ANALYZE " + table);
}

std::string dump_postgres(PostgresConnection& connection) {
    const auto statements = column_of(connection, R"sql(
        SELECT text FROM (
            SELECT c.relname AS owner, 1 AS part, '' AS name,
                   'CREATE TABLE ' || c.relname || E' (\n    ' || string_agg(
                       a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
                       || CASE WHEN a.attgenerated = 's' THEN ' GENERATED ALWAYS AS (' || pg_get_expr(d.adbin, d.adrelid) || ') STORED'
                               WHEN d.adbin IS NOT NULL THEN ' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid) ELSE '' END
                       || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END,
                       E',\n    ' ORDER BY a.attnum) || E'\n)' AS text
              FROM pg_class c
              JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
              LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
             WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace
             GROUP BY c.relname
            UNION ALL
            SELECT conrelid::regclass::text, CASE contype WHEN 'p' THEN 2 WHEN 'u' THEN 3 WHEN 'c' THEN 4 ELSE 5 END, conname,
                   'ALTER TABLE ' || conrelid::regclass || ' ADD CONSTRAINT ' || conname || ' ' || pg_get_constraintdef(oid)
              FROM pg_constraint WHERE connamespace = current_schema()::regnamespace AND conrelid <> 0 AND contype <> 't'
            UNION ALL
            SELECT tablename, 6, indexname, indexdef FROM pg_indexes
             WHERE schemaname = current_schema()
               AND indexname NOT IN (SELECT conname FROM pg_constraint WHERE connamespace = current_schema()::regnamespace)
            UNION ALL
            SELECT tgrelid::regclass::text, 7, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
            UNION ALL
            SELECT viewname, 8, '', 'CREATE VIEW ' || viewname || E' AS\n' || rtrim(definition, ';') FROM pg_views
             WHERE schemaname = current_schema()
            UNION ALL
            SELECT p.proname, 9, p.proname, rtrim(pg_get_functiondef(p.oid), E'\n')
              FROM pg_proc p WHERE p.pronamespace = current_schema()::regnamespace AND p.prokind = 'f'
               AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.objid = p.oid AND x.deptype = 'e')
        ) parts ORDER BY owner COLLATE "C", part, name COLLATE "C"
    )sql");
    std::string out;
    for (const std::string& statement : statements) out += statement + ";\n\n";
    if (!out.empty()) out.pop_back();
    return out;
}

}  // namespace torv::db
