-- Notices by mail: what a member chose, and whose turn it is. New tables only.

CREATE TABLE notice_settings (
    community_id BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    channels     TEXT   NOT NULL,  -- JSON: {"mention":"now",…}, notifications::Channel by Kind
    quiet_from   BIGINT,           -- minutes since midnight where the member lives; NULL: never quiet
    quiet_to     BIGINT,
    weekly_limit BIGINT NOT NULL,  -- mails in seven days
    PRIMARY KEY (community_id, member_id),
    {fk member_id members}
);

-- The outbox of notices, a row a member. It is filled by an effect, which a replay never runs, and remembers up
-- to where was written: nothing goes twice.
CREATE TABLE notice_mail (
    community_id BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    due_at       BIGINT,                        -- look then; NULL: nothing waits
    position     BIGINT NOT NULL,               -- of the newest activity that waits
    waits_since  BIGINT NOT NULL DEFAULT 0,     -- UTC microseconds since 1970
    held         BIGINT NOT NULL DEFAULT 0,     -- 1: the week is full
    mailed_until BIGINT NOT NULL DEFAULT 0,     -- position of the newest notice that a mail told
    daily_on     BIGINT NOT NULL DEFAULT 0,     -- the member's day of the last mail, since 1970
    sent         TEXT   NOT NULL DEFAULT '[]',  -- JSON: moments of the mails of the last week
    PRIMARY KEY (community_id, member_id),
    {fk member_id members}
);

CREATE INDEX notice_mail_due ON notice_mail (community_id, due_at, member_id) WHERE due_at IS NOT NULL;
