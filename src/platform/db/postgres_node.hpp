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
    /// The number; renews or takes a new lease when it is time, on `connection`, which must be
    /// outside a transaction. Throws DbError when all numbers are taken.
    int number(PostgresConnection& connection);
    /// Lets another node have the number soon: not at once, clocks may differ.
    void release(PostgresConnection& connection);

private:
    bool renew(PostgresConnection& connection);
    void take(PostgresConnection& connection);

    std::mutex mutex_;
    int number_ = 0;
    std::int64_t holder_ = 0;
    std::chrono::steady_clock::time_point leased_at_{};
};

}  // namespace torv::db
