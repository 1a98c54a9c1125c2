-- What moderators and admins did, in the words of modlog::Act. Kept for good; members see what concerns the spaces they may read.

CREATE TABLE modlog (
    id           {id},
    community_id BIGINT NOT NULL,
    at           BIGINT NOT NULL,  -- UTC microseconds since 1970
    actor_id     BIGINT NOT NULL,
    act          TEXT   NOT NULL,  -- "topic.lock"
    subject_kind TEXT   NOT NULL,  -- "topic", "post", "space", "member"
    subject_id   BIGINT NOT NULL,
    space_id     BIGINT,           -- NULL: concerns the whole community
    detail       TEXT   NOT NULL DEFAULT '{}',  -- JSON: ids and numbers, never a person's words
    {key community_id, id},
    {fk actor_id members},
    {fk space_id spaces}
);

CREATE INDEX modlog_actor ON modlog (community_id, actor_id, id);
CREATE INDEX modlog_space ON modlog (community_id, space_id, id) WHERE space_id IS NOT NULL;
CREATE INDEX modlog_subject ON modlog (community_id, subject_kind, subject_id, id);
