-- Which communities show guests what is public, for the slice that decides what a guest may read.

CREATE VIEW open_communities AS
    SELECT c.id AS community_id
      FROM communities c
     WHERE c.guests_may_read = 1;
