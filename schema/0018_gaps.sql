-- 0018_gaps.sql - agents that another product knows, and links of programs that sign in once.

-- The key by which the product that imported an agent knows it. Deleted agents keep theirs, so that no import brings them back.
ALTER TABLE agent
  ADD COLUMN IF NOT EXISTS external_id VARCHAR(80) COLLATE utf8mb4_bin NULL,
  ADD UNIQUE KEY IF NOT EXISTS agent_external (tenant_id, external_id);

-- Links are made by keys of agents, too: then operator_id and operator_name are of the agent whose key it is.
ALTER TABLE host_link
  ADD COLUMN IF NOT EXISTS maker VARCHAR(8) CHARACTER SET ascii NOT NULL DEFAULT 'host';   -- host, key
