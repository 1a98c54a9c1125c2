#include <algorithm>
#include <random>
#include <thread>

#include "platform/activity/consumer.hpp"
#include "platform/activity/store.hpp"
#include "platform/base/log.hpp"

namespace torv::activity {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr milliseconds kPoll = 2s;  // when a wake was lost: ARCHITECTURE 4
constexpr milliseconds kPlaceAgain{
    5};  // while an older transaction keeps rows from getting their position
constexpr std::int64_t kSlowUs =
    10'000'000;  // a transaction that holds everybody up for so long is an alarm
constexpr int kTailRows = 500;

/// Wakes the thread that waits for it; a ring while nobody waits is not lost.
class Bell {
public:
    void ring() {
        {
            const std::lock_guard lock(mutex_);
            rung_ = true;
        }
        woken_.notify_all();
    }
    /// True when it was rung.
    bool wait(milliseconds at_most) {
        std::unique_lock lock(mutex_);
        woken_.wait_for(lock, at_most, [&] { return rung_; });
        return std::exchange(rung_, false);
    }

private:
    std::mutex mutex_;
    std::condition_variable woken_;
    bool rung_ = false;
};

/// A watcher on this node, and how far it has been told.
struct Tail {
    std::string name;
    Watch watch;
    std::map<CommunityId, std::int64_t> told;
};

std::int64_t random_holder() {
    std::random_device device;
    return std::uniform_int_distribution<std::int64_t>(1, INT64_MAX)(device);
}

}  // namespace

struct Runner::Impl {
    struct Follower {
        Consumer consumer;
        Bell bell;
        std::thread thread;
    };

    db::Db& db;
    const std::int64_t holder = random_holder();
    std::vector<std::unique_ptr<Follower>> followers;
    std::vector<Tail> tails;
    std::mutex pumping;  ///< placing and tails: one thread at a time
    Bell pump_bell;
    std::atomic<bool> unplaced{true};  ///< rows may be waiting for their position
    std::thread pump_thread;
    std::atomic<bool> stopping{false};
    std::vector<db::Subscription> subscriptions;

    explicit Impl(db::Db& database) : db(database) {}

    void add(std::string name, Kind kind, Each each, Clear clear) {
        followers.push_back(std::unique_ptr<Follower>(new Follower{
            Consumer(db, std::move(name), kind, std::move(each), std::move(clear), holder),
            {},
            {}}));
    }

    Consumer& find(std::string_view name) {
        for (const auto& follower : followers)
            if (follower->consumer.name() == name) return follower->consumer;
        throw std::invalid_argument("no consumer is called " + std::string(name));
    }

    void ring_all() {
        unplaced = true;
        pump_bell.ring();
        for (const auto& follower : followers) follower->bell.ring();
    }

    /// On PostgreSQL there is nothing to follow before the rows have their positions.
    void note_written() {
        if (db.dialect() == db::Dialect::Sqlite) return ring_all();
        unplaced = true;
        pump_bell.ring();
    }

    void note_placed() {
        pump_bell.ring();
        for (const auto& follower : followers) follower->bell.ring();
    }

    /// Gives positions; true when rows are left that have none yet.
    bool place() {
        if (db.dialect() == db::Dialect::Sqlite) return false;
        unplaced = false;
        // As people's work: what they write is not shown to others before.
        const auto placed = db.write([](db::Tx& tx) {
            const auto done = store::place(tx);
            if (done.rows > 0) tx.wake(kPlaced);
            return done;
        });
        if (placed.oldest_wait_us > kSlowUs)
            log::warning("activity.held_up", {{"waiting_us", placed.oldest_wait_us}});
        return placed.oldest_wait_us > 0;
    }

    bool tell(Tail& tail) {
        bool any = false;
        for (const auto& head : db.read([](db::Tx& tx) { return store::heads(tx); })) {
            std::int64_t& told = tail.told[head.community];
            while (told < head.position) {
                const auto rows = db.read(
                    [&](db::Tx& tx) { return store::since(tx, head.community, told, kTailRows); });
                if (rows.empty()) break;
                for (const Activity& row : rows) {
                    told = row.position;  // first: a watcher that throws is not told the same again
                    tail.watch(row);
                    any = true;
                }
            }
        }
        return any;
    }

    void pump() {
        milliseconds pause = kPoll;
        while (!stopping) {
            const bool rung = pump_bell.wait(pause);
            try {
                const std::lock_guard lock(pumping);
                if (unplaced || !rung) pause = place() ? kPlaceAgain : kPoll;
                for (Tail& tail : tails) tell_safely(tail);
            } catch (const std::exception& e) {
                log::error("activity.pump_failed", {{"what", e.what()}});
                pause = kPoll;
            }
        }
    }

    void tell_safely(Tail& tail) {
        try {
            tell(tail);
        } catch (const std::exception& e) {
            log::error("activity.tail_failed", {{"tail", tail.name}, {"what", e.what()}});
        }
    }

    void follow(Follower& follower) {
        while (!stopping) {
            milliseconds pause = kPoll;
            try {
                pause = follower.consumer.catch_up(stopping, kPoll);
            } catch (const std::exception& e) {
                log::error("activity.follow_failed",
                           {{"consumer", follower.consumer.name()}, {"what", e.what()}});
            }
            if (!stopping) follower.bell.wait(pause);
        }
    }
};

Runner::Runner(db::Db& db) : impl_(std::make_unique<Impl>(db)) {}

Runner::~Runner() { stop(); }

void Runner::derive(std::string name, Each each, Clear clear) {
    impl_->add(std::move(name), Kind::Derived, std::move(each), std::move(clear));
}

void Runner::effect(std::string name, Each each) {
    impl_->add(std::move(name), Kind::Effect, std::move(each), {});
}

void Runner::tail(std::string name, Watch watch) {
    Tail tail{std::move(name), std::move(watch), {}};
    for (const auto& head : impl_->db.read([](db::Tx& tx) { return store::heads(tx); }))
        tail.told[head.community] = head.position;
    const std::lock_guard lock(impl_->pumping);
    impl_->tails.push_back(std::move(tail));
}

void Runner::start() {
    impl_->stopping = false;
    impl_->subscriptions.push_back(
        impl_->db.subscribe(kWritten, [this] { impl_->note_written(); }));
    impl_->subscriptions.push_back(impl_->db.subscribe(kPlaced, [this] { impl_->note_placed(); }));
    impl_->pump_thread = std::thread([this] { impl_->pump(); });
    for (const auto& follower : impl_->followers)
        follower->thread = std::thread([this, it = follower.get()] { impl_->follow(*it); });
}

void Runner::stop() {
    impl_->subscriptions.clear();
    impl_->stopping = true;
    impl_->ring_all();
    if (impl_->pump_thread.joinable()) impl_->pump_thread.join();
    for (const auto& follower : impl_->followers)
        if (follower->thread.joinable()) follower->thread.join();
}

void Runner::settle() {
    for (bool any = true; any;) {
        any = false;
        const std::lock_guard lock(impl_->pumping);
        while (impl_->place()) std::this_thread::sleep_for(1ms);
        for (const auto& follower : impl_->followers) any |= follower->consumer.catch_up_or_throw();
        for (Tail& tail : impl_->tails) any |= impl_->tell(tail);
    }
}

void Runner::reset(std::string_view consumer) {
    impl_->find(consumer).reset();
    impl_->ring_all();
}

std::vector<Health> Runner::health() {
    std::vector<Health> list;
    for (const auto& follower : impl_->followers) list.push_back(follower->consumer.health());
    return list;
}

}  // namespace torv::activity
