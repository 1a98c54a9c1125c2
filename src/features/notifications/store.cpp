#include "features/notifications/store.hpp"

#include <set>

namespace torv::notifications::store {

namespace {

Item item_from(const db::Row& row) {
    return {.position = row.get<std::int64_t>(0),
            .kind = row.get<Kind>(1),
            .why = row.get<Why>(2),
            .place = row.get<std::int64_t>(3),
            .actor = row.get<MemberId>(4),
            .space = row.get<SpaceId>(5),
            .topic = row.get<TopicId>(6),
            .post = row.get<PostId>(7),
            .detail = row.get<std::string>(8),
            .at = row.get<Instant>(9),
            .read_at = row.get<std::optional<Instant>>(10)};
}

#define ITEM_COLUMNS                                                                             \
    "SELECT n.position, n.kind, n.why, n.place, n.actor_id, n.space_id, n.topic_id, n.post_id, " \
    "n.detail, n.happened_at, n.read_at FROM notices n "

// Numbers of topics::Kind, which lies above.
constexpr std::int64_t kStream = 1;
constexpr std::int64_t kDirect = 2;

db::Ids ids_of(const std::vector<std::int64_t>& values) { return {values}; }

Post post_from(const db::Row& row) {
    return {.topic = row.get<TopicId>(1),
            .space = row.get<SpaceId>(2),
            .author = row.get<MemberId>(3),
            .answered = row.get<MemberId>(4),
            .starter = row.get<MemberId>(5),
            .stream = row.get<std::int64_t>(6) == kStream,
            .direct = row.get<std::int64_t>(6) == kDirect,
            .opening = row.get<bool>(7),
            .gone = row.get<bool>(8),
            .title = row.get<std::string>(9),
            .excerpt = row.get<std::string>(10)};
}

}  // namespace

void put(db::Tx& tx, CommunityId community, const NewNotice& n) {
    tx.run(R"sql(
        INSERT INTO notices (community_id, member_id, position, kind, why, place, actor_id,
                             space_id, topic_id, post_id, detail, happened_at, gone, read_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        ON CONFLICT (community_id, member_id, position)
        DO UPDATE SET kind = excluded.kind, why = excluded.why, place = excluded.place,
                      actor_id = excluded.actor_id, space_id = excluded.space_id,
                      topic_id = excluded.topic_id, post_id = excluded.post_id,
                      detail = excluded.detail, happened_at = excluded.happened_at,
                      gone = excluded.gone
    )sql",
           community, n.member, n.position, n.kind, n.why, n.place, n.actor, n.space, n.topic,
           n.post, n.detail, n.at, n.gone, n.read ? std::optional(Instant{}) : std::nullopt);
}

void put_again(db::Tx& tx, CommunityId community, const NewNotice& n) {
    tx.run(R"sql(
        UPDATE notices SET kind = $4, why = $5, place = $6, actor_id = $7, space_id = $8,
                           topic_id = $9, post_id = $10, detail = $11, happened_at = $12,
                           gone = $13
         WHERE community_id = $1 AND member_id = $2 AND position = $3
    )sql",
           community, n.member, n.position, n.kind, n.why, n.place, n.actor, n.space, n.topic,
           n.post, n.detail, n.at, n.gone);
}

std::vector<Item> newest(db::Tx& tx, CommunityId community, MemberId member,
                         const db::Ids& readable, Which which, int limit) {
    if (which == Which::Unread)
        return tx.all(item_from, ITEM_COLUMNS R"sql(
         WHERE n.community_id = $1 AND n.member_id = $2 AND n.gone = 0 AND n.read_at IS NULL
           AND (n.space_id = 0 OR n.space_id {in $3})
         ORDER BY n.happened_at DESC, n.position DESC
         LIMIT $4
    )sql",
                      community, member, readable, limit);
    return tx.all(item_from, ITEM_COLUMNS R"sql(
         WHERE n.community_id = $1 AND n.member_id = $2 AND n.gone = 0
           AND (n.space_id = 0 OR n.space_id {in $3})
         ORDER BY n.happened_at DESC, n.position DESC
         LIMIT $4
    )sql",
                  community, member, readable, limit);
}

std::optional<Item> find(db::Tx& tx, CommunityId community, MemberId member,
                         std::int64_t position) {
    const auto row = tx.one(ITEM_COLUMNS R"sql(
         WHERE n.community_id = $1 AND n.member_id = $2 AND n.position = $3 AND n.gone = 0
    )sql",
                            community, member, position);
    if (!row) return std::nullopt;
    return item_from(*row);
}

std::int64_t unread(db::Tx& tx, CommunityId community, MemberId member, const db::Ids& readable,
                    int limit) {
    // Counted here: for DISTINCT SQLite sets up a table at each page, mostly for no row at all.
    std::set<std::pair<std::int64_t, std::int64_t>> bundles;
    tx.each(
        [&](const db::Row& row) {
            bundles.emplace(row.get<std::int64_t>(0), row.get<std::int64_t>(1));
        },
        R"sql(
        SELECT n.kind, n.place
          FROM notices n
         WHERE n.community_id = $1 AND n.member_id = $2 AND n.gone = 0
           AND n.read_at IS NULL AND (n.space_id = 0 OR n.space_id {in $3})
         ORDER BY n.happened_at DESC, n.kind DESC
         LIMIT $4
    )sql",
        community, member, readable, limit);
    return std::ssize(bundles);
}

// "+ 0" below, and the order above, keep SQLite at the index of what is unread, or at that of the
// topic: by position or time it would go through all that the member was ever told.

std::int64_t mark_bundle(db::Tx& tx, CommunityId community, MemberId member, const Item& newest) {
    return tx.run(R"sql(
        UPDATE notices SET read_at = $3
         WHERE community_id = $1 AND member_id = $2 AND gone = 0 AND read_at IS NULL
           AND kind = $4 AND place = $5 AND position + 0 <= $6
    )sql",
                  community, member, tx.now(), newest.kind, newest.place, newest.position);
}

std::int64_t mark_all(db::Tx& tx, CommunityId community, MemberId member, std::int64_t up_to) {
    return tx.run(R"sql(
        UPDATE notices SET read_at = $3
         WHERE community_id = $1 AND member_id = $2 AND gone = 0 AND read_at IS NULL
           AND position + 0 <= $4
    )sql",
                  community, member, tx.now(), up_to);
}

std::int64_t mark_topic(db::Tx& tx, CommunityId community, MemberId member, TopicId topic,
                        Instant said_until) {
    // Kinds 0, 1, 2, 4 and 9 are posts, which are read as far as the topic is; the rest is seen
    // with it.
    return tx.run(R"sql(
        UPDATE notices SET read_at = $4
         WHERE community_id = $1 AND member_id = $2 AND topic_id = $3 AND topic_id > 0
           AND gone = 0 AND read_at IS NULL
           AND (happened_at <= $5 OR kind NOT IN (0, 1, 2, 4, 9))
    )sql",
                  community, member, topic, tx.now(), said_until);
}

std::int64_t mark_spaces(db::Tx& tx, CommunityId community, MemberId member, const db::Ids& spaces,
                         Instant until, Seen what) {
    return tx.run(R"sql(
        UPDATE notices SET read_at = $4
         WHERE community_id = $1 AND member_id = $2 AND space_id {in $3} AND gone = 0
           AND read_at IS NULL AND happened_at + 0 <= $5 AND (kind < 5 OR $6 = 0)
    )sql",
                  community, member, spaces, tx.now(), until, what == Seen::Talk ? 1 : 0);
}

std::vector<TopicId> named_in(db::Tx& tx, CommunityId community, MemberId member,
                              const db::Ids& topics) {
    return tx.all([](const db::Row& row) { return row.get<TopicId>(0); },
                  R"sql(
        SELECT DISTINCT n.topic_id
          FROM notices n
         WHERE n.community_id = $1 AND n.topic_id {in $3} AND n.member_id = $2
           AND n.kind < 2 AND n.gone = 0 AND n.read_at IS NULL
    )sql",
                  community, member, topics);
}

// What is taken back has 3 for `gone`: unlike what was deleted, it does not return with its post.

std::int64_t take_back(db::Tx& tx, CommunityId community, MemberId member, std::int64_t before,
                       MemberId actor, PostId post, std::string_view emoji) {
    return tx.run(R"sql(
        UPDATE notices SET gone = 3
         WHERE community_id = $1 AND member_id = $2 AND position + 0 < $3 AND actor_id = $4
           AND post_id = $5 AND kind = 3 AND detail = $6
           AND topic_id = (SELECT p.topic_id FROM topics_notable p
                            WHERE p.community_id = $1 AND p.post_id = $5)
           AND topic_id > 0
    )sql",
                  community, member, before, actor, post, emoji);
}

bool take_back_accepted(db::Tx& tx, CommunityId community, MemberId member, std::int64_t before,
                        PostId post) {
    return tx.run(R"sql(
        UPDATE notices SET gone = 3
         WHERE community_id = $1 AND member_id = $2 AND position + 0 < $3 AND post_id = $4
           AND kind = 12
           AND topic_id = (SELECT p.topic_id FROM topics_notable p
                            WHERE p.community_id = $1 AND p.post_id = $4)
           AND topic_id > 0
    )sql",
                  community, member, before, post) > 0;
}

std::vector<MemberId> told_of(db::Tx& tx, CommunityId community, TopicId topic, MemberId after,
                              int limit) {
    return tx.all([](const db::Row& row) { return row.get<MemberId>(0); },
                  R"sql(
        SELECT DISTINCT n.member_id
          FROM notices n
         WHERE n.community_id = $1 AND n.topic_id = $2 AND n.topic_id > 0 AND n.member_id > $3
         ORDER BY n.member_id
         LIMIT $4
    )sql",
                  community, topic, after, limit);
}

void refresh(db::Tx& tx, CommunityId community, TopicId topic, MemberId after, MemberId last) {
    // What moderators did is told although what they did it to is gone. A range, because for a list
    // PostgreSQL would go through all that the topic has told anybody, with each of many batches.
    // What is about a conversation is in no space.
    tx.run(R"sql(
        UPDATE notices
           SET gone = CASE WHEN kind = 8 OR (SELECT p.gone FROM topics_notable p
                                              WHERE p.community_id = $1
                                                AND p.post_id = notices.post_id) = 0
                           THEN 0 ELSE 1 END,
               space_id = CASE WHEN space_id = 0 THEN space_id
                               ELSE COALESCE((SELECT p.space_id FROM topics_notable p
                                               WHERE p.community_id = $1
                                                 AND p.post_id = notices.post_id),
                                             space_id) END,
               place = CASE WHEN place <> $2 THEN place
                            ELSE COALESCE((SELECT p.topic_id FROM topics_notable p
                                            WHERE p.community_id = $1
                                              AND p.post_id = notices.post_id), place) END,
               topic_id = COALESCE((SELECT p.topic_id FROM topics_notable p
                                     WHERE p.community_id = $1 AND p.post_id = notices.post_id),
                                   topic_id)
         WHERE community_id = $1 AND topic_id = $2 AND topic_id > 0
           AND member_id > $3 AND member_id <= $4 AND post_id > 0 AND gone < 2
    )sql",
           community, topic, after, last);
}

std::vector<MemberId> told_of_post(db::Tx& tx, CommunityId community, TopicId topic, PostId post,
                                   std::int64_t before, const db::Ids& members) {
    return tx.all([](const db::Row& row) { return row.get<MemberId>(0); },
                  R"sql(
        SELECT DISTINCT n.member_id
          FROM notices n
         WHERE n.community_id = $1 AND n.topic_id = $2 AND n.topic_id > 0 AND n.member_id {in $3}
           AND n.post_id = $4 AND n.position < $5 AND n.kind IN (0, 1, 2, 4) AND n.gone < 2
         LIMIT 100
    )sql",
                  community, topic, members, post, before);
}

#define POST_COLUMNS                                                                       \
    "SELECT p.post_id, p.topic_id, p.space_id, p.author_id, p.answered_id, p.starter_id, " \
    "p.topic_kind, p.opening, p.gone, p.title, p.excerpt FROM topics_notable p "

std::optional<Post> post(db::Tx& tx, CommunityId community, PostId id) {
    const auto row =
        tx.one(POST_COLUMNS "WHERE p.community_id = $1 AND p.post_id = $2", community, id);
    if (!row) return std::nullopt;
    return post_from(*row);
}

std::unordered_map<PostId, Post> posts(db::Tx& tx, CommunityId community, const db::Ids& ids) {
    std::unordered_map<PostId, Post> found;
    tx.each([&](const db::Row& row) { found.emplace(row.get<PostId>(0), post_from(row)); },
            POST_COLUMNS "WHERE {also p.community_id = $1} AND p.post_id {in $2}", community, ids);
    return found;
}

std::vector<MemberId> mentions(db::Tx& tx, CommunityId community, PostId id) {
    return tx.all([](const db::Row& row) { return row.get<MemberId>(0); },
                  R"sql(
        SELECT m.member_id FROM topics_mentions m
         WHERE m.community_id = $1 AND m.post_id = $2
         ORDER BY m.member_id
         LIMIT 100
    )sql",
                  community, id);
}

namespace {

Topic topic_from(const db::Row& row) {
    return {.space = row.get<SpaceId>(1),
            .author = row.get<MemberId>(2),
            .stream = row.get<std::int64_t>(3) == kStream,
            .direct = row.get<std::int64_t>(3) == kDirect,
            .gone = row.get<bool>(4),
            .title = row.get<std::string>(5)};
}

}  // namespace

std::optional<Topic> topic(db::Tx& tx, CommunityId community, TopicId id) {
    const auto found = topics(tx, community, ids_of({id.value}));
    if (found.empty()) return std::nullopt;
    return found.begin()->second;
}

std::unordered_map<TopicId, Topic> topics(db::Tx& tx, CommunityId community, const db::Ids& ids) {
    std::unordered_map<TopicId, Topic> found;
    tx.each([&](const db::Row& row) { found.emplace(row.get<TopicId>(0), topic_from(row)); },
            R"sql(
        SELECT t.topic_id, t.space_id, t.author_id, t.kind, t.gone, t.title
          FROM topics_titled t
         WHERE {also t.community_id = $1} AND t.topic_id {in $2}
    )sql",
            community, ids);
    return found;
}

}  // namespace torv::notifications::store
