#include "platform/activity/consumer.hpp"

#include <algorithm>

#include "platform/activity/store.hpp"
#include "platform/base/log.hpp"

namespace torv::activity {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr int kBatchRows = 64;
constexpr milliseconds kBatchTime{5};  // people wait behind a batch on SQLite
constexpr microseconds kLease = 30s;
constexpr milliseconds kFirstPause{500};
constexpr milliseconds kLongestPause{5min};

/// Another node has taken the cursor since this batch began.
class LeaseLost : public std::runtime_error {
public:
    LeaseLost() : std::runtime_error("another node follows now") {}
};

}  // namespace

Consumer::Consumer(db::Db& db, std::string name, Kind kind, Each each, Clear clear,
                   std::int64_t holder)
    : db_(db),
      name_(std::move(name)),
      kind_(kind),
      each_(std::move(each)),
      clear_(std::move(clear)),
      holder_(holder) {}

std::vector<CommunityId> Consumer::communities_behind() {
    const auto lags = db_.read([&](db::Tx& tx) { return store::behind(tx, name_); });
    std::vector<CommunityId> list;
    for (const auto& lag : lags) list.push_back(lag.community);
    return list;
}

milliseconds Consumer::catch_up(const std::atomic<bool>& stop, milliseconds longest) {
    const std::lock_guard lock(running_);
    for (const CommunityId community : communities_behind())
        if (!stop && !is_pausing(community)) follow(community, stop);
    return pause(longest);
}

bool Consumer::catch_up_or_throw() {
    const std::lock_guard lock(running_);
    bool any = false;
    for (const CommunityId community : communities_behind())
        while (batch(community, kBatchRows).rows > 0) any = true;
    return any;
}

void Consumer::follow(CommunityId community, const std::atomic<bool>& stop) {
    int limit = kBatchRows;
    while (!stop) {
        try {
            const Batch done = batch(community, limit);
            if (!done.ours) return;
            failures_.lock()->erase(community);
            if (!done.more) return;
        } catch (const LeaseLost&) {
            return;
        } catch (const std::exception& e) {
            if (limit == 1) return note_failure(community, e.what());
            limit = 1;  // up to the row that cannot be done
        }
    }
}

Consumer::Batch Consumer::batch(CommunityId community, int limit) {
    return db_.write(
        [&](db::Tx& tx) {
            const auto cursor = store::cursor(tx, community, name_);
            // An SQLite file has one server, so a lease of anybody else is that of a process that
            // died.
            const bool theirs = cursor.holder != holder_ && cursor.lease_until > tx.now();
            if (theirs && tx.dialect() == db::Dialect::Postgres) return Batch{.ours = false};

            int applied = 0;
            auto moved = cursor;
            const auto rows = store::since(tx, community, cursor.position, limit);
            moved.position = apply(tx, rows, cursor.position, applied);
            if (applied == 0) return Batch{};
            if (cursor.holder != holder_) ++moved.epoch;
            moved.holder = holder_;
            moved.lease_until = tx.now() + kLease;
            if (!store::advance(tx, community, name_, cursor.epoch, moved)) throw LeaseLost();
            const bool all = applied == std::ssize(rows) && applied < limit;
            return Batch{.rows = applied, .more = !all};
        },
        db::Priority::Background);
}

/// Runs the rows until the time of a batch is over; gives the position of the last.
std::int64_t Consumer::apply(db::Tx& tx, const std::vector<Activity>& rows, std::int64_t position,
                             int& applied) {
    const auto began = steady_clock::now();
    for (const Activity& row : rows) {
        if (kind_ == Kind::Derived || row.origin == Origin::Lived) each_(tx, row);
        position = row.position;
        ++applied;
        if (steady_clock::now() - began > kBatchTime) break;
    }
    return position;
}

void Consumer::reset() {
    if (kind_ == Kind::Effect) throw std::logic_error("an effect is never replayed: " + name_);
    const std::lock_guard lock(running_);
    const auto heads = db_.read([](db::Tx& tx) { return store::heads(tx); });
    for (const auto& head : heads)
        db_.write(
            [&](db::Tx& tx) {
                store::cursor(tx, head.community, name_);
                if (clear_) clear_(tx, head.community);
                store::rewind(tx, head.community, name_);
            },
            db::Priority::Background);
    failures_.lock()->clear();
}

bool Consumer::is_pausing(CommunityId community) {
    auto failures = failures_.lock();
    const auto found = failures->find(community);
    return found != failures->end() && steady_clock::now() < found->second.again_at;
}

milliseconds Consumer::pause(milliseconds longest) {
    auto failures = failures_.lock();
    for (const auto& [community, failure] : *failures) {
        const auto left = failure.again_at - steady_clock::now();
        longest = std::clamp(std::chrono::ceil<milliseconds>(left), milliseconds(0), longest);
    }
    return longest;
}

void Consumer::note_failure(CommunityId community, const std::string& error) {
    log::error("activity.consumer_failed",
               {{"consumer", name_}, {"community", community}, {"what", error}});
    auto failures = failures_.lock();
    Failure& failure = (*failures)[community];
    failure.error = error;
    failure.pause = std::clamp(failure.pause * 2, kFirstPause, kLongestPause);
    failure.again_at = steady_clock::now() + failure.pause;
}

Health Consumer::health() {
    Health health;
    health.consumer = name_;
    const auto lags = db_.read([&](db::Tx& tx) { return store::behind(tx, name_); });
    for (const auto& lag : lags) health.behind += lag.rows;
    auto failures = failures_.lock();
    health.failing = !failures->empty();
    if (health.failing) health.error = failures->begin()->second.error;
    return health;
}

}  // namespace torv::activity
