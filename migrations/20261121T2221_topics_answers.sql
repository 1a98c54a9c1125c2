-- Questions: the answer that was accepted, and thanks: the reactions to a post, and the points it came with from elsewhere.
-- New columns with constant defaults rewrite no rows; what was reacted to is counted once, some rows for each reaction there is.

ALTER TABLE topics ADD COLUMN accepted_id BIGINT;                 -- a post of the topic; NULL: none
ALTER TABLE topics ADD COLUMN thanks BIGINT NOT NULL DEFAULT 0;   -- of the opening post
ALTER TABLE posts ADD COLUMN score BIGINT NOT NULL DEFAULT 0;     -- points of another system, also below 0
ALTER TABLE posts ADD COLUMN thanks BIGINT NOT NULL DEFAULT 0;    -- reactions + score

UPDATE posts
   SET thanks = (SELECT count(*) FROM reactions r
                  WHERE r.community_id = posts.community_id AND r.post_id = posts.id)
 WHERE reactions <> '';

UPDATE topics
   SET thanks = COALESCE((SELECT p.thanks FROM posts p
                           WHERE p.community_id = topics.community_id AND p.id = topics.first_post_id), 0)
 WHERE kind = 0;

CREATE INDEX topics_open ON topics (community_id, space_id, created_at, id) WHERE deleted_at IS NULL AND accepted_id IS NULL;
CREATE INDEX topics_thanked ON topics (community_id, space_id, thanks, id) WHERE deleted_at IS NULL AND thanks > 0;
CREATE INDEX posts_thanked ON posts (community_id, topic_id, thanks, id) WHERE thanks > 0;

-- Questions that are answered, for slices that look for them: published, stable.
CREATE VIEW topics_accepted AS
SELECT t.community_id, t.id AS topic_id, t.accepted_id AS post_id, t.space_id, t.author_id AS asker_id
  FROM topics t
 WHERE t.accepted_id IS NOT NULL AND t.deleted_at IS NULL;
