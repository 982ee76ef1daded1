// SPDX-License-Identifier: BSD-2-Clause
// visitor_away.test.mjs - what is concluded from visitors who are not there, and when nothing may be.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { connect } from '../harness/database.mjs';
import { startHark, until } from '../harness/hark.mjs';
import { Agent, company, Visitor } from '../harness/chat.mjs';

let hark;
let firm;
let anna;

/** Runs the sweep from its beginning to its end: one that runs already may have looked before. */
async function sweep() {
  const ordered = async () => (await hark.sql("SELECT 1 FROM job WHERE kind = 'chat.presence' AND due_at = 1")).length === 1;
  await until('the sweep is ordered', async () => {
    await hark.sql("UPDATE job SET due_at = 1 WHERE kind = 'chat.presence' AND state = 'due'");
    return ordered();
  }, 30);
  await until('the sweep ran', async () => !(await ordered()), 30);
}

/** Nobody was seen for ten minutes. */
const unseen = () => hark.sql(`UPDATE visitor SET seen_at = seen_at - 600000 WHERE tenant_id = ${firm.id}`);
/** And the company is there for longer. */
const forget = () => Promise.all([unseen(), hark.sql(`UPDATE tenant SET updated_at = updated_at - 600000 WHERE id = ${firm.id}`)]);
const row = async (chat) => (await hark.sql(`SELECT state, close_reason, visitor_left_at FROM conversation WHERE id = ${chat}`))[0];

before(async () => {
  hark = await startHark();
  firm = await company(hark, 'acme', { agents: { anna: {} } });
  anna = await Agent.at(hark, firm, 'anna');
});
after(async () => {
  await anna?.stop();
  await hark?.stop();
});

describe('the daemon was away', () => {
  test('a daemon that has just started knows nobody: no chat is ended or left before its visitor could come back', async () => {
    const active = new Visitor(hark, firm.key);
    await active.start();
    assert.equal((await anna.act(active.chat, 'accept')).status, 200);
    const waiting = new Visitor(hark, firm.key);
    await waiting.start();
    await hark.sql('UPDATE live_epoch SET since = 1');      // the old one was there for long
    await hark.restart('hark-chat');
    await forget();
    await sweep();
    assert.equal((await row(waiting.chat)).state, 'offered');
    assert.equal((await row(active.chat)).visitor_left_at, null);
    await forget();
    await hark.sql('UPDATE live_epoch SET since = since - 600000');
    await sweep();
    assert.equal((await row(waiting.chat)).close_reason, 'abandoned');
    assert.notEqual((await row(active.chat)).visitor_left_at, null);
  });
});

describe('the company is suspended', () => {
  test('nothing is concluded and nothing rings; afterwards visitors have time to come back', async () => {
    const life = async (what) => assert.equal((await hark.hark(['tenant', what, '--tenant', 'acme'])).code, 0);
    const rings = async (chat) => (await hark.sql(`SELECT 1 FROM offer WHERE conversation_id = ${chat} AND state = 'ringing'`)).length > 0;
    const active = new Visitor(hark, firm.key);
    await active.start();
    assert.equal((await anna.act(active.chat, 'accept')).status, 200);
    const waiting = new Visitor(hark, firm.key);
    await waiting.start();
    await until('it rings', () => rings(waiting.chat));
    await hark.sql('UPDATE live_epoch SET since = 1');
    const nothing = async (state) => {
      assert.equal((await row(waiting.chat)).state, state);
      assert.equal((await row(active.chat)).visitor_left_at, null);
    };
    await life('suspend');
    await until('it rings no more', async () => !(await rings(waiting.chat)));
    assert.equal((await hark.sql(`SELECT state FROM offer WHERE conversation_id = ${waiting.chat}`))[0].state, 'withdrawn');
    await forget();
    await sweep();
    await nothing('waiting');
    await life('resume');
    await until('it rings again', () => rings(waiting.chat));
    await unseen();
    await sweep();
    await nothing('offered');
    await forget();
    await sweep();
    assert.equal((await row(waiting.chat)).close_reason, 'abandoned');
    assert.notEqual((await row(active.chat)).visitor_left_at, null);
  });
});

describe('two at the same time', () => {
  /** Does one of Hark's statements like this wait for a row? */
  const waits = async (like) => (await hark.sql(`SELECT ID FROM information_schema.PROCESSLIST
    WHERE DB = DATABASE() AND ID <> CONNECTION_ID() AND INFO LIKE '${like}'`)).length > 0;

  test('a visitor does not leave a chat that is closed in the same moment', async () => {
    const vera = new Visitor(hark, firm.key);
    await vera.start();
    assert.equal((await anna.act(vera.chat, 'accept')).status, 200);
    await until('no other job needs its row', async () => (await hark.sql(`SELECT 1 FROM conversation WHERE id = ${vera.chat} AND unindexed IS NULL`)).length === 1);
    const elsewhere = connect(hark.database);
    await elsewhere.ask('START TRANSACTION');
    await elsewhere.ask(`UPDATE conversation SET state = 'closed', close_reason = 'agent', closed_at = 1 WHERE id = ${vera.chat}`);
    await until('the sweep waits for the row', async () => {     // who has polled is there for ten seconds
      await forget();
      await hark.sql("UPDATE live_epoch SET since = since - 600000; UPDATE job SET due_at = 1 WHERE kind = 'chat.presence' AND state = 'due'");
      return waits('SELECT id, kind%visitor_left_at%FOR UPDATE');
    }, 40);
    await elsewhere.ask('COMMIT');
    await elsewhere.end();
    await sweep();
    assert.equal((await row(vera.chat)).visitor_left_at, null);
    assert.deepEqual((await hark.sql(`SELECT body FROM message WHERE conversation_id = ${vera.chat} AND body LIKE '%left%'`)), []);
    assert.doesNotMatch(hark.logs()['hark-jobs'], new RegExp(`conversation ${vera.chat} was not looked after`));
  });

  test('a page that is told leaves the visitor with the contact that somebody has just merged it into', async () => {
    const vera = new Visitor(hark, firm.key);
    await vera.start();
    const [{ id }] = await hark.sql(`SELECT MAX(id) AS id FROM visitor WHERE tenant_id = ${firm.id}`);
    const elsewhere = connect(hark.database);
    await elsewhere.ask('START TRANSACTION');
    await elsewhere.ask(`UPDATE visitor SET contact_id = 4711 WHERE tenant_id = ${firm.id} AND id = ${id}`);
    const told = vera.json('sync', { conversation: vera.chat, after: 0, page_url: 'https://shop.example/socks', page_title: 'Socks' });
    await until('it waits for the row', () => waits('UPDATE visitor SET%page_url%'), 30);
    await elsewhere.ask('COMMIT');
    await elsewhere.end();
    assert.equal((await told).status, 200);
    const [seen] = await hark.sql(`SELECT contact_id, page_title FROM visitor WHERE id = ${id}`);
    assert.deepEqual({ ...seen }, { contact_id: '4711', page_title: 'Socks' });
  });
});
