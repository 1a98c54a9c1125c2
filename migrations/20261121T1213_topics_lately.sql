-- What was said last in a topic, for lists of conversations. New view; nothing is written.

CREATE VIEW topics_lately AS
SELECT t.community_id,
       t.id AS topic_id,
       t.title,
       t.last_post_at,
       t.last_poster_id,
       t.reply_count,
       CASE WHEN p.deleted_at IS NULL THEN p.excerpt ELSE '' END AS excerpt
  FROM topics t
  LEFT JOIN posts p ON p.community_id = t.community_id AND p.id = t.last_post_id
 WHERE t.deleted_at IS NULL;
