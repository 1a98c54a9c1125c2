#include "features/drafts/drafts.hpp"
#include "features/members/members.hpp"
#include "features/scheduling/recurrence.hpp"
#include "features/scheduling/rules.hpp"
#include "features/scheduling/store.hpp"
#include "platform/activity/activity.hpp"
#include "platform/base/text.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/json/json.hpp"

namespace torv::scheduling {

namespace {

constexpr std::string_view kJob = "scheduled.post";
constexpr std::string_view kEdited = "scheduling.edited";  // meanwhile; never shown

/// Which one, and the moment that this job is for.
struct Turn {
    CommunityId community;
    ScheduledId id;
    Instant due_at;
};

Turn turn_of(const jobs::Job& job) {
    const auto payload = json::parse(job.payload);
    const auto id = ScheduledId::parse(payload ? (*payload)["scheduled"].string_or("") : "");
    const auto due = parse_int<std::int64_t>(payload ? (*payload)["due"].string_or("") : "");
    if (!id || !due) throw jobs::GiveUp("no scheduled post: " + job.payload);
    return {.community = job.community, .id = *id, .due_at = {*due}};
}

/// It may have gone since, want another moment, or have been posted by this job before a kill.
bool is_due(const std::optional<Scheduled>& one, const Turn& turn) {
    return one && one->due_at == turn.due_at;
}

/// The author as they are now, and the text made ready outside of any write.
struct Ready {
    std::string body;  ///< from which the text was made
    auth::Viewer author;
    Result<topics::Prepared> text;
};

Result<Ready> ready(db::Tx& tx, const Turn& turn, const Scheduled& one) {
    auto author = members::absent(tx, turn.community, one.author);
    if (!author) return fail(Fault::Forbidden, "web.members_only");
    if (author->rules_outdated) return fail(Fault::Forbidden, "web.rules_changed");
    auto text = topics::prepare(tx, *author, one.plan.body);
    return Ready{.body = one.plan.body, .author = *std::move(author), .text = std::move(text)};
}

/// The text stays in the author's list, with the reason; they are told.
void give_back(db::Tx& tx, const Turn& turn, const Error& why) {
    const auto one = store::locked(tx, turn.community, turn.id);
    if (!is_due(one, turn)) return;
    store::fail(tx, turn.community, turn.id, why.key);
    json::Writer payload;
    payload.object().field("member", one->author).end();
    activity::announce(tx, {.community = turn.community,
                            .kind = "scheduled_post.failed",
                            .actor = one->author,
                            .subject = {"scheduled_post", turn.id.value},
                            .payload = payload.take()});
}

Done post_due(db::Tx& tx, const Turn& turn, const Ready& ready) {
    const auto one = store::locked(tx, turn.community, turn.id);
    if (!is_due(one, turn)) return Unit{};
    if (one->plan.body != ready.body) return fail(Fault::Conflict, kEdited);
    TRY(post(tx, ready.author, one->plan, *ready.text));
    went(tx, turn.community, *one, Went::InTime);
    return Unit{};
}

jobs::Outcome run(jobs::Run& job) {
    const Turn turn = turn_of(job.job());
    const auto prepared = job.db().read([&](db::Tx& tx) -> std::optional<Result<Ready>> {
        const auto one = store::find(tx, turn.community, turn.id);
        if (!is_due(one, turn)) return std::nullopt;
        return ready(tx, turn, *one);
    });
    if (!prepared) return jobs::Outcome::Done;
    const auto done = [&]() -> Done {
        const Ready& found = TRY(*prepared);
        TRY(found.text);
        return job.db().write([&](db::Tx& tx) { return post_due(tx, turn, found); });
    }();
    // Written anew between reading and posting: the next try takes the new text.
    if (!done && done.error().key == kEdited) return run(job);
    if (!done) job.db().write([&](db::Tx& tx) { give_back(tx, turn, done.error()); });
    return jobs::Outcome::Done;
}

std::string place_of(const Plan& plan) {
    return plan.topic ? "topic:" + plan.topic.text() : "space:" + plan.space.text();
}

}  // namespace

void enqueue(db::Tx& tx, CommunityId community, const Scheduled& one) {
    json::Writer payload;
    payload.object().field("scheduled", one.id).field("due", std::to_string(one.due_at.us)).end();
    jobs::enqueue(tx, {.community = community,
                       .kind = std::string(kJob),
                       .payload = payload.take(),
                       .run_at = one.due_at});
}

Result<std::string> post(db::Tx& tx, const auth::Viewer& author, const Plan& plan,
                         const topics::Prepared& text) {
    const std::string place = place_of(plan);
    const auto draft = drafts::find(tx, author, place);
    std::string path;
    if (plan.topic) {
        const bool there = plan.reply_to && topics::visible_post(tx, author, plan.reply_to);
        const PostId answered = there ? plan.reply_to : PostId{};
        path = topics::path(TRY(topics::reply(tx, author, plan.topic, text, answered)).id);
    } else {
        path =
            topics::path(TRY(topics::start(tx, author, plan.space, plan.title, text)), plan.title);
    }
    // Posting ends the draft of its place; what stands there is another text.
    if (draft) TRY(drafts::keep(tx, author, place, draft->title, draft->body));
    return path;
}

void went(db::Tx& tx, CommunityId community, const Scheduled& one, Went how) {
    const bool goes_on = how == Went::ByHand && one.due_at && !one.plan.rule.empty();
    if (goes_on) return store::advance(tx, community, one.id, one.due_at);
    const auto start = wall_from(one.plan.at);
    Scheduled again = one;
    again.due_at = one.plan.rule.empty() || !start
                       ? Instant{}
                       : next(*start, one.plan.rule, one.plan.zone, std::max(tx.now(), one.due_at));
    if (!again.due_at) return static_cast<void>(store::drop(tx, community, one.id));
    store::advance(tx, community, one.id, again.due_at);
    enqueue(tx, community, again);
}

void follow(jobs::Runner& jobs) { jobs.on(std::string(kJob), run); }

}  // namespace torv::scheduling
