-- What members tell of themselves: skills, interests, languages, place, what they offer and seek. New tables only.

-- Who may see a field; kept also when nothing stands in it. No row: members.
CREATE TABLE profile_fields (
    community_id BIGINT NOT NULL,
    member_id    BIGINT NOT NULL,
    kind         BIGINT NOT NULL,  -- 1 skills, 2 interests, 3 languages, 4 place, 5 offers, 6 seeks
    shown_to     BIGINT NOT NULL,  -- 0 the member alone, 1 members, 2 everyone
    PRIMARY KEY (community_id, member_id, kind),
    {fk member_id members}
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
    {fk member_id members}
);

CREATE INDEX profile_values_holders ON profile_values (community_id, mark, shown_to, member_id);

-- How many show a value to the members: which of several is the rare one, and what is offered while one filters.
CREATE TABLE profile_counts (
    community_id BIGINT NOT NULL,
    mark         TEXT   NOT NULL,
    kind         BIGINT NOT NULL,
    members      BIGINT NOT NULL,
    PRIMARY KEY (community_id, mark)
);

CREATE INDEX profile_counts_most ON profile_counts (community_id, kind, members, mark);
