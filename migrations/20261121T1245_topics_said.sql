-- What was said lately in topics, for what weighs them: who, when, and how it was received.
CREATE VIEW topics_said AS
    SELECT p.community_id, p.topic_id, p.author_id, p.created_at, p.reactions
      FROM posts p
     WHERE p.deleted_at IS NULL;
