-- 0013_first_steps.sql - where a widget was seen: the first steps of a company know that the chat is on its site.

ALTER TABLE widget
  ADD COLUMN IF NOT EXISTS seen_at BIGINT NOT NULL DEFAULT 0,     -- a page outside Hark has loaded it then (to the hour)
  ADD COLUMN IF NOT EXISTS seen_host VARCHAR(253) CHARACTER SET ascii NOT NULL DEFAULT '';
