-- Who reacted how to which post. The counts stand on the post.

CREATE TABLE reactions (
    community_id BIGINT NOT NULL,
    post_id      BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    emoji        TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,  -- UTC microseconds since 1970
    PRIMARY KEY (community_id, post_id, member_id, emoji),
    {fk post_id posts},
    {fk member_id members}
);

CREATE INDEX reactions_member ON reactions (community_id, member_id, created_at);
