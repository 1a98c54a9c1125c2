-- Replies that are not on the row of their topic yet: on PostgreSQL, where many write into one topic at once, who finds the row
-- held by another notes the reply here and does not wait. Folded in within moments; always empty on SQLite. Decision 0012.

CREATE TABLE noted_replies (
    community_id BIGINT NOT NULL,
    topic_id     BIGINT NOT NULL,
    post_id      BIGINT NOT NULL,
    PRIMARY KEY (community_id, topic_id, post_id),
    {fk topic_id topics}
);
