#include "features/topics/store.hpp"
#include "platform/base/or_null.hpp"

// The columns of a topic, in the order of topic_from.
#define TOPIC_COLUMNS                                                                             \
    " t.id, t.space_id, t.author_id, t.kind, t.title, t.excerpt, t.created_at, t.first_post_id,"  \
    " t.last_post_id, t.last_post_at, t.last_poster_id, t.reply_count, t.pinned_at, t.locked_at," \
    " t.deleted_at, t.deleted_by, t.lifts, t.chat_at, t.accepted_id, t.thanks "

// How many replies are noted beside its row.
#define NOTED                                 \
    ", (SELECT count(*) FROM noted_replies n" \
    "    WHERE n.community_id = t.community_id AND n.topic_id = t.id) "

// A conversation is open to those who have a seat in it. $4: the reader.
#define DIRECT                                                     \
    "(t.kind = 2 AND EXISTS (SELECT 1 FROM conversation_readers r" \
    "  WHERE r.community_id = t.community_id AND r.topic_id = t.id AND r.member_id = $4))"

// Threads are where the topic is in which their messages stand, and gone while it is. $2: the
// topic.
#define SETTLE                                                                                     \
    "UPDATE topics"                                                                                \
    "   SET space_id = (SELECT h.space_id FROM topics h WHERE h.community_id = $1 AND h.id = $2)," \
    "       deleted_at ="                                                                          \
    "           (SELECT h.deleted_at FROM topics h WHERE h.community_id = $1 AND h.id = $2),"      \
    "       deleted_by ="                                                                          \
    "           (SELECT h.deleted_by FROM topics h WHERE h.community_id = $1 AND h.id = $2)"       \
    " WHERE community_id = $1 AND kind = 3 AND first_post_id "

namespace torv::topics::store {

namespace {

Topic topic_from(const db::Row& row) {
    return {.id = row.get<TopicId>(0),
            .space = row.get<SpaceId>(1),
            .author = row.get<MemberId>(2),
            .kind = row.get<Kind>(3),
            .title = row.get<std::string>(4),
            .excerpt = row.get<std::string>(5),
            .created_at = row.get<Instant>(6),
            .first_post = row.get<PostId>(7),
            .last_post = row.get<PostId>(8),
            .last_post_at = row.get<Instant>(9),
            .last_poster = row.get<MemberId>(10),
            .replies = row.get<std::int64_t>(11),
            .pinned = !row.null(12),
            .locked = !row.null(13),
            .deleted_at = row.get<Instant>(14),
            .deleted_by = row.get<MemberId>(15),
            .chat = !row.null(17),
            .lifts = row.get<std::int64_t>(16),
            .accepted = row.get<PostId>(18),
            .thanks = row.get<std::int64_t>(19)};
}

/// One topic, with the replies that are noted beside its row: its page, and whoever has just
/// written, see them at once.
std::optional<Topic> exact(db::Tx& tx, CommunityId community,
                           const std::optional<db::OwnedRow>& row) {
    if (!row) return std::nullopt;
    Topic topic = topic_from(*row);
    const auto noted = row->get<std::int64_t>(20);
    const auto last = noted > 0 ? newest_post(tx, community, topic.id) : std::nullopt;
    topic.replies += noted;
    if (!last) return topic;
    topic.last_post = last->post;
    topic.last_post_at = last->at;
    topic.last_poster = last->author;
    return topic;
}

}  // namespace

std::optional<Topic> topic(db::Tx& tx, CommunityId community, TopicId id, const db::Ids& spaces,
                           MemberId reader) {
    return exact(tx, community,
                 tx.one("SELECT" TOPIC_COLUMNS NOTED R"sql(
          FROM topics t
         WHERE t.community_id = $1 AND t.id = $2 AND (t.space_id {in $3} OR )sql" DIRECT ")",
                        community, id, spaces, reader));
}

std::optional<Topic> lock_topic(db::Tx& tx, CommunityId community, TopicId id,
                                const db::Ids& spaces, MemberId reader) {
    return exact(tx, community,
                 tx.one("SELECT" TOPIC_COLUMNS NOTED R"sql(
          FROM topics t
         WHERE t.community_id = $1 AND t.id = $2 AND (t.space_id {in $3} OR )sql" DIRECT
                        ") {for update}",
                        community, id, spaces, reader));
}

std::optional<Topic> stream_of(db::Tx& tx, CommunityId community, SpaceId space) {
    return exact(tx, community,
                 tx.one("SELECT" TOPIC_COLUMNS NOTED R"sql(
          FROM topics t
         WHERE t.community_id = $1 AND t.space_id = $2 AND t.kind = 1
    )sql",
                        community, space));
}

std::optional<Topic> thread_of(db::Tx& tx, CommunityId community, PostId message) {
    return exact(tx, community,
                 tx.one("SELECT" TOPIC_COLUMNS NOTED R"sql(
          FROM topics t
         WHERE t.community_id = $1 AND t.first_post_id = $2 AND t.kind = 3
    )sql",
                        community, message));
}

std::unordered_map<PostId, Answers> answers_to(db::Tx& tx, CommunityId community,
                                               const std::vector<Post>& messages) {
    db::Ids ids;
    for (const Post& message : messages) ids.values.push_back(message.id.value);
    std::unordered_map<PostId, Answers> threads;
    if (ids.values.empty()) return threads;
    tx.each(
        [&](const db::Row& row) {
            threads[row.get<PostId>(0)] = {.topic = row.get<TopicId>(1),
                                           .replies = row.get<std::int64_t>(2),
                                           .last_at = row.get<Instant>(3)};
        },
        R"sql(
        SELECT t.first_post_id, t.id,
               t.reply_count + (SELECT count(*) FROM noted_replies n
                                 WHERE n.community_id = t.community_id AND n.topic_id = t.id),
               t.last_post_at
          FROM topics t
         WHERE t.community_id = $1 AND t.first_post_id {in $2} AND t.kind = 3
           AND t.deleted_at IS NULL
    )sql",
        community, ids);
    return threads;
}

std::vector<Named> named(db::Tx& tx, CommunityId community, const db::Ids& topics,
                         const db::Ids& spaces) {
    return tx.all(
        [](const db::Row& row) {
            return Named{.id = row.get<TopicId>(0),
                         .space = row.get<SpaceId>(1),
                         .kind = row.get<Kind>(2),
                         .title = row.get<std::string>(3)};
        },
        R"sql(
        SELECT t.id, t.space_id, t.kind, t.title
          FROM topics t
         WHERE t.community_id = $1 AND t.id {in $2} AND t.space_id {in $3}
           AND t.deleted_at IS NULL
    )sql",
        community, topics, spaces);
}

namespace {

// Topics of a space, below a place in a list. $5: are pinned ones among them?
#define IN_SPACE                                                                              \
    "SELECT" TOPIC_COLUMNS                                                                    \
    " FROM topics t"                                                                          \
    " WHERE t.community_id = $1 AND t.space_id = $2 AND t.deleted_at IS NULL AND t.kind = 0 " \
    "   AND ($5 = 1 OR t.pinned_at IS NULL) "
#define BY_AGE                             \
    " AND (t.created_at, t.id) < ($3, $4)" \
    " ORDER BY t.created_at DESC, t.id DESC LIMIT $6"

std::string_view list_of(Sort sort) {
    switch (sort) {
        case Sort::Active:
            return IN_SPACE
                " AND (t.last_post_at, t.id) < ($3, $4)"
                " ORDER BY t.last_post_at DESC, t.id DESC LIMIT $6";
        case Sort::Newest: return IN_SPACE BY_AGE;
        case Sort::Quiet: return IN_SPACE " AND t.reply_count = 0" BY_AGE;
        case Sort::Open: return IN_SPACE " AND t.accepted_id IS NULL" BY_AGE;
        case Sort::Thanked:
            return IN_SPACE
                " AND t.thanks > 0 AND (t.thanks, t.id) < ($3, $4)"
                " ORDER BY t.thanks DESC, t.id DESC LIMIT $6";
    }
    return {};
}

}  // namespace

std::vector<Topic> in_space(db::Tx& tx, CommunityId community, SpaceId space, Sort sort, Pinned how,
                            web::Keyset below, int limit) {
    const int with_pinned = how == Pinned::Among ? 1 : 0;
    return tx.all(topic_from, list_of(sort), community, space, below.at, below.id, with_pinned,
                  limit);
}

std::vector<Topic> pinned(db::Tx& tx, CommunityId community, SpaceId space) {
    return tx.all(topic_from, "SELECT" TOPIC_COLUMNS R"sql(
          FROM topics t
         WHERE t.community_id = $1 AND t.space_id = $2 AND t.pinned_at IS NOT NULL
           AND t.deleted_at IS NULL AND t.kind = 0
         ORDER BY t.pinned_at DESC, t.id DESC
         LIMIT 10
    )sql",
                  community, space);
}

std::vector<Topic> recent(db::Tx& tx, CommunityId community, const db::Ids& spaces, int limit,
                          int among) {
    return tx.all(topic_from, "SELECT" TOPIC_COLUMNS R"sql(
          FROM (SELECT n.id, n.last_post_at
                  FROM (SELECT r.id, r.space_id, r.last_post_at
                          FROM topics r
                         WHERE r.community_id = $1 AND r.deleted_at IS NULL AND r.kind = 0
                         ORDER BY r.last_post_at DESC, r.id DESC
                         LIMIT $4) AS n
                 WHERE n.space_id {in $2}
                 ORDER BY n.last_post_at DESC, n.id DESC
                 LIMIT $3) AS newest
          JOIN topics t ON t.community_id = $1 AND t.id = newest.id
         ORDER BY t.last_post_at DESC, t.id DESC
    )sql",
                  community, spaces, limit, among);
}

int topics_up_to(db::Tx& tx, CommunityId community, int limit) {
    const auto row = tx.one(R"sql(
        SELECT count(*)
          FROM (SELECT r.id FROM topics r
                 WHERE r.community_id = $1 AND r.deleted_at IS NULL AND r.kind = 0
                 LIMIT $2) AS counted
    )sql",
                            community, limit);
    return row->get<int>(0);
}

bool insert_topic(db::Tx& tx, const NewTopic& topic) {
    return tx.run(R"sql(
        INSERT INTO topics (id, community_id, space_id, author_id, kind, title, excerpt, created_at,
                            last_post_at, imported, source, first_post_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10, $11)
        ON CONFLICT DO NOTHING
    )sql",
                  topic.id, topic.community, topic.space, topic.author, topic.kind, topic.title,
                  topic.excerpt, topic.at, topic.imported, or_null(topic.source),
                  topic.first_post ? std::optional(topic.first_post) : std::nullopt) > 0;
}

std::optional<TopicId> topic_of_source(db::Tx& tx, CommunityId community, std::string_view source) {
    const auto row = tx.one("SELECT t.id FROM topics t WHERE t.community_id = $1 AND t.source = $2",
                            community, source);
    if (!row) return std::nullopt;
    return row->get<TopicId>(0);
}

void set_title(db::Tx& tx, CommunityId community, TopicId id, std::string_view title) {
    tx.run("UPDATE topics SET title = $3 WHERE community_id = $1 AND id = $2", community, id,
           title);
}

void set_excerpt(db::Tx& tx, CommunityId community, TopicId id, std::string_view excerpt) {
    tx.run("UPDATE topics SET excerpt = $3 WHERE community_id = $1 AND id = $2", community, id,
           excerpt);
}

void refresh_excerpt(db::Tx& tx, CommunityId community, TopicId id) {
    tx.run(R"sql(
        UPDATE topics
           SET excerpt = COALESCE((SELECT p.excerpt
                                     FROM posts p
                                    WHERE p.community_id = $1 AND p.id = topics.first_post_id
                                      AND p.deleted_at IS NULL), '')
         WHERE community_id = $1 AND id = $2
    )sql",
           community, id);
}

void set_mark(db::Tx& tx, CommunityId community, TopicId id, Mark mark, std::optional<Instant> at,
              MemberId by) {
    if (mark == Mark::Pinned) {
        tx.run("UPDATE topics SET pinned_at = $3 WHERE community_id = $1 AND id = $2", community,
               id, at);
        return;
    }
    if (mark == Mark::Chat) {
        tx.run("UPDATE topics SET chat_at = $3 WHERE community_id = $1 AND id = $2", community, id,
               at);
        return;
    }
    const auto who = at ? std::optional(by) : std::nullopt;
    tx.run(R"sql(
        UPDATE topics SET locked_at = $3, locked_by = $4 WHERE community_id = $1 AND id = $2
    )sql",
           community, id, at, who);
}

void set_accepted(db::Tx& tx, CommunityId community, TopicId id, PostId answer) {
    tx.run("UPDATE topics SET accepted_id = $3 WHERE community_id = $1 AND id = $2", community, id,
           or_null(answer));
}

void set_space(db::Tx& tx, CommunityId community, TopicId id, SpaceId space) {
    tx.run("UPDATE topics SET space_id = $3 WHERE community_id = $1 AND id = $2", community, id,
           space);
}

namespace {

template <class IdType>
db::Ids values_of(const std::vector<IdType>& list) {
    db::Ids ids;
    for (const IdType id : list) ids.values.push_back(id.value);
    return ids;
}

TopicId topic_id(const db::Row& row) { return row.get<TopicId>(0); }

}  // namespace

std::vector<TopicId> threads_below(db::Tx& tx, CommunityId community,
                                   const std::vector<PostId>& messages) {
    return tx.all([](const db::Row& row) { return row.get<TopicId>(0); }, R"sql(
        SELECT t.id FROM topics t
         WHERE t.community_id = $1 AND t.first_post_id {in $2} AND t.kind = 3
         ORDER BY t.id
    )sql",
                  community, values_of(messages));
}

std::vector<TopicId> settle_threads(db::Tx& tx, CommunityId community, TopicId topic,
                                    const std::vector<PostId>& messages) {
    return tx.all(topic_id, SETTLE "{in $3} RETURNING id", community, topic, values_of(messages));
}

std::vector<TopicId> settle_threads(db::Tx& tx, CommunityId community, TopicId topic) {
    return tx.all(topic_id, SETTLE R"sql(
               IN (SELECT p.id FROM posts p WHERE p.community_id = $1 AND p.topic_id = $2)
        RETURNING id
    )sql",
                  community, topic);
}

std::vector<Hung> hung(db::Tx& tx, CommunityId community, const std::vector<TopicId>& topics) {
    return tx.all(
        [](const db::Row& row) {
            return Hung{.message = row.get<PostId>(0), .space = row.get<SpaceId>(1)};
        },
        R"sql(
        SELECT t.first_post_id, t.space_id FROM topics t
         WHERE t.community_id = $1 AND t.id {in $2} AND t.kind = 3
    )sql",
        community, values_of(topics));
}

bool written_since(db::Tx& tx, CommunityId community, const std::vector<TopicId>& topics,
                   Instant since) {
    return tx
        .one(R"sql(
        SELECT 1 FROM posts p
         WHERE p.community_id = $1 AND p.topic_id {in $2}
           AND (p.created_at >= $3 OR p.edited_at >= $3)
         LIMIT 1
    )sql",
             community, values_of(topics), since)
        .has_value();
}

void set_topic_deleted(db::Tx& tx, CommunityId community, TopicId id, std::optional<Instant> at,
                       MemberId by) {
    const auto who = at ? std::optional(by) : std::nullopt;
    tx.run(R"sql(
        UPDATE topics SET deleted_at = $3, deleted_by = $4 WHERE community_id = $1 AND id = $2
    )sql",
           community, id, at, who);
}

}  // namespace torv::topics::store
