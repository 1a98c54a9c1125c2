#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <random>
#include <thread>

#include "platform/base/guarded.hpp"
#include "platform/base/log.hpp"
#include "platform/jobs/store.hpp"

namespace torv::jobs {
namespace {

using namespace std::chrono_literals;

constexpr microseconds kLease = 60s;
constexpr auto kRenewEvery = 15s;
constexpr auto kPoll = 2s;
constexpr auto kForgetEvery = 1h;
constexpr microseconds kKeepDone = 24h * 30;
constexpr microseconds kFirstPause = 5s;
constexpr microseconds kLongestPause = 6h;
constexpr std::size_t kErrorBytes = 500;

std::uint64_t random_number() {
    static thread_local std::mt19937_64 source{std::random_device{}()};
    return source();
}

/// 5 s, 10 s, 20 s … up to 6 h, each up to a quarter longer, so that what failed together does not
/// come back together.
microseconds pause_after(int attempts) {
    const auto doubled = kFirstPause * (std::int64_t{1} << std::clamp(attempts - 1, 0, 20));
    const microseconds pause = std::min<microseconds>(doubled, kLongestPause);
    return pause + microseconds(random_number() % static_cast<std::uint64_t>(pause.count() / 4));
}

class Running final : public Run {
public:
    Running(db::Db& db, Job job, std::int64_t holder, const std::atomic<bool>& stopping)
        : db_(db), job_(std::move(job)), holder_(holder), stopping_(stopping) {}

    const Job& job() const override { return job_; }
    db::Db& db() override { return db_; }
    bool should_stop() const override { return stopping_ || lost_; }

    store::Lease lease() const { return {job_.community, job_.id, holder_}; }
    void renew() {
        const bool held =
            db_.write([&](db::Tx& tx) { return store::renew(tx, lease(), tx.now() + kLease); });
        if (!held) lost_ = true;
    }

private:
    db::Db& db_;
    const Job job_;
    const std::int64_t holder_;
    const std::atomic<bool>& stopping_;
    std::atomic<bool> lost_{false};
};

}  // namespace

struct Runner::Impl {
    db::Db& db;
    const int thread_count;
    std::map<std::string, Handler, std::less<>> handlers;
    db::Texts kinds;
    std::vector<std::thread> threads;
    std::thread renewer;
    db::Subscription subscription;
    std::atomic<bool> stopping{false};
    std::mutex mutex;
    std::condition_variable woken;
    std::uint64_t wakes = 0;
    Guarded<std::vector<Running*>> running;
    std::chrono::steady_clock::time_point forget_at{};

    Impl(db::Db& database, int count) : db(database), thread_count(count) {}

    std::optional<Job> claim(std::int64_t holder) {
        if (!db.read([&](db::Tx& tx) { return store::any_due(tx, kinds); })) return std::nullopt;
        return db.write(
            [&](db::Tx& tx) { return store::claim(tx, kinds, holder, tx.now() + kLease); },
            db::Priority::Background);
    }

    /// Takes and runs one job; false when nothing is due.
    bool run_one() {
        const auto holder =
            static_cast<std::int64_t>(random_number() >> 1) | 1;  // a new one each time fences best
        auto job = claim(holder);
        if (!job) return false;
        Running run(db, std::move(*job), holder, stopping);
        running.lock()->push_back(&run);
        try {
            work(run);
        } catch (...) {
            std::erase(*running.lock(), &run);
            throw;
        }
        std::erase(*running.lock(), &run);
        return true;
    }

    void work(Running& run) {
        const Job& job = run.job();
        // It has taken the process down before it could say why.
        if (job.attempts > job.max_attempts) return bury(run, "it never came to an end");
        Outcome outcome = Outcome::Done;
        try {
            outcome = handlers.find(job.kind)->second(run);
        } catch (const GiveUp& e) {
            return bury(run, e.what());
        } catch (const std::exception& e) {
            return failed(run, e.what());
        }
        db.write(
            [&](db::Tx& tx) {
                return outcome == Outcome::Done ? store::finish(tx, run.lease())
                                                : store::again(tx, run.lease());
            },
            db::Priority::Background);
    }

    void failed(Running& run, std::string_view error) {
        const Job& job = run.job();
        if (job.attempts >= job.max_attempts) return bury(run, error);
        log::warning(
            "job.failed",
            {{"kind", job.kind}, {"job", job.id}, {"attempt", job.attempts}, {"what", error}});
        db.write(
            [&](db::Tx& tx) {
                return store::postpone(tx, run.lease(), tx.now() + pause_after(job.attempts),
                                       error.substr(0, kErrorBytes));
            },
            db::Priority::Background);
    }

    void bury(Running& run, std::string_view error) {
        log::error("job.dead", {{"kind", run.job().kind}, {"job", run.job().id}, {"what", error}});
        db.write(
            [&](db::Tx& tx) { return store::bury(tx, run.lease(), error.substr(0, kErrorBytes)); },
            db::Priority::Background);
    }

    void wake() {
        {
            const std::lock_guard lock(mutex);
            ++wakes;
        }
        woken.notify_all();
    }

    void worker() {
        std::uint64_t seen = 0;
        while (!stopping) {
            {
                const std::lock_guard lock(mutex);
                seen = wakes;
            }
            microseconds pause = kPoll;
            try {
                while (!stopping && run_one()) {
                }
                forget_old();
                pause = until_next();
            } catch (const std::exception& e) {
                log::error("jobs.failed", {{"what", e.what()}});
            }
            std::unique_lock lock(mutex);
            woken.wait_for(lock, pause, [&] { return stopping || wakes != seen; });
        }
    }

    /// What was put off to a moment is run at that moment; somebody may set the clock meanwhile,
    /// so nobody sleeps longer than `kPoll`.
    microseconds until_next() {
        return db.read([&](db::Tx& tx) -> microseconds {
            const Instant next = store::next_due(tx, kinds);
            if (!next) return kPoll;
            return std::clamp<microseconds>(next - tx.now(), 0us, kPoll);
        });
    }

    void forget_old() {
        {
            const std::lock_guard lock(mutex);
            const auto now = std::chrono::steady_clock::now();
            if (now < forget_at) return;
            forget_at = now + kForgetEvery;
        }
        db.write([](db::Tx& tx) { store::forget_done(tx, tx.now() - kKeepDone); },
                 db::Priority::Background);
    }

    void renew_leases() {
        std::unique_lock lock(mutex);
        while (!woken.wait_for(lock, kRenewEvery, [&] { return stopping.load(); })) {
            lock.unlock();
            try {
                auto runs = running.lock();  // held meanwhile, so that no run ends under us
                for (Running* run : *runs) run->renew();
            } catch (const std::exception& e) {
                log::error("jobs.renew_failed", {{"what", e.what()}});
            }
            lock.lock();
        }
    }
};

Runner::Runner(db::Db& db, int threads) : impl_(std::make_unique<Impl>(db, threads)) {}

Runner::~Runner() { stop(); }

void Runner::on(std::string kind, Handler handler) {
    impl_->kinds.values.push_back(kind);
    impl_->handlers.insert_or_assign(std::move(kind), std::move(handler));
}

void Runner::start() {
    impl_->stopping = false;
    if (impl_->db.dialect() == db::Dialect::Sqlite) impl_->db.write(store::release_all);
    impl_->subscription = impl_->db.subscribe("jobs", [this] { impl_->wake(); });
    for (int i = 0; i < impl_->thread_count; ++i)
        impl_->threads.emplace_back([this] { impl_->worker(); });
    impl_->renewer = std::thread([this] { impl_->renew_leases(); });
}

void Runner::stop() {
    impl_->subscription = {};
    impl_->stopping = true;
    impl_->wake();
    for (auto& thread : impl_->threads) thread.join();
    impl_->threads.clear();
    if (impl_->renewer.joinable()) impl_->renewer.join();
}

int Runner::run_due() {
    int runs = 0;
    while (impl_->run_one()) ++runs;
    return runs;
}

}  // namespace torv::jobs
