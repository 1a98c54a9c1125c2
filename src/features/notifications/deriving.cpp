#include "features/notifications/audience.hpp"
#include "features/notifications/mail_store.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/json/json.hpp"

namespace torv::notifications {

namespace {

using activity::Activity;

constexpr int kAtOnce = 50;    // in the write that moves the consumer
constexpr int kInBatch = 200;  // in a write of a job: people wait behind it on SQLite
constexpr std::string_view kTellJob = "notices.tell";
constexpr std::string_view kRefreshJob = "notices.refresh";
/// Who is here reads it here: a letter waits a little, and takes along what comes meanwhile.
constexpr microseconds kBeforeMail = std::chrono::minutes(2);

/// What is bundled: talk by topic, news of a space by space, the rest stands alone.
std::int64_t place_of(const Event& event, Kind kind) {
    switch (kind) {
        case Kind::Mention:
        case Kind::Reply:
        case Kind::Answer:
        case Kind::Message:
        case Kind::Accepted:
        case Kind::Reaction: return event.topic.value;
        case Kind::Topic: return event.was_in.value;
        case Kind::Request: return event.space ? event.space.value : circle_in(event.detail);
        case Kind::Question:
        case Kind::Invitation: return 0;
        case Kind::Membership:
        case Kind::Reminder:
        case Kind::Circle:
        case Kind::Moderation: break;
    }
    return event.position;
}

/// What is so old that it may have been forgotten is not told once more by a replay.
void write(db::Tx& tx, const Event& event, const std::vector<Told>& told, Keep keep) {
    const bool old = event.at < tx.now() - keep.read;
    std::vector<MemberId> members;
    for (const Told& one : told) {
        members.push_back(one.member);
        const store::NewNotice notice{.member = one.member,
                                      .position = event.position,
                                      .kind = one.verdict.kind,
                                      .why = one.verdict.why,
                                      .place = place_of(event, one.verdict.kind),
                                      .actor = event.actor,
                                      .space = event.space,
                                      .topic = event.topic,
                                      .post = event.post,
                                      .detail = event.detail,
                                      .at = event.at,
                                      .gone = event.gone && one.verdict.kind != Kind::Moderation,
                                      .read = one.read};
        if (old) store::put_again(tx, event.community, notice);
        else store::put(tx, event.community, notice);
    }
    store::note_changes(tx, event.community, std::move(members));
}

void enqueue(db::Tx& tx, std::string_view kind, CommunityId community, std::string_view name,
             std::int64_t value) {
    json::Writer payload;
    payload.object().field(name, std::to_string(value)).end();
    jobs::enqueue(tx,
                  {.community = community, .kind = std::string(kind), .payload = payload.take()});
}

/// The first ones now, the others in a job.
void tell(db::Tx& tx, const Activity& row, Keep keep) {
    const auto event = event_of(tx, row);
    if (!event) return;
    const Batch batch = audience(tx, *event, {}, kAtOnce);
    write(tx, *event, batch.told, keep);
    if (batch.more) enqueue(tx, kTellJob, row.community, "position", row.position);
}

/// Brings what was told of a topic up to date with it; gives where to go on, or 0.
MemberId refresh(db::Tx& tx, CommunityId community, TopicId topic, MemberId after, int limit) {
    const auto members = store::told_of(tx, community, topic, after, limit);
    if (!members.empty()) store::refresh(tx, community, topic, after, members.back());
    store::note_changes(tx, community, members);
    return static_cast<int>(members.size()) == limit ? members.back() : MemberId{};
}

void refresh_soon(db::Tx& tx, CommunityId community, TopicId topic) {
    if (refresh(tx, community, topic, {}, kAtOnce))
        enqueue(tx, kRefreshJob, community, "topic", topic.value);
}

/// Deleting, restoring, moving and splitting change where and whether a notice is to be seen.
void follow_topic(db::Tx& tx, const Activity& row) {
    const auto parsed = json::parse(row.payload);
    const auto id = [&](std::string_view name) {
        const auto text = parsed ? (*parsed)[name].string_or("") : std::string{};
        return TopicId::parse(text).value_or(TopicId{});
    };
    if (row.kind == "post.deleted" || row.kind == "post.restored")
        refresh_soon(tx, row.community, id("topic"));
    if (row.kind == "topic.deleted" || row.kind == "topic.restored" || row.kind == "topic.moved")
        refresh_soon(tx, row.community, TopicId{row.subject_id});
    if (row.kind == "topic.split" || row.kind == "lift.made")
        refresh_soon(tx, row.community, id("from"));
    for (const auto& thread : parsed ? (*parsed)["threads"].items() : json::Value::Array{})
        refresh_soon(tx, row.community, TopicId::parse(thread.string_or("")).value_or(TopicId{}));
    if (row.kind == "lift.undone") refresh_soon(tx, row.community, TopicId{row.subject_id});
}

void forget_reaction(db::Tx& tx, const Activity& row) {
    const auto payload = json::parse(row.payload);
    if (!payload) return;
    const auto author = MemberId::parse((*payload)["author"].string_or("")).value_or(MemberId{});
    if (store::take_back(tx, row.community, author, row.position, row.actor, PostId{row.subject_id},
                         (*payload)["emoji"].string_or("")) > 0)
        store::note_changes(tx, row.community, {author});
}

/// The answer did not help after all, or another one did: what was told of it is not told any more.
void forget_accepted(db::Tx& tx, const Activity& row, PostId answer) {
    const auto post = store::post(tx, row.community, answer);
    if (post && store::take_back_accepted(tx, row.community, post->author, row.position, answer))
        store::note_changes(tx, row.community, {post->author});
}

PostId accepted_before(const Activity& row) {
    const auto payload = json::parse(row.payload);
    return PostId::parse(payload ? (*payload)["before"].string_or("") : "").value_or(PostId{});
}

/// Who writes in a topic follows it. Chat goes by too quickly for
/// that, and in a conversation one is told anyway.
void follow_writer(db::Tx& tx, const Activity& row) {
    if (row.kind != "post.created" || row.origin == activity::Origin::Imported) return;
    const auto payload = json::parse(row.payload);
    const auto topic =
        TopicId::parse(payload ? (*payload)["topic"].string_or("") : "").value_or(TopicId{});
    const auto written = store::topic(tx, row.community, topic);
    if (written && !written->stream && !written->direct)
        store::follow_by_writing(tx, row.community, row.actor, topic, row.happened_at);
}

void take(db::Tx& tx, const Activity& row, Keep keep) {
    tx.shown_to_no_other();
    follow_writer(tx, row);
    if (row.kind == "reaction.removed") return forget_reaction(tx, row);
    if (row.kind == "answer.unaccepted") return forget_accepted(tx, row, PostId{row.subject_id});
    if (row.kind == "answer.accepted") forget_accepted(tx, row, accepted_before(row));
    tell(tx, row, keep);
    follow_topic(tx, row);
}

void queue_letter(db::Tx& tx, CommunityId community, MemberId member, std::int64_t position) {
    store::queue(tx, community, member, position, tx.now() + kBeforeMail);
}

/// The effect: those who are told may be told elsewhere, too. Never replayed.
void pass_on(db::Tx& tx, const Outlet& outlet, const Event& event, const std::vector<Told>& told) {
    for (const Told& one : told)
        if (!one.read) outlet.each(tx, event.community, one.member, event.position);
}

void pass_on_some(db::Tx& tx, const Outlet& outlet, const Activity& row) {
    tx.shown_to_no_other();
    const auto event = event_of(tx, row);
    if (!event) return;
    const Batch batch = audience(tx, *event, {}, kAtOnce);
    pass_on(tx, outlet, *event, batch.told);
    if (batch.more) enqueue(tx, outlet.job, row.community, "position", row.position);
}

void clear(db::Tx& tx, CommunityId community) {
    store::clear(tx, community);
    store::clear_levels(tx, community);
}

std::int64_t number_in(const jobs::Job& job, std::string_view name) {
    const auto payload = json::parse(job.payload);
    const auto text = payload ? (*payload)[name].string_or("") : std::string{};
    return Id<struct AnyTag>::parse(text).value_or(Id<struct AnyTag>{}).value;
}

/// Runs `batch(Tx&, after)`, one write each, until it gives 0. A run that was cut off begins again:
/// what is written twice is the same.
template <class F>
jobs::Outcome in_batches(jobs::Run& run, F&& batch) {
    MemberId after;
    do {
        if (run.should_stop()) return jobs::Outcome::Again;
        after = run.db().write(
            [&](db::Tx& tx) {
                tx.shown_to_no_other();
                return batch(tx, after);
            },
            db::Priority::Background);
    } while (after);
    return jobs::Outcome::Done;
}

/// All whom the activity of the job concerns.
template <class Sink>
jobs::Outcome to_all(jobs::Run& run, Sink&& sink) {
    const std::int64_t position = number_in(run.job(), "position");
    const CommunityId community = run.job().community;
    return in_batches(run, [&](db::Tx& tx, MemberId after) -> MemberId {
        const auto rows = activity::since(tx, community, position - 1, 1);
        if (rows.empty() || rows[0].position != position) return {};
        const auto event = event_of(tx, rows[0]);
        if (!event) return {};
        const Batch some = audience(tx, *event, after, kInBatch);
        sink(tx, *event, some.told);
        return some.more ? some.last : MemberId{};
    });
}

jobs::Outcome refresh_all(jobs::Run& run) {
    const TopicId topic{number_in(run.job(), "topic")};
    return in_batches(run, [&](db::Tx& tx, MemberId after) {
        return refresh(tx, run.job().community, topic, after, kInBatch);
    });
}

}  // namespace

void follow(activity::Runner& activity, jobs::Runner& jobs, Keep keep) {
    activity.derive(
        "notices", [keep](db::Tx& tx, const Activity& row) { take(tx, row, keep); }, clear);
    jobs.on(std::string(kTellJob), [keep](jobs::Run& run) {
        return to_all(run, [keep](db::Tx& tx, const Event& event, const auto& told) {
            write(tx, event, told, keep);
        });
    });
    jobs.on(std::string(kRefreshJob), refresh_all);
    pass_on(activity, jobs, {"notices-mail", "notices.queue", queue_letter});
}

void pass_on(activity::Runner& activity, jobs::Runner& jobs, const Outlet& outlet) {
    activity.effect(std::string(outlet.consumer),
                    [outlet](db::Tx& tx, const Activity& row) { pass_on_some(tx, outlet, row); });
    jobs.on(std::string(outlet.job), [outlet](jobs::Run& run) {
        return to_all(run, [&](db::Tx& tx, const Event& event, const std::vector<Told>& told) {
            pass_on(tx, outlet, event, told);
        });
    });
}

}  // namespace torv::notifications
