-- What members have written to be posted later, once or again and again. A new table; the texts that keep a file from being
-- swept away are drafts and these.

CREATE TABLE scheduled_posts (
    id           {id},
    community_id BIGINT NOT NULL,
    author_id    BIGINT NOT NULL,
    space_id     BIGINT,                    -- where a topic is begun; NULL: an answer
    topic_id     BIGINT,                    -- which is answered; NULL: a new topic
    reply_to     BIGINT,                    -- the post that is answered; NULL: the topic
    title        TEXT   NOT NULL DEFAULT '',
    body         TEXT   NOT NULL,
    starts_at    TEXT   NOT NULL,           -- "2026-11-30T08:00:00" on the clocks of the zone
    zone         TEXT   NOT NULL,           -- "Europe/Copenhagen"
    rule         TEXT   NOT NULL DEFAULT '',-- RRULE of RFC 5545; empty: once
    due_at       BIGINT,                    -- UTC microseconds since 1970; NULL: it could not be posted
    failed_at    BIGINT,
    fault        TEXT   NOT NULL DEFAULT '',-- why not, a key of the catalogue
    posted       BIGINT NOT NULL DEFAULT 0, -- how often
    created_at   BIGINT NOT NULL,
    {key community_id, id},
    {fk author_id members},
    {fk space_id spaces},
    {fk topic_id topics},
    {fk reply_to posts}
);

CREATE INDEX scheduled_posts_author ON scheduled_posts (community_id, author_id, id);
CREATE INDEX scheduled_posts_space ON scheduled_posts (community_id, space_id);
CREATE INDEX scheduled_posts_topic ON scheduled_posts (community_id, topic_id);
CREATE INDEX scheduled_posts_reply ON scheduled_posts (community_id, reply_to);

DROP VIEW draft_texts;
CREATE VIEW draft_texts AS
    SELECT d.community_id, d.member_id, d.body FROM drafts d
    UNION ALL
    SELECT s.community_id, s.author_id AS member_id, s.body FROM scheduled_posts s;
