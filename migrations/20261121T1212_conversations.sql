-- Direct and group messages: topics of kind 2 (topics::Kind::Direct) in a space that nobody may read; who takes part is
-- a row here. New tables and views only.

CREATE TABLE conversations (
    community_id BIGINT NOT NULL,
    topic_id     BIGINT NOT NULL,
    kind         BIGINT NOT NULL,            -- conversations::Kind
    low_id       BIGINT,                     -- of a pair: the member with the lower id; NULL: no pair
    high_id      BIGINT,
    created_by   BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,            -- UTC microseconds since 1970
    PRIMARY KEY (community_id, topic_id),
    {fk topic_id topics},
    {fk low_id members},
    {fk high_id members},
    {fk created_by members}
);

-- Two people have one conversation, whoever begins it.
CREATE UNIQUE INDEX conversations_pair ON conversations (community_id, low_id, high_id) WHERE low_id IS NOT NULL;
CREATE INDEX conversations_high ON conversations (community_id, high_id) WHERE high_id IS NOT NULL;
CREATE INDEX conversations_maker ON conversations (community_id, created_by, created_at);

CREATE TABLE conversation_seats (
    community_id BIGINT NOT NULL,
    topic_id     BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    state        BIGINT NOT NULL,            -- conversations::State
    since        BIGINT NOT NULL,            -- when they came, or were asked
    joined_at    BIGINT,                     -- NULL: asked, not joined yet
    until        BIGINT,                     -- NULL: still there
    last_at      BIGINT NOT NULL,            -- of the last message, kept here so that a list is read in its order
    PRIMARY KEY (community_id, topic_id, member_id),
    {fk topic_id topics},
    {fk member_id members}
);

CREATE INDEX conversation_seats_newest ON conversation_seats (community_id, member_id, state, last_at, topic_id);

-- From whom a member takes first messages.
CREATE TABLE conversation_settings (
    community_id BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    who          BIGINT NOT NULL,            -- conversations::Who
    PRIMARY KEY (community_id, member_id),
    {fk member_id members}
);

-- Who may read which conversation: the predicate `direct` of everything that shows posts.
CREATE VIEW conversation_readers AS
    SELECT s.community_id, s.topic_id, s.member_id
      FROM conversation_seats s
     WHERE s.state < 2;
