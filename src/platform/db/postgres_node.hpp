#pragma once

#include <chrono>
#include <mutex>
#include <string>

#include "platform/db/postgres_connection.hpp"

namespace torv::db {

/// The number of this node in ids, leased from the table `nodes`, so that no two nodes have the
/// same at one time.
class PostgresNode {
public:
    /// The lease; renews it or takes a new one when it is time, on `connection`, which must be
    /// outside a transaction. Throws DbError when all numbers are taken.
    NodeLease lease(PostgresConnection& connection);
    /// The lease is another node's now: `lease` takes a new one.
    void lost(const NodeLease& lease);
    /// Lets another node have the number soon: not at once, clocks may differ.
    void release(PostgresConnection& connection);

private:
    bool renew(PostgresConnection& connection);
    void take(PostgresConnection& connection);

    std::mutex mutex_;
    NodeLease lease_;
    std::chrono::steady_clock::time_point leased_at_{};
};

}  // namespace torv::db
