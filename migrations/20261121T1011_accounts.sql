-- People's sign-ins. Accounts, sessions and what leads to them stand above communities.

CREATE TABLE accounts (
    id            {id},
    email         TEXT   NOT NULL,              -- lower case; what one signs in with
    password_hash TEXT,                         -- Argon2id as a PHC string; NULL = signs in by link only
    name          TEXT   NOT NULL,
    language      TEXT   NOT NULL DEFAULT '',   -- '' = as the browser asks
    zone          TEXT   NOT NULL DEFAULT '',   -- IANA name; '' = as the community's language suggests
    scheme        TEXT   NOT NULL DEFAULT '',   -- 'light', 'dark', '' = as the device has it
    operates      BIGINT NOT NULL DEFAULT 0,    -- 1: owner of the installation, may make communities
    confirmed_at  BIGINT,                       -- the address was shown to be theirs
    created_at    BIGINT NOT NULL,              -- UTC microseconds since 1970
    deleted_at    BIGINT,
    {key id}
);

CREATE UNIQUE INDEX accounts_email ON accounts (email);

CREATE TABLE sessions (
    id           {id},
    account_id   BIGINT NOT NULL,
    token_hash   TEXT   NOT NULL,  -- SHA-256 of the cookie
    device       TEXT   NOT NULL,  -- "Firefox, Linux"
    address      TEXT   NOT NULL,  -- where it was last seen from
    created_at   BIGINT NOT NULL,
    seen_at      BIGINT NOT NULL,  -- to about ten minutes
    confirmed_at BIGINT NOT NULL,  -- the password or a link was last given
    {key id},
    {fk_global account_id accounts}
);

CREATE UNIQUE INDEX sessions_token ON sessions (token_hash);
CREATE INDEX sessions_account ON sessions (account_id, seen_at);

-- Links that work once.
CREATE TABLE account_links (
    id         {id},
    token_hash TEXT   NOT NULL,
    purpose    TEXT   NOT NULL,   -- 'sign-in', 'email', 'first-owner'
    account_id BIGINT,            -- NULL for the first owner's
    email      TEXT   NOT NULL,   -- the new address for 'email', else ''
    made_at    BIGINT NOT NULL,
    expires_at BIGINT,            -- NULL = until used
    used_at    BIGINT,
    {key id},
    {fk_global account_id accounts}
);

CREATE UNIQUE INDEX account_links_token ON account_links (token_hash);
CREATE INDEX account_links_account ON account_links (account_id, purpose);

-- Failed sign-ins, by account and by address: each failure makes the next try wait longer, never for good.
CREATE TABLE sign_in_failures (
    subject    TEXT   NOT NULL PRIMARY KEY,  -- a keyed hash, so that the table tells no addresses
    failures   BIGINT NOT NULL,
    failed_at  BIGINT NOT NULL
);

CREATE INDEX sign_in_failures_age ON sign_in_failures (failed_at);

CREATE TABLE api_tokens (
    id         {id},
    account_id BIGINT NOT NULL,
    token_hash TEXT   NOT NULL,
    name       TEXT   NOT NULL,
    scope      BIGINT NOT NULL,  -- 0 read, 1 write, 2 admin
    created_at BIGINT NOT NULL,
    {key id},
    {fk_global account_id accounts}
);

CREATE UNIQUE INDEX api_tokens_token ON api_tokens (token_hash);
CREATE INDEX api_tokens_account ON api_tokens (account_id, created_at);
