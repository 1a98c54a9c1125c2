#include "features/scheduling/scheduling.hpp"

#include "features/scheduling/recurrence.hpp"
#include "features/scheduling/rules.hpp"
#include "features/scheduling/store.hpp"
#include "features/spaces/spaces.hpp"
#include "platform/base/text.hpp"
#include "platform/i18n/i18n.hpp"

namespace torv::scheduling {

namespace {

constexpr auto kLatest = std::chrono::days(366 * 2);

Done check_text(const Plan& plan) {
    if (plan.space) TRY(topics::title_from(plan.title));
    if (trimmed(plan.body).empty()) return fail(Fault::Invalid, "topics.body_empty", "body");
    if (plan.body.size() > topics::kBodyMax)
        return fail(Fault::Invalid, "topics.body_too_long", "body");
    return Unit{};
}

/// What is kept of a plan, and when it is due first.
struct Fixed {
    Plan plan;
    Instant due_at;
};

Result<Fixed> fixed(const Plan& asked, Instant now) {
    TRY(check_text(asked));
    Fixed made{.plan = asked};
    made.plan.body = i18n::nfc(asked.body);
    if (asked.topic) made.plan.title.clear();
    const auto start = wall_from(asked.at);
    if (!start) return fail(Fault::Invalid, "scheduling.no_moment", "at");
    made.plan.at = text(*start);
    if (!i18n::is_time_zone(asked.zone)) return fail(Fault::Invalid, "scheduling.no_zone", "zone");
    if (!asked.rule.empty()) {
        const auto rule = rule_from(asked.rule);
        if (!rule) return fail(Fault::Invalid, "scheduling.no_rule", "rule");
        made.plan.rule = *rule;
    }
    // Each step from there on is walked.
    constexpr std::chrono::days kOldestStart{3660};
    if (start->day <
        std::chrono::floor<std::chrono::days>(std::chrono::microseconds(now.us) - kOldestStart)
            .count())
        return fail(Fault::Invalid, "scheduling.too_early", "at");
    made.due_at = next(*start, made.plan.rule, asked.zone, now);
    if (!made.due_at) return fail(Fault::Invalid, "scheduling.too_early", "at");
    if (made.due_at > now + kLatest) return fail(Fault::Invalid, "scheduling.too_late", "at");
    return made;
}

/// The viewer's own, its row kept.
Result<Scheduled> own(db::Tx& tx, const auth::Viewer& viewer, ScheduledId id) {
    auto one = store::locked(tx, viewer.community, id);
    if (!one || !viewer.is_member() || one->author != viewer.id)
        return torv::fail(Fault::NotFound, "scheduling.not_found");
    return *std::move(one);
}

}  // namespace

Done check_target(db::Tx& tx, const auth::Viewer& viewer, const Plan& plan) {
    if (!viewer.is_member()) return fail(Fault::Forbidden, "web.members_only");
    if (plan.topic) {
        const auto seen = TRY(topics::visible(tx, viewer, plan.topic));
        if (seen.topic.kind != topics::Kind::Topic)
            return fail(Fault::NotFound, "topics.not_found");
        return topics::check_may_write(viewer, seen.topic, seen.space);
    }
    if (!plan.space) return fail(Fault::Invalid, "scheduling.no_place", "topic");
    const auto readable = spaces::readable(tx, viewer);
    const spaces::Access* space = readable.find(plan.space);
    if (!space || space->kind == spaces::Kind::Chat)
        return fail(Fault::NotFound, "spaces.not_found");
    if (space->archived) return fail(Fault::Forbidden, "spaces.archived");
    if (!spaces::may_start(viewer, *space)) return fail(Fault::Forbidden, "spaces.starters_only");
    return Unit{};
}

Result<ScheduledId> put(db::Tx& tx, const auth::Viewer& viewer, const Plan& plan) {
    Plan asked = plan;
    if (asked.topic) asked.space = {};
    TRY(check_target(tx, viewer, asked));
    auto [kept, due_at] = TRY(fixed(asked, tx.now()));
    if (store::count(tx, viewer.community, viewer.id, kMost) >= kMost)
        return fail(Fault::Invalid, "scheduling.too_many");
    if (kept.reply_to && !topics::visible_post(tx, viewer, kept.reply_to)) kept.reply_to = {};
    const Scheduled one{.id = tx.new_id<ScheduledId>(),
                        .author = viewer.id,
                        .plan = std::move(kept),
                        .due_at = due_at};
    store::insert(tx, viewer.community, one);
    enqueue(tx, viewer.community, one);
    return one.id;
}

Done change(db::Tx& tx, const auth::Viewer& viewer, ScheduledId id, const Plan& plan) {
    Scheduled one = TRY(own(tx, viewer, id));
    Plan wanted = plan;
    wanted.space = one.plan.space;
    wanted.topic = one.plan.topic;
    wanted.reply_to = one.plan.reply_to;
    TRY(check_target(tx, viewer, wanted));
    auto [kept, due_at] = TRY(fixed(wanted, tx.now()));
    const bool other_moment = due_at != one.due_at;
    one.plan = std::move(kept);
    one.due_at = due_at;
    store::update(tx, viewer.community, one);
    if (other_moment) enqueue(tx, viewer.community, one);
    return Unit{};
}

Done drop(db::Tx& tx, const auth::Viewer& viewer, ScheduledId id) {
    TRY(own(tx, viewer, id));
    store::drop(tx, viewer.community, id);
    return Unit{};
}

Result<std::string> post_now(db::Tx& tx, const auth::Viewer& viewer, ScheduledId id,
                             const topics::Prepared& text, std::optional<std::int64_t> seen) {
    const Scheduled one = TRY(own(tx, viewer, id));
    if (seen && *seen != one.posted)
        return torv::fail(Fault::Conflict, "scheduling.posted_already");
    const std::string path = TRY(post(tx, viewer, one.plan, text));
    went(tx, viewer.community, one, Went::ByHand);
    return path;
}

Result<Scheduled> find(db::Tx& tx, const auth::Viewer& viewer, ScheduledId id) {
    auto one = store::find(tx, viewer.community, id);
    if (!one || !viewer.is_member() || one->author != viewer.id)
        return torv::fail(Fault::NotFound, "scheduling.not_found");
    return *std::move(one);
}

std::vector<Scheduled> list(db::Tx& tx, const auth::Viewer& viewer) {
    if (!viewer.is_member()) return {};
    return store::list(tx, viewer.community, viewer.id, kMost);
}

}  // namespace torv::scheduling
