#include "platform/activity/store.hpp"

#include <algorithm>

namespace torv::activity::store {
namespace {

using ActivityId = Id<struct ActivityTag>;

constexpr int kPlacedAtOnce = 1000;
constexpr std::int64_t kPlacingLock =
    0x746f7276'0001;  // "torv", 1: any number that nobody else uses

std::int64_t next_position(db::Tx& tx, CommunityId community) {
    return tx
        .one(R"sql(
        INSERT INTO activity_heads (community_id, position) VALUES ($1, 1)
            ON CONFLICT (community_id) DO UPDATE SET position = activity_heads.position + 1
        RETURNING position
    )sql",
             community)
        ->get<std::int64_t>(0);
}

Activity activity_of(const db::Row& row) {
    return Activity{
        .community = row.get<CommunityId>(0),
        .position = row.get<std::int64_t>(1),
        .happened_at = row.get<Instant>(2),
        .recorded_at = row.get<Instant>(3),
        .origin = row.get<Origin>(4),
        .kind = row.get<std::string>(5),
        .actor = row.get<MemberId>(6),
        .subject_kind = row.get<std::string>(7),
        .subject_id = row.get<std::int64_t>(8),
        .space = row.get<SpaceId>(9),
        .payload = row.get<std::string>(10),
    };
}

}  // namespace

void insert(db::Tx& tx, const Announcement& what) {
    std::optional<std::int64_t> position;
    if (tx.dialect() == db::Dialect::Sqlite) position = next_position(tx, what.community);
    tx.later(R"sql(
        INSERT INTO activity (id, community_id, position, happened_at, recorded_at, origin, kind, actor_id,
                              subject_kind, subject_id, space_id, payload)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
    )sql",
             tx.new_id<ActivityId>(), what.community, position,
             what.happened_at ? what.happened_at : tx.now(), tx.now(), what.origin, what.kind,
             what.actor, what.subject.kind, what.subject.id, what.space, what.payload);
}

Placed place(db::Tx& tx) {
    if (tx.dialect() == db::Dialect::Sqlite) return {};
    if (!tx.one("SELECT pg_try_advisory_xact_lock($1)", kPlacingLock)->get<bool>(0)) return {};
    Placed placed;
    placed.rows = tx.run(R"sql(
        WITH oldest AS (
            SELECT community_id, xact, id FROM activity
             WHERE position IS NULL AND xact < pg_snapshot_xmin(pg_current_snapshot())
             ORDER BY xact, id LIMIT $1
        ), ready AS (
            SELECT community_id, id, row_number() OVER (PARTITION BY community_id ORDER BY xact, id) AS place
              FROM oldest
        ), counts AS (
            SELECT community_id, max(place) AS rows FROM ready GROUP BY community_id
        ), heads AS (
            INSERT INTO activity_heads AS h (community_id, position) SELECT community_id, rows FROM counts
                ON CONFLICT (community_id) DO UPDATE SET position = h.position + excluded.position
            RETURNING h.community_id, h.position
        )
        UPDATE activity a SET position = heads.position - counts.rows + ready.place
          FROM ready JOIN counts ON counts.community_id = ready.community_id
                     JOIN heads ON heads.community_id = ready.community_id
         WHERE a.community_id = ready.community_id AND a.id = ready.id
    )sql",
                         kPlacedAtOnce);
    const auto oldest = tx.one(R"sql(
        SELECT min(recorded_at) FROM activity WHERE position IS NULL  -- every community: they wait for the same transactions
    )sql");
    if (!oldest->null(0))
        placed.oldest_wait_us =
            std::max<std::int64_t>(1, (tx.now() - oldest->get<Instant>(0)).count());
    return placed;
}

std::vector<Activity> since(db::Tx& tx, CommunityId community, std::int64_t position, int limit) {
    return tx.all(activity_of, R"sql(
        SELECT community_id, position, happened_at, recorded_at, origin, kind, actor_id, subject_kind, subject_id,
               space_id, payload
          FROM activity
         WHERE community_id = $1 AND position > $2
         ORDER BY position LIMIT $3
    )sql",
                  community, position, limit);
}

std::vector<Head> heads(db::Tx& tx) {
    return tx.all(
        [](const db::Row& row) { return Head{row.get<CommunityId>(0), row.get<std::int64_t>(1)}; },
        "SELECT community_id, position FROM activity_heads ORDER BY community_id");
}

std::int64_t head(db::Tx& tx, CommunityId community) {
    const auto row =
        tx.one("SELECT position FROM activity_heads WHERE community_id = $1", community);
    return row ? row->get<std::int64_t>(0) : 0;
}

std::vector<Lag> behind(db::Tx& tx, std::string_view consumer) {
    return tx.all(
        [](const db::Row& row) { return Lag{row.get<CommunityId>(0), row.get<std::int64_t>(1)}; },
        R"sql(
        SELECT h.community_id, h.position - coalesce(c.position, 0)
          FROM activity_heads h
          LEFT JOIN activity_cursors c ON c.community_id = h.community_id AND c.consumer = $1
         WHERE h.position > coalesce(c.position, 0)
         ORDER BY h.community_id
    )sql",
        consumer);
}

Cursor cursor(db::Tx& tx, CommunityId community, std::string_view consumer) {
    constexpr std::string_view kFind = R"sql(
        SELECT position, epoch, holder, lease_until FROM activity_cursors
         WHERE community_id = $1 AND consumer = $2 {for update}
    )sql";
    auto row = tx.one(kFind, community, consumer);
    if (!row) {
        tx.run(R"sql(
            INSERT INTO activity_cursors (community_id, consumer, position, epoch, holder, lease_until)
            VALUES ($1, $2, 0, 0, 0, 0) ON CONFLICT (community_id, consumer) DO NOTHING
        )sql",
               community, consumer);
        row = tx.one(kFind, community, consumer);
    }
    return Cursor{row->get<std::int64_t>(0), row->get<std::int64_t>(1), row->get<std::int64_t>(2),
                  row->get<Instant>(3)};
}

bool advance(db::Tx& tx, CommunityId community, std::string_view consumer, std::int64_t epoch,
             const Cursor& to) {
    return tx.run(R"sql(
        UPDATE activity_cursors SET position = $4, epoch = $5, holder = $6, lease_until = $7
         WHERE community_id = $1 AND consumer = $2 AND epoch = $3
    )sql",
                  community, consumer, epoch, to.position, to.epoch, to.holder,
                  to.lease_until) == 1;
}

void rewind(db::Tx& tx, CommunityId community, std::string_view consumer) {
    tx.run(R"sql(
        UPDATE activity_cursors SET position = 0, epoch = epoch + 1, holder = 0, lease_until = 0
         WHERE community_id = $1 AND consumer = $2
    )sql",
           community, consumer);
}

}  // namespace torv::activity::store
