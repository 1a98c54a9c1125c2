#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "platform/jobs/jobs.hpp"

/// All SQL of the queue. Only files of this module include it.
namespace torv::jobs::store {

JobId insert(db::Tx& tx, const NewJob& job);
std::vector<Job> list(db::Tx& tx, CommunityId community, State state, int limit, JobId before);
bool retry(db::Tx& tx, CommunityId community, JobId id);
bool discard(db::Tx& tx, CommunityId community, JobId id);

/// Who runs a job and until when. Every change below is refused when the job has another lease by
/// now.
struct Lease {
    CommunityId community;
    JobId id;
    std::int64_t holder = 0;
};

bool any_due(db::Tx& tx, const db::Texts& kinds);
/// When the next one becomes due; 0: none waits.
Instant next_due(db::Tx& tx, const db::Texts& kinds);
/// The job that has been due longest, with a lease and one more attempt.
std::optional<Job> claim(db::Tx& tx, const db::Texts& kinds, std::int64_t holder,
                         Instant lease_until);
bool renew(db::Tx& tx, const Lease& lease, Instant until);
/// A job with a key is kept, so that its like is not queued again; one without is removed.
bool finish(db::Tx& tx, const Lease& lease);
bool again(db::Tx& tx, const Lease& lease);
bool postpone(db::Tx& tx, const Lease& lease, Instant run_at, std::string_view error);
bool bury(db::Tx& tx, const Lease& lease, std::string_view error);

/// Ends the leases of processes that are gone; for SQLite, whose one server has just started.
void release_all(db::Tx& tx);
/// Forgets finished jobs with a key that are older than `before`.
void forget_done(db::Tx& tx, Instant before);

}  // namespace torv::jobs::store
