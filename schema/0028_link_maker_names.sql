-- 0028_link_maker_names.sql - whose key made a sign-in link has a name as long as two names and the space between them.

ALTER TABLE enter_link MODIFY COLUMN IF EXISTS maker_name VARCHAR(161) NOT NULL;
