#include "platform/db/sqlite_connection.hpp"

#include <sqlite3.h>

#include <cerrno>
#include <mutex>

#include "platform/db/tokens.hpp"

namespace torv::db {
namespace {

constexpr std::size_t kMaxStatements = 1000;
constexpr int kBusyMs = 5000;  // another process may be writing: a command, a backup

void configure_library() {
    static std::once_flag once;
    std::call_once(once, [] {
        require_sqlite_version(sqlite3_libversion_number());
        sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        sqlite3_initialize();
    });
}

DbFault fault_of(int extended, int system_error) {
    switch (extended) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID: return DbFault::Unique;
        case SQLITE_CONSTRAINT_FOREIGNKEY: return DbFault::ForeignKey;
        case SQLITE_CONSTRAINT_CHECK: return DbFault::Check;
        case SQLITE_CONSTRAINT_NOTNULL: return DbFault::NotNull;
        default: break;
    }
    switch (extended & 0xFF) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED: return DbFault::Busy;
        case SQLITE_FULL: return DbFault::Full;
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN:
            return system_error == ENOSPC || system_error == EDQUOT ? DbFault::Full : DbFault::Io;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB: return DbFault::Corrupt;
        default: return DbFault::Other;
    }
}

std::string json_list(const Texts& texts) {
    static constexpr std::string_view kHex = "0123456789abcdef";
    std::string out = "[";
    for (const std::string& text : texts.values) {
        if (out.size() > 1) out += ',';
        out += '"';
        for (const char c : text) {
            const auto byte = static_cast<unsigned char>(c);
            if (byte < 0x20) {
                out += "\\u00";
                out += kHex[byte >> 4];
                out += kHex[byte & 15];
                continue;
            }
            if (c == '"' || c == '\\') out += '\\';
            out += c;
        }
        out += '"';
    }
    return out += ']';
}

/// SQLite takes a null pointer for NULL, and an empty view may have one.
const char* bytes_of(std::string_view text) { return text.data() ? text.data() : ""; }

class SqliteRow final : public Row {
public:
    explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}

    int columns() const override { return sqlite3_column_count(statement_); }
    Cell cell(int column) const override {
        switch (sqlite3_column_type(statement_, column)) {
            case SQLITE_INTEGER: return std::int64_t{sqlite3_column_int64(statement_, column)};
            case SQLITE_FLOAT: return sqlite3_column_double(statement_, column);
            case SQLITE_TEXT:
                return view(reinterpret_cast<const char*>(sqlite3_column_text(statement_, column)),
                            column);
            case SQLITE_BLOB:
                return view(static_cast<const char*>(sqlite3_column_blob(statement_, column)),
                            column);
            default: return nullptr;
        }
    }

private:
    std::string_view view(const char* bytes, int column) const {
        return {bytes ? bytes : "",
                static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
    }

    sqlite3_stmt* statement_;
};

}  // namespace

void require_sqlite_version(int version) {
    if (version >= 3'051'003) return;
    throw DbError(
        DbFault::Other,
        "SQLite is older than 3.51.3, which can corrupt a file that two connections write");
}

void SqliteConnection::Finalize::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

SqliteConnection::SqliteConnection(const std::string& path, Mode mode, bool create) {
    configure_library();
    const int flags =
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (create ? SQLITE_OPEN_CREATE : 0);
    const int code = sqlite3_open_v2(path.c_str(), &handle_, flags, nullptr);
    try {
        if (code != SQLITE_OK) fail(code, "open " + path);
        sqlite3_extended_result_codes(handle_, 1);
        sqlite3_busy_timeout(handle_, kBusyMs);
        // One plan for each statement, whatever is bound: else some are prepared anew at each use.
        sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
        if (mode == Mode::Reader) {
            sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
            script(
                "PRAGMA query_only = ON; PRAGMA wal_autocheckpoint = 0; PRAGMA foreign_keys = ON");
        } else {
            script(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                "PRAGMA journal_size_limit = 67108864; PRAGMA wal_autocheckpoint = 0");
            const auto note_frames = [](void* self, sqlite3*, const char*, int frames) {
                static_cast<SqliteConnection*>(self)->wal_frames_ = frames;
                return SQLITE_OK;
            };
            sqlite3_wal_hook(handle_, note_frames, this);
        }
    } catch (...) {
        sqlite3_close_v2(handle_);
        throw;
    }
}

SqliteConnection::~SqliteConnection() {
    statements_.clear();
    sqlite3_close_v2(handle_);
}

void SqliteConnection::fail(int code, std::string_view sql) const {
    const int extended = handle_ ? sqlite3_extended_errcode(handle_) : code;
    const int system_error = handle_ ? sqlite3_system_errno(handle_) : 0;
    const std::string message = handle_ ? sqlite3_errmsg(handle_) : sqlite3_errstr(code);
    throw DbError(fault_of(extended, system_error), message + " in: " + std::string(sql));
}

std::unique_ptr<SqliteConnection::Statement> SqliteConnection::prepare(std::string_view sql) {
    const std::string text = translate_statement(sql, Dialect::Sqlite);
    sqlite3_stmt* handle = nullptr;
    const char* tail = nullptr;
    const int code = sqlite3_prepare_v3(handle_, text.c_str(), static_cast<int>(text.size()) + 1,
                                        SQLITE_PREPARE_PERSISTENT, &handle, &tail);
    if (code != SQLITE_OK) fail(code, sql);
    auto statement = std::make_unique<Statement>();
    statement->handle.reset(handle);
    const int count = sqlite3_bind_parameter_count(handle);
    for (int i = 1; i <= count; ++i) {
        const int place = sqlite3_bind_parameter_index(handle, ("$" + std::to_string(i)).c_str());
        if (place == 0) throw DbError(DbFault::Other, "parameters are not $1…$n in: " + text);
        statement->places.push_back(place);
    }
    return statement;
}

/// A statement taken from the cache, bound, and given back. A statement that is being stepped
/// through already (the same SQL inside `each`) gets a second one for the time being.
class SqliteConnection::Use {
public:
    Use(SqliteConnection& connection, std::string_view sql, std::span<const Param> params) {
        auto& cache = connection.statements_;
        auto found = cache.find(sql);
        if (found != cache.end() && found->second->in_use) {
            extra_ = connection.prepare(sql);
            statement_ = extra_.get();
        } else {
            if (found == cache.end()) {
                if (cache.size() >= kMaxStatements)
                    std::erase_if(cache, [](const auto& entry) { return !entry.second->in_use; });
                found = cache.emplace(std::string(sql), connection.prepare(sql)).first;
            }
            statement_ = found->second.get();
        }
        if (statement_->places.size() != params.size())
            throw DbError(DbFault::Other, "wrong number of parameters for: " + std::string(sql));
        statement_->in_use = true;
        lists_.reserve(params.size());
        for (std::size_t i = 0; i < params.size(); ++i)
            if (bind(statement_->places[i], params[i]) != SQLITE_OK) {
                release();
                connection.fail(SQLITE_ERROR, sql);
            }
    }
    ~Use() { release(); }
    Use(const Use&) = delete;

    sqlite3_stmt* handle() const { return statement_->handle.get(); }

private:
    void release() {
        sqlite3_reset(handle());
        statement_->in_use = false;
    }
    int bind(int place, const Param& param) {
        sqlite3_stmt* to = handle();
        if (const auto* number = std::get_if<std::int64_t>(&param))
            return sqlite3_bind_int64(to, place, *number);
        if (const auto* real = std::get_if<double>(&param))
            return sqlite3_bind_double(to, place, *real);
        if (const auto* text = std::get_if<std::string_view>(&param))
            return bind_text(place, *text);
        if (const auto* blob = std::get_if<Blob>(&param))
            return sqlite3_bind_blob64(to, place, bytes_of(blob->bytes), blob->bytes.size(),
                                       SQLITE_STATIC);
        if (const auto* ids = std::get_if<const Ids*>(&param)) return bind_ids(place, **ids);
        if (const auto* texts = std::get_if<const Texts*>(&param))
            return bind_text(place, lists_.emplace_back(json_list(**texts)));
        return sqlite3_bind_null(to, place);
    }
    int bind_ids(int place, const Ids& ids) {
        return sqlite3_carray_bind(handle(), place, const_cast<std::int64_t*>(ids.values.data()),
                                   static_cast<int>(ids.values.size()), SQLITE_CARRAY_INT64,
                                   SQLITE_STATIC);
    }
    int bind_text(int place, std::string_view text) {
        return sqlite3_bind_text64(handle(), place, bytes_of(text), text.size(), SQLITE_STATIC,
                                   SQLITE_UTF8);
    }

    Statement* statement_ = nullptr;
    std::unique_ptr<Statement> extra_;
    std::vector<std::string> lists_;  ///< reserved, so that bound views stay valid
};

std::int64_t SqliteConnection::execute(std::string_view sql, std::span<const Param> params) {
    const Use use(*this, sql, params);
    int code = SQLITE_ROW;
    while (code == SQLITE_ROW)
        code = sqlite3_step(use.handle());  // rows of RETURNING are not wanted
    if (code != SQLITE_DONE) fail(code, sql);
    return sqlite3_stmt_readonly(use.handle()) ? 0 : sqlite3_changes64(handle_);
}

void SqliteConnection::rows(std::string_view sql, std::span<const Param> params, EachRow each,
                            void* with) {
    const Use use(*this, sql, params);
    const SqliteRow row(use.handle());
    int code = sqlite3_step(use.handle());
    for (; code == SQLITE_ROW; code = sqlite3_step(use.handle())) each(with, row);
    if (code != SQLITE_DONE) fail(code, sql);
}

void SqliteConnection::script(const std::string& sql) {
    const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(code, sql);
}

bool SqliteConnection::in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }

void SqliteConnection::checkpoint() {
    int left = 0;
    int done = 0;
    const int code =
        sqlite3_wal_checkpoint_v2(handle_, nullptr, SQLITE_CHECKPOINT_PASSIVE, &left, &done);
    if (code != SQLITE_OK && code != SQLITE_BUSY) fail(code, "checkpoint");
}

}  // namespace torv::db
