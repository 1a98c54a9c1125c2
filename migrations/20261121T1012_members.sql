-- An account in one community; or, after an import, somebody who wrote here and has no account yet.

CREATE TABLE members (
    id            {id},
    community_id  BIGINT NOT NULL,
    account_id    BIGINT,                       -- NULL: an imported placeholder
    handle        TEXT   NOT NULL,              -- the current one; all are in member_handles
    name          TEXT   NOT NULL,
    name_key      TEXT   NOT NULL,              -- sorts the name as the community's language does
    search_key    TEXT   NOT NULL,              -- name and handle folded, a space before each word
    role          BIGINT NOT NULL,              -- 1 member, 2 moderator, 3 admin, 4 owner
    state         BIGINT NOT NULL,              -- 0 active, 1 pending, 2 left, 3 placeholder, 4 suspended
    avatar        TEXT   NOT NULL DEFAULT '',   -- URL of the picture
    bio           TEXT   NOT NULL DEFAULT '',   -- Markdown
    bio_html      TEXT   NOT NULL DEFAULT '',
    reason        TEXT   NOT NULL DEFAULT '',   -- what was written when asking to join
    invitation_id BIGINT,                       -- came by this one
    rules_version BIGINT NOT NULL DEFAULT 0,    -- last accepted
    joined_at     BIGINT NOT NULL,              -- UTC microseconds since 1970; asked at, while pending
    left_at       BIGINT,
    {key community_id, id},
    {fk_global community_id communities},
    {fk_global account_id accounts}
);

CREATE UNIQUE INDEX members_account ON members (community_id, account_id) WHERE account_id IS NOT NULL;
CREATE INDEX members_of_account ON members (account_id, community_id) WHERE account_id IS NOT NULL;
CREATE INDEX members_name ON members (community_id, state, name_key, id);
CREATE INDEX members_joined ON members (community_id, state, joined_at, id);
CREATE INDEX members_role ON members (community_id, role, id) WHERE role > 1;

-- Handles present and past. A past one still leads to its member and is given to nobody else.
CREATE TABLE member_handles (
    community_id BIGINT NOT NULL,
    handle       TEXT   NOT NULL,  -- lower case
    member_id    BIGINT NOT NULL,
    taken_at     BIGINT NOT NULL,
    PRIMARY KEY (community_id, handle),
    {fk member_id members}
);

CREATE INDEX member_handles_member ON member_handles (community_id, member_id);

-- Who somebody was in another system, so that a second import finds them again.
CREATE TABLE member_sources (
    community_id BIGINT NOT NULL,
    source       TEXT   NOT NULL,  -- "slack:T024BE7LD"
    source_key   TEXT   NOT NULL,  -- "U023BECGF"
    member_id    BIGINT NOT NULL,
    PRIMARY KEY (community_id, source, source_key),
    {fk member_id members}
);

CREATE INDEX member_sources_member ON member_sources (community_id, member_id);
