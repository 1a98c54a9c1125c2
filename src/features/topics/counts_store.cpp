#include "features/topics/store.hpp"

namespace torv::topics::store {

std::optional<Newest> newest_post(db::Tx& tx, CommunityId community, TopicId topic) {
    const auto row = tx.one(R"sql(
        SELECT p.id, p.author_id, p.created_at
          FROM posts p
         WHERE p.community_id = $1 AND p.topic_id = $2 AND p.deleted_at IS NULL
         ORDER BY p.created_at DESC, p.id DESC
         LIMIT 1
    )sql",
                            community, topic);
    if (!row) return std::nullopt;
    return Newest{
        .post = row->get<PostId>(0), .author = row->get<MemberId>(1), .at = row->get<Instant>(2)};
}

void count_opening(db::Tx& tx, CommunityId community, TopicId topic, const Newest& post,
                   std::string_view excerpt) {
    tx.later(R"sql(
        UPDATE topics
           SET first_post_id = $3, last_post_id = $3, last_poster_id = $4, last_post_at = $5,
               excerpt = $6
         WHERE community_id = $1 AND id = $2
    )sql",
             community, topic, post.post, post.author, post.at, excerpt);
}

bool count_reply(db::Tx& tx, CommunityId community, TopicId topic, const Newest& post) {
    // Two replies may be committed in the other order than they were begun: the later one is last.
    return tx.run(R"sql(
        UPDATE topics
           SET reply_count = reply_count + 1,
               last_post_id = CASE WHEN $5 >= last_post_at THEN $3 ELSE last_post_id END,
               last_poster_id = CASE WHEN $5 >= last_post_at THEN $4 ELSE last_poster_id END,
               last_post_at = CASE WHEN $5 >= last_post_at THEN $5 ELSE last_post_at END
         WHERE community_id = $1
           AND id = (SELECT nobodys.id FROM topics nobodys
                      WHERE nobodys.community_id = $1 AND nobodys.id = $2
                      {for update skip locked})
    )sql",
                  community, topic, post.post, post.author, post.at) > 0;
}

void note_reply(db::Tx& tx, CommunityId community, TopicId topic, PostId post) {
    tx.later("INSERT INTO noted_replies (community_id, topic_id, post_id) VALUES ($1, $2, $3)",
             community, topic, post);
}

bool forget_note(db::Tx& tx, CommunityId community, TopicId topic, PostId post) {
    return tx.run(R"sql(
        DELETE FROM noted_replies WHERE community_id = $1 AND topic_id = $2 AND post_id = $3
    )sql",
                  community, topic, post) > 0;
}

std::vector<Noted> noted_topics(db::Tx& tx, int limit) {
    return tx.all(
        [](const db::Row& row) {
            return Noted{.community = row.get<CommunityId>(0), .topic = row.get<TopicId>(1)};
        },
        "SELECT DISTINCT community_id, topic_id FROM noted_replies LIMIT $1", limit);
}

std::int64_t take_notes(db::Tx& tx, CommunityId community, TopicId topic) {
    return tx.run("DELETE FROM noted_replies WHERE community_id = $1 AND topic_id = $2", community,
                  topic);
}

void hold(db::Tx& tx, CommunityId community, TopicId topic) {
    tx.one("SELECT t.id FROM topics t WHERE t.community_id = $1 AND t.id = $2 {for update}",
           community, topic);
}

void add_replies(db::Tx& tx, CommunityId community, TopicId topic, std::int64_t by) {
    const auto last = newest_post(tx, community, topic);
    tx.run(R"sql(
        UPDATE topics
           SET reply_count = reply_count + $3, last_post_id = $4, last_poster_id = $5,
               last_post_at = COALESCE($6, created_at)
         WHERE community_id = $1 AND id = $2
    )sql",
           community, topic, by, last ? std::optional(last->post) : std::nullopt,
           last ? std::optional(last->author) : std::nullopt,
           last ? std::optional(last->at) : std::nullopt);
}

std::vector<TopicId> miscounted(db::Tx& tx) {
    return tx.all([](const db::Row& row) { return row.get<TopicId>(0); }, R"sql(
        SELECT t.id -- every community: the house is checked as a whole
          FROM topics t
         WHERE t.reply_count + (SELECT count(*) FROM noted_replies n
                                 WHERE n.community_id = t.community_id AND n.topic_id = t.id)
               <> (SELECT count(*) FROM posts p
                    WHERE p.community_id = t.community_id AND p.topic_id = t.id
                      AND p.deleted_at IS NULL
                      AND (t.kind = 1 OR p.id <> COALESCE(t.first_post_id, 0)))
         ORDER BY t.id
         LIMIT 100
    )sql");
}

namespace {

/// The post that opens a topic, and what a list shows of it.
std::optional<db::OwnedRow> opening_of(db::Tx& tx, CommunityId community, TopicId id,
                                       Opening opening) {
    auto known = opening == Opening::IsFirst ? std::nullopt
                                             : tx.one(R"sql(
        SELECT p.id, CASE WHEN p.deleted_at IS NULL THEN p.excerpt ELSE '' END
          FROM topics t
          JOIN posts p ON p.community_id = t.community_id AND p.id = t.first_post_id
                      AND p.topic_id = t.id
         WHERE t.community_id = $1 AND t.id = $2
    )sql",
                                                      community, id);
    if (known) return known;
    return tx.one(R"sql(
        SELECT p.id, CASE WHEN p.deleted_at IS NULL THEN p.excerpt ELSE '' END
          FROM posts p
         WHERE p.community_id = $1 AND p.topic_id = $2
         ORDER BY p.created_at, p.id
         LIMIT 1
    )sql",
                  community, id);
}

/// A topic from which all posts were carried away.
void count_nothing(db::Tx& tx, CommunityId community, TopicId id) {
    tx.run(R"sql(
        UPDATE topics
           SET first_post_id = CASE WHEN kind = 3 THEN first_post_id END, excerpt = '',
               accepted_id = NULL, thanks = 0,
               last_post_id = NULL, last_poster_id = NULL, last_post_at = created_at, reply_count = 0
         WHERE community_id = $1 AND id = $2
    )sql",
           community, id);
}

}  // namespace

void count_lifts(db::Tx& tx, CommunityId community, TopicId topic, int by) {
    tx.run("UPDATE topics SET lifts = lifts + $3 WHERE community_id = $1 AND id = $2", community,
           topic, by);
}

void recount(db::Tx& tx, CommunityId community, TopicId id, Opening how) {
    hold(tx, community, id);
    take_notes(tx, community, id);  // also of what is the opening from now on, which is no reply
    const auto first = opening_of(tx, community, id, how);
    if (!first) return count_nothing(tx, community, id);
    const auto last = newest_post(tx, community, id);
    const auto opening = first->get<PostId>(0);
    // What was noted since is added when it is folded in.
    tx.run(R"sql(
        UPDATE topics
           SET first_post_id = CASE WHEN kind = 1 THEN NULL WHEN kind = 3 THEN first_post_id
                                    ELSE CAST($3 AS BIGINT) END,
               excerpt = CASE WHEN kind = 1 THEN '' ELSE $4 END, last_post_id = $5, last_poster_id = $6,
               last_post_at = COALESCE($7, created_at),
               accepted_id = (SELECT a.id FROM posts a
                               WHERE a.community_id = $1 AND a.id = topics.accepted_id
                                 AND a.topic_id = $2 AND a.deleted_at IS NULL
                                 AND a.id <> CAST($3 AS BIGINT)),
               thanks = COALESCE((SELECT o.thanks FROM posts o
                                   WHERE o.community_id = $1 AND o.id = CAST($3 AS BIGINT)
                                     AND topics.kind = 0), 0),
               reply_count = (SELECT count(*) FROM posts p
                               WHERE p.community_id = $1 AND p.topic_id = $2
                                 AND p.deleted_at IS NULL
                                 AND (topics.kind IN (1, 3) OR p.id <> CAST($3 AS BIGINT))
                                 AND NOT EXISTS (SELECT 1 FROM noted_replies n
                                                  WHERE n.community_id = $1 AND n.topic_id = $2
                                                    AND n.post_id = p.id))
         WHERE community_id = $1 AND id = $2
    )sql",
           community, id, opening, first->get<std::string>(1),
           last ? std::optional(last->post) : std::nullopt,
           last ? std::optional(last->author) : std::nullopt,
           last ? std::optional(last->at) : std::nullopt);
}

}  // namespace torv::topics::store
