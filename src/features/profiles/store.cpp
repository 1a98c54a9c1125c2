#include "features/profiles/store.hpp"

namespace torv::profiles::store {

std::vector<Row> values(db::Tx& tx, CommunityId community, MemberId member, Shown least) {
    return tx.all(
        [](const db::Row& row) {
            return Row{.kind = row.get<Kind>(0),
                       .text = row.get<std::string>(1),
                       .mark = row.get<std::string>(2),
                       .shown = row.get<Shown>(3)};
        },
        R"sql(
        SELECT kind, value, mark, shown_to
          FROM profile_values
         WHERE community_id = $1 AND member_id = $2 AND shown_to >= $3
         ORDER BY kind, position
    )sql",
        community, member, least);
}

std::vector<Choice> choices(db::Tx& tx, CommunityId community, MemberId member) {
    return tx.all(
        [](const db::Row& row) {
            return Choice{.kind = row.get<Kind>(0), .shown = row.get<Shown>(1)};
        },
        "SELECT kind, shown_to FROM profile_fields WHERE community_id = $1 AND member_id = $2",
        community, member);
}

void choose(db::Tx& tx, CommunityId community, MemberId member, Kind kind,
            std::optional<Shown> shown) {
    tx.run(R"sql(
        INSERT INTO profile_fields (community_id, member_id, kind, shown_to)
        VALUES ($1, $2, $3, COALESCE(CAST($4 AS BIGINT), 1))
        ON CONFLICT (community_id, member_id, kind)
        DO UPDATE SET shown_to = COALESCE(CAST($4 AS BIGINT), profile_fields.shown_to)
    )sql",
           community, member, kind, shown);
}

void drop(db::Tx& tx, CommunityId community, MemberId member, Kind kind) {
    tx.run("DELETE FROM profile_values WHERE community_id = $1 AND member_id = $2 AND kind = $3",
           community, member, kind);
}

void keep(db::Tx& tx, CommunityId community, MemberId member, const Row& row, int position) {
    tx.run(R"sql(
        INSERT INTO profile_values (community_id, member_id, mark, kind, position, value, shown_to)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
    )sql",
           community, member, row.mark, row.kind, position, row.text, row.shown);
}

void count(db::Tx& tx, CommunityId community, const Row& row, int difference) {
    if (difference > 0) {
        tx.run(R"sql(
            INSERT INTO profile_counts (community_id, mark, kind, members) VALUES ($1, $2, $3, 1)
            ON CONFLICT (community_id, mark) DO UPDATE SET members = profile_counts.members + 1
        )sql",
               community, row.mark, row.kind);
        return;
    }
    tx.run("UPDATE profile_counts SET members = members - 1 WHERE community_id = $1 AND mark = $2",
           community, row.mark);
    tx.run("DELETE FROM profile_counts WHERE community_id = $1 AND mark = $2 AND members <= 0",
           community, row.mark);
}

}  // namespace torv::profiles::store
