#include "features/scheduling/recurrence.hpp"

#include <doctest/doctest.h>

#include <vector>

namespace torv::scheduling {

namespace {

constexpr std::string_view kHome = "Europe/Copenhagen";

Wall wall(std::string_view typed) { return wall_from(typed).value(); }
Instant utc(std::string_view typed) { return Instant::parse_rfc3339(typed).value(); }

/// The first moments as RFC 3339, each after the one before.
std::vector<std::string> moments(std::string_view start, std::string_view rule, int many,
                                 std::string_view zone = kHome) {
    std::vector<std::string> found;
    Instant after{1};
    for (int n = 0; n < many; ++n) {
        after = next(wall(start), rule, zone, after);
        if (!after) break;
        found.push_back(after.rfc3339());
    }
    return found;
}

using Moments = std::vector<std::string>;

}  // namespace

TEST_CASE("what is typed is a moment on a clock, or nothing") {
    CHECK(text(wall("2026-11-30T08:00")) == "2026-11-30T08:00:00");
    CHECK(text(wall("2026-02-28T23:59:58")) == "2026-02-28T23:59:58");
    for (const auto* wrong :
         {"", "2026-11-30", "2026-11-31T08:00", "2026-11-30T24:00", "2026-11-30 08:00",
          "2026-11-30T08:60", "2026-1a-30T08:00", "1969-11-30T08:00", "2026-11-30T08:00Z"})
        CHECK_MESSAGE(!wall_from(wrong), wrong);
}

TEST_CASE("eight o'clock stays eight o'clock when clocks are changed") {
    CHECK(moments("2027-03-26T08:00", "FREQ=DAILY", 3) ==
          Moments{"2027-03-26T07:00:00Z", "2027-03-27T07:00:00Z", "2027-03-28T06:00:00Z"});
    CHECK(moments("2026-10-24T08:00", "FREQ=DAILY", 2) ==
          Moments{"2026-10-24T06:00:00Z", "2026-10-25T07:00:00Z"});
    CHECK(moments("2027-03-26T08:00", "FREQ=DAILY", 3, "UTC").back() == "2027-03-28T08:00:00Z");
}

TEST_CASE("an hour that is skipped comes an hour later, one that comes twice once") {
    CHECK(moments("2027-03-27T02:30", "FREQ=DAILY", 3) ==
          Moments{"2027-03-27T01:30:00Z", "2027-03-28T01:30:00Z", "2027-03-29T00:30:00Z"});
    CHECK(moments("2026-10-24T02:30", "FREQ=DAILY", 3).size() == 3);
    CHECK(moments("2026-10-24T02:30", "FREQ=DAILY", 3)[2] == "2026-10-26T01:30:00Z");
}

TEST_CASE("once is once") {
    CHECK(moments("2026-11-30T08:00", "", 3) == Moments{"2026-11-30T07:00:00Z"});
    CHECK(next(wall("2026-11-30T08:00"), "", kHome, utc("2026-11-30T07:00:00Z")) == Instant{});
}

TEST_CASE("what people choose from comes when they think") {
    const auto chosen = [](std::string_view choice, std::string_view start, int many) {
        return moments(start, rule_for(choice, wall(start)), many, "UTC");
    };
    CHECK(chosen("weekdays", "2026-11-27T09:00", 3) ==  // a Friday
          Moments{"2026-11-27T09:00:00Z", "2026-11-30T09:00:00Z", "2026-12-01T09:00:00Z"});
    CHECK(chosen("weekdays", "2026-11-28T09:00", 1) == Moments{"2026-11-30T09:00:00Z"});
    CHECK(chosen("weekly", "2026-11-28T09:00", 2) ==
          Moments{"2026-11-28T09:00:00Z", "2026-12-05T09:00:00Z"});
    CHECK(chosen("fortnightly", "2026-12-28T09:00", 2) ==
          Moments{"2026-12-28T09:00:00Z", "2027-01-11T09:00:00Z"});
    CHECK(chosen("monthly", "2027-01-31T09:00", 3) ==
          Moments{"2027-01-31T09:00:00Z", "2027-02-28T09:00:00Z", "2027-03-31T09:00:00Z"});
    CHECK(chosen("monthly", "2027-01-15T09:00", 2) ==
          Moments{"2027-01-15T09:00:00Z", "2027-02-15T09:00:00Z"});
    CHECK(chosen("monthly_weekday", "2026-11-17T09:00", 2) ==  // the third Tuesday
          Moments{"2026-11-17T09:00:00Z", "2026-12-15T09:00:00Z"});
    CHECK(chosen("monthly_weekday", "2026-11-30T09:00", 2) ==  // the last Monday
          Moments{"2026-11-30T09:00:00Z", "2026-12-28T09:00:00Z"});
    CHECK(chosen("yearly", "2028-02-29T09:00", 2) ==
          Moments{"2028-02-29T09:00:00Z", "2029-02-28T09:00:00Z"});
    for (const auto choice : kChoices)
        CHECK(choice_of(rule_for(choice, wall("2027-01-31T09:00")), wall("2027-01-31T09:00")) ==
              choice);
}

TEST_CASE("rules of RFC 5545 are taken, by days and longer") {
    CHECK(moments("2026-12-01T09:00", "FREQ=MONTHLY;BYDAY=-1FR;COUNT=2", 5, "UTC") ==
          Moments{"2026-12-25T09:00:00Z", "2027-01-29T09:00:00Z"});
    CHECK(moments("2026-12-01T09:00", "FREQ=DAILY;UNTIL=20261203T235959", 9, "UTC").size() == 3);
    CHECK(rule_from(" RRULE:FREQ=WEEKLY;BYDAY=MO ") == "FREQ=WEEKLY;BYDAY=MO");
    for (const auto* wrong : {"", "weekly", "FREQ=MINUTELY", "FREQ=HOURLY", "FREQ=DAILY;BYHOUR=8,9",
                              "FREQ=", "FREQ=DAILY\nDTSTART:20200101", "freq=daily; drop",
                              "BYDAY=MO", "FREQ=DAILY;BYDAY=XX"})
        CHECK_MESSAGE(!rule_from(wrong), wrong);
    CHECK(!rule_from(std::string(500, '1')));
}

TEST_CASE("a rule that never comes ends the search") {
    CHECK(moments("2026-12-01T09:00", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", 1, "UTC").empty());
}

}  // namespace torv::scheduling
