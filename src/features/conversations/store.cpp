#include "features/conversations/store.hpp"
#include "platform/base/or_null.hpp"

namespace torv::conversations::store {

std::optional<Conversation> find(db::Tx& tx, CommunityId community, TopicId id) {
    const auto row = tx.one(R"sql(
        SELECT c.kind, c.created_by FROM conversations c
         WHERE c.community_id = $1 AND c.topic_id = $2
    )sql",
                            community, id);
    if (!row) return std::nullopt;
    Conversation found{.id = id, .kind = row->get<Kind>(0), .maker = row->get<MemberId>(1)};
    found.seats = std::move(seats(tx, community, db::Ids{{id.value}})[id]);
    return found;
}

std::optional<TopicId> of_pair(db::Tx& tx, CommunityId community, MemberId low, MemberId high) {
    const auto row = tx.one(R"sql(
        SELECT c.topic_id FROM conversations c
         WHERE c.community_id = $1 AND c.low_id = $2 AND c.high_id = $3
    )sql",
                            community, low, high);
    if (!row) return std::nullopt;
    return row->get<TopicId>(0);
}

std::unordered_map<TopicId, std::vector<Seat>> seats(db::Tx& tx, CommunityId community,
                                                     const db::Ids& topics) {
    std::unordered_map<TopicId, std::vector<Seat>> found;
    tx.each(
        [&](const db::Row& row) {
            found[row.get<TopicId>(0)].push_back({.member = row.get<MemberId>(1),
                                                  .state = row.get<State>(2),
                                                  .since = row.get<Instant>(3)});
        },
        R"sql(
        SELECT s.topic_id, s.member_id, s.state, s.since
          FROM conversation_seats s
         WHERE s.community_id = $1 AND s.topic_id {in $2}
         ORDER BY s.since, s.member_id
         LIMIT 5000
    )sql",
        community, topics);
    return found;
}

bool met(db::Tx& tx, CommunityId community, MemberId one, MemberId other) {
    return tx
        .one(R"sql(
        SELECT 1
          FROM conversation_seats a
          JOIN conversation_seats b
            ON b.community_id = a.community_id AND b.topic_id = a.topic_id AND b.member_id = $3
         WHERE a.community_id = $1 AND a.member_id = $2
           AND a.joined_at IS NOT NULL AND b.joined_at IS NOT NULL
         LIMIT 1
    )sql",
             community, one, other)
        .has_value();
}

void hold(db::Tx& tx, CommunityId community, MemberId member) {
    tx.run(R"sql(
        INSERT INTO conversation_settings (community_id, member_id, who) VALUES ($1, $2, $3)
        ON CONFLICT (community_id, member_id) DO UPDATE SET who = conversation_settings.who
    )sql",
           community, member, Who::Everybody);
}

void insert(db::Tx& tx, CommunityId community, MemberId maker, const Making& making, MemberId low,
            MemberId high) {
    tx.run(R"sql(
        INSERT INTO conversations (community_id, topic_id, kind, low_id, high_id, created_by,
                                   created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
    )sql",
           community, making.topic, making.kind, or_null(low), or_null(high), maker, tx.now());
}

void put_seat(db::Tx& tx, CommunityId community, TopicId topic, const Seat& seat) {
    const auto joined = seat.state == State::In ? std::optional(tx.now()) : std::nullopt;
    tx.run(R"sql(
        INSERT INTO conversation_seats (community_id, topic_id, member_id, state, since, joined_at,
                                        last_at)
        VALUES ($1, $2, $3, $4, $5, $6, $5)
        ON CONFLICT (community_id, topic_id, member_id)
        DO UPDATE SET state = excluded.state, since = excluded.since,
                      joined_at = excluded.joined_at, until = NULL, last_at = excluded.last_at
    )sql",
           community, topic, seat.member, seat.state, tx.now(), joined);
}

bool set_state(db::Tx& tx, CommunityId community, TopicId topic, MemberId member, State state) {
    const bool there = state == State::In || state == State::Asked;
    const auto until = there ? std::nullopt : std::optional(tx.now());
    const auto joined = state == State::In ? std::optional(tx.now()) : std::nullopt;
    return tx.run(R"sql(
        UPDATE conversation_seats
           SET state = $4, until = $5, joined_at = COALESCE(joined_at, CAST($6 AS BIGINT))
         WHERE community_id = $1 AND topic_id = $2 AND member_id = $3 AND state <> $4
    )sql",
                  community, topic, member, state, until, joined) > 0;
}

void touch(db::Tx& tx, CommunityId community, TopicId topic) {
    tx.run(R"sql(
        UPDATE conversation_seats SET last_at = $3
         WHERE community_id = $1 AND topic_id = $2 AND state < 2
    )sql",
           community, topic, tx.now());
}

void note_answer(db::Tx& tx, CommunityId community, TopicId topic, MemberId sayer) {
    tx.run(R"sql(
        UPDATE conversations SET answered_at = $4
         WHERE community_id = $1 AND topic_id = $2 AND kind = 2 AND created_by <> $3
           AND answered_at IS NULL
    )sql",
           community, topic, sayer, tx.now());
}

int said_up_to(db::Tx& tx, CommunityId community, TopicId topic, int limit) {
    return tx
        .one(R"sql(
        SELECT count(*)
          FROM (SELECT p.post_id
                  FROM topics_posts p
                 WHERE p.community_id = $1 AND p.topic_id = $2
                 LIMIT $3) said
    )sql",
             community, topic, limit)
        ->get<int>(0);
}

std::int64_t begun_since(db::Tx& tx, CommunityId community, MemberId maker, Instant since) {
    return tx
        .one(R"sql(
        SELECT count(*) FROM conversations c
         WHERE c.community_id = $1 AND c.created_by = $2 AND c.created_at > $3 AND c.kind < 2
    )sql",
             community, maker, since)
        ->get<std::int64_t>(0);
}

std::vector<Line> list(db::Tx& tx, CommunityId community, MemberId member, State state,
                       const Line& below, int limit) {
    return tx.all(
        [](const db::Row& row) {
            return Line{.topic = row.get<TopicId>(0),
                        .kind = row.get<Kind>(1),
                        .last_at = row.get<Instant>(2)};
        },
        R"sql(
        SELECT s.topic_id, c.kind, s.last_at
          FROM (SELECT n.community_id, n.topic_id, n.last_at
                  FROM conversation_seats n
                 WHERE n.community_id = $1 AND n.member_id = $2 AND n.state = $3
                   AND (n.last_at, n.topic_id) < ($4, $5)
                 ORDER BY n.last_at DESC, n.topic_id DESC
                 LIMIT $6) s
          JOIN conversations c ON c.community_id = s.community_id AND c.topic_id = s.topic_id
         ORDER BY s.last_at DESC, s.topic_id DESC
    )sql",
        community, member, state, below.last_at, below.topic, limit);
}

std::vector<MemberId> listeners(db::Tx& tx, CommunityId community, TopicId topic, Instant at,
                                MemberId sayer) {
    return tx.all([](const db::Row& row) { return row.get<MemberId>(0); },
                  R"sql(
        SELECT s.member_id
          FROM conversation_seats s
         WHERE s.community_id = $1 AND s.topic_id = $2 AND s.member_id <> $4
           AND s.joined_at <= $3 AND (s.until IS NULL OR s.until > $3)
         ORDER BY s.member_id
         LIMIT 100
    )sql",
                  community, topic, at, sayer);
}

std::vector<TopicId> readable(db::Tx& tx, CommunityId community, MemberId member,
                              const db::Ids& topics) {
    return tx.all([](const db::Row& row) { return row.get<TopicId>(0); },
                  R"sql(
        SELECT r.topic_id FROM conversation_readers r
         WHERE r.community_id = $1 AND r.member_id = $2 AND r.topic_id {in $3}
    )sql",
                  community, member, topics);
}

void note_changes(db::Tx& tx, CommunityId community, TopicId topic) {
    tx.run(R"sql(
        INSERT INTO conversation_changes (community_id, member_id, changes)
        SELECT s.community_id, s.member_id, 1
          FROM conversation_seats s
         WHERE s.community_id = $1 AND s.topic_id = $2 AND s.state < 2
         ORDER BY s.member_id
            ON CONFLICT (community_id, member_id)
            DO UPDATE SET changes = conversation_changes.changes + 1
    )sql",
           community, topic);
    tx.wake(kChanged);
}

void note_change(db::Tx& tx, CommunityId community, MemberId member) {
    tx.run(R"sql(
        INSERT INTO conversation_changes (community_id, member_id, changes) VALUES ($1, $2, 1)
        ON CONFLICT (community_id, member_id)
        DO UPDATE SET changes = conversation_changes.changes + 1
    )sql",
           community, member);
    tx.wake(kChanged);
}

std::vector<std::pair<std::int64_t, std::int64_t>> changes(db::Tx& tx, CommunityId community,
                                                           const db::Ids& members) {
    return tx.all(
        [](const db::Row& row) {
            return std::pair(row.get<std::int64_t>(0), row.get<std::int64_t>(1));
        },
        R"sql(
        SELECT c.member_id, c.changes
          FROM conversation_changes c
         WHERE c.community_id = $1 AND c.member_id {in $2}
    )sql",
        community, members);
}

Who who(db::Tx& tx, CommunityId community, MemberId member) {
    const auto row = tx.one(
        "SELECT s.who FROM conversation_settings s WHERE s.community_id = $1 AND s.member_id = $2",
        community, member);
    return row ? row->get<Who>(0) : Who::Everybody;
}

void set_who(db::Tx& tx, CommunityId community, MemberId member, Who wanted) {
    tx.run(R"sql(
        INSERT INTO conversation_settings (community_id, member_id, who) VALUES ($1, $2, $3)
        ON CONFLICT (community_id, member_id) DO UPDATE SET who = excluded.who
    )sql",
           community, member, wanted);
}

}  // namespace torv::conversations::store
