-- What members wrote and how they were thanked for it, for slices that count it: published, stable. A view only.

CREATE VIEW topics_contributed AS
SELECT p.community_id,
       p.author_id,
       p.created_at,
       p.thanks,
       t.space_id,
       t.author_id AS starter_id,
       CASE WHEN t.first_post_id = p.id THEN 1 ELSE 0 END AS opening
  FROM posts p
  JOIN topics t ON t.community_id = p.community_id AND t.id = p.topic_id
 WHERE p.deleted_at IS NULL AND t.deleted_at IS NULL;
