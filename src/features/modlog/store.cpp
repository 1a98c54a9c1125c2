#include "features/modlog/store.hpp"

#include <limits>
#include <optional>

namespace torv::modlog::store {

void insert(db::Tx& tx, CommunityId community, MemberId actor, std::string_view act,
            Subject subject, SpaceId space, std::string_view detail) {
    const auto in_space = space ? std::optional(space) : std::nullopt;
    tx.run(R"sql(
        INSERT INTO modlog (id, community_id, at, actor_id, act, subject_kind, subject_id, space_id, detail)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    )sql",
           tx.new_id<DeedId>(), community, tx.now(), actor, act, subject.kind, subject.id, in_space,
           detail);
}

std::vector<Deed> deeds(db::Tx& tx, CommunityId community, const db::Ids& spaces, DeedId before,
                        int limit) {
    const std::int64_t below = before ? before.value : std::numeric_limits<std::int64_t>::max();
    return tx.all(
        [](const db::Row& row) {
            return Deed{.id = row.get<DeedId>(0),
                        .at = row.get<Instant>(1),
                        .actor = row.get<MemberId>(2),
                        .act = row.get<std::string>(3),
                        .subject_kind = row.get<std::string>(4),
                        .subject_id = row.get<std::int64_t>(5),
                        .space = row.get<SpaceId>(6)};
        },
        R"sql(
        SELECT m.id, m.at, m.actor_id, m.act, m.subject_kind, m.subject_id, m.space_id
          FROM modlog m
         WHERE m.community_id = $1 AND m.id < $3
           AND (m.space_id IS NULL OR m.space_id {in $2})
         ORDER BY m.id DESC
         LIMIT $4
    )sql",
        community, spaces, below, limit);
}

}  // namespace torv::modlog::store
