// SPDX-License-Identifier: BSD-2-Clause
// visitor_away.test.mjs - what is concluded from visitors who are not there, and when nothing may be.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
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
const forget = () => hark.sql(`UPDATE visitor SET seen_at = seen_at - 600000 WHERE tenant_id = ${firm.id}`);
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
