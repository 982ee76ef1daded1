// SPDX-License-Identifier: BSD-2-Clause
// seed.mjs - rows for the benchmarks, written by SQL, and the files of requests and polls that go with them.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../tests/harness/process.mjs';
import { program } from './build.mjs';
import { writeRequests, writeTenants } from './tenants.mjs';

const IDLE = 10000;             // visitors, each with a conversation
const HOT = 200;                // conversations that are written in while others are parked, each with an agent and a queue of its own
const SENDERS = 2000;           // of the idle ones: those that write when only commits are measured
const CANNED = 120;
const TENANTS = 1000;           // more companies, whose lists of agents are asked for in turn
const FIRST = 1000000;          // ids
const READER = IDLE + HOT + 1;    // an administrator without chats of their own, who reads pages
const SESSION = 'bench-session-0000000000000000000000000000000';

const visitorToken = (number) => String(number).padStart(43, 'v');

async function writeRows(hark, tenant) {
  const now = Date.now();
  const admin = FIRST;
  await hark.sql(`
SET @t = ${tenant.id}, @now = ${now};
INSERT INTO agent (tenant_id, id, account, email, first_name, last_name, alias, created_at, updated_at)
  SELECT @t, ${FIRST} + seq, CONCAT('agent', seq), CONCAT('agent', seq, '@example.com'), 'Bench', CONCAT('Agent ', seq), CONCAT('Agent ', seq), @now, @now
  FROM seq_0_to_${READER} WHERE seq = 0 OR seq > ${IDLE};
INSERT INTO queue (tenant_id, id, name, created_at, updated_at) SELECT @t, ${FIRST} + seq, CONCAT('Queue ', seq), @now, @now
  FROM seq_${IDLE + 1}_to_${IDLE + HOT};
INSERT INTO agent_role (tenant_id, agent_id, role_id) SELECT @t, ${FIRST + READER}, id FROM role WHERE tenant_id = @t AND permissions = '*' LIMIT 1;
INSERT INTO session (token_hash, tenant_id, agent_id, created_at, seen_at, expires_at, address)
  VALUES (UNHEX(SHA2('${SESSION}', 256)), @t, ${FIRST + READER}, @now, @now, @now + 86400000, '127.0.0.1');
INSERT INTO canned (tenant_id, name, category, shortcut, body, created_at, updated_at)
  SELECT @t, CONCAT('Answer number ', seq), CONCAT('Category ', seq % 7), CONCAT('a', seq), REPEAT('Thank you for your message. ', 8), @now, @now
  FROM seq_1_to_${CANNED};
INSERT INTO visitor (tenant_id, id, widget_id, token_hash, name, created_at, seen_at)
  SELECT @t, ${FIRST} + seq, ${tenant.widget}, UNHEX(SHA2(CONCAT('${tenant.key}|', LPAD(seq, 43, 'v')), 256)), CONCAT('Visitor ', seq), @now, @now FROM seq_1_to_${IDLE + HOT};
INSERT INTO conversation (tenant_id, id, kind, channel, state, widget_id, visitor_id, queue_id, agent_id, visitor_name, created_at, waiting_since, accepted_at)
  SELECT @t, ${FIRST} + seq, 'chat', 'web', 'active', ${tenant.widget}, ${FIRST} + seq, IF(seq > ${IDLE}, ${FIRST} + seq, ${tenant.queue}),
    IF(seq > ${IDLE}, ${FIRST} + seq, ${admin}), CONCAT('Visitor ', seq), @now, @now, @now FROM seq_1_to_${IDLE + HOT};
INSERT INTO setting (tenant_id, name, value, updated_at) VALUES (@t, 'first_steps', '{"hidden":"1"}', @now);
ANALYZE TABLE conversation, visitor, canned, session, agent;`);
}

async function tickets(hark, lines) {
  const done = await run(program('tickets'), [join(hark.folder, 'key'), '7200'], { input: lines.join('\n') + '\n' });
  if (done.code !== 0) throw new Error(`tickets: ${done.stderr}`);
  return done.stdout.trim().split('\n');
}

const numbers = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

async function makeTenant(hark) {
  const made = await hark.hark(['tenant', 'create', '--code', 'bench', '--name', 'Bench']);
  if (made.code !== 0) throw new Error(`hark tenant create: ${made.stderr}`);
  const [row] = await hark.sql(`SELECT t.id, w.widget_key AS "key", w.id AS widget, w.queue_id AS queue FROM tenant t
    JOIN widget w ON w.tenant_id = t.id WHERE t.code = 'bench' LIMIT 1`);
  return row;
}

/** Gives { tenant, first, count, files: { name: path } }. */
export async function seed(hark) {
  const tenant = await makeTenant(hark);
  await writeRows(hark, tenant);
  await writeTenants(hark, TENANTS);
  const idle = numbers(1, IDLE);
  const hot = numbers(IDLE + 1, IDLE + HOT);
  const files = {};
  const write = (name, lines) => {
    files[name] = join(hark.folder, `${name}.txt`);
    writeFileSync(files[name], lines.join('\n') + '\n');
  };
  const json = 'Content-Type: application/json';
  const ofVisitor = (n, what, body) => [`/visit/${tenant.key}/${what}`, `X-Hark-Visitor: ${visitorToken(n)}|${json}`, body].join('\t');
  const message = (n) => `POST\t${ofVisitor(n, 'message', `{"conversation":${FIRST + n},"client_id":"{id}","text":"bench:{time};"}`)}`;
  const bare = (n) => `POST\t/message?tenant=${tenant.id}&conversation=${FIRST + n}&client_id={id}\t\tbench:{time};`;
  const sync = (n) => ofVisitor(n, 'sync', `{"conversation":${FIRST + n},"after":0}`);
  const senders = idle.slice(0, SENDERS);

  write('page', [`GET\t/admin/canned\tCookie: hark=${SESSION}\t`]);
  write('sign_in', ['GET\t/sign-in\t\t']);
  files.agents = writeRequests(hark, 'agents', '/admin/agents', TENANTS);
  write('messages', senders.map(message));
  write('messages_floor', senders.map(bare));
  write('hot', hot.map(message));
  write('hot_floor', hot.map(bare));
  write('hot_nchan', hot.map((n) => `POST\t/nchan/pub?channel=${FIRST + n}\t\tbench:{time};`));
  write('renewals', idle.map((n) => `POST\t${sync(n)}`));

  const signed = await tickets(hark, [
    ...hot.map((n) => [`${tenant.id}.a${FIRST + n}`, `${tenant.id}.a${FIRST + n} ${tenant.id}.q${FIRST + n}`, `${tenant.id}.c${FIRST + n}`].join('\t')),
    ...idle.map((n) => [`${tenant.id}.v${FIRST + n}`, `${tenant.id}.v${FIRST + n}`, `${tenant.id}.c${FIRST + n}`].join('\t')),
  ]);
  const visitors = signed.slice(HOT).map((ticket, i) => `/live/poll?ticket=${ticket}\t${sync(idle[i])}`);
  write('polls', [...signed.slice(0, HOT).map((ticket) => `/live/poll?ticket=${ticket}`), ...visitors]);
  write('polls_idle', visitors);
  write('polls_floor', [...hot, ...idle].map((n) => `/live/poll?channel=${FIRST + n}`));
  write('polls_nchan', [...hot, ...idle].map((n) => `/nchan/sub?channel=${FIRST + n}`));
  return { tenant: tenant.id, first: FIRST + 1, count: SENDERS, files };
}
