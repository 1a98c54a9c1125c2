CREATE TABLE account_links (
    id bigint NOT NULL,
    token_hash text NOT NULL,
    purpose text NOT NULL,
    account_id bigint,
    email text NOT NULL,
    made_at bigint NOT NULL,
    expires_at bigint,
    used_at bigint
);

ALTER TABLE account_links ADD CONSTRAINT account_links_pkey PRIMARY KEY (id);

ALTER TABLE account_links ADD CONSTRAINT account_links_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id);

CREATE INDEX account_links_account ON public.account_links USING btree (account_id, purpose);

CREATE UNIQUE INDEX account_links_token ON public.account_links USING btree (token_hash);

CREATE TABLE accounts (
    id bigint NOT NULL,
    email text NOT NULL,
    password_hash text,
    name text NOT NULL,
    language text DEFAULT ''::text NOT NULL,
    zone text DEFAULT ''::text NOT NULL,
    scheme text DEFAULT ''::text NOT NULL,
    operates bigint DEFAULT 0 NOT NULL,
    confirmed_at bigint,
    created_at bigint NOT NULL,
    deleted_at bigint,
    hides_presence bigint DEFAULT 0 NOT NULL
);

ALTER TABLE accounts ADD CONSTRAINT accounts_pkey PRIMARY KEY (id);

CREATE UNIQUE INDEX accounts_email ON public.accounts USING btree (email);

CREATE TABLE activity (
    id bigint NOT NULL,
    community_id bigint NOT NULL,
    position bigint,
    xact xid8 DEFAULT pg_current_xact_id() NOT NULL,
    happened_at bigint NOT NULL,
    recorded_at bigint NOT NULL,
    origin bigint NOT NULL,
    kind text NOT NULL,
    actor_id bigint NOT NULL,
    subject_kind text NOT NULL,
    subject_id bigint NOT NULL,
    space_id bigint NOT NULL,
    payload text NOT NULL
);

ALTER TABLE activity ADD CONSTRAINT activity_pkey PRIMARY KEY (community_id, id);

CREATE INDEX activity_pending ON public.activity USING btree (community_id, xact, id) WHERE ("position" IS NULL);

CREATE UNIQUE INDEX activity_position ON public.activity USING btree (community_id, "position");

CREATE TABLE activity_cursors (
    community_id bigint NOT NULL,
    consumer text NOT NULL,
    position bigint NOT NULL,
    epoch bigint NOT NULL,
    holder bigint NOT NULL,
    lease_until bigint NOT NULL
);

ALTER TABLE activity_cursors ADD CONSTRAINT activity_cursors_pkey PRIMARY KEY (community_id, consumer);

CREATE TABLE activity_heads (
    community_id bigint NOT NULL,
    position bigint NOT NULL
);

ALTER TABLE activity_heads ADD CONSTRAINT activity_heads_pkey PRIMARY KEY (community_id);

CREATE TABLE api_tokens (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    token_hash text NOT NULL,
    name text NOT NULL,
    scope bigint NOT NULL,
    created_at bigint NOT NULL
);

ALTER TABLE api_tokens ADD CONSTRAINT api_tokens_pkey PRIMARY KEY (id);

ALTER TABLE api_tokens ADD CONSTRAINT api_tokens_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id);

CREATE INDEX api_tokens_account ON public.api_tokens USING btree (account_id, created_at);

CREATE UNIQUE INDEX api_tokens_token ON public.api_tokens USING btree (token_hash);

CREATE TABLE audit_heads (
    community_id bigint NOT NULL,
    position bigint NOT NULL,
    hash text NOT NULL
);

ALTER TABLE audit_heads ADD CONSTRAINT audit_heads_pkey PRIMARY KEY (community_id);

CREATE TABLE audit_log (
    id bigint NOT NULL,
    community_id bigint NOT NULL,
    position bigint,
    at bigint NOT NULL,
    account_id bigint NOT NULL,
    member_id bigint NOT NULL,
    noun text NOT NULL,
    kind text NOT NULL,
    subject_kind text NOT NULL,
    subject_id bigint NOT NULL,
    before_json text NOT NULL,
    after_json text NOT NULL,
    hash text DEFAULT ''::text NOT NULL
);

ALTER TABLE audit_log ADD CONSTRAINT audit_log_pkey PRIMARY KEY (community_id, id);

CREATE UNIQUE INDEX audit_log_chain ON public.audit_log USING btree (community_id, "position") WHERE ("position" IS NOT NULL);

CREATE INDEX audit_log_noun ON public.audit_log USING btree (community_id, noun, id);

CREATE INDEX audit_log_unsealed ON public.audit_log USING btree (community_id, id) WHERE ("position" IS NULL);

CREATE TABLE blocks (
    community_id bigint NOT NULL,
    member_id bigint NOT NULL,
    blocked_id bigint NOT NULL,
    since bigint NOT NULL,
    until bigint
);

ALTER TABLE blocks ADD CONSTRAINT blocks_pkey PRIMARY KEY (community_id, member_id, blocked_id, since);

ALTER TABLE blocks ADD CONSTRAINT blocks_community_id_blocked_id_fkey FOREIGN KEY (community_id, blocked_id) REFERENCES members(community_id, id);

ALTER TABLE blocks ADD CONSTRAINT blocks_community_id_member_id_fkey FOREIGN KEY (community_id, member_id) REFERENCES members(community_id, id);

CREATE INDEX blocks_blocked ON public.blocks USING btree (community_id, blocked_id, member_id);

CREATE TABLE bookmarks (
    community_id bigint NOT NULL,
    member_id bigint NOT NULL,
    post_id bigint NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    created_at bigint NOT NULL,
    remind_at bigint
);

ALTER TABLE bookmarks ADD CONSTRAINT bookmarks_pkey PRIMARY KEY (community_id, member_id, post_id);

ALTER TABLE bookmarks ADD CONSTRAINT bookmarks_community_id_member_id_fkey FOREIGN KEY (community_id, member_id) REFERENCES members(community_id, id);

ALTER TABLE bookmarks ADD CONSTRAINT bookmarks_community_id_post_id_fkey FOREIGN KEY (community_id, post_id) REFERENCES posts(community_id, id);

CREATE INDEX bookmarks_newest ON public.bookmarks USING btree (community_id, member_id, created_at, post_id);

CREATE INDEX bookmarks_post ON public.bookmarks USING btree (community_id, post_id);

CREATE VIEW circle_doors AS
 SELECT m.community_id,
    m.member_id,
    s.space_id
   FROM (((circle_members m
     JOIN circle_spaces s ON (((s.community_id = m.community_id) AND (s.circle_id = m.circle_id))))
     JOIN circles c ON (((c.community_id = m.community_id) AND (c.id = m.circle_id))))
     JOIN members_standing a ON (((a.community_id = m.community_id) AND (a.member_id = m.member_id))))
  WHERE ((m.since >= a.joined_at) AND ((c.rule_metric <> 6) OR (a.role >= c.rule_role)));

CREATE TABLE circle_members (
    community_id bigint NOT NULL,
    circle_id bigint NOT NULL,
    member_id bigint NOT NULL,
    since bigint NOT NULL
);

ALTER TABLE circle_members ADD CONSTRAINT circle_members_pkey PRIMARY KEY (community_id, member_id, circle_id);

ALTER TABLE circle_members ADD CONSTRAINT circle_members_community_id_circle_id_fkey FOREIGN KEY (community_id, circle_id) REFERENCES circles(community_id, id);

ALTER TABLE circle_members ADD CONSTRAINT circle_members_community_id_member_id_fkey FOREIGN KEY (community_id, member_id) REFERENCES members(community_id, id);

CREATE INDEX circle_members_newest ON public.circle_members USING btree (community_id, circle_id, since, member_id);

CREATE TABLE circle_requests (
    community_id bigint NOT NULL,
    circle_id bigint NOT NULL,
    member_id bigint NOT NULL,
    answer text DEFAULT ''::text NOT NULL,
    created_at bigint NOT NULL
);

ALTER TABLE circle_requests ADD CONSTRAINT circle_requests_pkey PRIMARY KEY (community_id, circle_id, member_id);

ALTER TABLE circle_requests ADD CONSTRAINT circle_requests_community_id_circle_id_fkey FOREIGN KEY (community_id, circle_id) REFERENCES circles(community_id, id);

ALTER TABLE circle_requests ADD CONSTRAINT circle_requests_community_id_member_id_fkey FOREIGN KEY (community_id, member_id) REFERENCES members(community_id, id);

CREATE INDEX circle_requests_member ON public.circle_requests USING btree (community_id, member_id);

CREATE TABLE circle_spaces (
    community_id bigint NOT NULL,
    circle_id bigint NOT NULL,
    space_id bigint NOT NULL
);

ALTER TABLE circle_spaces ADD CONSTRAINT circle_spaces_pkey PRIMARY KEY (community_id, circle_id, space_id);

ALTER TABLE circle_spaces ADD CONSTRAINT circle_spaces_community_id_circle_id_fkey FOREIGN KEY (community_id, circle_id) REFERENCES circles(community_id, id);

ALTER TABLE circle_spaces ADD CONSTRAINT circle_spaces_community_id_space_id_fkey FOREIGN KEY (community_id, space_id) REFERENCES spaces(community_id, id);

CREATE INDEX circle_spaces_space ON public.circle_spaces USING btree (community_id, space_id);

CREATE TABLE circles (
    id bigint NOT NULL,
    community_id bigint NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    visibility bigint NOT NULL,
    entry bigint NOT NULL,
    question text DEFAULT ''::text NOT NULL,
    member_count bigint DEFAULT 0 NOT NULL,
    created_at bigint NOT NULL,
    created_by bigint NOT NULL,
    removed_at bigint,
    rule_metric bigint DEFAULT 0 NOT NULL,
    rule_amount bigint DEFAULT 0 NOT NULL,
    rule_days bigint DEFAULT 0 NOT NULL,
    rule_after bigint DEFAULT 0 NOT NULL,
    rule_role bigint DEFAULT 0 NOT NULL,
    rule_version bigint DEFAULT 0 NOT NULL
);

ALTER TABLE circles ADD CONSTRAINT circles_pkey PRIMARY KEY (community_id, id);

ALTER TABLE circles ADD CONSTRAINT circles_community_id_created_by_fkey FOREIGN KEY (community_id, created_by) REFERENCES members(community_id, id);

ALTER TABLE circles ADD CONSTRAINT circles_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);

CREATE INDEX circles_created_by ON public.circles USING btree (community_id, created_by);

CREATE UNIQUE INDEX circles_slug ON public.circles USING btree (community_id, slug) WHERE (removed_at IS NULL);

CREATE VIEW common_spaces AS
 SELECT s.community_id,
    s.id AS space_id
   FROM spaces s
  WHERE ((s.visibility < 2) AND (NOT (EXISTS ( SELECT 1
           FROM spaces above
          WHERE ((above.community_id = s.community_id) AND (above.id = s.parent_id) AND (above.visibility > 1))))));

CREATE TABLE communities (
    id bigint NOT NULL,
    slug text NOT NULL,
    host text DEFAULT ''::text NOT NULL,
    address text DEFAULT ''::text NOT NULL,
    address_chosen bigint DEFAULT 0 NOT NULL,
    is_default bigint DEFAULT 0 NOT NULL,
    name text NOT NULL,
    tagline text DEFAULT ''::text NOT NULL,
    purpose text DEFAULT ''::text NOT NULL,
    values_text text DEFAULT ''::text NOT NULL,
    audience text DEFAULT ''::text NOT NULL,
    tone text DEFAULT ''::text NOT NULL,
    about text DEFAULT ''::text NOT NULL,
    about_html text DEFAULT ''::text NOT NULL,
    language text DEFAULT 'en'::text NOT NULL,
    sign_up bigint DEFAULT 1 NOT NULL,
    guests_may_read bigint DEFAULT 0 NOT NULL,
    members_invite bigint DEFAULT 1 NOT NULL,
    hue bigint DEFAULT 45 NOT NULL,
    chroma bigint DEFAULT 140 NOT NULL,
    font text DEFAULT 'system'::text NOT NULL,
    radius text DEFAULT 'soft'::text NOT NULL,
    logo_url text DEFAULT ''::text NOT NULL,
    look_version bigint DEFAULT 1 NOT NULL,
    rules_version bigint DEFAULT 0 NOT NULL,
    access_version bigint DEFAULT 1 NOT NULL,
    member_count bigint DEFAULT 0 NOT NULL,
    created_at bigint NOT NULL,
    founded_at bigint
);

ALTER TABLE communities ADD CONSTRAINT communities_pkey PRIMARY KEY (id);

CREATE UNIQUE INDEX communities_default ON public.communities USING btree (is_default) WHERE (is_default = 1);

CREATE UNIQUE INDEX communities_host ON public.communities USING btree (host) WHERE (host <> ''::text);

CREATE UNIQUE INDEX communities_slug ON public.communities USING btree (slug);

CREATE TABLE community_answers (
    community_id bigint NOT NULL,
    question text NOT NULL,
    answer text NOT NULL,
    answered_at bigint NOT NULL
);

ALTER TABLE community_answers ADD CONSTRAINT community_answers_pkey PRIMARY KEY (community_id, question);

ALTER TABLE community_answers ADD CONSTRAINT community_answers_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);

CREATE TABLE community_goals (
    id bigint NOT NULL,
    community_id bigint NOT NULL,
    place bigint NOT NULL,
    text text NOT NULL,
    figure text DEFAULT ''::text NOT NULL,
    target bigint,
    set_at bigint NOT NULL
);

ALTER TABLE community_goals ADD CONSTRAINT community_goals_pkey PRIMARY KEY (community_id, id);

ALTER TABLE community_goals ADD CONSTRAINT community_goals_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);

CREATE INDEX community_goals_place ON public.community_goals USING btree (community_id, place);

CREATE TABLE community_rules (
    community_id bigint NOT NULL,
    version bigint NOT NULL,
    body text NOT NULL,
    body_html text NOT NULL,
    made_at bigint NOT NULL,
    made_by bigint NOT NULL
);

ALTER TABLE community_rules ADD CONSTRAINT community_rules_pkey PRIMARY KEY (community_id, version);

ALTER TABLE community_rules ADD CONSTRAINT community_rules_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);

CREATE VIEW conversation_activity AS
 SELECT s.community_id,
    s.member_id,
    s.topic_id,
    s.last_at
   FROM conversation_seats s
  WHERE (s.state = 0);

CREATE VIEW conversation_answers AS
 SELECT c.community_id,
    c.topic_id,
    c.answered_at
   FROM conversations c;

CREATE TABLE conversation_changes (
    community_id bigint NOT NULL,
    member_id bigint NOT NULL,
    changes bigint NOT NULL
);

ALTER TABLE conversation_changes ADD CONSTRAINT conversation_changes_pkey PRIMARY KEY (community_id, member_id);

ALTER TABLE conversation_changes ADD CONSTRAINT conversation_changes_community_id_member_id_fkey FOREIGN KEY (community_id, member_id) REFERENCES members(community_id, id);

CREATE VIEW conversation_readers AS
 SELECT s.community_id,
    s.topic_id,
    s.member_id
   FROM conversation_seats s
  WHERE (s.state < 2);

CREATE TABLE conversation_seats (
    community_id bigint NOT NULL,
    topic_id bigint NOT NULL,
    member_id bigint NOT NULL,
    state bigint NOT NULL,
    since bigint NOT NULL,
    joined_at bigint,
    until bigint,
    last_at bigint NOT NULL
);

ALTER TABLE conversation_seats ADD CONSTRAINT conversation_seats_pkey PRIMARY KEY (community_id, topic_id, member_id);

ALTER TABLE conversation_seats ADD CONSTRAINT conversation_seats_community_id_member_id_fkey FOREIGN KEY (community_id, member_id) REFERENCES members(community_id, id);

ALTER TABLE conversation_seats ADD CONSTRAINT conversation_seats_community_id_topic_id_fkey FOREIGN KEY (community_id, topic_id) REFERENCES topics(community_id, id);

CREATE INDEX conversation_seats_newest ON public.conversation_seats USING btree (community_id, member_id, state, last_at, topic_id);

CREATE TABLE conversation_settings (
    community_id bigint NOT NULL,
    member_id bigint NOT NULL,
    who bigint NOT NULL
);

ALTER TABLE conversation_settings ADD CONSTRAINT conversation_settings_pkey PRIMARY KEY (community_id, member_id);

ALTER TABLE conversation_settings ADD CONSTRAINT conversation_settings_community_id_member_id_fkey FOREIGN KEY (community_id, member_id) REFERENCES members(community_id, id);

CREATE TABLE conversations (
    community_id bigint NOT NULL,
    topic_id bigint NOT NULL,
    kind bigint NOT NULL,
    low_id bigint,
    high_id bigint,
    created_by bigint NOT NULL,
    created_at bigint NOT NULL,
    answered_at bigint
);

ALTER TABLE conversations ADD CONSTRAINT conversations_pkey PRIMARY KEY (community_id, topic_id);

ALTER TABLE conversations ADD CONSTRAINT conversations_community_id_created_by_fkey FOREIGN KEY (community_id, created_by) REFERENCES members(community_id, id);

ALTER TABLE conversations ADD CONSTRAINT conversations_community_id_high_id_fkey FOREIGN KEY (community_id, high_id) REFERENCES members(community_id, id);

ALTER TABLE conversations ADD CONSTRAINT conversations_community_id_low_id_fkey FOREIGN KEY (community_id, low_id) REFERENCES members(community_id, id);

ALTER TABLE conversations ADD CONSTRAINT conversations_community_id_topic_id_fkey FOREIGN KEY (community_id, topic_id) REFERENCES topics(community_id, id);

CREATE INDEX conversations_high ON public.conversations USING btree (community_id, high_id) WHERE (high_id IS NOT NULL);

CREATE INDEX conversations_maker ON public.conversations USING btree (community_id, created_by, created_at);

CREATE UNIQUE INDEX conversations_pair ON public.conversations USING btree (community_id, low_id, high_id) WHERE (low_id IS NOT NULL);

CREATE TABLE device_choices (
    community_id bigint NOT NULL,
    member_id bigint NOT NULL,
    kinds text NOT NULL,
    weekly_limit bigint NOT NULL
);

ALTER TABLE device_choices ADD CONSTRAINT device_choices_pkey PRIMARY KEY (community_id, member_id);

ALTER TABLE device_choices ADD CONSTRAINT device_choices_community_id_member_id_fkey FOREIGN KEY (community_id, member_id) REFERENCES members(community_id, id);

CREATE TABLE device_messages (
    id bigint NOT NULL,
    community_id bigint NOT NULL,
    device_id bigint NOT NULL,
    tag text NOT NULL,
    tries bigint DEFAULT 0 NOT NULL,
    created_at bigint NOT NULL
);

ALTER TABLE device_messages ADD CONSTRAINT device_messages_pkey PRIMARY KEY (community_id, id);

CREATE INDEX device_messages_device ON public.device_messages USING btree (community_id, device_id);

CREATE TABLE device_turns (
    community_id bigint NOT NULL,
    member_id bigint NOT NULL,
    due_at bigint,
    position bigint NOT NULL,
    waits_since bigint DEFAULT 0 NOT NULL,
    held bigint DEFAULT 0 NOT NULL,
    told_until bigint DEFAULT 0 NOT NULL,
    sent text DEFAULT '[]'::text NOT NULL
);

ALTER TABLE device_turns ADD CONSTRAINT device_turns_pkey PRIMARY KEY (community_id, member_id);

ALTER TABLE device_turns ADD CONSTRAINT device_turns_community_id_member_id_fkey FOREIGN KEY (community_id, member_id) REFERENCES members(community_id, id);

CREATE INDEX device_turns_due ON public.device_turns USING btree (community_id, due_at, member_id) WHERE (due_at IS NOT NULL);

CREATE TABLE devices (
    id bigint NOT NULL,
    community_id bigint NOT NULL,
    member_id bigint NOT NULL,
    session_id bigint NOT NULL,
    endpoint_hash text NOT NULL,
    endpoint text NOT NULL,
    p256dh text NOT NULL,
    auth text NOT NULL,
    name text NOT NULL,
    created_at bigint NOT NULL,
    told_at bigint,
    refusals bigint DEFAULT 0 NOT NULL
);

ALTER TABLE devices ADD CONSTRAINT devices_pkey PRIMARY KEY (community_id, id);

ALTER TABLE devices ADD CONSTRAINT devices_community_id_member_id_fkey FOREIGN KEY (community_id, member_id) REFERENCES members(community_id, id);

ALTER TABLE devices ADD CONSTRAINT devices_session_id_fkey FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE;

CREATE UNIQUE INDEX devices_endpoint ON public.devices USING btree (community_id, endpoint_hash);

CREATE INDEX devices_member ON public.devices USING btree (community_id, member_id);

CREATE INDEX devices_session ON public.devices USING btree (session_id);

CREATE VIEW draft_texts AS
 SELECT d.community_id,
    d.member_id,
    d.body
   FROM drafts d
UNION ALL
 SELECT s.community_id,
    s.author_id AS member_id,
    s.body
   FROM scheduled_posts s;

CREATE TABLE drafts (
    community_id bigint NOT NULL,
    member_id bigint NOT NULL,
    place text NOT NULL,
    title text DEFAULT ''::text NOT NULL,
    body text NOT NULL,
    updated_at bigint NOT NULL
);

ALTER TABLE drafts ADD CONSTRAINT drafts_pkey PRIMARY KEY (community_id, member_id, place);

ALTER TABLE drafts ADD CONSTRAINT drafts_community_id_member_id_fkey FOREIGN KEY (community_id, member_id) REFERENCES members(community_id, id);

CREATE TABLE import_events (
    community_id bigint NOT NULL,
    source text NOT NULL
);

ALTER TABLE import_events ADD CONSTRAINT import_events_pkey PRIMARY KEY (community_id, source);

CREATE TABLE imports (
    id bigint NOT NULL,
    community_id bigint NOT NULL,
    system text NOT NULL,
    file_name text NOT NULL,
    stored_as text NOT NULL,
    trial bigint NOT NULL,
    state bigint DEFAULT 0 NOT NULL,
    report text DEFAULT ''::text NOT NULL,
    fault text DEFAULT ''::text NOT NULL,
    created_by bigint NOT NULL,
    created_at bigint NOT NULL,
    finished_at bigint,
    brought bigint DEFAULT 0 NOT NULL
);

ALTER TABLE imports ADD CONSTRAINT imports_pkey PRIMARY KEY (community_id, id);

ALTER TABLE imports ADD CONSTRAINT imports_community_id_created_by_fkey FOREIGN KEY (community_id, created_by) REFERENCES members(community_id, id);

CREATE INDEX imports_by ON public.imports USING btree (community_id, created_by);

CREATE INDEX imports_newest ON public.imports USING btree (community_id, created_at);

CREATE TABLE installation (
    name text NOT NULL,
    value text NOT NULL
);

ALTER TABLE installation ADD CONSTRAINT installation_pkey PRIMARY KEY (name);

CREATE TABLE invitations (
    id bigint NOT NULL,
    community_id bigint NOT NULL,
    token_hash text NOT NULL,
    made_by bigint NOT NULL,
    made_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    uses_most bigint NOT NULL,
    uses bigint DEFAULT 0 NOT NULL,
    role bigint NOT NULL,
    space_id bigint,
    placeholder_id bigint,
    email text DEFAULT ''::text NOT NULL,
    note text DEFAULT ''::text NOT NULL,
    revoked_at bigint
);

ALTER TABLE invitations ADD CONSTRAINT invitations_pkey PRIMARY KEY (community_id, id);

ALTER TABLE invitations ADD CONSTRAINT invitations_community_id_made_by_fkey FOREIGN KEY (community_id, made_by) REFERENCES members(community_id, id);

ALTER TABLE invitations ADD CONSTRAINT invitations_community_id_placeholder_id_fkey FOREIGN KEY (community_id, placeholder_id) REFERENCES members(community_id, id);

ALTER TABLE invitations ADD CONSTRAINT invitations_community_id_space_id_fkey FOREIGN KEY (community_id, space_id) REFERENCES spaces(community_id, id);

CREATE INDEX invitations_maker ON public.invitations USING btree (community_id, made_by, made_at);

CREATE INDEX invitations_newest ON public.invitations USING btree (community_id, made_at);

CREATE INDEX invitations_placeholder ON public.invitations USING btree (community_id, placeholder_id) WHERE (placeholder_id IS NOT NULL);

CREATE INDEX invitations_space ON public.invitations USING btree (community_id, space_id) WHERE (space_id IS NOT NULL);

CREATE UNIQUE INDEX invitations_token ON public.invitations USING btree (community_id, token_hash);

CREATE TABLE jobs (
    id bigint NOT NULL,
    community_id bigint NOT NULL,
    kind text NOT NULL,
    payload text NOT NULL,
    unique_key text,
    created_at bigint NOT NULL,
    run_at bigint NOT NULL,
    attempts bigint NOT NULL,
    max_attempts bigint NOT NULL,
    lease bigint NOT NULL,
    lease_until bigint NOT NULL,
    last_error text,
    done_at bigint,
    dead_at bigint
);

ALTER TABLE jobs ADD CONSTRAINT jobs_pkey PRIMARY KEY (community_id, id);

CREATE INDEX jobs_due ON public.jobs USING btree (run_at) WHERE ((done_at IS NULL) AND (dead_at IS NULL));

CREATE UNIQUE INDEX jobs_unique_key ON public.jobs USING btree (community_id, kind, unique_key) WHERE (unique_key IS NOT NULL);

CREATE VIEW known_spaces AS
 SELECT s.community_id,
    s.id AS space_id
   FROM spaces s;

CREATE TABLE leader_questions (
    community_id bigint NOT NULL,
    topic_id bigint NOT NULL,
    asker_id bigint NOT NULL,
    space_id bigint,
    post_id bigint NOT NULL,
    taken_by bigint,
    asked_at bigint NOT NULL,
    closed_at bigint
);

ALTER TABLE leader_questions ADD CONSTRAINT leader_questions_pkey PRIMARY KEY (community_id, topic_id);

ALTER TABLE leader_questions ADD CONSTRAINT leader_questions_community_id_asker_id_fkey FOREIGN KEY (community_id, asker_id) REFERENCES members(community_id, id);

ALTER TABLE leader_questions ADD CONSTRAINT leader_questions_community_id_post_id_fkey FOREIGN KEY (community_id, post_id) REFERENCES posts(community_id, id);

ALTER TABLE leader_questions ADD CONSTRAINT leader_questions_community_id_space_id_fkey FOREIGN KEY (community_id, space_id) REFERENCES spaces(community_id, id);

ALTER TABLE leader_questions ADD CONSTRAINT leader_questions_community_id_taken_by_fkey FOREIGN KEY (community_id, taken_by) REFERENCES members(community_id, id);

ALTER TABLE leader_questions ADD CONSTRAINT leader_questions_community_id_topic_id_fkey FOREIGN KEY (community_id, topic_id) REFERENCES topics(community_id, id);

CREATE INDEX leader_questions_asked ON public.leader_questions USING btree (community_id, asked_at, topic_id);

CREATE INDEX leader_questions_asker ON public.leader_questions USING btree (community_id, asker_id, asked_at, topic_id);

CREATE INDEX leader_questions_open ON public.leader_questions USING btree (community_id, asked_at, topic_id) WHERE (closed_at IS NULL);

CREATE INDEX leader_questions_post ON public.leader_questions USING btree (community_id, post_id);

CREATE INDEX leader_questions_space ON public.leader_questions USING btree (community_id, space_id) WHERE (space_id IS NOT NULL);

CREATE INDEX leader_questions_taker ON public.leader_questions USING btree (community_id, taken_by) WHERE (taken_by IS NOT NULL);

CREATE TABLE lifted_posts (
    community_id bigint NOT NULL,
    lift_id bigint NOT NULL,
    post_id bigint NOT NULL
);

ALTER TABLE lifted_posts ADD CONSTRAINT lifted_posts_pkey PRIMARY KEY (community_id, lift_id, post_id);

ALTER TABLE lifted_posts ADD CONSTRAINT lifted_posts_community_id_lift_id_fkey FOREIGN KEY (community_id, lift_id) REFERENCES lifts(community_id, id);

ALTER TABLE lifted_posts ADD CONSTRAINT lifted_posts_community_id_post_id_fkey FOREIGN KEY (community_id, post_id) REFERENCES posts(community_id, id);

CREATE INDEX lifted_posts_post ON public.lifted_posts USING btree (community_id, post_id);

CREATE TABLE lifts (
    id bigint NOT NULL,
    community_id bigint NOT NULL,
    from_id bigint NOT NULL,
    to_id bigint NOT NULL,
    made bigint NOT NULL,
    member_id bigint NOT NULL,
    lifted_at bigint NOT NULL,
    post_count bigint NOT NULL,
    first_at bigint NOT NULL,
    first_id bigint NOT NULL,
    undone_at bigint,
    undone_by bigint
);

ALTER TABLE lifts ADD CONSTRAINT lifts_pkey PRIMARY KEY (community_id, id);

ALTER TABLE lifts ADD CONSTRAINT lifts_community_id_first_id_fkey FOREIGN KEY (community_id, first_id) REFERENCES posts(community_id, id);

ALTER TABLE lifts ADD CONSTRAINT lifts_community_id_from_id_fkey FOREIGN KEY (community_id, from_id) REFERENCES topics(community_id, id);

ALTER TABLE lifts ADD CONSTRAINT lifts_community_id_member_id_fkey FOREIGN KEY (community_id, member_id) REFERENCES members(community_id, id);

ALTER TABLE lifts ADD CONSTRAINT lifts_community_id_to_id_fkey FOREIGN KEY (community_id, to_id) REFERENCES topics(community_id, id);

ALTER TABLE lifts ADD CONSTRAINT lifts_community_id_undone_by_fkey FOREIGN KEY (community_id, undone_by) REFERENCES members(community_id, id);

CREATE INDEX lifts_first ON public.lifts USING btree (community_id, first_id);

CREATE INDEX lifts_from ON public.lifts USING btree (community_id, from_id, first_at, first_id);

CREATE INDEX lifts_member ON public.lifts USING btree (community_id, member_id);

CREATE INDEX lifts_to ON public.lifts USING btree (community_id, to_id, id);

CREATE INDEX lifts_undone_by ON public.lifts USING btree (community_id, undone_by) WHERE (undone_by IS NOT NULL);

CREATE TABLE mails (
    id bigint NOT NULL,
    community_id bigint NOT NULL,
    state bigint NOT NULL,
    to_address text NOT NULL,
    subject text NOT NULL,
    text text NOT NULL,
    html text NOT NULL,
    headers text NOT NULL,
    created_at bigint NOT NULL,
    sent_at bigint,
    last_error text NOT NULL
);

ALTER TABLE mails ADD CONSTRAINT mails_pkey PRIMARY KEY (community_id, id);

CREATE INDEX mails_age ON public.mails USING btree (community_id, created_at);

CREATE TABLE member_handles (
    community_id bigint NOT NULL,
    handle text NOT NULL,
    member_id bigint NOT NULL,
    taken_at bigint NOT NULL
);

ALTER TABLE member_handles ADD CONSTRAINT member_handles_pkey PRIMARY KEY (community_id, handle);

ALTER TABLE member_handles ADD CONSTRAINT member_handles_community_id_member_id_fkey FOREIGN KEY (community_id, member_id) REFERENCES members(community_id, id);

CREATE INDEX member_handles_member ON public.member_handles USING btree (community_id, member_id);

CREATE TABLE member_sources (
    community_id bigint NOT NULL,
    source text NOT NULL,
    source_key text NOT NULL,
    member_id bigint NOT NULL
);

ALTER TABLE member_sources ADD CONSTRAINT member_sources_pkey PRIMARY KEY (community_id, source, source_key);

ALTER TABLE member_sources ADD CONSTRAINT member_sources_community_id_member_id_fkey FOREIGN KEY (community_id, member_id) REFERENCES members(community_id, id);

CREATE INDEX member_sources_member ON public.member_sources USING btree (community_id, member_id);

CREATE TABLE members (
    id bigint NOT NULL,
    community_id bigint NOT NULL,
    account_id bigint,
    handle text NOT NULL,
    name text NOT NULL,
    name_key text NOT NULL,
    search_key text NOT NULL,
    role bigint NOT NULL,
    state bigint NOT NULL,
    avatar text DEFAULT ''::text NOT NULL,
    bio text DEFAULT ''::text NOT NULL,
    bio_html text DEFAULT ''::text NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    invitation_id bigint,
    rules_version bigint DEFAULT 0 NOT NULL,
    joined_at bigint NOT NULL,
    left_at bigint
);

ALTER TABLE members ADD CONSTRAINT members_pkey PRIMARY KEY (community_id, id);

ALTER TABLE members ADD CONSTRAINT members_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id);

ALTER TABLE members ADD CONSTRAINT members_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);

CREATE UNIQUE INDEX members_account ON public.members USING btree (community_id, account_id) WHERE (account_id IS NOT NULL);

CREATE INDEX members_by_joined ON public.members USING btree (community_id, state, joined_at, id, search_key, role);

CREATE INDEX members_by_name ON public.members USING btree (community_id, state, name_key, id, search_key, role);

CREATE INDEX members_of_account ON public.members USING btree (account_id, community_id) WHERE (account_id IS NOT NULL);

CREATE INDEX members_role ON public.members USING btree (community_id, role, id) WHERE (role > 1);

CREATE VIEW members_active AS
 SELECT members.community_id,
    members.id AS member_id,
    members.name_key,
    members.search_key,
    members.role,
    members.joined_at
   FROM members
  WHERE (members.state = 0);

CREATE VIEW members_standing AS
 SELECT m.community_id,
    m.id AS member_id,
    m.state,
    m.role,
    m.joined_at
   FROM members m;

CREATE TABLE modlog (
    id bigint NOT NULL,
    community_id bigint NOT NULL,
    at bigint NOT NULL,
    actor_id bigint NOT NULL,
    act text NOT NULL,
    subject_kind text NOT NULL,
    subject_id bigint NOT NULL,
    space_id bigint,
    detail text DEFAULT '{}'::text NOT NULL
);

ALTER TABLE modlog ADD CONSTRAINT modlog_pkey PRIMARY KEY (community_id, id);

ALTER TABLE modlog ADD CONSTRAINT modlog_community_id_actor_id_fkey FOREIGN KEY (community_id, actor_id) REFERENCES members(community_id, id);

ALTER TABLE modlog ADD CONSTRAINT modlog_community_id_space_id_fkey FOREIGN KEY (community_id, space_id) REFERENCES spaces(community_id, id);

CREATE INDEX modlog_actor ON public.modlog USING btree (community_id, actor_id, id);

CREATE INDEX modlog_space ON public.modlog USING btree (community_id, space_id, id) WHERE (space_id IS NOT NULL);

CREATE INDEX modlog_subject ON public.modlog USING btree (community_id, subject_kind, subject_id, id);

CREATE TABLE nodes (
    node bigint NOT NULL,
    holder bigint NOT NULL,
    lease_until bigint NOT NULL
);

ALTER TABLE nodes ADD CONSTRAINT nodes_pkey PRIMARY KEY (node);

CREATE TABLE noted_replies (
    community_id bigint NOT NULL,
    topic_id bigint NOT NULL,
    post_id bigint NOT NULL
);

ALTER TABLE noted_replies ADD CONSTRAINT noted_replies_pkey PRIMARY KEY (community_id, topic_id, post_id);

ALTER TABLE noted_replies ADD CONSTRAINT noted_replies_community_id_topic_id_fkey FOREIGN KEY (community_id, topic_id) REFERENCES topics(community_id, id);

CREATE TABLE notice_changes (
    community_id bigint NOT NULL,
    member_id bigint NOT NULL,
    changes bigint NOT NULL
);

ALTER TABLE notice_changes ADD CONSTRAINT notice_changes_pkey PRIMARY KEY (community_id, member_id);

ALTER TABLE notice_changes ADD CONSTRAINT notice_changes_community_id_member_id_fkey FOREIGN KEY (community_id, member_id) REFERENCES members(community_id, id);

CREATE TABLE notice_levels (
    community_id bigint NOT NULL,
    member_id bigint NOT NULL,
    place bigint NOT NULL,
    place_id bigint NOT NULL,
    level bigint NOT NULL,
    own bigint NOT NULL,
    since bigint NOT NULL,
    until bigint
);

ALTER TABLE notice_levels ADD CONSTRAINT notice_levels_pkey PRIMARY KEY (community_id, member_id, place, place_id, since);

ALTER TABLE notice_levels ADD CONSTRAINT notice_levels_community_id_member_id_fkey FOREIGN KEY (community_id, member_id) REFERENCES members(community_id, id);

CREATE INDEX notice_levels_followers ON public.notice_levels USING btree (community_id, place, place_id, member_id) WHERE (level = 2);

CREATE TABLE notice_mail (
    community_id bigint NOT NULL,
    member_id bigint NOT NULL,
    due_at bigint,
    position bigint NOT NULL,
    waits_since bigint DEFAULT 0 NOT NULL,
    held bigint DEFAULT 0 NOT NULL,
    mailed_until bigint DEFAULT 0 NOT NULL,
    daily_on bigint DEFAULT 0 NOT NULL,
    sent text DEFAULT '[]'::text NOT NULL
);

ALTER TABLE notice_mail ADD CONSTRAINT notice_mail_pkey PRIMARY KEY (community_id, member_id);

ALTER TABLE notice_mail ADD CONSTRAINT notice_mail_community_id_member_id_fkey FOREIGN KEY (community_id, member_id) REFERENCES members(community_id, id);

CREATE INDEX notice_mail_due ON public.notice_mail USING btree (community_id, due_at, member_id) WHERE (due_at IS NOT NULL);

CREATE TABLE notice_settings (
    community_id bigint NOT NULL,
    member_id bigint NOT NULL,
    channels text NOT NULL,
    quiet_from bigint,
    quiet_to bigint,
    weekly_limit bigint NOT NULL
);

ALTER TABLE notice_settings ADD CONSTRAINT notice_settings_pkey PRIMARY KEY (community_id, member_id);

ALTER TABLE notice_settings ADD CONSTRAINT notice_settings_community_id_member_id_fkey FOREIGN KEY (community_id, member_id) REFERENCES members(community_id, id);

CREATE TABLE notice_tags (
    id bigint NOT NULL,
    community_id bigint NOT NULL,
    name text NOT NULL
);

ALTER TABLE notice_tags ADD CONSTRAINT notice_tags_pkey PRIMARY KEY (community_id, id);

CREATE UNIQUE INDEX notice_tags_name ON public.notice_tags USING btree (community_id, name);

CREATE TABLE notices (
    community_id bigint NOT NULL,
    member_id bigint NOT NULL,
    position bigint NOT NULL,
    kind bigint NOT NULL,
    why bigint NOT NULL,
    place bigint NOT NULL,
    actor_id bigint NOT NULL,
    space_id bigint NOT NULL,
    topic_id bigint NOT NULL,
    post_id bigint NOT NULL,
    detail text DEFAULT ''::text NOT NULL,
    happened_at bigint NOT NULL,
    gone bigint DEFAULT 0 NOT NULL,
    read_at bigint
);

ALTER TABLE notices ADD CONSTRAINT notices_pkey PRIMARY KEY (community_id, member_id, "position");

ALTER TABLE notices ADD CONSTRAINT notices_community_id_member_id_fkey FOREIGN KEY (community_id, member_id) REFERENCES members(community_id, id);

CREATE INDEX notices_newest ON public.notices USING btree (community_id, member_id, happened_at, "position") WHERE (gone = 0);

CREATE INDEX notices_topic ON public.notices USING btree (community_id, topic_id, member_id) WHERE (topic_id > 0);

CREATE INDEX notices_unread ON public.notices USING btree (community_id, member_id, happened_at, kind, place, space_id) WHERE ((gone = 0) AND (read_at IS NULL));

CREATE VIEW open_communities AS
 SELECT c.id AS community_id
   FROM communities c
  WHERE (c.guests_may_read = 1);

CREATE TABLE post_edits (
    id bigint NOT NULL,
    community_id bigint NOT NULL,
    post_id bigint NOT NULL,
    editor_id bigint NOT NULL,
    body_md text NOT NULL,
    written_at bigint NOT NULL,
    replaced_at bigint NOT NULL
);

ALTER TABLE post_edits ADD CONSTRAINT post_edits_pkey PRIMARY KEY (community_id, id);

ALTER TABLE post_edits ADD CONSTRAINT post_edits_community_id_editor_id_fkey FOREIGN KEY (community_id, editor_id) REFERENCES members(community_id, id);

ALTER TABLE post_edits ADD CONSTRAINT post_edits_community_id_post_id_fkey FOREIGN KEY (community_id, post_id) REFERENCES posts(community_id, id);

CREATE INDEX post_edits_editor ON public.post_edits USING btree (community_id, editor_id);

CREATE INDEX post_edits_post ON public.post_edits USING btree (community_id, post_id, id);

CREATE TABLE post_mentions (
    community_id bigint NOT NULL,
    post_id bigint NOT NULL,
    member_id bigint NOT NULL
);

ALTER TABLE post_mentions ADD CONSTRAINT post_mentions_pkey PRIMARY KEY (community_id, post_id, member_id);

ALTER TABLE post_mentions ADD CONSTRAINT post_mentions_community_id_member_id_fkey FOREIGN KEY (community_id, member_id) REFERENCES members(community_id, id);

ALTER TABLE post_mentions ADD CONSTRAINT post_mentions_community_id_post_id_fkey FOREIGN KEY (community_id, post_id) REFERENCES posts(community_id, id);

CREATE INDEX post_mentions_member ON public.post_mentions USING btree (community_id, member_id, post_id);

CREATE TABLE post_tags (
    community_id bigint NOT NULL,
    post_id bigint NOT NULL,
    tag text NOT NULL,
    topic_id bigint NOT NULL,
    space_id bigint NOT NULL,
    created_at bigint NOT NULL
);

ALTER TABLE post_tags ADD CONSTRAINT post_tags_pkey PRIMARY KEY (community_id, post_id, tag);

CREATE INDEX post_tags_newest ON public.post_tags USING btree (community_id, tag, created_at, post_id, space_id);

CREATE INDEX post_tags_topic ON public.post_tags USING btree (community_id, topic_id);

CREATE TABLE posts (
    id bigint NOT NULL,
    community_id bigint NOT NULL,
    topic_id bigint NOT NULL,
    author_id bigint NOT NULL,
    reply_to bigint,
    body_md text NOT NULL,
    body_html text NOT NULL,
    renderer bigint NOT NULL,
    excerpt text DEFAULT ''::text NOT NULL,
    reactions text DEFAULT ''::text NOT NULL,
    created_at bigint NOT NULL,
    edited_at bigint,
    edits bigint DEFAULT 0 NOT NULL,
    deleted_at bigint,
    deleted_by bigint,
    imported bigint DEFAULT 0 NOT NULL,
    source text,
    score bigint DEFAULT 0 NOT NULL,
    thanks bigint DEFAULT 0 NOT NULL
);

ALTER TABLE posts ADD CONSTRAINT posts_pkey PRIMARY KEY (community_id, id);

ALTER TABLE posts ADD CONSTRAINT posts_community_id_author_id_fkey FOREIGN KEY (community_id, author_id) REFERENCES members(community_id, id);

ALTER TABLE posts ADD CONSTRAINT posts_community_id_deleted_by_fkey FOREIGN KEY (community_id, deleted_by) REFERENCES members(community_id, id);

ALTER TABLE posts ADD CONSTRAINT posts_community_id_reply_to_fkey FOREIGN KEY (community_id, reply_to) REFERENCES posts(community_id, id);

ALTER TABLE posts ADD CONSTRAINT posts_community_id_topic_id_fkey FOREIGN KEY (community_id, topic_id) REFERENCES topics(community_id, id);

CREATE INDEX posts_author ON public.posts USING btree (community_id, author_id, created_at, id);

CREATE INDEX posts_deleted_by ON public.posts USING btree (community_id, deleted_by) WHERE (deleted_by IS NOT NULL);

CREATE INDEX posts_reply_to ON public.posts USING btree (community_id, reply_to) WHERE (reply_to IS NOT NULL);

CREATE UNIQUE INDEX posts_source ON public.posts USING btree (community_id, source) WHERE (source IS NOT NULL);

CREATE INDEX posts_thanked ON public.posts USING btree (community_id, topic_id, thanks, id) WHERE (thanks > 0);

CREATE INDEX posts_topic ON public.posts USING btree (community_id, topic_id, created_at, id);

CREATE TABLE profile_counts (
    community_id bigint NOT NULL,
    mark text NOT NULL,
    kind bigint NOT NULL,
    members bigint NOT NULL
);

ALTER TABLE profile_counts ADD CONSTRAINT profile_counts_pkey PRIMARY KEY (community_id, mark);

CREATE INDEX profile_counts_most ON public.profile_counts USING btree (community_id, kind, members, mark);

CREATE TABLE profile_fields (
    community_id bigint NOT NULL,
    member_id bigint NOT NULL,
    kind bigint NOT NULL,
    shown_to bigint NOT NULL
);

ALTER TABLE profile_fields ADD CONSTRAINT profile_fields_pkey PRIMARY KEY (community_id, member_id, kind);

ALTER TABLE profile_fields ADD CONSTRAINT profile_fields_community_id_member_id_fkey FOREIGN KEY (community_id, member_id) REFERENCES members(community_id, id);

CREATE TABLE profile_values (
    community_id bigint NOT NULL,
    member_id bigint NOT NULL,
    mark text NOT NULL,
    kind bigint NOT NULL,
    position bigint NOT NULL,
    value text NOT NULL,
    shown_to bigint NOT NULL
);

ALTER TABLE profile_values ADD CONSTRAINT profile_values_pkey PRIMARY KEY (community_id, member_id, mark);

ALTER TABLE profile_values ADD CONSTRAINT profile_values_community_id_member_id_fkey FOREIGN KEY (community_id, member_id) REFERENCES members(community_id, id);

CREATE INDEX profile_values_holders ON public.profile_values USING btree (community_id, mark, shown_to, member_id);

CREATE TABLE reactions (
    community_id bigint NOT NULL,
    post_id bigint NOT NULL,
    member_id bigint NOT NULL,
    emoji text NOT NULL,
    created_at bigint NOT NULL
);

ALTER TABLE reactions ADD CONSTRAINT reactions_pkey PRIMARY KEY (community_id, post_id, member_id, emoji);

ALTER TABLE reactions ADD CONSTRAINT reactions_community_id_member_id_fkey FOREIGN KEY (community_id, member_id) REFERENCES members(community_id, id);

ALTER TABLE reactions ADD CONSTRAINT reactions_community_id_post_id_fkey FOREIGN KEY (community_id, post_id) REFERENCES posts(community_id, id);

CREATE INDEX reactions_member ON public.reactions USING btree (community_id, member_id, created_at);

CREATE VIEW readable_posts AS
 SELECT p.community_id,
    p.id,
    p.topic_id,
    t.space_id,
    p.author_id,
    t.title,
    p.body_md,
    p.excerpt,
    p.created_at,
    p.edited_at,
    p.imported
   FROM (posts p
     JOIN topics t ON (((t.community_id = p.community_id) AND (t.id = p.topic_id))))
  WHERE ((p.deleted_at IS NULL) AND (t.deleted_at IS NULL));

CREATE TABLE request_results (
    community_id bigint NOT NULL,
    account_id bigint NOT NULL,
    route text NOT NULL,
    request_key text NOT NULL,
    body_hash text NOT NULL,
    result_id bigint NOT NULL,
    created_at bigint NOT NULL
);

ALTER TABLE request_results ADD CONSTRAINT request_results_pkey PRIMARY KEY (community_id, account_id, route, request_key);

CREATE INDEX request_results_age ON public.request_results USING btree (community_id, created_at);

CREATE TABLE scheduled_posts (
    id bigint NOT NULL,
    community_id bigint NOT NULL,
    author_id bigint NOT NULL,
    space_id bigint,
    topic_id bigint,
    reply_to bigint,
    title text DEFAULT ''::text NOT NULL,
    body text NOT NULL,
    starts_at text NOT NULL,
    zone text NOT NULL,
    rule text DEFAULT ''::text NOT NULL,
    due_at bigint,
    failed_at bigint,
    fault text DEFAULT ''::text NOT NULL,
    posted bigint DEFAULT 0 NOT NULL,
    created_at bigint NOT NULL
);

ALTER TABLE scheduled_posts ADD CONSTRAINT scheduled_posts_pkey PRIMARY KEY (community_id, id);

ALTER TABLE scheduled_posts ADD CONSTRAINT scheduled_posts_community_id_author_id_fkey FOREIGN KEY (community_id, author_id) REFERENCES members(community_id, id);

ALTER TABLE scheduled_posts ADD CONSTRAINT scheduled_posts_community_id_reply_to_fkey FOREIGN KEY (community_id, reply_to) REFERENCES posts(community_id, id);

ALTER TABLE scheduled_posts ADD CONSTRAINT scheduled_posts_community_id_space_id_fkey FOREIGN KEY (community_id, space_id) REFERENCES spaces(community_id, id);

ALTER TABLE scheduled_posts ADD CONSTRAINT scheduled_posts_community_id_topic_id_fkey FOREIGN KEY (community_id, topic_id) REFERENCES topics(community_id, id);

CREATE INDEX scheduled_posts_author ON public.scheduled_posts USING btree (community_id, author_id, id);

CREATE INDEX scheduled_posts_reply ON public.scheduled_posts USING btree (community_id, reply_to);

CREATE INDEX scheduled_posts_space ON public.scheduled_posts USING btree (community_id, space_id);

CREATE INDEX scheduled_posts_topic ON public.scheduled_posts USING btree (community_id, topic_id);

CREATE TABLE schema_migrations (
    name text NOT NULL,
    applied_at bigint NOT NULL
);

ALTER TABLE schema_migrations ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (name);

CREATE TABLE search_docs (
    id bigint NOT NULL,
    community_id bigint NOT NULL,
    kind bigint NOT NULL,
    subject_id bigint NOT NULL,
    space_id bigint NOT NULL,
    terms tsvector NOT NULL
);

ALTER TABLE search_docs ADD CONSTRAINT search_docs_pkey PRIMARY KEY (community_id, id);

CREATE UNIQUE INDEX search_docs_subject ON public.search_docs USING btree (community_id, kind, subject_id);

CREATE INDEX search_docs_terms ON public.search_docs USING gin (terms) WITH (fastupdate=off);

CREATE TABLE search_variants (
    community_id bigint NOT NULL,
    variant text NOT NULL,
    word text NOT NULL
);

ALTER TABLE search_variants ADD CONSTRAINT search_variants_pkey PRIMARY KEY (community_id, variant, word);

CREATE TABLE search_words (
    community_id bigint NOT NULL,
    word text NOT NULL,
    space_id bigint NOT NULL
);

ALTER TABLE search_words ADD CONSTRAINT search_words_pkey PRIMARY KEY (community_id, word, space_id);

CREATE TABLE sessions (
    id bigint NOT NULL,
    account_id bigint NOT NULL,
    token_hash text NOT NULL,
    device text NOT NULL,
    address text NOT NULL,
    created_at bigint NOT NULL,
    seen_at bigint NOT NULL,
    confirmed_at bigint NOT NULL
);

ALTER TABLE sessions ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);

ALTER TABLE sessions ADD CONSTRAINT sessions_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id);

CREATE INDEX sessions_account ON public.sessions USING btree (account_id, seen_at);

CREATE UNIQUE INDEX sessions_token ON public.sessions USING btree (token_hash);

CREATE TABLE sign_in_failures (
    subject text NOT NULL,
    failures bigint NOT NULL,
    failed_at bigint NOT NULL
);

ALTER TABLE sign_in_failures ADD CONSTRAINT sign_in_failures_pkey PRIMARY KEY (subject);

CREATE INDEX sign_in_failures_age ON public.sign_in_failures USING btree (failed_at);

CREATE TABLE space_members (
    community_id bigint NOT NULL,
    space_id bigint NOT NULL,
    member_id bigint NOT NULL,
    role bigint NOT NULL,
    created_at bigint NOT NULL
);

ALTER TABLE space_members ADD CONSTRAINT space_members_pkey PRIMARY KEY (community_id, member_id, space_id);

ALTER TABLE space_members ADD CONSTRAINT space_members_community_id_member_id_fkey FOREIGN KEY (community_id, member_id) REFERENCES members(community_id, id);

ALTER TABLE space_members ADD CONSTRAINT space_members_community_id_space_id_fkey FOREIGN KEY (community_id, space_id) REFERENCES spaces(community_id, id);

CREATE INDEX space_members_space ON public.space_members USING btree (community_id, space_id);

CREATE TABLE space_reads (
    community_id bigint NOT NULL,
    member_id bigint NOT NULL,
    space_id bigint NOT NULL,
    read_at bigint NOT NULL
);

ALTER TABLE space_reads ADD CONSTRAINT space_reads_pkey PRIMARY KEY (community_id, member_id, space_id);

ALTER TABLE space_reads ADD CONSTRAINT space_reads_community_id_member_id_fkey FOREIGN KEY (community_id, member_id) REFERENCES members(community_id, id);

ALTER TABLE space_reads ADD CONSTRAINT space_reads_community_id_space_id_fkey FOREIGN KEY (community_id, space_id) REFERENCES spaces(community_id, id);

CREATE INDEX space_reads_space ON public.space_reads USING btree (community_id, space_id);

CREATE TABLE space_requests (
    community_id bigint NOT NULL,
    space_id bigint NOT NULL,
    member_id bigint NOT NULL,
    created_at bigint NOT NULL
);

ALTER TABLE space_requests ADD CONSTRAINT space_requests_pkey PRIMARY KEY (community_id, space_id, member_id);

ALTER TABLE space_requests ADD CONSTRAINT space_requests_community_id_member_id_fkey FOREIGN KEY (community_id, member_id) REFERENCES members(community_id, id);

ALTER TABLE space_requests ADD CONSTRAINT space_requests_community_id_space_id_fkey FOREIGN KEY (community_id, space_id) REFERENCES spaces(community_id, id);

CREATE INDEX space_requests_member ON public.space_requests USING btree (community_id, member_id);

CREATE TABLE space_slugs (
    community_id bigint NOT NULL,
    slug text NOT NULL,
    space_id bigint NOT NULL
);

ALTER TABLE space_slugs ADD CONSTRAINT space_slugs_pkey PRIMARY KEY (community_id, slug);

ALTER TABLE space_slugs ADD CONSTRAINT space_slugs_community_id_space_id_fkey FOREIGN KEY (community_id, space_id) REFERENCES spaces(community_id, id);

CREATE INDEX space_slugs_space ON public.space_slugs USING btree (community_id, space_id);

CREATE TABLE spaces (
    id bigint NOT NULL,
    community_id bigint NOT NULL,
    parent_id bigint,
    slug text NOT NULL,
    name text NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    icon text DEFAULT ''::text NOT NULL,
    kind bigint NOT NULL,
    visibility bigint NOT NULL,
    starters bigint DEFAULT 0 NOT NULL,
    position bigint NOT NULL,
    topic_count bigint DEFAULT 0 NOT NULL,
    created_at bigint NOT NULL,
    created_by bigint,
    archived_at bigint,
    source text
);

ALTER TABLE spaces ADD CONSTRAINT spaces_pkey PRIMARY KEY (community_id, id);

ALTER TABLE spaces ADD CONSTRAINT spaces_community_id_created_by_fkey FOREIGN KEY (community_id, created_by) REFERENCES members(community_id, id);

ALTER TABLE spaces ADD CONSTRAINT spaces_community_id_fkey FOREIGN KEY (community_id) REFERENCES communities(id);

ALTER TABLE spaces ADD CONSTRAINT spaces_community_id_parent_id_fkey FOREIGN KEY (community_id, parent_id) REFERENCES spaces(community_id, id);

CREATE INDEX spaces_created_by ON public.spaces USING btree (community_id, created_by) WHERE (created_by IS NOT NULL);

CREATE INDEX spaces_parent ON public.spaces USING btree (community_id, parent_id);

CREATE UNIQUE INDEX spaces_slug ON public.spaces USING btree (community_id, slug);

CREATE UNIQUE INDEX spaces_source ON public.spaces USING btree (community_id, source) WHERE (source IS NOT NULL);

CREATE TABLE tag_counts (
    community_id bigint NOT NULL,
    tag text NOT NULL,
    space_id bigint NOT NULL,
    posts bigint NOT NULL
);

ALTER TABLE tag_counts ADD CONSTRAINT tag_counts_pkey PRIMARY KEY (community_id, tag, space_id);

CREATE VIEW topic_activity AS
 SELECT t.community_id,
    t.space_id,
    t.id AS topic_id,
    t.last_post_at,
    t.reply_count
   FROM topics t
  WHERE ((t.deleted_at IS NULL) AND (t.kind <> 3));

CREATE TABLE topic_reads (
    community_id bigint NOT NULL,
    member_id bigint NOT NULL,
    topic_id bigint NOT NULL,
    post_at bigint NOT NULL,
    replies bigint NOT NULL
);

ALTER TABLE topic_reads ADD CONSTRAINT topic_reads_pkey PRIMARY KEY (community_id, member_id, topic_id);

ALTER TABLE topic_reads ADD CONSTRAINT topic_reads_community_id_member_id_fkey FOREIGN KEY (community_id, member_id) REFERENCES members(community_id, id);

ALTER TABLE topic_reads ADD CONSTRAINT topic_reads_community_id_topic_id_fkey FOREIGN KEY (community_id, topic_id) REFERENCES topics(community_id, id);

CREATE INDEX topic_reads_topic ON public.topic_reads USING btree (community_id, topic_id);

CREATE TABLE topics (
    id bigint NOT NULL,
    community_id bigint NOT NULL,
    space_id bigint NOT NULL,
    author_id bigint NOT NULL,
    kind bigint DEFAULT 0 NOT NULL,
    title text NOT NULL,
    excerpt text DEFAULT ''::text NOT NULL,
    created_at bigint NOT NULL,
    first_post_id bigint,
    last_post_id bigint,
    last_post_at bigint NOT NULL,
    last_poster_id bigint,
    reply_count bigint DEFAULT 0 NOT NULL,
    pinned_at bigint,
    locked_at bigint,
    locked_by bigint,
    deleted_at bigint,
    deleted_by bigint,
    imported bigint DEFAULT 0 NOT NULL,
    source text,
    lifts bigint DEFAULT 0 NOT NULL,
    chat_at bigint,
    accepted_id bigint,
    thanks bigint DEFAULT 0 NOT NULL
);

ALTER TABLE topics ADD CONSTRAINT topics_pkey PRIMARY KEY (community_id, id);

ALTER TABLE topics ADD CONSTRAINT topics_community_id_author_id_fkey FOREIGN KEY (community_id, author_id) REFERENCES members(community_id, id);

ALTER TABLE topics ADD CONSTRAINT topics_community_id_deleted_by_fkey FOREIGN KEY (community_id, deleted_by) REFERENCES members(community_id, id);

ALTER TABLE topics ADD CONSTRAINT topics_community_id_last_poster_id_fkey FOREIGN KEY (community_id, last_poster_id) REFERENCES members(community_id, id);

ALTER TABLE topics ADD CONSTRAINT topics_community_id_locked_by_fkey FOREIGN KEY (community_id, locked_by) REFERENCES members(community_id, id);

ALTER TABLE topics ADD CONSTRAINT topics_community_id_space_id_fkey FOREIGN KEY (community_id, space_id) REFERENCES spaces(community_id, id);

CREATE INDEX topics_active ON public.topics USING btree (community_id, space_id, last_post_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX topics_author ON public.topics USING btree (community_id, author_id, id);

CREATE INDEX topics_deleted_by ON public.topics USING btree (community_id, deleted_by) WHERE (deleted_by IS NOT NULL);

CREATE INDEX topics_last_poster ON public.topics USING btree (community_id, last_poster_id);

CREATE INDEX topics_locked_by ON public.topics USING btree (community_id, locked_by) WHERE (locked_by IS NOT NULL);

CREATE INDEX topics_newest ON public.topics USING btree (community_id, space_id, created_at, id) WHERE (deleted_at IS NULL);

CREATE INDEX topics_open ON public.topics USING btree (community_id, space_id, created_at, id) WHERE ((deleted_at IS NULL) AND (accepted_id IS NULL));

CREATE INDEX topics_pinned ON public.topics USING btree (community_id, space_id) WHERE (pinned_at IS NOT NULL);

CREATE INDEX topics_quiet ON public.topics USING btree (community_id, space_id, created_at, id) WHERE ((deleted_at IS NULL) AND (reply_count = 0));

CREATE INDEX topics_recent ON public.topics USING btree (community_id, last_post_at, id, space_id) WHERE ((deleted_at IS NULL) AND (kind = 0));

CREATE UNIQUE INDEX topics_source ON public.topics USING btree (community_id, source) WHERE (source IS NOT NULL);

CREATE UNIQUE INDEX topics_stream ON public.topics USING btree (community_id, space_id) WHERE (kind = 1);

CREATE INDEX topics_thanked ON public.topics USING btree (community_id, space_id, thanks, id) WHERE ((deleted_at IS NULL) AND (thanks > 0));

CREATE UNIQUE INDEX topics_thread ON public.topics USING btree (community_id, first_post_id) WHERE (kind = 3);

CREATE VIEW topics_accepted AS
 SELECT t.community_id,
    t.id AS topic_id,
    t.accepted_id AS post_id,
    t.space_id,
    t.author_id AS asker_id
   FROM topics t
  WHERE ((t.accepted_id IS NOT NULL) AND (t.deleted_at IS NULL));

CREATE VIEW topics_contributed AS
 SELECT p.community_id,
    p.author_id,
    p.created_at,
    p.thanks,
    t.space_id,
    t.author_id AS starter_id,
        CASE
            WHEN (t.first_post_id = p.id) THEN 1
            ELSE 0
        END AS opening
   FROM (posts p
     JOIN topics t ON (((t.community_id = p.community_id) AND (t.id = p.topic_id))))
  WHERE ((p.deleted_at IS NULL) AND (t.deleted_at IS NULL));

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
        CASE
            WHEN (t.first_post_id = p.id) THEN 1
            ELSE 0
        END AS opening
   FROM (posts p
     JOIN topics t ON (((t.community_id = p.community_id) AND (t.id = p.topic_id))))
  WHERE ((p.deleted_at IS NULL) AND (t.deleted_at IS NULL));

CREATE VIEW topics_lately AS
 SELECT t.community_id,
    t.id AS topic_id,
    t.title,
    t.last_post_at,
    t.last_poster_id,
    t.reply_count,
        CASE
            WHEN (p.deleted_at IS NULL) THEN p.excerpt
            ELSE ''::text
        END AS excerpt
   FROM (topics t
     LEFT JOIN posts p ON (((p.community_id = t.community_id) AND (p.id = t.last_post_id))))
  WHERE (t.deleted_at IS NULL);

CREATE VIEW topics_listed AS
 SELECT t.community_id,
    t.space_id,
    t.id AS topic_id,
    t.title,
    t.created_at,
    t.last_post_at,
    t.first_post_id
   FROM topics t
  WHERE ((t.deleted_at IS NULL) AND (t.kind = 0));

CREATE VIEW topics_mentions AS
 SELECT post_mentions.community_id,
    post_mentions.post_id,
    post_mentions.member_id
   FROM post_mentions;

CREATE VIEW topics_notable AS
 SELECT p.community_id,
    p.id AS post_id,
    p.topic_id,
    t.space_id,
    p.author_id,
    o.author_id AS answered_id,
    t.author_id AS starter_id,
        CASE
            WHEN (t.kind = 3) THEN (0)::bigint
            ELSE t.kind
        END AS topic_kind,
        CASE
            WHEN (t.kind = 3) THEN COALESCE(( SELECT substr(m.excerpt, 1, 60) AS substr
               FROM posts m
              WHERE ((m.community_id = t.community_id) AND (m.id = t.first_post_id) AND (m.deleted_at IS NULL))), ''::text)
            ELSE t.title
        END AS title,
    p.excerpt,
        CASE
            WHEN (t.first_post_id = p.id) THEN 1
            ELSE 0
        END AS opening,
        CASE
            WHEN ((p.deleted_at IS NULL) AND (t.deleted_at IS NULL)) THEN 0
            ELSE 1
        END AS gone
   FROM ((posts p
     JOIN topics t ON (((t.community_id = p.community_id) AND (t.id = p.topic_id))))
     LEFT JOIN posts o ON (((o.community_id = p.community_id) AND (o.id = p.reply_to))));

CREATE VIEW topics_openings AS
 SELECT topics.community_id,
    topics.id AS topic_id,
    topics.first_post_id AS post_id
   FROM topics;

CREATE VIEW topics_posts AS
 SELECT posts.community_id,
    posts.id AS post_id,
    posts.topic_id
   FROM posts;

CREATE VIEW topics_said AS
 SELECT p.community_id,
    p.topic_id,
    p.author_id,
    p.created_at,
    p.reactions
   FROM posts p
  WHERE (p.deleted_at IS NULL);

CREATE VIEW topics_streams AS
 SELECT t.community_id,
    t.space_id,
    t.id AS topic_id
   FROM topics t
  WHERE ((t.deleted_at IS NULL) AND (t.kind = 1));

CREATE VIEW topics_titled AS
 SELECT t.community_id,
    t.id AS topic_id,
    t.space_id,
    t.author_id,
        CASE
            WHEN (t.kind = 3) THEN (0)::bigint
            ELSE t.kind
        END AS kind,
        CASE
            WHEN (t.kind = 3) THEN COALESCE(( SELECT substr(m.excerpt, 1, 60) AS substr
               FROM posts m
              WHERE ((m.community_id = t.community_id) AND (m.id = t.first_post_id) AND (m.deleted_at IS NULL))), ''::text)
            ELSE t.title
        END AS title,
        CASE
            WHEN (t.deleted_at IS NULL) THEN 0
            ELSE 1
        END AS gone
   FROM topics t;

CREATE VIEW topics_written AS
 SELECT p.community_id,
    p.id AS post_id,
    p.topic_id,
    t.space_id,
        CASE
            WHEN (t.kind = 0) THEN t.title
            ELSE ''::text
        END AS title,
    p.author_id,
    p.body_html,
    p.excerpt,
    p.created_at,
    p.edited_at,
        CASE
            WHEN ((t.first_post_id = p.id) AND (t.kind = 0)) THEN 1
            ELSE 0
        END AS opening
   FROM (posts p
     JOIN topics t ON (((t.community_id = p.community_id) AND (t.id = p.topic_id))))
  WHERE ((p.deleted_at IS NULL) AND (t.deleted_at IS NULL));

CREATE TABLE upload_files (
    community_id bigint NOT NULL,
    upload_id bigint NOT NULL,
    name text NOT NULL,
    width bigint DEFAULT 0 NOT NULL,
    height bigint DEFAULT 0 NOT NULL,
    size bigint NOT NULL,
    hash text NOT NULL
);

ALTER TABLE upload_files ADD CONSTRAINT upload_files_pkey PRIMARY KEY (community_id, upload_id, name);

ALTER TABLE upload_files ADD CONSTRAINT upload_files_community_id_upload_id_fkey FOREIGN KEY (community_id, upload_id) REFERENCES uploads(community_id, id);

CREATE TABLE upload_uses (
    community_id bigint NOT NULL,
    upload_id bigint NOT NULL,
    place bigint NOT NULL,
    subject_id bigint NOT NULL
);

ALTER TABLE upload_uses ADD CONSTRAINT upload_uses_pkey PRIMARY KEY (community_id, upload_id, place, subject_id);

ALTER TABLE upload_uses ADD CONSTRAINT upload_uses_community_id_upload_id_fkey FOREIGN KEY (community_id, upload_id) REFERENCES uploads(community_id, id);

CREATE INDEX upload_uses_subject ON public.upload_uses USING btree (community_id, place, subject_id);

CREATE TABLE uploads (
    id bigint NOT NULL,
    community_id bigint NOT NULL,
    member_id bigint NOT NULL,
    kind bigint NOT NULL,
    name text NOT NULL,
    media_type text NOT NULL,
    size bigint NOT NULL,
    width bigint DEFAULT 0 NOT NULL,
    height bigint DEFAULT 0 NOT NULL,
    content text NOT NULL,
    created_at bigint NOT NULL
);

ALTER TABLE uploads ADD CONSTRAINT uploads_pkey PRIMARY KEY (community_id, id);

ALTER TABLE uploads ADD CONSTRAINT uploads_community_id_member_id_fkey FOREIGN KEY (community_id, member_id) REFERENCES members(community_id, id);

CREATE INDEX uploads_member ON public.uploads USING btree (community_id, member_id, id);
