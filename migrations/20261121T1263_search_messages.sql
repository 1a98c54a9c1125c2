-- Who takes part in a conversation finds what was said there: its messages are marked with the conversation. Where there
-- are conversations, the index is made again in the background; until then their messages are not found, all else is.

UPDATE activity_cursors SET position = 0
 WHERE consumer = 'search'
   AND EXISTS (SELECT 1 FROM topics t WHERE t.community_id = activity_cursors.community_id AND t.kind = 2);
