#include <chrono>
#include <condition_variable>
#include <mutex>
#include <random>
#include <thread>

#include "platform/base/log.hpp"
#include "platform/db/postgres_bus.hpp"
#include "platform/db/postgres_connection.hpp"
#include "platform/db/postgres_node.hpp"
#include "platform/db/schema.hpp"

namespace torv::db {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Two nodes fit into the 100 that a server allows by itself.
constexpr std::size_t kMaxConnections = 40;
constexpr auto kPoolPatience = 10s;
constexpr int kMaxConflicts = 50;
constexpr auto kFailoverPatience =
    30s;  // a planned switch takes 2 s, an unplanned one 20 s: ARCHITECTURE 6

using Held = std::unique_ptr<PostgresConnection>;

/// Connections that are open and free. As many as threads that use the database at once, up to a
/// limit.
class Pool {
public:
    explicit Pool(std::string address) : address_(std::move(address)) {}

    Held take() {
        std::unique_lock lock(mutex_);
        const auto there_is_room = [&] { return !idle_.empty() || open_ < kMaxConnections; };
        if (!freed_.wait_for(lock, kPoolPatience, there_is_room))
            throw DbError(DbFault::Busy, "all connections to the database are in use");
        if (!idle_.empty()) {
            Held connection = std::move(idle_.back());
            idle_.pop_back();
            return connection;
        }
        ++open_;
        lock.unlock();
        try {
            return std::make_unique<PostgresConnection>(address_);
        } catch (...) {
            gone();
            throw;
        }
    }

    void give_back(Held connection) {
        connection->roll_back();
        if (connection->broken()) {
            connection.reset();
            return gone();
        }
        const std::lock_guard lock(mutex_);
        idle_.push_back(std::move(connection));
        freed_.notify_one();
    }

    /// Closes what is idle: the server has gone away, or the schema has changed.
    void drop_idle() {
        const std::lock_guard lock(mutex_);
        open_ -= idle_.size();
        idle_.clear();
        freed_.notify_all();
    }

private:
    void gone() {
        const std::lock_guard lock(mutex_);
        --open_;
        freed_.notify_one();
    }

    const std::string address_;
    std::mutex mutex_;
    std::condition_variable freed_;
    std::vector<Held> idle_;
    std::size_t open_ = 0;
};

/// A connection for the time of a scope.
class Lent {
public:
    explicit Lent(Pool& pool) : pool_(pool), connection_(pool.take()) {}
    ~Lent() { pool_.give_back(std::move(connection_)); }
    Lent(const Lent&) = delete;
    PostgresConnection& operator*() { return *connection_; }
    PostgresConnection* operator->() { return connection_.get(); }

private:
    Pool& pool_;
    Held connection_;
};

/// How long to go on trying, and the pauses between.
class Patience {
public:
    /// Pauses and returns when it is worth to try again after `e`; throws `e` when it is not.
    void after(const DbError& e) {
        ++attempts_;
        if (e.fault == DbFault::Serialization && attempts_ < kMaxConflicts)
            return pause(milliseconds(std::min(1 << std::min(attempts_, 7), 100)));
        const bool in_time = steady_clock::now() - began_ < kFailoverPatience;
        if (e.fault != DbFault::Connection || !in_time) throw e;
        log::warning("db.connection_lost", {{"attempt", attempts_}, {"what", e.what()}});
        pause(milliseconds(std::min(50 << std::min(attempts_, 5), 1000)));
    }

private:
    /// Between half of `longest` and all of it, so that those who met do not meet again.
    static void pause(milliseconds longest) {
        static thread_local std::minstd_rand random{std::random_device{}()};
        const auto half = longest.count() / 2 + 1;
        std::this_thread::sleep_for(
            milliseconds(half + static_cast<std::int64_t>(random()) % half));
    }

    int attempts_ = 0;
    steady_clock::time_point began_ = steady_clock::now();
};

/// People go before background work, as on SQLite: a batch of a consumer costs as much as the posts
/// of many.
class Precedence {
public:
    void people_come() {
        const std::lock_guard lock(mutex_);
        ++people_;
    }
    void people_go() {
        const std::lock_guard lock(mutex_);
        if (--people_ == 0) quiet_.notify_all();
    }
    /// Returns when nobody writes, or after a while.
    void wait_for_quiet() {
        std::unique_lock lock(mutex_);
        quiet_.wait_for(lock, kBackgroundPatience, [&] { return people_ == 0; });
    }

private:
    std::mutex mutex_;
    std::condition_variable quiet_;
    int people_ = 0;  ///< who write now
};

/// Somebody writes, for the time of a scope.
class Writing {
public:
    explicit Writing(Precedence& precedence) : precedence_(precedence) {
        precedence_.people_come();
    }
    ~Writing() { precedence_.people_go(); }
    Writing(const Writing&) = delete;

private:
    Precedence& precedence_;
};

class Postgres final : public Engine {
public:
    Postgres(const Options& options, const Clock& clock)
        : clock_(clock), pool_(options.database), remote_bus_(options.database, bus_) {
        Lent connection(pool_);
        prepare_postgres(*connection);
        bus_.forward_to([this](std::string_view channel) { remote_bus_.tell(channel); });
    }

    ~Postgres() override {
        try {
            Lent connection(pool_);
            node_.release(*connection);
        } catch (const std::exception& e) {
            log::warning("db.node_not_released", {{"what", e.what()}});
        }
    }

    Dialect dialect() const override { return Dialect::Postgres; }

    void read(const ReadWork& work) override {
        for (Patience patience;;) try {
                Lent connection(pool_);
                connection->begin_read();
                Tx tx(*connection, clock_.now(), kNoNode);
                work(tx);
                connection->end_read();
                return;
            } catch (const DbError& e) {
                if (e.fault == DbFault::Connection) pool_.drop_idle();
                patience.after(e);
            }
    }

    void write(const WriteWork& work, Priority priority) override {
        if (priority == Priority::Background) {
            precedence_.wait_for_quiet();
            return write_until_done(work);
        }
        const Writing people(precedence_);
        write_until_done(work);
    }

    Subscription subscribe(std::string_view channel, std::function<void()> woken) override {
        remote_bus_.listen();
        return bus_.subscribe(channel, std::move(woken));
    }
    void shout(std::string_view channel, std::string_view text) override {
        remote_bus_.shout(channel, text);
    }
    Subscription hear(std::string_view channel, Hearer hearer) override {
        remote_bus_.listen();
        return bus_.hear(channel, std::move(hearer));
    }

    std::vector<std::string> migrate(std::span<const Migration> migrations) override {
        std::vector<std::string> applied;
        {
            Lent connection(pool_);
            applied = migrate_postgres(*connection, migrations, clock_.now());
        }
        if (!applied.empty()) pool_.drop_idle();
        return applied;
    }

    std::uint64_t changes() const override { return bus_.changes(); }

    std::vector<std::string> check() override {
        Lent connection(pool_);
        return check_postgres(*connection);
    }

    void tend() override {
        Lent connection(pool_);
        analyze_grown(*connection);
    }

    std::string dump_schema() override {
        Lent connection(pool_);
        return dump_postgres(*connection);
    }

private:
    void write_until_done(const WriteWork& work) {
        for (Patience patience;;) try {
                if (try_write(work)) return;
            } catch (const DbError& e) {
                if (e.fault == DbFault::Connection) pool_.drop_idle();
                patience.after(e);
            }
    }

    bool try_write(const WriteWork& work) {
        NodeLease lease;
        try {
            return try_write(work, lease);
        } catch (const LeaseLost&) {
            node_.lost(lease);
            throw;
        }
    }

    /// True when it is done: committed, or rolled back because the work said so. False: it is known
    /// to be lost, and may run again.
    bool try_write(const WriteWork& work, NodeLease& lease) {
        std::string xact;
        std::optional<Tx> tx;
        {
            Lent connection(pool_);
            lease = node_.lease(*connection);
            connection->begin_write(lease);
            tx.emplace(*connection, clock_.now(), lease.number);
            if (!work(*tx)) return connection->roll_back(), true;
            try {
                connection->commit();
            } catch (const DbError& e) {
                xact = connection->xact();
                if (e.fault != DbFault::Connection || xact.empty()) throw;
                log::warning("db.commit_unknown", {{"xact", xact}, {"what", e.what()}});
            }
        }
        if (!xact.empty() && !was_committed(xact)) return false;
        committed(*tx, bus_);
        return true;
    }

    /// The connection was lost while it committed: asks the server, which knows.
    bool was_committed(const std::string& xact) {
        pool_.drop_idle();
        for (Patience patience;;) try {
                Lent connection(pool_);
                const Param params[] = {std::string_view(xact)};
                const auto status =
                    column_of(*connection, "SELECT pg_xact_status(CAST($1 AS xid8))", params);
                if (!status.empty() && status[0] == "committed") return true;
                if (!status.empty() && status[0] == "aborted") return false;
                throw DbError(DbFault::Connection, "transaction " + xact + " is still in progress");
            } catch (const DbError& e) {
                patience.after(e);
            }
    }

    const Clock& clock_;
    Bus bus_;
    Pool pool_;
    Precedence precedence_;
    PostgresNode node_;
    PostgresBus remote_bus_;  ///< last: its thread uses the bus
};

}  // namespace

std::unique_ptr<Engine> make_postgres(const Options& options, const Clock& clock) {
    return std::make_unique<Postgres>(options, clock);
}

}  // namespace torv::db
