-- 0003_people_and_access.sql - what agents, roles and queues hold for skills, away statuses, second factors, pictures and hours.

ALTER TABLE agent
  ADD COLUMN IF NOT EXISTS max_tickets INT UNSIGNED NULL AFTER max_chats,   -- of the inbox at once; NULL without limit
  ADD COLUMN IF NOT EXISTS away_id BIGINT UNSIGNED NULL AFTER status,       -- with status away: the company's own word for it
  ADD COLUMN IF NOT EXISTS calendar_id BIGINT UNSIGNED NULL,                -- the hours of this agent; NULL is always
  ADD COLUMN IF NOT EXISTS two_factor TINYINT NOT NULL DEFAULT 0,           -- must give a code when signing in
  ADD COLUMN IF NOT EXISTS totp_sealed VARCHAR(255) NULL,                   -- the secret (RFC 6238), sealed; NULL is not set up yet
  ADD COLUMN IF NOT EXISTS totp_step BIGINT UNSIGNED NOT NULL DEFAULT 0,    -- the newest step that was used: a code counts once
  ADD COLUMN IF NOT EXISTS allowed_addresses TEXT NOT NULL DEFAULT '',      -- addresses and subnets, one a line; '' is any
  ADD COLUMN IF NOT EXISTS avatar VARCHAR(40) CHARACTER SET ascii NOT NULL DEFAULT '',   -- stored name of the picture
  ADD COLUMN IF NOT EXISTS show_photo TINYINT NOT NULL DEFAULT 1,           -- visitors see the picture
  ADD COLUMN IF NOT EXISTS show_title TINYINT NOT NULL DEFAULT 1,
  ADD COLUMN IF NOT EXISTS show_bio TINYINT NOT NULL DEFAULT 0;

ALTER TABLE role
  ADD COLUMN IF NOT EXISTS requires_two_factor TINYINT NOT NULL DEFAULT 0;

ALTER TABLE queue
  ADD COLUMN IF NOT EXISTS calendar_id BIGINT UNSIGNED NULL;

CREATE TABLE IF NOT EXISTS skill (
  tenant_id BIGINT UNSIGNED NOT NULL,
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  name VARCHAR(80) NOT NULL,
  description VARCHAR(255) NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT NULL,
  live TINYINT GENERATED ALWAYS AS (IF(deleted_at IS NULL, 1, NULL)) STORED,
  PRIMARY KEY (tenant_id, id),
  KEY (id),
  UNIQUE KEY name_live (tenant_id, name, live)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS agent_skill (
  tenant_id BIGINT UNSIGNED NOT NULL,
  agent_id BIGINT UNSIGNED NOT NULL,
  skill_id BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (tenant_id, agent_id, skill_id),
  KEY (tenant_id, skill_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS away_status (
  tenant_id BIGINT UNSIGNED NOT NULL,
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  name VARCHAR(40) NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT NULL,
  live TINYINT GENERATED ALWAYS AS (IF(deleted_at IS NULL, 1, NULL)) STORED,
  PRIMARY KEY (tenant_id, id),
  KEY (id),
  UNIQUE KEY name_live (tenant_id, name, live)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS calendar (
  tenant_id BIGINT UNSIGNED NOT NULL,
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  name VARCHAR(80) NOT NULL,
  time_zone VARCHAR(64) NOT NULL DEFAULT '',
  hours TEXT NOT NULL DEFAULT '',               -- "mon 09:00-12:30\nmon 13:30-17:00\n…": the week, sorted; local time
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT NULL,
  live TINYINT GENERATED ALWAYS AS (IF(deleted_at IS NULL, 1, NULL)) STORED,
  PRIMARY KEY (tenant_id, id),
  KEY (id),
  UNIQUE KEY name_live (tenant_id, name, live)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- The settings of a company, one row for each group of them: web/setting.h.
CREATE TABLE IF NOT EXISTS setting (
  tenant_id BIGINT UNSIGNED NOT NULL,
  name VARCHAR(40) CHARACTER SET ascii NOT NULL,   -- of the group: "mail"
  value MEDIUMTEXT NOT NULL,                       -- JSON: {"host":"smtp.example.com",…} as a form would send it; secrets are sealed
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
