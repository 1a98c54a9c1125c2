#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "platform/auth/auth.hpp"
#include "platform/base/ids.hpp"
#include "platform/base/time.hpp"
#include "platform/db/db.hpp"

namespace torv::web {
class Routes;
}

/// What moderators did, kept for good. Low in the house, so that every slice may write to it.
namespace torv::modlog {

using DeedId = Id<struct DeedTag>;

/// What it was done to: {"topic", id.value}.
struct Subject {
    std::string_view kind;
    std::int64_t id = 0;
};

/// Writes a deed in the transaction of the deed itself, here and in the audit log. `act` is in the
/// words of activity
/// ("topic.locked") and has a locale key "modlog.topic.locked"; `detail` is a JSON object of ids
/// and numbers.
void record(db::Tx& tx, const auth::Viewer& viewer, std::string_view act, Subject subject,
            SpaceId space = {}, std::string_view detail = "{}");

struct Deed {
    DeedId id;
    Instant at;
    MemberId actor;
    std::string act;
    std::string subject_kind;
    std::int64_t subject_id = 0;
    SpaceId space;
};

/// The newest deeds before `before` (0: from the newest on). Community moderators see those about
/// the whole community and about the spaces in `spaces`.
std::vector<Deed> deeds(db::Tx& tx, CommunityId community, const db::Ids& spaces, DeedId before,
                        int limit);

}  // namespace torv::modlog
