#pragma once

#include <optional>
#include <string>

#include "platform/db/db.hpp"

namespace torv::web::store {

struct KnownRequest {
    std::int64_t result = 0;
    std::string body_hash;
};

/// What a request with this key gave before, if it was answered.
std::optional<KnownRequest> known_request(db::Tx&, CommunityId, AccountId, std::string_view route,
                                          std::string_view key);
void keep_request(db::Tx&, CommunityId, AccountId, std::string_view route, std::string_view key,
                  std::string_view body_hash, std::int64_t result);
/// Forgets keys older than `before` in every community: a job of each day.
std::int64_t forget_requests(db::Tx&, Instant before);

/// A fact of the installation by its name.
std::optional<std::string> fact(db::Tx&, std::string_view name);
/// Keeps the fact unless it is there; gives what is kept.
std::string keep_fact(db::Tx&, std::string_view name, std::string_view value);

}  // namespace torv::web::store
