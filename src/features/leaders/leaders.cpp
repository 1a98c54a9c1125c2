#include "features/leaders/leaders.hpp"

#include <algorithm>
#include <array>

#include "features/blocks/blocks.hpp"
#include "features/conversations/conversations.hpp"
#include "features/leaders/rules.hpp"
#include "features/members/members.hpp"
#include "features/spaces/spaces.hpp"
#include "platform/activity/activity.hpp"
#include "platform/json/json.hpp"

namespace torv::leaders {

namespace {

constexpr std::array<std::string_view, 4> kStates{"waiting", "taken", "answered", "closed"};
constexpr std::chrono::hours kDay{24};

std::unexpected<Error> not_found() { return fail(Fault::NotFound, "leaders.not_found"); }

/// Active moderators of the space itself.
std::vector<MemberId> moderators(db::Tx& tx, CommunityId community, SpaceId space) {
    auto list = spaces::moderators(tx, community, space);
    const auto faces = members::names(tx, community, list);
    std::erase_if(list, [&](MemberId one) { return faces[one].state != members::State::Active; });
    return list;
}

/// Who is told of a question: not the asker, nor whom they do not want to hear from.
std::vector<MemberId> told(db::Tx& tx, const auth::Viewer& asker, SpaceId space) {
    std::vector<MemberId> list;
    for (const auto& face : members::with_role(tx, asker.community, auth::Role::Moderator))
        if (!space || spaces::may_read(tx, asker.community, face.id, face.role, space))
            list.push_back(face.id);
    if (space)
        for (const MemberId one : moderators(tx, asker.community, space))
            if (std::ranges::find(list, one) == list.end()) list.push_back(one);
    std::erase(list, asker.id);
    const auto around = blocks::around(tx, asker);
    std::erase_if(list, [&](MemberId one) { return around.hides(one); });
    return list;
}

void announce(db::Tx& tx, const auth::Viewer& viewer, std::string_view kind, TopicId id,
              std::string payload = "{}") {
    activity::announce(tx, {.community = viewer.community,
                            .kind = kind,
                            .actor = viewer.id,
                            .subject = {"topic", id.value},
                            .payload = std::move(payload)});
}

/// Only whom it concerns: the record of a question names no space that everybody sees.
std::string asked_payload(SpaceId space, const std::vector<MemberId>& whom) {
    json::Writer payload;
    payload.object().field("about", space);
    payload.key("leaders").array();
    for (const MemberId one : whom) payload.value(one);
    payload.end().end();
    return payload.take();
}

}  // namespace

std::string_view state_name(State state) { return kStates[static_cast<std::size_t>(state)]; }

State Question::state() const {
    if (closed_at) return State::Closed;
    if (answered_at) return State::Answered;
    return taken_by ? State::Taken : State::Waiting;
}

store::Scope scope_of(db::Tx& tx, const auth::Viewer& viewer) {
    store::Scope scope{.self = viewer.id, .whole = viewer.may_moderate()};
    if (!viewer.is_member()) return scope;
    for (const MemberId one : blocks::around(tx, viewer).of_me)
        scope.avoided_by.values.push_back(one.value);
    for (const auto& space : spaces::readable(tx, viewer).spaces)
        if (scope.whole || space.role == spaces::Role::Moderator)
            scope.spaces.values.push_back(space.id.value);
    return scope;
}

Result<TopicId> ask(db::Tx& tx, const auth::Viewer& viewer, SpaceId space,
                    const topics::Prepared& text) {
    if (!viewer.is_member()) return fail(Fault::Forbidden, "web.members_only");
    if (space && !spaces::readable(tx, viewer).find(space))
        return fail(Fault::Invalid, "leaders.no_space", "space");
    const auto whom = told(tx, viewer, space);
    if (whom.empty()) return fail(Fault::Invalid, "leaders.nobody", "space");
    if (store::asked_since(tx, viewer.community, viewer.id, tx.now() - kDay) >= kAskedADay)
        return fail(Fault::TooMany, "leaders.too_many");
    const TopicId topic = topics::begin_direct(tx, viewer, "");
    conversations::make(
        tx, viewer,
        {.topic = topic, .kind = conversations::Kind::Question, .seats = {{.member = viewer.id}}});
    const PostId post = TRY(topics::reply(tx, viewer, topic, text)).id;
    store::insert(tx, viewer.community, {.id = topic, .asker = viewer.id, .space = space}, post);
    announce(tx, viewer, "leader_question.asked", topic, asked_payload(space, whom));
    return topic;
}

Done take(db::Tx& tx, const auth::Viewer& viewer, TopicId id, MemberId from) {
    const auto question = store::find(tx, viewer.community, id);
    if (!question || !scope_of(tx, viewer).covers(*question)) return not_found();
    if (question->taken_by == viewer.id && !question->closed_at) return Unit{};
    if (!store::take(tx, viewer.community, id, viewer.id, from)) {
        const auto now = store::find(tx, viewer.community, id);
        if (now->taken_by == viewer.id && !now->closed_at) return Unit{};  // pressed twice
        if (!now->taken_by) return fail(Fault::Conflict, "leaders.not_taken");
        const auto faces = members::names(tx, viewer.community, {now->taken_by});
        return fail(Fault::Conflict, "leaders.taken", {}, {{"name", faces[now->taken_by].name}});
    }
    if (from && from != viewer.id) conversations::vacate(tx, viewer, id, from);
    conversations::enter(tx, viewer, id);
    announce(tx, viewer, "leader_question.taken", id);
    return Unit{};
}

Done close(db::Tx& tx, const auth::Viewer& viewer, TopicId id) {
    const auto question = store::find(tx, viewer.community, id);
    const bool theirs = question && question->taken_by == viewer.id;
    if (!theirs || !scope_of(tx, viewer).covers(*question)) return not_found();
    if (store::close(tx, viewer.community, id, viewer.id))
        announce(tx, viewer, "leader_question.closed", id);
    return Unit{};
}

Waiting waiting(db::Tx& tx, const auth::Viewer& viewer) {
    constexpr int kCounted = 100;
    const auto scope = scope_of(tx, viewer);
    if (!scope.leads()) return {};
    return {.leads = true, .count = store::waiting(tx, viewer.community, scope, kCounted)};
}

std::optional<Question> of_conversation(db::Tx& tx, CommunityId community, TopicId id) {
    return store::find(tx, community, id);
}

Figures figures(const std::vector<Times>& questions, Instant now) {
    Figures found{.asked = static_cast<int>(questions.size())};
    std::vector<microseconds> waits;
    for (const Times& one : questions) {
        const bool answered = static_cast<bool>(one.answered_at);
        if (answered) waits.push_back(one.answered_at - one.asked_at);
        if (answered || now - one.asked_at >= kDay) ++found.due;
        if (answered && waits.back() <= kDay) ++found.in_time;
    }
    found.answered = static_cast<int>(waits.size());
    if (waits.empty()) return found;
    std::sort(waits.begin(), waits.end());
    const std::size_t middle = waits.size() / 2;
    found.median = waits.size() % 2 == 1 ? waits[middle] : (waits[middle - 1] + waits[middle]) / 2;
    return found;
}

}  // namespace torv::leaders
