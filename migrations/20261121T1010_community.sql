-- The communities of the installation. A community has no community_id: its id is what everything else carries.

CREATE TABLE communities (
    id              {id},
    slug            TEXT   NOT NULL,             -- in addresses and in the header Torv-Community
    host            TEXT   NOT NULL DEFAULT '',  -- lower case, with a port that is not the usual one; '' = none of its own
    address         TEXT   NOT NULL DEFAULT '',  -- "https://square.example": what links begin with
    address_chosen  BIGINT NOT NULL DEFAULT 0,   -- 1: the owner wrote it; 0: follows the installation's address
    is_default      BIGINT NOT NULL DEFAULT 0,   -- 1: answers where the host says nothing
    name            TEXT   NOT NULL,
    tagline         TEXT   NOT NULL DEFAULT '',
    purpose         TEXT   NOT NULL DEFAULT '',
    values_text     TEXT   NOT NULL DEFAULT '',
    audience        TEXT   NOT NULL DEFAULT '',
    tone            TEXT   NOT NULL DEFAULT '',
    about           TEXT   NOT NULL DEFAULT '',  -- Markdown
    about_html      TEXT   NOT NULL DEFAULT '',
    language        TEXT   NOT NULL DEFAULT 'en',
    sign_up         BIGINT NOT NULL DEFAULT 1,   -- 0 open, 1 by invitation, 2 by approval
    guests_may_read BIGINT NOT NULL DEFAULT 0,
    members_invite  BIGINT NOT NULL DEFAULT 1,   -- 1: members may make invitations
    hue             BIGINT NOT NULL DEFAULT 45,  -- of the accent, degrees in oklch
    chroma          BIGINT NOT NULL DEFAULT 140, -- of the accent, thousandths in oklch
    font            TEXT   NOT NULL DEFAULT 'system',
    radius          TEXT   NOT NULL DEFAULT 'soft',
    logo_url        TEXT   NOT NULL DEFAULT '',
    look_version    BIGINT NOT NULL DEFAULT 1,
    rules_version   BIGINT NOT NULL DEFAULT 0,   -- 0 = no rules yet
    access_version  BIGINT NOT NULL DEFAULT 1,   -- grows when who may see what changes
    member_count    BIGINT NOT NULL DEFAULT 0,   -- active ones
    created_at      BIGINT NOT NULL,             -- UTC microseconds since 1970
    founded_at      BIGINT,                      -- NULL until the canvas is done
    {key id}
);

CREATE UNIQUE INDEX communities_slug ON communities (slug);
CREATE UNIQUE INDEX communities_host ON communities (host) WHERE host <> '';
CREATE UNIQUE INDEX communities_default ON communities (is_default) WHERE is_default = 1;

-- Every version of the rules, so that one can see what somebody agreed to.
CREATE TABLE community_rules (
    community_id BIGINT NOT NULL,
    version      BIGINT NOT NULL,
    body         TEXT   NOT NULL,  -- Markdown
    body_html    TEXT   NOT NULL,
    made_at      BIGINT NOT NULL,
    made_by      BIGINT NOT NULL,  -- member
    PRIMARY KEY (community_id, version),
    {fk_global community_id communities}
);

-- What the founder answered on the canvas, as written.
CREATE TABLE community_answers (
    community_id BIGINT NOT NULL,
    question     TEXT   NOT NULL,  -- "purpose", "audience" …
    answer       TEXT   NOT NULL,
    answered_at  BIGINT NOT NULL,
    PRIMARY KEY (community_id, question),
    {fk_global community_id communities}
);

CREATE TABLE community_goals (
    id           {id},
    community_id BIGINT NOT NULL,
    place        BIGINT NOT NULL,           -- order on the page
    text         TEXT   NOT NULL,
    figure       TEXT   NOT NULL DEFAULT '',  -- the figure it is measured by, '' = none yet
    target       BIGINT,
    set_at       BIGINT NOT NULL,
    {key community_id, id},
    {fk_global community_id communities}
);

CREATE INDEX community_goals_place ON community_goals (community_id, place);
