#include "features/devices/rules.hpp"

#include <doctest/doctest.h>

using namespace torv;
using namespace torv::devices;
using namespace std::chrono_literals;

namespace {

constexpr Instant kNow{1'795'255'200'000'000};

Waiting one(Kind kind, std::int64_t newest, std::int64_t oldest = 0) {
    return {.kind = kind, .newest = newest, .oldest = oldest ? oldest : newest, .at = kNow};
}

Turn turn_with(std::vector<Waiting> unread, std::int64_t told_until = 0) {
    Turn turn;
    turn.now = kNow;
    turn.told_until = told_until;
    turn.unread = std::move(unread);
    return turn;
}

}  // namespace

TEST_CASE("what is unread, wanted and new is told, and only that") {
    CHECK(decide(turn_with({})).reason == Reason::Nothing);
    const auto told = decide(turn_with({one(Kind::Mention, 9), one(Kind::Reply, 7)}, 8));
    CHECK(told.reason == Reason::Tell);
    CHECK(told.which == std::vector<std::size_t>{0});
    CHECK(told.until == 9);
    CHECK_FALSE(told.together);
    CHECK(decide(turn_with({one(Kind::Reaction, 9)})).reason == Reason::Nothing);
    auto old = turn_with({one(Kind::Mention, 9)});
    old.unread[0].at = kNow - 73h;
    CHECK(decide(old).reason == Reason::Nothing);
    auto chosen = turn_with({one(Kind::Reaction, 9), one(Kind::Mention, 8)});
    set_kinds(chosen.choice, "reaction");
    CHECK(decide(chosen).which == std::vector<std::size_t>{0});
}

TEST_CASE("talk that was told and not looked at is not told again; being named is") {
    CHECK(decide(turn_with({one(Kind::Answer, 9, 7)}, 7)).reason == Reason::Nothing);
    CHECK(decide(turn_with({one(Kind::Topic, 9, 7)}, 7)).reason == Reason::Nothing);
    CHECK(decide(turn_with({one(Kind::Answer, 9, 8)}, 7)).reason == Reason::Tell);
    CHECK(decide(turn_with({one(Kind::Reply, 9, 7)}, 7)).reason == Reason::Tell);
    CHECK(decide(turn_with({one(Kind::Mention, 9, 7)}, 7)).reason == Reason::Tell);
}

TEST_CASE("more than three become one") {
    const auto all = [](int count) {
        std::vector<Waiting> list;
        for (int i = 0; i < count; ++i) list.push_back(one(Kind::Reply, 9 - i));
        return decide(turn_with(std::move(list)));
    };
    CHECK_FALSE(all(3).together);
    CHECK(all(4).together);
    CHECK(all(4).until == 9);
}

TEST_CASE("quiet hours and a full week hold back, and say until when") {
    auto quiet = turn_with({one(Kind::Mention, 9)});
    quiet.quiet_until = kNow + 2h;
    CHECK(decide(quiet).reason == Reason::Quiet);
    CHECK(decide(quiet).again == kNow + 2h);

    auto full = turn_with({one(Kind::Mention, 9)});
    full.choice.weekly_limit = 2;
    full.sent = {kNow - 8 * 24h, kNow - 3 * 24h};
    CHECK(decide(full).reason == Reason::Tell);
    full.sent.push_back(kNow - 24h);
    CHECK(decide(full).reason == Reason::Limit);
    CHECK(decide(full).again == kNow + 4 * 24h);
    full.choice.weekly_limit = 0;
    CHECK(decide(full).reason == Reason::Limit);
}

TEST_CASE("a choice is kept as words") {
    Choice choice;
    CHECK(kinds_text(choice) ==
          "mention reply answer topic membership invitation request moderation message "
          "question reminder accepted circle");
    set_kinds(choice, "reply reaction singing");
    CHECK(kinds_text(choice) == "reply reaction");
    set_kinds(choice, "");
    CHECK(kinds_text(choice).empty());
}
