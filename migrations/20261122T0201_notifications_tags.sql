-- Tags of which somebody wants to hear more than usual: notice_levels names them by these numbers (place 3), and so does the
-- activity of a post, which holds no words.

CREATE TABLE notice_tags (
    id           {id},
    community_id BIGINT NOT NULL,
    name         TEXT   NOT NULL,  -- without #, lower case
    {key community_id, id}
);

CREATE UNIQUE INDEX notice_tags_name ON notice_tags (community_id, name);
