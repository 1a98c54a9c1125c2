#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/members/members.hpp"

namespace torv::members::store {

std::optional<Member> by_id(db::Tx&, CommunityId, MemberId);
std::vector<Member> by_ids(db::Tx&, CommunityId, const db::Ids&);
/// Holds the row until the transaction ends.
std::optional<Member> locked(db::Tx&, CommunityId, MemberId);
std::optional<Member> by_account(db::Tx&, CommunityId, AccountId);
/// What every request asks for: without bio and reason, and when they came and went.
std::optional<Member> without_texts(db::Tx&, CommunityId, AccountId);
std::optional<Member> by_handle(db::Tx&, CommunityId, std::string_view handle);
std::unordered_map<MemberId, Face> faces(db::Tx&, CommunityId, const db::Ids&);
/// As written → the face behind it.
std::unordered_map<std::string, Face> by_handles(db::Tx&, CommunityId, const db::Texts&);
MemberId by_source(db::Tx&, CommunityId, std::string_view source, std::string_view source_key);
std::vector<Face> with_role(db::Tx&, CommunityId, Role at_least);
/// The active owners; their rows are held.
std::vector<MemberId> locked_owners(db::Tx&, CommunityId);

/// After whom a page begins.
struct After {
    std::string key;
    std::int64_t number = 0;
    MemberId id;
};
struct Wanted {
    State state = State::Active;
    int role = -1;        ///< exactly this one; -1: any
    std::string pattern;  ///< of LIKE, over search_key
    int limit = 40;
};
std::vector<Member> page_by_name(db::Tx&, CommunityId, const Wanted&, const After&);
std::vector<Member> page_by_newest(db::Tx&, CommunityId, const Wanted&, const After&);
/// What the page's cursor is made of.
std::string name_key(db::Tx&, CommunityId, MemberId);

/// What is worked out from a name for sorting and finding.
struct Keys {
    std::string sort;
    std::string search;
};
/// False when the account has a row here already.
bool insert(db::Tx&, const Member&, const Keys&, std::int64_t invitation);
void set_profile(db::Tx&, const Member&, const Keys&);
void set_avatar(db::Tx&, CommunityId, MemberId, std::string_view url);
void set_state(db::Tx&, CommunityId, MemberId, State);
void set_role(db::Tx&, CommunityId, MemberId, Role);
/// Active, with a new time of joining.
void let_in(db::Tx&, CommunityId, MemberId, std::int64_t rules_version);
void give_account(db::Tx&, const Member&, const Keys&);
void set_rules_version(db::Tx&, CommunityId, MemberId, std::int64_t version);
void remove_row(db::Tx&, CommunityId, MemberId);

/// False when it is or was somebody else's.
bool take_handle(db::Tx&, CommunityId, std::string_view handle, MemberId);
std::optional<MemberId> handle_owner(db::Tx&, CommunityId, std::string_view handle);
void set_handle(db::Tx&, CommunityId, MemberId, std::string_view handle, std::string_view search);
/// False when this source and key were there already.
bool insert_source(db::Tx&, CommunityId, std::string_view source, std::string_view source_key,
                   MemberId);
/// Communities of an account, as active member.
std::vector<CommunityId> communities_of(db::Tx&, AccountId);

}  // namespace torv::members::store
