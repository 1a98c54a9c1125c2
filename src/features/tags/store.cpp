#include "features/tags/store.hpp"

namespace torv::tags::store {

std::optional<Text> text(db::Tx& tx, CommunityId community, PostId post) {
    const auto row = tx.one(R"sql(
        SELECT topic_id, space_id, created_at, body_md, topic_kind
          FROM topics_findable
         WHERE community_id = $1 AND post_id = $2
    )sql",
                            community, post);
    if (!row) return std::nullopt;
    constexpr std::int64_t kDirect = 2;  // topics::Kind
    return Text{.post = post,
                .topic = row->get<TopicId>(0),
                .space = row->get<SpaceId>(1),
                .created_at = row->get<Instant>(2),
                .body_md = row->get<std::string>(3),
                .direct = row->get<std::int64_t>(4) == kDirect};
}

std::vector<PostId> posts_of(db::Tx& tx, CommunityId community, TopicId topic) {
    return tx.all([](const db::Row& row) { return row.get<PostId>(0); }, R"sql(
        SELECT post_id FROM topics_findable WHERE community_id = $1 AND topic_id = $2
         UNION
        SELECT post_id FROM post_tags WHERE community_id = $1 AND topic_id = $2
    )sql",
                  community, topic);
}

std::vector<Kept> kept(db::Tx& tx, CommunityId community, PostId post) {
    return tx.all(
        [](const db::Row& row) {
            return Kept{.tag = row.get<std::string>(0),
                        .space = row.get<SpaceId>(1),
                        .topic = row.get<TopicId>(2)};
        },
        "SELECT tag, space_id, topic_id FROM post_tags WHERE community_id = $1 AND post_id = $2 "
        "ORDER BY tag",
        community, post);
}

void keep(db::Tx& tx, CommunityId community, const Text& text, const std::string& tag) {
    tx.run(R"sql(
        INSERT INTO post_tags (community_id, post_id, tag, topic_id, space_id, created_at)
        VALUES ($1, $2, $3, $4, $5, $6)
    )sql",
           community, text.post, tag, text.topic, text.space, text.created_at);
    tx.run(R"sql(
        INSERT INTO tag_counts (community_id, tag, space_id, posts) VALUES ($1, $2, $3, 1)
        ON CONFLICT (community_id, tag, space_id) DO UPDATE SET posts = tag_counts.posts + 1
    )sql",
           community, tag, text.space);
}

void drop(db::Tx& tx, CommunityId community, PostId post, const Kept& one) {
    tx.run("DELETE FROM post_tags WHERE community_id = $1 AND post_id = $2 AND tag = $3", community,
           post, one.tag);
    tx.run(R"sql(
        UPDATE tag_counts SET posts = posts - 1
         WHERE community_id = $1 AND tag = $2 AND space_id = $3
    )sql",
           community, one.tag, one.space);
    tx.run(R"sql(
        DELETE FROM tag_counts
         WHERE community_id = $1 AND tag = $2 AND space_id = $3 AND posts <= 0
    )sql",
           community, one.tag, one.space);
}

void clear(db::Tx& tx, CommunityId community) {
    tx.run("DELETE FROM post_tags WHERE community_id = $1", community);
    tx.run("DELETE FROM tag_counts WHERE community_id = $1", community);
}

std::vector<Tag> most_named(db::Tx& tx, CommunityId community, const db::Ids& spaces,
                            std::string_view prefix, int limit) {
    return tx.all(
        [](const db::Row& row) {
            return Tag{.name = row.get<std::string>(0), .posts = row.get<std::int64_t>(1)};
        },
        R"sql(
        SELECT tag, CAST(SUM(posts) AS BIGINT)
          FROM tag_counts
         WHERE community_id = $1 AND space_id {in $2}
           AND substr(tag, 1, length(CAST($3 AS TEXT))) = CAST($3 AS TEXT)
         GROUP BY tag
         ORDER BY 2 DESC, tag
         LIMIT $4
    )sql",
        community, spaces, prefix, limit);
}

std::vector<Named> named(db::Tx& tx, CommunityId community, const db::Ids& spaces,
                         std::string_view tag, web::Keyset below, int limit) {
    return tx.all(
        [](const db::Row& row) {
            return Named{.post = row.get<PostId>(0),
                         .topic = row.get<TopicId>(1),
                         .space = row.get<SpaceId>(2),
                         .author = row.get<MemberId>(3),
                         .at = row.get<Instant>(4),
                         .title = row.get<std::string>(5),
                         .excerpt = row.get<std::string>(6),
                         .opening = row.get<bool>(7)};
        },
        R"sql(
        SELECT t.post_id, p.topic_id, p.space_id, p.author_id, t.created_at,
               CASE WHEN p.topic_kind = 1 THEN '' ELSE p.title END, p.excerpt, p.opening
          FROM post_tags t
          JOIN topics_notable p ON p.community_id = t.community_id AND p.post_id = t.post_id
         WHERE t.community_id = $1 AND t.tag = $2 AND t.space_id {in $3} AND p.space_id {in $3}
           AND p.gone = 0 AND (t.created_at, t.post_id) < ($4, $5)
         ORDER BY t.created_at DESC, t.post_id DESC
         LIMIT $6
    )sql",
        community, tag, spaces, below.at, below.id, limit);
}

std::int64_t count(db::Tx& tx, CommunityId community, const db::Ids& spaces, std::string_view tag) {
    return tx
        .one(R"sql(
        SELECT CAST(COALESCE(SUM(posts), 0) AS BIGINT)
          FROM tag_counts
         WHERE community_id = $1 AND tag = $2 AND space_id {in $3}
    )sql",
             community, tag, spaces)
        ->get<std::int64_t>(0);
}

}  // namespace torv::tags::store
