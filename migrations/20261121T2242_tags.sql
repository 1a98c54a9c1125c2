-- Subjects that people name in their posts (#coffee): which post names which, and how often each is named in a space. Kept by a
-- consumer of the activity; may be emptied and filled again at any time.

CREATE TABLE post_tags (
    community_id BIGINT NOT NULL,
    post_id      BIGINT NOT NULL,
    tag          TEXT   NOT NULL,  -- without #, lower case
    topic_id     BIGINT NOT NULL,
    space_id     BIGINT NOT NULL,  -- where it stands now
    created_at   BIGINT NOT NULL,  -- of the post; UTC microseconds since 1970
    PRIMARY KEY (community_id, post_id, tag)
);

CREATE INDEX post_tags_newest ON post_tags (community_id, tag, created_at, post_id, space_id);
CREATE INDEX post_tags_topic ON post_tags (community_id, topic_id);

CREATE TABLE tag_counts (
    community_id BIGINT NOT NULL,
    tag          TEXT   NOT NULL,
    space_id     BIGINT NOT NULL,
    posts        BIGINT NOT NULL,
    PRIMARY KEY (community_id, tag, space_id)
);
