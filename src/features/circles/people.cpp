#include "features/circles/circles.hpp"
#include "features/circles/rules.hpp"
#include "features/members/members.hpp"
#include "features/modlog/modlog.hpp"
#include "platform/activity/activity.hpp"
#include "platform/base/text.hpp"
#include "platform/i18n/i18n.hpp"
#include "platform/json/json.hpp"

namespace torv::circles {

namespace {

constexpr int kGoneAtOnce = 500;

/// The payload names the member concerned; the actor is who did it.
std::string about(MemberId member) {
    json::Writer payload;
    payload.object().key("members").array().value(member).end().end();
    return payload.take();
}

void announce(db::Tx& tx, const auth::Viewer& viewer, std::string_view kind, CircleId id,
              MemberId member) {
    activity::announce(tx, {.community = viewer.community,
                            .kind = kind,
                            .actor = viewer.id,
                            .subject = {"circle", id.value},
                            .payload = about(member)});
    if (member != viewer.id)
        modlog::record(tx, viewer, kind, {"circle", id.value}, {}, about(member));
}

void let_in(db::Tx& tx, const auth::Viewer& viewer, const Circle& circle, MemberId member) {
    store::drop_request(tx, viewer.community, circle.id, member);
    if (!store::add(tx, viewer.community, circle.id, member)) return;
    note_access(tx, viewer.community, circle);
    announce(tx, viewer, "circle.member_added", circle.id, member);
}

}  // namespace

Done put_in(db::Tx& tx, const auth::Viewer& viewer, CircleId id, MemberId member) {
    const Circle circle = TRY(for_keeper(tx, viewer, id));
    const auto who = TRY(members::find(tx, viewer.community, member));
    if (who.state != members::State::Active)
        return fail(Fault::NotFound, "members.not_found", "handle");
    let_in(tx, viewer, circle, member);
    return Unit{};
}

Done put_out(db::Tx& tx, const auth::Viewer& viewer, CircleId id, MemberId member) {
    const bool leaves = viewer.is_member() && member == viewer.id;
    const Circle circle = TRY(leaves ? find(tx, viewer, id) : for_keeper(tx, viewer, id));
    if (circle.entry == Entry::Rule) return fail(Fault::Conflict, "circles.by_rule");
    if (!store::take_out(tx, viewer.community, id, member))
        return fail(Fault::NotFound, "circles.not_in");
    note_access(tx, viewer.community, circle);
    announce(tx, viewer, "circle.member_removed", id, member);
    return Unit{};
}

Done join(db::Tx& tx, const auth::Viewer& viewer, CircleId id) {
    const Circle circle = TRY(find(tx, viewer, id));
    if (!viewer.is_member()) return fail(Fault::Forbidden, "web.members_only");
    if (circle.in) return Unit{};
    if (circle.entry != Entry::Open) return fail(Fault::Forbidden, "circles.not_open");
    let_in(tx, viewer, circle, viewer.id);
    return Unit{};
}

Done ask(db::Tx& tx, const auth::Viewer& viewer, CircleId id, std::string_view typed) {
    const Circle circle = TRY(find(tx, viewer, id));
    if (!viewer.is_member()) return fail(Fault::Forbidden, "web.members_only");
    if (circle.in || circle.asked) return Unit{};
    if (circle.entry != Entry::Request) return fail(Fault::Forbidden, "circles.not_open");
    const std::string answer(trimmed(i18n::nfc(typed)));
    if (code_points(answer) > kAnswerMax)
        return fail(Fault::Invalid, "circles.answer_length", "answer");
    if (!store::add_request(tx, viewer.community, id, viewer.id, answer)) return Unit{};
    announce(tx, viewer, "circle.asked", id, viewer.id);
    return Unit{};
}

Done drop_request(db::Tx& tx, const auth::Viewer& viewer, CircleId id, MemberId member) {
    const bool own = viewer.is_member() && member == viewer.id;
    TRY(own ? find(tx, viewer, id) : for_keeper(tx, viewer, id));
    if (!store::drop_request(tx, viewer.community, id, member))
        return fail(Fault::NotFound, "circles.not_asked");
    if (!own) announce(tx, viewer, "circle.request_declined", id, member);
    return Unit{};
}

void tidy(db::Db& db, CommunityId community) {
    std::size_t some = kGoneAtOnce;
    while (some == kGoneAtOnce)
        some = db.write(
            [&](db::Tx& tx) {
                const auto gone = store::gone(tx, community, kGoneAtOnce);
                for (const auto& seat : gone)
                    store::take_out(tx, community, seat.circle, seat.member);
                return gone.size();
            },
            db::Priority::Background);
}

}  // namespace torv::circles
