-- Somebody may choose not to show when they are here.
-- Safe on a large live site: a column with a default rewrites no rows.

ALTER TABLE accounts ADD COLUMN hides_presence BIGINT NOT NULL DEFAULT 0;  -- 1: not shown as present, nor when writing
