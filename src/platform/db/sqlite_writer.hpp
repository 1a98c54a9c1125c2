#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>

#include "platform/db/engine.hpp"
#include "platform/db/sqlite_connection.hpp"
#include "platform/db/sqlite_node.hpp"

namespace torv::db {

/// The one connection that writes. Its thread takes the transactions that wait, runs each in a
/// savepoint of its own and commits them with one sync; a caller returns when its work is on the
/// disk.
class SqliteWriter {
public:
    /// Clock and bus outlive the writer. Throws DbError when the file cannot be opened.
    SqliteWriter(const std::string& path, bool create, const Clock& clock, Bus& bus, Role role);
    ~SqliteWriter();
    SqliteWriter(const SqliteWriter&) = delete;

    void write(const WriteWork& work, Priority priority);
    /// Runs `work` on the writer's thread between two groups, outside a transaction.
    void alone(const std::function<void(SqliteConnection&)>& work);

private:
    struct Entry {
        const WriteWork* work = nullptr;
        const std::function<void(SqliteConnection&)>* alone = nullptr;
        Priority priority = Priority::People;
        std::chrono::steady_clock::time_point since;
        std::optional<Tx> tx;
        bool kept = false;
        std::exception_ptr error;
        bool done = false;  ///< under the queue's lock
        std::condition_variable woken;
    };

    void enqueue_and_wait(Entry& entry, Priority priority);
    void loop();
    Entry* first();
    Entry* next(std::chrono::steady_clock::time_point group_began, std::size_t taken);
    std::deque<Entry*>* whose_turn(std::chrono::steady_clock::time_point now);
    void note_time(const Entry& entry, std::chrono::steady_clock::time_point began);
    void run_group(Entry& first);
    void run_in_savepoint(Entry& entry, int node);
    void run_singly(const std::vector<Entry*>& entries);
    void run_alone(Entry& entry);
    void finish(const std::vector<Entry*>& entries);
    void checkpoint_if_due();
    void roll_back();
    void release_node();

    const Clock& clock_;
    Bus& bus_;
    SqliteNode node_;
    SqliteConnection connection_;
    std::mutex mutex_;
    std::condition_variable wanted_;
    std::deque<Entry*> people_;
    std::deque<Entry*> background_;
    std::chrono::steady_clock::time_point people_at_;        ///< when the last of them came or went
    std::chrono::steady_clock::time_point background_from_;  ///< while people come
    bool stopping_ = false;
    std::thread thread_;  ///< last: everything it uses is there before it
};

}  // namespace torv::db
