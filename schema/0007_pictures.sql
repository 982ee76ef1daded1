-- 0007_pictures.sql - clean previews of the pictures in conversations.

ALTER TABLE file
  ADD COLUMN IF NOT EXISTS preview VARCHAR(40) CHARACTER SET ascii NOT NULL DEFAULT '',   -- stored name of the preview; '' is none (yet)
  ADD COLUMN IF NOT EXISTS preview_width INT UNSIGNED NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS preview_height INT UNSIGNED NOT NULL DEFAULT 0;
