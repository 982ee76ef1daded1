-- 0018_links_and_retention.sql - agents that another product knows, links of programs that sign in once, and how long chats are kept.

-- The key by which the product that imported an agent knows it. Deleted agents keep theirs, so that no import brings them back.
ALTER TABLE agent
  ADD COLUMN IF NOT EXISTS external_id VARCHAR(80) COLLATE utf8mb4_bin NULL,
  ADD UNIQUE KEY IF NOT EXISTS agent_external (tenant_id, external_id);

-- Links are made by keys of agents, too: they are the host's no longer.
RENAME TABLE IF EXISTS host_link TO enter_link;
ALTER TABLE enter_link
  ADD COLUMN IF NOT EXISTS maker VARCHAR(8) CHARACTER SET ascii NOT NULL DEFAULT 'host',          -- host, key
  CHANGE COLUMN IF EXISTS operator_id maker_id BIGINT UNSIGNED NOT NULL DEFAULT 0,                -- the operator, or the agent whose key it is; 0: the command
  CHANGE COLUMN IF EXISTS operator_name maker_name VARCHAR(120) NOT NULL;

-- What is closed for longer than it is kept is found by this.
ALTER TABLE conversation ADD KEY IF NOT EXISTS closed (tenant_id, state, closed_at);

-- Conversations that were erased on a day of UTC because they were old: told by one entry in the audit log when the day is over.
CREATE TABLE IF NOT EXISTS retention_count (
  tenant_id BIGINT UNSIGNED NOT NULL,
  day BIGINT NOT NULL,                     -- its first millisecond
  conversations BIGINT UNSIGNED NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, day)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
