-- 0002_unread.sql - how many of the visitor's texts and files the agent has not seen: lists show it without counting.

ALTER TABLE conversation ADD COLUMN IF NOT EXISTS unread INT UNSIGNED NOT NULL DEFAULT 0 AFTER agent_seen_seq;

UPDATE conversation SET unread = (
  SELECT COUNT(*) FROM message
  WHERE message.tenant_id = conversation.tenant_id AND message.conversation_id = conversation.id
    AND message.seq > conversation.agent_seen_seq AND message.author_kind = 'visitor' AND message.kind IN ('text', 'file')
) WHERE state <> 'closed';
