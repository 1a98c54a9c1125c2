#include "features/notifications/rules.hpp"

#include <array>

#include "platform/base/ids.hpp"

namespace torv::notifications {

namespace {

constexpr std::array<std::string_view, kKinds> kKindNames{
    "mention", "reply",      "answer",  "reaction", "topic",    "membership", "invitation",
    "request", "moderation", "message", "question", "reminder", "accepted",   "circle"};
constexpr std::array<std::string_view, 11> kWhyNames{
    "named", "your_post", "your_topic", "wrote", "follow_topic", "follow_space",
    "you",   "lead",      "written",    "asked", "follow_tag"};
constexpr std::array<std::string_view, 3> kLevelNames{"muted", "normal", "watching"};

bool muted(const std::optional<Chosen>& chosen) { return chosen && chosen->level == Level::Muted; }

bool watching(const std::optional<Chosen>& chosen) {
    return chosen && chosen->level == Level::Watching;
}

/// Of what is said in a topic, to those whom it does not name.
std::optional<Verdict> overheard(const Facts& facts) {
    if (watching(facts.topic))
        return Verdict{Kind::Answer, facts.topic->own ? Why::FollowTopic : Why::Wrote};
    if (facts.stream && watching(facts.space)) return Verdict{Kind::Answer, Why::FollowSpace};
    if (facts.your_topic && !facts.stream && !facts.topic)
        return Verdict{Kind::Answer, Why::YourTopic};
    if (facts.tag_followed) return Verdict{Kind::Answer, Why::FollowTag};
    return std::nullopt;
}

}  // namespace

std::string_view kind_name(Kind kind) { return kKindNames[static_cast<std::size_t>(kind)]; }

std::int64_t circle_in(std::string_view detail) {
    const auto colon = detail.find(':');
    if (colon == std::string_view::npos) return 0;
    const auto id = Id<struct AnyTag>::parse(detail.substr(colon + 1));
    return id ? id->value : 0;
}

std::string_view why_name(Why why) { return kWhyNames[static_cast<std::size_t>(why)]; }

std::string_view level_name(Level level) { return kLevelNames[static_cast<std::size_t>(level)]; }

std::optional<Level> level_from(std::string_view name) {
    for (std::size_t i = 0; i < kLevelNames.size(); ++i)
        if (kLevelNames[i] == name) return static_cast<Level>(i);
    return std::nullopt;
}

std::optional<Verdict> judge(const Facts& facts) {
    if (facts.imported || facts.own_deed || !facts.active || !facts.may_read) return std::nullopt;
    const bool talk = facts.what != What::Told || facts.message;
    if (talk && facts.blocked) return std::nullopt;
    if (facts.message && (facts.actor_muted || muted(facts.topic))) return std::nullopt;
    if (facts.what == What::Told)
        return facts.told ? std::optional(Verdict{Kind::Membership, Why::You}) : std::nullopt;
    if (facts.actor_muted || muted(facts.topic)) return std::nullopt;

    if (facts.what == What::Reaction)
        return facts.your_post ? std::optional(Verdict{Kind::Reaction, Why::YourPost})
                               : std::nullopt;
    if (facts.what == What::Accepted)
        return facts.your_post ? std::optional(Verdict{Kind::Accepted, Why::YourPost})
                               : std::nullopt;
    if (facts.mentioned) return Verdict{Kind::Mention, Why::Named};
    if (facts.answers_you) return Verdict{Kind::Reply, Why::YourPost};
    // A muted space is silent but for what names the member and the topics they follow by hand.
    if (muted(facts.space) && !(watching(facts.topic) && facts.topic->own)) return std::nullopt;
    if (facts.what != What::Opening) return overheard(facts);
    if (watching(facts.space)) return Verdict{Kind::Topic, Why::FollowSpace};
    if (facts.tag_followed) return Verdict{Kind::Topic, Why::FollowTag};
    return std::nullopt;
}

}  // namespace torv::notifications
