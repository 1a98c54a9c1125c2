-- What others may read of posts without asking topics: the search index.

CREATE VIEW topics_findable AS
SELECT p.community_id,
       p.id AS post_id,
       p.topic_id,
       t.space_id,
       p.author_id,
       p.body_md,
       p.created_at,
       t.title,
       t.kind AS topic_kind,
       t.created_at AS topic_created_at,
       CASE WHEN t.first_post_id = p.id THEN 1 ELSE 0 END AS opening
  FROM posts p
  JOIN topics t ON t.community_id = p.community_id AND t.id = p.topic_id
 WHERE p.deleted_at IS NULL AND t.deleted_at IS NULL;

-- Which posts a topic has, deleted ones too: what has to leave the index with it.
CREATE VIEW topics_posts AS
SELECT community_id, id AS post_id, topic_id
  FROM posts;
