-- The post that a topic began with, found by the topic. New view; nothing is written.

CREATE VIEW topics_openings AS
SELECT community_id,
       id AS topic_id,
       first_post_id AS post_id
  FROM topics;
