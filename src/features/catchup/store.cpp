#include "features/catchup/store.hpp"

namespace torv::catchup::store {

std::vector<Said> said(db::Tx& tx, CommunityId community, const db::Ids& topics, Instant since) {
    return tx.all(
        [](const db::Row& row) {
            return Said{.topic = row.get<TopicId>(0),
                        .author = row.get<MemberId>(1),
                        .at = row.get<Instant>(2),
                        .reactions = row.get<std::string>(3)};
        },
        R"sql(
        SELECT s.topic_id, s.author_id, s.created_at, s.reactions
          FROM topics_said s
         WHERE s.community_id = $1 AND s.topic_id {in $2} AND s.created_at > $3
         LIMIT 20000
    )sql",
        community, topics, since);
}

}  // namespace torv::catchup::store
