-- What can be found: a row for each topic's title, each post and each person, kept by a consumer of the activity. May be emptied and filled again at any time.

CREATE TABLE search_docs (
    id           INTEGER PRIMARY KEY,  -- microseconds of when it was written, made unique: the newest come first without sorting
    community_id BIGINT NOT NULL,
    kind         BIGINT NOT NULL,      -- search::Kind
    subject_id   BIGINT NOT NULL,      -- topic, post or member
    space_id     BIGINT NOT NULL       -- 0 for people
);

CREATE UNIQUE INDEX search_docs_subject ON search_docs (community_id, kind, subject_id);

-- Terms only, ready-made by platform/words; the text stays with the post. rowid = search_docs.id.
CREATE VIRTUAL TABLE search_terms USING fts5 (
    title, words, marks, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0 tokenchars ':'"
);
