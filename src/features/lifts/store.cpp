#include "features/lifts/store.hpp"

// The columns of a lift, in the order of lift_from.
#define LIFT_COLUMNS                                                             \
    " l.id, l.from_id, l.to_id, l.made, l.member_id, l.lifted_at, l.post_count," \
    " l.first_at, l.first_id, l.undone_at "

namespace torv::lifts::store {

namespace {

Lift lift_from(const db::Row& row) {
    return {.id = row.get<LiftId>(0),
            .from = row.get<TopicId>(1),
            .to = row.get<TopicId>(2),
            .made = row.get<bool>(3),
            .by = row.get<MemberId>(4),
            .at = row.get<Instant>(5),
            .count = row.get<std::int64_t>(6),
            .first_at = row.get<Instant>(7),
            .first = row.get<PostId>(8),
            .undone_at = row.get<Instant>(9)};
}

}  // namespace

std::optional<Lift> find(db::Tx& tx, CommunityId community, LiftId id, Row how) {
    const auto row =
        how == Row::Kept
            ? tx.one("SELECT" LIFT_COLUMNS
                     "FROM lifts l WHERE l.community_id = $1 AND l.id = $2 {for update}",
                     community, id)
            : tx.one("SELECT" LIFT_COLUMNS "FROM lifts l WHERE l.community_id = $1 AND l.id = $2",
                     community, id);
    if (!row) return std::nullopt;
    return lift_from(*row);
}

void insert(db::Tx& tx, CommunityId community, const Lift& lift) {
    tx.run(R"sql(
        INSERT INTO lifts (id, community_id, from_id, to_id, made, member_id, lifted_at, post_count,
                           first_at, first_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    )sql",
           lift.id, community, lift.from, lift.to, lift.made, lift.by, lift.at, lift.count,
           lift.first_at, lift.first);
}

void insert_posts(db::Tx& tx, CommunityId community, LiftId lift,
                  const std::vector<PostId>& posts) {
    db::Ids ids;
    for (const PostId post : posts) ids.values.push_back(post.value);
    tx.run(R"sql(
        INSERT INTO lifted_posts (community_id, lift_id, post_id)
        SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), l.value FROM {list $3} l
    )sql",
           community, lift, ids);
}

std::vector<PostId> posts(db::Tx& tx, CommunityId community, LiftId id) {
    return tx.all([](const db::Row& row) { return row.get<PostId>(0); }, R"sql(
        SELECT p.post_id
          FROM lifted_posts p
         WHERE p.community_id = $1 AND p.lift_id = $2
         ORDER BY p.post_id
    )sql",
                  community, id);
}

void set_undone(db::Tx& tx, CommunityId community, LiftId id, Instant at, MemberId by) {
    tx.run("UPDATE lifts SET undone_at = $3, undone_by = $4 WHERE community_id = $1 AND id = $2",
           community, id, at, by);
}

std::vector<Lift> out_of(db::Tx& tx, CommunityId community, TopicId from, Instant since,
                         Instant until, int limit) {
    return tx.all(lift_from, "SELECT" LIFT_COLUMNS R"sql(
          FROM lifts l
         WHERE l.community_id = $1 AND l.from_id = $2 AND l.undone_at IS NULL
           AND l.first_at >= $3 AND l.first_at < $4
         ORDER BY l.first_at, l.first_id, l.id
         LIMIT $5
    )sql",
                  community, from, since, until, limit);
}

std::vector<Lift> into(db::Tx& tx, CommunityId community, TopicId to, int limit) {
    return tx.all(lift_from, "SELECT" LIFT_COLUMNS R"sql(
          FROM lifts l
         WHERE l.community_id = $1 AND l.to_id = $2 AND l.undone_at IS NULL
         ORDER BY l.id
         LIMIT $3
    )sql",
                  community, to, limit);
}

}  // namespace torv::lifts::store
