#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "platform/base/time.hpp"

/// When something comes that was asked for by the clock on the wall. Pure.
namespace torv::scheduling {

/// A moment on the clocks of some zone.
struct Wall {
    std::int64_t day = 0;  ///< since 1970
    int second = 0;        ///< since midnight

    auto operator<=>(const Wall&) const = default;
};
/// "2026-11-30T08:00" or "2026-11-30T08:00:30"; nothing for what is none.
std::optional<Wall> wall_from(std::string_view typed);
std::string text(const Wall& wall);  ///< with the seconds

/// A rule as it is kept: an RRULE of RFC 5545 by days, weeks, months or years. Nothing for what is
/// no such rule.
std::optional<std::string> rule_from(std::string_view typed);

/// What people choose from: "daily", "weekdays", "weekly", "fortnightly", "monthly" (by the day of
/// the month, and its last day where it is shorter), "monthly_weekday" (the third Tuesday),
/// "yearly".
inline constexpr std::string_view kChoices[] = {
    "daily", "weekdays", "weekly", "fortnightly", "monthly", "monthly_weekday", "yearly"};
/// The rule of a choice, for something that begins then; empty for another word.
std::string rule_for(std::string_view choice, const Wall& start);
/// The choice that gave this rule; empty when none did.
std::string_view choice_of(std::string_view rule, const Wall& start);

/// The first moment after `after` of something that begins at `start` in the zone and comes by the
/// rule (empty: once). 0: there is none. Where clocks skip the time, an hour later.
Instant next(const Wall& start, std::string_view rule, std::string_view zone, Instant after);

}  // namespace torv::scheduling
