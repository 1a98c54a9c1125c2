#include "features/notifications/rules.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace torv::notifications;

namespace {

const Chosen kMuted{Level::Muted, true};
const Chosen kNormal{Level::Normal, true};
const Chosen kFollowed{Level::Watching, true};
const Chosen kWrote{Level::Watching, false};

struct Case {
    const char* says;
    Facts facts;
    std::optional<Verdict> verdict;
};

/// What is said, with nothing muted.
std::vector<Case> talk() {
    return {
        {"a post is nothing to a passer-by", {}, {}},
        {"a mention", {.mentioned = true}, Verdict{Kind::Mention, Why::Named}},
        {"a reply", {.answers_you = true}, Verdict{Kind::Reply, Why::YourPost}},
        {"a mention in a reply is a mention",
         {.mentioned = true, .answers_you = true},
         Verdict{Kind::Mention, Why::Named}},
        {"a post in one's topic", {.your_topic = true}, Verdict{Kind::Answer, Why::YourTopic}},
        {"a post where one wrote", {.topic = kWrote}, Verdict{Kind::Answer, Why::Wrote}},
        {"a post where one follows", {.topic = kFollowed}, Verdict{Kind::Answer, Why::FollowTopic}},
        {"one's topic that one wants as usual", {.your_topic = true, .topic = kNormal}, {}},
        {"a space followed is its new topics, not each reply", {.space = kFollowed}, {}},
        {"a new topic in a followed space",
         {.what = What::Opening, .space = kFollowed},
         Verdict{Kind::Topic, Why::FollowSpace}},
        {"a new topic elsewhere", {.what = What::Opening}, {}},
        {"a new topic that names one",
         {.what = What::Opening, .mentioned = true},
         Verdict{Kind::Mention, Why::Named}},
        {"a message in a followed chat",
         {.stream = true, .space = kFollowed},
         Verdict{Kind::Answer, Why::FollowSpace}},
        {"a message in a chat that one opened", {.your_topic = true, .stream = true}, {}},
        {"a reaction to one's post",
         {.what = What::Reaction, .your_post = true},
         Verdict{Kind::Reaction, Why::YourPost}},
        {"a reaction to another's post", {.what = What::Reaction, .topic = kFollowed}, {}},
    };
}

/// What keeps a notice away, and what goes through all the same.
std::vector<Case> barred() {
    return {
        {"a muted topic is silent, even by name", {.mentioned = true, .topic = kMuted}, {}},
        {"a muted topic, a reply", {.answers_you = true, .topic = kMuted}, {}},
        {"a muted topic, a reaction",
         {.what = What::Reaction, .your_post = true, .topic = kMuted},
         {}},
        {"a muted space leaves what names one",
         {.mentioned = true, .space = kMuted},
         Verdict{Kind::Mention, Why::Named}},
        {"a muted space leaves replies",
         {.answers_you = true, .space = kMuted},
         Verdict{Kind::Reply, Why::YourPost}},
        {"a muted space silences where one only wrote", {.topic = kWrote, .space = kMuted}, {}},
        {"a topic followed by hand speaks in a muted space",
         {.topic = kFollowed, .space = kMuted},
         Verdict{Kind::Answer, Why::FollowTopic}},
        {"a muted space, a new topic", {.what = What::Opening, .space = kMuted}, {}},
        {"a muted space, one's own topic", {.your_topic = true, .space = kMuted}, {}},
        {"a muted person", {.mentioned = true, .actor_muted = true}, {}},
        {"a muted person's reaction",
         {.what = What::Reaction, .your_post = true, .actor_muted = true},
         {}},
        {"what is for one by name",
         {.what = What::Told, .told = true},
         Verdict{Kind::Membership, Why::You}},
        {"what is for another by name", {.what = What::Told}, {}},
        {"a moderator's deed is owed, muted or not",
         {.what = What::Told, .told = true, .topic = kMuted, .actor_muted = true},
         Verdict{Kind::Membership, Why::You}},
        {"a message is told like a deed, but can be silenced",
         {.what = What::Told, .told = true, .message = true},
         Verdict{Kind::Membership, Why::You}},
        {"a muted conversation",
         {.what = What::Told, .told = true, .message = true, .topic = kMuted},
         {}},
        {"a message of a muted person",
         {.what = What::Told, .told = true, .message = true, .actor_muted = true},
         {}},
        {"a message of somebody one blocked",
         {.what = What::Told, .told = true, .message = true, .blocked = true},
         {}},
        {"somebody one blocked names one", {.mentioned = true, .blocked = true}, {}},
        {"somebody one blocked begins a topic",
         {.what = What::Opening, .blocked = true, .space = kFollowed},
         {}},
        {"a moderator's deed is owed, blocked or not",
         {.what = What::Told, .told = true, .blocked = true},
         Verdict{Kind::Membership, Why::You}},
        {"one's own deed", {.own_deed = true, .mentioned = true, .your_topic = true}, {}},
        {"an imported row", {.imported = true, .mentioned = true}, {}},
        {"somebody who left", {.active = false, .mentioned = true}, {}},
        {"somebody who may not read it", {.may_read = false, .mentioned = true}, {}},
        {"by name, but not readable", {.what = What::Told, .may_read = false, .told = true}, {}},
    };
}

/// What names a tag that the member follows.
std::vector<Case> tagged() {
    return {
        {"a post that names a followed tag",
         {.tag_followed = true},
         Verdict{Kind::Answer, Why::FollowTag}},
        {"a new topic that names a followed tag",
         {.what = What::Opening, .tag_followed = true},
         Verdict{Kind::Topic, Why::FollowTag}},
        {"a followed tag in a chat",
         {.stream = true, .tag_followed = true},
         Verdict{Kind::Answer, Why::FollowTag}},
        {"a followed tag in a topic where one wrote is an answer there",
         {.topic = kWrote, .tag_followed = true},
         Verdict{Kind::Answer, Why::Wrote}},
        {"a followed tag does not speak in a muted space",
         {.space = kMuted, .tag_followed = true},
         {}},
        {"nor in a muted topic", {.topic = kMuted, .tag_followed = true}, {}},
        {"nor in what one may not read", {.may_read = false, .tag_followed = true}, {}},
    };
}

void check(const std::vector<Case>& table) {
    for (const Case& one : table) {
        CAPTURE(one.says);
        CHECK(judge(one.facts) == one.verdict);
    }
}

}  // namespace

TEST_CASE("who is told of what, and why") {
    check(talk());
    check(barred());
    check(tagged());
}

TEST_CASE("levels have names, and no others") {
    for (const Level level : {Level::Muted, Level::Normal, Level::Watching})
        CHECK(level_from(level_name(level)) == level);
    CHECK_FALSE(level_from("loud"));
}
