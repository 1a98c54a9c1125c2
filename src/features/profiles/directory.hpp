#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "features/members/members.hpp"
#include "features/profiles/profiles.hpp"

/// Members, listed by name or by when they came, and found by what they show to members.
namespace torv::profiles {

struct Wanted {
    std::string search;  ///< beginnings of words of name or handle
    members::Order order = members::Order::Name;
    std::optional<auth::Role> role;                   ///< exactly this one
    std::vector<std::pair<Kind, std::string>> holds;  ///< all of these, as typed
    std::string after;                                ///< cursor from the page before
    int limit = 40;                                   ///< at most 100

    bool narrow() const { return !search.empty() || role || !holds.empty(); }
};
/// Active members; what only the viewer sees of themselves counts for nothing. At most three
/// statements. Fault: Malformed "web.bad_cursor".
Result<members::Page> find(db::Tx& tx, CommunityId community, const Wanted& wanted);

/// A line of what each shows to members, for cards: where they are and what they can. One
/// statement.
std::unordered_map<MemberId, std::string> told(db::Tx& tx, CommunityId community,
                                               const std::vector<members::Member>& page);

/// What an active member shows, held most often, first; at most 30. One statement.
std::vector<std::string> offered(db::Tx& tx, CommunityId community, Kind kind);

/// The name of a filter in an address: "skill" for skills.
std::string_view filter_name(Kind kind);
/// "/members?skill=sourdough"
std::string holders_path(Kind kind, std::string_view value);

}  // namespace torv::profiles
