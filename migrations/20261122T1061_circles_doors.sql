-- A door is open at once, or not at all: to whom a rule about roles still fits, and not to who was in the circle before they left
-- the community and came back. The daily look at circles takes such people out.

DROP VIEW circle_doors;

CREATE VIEW circle_doors AS
    SELECT m.community_id, m.member_id, s.space_id
      FROM circle_members m
      JOIN circle_spaces s ON s.community_id = m.community_id AND s.circle_id = m.circle_id
      JOIN circles c ON c.community_id = m.community_id AND c.id = m.circle_id
      JOIN members_standing a ON a.community_id = m.community_id AND a.member_id = m.member_id
     WHERE m.since >= a.joined_at AND (c.rule_metric <> 6 OR a.role >= c.rule_role);
