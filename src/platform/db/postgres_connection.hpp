#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "platform/db/engine.hpp"

struct pg_conn;
struct pg_result;

namespace torv::db {

/// One PostgreSQL connection, to the server of the address that takes writes.
class PostgresConnection final : public Connection {
public:
    /// Throws DbError.
    explicit PostgresConnection(const std::string& address);
    ~PostgresConnection() override;
    PostgresConnection(const PostgresConnection&) = delete;

    Dialect dialect() const override { return Dialect::Postgres; }
    std::int64_t execute(std::string_view sql, std::span<const Param> params) override;
    void rows(std::string_view sql, std::span<const Param> params, EachRow each,
              void* with) override;
    void script(const std::string& sql) override;

    /// Begins a transaction that will write; gives its number, by which one can ask later what
    /// became of it.
    std::string begin_write();
    /// Throws when the transaction could not be committed; DbFault::Connection means that nobody
    /// knows.
    void commit();
    /// Never throws; a connection that cannot go on is broken() afterwards.
    void roll_back();
    bool broken() const;
    std::size_t cached() const { return statements_.size(); }

    /// For the bus: a connection that waits.
    int socket() const;
    /// Calls `heard(payload)` for each notification that has come. Throws DbError when the
    /// connection is lost.
    void notifications(const std::function<void(std::string_view)>& heard);

private:
    struct Clear {
        void operator()(pg_result* result) const;
    };
    using Answer = std::unique_ptr<pg_result, Clear>;
    struct Statement {
        std::string name;
        std::size_t params = 0;
    };
    struct Hash : std::hash<std::string_view> {
        using is_transparent = void;
    };

    const Statement& statement(std::string_view sql);
    Answer query(std::string_view sql, std::span<const Param> params);
    Answer checked(Answer answer, std::string_view sql);
    [[noreturn]] void fail(const pg_result* answer, std::string_view sql);

    pg_conn* handle_ = nullptr;
    std::unordered_map<std::string, Statement, Hash, std::equal_to<>> statements_;
    bool forget_statements_ = false;  ///< after a change of the schema
};

}  // namespace torv::db
