#include "platform/db/postgres_connection.hpp"

#include <libpq-fe.h>

#include "platform/db/postgres_values.hpp"
#include "platform/db/tokens.hpp"

namespace torv::db {
namespace {

constexpr std::size_t kMaxStatements = 1000;

// A statement that runs for a minute, or a transaction that sleeps for one, holds up everybody's
// record.
constexpr const char* kSession =
    "SET statement_timeout = '60s'; SET idle_in_transaction_session_timeout = '60s'; SET "
    "lock_timeout = '20s';"
    "SET client_min_messages = warning; SET standard_conforming_strings = on; SET TimeZone = 'UTC'";

// Both in one way there and back.
constexpr const char* kBeginWrite = "BEGIN; SELECT pg_current_xact_id()";

DbFault fault_of(std::string_view state) {
    if (state == "23505") return DbFault::Unique;
    if (state == "23503") return DbFault::ForeignKey;
    if (state == "23514") return DbFault::Check;
    if (state == "23502") return DbFault::NotNull;
    if (state == "40001" || state == "40P01") return DbFault::Serialization;
    if (state == "55P03") return DbFault::Busy;
    if (state == "53100") return DbFault::Full;
    if (state == "53300" || (state.starts_with("08") && state != "08P01") ||
        state.starts_with("57P"))
        return DbFault::Connection;
    if (state.starts_with("58")) return DbFault::Io;
    if (state.starts_with("XX00")) return DbFault::Corrupt;
    return DbFault::Other;
}

/// The address, and which of several hosts to take: the one that accepts writes.
pg_conn* connect(const std::string& address) {
    const char* const names[] = {"dbname",           "target_session_attrs", "connect_timeout",
                                 "application_name", "client_encoding",      nullptr};
    const char* const values[] = {address.c_str(), "read-write", "5", "torv", "UTF8", nullptr};
    return PQconnectdbParams(names, values, 1);
}

}  // namespace

void PostgresConnection::Clear::operator()(pg_result* result) const { PQclear(result); }

PostgresConnection::PostgresConnection(const std::string& address) : handle_(connect(address)) {
    if (PQstatus(handle_) != CONNECTION_OK) {
        const std::string message = PQerrorMessage(handle_);
        PQfinish(handle_);
        throw DbError(DbFault::Connection, message);
    }
    PQsetNoticeProcessor(handle_, [](void*, const char*) {}, nullptr);
    try {
        script(kSession);
    } catch (...) {
        PQfinish(handle_);
        throw;
    }
}

PostgresConnection::~PostgresConnection() { PQfinish(handle_); }

void PostgresConnection::fail(const pg_result* answer, std::string_view sql) {
    const char* state = answer ? PQresultErrorField(answer, PG_DIAG_SQLSTATE) : nullptr;
    const std::string message = PQerrorMessage(handle_);
    DbFault fault = state ? fault_of(state) : DbFault::Connection;
    if (state && std::string_view(state) == "0A000" &&
        message.find("cached plan") != std::string::npos) {
        forget_statements_ =
            true;  // the schema has changed under the statement: the next try prepares it anew
        fault = DbFault::Serialization;
    }
    // A server that does not take writes now: it was the primary until just now.
    const bool read_only = state && std::string_view(state) == "25006" && sql == kBeginWrite;
    if (broken() || read_only) fault = DbFault::Connection;
    throw DbError(fault, message + " in: " + std::string(sql));
}

PostgresConnection::Answer PostgresConnection::checked(Answer answer, std::string_view sql) {
    const ExecStatusType status = answer ? PQresultStatus(answer.get()) : PGRES_FATAL_ERROR;
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY)
        fail(answer.get(), sql);
    return answer;
}

/// The prepared statement, which is made when the text is seen for the first time.
const PostgresConnection::Statement& PostgresConnection::statement(std::string_view sql) {
    if (const auto found = statements_.find(sql); found != statements_.end()) return found->second;
    if (statements_.size() >= kMaxStatements) {
        checked(Answer(PQexec(handle_, "DEALLOCATE ALL")), "DEALLOCATE ALL");
        statements_.clear();
    }
    const std::string text = translate_statement(sql, Dialect::Postgres);
    std::string name = "s" + std::to_string(statements_.size());
    checked(Answer(PQprepare(handle_, name.c_str(), text.c_str(), 0, nullptr)), sql);
    const Answer described = checked(Answer(PQdescribePrepared(handle_, name.c_str())), sql);
    const auto count = static_cast<std::size_t>(PQnparams(described.get()));
    return statements_.emplace(std::string(sql), Statement{std::move(name), count}).first->second;
}

PostgresConnection::Answer PostgresConnection::query(std::string_view sql,
                                                     std::span<const Param> params) {
    const Statement& known = statement(sql);
    if (known.params != params.size())
        throw DbError(DbFault::Other, "wrong number of parameters for: " + std::string(sql));
    const PostgresParams values(params);
    return checked(Answer(PQexecPrepared(handle_, known.name.c_str(), values.count(),
                                         values.values(), values.lengths(), values.formats(), 0)),
                   sql);
}

std::int64_t PostgresConnection::execute(std::string_view sql, std::span<const Param> params) {
    const Answer answer = query(sql, params);
    if (std::string_view(PQcmdStatus(answer.get())).starts_with("SELECT")) return 0;
    return std::atoll(PQcmdTuples(answer.get()));
}

void PostgresConnection::rows(std::string_view sql, std::span<const Param> params, EachRow each,
                              void* with) {
    const Answer answer = query(sql, params);
    PostgresRow row(answer.get());
    for (int i = 0; i < PQntuples(answer.get()); ++i) {
        row.go_to(i);
        each(with, row);
    }
}

void PostgresConnection::script(const std::string& sql) {
    checked(Answer(PQexec(handle_, sql.c_str())), sql);
}

std::string PostgresConnection::begin_write() {
    const Answer answer = checked(Answer(PQexec(handle_, kBeginWrite)), kBeginWrite);
    return PQgetvalue(answer.get(), 0, 0);
}

void PostgresConnection::commit() {
    const Answer answer = checked(Answer(PQexec(handle_, "COMMIT")), "COMMIT");
    if (std::string_view(PQcmdStatus(answer.get())) != "COMMIT")
        throw DbError(DbFault::Other,
                      "a statement of this transaction had failed, so it was rolled back");
}

void PostgresConnection::roll_back() {
    if (!broken() && PQtransactionStatus(handle_) != PQTRANS_IDLE)
        Answer(PQexec(handle_, "ROLLBACK"));
    if (!forget_statements_ || broken()) return;
    Answer(PQexec(handle_, "DEALLOCATE ALL"));
    statements_.clear();
    forget_statements_ = false;
}

bool PostgresConnection::broken() const { return PQstatus(handle_) != CONNECTION_OK; }

int PostgresConnection::socket() const { return PQsocket(handle_); }

void PostgresConnection::notifications(const std::function<void(std::string_view)>& heard) {
    if (PQconsumeInput(handle_) == 0) fail(nullptr, "LISTEN");
    while (PGnotify* note = PQnotifies(handle_)) {
        heard(note->extra);
        PQfreemem(note);
    }
}

}  // namespace torv::db
