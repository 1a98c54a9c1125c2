-- In which conversations somebody sits, and when something was said there last: for what is unread. New view.

CREATE VIEW conversation_activity AS
    SELECT s.community_id, s.member_id, s.topic_id, s.last_at
      FROM conversation_seats s
     WHERE s.state = 0;
