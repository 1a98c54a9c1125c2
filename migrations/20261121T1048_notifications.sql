-- Notices: what happened that concerns a member, derived from activity; and what a member follows. New tables only.

-- One row a member and activity; pages bundle what has the same kind, place and reading. Everything but read_at
-- can be derived again. Topics, posts and spaces are no foreign keys: a row outlives what it speaks of, unseen.
CREATE TABLE notices (
    community_id BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,            -- who is told
    position     BIGINT NOT NULL,            -- of the activity
    kind         BIGINT NOT NULL,            -- notifications::Kind
    why          BIGINT NOT NULL,            -- notifications::Why
    place        BIGINT NOT NULL,            -- what is bundled: the topic, the space, or the position
    actor_id     BIGINT NOT NULL,            -- 0: nobody in particular
    space_id     BIGINT NOT NULL,            -- 0: the whole community
    topic_id     BIGINT NOT NULL,            -- 0: no topic
    post_id      BIGINT NOT NULL,            -- 0: no post
    detail       TEXT   NOT NULL DEFAULT '', -- an emoji, a role, what a moderator did
    happened_at  BIGINT NOT NULL,            -- UTC microseconds since 1970
    gone         BIGINT NOT NULL DEFAULT 0,  -- 1: deleted or taken back; 2: waits to be derived again
    read_at      BIGINT,                     -- NULL: not read; 0: was read before the notice was there
    PRIMARY KEY (community_id, member_id, position),
    {fk member_id members}
);

CREATE INDEX notices_newest ON notices (community_id, member_id, happened_at, position) WHERE gone = 0;
CREATE INDEX notices_unread ON notices (community_id, member_id, happened_at, kind, place, space_id) WHERE gone = 0 AND read_at IS NULL;
CREATE INDEX notices_topic ON notices (community_id, topic_id, member_id) WHERE topic_id > 0;

-- How much a member wants to hear of a space, a topic or a person, with the time in which that held: an activity
-- is judged by what held when it happened, also when it is derived again later.
CREATE TABLE notice_levels (
    community_id BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    place        BIGINT NOT NULL,  -- notifications::Place
    place_id     BIGINT NOT NULL,
    level        BIGINT NOT NULL,  -- notifications::Level
    own          BIGINT NOT NULL,  -- 1: chosen by the member; 0: by writing in a topic, derived
    since        BIGINT NOT NULL,  -- UTC microseconds since 1970
    until        BIGINT,           -- NULL: still
    PRIMARY KEY (community_id, member_id, place, place_id, since),
    {fk member_id members}
);

CREATE INDEX notice_levels_followers ON notice_levels (community_id, place, place_id, member_id) WHERE level = 2;
