-- How far a member has read.

CREATE TABLE topic_reads (
    community_id BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    topic_id     BIGINT NOT NULL,
    post_at      BIGINT NOT NULL,  -- created_at of the last post read, UTC microseconds since 1970
    replies      BIGINT NOT NULL,  -- of the topic up to there
    PRIMARY KEY (community_id, member_id, topic_id),
    {fk topic_id topics},
    {fk member_id members}
);

CREATE INDEX topic_reads_topic ON topic_reads (community_id, topic_id);

-- Everything in the space up to this moment counts as read.
CREATE TABLE space_reads (
    community_id BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    space_id     BIGINT NOT NULL,
    read_at      BIGINT NOT NULL,
    PRIMARY KEY (community_id, member_id, space_id),
    {fk space_id spaces},
    {fk member_id members}
);

CREATE INDEX space_reads_space ON space_reads (community_id, space_id);
