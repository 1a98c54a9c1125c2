-- Spaces that every member may read: what is counted of them tells nobody of the others. A view only.

CREATE VIEW common_spaces AS
    SELECT s.community_id, s.id AS space_id
      FROM spaces s
     WHERE s.visibility < 2
       AND NOT EXISTS (SELECT 1 FROM spaces above
                        WHERE above.community_id = s.community_id AND above.id = s.parent_id
                          AND above.visibility > 1);
