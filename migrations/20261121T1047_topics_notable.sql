-- What others may know of posts and topics, deleted ones too, to tell members of what concerns them. New views; nothing is written.

CREATE VIEW topics_notable AS
SELECT p.community_id,
       p.id AS post_id,
       p.topic_id,
       t.space_id,
       p.author_id,
       o.author_id AS answered_id,
       t.author_id AS starter_id,
       t.kind AS topic_kind,
       t.title,
       p.excerpt,
       CASE WHEN t.first_post_id = p.id THEN 1 ELSE 0 END AS opening,
       CASE WHEN p.deleted_at IS NULL AND t.deleted_at IS NULL THEN 0 ELSE 1 END AS gone
  FROM posts p
  JOIN topics t ON t.community_id = p.community_id AND t.id = p.topic_id
  LEFT JOIN posts o ON o.community_id = p.community_id AND o.id = p.reply_to;

CREATE VIEW topics_titled AS
SELECT community_id,
       id AS topic_id,
       space_id,
       author_id,
       kind,
       title,
       CASE WHEN deleted_at IS NULL THEN 0 ELSE 1 END AS gone
  FROM topics;

-- Whom a post names as it stands now.
CREATE VIEW topics_mentions AS
SELECT community_id, post_id, member_id
  FROM post_mentions;
