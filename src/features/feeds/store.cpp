#include "features/feeds/store.hpp"

#include <algorithm>

namespace torv::feeds::store {

namespace {

Placed placed_from(const db::Row& row) {
    return {.place = {.at = row.get<Instant>(0), .id = row.get<std::int64_t>(1)},
            .post = row.get<PostId>(2)};
}

}  // namespace

std::vector<Placed> begun(db::Tx& tx, CommunityId community, SpaceId space, web::Keyset below,
                          int limit) {
    return tx.all(placed_from, R"sql(
        SELECT t.created_at, t.topic_id, t.first_post_id
          FROM topics_listed t
         WHERE t.community_id = $1 AND t.space_id = $2 AND (t.created_at, t.topic_id) < ($3, $4)
         ORDER BY t.created_at DESC, t.topic_id DESC
         LIMIT $5
    )sql",
                  community, space, below.at, below.id, limit);
}

std::vector<Placed> said(db::Tx& tx, CommunityId community, SpaceId space, web::Keyset below,
                         int limit) {
    const auto stream = tx.one(R"sql(
        SELECT s.topic_id FROM topics_streams s WHERE s.community_id = $1 AND s.space_id = $2
    )sql",
                               community, space);
    if (!stream) return {};
    return tx.all(placed_from, R"sql(
        SELECT w.created_at, w.post_id, w.post_id
          FROM topics_written w
         WHERE w.community_id = $1 AND w.topic_id = $2 AND (w.created_at, w.post_id) < ($3, $4)
         ORDER BY w.created_at DESC, w.post_id DESC
         LIMIT $5
    )sql",
                  community, stream->get<TopicId>(0), below.at, below.id, limit);
}

std::vector<Placed> written_by(db::Tx& tx, CommunityId community, MemberId author,
                               const db::Ids& spaces, web::Keyset below, int limit, int among) {
    return tx.all(placed_from, R"sql(
        SELECT n.created_at, n.post_id, n.post_id
          FROM (SELECT w.created_at, w.post_id, w.space_id
                  FROM topics_written w
                 WHERE w.community_id = $1 AND w.author_id = $2
                   AND (w.created_at, w.post_id) < ($4, $5)
                 ORDER BY w.created_at DESC, w.post_id DESC
                 LIMIT $7) AS n
         WHERE n.space_id {in $3}
         ORDER BY n.created_at DESC, n.post_id DESC
         LIMIT $6
    )sql",
                  community, author, spaces, below.at, below.id, limit, among);
}

std::vector<Entry> entries(db::Tx& tx, CommunityId community, const db::Ids& spaces,
                           const std::vector<PostId>& posts) {
    db::Ids ids;
    for (const PostId post : posts) ids.values.push_back(post.value);
    auto found = tx.all(
        [](const db::Row& row) {
            return Entry{.post = row.get<PostId>(0),
                         .topic = row.get<TopicId>(1),
                         .space = row.get<SpaceId>(2),
                         .author = row.get<MemberId>(3),
                         .title = row.get<std::string>(4),
                         .html = row.get<std::string>(5),
                         .excerpt = row.get<std::string>(6),
                         .created_at = row.get<Instant>(7),
                         .edited_at = row.get<Instant>(8),
                         .opening = row.get<bool>(9)};
        },
        R"sql(
        SELECT w.post_id, w.topic_id, w.space_id, w.author_id, w.title, w.body_html, w.excerpt,
               w.created_at, w.edited_at, w.opening
          FROM topics_written w
         WHERE w.community_id = $1 AND w.post_id {in $2} AND w.space_id {in $3}
    )sql",
        community, ids, spaces);
    std::sort(found.begin(), found.end(), [&](const Entry& a, const Entry& b) {
        return std::ranges::find(posts, a.post) < std::ranges::find(posts, b.post);
    });
    return found;
}

}  // namespace torv::feeds::store
