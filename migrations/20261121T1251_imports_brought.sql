-- How many posts an import has brought in, so that one that was cut off and goes on still counts them as its own.
-- A new column that rewrites no rows.

ALTER TABLE imports ADD COLUMN brought BIGINT NOT NULL DEFAULT 0;
