#include "features/sitemap/store.hpp"

namespace torv::sitemap::store {

std::vector<web::Keyset> parts(db::Tx& tx, CommunityId community, const db::Ids& spaces, int size) {
    constexpr std::size_t kPartsMax = 50'000;  // of an index, says the protocol
    std::vector<web::Keyset> parts;
    std::optional<web::Keyset> from = web::Keyset{};
    while (from && parts.size() < kPartsMax) {
        // The last topic of a part; nothing when the part is the last one.
        const auto last = tx.one(R"sql(
            SELECT t.last_post_at, t.topic_id
              FROM topics_listed t
             WHERE t.community_id = $1 AND t.space_id {in $2}
               AND (t.last_post_at, t.topic_id) > ($3, $4)
             ORDER BY t.last_post_at, t.topic_id
             LIMIT 1 OFFSET $5
        )sql",
                                 community, spaces, from->at, from->id, size - 1);
        parts.push_back(*from);
        if (last) from = web::Keyset{.at = last->get<Instant>(0), .id = last->get<std::int64_t>(1)};
        else from.reset();
    }
    return parts;
}

std::vector<Line> part(db::Tx& tx, CommunityId community, const db::Ids& spaces, web::Keyset behind,
                       int size) {
    return tx.all(
        [](const db::Row& row) {
            return Line{.topic = row.get<TopicId>(0),
                        .title = row.get<std::string>(1),
                        .changed_at = row.get<Instant>(2)};
        },
        R"sql(
        SELECT n.topic_id, n.title,
               CASE WHEN n.edited_at > n.last_post_at THEN n.edited_at ELSE n.last_post_at END
          FROM (SELECT t.topic_id, t.title, t.last_post_at,
                       (SELECT w.edited_at FROM topics_written w
                         WHERE w.community_id = t.community_id
                           AND w.post_id = t.first_post_id) AS edited_at
                  FROM topics_listed t
                 WHERE t.community_id = $1 AND t.space_id {in $2}
                   AND (t.last_post_at, t.topic_id) > ($3, $4)
                 ORDER BY t.last_post_at, t.topic_id
                 LIMIT $5) AS n
         ORDER BY n.last_post_at, n.topic_id
    )sql",
        community, spaces, behind.at, behind.id, size);
}

}  // namespace torv::sitemap::store
