#include "features/messages/store.hpp"

namespace torv::messages::store {

std::unordered_map<TopicId, Lately> lately(db::Tx& tx, CommunityId community,
                                           const db::Ids& topics) {
    std::unordered_map<TopicId, Lately> found;
    tx.each(
        [&](const db::Row& row) {
            found.emplace(row.get<TopicId>(0), Lately{.title = row.get<std::string>(1),
                                                      .last_poster = row.get<MemberId>(2),
                                                      .excerpt = row.get<std::string>(3)});
        },
        R"sql(
        SELECT t.topic_id, t.title, t.last_poster_id, t.excerpt
          FROM topics_lately t
         WHERE t.community_id = $1 AND t.topic_id {in $2}
    )sql",
        community, topics);
    return found;
}

}  // namespace torv::messages::store
