-- 0026_tenants_again.sql - external numbers as they are written, a plan for every company, and what the host's pages look for.

-- A host's billing tells "cus_aBc" from "cus_abc".
ALTER TABLE tenant
  MODIFY COLUMN external_id VARCHAR(80) COLLATE utf8mb4_bin NULL,                -- of the host's billing
  ADD COLUMN IF NOT EXISTS reason_before VARCHAR(255) NOT NULL DEFAULT '';       -- with state deleting: state_reason until then

-- A plan could be deleted in the moment in which it was given.
UPDATE tenant SET plan_id = 1 WHERE NOT EXISTS (SELECT 1 FROM plan WHERE plan.id = tenant.plan_id);

-- Nobody looks at what the operator vouches for.
UPDATE tenant_domain SET check_at = NULL WHERE proof = 'host';

-- The views of an operator that go on.
ALTER TABLE host_view ADD KEY IF NOT EXISTS operator_open (operator_id, expires_at);

-- What all companies used in some days.
ALTER TABLE tenant_usage ADD KEY IF NOT EXISTS day (day);
