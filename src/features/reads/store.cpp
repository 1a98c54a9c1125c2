#include "features/reads/store.hpp"

#include <algorithm>

namespace torv::reads::store {

namespace {

constexpr std::string_view kMarkTopic = R"sql(
    INSERT INTO topic_reads (community_id, member_id, topic_id, post_at, replies)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (community_id, member_id, topic_id)
    DO UPDATE SET post_at = excluded.post_at, replies = excluded.replies
     WHERE topic_reads.post_at < excluded.post_at
)sql";

}  // namespace

void read_marks(db::Tx& tx, CommunityId community, MemberId member,
                const std::vector<TopicId>& topics, Marks& into) {
    db::Ids ids;
    for (const TopicId topic : topics) ids.values.push_back(topic.value);
    tx.each(
        [&](const db::Row& row) {
            if (row.get<std::int64_t>(0) == 0) {
                into.spaces[row.get<SpaceId>(1)] = row.get<Instant>(2);
                return;
            }
            into.topics[row.get<TopicId>(1)] = Mark{
                .until = row.get<Instant>(2), .replies = row.get<std::int64_t>(3), .opened = true};
        },
        R"sql(
        SELECT 0 AS what, s.space_id, s.read_at, 0 AS replies
          FROM space_reads s
         WHERE s.community_id = $1 AND s.member_id = $2
         UNION ALL
        SELECT 1, t.topic_id, t.post_at, t.replies
          FROM topic_reads t
         WHERE t.community_id = $1 AND t.member_id = $2 AND t.topic_id {in $3}
    )sql",
        community, member, ids);
}

std::unordered_set<SpaceId> unread_spaces(db::Tx& tx, CommunityId community, MemberId member,
                                          const db::Ids& spaces, Instant since) {
    // The marks are no join: PostgreSQL would read all that the member ever read, for each space.
    std::unordered_set<SpaceId> found;
    tx.each([&](const db::Row& row) { found.insert(row.get<SpaceId>(0)); },
            R"sql(
        SELECT s.space_id
          FROM known_spaces s
          LEFT JOIN space_reads sr
            ON sr.community_id = s.community_id AND sr.member_id = $2 AND sr.space_id = s.space_id
         WHERE s.community_id = $1 AND s.space_id {in $3}
           AND EXISTS (
               SELECT 1
                 FROM (SELECT a.topic_id, a.last_post_at
                         FROM topic_activity a
                        WHERE a.community_id = $1 AND a.space_id = s.space_id
                          AND a.last_post_at > COALESCE(sr.read_at, $4)
                        ORDER BY a.last_post_at DESC
                        LIMIT 50) late
                WHERE late.last_post_at > COALESCE(
                          (SELECT tr.post_at FROM topic_reads tr
                            WHERE tr.community_id = $1 AND tr.member_id = $2
                              AND tr.topic_id = late.topic_id), 0))
    )sql",
            community, member, spaces, since);
    return found;
}

bool unread_messages(db::Tx& tx, CommunityId community, MemberId member, Instant since) {
    return tx
        .one(R"sql(
        SELECT 1
          FROM (SELECT c.topic_id, c.last_at
                  FROM conversation_activity c
                 WHERE c.community_id = $1 AND c.member_id = $2 AND c.last_at > $3
                 ORDER BY c.last_at DESC
                 LIMIT 30) late
         WHERE late.last_at > COALESCE(
                   (SELECT tr.post_at FROM topic_reads tr
                     WHERE tr.community_id = $1 AND tr.member_id = $2
                       AND tr.topic_id = late.topic_id), 0)
         LIMIT 1
    )sql",
             community, member, since)
        .has_value();
}

std::unordered_map<MemberId, Instant> read_until(db::Tx& tx, CommunityId community, SpaceId space,
                                                 TopicId topic,
                                                 const std::vector<MemberId>& members) {
    db::Ids ids;
    for (const MemberId member : members) ids.values.push_back(member.value);
    std::unordered_map<MemberId, Instant> found;
    tx.each(
        [&](const db::Row& row) {
            Instant& until = found[row.get<MemberId>(0)];
            until = std::max(until, row.get<Instant>(1));
        },
        R"sql(
        SELECT t.member_id, t.post_at
          FROM topic_reads t
         WHERE t.community_id = $1 AND t.topic_id = $2 AND t.member_id {in $4}
         UNION ALL
        SELECT s.member_id, s.read_at
          FROM space_reads s
         WHERE s.community_id = $1 AND s.space_id = $3 AND s.member_id {in $4}
    )sql",
        community, topic, space, ids);
    return found;
}

bool mark_topic(db::Tx& tx, CommunityId community, MemberId member, TopicId topic, Instant until,
                std::int64_t replies) {
    return tx.run(kMarkTopic, community, member, topic, until, replies) > 0;
}

void mark_own(db::Tx& tx, CommunityId community, MemberId member, TopicId topic, Instant until,
              std::int64_t replies) {
    tx.later(kMarkTopic, community, member, topic, until, replies);
}

void add_replies(db::Tx& tx, CommunityId community, TopicId topic, Instant since,
                 const db::Ids& moments, int by) {
    tx.run(R"sql(
        UPDATE topic_reads
           SET replies = (SELECT CASE WHEN topic_reads.replies + count(*) * CAST($5 AS BIGINT) < 0
                                      THEN 0
                                      ELSE topic_reads.replies + count(*) * CAST($5 AS BIGINT) END
                            FROM {list $4} moments
                           WHERE moments.value <= topic_reads.post_at)
         WHERE community_id = $1 AND topic_id = $2 AND post_at >= $3 AND replies >= 0
    )sql",
           community, topic, since, moments, by);
}

void copy_marks(db::Tx& tx, CommunityId community, TopicId from, TopicId to, Instant since,
                const db::Ids& moments) {
    tx.run(R"sql(
        INSERT INTO topic_reads (community_id, member_id, topic_id, post_at, replies)
        SELECT r.community_id, r.member_id, CAST($3 AS BIGINT), r.post_at,
               (SELECT count(*) - 1 FROM {list $5} moments WHERE moments.value <= r.post_at)
          FROM topic_reads r
         WHERE r.community_id = $1 AND r.topic_id = $2 AND r.post_at >= $4
            ON CONFLICT (community_id, member_id, topic_id) DO NOTHING
    )sql",
           community, from, to, since, moments);
}

void copy_space_marks(db::Tx& tx, CommunityId community, SpaceId from, TopicId to, Instant since) {
    tx.run(R"sql(
        INSERT INTO topic_reads (community_id, member_id, topic_id, post_at, replies)
        SELECT s.community_id, s.member_id, CAST($3 AS BIGINT), s.read_at, -1
          FROM space_reads s
         WHERE s.community_id = $1 AND s.space_id = $2 AND s.read_at >= $4
            ON CONFLICT (community_id, member_id, topic_id)
            DO UPDATE SET post_at = excluded.post_at, replies = excluded.replies
             WHERE topic_reads.post_at < excluded.post_at
    )sql",
           community, from, to, since);
}

void forget_topic(db::Tx& tx, CommunityId community, TopicId topic) {
    tx.run("DELETE FROM topic_reads WHERE community_id = $1 AND topic_id = $2", community, topic);
}

void mark_space(db::Tx& tx, CommunityId community, MemberId member, SpaceId space, Instant until) {
    tx.run(R"sql(
        INSERT INTO space_reads (community_id, member_id, space_id, read_at)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (community_id, member_id, space_id)
        DO UPDATE SET read_at = excluded.read_at
         WHERE space_reads.read_at < excluded.read_at
    )sql",
           community, member, space, until);
}

void mark_spaces(db::Tx& tx, CommunityId community, MemberId member, const db::Ids& spaces,
                 Instant until) {
    tx.run(R"sql(
        INSERT INTO space_reads (community_id, member_id, space_id, read_at)
        SELECT s.community_id, CAST($2 AS BIGINT), s.space_id, CAST($4 AS BIGINT)
          FROM known_spaces s
         WHERE s.community_id = $1 AND s.space_id {in $3}
        ON CONFLICT (community_id, member_id, space_id)
        DO UPDATE SET read_at = excluded.read_at
         WHERE space_reads.read_at < excluded.read_at
    )sql",
           community, member, spaces, until);
}

}  // namespace torv::reads::store
