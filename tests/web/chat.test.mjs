// SPDX-License-Identifier: BSD-2-Clause
// chat.test.mjs - a visitor and agents chat: ringing, accepting, talking, files, transfer, notes, ending, history; and what must not work.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { startHark, until } from '../harness/hark.mjs';
import { request } from '../harness/http.mjs';
import { Agent, company, sayTooMuch, Visitor } from '../harness/chat.mjs';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
let hark;
let acme;
let beta;
const people = [];

const agentAt = async (tenant, name, options) => {
  const agent = await Agent.at(hark, tenant, name, options);
  people.push(agent);
  return agent;
};
const texts = (messages) => messages.filter((message) => message.kind !== 'event' && message.kind !== 'hidden').map((message) => message.text);
const whats = (messages) => messages.filter((message) => message.kind === 'event').map((message) => message.event.what);

/** Visitors of the firm were last seen ten minutes ago by a daemon that has been there for longer, for the sweep that looks after closed pages. */
const forget = (firm) => hark.sql(`UPDATE visitor SET seen_at = seen_at - 600000 WHERE tenant_id = ${firm.id};
  UPDATE tenant SET updated_at = updated_at - 600000 WHERE id = ${firm.id}; UPDATE live_epoch SET since = since - 600000`);

/** A company of its own, so that the queues of tests do not mix. */
let companies = 0;
async function fresh(agents, maxChats) {
  companies += 1;
  return company(hark, `firm${companies}`, { agents, maxChats });
}

async function activeChat(firm, agent) {
  const visitor = new Visitor(hark, firm.key);
  assert.equal((await visitor.start()).status, 200);
  assert.equal((await agent.act(visitor.chat, 'accept')).status, 200);
  return visitor;
}

before(async () => {
  hark = await startHark({ conf: { upload_max: 65536 } });
  acme = await company(hark, 'acme', { agents: { anna: {}, ben: {}, boss: { role: 'Administrators' } } });
  beta = await company(hark, 'beta', { agents: { zoe: { role: 'Administrators' } } });
});
after(async () => {
  for (const person of people) await person.stop();
  await hark?.stop();
});

describe('the main job', () => {
  test('X-ROUT-01 X-ROUT-03 A-CONS-03 K-03 a new chat rings at all agents of the queue; one accepts, the others are told', async () => {
    const firm = await fresh({ anna: {}, ben: {} });
    const anna = await agentAt(firm, 'anna');
    const ben = await agentAt(firm, 'ben');
    anna.listen();
    ben.listen();
    const visitor = new Visitor(hark, firm.key);
    const started = await visitor.start('Do you sell boots?');
    assert.equal(started.status, 200, started.text);
    assert.equal(started.json().conversation.position, 1);
    for (const agent of [anna, ben]) {
      const offer = await agent.heard((event) => event.type === 'offer' && event.c === visitor.chat, 2);
      assert.equal(offer.conversation.last_text, 'Do you sell boots?');
    }
    const both = await Promise.all([anna.act(visitor.chat, 'accept'), ben.act(visitor.chat, 'accept')]);
    assert.deepEqual(both.map((reply) => reply.status).sort(), [200, 409]);
    const [winner, loser] = both[0].status === 200 ? [anna, ben] : [ben, anna];
    const refusal = both.find((reply) => reply.status === 409).json();
    assert.equal(refusal.error, 'taken');
    assert.equal(refusal.by, winner === anna ? 'Anna' : 'Ben');
    const end = await loser.heard((event) => event.type === 'offer_end' && event.c === visitor.chat);
    assert.equal(end.reason, 'accepted');
    assert.equal(end.by, refusal.by);
    assert.equal((await winner.act(visitor.chat, 'accept')).status, 200, 'accepting again is no error');
  });

  test('X-CHAT-02 X-UI-01 K-04 both talk, in order, and hear each other at once', async () => {
    const firm = await fresh({ anna: {} });
    const anna = await agentAt(firm, 'anna');
    const visitor = await activeChat(firm, anna);
    await anna.load(visitor.chat);
    visitor.listen();
    anna.listen();
    assert.equal((await anna.say(visitor.chat, 'Good morning 👋')).status, 200);
    const heard = await visitor.heard((event) => event.type === 'message' && event.message.text === 'Good morning 👋');
    assert.equal(heard.message.by, 'agent');
    assert.equal(heard.message.name, 'Anna');
    assert.equal((await visitor.say('Size 43?')).status, 200);
    await anna.heard((event) => event.type === 'message' && event.message.text === 'Size 43?');
    const seen = await visitor.sync();
    assert.deepEqual(texts(seen.messages), ['Hello', 'Good morning 👋', 'Size 43?']);
    assert.deepEqual(seen.messages.map((message) => message.seq), seen.messages.map((_, index) => index + 1), 'no gaps');
    assert.deepEqual(texts(await anna.messages(visitor.chat)), texts(seen.messages));
    await visitor.stop();
    await anna.stop();
  });

  test('F-CONS-04 files go both ways, are kept outside the web root and served as attachments', async () => {
    const firm = await fresh({ anna: {} });
    const anna = await agentAt(firm, 'anna');
    const visitor = await activeChat(firm, anna);
    const sent = await visitor.upload('../../holiday ☀.png', PNG);
    assert.equal(sent.status, 200, sent.text);
    const { file } = sent.json().message;
    assert.deepEqual([file.name, file.type, file.preview, file.size], ['holiday ☀.png', 'image/png', null, PNG.length]);
    const got = await anna.client.get(`/console/files/${file.id}`);
    assert.deepEqual(got.body, PNG);
    assert.equal(got.headers['x-content-type-options'], 'nosniff');
    assert.match(got.headers['content-security-policy'], /sandbox/);
    assert.match(got.headers['content-disposition'], /^attachment; filename="holiday _+\.png"; filename\*=UTF-8''holiday%20%E2%98%80\.png$/);
    const answer = await anna.upload(visitor.chat, 'price.txt', 'two for 10');
    assert.equal(answer.status, 200, answer.text);
    const id = answer.json().message.file.id;
    const read = await request(`${hark.url}/visit/${firm.key}/file/${id}?conversation=${visitor.chat}`, { headers: { 'X-Hark-Visitor': visitor.token } });
    assert.equal(read.text, 'two for 10');
    assert.match(read.headers['content-disposition'], /^attachment/);
  });

  test('files that are too large, empty or of a refused kind are told so, with the limit, and nothing is kept', async () => {
    const firm = await fresh({ anna: {} });
    const anna = await agentAt(firm, 'anna');
    const visitor = await activeChat(firm, anna);
    const large = await visitor.upload('a.png', Buffer.concat([PNG, Buffer.alloc(70000)]));
    assert.equal(large.status, 413, large.text);
    assert.equal((await visitor.upload('a.svg', '<svg/>')).status, 415);
    assert.equal((await visitor.upload('a.png', '<html>')).status, 415);
    assert.equal((await visitor.upload('a.php', '<?php')).status, 415);
    assert.equal((await visitor.upload('a.txt', '')).status, 422);
    assert.equal((await visitor.upload('', 'x')).status, 422);
    const [{ count }] = await hark.sql(`SELECT COUNT(*) AS count FROM file WHERE tenant_id = ${firm.id}`);
    assert.equal(Number(count), 0);
  });

  test('X-ROUT-02 a refused chat goes on ringing at the others, and to the refuser only when nobody is left', async () => {
    const firm = await fresh({ anna: {}, ben: {} });
    const anna = await agentAt(firm, 'anna');
    const ben = await agentAt(firm, 'ben');
    const visitor = new Visitor(hark, firm.key);
    await visitor.start();
    assert.equal((await anna.act(visitor.chat, 'refuse')).status, 204);
    assert.deepEqual((await anna.load()).offers, []);
    assert.deepEqual((await ben.load()).offers, [visitor.chat]);
    assert.equal((await ben.act(visitor.chat, 'refuse')).status, 204);
    assert.equal((await anna.ok('GET', `/console/conversations/${visitor.chat}`)).json().conversation.state, 'waiting');
    // Half a minute later it rings again: the refusals are made old instead of waiting.
    await hark.sql(`UPDATE offer SET answered_at = answered_at - 60000 WHERE tenant_id = ${firm.id}`);
    await until('it rings again', async () => (await anna.load()).offers.includes(visitor.chat));
  });

  test('A-CONS-04 F-CONS-02 a chat is passed to an agent and to a queue, with a note that the visitor never sees', async () => {
    const firm = await fresh({ anna: {}, ben: {} });
    const anna = await agentAt(firm, 'anna');
    const ben = await agentAt(firm, 'ben');
    ben.listen();
    const visitor = await activeChat(firm, anna);
    const passed = await anna.act(visitor.chat, 'transfer', { agent: firm.agents.ben, note: 'knows boots' });
    assert.equal(passed.status, 200, passed.text);
    assert.equal(passed.json().conversation.agent, firm.agents.ben);
    assert.equal((await anna.say(visitor.chat, 'mine?')).json().error, 'not_yours');
    assert.equal((await ben.say(visitor.chat, 'I am Ben')).status, 200);
    const back = await ben.act(visitor.chat, 'transfer', { queue: firm.queue });
    assert.equal(back.status, 200, back.text);
    await until('it rings at Anna', async () => (await anna.load()).offers.includes(visitor.chat));
    assert.ok(!(await ben.load()).offers.includes(visitor.chat), 'who gave it back is asked last');
    const read = JSON.stringify((await visitor.sync()).messages);
    assert.doesNotMatch(read, /knows boots/);
    assert.match(JSON.stringify(await anna.messages(visitor.chat)), /knows boots/);
    assert.equal((await anna.act(visitor.chat, 'transfer', {})).status, 422);
    assert.equal((await anna.act(visitor.chat, 'transfer', { agent: 1, queue: 1 })).status, 422);
    await ben.stop();
  });

  test('A-CONS-07 a note is for agents: the visitor sees a number without words', async () => {
    const firm = await fresh({ anna: {} });
    const anna = await agentAt(firm, 'anna');
    const visitor = await activeChat(firm, anna);
    visitor.listen();
    assert.equal((await anna.act(visitor.chat, 'note', { client_id: randomUUID(), text: 'VIP, be nice' })).status, 200);
    await anna.say(visitor.chat, 'Hi');
    await visitor.heard((event) => event.message?.text === 'Hi');
    assert.doesNotMatch(JSON.stringify(visitor.events), /VIP/);
    assert.doesNotMatch(JSON.stringify(await visitor.sync()), /VIP/);
    assert.ok(visitor.events.some((event) => event.message?.kind === 'hidden'));
    await visitor.stop();
  });

  test('F-CONS-03 either side ends; the times are written, the chat leaves the open ones, and nobody writes any more', async () => {
    const firm = await fresh({ anna: {} });
    const anna = await agentAt(firm, 'anna');
    const one = await activeChat(firm, anna);
    const two = await activeChat(firm, anna);
    await anna.say(one.chat, 'Bye');
    const ended = await anna.act(one.chat, 'end');
    assert.equal(ended.json().conversation.state, 'closed');
    assert.equal(ended.json().conversation.close_reason, 'agent');
    assert.equal((await two.json('end', { conversation: two.chat })).status, 200);
    const rows = await hark.sql(`SELECT id, close_reason, accepted_at, first_reply_at, closed_at FROM conversation WHERE tenant_id = ${firm.id} ORDER BY id`);
    assert.deepEqual(rows.map((row) => row.close_reason), ['agent', 'visitor']);
    assert.ok(rows.every((row) => Number(row.accepted_at) > 0 && Number(row.closed_at) >= Number(row.accepted_at)));
    assert.ok(Number(rows[0].first_reply_at) > 0);
    assert.deepEqual((await anna.load()).conversations, []);
    assert.equal((await one.say('still there?')).json().error, 'closed');
    assert.equal((await one.upload('a.png', PNG)).json().error, 'closed');
    assert.equal((await anna.say(two.chat, 'hm')).json().error, 'closed');
    const [{ chats }] = await hark.sql(`SELECT chats FROM agent WHERE tenant_id = ${firm.id}`);
    assert.equal(Number(chats), 0, 'the capacity is free again');
  });

  test('F-CLAIM-01 F-CLAIM-02 only who has the chat writes; others claim a waiting one', async () => {
    const firm = await fresh({ anna: {}, ben: {} });
    const ben = await agentAt(firm, 'ben');
    const anna = await agentAt(firm, 'anna', { status: 'away' });
    const visitor = new Visitor(hark, firm.key);
    await visitor.start();
    assert.equal((await anna.say(visitor.chat, 'hello')).json().error, 'not_yours');
    assert.equal((await anna.act(visitor.chat, 'claim')).status, 200);
    assert.equal((await anna.say(visitor.chat, 'hello')).status, 200);
    assert.equal((await ben.act(visitor.chat, 'claim')).json().error, 'taken');
    assert.equal((await ben.act(visitor.chat, 'claim', { force: true })).status, 403, 'only supervisors take over');
  });
});

describe('waiting', () => {
  test('U-43 K-06 A-CONS-09 the oldest waits at the front, positions are told, and freed capacity pulls it at once', async () => {
    const firm = await fresh({ anna: {} }, 1);
    const anna = await agentAt(firm, 'anna');
    const visitors = [];
    for (let index = 0; index < 3; index += 1) {
      const visitor = new Visitor(hark, firm.key);
      const reply = await visitor.start(`number ${index}`);
      assert.equal(reply.status, 200, reply.text);
      visitors.push(visitor);
    }
    const [one, two, three] = visitors;
    assert.equal((await three.sync()).conversation.position, 3);
    assert.deepEqual((await anna.load()).offers, [one.chat], 'one at a time rings at an agent with room for one');
    three.listen();
    assert.equal((await anna.act(one.chat, 'accept')).status, 200);
    await three.heard((event) => event.type === 'state' && event.position === 2);
    await three.stop();
    assert.deepEqual((await anna.load()).offers, []);
    assert.equal((await anna.act(two.chat, 'claim')).json().error, 'full');
    assert.equal((await two.sync()).conversation.position, 1);
    anna.listen();
    await anna.act(one.chat, 'end');
    await anna.heard((event) => event.type === 'offer' && event.c === two.chat, 2);
    assert.deepEqual((await anna.load()).offers, [two.chat]);
    await anna.stop();
  });

  test('K-05 no state without an exit: a supervisor assigns and closes, the visitor leaves', async () => {
    const firm = await fresh({ anna: {}, boss: { role: 'Administrators', queue: false } });
    const boss = await agentAt(firm, 'boss');
    const anna = await agentAt(firm, 'anna');
    const visitor = new Visitor(hark, firm.key);
    await visitor.start();
    await anna.ok('POST', '/console/status', { status: 'offline' });
    assert.equal((await visitor.sync()).conversation.state, 'waiting', 'nobody is left to ring');
    await anna.ok('POST', '/console/status', { status: 'online' });
    assert.equal((await boss.act(visitor.chat, 'transfer', { agent: firm.agents.anna })).status, 200);
    assert.equal((await boss.act(visitor.chat, 'claim', { force: true })).status, 200, 'takes an active chat over');
    assert.equal((await boss.act(visitor.chat, 'end')).status, 200);
    const second = new Visitor(hark, firm.key);
    await second.start();
    assert.equal((await boss.act(second.chat, 'end')).json().conversation.close_reason, 'supervisor');
    const third = new Visitor(hark, firm.key);
    await third.start();
    assert.equal((await third.json('end', { conversation: third.chat })).json().conversation.close_reason, 'abandoned');
  });

  test('a chat that nobody can hear is not begun: the visitor is told that nobody is online', async () => {
    const firm = await fresh({ anna: {} });
    const reply = await new Visitor(hark, firm.key).start();
    assert.equal(reply.status, 409);
    assert.equal(reply.json().error, 'offline');
  });

  test('fifty accept one chat at once: it has one owner, and no limit is passed', async () => {
    const names = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`agent${index}`, {}]));
    const firm = await fresh(names, 1);
    const agents = [];
    for (const name of Object.keys(names)) agents.push(await agentAt(firm, name));
    const visitors = [];
    for (let index = 0; index < 5; index += 1) {
      const visitor = new Visitor(hark, firm.key);
      await visitor.start();
      visitors.push(visitor);
    }
    const replies = await Promise.all(agents.flatMap((agent) => visitors.map((visitor) => agent.act(visitor.chat, 'claim'))));
    assert.ok(replies.every((reply) => [200, 409].includes(reply.status)), JSON.stringify(replies.map((reply) => reply.status)));
    const owners = await hark.sql(`SELECT agent_id FROM conversation WHERE tenant_id = ${firm.id} AND state = 'active'`);
    assert.equal(owners.length, 5);
    assert.equal(new Set(owners.map((row) => row.agent_id)).size, 5, 'each agent has one');
    const over = await hark.sql(`SELECT id FROM agent WHERE tenant_id = ${firm.id} AND chats > 1`);
    assert.deepEqual(over, []);
  });
});

describe('nothing is lost and nothing is doubled', () => {
  test('U-01 a start and a message that are sent again are the same ones', async () => {
    const firm = await fresh({ anna: {} });
    await agentAt(firm, 'anna');
    const visitor = new Visitor(hark, firm.key);
    const body = { client_id: randomUUID(), text: 'once', name: 'Vera' };
    const replies = await Promise.all([1, 2, 3, 4].map(() => visitor.json('start', body)));
    assert.deepEqual(replies.map((reply) => reply.status), [200, 200, 200, 200], replies.map((reply) => reply.text).join('\n'));
    assert.equal(new Set(replies.map((reply) => reply.json().conversation.id)).size, 1);
    visitor.chat = replies[0].json().conversation.id;
    const id = randomUUID();
    const sent = await Promise.all([1, 2, 3, 4, 5].map(() => visitor.say('twice?', id)));
    assert.deepEqual(new Set(sent.map((reply) => reply.status)), new Set([200]));
    assert.equal(new Set(sent.map((reply) => reply.json().seq)).size, 1);
    const { messages } = await visitor.sync();
    assert.deepEqual(texts(messages), ['once', 'twice?']);
    assert.deepEqual(messages.map((message) => message.seq), [1, 2]);
  });

  test('what a chat took before it closed is acknowledged again, and nothing new is taken', async () => {
    const firm = await fresh({ anna: {} });
    const anna = await agentAt(firm, 'anna');
    const visitor = await activeChat(firm, anna);
    const [mine, hers] = [randomUUID(), randomUUID()];
    const first = (await visitor.say('last word', mine)).json().seq;
    const second = (await anna.say(visitor.chat, 'mine is later', hers)).json().message.seq;
    await anna.act(visitor.chat, 'end');
    assert.equal((await visitor.say('last word', mine)).json().seq, first);
    assert.equal((await anna.say(visitor.chat, 'mine is later', hers)).json().message.seq, second);
    assert.equal((await visitor.say('one more')).json().error, 'closed');
    assert.equal((await anna.say(visitor.chat, 'one more')).json().error, 'closed');
    assert.equal((await anna.act(visitor.chat, 'note', { client_id: randomUUID(), text: 'for later' })).status, 200);
    assert.deepEqual(whats(await anna.messages(visitor.chat)), ['accepted', 'closed']);
  });

  test('K-01 K-02 an agent who was away asks with the numbers that it has and gets what it missed', async () => {
    const firm = await fresh({ anna: {} });
    const anna = await agentAt(firm, 'anna');
    const visitor = await activeChat(firm, anna);
    const have = (await anna.messages(visitor.chat)).at(-1).seq;
    for (let index = 0; index < 7; index += 1) assert.equal((await visitor.say(`missed ${index}`)).status, 200);
    const { messages, conversations, ticket } = (await anna.ok('POST', '/console/sync', { have: { [visitor.chat]: have } })).json();
    assert.deepEqual(texts(messages[visitor.chat]), [0, 1, 2, 3, 4, 5, 6].map((index) => `missed ${index}`));
    assert.equal(conversations.find((row) => row.id === visitor.chat).last_seq, have + 7);
    assert.ok(ticket);
  });

  test('P-81 a long conversation opens with its last fifty messages, and the older ones come in pages', async () => {
    const firm = await fresh({ anna: {} });
    const anna = await agentAt(firm, 'anna');
    const visitor = await activeChat(firm, anna);
    await hark.sql(`UPDATE conversation SET last_seq = last_seq + 200 WHERE tenant_id = ${firm.id}`);
    const values = Array.from({ length: 200 }, (_, index) => `(${firm.id}, ${visitor.chat}, ${index + 3}, 'text', 'visitor', 'line ${index}', 1)`);
    await hark.sql(`INSERT INTO message (tenant_id, conversation_id, seq, kind, author_kind, body, created_at) VALUES ${values.join(',')}`);
    const opened = await anna.ok('GET', `/console/conversations/${visitor.chat}`);
    const { messages, more } = opened.json();
    assert.equal(messages.length, 50);
    assert.ok(more);
    assert.ok(opened.text.length < 100000);
    assert.equal(messages.at(-1).text, 'line 199');
    const older = (await anna.ok('GET', `/console/conversations/${visitor.chat}/messages?before=${messages[0].seq}`)).json();
    assert.equal(older.messages.at(-1).seq, messages[0].seq - 1);
    assert.equal(older.messages.length, 50);
  });

  test('P-13 drafts are kept on the server for each agent and conversation', async () => {
    const firm = await fresh({ anna: {}, ben: {} });
    const anna = await agentAt(firm, 'anna');
    const ben = await agentAt(firm, 'ben');
    const visitor = await activeChat(firm, anna);
    assert.equal((await anna.act(visitor.chat, 'draft', { text: 'half a sent' })).status, 204);
    assert.equal((await anna.ok('GET', `/console/conversations/${visitor.chat}`)).json().draft, 'half a sent');
    assert.equal((await ben.ok('GET', `/console/conversations/${visitor.chat}`)).json().draft, '');
    assert.equal((await anna.act(visitor.chat, 'draft', { text: '' })).status, 204);
    assert.equal((await anna.ok('GET', `/console/conversations/${visitor.chat}`)).json().draft, '');
  });
});

describe('saying without keeping', () => {
  test('P-12 M-TOOL-11 viewing, typing and the preview of what the visitor writes reach the others within two seconds', async () => {
    const firm = await fresh({ anna: {}, ben: {} });
    const anna = await agentAt(firm, 'anna');
    const ben = await agentAt(firm, 'ben');
    const visitor = await activeChat(firm, anna);
    for (const person of [anna, ben]) {
      await person.load(visitor.chat);
      person.listen();
    }
    visitor.listen();
    const say = (who, body) => request(`${hark.url}/live/say?ticket=${encodeURIComponent(who.ticket)}`, { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
    assert.equal((await say(visitor, { topic: visitor.topic, type: 'preview', c: visitor.chat, text: 'I would li' })).status, 204);
    assert.equal((await anna.heard((event) => event.type === 'preview', 2)).text, 'I would li');
    assert.equal((await say(anna, { topic: `${firm.id}.c${visitor.chat}`, type: 'viewing', c: visitor.chat, on: true, name: 'Anna', from: 'forged' })).status, 204);
    assert.equal((await ben.heard((event) => event.type === 'viewing', 2)).from, `${firm.id}.a${firm.agents.anna}`);
    assert.equal((await say(anna, { topic: `${firm.id}.v${visitor.chat}`, type: 'typing', c: visitor.chat, on: true })).status, 204);
    await visitor.heard((event) => event.type === 'typing', 2);
    assert.equal((await say(visitor, { topic: `${firm.id}.t`, type: 'typing' })).status, 403, 'only on topics of the ticket');
    for (const person of [anna, ben, visitor]) await person.stop();
  });

  test('U-02 the live stream is plain HTTP: no upgrade, JSON answers, no caching', async () => {
    const firm = await fresh({ anna: {} });
    const anna = await agentAt(firm, 'anna');
    const reply = await request(`${hark.url}/live/poll?ticket=${encodeURIComponent(anna.ticket)}`);
    assert.equal(reply.status, 200);
    assert.match(reply.headers['content-type'], /application\/json/);
    assert.equal(reply.headers['cache-control'], 'no-store');
    assert.equal(reply.headers.upgrade, undefined);
  });
});

describe('canned messages', () => {
  test('A-CAN-01 A-CAN-03 A-CAN-04 A-CAN-05 B-CAN-03 public ones are for all, private ones for their owner; found by shortcut and words', async () => {
    const firm = await fresh({ anna: {}, ben: {}, boss: { role: 'Administrators' } });
    const boss = await agentAt(firm, 'boss');
    const anna = await agentAt(firm, 'anna');
    const ben = await agentAt(firm, 'ben');
    const make = (who, values) => who.client.submit('/admin/canned/new', values, { form: '/admin/canned' });
    assert.equal((await make(boss, { name: 'Greeting', shortcut: 'hi', body: 'Hello {{visitor.name}}', category: 'Start' })).status, 303);
    assert.equal((await make(anna, { name: 'Mine', shortcut: 'my', body: 'My own words', is_private: '1' })).status, 303);
    const names = async (who, q = '') => (await who.ok('GET', `/console/canned?q=${q}`)).json().canned.map((one) => one.name);
    assert.deepEqual(await names(anna), ['Greeting', 'Mine']);
    assert.deepEqual(await names(ben), ['Greeting']);
    assert.deepEqual(await names(anna, 'own'), ['Mine']);
    assert.deepEqual(await names(anna, 'hi'), ['Greeting']);
  });

  test('A-CAN-02 without the right nobody makes or changes public ones', async () => {
    const firm = await fresh({ anna: {}, boss: { role: 'Administrators' } });
    const boss = await agentAt(firm, 'boss');
    const anna = await agentAt(firm, 'anna');
    const refused = await anna.client.submit('/admin/canned/new', { name: 'Public', body: 'x' }, { form: '/admin/canned' });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /Only for me must be on: you do not have the right/);
    await boss.client.submit('/admin/canned/new', { name: 'Public', body: 'x' }, { form: '/admin/canned' });
    const [{ id }] = await hark.sql(`SELECT id FROM canned WHERE tenant_id = ${firm.id}`);
    for (const path of [`/admin/canned/${id}`, `/admin/canned/${id}/delete`]) {
      const reply = await anna.client.post(path, { form: anna.client.formToken, name: 'Mine now', body: 'y' });
      assert.equal(reply.status, 403, reply.text);
    }
    const [row] = await hark.sql(`SELECT name, deleted_at FROM canned WHERE tenant_id = ${firm.id}`);
    assert.deepEqual([row.name, row.deleted_at], ['Public', null]);
  });
});

describe('history', () => {
  test('A-HIST-01 A-HIST-02 A-HIST-03 M-CHAT-05 X-CHAT-01 past chats are listed, filtered and found by words, with the whole transcript', async () => {
    const firm = await fresh({ anna: {}, ben: {}, boss: { role: 'Administrators' } });
    const anna = await agentAt(firm, 'anna');
    const boss = await agentAt(firm, 'boss');
    await agentAt(firm, 'ben');
    const visitor = new Visitor(hark, firm.key);
    await visitor.start('Looking for a kayak', { name: 'Rosalind' });
    await anna.act(visitor.chat, 'accept');
    await anna.say(visitor.chat, 'We have three <b>models</b>');
    await anna.act(visitor.chat, 'transfer', { agent: firm.agents.ben });
    await until('the visitor is said to have left', async () => {
      await forget(firm);
      return whats(await anna.messages(visitor.chat)).includes('left');
    }, 40);
    await visitor.json('sync', { conversation: visitor.chat, after: 0 });
    await boss.act(visitor.chat, 'end');
    assert.deepEqual(whats(await boss.messages(visitor.chat)), ['accepted', 'transferred', 'left', 'returned', 'closed']);
    await until('the words are indexed', async () => /Rosalind/.test((await boss.client.get('/admin/history?q=KAYAK')).text));
    assert.match((await boss.client.get('/admin/history?q=rosalind')).text, /Rosalind/);
    assert.doesNotMatch((await boss.client.get('/admin/history?q=canoe')).text, /Rosalind/);
    assert.doesNotMatch((await boss.client.get('/admin/history?q=kayak+canoe')).text, /Rosalind/);
    assert.match((await boss.client.get(`/admin/history?queue=${firm.queue}`)).text, /Rosalind/);
    assert.match((await boss.client.get(`/admin/history?agent=${firm.agents.ben}`)).text, /Rosalind/);
    assert.doesNotMatch((await boss.client.get(`/admin/history?agent=${firm.agents.anna}`)).text, /Rosalind/);
    assert.doesNotMatch((await boss.client.get('/admin/history?to=2020-01-01')).text, /Rosalind/);
    assert.match((await boss.client.get('/admin/history?from=2020-01-01')).text, /Rosalind/);
    assert.match((await boss.client.get('/admin/history?from=yesterday')).text, /A date must look like/);
    const page = (await boss.client.get(`/admin/history/${visitor.chat}`)).text;
    for (const words of ['Looking for a kayak', 'We have three &lt;b&gt;models&lt;/b&gt;', 'Anna accepted the chat', 'Anna passed the chat on: Ben',
      'The visitor left the page', 'The visitor came back', 'Boss ended the chat']) assert.ok(page.includes(words), words);
  });

  test('A-HIST-05 missed and refused requests have a list of their own', async () => {
    const firm = await fresh({ anna: {}, boss: { role: 'Administrators' } });
    const anna = await agentAt(firm, 'anna');
    const boss = await agentAt(firm, 'boss');
    const gone = new Visitor(hark, firm.key);
    await gone.start('nobody came', { name: 'Missedmary' });
    await until('the abandoned chat is closed', async () => {
      await forget(firm);
      return (await hark.sql(`SELECT id FROM conversation WHERE id = ${gone.chat} AND close_reason = 'abandoned'`)).length === 1;
    }, 40);
    const refused = new Visitor(hark, firm.key);
    await refused.start('no', { name: 'Refusedrita' });
    await anna.act(refused.chat, 'refuse');
    await boss.act(refused.chat, 'claim');
    await boss.act(refused.chat, 'end');
    const talked = await activeChat(firm, anna);
    await anna.act(talked.chat, 'end');
    const all = (await boss.client.get('/admin/missed')).text;
    assert.match(all, /Missedmary/);
    assert.match(all, /Refusedrita/);
    assert.doesNotMatch(all, />Vera</);
    assert.doesNotMatch((await boss.client.get('/admin/missed?which=missed')).text, /Refusedrita/);
    assert.doesNotMatch((await boss.client.get('/admin/missed?which=refused')).text, /Missedmary/);
  });
});

describe('widgets', () => {
  test('A-WID-01 A-WID-02 A-WID-03 A-WID-04 A-WID-05 several widgets with codes of their own; the default one exists', async () => {
    const firm = await fresh({ boss: { role: 'Administrators' } });
    const boss = await agentAt(firm, 'boss');
    assert.match((await boss.client.get('/admin/widgets')).text, /Default Widget/);
    const made = await boss.client.submit('/admin/widgets/new', { name: 'Brand two', description: 'the other shop', queue_id: String(firm.queue), button_colour: '#aa0011' }, { form: '/admin/widgets' });
    assert.equal(made.status, 303, made.text);
    const [{ id, widget_key: key }] = await hark.sql(`SELECT id, widget_key FROM widget WHERE tenant_id = ${firm.id} AND name = 'Brand two'`);
    assert.notEqual(key, firm.key);
    const form = await boss.client.get(`/admin/widgets/${id}`);
    assert.match(form.text, /My widget/);
    assert.equal((await boss.client.get(`/admin/widget?id=${id}`)).headers.location, `/admin/widgets/${id}`);
    const loaders = await Promise.all([firm.key, key].map((one) => request(`${hark.url}/widget/${one}.js`)));
    assert.match(loaders[1].text, /#aa0011/);
    assert.doesNotMatch(loaders[0].text, /#aa0011/);
    const changed = await boss.client.submit(`/admin/widgets/${id}`, { name: 'Brand 2', description: 'changed' }, { form: `/admin/widgets/${id}` });
    assert.equal(changed.status, 303, changed.text);
    const gone = await boss.client.submit(`/admin/widgets/${id}/delete`, {}, { form: 'delete' });
    assert.equal(gone.status, 303, gone.text);
    assert.equal((await request(`${hark.url}/widget/${key}.js`)).text, '', 'a deleted widget gives an empty script');
    const last = await boss.client.submit('/admin/widgets/new', { name: '', description: 'typed' });
    assert.equal(last.status, 422);
    assert.match(last.text, /value="typed"/, 'what was typed stays');
  });

  test('A-WID-06 A-WID-07 the installation page shows the code of the chosen widget', async () => {
    const firm = await fresh({ boss: { role: 'Administrators' } });
    const boss = await agentAt(firm, 'boss');
    const first = (await boss.client.get('/admin/installation')).text;
    assert.ok(first.includes(`/widget/${firm.key}.js`));
    await boss.client.submit('/admin/widgets/new', { name: 'Second', queue_id: String(firm.queue) }, { form: '/admin/widgets' });
    const [{ id, widget_key: key }] = await hark.sql(`SELECT id, widget_key FROM widget WHERE tenant_id = ${firm.id} AND name = 'Second'`);
    const second = (await boss.client.get(`/admin/installation?widget=${id}`)).text;
    assert.ok(second.includes(`/widget/${key}.js`));
    assert.ok(!second.includes(`/widget/${firm.key}.js`));
  });

  test('A-WID-08 A-WID-09 the loader knows the colour and whether somebody is online', async () => {
    const firm = await fresh({ anna: {} });
    const look = async () => (await request(`${hark.url}/widget/${firm.key}.js`)).text;
    assert.match(await look(), /"online":false,"offline":"gray"/);
    const anna = await agentAt(firm, 'anna');
    assert.match(await look(), /"online":true/);
    await anna.ok('POST', '/console/gone', {});
    assert.match(await look(), /"online":true/, 'the page may be one that is loaded again');
    await until('nobody is there', async () => /"online":false/.test(await look()));
    const first = await request(`${hark.url}/widget/${firm.key}.js`);
    const again = await request(`${hark.url}/widget/${firm.key}.js`, { headers: { 'If-None-Match': first.headers.etag } });
    assert.equal(again.status, 304);
    assert.equal((await request(`${hark.url}/widget/${'A'.repeat(22)}.js`)).status, 200, 'an unknown key breaks no page');
  });

  test('the panel may be framed by the allowed sites only', async () => {
    const firm = await fresh({ boss: { role: 'Administrators' } });
    await hark.sql(`UPDATE widget SET allowed_hosts = 'shop.example' WHERE tenant_id = ${firm.id}`);
    const panel = await request(`${hark.url}/panel/${firm.key}`);
    assert.match(panel.headers['content-security-policy'], /frame-ancestors https:\/\/shop\.example http:\/\/shop\.example$/);
    assert.doesNotMatch(panel.headers['content-security-policy'], /unsafe/);
    assert.match((await request(`${hark.url}/chat/${firm.key}`)).headers['content-security-policy'], /frame-ancestors 'none'/);
  });
});

describe('bad input', () => {
  test('K-39 another tenant, another visitor and forged tokens see and change nothing', async () => {
    const anna = await agentAt(acme, 'anna');
    const zoe = await agentAt(beta, 'zoe');
    const visitor = await activeChat(acme, anna);
    const file = (await visitor.upload('a.png', PNG)).json().message.file.id;
    for (const what of ['accept', 'refuse', 'claim', 'end', 'message', 'note', 'seen', 'draft', 'contact'])
      assert.equal((await zoe.act(visitor.chat, what, { client_id: randomUUID(), text: 'x' })).status, 404, what);
    assert.equal((await zoe.act(visitor.chat, 'transfer', { queue: beta.queue })).status, 404);
    assert.equal((await zoe.json('GET', `/console/conversations/${visitor.chat}`)).status, 404);
    assert.equal((await zoe.client.get(`/console/files/${file}`)).status, 404);
    assert.equal((await zoe.client.get(`/admin/history/${visitor.chat}`)).status, 404);
    assert.equal((await anna.act(visitor.chat, 'transfer', { queue: beta.queue })).status, 404);
    assert.equal((await anna.act(visitor.chat, 'transfer', { agent: beta.agents.zoe })).status, 404);
    const stranger = new Visitor(hark, acme.key);
    stranger.chat = visitor.chat;
    assert.equal((await stranger.say('x')).status, 403);
    const other = await activeChat(acme, anna);
    other.chat = visitor.chat;
    assert.equal((await other.say('x')).status, 404);
    assert.equal((await other.json('sync', { conversation: visitor.chat, after: 0 })).status, 404);
    const moved = new Visitor(hark, beta.key, { token: visitor.token });
    moved.chat = visitor.chat;
    assert.equal((await moved.say('x')).status, 403, 'a token of one tenant is nothing at another');
    for (const token of ['', 'x', 'A'.repeat(43), randomBytes(5000).toString('base64url')]) {
      const reply = await request(`${hark.url}/visit/${acme.key}/sync`, { method: 'POST', body: JSON.stringify({ conversation: visitor.chat }), headers: { 'Content-Type': 'application/json', 'X-Hark-Visitor': token } });
      assert.ok([403, 400].includes(reply.status), `${token.length}: ${reply.status}`);
    }
  });

  test('forged, foreign and expired tickets hear nothing', async () => {
    const anna = await agentAt(acme, 'anna');
    const poll = (ticket) => request(`${hark.url}/live/poll?ticket=${encodeURIComponent(ticket)}`);
    const [payload, mac] = anna.ticket.split('.');
    const wider = Buffer.from(Buffer.from(payload, 'base64url').toString().replace(/\.a\d+/, '.t')).toString('base64url');
    for (const ticket of ['', 'x', `${payload}.`, `.${mac}`, `${wider}.${mac}`, `${payload}.${'A'.repeat(43)}`, 'x'.repeat(6000)])
      assert.ok([403, 414, 400].includes((await poll(ticket)).status), ticket.slice(0, 40));
    assert.equal((await poll(anna.ticket)).status, 200);
  });

  test('every field has a limit that is named, and text with control characters is refused', async () => {
    const anna = await agentAt(acme, 'anna');
    const visitor = await activeChat(acme, anna);
    const long = await visitor.say('x'.repeat(4001));
    assert.equal(long.status, 422);
    assert.deepEqual([long.json().field, long.json().limit], ['text', '4000']);
    assert.equal((await visitor.say('é'.repeat(4000))).status, 200, 'characters count, not bytes');
    assert.equal((await visitor.say('   ')).status, 422);
    assert.equal((await visitor.say('a\u0007b')).status, 422);
    assert.equal((await visitor.say('ok', 'short')).status, 422);
    const note = async (text) => (await anna.act(visitor.chat, 'transfer', { queue: acme.queue, note: text })).json();
    assert.deepEqual([(await note('x'.repeat(4001))).field, (await note('x'.repeat(4001))).limit], ['note', '4000']);
    assert.equal((await note('a\u0007b')).field, 'note');
    const name = await new Visitor(hark, acme.key).start('hi', { name: 'n'.repeat(121), email: 'nonsense' });
    assert.equal(name.status, 422);
    assert.equal(name.json().fields.name.limit, '120');
    assert.ok(name.json().fields.email);
  });

  test('malformed requests get the right status and leak nothing', async () => {
    const anna = await agentAt(acme, 'anna');
    const raw = (body, type = 'application/json') => request(`${hark.url}/visit/${acme.key}/hello`, { method: 'POST', body, headers: { 'Content-Type': type } });
    assert.equal((await raw('{')).status, 400);
    assert.equal((await raw('[]')).status, 400);
    assert.equal((await raw('{"a":1,"a":2}')).status, 400);
    assert.equal((await raw(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).status, 400);
    assert.equal((await raw('x', 'text/plain')).status, 415);
    assert.equal((await raw(JSON.stringify({ a: 'x'.repeat(1100000) }))).status, 413);
    const methods = await request(`${hark.url}/visit/${acme.key}/hello`, { method: 'DELETE' });
    assert.equal(methods.status, 405);
    assert.equal(methods.headers.allow, 'POST');
    assert.equal((await request(`${hark.url}/admin/history?q=1&q=2`)).status, 400);
    assert.equal((await request(`${hark.url}/console`, { host: 'evil.example' })).status, 421);
    assert.equal((await request(`${hark.url}/no/such/page`)).status, 404);
    assert.equal((await request(`${hark.url}/admin/%ff`)).status, 400);
    const foreign = await anna.client.json('POST', '/console/status', { status: 'away' }, { headers: { Origin: 'https://evil.example' } });
    assert.equal(foreign.status, 403);
    const token = anna.client.formToken;
    anna.client.formToken = 'x';
    assert.equal((await anna.client.json('POST', '/console/status', { status: 'away' })).status, 403);
    anna.client.formToken = token;
    assert.equal((await anna.client.json('POST', '/console/status', { status: 'asleep' })).status, 422);
    for (const text of Object.values(hark.logs())) assert.doesNotMatch(text, /a long enough secret/);
  });

  test('a visitor who writes too fast is told to slow down', async () => {
    const anna = await agentAt(acme, 'anna');
    const visitor = await activeChat(acme, anna);
    for (let index = 0; index < 10; index += 1) assert.equal((await visitor.say(`m${index}`)).status, 200);
    await sayTooMuch(hark, visitor);
    assert.equal((await visitor.say('one more')).status, 429);
  });
});
