-- 0022_session_factor.sql - a second factor that is required holds for open sessions, but for those that the host has opened.

ALTER TABLE session
  ADD COLUMN IF NOT EXISTS is_of_host TINYINT NOT NULL DEFAULT 0;                -- opened by a link of the host, which asks for no second factor
