-- When a question to those who lead was answered: empty for all conversations there are. For features/leaders.

ALTER TABLE conversations ADD COLUMN answered_at BIGINT;  -- of a question: when somebody else than its maker first spoke

CREATE VIEW conversation_answers AS
    SELECT c.community_id, c.topic_id, c.answered_at
      FROM conversations c;
