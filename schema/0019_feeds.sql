-- 0019_feeds.sql - calendars get holidays by a subscribed file, which is fetched again and again.

ALTER TABLE calendar
  ADD COLUMN IF NOT EXISTS feed_url VARCHAR(1000) NOT NULL DEFAULT '';                    -- "" for none

-- The file of a calendar that is fetched: one row, beside those of files that people brought.
ALTER TABLE holiday_import
  ADD COLUMN IF NOT EXISTS is_feed TINYINT NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS etag VARCHAR(200) CHARACTER SET ascii NOT NULL DEFAULT '',     -- what the server called the file that was read
  ADD COLUMN IF NOT EXISTS modified VARCHAR(200) CHARACTER SET ascii NOT NULL DEFAULT '',
  ADD COLUMN IF NOT EXISTS due_at BIGINT NOT NULL DEFAULT 0,                              -- when it is fetched next
  ADD COLUMN IF NOT EXISTS tried_at BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS fetched_at BIGINT NOT NULL DEFAULT 0,                          -- when that last went well
  ADD COLUMN IF NOT EXISTS failures INT UNSIGNED NOT NULL DEFAULT 0,                      -- tries since then
  ADD COLUMN IF NOT EXISTS left_out INT UNSIGNED NOT NULL DEFAULT 0,                      -- what of it could not be read
  ADD COLUMN IF NOT EXISTS problem VARCHAR(160) NOT NULL DEFAULT '',                      -- in English, with %s for the detail
  ADD COLUMN IF NOT EXISTS problem_detail VARCHAR(200) NOT NULL DEFAULT '',
  ADD COLUMN IF NOT EXISTS problem_line INT UNSIGNED NOT NULL DEFAULT 0;
