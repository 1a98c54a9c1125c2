#include "platform/db/sqlite_writer.hpp"

#include "platform/base/log.hpp"

namespace torv::db {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// A group ends by time, so that the first of it does not wait long for the last, and by count.
constexpr milliseconds kGroupTime{5};
constexpr std::size_t kGroupCount = 512;
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
    std::unique_lock lock(mutex_);
    (priority == Priority::People ? people_ : background_).push_back(&entry);
    wanted_.notify_one();
    entry.woken.wait(lock, [&] { return entry.done; });
    if (entry.error) std::rethrow_exception(entry.error);
}

void SqliteWriter::loop() {
    while (true) {
        Entry* first = nullptr;
        {
            std::unique_lock lock(mutex_);
            wanted_.wait(lock,
                         [&] { return stopping_ || !people_.empty() || !background_.empty(); });
            auto& queue = people_.empty() ? background_ : people_;
            if (queue.empty()) return;  // stopping, and nobody waits
            first = queue.front();
            queue.pop_front();
        }
        if (first->alone) run_alone(*first);
        else run_group(*first);
        checkpoint_if_due();
    }
}

/// Who joins the group: people first, then background work, while there is time. Work that wants to
/// be alone ends the group.
SqliteWriter::Entry* SqliteWriter::next(steady_clock::time_point group_began, std::size_t taken) {
    const auto now = steady_clock::now();
    if (taken >= kGroupCount || now - group_began > kGroupTime) return nullptr;
    const std::lock_guard lock(mutex_);
    const bool impatient =
        !background_.empty() && now - background_.front()->since > kBackgroundPatience;
    auto& queue = people_.empty() || impatient ? background_ : people_;
    if (queue.empty() || queue.front()->alone) return nullptr;
    Entry* entry = queue.front();
    queue.pop_front();
    return entry;
}

void SqliteWriter::run_group(Entry& first) {
    std::vector<Entry*> entries;
    try {
        connection_.execute("BEGIN IMMEDIATE", {});
        const int node = node_.number(connection_);
        const auto began = steady_clock::now();
        for (Entry* entry = &first; entry; entry = next(began, entries.size())) {
            entries.push_back(entry);
            run_in_savepoint(*entry, node);
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
