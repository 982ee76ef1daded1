-- 0025_feed_zone.sql - the time zone in which a subscribed file was read.

-- Its times are kept as those of the calendar's zone: in another one they have to be read anew, though the file is as it was.
ALTER TABLE holiday_import
  ADD COLUMN IF NOT EXISTS read_zone VARCHAR(64) CHARACTER SET ascii NOT NULL DEFAULT '';   -- "" before the first time
