#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/notifications/mail_rules.hpp"
#include "platform/base/ids.hpp"
#include "platform/db/db.hpp"

/// All SQL about notices by mail.
namespace torv::notifications::store {

/// What the member chose, or what is sane for who never did.
Settings settings(db::Tx& tx, CommunityId community, MemberId member);
void save_settings(db::Tx& tx, CommunityId community, MemberId member, const Settings& settings);

/// Something waits for the member; looked at soon, or as before when that is sooner.
void queue(db::Tx& tx, CommunityId community, MemberId member, std::int64_t position, Instant due);

struct Waiting {
    MemberId member;
    std::int64_t position = 0;
    Instant since;
    bool held = false;
    std::optional<Instant> due_at;
    std::int64_t mailed_until = 0;
    std::int64_t daily_on = 0;
    std::vector<Instant> sent;
};
/// Whose turn it is, those who wait longest first; locked until the end of the transaction, passing
/// over what another node has locked.
std::vector<Waiting> due(db::Tx& tx, CommunityId community, int limit);
std::optional<Waiting> waiting(db::Tx& tx, CommunityId community, MemberId member);
/// Looks again then; nothing: when something new waits.
void postpone(db::Tx& tx, CommunityId community, MemberId member, std::optional<Instant> until,
              bool held);
/// A mail has told everything up to this position.
void sent(db::Tx& tx, CommunityId community, const Waiting& before, std::int64_t position,
          std::int64_t day);

}  // namespace torv::notifications::store
