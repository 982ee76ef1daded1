// SPDX-License-Identifier: BSD-2-Clause
// visibility.test.mjs - which chats and which contact data an agent sees: own ones, those of the queues, all; masked or open.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { startHark, until } from '../harness/hark.mjs';
import { Agent, company, Visitor } from '../harness/chat.mjs';

const OWN = 'chat.work history.read';
const QUEUES = `${OWN} chat.see_queues chat.pick`;
let hark;
let firm;
const agents = {};
let first;     // Ben's chat
let second;    // waits

/** Gives an agent a role of its own with these rights. */
async function allow(name, permissions) {
  await hark.sql(`INSERT INTO role (tenant_id, name, permissions, created_at, updated_at) VALUES (${firm.id}, '${name} ${Date.now()}', '${permissions}', 1, 1)`);
  const [role] = await hark.sql(`SELECT MAX(id) AS id FROM role WHERE tenant_id = ${firm.id}`);
  await hark.sql(`DELETE FROM agent_role WHERE tenant_id = ${firm.id} AND agent_id = ${firm.agents[name]}`);
  await hark.sql(`INSERT INTO agent_role (tenant_id, agent_id, role_id) VALUES (${firm.id}, ${firm.agents[name]}, ${role.id})`);
}

async function visitor(text, more) {
  const one = new Visitor(hark, firm.key);
  const reply = await one.start(text, more);
  assert.equal(reply.status, 200, reply.text);
  return one;
}

const rows = async (agent) => (await agent.client.get('/console/state')).json().conversations.map((row) => row.id).sort((a, b) => a - b);

before(async () => {
  hark = await startHark();
  firm = await company(hark, 'acme', { agents: { olga: {}, ben: {}, quinn: {}, sue: {} } });
  await allow('olga', OWN);
  await allow('quinn', QUEUES);
  await allow('ben', `${QUEUES} contacts.see`);
  await allow('sue', `${OWN} chat.see_all contacts.reveal`);
  for (const name of ['olga', 'ben', 'quinn', 'sue']) agents[name] = await Agent.at(hark, firm, name);
  first = await visitor('Ben, please', { name: 'Vera', email: 'vera.private@example.com' });
  assert.equal((await agents.ben.act(first.chat, 'accept')).status, 200);
});
after(async () => {
  for (const agent of Object.values(agents)) await agent.stop();
  await hark?.stop();
});

describe('which chats an agent sees', () => {
  test('P-47 K-41 only the own ones, those of the queues, or all: in the list, the chat, its messages, its files and the history', async () => {
    await until('the chat is in the search index', async () => (await hark.sql(`SELECT id FROM conversation WHERE id = ${first.chat} AND indexed_seq = last_seq`)).length === 1);
    for (const [name, sees] of [['olga', false], ['ben', true], ['quinn', true], ['sue', true]]) {
      assert.equal((await rows(agents[name])).includes(first.chat), sees, `${name}'s list`);
      const status = sees ? 200 : 404;
      assert.equal((await agents[name].client.get(`/console/conversations/${first.chat}`)).status, status, name);
      assert.equal((await agents[name].client.get(`/console/conversations/${first.chat}/messages?before=99`)).status, status, name);
      assert.equal((await agents[name].client.get(`/admin/history/${first.chat}`)).status, status, name);
      assert.equal((await agents[name].client.get('/admin/history')).text.includes('Vera'), sees, `${name}'s history`);
      assert.equal((await agents[name].client.get('/admin/history?q=please')).text.includes('Vera'), sees, `${name}'s search`);
    }
  });

  test('P-47 what one may not see is not heard on the live stream either; colleagues are', async () => {
    agents.olga.listen();
    agents.quinn.listen();
    await first.say('the secret word');
    await agents.quinn.heard((event) => event.type === 'message' && event.message.text === 'the secret word');
    await agents.ben.json('POST', '/console/status', { status: 'away' });
    await agents.olga.heard((event) => event.type === 'agent' && event.agent.status === 'away');
    assert.doesNotMatch(JSON.stringify(agents.olga.events), /secret word/);
    await agents.ben.json('POST', '/console/status', { status: 'online' });
  });

  test('P-44 without the right to choose, a chat that does not ring cannot be taken; one that rings can', async () => {
    await agents.olga.json('POST', '/console/status', { status: 'offline' });
    await allow('quinn', `${OWN} chat.see_queues`);
    await agents.quinn.json('POST', '/console/status', { status: 'offline' });
    second = await visitor('Anybody?');
    const refused = await agents.quinn.act(second.chat, 'claim');
    assert.equal(refused.status, 403, refused.text);
    assert.equal(refused.json().error, 'pick');
    assert.equal((await agents.olga.act(second.chat, 'claim')).status, 404, 'she does not even see it');
    await agents.olga.json('POST', '/console/status', { status: 'online' });
    await until('it rings at Olga', async () => (await agents.olga.client.get('/console/state')).json().offers.includes(second.chat));
    assert.ok((await rows(agents.olga)).includes(second.chat), 'what rings is seen');
    assert.equal((await agents.olga.act(second.chat, 'accept')).status, 200);
    assert.deepEqual(await rows(agents.olga), [second.chat]);
  });

  test('P-44 the list is no way around the limit of chats at once', async () => {
    await allow('quinn', QUEUES);
    await hark.sql(`UPDATE agent SET max_chats = 1 WHERE tenant_id = ${firm.id} AND id = ${firm.agents.quinn}`);
    for (const name of ['olga', 'ben', 'sue']) await agents[name].json('POST', '/console/status', { status: 'offline' });
    await agents.quinn.json('POST', '/console/status', { status: 'online' });
    const [a, b] = [await visitor('one'), await visitor('two')];
    assert.equal((await agents.quinn.act(a.chat, 'claim')).status, 200);
    const full = await agents.quinn.act(b.chat, 'claim');
    assert.equal(full.status, 409);
    assert.equal(full.json().error, 'full');
  });
});

describe('P-48 masked contact data', () => {
  const details = async (name) => (await agents[name].client.get(`/console/conversations/${first.chat}`)).json();

  test('P-48 who may not see it gets a mask, everywhere', async () => {
    const open = await details('ben');
    assert.equal(open.contact.email, 'vera.private@example.com');
    assert.match(open.visit.address, /\d/);
    const masked = await details('quinn');
    assert.equal(masked.contact.email, 'v***@***.com');
    assert.equal(masked.contact.masked, true);
    assert.equal(masked.visit.address, '***');
    for (const path of [`/console/conversations/${first.chat}`, '/console/state', '/admin/history', `/admin/history/${first.chat}`])
      assert.doesNotMatch((await agents.quinn.client.get(path)).text, /vera\.private/, path);
    assert.match((await agents.ben.client.get(`/admin/history/${first.chat}`)).text, /vera\.private/);
    assert.doesNotMatch(JSON.stringify(agents.quinn.events), /vera\.private/);
  });

  test('P-48 uncovering needs its right and is written to the audit log', async () => {
    const path = `/console/conversations/${first.chat}/reveal`;
    assert.equal((await agents.quinn.json('POST', path, {})).status, 403);
    const reply = await agents.sue.json('POST', path, {});
    assert.equal(reply.status, 200, reply.text);
    assert.equal(reply.json().contact.email, 'vera.private@example.com');
    const [entry] = await hark.sql(`SELECT actor_id, noun_name FROM audit WHERE tenant_id = ${firm.id} AND action = 'contact.reveal'`);
    assert.equal(Number(entry.actor_id), firm.agents.sue);
    assert.equal(entry.noun_name, 'Vera');
  });

  test('P-48 a form with masked values changes the rest and keeps them; a new value is refused', async () => {
    const path = `/console/conversations/${first.chat}/contact`;
    await allow('quinn', `${QUEUES} contacts.edit`);
    const saved = await agents.quinn.json('POST', path, { name: 'Vera V.', email: 'v***@***.com', phone: '', remark: 'nice' });
    assert.equal(saved.status, 200, saved.text);
    assert.equal(saved.json().contact.email, 'v***@***.com');
    const [stored] = await hark.sql(`SELECT name, email, remark FROM contact WHERE tenant_id = ${firm.id} AND email <> ''`);
    assert.deepEqual([stored.name, stored.email, stored.remark], ['Vera V.', 'vera.private@example.com', 'nice']);
    const refused = await agents.quinn.json('POST', path, { email: 'mine@example.com' });
    assert.equal(refused.status, 422);
    assert.match(refused.json().fields.email.message, /masked/);
  });
});

test('the badge counts what the console shows: own chats, and those that wait in sight', async () => {
  assert.equal((await agents.olga.json('POST', '/console/status', { status: 'offline' })).status, 200);
  const waiting = await visitor('Whose is it?');
  for (const name of ['olga', 'quinn', 'sue']) {
    const shown = (await agents[name].load()).conversations.filter((row) => row.state !== 'active' || row.agent === firm.agents[name]);
    assert.equal(shown.some((row) => row.id === waiting.chat), name !== 'olga', name);
    const badge = /class="badge">(\d+)</.exec((await agents[name].client.get('/admin/history')).text);
    assert.equal(Number(badge?.[1] ?? 0), shown.length, name);
  }
});
