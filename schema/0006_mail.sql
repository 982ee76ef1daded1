-- 0006_mail.sql - mails that go out, forgotten passwords, invitations.

-- Every mail of Hark to a person, from the order to the outcome. What is filled into its text is sealed, and gone when it is over.
CREATE TABLE IF NOT EXISTS notice (
  tenant_id BIGINT UNSIGNED NOT NULL,
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  template VARCHAR(40) CHARACTER SET ascii NOT NULL,
  to_name VARCHAR(160) NOT NULL DEFAULT '',
  to_address VARCHAR(254) NOT NULL,
  locale VARCHAR(8) NOT NULL DEFAULT '',            -- of the reader; '' as the company
  sealed TEXT NOT NULL DEFAULT '',
  state VARCHAR(8) NOT NULL DEFAULT 'waiting',      -- waiting, sent, refused, failed, expired
  tries INT UNSIGNED NOT NULL DEFAULT 0,
  problem VARCHAR(500) NOT NULL DEFAULT '',         -- the server's words
  created_at BIGINT NOT NULL,
  expires_at BIGINT NULL,                           -- is of no use later
  done_at BIGINT NULL,
  PRIMARY KEY (tenant_id, id),
  KEY (id),
  KEY (tenant_id, created_at),
  KEY (created_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- One row for each time that somebody asks for a new password, also when there is no such agent: then agent_id stays NULL.
CREATE TABLE IF NOT EXISTS password_reset (
  tenant_id BIGINT UNSIGNED NOT NULL,               -- 0: no such company
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  request_hash BINARY(32) NOT NULL,                 -- SHA-256 of what the browser that asked was given
  agent_id BIGINT UNSIGNED NULL,
  sent_to VARCHAR(254) NOT NULL DEFAULT '',         -- the agent's address then; another one makes the code void
  code_hash BINARY(32) NULL,                        -- of the code in the mail, with the installation's key
  link_hash BINARY(32) NULL,                        -- SHA-256 of the token of the link in the mail
  tries INT UNSIGNED NOT NULL DEFAULT 0,            -- codes that were wrong
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id),
  KEY (id),
  UNIQUE KEY (request_hash),
  UNIQUE KEY (link_hash),
  KEY (tenant_id, agent_id),
  KEY (expires_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- Captchas that were answered, right or wrong: each counts once.
CREATE TABLE IF NOT EXISTS captcha_used (
  token_hash BINARY(32) NOT NULL PRIMARY KEY,
  expires_at BIGINT NOT NULL,
  KEY (expires_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS invitation (
  tenant_id BIGINT UNSIGNED NOT NULL,
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  email VARCHAR(254) NOT NULL,
  locale VARCHAR(8) NOT NULL DEFAULT '',            -- '' as the company
  state VARCHAR(12) NOT NULL DEFAULT 'open',        -- open, accepted, expired; withdrawn ones have deleted_at
  invited_by VARCHAR(160) NOT NULL DEFAULT '',      -- the name of who did it
  token_hash BINARY(32) NULL,                       -- SHA-256 of the token in the link; NULL: none is good
  expires_at BIGINT NULL,
  accepted_at BIGINT NULL,
  agent_id BIGINT UNSIGNED NULL,                    -- who came of it
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT NULL,
  PRIMARY KEY (tenant_id, id),
  KEY (id),
  UNIQUE KEY (token_hash),
  KEY (tenant_id, email),
  KEY (state, expires_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS invitation_role (
  tenant_id BIGINT UNSIGNED NOT NULL,
  invitation_id BIGINT UNSIGNED NOT NULL,
  role_id BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (tenant_id, invitation_id, role_id),
  KEY (tenant_id, role_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS invitation_queue (
  tenant_id BIGINT UNSIGNED NOT NULL,
  invitation_id BIGINT UNSIGNED NOT NULL,
  queue_id BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (tenant_id, invitation_id, queue_id),
  KEY (tenant_id, queue_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
