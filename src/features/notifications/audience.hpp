#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/notifications/store.hpp"
#include "platform/activity/activity.hpp"

/// Whom an activity concerns.
namespace torv::notifications {

/// An activity as the rules see it.
struct Event {
    What what = What::Post;
    CommunityId community;
    std::int64_t position = 0;
    bool imported = false;
    Instant at;
    MemberId actor;
    SpaceId space;   ///< where it is now: who may read it
    SpaceId was_in;  ///< where it happened: who followed it
    TopicId topic;
    PostId post;
    db::Ids tags;  ///< that it names and somebody follows
    bool stream = false;
    bool gone = false;            ///< what it speaks of is deleted by now
    MemberId answered;            ///< whose post is answered
    MemberId starter;             ///< of the topic
    MemberId author;              ///< of the post reacted to, or accepted
    std::vector<MemberId> named;  ///< mentioned; with What::Told: whom this is for
    Kind kind{};                  ///< with What::Told
    Why why{};
    std::string detail;
    bool only_named = false;  ///< an edit: nobody else hears of it
};

/// Nothing for what is no notice to anybody.
std::optional<Event> event_of(db::Tx& tx, const activity::Activity& row);

/// Somebody who is told.
struct Told {
    MemberId member;
    Verdict verdict;
    bool read = false;  ///< has read the place already
};
/// Some of those who are told. Who is named comes with the first batch (`after` 0), who follows in
/// the order of the members' ids.
struct Batch {
    std::vector<Told> told;
    MemberId last;      ///< where the next batch begins
    bool more = false;  ///< there is a next one
};
Batch audience(db::Tx& tx, const Event& event, MemberId after, int limit);

}  // namespace torv::notifications
