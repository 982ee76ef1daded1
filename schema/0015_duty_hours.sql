-- 0015_duty_hours.sql - what visitors read outside the working hours of a queue.

ALTER TABLE queue
  ADD COLUMN IF NOT EXISTS closed_message VARCHAR(500) NOT NULL DEFAULT '';   -- "" is the text of Hark
