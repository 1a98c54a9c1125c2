-- Circles: groups of members, who is in them, who asks to come in, and which spaces they open. New tables.

CREATE TABLE circles (
    id           {id},
    community_id BIGINT NOT NULL,
    slug         TEXT   NOT NULL,
    name         TEXT   NOT NULL,
    description  TEXT   NOT NULL DEFAULT '',
    visibility   BIGINT NOT NULL,            -- circles::Visibility
    entry        BIGINT NOT NULL,            -- circles::Entry
    question     TEXT   NOT NULL DEFAULT '', -- put to who asks to come in; empty: none
    member_count BIGINT NOT NULL DEFAULT 0,
    created_at   BIGINT NOT NULL,            -- UTC microseconds since 1970
    created_by   BIGINT NOT NULL,
    removed_at   BIGINT,                     -- only its name is kept, for notices that name it
    {key community_id, id},
    {fk_global community_id communities},
    {fk created_by members}
);

CREATE UNIQUE INDEX circles_slug ON circles (community_id, slug) WHERE removed_at IS NULL;
CREATE INDEX circles_created_by ON circles (community_id, created_by);

CREATE TABLE circle_members (
    community_id BIGINT NOT NULL,
    circle_id    BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    since        BIGINT NOT NULL,
    PRIMARY KEY (community_id, member_id, circle_id),
    {fk circle_id circles},
    {fk member_id members}
);

CREATE INDEX circle_members_newest ON circle_members (community_id, circle_id, since, member_id);

-- Members who ask to come in, until somebody answers.
CREATE TABLE circle_requests (
    community_id BIGINT NOT NULL,
    circle_id    BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    answer       TEXT   NOT NULL DEFAULT '', -- to the circle's question
    created_at   BIGINT NOT NULL,
    PRIMARY KEY (community_id, circle_id, member_id),
    {fk circle_id circles},
    {fk member_id members}
);

CREATE INDEX circle_requests_member ON circle_requests (community_id, member_id);

-- Spaces that the people of a circle may enter as members of the space.
CREATE TABLE circle_spaces (
    community_id BIGINT NOT NULL,
    circle_id    BIGINT NOT NULL,
    space_id     BIGINT NOT NULL,
    PRIMARY KEY (community_id, circle_id, space_id),
    {fk circle_id circles},
    {fk space_id spaces}
);

CREATE INDEX circle_spaces_space ON circle_spaces (community_id, space_id);

-- Which spaces are open to whom by a circle: published for features/spaces.
CREATE VIEW circle_doors AS
    SELECT m.community_id, m.member_id, s.space_id
      FROM circle_members m
      JOIN circle_spaces s ON s.community_id = m.community_id AND s.circle_id = m.circle_id;
