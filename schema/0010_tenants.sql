-- 0010_tenants.sql - plans with limits, the life of tenants, whose host names they may use, and what they use a day.

-- Of the installation. A limit that is NULL does not exist; 0 allows none.
CREATE TABLE IF NOT EXISTS plan (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  code VARCHAR(40) NOT NULL,                 -- a slug
  name VARCHAR(120) NOT NULL,
  agents BIGINT UNSIGNED NULL,
  chats BIGINT UNSIGNED NULL,                -- at once
  storage_mb BIGINT UNSIGNED NULL,           -- of files, in units of 1,000,000 bytes
  messages_month BIGINT UNSIGNED NULL,       -- in a month of UTC
  ai_tokens_month BIGINT UNSIGNED NULL,
  accounts BIGINT UNSIGNED NULL,             -- connected mailboxes, numbers, pages
  widgets BIGINT UNSIGNED NULL,
  queues BIGINT UNSIGNED NULL,
  api_minute BIGINT UNSIGNED NULL,           -- requests of API keys in a minute
  retention_days BIGINT UNSIGNED NULL,       -- what is older may go
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  UNIQUE KEY (code)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

INSERT INTO plan (id, code, name, created_at, updated_at) VALUES (1, 'unlimited', 'Unlimited', 0, 0)
ON DUPLICATE KEY UPDATE code = code;

ALTER TABLE tenant
  ADD COLUMN IF NOT EXISTS plan_id BIGINT UNSIGNED NOT NULL DEFAULT 1,
  ADD COLUMN IF NOT EXISTS state_reason VARCHAR(255) NOT NULL DEFAULT '',   -- of suspending or deleting, for the tenant's people
  ADD COLUMN IF NOT EXISTS suspended_at BIGINT NULL,
  ADD COLUMN IF NOT EXISTS delete_at BIGINT NULL,                           -- with state deleting: then its rows are erased
  ADD KEY IF NOT EXISTS plan_id (plan_id),
  ADD KEY IF NOT EXISTS state_delete (state, delete_at);

-- Several tenants may claim a host name; one may have it verified.
ALTER TABLE tenant_domain
  ADD COLUMN IF NOT EXISTS id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  ADD COLUMN IF NOT EXISTS state VARCHAR(12) NOT NULL DEFAULT 'verified',   -- pending, verified
  ADD COLUMN IF NOT EXISTS proof VARCHAR(8) NOT NULL DEFAULT 'host',        -- of a verified one: dns, file, host (the operator's word)
  ADD COLUMN IF NOT EXISTS token CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  ADD COLUMN IF NOT EXISTS verified_at BIGINT NULL,
  ADD COLUMN IF NOT EXISTS checked_at BIGINT NULL,
  ADD COLUMN IF NOT EXISTS check_at BIGINT NULL,                            -- the next look at the proof; NULL is never
  ADD COLUMN IF NOT EXISTS lost_at BIGINT NULL,                             -- verified, but the proof has been missing since
  ADD COLUMN IF NOT EXISTS problem VARCHAR(255) NOT NULL DEFAULT '',        -- of the last look
  ADD COLUMN IF NOT EXISTS verified_host VARCHAR(253) CHARACTER SET ascii
    GENERATED ALWAYS AS (IF(state = 'verified', host, NULL)) STORED,
  ADD KEY IF NOT EXISTS id (id),
  ADD KEY IF NOT EXISTS check_at (check_at),
  ADD UNIQUE KEY IF NOT EXISTS verified_host (verified_host),
  ADD UNIQUE KEY IF NOT EXISTS tenant_host (tenant_id, host),
  DROP PRIMARY KEY,
  ADD PRIMARY KEY (tenant_id, id);

UPDATE tenant_domain SET verified_at = created_at WHERE state = 'verified' AND verified_at IS NULL;

-- Those that were there are verified; new ones are not.
ALTER TABLE tenant_domain
  ALTER COLUMN state SET DEFAULT 'pending',
  ALTER COLUMN proof SET DEFAULT '';

-- Whoever makes something that a plan counts writes this row first: one after the other, also on a Galera cluster, which notices
-- writes and not locks.
CREATE TABLE IF NOT EXISTS tenant_load (
  tenant_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  turn BIGINT UNSIGNED NOT NULL DEFAULT 0,
  storage_bytes BIGINT UNSIGNED NOT NULL DEFAULT 0,   -- of the kept files; counted anew every day
  counted_at BIGINT NOT NULL DEFAULT 0,
  rolled_at BIGINT NOT NULL DEFAULT 0                 -- tenant_usage is complete until then
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

INSERT INTO tenant_load (tenant_id, turn, storage_bytes)
SELECT tenant_id, 0, SUM(size) FROM file GROUP BY tenant_id
ON DUPLICATE KEY UPDATE storage_bytes = VALUES(storage_bytes);

-- What a tenant used on a day of UTC: docs/tenants.md says who counts what.
CREATE TABLE IF NOT EXISTS tenant_usage (
  tenant_id BIGINT UNSIGNED NOT NULL,
  day BIGINT NOT NULL,                       -- its first millisecond
  messages BIGINT UNSIGNED NOT NULL DEFAULT 0,
  chats BIGINT UNSIGNED NOT NULL DEFAULT 0,          -- started
  agents BIGINT UNSIGNED NOT NULL DEFAULT 0,         -- the most
  peak_chats BIGINT UNSIGNED NOT NULL DEFAULT 0,     -- the most at once
  storage_bytes BIGINT UNSIGNED NOT NULL DEFAULT 0,  -- the newest
  ai_tokens BIGINT UNSIGNED NOT NULL DEFAULT 0,
  sign_ins BIGINT UNSIGNED NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, day)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
