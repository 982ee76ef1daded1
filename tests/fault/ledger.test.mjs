// SPDX-License-Identifier: BSD-2-Clause
// ledger.test.mjs - while messages go both ways every process is killed, the database too, and connections are cut: nothing that
// was acknowledged is lost or doubled, and every client sees what the database has.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { company } from '../harness/chat.mjs';
import { request, startHark, until } from '../harness/hark.mjs';
import { Ledger } from './ledger.mjs';
import { Newcomers } from './newcomers.mjs';
import { startWire } from './wire.mjs';

const LONG = Boolean(process.env.HARK_LONG);
const CHATS = LONG ? 50 : 16;
const EVERY = LONG ? 700 : 400;         // milliseconds between two messages of one writer
const ROUNDS = LONG ? 30 : 2;

let hark;
let wire;
let ledger;
let newcomers;

before(async () => {
  hark = await startHark({ database: 'own', conf: { web_workers: 4, message_rate: 1000000 } });
  wire = await startWire(hark.port);
  ledger = new Ledger(hark, wire.url);
  await ledger.open(await company(hark, 'ledger'), CHATS, EVERY);
  newcomers = new Newcomers(hark, wire.url);
  await newcomers.open(await company(hark, 'newcomers'), 2);
});
after(async () => {
  await ledger?.stop();
  await newcomers?.stop();
  await wire?.close();
  await hark?.stop();
});

/** The processes that a program has started. */
function children(pid) {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
}

/** While something is away: 503 with Retry-After within two seconds, on each of the addresses. */
async function saysAway(paths) {
  const { cookies } = ledger.agent.client;
  const headers = { Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '), 'Content-Type': 'application/json', 'X-Hark-Visitor': 'A'.repeat(43) };
  for (const [method, path, body] of paths) {
    const start = performance.now();
    const reply = await request(`${hark.url}${path}`, { method, body, headers });
    const took = performance.now() - start;
    assert.equal(reply.status, 503, `${method} ${path}: ${reply.status} ${reply.text.slice(0, 200)}`);
    assert.match(reply.headers['retry-after'], /^\d+$/);
    assert.ok(took < 2000, `${method} ${path} took ${took} ms`);
  }
}

const pages = () => [['GET', '/console'], ['GET', `/panel/${ledger.company.key}`],
  ['POST', `/visit/${ledger.company.key}/sync`, JSON.stringify({ conversation: ledger.chats[0], after: 0 })]];

/** Breaks, looks, mends; then all polls must be answered within ten seconds and messages must go through. */
async function fault(name, { breaks, looks = async () => {}, mends }) {
  for (let round = 0; round < ROUNDS; round += 1) {
    await ledger.goesOn(10);
    try {
      await breaks();
      await looks();
    } finally {
      await mends?.();
    }
    await ledger.resumed(name, 10);
    assert.deepEqual(ledger.wrong, []);
  }
}

describe('the ledger', { concurrency: false }, () => {
  test('single workers of hark-web are killed', () => fault('workers', {
    breaks: async () => {
      for (let i = 0; i < 6; i += 1) {
        const workers = await until('a worker', () => children(hark.pids('hark-web')));
        process.kill(workers[i % workers.length], 'SIGKILL');
        await ledger.goesOn(3);
      }
      await until('all workers', () => children(hark.pids('hark-web')).length === 4);
      wire.cut();
    },
  }));

  test('the parent of hark-web is killed: its workers go with it, and the next start takes over', () => fault('the parent', {
    breaks: async () => {
      const workers = children(hark.pids('hark-web'));
      process.kill(hark.pids('hark-web'), 'SIGKILL');
      await until('the workers to go', () => workers.every((pid) => {
        try {
          return /^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
        } catch {
          return true;
        }
      }), 10);
    },
    mends: async () => {
      await hark.restart('hark-web');
      wire.cut();
    },
  }));

  test('hark-web is killed', () => fault('hark-web', {
    breaks: () => hark.kill('hark-web'),
    looks: () => saysAway(pages()),
    mends: async () => {
      await hark.restart('hark-web');
      wire.cut();
    },
  }));

  test('hark-chat is killed, and its memory with it', () => fault('hark-chat', {
    breaks: () => hark.kill('hark-chat'),
    looks: async () => {
      await saysAway([['GET', '/live/poll?ticket=x'], ['POST', '/live/say?ticket=x', '{}']]);
      await ledger.goesOn(10);         // writing does not need it
    },
    mends: () => hark.restart('hark-chat'),
  }));

  test('hark-chat is restarted in peace: its memory is empty', () => fault('an empty memory', {
    breaks: () => hark.restart('hark-chat'),
  }));

  test('hark-jobs is killed', () => fault('hark-jobs', {
    breaks: () => hark.kill('hark-jobs'),
    looks: () => ledger.goesOn(10),
    mends: async () => {
      await hark.restart('hark-jobs');
      wire.cut();
    },
  }));

  test('MariaDB is killed', () => fault('MariaDB', {
    breaks: () => hark.kill('database'),
    looks: () => saysAway(pages()),
    mends: async () => {
      await hark.restart('database');
      wire.cut();
    },
  }));

  test('MariaDB is restarted', () => fault('a restart of MariaDB', {
    breaks: () => hark.restart('database'),
    mends: () => wire.cut(),
  }));

  test('MariaDB hangs: requests end, and it goes on', { skip: LONG ? false : 'it takes long: ./check --long' }, () => fault('a hanging MariaDB', {
    breaks: () => process.kill(hark.database.server.process.pid, 'SIGSTOP'),
    looks: () => pause(5000),
    mends: () => {
      process.kill(hark.database.server.process.pid, 'SIGCONT');
      wire.cut();
    },
  }));

  test('the web server is killed', () => fault('the web server', {
    breaks: () => hark.kill('web-server'),
    mends: () => hark.restart('web-server'),
  }));

  test('all connections are cut at once, again and again', () => fault('cuts', {
    breaks: async () => {
      for (let i = 0; i < 5; i += 1) {
        wire.cut();
        await ledger.goesOn(5);
      }
      wire.cut();
    },
  }));

  test('answers are lost: what was stored is not stored again', () => fault('lost answers', {
    breaks: async () => {
      wire.lose('down');
      const stored = async () => Number((await hark.sql(`SELECT COUNT(*) AS n FROM message WHERE tenant_id = ${ledger.company.id}`))[0].n);
      const start = await stored();
      await until('messages that nobody hears of', async () => await stored() >= start + CHATS, 60);
    },
    mends: () => wire.heal(),
  }));

  test('requests are lost', () => fault('lost requests', {
    breaks: async () => {
      wire.lose('up');
      const { repeats } = ledger;
      await until('clients that lose patience', () => ledger.repeats > repeats + CHATS, 60);
    },
    mends: () => wire.heal(),
  }));

  test('nothing acknowledged is lost or doubled, and every view is the database', async (t) => {
    await ledger.settle();
    t.diagnostic(`${ledger.acknowledged} messages acknowledged, ${ledger.repeats} repeats, ${ledger.away} answers of 503`);
    assert.ok(ledger.repeats > 0);
  });

  test('chats that began, were accepted and ended meanwhile did so once', async (t) => {
    await newcomers.settle();
    t.diagnostic(`${newcomers.ended} chats`);
    assert.ok(newcomers.ended > 5);
  });
});
