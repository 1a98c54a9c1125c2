#pragma once

#include <string>
#include <string_view>

#include "platform/db/db.hpp"

namespace torv::db {

/// SQL of a statement for one database: {in $n}, {in_text $n}, {also …}, {for update}, {for update
/// skip locked}. Throws DbError for an unknown token.
std::string translate_statement(std::string_view sql, Dialect dialect);

/// SQL of a migration for one database: {id}, {key a, b}, {blob}, {fk column table}, {fk_global
/// column table}.
std::string translate_migration(std::string_view sql, Dialect dialect);

}  // namespace torv::db
