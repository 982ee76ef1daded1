// SPDX-License-Identifier: BSD-2-Clause
// queue_gone.test.mjs - a queue is deleted, or is not for chats any more, while chats wait there: they wait and ring in another one.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { Agent, company, Visitor } from '../harness/chat.mjs';
import { startHark, until } from '../harness/hark.mjs';

let hark;
let firm;
let anna;
let david;
let boss;

const row = async (chat) => (await hark.sql(`SELECT state, queue_id, agent_id FROM conversation WHERE id = ${chat}`))[0];
const offers = (chat, agent) => hark.sql(`SELECT state FROM offer WHERE conversation_id = ${chat} AND agent_id = ${firm.agents[agent]}`);

/** A queue of David alone, and a chat that rings there because Anna passed it on. */
async function ringing(name) {
  const made = await boss.json('POST', '/api/v1/queues', { name, agents: [firm.agents.david] });
  assert.equal(made.status, 201, made.text);
  const queue = made.json().id;
  const vera = new Visitor(hark, firm.key);
  await vera.start();
  vera.listen();
  assert.equal((await anna.act(vera.chat, 'accept')).status, 200);
  assert.equal((await anna.act(vera.chat, 'transfer', { queue })).status, 200);
  await until('it rings at David', async () => (await david.load()).offers.includes(vera.chat));
  return { queue, vera };
}

/** It waits in the Inbox, where Anna takes it; David missed nothing, and the visitor knows the place. */
async function goesOn({ queue, vera }) {
  const { message } = await anna.heard((event) => event.type === 'message' && event.c === vera.chat && event.message.event?.what === 'moved');
  assert.equal(message.event.name, 'Inbox');
  const { seq } = message;
  await vera.heard((event) => event.type === 'state' && event.last_seq >= seq && event.position === 1);
  assert.deepEqual((await offers(vera.chat, 'david')).map((one) => one.state), ['withdrawn']);
  assert.notEqual(Number((await row(vera.chat)).queue_id), queue);
  assert.deepEqual((await david.load()).offers, []);
  assert.equal((await anna.act(vera.chat, 'claim')).status, 200);
  const page = await boss.get(`/admin/history/${vera.chat}`);
  assert.match(page.text, /The queue takes no chats any more: the chat waits in Inbox/);
  await vera.stop();
}

before(async () => {
  hark = await startHark();
  firm = await company(hark, 'acme', { agents: { boss: { role: 'Administrators', queue: false }, anna: {}, david: { queue: false } } });
  boss = (await Agent.at(hark, firm, 'boss', { status: null })).client;
  anna = await Agent.at(hark, firm, 'anna');
  david = await Agent.at(hark, firm, 'david');
  anna.listen();
});
after(async () => {
  await anna?.stop();
  await hark?.stop();
});

describe('a queue with chats that wait', () => {
  test('is deleted: the question says where they go, and they go there', async () => {
    const chat = await ringing('Support');
    const asked = await boss.get(`/admin/queues/${chat.queue}/delete`);
    assert.match(asked.text, /Chats that wait in it go to the oldest of the other queues for chats/);
    const deleted = await boss.post(`/admin/queues/${chat.queue}/delete`, { form: boss.formToken });
    assert.equal(deleted.status, 303, deleted.text);
    await goesOn(chat);
  });

  test('is not for chats any more: they go to another', async () => {
    const chat = await ringing('Sales');
    const changed = await boss.json('PATCH', `/api/v1/queues/${chat.queue}`, { for_chat: false });
    assert.equal(changed.status, 200, changed.text);
    await goesOn(chat);
  });

  test('stays for chats as long as a widget needs it', async () => {
    const made = await boss.json('POST', '/api/v1/queues', { name: 'Spare' });
    const refused = await boss.json('PATCH', `/api/v1/queues/${firm.queue}`, { for_chat: false });
    assert.equal(refused.status, 422, refused.text);
    assert.match(refused.text, /must stay: it is still used under “My widgets”/);
    const spare = made.json().id;
    assert.equal((await boss.json('PATCH', `/api/v1/queues/${spare}`, { for_chat: false })).status, 200);
    assert.equal((await boss.json('PATCH', `/api/v1/queues/${firm.queue}`, { description: 'All' })).status, 200);
  });

  test('was deleted while an agent who is gone now had a chat of it: it waits in another', async () => {
    const chat = await ringing('Returns');
    assert.equal((await david.act(chat.vera.chat, 'accept')).status, 200);
    assert.equal((await boss.json('DELETE', `/api/v1/queues/${chat.queue}`)).status, 204);
    assert.equal((await row(chat.vera.chat)).state, 'active');
    assert.equal((await boss.json('DELETE', `/api/v1/agents/${firm.agents.david}`)).status, 204);
    await anna.heard((event) => event.type === 'message' && event.c === chat.vera.chat && event.message.event?.what === 'moved');
    assert.equal((await anna.act(chat.vera.chat, 'accept')).status, 200);
    await chat.vera.stop();
  });
});
