-- Spaces: the rooms of a community, who has a role in them, their former addresses, and who asks to come in.

CREATE TABLE spaces (
    id           {id},
    community_id BIGINT NOT NULL,
    parent_id    BIGINT,                     -- NULL: at the top
    slug         TEXT   NOT NULL,
    name         TEXT   NOT NULL,
    description  TEXT   NOT NULL DEFAULT '',
    icon         TEXT   NOT NULL DEFAULT '', -- an emoji, or the name of an icon
    kind         BIGINT NOT NULL,            -- spaces::Kind
    visibility   BIGINT NOT NULL,            -- spaces::Visibility
    starters     BIGINT NOT NULL DEFAULT 0,  -- spaces::Starters
    position     BIGINT NOT NULL,            -- order among siblings
    topic_count  BIGINT NOT NULL DEFAULT 0,  -- topics that are not deleted
    created_at   BIGINT NOT NULL,            -- UTC microseconds since 1970
    created_by   BIGINT,                     -- NULL: made by the founding of the community, or imported
    archived_at  BIGINT,                     -- NULL: in use
    source       TEXT,                       -- where it was imported from: "slack:C024BE91L"
    {key community_id, id},
    {fk_global community_id communities},
    {fk parent_id spaces},
    {fk created_by members}
);

CREATE UNIQUE INDEX spaces_slug ON spaces (community_id, slug);
CREATE UNIQUE INDEX spaces_source ON spaces (community_id, source) WHERE source IS NOT NULL;
CREATE INDEX spaces_parent ON spaces (community_id, parent_id);
CREATE INDEX spaces_created_by ON spaces (community_id, created_by) WHERE created_by IS NOT NULL;

-- Addresses a space had before; a redirect leads on.
CREATE TABLE space_slugs (
    community_id BIGINT NOT NULL,
    slug         TEXT   NOT NULL,
    space_id     BIGINT NOT NULL,
    PRIMARY KEY (community_id, slug),
    {fk space_id spaces}
);

CREATE INDEX space_slugs_space ON space_slugs (community_id, space_id);

-- Who has a role in a space. Private and secret spaces are open to these alone.
CREATE TABLE space_members (
    community_id BIGINT NOT NULL,
    space_id     BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    role         BIGINT NOT NULL,            -- spaces::Role
    created_at   BIGINT NOT NULL,
    PRIMARY KEY (community_id, member_id, space_id),
    {fk space_id spaces},
    {fk member_id members}
);

CREATE INDEX space_members_space ON space_members (community_id, space_id);

-- Members who ask to come into a private space, until somebody answers.
CREATE TABLE space_requests (
    community_id BIGINT NOT NULL,
    space_id     BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    PRIMARY KEY (community_id, space_id, member_id),
    {fk space_id spaces},
    {fk member_id members}
);

CREATE INDEX space_requests_member ON space_requests (community_id, member_id);

-- For slices that count per space: published, stable.
CREATE VIEW known_spaces AS
    SELECT s.community_id, s.id AS space_id FROM spaces s;
