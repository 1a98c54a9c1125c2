#include "platform/web/store.hpp"

namespace torv::web::store {

std::optional<KnownRequest> known_request(db::Tx& tx, CommunityId community, AccountId account,
                                          std::string_view route, std::string_view key) {
    const auto row = tx.one(R"sql(
        SELECT result_id, body_hash
          FROM request_results
         WHERE community_id = $1 AND account_id = $2 AND route = $3 AND request_key = $4
    )sql",
                            community, account, route, key);
    if (!row) return std::nullopt;
    return KnownRequest{.result = row->get<std::int64_t>(0), .body_hash = row->get<std::string>(1)};
}

void keep_request(db::Tx& tx, CommunityId community, AccountId account, std::string_view route,
                  std::string_view key, std::string_view body_hash, std::int64_t result) {
    // No ON CONFLICT: when two requests with one key run at once on PostgreSQL, the later one waits
    // at its commit, fails and is run again, and then finds the first one's result.
    tx.later(R"sql(
        INSERT INTO request_results (community_id, account_id, route, request_key, body_hash, result_id, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
    )sql",
             community, account, route, key, body_hash, result, tx.now());
}

std::int64_t forget_requests(db::Tx& tx, Instant before) {
    return tx.run("DELETE FROM request_results WHERE community_id > 0 AND created_at < $1", before);
}

std::optional<std::string> fact(db::Tx& tx, std::string_view name) {
    const auto row = tx.one("SELECT value FROM installation WHERE name = $1", name);
    if (!row) return std::nullopt;
    return row->get<std::string>(0);
}

std::string keep_fact(db::Tx& tx, std::string_view name, std::string_view value) {
    tx.run("INSERT INTO installation (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
           name, value);
    return fact(tx, name).value();
}

}  // namespace torv::web::store
