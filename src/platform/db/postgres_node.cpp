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

int PostgresNode::number(PostgresConnection& connection) {
    const std::lock_guard lock(mutex_);
    const auto age = steady_clock::now() - leased_at_;
    if (holder_ != 0 && age < kRenewAfter) return number_;
    if (holder_ == 0 || !renew(connection)) take(connection);
    return number_;
}

bool PostgresNode::renew(PostgresConnection& connection) {
    const auto began = steady_clock::now();
    const Param params[] = {std::int64_t{number_}, holder_};
    if (column_of(connection, kRenew, params).empty()) return false;
    leased_at_ = began;
    return true;
}

void PostgresNode::take(PostgresConnection& connection) {
    std::random_device device;
    holder_ = std::uniform_int_distribution<std::int64_t>(1, INT64_MAX)(device);
    const Param mine[] = {holder_};
    const Param mine_below[] = {holder_, std::int64_t{kHighest}};
    const auto began = steady_clock::now();
    for (int attempt = 0; attempt < 20; ++attempt) {
        auto got = column_of(connection, kTakeOld, mine);
        if (got.empty()) got = column_of(connection, kTakeNew, mine_below);
        if (got.empty()) continue;
        number_ = std::stoi(got[0]);
        leased_at_ = began;
        return;
    }
    holder_ = 0;
    throw DbError(DbFault::Busy, "no free node number: are there a thousand nodes?");
}

void PostgresNode::release(PostgresConnection& connection) {
    const std::lock_guard lock(mutex_);
    if (holder_ == 0) return;
    const Param params[] = {std::int64_t{number_}, holder_};
    connection.execute(R"sql(
        UPDATE nodes SET lease_until = CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT) + 60000000
         WHERE node = $1 AND holder = $2
    )sql",
                       params);
    holder_ = 0;
}

}  // namespace torv::db
