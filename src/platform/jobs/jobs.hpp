#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/ids.hpp"
#include "platform/base/result.hpp"
#include "platform/base/time.hpp"
#include "platform/db/db.hpp"

/// Work that is done later, and done even when the process dies meanwhile: rows with a lease, tried
/// again with growing pauses, then kept as dead letters until somebody looks. A handler may run
/// more than once: it must be idempotent.
namespace torv::jobs {

using JobId = Id<struct JobTag>;

struct NewJob {
    CommunityId community;  ///< 0: the installation's own
    std::string kind;       ///< "noun.verb": "mail.send"
    std::string payload = "{}";
    Instant run_at = {};  ///< now, when not said
    std::string key;      ///< when given: no second job of this kind and key is put in the queue
    int max_attempts = 8;
};

/// Puts a job in the queue in the caller's transaction. Gives 0 when one of this kind and key is
/// there already, in any state.
JobId enqueue(db::Tx& tx, const NewJob& job);

enum class State { Waiting, Running, Dead, Done };

struct Job {
    JobId id;
    CommunityId community;
    std::string kind;
    std::string payload;
    Instant created_at;
    Instant run_at;
    int attempts = 0;  ///< begun so far, this one included
    int max_attempts = 0;
    State state = State::Waiting;
    std::string last_error;
};

/// Jobs of a community in a state, newest first, those below `before` (0: from the newest).
std::vector<Job> list(db::Tx& tx, CommunityId community, State state, int limit, JobId before = {});
/// Puts a dead job back in the queue with all its attempts. Fault: NotFound "jobs.not_found".
Done retry(db::Tx& tx, CommunityId community, JobId id);
/// Removes a dead job. Fault: NotFound "jobs.not_found".
Done discard(db::Tx& tx, CommunityId community, JobId id);

/// Thrown by a handler that knows that trying again is of no use: the job becomes a dead letter at
/// once.
class GiveUp : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

enum class Outcome {
    Done,
    Again,  ///< more to do: run me again soon, with a fresh count of attempts. For long work done
            ///< in steps, and for a stop.
};

/// A job under way. Its lease is renewed while the handler runs.
class Run {
public:
    virtual ~Run() = default;
    virtual const Job& job() const = 0;
    virtual db::Db& db() = 0;
    /// True when the server stops or the lease was lost: save what is done and return
    /// Outcome::Again.
    virtual bool should_stop() const = 0;
};

/// Throwing anything else than GiveUp means: try again later.
using Handler = std::function<Outcome(Run&)>;

class Runner {
public:
    /// `db` outlives the runner.
    explicit Runner(db::Db& db, int threads = 2);
    ~Runner();
    Runner(const Runner&) = delete;

    void on(std::string kind, Handler handler);

    void start();
    void stop();  ///< tells handlers to stop and waits for them
    /// Runs what is due now on this thread until nothing due is left; gives the number of runs. For
    /// tests and commands.
    int run_due();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace torv::jobs
