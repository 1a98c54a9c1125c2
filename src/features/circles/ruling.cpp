#include <algorithm>
#include <array>
#include <iterator>

#include "features/circles/circles.hpp"
#include "features/circles/rules.hpp"
#include "features/community/community.hpp"
#include "features/modlog/modlog.hpp"
#include "platform/activity/activity.hpp"
#include "platform/json/json.hpp"

namespace torv::circles {

namespace {

constexpr std::array<std::string_view, 7> kMetrics{
    "none", "posts", "answers", "thanks", "member_for", "joined_after", "role"};
constexpr std::size_t kAtOnce = 200;  // in a write: people wait behind it on SQLite

bool counts_days(Metric metric) {
    return metric == Metric::Posts || metric == Metric::Answers || metric == Metric::Thanks ||
           metric == Metric::MemberFor;
}

bool counts_amount(Metric metric) {
    return metric == Metric::Posts || metric == Metric::Answers || metric == Metric::Thanks;
}

/// Only what its metric asks for, each within bounds.
Result<Rule> checked(const Rule& typed) {
    Rule rule{.metric = typed.metric};
    if (rule.metric == Metric::None)
        return fail(Fault::Invalid, "circles.metric_unknown", "metric");
    if (counts_amount(rule.metric)) {
        rule.amount = typed.amount;
        if (rule.amount < 1 || rule.amount > kAmountMost)
            return fail(Fault::Invalid, "circles.amount_range", "amount");
    }
    if (counts_days(rule.metric)) {
        rule.days = typed.days;
        if (rule.days < 1 || rule.days > kDaysMost)
            return fail(Fault::Invalid, "circles.days_range", "days");
    }
    if (rule.metric == Metric::JoinedAfter) {
        rule.after = typed.after;
        if (!rule.after) return fail(Fault::Invalid, "circles.after_missing", "after");
    }
    if (rule.metric == Metric::Role)
        rule.role = std::clamp(typed.role, auth::Role::Moderator, auth::Role::Owner);
    return rule;
}

/// What a rule would change, or changes; each list is in the order of ids.
struct Turn {
    std::vector<MemberId> enter, leave;
    std::int64_t stay = 0;
};

Turn turn_of(db::Tx& tx, CommunityId community, CircleId id, const Rule& rule) {
    const auto wanted = store::fulfilling(tx, community, rule);
    const auto present = store::everybody(tx, community, id);
    Turn turn;
    std::set_difference(wanted.begin(), wanted.end(), present.begin(), present.end(),
                        std::back_inserter(turn.enter));
    std::set_difference(present.begin(), present.end(), wanted.begin(), wanted.end(),
                        std::back_inserter(turn.leave));
    turn.stay = static_cast<std::int64_t>(wanted.size() - turn.enter.size());
    return turn;
}

Result<Circle> for_admin(db::Tx& tx, const auth::Viewer& viewer, CircleId id) {
    Circle circle = TRY(find(tx, viewer, id));
    if (!may_manage(viewer)) return fail(Fault::Forbidden, "circles.admins_only");
    return circle;
}

void record(db::Tx& tx, const auth::Viewer& viewer, CircleId id) {
    activity::announce(tx, {.community = viewer.community,
                            .kind = "circle.edited",
                            .actor = viewer.id,
                            .subject = {"circle", id.value}});
    modlog::record(tx, viewer, "circle.edited", {"circle", id.value});
}

/// Nobody in particular did it.
void announce(db::Tx& tx, CommunityId community, std::string_view kind, CircleId id,
              const std::vector<MemberId>& members) {
    if (members.empty()) return;
    json::Writer payload;
    payload.object().key("members").array();
    for (const MemberId member : members) payload.value(member);
    payload.end().end();
    activity::announce(tx, {.community = community,
                            .kind = kind,
                            .subject = {"circle", id.value},
                            .payload = payload.take()});
}

/// Some of the list from `from` on, for those to whom it makes a difference.
std::vector<MemberId> change(db::Tx& tx, CommunityId community, CircleId id,
                             const std::vector<MemberId>& list, std::size_t from,
                             bool (*one)(db::Tx&, CommunityId, CircleId, MemberId)) {
    std::vector<MemberId> changed;
    for (std::size_t i = from; i < std::min(list.size(), from + kAtOnce); ++i)
        if (one(tx, community, id, list[i])) changed.push_back(list[i]);
    return changed;
}

/// False when the rule is another one by now.
bool apply(db::Tx& tx, CommunityId community, CircleId id, std::int64_t version, const Turn& turn,
           std::size_t from) {
    if (!store::still_ruled(tx, community, id, version)) return false;
    const auto entered = change(tx, community, id, turn.enter, from, store::add);
    const auto left = change(tx, community, id, turn.leave, from, store::take_out);
    announce(tx, community, "circle.member_added", id, entered);
    announce(tx, community, "circle.member_removed", id, left);
    if (const auto circle = store::by_id(tx, community, {.team = true}, id))
        note_access(tx, community, *circle);
    return true;
}

}  // namespace

std::string_view metric_name(Metric metric) { return kMetrics[static_cast<std::size_t>(metric)]; }

std::optional<Metric> metric_from(std::string_view name) {
    for (std::size_t i = 1; i < kMetrics.size(); ++i)
        if (kMetrics[i] == name) return static_cast<Metric>(i);
    return std::nullopt;
}

Result<Preview> preview(db::Tx& tx, const auth::Viewer& viewer, CircleId id, const Rule& typed) {
    TRY(for_admin(tx, viewer, id));
    const Rule rule = TRY(checked(typed));
    Turn turn = turn_of(tx, viewer.community, id, rule);
    Preview seen{.entering = static_cast<std::int64_t>(turn.enter.size()),
                 .leaving = static_cast<std::int64_t>(turn.leave.size()),
                 .staying = turn.stay};
    turn.enter.resize(std::min(turn.enter.size(), kPreviewed));
    turn.leave.resize(std::min(turn.leave.size(), kPreviewed));
    seen.enter = std::move(turn.enter);
    seen.leave = std::move(turn.leave);
    return seen;
}

Done set_rule(db::Tx& tx, const auth::Viewer& viewer, CircleId id, const Rule& typed) {
    TRY(for_admin(tx, viewer, id));
    store::set_rule(tx, viewer.community, id, TRY(checked(typed)));
    record(tx, viewer, id);
    return Unit{};
}

Done drop_rule(db::Tx& tx, const auth::Viewer& viewer, CircleId id) {
    const Circle circle = TRY(for_admin(tx, viewer, id));
    if (circle.entry != Entry::Rule) return fail(Fault::NotFound, "circles.no_rule");
    store::set_rule(tx, viewer.community, id, {});
    record(tx, viewer, id);
    return Unit{};
}

void refresh(db::Db& db, CommunityId community, CircleId id) {
    std::int64_t version = 0;
    const Turn turn = db.read([&](db::Tx& tx) -> Turn {
        const auto ruled = store::ruled(tx, community, id);
        if (!ruled) return {};
        version = ruled->version;
        return turn_of(tx, community, id, ruled->rule);
    });
    const std::size_t longest = std::max(turn.enter.size(), turn.leave.size());
    for (std::size_t from = 0; from < longest; from += kAtOnce)
        if (!db.write([&](db::Tx& tx) { return apply(tx, community, id, version, turn, from); },
                      db::Priority::Background))
            return;
}

void refresh(db::Db& db) {
    for (const auto& community : db.read([](db::Tx& tx) { return community::all(tx); })) {
        tidy(db, community.id);
        const auto ruled = db.read([&](db::Tx& tx) { return store::all_ruled(tx, community.id); });
        for (const CircleId id : ruled) refresh(db, community.id, id);
    }
}

}  // namespace torv::circles
