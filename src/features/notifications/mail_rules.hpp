#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/notifications/rules.hpp"
#include "platform/base/time.hpp"

/// What leaves the page, and when: pure functions over plain facts.
namespace torv::notifications {

/// How a kind of notice goes by mail; stored as its number.
enum class Channel { Never = 0, Daily = 1, Now = 2 };
std::string_view channel_name(Channel channel);  ///< "never", "daily", "now"
std::optional<Channel> channel_from(std::string_view name);

/// Minutes since midnight where the member lives; over midnight when `from` is the later one.
struct Quiet {
    int from = 0;
    int to = 0;
    bool operator==(const Quiet&) const = default;
};

struct Settings {
    std::array<Channel, kKinds> mail;  ///< by Kind
    std::optional<Quiet> quiet;
    int weekly_limit = kWeeklyDefault;  ///< mails in seven days
    static constexpr int kWeeklyDefault = 7;
    static constexpr int kWeeklyMost = 100;

    Settings();  ///< what is sane for who never chose: names and decisions soon, talk once a day
    Channel of(Kind kind) const { return mail[static_cast<std::size_t>(kind)]; }
    bool operator==(const Settings&) const = default;
};

/// A moment as the member's clock shows it.
struct Local {
    std::int64_t day = 0;  ///< since 1970
    int minute = 0;        ///< since midnight
};

/// What is known when a letter could go.
struct Turn {
    Instant now;
    Local local;                  ///< `now` where the member lives
    bool any_now = false;         ///< something waits that is to go at once
    bool any_daily = false;       ///< something waits for the daily letter
    std::int64_t last_daily = 0;  ///< the member's day on which the last letter went; 0: never
    std::vector<Instant> sent;    ///< letters before
    Settings settings;
};

enum class Reason { Send, Nothing, Quiet, Daily, Limit };
struct Decision {
    Reason reason = Reason::Nothing;
    Instant again;  ///< look again then, unless it is sent or there is nothing
    bool operator==(const Decision&) const = default;
};
/// Nothing waits: nothing. The week is full: when its oldest letter is seven days old. Quiet hours:
/// when they end. Only daily things: at eight in the morning, once a day. Else: send all of it.
Decision decide(const Turn& turn);

/// Is the minute within the hours?
bool within(const Quiet& quiet, int minute);

}  // namespace torv::notifications
