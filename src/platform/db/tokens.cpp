#include "platform/db/tokens.hpp"

#include <optional>

#include "platform/base/text.hpp"

namespace torv::db {
namespace {

/// The words of a token: "fk space_id spaces" → name "fk", rest "space_id spaces".
struct Token {
    std::string_view name;
    std::string_view rest;
};

Token token_of(std::string_view inside) {
    const std::string_view text = trimmed(inside);
    const std::size_t space = text.find(' ');
    if (space == std::string_view::npos) return {text, {}};
    return {text.substr(0, space), trimmed(text.substr(space))};
}

std::optional<std::string> statement_token(const Token& token, Dialect dialect) {
    const bool sqlite = dialect == Dialect::Sqlite;
    const std::string rest(token.rest);
    if (token.name == "in")
        return sqlite ? "IN (SELECT value FROM carray(" + rest + "))"
                      : "= ANY(" + rest + "::bigint[])";
    if (token.name == "in_text")
        return sqlite ? "IN (SELECT value FROM json_each(" + rest + "))"
                      : "= ANY(" + rest + "::text[])";
    if (token.name == "list")
        return sqlite ? "(SELECT value FROM carray(" + rest + "))"
                      : "(SELECT unnest(" + rest + "::bigint[]) AS value)";
    if (token.name == "also" && !token.rest.empty()) return (sqlite ? "+" : "") + rest;
    // No row is ever given another key: who only refers to it need not wait.
    if (token.name == "for" && token.rest == "update") return sqlite ? "" : "FOR NO KEY UPDATE";
    if (token.name == "for" && token.rest == "update skip locked")
        return sqlite ? "" : "FOR NO KEY UPDATE SKIP LOCKED";
    return std::nullopt;
}

/// SQLite's {id} column is the primary key already, so that a key ending in it needs no second
/// index.
std::string key(std::string_view columns, bool sqlite) {
    if (sqlite && (columns == "id" || columns.ends_with(", id") || columns.ends_with(",id")))
        return "CHECK (id > 0)";
    return "PRIMARY KEY (" + std::string(columns) + ")";
}

std::string foreign_key(std::string_view column, std::string_view table, bool composite) {
    const std::string column_text(column);
    const std::string table_text(table);
    if (composite)
        return "FOREIGN KEY (community_id, " + column_text + ") REFERENCES " + table_text +
               " (community_id, id)";
    return "FOREIGN KEY (" + column_text + ") REFERENCES " + table_text + " (id)";
}

std::optional<std::string> migration_token(const Token& token, Dialect dialect) {
    const bool sqlite = dialect == Dialect::Sqlite;
    if (token.name == "id") return sqlite ? "INTEGER PRIMARY KEY" : "BIGINT NOT NULL";
    if (token.name == "blob") return sqlite ? "BLOB" : "BYTEA";
    if (token.name == "key" && !token.rest.empty()) return key(token.rest, sqlite);
    const Token target = token_of(token.rest);
    if (token.name == "fk" && !target.rest.empty())
        return foreign_key(target.name, target.rest, !sqlite);
    if (token.name == "fk_global" && !target.rest.empty())
        return foreign_key(target.name, target.rest, false);
    return std::nullopt;
}

/// Replaces every {…} that stands outside quotes and comments.
template <class Replace>
std::string translate(std::string_view sql, Replace&& replace) {
    std::string out;
    while (!sql.empty()) {
        std::size_t length = 1;
        if (sql[0] == '\'') {
            const std::size_t end = sql.find('\'', 1);
            length = end == std::string_view::npos ? sql.size() : end + 1;
        } else if (sql.starts_with("--")) {
            const std::size_t end = sql.find('\n');
            length = end == std::string_view::npos ? sql.size() : end;
        } else if (sql[0] == '{') {
            const std::size_t end = sql.find('}');
            const std::string_view inside =
                end == std::string_view::npos ? sql.substr(1) : sql.substr(1, end - 1);
            const auto text = replace(token_of(inside));
            if (end == std::string_view::npos || !text)
                throw DbError(DbFault::Other, "unknown token {" + std::string(inside) + "} in SQL");
            out += *text;
            sql.remove_prefix(end + 1);
            continue;
        }
        out += sql.substr(0, length);
        sql.remove_prefix(length);
    }
    return out;
}

}  // namespace

std::string translate_statement(std::string_view sql, Dialect dialect) {
    return translate(sql, [&](const Token& token) { return statement_token(token, dialect); });
}

std::string translate_migration(std::string_view sql, Dialect dialect) {
    return translate(sql, [&](const Token& token) { return migration_token(token, dialect); });
}

}  // namespace torv::db
