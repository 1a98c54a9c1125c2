#include "features/circles/store.hpp"

namespace torv::circles::store {

namespace {

// $1 the community; $2, $3 and $4 who looks.
#define SEEN_CIRCLES                                                                            \
    "SELECT c.id, c.slug, c.name, c.description, c.visibility, c.entry, c.question, "           \
    "c.member_count, CASE WHEN own.member_id IS NULL THEN 0 ELSE 1 END, "                       \
    "CASE WHEN r.member_id IS NULL THEN 0 ELSE 1 END, "                                         \
    "CASE WHEN EXISTS (SELECT 1 FROM circle_spaces d WHERE d.community_id = c.community_id "    \
    "AND d.circle_id = c.id) THEN 1 ELSE 0 END, "                                               \
    "c.rule_metric, c.rule_amount, c.rule_days, c.rule_after, c.rule_role "                     \
    "FROM circles c "                                                                           \
    "LEFT JOIN circle_members own ON own.community_id = c.community_id AND own.member_id = $2 " \
    "AND own.circle_id = c.id "                                                                 \
    "LEFT JOIN circle_requests r ON r.community_id = c.community_id AND r.circle_id = c.id "    \
    "AND r.member_id = $2 "                                                                     \
    "WHERE c.community_id = $1 AND c.removed_at IS NULL "                                       \
    "AND (c.visibility <= $3 OR $4 = 1 OR own.member_id IS NOT NULL) "

Circle circle_from(const db::Row& row) {
    return {.id = row.get<CircleId>(0),
            .slug = row.get<std::string>(1),
            .name = row.get<std::string>(2),
            .description = row.get<std::string>(3),
            .visibility = row.get<Visibility>(4),
            .entry = row.get<Entry>(5),
            .question = row.get<std::string>(6),
            .member_count = row.get<std::int64_t>(7),
            .in = row.get<bool>(8),
            .asked = row.get<bool>(9),
            .opens = row.get<bool>(10),
            .rule = {.metric = row.get<Metric>(11),
                     .amount = row.get<int>(12),
                     .days = row.get<int>(13),
                     .after = row.get<Instant>(14),
                     .role = row.get<auth::Role>(15)}};
}

int team(const Eyes& eyes) { return eyes.team ? 1 : 0; }

std::optional<Circle> first(const std::optional<db::OwnedRow>& row) {
    if (!row) return std::nullopt;
    return circle_from(*row);
}

void count(db::Tx& tx, CommunityId community, CircleId id, int by) {
    tx.run(
        "UPDATE circles SET member_count = member_count + $3 WHERE community_id = $1 AND id = $2",
        community, id, by);
}

}  // namespace

std::vector<Circle> list(db::Tx& tx, CommunityId community, const Eyes& eyes, int limit) {
    return tx.all(circle_from, SEEN_CIRCLES "ORDER BY c.id LIMIT $5", community, eyes.member,
                  eyes.least, team(eyes), limit);
}

std::optional<Circle> by_id(db::Tx& tx, CommunityId community, const Eyes& eyes, CircleId id) {
    return first(
        tx.one(SEEN_CIRCLES "AND c.id = $5", community, eyes.member, eyes.least, team(eyes), id));
}

std::optional<Circle> by_slug(db::Tx& tx, CommunityId community, const Eyes& eyes,
                              std::string_view slug) {
    return first(tx.one(SEEN_CIRCLES "AND c.slug = $5", community, eyes.member, eyes.least,
                        team(eyes), slug));
}

std::vector<Circle> of_member(db::Tx& tx, CommunityId community, const Eyes& eyes, MemberId member,
                              int limit) {
    return tx.all(circle_from, SEEN_CIRCLES R"sql(
           AND c.id IN (SELECT m.circle_id FROM circle_members m
                         WHERE m.community_id = $1 AND m.member_id = $5)
         ORDER BY c.id LIMIT $6
    )sql",
                  community, eyes.member, eyes.least, team(eyes), member, limit);
}

std::vector<Circle> opening(db::Tx& tx, CommunityId community, const Eyes& eyes, SpaceId space,
                            int limit) {
    return tx.all(circle_from, SEEN_CIRCLES R"sql(
           AND c.id IN (SELECT s.circle_id FROM circle_spaces s
                         WHERE s.community_id = $1 AND s.space_id = $5)
         ORDER BY c.id LIMIT $6
    )sql",
                  community, eyes.member, eyes.least, team(eyes), space, limit);
}

std::unordered_map<CircleId, Named> names(db::Tx& tx, CommunityId community, const db::Ids& ids) {
    std::unordered_map<CircleId, Named> found;
    tx.each(
        [&](const db::Row& row) {
            found[row.get<CircleId>(0)] = {.name = row.get<std::string>(1), .there = row.null(2)};
        },
        R"sql(
        SELECT c.id, c.name, c.removed_at FROM circles c
         WHERE c.community_id = $1 AND c.id {in $2}
    )sql",
        community, ids);
    return found;
}

bool slug_taken(db::Tx& tx, CommunityId community, std::string_view slug) {
    return tx
        .one(
            "SELECT c.id FROM circles c WHERE c.community_id = $1 AND c.slug = $2 "
            "AND c.removed_at IS NULL",
            community, slug)
        .has_value();
}

void insert(db::Tx& tx, CommunityId community, MemberId by, const Circle& circle) {
    tx.run(R"sql(
        INSERT INTO circles (id, community_id, slug, name, description, visibility, entry, question,
                             created_at, created_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    )sql",
           circle.id, community, circle.slug, circle.name, circle.description, circle.visibility,
           circle.entry, circle.question, tx.now(), by);
}

void update(db::Tx& tx, CommunityId community, const Circle& circle) {
    tx.run(R"sql(
        UPDATE circles
           SET name = $3, description = $4, visibility = $5,
               entry = CASE WHEN rule_metric > 0 THEN entry ELSE $6 END, question = $7
         WHERE community_id = $1 AND id = $2
    )sql",
           community, circle.id, circle.name, circle.description, circle.visibility, circle.entry,
           circle.question);
}

void remove(db::Tx& tx, CommunityId community, CircleId id) {
    tx.run("DELETE FROM circle_spaces WHERE community_id = $1 AND circle_id = $2", community, id);
    tx.run("DELETE FROM circle_requests WHERE community_id = $1 AND circle_id = $2", community, id);
    tx.run("DELETE FROM circle_members WHERE community_id = $1 AND circle_id = $2", community, id);
    tx.run(
        "UPDATE circles SET removed_at = $3, member_count = 0 WHERE community_id = $1 AND id = $2",
        community, id, tx.now());
}

std::vector<Person> people(db::Tx& tx, CommunityId community, CircleId id, web::Keyset below,
                           int limit) {
    return tx.all(
        [](const db::Row& row) {
            return Person{.member = row.get<MemberId>(0), .since = row.get<Instant>(1)};
        },
        R"sql(
        SELECT c.member_id, c.since
          FROM circle_members c
         WHERE c.community_id = $1 AND c.circle_id = $2 AND (c.since, c.member_id) < ($3, $4)
           AND EXISTS (SELECT 1 FROM members_standing a
                        WHERE a.community_id = $1 AND a.member_id = c.member_id AND a.state = 0)
         ORDER BY c.since DESC, c.member_id DESC
         LIMIT $5
    )sql",
        community, id, below.at, below.id, limit);
}

bool add(db::Tx& tx, CommunityId community, CircleId id, MemberId member) {
    const bool fresh = tx.run(R"sql(
        INSERT INTO circle_members (community_id, circle_id, member_id, since)
        SELECT a.community_id, CAST($2 AS BIGINT), a.member_id, CAST($4 AS BIGINT)
          FROM members_standing a
         WHERE a.community_id = $1 AND a.member_id = $3 AND a.state = 0
        ON CONFLICT (community_id, member_id, circle_id) DO NOTHING
    )sql",
                              community, id, member, tx.now()) > 0;
    if (fresh) count(tx, community, id, 1);
    return fresh;
}

bool take_out(db::Tx& tx, CommunityId community, CircleId id, MemberId member) {
    const bool was = tx.run(R"sql(
        DELETE FROM circle_members WHERE community_id = $1 AND circle_id = $2 AND member_id = $3
    )sql",
                            community, id, member) > 0;
    if (was) count(tx, community, id, -1);
    return was;
}

std::vector<Request> requests(db::Tx& tx, CommunityId community, CircleId id, int limit) {
    return tx.all(
        [](const db::Row& row) {
            return Request{.member = row.get<MemberId>(0),
                           .answer = row.get<std::string>(1),
                           .at = row.get<Instant>(2)};
        },
        R"sql(
        SELECT r.member_id, r.answer, r.created_at
          FROM circle_requests r
          JOIN members_standing a ON a.community_id = r.community_id AND a.member_id = r.member_id
         WHERE r.community_id = $1 AND r.circle_id = $2 AND a.state = 0
         ORDER BY r.created_at, r.member_id
         LIMIT $3
    )sql",
        community, id, limit);
}

std::vector<Seat> gone(db::Tx& tx, CommunityId community, int limit) {
    return tx.all(
        [](const db::Row& row) {
            return Seat{.circle = row.get<CircleId>(0), .member = row.get<MemberId>(1)};
        },
        R"sql(
        SELECT c.circle_id, c.member_id
          FROM circle_members c
          JOIN members_standing m ON m.community_id = c.community_id AND m.member_id = c.member_id
         WHERE c.community_id = $1 AND (m.state = 2 OR c.since < m.joined_at)
         LIMIT $2
    )sql",
        community, limit);
}

bool add_request(db::Tx& tx, CommunityId community, CircleId id, MemberId member,
                 std::string_view answer) {
    return tx.run(R"sql(
        INSERT INTO circle_requests (community_id, circle_id, member_id, answer, created_at)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (community_id, circle_id, member_id) DO NOTHING
    )sql",
                  community, id, member, answer, tx.now()) > 0;
}

bool drop_request(db::Tx& tx, CommunityId community, CircleId id, MemberId member) {
    return tx.run(R"sql(
        DELETE FROM circle_requests WHERE community_id = $1 AND circle_id = $2 AND member_id = $3
    )sql",
                  community, id, member) > 0;
}

bool open_space(db::Tx& tx, CommunityId community, CircleId id, SpaceId space) {
    return tx.run(R"sql(
        INSERT INTO circle_spaces (community_id, circle_id, space_id) VALUES ($1, $2, $3)
        ON CONFLICT (community_id, circle_id, space_id) DO NOTHING
    )sql",
                  community, id, space) > 0;
}

bool close_space(db::Tx& tx, CommunityId community, CircleId id, SpaceId space) {
    return tx.run(R"sql(
        DELETE FROM circle_spaces WHERE community_id = $1 AND circle_id = $2 AND space_id = $3
    )sql",
                  community, id, space) > 0;
}

}  // namespace torv::circles::store
