#include "features/devices/rules.hpp"

#include <algorithm>

#include "platform/base/text.hpp"

namespace torv::devices {

namespace {

using namespace std::chrono_literals;

constexpr microseconds kWeek = 7 * 24h;
constexpr microseconds kOldest = 3 * 24h;  // what is older is no news on a lock screen
constexpr std::size_t kOneByOne = 3;

/// When the oldest of as many as the week has room for is a week old; nothing: there is room.
std::optional<Instant> room_at(const Turn& turn) {
    std::vector<Instant> week;
    for (const Instant at : turn.sent)
        if (at > turn.now - kWeek) week.push_back(at);
    const auto most = static_cast<std::size_t>(std::max(turn.choice.weekly_limit, 0));
    if (week.size() < most) return std::nullopt;
    if (most == 0) return turn.now + kWeek;
    std::sort(week.begin(), week.end());
    return week[week.size() - most] + kWeek;
}

bool is_new(const Turn& turn, const Waiting& one) {
    if (!turn.choice.wants(one.kind) || one.newest <= turn.told_until) return false;
    if (one.at <= turn.now - kOldest) return false;
    // Talk that was told and not looked at goes on without us.
    return !is_talk(one.kind) || one.oldest > turn.told_until;
}

}  // namespace

Choice::Choice() {
    kinds.fill(true);
    kinds[static_cast<std::size_t>(Kind::Reaction)] = false;
}

std::string kinds_text(const Choice& choice) {
    std::string text;
    for (int i = 0; i < notifications::kKinds; ++i) {
        const Kind kind = static_cast<Kind>(i);
        if (choice.wants(kind))
            text += (text.empty() ? "" : " ") + std::string(notifications::kind_name(kind));
    }
    return text;
}

void set_kinds(Choice& choice, std::string_view text) {
    const auto words = split(text, ' ');
    for (int i = 0; i < notifications::kKinds; ++i)
        choice.kinds[static_cast<std::size_t>(i)] =
            std::ranges::find(words, notifications::kind_name(static_cast<Kind>(i))) != words.end();
}

bool is_talk(Kind kind) {
    return kind == Kind::Answer || kind == Kind::Topic || kind == Kind::Reaction;
}

Decision decide(const Turn& turn) {
    Decision decision;
    for (std::size_t i = 0; i < turn.unread.size(); ++i) {
        if (!is_new(turn, turn.unread[i])) continue;
        decision.which.push_back(i);
        decision.until = std::max(decision.until, turn.unread[i].newest);
    }
    if (decision.which.empty()) return {};
    if (const auto room = room_at(turn)) return {.reason = Reason::Limit, .again = *room};
    if (turn.quiet_until) return {.reason = Reason::Quiet, .again = *turn.quiet_until};
    decision.reason = Reason::Tell;
    decision.together = decision.which.size() > kOneByOne;
    return decision;
}

}  // namespace torv::devices
