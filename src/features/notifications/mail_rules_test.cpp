#include "features/notifications/mail_rules.hpp"

#include <doctest/doctest.h>

using namespace torv;
using namespace torv::notifications;

namespace {

constexpr Instant kNow{1795255200000000};
constexpr std::int64_t kMinute = 60'000'000;

Instant in(int minutes) { return {kNow.us + minutes * kMinute}; }
Instant ago(int hours) { return {kNow.us - hours * 60 * kMinute}; }

struct Case {
    const char* says;
    Turn turn;
    Decision decision;
};

Turn at(int hour, bool any_now, bool any_daily) {
    return {.now = kNow,
            .local = {.day = 100, .minute = hour * 60},
            .any_now = any_now,
            .any_daily = any_daily};
}

Turn with(Turn turn, std::vector<Instant> sent, int limit) {
    turn.sent = std::move(sent);
    turn.settings.weekly_limit = limit;
    return turn;
}

Turn last(Turn turn, std::int64_t day) {
    turn.last_daily = day;
    return turn;
}

Turn never_quiet(Turn turn) {
    turn.settings.quiet.reset();
    return turn;
}

}  // namespace

TEST_CASE("when a letter goes, and until when it waits") {
    const Case table[] = {
        {"nothing waits", at(12, false, false), {Reason::Nothing, {}}},
        {"something urgent by day", at(12, true, false), {Reason::Send, {}}},
        {"urgent and daily go together", at(12, true, true), {Reason::Send, {}}},
        {"urgent at night waits for seven", at(23, true, false), {Reason::Quiet, in(8 * 60)}},
        {"urgent after midnight", at(3, true, false), {Reason::Quiet, in(4 * 60)}},
        {"urgent at seven sharp", at(7, true, false), {Reason::Send, {}}},
        {"urgent at night, never quiet", never_quiet(at(23, true, false)), {Reason::Send, {}}},
        {"daily after eight, none yet today", at(9, false, true), {Reason::Send, {}}},
        {"daily before eight", never_quiet(at(6, false, true)), {Reason::Daily, in(2 * 60)}},
        {"daily, one went today", last(at(9, false, true), 100), {Reason::Daily, in(23 * 60)}},
        {"daily, one went yesterday", last(at(9, false, true), 99), {Reason::Send, {}}},
        {"the week has room", with(at(12, true, false), {ago(24)}, 2), {Reason::Send, {}}},
        {"the week is full",
         with(at(12, true, false), {ago(24), ago(48)}, 2),
         {Reason::Limit, Instant{ago(48).us + 7 * 24 * 60 * kMinute}}},
        {"what is older than a week does not count",
         with(at(12, true, false), {ago(200), ago(24)}, 2),
         {Reason::Send, {}}},
        {"no letters at all", with(at(12, true, false), {}, 0), {Reason::Limit, in(7 * 24 * 60)}},
    };
    for (const Case& one : table) {
        CAPTURE(one.says);
        CHECK(decide(one.turn) == one.decision);
    }
}

TEST_CASE("quiet hours may lie over midnight, and may be none") {
    const Quiet night{.from = 22 * 60, .to = 7 * 60};
    CHECK(within(night, 23 * 60));
    CHECK(within(night, 0));
    CHECK_FALSE(within(night, 7 * 60));
    const Quiet noon{.from = 12 * 60, .to = 13 * 60};
    CHECK(within(noon, 12 * 60 + 30));
    CHECK_FALSE(within(noon, 13 * 60));
    CHECK_FALSE(within({.from = 60, .to = 60}, 60));
}

TEST_CASE("who never chose hears soon what names them, and of talk once a day") {
    const Settings settings;
    CHECK(settings.of(Kind::Mention) == Channel::Now);
    CHECK(settings.of(Kind::Moderation) == Channel::Now);
    CHECK(settings.of(Kind::Answer) == Channel::Daily);
    CHECK(settings.of(Kind::Reaction) == Channel::Never);
    for (const Channel channel : {Channel::Never, Channel::Daily, Channel::Now})
        CHECK(channel_from(channel_name(channel)) == channel);
}
