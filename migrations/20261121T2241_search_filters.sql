-- Filters and spelling: the index knows who wrote a text, its tags, and the words that each space knows. The index is made
-- again in the background; until then old texts are found by their words alone.

-- Words of four letters and more as they are written in a space.
CREATE TABLE search_words (
    community_id BIGINT NOT NULL,
    word         TEXT   NOT NULL,
    space_id     BIGINT NOT NULL,
    PRIMARY KEY (community_id, word, space_id)
);

-- The same words with each one of their letters left out in turn: what is misspelled meets one of them.
CREATE TABLE search_variants (
    community_id BIGINT NOT NULL,
    variant      TEXT   NOT NULL,
    word         TEXT   NOT NULL,
    PRIMARY KEY (community_id, variant, word)
);

UPDATE activity_cursors SET position = 0 WHERE consumer = 'search';
