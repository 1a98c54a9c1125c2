-- "Ask the leaders": questions of members to those who lead. What is said is a conversation of kind 2
-- (conversations::Kind::Question). A new table.

CREATE TABLE leader_questions (
    community_id BIGINT NOT NULL,
    topic_id     BIGINT NOT NULL,  -- the conversation in which it is asked and answered
    asker_id     BIGINT NOT NULL,
    space_id     BIGINT,           -- NULL: the whole community
    post_id      BIGINT NOT NULL,  -- with which it was asked
    taken_by     BIGINT,           -- NULL: nobody yet
    asked_at     BIGINT NOT NULL,  -- UTC microseconds since 1970
    closed_at    BIGINT,           -- NULL: open
    PRIMARY KEY (community_id, topic_id),
    {fk topic_id topics},
    {fk post_id posts},
    {fk asker_id members},
    {fk space_id spaces},
    {fk taken_by members}
);

CREATE INDEX leader_questions_open ON leader_questions (community_id, asked_at, topic_id) WHERE closed_at IS NULL;
CREATE INDEX leader_questions_asked ON leader_questions (community_id, asked_at, topic_id);
CREATE INDEX leader_questions_asker ON leader_questions (community_id, asker_id, asked_at, topic_id);
CREATE INDEX leader_questions_space ON leader_questions (community_id, space_id) WHERE space_id IS NOT NULL;
CREATE INDEX leader_questions_taker ON leader_questions (community_id, taken_by) WHERE taken_by IS NOT NULL;
CREATE INDEX leader_questions_post ON leader_questions (community_id, post_id);
