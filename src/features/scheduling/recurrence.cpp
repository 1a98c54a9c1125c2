#include "features/scheduling/recurrence.hpp"

#include <libical/ical.h>

#include <algorithm>
#include <chrono>
#include <memory>

#include "platform/base/text.hpp"
#include "platform/i18n/i18n.hpp"

namespace torv::scheduling {

namespace {

constexpr std::size_t kRuleMax = 200;  // bytes
constexpr int kMostSteps = 20'000;     // fifty years of days
constexpr std::string_view kWeekdays[] = {"SU", "MO", "TU", "WE", "TH", "FR", "SA"};

std::chrono::year_month_day date_of(const Wall& wall) {
    return std::chrono::sys_days(std::chrono::days(wall.day));
}

std::string digits(int number, std::size_t width) {
    std::string text = std::to_string(number);
    return std::string(width - std::min(width, text.size()), '0') + text;
}

icaltimetype time_of(const Wall& wall) {
    const auto date = date_of(wall);
    icaltimetype time = icaltime_null_time();
    time.year = static_cast<int>(date.year());
    time.month = static_cast<int>(static_cast<unsigned>(date.month()));
    time.day = static_cast<int>(static_cast<unsigned>(date.day()));
    time.hour = wall.second / 3600;
    time.minute = wall.second / 60 % 60;
    time.second = wall.second % 60;
    return time;
}

Wall wall_of(const icaltimetype& time) {
    const std::chrono::year_month_day date{std::chrono::year(time.year),
                                           std::chrono::month(static_cast<unsigned>(time.month)),
                                           std::chrono::day(static_cast<unsigned>(time.day))};
    return {.day = std::chrono::sys_days(date).time_since_epoch().count(),
            .second = time.hour * 3600 + time.minute * 60 + time.second};
}

/// By days or longer, at one time of the day.
std::optional<icalrecurrencetype> parsed(const std::string& text) {
    icalerror_set_errors_are_fatal(0);
    const icalrecurrencetype rule = icalrecurrencetype_from_string(text.c_str());
    const bool long_enough =
        rule.freq == ICAL_DAILY_RECURRENCE || rule.freq == ICAL_WEEKLY_RECURRENCE ||
        rule.freq == ICAL_MONTHLY_RECURRENCE || rule.freq == ICAL_YEARLY_RECURRENCE;
    const bool one_time = rule.by_second[0] == ICAL_RECURRENCE_ARRAY_MAX &&
                          rule.by_minute[0] == ICAL_RECURRENCE_ARRAY_MAX &&
                          rule.by_hour[0] == ICAL_RECURRENCE_ARRAY_MAX;
    if (!long_enough || !one_time) return std::nullopt;
    return rule;
}

struct Walk {
    explicit Walk(const icalrecurrencetype& rule, const Wall& start)
        : steps_(icalrecur_iterator_new(rule, time_of(start)), icalrecur_iterator_free) {}
    std::optional<Wall> next() {
        if (!steps_) return std::nullopt;
        const icaltimetype time = icalrecur_iterator_next(steps_.get());
        if (icaltime_is_null_time(time)) return std::nullopt;
        return wall_of(time);
    }

private:
    std::unique_ptr<icalrecur_iterator, void (*)(icalrecur_iterator*)> steps_;
};

/// Every month on this day; the last one where the month is too short for it.
std::string monthly(unsigned day) {
    if (day <= 28) return "FREQ=MONTHLY;BYMONTHDAY=" + std::to_string(day);
    std::string days = "28";
    for (unsigned each = 29; each <= day; ++each) days += "," + std::to_string(each);
    return "FREQ=MONTHLY;BYMONTHDAY=" + days + ";BYSETPOS=-1";
}

}  // namespace

std::optional<Wall> wall_from(std::string_view typed) {
    if (typed.size() != 16 && typed.size() != 19) return std::nullopt;
    const bool seconds = typed.size() == 19;
    if (typed[4] != '-' || typed[7] != '-' || typed[10] != 'T' || typed[13] != ':' ||
        (seconds && typed[16] != ':'))
        return std::nullopt;
    const auto part = [&](std::size_t from, std::size_t length) {
        return parse_int<int>(typed.substr(from, length)).value_or(-1);
    };
    const int hour = part(11, 2), minute = part(14, 2), second = seconds ? part(17, 2) : 0;
    const std::chrono::year_month_day date{std::chrono::year(part(0, 4)),
                                           std::chrono::month(static_cast<unsigned>(part(5, 2))),
                                           std::chrono::day(static_cast<unsigned>(part(8, 2)))};
    const bool time =
        hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 59;
    if (!date.ok() || !time || part(0, 4) < 1970) return std::nullopt;
    return Wall{.day = std::chrono::sys_days(date).time_since_epoch().count(),
                .second = hour * 3600 + minute * 60 + second};
}

std::string text(const Wall& wall) {
    const icaltimetype time = time_of(wall);
    return digits(time.year, 4) + "-" + digits(time.month, 2) + "-" + digits(time.day, 2) + "T" +
           digits(time.hour, 2) + ":" + digits(time.minute, 2) + ":" + digits(time.second, 2);
}

std::optional<std::string> rule_from(std::string_view typed) {
    std::string text(trimmed(typed));
    if (text.starts_with("RRULE:")) text.erase(0, 6);
    if (text.empty() || text.size() > kRuleMax) return std::nullopt;
    // libical reads on where something follows that is no rule.
    const auto strange = [](char c) {
        return !((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                 std::string_view("=;,-+").contains(c));
    };
    // Other calendars than ours (RFC 7529) are not offered, and slow.
    for (const std::string_view word : {"RSCALE", "SKIP"})
        if (text.contains(word)) return std::nullopt;
    if (std::ranges::any_of(text, strange) || !parsed(text)) return std::nullopt;
    return text;
}

std::string rule_for(std::string_view choice, const Wall& start) {
    const auto date = date_of(start);
    const auto day = static_cast<unsigned>(date.day());
    const auto month = static_cast<unsigned>(date.month());
    if (choice == "daily") return "FREQ=DAILY";
    if (choice == "weekdays") return "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR";
    if (choice == "weekly") return "FREQ=WEEKLY";
    if (choice == "fortnightly") return "FREQ=WEEKLY;INTERVAL=2";
    if (choice == "monthly") return monthly(day);
    if (choice == "monthly_weekday") {
        const std::chrono::weekday weekday{std::chrono::sys_days(date)};
        // The fifth one is the last one: many months have four.
        const std::string place = day > 28 ? "-1" : std::to_string((day + 6) / 7);
        return "FREQ=MONTHLY;BYDAY=" + place + std::string(kWeekdays[weekday.c_encoding()]);
    }
    if (choice == "yearly")
        return month == 2 && day == 29 ? "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1" : "FREQ=YEARLY";
    return {};
}

std::string_view choice_of(std::string_view rule, const Wall& start) {
    if (rule.empty()) return {};
    for (const std::string_view choice : kChoices)
        if (rule_for(choice, start) == rule) return choice;
    return {};
}

Instant next(const Wall& start, std::string_view rule, std::string_view zone, Instant after) {
    const i18n::Dates dates("en", zone);
    const auto moment = [&](const Wall& wall) {
        return dates.moment(wall.day, wall.second / 60) + std::chrono::seconds(wall.second % 60);
    };
    if (rule.empty()) {
        const Instant once = moment(start);
        return once > after ? once : Instant{};
    }
    const auto known = parsed(std::string(rule));
    if (!known) return {};
    Walk walk(*known, start);
    for (int step = 0; step < kMostSteps; ++step) {
        const auto wall = walk.next();
        if (!wall) return {};
        if (const Instant at = moment(*wall); *wall >= start && at > after) return at;
    }
    return {};
}

}  // namespace torv::scheduling
