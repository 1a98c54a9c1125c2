#pragma once

#include <string>
#include <vector>

#include "platform/base/ids.hpp"
#include "platform/base/time.hpp"
#include "platform/db/db.hpp"
#include "platform/web/keyset.hpp"

namespace torv::feeds::store {

/// A post and its place in a list that has the newest first.
struct Placed {
    web::Keyset place;
    PostId post;
};

/// Opening posts of a space, by when their topics began.
std::vector<Placed> begun(db::Tx& tx, CommunityId community, SpaceId space, web::Keyset below,
                          int limit);
/// Messages of the stream of a chat.
std::vector<Placed> said(db::Tx& tx, CommunityId community, SpaceId space, web::Keyset below,
                         int limit);
/// What a member wrote in these spaces, among the `among` posts of theirs that come next: what they
/// write elsewhere costs nobody time.
std::vector<Placed> written_by(db::Tx& tx, CommunityId community, MemberId author,
                               const db::Ids& spaces, web::Keyset below, int limit, int among);

struct Entry {
    PostId post;
    TopicId topic;
    SpaceId space;
    MemberId author;
    std::string title;  ///< of its topic; empty in a chat
    std::string html;
    std::string excerpt;
    Instant created_at;
    Instant edited_at;  ///< 0: never
    bool opening = false;

    Instant updated_at() const { return edited_at ? edited_at : created_at; }
};
/// Those of these posts that are in these spaces and not gone, in the order of the ids given.
std::vector<Entry> entries(db::Tx& tx, CommunityId community, const db::Ids& spaces,
                           const std::vector<PostId>& posts);

}  // namespace torv::feeds::store
