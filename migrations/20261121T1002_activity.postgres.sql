-- The record of everything that happened. A row gets its position after its commit, in the order
-- (xact, id), once no older transaction can still commit: transactions commit out of the order of
-- their ids. See ARCHITECTURE 4.

CREATE TABLE activity (
    id {id},
    community_id BIGINT NOT NULL,
    position BIGINT,               -- 1, 2, 3 … within the community, without gaps; NULL = not given yet
    xact XID8 NOT NULL DEFAULT pg_current_xact_id(),
    happened_at BIGINT NOT NULL,   -- UTC microseconds; imported rows happened long ago
    recorded_at BIGINT NOT NULL,
    origin BIGINT NOT NULL,        -- 0 lived, 1 imported
    kind TEXT NOT NULL,            -- "topic.created"
    actor_id BIGINT NOT NULL,      -- 0 = nobody in particular
    subject_kind TEXT NOT NULL,
    subject_id BIGINT NOT NULL,
    space_id BIGINT NOT NULL,      -- 0 = the whole community
    payload TEXT NOT NULL,         -- JSON; ids and numbers only
    {key community_id, id}
);

CREATE UNIQUE INDEX activity_position ON activity (community_id, position);
CREATE INDEX activity_pending ON activity (community_id, xact, id) WHERE position IS NULL;

-- The newest position of each community.
CREATE TABLE activity_heads (
    community_id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    {key community_id}
);

-- How far each consumer has come. The epoch grows with each owner and fences the one before.
CREATE TABLE activity_cursors (
    community_id BIGINT NOT NULL,
    consumer TEXT NOT NULL,
    position BIGINT NOT NULL,
    epoch BIGINT NOT NULL,
    holder BIGINT NOT NULL,        -- of the lease; 0 = nobody
    lease_until BIGINT NOT NULL,
    {key community_id, consumer}
);
