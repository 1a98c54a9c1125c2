#include "platform/db/postgres_node.hpp"

#include <random>

#include "platform/db/schema.hpp"

namespace torv::db {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

constexpr auto kRenewAfter = 3min;
constexpr int kHighest = 1023;

// The database's clock, so that nodes whose clocks differ agree.
constexpr std::string_view kRenew = R"sql(
    UPDATE nodes SET lease_until = CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT) + 600000000
     WHERE node = $1 AND holder = $2 RETURNING node
)sql";
constexpr std::string_view kTakeOld = R"sql(
    UPDATE nodes SET holder = $1,
                     lease_until = CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT) + 600000000
     WHERE node = (SELECT node FROM nodes
                    WHERE lease_until < CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)
                    ORDER BY node LIMIT 1 {for update skip locked})
    RETURNING node
)sql";
constexpr std::string_view kTakeNew = R"sql(
    INSERT INTO nodes (node, holder, lease_until)
    SELECT coalesce(max(node), -1) + 1, $1, CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT) + 600000000
      FROM nodes HAVING coalesce(max(node), -1) < $2
        ON CONFLICT (node) DO NOTHING
    RETURNING node
)sql";

}  // namespace

NodeLease PostgresNode::lease(PostgresConnection& connection) {
    const std::lock_guard lock(mutex_);
    const auto age = steady_clock::now() - leased_at_;
    if (lease_.holder != 0 && age < kRenewAfter) return lease_;
    if (lease_.holder == 0 || !renew(connection)) take(connection);
    return lease_;
}

void PostgresNode::lost(const NodeLease& lease) {
    const std::lock_guard lock(mutex_);
    if (lease_.holder == lease.holder) lease_ = {};
}

bool PostgresNode::renew(PostgresConnection& connection) {
    const auto began = steady_clock::now();
    const Param params[] = {std::int64_t{lease_.number}, lease_.holder};
    if (column_of(connection, kRenew, params).empty()) return false;
    leased_at_ = began;
    return true;
}

void PostgresNode::take(PostgresConnection& connection) {
    std::random_device device;
    lease_.holder = std::uniform_int_distribution<std::int64_t>(1, INT64_MAX)(device);
    const Param mine[] = {lease_.holder};
    const Param mine_below[] = {lease_.holder, std::int64_t{kHighest}};
    const auto began = steady_clock::now();
    for (int attempt = 0; attempt < 20; ++attempt) {
        auto got = column_of(connection, kTakeOld, mine);
        if (got.empty()) got = column_of(connection, kTakeNew, mine_below);
        if (got.empty()) continue;
        lease_.number = std::stoi(got[0]);
        leased_at_ = began;
        return;
    }
    lease_ = {};
    throw DbError(DbFault::Busy, "no free node number: are there a thousand nodes?");
}

void PostgresNode::release(PostgresConnection& connection) {
    const std::lock_guard lock(mutex_);
    if (lease_.holder == 0) return;
    const Param params[] = {std::int64_t{lease_.number}, lease_.holder};
    connection.execute(R"sql(
        UPDATE nodes SET lease_until = CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT) + 60000000
         WHERE node = $1 AND holder = $2
    )sql",
                       params);
    lease_ = {};
}

}  // namespace torv::db
