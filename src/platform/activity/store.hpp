#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "platform/activity/activity.hpp"

/// All SQL of the record. Only files of this module include it.
namespace torv::activity::store {

/// On SQLite the row gets its position at once, its writer being alone; on PostgreSQL from `place`.
void insert(db::Tx& tx, const Announcement& what);

struct Placed {
    std::int64_t rows = 0;  ///< that got their position now
    std::int64_t oldest_wait_us =
        0;  ///< since the oldest row without position was written; 0 when there is none
};
/// Gives positions, in the order of (xact, id), to rows below which no transaction can commit any
/// more. One node at a time; does nothing on SQLite.
Placed place(db::Tx& tx);

std::vector<Activity> since(db::Tx& tx, CommunityId community, std::int64_t position, int limit);

struct Head {
    CommunityId community;
    std::int64_t position = 0;
};
std::vector<Head> heads(db::Tx& tx);
std::int64_t head(db::Tx& tx, CommunityId community);

struct Lag {
    CommunityId community;
    std::int64_t rows = 0;
};
/// Communities in which the consumer has not seen everything.
std::vector<Lag> behind(db::Tx& tx, std::string_view consumer);

struct Cursor {
    std::int64_t position = 0;
    std::int64_t epoch = 0;
    std::int64_t holder = 0;
    Instant lease_until;
};
/// The cursor, made when it is not there, locked until the transaction ends.
Cursor cursor(db::Tx& tx, CommunityId community, std::string_view consumer);
/// Moves the cursor if nobody took it since `epoch`; says whether it did.
bool advance(db::Tx& tx, CommunityId community, std::string_view consumer, std::int64_t epoch,
             const Cursor& to);
/// Back to the first row, with a new epoch, so that a batch under way elsewhere is refused.
void rewind(db::Tx& tx, CommunityId community, std::string_view consumer);

}  // namespace torv::activity::store
