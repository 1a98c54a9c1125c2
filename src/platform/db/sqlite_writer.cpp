#include "platform/db/sqlite_writer.hpp"

#include <algorithm>

#include "platform/base/log.hpp"

namespace torv::db {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// A group ends by time, so that the first of it does not wait long for the last, and by count.
constexpr milliseconds kGroupTime{5};
constexpr std::size_t kGroupCount = 512;
/// Without people for so long, background work has the writer.
constexpr milliseconds kQuiet{3};
/// While they keep coming it has a fifth of the time: after each piece of it, people have so many
/// times as long, but no longer than this.
constexpr int kPeoplesShare = 4;
constexpr milliseconds kPeoplesLongest{500};
constexpr int kCheckpointFrames = 2000;  // 8 MB

}  // namespace

SqliteWriter::SqliteWriter(const std::string& path, bool create, const Clock& clock, Bus& bus,
                           Role role)
    : clock_(clock),
      bus_(bus),
      node_(role, clock),
      connection_(path, SqliteConnection::Mode::Writer, create),
      thread_([this] { loop(); }) {}

SqliteWriter::~SqliteWriter() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wanted_.notify_one();
    thread_.join();
    release_node();
}

void SqliteWriter::release_node() {
    try {
        node_.release(connection_);
    } catch (const DbError& e) {
        log::warning("db.node_not_released", {{"what", e.what()}});
    }
}

void SqliteWriter::write(const WriteWork& work, Priority priority) {
    Entry entry;
    entry.work = &work;
    enqueue_and_wait(entry, priority);
}

void SqliteWriter::alone(const std::function<void(SqliteConnection&)>& work) {
    Entry entry;
    entry.alone = &work;
    enqueue_and_wait(entry, Priority::People);
}

void SqliteWriter::enqueue_and_wait(Entry& entry, Priority priority) {
    if (std::this_thread::get_id() == thread_.get_id())
        throw std::logic_error("a write inside a write would wait for itself");
    entry.since = steady_clock::now();
    entry.priority = priority;
    std::unique_lock lock(mutex_);
    if (priority == Priority::People) people_at_ = entry.since;
    (priority == Priority::People ? people_ : background_).push_back(&entry);
    wanted_.notify_one();
    entry.woken.wait(lock, [&] { return entry.done; });
    if (entry.error) std::rethrow_exception(entry.error);
}

void SqliteWriter::loop() {
    while (Entry* entry = first()) {
        if (entry->alone) run_alone(*entry);
        else run_group(*entry);
        checkpoint_if_due();
    }
}

/// Waits for work; null when the writer stops and nobody waits.
SqliteWriter::Entry* SqliteWriter::first() {
    std::unique_lock lock(mutex_);
    while (true) {
        if (auto* queue = whose_turn(steady_clock::now())) {
            Entry* entry = queue->front();
            queue->pop_front();
            return entry;
        }
        if (!background_.empty()) wanted_.wait_for(lock, kQuiet);
        else if (stopping_) return nullptr;
        else wanted_.wait(lock);
    }
}

/// Null: nobody's. Under the lock.
std::deque<SqliteWriter::Entry*>* SqliteWriter::whose_turn(steady_clock::time_point now) {
    const bool waits = !background_.empty();
    const bool pressing =
        waits && now >= background_from_ && now - background_.front()->since > kBackgroundPatience;
    if (!people_.empty() && !pressing) return &people_;
    return waits && (pressing || stopping_ || now - people_at_ >= kQuiet) ? &background_ : nullptr;
}

/// Who joins the group, while there is time. Work that wants to be alone ends the group.
SqliteWriter::Entry* SqliteWriter::next(steady_clock::time_point group_began, std::size_t taken) {
    const auto now = steady_clock::now();
    if (taken >= kGroupCount || now - group_began > kGroupTime) return nullptr;
    const std::lock_guard lock(mutex_);
    auto* queue = whose_turn(now);
    if (!queue || queue->front()->alone) return nullptr;
    Entry* entry = queue->front();
    queue->pop_front();
    return entry;
}

void SqliteWriter::note_time(const Entry& entry, steady_clock::time_point began) {
    const auto now = steady_clock::now();
    const std::lock_guard lock(mutex_);
    if (entry.priority == Priority::People) people_at_ = now;
    else
        background_from_ =
            now + std::min<steady_clock::duration>(kPeoplesShare * (now - began), kPeoplesLongest);
}

void SqliteWriter::run_group(Entry& first) {
    std::vector<Entry*> entries;
    try {
        connection_.execute("BEGIN IMMEDIATE", {});
        const int node = node_.number(connection_);
        const auto began = steady_clock::now();
        for (Entry* entry = &first; entry; entry = next(began, entries.size())) {
            entries.push_back(entry);
            const auto its_began = steady_clock::now();
            run_in_savepoint(*entry, node);
            note_time(*entry, its_began);
            if (!connection_.in_transaction()) break;  // SQLite gave the whole transaction up
        }
        if (connection_.in_transaction()) {
            connection_.execute("COMMIT", {});
            return finish(entries);
        }
    } catch (...) {
        roll_back();
        if (entries.size() <= 1) {
            first.error = std::current_exception();
            return finish({&first});
        }
    }
    run_singly(entries);
}

void SqliteWriter::run_in_savepoint(Entry& entry, int node) {
    entry.tx.emplace(connection_, clock_.now(), node);
    entry.kept = false;
    entry.error = nullptr;
    connection_.execute("SAVEPOINT one", {});
    try {
        entry.kept = (*entry.work)(*entry.tx);
    } catch (...) {
        entry.error = std::current_exception();
    }
    if (!connection_.in_transaction()) return;
    if (!entry.kept) connection_.execute("ROLLBACK TO one", {});
    connection_.execute("RELEASE one", {});
}

/// After a group that could not be committed (a full disk): each by itself, so that one's failure
/// stays its own.
void SqliteWriter::run_singly(const std::vector<Entry*>& entries) {
    for (Entry* entry : entries) {
        try {
            connection_.execute("BEGIN IMMEDIATE", {});
            run_in_savepoint(*entry, node_.number(connection_));
            if (connection_.in_transaction()) connection_.execute("COMMIT", {});
            else if (!entry->error)
                throw DbError(DbFault::Io, "the transaction was given up by SQLite");
        } catch (...) {
            entry->error = std::current_exception();
            entry->kept = false;
            roll_back();
        }
    }
    finish(entries);
}

void SqliteWriter::run_alone(Entry& entry) {
    try {
        (*entry.alone)(connection_);
    } catch (...) {
        entry.error = std::current_exception();
    }
    roll_back();
    finish({&entry});
}

void SqliteWriter::roll_back() {
    if (!connection_.in_transaction()) return;
    try {
        connection_.execute("ROLLBACK", {});
    } catch (const DbError& e) {
        log::error("db.rollback_failed", {{"what", e.what()}});
    }
}

void SqliteWriter::finish(const std::vector<Entry*>& entries) {
    for (Entry* entry : entries)
        if (entry->tx && entry->kept && !entry->error) Engine::committed(*entry->tx, bus_);
    const std::lock_guard lock(mutex_);
    for (Entry* entry : entries) {
        // Who has an answer now soon writes again.
        if (entry->priority == Priority::People) people_at_ = steady_clock::now();
        entry->done = true;
        entry->woken.notify_one();  // under the lock: the entry dies with its caller's return
    }
}

void SqliteWriter::checkpoint_if_due() {
    if (connection_.wal_frames() < kCheckpointFrames) return;
    try {
        connection_.checkpoint();
    } catch (const DbError& e) {
        log::warning("db.checkpoint_failed", {{"what", e.what()}});
    }
}

}  // namespace torv::db
