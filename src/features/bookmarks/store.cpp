#include "features/bookmarks/store.hpp"
#include "platform/base/or_null.hpp"

namespace torv::bookmarks::store {

void put(db::Tx& tx, CommunityId community, MemberId member, const Bookmark& bookmark) {
    tx.run(R"sql(
        INSERT INTO bookmarks (community_id, member_id, post_id, note, created_at, remind_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (community_id, member_id, post_id)
        DO UPDATE SET note = excluded.note, remind_at = excluded.remind_at
    )sql",
           community, member, bookmark.post, bookmark.note, tx.now(), or_null(bookmark.remind_at));
}

bool drop(db::Tx& tx, CommunityId community, MemberId member, PostId post) {
    return tx.run(R"sql(
        DELETE FROM bookmarks WHERE community_id = $1 AND member_id = $2 AND post_id = $3
    )sql",
                  community, member, post) > 0;
}

std::optional<Bookmark> find(db::Tx& tx, CommunityId community, MemberId member, PostId post) {
    const auto row = tx.one(R"sql(
        SELECT b.note, b.created_at, b.remind_at
          FROM bookmarks b
         WHERE b.community_id = $1 AND b.member_id = $2 AND b.post_id = $3
    )sql",
                            community, member, post);
    if (!row) return std::nullopt;
    return Bookmark{.post = post,
                    .note = row->get<std::string>(0),
                    .created_at = row->get<Instant>(1),
                    .remind_at = row->get<Instant>(2)};
}

std::int64_t count(db::Tx& tx, CommunityId community, MemberId member, int limit) {
    return tx
        .one(R"sql(
        SELECT count(*)
          FROM (SELECT b.post_id FROM bookmarks b
                 WHERE b.community_id = $1 AND b.member_id = $2
                 LIMIT $3) own
    )sql",
             community, member, limit)
        ->get<std::int64_t>(0);
}

std::vector<Shown> list(db::Tx& tx, CommunityId community, MemberId member, const db::Ids& readable,
                        web::Keyset below, int limit) {
    return tx.all(
        [](const db::Row& row) {
            return Shown{.bookmark = {.post = row.get<PostId>(0),
                                      .note = row.get<std::string>(1),
                                      .created_at = row.get<Instant>(2),
                                      .remind_at = row.get<Instant>(3)},
                         .there = row.get<bool>(4),
                         .author = row.get<MemberId>(5),
                         .title = row.get<std::string>(6),
                         .excerpt = row.get<std::string>(7)};
        },
        R"sql(
        SELECT b.post_id, b.note, b.created_at, b.remind_at,
               CASE WHEN p.gone = 0
                     AND (p.space_id {in $3}
                          OR EXISTS (SELECT 1 FROM conversation_readers r
                                      WHERE r.community_id = $1 AND r.topic_id = p.topic_id
                                        AND r.member_id = $2))
                    THEN 1 ELSE 0 END,
               p.author_id, p.title, p.excerpt
          FROM (SELECT n.post_id, n.note, n.created_at, n.remind_at
                  FROM bookmarks n
                 WHERE n.community_id = $1 AND n.member_id = $2
                   AND (n.created_at, n.post_id) < ($4, $5)
                 ORDER BY n.created_at DESC, n.post_id DESC
                 LIMIT $6) b
          JOIN topics_notable p ON p.community_id = $1 AND p.post_id = b.post_id
         ORDER BY b.created_at DESC, b.post_id DESC
    )sql",
        community, member, readable, below.at, below.id, limit);
}

bool remind(db::Tx& tx, CommunityId community, MemberId member, PostId post, Instant at) {
    return tx.run(R"sql(
        UPDATE bookmarks SET remind_at = NULL
         WHERE community_id = $1 AND member_id = $2 AND post_id = $3 AND remind_at = $4
    )sql",
                  community, member, post, at) > 0;
}

}  // namespace torv::bookmarks::store
