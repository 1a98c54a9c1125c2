#include <limits>

#include "features/topics/store.hpp"
#include "platform/base/or_null.hpp"
#include "platform/html/markdown.hpp"

// The columns of a post, in the order of post_from.
#define POST_COLUMNS                                                                    \
    " p.id, p.topic_id, p.author_id, p.reply_to, o.author_id, p.body_md, p.body_html, " \
    "p.reactions,"                                                                      \
    " p.created_at, p.edited_at, p.edits, p.deleted_at, p.deleted_by, p.score, p.thanks "
// With the author of the post that is answered, when that one is in the same topic and not deleted.
#define POST_SOURCE                                                                            \
    " FROM posts p LEFT JOIN posts o ON o.community_id = p.community_id AND o.id = p.reply_to" \
    " AND o.topic_id = p.topic_id AND o.deleted_at IS NULL "

namespace torv::topics::store {

namespace {

Post post_from(const db::Row& row) {
    return {.id = row.get<PostId>(0),
            .topic = row.get<TopicId>(1),
            .author = row.get<MemberId>(2),
            .reply_to = row.get<PostId>(3),
            .reply_to_author = row.get<MemberId>(4),
            .body_md = row.get<std::string>(5),
            .body_html = row.get<std::string>(6),
            .reactions = row.get<std::string>(7),
            .created_at = row.get<Instant>(8),
            .edited_at = row.get<Instant>(9),
            .edits = row.get<std::int64_t>(10),
            .deleted_at = row.get<Instant>(11),
            .deleted_by = row.get<MemberId>(12),
            .score = row.get<std::int64_t>(13),
            .thanks = row.get<std::int64_t>(14)};
}

db::Ids ids_of(const std::vector<PostId>& posts) {
    db::Ids ids;
    for (const PostId post : posts) ids.values.push_back(post.value);
    return ids;
}

/// Posts after a place, or at it too when `id` is one less.
std::vector<Post> forward(db::Tx& tx, CommunityId community, TopicId topic, Instant at,
                          std::int64_t id, int limit) {
    return tx.all(post_from, "SELECT" POST_COLUMNS POST_SOURCE R"sql(
         WHERE p.community_id = $1 AND p.topic_id = $2 AND (p.created_at, p.id) > ($3, $4)
         ORDER BY p.created_at, p.id
         LIMIT $5
    )sql",
                  community, topic, at, id, limit);
}

std::vector<Post> backward(db::Tx& tx, CommunityId community, TopicId topic, Instant at,
                           std::int64_t id, int limit) {
    auto list = tx.all(post_from, "SELECT" POST_COLUMNS POST_SOURCE R"sql(
         WHERE p.community_id = $1 AND p.topic_id = $2 AND (p.created_at, p.id) < ($3, $4)
         ORDER BY p.created_at DESC, p.id DESC
         LIMIT $5
    )sql",
                       community, topic, at, id, limit);
    return {std::make_move_iterator(list.rbegin()), std::make_move_iterator(list.rend())};
}

constexpr std::string_view kInsertPost = R"sql(
    INSERT INTO posts (id, community_id, topic_id, author_id, reply_to, body_md, body_html,
                       renderer, excerpt, created_at, edited_at, imported, source, score, thanks)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14)
    ON CONFLICT (community_id, source) WHERE source IS NOT NULL DO NOTHING
)sql";

}  // namespace

std::optional<Post> post(db::Tx& tx, CommunityId community, PostId id) {
    const auto row =
        tx.one("SELECT" POST_COLUMNS POST_SOURCE " WHERE p.community_id = $1 AND p.id = $2",
               community, id);
    if (!row) return std::nullopt;
    return post_from(*row);
}

std::optional<Post> lock_post(db::Tx& tx, CommunityId community, PostId id) {
    const auto locked =
        tx.one("SELECT p.id FROM posts p WHERE p.community_id = $1 AND p.id = $2 {for update}",
               community, id);
    if (!locked) return std::nullopt;
    return post(tx, community, id);
}

std::vector<Post> posts_of(db::Tx& tx, CommunityId community, TopicId topic,
                           const std::vector<PostId>& posts) {
    return tx.all(post_from, "SELECT" POST_COLUMNS POST_SOURCE R"sql(
         WHERE p.community_id = $1 AND p.topic_id = $2 AND p.id {in $3}
         ORDER BY p.created_at, p.id
    )sql",
                  community, topic, ids_of(posts));
}

std::vector<Post> page(db::Tx& tx, CommunityId community, TopicId topic, From from, PostId at,
                       int limit) {
    constexpr std::int64_t kHighest = std::numeric_limits<std::int64_t>::max();
    if (from == From::Start) return forward(tx, community, topic, {}, 0, limit);
    if (from == From::End) return backward(tx, community, topic, {kHighest}, kHighest, limit);
    const auto row = tx.one(R"sql(
        SELECT p.created_at FROM posts p
         WHERE p.community_id = $1 AND p.topic_id = $2 AND p.id = $3
    )sql",
                            community, topic, at);
    if (!row) return forward(tx, community, topic, {}, 0, limit);
    const auto moment = row->get<Instant>(0);
    if (from == From::Before) return backward(tx, community, topic, moment, at.value, limit);
    const std::int64_t id = from == From::After ? at.value : at.value - 1;
    return forward(tx, community, topic, moment, id, limit);
}

std::vector<Post> thanked(db::Tx& tx, CommunityId community, TopicId topic, PostId opening,
                          web::Keyset below, int limit) {
    return tx.all(post_from, "SELECT" POST_COLUMNS POST_SOURCE R"sql(
         WHERE p.community_id = $1 AND p.topic_id = $2 AND p.thanks > 0 AND p.deleted_at IS NULL
           AND p.id <> $3 AND (p.thanks, p.id) < ($4, $5)
         ORDER BY p.thanks DESC, p.id DESC
         LIMIT $6
    )sql",
                  community, topic, opening, below.at, below.id, limit);
}

std::vector<Post> unthanked(db::Tx& tx, CommunityId community, TopicId topic, PostId opening,
                            PostId after, int limit) {
    return tx.all(post_from, "SELECT" POST_COLUMNS POST_SOURCE R"sql(
         WHERE p.community_id = $1 AND p.topic_id = $2 AND p.thanks <= 0 AND p.deleted_at IS NULL
           AND p.id <> $3
           AND (p.created_at, p.id) > (COALESCE((SELECT a.created_at FROM posts a
                                                  WHERE a.community_id = $1 AND a.id = $4), 0), $4)
         ORDER BY p.created_at, p.id
         LIMIT $5
    )sql",
                  community, topic, opening, after, limit);
}

std::optional<PostId> first_after(db::Tx& tx, CommunityId community, TopicId topic, Instant at) {
    const auto row = tx.one(R"sql(
        SELECT p.id
          FROM posts p
         WHERE p.community_id = $1 AND p.topic_id = $2 AND p.created_at > $3
         ORDER BY p.created_at, p.id
         LIMIT 1
    )sql",
                            community, topic, at);
    if (!row) return std::nullopt;
    return row->get<PostId>(0);
}

int count_before(db::Tx& tx, CommunityId community, TopicId topic, Instant at, PostId id,
                 int limit) {
    const auto row = tx.one(R"sql(
        SELECT count(*)
          FROM (SELECT p.id
                  FROM posts p
                 WHERE p.community_id = $1 AND p.topic_id = $2 AND (p.created_at, p.id) < ($3, $4)
                 LIMIT $5) before_it
    )sql",
                            community, topic, at, id, limit);
    return row->get<int>(0);
}

std::int64_t count_after(db::Tx& tx, CommunityId community, TopicId topic, Instant at, int limit) {
    const auto row = tx.one(R"sql(
        SELECT count(*)
          FROM (SELECT p.id
                  FROM posts p
                 WHERE p.community_id = $1 AND p.topic_id = $2 AND p.created_at > $3
                   AND p.deleted_at IS NULL
                 LIMIT $4) after_it
    )sql",
                            community, topic, at, limit);
    return row->get<std::int64_t>(0);
}

void insert_post(db::Tx& tx, const NewPost& post) {
    tx.later(kInsertPost, post.id, post.community, post.topic, post.author, or_null(post.reply_to),
             post.text.markdown, post.text.html, markdown::kRendererVersion, post.text.excerpt,
             post.at, or_null(post.edited_at), post.imported, or_null(post.source), post.score);
}

bool import_post(db::Tx& tx, const NewPost& post) {
    return tx.run(kInsertPost, post.id, post.community, post.topic, post.author,
                  or_null(post.reply_to), post.text.markdown, post.text.html,
                  markdown::kRendererVersion, post.text.excerpt, post.at, or_null(post.edited_at),
                  post.imported, or_null(post.source), post.score) > 0;
}

std::optional<PostId> post_of_source(db::Tx& tx, CommunityId community, std::string_view source) {
    const auto row = tx.one("SELECT p.id FROM posts p WHERE p.community_id = $1 AND p.source = $2",
                            community, source);
    if (!row) return std::nullopt;
    return row->get<PostId>(0);
}

void set_text(db::Tx& tx, CommunityId community, const Post& before, MemberId editor,
              const Prepared& text) {
    struct EditTag;
    tx.run(R"sql(
        INSERT INTO post_edits (id, community_id, post_id, editor_id, body_md, written_at,
                                replaced_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
    )sql",
           tx.new_id<Id<EditTag>>(), community, before.id, editor, before.body_md,
           before.edited_at ? before.edited_at : before.created_at, tx.now());
    tx.run(R"sql(
        UPDATE posts
           SET body_md = $3, body_html = $4, renderer = $5, excerpt = $6, edited_at = $7,
               edits = edits + 1
         WHERE community_id = $1 AND id = $2
    )sql",
           community, before.id, text.markdown, text.html, markdown::kRendererVersion, text.excerpt,
           tx.now());
}

void set_post_deleted(db::Tx& tx, CommunityId community, PostId id, std::optional<Instant> at,
                      MemberId by) {
    const auto who = at ? std::optional(by) : std::nullopt;
    tx.run("UPDATE posts SET deleted_at = $3, deleted_by = $4 WHERE community_id = $1 AND id = $2",
           community, id, at, who);
}

void set_reactions(db::Tx& tx, CommunityId community, PostId id, std::string_view counts,
                   std::int64_t given) {
    tx.run(R"sql(
        UPDATE posts SET reactions = $3, thanks = score + $4 WHERE community_id = $1 AND id = $2
    )sql",
           community, id, counts, given);
}

void take_thanks(db::Tx& tx, CommunityId community, TopicId id, PostId opening) {
    tx.run(R"sql(
        UPDATE topics
           SET thanks = (SELECT p.thanks FROM posts p WHERE p.community_id = $1 AND p.id = $3)
         WHERE community_id = $1 AND id = $2
    )sql",
           community, id, opening);
}

void set_mentions(db::Tx& tx, CommunityId community, PostId id,
                  const std::vector<MemberId>& members) {
    for (const MemberId member : members)
        tx.later(R"sql(
            INSERT INTO post_mentions (community_id, post_id, member_id) VALUES ($1, $2, $3)
            ON CONFLICT (community_id, post_id, member_id) DO NOTHING
        )sql",
                 community, id, member);
}

void drop_mentions(db::Tx& tx, CommunityId community, PostId id) {
    tx.run("DELETE FROM post_mentions WHERE community_id = $1 AND post_id = $2", community, id);
}

std::int64_t move_posts(db::Tx& tx, CommunityId community, TopicId from, TopicId to,
                        const std::vector<PostId>& posts) {
    const auto moved = tx.run(R"sql(
        UPDATE posts SET topic_id = $3
         WHERE community_id = $1 AND topic_id = $2 AND id {in $4}
    )sql",
                              community, from, to, ids_of(posts));
    tx.run(R"sql(
        UPDATE noted_replies SET topic_id = $3
         WHERE community_id = $1 AND topic_id = $2 AND post_id {in $4}
    )sql",
           community, from, to, ids_of(posts));
    return moved;
}

std::vector<Version> versions(db::Tx& tx, CommunityId community, PostId id) {
    return tx.all(
        [](const db::Row& row) {
            return Version{.markdown = row.get<std::string>(0),
                           .editor = row.get<MemberId>(1),
                           .written_at = row.get<Instant>(2),
                           .replaced_at = row.get<Instant>(3)};
        },
        R"sql(
        SELECT e.body_md, e.editor_id, e.written_at, e.replaced_at
          FROM post_edits e
         WHERE e.community_id = $1 AND e.post_id = $2
         ORDER BY e.id DESC
         LIMIT 100
    )sql",
        community, id);
}

}  // namespace torv::topics::store
