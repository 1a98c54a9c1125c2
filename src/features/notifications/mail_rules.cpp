#include "features/notifications/mail_rules.hpp"

#include <algorithm>
#include <array>

namespace torv::notifications {

namespace {

using namespace std::chrono_literals;

constexpr int kDay = 24 * 60;
constexpr int kMorning = 8 * 60;  // the daily letter, where the member lives
constexpr microseconds kWeek = 7 * 24h;
constexpr std::array<std::string_view, 3> kNames{"never", "daily", "now"};

/// Until that minute of the day comes next.
microseconds until(int minute, int now) {
    const int ahead = ((minute - now) % kDay + kDay) % kDay;
    return std::chrono::minutes(ahead == 0 ? kDay : ahead);
}

/// When the oldest of as many letters as the week has room for is a week old; nothing: there is
/// room.
std::optional<Instant> room_at(const Turn& turn) {
    std::vector<Instant> week;
    for (const Instant at : turn.sent)
        if (at > turn.now - kWeek) week.push_back(at);
    const auto most = static_cast<std::size_t>(std::max(turn.settings.weekly_limit, 0));
    if (week.size() < most) return std::nullopt;
    if (most == 0) return turn.now + kWeek;
    std::sort(week.begin(), week.end());
    return week[week.size() - most] + kWeek;
}

}  // namespace

std::string_view channel_name(Channel channel) { return kNames[static_cast<std::size_t>(channel)]; }

std::optional<Channel> channel_from(std::string_view name) {
    for (std::size_t i = 0; i < kNames.size(); ++i)
        if (kNames[i] == name) return static_cast<Channel>(i);
    return std::nullopt;
}

Settings::Settings() {
    mail.fill(Channel::Now);
    mail[static_cast<std::size_t>(Kind::Answer)] = Channel::Daily;
    mail[static_cast<std::size_t>(Kind::Topic)] = Channel::Daily;
    mail[static_cast<std::size_t>(Kind::Reaction)] = Channel::Never;
    mail[static_cast<std::size_t>(Kind::Invitation)] = Channel::Daily;
    quiet = Quiet{.from = 22 * 60, .to = 7 * 60};
}

bool within(const Quiet& quiet, int minute) {
    if (quiet.from <= quiet.to) return minute >= quiet.from && minute < quiet.to;
    return minute >= quiet.from || minute < quiet.to;
}

Decision decide(const Turn& turn) {
    if (!turn.any_now && !turn.any_daily) return {};
    if (const auto room = room_at(turn)) return {.reason = Reason::Limit, .again = *room};
    const int minute = turn.local.minute;
    if (turn.settings.quiet && within(*turn.settings.quiet, minute))
        return {.reason = Reason::Quiet,
                .again = turn.now + until(turn.settings.quiet->to, minute)};
    if (turn.any_now) return {.reason = Reason::Send, .again = {}};
    if (minute < kMorning || turn.last_daily >= turn.local.day)
        return {.reason = Reason::Daily, .again = turn.now + until(kMorning, minute)};
    return {.reason = Reason::Send, .again = {}};
}

}  // namespace torv::notifications
