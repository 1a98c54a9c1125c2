-- What decides over people and their rights, chained by hashes. Rows are added and sealed, never changed and never deleted.

CREATE TABLE audit_log (
    id           {id},
    community_id BIGINT NOT NULL,
    position     BIGINT,                     -- in the chain; NULL: not sealed yet
    at           BIGINT NOT NULL,            -- UTC microseconds since 1970
    account_id   BIGINT NOT NULL,            -- who did it; 0: nobody who is known. No foreign key: the entry outlives the person
    member_id    BIGINT NOT NULL,            -- the same here; 0: no member
    noun         TEXT   NOT NULL,            -- of the kind, for the filter
    kind         TEXT   NOT NULL,            -- "token.made"
    subject_kind TEXT   NOT NULL,
    subject_id   BIGINT NOT NULL,
    before_json  TEXT   NOT NULL,            -- JSON of ids, numbers and our own words
    after_json   TEXT   NOT NULL,
    hash         TEXT   NOT NULL DEFAULT '', -- SHA-256 over this entry and the hash of the one before; '': not sealed yet
    {key community_id, id}
);

CREATE UNIQUE INDEX audit_log_chain ON audit_log (community_id, position) WHERE position IS NOT NULL;
CREATE INDEX audit_log_unsealed ON audit_log (community_id, id) WHERE position IS NULL;
CREATE INDEX audit_log_noun ON audit_log (community_id, noun, id);

-- The end of each chain.
CREATE TABLE audit_heads (
    community_id BIGINT NOT NULL PRIMARY KEY,
    position     BIGINT NOT NULL,
    hash         TEXT   NOT NULL
);
