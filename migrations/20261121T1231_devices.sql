-- Devices that are told when the page is closed, what each member wants to hear there, and the outbox of what goes
-- to them. New tables only.

CREATE TABLE devices (
    id            {id},
    community_id  BIGINT NOT NULL,
    member_id     BIGINT NOT NULL,
    session_id    BIGINT NOT NULL,            -- signing out takes the device along
    endpoint_hash TEXT   NOT NULL,            -- SHA-256 of the address: a browser has one row
    endpoint      TEXT   NOT NULL,            -- where its push service is
    p256dh        TEXT   NOT NULL,            -- the browser's keys, base64url
    auth          TEXT   NOT NULL,
    name          TEXT   NOT NULL,            -- "Firefox, Linux"; '' when not known
    created_at    BIGINT NOT NULL,            -- UTC microseconds since 1970
    told_at       BIGINT,                     -- when something was last taken for it
    refusals      BIGINT NOT NULL DEFAULT 0,  -- in a row
    {key community_id, id},
    {fk member_id members},
    FOREIGN KEY (session_id) REFERENCES sessions (id) ON DELETE CASCADE
);

CREATE UNIQUE INDEX devices_endpoint ON devices (community_id, endpoint_hash);
CREATE INDEX devices_member ON devices (community_id, member_id);
CREATE INDEX devices_session ON devices (session_id);  -- for the sessions that go

CREATE TABLE device_choices (
    community_id BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    kinds        TEXT   NOT NULL,  -- "mention reply": what is told, by kind_name
    weekly_limit BIGINT NOT NULL,  -- notifications in seven days
    PRIMARY KEY (community_id, member_id),
    {fk member_id members}
);

-- Whose turn it is, a row a member. Filled by an effect, which a replay never runs, and remembers up to where was
-- told: nothing goes twice.
CREATE TABLE device_turns (
    community_id BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    due_at       BIGINT,                        -- look then; NULL: nothing waits
    position     BIGINT NOT NULL,               -- of the newest activity that waits
    waits_since  BIGINT NOT NULL DEFAULT 0,
    held         BIGINT NOT NULL DEFAULT 0,     -- 1: the week is full
    told_until   BIGINT NOT NULL DEFAULT 0,     -- position of the newest notice that was told
    sent         TEXT   NOT NULL DEFAULT '[]',  -- JSON: moments of the last week's
    PRIMARY KEY (community_id, member_id),
    {fk member_id members}
);

CREATE INDEX device_turns_due ON device_turns (community_id, due_at, member_id) WHERE due_at IS NOT NULL;

-- On their way. What one says is written when it is sent: it may have been read or closed off until then.
CREATE TABLE device_messages (
    id           {id},
    community_id BIGINT NOT NULL,
    device_id    BIGINT NOT NULL,
    tag          TEXT   NOT NULL,  -- which bundle; '' = several
    tries        BIGINT NOT NULL DEFAULT 0,
    created_at   BIGINT NOT NULL,
    {key community_id, id}
);

CREATE INDEX device_messages_device ON device_messages (community_id, device_id);
