-- Links with which people come in.

CREATE TABLE invitations (
    id             {id},
    community_id   BIGINT NOT NULL,
    token_hash     TEXT   NOT NULL,
    made_by        BIGINT NOT NULL,
    made_at        BIGINT NOT NULL,             -- UTC microseconds since 1970
    expires_at     BIGINT NOT NULL,
    uses_most      BIGINT NOT NULL,
    uses           BIGINT NOT NULL DEFAULT 0,
    role           BIGINT NOT NULL,             -- what one becomes
    space_id       BIGINT,                      -- a space one is let into as well
    placeholder_id BIGINT,                      -- the imported author one becomes
    email          TEXT   NOT NULL DEFAULT '',  -- it was mailed there
    note           TEXT   NOT NULL DEFAULT '',  -- who it is for, for those who made it
    revoked_at     BIGINT,
    {key community_id, id},
    {fk made_by members},
    {fk space_id spaces},
    {fk placeholder_id members}
);

CREATE UNIQUE INDEX invitations_token ON invitations (community_id, token_hash);
CREATE INDEX invitations_maker ON invitations (community_id, made_by, made_at);
CREATE INDEX invitations_newest ON invitations (community_id, made_at);
CREATE INDEX invitations_space ON invitations (community_id, space_id) WHERE space_id IS NOT NULL;
CREATE INDEX invitations_placeholder ON invitations (community_id, placeholder_id)
    WHERE placeholder_id IS NOT NULL;
