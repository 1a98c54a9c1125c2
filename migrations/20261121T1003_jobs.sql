-- Work that is done later, tried again with growing pauses, and kept as a dead letter when it cannot be done.

CREATE TABLE jobs (
    id {id},
    community_id BIGINT NOT NULL,  -- 0 = the installation's own
    kind TEXT NOT NULL,            -- "mail.send"
    payload TEXT NOT NULL,         -- JSON
    unique_key TEXT,               -- no two jobs of a kind have the same
    created_at BIGINT NOT NULL,
    run_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    max_attempts BIGINT NOT NULL,
    lease BIGINT NOT NULL,         -- who runs it; 0 = nobody
    lease_until BIGINT NOT NULL,
    last_error TEXT,
    done_at BIGINT,
    dead_at BIGINT,
    {key community_id, id}
);

CREATE UNIQUE INDEX jobs_unique_key ON jobs (community_id, kind, unique_key) WHERE unique_key IS NOT NULL;
-- Workers look for what is due in the whole installation.
CREATE INDEX jobs_due ON jobs (run_at) WHERE done_at IS NULL AND dead_at IS NULL;
