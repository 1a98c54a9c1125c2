-- What a member has begun to write, one per place: "topic:7" an answer, "space:3" a new topic, "post:41" a change.

CREATE TABLE drafts (
    community_id BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    place        TEXT   NOT NULL,
    title        TEXT   NOT NULL DEFAULT '',
    body         TEXT   NOT NULL,
    updated_at   BIGINT NOT NULL,  -- UTC microseconds since 1970
    PRIMARY KEY (community_id, member_id, place),
    {fk member_id members}
);
