#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "platform/db/engine.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace torv::db {

/// Refuses an SQLite that can lose or corrupt data. Throws DbError.
void require_sqlite_version(int version);

/// One SQLite connection.
class SqliteConnection final : public Connection {
public:
    enum class Mode { Reader, Writer };

    /// Throws DbError. Readers cannot write and never checkpoint.
    SqliteConnection(const std::string& path, Mode mode, bool create);
    ~SqliteConnection() override;
    SqliteConnection(const SqliteConnection&) = delete;

    Dialect dialect() const override { return Dialect::Sqlite; }
    std::int64_t execute(std::string_view sql, std::span<const Param> params) override;
    void rows(std::string_view sql, std::span<const Param> params, EachRow each,
              void* with) override;
    void script(const std::string& sql) override;

    bool in_transaction() const;
    /// Frames in the write-ahead log after the last commit of this connection.
    int wal_frames() const { return wal_frames_; }
    /// Copies what can be copied from the log to the file without waiting for anybody.
    void checkpoint();
    /// Statements in the cache.
    std::size_t cached() const { return statements_.size(); }

private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    struct Statement {
        std::unique_ptr<sqlite3_stmt, Finalize> handle;
        std::vector<int>
            places;  ///< SQLite's number of each of our parameters: it counts them as they appear
        bool in_use = false;
    };
    /// Of the end of a statement, which is where statements differ: they are compared anyway.
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view sql) const {
            constexpr std::size_t kEnd = 64;
            const auto end = sql.substr(sql.size() - std::min(sql.size(), kEnd));
            return std::hash<std::string_view>()(end) ^ sql.size();
        }
    };
    class Use;

    std::unique_ptr<Statement> prepare(std::string_view sql);
    [[noreturn]] void fail(int code, std::string_view sql) const;

    sqlite3* handle_ = nullptr;
    int wal_frames_ = 0;
    std::unordered_map<std::string, std::unique_ptr<Statement>, Hash, std::equal_to<>> statements_;
};

}  // namespace torv::db
