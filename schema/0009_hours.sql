-- 0009_hours.sql - holidays of calendars, the files they came from, and calendars that belong to one agent.

ALTER TABLE calendar
  ADD COLUMN IF NOT EXISTS agent_id BIGINT UNSIGNED NOT NULL DEFAULT 0 AFTER hours;   -- whose own hours these are; 0: the company's

-- Names are unique among the calendars of the company; an agent has one of his own.
ALTER TABLE calendar DROP INDEX IF EXISTS name_live;
ALTER TABLE calendar ADD UNIQUE KEY IF NOT EXISTS owner_name_live (tenant_id, agent_id, name, live);

CREATE TABLE IF NOT EXISTS holiday (
  tenant_id BIGINT UNSIGNED NOT NULL,
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  calendar_id BIGINT UNSIGNED NOT NULL,
  name VARCHAR(120) NOT NULL,
  first_day CHAR(10) CHARACTER SET ascii NOT NULL,                -- "2026-12-24" in the zone of the calendar
  last_day CHAR(10) CHARACTER SET ascii NOT NULL,
  kind VARCHAR(12) CHARACTER SET ascii NOT NULL DEFAULT 'closed', -- closed; instead: open at `periods`; within: as usual, but only at `periods`
  periods VARCHAR(255) CHARACTER SET ascii NOT NULL DEFAULT '',   -- "09:00-12:00, 14:00-16:00"
  yearly TINYINT NOT NULL DEFAULT 0,                              -- on the same dates of every year
  import_id BIGINT UNSIGNED NOT NULL DEFAULT 0,                   -- the file it came from
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT NULL,
  PRIMARY KEY (tenant_id, id),
  KEY (id),
  KEY calendar_day (tenant_id, calendar_id, last_day),
  KEY import (tenant_id, import_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;

-- A file of holidays (iCalendar) that was read into a calendar, so that all of it can be taken out again.
CREATE TABLE IF NOT EXISTS holiday_import (
  tenant_id BIGINT UNSIGNED NOT NULL,
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  calendar_id BIGINT UNSIGNED NOT NULL,
  name VARCHAR(120) NOT NULL,                                     -- of the file or of the calendar inside
  created_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id),
  KEY (id),
  KEY calendar (tenant_id, calendar_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
