-- 0020_big_tables.sql - keys for tables that have grown.

-- The next job of one tenant is found without walking all that are due; the key before it was its beginning.
ALTER TABLE job
  ADD KEY IF NOT EXISTS tenant_due (tenant_id, state, due_at),
  DROP KEY IF EXISTS tenant_id;

-- The history by dates.
ALTER TABLE conversation ADD KEY IF NOT EXISTS created (tenant_id, created_at, id);

-- Erasing a company.
ALTER TABLE enter_link ADD KEY IF NOT EXISTS enter_tenant (tenant_id);
