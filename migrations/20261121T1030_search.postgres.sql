-- What can be found: a row for each topic's title, each post and each person, kept by a consumer of the activity. May be emptied and filled again at any time.

CREATE TABLE search_docs (
    id           BIGINT NOT NULL,    -- microseconds of when it was written, made unique: the newest come first without sorting
    community_id BIGINT NOT NULL,
    kind         BIGINT NOT NULL,    -- search::Kind
    subject_id   BIGINT NOT NULL,    -- topic, post or member
    space_id     BIGINT NOT NULL,    -- 0 for people
    terms        TSVECTOR NOT NULL,  -- ready-made by platform/words; the text stays with the post
    PRIMARY KEY (community_id, id)
);

CREATE UNIQUE INDEX search_docs_subject ON search_docs (community_id, kind, subject_id);
CREATE INDEX search_docs_terms ON search_docs USING gin (terms) WITH (fastupdate = off);
