-- Liftings: which posts were carried from which topic into which, so that a note stays behind and it can be undone.
-- New tables; nothing is written.

CREATE TABLE lifts (
    id           {id},
    community_id BIGINT NOT NULL,
    from_id      BIGINT NOT NULL,            -- the topic they stood in
    to_id        BIGINT NOT NULL,            -- the topic they stand in since
    made         BIGINT NOT NULL,            -- 1: that topic was made for them
    member_id    BIGINT NOT NULL,            -- who did it
    lifted_at    BIGINT NOT NULL,            -- UTC microseconds since 1970
    post_count   BIGINT NOT NULL,
    first_at     BIGINT NOT NULL,            -- created_at of the first of them: where the note stands
    first_id     BIGINT NOT NULL,
    undone_at    BIGINT,                     -- NULL: it holds
    undone_by    BIGINT,
    {key community_id, id},
    {fk from_id topics},
    {fk to_id topics},
    {fk member_id members},
    {fk first_id posts},
    {fk undone_by members}
);

CREATE INDEX lifts_from ON lifts (community_id, from_id, first_at, first_id);
CREATE INDEX lifts_to ON lifts (community_id, to_id, id);
CREATE INDEX lifts_member ON lifts (community_id, member_id);
CREATE INDEX lifts_first ON lifts (community_id, first_id);
CREATE INDEX lifts_undone_by ON lifts (community_id, undone_by) WHERE undone_by IS NOT NULL;

CREATE TABLE lifted_posts (
    community_id BIGINT NOT NULL,
    lift_id      BIGINT NOT NULL,
    post_id      BIGINT NOT NULL,
    PRIMARY KEY (community_id, lift_id, post_id),
    {fk lift_id lifts},
    {fk post_id posts}
);

CREATE INDEX lifted_posts_post ON lifted_posts (community_id, post_id);
