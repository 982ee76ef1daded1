-- 0018_gaps.sql - agents that another product knows, and links of programs that sign in once.

-- The key by which the product that imported an agent knows it. Deleted agents keep theirs, so that no import brings them back.
ALTER TABLE agent
  ADD COLUMN IF NOT EXISTS external_id VARCHAR(80) COLLATE utf8mb4_bin NULL,
  ADD UNIQUE KEY IF NOT EXISTS agent_external (tenant_id, external_id);

-- Links are made by keys of agents, too: then operator_id and operator_name are of the agent whose key it is.
ALTER TABLE host_link
  ADD COLUMN IF NOT EXISTS maker VARCHAR(8) CHARACTER SET ascii NOT NULL DEFAULT 'host';   -- host, key

-- What is closed for longer than it is kept is found by this.
ALTER TABLE conversation ADD KEY IF NOT EXISTS closed (tenant_id, state, closed_at);

-- Conversations that were erased on a day of UTC because they were old: told by one entry in the audit log when the day is over.
CREATE TABLE IF NOT EXISTS retention_count (
  tenant_id BIGINT UNSIGNED NOT NULL,
  day BIGINT NOT NULL,                     -- its first millisecond
  conversations BIGINT UNSIGNED NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, day)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
