#include "platform/jobs/store.hpp"

namespace torv::jobs::store {
namespace {

State state_of(const db::Row& row, int dead, int done, int lease) {
    if (!row.null(dead)) return State::Dead;
    if (!row.null(done)) return State::Done;
    return row.get<std::int64_t>(lease) != 0 ? State::Running : State::Waiting;
}

Job job_of(const db::Row& row) {
    return Job{
        .id = row.get<JobId>(0),
        .community = row.get<CommunityId>(1),
        .kind = row.get<std::string>(2),
        .payload = row.get<std::string>(3),
        .created_at = row.get<Instant>(4),
        .run_at = row.get<Instant>(5),
        .attempts = row.get<int>(6),
        .max_attempts = row.get<int>(7),
        .state = state_of(row, 9, 10, 11),
        .last_error = row.get<std::string>(8),
    };
}

}  // namespace

JobId insert(db::Tx& tx, const NewJob& job) {
    const auto id = tx.new_id<JobId>();
    const auto key = job.key.empty() ? std::nullopt : std::optional<std::string_view>(job.key);
    const auto added = tx.run(R"sql(
        INSERT INTO jobs (id, community_id, kind, payload, unique_key, created_at, run_at, attempts, max_attempts,
                          lease, lease_until)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, 0, 0)
            ON CONFLICT DO NOTHING
    )sql",
                              id, job.community, job.kind, job.payload, key, tx.now(),
                              job.run_at ? job.run_at : tx.now(), job.max_attempts);
    return added == 1 ? id : JobId{};
}

std::vector<Job> list(db::Tx& tx, CommunityId community, State state, int limit, JobId before) {
    return tx.all(job_of, R"sql(
        SELECT id, community_id, kind, payload, created_at, run_at, attempts, max_attempts, last_error, dead_at,
               done_at, lease
          FROM jobs
         WHERE community_id = $1 AND (CAST($2 AS BIGINT) = 0 OR id < $2)
           AND CASE WHEN dead_at IS NOT NULL THEN 2 WHEN done_at IS NOT NULL THEN 3
                    WHEN lease <> 0 THEN 1 ELSE 0 END = $3
         ORDER BY id DESC LIMIT $4
    )sql",
                  community, before, state, limit);
}

bool retry(db::Tx& tx, CommunityId community, JobId id) {
    return tx.run(R"sql(
        UPDATE jobs SET dead_at = NULL, attempts = 0, lease = 0, lease_until = 0, run_at = $3
         WHERE community_id = $1 AND id = $2 AND dead_at IS NOT NULL
    )sql",
                  community, id, tx.now()) == 1;
}

bool discard(db::Tx& tx, CommunityId community, JobId id) {
    return tx.run("DELETE FROM jobs WHERE community_id = $1 AND id = $2 AND dead_at IS NOT NULL",
                  community, id) == 1;
}

bool any_due(db::Tx& tx, const db::Texts& kinds) {
    return tx
        .one(R"sql(
        SELECT id FROM jobs  -- every community: one queue for the installation
         WHERE done_at IS NULL AND dead_at IS NULL AND run_at <= $1 AND lease_until <= $1 AND kind {in_text $2}
         LIMIT 1
    )sql",
             tx.now(), kinds)
        .has_value();
}

Instant next_due(db::Tx& tx, const db::Texts& kinds) {
    const auto row = tx.one(R"sql(
        SELECT run_at FROM jobs  -- every community: one queue for the installation
         WHERE done_at IS NULL AND dead_at IS NULL AND run_at > $1 AND kind {in_text $2}
         ORDER BY run_at LIMIT 1
    )sql",
                            tx.now(), kinds);
    return row ? row->get<Instant>(0) : Instant{};
}

std::optional<Job> claim(db::Tx& tx, const db::Texts& kinds, std::int64_t holder,
                         Instant lease_until) {
    const auto row = tx.one(R"sql(
        UPDATE jobs SET lease = $1, lease_until = $2, attempts = attempts + 1
         WHERE (community_id, id) = (
               SELECT community_id, id FROM jobs
                WHERE done_at IS NULL AND dead_at IS NULL AND run_at <= $3 AND lease_until <= $3
                  AND kind {in_text $4}
                ORDER BY run_at, id LIMIT 1 {for update skip locked})
        RETURNING id, community_id, kind, payload, created_at, run_at, attempts, max_attempts, last_error,
                  dead_at, done_at, lease
    )sql",
                            holder, lease_until, tx.now(), kinds);
    return row ? std::optional(job_of(*row)) : std::nullopt;
}

bool renew(db::Tx& tx, const Lease& lease, Instant until) {
    return tx.run(
               "UPDATE jobs SET lease_until = $4 WHERE community_id = $1 AND id = $2 AND lease = "
               "$3",
               lease.community, lease.id, lease.holder, until) == 1;
}

bool finish(db::Tx& tx, const Lease& lease) {
    const auto kept = tx.run(R"sql(
        UPDATE jobs SET done_at = $4, lease = 0, lease_until = 0
         WHERE community_id = $1 AND id = $2 AND lease = $3 AND unique_key IS NOT NULL
    )sql",
                             lease.community, lease.id, lease.holder, tx.now());
    if (kept == 1) return true;
    return tx.run("DELETE FROM jobs WHERE community_id = $1 AND id = $2 AND lease = $3",
                  lease.community, lease.id, lease.holder) == 1;
}

bool again(db::Tx& tx, const Lease& lease) {
    return tx.run(R"sql(
        UPDATE jobs SET attempts = 0, run_at = $4, lease = 0, lease_until = 0
         WHERE community_id = $1 AND id = $2 AND lease = $3
    )sql",
                  lease.community, lease.id, lease.holder, tx.now()) == 1;
}

bool postpone(db::Tx& tx, const Lease& lease, Instant run_at, std::string_view error) {
    return tx.run(R"sql(
        UPDATE jobs SET run_at = $4, last_error = $5, lease = 0, lease_until = 0
         WHERE community_id = $1 AND id = $2 AND lease = $3
    )sql",
                  lease.community, lease.id, lease.holder, run_at, error) == 1;
}

bool bury(db::Tx& tx, const Lease& lease, std::string_view error) {
    return tx.run(R"sql(
        UPDATE jobs SET dead_at = $4, last_error = $5, lease = 0, lease_until = 0
         WHERE community_id = $1 AND id = $2 AND lease = $3
    )sql",
                  lease.community, lease.id, lease.holder, tx.now(), error) == 1;
}

void release_all(db::Tx& tx) {
    tx.run(R"sql(
        UPDATE jobs SET lease = 0, lease_until = 0  -- every community: one queue for the installation
         WHERE lease <> 0 AND done_at IS NULL AND dead_at IS NULL
    )sql");
}

void forget_done(db::Tx& tx, Instant before) {
    tx.run(
        "DELETE FROM jobs WHERE done_at < $1  -- every community: one queue for the installation",
        before);
}

}  // namespace torv::jobs::store
