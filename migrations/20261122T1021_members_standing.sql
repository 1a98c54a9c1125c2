-- Who is a member, as what and since when, for slices that count or choose among them: published,
-- stable. A view only.

CREATE VIEW members_standing AS
    SELECT m.community_id, m.id AS member_id, m.state, m.role, m.joined_at
      FROM members m;
