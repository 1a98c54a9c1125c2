-- What a topic's lists and previews show is no text of an opening post that was removed.

UPDATE topics
   SET excerpt = ''
 WHERE EXISTS (SELECT 1
                 FROM posts p
                WHERE p.community_id = topics.community_id AND p.id = topics.first_post_id
                  AND p.deleted_at IS NOT NULL);
