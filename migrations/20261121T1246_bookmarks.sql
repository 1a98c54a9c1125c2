-- What members put aside to come back to. A new table.

CREATE TABLE bookmarks (
    community_id BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    post_id      BIGINT NOT NULL,
    note         TEXT   NOT NULL DEFAULT '',
    created_at   BIGINT NOT NULL,  -- UTC microseconds since 1970
    remind_at    BIGINT,           -- NULL: no reminder, or it has come
    PRIMARY KEY (community_id, member_id, post_id),
    {fk member_id members},
    {fk post_id posts}
);

CREATE INDEX bookmarks_newest ON bookmarks (community_id, member_id, created_at, post_id);
CREATE INDEX bookmarks_post ON bookmarks (community_id, post_id);
