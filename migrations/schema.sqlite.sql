CREATE TABLE account_links (
    id         INTEGER PRIMARY KEY,
    token_hash TEXT   NOT NULL,
    purpose    TEXT   NOT NULL,   -- 'sign-in', 'email', 'first-owner'
    account_id BIGINT,            -- NULL for the first owner's
    email      TEXT   NOT NULL,   -- the new address for 'email', else ''
    made_at    BIGINT NOT NULL,
    expires_at BIGINT,            -- NULL = until used
    used_at    BIGINT,
    CHECK (id > 0),
    FOREIGN KEY (account_id) REFERENCES accounts (id)
);

CREATE INDEX account_links_account ON account_links (account_id, purpose);

CREATE UNIQUE INDEX account_links_token ON account_links (token_hash);

CREATE TABLE accounts (
    id            INTEGER PRIMARY KEY,
    email         TEXT   NOT NULL,              -- lower case; what one signs in with
    password_hash TEXT,                         -- Argon2id as a PHC string; NULL = signs in by link only
    name          TEXT   NOT NULL,
    language      TEXT   NOT NULL DEFAULT '',   -- '' = as the browser asks
    zone          TEXT   NOT NULL DEFAULT '',   -- IANA name; '' = as the community's language suggests
    scheme        TEXT   NOT NULL DEFAULT '',   -- 'light', 'dark', '' = as the device has it
    operates      BIGINT NOT NULL DEFAULT 0,    -- 1: owner of the installation, may make communities
    confirmed_at  BIGINT,                       -- the address was shown to be theirs
    created_at    BIGINT NOT NULL,              -- UTC microseconds since 1970
    deleted_at    BIGINT, hides_presence BIGINT NOT NULL DEFAULT 0,
    CHECK (id > 0)
);

CREATE UNIQUE INDEX accounts_email ON accounts (email);

CREATE TABLE activity (
    id INTEGER PRIMARY KEY,
    community_id BIGINT NOT NULL,
    position BIGINT NOT NULL,      -- 1, 2, 3 … within the community, without gaps
    happened_at BIGINT NOT NULL,   -- UTC microseconds; imported rows happened long ago
    recorded_at BIGINT NOT NULL,
    origin BIGINT NOT NULL,        -- 0 lived, 1 imported
    kind TEXT NOT NULL,            -- "topic.created"
    actor_id BIGINT NOT NULL,      -- 0 = nobody in particular
    subject_kind TEXT NOT NULL,
    subject_id BIGINT NOT NULL,
    space_id BIGINT NOT NULL,      -- 0 = the whole community
    payload TEXT NOT NULL,         -- JSON; ids and numbers only
    CHECK (id > 0)
);

CREATE UNIQUE INDEX activity_position ON activity (community_id, position);

CREATE TABLE activity_cursors (
    community_id BIGINT NOT NULL,
    consumer TEXT NOT NULL,
    position BIGINT NOT NULL,
    epoch BIGINT NOT NULL,
    holder BIGINT NOT NULL,        -- of the lease; 0 = nobody
    lease_until BIGINT NOT NULL,
    PRIMARY KEY (community_id, consumer)
);

CREATE TABLE activity_heads (
    community_id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    PRIMARY KEY (community_id)
);

CREATE TABLE api_tokens (
    id         INTEGER PRIMARY KEY,
    account_id BIGINT NOT NULL,
    token_hash TEXT   NOT NULL,
    name       TEXT   NOT NULL,
    scope      BIGINT NOT NULL,  -- 0 read, 1 write, 2 admin
    created_at BIGINT NOT NULL,
    CHECK (id > 0),
    FOREIGN KEY (account_id) REFERENCES accounts (id)
);

CREATE INDEX api_tokens_account ON api_tokens (account_id, created_at);

CREATE UNIQUE INDEX api_tokens_token ON api_tokens (token_hash);

CREATE TABLE audit_heads (
    community_id BIGINT NOT NULL PRIMARY KEY,
    position     BIGINT NOT NULL,
    hash         TEXT   NOT NULL
);

CREATE TABLE audit_log (
    id           INTEGER PRIMARY KEY,
    community_id BIGINT NOT NULL,
    position     BIGINT,                     -- in the chain; NULL: not sealed yet
    at           BIGINT NOT NULL,            -- UTC microseconds since 1970
    account_id   BIGINT NOT NULL,            -- who did it; 0: nobody who is known. No foreign key: the entry outlives the person
    member_id    BIGINT NOT NULL,            -- the same here; 0: no member
    noun         TEXT   NOT NULL,            -- of the kind, for the filter
    kind         TEXT   NOT NULL,            -- "token.made"
    subject_kind TEXT   NOT NULL,
    subject_id   BIGINT NOT NULL,
    before_json  TEXT   NOT NULL,            -- JSON of ids, numbers and our own words
    after_json   TEXT   NOT NULL,
    hash         TEXT   NOT NULL DEFAULT '', -- SHA-256 over this entry and the hash of the one before; '': not sealed yet
    CHECK (id > 0)
);

CREATE UNIQUE INDEX audit_log_chain ON audit_log (community_id, position) WHERE position IS NOT NULL;

CREATE INDEX audit_log_noun ON audit_log (community_id, noun, id);

CREATE INDEX audit_log_unsealed ON audit_log (community_id, id) WHERE position IS NULL;

CREATE TABLE blocks (
    community_id BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,  -- who blocks
    blocked_id   BIGINT NOT NULL,
    since        BIGINT NOT NULL,  -- UTC microseconds since 1970
    until        BIGINT,           -- NULL: still
    PRIMARY KEY (community_id, member_id, blocked_id, since),
    FOREIGN KEY (member_id) REFERENCES members (id),
    FOREIGN KEY (blocked_id) REFERENCES members (id)
);

CREATE INDEX blocks_blocked ON blocks (community_id, blocked_id, member_id);

CREATE TABLE bookmarks (
    community_id BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    post_id      BIGINT NOT NULL,
    note         TEXT   NOT NULL DEFAULT '',
    created_at   BIGINT NOT NULL,  -- UTC microseconds since 1970
    remind_at    BIGINT,           -- NULL: no reminder, or it has come
    PRIMARY KEY (community_id, member_id, post_id),
    FOREIGN KEY (member_id) REFERENCES members (id),
    FOREIGN KEY (post_id) REFERENCES posts (id)
);

CREATE INDEX bookmarks_newest ON bookmarks (community_id, member_id, created_at, post_id);

CREATE INDEX bookmarks_post ON bookmarks (community_id, post_id);

CREATE VIEW circle_doors AS
    SELECT m.community_id, m.member_id, s.space_id
      FROM circle_members m
      JOIN circle_spaces s ON s.community_id = m.community_id AND s.circle_id = m.circle_id
      JOIN circles c ON c.community_id = m.community_id AND c.id = m.circle_id
      JOIN members_standing a ON a.community_id = m.community_id AND a.member_id = m.member_id
     WHERE m.since >= a.joined_at AND (c.rule_metric <> 6 OR a.role >= c.rule_role);

CREATE TABLE circle_members (
    community_id BIGINT NOT NULL,
    circle_id    BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    since        BIGINT NOT NULL,
    PRIMARY KEY (community_id, member_id, circle_id),
    FOREIGN KEY (circle_id) REFERENCES circles (id),
    FOREIGN KEY (member_id) REFERENCES members (id)
);

CREATE INDEX circle_members_newest ON circle_members (community_id, circle_id, since, member_id);

CREATE TABLE circle_requests (
    community_id BIGINT NOT NULL,
    circle_id    BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    answer       TEXT   NOT NULL DEFAULT '', -- to the circle's question
    created_at   BIGINT NOT NULL,
    PRIMARY KEY (community_id, circle_id, member_id),
    FOREIGN KEY (circle_id) REFERENCES circles (id),
    FOREIGN KEY (member_id) REFERENCES members (id)
);

CREATE INDEX circle_requests_member ON circle_requests (community_id, member_id);

CREATE TABLE circle_spaces (
    community_id BIGINT NOT NULL,
    circle_id    BIGINT NOT NULL,
    space_id     BIGINT NOT NULL,
    PRIMARY KEY (community_id, circle_id, space_id),
    FOREIGN KEY (circle_id) REFERENCES circles (id),
    FOREIGN KEY (space_id) REFERENCES spaces (id)
);

CREATE INDEX circle_spaces_space ON circle_spaces (community_id, space_id);

CREATE TABLE circles (
    id           INTEGER PRIMARY KEY,
    community_id BIGINT NOT NULL,
    slug         TEXT   NOT NULL,
    name         TEXT   NOT NULL,
    description  TEXT   NOT NULL DEFAULT '',
    visibility   BIGINT NOT NULL,            -- circles::Visibility
    entry        BIGINT NOT NULL,            -- circles::Entry
    question     TEXT   NOT NULL DEFAULT '', -- put to who asks to come in; empty: none
    member_count BIGINT NOT NULL DEFAULT 0,
    created_at   BIGINT NOT NULL,            -- UTC microseconds since 1970
    created_by   BIGINT NOT NULL,
    removed_at   BIGINT, rule_metric  BIGINT NOT NULL DEFAULT 0, rule_amount  BIGINT NOT NULL DEFAULT 0, rule_days    BIGINT NOT NULL DEFAULT 0, rule_after   BIGINT NOT NULL DEFAULT 0, rule_role    BIGINT NOT NULL DEFAULT 0, rule_version BIGINT NOT NULL DEFAULT 0,                     -- only its name is kept, for notices that name it
    CHECK (id > 0),
    FOREIGN KEY (community_id) REFERENCES communities (id),
    FOREIGN KEY (created_by) REFERENCES members (id)
);

CREATE INDEX circles_created_by ON circles (community_id, created_by);

CREATE UNIQUE INDEX circles_slug ON circles (community_id, slug) WHERE removed_at IS NULL;

CREATE VIEW common_spaces AS
    SELECT s.community_id, s.id AS space_id
      FROM spaces s
     WHERE s.visibility < 2
       AND NOT EXISTS (SELECT 1 FROM spaces above
                        WHERE above.community_id = s.community_id AND above.id = s.parent_id
                          AND above.visibility > 1);

CREATE TABLE communities (
    id              INTEGER PRIMARY KEY,
    slug            TEXT   NOT NULL,             -- in addresses and in the header Torv-Community
    host            TEXT   NOT NULL DEFAULT '',  -- lower case, with a port that is not the usual one; '' = none of its own
    address         TEXT   NOT NULL DEFAULT '',  -- "https://square.example": what links begin with
    address_chosen  BIGINT NOT NULL DEFAULT 0,   -- 1: the owner wrote it; 0: follows the installation's address
    is_default      BIGINT NOT NULL DEFAULT 0,   -- 1: answers where the host says nothing
    name            TEXT   NOT NULL,
    tagline         TEXT   NOT NULL DEFAULT '',
    purpose         TEXT   NOT NULL DEFAULT '',
    values_text     TEXT   NOT NULL DEFAULT '',
    audience        TEXT   NOT NULL DEFAULT '',
    tone            TEXT   NOT NULL DEFAULT '',
    about           TEXT   NOT NULL DEFAULT '',  -- Markdown
    about_html      TEXT   NOT NULL DEFAULT '',
    language        TEXT   NOT NULL DEFAULT 'en',
    sign_up         BIGINT NOT NULL DEFAULT 1,   -- 0 open, 1 by invitation, 2 by approval
    guests_may_read BIGINT NOT NULL DEFAULT 0,
    members_invite  BIGINT NOT NULL DEFAULT 1,   -- 1: members may make invitations
    hue             BIGINT NOT NULL DEFAULT 45,  -- of the accent, degrees in oklch
    chroma          BIGINT NOT NULL DEFAULT 140, -- of the accent, thousandths in oklch
    font            TEXT   NOT NULL DEFAULT 'system',
    radius          TEXT   NOT NULL DEFAULT 'soft',
    logo_url        TEXT   NOT NULL DEFAULT '',
    look_version    BIGINT NOT NULL DEFAULT 1,
    rules_version   BIGINT NOT NULL DEFAULT 0,   -- 0 = no rules yet
    access_version  BIGINT NOT NULL DEFAULT 1,   -- grows when who may see what changes
    member_count    BIGINT NOT NULL DEFAULT 0,   -- active ones
    created_at      BIGINT NOT NULL,             -- UTC microseconds since 1970
    founded_at      BIGINT,                      -- NULL until the canvas is done
    CHECK (id > 0)
);

CREATE UNIQUE INDEX communities_default ON communities (is_default) WHERE is_default = 1;

CREATE UNIQUE INDEX communities_host ON communities (host) WHERE host <> '';

CREATE UNIQUE INDEX communities_slug ON communities (slug);

CREATE TABLE community_answers (
    community_id BIGINT NOT NULL,
    question     TEXT   NOT NULL,  -- "purpose", "audience" …
    answer       TEXT   NOT NULL,
    answered_at  BIGINT NOT NULL,
    PRIMARY KEY (community_id, question),
    FOREIGN KEY (community_id) REFERENCES communities (id)
);

CREATE TABLE community_goals (
    id           INTEGER PRIMARY KEY,
    community_id BIGINT NOT NULL,
    place        BIGINT NOT NULL,           -- order on the page
    text         TEXT   NOT NULL,
    figure       TEXT   NOT NULL DEFAULT '',  -- the figure it is measured by, '' = none yet
    target       BIGINT,
    set_at       BIGINT NOT NULL,
    CHECK (id > 0),
    FOREIGN KEY (community_id) REFERENCES communities (id)
);

CREATE INDEX community_goals_place ON community_goals (community_id, place);

CREATE TABLE community_rules (
    community_id BIGINT NOT NULL,
    version      BIGINT NOT NULL,
    body         TEXT   NOT NULL,  -- Markdown
    body_html    TEXT   NOT NULL,
    made_at      BIGINT NOT NULL,
    made_by      BIGINT NOT NULL,  -- member
    PRIMARY KEY (community_id, version),
    FOREIGN KEY (community_id) REFERENCES communities (id)
);

CREATE VIEW conversation_activity AS
    SELECT s.community_id, s.member_id, s.topic_id, s.last_at
      FROM conversation_seats s
     WHERE s.state = 0;

CREATE VIEW conversation_answers AS
    SELECT c.community_id, c.topic_id, c.answered_at
      FROM conversations c;

CREATE TABLE conversation_changes (
    community_id BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    changes      BIGINT NOT NULL,
    PRIMARY KEY (community_id, member_id),
    FOREIGN KEY (member_id) REFERENCES members (id)
);

CREATE VIEW conversation_readers AS
    SELECT s.community_id, s.topic_id, s.member_id
      FROM conversation_seats s
     WHERE s.state < 2;

CREATE TABLE conversation_seats (
    community_id BIGINT NOT NULL,
    topic_id     BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    state        BIGINT NOT NULL,            -- conversations::State
    since        BIGINT NOT NULL,            -- when they came, or were asked
    joined_at    BIGINT,                     -- NULL: asked, not joined yet
    until        BIGINT,                     -- NULL: still there
    last_at      BIGINT NOT NULL,            -- of the last message, kept here so that a list is read in its order
    PRIMARY KEY (community_id, topic_id, member_id),
    FOREIGN KEY (topic_id) REFERENCES topics (id),
    FOREIGN KEY (member_id) REFERENCES members (id)
);

CREATE INDEX conversation_seats_newest ON conversation_seats (community_id, member_id, state, last_at, topic_id);

CREATE TABLE conversation_settings (
    community_id BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    who          BIGINT NOT NULL,            -- conversations::Who
    PRIMARY KEY (community_id, member_id),
    FOREIGN KEY (member_id) REFERENCES members (id)
);

CREATE TABLE conversations (
    community_id BIGINT NOT NULL,
    topic_id     BIGINT NOT NULL,
    kind         BIGINT NOT NULL,            -- conversations::Kind
    low_id       BIGINT,                     -- of a pair: the member with the lower id; NULL: no pair
    high_id      BIGINT,
    created_by   BIGINT NOT NULL,
    created_at   BIGINT NOT NULL, answered_at BIGINT,            -- UTC microseconds since 1970
    PRIMARY KEY (community_id, topic_id),
    FOREIGN KEY (topic_id) REFERENCES topics (id),
    FOREIGN KEY (low_id) REFERENCES members (id),
    FOREIGN KEY (high_id) REFERENCES members (id),
    FOREIGN KEY (created_by) REFERENCES members (id)
);

CREATE INDEX conversations_high ON conversations (community_id, high_id) WHERE high_id IS NOT NULL;

CREATE INDEX conversations_maker ON conversations (community_id, created_by, created_at);

CREATE UNIQUE INDEX conversations_pair ON conversations (community_id, low_id, high_id) WHERE low_id IS NOT NULL;

CREATE TABLE device_choices (
    community_id BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    kinds        TEXT   NOT NULL,  -- "mention reply": what is told, by kind_name
    weekly_limit BIGINT NOT NULL,  -- notifications in seven days
    PRIMARY KEY (community_id, member_id),
    FOREIGN KEY (member_id) REFERENCES members (id)
);

CREATE TABLE device_messages (
    id           INTEGER PRIMARY KEY,
    community_id BIGINT NOT NULL,
    device_id    BIGINT NOT NULL,
    tag          TEXT   NOT NULL,  -- which bundle; '' = several
    tries        BIGINT NOT NULL DEFAULT 0,
    created_at   BIGINT NOT NULL,
    CHECK (id > 0)
);

CREATE INDEX device_messages_device ON device_messages (community_id, device_id);

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
    FOREIGN KEY (member_id) REFERENCES members (id)
);

CREATE INDEX device_turns_due ON device_turns (community_id, due_at, member_id) WHERE due_at IS NOT NULL;

CREATE TABLE devices (
    id            INTEGER PRIMARY KEY,
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
    CHECK (id > 0),
    FOREIGN KEY (member_id) REFERENCES members (id),
    FOREIGN KEY (session_id) REFERENCES sessions (id) ON DELETE CASCADE
);

CREATE UNIQUE INDEX devices_endpoint ON devices (community_id, endpoint_hash);

CREATE INDEX devices_member ON devices (community_id, member_id);

CREATE INDEX devices_session ON devices (session_id);

CREATE VIEW draft_texts AS
    SELECT d.community_id, d.member_id, d.body FROM drafts d
    UNION ALL
    SELECT s.community_id, s.author_id AS member_id, s.body FROM scheduled_posts s;

CREATE TABLE drafts (
    community_id BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    place        TEXT   NOT NULL,
    title        TEXT   NOT NULL DEFAULT '',
    body         TEXT   NOT NULL,
    updated_at   BIGINT NOT NULL,  -- UTC microseconds since 1970
    PRIMARY KEY (community_id, member_id, place),
    FOREIGN KEY (member_id) REFERENCES members (id)
);

CREATE TABLE import_events (
    community_id BIGINT NOT NULL,
    source       TEXT   NOT NULL,
    PRIMARY KEY (community_id, source)
);

CREATE TABLE imports (
    id           INTEGER PRIMARY KEY,
    community_id BIGINT NOT NULL,
    system       TEXT   NOT NULL,            -- 'slack'
    file_name    TEXT   NOT NULL,            -- as it was called where it came from
    stored_as    TEXT   NOT NULL,            -- its name in the data folder; '' = removed when the import was done
    trial        BIGINT NOT NULL,            -- 1: looks only
    state        BIGINT NOT NULL DEFAULT 0,  -- imports::State
    report       TEXT   NOT NULL DEFAULT '', -- imports::Report as JSON
    fault        TEXT   NOT NULL DEFAULT '', -- key of what stopped it
    created_by   BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,            -- UTC microseconds since 1970
    finished_at  BIGINT, brought BIGINT NOT NULL DEFAULT 0,
    CHECK (id > 0),
    FOREIGN KEY (created_by) REFERENCES members (id)
);

CREATE INDEX imports_by ON imports (community_id, created_by);

CREATE INDEX imports_newest ON imports (community_id, created_at);

CREATE TABLE installation (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE invitations (
    id             INTEGER PRIMARY KEY,
    community_id   BIGINT NOT NULL,
    token_hash     TEXT   NOT NULL,
    made_by        BIGINT NOT NULL,
    made_at        BIGINT NOT NULL,             -- UTC microseconds since 1970
    expires_at     BIGINT NOT NULL,
    uses_most      BIGINT NOT NULL,
    uses           BIGINT NOT NULL DEFAULT 0,
    role           BIGINT NOT NULL,             -- what one becomes
    space_id       BIGINT,                      -- a space one is let into as well
    placeholder_id BIGINT,                      -- the imported author one becomes
    email          TEXT   NOT NULL DEFAULT '',  -- it was mailed there
    note           TEXT   NOT NULL DEFAULT '',  -- who it is for, for those who made it
    revoked_at     BIGINT,
    CHECK (id > 0),
    FOREIGN KEY (made_by) REFERENCES members (id),
    FOREIGN KEY (space_id) REFERENCES spaces (id),
    FOREIGN KEY (placeholder_id) REFERENCES members (id)
);

CREATE INDEX invitations_maker ON invitations (community_id, made_by, made_at);

CREATE INDEX invitations_newest ON invitations (community_id, made_at);

CREATE INDEX invitations_placeholder ON invitations (community_id, placeholder_id)
    WHERE placeholder_id IS NOT NULL;

CREATE INDEX invitations_space ON invitations (community_id, space_id) WHERE space_id IS NOT NULL;

CREATE UNIQUE INDEX invitations_token ON invitations (community_id, token_hash);

CREATE TABLE jobs (
    id INTEGER PRIMARY KEY,
    community_id BIGINT NOT NULL,  -- 0 = the installation's own
    kind TEXT NOT NULL,            -- "mail.send"
    payload TEXT NOT NULL,         -- JSON
    unique_key TEXT,               -- no two jobs of a kind have the same
    created_at BIGINT NOT NULL,
    run_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    max_attempts BIGINT NOT NULL,
    lease BIGINT NOT NULL,         -- who runs it; 0 = nobody
    lease_until BIGINT NOT NULL,
    last_error TEXT,
    done_at BIGINT,
    dead_at BIGINT,
    CHECK (id > 0)
);

CREATE INDEX jobs_due ON jobs (run_at) WHERE done_at IS NULL AND dead_at IS NULL;

CREATE UNIQUE INDEX jobs_unique_key ON jobs (community_id, kind, unique_key) WHERE unique_key IS NOT NULL;

CREATE VIEW known_spaces AS
    SELECT s.community_id, s.id AS space_id FROM spaces s;

CREATE TABLE leader_questions (
    community_id BIGINT NOT NULL,
    topic_id     BIGINT NOT NULL,  -- the conversation in which it is asked and answered
    asker_id     BIGINT NOT NULL,
    space_id     BIGINT,           -- NULL: the whole community
    post_id      BIGINT NOT NULL,  -- with which it was asked
    taken_by     BIGINT,           -- NULL: nobody yet
    asked_at     BIGINT NOT NULL,  -- UTC microseconds since 1970
    closed_at    BIGINT,           -- NULL: open
    PRIMARY KEY (community_id, topic_id),
    FOREIGN KEY (topic_id) REFERENCES topics (id),
    FOREIGN KEY (post_id) REFERENCES posts (id),
    FOREIGN KEY (asker_id) REFERENCES members (id),
    FOREIGN KEY (space_id) REFERENCES spaces (id),
    FOREIGN KEY (taken_by) REFERENCES members (id)
);

CREATE INDEX leader_questions_asked ON leader_questions (community_id, asked_at, topic_id);

CREATE INDEX leader_questions_asker ON leader_questions (community_id, asker_id, asked_at, topic_id);

CREATE INDEX leader_questions_open ON leader_questions (community_id, asked_at, topic_id) WHERE closed_at IS NULL;

CREATE INDEX leader_questions_post ON leader_questions (community_id, post_id);

CREATE INDEX leader_questions_space ON leader_questions (community_id, space_id) WHERE space_id IS NOT NULL;

CREATE INDEX leader_questions_taker ON leader_questions (community_id, taken_by) WHERE taken_by IS NOT NULL;

CREATE TABLE lifted_posts (
    community_id BIGINT NOT NULL,
    lift_id      BIGINT NOT NULL,
    post_id      BIGINT NOT NULL,
    PRIMARY KEY (community_id, lift_id, post_id),
    FOREIGN KEY (lift_id) REFERENCES lifts (id),
    FOREIGN KEY (post_id) REFERENCES posts (id)
);

CREATE INDEX lifted_posts_post ON lifted_posts (community_id, post_id);

CREATE TABLE lifts (
    id           INTEGER PRIMARY KEY,
    community_id BIGINT NOT NULL,
    from_id      BIGINT NOT NULL,            -- the topic they stood in
    to_id        BIGINT NOT NULL,            -- the topic they stand in since
    made         BIGINT NOT NULL,            -- 1: that topic was made for them
    member_id    BIGINT NOT NULL,            -- who did it
    lifted_at    BIGINT NOT NULL,            -- UTC microseconds since 1970
    post_count   BIGINT NOT NULL,
    first_at     BIGINT NOT NULL,            -- created_at of the first of them: where the note stands
    first_id     BIGINT NOT NULL,
    undone_at    BIGINT,                     -- NULL: it holds
    undone_by    BIGINT,
    CHECK (id > 0),
    FOREIGN KEY (from_id) REFERENCES topics (id),
    FOREIGN KEY (to_id) REFERENCES topics (id),
    FOREIGN KEY (member_id) REFERENCES members (id),
    FOREIGN KEY (first_id) REFERENCES posts (id),
    FOREIGN KEY (undone_by) REFERENCES members (id)
);

CREATE INDEX lifts_first ON lifts (community_id, first_id);

CREATE INDEX lifts_from ON lifts (community_id, from_id, first_at, first_id);

CREATE INDEX lifts_member ON lifts (community_id, member_id);

CREATE INDEX lifts_to ON lifts (community_id, to_id, id);

CREATE INDEX lifts_undone_by ON lifts (community_id, undone_by) WHERE undone_by IS NOT NULL;

CREATE TABLE mails (
    id INTEGER PRIMARY KEY,
    community_id BIGINT NOT NULL,
    state        BIGINT NOT NULL,  -- mail::State
    to_address   TEXT   NOT NULL,
    subject      TEXT   NOT NULL,
    text         TEXT   NOT NULL,  -- emptied once sent: it may hold a link that signs somebody in
    html         TEXT   NOT NULL,  -- likewise; may be empty
    headers      TEXT   NOT NULL,  -- "Name: value" lines
    created_at   BIGINT NOT NULL,
    sent_at      BIGINT,
    last_error   TEXT   NOT NULL,  -- the mail server's words
    CHECK (id > 0)
);

CREATE INDEX mails_age ON mails (community_id, created_at);

CREATE TABLE member_handles (
    community_id BIGINT NOT NULL,
    handle       TEXT   NOT NULL,  -- lower case
    member_id    BIGINT NOT NULL,
    taken_at     BIGINT NOT NULL,
    PRIMARY KEY (community_id, handle),
    FOREIGN KEY (member_id) REFERENCES members (id)
);

CREATE INDEX member_handles_member ON member_handles (community_id, member_id);

CREATE TABLE member_sources (
    community_id BIGINT NOT NULL,
    source       TEXT   NOT NULL,  -- "slack:T024BE7LD"
    source_key   TEXT   NOT NULL,  -- "U023BECGF"
    member_id    BIGINT NOT NULL,
    PRIMARY KEY (community_id, source, source_key),
    FOREIGN KEY (member_id) REFERENCES members (id)
);

CREATE INDEX member_sources_member ON member_sources (community_id, member_id);

CREATE TABLE members (
    id            INTEGER PRIMARY KEY,
    community_id  BIGINT NOT NULL,
    account_id    BIGINT,                       -- NULL: an imported placeholder
    handle        TEXT   NOT NULL,              -- the current one; all are in member_handles
    name          TEXT   NOT NULL,
    name_key      TEXT   NOT NULL,              -- sorts the name as the community's language does
    search_key    TEXT   NOT NULL,              -- name and handle folded, a space before each word
    role          BIGINT NOT NULL,              -- 1 member, 2 moderator, 3 admin, 4 owner
    state         BIGINT NOT NULL,              -- 0 active, 1 pending, 2 left, 3 placeholder, 4 suspended
    avatar        TEXT   NOT NULL DEFAULT '',   -- URL of the picture
    bio           TEXT   NOT NULL DEFAULT '',   -- Markdown
    bio_html      TEXT   NOT NULL DEFAULT '',
    reason        TEXT   NOT NULL DEFAULT '',   -- what was written when asking to join
    invitation_id BIGINT,                       -- came by this one
    rules_version BIGINT NOT NULL DEFAULT 0,    -- last accepted
    joined_at     BIGINT NOT NULL,              -- UTC microseconds since 1970; asked at, while pending
    left_at       BIGINT,
    CHECK (id > 0),
    FOREIGN KEY (community_id) REFERENCES communities (id),
    FOREIGN KEY (account_id) REFERENCES accounts (id)
);

CREATE UNIQUE INDEX members_account ON members (community_id, account_id) WHERE account_id IS NOT NULL;

CREATE INDEX members_by_joined ON members (community_id, state, joined_at, id, search_key, role);

CREATE INDEX members_by_name ON members (community_id, state, name_key, id, search_key, role);

CREATE INDEX members_of_account ON members (account_id, community_id) WHERE account_id IS NOT NULL;

CREATE INDEX members_role ON members (community_id, role, id) WHERE role > 1;

CREATE VIEW members_active AS
SELECT community_id, id AS member_id, name_key, search_key, role, joined_at
  FROM members
 WHERE state = 0;

CREATE VIEW members_standing AS
    SELECT m.community_id, m.id AS member_id, m.state, m.role, m.joined_at
      FROM members m;

CREATE TABLE modlog (
    id           INTEGER PRIMARY KEY,
    community_id BIGINT NOT NULL,
    at           BIGINT NOT NULL,  -- UTC microseconds since 1970
    actor_id     BIGINT NOT NULL,
    act          TEXT   NOT NULL,  -- "topic.lock"
    subject_kind TEXT   NOT NULL,  -- "topic", "post", "space", "member"
    subject_id   BIGINT NOT NULL,
    space_id     BIGINT,           -- NULL: concerns the whole community
    detail       TEXT   NOT NULL DEFAULT '{}',  -- JSON: ids and numbers, never a person's words
    CHECK (id > 0),
    FOREIGN KEY (actor_id) REFERENCES members (id),
    FOREIGN KEY (space_id) REFERENCES spaces (id)
);

CREATE INDEX modlog_actor ON modlog (community_id, actor_id, id);

CREATE INDEX modlog_space ON modlog (community_id, space_id, id) WHERE space_id IS NOT NULL;

CREATE INDEX modlog_subject ON modlog (community_id, subject_kind, subject_id, id);

CREATE TABLE nodes (node BIGINT NOT NULL PRIMARY KEY, holder BIGINT NOT NULL, lease_until BIGINT NOT NULL);

CREATE TABLE noted_replies (
    community_id BIGINT NOT NULL,
    topic_id     BIGINT NOT NULL,
    post_id      BIGINT NOT NULL,
    PRIMARY KEY (community_id, topic_id, post_id),
    FOREIGN KEY (topic_id) REFERENCES topics (id)
);

CREATE TABLE notice_changes (
    community_id BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    changes      BIGINT NOT NULL,
    PRIMARY KEY (community_id, member_id),
    FOREIGN KEY (member_id) REFERENCES members (id)
);

CREATE TABLE notice_levels (
    community_id BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    place        BIGINT NOT NULL,  -- notifications::Place
    place_id     BIGINT NOT NULL,
    level        BIGINT NOT NULL,  -- notifications::Level
    own          BIGINT NOT NULL,  -- 1: chosen by the member; 0: by writing in a topic, derived
    since        BIGINT NOT NULL,  -- UTC microseconds since 1970
    until        BIGINT,           -- NULL: still
    PRIMARY KEY (community_id, member_id, place, place_id, since),
    FOREIGN KEY (member_id) REFERENCES members (id)
);

CREATE INDEX notice_levels_followers ON notice_levels (community_id, place, place_id, member_id) WHERE level = 2;

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
    FOREIGN KEY (member_id) REFERENCES members (id)
);

CREATE INDEX notice_mail_due ON notice_mail (community_id, due_at, member_id) WHERE due_at IS NOT NULL;

CREATE TABLE notice_settings (
    community_id BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    channels     TEXT   NOT NULL,  -- JSON: {"mention":"now",…}, notifications::Channel by Kind
    quiet_from   BIGINT,           -- minutes since midnight where the member lives; NULL: never quiet
    quiet_to     BIGINT,
    weekly_limit BIGINT NOT NULL,  -- mails in seven days
    PRIMARY KEY (community_id, member_id),
    FOREIGN KEY (member_id) REFERENCES members (id)
);

CREATE TABLE notice_tags (
    id           INTEGER PRIMARY KEY,
    community_id BIGINT NOT NULL,
    name         TEXT   NOT NULL,  -- without #, lower case
    CHECK (id > 0)
);

CREATE UNIQUE INDEX notice_tags_name ON notice_tags (community_id, name);

CREATE TABLE notices (
    community_id BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,            -- who is told
    position     BIGINT NOT NULL,            -- of the activity
    kind         BIGINT NOT NULL,            -- notifications::Kind
    why          BIGINT NOT NULL,            -- notifications::Why
    place        BIGINT NOT NULL,            -- what is bundled: the topic, the space, or the position
    actor_id     BIGINT NOT NULL,            -- 0: nobody in particular
    space_id     BIGINT NOT NULL,            -- 0: the whole community
    topic_id     BIGINT NOT NULL,            -- 0: no topic
    post_id      BIGINT NOT NULL,            -- 0: no post
    detail       TEXT   NOT NULL DEFAULT '', -- an emoji, a role, what a moderator did
    happened_at  BIGINT NOT NULL,            -- UTC microseconds since 1970
    gone         BIGINT NOT NULL DEFAULT 0,  -- 1: deleted or taken back; 2: waits to be derived again
    read_at      BIGINT,                     -- NULL: not read; 0: was read before the notice was there
    PRIMARY KEY (community_id, member_id, position),
    FOREIGN KEY (member_id) REFERENCES members (id)
);

CREATE INDEX notices_newest ON notices (community_id, member_id, happened_at, position) WHERE gone = 0;

CREATE INDEX notices_topic ON notices (community_id, topic_id, member_id) WHERE topic_id > 0;

CREATE INDEX notices_unread ON notices (community_id, member_id, happened_at, kind, place, space_id) WHERE gone = 0 AND read_at IS NULL;

CREATE VIEW open_communities AS
    SELECT c.id AS community_id
      FROM communities c
     WHERE c.guests_may_read = 1;

CREATE TABLE post_edits (
    id           INTEGER PRIMARY KEY,
    community_id BIGINT NOT NULL,
    post_id      BIGINT NOT NULL,
    editor_id    BIGINT NOT NULL,  -- who replaced this text
    body_md      TEXT   NOT NULL,
    written_at   BIGINT NOT NULL,  -- when this text was written
    replaced_at  BIGINT NOT NULL,
    CHECK (id > 0),
    FOREIGN KEY (post_id) REFERENCES posts (id),
    FOREIGN KEY (editor_id) REFERENCES members (id)
);

CREATE INDEX post_edits_editor ON post_edits (community_id, editor_id);

CREATE INDEX post_edits_post ON post_edits (community_id, post_id, id);

CREATE TABLE post_mentions (
    community_id BIGINT NOT NULL,
    post_id      BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    PRIMARY KEY (community_id, post_id, member_id),
    FOREIGN KEY (post_id) REFERENCES posts (id),
    FOREIGN KEY (member_id) REFERENCES members (id)
);

CREATE INDEX post_mentions_member ON post_mentions (community_id, member_id, post_id);

CREATE TABLE post_tags (
    community_id BIGINT NOT NULL,
    post_id      BIGINT NOT NULL,
    tag          TEXT   NOT NULL,  -- without #, lower case
    topic_id     BIGINT NOT NULL,
    space_id     BIGINT NOT NULL,  -- where it stands now
    created_at   BIGINT NOT NULL,  -- of the post; UTC microseconds since 1970
    PRIMARY KEY (community_id, post_id, tag)
);

CREATE INDEX post_tags_newest ON post_tags (community_id, tag, created_at, post_id, space_id);

CREATE INDEX post_tags_topic ON post_tags (community_id, topic_id);

CREATE TABLE posts (
    id           INTEGER PRIMARY KEY,
    community_id BIGINT NOT NULL,
    topic_id     BIGINT NOT NULL,
    author_id    BIGINT NOT NULL,
    reply_to     BIGINT,                     -- the post it answers, in any topic
    body_md      TEXT   NOT NULL,
    body_html    TEXT   NOT NULL,            -- safe: what the renderer made of body_md
    renderer     BIGINT NOT NULL,            -- its version
    excerpt      TEXT   NOT NULL DEFAULT '', -- plain text
    reactions    TEXT   NOT NULL DEFAULT '', -- counts as JSON: {"👍":3}; empty: none
    created_at   BIGINT NOT NULL,
    edited_at    BIGINT,
    edits        BIGINT NOT NULL DEFAULT 0,  -- versions before this one: rows of post_edits
    deleted_at   BIGINT,
    deleted_by   BIGINT,
    imported     BIGINT NOT NULL DEFAULT 0,
    source       TEXT, score BIGINT NOT NULL DEFAULT 0, thanks BIGINT NOT NULL DEFAULT 0,
    CHECK (id > 0),
    FOREIGN KEY (topic_id) REFERENCES topics (id),
    FOREIGN KEY (author_id) REFERENCES members (id),
    FOREIGN KEY (reply_to) REFERENCES posts (id),
    FOREIGN KEY (deleted_by) REFERENCES members (id)
);

CREATE INDEX posts_author ON posts (community_id, author_id, created_at, id);

CREATE INDEX posts_deleted_by ON posts (community_id, deleted_by) WHERE deleted_by IS NOT NULL;

CREATE INDEX posts_reply_to ON posts (community_id, reply_to) WHERE reply_to IS NOT NULL;

CREATE UNIQUE INDEX posts_source ON posts (community_id, source) WHERE source IS NOT NULL;

CREATE INDEX posts_thanked ON posts (community_id, topic_id, thanks, id) WHERE thanks > 0;

CREATE INDEX posts_topic ON posts (community_id, topic_id, created_at, id);

CREATE TABLE profile_counts (
    community_id BIGINT NOT NULL,
    mark         TEXT   NOT NULL,
    kind         BIGINT NOT NULL,
    members      BIGINT NOT NULL,
    PRIMARY KEY (community_id, mark)
);

CREATE INDEX profile_counts_most ON profile_counts (community_id, kind, members, mark);

CREATE TABLE profile_fields (
    community_id BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    kind         BIGINT NOT NULL,  -- 1 skills, 2 interests, 3 languages, 4 place, 5 offers, 6 seeks
    shown_to     BIGINT NOT NULL,  -- 0 the member alone, 1 members, 2 everyone
    PRIMARY KEY (community_id, member_id, kind),
    FOREIGN KEY (member_id) REFERENCES members (id)
);

CREATE TABLE profile_values (
    community_id BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    mark         TEXT   NOT NULL,  -- "1:baking": the kind, and the value made comparable
    kind         BIGINT NOT NULL,
    position     BIGINT NOT NULL,  -- in its field
    value        TEXT   NOT NULL,  -- as written
    shown_to     BIGINT NOT NULL,  -- of its field
    PRIMARY KEY (community_id, member_id, mark),
    FOREIGN KEY (member_id) REFERENCES members (id)
);

CREATE INDEX profile_values_holders ON profile_values (community_id, mark, shown_to, member_id);

CREATE TABLE reactions (
    community_id BIGINT NOT NULL,
    post_id      BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    emoji        TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,  -- UTC microseconds since 1970
    PRIMARY KEY (community_id, post_id, member_id, emoji),
    FOREIGN KEY (post_id) REFERENCES posts (id),
    FOREIGN KEY (member_id) REFERENCES members (id)
);

CREATE INDEX reactions_member ON reactions (community_id, member_id, created_at);

CREATE VIEW readable_posts AS
    SELECT p.community_id, p.id, p.topic_id, t.space_id, p.author_id, t.title, p.body_md, p.excerpt,
           p.created_at, p.edited_at, p.imported
      FROM posts p
      JOIN topics t ON t.community_id = p.community_id AND t.id = p.topic_id
     WHERE p.deleted_at IS NULL AND t.deleted_at IS NULL;

CREATE TABLE request_results (
    community_id BIGINT NOT NULL,
    account_id   BIGINT NOT NULL,
    route        TEXT   NOT NULL,  -- method and path
    request_key  TEXT   NOT NULL,
    body_hash    TEXT   NOT NULL,
    result_id    BIGINT NOT NULL,  -- of what was made
    created_at   BIGINT NOT NULL,  -- UTC microseconds since 1970
    PRIMARY KEY (community_id, account_id, route, request_key)
);

CREATE INDEX request_results_age ON request_results (community_id, created_at);

CREATE TABLE scheduled_posts (
    id           INTEGER PRIMARY KEY,
    community_id BIGINT NOT NULL,
    author_id    BIGINT NOT NULL,
    space_id     BIGINT,                    -- where a topic is begun; NULL: an answer
    topic_id     BIGINT,                    -- which is answered; NULL: a new topic
    reply_to     BIGINT,                    -- the post that is answered; NULL: the topic
    title        TEXT   NOT NULL DEFAULT '',
    body         TEXT   NOT NULL,
    starts_at    TEXT   NOT NULL,           -- "2026-11-30T08:00:00" on the clocks of the zone
    zone         TEXT   NOT NULL,           -- "Europe/Copenhagen"
    rule         TEXT   NOT NULL DEFAULT '',-- RRULE of RFC 5545; empty: once
    due_at       BIGINT,                    -- UTC microseconds since 1970; NULL: it could not be posted
    failed_at    BIGINT,
    fault        TEXT   NOT NULL DEFAULT '',-- why not, a key of the catalogue
    posted       BIGINT NOT NULL DEFAULT 0, -- how often
    created_at   BIGINT NOT NULL,
    CHECK (id > 0),
    FOREIGN KEY (author_id) REFERENCES members (id),
    FOREIGN KEY (space_id) REFERENCES spaces (id),
    FOREIGN KEY (topic_id) REFERENCES topics (id),
    FOREIGN KEY (reply_to) REFERENCES posts (id)
);

CREATE INDEX scheduled_posts_author ON scheduled_posts (community_id, author_id, id);

CREATE INDEX scheduled_posts_reply ON scheduled_posts (community_id, reply_to);

CREATE INDEX scheduled_posts_space ON scheduled_posts (community_id, space_id);

CREATE INDEX scheduled_posts_topic ON scheduled_posts (community_id, topic_id);

CREATE TABLE schema_migrations (name TEXT NOT NULL PRIMARY KEY, applied_at BIGINT NOT NULL);

CREATE TABLE search_docs (
    id           INTEGER PRIMARY KEY,  -- microseconds of when it was written, made unique: the newest come first without sorting
    community_id BIGINT NOT NULL,
    kind         BIGINT NOT NULL,      -- search::Kind
    subject_id   BIGINT NOT NULL,      -- topic, post or member
    space_id     BIGINT NOT NULL       -- 0 for people
);

CREATE UNIQUE INDEX search_docs_subject ON search_docs (community_id, kind, subject_id);

CREATE VIRTUAL TABLE search_terms USING fts5 (
    title, words, marks, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0 tokenchars ':'"
);

CREATE TABLE search_variants (
    community_id BIGINT NOT NULL,
    variant      TEXT   NOT NULL,
    word         TEXT   NOT NULL,
    PRIMARY KEY (community_id, variant, word)
);

CREATE TABLE search_words (
    community_id BIGINT NOT NULL,
    word         TEXT   NOT NULL,
    space_id     BIGINT NOT NULL,
    PRIMARY KEY (community_id, word, space_id)
);

CREATE TABLE sessions (
    id           INTEGER PRIMARY KEY,
    account_id   BIGINT NOT NULL,
    token_hash   TEXT   NOT NULL,  -- SHA-256 of the cookie
    device       TEXT   NOT NULL,  -- "Firefox, Linux"
    address      TEXT   NOT NULL,  -- where it was last seen from
    created_at   BIGINT NOT NULL,
    seen_at      BIGINT NOT NULL,  -- to about ten minutes
    confirmed_at BIGINT NOT NULL,  -- the password or a link was last given
    CHECK (id > 0),
    FOREIGN KEY (account_id) REFERENCES accounts (id)
);

CREATE INDEX sessions_account ON sessions (account_id, seen_at);

CREATE UNIQUE INDEX sessions_token ON sessions (token_hash);

CREATE TABLE sign_in_failures (
    subject    TEXT   NOT NULL PRIMARY KEY,  -- a keyed hash, so that the table tells no addresses
    failures   BIGINT NOT NULL,
    failed_at  BIGINT NOT NULL
);

CREATE INDEX sign_in_failures_age ON sign_in_failures (failed_at);

CREATE TABLE space_members (
    community_id BIGINT NOT NULL,
    space_id     BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    role         BIGINT NOT NULL,            -- spaces::Role
    created_at   BIGINT NOT NULL,
    PRIMARY KEY (community_id, member_id, space_id),
    FOREIGN KEY (space_id) REFERENCES spaces (id),
    FOREIGN KEY (member_id) REFERENCES members (id)
);

CREATE INDEX space_members_space ON space_members (community_id, space_id);

CREATE TABLE space_reads (
    community_id BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    space_id     BIGINT NOT NULL,
    read_at      BIGINT NOT NULL,
    PRIMARY KEY (community_id, member_id, space_id),
    FOREIGN KEY (space_id) REFERENCES spaces (id),
    FOREIGN KEY (member_id) REFERENCES members (id)
);

CREATE INDEX space_reads_space ON space_reads (community_id, space_id);

CREATE TABLE space_requests (
    community_id BIGINT NOT NULL,
    space_id     BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    PRIMARY KEY (community_id, space_id, member_id),
    FOREIGN KEY (space_id) REFERENCES spaces (id),
    FOREIGN KEY (member_id) REFERENCES members (id)
);

CREATE INDEX space_requests_member ON space_requests (community_id, member_id);

CREATE TABLE space_slugs (
    community_id BIGINT NOT NULL,
    slug         TEXT   NOT NULL,
    space_id     BIGINT NOT NULL,
    PRIMARY KEY (community_id, slug),
    FOREIGN KEY (space_id) REFERENCES spaces (id)
);

CREATE INDEX space_slugs_space ON space_slugs (community_id, space_id);

CREATE TABLE spaces (
    id           INTEGER PRIMARY KEY,
    community_id BIGINT NOT NULL,
    parent_id    BIGINT,                     -- NULL: at the top
    slug         TEXT   NOT NULL,
    name         TEXT   NOT NULL,
    description  TEXT   NOT NULL DEFAULT '',
    icon         TEXT   NOT NULL DEFAULT '', -- an emoji, or the name of an icon
    kind         BIGINT NOT NULL,            -- spaces::Kind
    visibility   BIGINT NOT NULL,            -- spaces::Visibility
    starters     BIGINT NOT NULL DEFAULT 0,  -- spaces::Starters
    position     BIGINT NOT NULL,            -- order among siblings
    topic_count  BIGINT NOT NULL DEFAULT 0,  -- topics that are not deleted
    created_at   BIGINT NOT NULL,            -- UTC microseconds since 1970
    created_by   BIGINT,                     -- NULL: made by the founding of the community, or imported
    archived_at  BIGINT,                     -- NULL: in use
    source       TEXT,                       -- where it was imported from: "slack:C024BE91L"
    CHECK (id > 0),
    FOREIGN KEY (community_id) REFERENCES communities (id),
    FOREIGN KEY (parent_id) REFERENCES spaces (id),
    FOREIGN KEY (created_by) REFERENCES members (id)
);

CREATE INDEX spaces_created_by ON spaces (community_id, created_by) WHERE created_by IS NOT NULL;

CREATE INDEX spaces_parent ON spaces (community_id, parent_id);

CREATE UNIQUE INDEX spaces_slug ON spaces (community_id, slug);

CREATE UNIQUE INDEX spaces_source ON spaces (community_id, source) WHERE source IS NOT NULL;

CREATE TABLE tag_counts (
    community_id BIGINT NOT NULL,
    tag          TEXT   NOT NULL,
    space_id     BIGINT NOT NULL,
    posts        BIGINT NOT NULL,
    PRIMARY KEY (community_id, tag, space_id)
);

CREATE VIEW topic_activity AS
    SELECT t.community_id, t.space_id, t.id AS topic_id, t.last_post_at, t.reply_count
      FROM topics t
     WHERE t.deleted_at IS NULL AND t.kind <> 3;

CREATE TABLE topic_reads (
    community_id BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    topic_id     BIGINT NOT NULL,
    post_at      BIGINT NOT NULL,  -- created_at of the last post read, UTC microseconds since 1970
    replies      BIGINT NOT NULL,  -- of the topic up to there
    PRIMARY KEY (community_id, member_id, topic_id),
    FOREIGN KEY (topic_id) REFERENCES topics (id),
    FOREIGN KEY (member_id) REFERENCES members (id)
);

CREATE INDEX topic_reads_topic ON topic_reads (community_id, topic_id);

CREATE TABLE topics (
    id             INTEGER PRIMARY KEY,
    community_id   BIGINT NOT NULL,
    space_id       BIGINT NOT NULL,
    author_id      BIGINT NOT NULL,
    kind           BIGINT NOT NULL DEFAULT 0,  -- topics::Kind: 0 topic, 1 the standing stream of a chat space
    title          TEXT   NOT NULL,
    excerpt        TEXT   NOT NULL DEFAULT '', -- of the opening post, plain text
    created_at     BIGINT NOT NULL,            -- UTC microseconds since 1970
    first_post_id  BIGINT,                     -- NULL: a stream without a post
    last_post_id   BIGINT,
    last_post_at   BIGINT NOT NULL,            -- created_at while there is no post
    last_poster_id BIGINT,
    reply_count    BIGINT NOT NULL DEFAULT 0,  -- posts after the opening one that are not deleted
    pinned_at      BIGINT,
    locked_at      BIGINT,
    locked_by      BIGINT,
    deleted_at     BIGINT,
    deleted_by     BIGINT,
    imported       BIGINT NOT NULL DEFAULT 0,
    source         TEXT, lifts BIGINT NOT NULL DEFAULT 0, chat_at BIGINT, accepted_id BIGINT, thanks BIGINT NOT NULL DEFAULT 0,                       -- where it was imported from
    CHECK (id > 0),
    FOREIGN KEY (space_id) REFERENCES spaces (id),
    FOREIGN KEY (author_id) REFERENCES members (id),
    FOREIGN KEY (last_poster_id) REFERENCES members (id),
    FOREIGN KEY (locked_by) REFERENCES members (id),
    FOREIGN KEY (deleted_by) REFERENCES members (id)
);

CREATE INDEX topics_active ON topics (community_id, space_id, last_post_at, id) WHERE deleted_at IS NULL;

CREATE INDEX topics_author ON topics (community_id, author_id, id);

CREATE INDEX topics_deleted_by ON topics (community_id, deleted_by) WHERE deleted_by IS NOT NULL;

CREATE INDEX topics_last_poster ON topics (community_id, last_poster_id);

CREATE INDEX topics_locked_by ON topics (community_id, locked_by) WHERE locked_by IS NOT NULL;

CREATE INDEX topics_newest ON topics (community_id, space_id, created_at, id) WHERE deleted_at IS NULL;

CREATE INDEX topics_open ON topics (community_id, space_id, created_at, id) WHERE deleted_at IS NULL AND accepted_id IS NULL;

CREATE INDEX topics_pinned ON topics (community_id, space_id) WHERE pinned_at IS NOT NULL;

CREATE INDEX topics_quiet ON topics (community_id, space_id, created_at, id) WHERE deleted_at IS NULL AND reply_count = 0;

CREATE INDEX topics_recent ON topics (community_id, last_post_at, id, space_id) WHERE deleted_at IS NULL AND kind = 0;

CREATE UNIQUE INDEX topics_source ON topics (community_id, source) WHERE source IS NOT NULL;

CREATE UNIQUE INDEX topics_stream ON topics (community_id, space_id) WHERE kind = 1;

CREATE INDEX topics_thanked ON topics (community_id, space_id, thanks, id) WHERE deleted_at IS NULL AND thanks > 0;

CREATE UNIQUE INDEX topics_thread ON topics (community_id, first_post_id) WHERE kind = 3;

CREATE VIEW topics_accepted AS
SELECT t.community_id, t.id AS topic_id, t.accepted_id AS post_id, t.space_id, t.author_id AS asker_id
  FROM topics t
 WHERE t.accepted_id IS NOT NULL AND t.deleted_at IS NULL;

CREATE VIEW topics_contributed AS
SELECT p.community_id,
       p.author_id,
       p.created_at,
       p.thanks,
       t.space_id,
       t.author_id AS starter_id,
       CASE WHEN t.first_post_id = p.id THEN 1 ELSE 0 END AS opening
  FROM posts p
  JOIN topics t ON t.community_id = p.community_id AND t.id = p.topic_id
 WHERE p.deleted_at IS NULL AND t.deleted_at IS NULL;

CREATE VIEW topics_findable AS
SELECT p.community_id,
       p.id AS post_id,
       p.topic_id,
       t.space_id,
       p.author_id,
       p.body_md,
       p.created_at,
       t.title,
       t.kind AS topic_kind,
       t.created_at AS topic_created_at,
       CASE WHEN t.first_post_id = p.id THEN 1 ELSE 0 END AS opening
  FROM posts p
  JOIN topics t ON t.community_id = p.community_id AND t.id = p.topic_id
 WHERE p.deleted_at IS NULL AND t.deleted_at IS NULL;

CREATE VIEW topics_lately AS
SELECT t.community_id,
       t.id AS topic_id,
       t.title,
       t.last_post_at,
       t.last_poster_id,
       t.reply_count,
       CASE WHEN p.deleted_at IS NULL THEN p.excerpt ELSE '' END AS excerpt
  FROM topics t
  LEFT JOIN posts p ON p.community_id = t.community_id AND p.id = t.last_post_id
 WHERE t.deleted_at IS NULL;

CREATE VIEW topics_listed AS
SELECT t.community_id,
       t.space_id,
       t.id AS topic_id,
       t.title,
       t.created_at,
       t.last_post_at,
       t.first_post_id
  FROM topics t
 WHERE t.deleted_at IS NULL AND t.kind = 0;

CREATE VIEW topics_mentions AS
SELECT community_id, post_id, member_id
  FROM post_mentions;

CREATE VIEW topics_notable AS
SELECT p.community_id,
       p.id AS post_id,
       p.topic_id,
       t.space_id,
       p.author_id,
       o.author_id AS answered_id,
       t.author_id AS starter_id,
       CASE WHEN t.kind = 3 THEN 0 ELSE t.kind END AS topic_kind,
       CASE WHEN t.kind = 3 THEN COALESCE((SELECT substr(m.excerpt, 1, 60) FROM posts m
                                            WHERE m.community_id = t.community_id AND m.id = t.first_post_id
                                              AND m.deleted_at IS NULL), '')
            ELSE t.title END AS title,
       p.excerpt,
       CASE WHEN t.first_post_id = p.id THEN 1 ELSE 0 END AS opening,
       CASE WHEN p.deleted_at IS NULL AND t.deleted_at IS NULL THEN 0 ELSE 1 END AS gone
  FROM posts p
  JOIN topics t ON t.community_id = p.community_id AND t.id = p.topic_id
  LEFT JOIN posts o ON o.community_id = p.community_id AND o.id = p.reply_to;

CREATE VIEW topics_openings AS
SELECT community_id,
       id AS topic_id,
       first_post_id AS post_id
  FROM topics;

CREATE VIEW topics_posts AS
SELECT community_id, id AS post_id, topic_id
  FROM posts;

CREATE VIEW topics_said AS
    SELECT p.community_id, p.topic_id, p.author_id, p.created_at, p.reactions
      FROM posts p
     WHERE p.deleted_at IS NULL;

CREATE VIEW topics_streams AS
SELECT t.community_id,
       t.space_id,
       t.id AS topic_id
  FROM topics t
 WHERE t.deleted_at IS NULL AND t.kind = 1;

CREATE VIEW topics_titled AS
SELECT t.community_id,
       t.id AS topic_id,
       t.space_id,
       t.author_id,
       CASE WHEN t.kind = 3 THEN 0 ELSE t.kind END AS kind,
       CASE WHEN t.kind = 3 THEN COALESCE((SELECT substr(m.excerpt, 1, 60) FROM posts m
                                            WHERE m.community_id = t.community_id AND m.id = t.first_post_id
                                              AND m.deleted_at IS NULL), '')
            ELSE t.title END AS title,
       CASE WHEN t.deleted_at IS NULL THEN 0 ELSE 1 END AS gone
  FROM topics t;

CREATE VIEW topics_written AS
SELECT p.community_id,
       p.id AS post_id,
       p.topic_id,
       t.space_id,
       CASE WHEN t.kind = 0 THEN t.title ELSE '' END AS title,
       p.author_id,
       p.body_html,
       p.excerpt,
       p.created_at,
       p.edited_at,
       CASE WHEN t.first_post_id = p.id AND t.kind = 0 THEN 1 ELSE 0 END AS opening
  FROM posts p
  JOIN topics t ON t.community_id = p.community_id AND t.id = p.topic_id
 WHERE p.deleted_at IS NULL AND t.deleted_at IS NULL;

CREATE TABLE upload_files (
    community_id BIGINT NOT NULL,
    upload_id    BIGINT NOT NULL,
    name         TEXT   NOT NULL,  -- '' the file itself; '320', '960', '1920': a picture of that width at most
    width        BIGINT NOT NULL DEFAULT 0,
    height       BIGINT NOT NULL DEFAULT 0,
    size         BIGINT NOT NULL,
    hash         TEXT   NOT NULL,
    PRIMARY KEY (community_id, upload_id, name),
    FOREIGN KEY (upload_id) REFERENCES uploads (id)
);

CREATE TABLE upload_uses (
    community_id BIGINT NOT NULL,
    upload_id    BIGINT NOT NULL,
    place        BIGINT NOT NULL,  -- uploads::Place: 0 post, 1 picture of a member, 2 logo
    subject_id   BIGINT NOT NULL,  -- of the post, the member, the community
    PRIMARY KEY (community_id, upload_id, place, subject_id),
    FOREIGN KEY (upload_id) REFERENCES uploads (id)
);

CREATE INDEX upload_uses_subject ON upload_uses (community_id, place, subject_id);

CREATE TABLE uploads (
    id           INTEGER PRIMARY KEY,
    community_id BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,            -- who brought it
    kind         BIGINT NOT NULL,            -- uploads::Kind: 0 file, 1 picture, 2 audio, 3 video
    name         TEXT   NOT NULL,            -- as shown and saved: "plan.pdf", "garden.webp"
    media_type   TEXT   NOT NULL,            -- as it is served
    size         BIGINT NOT NULL,            -- bytes as it is served
    width        BIGINT NOT NULL DEFAULT 0,  -- pixels as it is served; 0: no picture
    height       BIGINT NOT NULL DEFAULT 0,
    content      TEXT   NOT NULL,            -- SHA-256 of what was sent
    created_at   BIGINT NOT NULL,            -- UTC microseconds since 1970
    CHECK (id > 0),
    FOREIGN KEY (member_id) REFERENCES members (id)
);

CREATE INDEX uploads_member ON uploads (community_id, member_id, id);
