#include "features/notifications/views.hpp"

namespace torv::notifications {

namespace {

std::string membership(const i18n::Words& t, const std::string& detail, std::string_view space) {
    if (detail == "claimed") return std::string(t("notifications.claimed"));
    if (detail == "let_in") return std::string(t("notifications.let_in"));
    if (detail == "seat") return t("notifications.seat", {{"space", space}});
    if (detail == "role:moderator") return std::string(t("notifications.role_moderator"));
    if (detail == "role:admin") return std::string(t("notifications.role_admin"));
    if (detail == "role:owner") return std::string(t("notifications.role_owner"));
    return std::string(t("notifications.role_member"));
}

std::string moderation(const i18n::Words& t, const std::string& act, std::string_view title) {
    const auto says = [&](std::string_view key) { return t(key, {{"title", title}}); };
    if (act == "post.edited") return says("notifications.post_edited");
    if (act == "post.deleted") return says("notifications.post_deleted");
    if (act == "post.restored") return says("notifications.post_restored");
    if (act == "topic.locked") return says("notifications.topic_locked");
    if (act == "topic.unlocked") return says("notifications.topic_unlocked");
    if (act == "topic.moved") return says("notifications.topic_moved");
    if (act == "topic.deleted") return says("notifications.topic_deleted");
    return says("notifications.topic_restored");
}

std::string circle(const i18n::Words& t, const std::string& detail, std::string_view name) {
    const auto says = [&](std::string_view key) { return t(key, {{"circle", name}}); };
    if (detail.starts_with("added")) return says("notifications.circle_added");
    if (detail.starts_with("entered")) return says("notifications.circle_entered");
    return says("notifications.circle_left");
}

std::string joined(const std::vector<std::string>& emoji) {
    std::string text;
    for (std::size_t i = 0; i < emoji.size() && i < 4; ++i) text += (i ? " " : "") + emoji[i];
    return text;
}

}  // namespace

std::string who(const i18n::Words& t, const Bundle& bundle, const members::Faces& faces) {
    const auto name = [&](std::size_t i) { return faces[bundle.actors[i]].name; };
    const std::size_t many = bundle.actors.size();
    if (many == 0) return std::string(t("notifications.somebody"));
    if (many == 1) return name(0);
    if (many == 2) return t("notifications.two", {{"first", name(0)}, {"second", name(1)}});
    return t("notifications.more", static_cast<std::int64_t>(many) - 1, {{"first", name(0)}});
}

std::string deed(const i18n::Words& t, const Line& line, const spaces::Access* space) {
    const auto& [newest, actors, emoji, count, oldest, unread] = line.bundle;
    const std::string_view in = space ? std::string_view(space->name) : std::string_view{};
    switch (newest.kind) {
        case Kind::Mention: return t("notifications.mention", {{"title", line.title}});
        case Kind::Reply: return t("notifications.reply", count, {{"title", line.title}});
        case Kind::Answer:
            return t(line.stream ? "notifications.message" : "notifications.answer", count,
                     {{"title", line.title}});
        case Kind::Reaction:
            return t("notifications.reaction", {{"emoji", joined(emoji)}, {"title", line.title}});
        case Kind::Topic:
            return t("notifications.topic", count, {{"title", line.title}, {"space", in}});
        case Kind::Membership: return membership(t, newest.detail, in);
        case Kind::Invitation: return t("notifications.invitation", count);
        case Kind::Request:
            if (circle_in(newest.detail))
                return t("notifications.request_circle", {{"circle", line.title}});
            return space ? t("notifications.request_space", {{"space", in}})
                         : std::string(t("notifications.request"));
        case Kind::Question: return t("notifications.question", count);
        case Kind::Reminder:
            if (newest.detail == "not_posted") return std::string(t("notifications.not_posted"));
            return line.title.empty() ? std::string(t("notifications.reminder_post"))
                                      : t("notifications.reminder", {{"title", line.title}});
        case Kind::Accepted: return t("notifications.accepted", {{"title", line.title}});
        case Kind::Circle: return circle(t, newest.detail, line.title);
        case Kind::Moderation: return moderation(t, newest.detail, line.title);
        case Kind::Message:
            return line.title.empty() ? t("notifications.wrote_to_you", count)
                                      : t("notifications.wrote_in", count, {{"title", line.title}});
    }
    return {};
}

bool nobody_did(const Bundle& bundle) {
    const Kind kind = bundle.newest.kind;
    const bool own = kind == Kind::Membership || kind == Kind::Reminder || kind == Kind::Circle;
    return own && bundle.actors.empty();
}

std::string sentence(const i18n::Words& t, const Page& page, const Line& line) {
    const auto& item = line.bundle.newest;
    const spaces::Access* space = item.space ? page.readable.find(item.space) : nullptr;
    return (nobody_did(line.bundle) ? "" : who(t, line.bundle, page.faces) + " ") +
           deed(t, line, space);
}

std::span<const Kind> kinds_by_weight() {
    static constexpr Kind kAll[] = {
        Kind::Message,    Kind::Mention,  Kind::Reply,      Kind::Answer,  Kind::Accepted,
        Kind::Topic,      Kind::Reaction, Kind::Membership, Kind::Circle,  Kind::Moderation,
        Kind::Invitation, Kind::Request,  Kind::Question,   Kind::Reminder};
    static_assert(std::size(kAll) == kKinds);
    return kAll;
}

bool for_leaders(Kind kind) { return kind == Kind::Request || kind == Kind::Question; }

std::string_view kind_words(const i18n::Words& t, Kind kind) {
    switch (kind) {
        case Kind::Mention: return t("notifications.kind_mention");
        case Kind::Reply: return t("notifications.kind_reply");
        case Kind::Answer: return t("notifications.kind_answer");
        case Kind::Reaction: return t("notifications.kind_reaction");
        case Kind::Topic: return t("notifications.kind_topic");
        case Kind::Membership: return t("notifications.kind_membership");
        case Kind::Invitation: return t("notifications.kind_invitation");
        case Kind::Request: return t("notifications.kind_request");
        case Kind::Question: return t("notifications.kind_question");
        case Kind::Reminder: return t("notifications.kind_reminder");
        case Kind::Accepted: return t("notifications.kind_accepted");
        case Kind::Circle: return t("notifications.kind_circle");
        case Kind::Moderation: return t("notifications.kind_moderation");
        case Kind::Message: return t("notifications.kind_message");
    }
    return {};
}

std::string_view reason(const i18n::Words& t, Why why) {
    switch (why) {
        case Why::Named: return t("notifications.why_named");
        case Why::YourPost: return t("notifications.why_your_post");
        case Why::YourTopic: return t("notifications.why_your_topic");
        case Why::Wrote: return t("notifications.why_wrote");
        case Why::FollowTopic: return t("notifications.why_follow_topic");
        case Why::FollowSpace: return t("notifications.why_follow_space");
        case Why::FollowTag: return t("notifications.why_follow_tag");
        case Why::You: return t("notifications.why_you");
        case Why::Lead: return t("notifications.why_lead");
        case Why::Written: return t("notifications.why_written");
        case Why::Asked: return t("notifications.why_asked");
    }
    return {};
}

}  // namespace torv::notifications
