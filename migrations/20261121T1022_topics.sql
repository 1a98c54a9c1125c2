-- Topics and posts. Posts stand in the order (created_at, id); what pages show is kept on the rows:
-- rendered text, counts, the last post.

CREATE TABLE topics (
    id             {id},
    community_id   BIGINT NOT NULL,
    space_id       BIGINT NOT NULL,
    author_id      BIGINT NOT NULL,
    kind           BIGINT NOT NULL DEFAULT 0,  -- topics::Kind: 0 topic, 1 the standing stream of a chat space
    title          TEXT   NOT NULL,
    excerpt        TEXT   NOT NULL DEFAULT '', -- of the opening post, plain text
    created_at     BIGINT NOT NULL,            -- UTC microseconds since 1970
    first_post_id  BIGINT,                     -- NULL: a stream without a post
    last_post_id   BIGINT,
    last_post_at   BIGINT NOT NULL,            -- created_at while there is no post
    last_poster_id BIGINT,
    reply_count    BIGINT NOT NULL DEFAULT 0,  -- posts after the opening one that are not deleted
    pinned_at      BIGINT,
    locked_at      BIGINT,
    locked_by      BIGINT,
    deleted_at     BIGINT,
    deleted_by     BIGINT,
    imported       BIGINT NOT NULL DEFAULT 0,
    source         TEXT,                       -- where it was imported from
    {key community_id, id},
    {fk space_id spaces},
    {fk author_id members},
    {fk last_poster_id members},
    {fk locked_by members},
    {fk deleted_by members}
);

CREATE INDEX topics_active ON topics (community_id, space_id, last_post_at, id) WHERE deleted_at IS NULL;
CREATE INDEX topics_newest ON topics (community_id, space_id, created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX topics_quiet ON topics (community_id, space_id, created_at, id) WHERE deleted_at IS NULL AND reply_count = 0;
CREATE INDEX topics_recent ON topics (community_id, last_post_at, id, space_id) WHERE deleted_at IS NULL AND kind = 0;
CREATE INDEX topics_pinned ON topics (community_id, space_id) WHERE pinned_at IS NOT NULL;
CREATE INDEX topics_author ON topics (community_id, author_id, id);
CREATE INDEX topics_last_poster ON topics (community_id, last_poster_id);
CREATE INDEX topics_locked_by ON topics (community_id, locked_by) WHERE locked_by IS NOT NULL;
CREATE INDEX topics_deleted_by ON topics (community_id, deleted_by) WHERE deleted_by IS NOT NULL;
CREATE UNIQUE INDEX topics_stream ON topics (community_id, space_id) WHERE kind = 1;
CREATE UNIQUE INDEX topics_source ON topics (community_id, source) WHERE source IS NOT NULL;

CREATE TABLE posts (
    id           {id},
    community_id BIGINT NOT NULL,
    topic_id     BIGINT NOT NULL,
    author_id    BIGINT NOT NULL,
    reply_to     BIGINT,                     -- the post it answers, in any topic
    body_md      TEXT   NOT NULL,
    body_html    TEXT   NOT NULL,            -- safe: what the renderer made of body_md
    renderer     BIGINT NOT NULL,            -- its version
    excerpt      TEXT   NOT NULL DEFAULT '', -- plain text
    reactions    TEXT   NOT NULL DEFAULT '', -- counts as JSON: {"👍":3}; empty: none
    created_at   BIGINT NOT NULL,
    edited_at    BIGINT,
    edits        BIGINT NOT NULL DEFAULT 0,  -- versions before this one: rows of post_edits
    deleted_at   BIGINT,
    deleted_by   BIGINT,
    imported     BIGINT NOT NULL DEFAULT 0,
    source       TEXT,
    {key community_id, id},
    {fk topic_id topics},
    {fk author_id members},
    {fk reply_to posts},
    {fk deleted_by members}
);

CREATE INDEX posts_topic ON posts (community_id, topic_id, created_at, id);
CREATE INDEX posts_author ON posts (community_id, author_id, created_at, id);
CREATE INDEX posts_reply_to ON posts (community_id, reply_to) WHERE reply_to IS NOT NULL;
CREATE INDEX posts_deleted_by ON posts (community_id, deleted_by) WHERE deleted_by IS NOT NULL;
CREATE UNIQUE INDEX posts_source ON posts (community_id, source) WHERE source IS NOT NULL;

-- What a post said before it was changed.
CREATE TABLE post_edits (
    id           {id},
    community_id BIGINT NOT NULL,
    post_id      BIGINT NOT NULL,
    editor_id    BIGINT NOT NULL,  -- who replaced this text
    body_md      TEXT   NOT NULL,
    written_at   BIGINT NOT NULL,  -- when this text was written
    replaced_at  BIGINT NOT NULL,
    {key community_id, id},
    {fk post_id posts},
    {fk editor_id members}
);

CREATE INDEX post_edits_post ON post_edits (community_id, post_id, id);
CREATE INDEX post_edits_editor ON post_edits (community_id, editor_id);

-- Whom a post names, so that a rename or an erasure finds the posts to render again.
CREATE TABLE post_mentions (
    community_id BIGINT NOT NULL,
    post_id      BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    PRIMARY KEY (community_id, post_id, member_id),
    {fk post_id posts},
    {fk member_id members}
);

CREATE INDEX post_mentions_member ON post_mentions (community_id, member_id, post_id);

-- For slices that follow what is new: published, stable.
CREATE VIEW topic_activity AS
    SELECT t.community_id, t.space_id, t.id AS topic_id, t.last_post_at, t.reply_count
      FROM topics t
     WHERE t.deleted_at IS NULL;

-- For slices that show or search posts: what readers of the space may see.
CREATE VIEW readable_posts AS
    SELECT p.community_id, p.id, p.topic_id, t.space_id, p.author_id, t.title, p.body_md, p.excerpt,
           p.created_at, p.edited_at, p.imported
      FROM posts p
      JOIN topics t ON t.community_id = p.community_id AND t.id = p.topic_id
     WHERE p.deleted_at IS NULL AND t.deleted_at IS NULL;
