#include "platform/db/postgres_connection.hpp"

#include <libpq-fe.h>

#include <utility>

#include "platform/db/postgres_values.hpp"
#include "platform/db/tokens.hpp"

namespace torv::db {
namespace {

constexpr std::size_t kMaxStatements = 1000;

// A statement that runs for a minute, or a transaction that sleeps for one, holds up everybody's
// record. One plan for each statement, whatever is bound, as on SQLite: else each connection plans
// it six times before it trusts one, and some anew at each use.
constexpr const char* kSession =
    "SET plan_cache_mode = force_generic_plan; SET statement_timeout = '60s'; SET "
    "idle_in_transaction_session_timeout = '60s'; SET "
    "lock_timeout = '20s';"
    "SET client_min_messages = warning; SET standard_conforming_strings = on; SET TimeZone = 'UTC'";

constexpr std::string_view kBeginRead = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
constexpr std::string_view kBeginWrite = "BEGIN";
// A transaction may sleep for a minute and run a statement for another: the lease outlives it.
constexpr std::string_view kXact = R"sql(
    SELECT pg_current_xact_id(), EXISTS (
        SELECT 1 FROM nodes WHERE node = $1 AND holder = $2
           AND lease_until > CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT) + 180000000)
)sql";
constexpr std::string_view kCommit = "COMMIT";

// Their answers have to fit into the buffers of the sockets: nobody reads them meanwhile.
constexpr std::size_t kMaxUnheard = 64;

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
    const std::string message = answer ? PQresultErrorMessage(answer) : PQerrorMessage(handle_);
    DbFault fault = state ? fault_of(state) : DbFault::Connection;
    if (state && std::string_view(state) == "0A000" &&
        message.find("cached plan") != std::string::npos) {
        forget_statements_ =
            true;  // the schema has changed under the statement: the next try prepares it anew
        fault = DbFault::Serialization;
    }
    // A server that does not take writes now: it was the primary until just now.
    const bool read_only = state && std::string_view(state) == "25006" && sql == kXact;
    if (broken() || read_only) fault = DbFault::Connection;
    throw DbError(fault, message + " in: " + std::string(sql));
}

PostgresConnection::Answer PostgresConnection::checked(Answer answer, std::string_view sql) {
    const ExecStatusType status = answer ? PQresultStatus(answer.get()) : PGRES_FATAL_ERROR;
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY)
        fail(answer.get(), sql);
    return answer;
}

void PostgresConnection::sent(int accepted, Sent what, std::string_view sql) {
    if (accepted != 1) fail(nullptr, sql);
    unheard_.push_back({what, sql});
}

/// What was sent so far is a group: after a failure the server passes over the rest of it.
void PostgresConnection::end_group() { sent(PQpipelineSync(handle_), Sent::EndOfGroup, "SYNC"); }

/// The answer to one statement, and the mark after it.
PostgresConnection::Answer PostgresConnection::hear_one(std::string_view sql) {
    Answer answer(PQgetResult(handle_));
    spoiled_ = spoiled_ || !answer;
    if (broken()) fail(nullptr, sql);
    while (Answer(PQgetResult(handle_))) {
    }
    return answer;
}

/// Waits for all that was sent; gives the last answer. Throws the first failure, after the rest was
/// heard, so that the connection can go on.
PostgresConnection::Answer PostgresConnection::hear() {
    end_group();
    const std::vector<Unheard> waited = std::exchange(unheard_, {});
    Answer last, wrong;
    std::string_view wrong_sql;
    for (const auto& [what, sql] : waited) {
        if (what == Sent::EndOfGroup) {
            spoiled_ = spoiled_ || !Answer(PQgetResult(handle_));
            if (broken()) fail(nullptr, sql);
            continue;
        }
        last = hear_one(sql);
        const ExecStatusType status = PQresultStatus(last.get());
        const bool good = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
        if (good && what == Sent::XactNumber) note_begun(last.get());
        if (good || wrong) continue;
        wrong = std::move(last);
        wrong_sql = sql;
    }
    const bool lease_lost = std::exchange(lease_lost_, false);
    if (wrong) fail(wrong.get(), wrong_sql);
    if (lease_lost) throw LeaseLost();
    return last;
}

void PostgresConnection::note_begun(const pg_result* answer) {
    xact_ = PQgetvalue(answer, 0, 0);
    lease_lost_ = std::string_view(PQgetvalue(answer, 0, 1)) != "t";
}

/// The same when what failed is rolled back anyway.
void PostgresConnection::hear_whatever() {
    try {
        if (!unheard_.empty()) hear();
    } catch (const DbError&) {
        if (broken()) throw;
    }
}

/// The prepared statement, which is made when the text is seen for the first time.
const PostgresConnection::Known& PostgresConnection::statement(std::string_view sql) {
    if (const auto found = statements_.find(sql); found != statements_.end()) return *found;
    if (statements_.size() >= kMaxStatements) {
        script("DEALLOCATE ALL");
        statements_.clear();
    }
    if (PQpipelineStatus(handle_) == PQ_PIPELINE_OFF) PQenterPipelineMode(handle_);
    const std::string text = translate_statement(sql, Dialect::Postgres);
    // Never a name twice: the server keeps the statement when what was heard of is a lost lease.
    std::string name = "s" + std::to_string(prepared_++);
    sent(PQsendPrepare(handle_, name.c_str(), text.c_str(), 0, nullptr), Sent::Statement, sql);
    sent(PQsendDescribePrepared(handle_, name.c_str()), Sent::Statement, sql);
    const Answer described = hear();
    const auto count = static_cast<std::size_t>(PQnparams(described.get()));
    return *statements_.emplace(std::string(sql), Statement{std::move(name), count}).first;
}

void PostgresConnection::send_begin() {
    const Begin begin = std::exchange(begin_, Begin::Nothing);
    if (begin == Begin::Nothing) return;
    open_ = true;
    send(begin == Begin::Read ? kBeginRead : kBeginWrite, {});
    if (begin != Begin::Write) return;
    const Param lease[] = {std::int64_t{lease_.number}, lease_.holder};
    send(kXact, lease, Sent::XactNumber);
}

void PostgresConnection::send(std::string_view sql, std::span<const Param> params, Sent what) {
    send_begin();
    const auto& [text, known] = statement(sql);
    if (known.params != params.size())
        throw DbError(DbFault::Other, "wrong number of parameters for: " + std::string(sql));
    if (PQpipelineStatus(handle_) == PQ_PIPELINE_OFF) PQenterPipelineMode(handle_);
    const PostgresParams values(params);
    sent(PQsendQueryPrepared(handle_, known.name.c_str(), values.count(), values.values(),
                             values.lengths(), values.formats(), 0),
         what, text);
}

PostgresConnection::Answer PostgresConnection::query(std::string_view sql,
                                                     std::span<const Param> params) {
    send(sql, params);
    return hear();
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

void PostgresConnection::later(std::string_view sql, std::span<const Param> params) {
    send(sql, params);
    if (unheard_.size() >= kMaxUnheard) hear();
}

void PostgresConnection::script(const std::string& sql) {
    send_begin();
    leave_pipeline();
    checked(Answer(PQexec(handle_, sql.c_str())), sql);
}

void PostgresConnection::leave_pipeline() {
    if (PQpipelineStatus(handle_) == PQ_PIPELINE_OFF) return;
    if (!unheard_.empty()) hear();
    if (PQexitPipelineMode(handle_) != 1) fail(nullptr, "the end of a pipeline");
}

void PostgresConnection::begin_read() { begin_ = Begin::Read; }

void PostgresConnection::begin_write(const NodeLease& lease) {
    xact_.clear();
    lease_ = lease;
    begin_ = Begin::Write;
}

void PostgresConnection::begin_script() {
    xact_.clear();
    begin_ = Begin::Script;
}

void PostgresConnection::end_read() {
    begin_ = Begin::Nothing;
    if (!open_) return;
    send(kCommit, {});
    end_group();
    open_ = false;
    if (PQflush(handle_) < 0) fail(nullptr, kCommit);
}

void PostgresConnection::commit() {
    send_begin();  // who made ids and wrote nothing has to know that the ids are good
    statement(kCommit);
    if (xact_.empty()) hear();  // whoever asks later what became of it needs the number
    const Answer answer = query(kCommit, {});
    if (std::string_view(PQcmdStatus(answer.get())) != "COMMIT")
        throw DbError(DbFault::Other,
                      "a statement of this transaction had failed, so it was rolled back");
    open_ = false;
}

void PostgresConnection::roll_back() {
    begin_ = Begin::Nothing;
    try {
        if (broken()) return;
        if (open_) {
            hear_whatever();
            if (PQtransactionStatus(handle_) != PQTRANS_IDLE) script("ROLLBACK");
            open_ = false;
        }
        if (!forget_statements_) return;
        script("DEALLOCATE ALL");
        statements_.clear();
        forget_statements_ = false;
    } catch (const DbError&) {
        spoiled_ = true;
    }
}

bool PostgresConnection::broken() const { return spoiled_ || PQstatus(handle_) != CONNECTION_OK; }

int PostgresConnection::socket() const { return PQsocket(handle_); }

void PostgresConnection::notifications(const std::function<void(std::string_view)>& heard) {
    if (PQconsumeInput(handle_) == 0) fail(nullptr, "LISTEN");
    while (PGnotify* note = PQnotifies(handle_)) {
        heard(note->extra);
        PQfreemem(note);
    }
}

}  // namespace torv::db
