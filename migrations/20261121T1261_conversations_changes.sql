-- How often what waits for a member in conversations has changed: open pages look whether it has grown. New table only;
-- a row is made with the first change.

CREATE TABLE conversation_changes (
    community_id BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    changes      BIGINT NOT NULL,
    PRIMARY KEY (community_id, member_id),
    {fk member_id members}
);
