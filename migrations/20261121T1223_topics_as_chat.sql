-- A topic of a forum can be opened as chat: its posts are shown as a stream. A new nullable column rewrites no rows.

ALTER TABLE topics ADD COLUMN chat_at BIGINT;  -- when it was opened as chat; NULL: shown as a topic
