#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "platform/base/ids.hpp"
#include "platform/base/result.hpp"
#include "platform/base/time.hpp"

/// One API over SQLite and PostgreSQL. SQL is one text for both, with `$1…$n`; the layer translates
/// these tokens:
///   `{in $3}`  a list of ids: bind db::Ids     `{in_text $3}`  a list of texts: bind db::Texts
///   `FROM {list $3} l`  a list of numbers as a table with the column `value`: bind db::Ids
///   `{also community_id = $1}`  beside `id {in $2}`: SQLite is not to look for rows by this
///   `{for update}`  locks the rows on PostgreSQL; nothing on SQLite, whose writer is alone anyway;
///                   `{for update skip locked}` passes over what others have locked
namespace torv::db {

enum class Dialect { Sqlite, Postgres };

/// What went wrong below SQL; the same kinds on both databases.
enum class DbFault {
    Unique,
    ForeignKey,
    Check,
    NotNull,
    Busy,
    Serialization,
    Connection,
    Full,
    Io,
    Corrupt,
    Other
};

/// Thrown for what a caller does not expect. Code that expects a unique violation catches it by
/// `fault` (inside a transaction use INSERT … ON CONFLICT instead: on PostgreSQL a failed statement
/// ends the transaction).
class DbError : public std::runtime_error {
public:
    DbError(DbFault kind, const std::string& what) : std::runtime_error(what), fault(kind) {}
    DbFault fault;
};

struct Ids {
    std::vector<std::int64_t> values;
};
struct Texts {
    std::vector<std::string> values;
};
struct Blob {
    std::string_view bytes;
};

/// A bound value; borrowed text must live during the call.
using Param = std::variant<std::nullptr_t, std::int64_t, double, std::string_view, Blob, const Ids*,
                           const Texts*>;

inline Param param(std::nullptr_t) { return nullptr; }
inline Param param(double v) { return v; }
inline Param param(std::string_view v) { return v; }
inline Param param(const std::string& v) { return std::string_view(v); }
inline Param param(const char* v) { return std::string_view(v); }
inline Param param(Blob v) { return v; }
inline Param param(const Ids& v) { return &v; }
inline Param param(const Texts& v) { return &v; }
inline Param param(Instant v) { return v.us; }
template <class Tag>
Param param(Id<Tag> v) {
    return v.value;
}
template <class T>
    requires std::is_integral_v<T> || std::is_enum_v<T>
Param param(T v) {
    return static_cast<std::int64_t>(v);
}
template <class T>
Param param(const std::optional<T>& v) {
    return v ? param(*v) : Param{nullptr};
}

/// One cell as the database gives it. Text and blobs are valid until the row goes.
using Cell = std::variant<std::nullptr_t, std::int64_t, double, std::string_view>;

namespace detail {
template <class T>
struct Read;
template <class T>
T read(const Cell& cell);
}  // namespace detail

/// A row of a result; columns count from 0. `get<T>` for integers, enums, bool, double, Id,
/// Instant, std::string, std::string_view and std::optional of these. NULL read as anything but
/// optional gives 0, "" or false.
class Row {
public:
    virtual ~Row() = default;
    virtual Cell cell(int column) const = 0;
    virtual int columns() const = 0;
    template <class T>
    T get(int column) const {
        return detail::read<T>(cell(column));
    }
    bool null(int column) const { return cell(column).index() == 0; }
};

/// A row that owns its values, as `one` returns it.
class OwnedRow final : public Row {
public:
    using Value = std::variant<std::nullptr_t, std::int64_t, double, std::string>;
    explicit OwnedRow(std::vector<Value> values) : values_(std::move(values)) {}
    Cell cell(int column) const override;
    int columns() const override { return static_cast<int>(values_.size()); }

private:
    std::vector<Value> values_;
};

class Connection;  // sqlite.cpp, postgres.cpp

/// One transaction. `now()` is the moment the transaction began by the Db's clock.
class Tx {
public:
    Tx(Connection& connection, Instant now, int node)
        : connection_(connection), now_(now), node_(node) {}
    Tx(const Tx&) = delete;

    Instant now() const { return now_; }
    Dialect dialect() const;

    /// Unique over all nodes: a node that has lost its number makes none. Only when writing.
    template <class IdType>
    IdType new_id() {
        return IdType{make_id(now_.us, node())};
    }

    /// First row, if any.
    template <class... A>
    std::optional<OwnedRow> one(std::string_view sql, const A&... args) {
        const Param params[] = {param(args)..., nullptr};
        return one_row(sql, std::span(params, sizeof...(A)));
    }
    /// Runs a statement; gives the number of rows it changed.
    template <class... A>
    std::int64_t run(std::string_view sql, const A&... args) {
        const Param params[] = {param(args)..., nullptr};
        return execute(sql, std::span(params, sizeof...(A)));
    }
    /// Runs a statement whose result nobody asks for. On PostgreSQL it goes out with the next
    /// statement that is waited for, or with the commit, and its DbError is thrown there.
    template <class... A>
    void later(std::string_view sql, const A&... args) {
        const Param params[] = {param(args)..., nullptr};
        send(sql, std::span(params, sizeof...(A)));
    }
    /// Calls `each(const db::Row&)` for every row: `tx.each([&](const db::Row& r) {…}, "SELECT …",
    /// a, b);`
    template <class F, class... A>
    void each(F&& each_row, std::string_view sql, const A&... args) {
        const Param params[] = {param(args)..., nullptr};
        rows(
            sql, std::span(params, sizeof...(A)),
            [](void* f, const Row& row) { (*static_cast<std::remove_reference_t<F>*>(f))(row); },
            &each_row);
    }
    /// Every row through `map(const db::Row&)`: `return tx.all(topic_row, "SELECT …", a, b);`
    template <class F, class... A>
    auto all(F map, std::string_view sql, const A&... args) {
        std::vector<std::invoke_result_t<F, const Row&>> list;
        each([&](const Row& row) { list.push_back(map(row)); }, sql, args...);
        return list;
    }

    /// Number of statements run so far in this transaction; page tests state it.
    int statements() const { return statements_; }
    /// Runs after this transaction has been committed (never after a rollback), on the thread that
    /// committed. Must be quick and not throw.
    void after_commit(std::function<void()> action);
    /// What this transaction changes is shown to the one who made it alone (how far they have read,
    /// a draft): it does not count in Db::changes.
    void shown_to_no_other() { own_only_ = true; }
    /// After the commit, wakes who subscribed to `channel`: here at once, on other nodes soon
    /// (NOTIFY, coalesced). A hint, never the truth.
    void wake(std::string_view channel);

private:
    friend class Engine;
    int node() const;
    std::optional<OwnedRow> one_row(std::string_view sql, std::span<const Param> params);
    std::int64_t execute(std::string_view sql, std::span<const Param> params);
    void send(std::string_view sql, std::span<const Param> params);
    void rows(std::string_view sql, std::span<const Param> params, void (*each)(void*, const Row&),
              void* with);

    Connection& connection_;
    Instant now_;
    int node_;
    int statements_ = 0;
    bool changed_ = false;   ///< a row, perhaps
    bool own_only_ = false;  ///< see shown_to_no_other
    std::vector<std::function<void()>> after_commit_;
    std::vector<std::string> wakes_;
};

/// People go before imports and consumers in the queue of SQLite's writer.
enum class Priority { People, Background };

/// A file of migrations/: `name` is its file name. One that ends in ".sqlite.sql" or
/// ".postgres.sql" is for that database only.
struct Migration {
    std::string_view name;
    std::string_view sql;
};

using Hearer = std::function<void(std::string_view text)>;

/// Ends with this object. The callback runs on any thread and must be quick.
class Subscription {
public:
    Subscription() = default;
    explicit Subscription(std::shared_ptr<void> held) : held_(std::move(held)) {}

private:
    std::shared_ptr<void> held_;
};

/// Serve: this process alone serves the SQLite file (a lock beside it says so) and follows the
/// record and the queue. Command: a short visit, also while another process serves.
enum class Role { Serve, Command };

struct Options {
    std::string database;          ///< "postgres://…" or the path of an SQLite file
    const Clock* clock = nullptr;  ///< outlives the Db
    bool create = true;            ///< make the SQLite file when it is not there
    Role role = Role::Command;
};

/// A database. Thread-safe. Connections are one per thread (readers) and, on SQLite, one writer
/// thread that commits the waiting transactions of many callers with one sync, each in its own
/// savepoint.
class Db {
public:
    /// Opens, checks the version of the library, does not migrate. Throws DbError.
    explicit Db(Options options);
    ~Db();
    Db(const Db&) = delete;

    Dialect dialect() const;
    const Clock& clock() const;

    /// Runs `fn(Tx&)` on a consistent snapshot that cannot write.
    template <class F>
    auto read(F&& fn) -> std::invoke_result_t<F, Tx&> {
        using R = std::invoke_result_t<F, Tx&>;
        if constexpr (std::is_void_v<R>) {
            run_read([&](Tx& tx) { fn(tx); });
        } else {
            std::optional<R> result;
            run_read([&](Tx& tx) { result.emplace(fn(tx)); });
            return std::move(*result);
        }
    }

    /// Runs `fn(Tx&)` in one durable transaction and returns when it is committed. When `fn` throws
    /// or returns a Result that holds an error, everything is rolled back. On PostgreSQL `fn` may
    /// run again after 40001, 40P01 or a failover: no side effects but through Tx. On SQLite `fn`
    /// runs on the writer's thread.
    template <class F>
    auto write(F&& fn, Priority priority = Priority::People) -> std::invoke_result_t<F, Tx&> {
        using R = std::invoke_result_t<F, Tx&>;
        if constexpr (std::is_void_v<R>) {
            run_write([&](Tx& tx) { return fn(tx), true; }, priority);
        } else {
            std::optional<R> result;
            run_write(
                [&](Tx& tx) {
                    result.reset();
                    result.emplace(fn(tx));
                    return keeps(*result);
                },
                priority);
            return std::move(*result);
        }
    }

    /// How many commits of this process have changed something, counted before `write` returns:
    /// what was read under one number may be shown again while the number is the same. Other
    /// processes are not counted.
    std::uint64_t changes() const;

    /// Calls `woken` after Tx::wake(channel) was committed here or on another node.
    [[nodiscard]] Subscription subscribe(std::string_view channel, std::function<void()> woken);
    /// Tells the other nodes something that is worth nothing a moment later (somebody is writing):
    /// soon, without keeping it; who is cut off misses it. On SQLite there are no others. `channel`
    /// is a word, `text` at most 7,000 bytes without NUL.
    void shout(std::string_view channel, std::string_view text);
    [[nodiscard]] Subscription hear(std::string_view channel, Hearer hearer);

    /// Applies what is missing of `migrations` in the order of their names; a non-empty SQLite file
    /// is copied aside first. Gives the names of what was applied. Throws DbError, also when the
    /// database is newer than this list.
    std::vector<std::string> migrate(std::span<const Migration> migrations);
    /// Integrity of the database: empty when all is well, else what is wrong.
    std::vector<std::string> check();
    /// Tells PostgreSQL's planner about tables that have grown; to be called every few seconds. Its
    /// own daemon looks once a minute, in which a young community's statements, planned for empty
    /// tables, read each table whole: an import of 100,000 posts would be over by then. SQLite
    /// plans by the indexes alone and needs nothing.
    void tend();
    /// The schema as text, in a stable order, for schema.*.sql.
    std::string dump_schema();

private:
    template <class R>
    static bool keeps(const R& result) {
        if constexpr (requires {
                          result.has_value();
                          result.error();
                      })
            return result.has_value();
        else return true;
    }
    void run_read(const std::function<void(Tx&)>& fn);
    void run_write(const std::function<bool(Tx&)>& fn, Priority priority);

    struct Impl;
    std::unique_ptr<Impl> impl_;
};

namespace detail {
template <class T>
struct Read {
    static T from(const Cell& cell) {
        if constexpr (std::is_same_v<T, std::string>) {
            if (auto* text = std::get_if<std::string_view>(&cell)) return std::string(*text);
            if (auto* number = std::get_if<std::int64_t>(&cell)) return std::to_string(*number);
            return {};
        } else if constexpr (std::is_same_v<T, std::string_view>) {
            auto* text = std::get_if<std::string_view>(&cell);
            return text ? *text : std::string_view{};
        } else if constexpr (std::is_same_v<T, Instant>) {
            auto* us = std::get_if<std::int64_t>(&cell);
            return Instant{us ? *us : 0};
        } else if constexpr (std::is_same_v<T, bool>) {
            auto* flag = std::get_if<std::int64_t>(&cell);
            return flag && *flag != 0;
        } else if constexpr (std::is_floating_point_v<T>) {
            if (auto* real = std::get_if<double>(&cell)) return static_cast<T>(*real);
            auto* number = std::get_if<std::int64_t>(&cell);
            return number ? static_cast<T>(*number) : T{};
        } else {
            auto* number = std::get_if<std::int64_t>(&cell);
            return static_cast<T>(number ? *number : 0);
        }
    }
};
template <class Tag>
struct Read<Id<Tag>> {
    static Id<Tag> from(const Cell& cell) { return {Read<std::int64_t>::from(cell)}; }
};
template <class T>
struct Read<std::optional<T>> {
    static std::optional<T> from(const Cell& cell) {
        if (cell.index() == 0) return std::nullopt;
        return Read<T>::from(cell);
    }
};
template <class T>
T read(const Cell& cell) {
    return Read<T>::from(cell);
}
}  // namespace detail

}  // namespace torv::db
