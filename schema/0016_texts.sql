-- 0016_texts.sql - texts of the product in a company's own words, and languages of its own for its visitors (docs/texts.md).

CREATE TABLE IF NOT EXISTS text (
  tenant_id BIGINT UNSIGNED NOT NULL,
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  language VARCHAR(16) CHARACTER SET ascii NOT NULL,    -- "fr", "pt-BR"
  message VARCHAR(1000) NOT NULL,                       -- the English text of the product
  place VARCHAR(49) CHARACTER SET ascii NOT NULL,       -- language and hash of the message: one text for each
  wording VARCHAR(2000) NOT NULL,
  wording_many VARCHAR(2000) NOT NULL DEFAULT '',       -- of a message that counts something
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT NULL,
  live TINYINT GENERATED ALWAYS AS (IF(deleted_at IS NULL, 1, NULL)) STORED,
  PRIMARY KEY (tenant_id, id),
  KEY (id),
  UNIQUE KEY place_live (tenant_id, place, live),
  KEY language_live (tenant_id, language, live)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- Languages with own texts that are said, separated by spaces: requests of a company without any ask for nothing.
ALTER TABLE tenant
  ADD COLUMN IF NOT EXISTS text_languages VARCHAR(400) CHARACTER SET ascii NOT NULL DEFAULT '';

ALTER TABLE widget
  ADD COLUMN IF NOT EXISTS language VARCHAR(8) CHARACTER SET ascii NOT NULL DEFAULT 'page';   -- page, browser, company
