#include <algorithm>

#include "features/circles/circles.hpp"
#include "features/conversations/conversations.hpp"
#include "features/members/members.hpp"
#include "features/notifications/audience.hpp"
#include "features/spaces/spaces.hpp"
#include "platform/json/json.hpp"

namespace torv::notifications {

namespace {

using activity::Activity;

MemberId member_in(const json::Value& payload, std::string_view name) {
    return MemberId::parse(payload[name].string_or("")).value_or(MemberId{});
}

/// What all events have.
Event event_from(const Activity& row) {
    return {.community = row.community,
            .position = row.position,
            .imported = row.origin == activity::Origin::Imported,
            .at = row.happened_at,
            .actor = row.actor,
            .space = row.space,
            .was_in = row.space};
}

Event event_about(const Activity& row, const store::Post& post) {
    Event event = event_from(row);
    event.space = post.space;
    event.topic = post.topic;
    event.post = PostId{row.subject_id};
    event.stream = post.stream;
    event.gone = post.gone;
    event.answered = post.answered;
    event.starter = post.starter;
    event.author = post.author;
    return event;
}

/// About a post, as it is now; nothing when there is none.
std::optional<Event> about_post(db::Tx& tx, const Activity& row) {
    const auto post = store::post(tx, row.community, PostId{row.subject_id});
    if (!post) return std::nullopt;
    return event_about(row, *post);
}

/// The topic a post was written in; it may have been carried to another since.
TopicId written_in(const json::Value& payload) {
    return TopicId::parse(payload["topic"].string_or("")).value_or(TopicId{});
}

/// Whoever was told is told the same when all is derived again: by where the post was written.
/// That it stands elsewhere now follows from what carried it.
void put_back(db::Tx& tx, Event& event, TopicId then) {
    const auto topic =
        then && then != event.topic ? store::topic(tx, event.community, then) : std::nullopt;
    if (!topic) return;
    event.topic = then;
    event.stream = topic->stream;
    event.starter = topic->author;
    event.what = What::Post;
}

/// To people known by name: `kind` and `why` are what it is to them.
Event told(const Activity& row, Kind kind, Why why, std::vector<MemberId> whom,
           std::string detail = {}) {
    Event event = event_from(row);
    event.what = What::Told;
    event.kind = kind;
    event.why = why;
    event.named = std::move(whom);
    event.detail = std::move(detail);
    return event;
}

/// To those who take part in a conversation. It lies in no space that anybody reads.
Event message(db::Tx& tx, const Activity& row, const Event& about) {
    Event event =
        told(row, Kind::Message, Why::Written,
             conversations::listeners(tx, row.community, about.topic, row.happened_at, row.actor));
    event.space = event.was_in = SpaceId{};
    event.topic = about.topic;
    event.post = about.post;
    event.gone = about.gone;
    return event;
}

std::optional<Event> posted(db::Tx& tx, const Activity& row, const json::Value& payload) {
    const auto post = store::post(tx, row.community, PostId{row.subject_id});
    if (!post) return std::nullopt;
    Event event = event_about(row, *post);
    if (post->direct) return message(tx, row, event);
    event.what = post->opening && !post->stream ? What::Opening : What::Post;
    put_back(tx, event, written_in(payload));
    for (const auto& one : payload["mentions"].items())
        if (const auto id = MemberId::parse(one.string_or(""))) event.named.push_back(*id);
    for (const auto& one : payload["tags"].items())
        if (const auto id = Id<struct TagTag>::parse(one.string_or("")))
            event.tags.values.push_back(id->value);
    return event;
}

/// Who is named by an edit and has not heard of the post before.
std::optional<Event> edited(db::Tx& tx, const Activity& row) {
    auto event = about_post(tx, row);
    if (!event || event->author != row.actor) return std::nullopt;
    event->named = store::mentions(tx, row.community, event->post);
    db::Ids ids;
    for (const MemberId member : event->named) ids.values.push_back(member.value);
    if (ids.values.empty()) return std::nullopt;
    const auto told =
        store::told_of_post(tx, row.community, event->topic, event->post, row.position, ids);
    std::erase_if(event->named,
                  [&](MemberId member) { return std::ranges::find(told, member) != told.end(); });
    event->only_named = true;
    return event;
}

std::optional<Event> reacted(db::Tx& tx, const Activity& row, const json::Value& payload) {
    auto event = about_post(tx, row);
    if (!event) return std::nullopt;
    event->what = What::Reaction;
    event->detail = payload["emoji"].string_or("");
    return event;
}

std::optional<Event> accepted(db::Tx& tx, const Activity& row) {
    auto event = about_post(tx, row);
    if (event) event->what = What::Accepted;
    return event;
}

std::optional<Event> moderated_post(db::Tx& tx, const Activity& row) {
    auto about = about_post(tx, row);
    if (!about || about->author == row.actor) return std::nullopt;
    Event event = told(row, Kind::Moderation, Why::You, {about->author}, row.kind);
    event.topic = about->topic;
    event.post = about->post;
    event.space = about->space;
    return event;
}

std::optional<Event> moderated_topic(db::Tx& tx, const Activity& row) {
    const auto topic = store::topic(tx, row.community, TopicId{row.subject_id});
    if (!topic || topic->author == row.actor) return std::nullopt;
    Event event = told(row, Kind::Moderation, Why::You, {topic->author}, row.kind);
    event.topic = TopicId{row.subject_id};
    event.space = topic->space;
    return event;
}

/// Those who let people into the community, or into a space.
std::vector<MemberId> deciders(db::Tx& tx, CommunityId community, SpaceId space) {
    std::vector<MemberId> list;
    for (const auto& face : members::with_role(tx, community, auth::Role::Admin))
        list.push_back(face.id);
    if (space)
        for (const MemberId one : spaces::moderators(tx, community, space)) list.push_back(one);
    return list;
}

std::optional<Event> about_member(db::Tx& tx, const Activity& row, const json::Value& payload) {
    const MemberId about{row.subject_id};
    if (row.kind == "member.role_changed")
        return told(row, Kind::Membership, Why::You, {about},
                    "role:" + payload["role"].string_or(""));
    if (row.kind == "member.let_in")
        return told(row, Kind::Membership, Why::You, {about}, "let_in");
    if (row.kind == "member.claimed") {
        Event event = told(row, Kind::Membership, Why::You, {about}, "claimed");
        event.actor = {};  // their own deed, told all the same
        return event;
    }
    if (row.kind == "member.asked")
        return told(row, Kind::Request, Why::Lead, deciders(tx, row.community, {}));
    return std::nullopt;
}

std::optional<Event> about_space(db::Tx& tx, const Activity& row, const json::Value& payload) {
    if (row.kind == "space.member_added")
        return told(row, Kind::Membership, Why::You, {member_in(payload, "member")}, "seat");
    if (row.kind == "space.asked")
        return told(row, Kind::Request, Why::Lead, deciders(tx, row.community, row.space), "space");
    return std::nullopt;
}

/// Whom the payload names; what a rule did has no actor. Who was put out by hand is not told.
std::optional<Event> about_circle(db::Tx& tx, const Activity& row, const json::Value& payload) {
    const circles::CircleId circle{row.subject_id};
    const auto tells = [&](std::string_view what) {
        std::vector<MemberId> members;
        for (const auto& one : payload["members"].items())
            if (const auto id = MemberId::parse(one.string_or(""))) members.push_back(*id);
        return told(row, Kind::Circle, Why::You, std::move(members),
                    std::string(what) + ":" + circle.text());
    };
    if (row.kind == "circle.asked")
        return told(row, Kind::Request, Why::Lead, circles::keepers(tx, row.community, circle),
                    "asked:" + circle.text());
    if (row.kind == "circle.member_added") return tells(row.actor ? "added" : "entered");
    if (row.kind == "circle.member_removed" && !row.actor) return tells("left");
    return std::nullopt;
}

/// The member's own deed of an earlier day. A conversation lies in no space that anybody reads;
/// who had left it then is not told.
std::optional<Event> reminded(db::Tx& tx, const Activity& row, const json::Value& payload) {
    const auto post = store::post(tx, row.community, PostId{row.subject_id});
    if (!post || post->gone) return std::nullopt;
    const MemberId member = member_in(payload, "member");
    Event event = told(row, Kind::Reminder, Why::Asked, {member});
    event.actor = {};
    event.topic = post->topic;
    event.post = PostId{row.subject_id};
    if (!post->direct) {
        event.space = event.was_in = post->space;
        return event;
    }
    const auto there =
        conversations::listeners(tx, row.community, post->topic, row.happened_at, {});
    if (std::ranges::find(there, member) == there.end()) return std::nullopt;
    return event;
}

/// What the member had written for later could not be posted.
Event not_posted(const Activity& row, const json::Value& payload) {
    Event event =
        told(row, Kind::Reminder, Why::Asked, {member_in(payload, "member")}, "not_posted");
    event.actor = {};  // nobody else's deed
    return event;
}

/// Those who lead where it was asked: written down when it was. They read it in a list of theirs,
/// not in the conversation.
Event asked(const Activity& row, const json::Value& payload) {
    std::vector<MemberId> leaders;
    for (const auto& one : payload["leaders"].items())
        if (const auto id = MemberId::parse(one.string_or(""))) leaders.push_back(*id);
    return told(row, Kind::Question, Why::Lead, std::move(leaders));
}

bool moderates_topic(std::string_view kind) {
    return kind == "topic.locked" || kind == "topic.unlocked" || kind == "topic.moved" ||
           kind == "topic.deleted" || kind == "topic.restored";
}

}  // namespace

std::optional<Event> event_of(db::Tx& tx, const Activity& row) {
    const auto parsed = json::parse(row.payload);
    const json::Value payload = parsed ? *parsed : json::Value{};
    if (row.kind == "post.created") return posted(tx, row, payload);
    if (row.kind == "reaction.added") return reacted(tx, row, payload);
    if (row.kind == "answer.accepted") return accepted(tx, row);
    if (row.kind == "post.edited") {
        if (auto moderated = moderated_post(tx, row)) return moderated;
        return edited(tx, row);
    }
    if (row.kind == "post.deleted" || row.kind == "post.restored") return moderated_post(tx, row);
    if (moderates_topic(row.kind)) return moderated_topic(tx, row);
    if (row.kind == "bookmark.due") return reminded(tx, row, payload);
    if (row.kind == "scheduled_post.failed") return not_posted(row, payload);
    if (row.kind == "leader_question.asked") return asked(row, payload);
    if (row.subject_kind == "member") return about_member(tx, row, payload);
    if (row.subject_kind == "space") return about_space(tx, row, payload);
    if (row.subject_kind == "circle") return about_circle(tx, row, payload);
    if (row.kind == "invitation.accepted")
        return told(row, Kind::Invitation, Why::You, {member_in(payload, "maker")});
    return std::nullopt;
}

}  // namespace torv::notifications
