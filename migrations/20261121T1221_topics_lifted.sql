-- How many liftings carried posts out of a topic or into it: who has none need not be asked for. A new column with a
-- constant default rewrites no rows.

ALTER TABLE topics ADD COLUMN lifts BIGINT NOT NULL DEFAULT 0;
