#include "features/conversations/conversations.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "features/blocks/blocks.hpp"
#include "features/conversations/store.hpp"
#include "features/members/members.hpp"
#include "platform/activity/activity.hpp"
#include "platform/json/json.hpp"

namespace torv::conversations {

namespace {

constexpr std::array<std::string_view, 3> kWho{"everybody", "known", "leaders"};

std::unexpected<Error> not_found() { return fail(Fault::NotFound, "conversations.not_found"); }
std::unexpected<Error> not_taken() { return fail(Fault::Forbidden, "conversations.not_taken"); }

bool reads(const Seat& seat) { return seat.state == State::In || seat.state == State::Asked; }
/// As the others see it: they are not told that somebody declined.
bool there(const Seat& seat) { return seat.state != State::Left; }

/// With the topic as subject, so that open pages of it look again who may follow.
void announce(db::Tx& tx, const auth::Viewer& viewer, std::string_view kind, TopicId topic,
              MemberId member) {
    json::Writer payload;
    payload.object().field("member", member).end();
    activity::announce(tx, {.community = viewer.community,
                            .kind = kind,
                            .actor = viewer.id,
                            .subject = {"topic", topic.value},
                            .payload = payload.take()});
}

/// What keeps the viewer from writing to this member at all; the same answer for every reason of
/// theirs.
Done open_to(db::Tx& tx, const auth::Viewer& viewer, const members::Face& other) {
    if (!viewer.is_member()) return fail(Fault::Forbidden, "web.members_only");
    const auto around = blocks::around(tx, viewer);
    if (around.hides(other.id)) return fail(Fault::Forbidden, "conversations.you_block");
    if (other.state != members::State::Active || around.hidden_from(other.id)) return not_taken();
    if (viewer.may_moderate()) return Unit{};
    if (who(tx, viewer.community, other.id) == Who::Leaders) return not_taken();
    return Unit{};
}

Done may_say_to(db::Tx& tx, const auth::Viewer& viewer, const Conversation& one) {
    for (const Seat& seat : one.seats) {
        if (seat.member == viewer.id) continue;
        const auto faces = members::names(tx, viewer.community, {seat.member});
        TRY(open_to(tx, viewer, faces[seat.member]));
    }
    return Unit{};
}

}  // namespace

std::string_view who_name(Who who) { return kWho[static_cast<std::size_t>(who)]; }

std::optional<Who> who_from(std::string_view name) {
    for (std::size_t i = 0; i < kWho.size(); ++i)
        if (kWho[i] == name) return static_cast<Who>(i);
    return std::nullopt;
}

const Seat* Conversation::seat_of(MemberId member) const {
    const auto found = std::ranges::find(seats, member, &Seat::member);
    return found == seats.end() ? nullptr : &*found;
}

std::vector<MemberId> Conversation::others(MemberId viewer) const {
    std::vector<MemberId> list;
    for (const Seat& seat : seats)
        if (there(seat) && seat.member != viewer) list.push_back(seat.member);
    return list;
}

Result<Conversation> find(db::Tx& tx, const auth::Viewer& viewer, TopicId id) {
    if (!viewer.is_member()) return not_found();
    auto one = store::find(tx, viewer.community, id);
    const Seat* own = one ? one->seat_of(viewer.id) : nullptr;
    if (!own || !reads(*own)) return not_found();
    return *std::move(one);
}

std::optional<Conversation> of_pair(db::Tx& tx, CommunityId community, MemberId one,
                                    MemberId other) {
    const auto id = store::of_pair(tx, community, std::min(one, other), std::max(one, other));
    if (!id) return std::nullopt;
    return store::find(tx, community, *id);
}

std::unordered_map<TopicId, std::vector<Seat>> seats(db::Tx& tx, CommunityId community,
                                                     const std::vector<TopicId>& topics) {
    db::Ids ids;
    for (const TopicId topic : topics) ids.values.push_back(topic.value);
    auto found = store::seats(tx, community, ids);
    for (auto& [topic, list] : found)
        std::erase_if(list, [](const Seat& seat) { return !there(seat); });
    return found;
}

Result<State> welcome(db::Tx& tx, const auth::Viewer& viewer, const members::Face& other) {
    TRY(open_to(tx, viewer, other));
    if (viewer.may_moderate()) return State::In;
    if (store::met(tx, viewer.community, viewer.id, other.id)) return State::In;
    if (who(tx, viewer.community, other.id) == Who::Known) return not_taken();
    return State::Asked;
}

Done may_say(db::Tx& tx, const auth::Viewer& viewer, TopicId id) {
    const Conversation one = TRY(find(tx, viewer, id));
    if (one.kind == Kind::Pair) TRY(may_say_to(tx, viewer, one));
    const bool heard = std::ranges::any_of(one.seats, [&](const Seat& seat) {
        return seat.member != viewer.id && seat.state == State::In;
    });
    const bool asks = std::ranges::any_of(one.seats, [&](const Seat& seat) {
        return seat.member != viewer.id &&
               (seat.state == State::Asked || seat.state == State::Declined);
    });
    if (heard || !asks) return Unit{};
    if (store::said_up_to(tx, viewer.community, id, kMessagesUnanswered) == kMessagesUnanswered)
        return fail(Fault::Forbidden, "conversations.wait");
    return Unit{};
}

void said(db::Tx& tx, const auth::Viewer& viewer, TopicId id) {
    store::set_state(tx, viewer.community, id, viewer.id, State::In);
    store::touch(tx, viewer.community, id);
    store::note_answer(tx, viewer.community, id, viewer.id);
    store::note_changes(tx, viewer.community, id);
}

void hold_pair(db::Tx& tx, CommunityId community, MemberId one, MemberId other) {
    store::hold(tx, community, std::min(one, other));
}

void take_seat(db::Tx& tx, const auth::Viewer& viewer, TopicId id) {
    store::set_state(tx, viewer.community, id, viewer.id, State::In);
}

void enter(db::Tx& tx, const auth::Viewer& viewer, TopicId id) {
    store::put_seat(tx, viewer.community, id, {.member = viewer.id});
    store::note_change(tx, viewer.community, viewer.id);
    announce(tx, viewer, "conversation.added", id, viewer.id);
}

void vacate(db::Tx& tx, const auth::Viewer& viewer, TopicId id, MemberId member) {
    if (store::set_state(tx, viewer.community, id, member, State::Left))
        announce(tx, viewer, "conversation.left", id, member);
}

void make(db::Tx& tx, const auth::Viewer& viewer, const Making& making) {
    MemberId low, high;
    if (making.kind == Kind::Pair) {
        low = std::min(making.seats[0].member, making.seats[1].member);
        high = std::max(making.seats[0].member, making.seats[1].member);
    }
    store::insert(tx, viewer.community, viewer.id, making, low, high);
    for (const Seat& seat : making.seats) store::put_seat(tx, viewer.community, making.topic, seat);
}

std::int64_t begun_since(db::Tx& tx, const auth::Viewer& viewer, Instant since) {
    return store::begun_since(tx, viewer.community, viewer.id, since);
}

Done accept(db::Tx& tx, const auth::Viewer& viewer, TopicId id) {
    TRY(find(tx, viewer, id));
    if (!store::set_state(tx, viewer.community, id, viewer.id, State::In)) return Unit{};
    store::note_change(tx, viewer.community, viewer.id);
    announce(tx, viewer, "conversation.joined", id, viewer.id);
    return Unit{};
}

Done decline(db::Tx& tx, const auth::Viewer& viewer, TopicId id) {
    const Conversation one = TRY(find(tx, viewer, id));
    if (one.seat_of(viewer.id)->state != State::Asked) return not_found();
    store::set_state(tx, viewer.community, id, viewer.id, State::Declined);
    store::note_change(tx, viewer.community, viewer.id);
    announce(tx, viewer, "conversation.declined", id, viewer.id);
    return Unit{};
}

Done leave(db::Tx& tx, const auth::Viewer& viewer, TopicId id) {
    const Conversation one = TRY(find(tx, viewer, id));
    if (one.kind != Kind::Group) return fail(Fault::Invalid, "conversations.not_a_group");
    store::set_state(tx, viewer.community, id, viewer.id, State::Left);
    store::note_change(tx, viewer.community, viewer.id);
    announce(tx, viewer, "conversation.left", id, viewer.id);
    return Unit{};
}

Done add(db::Tx& tx, const auth::Viewer& viewer, TopicId id, const members::Face& other) {
    const Conversation one = TRY(find(tx, viewer, id));
    if (one.kind != Kind::Group) return fail(Fault::Invalid, "conversations.not_a_group");
    const Seat* seat = one.seat_of(other.id);
    if (seat && there(*seat)) return Unit{};
    if (std::ssize(one.others({})) >= kPeopleMost)
        return fail(Fault::TooMany, "conversations.full");
    const State state = TRY(welcome(tx, viewer, other));
    // Who left or declined is asked again, never put back.
    store::put_seat(tx, viewer.community, id,
                    {.member = other.id, .state = seat ? State::Asked : state});
    store::note_change(tx, viewer.community, other.id);
    announce(tx, viewer, "conversation.added", id, other.id);
    return Unit{};
}

std::vector<Line> list(db::Tx& tx, const auth::Viewer& viewer, State state,
                       const std::optional<Line>& below, int limit) {
    if (!viewer.is_member()) return {};
    constexpr std::int64_t kHighest = std::numeric_limits<std::int64_t>::max();
    const Line top{.topic = TopicId{kHighest}, .last_at = Instant{kHighest}};
    return store::list(tx, viewer.community, viewer.id, state, below.value_or(top), limit);
}

std::vector<MemberId> listeners(db::Tx& tx, CommunityId community, TopicId topic, Instant at,
                                MemberId sayer) {
    return store::listeners(tx, community, topic, at, sayer);
}

std::vector<TopicId> readable(db::Tx& tx, CommunityId community, MemberId member,
                              const std::vector<TopicId>& topics) {
    db::Ids ids;
    for (const TopicId topic : topics) ids.values.push_back(topic.value);
    if (!member || ids.values.empty()) return {};
    return store::readable(tx, community, member, ids);
}

std::vector<std::pair<std::int64_t, std::int64_t>> changes(db::Tx& tx, CommunityId community,
                                                           const db::Ids& members) {
    return store::changes(tx, community, members);
}

void has_read(db::Tx& tx, const auth::Viewer& viewer) {
    if (viewer.is_member()) store::note_change(tx, viewer.community, viewer.id);
}

Who who(db::Tx& tx, CommunityId community, MemberId member) {
    return store::who(tx, community, member);
}

void set_who(db::Tx& tx, const auth::Viewer& viewer, Who wanted) {
    if (viewer.is_member()) store::set_who(tx, viewer.community, viewer.id, wanted);
}

std::string path(TopicId topic) { return "/messages/" + topic.text(); }

}  // namespace torv::conversations
