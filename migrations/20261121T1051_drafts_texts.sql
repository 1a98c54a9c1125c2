-- For slices that ask whether somebody still needs a thing they are writing about: published, stable.

CREATE VIEW draft_texts AS
    SELECT d.community_id, d.member_id, d.body FROM drafts d;
