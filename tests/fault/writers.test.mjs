// SPDX-License-Identifier: BSD-2-Clause
// writers.test.mjs - many write into the same conversations at once, some of them slowly: numbers have no holes, nothing is doubled,
// and nobody sees a number before those in front of it.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { Agent, company, Visitor } from '../harness/chat.mjs';
import { connect } from '../harness/database.mjs';
import { startHark, until } from '../harness/hark.mjs';

const LONG = Boolean(process.env.HARK_LONG);
const WRITERS = 64;
const EACH = LONG ? 100 : 12;
const CHATS = 3;

let hark;
let firm;
let anna;
const visitors = [];
const sessions = [];

before(async () => {
  // As many database connections as workers; each writer has a connection of its own to the web server.
  hark = await startHark({ database: 'own', conf: { web_workers: LONG ? 64 : 24, message_rate: 1000000 } });
  firm = await company(hark, 'writers');
  anna = await Agent.at(hark, firm, 'anna');
  for (let i = 0; i < CHATS; i += 1) {
    const visitor = new Visitor(hark, firm.key);
    assert.equal((await visitor.start()).status, 200);
    assert.equal((await anna.act(visitor.chat, 'accept')).status, 200);
    visitors.push(visitor);
  }
});
after(async () => {
  for (const one of sessions) await one.end();
  await hark?.stop();
});

const stored = (chat) => hark.sql(`SELECT seq, body, client_id FROM message WHERE tenant_id = ${firm.id} AND conversation_id = ${chat} ORDER BY seq`);

/** Writers that wait for a number; the index job may wait for the same row, too. (INNODB_TRX is no help: who asks it often gets old answers.) */
const lockWaits = async () => Number((await hark.sql(`SELECT COUNT(*) AS n FROM information_schema.PROCESSLIST
  WHERE DB = DATABASE() AND INFO LIKE 'UPDATE conversation SET last_seq%'`))[0].n);

/** Takes a number in a transaction that stays open, as a slow writer does. */
async function slowWriter(chat) {
  const slow = connect(hark.database);
  sessions.push(slow);
  const where = `tenant_id = ${firm.id} AND`;
  await slow.ask('START TRANSACTION');
  await slow.ask(`UPDATE conversation SET last_seq = LAST_INSERT_ID(last_seq + 1) WHERE ${where} id = ${chat}`);
  await slow.ask(`INSERT INTO message (tenant_id, conversation_id, seq, kind, author_kind, body, client_id, created_at)
    VALUES (${firm.id}, ${chat}, LAST_INSERT_ID(), 'text', 'visitor', 'slow', '${randomUUID()}', 1)`);
  return slow;
}

describe('writers', () => {
  test(`${WRITERS} writers into ${CHATS} conversations`, async () => {
    const acknowledged = visitors.map(() => []);
    const write = async (w) => {
      const at = w % CHATS;
      const visitor = visitors[at];
      let last = 0;
      for (let n = 0; n < EACH; n += 1) {
        const client_id = randomUUID();
        const text = `writer ${w} message ${n}`;
        // Each third is sent twice at once, as by an impatient client.
        const replies = await Promise.all(Array.from({ length: n % 3 === 0 ? 2 : 1 }, () => (w % 2 ? visitor.say(text, client_id)
          : anna.say(visitor.chat, text, client_id))));
        const seqs = replies.map((reply) => {
          assert.equal(reply.status, 200, reply.text);
          return reply.json().message.seq;
        });
        assert.equal(new Set(seqs).size, 1, 'sent twice it has one number');
        assert.ok(seqs[0] > last, 'later messages have higher numbers');
        [last] = seqs;
        acknowledged[at].push({ seq: last, body: text, client_id });
      }
    };
    await Promise.all(Array.from({ length: WRITERS }, (_, w) => write(w)));
    for (const [i, visitor] of visitors.entries()) {
      const rows = await stored(visitor.chat);
      assert.deepEqual(rows.map((row) => Number(row.seq)), rows.map((_, index) => index + 1), 'no holes');
      const byId = new Map(rows.map((row) => [row.client_id, row]));
      assert.equal(rows.filter((row) => row.body.startsWith('writer ')).length, acknowledged[i].length, 'none doubled, none lost');
      for (const one of acknowledged[i]) assert.deepEqual([Number(byId.get(one.client_id).seq), byId.get(one.client_id).body], [one.seq, one.body]);
      const seen = await visitor.sync();
      assert.deepEqual(seen.messages.map((message) => message.seq), rows.slice(0, seen.messages.length).map((row) => Number(row.seq)));
    }
    for (const text of Object.values(hark.logs())) assert.doesNotMatch(text, /Deadlock found/, 'writers do not collide');
  });

  test('readers meanwhile never see a number before those in front of it', async () => {
    const [visitor] = visitors;
    let writing = true;
    const writers = Array.from({ length: 16 }, async (_, w) => {
      for (let n = 0; n < 6; n += 1) assert.equal((await visitor.say(`reader test ${w} ${n}`)).status, 200);
    });
    const reader = async () => {
      let top = 0;
      while (writing) {
        const { messages } = await visitor.sync(top);
        assert.deepEqual(messages.map((message) => message.seq), messages.map((_, index) => top + index + 1));
        top += messages.length;
      }
    };
    const readers = [reader(), reader(), reader()];
    await Promise.all(writers);
    writing = false;
    await Promise.all(readers);
  });

  for (const [how, end] of [['commits late', 'COMMIT'], ['gives up', 'ROLLBACK']])
    test(`two writers, the first of whom ${how}`, async () => {
      const [, visitor] = visitors;
      const before = (await stored(visitor.chat)).length;
      const slow = await slowWriter(visitor.chat);
      let answer;
      const quick = visitor.say('quick').then((reply) => { answer = reply; });
      await until('the second writer to wait', async () => await lockWaits() === 1);
      assert.equal(answer, undefined, 'not acknowledged while a number in front of it is open');
      assert.equal((await visitor.sync(before)).messages.length, 0, 'nobody sees the later one first');
      await slow.ask(end);
      await quick;
      assert.equal(answer.status, 200);
      assert.equal(answer.json().seq, before + (end === 'COMMIT' ? 2 : 1));
      await slow.end();
      const rows = await stored(visitor.chat);
      assert.deepEqual(rows.map((row) => Number(row.seq)), rows.map((_, index) => index + 1), 'no hole');
      assert.deepEqual(rows.slice(before).map((row) => row.body), end === 'COMMIT' ? ['slow', 'quick'] : ['quick']);
    });

  test('a writer who dies with its number open leaves no hole', async () => {
    const [, , visitor] = visitors;
    const before = (await stored(visitor.chat)).length;
    const slow = await slowWriter(visitor.chat);
    const [[id]] = await slow.ask('SELECT CONNECTION_ID()');
    const quick = visitor.say('after the dead');
    await until('the second writer to wait', async () => await lockWaits() === 1);
    await hark.sql(`KILL CONNECTION ${id}`);
    assert.equal((await quick).json().seq, before + 1);
    await slow.end();
  });
});
