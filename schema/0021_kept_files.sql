-- 0021_kept_files.sql - a file that was kept is found by its name on disk: whoever looks whether a row ever came to name it.

ALTER TABLE file ADD KEY IF NOT EXISTS stored (tenant_id, stored);
