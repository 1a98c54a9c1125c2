-- Files that members brought: pictures (made small, without metadata) and others as they are. The
-- bytes stand in the data folder under their SHA-256, the same bytes once.

CREATE TABLE uploads (
    id           {id},
    community_id BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,            -- who brought it
    kind         BIGINT NOT NULL,            -- uploads::Kind: 0 file, 1 picture, 2 audio, 3 video
    name         TEXT   NOT NULL,            -- as shown and saved: "plan.pdf", "garden.webp"
    media_type   TEXT   NOT NULL,            -- as it is served
    size         BIGINT NOT NULL,            -- bytes as it is served
    width        BIGINT NOT NULL DEFAULT 0,  -- pixels as it is served; 0: no picture
    height       BIGINT NOT NULL DEFAULT 0,
    content      TEXT   NOT NULL,            -- SHA-256 of what was sent
    created_at   BIGINT NOT NULL,            -- UTC microseconds since 1970
    {key community_id, id},
    {fk member_id members}
);

CREATE INDEX uploads_member ON uploads (community_id, member_id, id);

-- The files in the data folder behind an upload: one without a name, or a picture's widths.
CREATE TABLE upload_files (
    community_id BIGINT NOT NULL,
    upload_id    BIGINT NOT NULL,
    name         TEXT   NOT NULL,  -- '' the file itself; '320', '960', '1920': a picture of that width at most
    width        BIGINT NOT NULL DEFAULT 0,
    height       BIGINT NOT NULL DEFAULT 0,
    size         BIGINT NOT NULL,
    hash         TEXT   NOT NULL,
    PRIMARY KEY (community_id, upload_id, name),
    {fk upload_id uploads}
);

-- Where an upload is shown: whoever may see that may see the upload. One that is shown nowhere
-- belongs to its uploader alone, and is removed after a week.
CREATE TABLE upload_uses (
    community_id BIGINT NOT NULL,
    upload_id    BIGINT NOT NULL,
    place        BIGINT NOT NULL,  -- uploads::Place: 0 post, 1 picture of a member, 2 logo
    subject_id   BIGINT NOT NULL,  -- of the post, the member, the community
    PRIMARY KEY (community_id, upload_id, place, subject_id),
    {fk upload_id uploads}
);

CREATE INDEX upload_uses_subject ON upload_uses (community_id, place, subject_id);
