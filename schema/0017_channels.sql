-- 0017_channels.sql - accounts of channels beside the web site, who writes through them, what came in and what goes out.

-- A bot of Telegram that a company has connected.
CREATE TABLE IF NOT EXISTS account (
  tenant_id BIGINT UNSIGNED NOT NULL,
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  channel VARCHAR(12) NOT NULL DEFAULT 'telegram',
  name VARCHAR(80) NOT NULL,
  queue_id BIGINT UNSIGNED NOT NULL,
  greeting VARCHAR(500) NOT NULL DEFAULT '',
  enabled TINYINT NOT NULL DEFAULT 1,
  sealed_token TEXT CHARACTER SET ascii NOT NULL,
  sealed_secret TEXT CHARACTER SET ascii NOT NULL,        -- what the provider sends along
  hook_key CHAR(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,   -- public, random, in the address that the provider calls
  remote_id VARCHAR(64) CHARACTER SET ascii NOT NULL DEFAULT '',      -- the provider's number of the bot
  remote_name VARCHAR(80) NOT NULL DEFAULT '',            -- "@acme_bot"
  state VARCHAR(12) NOT NULL DEFAULT 'waiting',           -- waiting, connected, failing, off
  problem VARCHAR(255) NOT NULL DEFAULT '',               -- why it fails, a message id
  detail VARCHAR(255) NOT NULL DEFAULT '',                -- the provider's own words
  checked_at BIGINT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT NULL,
  live TINYINT GENERATED ALWAYS AS (IF(deleted_at IS NULL, 1, NULL)) STORED,
  PRIMARY KEY (tenant_id, id),
  KEY (id),
  UNIQUE KEY (hook_key),
  UNIQUE KEY name_live (tenant_id, name, live),
  UNIQUE KEY remote_live (tenant_id, channel, remote_id, live)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- A person of the provider's, at one account: one contact, and the newest conversation.
CREATE TABLE IF NOT EXISTS contact_identity (
  tenant_id BIGINT UNSIGNED NOT NULL,
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  account_id BIGINT UNSIGNED NOT NULL,
  remote_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  contact_id BIGINT UNSIGNED NULL,
  conversation_id BIGINT UNSIGNED NULL,
  name VARCHAR(120) NOT NULL DEFAULT '',
  username VARCHAR(64) NOT NULL DEFAULT '',
  locale VARCHAR(16) NOT NULL DEFAULT '',
  sending_until BIGINT NOT NULL DEFAULT 0,                -- one process sends at a time
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id),
  KEY (id),
  UNIQUE KEY who (tenant_id, account_id, remote_id),
  KEY (tenant_id, contact_id),
  KEY (tenant_id, conversation_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- What a provider has handed over: each item once, in one state.
CREATE TABLE IF NOT EXISTS inbound (
  tenant_id BIGINT UNSIGNED NOT NULL,
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  account_id BIGINT UNSIGNED NOT NULL,
  external_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,   -- the provider's number of the item
  remote_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',   -- who sent it
  state VARCHAR(12) NOT NULL DEFAULT 'received',          -- received, started, appended, duplicate, ignored, refused, failed
  problem VARCHAR(255) NOT NULL DEFAULT '',
  tries INT UNSIGNED NOT NULL DEFAULT 0,
  repeats INT UNSIGNED NOT NULL DEFAULT 0,                -- so often it came again
  raw MEDIUMTEXT NULL,                                    -- kept while it is received, and when it failed
  conversation_id BIGINT UNSIGNED NULL,
  seq INT UNSIGNED NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id),
  KEY (id),
  UNIQUE KEY item (tenant_id, account_id, external_id),
  KEY todo (tenant_id, account_id, state, remote_id, id),
  KEY (tenant_id, conversation_id),
  KEY swept (created_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- A message on its way to a provider; messages of the web site have none.
CREATE TABLE IF NOT EXISTS delivery (
  tenant_id BIGINT UNSIGNED NOT NULL,
  conversation_id BIGINT UNSIGNED NOT NULL,
  seq INT UNSIGNED NOT NULL,
  state VARCHAR(12) NOT NULL DEFAULT 'waiting',           -- waiting, sending, sent, uncertain, failed
  problem VARCHAR(16) NOT NULL DEFAULT '',                -- a word: blocked, refused, away …
  detail VARCHAR(255) NOT NULL DEFAULT '',                -- the provider's own words
  parts INT UNSIGNED NOT NULL DEFAULT 0,                  -- parts of a long text that were sent
  tries INT UNSIGNED NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, conversation_id, seq)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

ALTER TABLE conversation
  ADD COLUMN IF NOT EXISTS identity_id BIGINT UNSIGNED NULL;   -- who writes, when it is no visitor of the web site
