#pragma once

#include <string>
#include <string_view>

#include "features/members/store.hpp"

/// What is worked out from names: order, search, handles.
namespace torv::members {

/// `language` is the community's.
store::Keys keys_of(std::string_view language, std::string_view name, std::string_view handle);
/// Takes a handle for a new member: the wish, else one made from the name, else one with a number.
std::string take_some_handle(db::Tx&, CommunityId, MemberId, std::string_view wished,
                             std::string_view name);
/// True for handles that would be taken for something else.
bool is_reserved(std::string_view handle);

}  // namespace torv::members
