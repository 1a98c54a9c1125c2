#include "features/messages/messages.hpp"

#include <algorithm>

#include "features/conversations/conversations.hpp"
#include "features/members/members.hpp"
#include "features/notifications/notifications.hpp"
#include "features/reads/reads.hpp"

namespace torv::messages {

namespace {

using conversations::Kind;
using conversations::Seat;
using conversations::State;

constexpr std::chrono::hours kDay{24};
constexpr std::chrono::hours kNewFor{24 * 7};

/// Spam begins many conversations; people few.
Done check_pace(db::Tx& tx, const auth::Viewer& viewer) {
    if (viewer.may_moderate()) return Unit{};
    const auto self = TRY(members::find(tx, viewer.community, viewer.id));
    const bool is_new = self.joined_at > tx.now() - kNewFor;
    const int most = is_new ? kBegunADayNew : kBegunADay;
    if (conversations::begun_since(tx, viewer, tx.now() - kDay) >= most)
        return fail(Fault::TooMany, "messages.too_many_new");
    return Unit{};
}

std::vector<MemberId> without_self(std::vector<MemberId> to, MemberId self) {
    std::sort(to.begin(), to.end());
    to.erase(std::unique(to.begin(), to.end()), to.end());
    std::erase(to, self);
    return to;
}

/// The refusal says of whom it speaks, when there are several.
std::unexpected<Error> about(Error error, const members::Face& who) {
    error.field = "to";
    error.args.push_back({"name", who.name});
    if (error.key == "conversations.not_taken") error.key = "messages.one_not_taken";
    return std::unexpected(std::move(error));
}

Result<TopicId> open_new(db::Tx& tx, const auth::Viewer& viewer, const std::vector<MemberId>& to,
                         std::string_view title) {
    TRY(check_pace(tx, viewer));
    const auto faces = members::names(tx, viewer.community, to);
    std::vector<Seat> seats{{.member = viewer.id, .state = State::In}};
    for (const MemberId one : to) {
        if (!faces[one].id) return fail(Fault::Invalid, "messages.unknown", "to");
        const auto state = conversations::welcome(tx, viewer, faces[one]);
        if (!state && to.size() > 1) return about(state.error(), faces[one]);
        seats.push_back({.member = one, .state = TRY(state)});
    }
    const Kind kind = to.size() == 1 ? Kind::Pair : Kind::Group;
    const TopicId topic = topics::begin_direct(tx, viewer, "");
    conversations::make(tx, viewer, {.topic = topic, .kind = kind, .seats = std::move(seats)});
    if (kind == Kind::Group) TRY(topics::name_direct(tx, viewer, topic, title));
    return topic;
}

}  // namespace

Result<TopicId> begin(db::Tx& tx, const auth::Viewer& viewer, const std::vector<MemberId>& typed,
                      std::string_view title, const topics::Prepared& text) {
    if (!viewer.is_member()) return fail(Fault::Forbidden, "web.members_only");
    const auto to = without_self(typed, viewer.id);
    if (to.empty()) return fail(Fault::Invalid, "messages.to_nobody", "to");
    if (static_cast<int>(to.size()) >= conversations::kPeopleMost)
        return fail(Fault::Invalid, "messages.to_many", "to");
    TopicId topic;
    if (to.size() == 1) {
        conversations::hold_pair(tx, viewer.community, viewer.id, to[0]);
        if (const auto known = conversations::of_pair(tx, viewer.community, viewer.id, to[0]))
            topic = known->id;
    }
    if (topic) conversations::take_seat(tx, viewer, topic);
    else topic = TRY(open_new(tx, viewer, to, title));
    TRY(topics::reply(tx, viewer, topic, text));
    return topic;
}

Done decline(db::Tx& tx, const auth::Viewer& viewer, TopicId topic) {
    TRY(conversations::decline(tx, viewer, topic));
    notifications::seen_topic(tx, viewer, topic, tx.now());
    return Unit{};
}

Done leave(db::Tx& tx, const auth::Viewer& viewer, TopicId topic) {
    TRY(conversations::leave(tx, viewer, topic));
    notifications::seen_topic(tx, viewer, topic, tx.now());
    return Unit{};
}

}  // namespace torv::messages
