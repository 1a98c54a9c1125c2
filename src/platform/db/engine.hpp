#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/db/bus.hpp"
#include "platform/db/db.hpp"

/// What sqlite.cpp and postgres.cpp have in common. Only files of this module include it.
namespace torv::db {

/// Of a transaction that cannot write: it makes no ids.
inline constexpr int kNoNode = -1;

/// Background work that has waited this long goes even when people keep coming.
inline constexpr std::chrono::milliseconds kBackgroundPatience{100};

using EachRow = void (*)(void* with, const Row& row);

/// One connection with its cache of prepared statements. Used by one thread at a time.
class Connection {
public:
    virtual ~Connection() = default;
    virtual Dialect dialect() const = 0;
    /// Number of rows changed.
    virtual std::int64_t execute(std::string_view sql, std::span<const Param> params) = 0;
    virtual void rows(std::string_view sql, std::span<const Param> params, EachRow each,
                      void* with) = 0;
    /// Runs it before anything that comes after; a failure may show only there, or at the commit.
    virtual void later(std::string_view sql, std::span<const Param> params) {
        execute(sql, params);
    }
    /// Several statements without parameters, outside the cache.
    virtual void script(const std::string& sql) = 0;
};

using ReadWork = std::function<void(Tx&)>;
using WriteWork = std::function<bool(Tx&)>;  ///< false: roll back

class Engine {
public:
    virtual ~Engine() = default;
    virtual Dialect dialect() const = 0;
    virtual void read(const ReadWork& work) = 0;
    virtual void write(const WriteWork& work, Priority priority) = 0;
    virtual Subscription subscribe(std::string_view channel, std::function<void()> woken) = 0;
    virtual void shout(std::string_view channel, std::string_view text) = 0;
    virtual Subscription hear(std::string_view channel, Hearer hearer) = 0;
    virtual std::vector<std::string> migrate(std::span<const Migration> migrations) = 0;
    virtual std::vector<std::string> check() = 0;
    virtual std::string dump_schema() = 0;
    virtual void tend() {}
    virtual std::uint64_t changes() const = 0;

    /// What has to follow a commit: actions and wakes of the transaction.
    static void committed(Tx& tx, Bus& bus);
};

std::unique_ptr<Engine> make_sqlite(const Options& options, const Clock& clock);
std::unique_ptr<Engine> make_postgres(const Options& options, const Clock& clock);

}  // namespace torv::db
