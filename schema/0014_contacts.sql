-- 0014_contacts.sql - contacts as a list of their own: more that is known of a person, who added it, and the rights to see and change them.

ALTER TABLE contact
  ADD COLUMN IF NOT EXISTS username VARCHAR(80) NOT NULL DEFAULT '',      -- what messengers call the person
  ADD COLUMN IF NOT EXISTS company VARCHAR(120) NOT NULL DEFAULT '',
  ADD COLUMN IF NOT EXISTS language VARCHAR(35) NOT NULL DEFAULT '',      -- BCP 47: fr, pt-BR
  ADD COLUMN IF NOT EXISTS tags VARCHAR(900) NOT NULL DEFAULT '',         -- free words: "vip, berlin"
  ADD COLUMN IF NOT EXISTS created_by BIGINT UNSIGNED NULL,               -- the agent; NULL: it came with a chat
  ADD COLUMN IF NOT EXISTS known TINYINT GENERATED ALWAYS AS (name <> '' OR email <> '' OR phone <> '' OR username <> '') VIRTUAL;

ALTER TABLE contact
  ADD KEY IF NOT EXISTS newest (tenant_id, deleted_at, created_at),
  ADD KEY IF NOT EXISTS by_name (tenant_id, deleted_at, name);

-- Whose chats a contact has had: agents see the contacts of the chats that they see. It takes the place of contact_time.
ALTER TABLE conversation
  ADD KEY IF NOT EXISTS contact_seen (tenant_id, contact_id, agent_id, queue_id),
  DROP KEY IF EXISTS contact_time;

-- Contacts are merged: which visitors are one?
ALTER TABLE visitor
  ADD KEY IF NOT EXISTS of_contact (tenant_id, contact_id);

-- Whoever chats knows the contacts of those chats already.
UPDATE role SET permissions = CONCAT(permissions, ' contacts.read contacts.edit')
  WHERE CONCAT(' ', permissions, ' ') LIKE '% chat.work %' AND CONCAT(' ', permissions, ' ') NOT LIKE '% contacts.read %';
