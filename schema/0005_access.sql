-- 0005_access.sql - second factors, sign-ins that wait for one, the limits of sessions, and what API keys may do.

ALTER TABLE agent
  ADD COLUMN IF NOT EXISTS two_factor_own TINYINT NOT NULL DEFAULT 0;   -- switched on by the agent, who may switch it off again

ALTER TABLE session
  ADD COLUMN IF NOT EXISTS id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,          -- names it on pages
  ADD COLUMN IF NOT EXISTS idle BIGINT NOT NULL DEFAULT 43200000,               -- ms without a request that end it
  ADD COLUMN IF NOT EXISTS confirmed_at BIGINT NOT NULL DEFAULT 0,              -- the password was given once more
  ADD COLUMN IF NOT EXISTS factor_sealed VARCHAR(255) NULL,                     -- secret of a second factor that is being set up
  ADD UNIQUE KEY IF NOT EXISTS session_id (id);

-- Idle or over: one moment, kept by the database, so that the check and the sweep each need one index.
ALTER TABLE session
  ADD COLUMN IF NOT EXISTS ends_at BIGINT GENERATED ALWAYS AS (LEAST(expires_at, seen_at + idle)) STORED,
  ADD KEY IF NOT EXISTS session_ends (ends_at);

ALTER TABLE session DROP KEY IF EXISTS expires_at;

-- A right password that waits for its code. It opens nothing but the page that asks for the code.
CREATE TABLE IF NOT EXISTS pending_sign_in (
  token_hash BINARY(32) NOT NULL PRIMARY KEY,   -- SHA-256 of the cookie
  tenant_id BIGINT UNSIGNED NOT NULL,
  agent_id BIGINT UNSIGNED NOT NULL,
  factor_sealed VARCHAR(255) NULL,              -- secret that is being set up; NULL when the agent has one
  expires_at BIGINT NOT NULL,
  KEY (tenant_id, agent_id),
  KEY (expires_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS recovery_code (
  tenant_id BIGINT UNSIGNED NOT NULL,
  agent_id BIGINT UNSIGNED NOT NULL,
  code_hash BINARY(32) NOT NULL,                -- SHA-256 of "tenant.agent.CODE"
  created_at BIGINT NOT NULL,
  used_at BIGINT NULL,
  PRIMARY KEY (tenant_id, agent_id, code_hash)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

ALTER TABLE api_key
  ADD COLUMN IF NOT EXISTS hint VARCHAR(16) CHARACTER SET ascii NOT NULL DEFAULT '',   -- how the key begins, to know it again
  ADD COLUMN IF NOT EXISTS scopes VARCHAR(1000) CHARACTER SET ascii NOT NULL DEFAULT '*',   -- names of rights; "*" is all of the agent's
  ADD COLUMN IF NOT EXISTS read_only TINYINT NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS expires_at BIGINT NULL,
  ADD KEY IF NOT EXISTS api_key_agent (tenant_id, agent_id);
