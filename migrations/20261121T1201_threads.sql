-- Threads of a chat: topics of kind 3 (topics::Kind::Thread) whose opening post is the message, which stays in its stream.
-- A new index; views that name a thread by what its message says, and leave threads to those who are told of them.

CREATE UNIQUE INDEX topics_thread ON topics (community_id, first_post_id) WHERE kind = 3;

DROP VIEW topic_activity;
CREATE VIEW topic_activity AS
    SELECT t.community_id, t.space_id, t.id AS topic_id, t.last_post_at, t.reply_count
      FROM topics t
     WHERE t.deleted_at IS NULL AND t.kind <> 3;

DROP VIEW topics_notable;
CREATE VIEW topics_notable AS
SELECT p.community_id,
       p.id AS post_id,
       p.topic_id,
       t.space_id,
       p.author_id,
       o.author_id AS answered_id,
       t.author_id AS starter_id,
       CASE WHEN t.kind = 3 THEN 0 ELSE t.kind END AS topic_kind,
       CASE WHEN t.kind = 3 THEN COALESCE((SELECT substr(m.excerpt, 1, 60) FROM posts m
                                            WHERE m.community_id = t.community_id AND m.id = t.first_post_id
                                              AND m.deleted_at IS NULL), '')
            ELSE t.title END AS title,
       p.excerpt,
       CASE WHEN t.first_post_id = p.id THEN 1 ELSE 0 END AS opening,
       CASE WHEN p.deleted_at IS NULL AND t.deleted_at IS NULL THEN 0 ELSE 1 END AS gone
  FROM posts p
  JOIN topics t ON t.community_id = p.community_id AND t.id = p.topic_id
  LEFT JOIN posts o ON o.community_id = p.community_id AND o.id = p.reply_to;

DROP VIEW topics_titled;
CREATE VIEW topics_titled AS
SELECT t.community_id,
       t.id AS topic_id,
       t.space_id,
       t.author_id,
       CASE WHEN t.kind = 3 THEN 0 ELSE t.kind END AS kind,
       CASE WHEN t.kind = 3 THEN COALESCE((SELECT substr(m.excerpt, 1, 60) FROM posts m
                                            WHERE m.community_id = t.community_id AND m.id = t.first_post_id
                                              AND m.deleted_at IS NULL), '')
            ELSE t.title END AS title,
       CASE WHEN t.deleted_at IS NULL THEN 0 ELSE 1 END AS gone
  FROM topics t;
