#include "features/profiles/directory_store.hpp"

namespace torv::profiles::store {

namespace {

Line line(const db::Row& row) {
    return {.id = row.get<MemberId>(0), .key = row.get<std::string>(1)};
}

std::int64_t many(const Asked& asked) {
    return static_cast<std::int64_t>(asked.marks.values.size());
}

}  // namespace

std::vector<Held> held(db::Tx& tx, CommunityId community, const db::Texts& marks) {
    return tx.all(
        [](const db::Row& row) {
            return Held{.mark = row.get<std::string>(0), .members = row.get<std::int64_t>(1)};
        },
        "SELECT mark, members FROM profile_counts WHERE community_id = $1 AND mark {in_text $2}",
        community, marks);
}

std::vector<Line> all_by_name(db::Tx& tx, CommunityId community, const Asked& asked,
                              const After& after) {
    return tx.all(line, R"sql(
        SELECT m.member_id, m.name_key
          FROM members_active m
         WHERE m.community_id = $1 AND (m.name_key, m.member_id) > ($2, $3)
           AND ($4 = -1 OR m.role = $4) AND m.search_key LIKE $5 ESCAPE '\'
           AND ($6 = 0 OR (SELECT COUNT(*) FROM profile_values v
                            WHERE v.community_id = $1 AND v.member_id = m.member_id
                              AND v.mark {in_text $7} AND v.shown_to IN (1, 2)) = $6)
         ORDER BY m.name_key, m.member_id
         LIMIT $8
    )sql",
                  community, after.key, after.id, asked.role, asked.pattern, many(asked),
                  asked.marks, asked.limit);
}

// CROSS JOIN: SQLite keeps to this order, from the few to their rows.
std::vector<Line> few_by_name(db::Tx& tx, CommunityId community, const Asked& asked,
                              const After& after) {
    return tx.all(line, R"sql(
        SELECT m.member_id, m.name_key
          FROM profile_values h CROSS JOIN members_active m
         WHERE h.community_id = $1 AND h.mark = $9 AND h.shown_to IN (1, 2)
           AND m.community_id = $1 AND m.member_id = h.member_id
           AND (m.name_key, m.member_id) > ($2, $3)
           AND ($4 = -1 OR m.role = $4) AND m.search_key LIKE $5 ESCAPE '\'
           AND ($6 = 1 OR (SELECT COUNT(*) FROM profile_values v
                            WHERE v.community_id = $1 AND v.member_id = h.member_id
                              AND v.mark {in_text $7} AND v.shown_to IN (1, 2)) = $6)
         ORDER BY m.name_key, m.member_id
         LIMIT $8
    )sql",
                  community, after.key, after.id, asked.role, asked.pattern, many(asked),
                  asked.marks, asked.limit, asked.rarest);
}

std::vector<Line> all_by_newest(db::Tx& tx, CommunityId community, const Asked& asked,
                                const After& after) {
    return tx.all(line, R"sql(
        SELECT m.member_id, CAST(m.joined_at AS TEXT)
          FROM members_active m
         WHERE m.community_id = $1 AND (m.joined_at, m.member_id) < ($2, $3)
           AND ($4 = -1 OR m.role = $4) AND m.search_key LIKE $5 ESCAPE '\'
           AND ($6 = 0 OR (SELECT COUNT(*) FROM profile_values v
                            WHERE v.community_id = $1 AND v.member_id = m.member_id
                              AND v.mark {in_text $7} AND v.shown_to IN (1, 2)) = $6)
         ORDER BY m.joined_at DESC, m.member_id DESC
         LIMIT $8
    )sql",
                  community, after.number, after.id, asked.role, asked.pattern, many(asked),
                  asked.marks, asked.limit);
}

std::vector<Line> few_by_newest(db::Tx& tx, CommunityId community, const Asked& asked,
                                const After& after) {
    return tx.all(line, R"sql(
        SELECT m.member_id, CAST(m.joined_at AS TEXT)
          FROM profile_values h CROSS JOIN members_active m
         WHERE h.community_id = $1 AND h.mark = $9 AND h.shown_to IN (1, 2)
           AND m.community_id = $1 AND m.member_id = h.member_id
           AND (m.joined_at, m.member_id) < ($2, $3)
           AND ($4 = -1 OR m.role = $4) AND m.search_key LIKE $5 ESCAPE '\'
           AND ($6 = 1 OR (SELECT COUNT(*) FROM profile_values v
                            WHERE v.community_id = $1 AND v.member_id = h.member_id
                              AND v.mark {in_text $7} AND v.shown_to IN (1, 2)) = $6)
         ORDER BY m.joined_at DESC, m.member_id DESC
         LIMIT $8
    )sql",
                  community, after.number, after.id, asked.role, asked.pattern, many(asked),
                  asked.marks, asked.limit, asked.rarest);
}

std::vector<Told> told(db::Tx& tx, CommunityId community, const db::Ids& members) {
    return tx.all(
        [](const db::Row& row) {
            return Told{.id = row.get<MemberId>(0),
                        .kind = row.get<Kind>(1),
                        .text = row.get<std::string>(2)};
        },
        R"sql(
        SELECT member_id, kind, value
          FROM profile_values
         WHERE community_id = $1 AND member_id {in $2} AND kind IN (1, 4) AND shown_to IN (1, 2)
         ORDER BY member_id, kind DESC, position
    )sql",
        community, members);
}

std::vector<std::string> offered(db::Tx& tx, CommunityId community, Kind kind, int limit) {
    std::vector<std::string> list;
    tx.each(
        [&](const db::Row& row) {
            if (!row.null(0)) list.push_back(row.get<std::string>(0));
        },
        R"sql(
        SELECT (SELECT v.value
                  FROM profile_values v CROSS JOIN members_active m
                 WHERE v.community_id = $1 AND v.mark = c.mark AND v.shown_to IN (1, 2)
                   AND m.community_id = $1 AND m.member_id = v.member_id
                 LIMIT 1)
          FROM profile_counts c
         WHERE c.community_id = $1 AND c.kind = $2
         ORDER BY c.members DESC, c.mark
         LIMIT $3
    )sql",
        community, kind, limit);
    return list;
}

}  // namespace torv::profiles::store
