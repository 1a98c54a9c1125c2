#include "features/reactions/store.hpp"

namespace torv::reactions::store {

Own own(db::Tx& tx, CommunityId community, MemberId member, const std::vector<PostId>& posts) {
    db::Ids ids;
    for (const PostId post : posts) ids.values.push_back(post.value);
    Own mine;
    tx.each(
        [&](const db::Row& row) { mine[row.get<PostId>(0)].push_back(row.get<std::string>(1)); },
        R"sql(
        SELECT r.post_id, r.emoji
          FROM reactions r
         WHERE r.community_id = $1 AND r.member_id = $2 AND r.post_id {in $3}
    )sql",
        community, member, ids);
    return mine;
}

std::vector<std::string> of_member(db::Tx& tx, CommunityId community, PostId post,
                                   MemberId member) {
    return tx.all([](const db::Row& row) { return row.get<std::string>(0); },
                  R"sql(
        SELECT r.emoji
          FROM reactions r
         WHERE r.community_id = $1 AND r.post_id = $2 AND r.member_id = $3
         LIMIT 20
    )sql",
                  community, post, member);
}

bool insert(db::Tx& tx, CommunityId community, PostId post, MemberId member, std::string_view emoji,
            Instant at) {
    return tx.run(R"sql(
        INSERT INTO reactions (community_id, post_id, member_id, emoji, created_at)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (community_id, post_id, member_id, emoji) DO NOTHING
    )sql",
                  community, post, member, emoji, at) > 0;
}

bool remove(db::Tx& tx, CommunityId community, PostId post, MemberId member,
            std::string_view emoji) {
    return tx.run(R"sql(
        DELETE FROM reactions
         WHERE community_id = $1 AND post_id = $2 AND member_id = $3 AND emoji = $4
    )sql",
                  community, post, member, emoji) > 0;
}

std::vector<Given> given(db::Tx& tx, CommunityId community, PostId post) {
    return tx.all(
        [](const db::Row& row) {
            return Given{.emoji = row.get<std::string>(0),
                         .member = row.get<MemberId>(1),
                         .at = row.get<Instant>(2)};
        },
        R"sql(
        SELECT r.emoji, r.member_id, r.created_at
          FROM reactions r
         WHERE r.community_id = $1 AND r.post_id = $2
         ORDER BY r.created_at, r.member_id
         LIMIT 200
    )sql",
        community, post);
}

}  // namespace torv::reactions::store
