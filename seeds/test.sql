-- People and places everyone on the team knows. Small; every test with a Site begins with them.
-- Communities: the Square (1, where everything happens) and the Mill (2, another one on the same installation).
INSERT INTO communities (id, slug, host, address, is_default, name, tagline, purpose, guests_may_read, rules_version, created_at, founded_at)
VALUES (1, 'square', 'square.test', 'http://square.test', 1, 'The Square', 'Where neighbours meet', 'Neighbours who help each other.', 1, 1, 1760000000000000, 1760000000000000),
       (2, 'mill', 'mill.test', 'http://mill.test', 0, 'The Mill', '', '', 0, 0, 1760000000000000, 1760000000000000);
INSERT INTO community_rules (community_id, version, body, body_html, made_at, made_by) VALUES (1, 1, 'Be kind.', '<p>Be kind.</p>', 1760000000000000, 21);

-- Accounts. Nobody has a password here: tests of signing in set their own.
INSERT INTO accounts (id, email, name, language, zone, operates, confirmed_at, created_at)
VALUES (11, 'olga@square.test', 'Olga Lund', 'en', 'UTC', 1, 1760000000000000, 1760000000000000),
       (12, 'dan@square.test', 'Dan Holm', 'en', 'UTC', 0, 1760000000000000, 1760000000000000),
       (13, 'ada@square.test', 'Ada Lind', 'en', 'UTC', 0, 1760000000000000, 1760000000000000),
       (14, 'bo@square.test', 'Bo Bergström', 'en', 'UTC', 0, 1760000000000000, 1760000000000000),
       (15, 'cleo@square.test', 'Cleo Dubois', 'en', 'UTC', 0, 1760000000000000, 1760000000000000),
       (16, 'gus@mill.test', 'Gus Mulder', 'en', 'UTC', 0, 1760000000000000, 1760000000000000);

-- Members of the Square: Olga the owner, Dan an admin, Ada a moderator, Bo, and Cleo, who belongs to the kitchen crew. Gus is in the Mill only.
INSERT INTO members (id, community_id, account_id, handle, name, name_key, search_key, role, state, rules_version, joined_at)
VALUES (21, 1, 11, 'olga', 'Olga Lund', 'olga lund', ' olga lund olga', 4, 0, 1, 1760000000000000),
       (22, 1, 12, 'dan', 'Dan Holm', 'dan holm', ' dan holm dan', 3, 0, 1, 1760000000000000),
       (23, 1, 13, 'ada', 'Ada Lind', 'ada lind', ' ada lind ada', 2, 0, 1, 1760000000000000),
       (24, 1, 14, 'bo', 'Bo Bergström', 'bo bergstrom', ' bo bergstrom bo', 1, 0, 1, 1760000000000000),
       (25, 1, 15, 'cleo', 'Cleo Dubois', 'cleo dubois', ' cleo dubois cleo', 1, 0, 1, 1760000000000000),
       (26, 2, 16, 'gus', 'Gus Mulder', 'gus mulder', ' gus mulder gus', 4, 0, 0, 1760000000000000);
INSERT INTO member_handles (community_id, handle, member_id, taken_at)
VALUES (1, 'olga', 21, 1760000000000000), (1, 'dan', 22, 1760000000000000), (1, 'ada', 23, 1760000000000000), (1, 'bo', 24, 1760000000000000),
       (1, 'cleo', 25, 1760000000000000), (2, 'gus', 26, 1760000000000000);
UPDATE communities SET member_count = 5 WHERE id = 1;
UPDATE communities SET member_count = 1 WHERE id = 2;

-- The open Lounge, the Garden for members, the closed Kitchen (Cleo's crew; Dan sees it as an admin), the secret Attic (Olga), a chat, and the Mill's own hall.
INSERT INTO spaces (id, community_id, slug, name, kind, visibility, position, created_at)
VALUES (31, 1, 'lounge', 'Lounge', 0, 0, 1, 1760000000000000),
       (32, 1, 'garden', 'Garden', 0, 1, 2, 1760000000000000),
       (33, 1, 'kitchen', 'Kitchen', 0, 2, 3, 1760000000000000),
       (34, 1, 'attic', 'Attic', 0, 3, 4, 1760000000000000),
       (35, 1, 'porch', 'Porch', 4, 1, 5, 1760000000000000),
       (36, 2, 'hall', 'Hall', 0, 1, 1, 1760000000000000);
INSERT INTO space_members (community_id, space_id, member_id, role, created_at)
VALUES (1, 33, 25, 1, 1760000000000000),
       (1, 34, 21, 2, 1760000000000000);
