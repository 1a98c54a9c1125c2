-- What feeds and sitemaps read of topics. New views; nothing is written.

-- Topics as lists show them, without streams and threads of chats.
CREATE VIEW topics_listed AS
SELECT t.community_id,
       t.space_id,
       t.id AS topic_id,
       t.title,
       t.created_at,
       t.last_post_at,
       t.first_post_id
  FROM topics t
 WHERE t.deleted_at IS NULL AND t.kind = 0;

-- The standing stream of a chat.
CREATE VIEW topics_streams AS
SELECT t.community_id,
       t.space_id,
       t.id AS topic_id
  FROM topics t
 WHERE t.deleted_at IS NULL AND t.kind = 1;

-- Posts with their text as it is shown; what is said in a chat has no title.
CREATE VIEW topics_written AS
SELECT p.community_id,
       p.id AS post_id,
       p.topic_id,
       t.space_id,
       CASE WHEN t.kind = 0 THEN t.title ELSE '' END AS title,
       p.author_id,
       p.body_html,
       p.excerpt,
       p.created_at,
       p.edited_at,
       CASE WHEN t.first_post_id = p.id AND t.kind = 0 THEN 1 ELSE 0 END AS opening
  FROM posts p
  JOIN topics t ON t.community_id = p.community_id AND t.id = p.topic_id
 WHERE p.deleted_at IS NULL AND t.deleted_at IS NULL;
