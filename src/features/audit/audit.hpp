#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "platform/auth/auth.hpp"
#include "platform/base/ids.hpp"
#include "platform/base/time.hpp"
#include "platform/db/db.hpp"

/// What decides over people and their rights, kept for good: who signed in, who gave which right,
/// who changed which setting. Ids only, so that an erased person is nobody here. Low in the house,
/// so that every slice may write to it.
///
/// The entries of a community are a chain: each carries the hash of the one before. A writer only
/// adds its row, in the transaction of the deed; `seal` puts what has come since at the end of the
/// chain, so that many writers never wait for one another.
namespace torv::audit {

using EntryId = Id<struct AuditEntryTag>;

/// What it was done to: {"member", id.value}.
struct Subject {
    std::string_view kind;
    std::int64_t id = 0;
};

struct Event {
    CommunityId community;
    AccountId account;      ///< who did it; 0: nobody who is known
    MemberId member;        ///< the same as a member of this community; 0: none
    std::string_view kind;  ///< "noun.verb_past": "token.made"; has a locale key "audit.token.made"
    Subject subject;
    std::string before = "{}";  ///< JSON objects of ids, numbers and our own words, never of
    std::string after = "{}";   ///< what a person wrote
};

/// Writes the entry in the transaction of the deed itself; it is sealed soon after the commit.
void record(db::Tx& tx, const Event& event);
/// The same for what the viewer did.
void record(db::Tx& tx, const auth::Viewer& viewer, std::string_view kind, Subject subject,
            std::string before = "{}", std::string after = "{}");
/// `{"name":"value"}`, for before and after.
std::string fact(std::string_view name, std::int64_t value);
std::string fact(std::string_view name, std::string_view value);

inline constexpr std::string_view kWritten = "audit.written";  ///< channel of the bus
/// Puts what has come since into the chains; gives how many. Any number may run at once.
int seal(db::Db& db);

struct Entry {
    EntryId id;
    std::int64_t position = 0;  ///< in the chain: 1, 2, 3 …; 0: not sealed yet
    Instant at;
    AccountId account;
    MemberId member;
    std::string kind;
    std::string subject_kind;
    std::int64_t subject_id = 0;
    std::string before;
    std::string after;
    std::string hash;  ///< SHA-256 as hex over this entry and the hash before; empty: not sealed
};

/// The newest entries before `before` (0: from the newest on), of one noun ("token") or all ("").
std::vector<Entry> entries(db::Tx& tx, CommunityId community, std::string_view noun, EntryId before,
                           int limit);
/// The nouns there are, in the order of the filter.
const std::vector<std::string_view>& nouns();

/// Walks every chain, for `torv check`: what was changed, taken out or put in between.
std::vector<std::string> check(db::Db& db);

}  // namespace torv::audit
