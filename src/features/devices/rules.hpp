#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/notifications/notifications.hpp"
#include "platform/base/time.hpp"

/// What is told on devices, and when: pure functions over plain facts.
namespace torv::devices {

using notifications::Kind;

/// What a member wants to hear on devices.
struct Choice {
    std::array<bool, notifications::kKinds> kinds;  ///< by Kind
    int weekly_limit = kWeeklyDefault;              ///< notifications in seven days
    static constexpr int kWeeklyDefault = 50;
    static constexpr int kWeeklyMost = 500;

    Choice();  ///< what is sane for who never chose: all but reactions
    bool wants(Kind kind) const { return kinds[static_cast<std::size_t>(kind)]; }
    bool operator==(const Choice&) const = default;
};
/// "mention reply", and back; unknown words are passed over.
std::string kinds_text(const Choice& choice);
void set_kinds(Choice& choice, std::string_view text);

/// Talk that one follows, other than what names one.
bool is_talk(Kind kind);

/// An unread bundle, as the rule sees it.
struct Waiting {
    Kind kind{};
    std::int64_t newest = 0, oldest = 0;  ///< positions
    Instant at;
};

/// What is known when something could be told.
struct Turn {
    Instant now;
    std::optional<Instant> quiet_until;  ///< quiet hours are now
    std::int64_t told_until = 0;         ///< position of the newest notice that was told
    std::vector<Instant> sent;           ///< notifications before
    Choice choice;
    std::vector<Waiting> unread;  ///< newest first
};

enum class Reason { Tell, Nothing, Quiet, Limit };
struct Decision {
    Reason reason = Reason::Nothing;
    Instant again;                   ///< look again then: Quiet, Limit
    std::vector<std::size_t> which;  ///< of `unread`: Tell
    bool together = false;           ///< too many to be told one by one
    std::int64_t until = 0;          ///< what is told by this
};
/// Nothing is wanted and new: nothing. The week is full: when its oldest one is seven days old.
/// Quiet hours: when they end. Else all of it, one by one up to three.
Decision decide(const Turn& turn);

}  // namespace torv::devices
