#include "features/drafts/store.hpp"

namespace torv::drafts::store {

namespace {

Draft draft_from(const db::Row& row) {
    return {.place = row.get<std::string>(0),
            .title = row.get<std::string>(1),
            .body = row.get<std::string>(2),
            .updated_at = row.get<Instant>(3)};
}

}  // namespace

std::optional<Draft> find(db::Tx& tx, CommunityId community, MemberId member,
                          std::string_view place) {
    const auto row = tx.one(R"sql(
        SELECT d.place, d.title, d.body, d.updated_at
          FROM drafts d
         WHERE d.community_id = $1 AND d.member_id = $2 AND d.place = $3
    )sql",
                            community, member, place);
    if (!row) return std::nullopt;
    return draft_from(*row);
}

bool save(db::Tx& tx, CommunityId community, MemberId member, std::string_view place,
          std::string_view title, std::string_view body) {
    return tx.run(R"sql(
        UPDATE drafts SET title = $4, body = $5, updated_at = $6
         WHERE community_id = $1 AND member_id = $2 AND place = $3
    )sql",
                  community, member, place, title, body, tx.now()) > 0;
}

void insert(db::Tx& tx, CommunityId community, MemberId member, std::string_view place,
            std::string_view title, std::string_view body) {
    // Two tabs may save the same new draft at once: the later one wins.
    tx.run(R"sql(
        INSERT INTO drafts (community_id, member_id, place, title, body, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (community_id, member_id, place)
        DO UPDATE SET title = excluded.title, body = excluded.body, updated_at = excluded.updated_at
    )sql",
           community, member, place, title, body, tx.now());
}

std::int64_t count(db::Tx& tx, CommunityId community, MemberId member) {
    const auto row =
        tx.one("SELECT count(*) FROM drafts d WHERE d.community_id = $1 AND d.member_id = $2",
               community, member);
    return row->get<std::int64_t>(0);
}

void remove(db::Tx& tx, CommunityId community, MemberId member, std::string_view place) {
    tx.later("DELETE FROM drafts WHERE community_id = $1 AND member_id = $2 AND place = $3",
             community, member, place);
}

std::vector<Draft> all(db::Tx& tx, CommunityId community, MemberId member, std::int64_t limit) {
    return tx.all(draft_from, R"sql(
        SELECT d.place, d.title, d.body, d.updated_at
          FROM drafts d
         WHERE d.community_id = $1 AND d.member_id = $2
         ORDER BY d.updated_at DESC, d.place
         LIMIT $3
    )sql",
                  community, member, limit);
}

}  // namespace torv::drafts::store
