// SPDX-License-Identifier: BSD-2-Clause
// console_work.test.mjs - what the console counts and hears: unread messages, colleagues who leave, agents with many queues and chats.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Agent, company, Visitor } from '../harness/chat.mjs';
import { request, startHark, until } from '../harness/hark.mjs';

let hark;
const people = [];

before(async () => {
  hark = await startHark();
});
after(async () => {
  for (const person of people) await person.stop();
  await hark?.stop();
});

describe('unread', () => {
  test('counts what the visitor wrote and sent after what the agent has seen, and nothing else', async () => {
    const firm = await company(hark, 'acme');
    const anna = await Agent.at(hark, firm, 'anna');
    const vera = new Visitor(hark, firm.key);
    await vera.start();
    const unread = async () => (await anna.load()).conversations.find((row) => row.id === vera.chat).unread;
    assert.equal(await unread(), 1, 'the first text');
    await anna.act(vera.chat, 'accept');
    assert.equal(await unread(), 1, 'events do not count');
    await anna.say(vera.chat, 'Hello');
    await anna.act(vera.chat, 'note', { client_id: 'a-note-of-anna', text: 'nice' });
    assert.equal(await unread(), 1, 'own words and notes do not count');
    const second = (await vera.say('One', 'the-same-message')).json().seq;
    await vera.say('One', 'the-same-message');
    await vera.upload('a.txt', 'a file');
    await vera.say('Two');
    assert.equal(await unread(), 4);
    assert.equal((await anna.act(vera.chat, 'seen', { seq: second })).status, 204);
    assert.equal(await unread(), 2, 'those after what was seen');
    assert.equal((await anna.act(vera.chat, 'seen', { seq: second - 1 })).status, 204);
    assert.equal(await unread(), 2, 'marks only grow');
    const last = (await anna.load()).conversations[0].last_seq;
    assert.equal((await anna.act(vera.chat, 'seen', { seq: last + 5 })).status, 204);
    assert.equal(await unread(), 2, 'nobody has seen what is not there');
    await anna.act(vera.chat, 'seen', { seq: last });
    assert.equal(await unread(), 0);
    await vera.say('Three');
    assert.equal(await unread(), 1);
  });
});

describe('leaving', () => {
  test('when an agent signs out, the colleagues are told and what rang there rings no more', async () => {
    const firm = await company(hark, 'beta', { agents: { anna: {}, ben: {} }, maxChats: 1 });
    await hark.kill('hark-jobs');          // not by the sweep
    const anna = await Agent.at(hark, firm, 'anna');
    const vera = new Visitor(hark, firm.key);
    await vera.start();
    await anna.load();
    assert.deepEqual(anna.state.offers, [vera.chat]);
    const ben = await Agent.at(hark, firm, 'ben');
    await ben.act(vera.chat, 'refuse');
    ben.listen();
    people.push(ben);
    await anna.client.get('/console');
    assert.equal((await anna.client.post('/sign-out', { form: anna.client.formToken })).status, 303);
    const told = await ben.heard((event) => event.type === 'agent' && event.agent.alias === 'Anna' && event.agent.status === 'offline');
    assert.ok(told);
    await ben.heard((event) => event.type === 'conversation' && event.c === vera.chat && event.conversation.state === 'waiting');
    const [{ state }] = await hark.sql(`SELECT state FROM offer WHERE tenant_id = ${firm.id} AND agent_id = ${firm.agents.anna}`);
    assert.equal(state, 'withdrawn');
    await hark.restart('hark-jobs');
  });

  test('one of two devices signing out leaves the agent online', async () => {
    const firm = await company(hark, 'gamma', { agents: { anna: {}, ben: {} } });
    const desk = await Agent.at(hark, firm, 'anna');
    const phone = await Agent.at(hark, firm, 'anna', { status: null });
    await phone.client.get('/console');
    await phone.client.post('/sign-out', { form: phone.client.formToken });
    assert.equal((await desk.load()).me.status, 'online');
  });

  test('a deleted agent is out, and the colleagues are told', async () => {
    const firm = await company(hark, 'delta', { agents: { anna: {}, boss: { role: 'Administrators' } } });
    const anna = await Agent.at(hark, firm, 'anna');
    const boss = await Agent.at(hark, firm, 'boss');
    boss.listen();
    people.push(boss);
    const vera = new Visitor(hark, firm.key);
    await vera.start();
    assert.equal((await anna.act(vera.chat, 'accept')).status, 200);
    assert.equal((await boss.client.submit(`/admin/agents/${firm.agents.anna}/delete`, {}, { form: '/delete' })).status, 303);
    await boss.heard((event) => event.type === 'agent' && event.agent.id === firm.agents.anna && event.agent.status === 'offline');
    assert.equal((await anna.json('GET', '/console/state')).status, 401);
    await until('the chat to be in its queue again', async () => (await vera.sync()).conversation.agent === null);
    assert.equal((await boss.act(vera.chat, 'claim', { force: true })).status, 200, 'a supervisor takes the chat over');
    assert.equal((await vera.sync()).conversation.agent.alias, 'Boss');
    assert.match((await boss.client.get('/admin/history')).text, /Vera/);
    assert.equal((await request(`${hark.url}/live/poll?ticket=${encodeURIComponent(anna.ticket)}`)).status, 403);
  });
});

describe('tickets', () => {
  test('an agent with more queues and open chats than a ticket holds gets one that is good', async () => {
    const firm = await company(hark, 'epsilon', { agents: { anna: {} } });
    for (let i = 0; i < 70; i += 1) {
      await hark.sql(`INSERT INTO queue (tenant_id, name, created_at, updated_at) VALUES (${firm.id}, 'Queue ${i}', 1, 1);
        INSERT INTO queue_agent (tenant_id, queue_id, agent_id) VALUES (${firm.id}, LAST_INSERT_ID(), ${firm.agents.anna})`);
    }
    const anna = await Agent.at(hark, firm, 'anna');
    const chats = [];
    for (let i = 0; i < 25; i += 1) {
      const visitor = new Visitor(hark, firm.key);
      assert.equal((await visitor.start()).status, 200);
      chats.push(visitor.chat);
    }
    const { ticket } = (await anna.ok('POST', '/console/ticket', { open: chats })).json();
    const [, , , hear, say] = Buffer.from(ticket.split('.')[0], 'base64url').toString().split('\n');
    assert.ok(hear.split(' ').length <= 64 && say.split(' ').length <= 64);
    assert.ok(hear.split(' ').includes(`${firm.id}.a${firm.agents.anna}`));
    assert.equal((await request(`${hark.url}/live/poll?ticket=${encodeURIComponent(ticket)}`)).status, 200);
    const doubled = (await anna.ok('POST', '/console/ticket', { open: Array(30).fill(chats[0]) })).json().ticket;
    assert.equal((await request(`${hark.url}/live/poll?ticket=${encodeURIComponent(doubled)}`)).status, 200);
  });
});
