-- 0008_status.sql - who is here and answers, and the log of everybody's status.

ALTER TABLE agent
  ADD COLUMN IF NOT EXISTS active_at BIGINT NOT NULL DEFAULT 0 AFTER seen_at,     -- last key or pointer in the console
  ADD COLUMN IF NOT EXISTS answered_at BIGINT NOT NULL DEFAULT 0 AFTER active_at, -- last offer that was accepted or refused
  ADD COLUMN IF NOT EXISTS missed INT UNSIGNED NOT NULL DEFAULT 0 AFTER answered_at;   -- offers in a row that were not answered

-- Who is not offline, by company: the sweep asks it every few seconds. Who is in an away status that is deleted.
ALTER TABLE agent
  ADD KEY IF NOT EXISTS status_tenant (status, tenant_id),
  ADD KEY IF NOT EXISTS away (tenant_id, away_id);

-- Whoever is online now has been active: nobody is away at once because the column is new.
UPDATE agent SET active_at = seen_at WHERE active_at = 0;

-- One row for each time that somebody was in a status. The one without an end is the present one.
CREATE TABLE IF NOT EXISTS status_log (
  tenant_id BIGINT UNSIGNED NOT NULL,
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  agent_id BIGINT UNSIGNED NOT NULL,
  status VARCHAR(12) NOT NULL,                  -- online, away, offline
  away_id BIGINT UNSIGNED NULL,
  away_name VARCHAR(40) NOT NULL DEFAULT '',    -- as it was called then
  reason VARCHAR(16) NOT NULL,                  -- agent, administrator, timeout, missed, closed, sign_in, sign_out, deleted
  detail INT UNSIGNED NOT NULL DEFAULT 0,       -- of timeout the minutes, of missed the offers
  actor_id BIGINT UNSIGNED NOT NULL DEFAULT 0,  -- the agent who did it; 0: a rule
  actor_name VARCHAR(160) NOT NULL DEFAULT '',
  at BIGINT NOT NULL,
  ended_at BIGINT NULL,
  PRIMARY KEY (tenant_id, id),
  KEY (id),
  KEY log_time (tenant_id, at, id),
  KEY agent_time (tenant_id, agent_id, at, id),
  KEY agent_end (tenant_id, agent_id, ended_at),
  KEY sweep (tenant_id, ended_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
