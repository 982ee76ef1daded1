-- 0023_visitors_seen.sql - who was not seen for longer than chats are kept is found by this, and forgotten.

ALTER TABLE visitor ADD KEY IF NOT EXISTS seen (tenant_id, seen_at);
