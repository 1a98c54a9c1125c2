-- Threads are where the message is below which they hang, and out of sight while its topic is: those that stayed behind
-- when a topic was moved or deleted follow now. Reads the topics once; writes the few threads concerned.

UPDATE topics
   SET space_id = (SELECT h.space_id FROM posts p JOIN topics h ON h.community_id = p.community_id AND h.id = p.topic_id
                    WHERE p.community_id = topics.community_id AND p.id = topics.first_post_id),
       deleted_at = (SELECT h.deleted_at FROM posts p JOIN topics h ON h.community_id = p.community_id AND h.id = p.topic_id
                      WHERE p.community_id = topics.community_id AND p.id = topics.first_post_id),
       deleted_by = (SELECT h.deleted_by FROM posts p JOIN topics h ON h.community_id = p.community_id AND h.id = p.topic_id
                      WHERE p.community_id = topics.community_id AND p.id = topics.first_post_id)
 WHERE kind = 3
   AND EXISTS (SELECT 1 FROM posts p JOIN topics h ON h.community_id = p.community_id AND h.id = p.topic_id
                WHERE p.community_id = topics.community_id AND p.id = topics.first_post_id
                  AND (h.space_id <> topics.space_id
                       OR COALESCE(h.deleted_at, 0) <> COALESCE(topics.deleted_at, 0)));
