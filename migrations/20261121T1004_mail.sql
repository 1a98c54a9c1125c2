-- The outbox: mails that wait, were sent, were refused, or are shown to the owner because there is no mail server.

CREATE TABLE mails (
    id {id},
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
    {key community_id, id}
);

CREATE INDEX mails_age ON mails (community_id, created_at);
