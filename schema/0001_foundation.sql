-- 0001_foundation.sql - tenants, people, widgets, conversations, jobs.
-- Times are UTC milliseconds since 1970 (BIGINT); NULL is never. Rows of a tenant have the key (tenant_id, id), so that
-- a tenant's rows lie together; id is unique by itself. `live` makes a name unique among rows that are not deleted.

CREATE TABLE IF NOT EXISTS tenant (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  code VARCHAR(40) NOT NULL,              -- "Company" on the sign-in page
  name VARCHAR(120) NOT NULL,
  external_id VARCHAR(80) NULL,           -- of the host's billing
  state VARCHAR(12) NOT NULL DEFAULT 'active',
  locale VARCHAR(8) NOT NULL DEFAULT 'en',
  time_zone VARCHAR(64) NOT NULL DEFAULT 'UTC',
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  UNIQUE KEY (code),
  UNIQUE KEY (external_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS tenant_domain (
  host VARCHAR(253) CHARACTER SET ascii NOT NULL PRIMARY KEY,
  tenant_id BIGINT UNSIGNED NOT NULL,
  created_at BIGINT NOT NULL,
  KEY (tenant_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS role (
  tenant_id BIGINT UNSIGNED NOT NULL,
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  name VARCHAR(80) NOT NULL,
  permissions TEXT NOT NULL,              -- names of web/permission.c, separated by spaces; "*" is all
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT NULL,
  live TINYINT GENERATED ALWAYS AS (IF(deleted_at IS NULL, 1, NULL)) STORED,
  PRIMARY KEY (tenant_id, id),
  KEY (id),
  UNIQUE KEY name_live (tenant_id, name, live)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS agent (
  tenant_id BIGINT UNSIGNED NOT NULL,
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  account VARCHAR(64) NOT NULL,
  email VARCHAR(254) NOT NULL,
  first_name VARCHAR(80) NOT NULL,
  last_name VARCHAR(80) NOT NULL DEFAULT '',
  alias VARCHAR(80) NOT NULL,             -- what visitors see
  title VARCHAR(80) NOT NULL DEFAULT '',
  bio VARCHAR(500) NOT NULL DEFAULT '',
  phone VARCHAR(40) NOT NULL DEFAULT '',
  locale VARCHAR(8) NOT NULL DEFAULT '',  -- '' as the tenant
  time_zone VARCHAR(64) NOT NULL DEFAULT '',
  password_hash VARCHAR(128) NOT NULL DEFAULT '',  -- '' cannot sign in
  max_chats INT UNSIGNED NULL,            -- NULL without limit
  chats INT UNSIGNED NOT NULL DEFAULT 0,  -- active chats: the load, changed with the chat in one transaction
  status VARCHAR(12) NOT NULL DEFAULT 'offline',
  status_at BIGINT NOT NULL DEFAULT 0,
  seen_at BIGINT NOT NULL DEFAULT 0,      -- the console was open then
  settings TEXT NULL,                     -- the console's own: sound, keys, theme (JSON)
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT NULL,
  live TINYINT GENERATED ALWAYS AS (IF(deleted_at IS NULL, 1, NULL)) STORED,
  PRIMARY KEY (tenant_id, id),
  KEY (id),
  UNIQUE KEY account_live (tenant_id, account, live),
  UNIQUE KEY email_live (tenant_id, email, live)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS agent_role (
  tenant_id BIGINT UNSIGNED NOT NULL,
  agent_id BIGINT UNSIGNED NOT NULL,
  role_id BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (tenant_id, agent_id, role_id),
  KEY (tenant_id, role_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS queue (
  tenant_id BIGINT UNSIGNED NOT NULL,
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  name VARCHAR(80) NOT NULL,
  description VARCHAR(255) NOT NULL DEFAULT '',
  for_chat TINYINT NOT NULL DEFAULT 1,
  for_inbox TINYINT NOT NULL DEFAULT 1,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT NULL,
  live TINYINT GENERATED ALWAYS AS (IF(deleted_at IS NULL, 1, NULL)) STORED,
  PRIMARY KEY (tenant_id, id),
  KEY (id),
  UNIQUE KEY name_live (tenant_id, name, live)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS queue_agent (
  tenant_id BIGINT UNSIGNED NOT NULL,
  queue_id BIGINT UNSIGNED NOT NULL,
  agent_id BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (tenant_id, queue_id, agent_id),
  KEY (tenant_id, agent_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS session (
  token_hash BINARY(32) NOT NULL PRIMARY KEY,   -- SHA-256 of the cookie
  tenant_id BIGINT UNSIGNED NOT NULL,
  agent_id BIGINT UNSIGNED NOT NULL,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,                   -- absolute
  address VARCHAR(45) CHARACTER SET ascii NOT NULL,
  user_agent VARCHAR(255) NOT NULL DEFAULT '',
  KEY (tenant_id, agent_id),
  KEY (expires_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS api_key (
  tenant_id BIGINT UNSIGNED NOT NULL,
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  agent_id BIGINT UNSIGNED NOT NULL,            -- acts with this agent's permissions
  name VARCHAR(80) NOT NULL,
  key_hash BINARY(32) NOT NULL,
  created_at BIGINT NOT NULL,
  used_at BIGINT NULL,
  deleted_at BIGINT NULL,
  PRIMARY KEY (tenant_id, id),
  KEY (id),
  UNIQUE KEY (key_hash)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS throttle (
  bucket BINARY(32) NOT NULL PRIMARY KEY,       -- SHA-256 of "what|who"
  started_at BIGINT NOT NULL,
  count INT UNSIGNED NOT NULL,
  KEY (started_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS audit (
  tenant_id BIGINT UNSIGNED NOT NULL,
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  at BIGINT NOT NULL,
  actor_kind VARCHAR(8) NOT NULL,               -- agent, api, command, host, system
  actor_id BIGINT UNSIGNED NOT NULL DEFAULT 0,
  actor_name VARCHAR(120) NOT NULL,
  address VARCHAR(45) CHARACTER SET ascii NOT NULL DEFAULT '',
  action VARCHAR(40) NOT NULL,                  -- "queue.create"
  noun VARCHAR(40) NOT NULL,
  noun_id BIGINT UNSIGNED NOT NULL DEFAULT 0,
  noun_name VARCHAR(160) NOT NULL DEFAULT '',
  difference MEDIUMTEXT NOT NULL,               -- JSON: {"name":["before","after"]}, secrets masked
  PRIMARY KEY (tenant_id, id),
  KEY (id),
  KEY (tenant_id, noun, noun_id),
  KEY (tenant_id, at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS widget (
  tenant_id BIGINT UNSIGNED NOT NULL,
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  widget_key CHAR(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,   -- public, random, in the snippet
  name VARCHAR(80) NOT NULL,
  description VARCHAR(255) NOT NULL DEFAULT '',
  queue_id BIGINT UNSIGNED NOT NULL,
  button_colour VARCHAR(7) NOT NULL DEFAULT '#0b57d0',
  button_text VARCHAR(40) NOT NULL DEFAULT '',
  position VARCHAR(12) NOT NULL DEFAULT 'right',
  offline_button VARCHAR(12) NOT NULL DEFAULT 'gray',     -- gray, hidden
  display VARCHAR(12) NOT NULL DEFAULT 'embedded',        -- embedded, window
  title VARCHAR(80) NOT NULL DEFAULT '',
  greeting VARCHAR(500) NOT NULL DEFAULT '',
  allowed_hosts TEXT NOT NULL,                            -- hosts whose pages may show it, one a line; '' is any
  typing_preview TINYINT NOT NULL DEFAULT 1,
  enabled TINYINT NOT NULL DEFAULT 1,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT NULL,
  live TINYINT GENERATED ALWAYS AS (IF(deleted_at IS NULL, 1, NULL)) STORED,
  PRIMARY KEY (tenant_id, id),
  KEY (id),
  UNIQUE KEY (widget_key),
  UNIQUE KEY name_live (tenant_id, name, live)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS contact (
  tenant_id BIGINT UNSIGNED NOT NULL,
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  name VARCHAR(120) NOT NULL DEFAULT '',
  email VARCHAR(254) NOT NULL DEFAULT '',
  phone VARCHAR(40) NOT NULL DEFAULT '',
  remark TEXT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT NULL,
  PRIMARY KEY (tenant_id, id),
  KEY (id),
  KEY (tenant_id, email)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS visitor (
  tenant_id BIGINT UNSIGNED NOT NULL,
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  widget_id BIGINT UNSIGNED NOT NULL,
  contact_id BIGINT UNSIGNED NULL,
  token_hash BINARY(32) NOT NULL,               -- SHA-256 of the browser's token
  name VARCHAR(120) NOT NULL DEFAULT '',
  email VARCHAR(254) NOT NULL DEFAULT '',
  address VARCHAR(45) CHARACTER SET ascii NOT NULL DEFAULT '',
  user_agent VARCHAR(255) NOT NULL DEFAULT '',
  locale VARCHAR(16) NOT NULL DEFAULT '',
  page_url VARCHAR(2000) NOT NULL DEFAULT '',
  page_title VARCHAR(255) NOT NULL DEFAULT '',
  referrer VARCHAR(2000) NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id),
  KEY (id),
  UNIQUE KEY (token_hash)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS conversation (
  tenant_id BIGINT UNSIGNED NOT NULL,
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  kind VARCHAR(8) NOT NULL,                     -- chat, ticket
  channel VARCHAR(12) NOT NULL,                 -- web, mail, ...
  state VARCHAR(12) NOT NULL,                   -- chat: waiting, offered, active, closed
  close_reason VARCHAR(16) NOT NULL DEFAULT '', -- agent, visitor, abandoned, inactive, supervisor
  widget_id BIGINT UNSIGNED NULL,
  visitor_id BIGINT UNSIGNED NULL,
  contact_id BIGINT UNSIGNED NULL,
  queue_id BIGINT UNSIGNED NULL,
  agent_id BIGINT UNSIGNED NULL,
  visitor_name VARCHAR(120) NOT NULL DEFAULT '',
  visitor_email VARCHAR(254) NOT NULL DEFAULT '',
  start_url VARCHAR(2000) NOT NULL DEFAULT '',
  start_title VARCHAR(255) NOT NULL DEFAULT '',
  client_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,   -- the start is idempotent by it
  last_seq INT UNSIGNED NOT NULL DEFAULT 0,
  last_text VARCHAR(160) NOT NULL DEFAULT '',   -- the newest message, for lists
  last_by VARCHAR(8) NOT NULL DEFAULT '',       -- visitor, agent, system
  last_at BIGINT NOT NULL DEFAULT 0,
  visitor_seen_seq INT UNSIGNED NOT NULL DEFAULT 0,
  agent_seen_seq INT UNSIGNED NOT NULL DEFAULT 0,
  refusals INT UNSIGNED NOT NULL DEFAULT 0,
  visitor_left_at BIGINT NULL,                  -- the visitor's page was closed then, and is not back
  indexed_seq INT UNSIGNED NOT NULL DEFAULT 0,  -- messages up to this one are in the search index
  unindexed TINYINT GENERATED ALWAYS AS (IF(indexed_seq < last_seq, 1, NULL)) STORED,
  created_at BIGINT NOT NULL,
  waiting_since BIGINT NOT NULL DEFAULT 0,      -- its place in the queue
  accepted_at BIGINT NULL,
  first_reply_at BIGINT NULL,
  closed_at BIGINT NULL,
  PRIMARY KEY (tenant_id, id),
  KEY (id),
  UNIQUE KEY (tenant_id, visitor_id, client_id),
  KEY waiting (tenant_id, queue_id, state, waiting_since),
  KEY state_time (tenant_id, kind, state, created_at),
  KEY agent_state (tenant_id, agent_id, state, created_at),
  KEY queue_time (tenant_id, queue_id, created_at),
  KEY contact_time (tenant_id, contact_id, created_at),
  KEY visitor_time (tenant_id, visitor_id, created_at),
  KEY sweep (state, waiting_since),
  KEY unindexed (unindexed, tenant_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS message (
  tenant_id BIGINT UNSIGNED NOT NULL,
  conversation_id BIGINT UNSIGNED NOT NULL,
  seq INT UNSIGNED NOT NULL,                    -- 1, 2, 3 … without holes, given under the conversation's row lock
  kind VARCHAR(8) NOT NULL,                     -- text, file, note, event
  author_kind VARCHAR(8) NOT NULL,              -- visitor, agent, system, bot
  author_id BIGINT UNSIGNED NOT NULL DEFAULT 0,
  author_name VARCHAR(120) NOT NULL DEFAULT '',
  body TEXT NOT NULL,                           -- of an event: its word ("transferred") and details as JSON
  file_id BIGINT UNSIGNED NULL,
  client_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,   -- the sender's: sending again gives the same seq
  created_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, conversation_id, seq),
  UNIQUE KEY (tenant_id, conversation_id, client_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS file (
  tenant_id BIGINT UNSIGNED NOT NULL,
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  conversation_id BIGINT UNSIGNED NOT NULL,
  name VARCHAR(255) NOT NULL,                   -- as the sender called it, cleaned
  type VARCHAR(80) NOT NULL,                    -- by content and our list, never the sender's word
  size BIGINT UNSIGNED NOT NULL,
  hash BINARY(32) NOT NULL,
  stored VARCHAR(40) CHARACTER SET ascii NOT NULL,
  width INT UNSIGNED NOT NULL DEFAULT 0,
  height INT UNSIGNED NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id),
  KEY (id),
  KEY (tenant_id, conversation_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS offer (
  tenant_id BIGINT UNSIGNED NOT NULL,
  conversation_id BIGINT UNSIGNED NOT NULL,
  agent_id BIGINT UNSIGNED NOT NULL,
  state VARCHAR(12) NOT NULL,                   -- ringing, accepted, refused, taken, withdrawn
  offered_at BIGINT NOT NULL,
  answered_at BIGINT NULL,
  PRIMARY KEY (tenant_id, conversation_id, agent_id),
  KEY (tenant_id, agent_id, state)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS draft (
  tenant_id BIGINT UNSIGNED NOT NULL,
  agent_id BIGINT UNSIGNED NOT NULL,
  conversation_id BIGINT UNSIGNED NOT NULL,
  body TEXT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, agent_id, conversation_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS canned (
  tenant_id BIGINT UNSIGNED NOT NULL,
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  agent_id BIGINT UNSIGNED NULL,                -- the owner of a private one; NULL is public
  owner_key BIGINT UNSIGNED GENERATED ALWAYS AS (IFNULL(agent_id, 0)) STORED,
  name VARCHAR(80) NOT NULL,
  category VARCHAR(80) NOT NULL DEFAULT '',
  shortcut VARCHAR(40) NOT NULL DEFAULT '',
  body TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT NULL,
  live TINYINT GENERATED ALWAYS AS (IF(deleted_at IS NULL, 1, NULL)) STORED,
  PRIMARY KEY (tenant_id, id),
  KEY (id),
  UNIQUE KEY name_live (tenant_id, owner_key, name, live)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- Search: which conversations have a folded term; written by a job after the commit.
CREATE TABLE IF NOT EXISTS posting (
  tenant_id BIGINT UNSIGNED NOT NULL,
  term VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  conversation_id BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (tenant_id, term, conversation_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

CREATE TABLE IF NOT EXISTS job (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  tenant_id BIGINT UNSIGNED NOT NULL,           -- 0: of the installation
  kind VARCHAR(40) NOT NULL,
  subject BIGINT UNSIGNED NOT NULL DEFAULT 0,   -- what it is about: a conversation
  payload TEXT NOT NULL,
  once_key VARCHAR(80) NULL,                    -- one waiting job for each key; freed when it is taken
  state VARCHAR(8) NOT NULL DEFAULT 'due',      -- due, running, dead
  due_at BIGINT NOT NULL,
  lease_until BIGINT NOT NULL DEFAULT 0,
  tries INT UNSIGNED NOT NULL DEFAULT 0,
  problem VARCHAR(500) NOT NULL DEFAULT '',
  created_at BIGINT NOT NULL,
  UNIQUE KEY (once_key),
  KEY due (state, due_at),
  KEY (tenant_id, state)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
