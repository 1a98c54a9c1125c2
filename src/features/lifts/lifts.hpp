#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "platform/base/ids.hpp"
#include "platform/base/time.hpp"
#include "platform/db/db.hpp"

namespace torv::html {
class Out;
}
namespace torv::web {
class Context;
}

/// Posts that were carried from one topic into another: the record of it, and the lines in which
/// pages tell of it. Who may is asked in features/lifting.
namespace torv::lifts {

using LiftId = Id<struct LiftTag>;

struct Lift {
    LiftId id;
    TopicId from;
    TopicId to;
    bool made = false;  ///< `to` was made for these posts
    MemberId by;
    Instant at;
    std::int64_t count = 0;  ///< posts
    Instant first_at;        ///< created_at of the first of them: where the note stands
    PostId first;
    Instant undone_at;  ///< 0: it holds
};

/// Keeps a lift and its posts; gives its id.
LiftId keep(db::Tx& tx, CommunityId community, const Lift& lift, const std::vector<PostId>& posts);
/// One that holds or was undone, its row kept until the end of the transaction.
std::optional<Lift> locked(db::Tx& tx, CommunityId community, LiftId id);
std::optional<Lift> find(db::Tx& tx, CommunityId community, LiftId id);
std::vector<PostId> posts(db::Tx& tx, CommunityId community, LiftId id);
void undo(db::Tx& tx, CommunityId community, LiftId id, MemberId by);

/// Lifts that hold out of a topic, whose first post was written from `since` until before `until`,
/// in the order of their places; at most 50.
std::vector<Lift> out_of(db::Tx& tx, CommunityId community, TopicId from, Instant since,
                         Instant until);
/// Lifts that hold into a topic, oldest first; at most 5.
std::vector<Lift> into(db::Tx& tx, CommunityId community, TopicId to);

// ── as pages show them ──

struct Line {
    Lift lift;
    std::string by;     ///< name of who lifted
    std::string place;  ///< title of the topic, or name of the space; empty: not to be seen here
    std::string path;   ///< of it
    bool may_undo = false;
};
/// `<li>` that stands in a stream where the posts stood.
void note(html::Out& out, const web::Context& ctx, const Line& line);
/// Under the head of the topic.
void origin(html::Out& out, const web::Context& ctx, const Line& line);

}  // namespace torv::lifts
