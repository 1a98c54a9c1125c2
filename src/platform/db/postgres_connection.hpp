#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "platform/db/engine.hpp"

struct pg_conn;
struct pg_result;

namespace torv::db {

/// A node number and the lease on it, in the table `nodes`.
struct NodeLease {
    int number = 0;
    std::int64_t holder = 0;  ///< 0: none
};

/// The lease has run out or is another node's: nothing was written with it, and the transaction may
/// run again with a new one.
class LeaseLost : public DbError {
public:
    LeaseLost() : DbError(DbFault::Serialization, "the node number is no longer ours") {}
};

/// One PostgreSQL connection, to the server of the address that takes writes. It sends ahead
/// (libpq's pipeline): what nobody waits for goes out with the next statement whose answer somebody
/// needs, so that a transaction costs fewer ways there and back.
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
    void later(std::string_view sql, std::span<const Param> params) override;
    void script(const std::string& sql) override;

    /// Begin a transaction; what that takes goes out with its first statement.
    void begin_read();
    /// A writing one also asks whether the lease holds for long enough: LeaseLost is thrown by the
    /// first statement that is waited for, or by `commit`.
    void begin_write(const NodeLease& lease);
    /// For what makes no ids: a migration.
    void begin_script();
    /// Lets go of what a reading transaction saw. Waits for nothing.
    void end_read();
    /// Throws when the transaction could not be committed; DbFault::Connection means that nobody
    /// knows.
    void commit();
    /// The number of the writing transaction, by which one can ask later what became of it. Known
    /// before `commit` sends anything; empty while there was no statement.
    const std::string& xact() const { return xact_; }
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

    /// What the server has been sent and has not been heard about.
    enum class Sent { Statement, XactNumber, EndOfGroup };
    struct Unheard {
        Sent what = Sent::Statement;
        std::string_view sql;
    };

    using Known = std::pair<const std::string, Statement>;

    const Known& statement(std::string_view sql);
    void send(std::string_view sql, std::span<const Param> params, Sent what = Sent::Statement);
    void send_begin();
    void sent(int accepted, Sent what, std::string_view sql);
    void end_group();
    Answer hear();
    void hear_whatever();
    Answer hear_one(std::string_view sql);
    Answer query(std::string_view sql, std::span<const Param> params);
    Answer checked(Answer answer, std::string_view sql);
    void leave_pipeline();
    [[noreturn]] void fail(const pg_result* answer, std::string_view sql);

    enum class Begin { Nothing, Read, Write, Script };
    void note_begun(const pg_result* answer);

    pg_conn* handle_ = nullptr;
    std::unordered_map<std::string, Statement, Hash, std::equal_to<>> statements_;
    std::uint64_t prepared_ = 0;  ///< how many there ever were
    std::vector<Unheard> unheard_;
    Begin begin_ = Begin::Nothing;  ///< goes out with the next statement
    bool open_ = false;             ///< a transaction was begun and not ended
    bool spoiled_ = false;          ///< what comes is not what was asked for
    NodeLease lease_;
    bool lease_lost_ = false;
    std::string xact_;
    bool forget_statements_ = false;  ///< after a change of the schema
};

}  // namespace torv::db
