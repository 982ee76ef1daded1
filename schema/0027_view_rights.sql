-- 0027_view_rights.sql - the view has the rights of who asks: a copy of the database works for another user, too.

CREATE OR REPLACE SQL SECURITY INVOKER VIEW agent_widget AS
  SELECT w.tenant_id AS tenant_id, qa.agent_id AS agent_id, w.id AS widget_id
    FROM widget w JOIN queue_agent qa ON qa.tenant_id = w.tenant_id AND qa.queue_id = w.queue_id;
