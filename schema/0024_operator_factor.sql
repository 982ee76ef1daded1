-- 0024_operator_factor.sql - what agents have for the safety of their accounts: second factors of operators, and sessions that have numbers.

ALTER TABLE operator
  ADD COLUMN IF NOT EXISTS totp_sealed VARCHAR(255) NULL,                       -- the secret (RFC 6238), sealed; NULL is not set up
  ADD COLUMN IF NOT EXISTS totp_step BIGINT UNSIGNED NOT NULL DEFAULT 0;        -- the newest step that was used: a code counts once

ALTER TABLE operator_session
  ADD COLUMN IF NOT EXISTS id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,          -- names it on pages
  ADD COLUMN IF NOT EXISTS confirmed_at BIGINT NOT NULL DEFAULT 0,              -- the password was given once more
  ADD COLUMN IF NOT EXISTS factor_sealed VARCHAR(255) NULL,                     -- secret of a second factor that is being set up
  ADD UNIQUE KEY IF NOT EXISTS operator_session_id (id);

-- A right password that waits for its code. It opens nothing but the page that asks for the code.
CREATE TABLE IF NOT EXISTS operator_pending (
  token_hash BINARY(32) NOT NULL PRIMARY KEY,   -- SHA-256 of the cookie
  operator_id BIGINT UNSIGNED NOT NULL,
  factor_sealed VARCHAR(255) NULL,              -- secret that is being set up; NULL when the operator has one
  expires_at BIGINT NOT NULL,
  KEY (operator_id),
  KEY (expires_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

CREATE TABLE IF NOT EXISTS operator_recovery_code (
  operator_id BIGINT UNSIGNED NOT NULL,
  code_hash BINARY(32) NOT NULL,                -- SHA-256 of "operator.CODE"
  created_at BIGINT NOT NULL,
  used_at BIGINT NULL,
  PRIMARY KEY (operator_id, code_hash)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
