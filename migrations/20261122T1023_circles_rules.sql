-- A circle may have a rule that says who is in it, looked at each day. New columns with a default: no rows are rewritten.

ALTER TABLE circles ADD COLUMN rule_metric  BIGINT NOT NULL DEFAULT 0; -- circles::Metric; 0: by hand
ALTER TABLE circles ADD COLUMN rule_amount  BIGINT NOT NULL DEFAULT 0; -- of posts, of people
ALTER TABLE circles ADD COLUMN rule_days    BIGINT NOT NULL DEFAULT 0;
ALTER TABLE circles ADD COLUMN rule_after   BIGINT NOT NULL DEFAULT 0; -- UTC microseconds since 1970
ALTER TABLE circles ADD COLUMN rule_role    BIGINT NOT NULL DEFAULT 0; -- auth::Role
ALTER TABLE circles ADD COLUMN rule_version BIGINT NOT NULL DEFAULT 0; -- grows when the rule changes
