-- 0029_live_epoch.sql - since when the hark-chat that runs has been known: after a start it knows nobody who was there before.

CREATE TABLE IF NOT EXISTS live_epoch (
  id TINYINT UNSIGNED NOT NULL PRIMARY KEY,     -- 1: there is one daemon
  epoch VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,   -- another one after each start
  since BIGINT NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
