// SPDX-License-Identifier: BSD-2-Clause
// tenants.mjs - many companies of 50 agents each, written by SQL, every one with an administrator who is signed in.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const AGENTS = 50;       // of each company: one full page of the list
const FIRST = 5000000;          // id of the first company; those of its rows are made of its number

const session = (number) => `tenant-session-${String(number).padStart(28, '0')}`;

/** Writes companies 1 to `count`. */
export async function writeTenants(hark, count) {
  const now = Date.now();
  await hark.sql(`
SET @now = ${now};
INSERT INTO tenant (id, code, name, created_at, updated_at)
  SELECT ${FIRST} + seq, CONCAT('company-', seq), CONCAT('Company ', seq), @now, @now FROM seq_1_to_${count};
INSERT INTO role (tenant_id, id, name, permissions, created_at, updated_at)
  SELECT ${FIRST} + t.seq, ${FIRST} + t.seq * 10 + n.seq, ELT(n.seq, 'Administrator', 'Supervisor', 'Agent'), ELT(n.seq, '*', 'chat supervise', 'chat'), @now, @now
  FROM seq_1_to_${count} t, seq_1_to_3 n;
INSERT INTO queue (tenant_id, id, name, created_at, updated_at)
  SELECT ${FIRST} + t.seq, ${FIRST} + t.seq * 10 + n.seq, ELT(n.seq, 'Sales', 'Support', 'Billing'), @now, @now FROM seq_1_to_${count} t, seq_1_to_3 n;
INSERT INTO skill (tenant_id, id, name, created_at, updated_at)
  SELECT ${FIRST} + t.seq, ${FIRST} + t.seq * 10 + n.seq, ELT(n.seq, 'French', 'Contracts'), @now, @now FROM seq_1_to_${count} t, seq_1_to_2 n;
INSERT INTO widget (tenant_id, id, widget_key, name, queue_id, allowed_hosts, created_at, updated_at)
  SELECT ${FIRST} + seq, ${FIRST} + seq, CONCAT('w', LPAD(seq, 21, '0')), 'Website', ${FIRST} + seq * 10 + 1, '', @now, @now FROM seq_1_to_${count};
INSERT INTO agent (tenant_id, id, account, email, first_name, last_name, alias, status, status_at, max_chats, created_at, updated_at)
  SELECT ${FIRST} + t.seq, ${FIRST} + t.seq * 100 + n.seq, CONCAT('agent', LPAD(n.seq, 2, '0')), CONCAT('agent', n.seq, '@company-', t.seq, '.example.com'),
    'Anna', CONCAT('Weber ', n.seq), CONCAT('Anna ', n.seq), 'offline', @now, 5, @now, @now FROM seq_1_to_${count} t, seq_1_to_${AGENTS} n;
INSERT INTO agent_role (tenant_id, agent_id, role_id)
  SELECT ${FIRST} + t.seq, ${FIRST} + t.seq * 100 + n.seq, ${FIRST} + t.seq * 10 + IF(n.seq = 1, 1, IF(n.seq % 10 = 0, 2, 3)) FROM seq_1_to_${count} t, seq_1_to_${AGENTS} n;
INSERT INTO queue_agent (tenant_id, queue_id, agent_id)
  SELECT ${FIRST} + t.seq, ${FIRST} + t.seq * 10 + q.seq, ${FIRST} + t.seq * 100 + n.seq FROM seq_1_to_${count} t, seq_1_to_${AGENTS} n, seq_1_to_3 q
  WHERE n.seq % 3 <> q.seq % 3;
INSERT INTO session (token_hash, tenant_id, agent_id, created_at, seen_at, expires_at, address)
  SELECT UNHEX(SHA2(CONCAT('tenant-session-', LPAD(seq, 28, '0')), 256)), ${FIRST} + seq, ${FIRST} + seq * 100 + 1, @now, @now, @now + 86400000, '127.0.0.1'
  FROM seq_1_to_${count};
INSERT INTO setting (tenant_id, name, value, updated_at) SELECT ${FIRST} + seq, 'first_steps', '{"hidden":"1"}', @now FROM seq_1_to_${count};
ANALYZE TABLE tenant, role, queue, skill, widget, agent, agent_role, queue_agent, session, setting;`);
}

/** The sessions' files of requests for a path, by companies 1 to `count` in turn. */
export function writeRequests(hark, name, path, count) {
  const file = join(hark.folder, `${name}.txt`);
  writeFileSync(file, `${Array.from({ length: count }, (_, i) => `GET\t${path}\tCookie: hark=${session(i + 1)}\t`).join('\n')}\n`);
  return file;
}

/** The secret of a company's administrator. */
export const sessionOf = session;
