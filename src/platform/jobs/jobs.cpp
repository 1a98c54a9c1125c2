#include "platform/jobs/jobs.hpp"

#include "platform/jobs/store.hpp"

namespace torv::jobs {

JobId enqueue(db::Tx& tx, const NewJob& job) {
    const JobId id = store::insert(tx, job);
    if (id) tx.wake("jobs");
    return id;
}

std::vector<Job> list(db::Tx& tx, CommunityId community, State state, int limit, JobId before) {
    return store::list(tx, community, state, limit, before);
}

Done retry(db::Tx& tx, CommunityId community, JobId id) {
    if (!store::retry(tx, community, id)) return fail(Fault::NotFound, "jobs.not_found");
    tx.wake("jobs");
    return Unit{};
}

Done discard(db::Tx& tx, CommunityId community, JobId id) {
    if (!store::discard(tx, community, id)) return fail(Fault::NotFound, "jobs.not_found");
    return Unit{};
}

}  // namespace torv::jobs
