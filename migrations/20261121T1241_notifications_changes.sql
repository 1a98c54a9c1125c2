-- How often the notices of a member have changed: open pages look whether it has grown. A new table; those who have
-- notices already get a row, which reads the index of notices once.

CREATE TABLE notice_changes (
    community_id BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    changes      BIGINT NOT NULL,
    PRIMARY KEY (community_id, member_id),
    {fk member_id members}
);

INSERT INTO notice_changes (community_id, member_id, changes)
SELECT DISTINCT n.community_id, n.member_id, 1 FROM notices n;
