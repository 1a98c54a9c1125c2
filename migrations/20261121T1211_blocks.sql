-- Whom a member has blocked. New table only. A row keeps the time in which it held: what is derived again later is
-- judged by what held when it happened.

CREATE TABLE blocks (
    community_id BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,  -- who blocks
    blocked_id   BIGINT NOT NULL,
    since        BIGINT NOT NULL,  -- UTC microseconds since 1970
    until        BIGINT,           -- NULL: still
    PRIMARY KEY (community_id, member_id, blocked_id, since),
    {fk member_id members},
    {fk blocked_id members}
);

CREATE INDEX blocks_blocked ON blocks (community_id, blocked_id, member_id);
