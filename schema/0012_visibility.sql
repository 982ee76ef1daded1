-- 0012_visibility.sql - rights that were part of chat.work until now: roles keep what they allowed.

UPDATE role SET permissions = CONCAT(permissions, ' chat.see_queues chat.pick contacts.see')
  WHERE CONCAT(' ', permissions, ' ') LIKE '% chat.work %' AND CONCAT(' ', permissions, ' ') NOT LIKE '% chat.see_queues %';
