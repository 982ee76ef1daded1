// SPDX-License-Identifier: BSD-2-Clause
// agent_gone.test.mjs - an agent is deleted while a chat rings there: it rings on at the others.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { Agent, company, Visitor } from '../harness/chat.mjs';
import { startHark, until } from '../harness/hark.mjs';

let hark;
let firm;

before(async () => {
  hark = await startHark();
  firm = await company(hark, 'acme', { agents: { boss: { role: 'Administrators', queue: false }, anna: {}, ben: {} } });
});
after(() => hark?.stop());

describe('an agent who is deleted', () => {
  test('X-ROUT-02 leaves no chat ringing, and keeps no place in any', async () => {
    const anna = await Agent.at(hark, firm, 'anna');
    const boss = (await Agent.at(hark, firm, 'boss', { status: null })).client;
    const vera = new Visitor(hark, firm.key);
    await vera.start('Is anybody there?');
    const offers = () => hark.sql(`SELECT agent_id, state FROM offer WHERE conversation_id = ${vera.chat} AND state = 'ringing'`);
    await until('it rings at anna', async () => (await offers()).some((row) => Number(row.agent_id) === firm.agents.anna));
    const deleted = await boss.post(`/admin/agents/${firm.agents.anna}/delete`, { form: boss.formToken });
    assert.equal(deleted.status, 303, deleted.text);
    await until('it rings no more', async () => (await offers()).length === 0);
    assert.equal((await anna.act(vera.chat, 'accept')).status, 401);
    assert.equal((await vera.sync()).conversation.state, 'waiting');
    const ben = await Agent.at(hark, firm, 'ben');
    await until('a colleague takes it', async () => (await ben.act(vera.chat, 'accept')).status === 200);
    assert.deepEqual((await hark.sql(`SELECT chats, status FROM agent WHERE id = ${firm.agents.anna}`))[0], { chats: '0', status: 'offline' });
  });
});
