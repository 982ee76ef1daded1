-- Which agents answer the chats of which widgets: those of the widget's queue. The list of agents is narrowed by it.
CREATE OR REPLACE VIEW agent_widget AS
  SELECT w.tenant_id AS tenant_id, qa.agent_id AS agent_id, w.id AS widget_id
    FROM widget w JOIN queue_agent qa ON qa.tenant_id = w.tenant_id AND qa.queue_id = w.queue_id;
