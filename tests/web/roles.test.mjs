// SPDX-License-Identifier: BSD-2-Clause
// roles.test.mjs - roles and what they allow: the switches, who may give what, the last administrator, rights that are taken away at once.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { startHark } from '../harness/hark.mjs';
import { Agent, PASSWORD, Visitor, company } from '../harness/chat.mjs';
import { soon } from '../harness/screens.mjs';

const AGENTS = ['chat.work', 'chat.pick', 'chat.see_queues', 'contacts.read', 'contacts.edit', 'contacts.see', 'history.read'];
let hark;
let acme;
let root;

/** Requests with an API key of an agent. */
async function keyOf(account) {
  const done = await hark.hark(['key', 'create', '--tenant', 'acme', '--account', account, '--name', 't', '--json'], { input: PASSWORD });
  assert.equal(done.code, 0, done.stderr);
  const { key } = done.json();
  return (method, path, body) => hark.client({ headers: { 'X-Api-Key': key } }).json(method, path, body);
}

async function roleId(name) {
  return Number((await hark.sql(`SELECT id FROM role WHERE tenant_id = ${acme.id} AND name = '${name}' AND deleted_at IS NULL`))[0].id);
}

async function made(path, body) {
  const reply = await root('POST', path, body);
  assert.equal(reply.status, 201, reply.text);
  return reply.json();
}

const agentIn = async (account, roles, more = {}) => (await made('/api/v1/agents',
  { account, first_name: account, alias: account, email: `${account}@acme.example`, roles, password: PASSWORD, ...more })).id;

async function signedIn(account) {
  const client = hark.client({ headers: { 'X-Forwarded-For': `198.51.100.${Math.floor(Math.random() * 250) + 1}` } });
  assert.equal((await client.submit('/sign-in', { company: 'acme', account, password: PASSWORD })).status, 303);
  return client;
}

/** The switches of a role's page: { 'chat.work': { on, locked } }. */
function switches(page) {
  return Object.fromEntries([...page.text.matchAll(/<input type="checkbox" name="permissions" value="([^"]*)"([^>]*)>/g)]
    .map(([, name, rest]) => [name, { on: / checked/.test(rest), locked: / disabled/.test(rest) }]));
}

before(async () => {
  hark = await startHark();
  acme = await company(hark, 'acme', { agents: { boss: { role: 'Administrators', queue: false }, anna: {}, bert: {} } });
  root = await keyOf('boss');
});
after(() => hark?.stop());

describe('the roles of a company', () => {
  test('A-ROLE-01 a new company has Administrators with all rights, and Agents who chat', async () => {
    const { items } = (await root('GET', '/api/v1/roles')).json();
    const of = (name) => items.find((role) => role.name === name)?.permissions;
    assert.deepEqual(of('Administrators'), ['*']);
    assert.deepEqual(of('Agents'), AGENTS);
    const anna = await signedIn('anna');
    assert.equal((await anna.get('/console')).status, 200);
    assert.equal((await anna.get('/admin/agents')).status, 403);
  });

  test('A-ROLE-02 A-ROLE-03 F-ROLE-01 a role has a name, agents and a switch for each right, by a form without scripts', async () => {
    const boss = await signedIn('boss');
    const page = await boss.get('/admin/roles/new');
    const all = switches(page);
    assert.ok(Object.keys(all).length >= 12, page.text);
    assert.ok(Object.values(all).every(({ on, locked }) => !on && !locked));
    for (const group of ['Chats', 'Settings', 'People']) assert.match(page.text, new RegExp(`<legend>${group}</legend>`));
    assert.match(page.text, /Take over, assign and close chats of others/);
    const saved = await boss.submit('/admin/roles/new', { name: 'Leads', permissions: ['history.read', 'chat.work', 'chat.supervise'], agents: acme.agents.bert });
    assert.equal(saved.status, 303, saved.text);
    const id = await roleId('Leads');
    const role = (await root('GET', `/api/v1/roles/${id}`)).json();
    assert.deepEqual(role.permissions, ['chat.work', 'chat.supervise', 'history.read']);
    assert.deepEqual(role.agents, [acme.agents.bert]);
    const agents = await roleId('Agents');
    assert.equal((await boss.submit(`/admin/roles/${agents}`, { permissions: ['chat.work', 'history.read', 'chat.see_all'] })).status, 303);
    assert.equal(switches(await boss.get(`/admin/roles/${agents}`))['chat.see_all'].on, true);
    const [entry] = await hark.sql("SELECT difference FROM audit WHERE action = 'role.update' AND noun_name = 'Agents' ORDER BY id DESC LIMIT 1");
    assert.deepEqual(JSON.parse(entry.difference).permissions, [AGENTS.join(' '), 'chat.work chat.see_all history.read']);
    assert.equal((await boss.submit(`/admin/roles/${agents}`, { permissions: AGENTS })).status, 303);
    const csv = await boss.get('/admin/roles.csv');
    assert.match(csv.text, /"Leads".*"chat.work chat.supervise history.read"/);
  });

  test('a word that is no right is named, and what was typed stays', async () => {
    const wrong = await root('POST', '/api/v1/roles', { name: 'Odd', permissions: ['chat.work', 'fly'] });
    assert.equal(wrong.status, 422);
    assert.equal(wrong.json().fields.permissions.limit, 'fly');
    const boss = await signedIn('boss');
    const refused = await boss.submit('/admin/roles/new', { name: 'Leads', permissions: ['chat.see_all'], requires_two_factor: '1' });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /id="p-name"[^>]*>Name is already used/);
    assert.equal(switches(refused)['chat.see_all'].on, true);
    assert.match(refused.text, /name="requires_two_factor"[^>]*/);
  });

  test('A-ROLE-01 the role of administrators keeps its name and rights; others never become one', async () => {
    const id = await roleId('Administrators');
    const boss = await signedIn('boss');
    const page = await boss.get(`/admin/roles/${id}`);
    assert.ok(Object.values(switches(page)).every(({ on, locked }) => on && locked), 'all on and locked');
    for (const change of [{ permissions: ['chat.work'] }, { name: 'Kings' }, { agents: [] }]) {
      const reply = await root('PATCH', `/api/v1/roles/${id}`, change);
      assert.equal(reply.status, 422, JSON.stringify(change));
      assert.ok(reply.json().fields[Object.keys(change)[0]], reply.text);
    }
    assert.equal((await root('DELETE', `/api/v1/roles/${id}`)).status, 409);
    assert.equal((await root('POST', '/api/v1/roles', { name: 'Second', permissions: ['*'] })).status, 422);
    assert.equal((await root('PATCH', `/api/v1/roles/${await roleId('Agents')}`, { permissions: '*' })).status, 422);
    assert.equal((await boss.submit(`/admin/roles/${id}`, { requires_two_factor: '1' })).status, 303);
    assert.equal((await boss.get(`/admin/roles/${id}`)).status, 303, 'who requires it has to have it');
    assert.equal((await root('PATCH', `/api/v1/roles/${id}`, { requires_two_factor: false })).status, 200);
    assert.deepEqual((await root('GET', `/api/v1/roles/${id}`)).json().permissions, ['*']);
  });

  test('A-ROLE-05 with several roles an agent may do what one of them allows', async () => {
    const widgets = (await made('/api/v1/roles', { name: 'Widgets', permissions: ['widgets.manage'] })).id;
    const queues = (await made('/api/v1/roles', { name: 'Queues', permissions: ['queues.manage'] })).id;
    const id = await agentIn('uma', [widgets]);
    const uma = await signedIn('uma');
    const may = async () => Promise.all(['/admin/widgets', '/admin/queues', '/admin/agents', '/console'].map(async (path) => (await uma.get(path)).status));
    assert.deepEqual(await may(), [200, 403, 403, 403]);
    assert.equal((await root('PATCH', `/api/v1/agents/${id}`, { roles: [widgets, queues] })).status, 200);
    assert.deepEqual(await may(), [200, 200, 403, 403]);
    assert.equal((await root('PATCH', `/api/v1/agents/${id}`, { roles: [queues] })).status, 200);
    assert.deepEqual(await may(), [403, 200, 403, 403]);
  });

  test('A-ROLE-07 public canned messages need a right of their own, private ones none', async () => {
    const anna = await signedIn('anna');
    const make = (more) => anna.submit('/admin/canned/new', { name: 'Mine', body: 'Hello', shortcut: '', category: '', ...more });
    assert.equal((await make({ name: 'Own', is_private: '1' })).status, 303);
    assert.notEqual((await make({ name: 'For all', is_private: null })).status, 303);
    const role = (await made('/api/v1/roles', { name: 'Writers', permissions: ['chat.work', 'canned.edit_public'], agents: [acme.agents.anna] })).id;
    assert.equal((await make({ name: 'For all', is_private: null })).status, 303);
    assert.equal((await root('PATCH', `/api/v1/roles/${role}`, { agents: [] })).status, 200);
  });
});

describe('who may give what', () => {
  test('A-ROLE-04 whoever may manage roles gives what he has himself, and nothing more', async () => {
    await agentIn('rita', [(await made('/api/v1/roles', { name: 'Role keepers', permissions: ['roles.manage', 'chat.work', 'history.read', 'api.use'] })).id]);
    const rita = await keyOf('rita');
    const page = await (await signedIn('rita')).get('/admin/roles/new');
    const all = switches(page);
    assert.deepEqual(Object.entries(all).filter(([, { locked }]) => !locked).map(([name]) => name).sort(),
      ['api.use', 'chat.work', 'history.read', 'roles.manage']);
    assert.equal((await rita('POST', '/api/v1/roles', { name: 'Chatters', permissions: ['chat.work'] })).status, 201);
    const wider = await rita('POST', '/api/v1/roles', { name: 'Wider', permissions: ['chat.work', 'people.manage'] });
    assert.equal(wider.status, 422);
    const session = await signedIn('rita');
    const forced = await session.submit('/admin/roles/new', { name: 'Wider', permissions: ['chat.work', 'people.manage'] });
    assert.equal(forced.status, 422, 'a disabled switch that is sent all the same');
    assert.match(forced.text, /must not allow more than you may do yourself/);
    for (const name of ['Administrators', 'Leads']) {
      const id = await roleId(name);
      assert.equal((await rita('PATCH', `/api/v1/roles/${id}`, { name: 'Taken' })).status, 403, name);
      assert.equal((await session.get(`/admin/roles/${id}`)).status, 200);
      assert.match((await session.get(`/admin/roles/${id}`)).text, /fieldset class="all" disabled/);
    }
    assert.equal((await (await signedIn('anna')).get('/admin/roles')).status, 403);
  });

  test('A-ROLE-04 nobody comes into a role, a queue or a skill, or out of it, by somebody with fewer rights', async () => {
    const helpers = (await made('/api/v1/roles', { name: 'Helpers', permissions: [...AGENTS, 'api.use', 'roles.manage', 'queues.manage', 'people.manage'] })).id;
    await agentIn('hugo', [helpers]);
    const hugo = await keyOf('hugo');
    const boss = acme.agents.boss;
    const skill = (await made('/api/v1/skills', { name: 'French', agents: [boss] })).id;
    const inbox = acme.queue;
    const role = (await made('/api/v1/roles', { name: 'Plain', permissions: ['chat.work'], agents: [boss] })).id;
    const agents = (await root('GET', `/api/v1/queues/${inbox}`)).json().agents;
    for (const [path, ids] of [[`skills/${skill}`, []], [`queues/${inbox}`, [...agents, boss]], [`roles/${role}`, []]]) {
      const reply = await hugo('PATCH', `/api/v1/${path}`, { agents: ids });
      assert.equal(reply.status, 422, path);
      assert.match(reply.json().fields.agents.message, /Boss, who has more rights than you/, path);
    }
    assert.equal((await hugo('PATCH', `/api/v1/skills/${skill}`, { agents: [boss, acme.agents.anna] })).status, 200);
    assert.equal((await hugo('PATCH', `/api/v1/queues/${inbox}`, { description: 'All of us' })).status, 200);
  });

  test('A-ROLE-03 whoever has one role only does not lose it by the page of the role', async () => {
    const role = (await made('/api/v1/roles', { name: 'Only', permissions: ['chat.work'] })).id;
    const id = await agentIn('olaf', [role]);
    const reply = await root('PATCH', `/api/v1/roles/${role}`, { agents: [] });
    assert.equal(reply.status, 422);
    assert.match(reply.json().fields.agents.message, /olaf/);
    assert.equal((await root('DELETE', `/api/v1/roles/${role}`)).status, 409);
    assert.equal((await root('PATCH', `/api/v1/agents/${id}`, { roles: [await roleId('Agents')] })).status, 200);
    assert.equal((await root('DELETE', `/api/v1/roles/${role}`)).status, 204);
  });

  test('two administrators who demote each other at once leave one', async () => {
    const all = await roleId('Administrators');
    const plain = await roleId('Agents');
    const other = await agentIn('ole', [all]);
    const ole = await keyOf('ole');
    const replies = await Promise.all([
      root('PATCH', `/api/v1/agents/${other}`, { roles: [plain] }), ole('PATCH', `/api/v1/agents/${acme.agents.boss}`, { roles: [plain] }),
    ]);
    const [{ n }] = await hark.sql(`SELECT COUNT(*) AS n FROM agent_role WHERE tenant_id = ${acme.id} AND role_id = ${all}`);
    assert.equal(Number(n), 1, JSON.stringify(replies.map((reply) => reply.status)));
    await hark.sql(`INSERT IGNORE INTO agent_role (tenant_id, agent_id, role_id) VALUES (${acme.id}, ${acme.agents.boss}, ${all})`);
  });
});

describe('rights that are taken away', () => {
  /** An agent whose poll is parked: it hears what is rung, and `ended` is true as soon as the daemon refuses its ticket. */
  async function parked(agent) {
    agent.listen();
    agent.running.then(() => { agent.ended = true; });
    await soon(async () => {
      assert.equal((await root('PATCH', `/api/v1/agents/${agent.state.me.id}`, { title: `Title ${Math.random()}` })).status, 200);
      return agent.heard((event) => event.type === 'rights', 1).catch(() => false);
    }, 'the parked poll hears that something has changed');
    assert.notEqual(agent.ended, true);
  }

  test('A-ROLE-02 a role that loses chatting ends the polls of its agents at once, and their chats go back', async () => {
    const role = (await made('/api/v1/roles', { name: 'Short', permissions: ['chat.work'] })).id;
    const id = await agentIn('tina', [role], { queues: [acme.queue] });
    const tina = await Agent.at(hark, acme, 'tina');
    const visitor = new Visitor(hark, acme.key);
    assert.equal((await visitor.start('Anybody?')).status, 200);
    await soon(async () => (await tina.act(visitor.chat, 'accept')).status === 200, 'accepted');
    await tina.load();
    await parked(tina);
    assert.equal((await root('PATCH', `/api/v1/roles/${role}`, { permissions: ['history.read'] })).status, 200);
    await soon(() => tina.ended, 'the parked poll ends and its ticket is refused', 5);
    assert.equal((await tina.json('POST', '/console/ticket', {})).status, 403);
    assert.equal((await tina.say(visitor.chat, 'Still here')).status, 403);
    await soon(async () => (await visitor.sync()).conversation.state === 'waiting', 'the chat waits again');
    const [row] = await hark.sql(`SELECT status, chats FROM agent WHERE id = ${id}`);
    assert.deepEqual(row, { status: 'offline', chats: '0' });
  });

  test('A-QUEUE-02 whoever is taken out of a queue hears it no more', async () => {
    const bert = await Agent.at(hark, acme, 'bert');
    const agents = (await root('GET', `/api/v1/queues/${acme.queue}`)).json().agents;
    await parked(bert);
    assert.equal((await root('PATCH', `/api/v1/queues/${acme.queue}`, { agents: agents.filter((id) => id !== acme.agents.bert) })).status, 200);
    await soon(() => bert.ended, 'the parked poll ends and its ticket is refused', 5);
    const state = await bert.load();
    assert.ok(state.ticket);
    assert.equal((await root('PATCH', `/api/v1/queues/${acme.queue}`, { agents })).status, 200);
  });
});
