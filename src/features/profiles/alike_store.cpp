#include "features/profiles/alike_store.hpp"

namespace torv::profiles::store {

namespace {

Holder holder(const db::Row& row) {
    return {.id = row.get<MemberId>(0), .mark = row.get<std::string>(1)};
}

}  // namespace

std::vector<Holder> holders(db::Tx& tx, CommunityId community, const db::Texts& marks, int limit) {
    return tx.all(holder, R"sql(
        SELECT member_id, mark
          FROM profile_values
         WHERE community_id = $1 AND mark {in_text $2} AND shown_to IN (1, 2)
         LIMIT $3
    )sql",
                  community, marks, limit);
}

std::vector<Holder> among(db::Tx& tx, CommunityId community, const db::Ids& people,
                          const db::Texts& marks) {
    return tx.all(holder, R"sql(
        SELECT v.member_id, v.mark
          FROM profile_values v CROSS JOIN members_active m
         WHERE v.community_id = $1 AND v.member_id {in $2} AND v.mark {in_text $3}
           AND v.shown_to IN (1, 2) AND m.community_id = $1 AND m.member_id = v.member_id
         ORDER BY v.member_id, v.kind, v.position
    )sql",
                  community, people, marks);
}

}  // namespace torv::profiles::store
