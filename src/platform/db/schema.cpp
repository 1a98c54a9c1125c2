#include "platform/db/schema.hpp"

#include <algorithm>

#include "platform/db/tokens.hpp"

namespace torv::db {
namespace {

/// "20261121T1002_activity.sqlite.sql" → "20261121T1002_activity"; empty when it is for the other
/// database.
std::string step_name(std::string_view file, Dialect dialect) {
    const auto without = [&](std::string_view suffix) {
        return std::string(file.substr(0, file.size() - suffix.size()));
    };
    if (file.ends_with(".sqlite.sql"))
        return dialect == Dialect::Sqlite ? without(".sqlite.sql") : "";
    if (file.ends_with(".postgres.sql"))
        return dialect == Dialect::Postgres ? without(".postgres.sql") : "";
    if (file.ends_with(".sql")) return without(".sql");
    throw DbError(DbFault::Other, "not a migration: " + std::string(file));
}

}  // namespace

std::vector<Step> missing_steps(std::span<const Migration> migrations,
                                const std::vector<std::string>& applied, Dialect dialect) {
    std::vector<Step> steps;
    std::vector<std::string> known;
    for (const Migration& migration : migrations) {
        const std::string name = step_name(migration.name, dialect);
        if (name.empty()) continue;
        known.push_back(name);
        if (std::find(applied.begin(), applied.end(), name) != applied.end()) continue;
        steps.push_back({name, translate_migration(migration.sql, dialect)});
    }
    for (const std::string& name : applied)
        if (std::find(known.begin(), known.end(), name) == known.end())
            throw DbError(DbFault::Other,
                          "the database is newer than this program: it knows " + name);
    std::sort(steps.begin(), steps.end(),
              [](const Step& a, const Step& b) { return a.name < b.name; });
    return steps;
}

std::vector<std::string> column_of(Connection& connection, std::string_view sql,
                                   std::span<const Param> params) {
    std::vector<std::string> list;
    const auto keep = [](void* with, const Row& row) {
        static_cast<std::vector<std::string>*>(with)->push_back(row.get<std::string>(0));
    };
    connection.rows(sql, params, keep, &list);
    return list;
}

}  // namespace torv::db
