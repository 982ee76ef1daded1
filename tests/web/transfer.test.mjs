// SPDX-License-Identifier: BSD-2-Clause
// transfer.test.mjs - passing chats on when things are not as the one who does it believes.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { startHark } from '../harness/hark.mjs';
import { Agent, company, Visitor } from '../harness/chat.mjs';

let hark;
let firm;
const people = {};
const visitors = [];

async function chatOf(name) {
  const visitor = new Visitor(hark, firm.key);
  assert.equal((await visitor.start()).status, 200);
  assert.equal((await people[name].act(visitor.chat, 'accept')).status, 200);
  return visitor.chat;
}
const body = (reply) => ({ status: reply.status, error: reply.json().error, by: reply.json().by });

before(async () => {
  hark = await startHark();
  firm = await company(hark, 'acme', { agents: { anna: {}, ben: {}, boss: { role: 'Administrators' }, clerk: {} } });
  await hark.sql(`DELETE FROM agent_role WHERE tenant_id = ${firm.id} AND agent_id = ${firm.agents.clerk}`);
  for (const name of ['anna', 'ben', 'boss']) people[name] = await Agent.at(hark, firm, name);
});
after(async () => {
  for (const person of [...Object.values(people), ...visitors]) await person.stop();
  await hark?.stop();
});

describe('passing on', () => {
  test('nobody gives a chat to who may not chat, not even by force, and the console does not offer it', async () => {
    const chat = await chatOf('anna');
    const { agents } = await people.boss.load();
    assert.deepEqual(agents.filter((agent) => !agent.may_chat).map((agent) => agent.id), [firm.agents.clerk]);
    const given = await people.boss.act(chat, 'transfer', { agent: firm.agents.clerk, force: true });
    assert.deepEqual(body(given), { status: 409, error: 'offline', by: undefined });
    assert.equal((await hark.sql(`SELECT agent_id FROM conversation WHERE id = ${chat}`))[0].agent_id, String(firm.agents.anna));
  });

  test('the note of a transfer is kept and told when the agent has the chat already', async () => {
    const chat = await chatOf('ben');
    people.ben.listen();
    const given = await people.boss.act(chat, 'transfer', { agent: firm.agents.ben, note: 'The customer is in a hurry' });
    assert.equal(given.status, 200);
    await people.ben.heard((event) => event.type === 'message' && event.message.kind === 'note' && event.message.text === 'The customer is in a hurry');
    assert.deepEqual((await people.ben.messages(chat)).filter((message) => message.kind === 'note').map((message) => message.author), [firm.agents.boss]);
  });

  test('who has lost a chat is told who has it, or that nobody has', async () => {
    const chat = await chatOf('anna');
    assert.equal((await people.boss.act(chat, 'transfer', { agent: firm.agents.ben })).status, 200);
    const lost = { status: 409, error: 'taken', by: 'Ben' };
    for (const [what, more] of [['end', {}], ['refuse', {}], ['transfer', { queue: firm.queue }]])
      assert.deepEqual(body(await people.anna.act(chat, what, more)), lost, what);
    assert.equal((await people.boss.act(chat, 'transfer', { queue: firm.queue })).status, 200);
    for (const [what, more] of [['end', {}], ['transfer', { agent: firm.agents.boss }]])
      assert.deepEqual(body(await people.anna.act(chat, what, more)), { status: 409, error: 'not_yours', by: undefined }, what);
    assert.equal((await people.boss.act(chat, 'end')).status, 200);
  });
});

test('the place in the queue is told with the number of the newest message', async () => {
  const first = new Visitor(hark, firm.key);
  await first.start();
  const second = new Visitor(hark, firm.key);
  visitors.push(second);
  await second.start();
  second.listen();
  await people.boss.act(first.chat, 'claim');
  const moved = await second.heard((event) => event.type === 'state' && event.position === 1);
  assert.equal(moved.last_seq, 1);
});
