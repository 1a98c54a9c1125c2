#pragma once

#include <cstdint>

#include "platform/db/sqlite_connection.hpp"

namespace torv::db {

/// The number of this process in ids on an SQLite file. Who serves the file is 0: the lock beside
/// it is its lease, and the kernel keeps it. A command that visits the file leases another from the
/// table `nodes`, and asks in each transaction whether it still has it.
class SqliteNode {
public:
    SqliteNode(Role role, const Clock& clock)
        : role_(role), clock_(clock) {}  ///< clock outlives it

    /// The number, within the transaction under way: when that is rolled back, so is a lease that
    /// it took, and the next one takes another. Throws DbError when all numbers are taken.
    int number(SqliteConnection& connection);
    /// Lets another process have the number a minute later.
    void release(SqliteConnection& connection);

private:
    bool still_mine(SqliteConnection& connection);
    void take(SqliteConnection& connection);

    const Role role_;
    const Clock& clock_;
    int number_ = 0;
    std::int64_t holder_ = 0;
    Instant renewed_at_;
};

}  // namespace torv::db
