-- What the platform itself keeps: facts of the installation, and results of requests that may be sent again.

CREATE TABLE installation (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

-- A change that came with an idempotency key, kept in the transaction of the change itself. Removed after a week.
CREATE TABLE request_results (
    community_id BIGINT NOT NULL,
    account_id   BIGINT NOT NULL,
    route        TEXT   NOT NULL,  -- method and path
    request_key  TEXT   NOT NULL,
    body_hash    TEXT   NOT NULL,
    result_id    BIGINT NOT NULL,  -- of what was made
    created_at   BIGINT NOT NULL,  -- UTC microseconds since 1970
    PRIMARY KEY (community_id, account_id, route, request_key)
);

CREATE INDEX request_results_age ON request_results (community_id, created_at);
