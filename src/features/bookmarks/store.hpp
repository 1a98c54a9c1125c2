#pragma once

#include "features/bookmarks/bookmarks.hpp"

/// All SQL of the slice.
namespace torv::bookmarks::store {

void put(db::Tx& tx, CommunityId community, MemberId member, const Bookmark& bookmark);
/// False when there was none.
bool drop(db::Tx& tx, CommunityId community, MemberId member, PostId post);
std::optional<Bookmark> find(db::Tx& tx, CommunityId community, MemberId member, PostId post);
std::int64_t count(db::Tx& tx, CommunityId community, MemberId member, int limit);
/// `readable`: spaces. The words come along also where `there` says no: not to be shown.
std::vector<Shown> list(db::Tx& tx, CommunityId community, MemberId member, const db::Ids& readable,
                        web::Keyset below, int limit);
/// The reminder of that moment has come; false when the bookmark does not want it any more.
bool remind(db::Tx& tx, CommunityId community, MemberId member, PostId post, Instant at);

}  // namespace torv::bookmarks::store
