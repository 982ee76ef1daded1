-- 0011_host.sql - who runs the installation: operators with their sessions and keys, links that open a tenant once, and views with consent.

CREATE TABLE IF NOT EXISTS operator (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(120) NOT NULL,
  email VARCHAR(254) NOT NULL,
  password_hash VARCHAR(128) NOT NULL,
  permissions TEXT NOT NULL,              -- names of permission_host_table, separated by spaces; "*" is all
  signed_in_at BIGINT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT NULL,
  live TINYINT GENERATED ALWAYS AS (IF(deleted_at IS NULL, 1, NULL)) STORED,
  UNIQUE KEY email_live (email, live)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS operator_session (
  token_hash BINARY(32) NOT NULL PRIMARY KEY,   -- SHA-256 of the cookie
  operator_id BIGINT UNSIGNED NOT NULL,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,                   -- absolute
  address VARCHAR(45) CHARACTER SET ascii NOT NULL,
  user_agent VARCHAR(255) NOT NULL DEFAULT '',
  KEY (operator_id),
  KEY (expires_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS operator_key (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  operator_id BIGINT UNSIGNED NOT NULL,         -- acts in this operator's name, and never with more rights
  name VARCHAR(80) NOT NULL,
  key_hash BINARY(32) NOT NULL,
  permissions TEXT NOT NULL,                    -- the scopes, as those of the operator
  created_at BIGINT NOT NULL,
  used_at BIGINT NULL,
  deleted_at BIGINT NULL,
  UNIQUE KEY (key_hash),
  KEY (operator_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- A link that works once, for a minute: it signs in as an agent of the tenant, or begins a view.
CREATE TABLE IF NOT EXISTS host_link (
  token_hash BINARY(32) NOT NULL PRIMARY KEY,
  tenant_id BIGINT UNSIGNED NOT NULL,
  agent_id BIGINT UNSIGNED NOT NULL DEFAULT 0,    -- 0: a view
  operator_id BIGINT UNSIGNED NOT NULL DEFAULT 0, -- 0: made by the command
  operator_name VARCHAR(120) NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT NULL,
  KEY (expires_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- A tenant's consent that operators may view its pages. What it was before is in the audit log.
CREATE TABLE IF NOT EXISTS support_access (
  tenant_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  agent_id BIGINT UNSIGNED NOT NULL,
  agent_name VARCHAR(160) NOT NULL,
  granted_at BIGINT NOT NULL,
  until_at BIGINT NULL                            -- NULL: until it is taken back, which deletes the row
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- An operator who views a tenant, or has viewed it.
CREATE TABLE IF NOT EXISTS host_view (
  tenant_id BIGINT UNSIGNED NOT NULL,
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  token_hash BINARY(32) NOT NULL,
  operator_id BIGINT UNSIGNED NOT NULL,
  operator_name VARCHAR(120) NOT NULL,
  address VARCHAR(45) CHARACTER SET ascii NOT NULL,
  pages INT UNSIGNED NOT NULL DEFAULT 0,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  ended_at BIGINT NULL,
  PRIMARY KEY (tenant_id, id),
  KEY (id),
  UNIQUE KEY (token_hash)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- What operators did in all tenants, newest first.
ALTER TABLE audit ADD INDEX IF NOT EXISTS actor (actor_kind, id);
