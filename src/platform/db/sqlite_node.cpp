#include "platform/db/sqlite_node.hpp"

#include <random>

#include "platform/db/schema.hpp"

namespace torv::db {
namespace {

using namespace std::chrono_literals;

constexpr microseconds kLease = 10min;
constexpr microseconds kRenewAfter = 3min;
constexpr microseconds kQuarantine = 1min;  // after the last id of who lets go
constexpr std::int64_t kHighest = 1023;

}  // namespace

int SqliteNode::number(SqliteConnection& connection) {
    if (role_ == Role::Serve) return 0;
    if (!still_mine(connection)) take(connection);
    return number_;
}

bool SqliteNode::still_mine(SqliteConnection& connection) {
    if (holder_ == 0) return false;
    const Param mine[] = {std::int64_t{number_}, holder_};
    if (column_of(connection, "SELECT node FROM nodes WHERE node = $1 AND holder = $2", mine)
            .empty())
        return false;
    const Instant now = clock_.now();
    if (now - renewed_at_ < kRenewAfter) return true;
    const Param longer[] = {std::int64_t{number_}, (now + kLease).us};
    connection.execute("UPDATE nodes SET lease_until = $2 WHERE node = $1", longer);
    renewed_at_ = now;
    return true;
}

void SqliteNode::take(SqliteConnection& connection) {
    connection.execute(kNodesTable, {});
    const Instant now = clock_.now();
    const Param at[] = {now.us};
    auto free = column_of(
        connection, "SELECT node FROM nodes WHERE lease_until < $1 ORDER BY node LIMIT 1", at);
    if (free.empty()) free = column_of(connection, "SELECT coalesce(max(node), 0) + 1 FROM nodes");
    number_ = std::stoi(free[0]);
    if (number_ > kHighest)
        throw DbError(DbFault::Busy, "no free node number: are there a thousand commands?");
    std::random_device device;
    holder_ = std::uniform_int_distribution<std::int64_t>(1, INT64_MAX)(device);
    const Param lease[] = {std::int64_t{number_}, holder_, (now + kLease).us};
    connection.execute(R"sql(
        INSERT INTO nodes (node, holder, lease_until) VALUES ($1, $2, $3)
        ON CONFLICT (node) DO UPDATE SET holder = excluded.holder, lease_until = excluded.lease_until
    )sql",
                       lease);
    renewed_at_ = now;
}

void SqliteNode::release(SqliteConnection& connection) {
    if (holder_ == 0) return;
    const Param mine[] = {std::int64_t{number_}, holder_, (clock_.now() + kQuarantine).us};
    connection.execute("UPDATE nodes SET lease_until = $3 WHERE node = $1 AND holder = $2", mine);
    holder_ = 0;
}

}  // namespace torv::db
