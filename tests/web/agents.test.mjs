// SPDX-License-Identifier: BSD-2-Clause
// agents.test.mjs - agents, queues, skills and away statuses as administrators see them: list, form, password, deletion, import.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { readForms, startHark } from '../harness/hark.mjs';
import { formWithFiles } from '../harness/pictures.mjs';
import { Agent, PASSWORD, Visitor, company } from '../harness/chat.mjs';
import { soon } from '../harness/screens.mjs';

let hark;
let acme;
let root;
let boss;

async function keyOf(account) {
  const done = await hark.hark(['key', 'create', '--tenant', 'acme', '--account', account, '--name', 't', '--json'], { input: PASSWORD });
  assert.equal(done.code, 0, done.stderr);
  const { key } = done.json();
  return (method, path, body) => hark.client({ headers: { 'X-Api-Key': key } }).json(method, path, body);
}

const newClient = () => hark.client({ headers: { 'X-Forwarded-For': `198.51.100.${Math.floor(Math.random() * 250) + 1}` } });

async function signIn(account, password = PASSWORD) {
  const client = newClient();
  const reply = await client.submit('/sign-in', { company: 'acme', account, password });
  return { client, status: reply.status };
}

async function made(path, body) {
  const reply = await root('POST', path, body);
  assert.equal(reply.status, 201, reply.text);
  return reply.json();
}

async function roleId(name) {
  return Number((await hark.sql(`SELECT id FROM role WHERE tenant_id = ${acme.id} AND name = '${name}' AND deleted_at IS NULL`))[0].id);
}

const newAgent = async (account, more = {}) => (await made('/api/v1/agents',
  { account, first_name: account, alias: account, email: `${account}@acme.example`, roles: [await roleId('Agents')], password: PASSWORD, ...more })).id;

/** The rows of a list page, each as its text. */
const rows = (page) => [...page.text.matchAll(/<tr><th scope="row"[\s\S]*?<\/tr>/g)].map(([row]) => row);
const names = (page) => rows(page).map((row) => /<th[^>]*><a[^>]*>\s*([^<]*)/.exec(row)[1].trim());

before(async () => {
  hark = await startHark();
  acme = await company(hark, 'acme', { agents: { boss: { role: 'Administrators', queue: false }, anna: {}, bert: {} } });
  root = await keyOf('boss');
  boss = (await signIn('boss')).client;
  await boss.get('/admin');
});
after(() => hark?.stop());

describe('agents', () => {
  test('A-AGENT-01 A-AGENT-02 A-AGENT-03 A-AGENT-04 A-AGENT-05 A-AGENT-06 A-AGENT-07 A-AGENT-08 A-AGENT-09 the form makes an agent with all that belongs to him', async () => {
    const skill = (await made('/api/v1/skills', { name: 'Dutch' })).id;
    const values = {
      account: 'carl', first_name: 'Carl', last_name: 'de Vries', alias: 'Charly', email: 'carl@acme.example', phone: '+31 20 123',
      roles: await roleId('Agents'), queues: acme.queue, skills: skill, password: PASSWORD, title: 'Service', bio: 'Knows boats', two_factor: '1',
    };
    for (const name of ['account', 'first_name', 'alias', 'email', 'roles']) {
      const refused = await boss.submit('/admin/agents/new', { ...values, [name]: name === 'roles' ? null : '' });
      assert.equal(refused.status, 422, name);
      assert.match(refused.text, new RegExp(`id="p-${name}"[^>]*>[^<]*is required`), name);
      assert.match(refused.text, name === 'last_name' ? /Carl/ : /value="de Vries"/);
    }
    for (const name of ['last_name', 'phone', 'skills', 'queues']) assert.doesNotMatch((await boss.get('/admin/agents/new')).text, new RegExp(`id="f-${name}" name="${name}" required`));
    const reply = await boss.submit('/admin/agents/new', values);
    assert.equal(reply.status, 303, reply.text);
    const [carl] = (await root('GET', '/api/v1/agents?q=carl')).json().items;
    const { account, first_name, last_name, alias, email, phone, roles, queues, skills, title, bio } = carl;
    assert.deepEqual({ account, first_name, last_name, alias, email, phone, title, bio }, {
      account: 'carl', first_name: 'Carl', last_name: 'de Vries', alias: 'Charly', email: 'carl@acme.example', phone: '+31 20 123', title: 'Service', bio: 'Knows boats',
    });
    assert.deepEqual([roles, queues, skills], [[await roleId('Agents')], [acme.queue], [skill]]);
    await hark.sql(`UPDATE agent SET two_factor = 0 WHERE id = ${carl.id}`);
    assert.equal((await signIn('carl')).status, 303);
    assert.equal((await signIn('carl@acme.example')).status, 303);
  });

  test('A-AGENT-04 visitors see the alias, and not the name', async () => {
    const charly = await Agent.at(hark, acme, 'carl');
    const visitor = new Visitor(hark, acme.key);
    await visitor.start('Hello there');
    await soon(async () => (await charly.act(visitor.chat, 'accept')).status === 200, 'accepted');
    const { conversation } = await visitor.sync();
    assert.equal(conversation.agent.alias, 'Charly');
    assert.doesNotMatch(JSON.stringify(conversation), /de Vries/);
    await charly.act(visitor.chat, 'end');
    await charly.ok('POST', '/console/status', { status: 'offline' });
  });

  test('A-AGENT-02 a name that is used stands beside its field, for agents, roles, queues, skills and away statuses', async () => {
    await made('/api/v1/away-statuses', { name: 'Lunch' });
    const wrong = [
      ['/admin/agents/new', { account: 'ANNA', first_name: 'Kept', alias: 'Kept', email: 'kept@acme.example', roles: await roleId('Agents') }, 'account'],
      ['/admin/agents/new', { account: 'kept', first_name: 'Kept', alias: 'Kept', email: 'Anna@acme.example', roles: await roleId('Agents') }, 'email'],
      ['/admin/roles/new', { name: 'agents', permissions: ['chat.work'] }, 'name'],
      ['/admin/queues/new', { name: 'inbox', description: 'Kept' }, 'name'],
      ['/admin/skills/new', { name: 'dutch', description: 'Kept' }, 'name'],
      ['/admin/away-statuses/new', { name: 'lunch' }, 'name'],
    ];
    for (const [path, values, field] of wrong) {
      const reply = await boss.submit(path, values);
      assert.equal(reply.status, 422, path);
      assert.match(reply.text, new RegExp(`id="p-${field}"[^>]*>[^<]*is already used`), path);
      assert.match(reply.text, new RegExp(`value="${values[field]}"`), path);
      if (values.description) assert.match(reply.text, /value="Kept"/);
      if (values.permissions) assert.match(reply.text, /value="chat.work" checked/);
    }
  });

  test('an away status is not called as one that the product has, in none of its languages', async () => {
    for (const name of ['Away', 'online', ' OFFLINE ', 'En ligne', 'Ausente', 'Hors ligne', 'Desconectado']) {
      const reply = await root('POST', '/api/v1/away-statuses', { name });
      assert.equal(reply.status, 422, name);
      assert.match(reply.text, /is a status that there is already/);
    }
    await made('/api/v1/away-statuses', { name: 'Away on business' });
  });

  test('no account is somebody’s e-mail address, and no address somebody’s account: by the form, the API, the command, and when one comes back', async () => {
    const roles = [await roleId('Agents')];
    const id = await newAgent('old@acme.example', { email: 'older@acme.example' });
    const refused = async (method, path, body, field) => {
      const reply = await root(method, path, body);
      assert.equal(reply.status, 422, reply.text);
      assert.match(JSON.stringify(reply.json()), new RegExp(`"${field}"[^}]*already used`), reply.text);
    };
    const whole = { first_name: 'Shadow', alias: 'Shadow', roles };
    await refused('POST', '/api/v1/agents', { ...whole, account: 'Anna@acme.example', email: 'shadow@acme.example' }, 'account');
    await refused('POST', '/api/v1/agents', { ...whole, account: 'shadow', email: 'OLD@acme.example' }, 'email');
    await refused('PATCH', `/api/v1/agents/${acme.agents.bert}`, { account: 'anna@acme.example' }, 'account');
    await refused('PATCH', `/api/v1/agents/${acme.agents.bert}`, { email: 'old@acme.example' }, 'email');
    const form = await boss.submit('/admin/agents/new', { account: 'anna@acme.example', first_name: 'S', alias: 'S', email: 's@acme.example', roles: String(roles[0]) });
    assert.match(form.text, /id="p-account"[^>]*>[^<]*is already used/);
    const done = await hark.hark(['agent', 'create', '--tenant', 'acme', '--account', 'anna@acme.example', '--email', 's@acme.example', '--first-name', 'S']);
    assert.notEqual(done.code, 0);
    assert.match(done.stderr, /account is already used/);
    assert.equal((await root('PATCH', `/api/v1/agents/${id}`, { email: 'old@acme.example' })).status, 200, 'one’s own may be the same');
    await root('DELETE', `/api/v1/agents/${id}`);
    const other = await newAgent('heir', { email: 'old@acme.example' });
    const restored = await root('POST', `/api/v1/agents/${id}/restore`);
    assert.equal(restored.status, 409);
    assert.match(restored.text, /is used by another one by now; rename that one first/);
    await root('DELETE', `/api/v1/agents/${other}`);
  });

  test('M-USER-03 M-USER-11 a button fills in a password that nobody has to think of, and loses nothing that was typed', async () => {
    const page = await boss.get('/admin/agents/new');
    assert.match(page.text, /<button type="submit" class="button" name="generate" value="1">Generate<\/button>/);
    const values = { account: 'gesa', first_name: 'Gesa', alias: 'Gesa', email: 'gesa@acme.example', roles: await roleId('Agents') };
    const filled = await boss.submit('/admin/agents/new', { ...values, alias: '' }, { button: ['generate', '1'] });
    assert.equal(filled.status, 200);
    assert.doesNotMatch(filled.text, /class="problem"/, 'no complaints yet');
    assert.match(filled.text, /value="gesa@acme.example"/);
    const password = /class="made"[^>]*value="([^"]*)"/.exec(filled.text)[1];
    assert.match(password, /^[a-km-z2-9-]{19}$/);
    const other = await boss.submit('/admin/agents/new', values, { button: ['generate', '1'] });
    assert.notEqual(/class="made"[^>]*value="([^"]*)"/.exec(other.text)[1], password);
    const form = readForms(filled.text).find((one) => one.action === '/admin/agents');
    const send = (change) => boss.post('/admin/agents', [...form.values.filter(([name]) => !(name in change)), ...Object.entries(change)]);
    const refused = await send({ alias: '' });
    assert.equal(refused.status, 422);
    assert.ok(refused.text.includes(`value="${password}"`), 'still shown, because it was made here');
    assert.equal((await send({ alias: 'Gesa' })).status, 303);
    assert.equal((await signIn('gesa', password)).status, 303);
    const [gesa] = (await root('GET', '/api/v1/agents?q=gesa')).json().items;
    const shown = await boss.get(`/admin/agents/${gesa.id}`);
    assert.ok(!shown.text.includes(password), 'shown once');
    const again = await boss.submit(`/admin/agents/${gesa.id}`, {}, { form: `/admin/agents/${gesa.id}`, button: ['generate', '1'] });
    assert.match(again.text, /class="made"/);
    assert.equal((await signIn('gesa', password)).status, 303, 'nothing counts before it is saved');
  });

  test('A-AUTH-09 A-AGENT-13 the key in the list leads to a page that gives somebody a new password', async () => {
    await newAgent('hans');
    const hans = (await signIn('hans')).client;
    const list = await boss.get('/admin/agents?q=hans');
    const [row] = rows(list);
    const path = /href="(\/admin\/agents\/\d+\/password)"[^>]*aria-label="Reset the password: hans"/.exec(row)[1];
    assert.match(row, /aria-label="Edit hans"/);
    assert.match(row, /aria-label="Delete hans"/);
    const filled = await boss.submit(path, {}, { form: '/password', button: ['generate', '1'] });
    const password = /class="made"[^>]*value="([^"]*)"/.exec(filled.text)[1];
    assert.match((await boss.submit(path, { password: 'short' }, { form: '/password' })).text, /at least 8 characters/);
    assert.match((await boss.submit(path, { password: '' }, { form: '/password' })).text, /is required/);
    assert.match((await boss.submit(path, { password: 'password123' }, { form: '/password' })).text, /attackers/);
    assert.equal((await boss.submit(path, { password }, { form: '/password' })).status, 303);
    assert.equal((await hans.get('/admin')).status, 303, 'signed out everywhere');
    assert.equal((await signIn('hans', password)).status, 303);
    assert.equal((await signIn('hans')).status, 422);
    const [entry] = await hark.sql("SELECT difference FROM audit WHERE action = 'agent.update' AND noun_name = 'hans' ORDER BY id DESC LIMIT 1");
    assert.ok(entry);
    assert.ok(!entry.difference.includes(password));
    const helpers = (await made('/api/v1/roles', { name: 'People keepers', permissions: ['people.manage', 'chat.work', 'chat.pick', 'chat.see_queues', 'contacts.read', 'contacts.edit', 'contacts.see', 'history.read'] })).id;
    await newAgent('petra', { roles: [helpers] });
    const petra = (await signIn('petra')).client;
    assert.equal((await petra.get(`/admin/agents/${acme.agents.boss}/password`)).status, 403);
    assert.equal((await petra.post(`/admin/agents/${acme.agents.boss}/password`, { form: petra.formToken, password: 'taken over now' })).status, 403);
    assert.equal((await (await signIn('anna')).client.get(path)).status, 403);
    assert.equal((await boss.get('/admin/agents/999999/password')).status, 404);
  });

  test('M-USER-05 whoever manages nothing comes to the console, and to no page of the control panel', async () => {
    const client = newClient();
    assert.equal((await client.submit('/sign-in', { company: 'acme', account: 'anna', password: PASSWORD })).headers.location, '/console');
    for (const path of ['/admin/agents', '/admin/roles', '/admin/queues', '/admin/widgets', '/admin/skills', '/admin/agents/import']) assert.equal((await client.get(path)).status, 403, path);
    const manager = newClient();
    assert.equal((await manager.submit('/sign-in', { company: 'acme', account: 'boss', password: PASSWORD })).headers.location, '/admin');
  });

  test('M-USER-06 M-USER-10 M-USER-11 the page of an agent has parts: personal info, groups, security', async () => {
    const page = await boss.get(`/admin/agents/${acme.agents.anna}`);
    for (const [name, label] of [['account', 'Personal info'], ['roles', 'Groups'], ['password', 'Security']]) {
      assert.match(page.text, new RegExp(`<a href="#s-${name}">${label}</a>`));
      assert.match(page.text, new RegExp(`<h2 class="section wide" id="s-${name}">${label}</h2>`));
    }
    const at = (name) => page.text.indexOf(`id="f-${name}"`);
    const order = ['account', 'locale', 'time_zone', 'roles', 'queues', 'skills', 'max_chats', 'max_tickets', 'password', 'two_factor', 'allowed_addresses'];
    assert.deepEqual([...order].sort((a, b) => at(a) - at(b)), order);
    const queue = (await made('/api/v1/queues', { name: 'Sales' })).id;
    assert.equal((await boss.submit(`/admin/agents/${acme.agents.anna}`, { queues: [queue, acme.queue] })).status, 303);
    assert.deepEqual((await root('GET', `/api/v1/agents/${acme.agents.anna}`)).json().queues.sort(), [acme.queue, queue].sort());
    assert.equal((await boss.submit(`/admin/agents/${acme.agents.anna}`, { queues: acme.queue })).status, 303);
    assert.deepEqual((await root('GET', `/api/v1/agents/${acme.agents.anna}`)).json().queues, [acme.queue]);
  });

  test('M-USER-01 F-MEM-01 the list is searched and narrowed by role, queue, skill, widget and status', async () => {
    const sales = Number((await hark.sql(`SELECT id FROM queue WHERE tenant_id = ${acme.id} AND name = 'Sales'`))[0].id);
    const polish = (await made('/api/v1/skills', { name: 'Polish' })).id;
    await newAgent('pola', { first_name: 'Pola', last_name: 'Negri', queues: [sales], skills: [polish] });
    const widget = (await made('/api/v1/widgets', { name: 'Shop', queue_id: sales })).id;
    const supervisors = await roleId('Supervisors');
    await newAgent('sven', { roles: [supervisors] });
    const found = async (query) => names(await boss.get(`/admin/agents?${query}`));
    assert.deepEqual(await found('q=negri'), ['pola']);
    assert.deepEqual(await found('q=pola%40acme'), ['pola']);
    assert.deepEqual(await found(`queues=${sales}`), ['pola']);
    assert.deepEqual(await found(`skills=${polish}`), ['pola']);
    assert.deepEqual(await found(`widgets=${widget}`), ['pola']);
    assert.deepEqual(await found(`roles=${supervisors}`), ['sven']);
    assert.deepEqual(await found('status=online'), []);
    const page = await boss.get('/admin/agents');
    for (const filter of ['roles', 'queues', 'skills', 'widgets', 'status']) assert.match(page.text, new RegExp(`<select name="${filter}">`), filter);
    assert.match(rows(page).find((row) => row.includes('pola')), /data-label="Roles">[\s\S]*Agents/);
    assert.equal((await root('GET', `/api/v1/agents?widgets=${widget}`)).json().total, 1);
  });

  test('M-USER-08 M-USER-09 the limits of chats and of tickets are in the form and in the list, empty is without limit', async () => {
    const path = `/admin/agents/${acme.agents.bert}`;
    assert.equal((await boss.submit(path, { max_chats: '4', max_tickets: '30' })).status, 303);
    const row = async () => rows(await boss.get('/admin/agents?q=bert'))[0];
    assert.match(await row(), /data-label="Chats at once">\s*4\s*<\/td>/);
    assert.match(await row(), /data-label="Tickets at once">\s*30\s*<\/td>/);
    const wrong = await boss.submit(path, { max_chats: '4', max_tickets: '1001' });
    assert.match(wrong.text, /id="p-max_tickets"[^>]*>Tickets at once must be a number from 1 to 1000/);
    assert.equal((await boss.submit(path, { max_chats: '', max_tickets: '' })).status, 303);
    assert.match(await row(), /data-label="Chats at once">\s*<span class="no"/);
    const [stored] = await hark.sql(`SELECT max_chats, max_tickets FROM agent WHERE id = ${acme.agents.bert}`);
    assert.deepEqual(stored, { max_chats: null, max_tickets: null });
  });
});

describe('agents who go', () => {
  test('M-USER-02 A-AGENT-13 a deleted agent stays in the list of the deleted and in the history, and can be brought back', async () => {
    const id = await newAgent('dora', { alias: 'Dora D', queues: [acme.queue] });
    const dora = await Agent.at(hark, acme, 'dora');
    const visitor = new Visitor(hark, acme.key);
    await visitor.start('A question of before');
    await soon(async () => (await dora.act(visitor.chat, 'accept')).status === 200, 'accepted');
    await dora.say(visitor.chat, 'An answer of Dora');
    await dora.act(visitor.chat, 'end');
    assert.equal((await boss.submit(`/admin/agents/${id}/delete`, {}, { form: '/delete' })).status, 303);
    assert.deepEqual(names(await boss.get('/admin/agents?q=dora')), []);
    assert.deepEqual(names(await boss.get('/admin/agents?q=dora&status=deleted')), ['Dora D']);
    assert.equal((await signIn('dora')).status, 422);
    assert.match((await boss.get('/admin/history')).text, /Dora D/);
    assert.match((await boss.get(`/admin/history/${visitor.chat}`)).text, /Dora D/);
    assert.match((await boss.get(`/admin/agents/${id}`)).text, /This was deleted/);
    assert.equal((await boss.post(`/admin/agents/${id}/restore`, { form: boss.formToken })).status, 303);
    assert.equal((await signIn('dora')).status, 303);
  });

  test('nobody comes back without a role: when all of them were deleted meanwhile, one has to be restored first', async () => {
    const role = (await made('/api/v1/roles', { name: 'Shift leaders', permissions: ['chat.work'] })).id;
    const id = await newAgent('erik', { roles: [role] });
    assert.equal((await root('DELETE', `/api/v1/agents/${id}`)).status, 204);
    assert.equal((await root('DELETE', `/api/v1/roles/${role}`)).status, 204);
    const refused = await root('POST', `/api/v1/agents/${id}/restore`);
    assert.equal(refused.status, 409, refused.text);
    assert.equal(refused.json().fields.roles.message, 'were deleted; restore one of them first');
    const page = await boss.post(`/admin/agents/${id}/restore`, { form: boss.formToken });
    assert.match(page.text, /Roles were deleted; restore one of them first/);
    assert.equal((await root('POST', `/api/v1/roles/${role}/restore`)).status, 200);
    assert.equal((await root('POST', `/api/v1/agents/${id}/restore`)).status, 200);
    assert.deepEqual((await root('GET', `/api/v1/agents/${id}`)).json().roles, [role]);
  });

  test('A-AGENT-13 the chats of a deleted agent wait again, before everybody else, and the visitor is told', async () => {
    const id = await newAgent('emil', { queues: [acme.queue], max_chats: null });
    const emil = await Agent.at(hark, acme, 'emil');
    const mine = new Visitor(hark, acme.key);
    await mine.start('Mine');
    await soon(async () => (await emil.act(mine.chat, 'accept')).status === 200, 'accepted');
    const earlier = new Visitor(hark, acme.key);
    await earlier.start('Waits');
    await emil.ok('POST', '/console/status', { status: 'away' });
    await hark.sql(`UPDATE conversation SET waiting_since = created_at - 3600000 WHERE id = ${earlier.chat}`);
    mine.listen();
    assert.equal((await root('DELETE', `/api/v1/agents/${id}`)).status, 204);
    const told = await mine.heard((event) => event.message?.event?.what === 'agent_gone');
    assert.equal(told.message.event.name, 'emil');
    const { conversation } = await soon(async () => { const now = await mine.sync(); return now.conversation.state !== 'active' && now; }, 'waits again');
    assert.equal(conversation.position, 1, 'before the one who has waited for an hour');
    assert.equal((await earlier.sync()).conversation.position, 2);
    const anna = await Agent.at(hark, acme, 'anna');
    await soon(async () => (await anna.act(mine.chat, 'accept')).status === 200, 'a colleague takes it');
    assert.deepEqual((await hark.sql(`SELECT chats FROM agent WHERE id = ${id}`))[0], { chats: '0' });
    await mine.stop();
    for (const chat of [mine.chat, earlier.chat]) { await anna.act(chat, 'accept'); await anna.act(chat, 'end'); }
    await anna.ok('POST', '/console/status', { status: 'offline' });
  });

  test('an agent who is restored at once keeps his chats', async () => {
    const id = await newAgent('fritz', { queues: [acme.queue] });
    const fritz = await Agent.at(hark, acme, 'fritz');
    const visitor = new Visitor(hark, acme.key);
    await visitor.start('Stay');
    await soon(async () => (await fritz.act(visitor.chat, 'accept')).status === 200, 'accepted');
    await hark.kill('hark-jobs');
    assert.equal((await root('DELETE', `/api/v1/agents/${id}`)).status, 204);
    assert.equal((await root('POST', `/api/v1/agents/${id}/restore`)).status, 200);
    await hark.restart('hark-jobs');
    await soon(async () => (await hark.sql("SELECT COUNT(*) AS n FROM job WHERE kind = 'agent.gone'"))[0].n === '0', 'the job is done');
    assert.equal((await visitor.sync()).conversation.state, 'active');
  });
});

describe('queues, skills, away statuses', () => {
  test('A-QUEUE-01 A-QUEUE-02 B-INB-01 M-USER-13 a queue has a name, a description and its agents, on one page, for who has the right', async () => {
    assert.equal((await boss.submit('/admin/queues/new', { name: '', description: 'x' })).status, 422);
    const reply = await boss.submit('/admin/queues/new', { name: 'Support', description: 'Second line', agents: [acme.agents.anna, acme.agents.bert] });
    assert.equal(reply.status, 303, reply.text);
    const [queue] = (await root('GET', '/api/v1/queues?q=Support')).json().items;
    assert.deepEqual([queue.description, queue.agents], ['Second line', [acme.agents.anna, acme.agents.bert]]);
    assert.equal((await boss.submit('/admin/queues/new', { name: 'Only a name' })).status, 303);
    assert.deepEqual(names(await boss.get('/admin/queues?q=suppo')), ['Support']);
    const anna = (await signIn('anna')).client;
    assert.equal((await anna.get('/admin/queues')).status, 403);
    assert.equal((await anna.post('/admin/queues', { form: anna.formToken, name: 'Mine', for_chat: '1' })).status, 403);
  });

  test('A-QUEUE-03 a queue that is not for chats cannot be chosen for them', async () => {
    const inbox = (await made('/api/v1/queues', { name: 'Tickets only', for_chat: false, for_inbox: true })).id;
    const chats = (await made('/api/v1/queues', { name: 'Chats only', for_chat: true, for_inbox: false })).id;
    const anna = await Agent.at(hark, acme, 'anna');
    const queues = anna.state.queues.filter((queue) => queue.for_chat).map((queue) => queue.id);
    assert.ok(queues.includes(chats) && !queues.includes(inbox));
    const visitor = new Visitor(hark, acme.key);
    await visitor.start('Pass me on');
    await soon(async () => (await anna.act(visitor.chat, 'accept')).status === 200, 'accepted');
    assert.equal((await anna.act(visitor.chat, 'transfer', { queue: inbox })).status, 404);
    assert.equal((await anna.act(visitor.chat, 'transfer', { queue: chats })).status, 200);
    assert.equal((await root('POST', '/api/v1/widgets', { name: 'Wrong', queue_id: inbox })).status, 422);
    assert.equal((await root('GET', '/api/v1/queues?for_inbox=1&for_chat=0')).json().total, 1);
    await anna.ok('POST', '/console/status', { status: 'offline' });
  });

  test('F-TEAM-01 a new company has the queue Inbox, and may have any number', async () => {
    const { items } = (await root('GET', '/api/v1/queues')).json();
    assert.ok(items.some((queue) => queue.name === 'Inbox' && queue.id === acme.queue));
    for (let i = 0; i < 30; i += 1) await made('/api/v1/queues', { name: `Team ${i}` });
    assert.equal((await root('GET', '/api/v1/queues?q=Team')).json().total, 30);
  });

  test('A-SKILL-01 A-SKILL-03 skills have free names, a description and agents', async () => {
    for (const name of ['Deutsch', 'Printers & scanners', '日本語']) assert.equal((await boss.submit('/admin/skills/new', { name, description: 'Said freely', agents: acme.agents.anna })).status, 303, name);
    assert.equal((await boss.submit('/admin/skills/new', { name: '' })).status, 422);
    const { items } = (await root('GET', '/api/v1/skills?q=freely')).json();
    assert.deepEqual(items.map((skill) => skill.name).sort(), ['Deutsch', 'Printers & scanners', '日本語']);
    assert.deepEqual(items[0].agents, [acme.agents.anna]);
    const page = await boss.get(`/admin/agents/${acme.agents.anna}`);
    for (const { id } of items) assert.match(page.text, new RegExp(`name="skills" value="${id}" checked`));
  });

  test('A-AWAY-01 the list of away statuses: add, rename, delete', async () => {
    assert.equal((await boss.submit('/admin/away-statuses/new', { name: 'Coffee' })).status, 303);
    const [status] = (await root('GET', '/api/v1/away-statuses?q=Coffee')).json().items;
    assert.equal((await boss.submit(`/admin/away-statuses/${status.id}`, { name: 'Tea' })).status, 303);
    assert.ok(names(await boss.get('/admin/away-statuses')).includes('Tea'));
    assert.equal((await boss.submit(`/admin/away-statuses/${status.id}`, { name: '' })).status, 422);
    assert.equal((await boss.submit(`/admin/away-statuses/${status.id}/delete`, {}, { form: '/delete' })).status, 303);
    assert.ok(!names(await boss.get('/admin/away-statuses')).includes('Tea'));
  });
});

describe('import', () => {
  const HEAD = 'account,email,first_name,last_name,alias,roles,queues,skills,phone,title,password';
  const send = (csv, more = {}, client = boss) => client.submit('/admin/agents/import', { csv, ...more });
  const problems = (page) => [...page.text.matchAll(/<tr><td class="number" data-label="Line">([^<]*)<\/td><td[^>]*>([^<]*)<\/td><td[^>]*>(?:<code>([^<]*)<\/code>)?<\/td><td[^>]*>([^<]*)<\/td><\/tr>/g)]
    .map(([, line, column, value, message]) => ({ line, column, value, message: message.trim() }));
  const count = async () => Number((await hark.sql(`SELECT COUNT(*) AS n FROM agent WHERE tenant_id = ${acme.id}`))[0].n);

  test('what is wrong is said in the reader’s language, as everywhere', async () => {
    await boss.post('/language', { form: boss.formToken, locale: 'es', next: '/admin' });
    try {
      const bad = await send('account,email,first_name,roles\nzoe,nomail,Zoe,Agents\n');
      assert.equal(bad.status, 422);
      assert.match([...bad.text.matchAll(/<td data-label="Problema">([^<]*)<\/td>/g)].map(([, text]) => text).join(), /^Correo electrónico: debe ser/);
    } finally {
      await boss.post('/language', { form: boss.formToken, locale: 'en', next: '/admin' });
    }
  });

  test('F-MEM-01 a look before tells what would come; then all agents are there, with roles, queues, skills and passwords', async () => {
    const template = await boss.get('/admin/agents/import/template.csv');
    assert.match(template.headers['content-disposition'], /agents\.csv/);
    assert.ok(template.text.startsWith(`\ufeff${HEAD},`));
    const sound = await send(template.text.replaceAll('anna', 'zoe'));
    assert.equal(sound.status, 200, JSON.stringify(problems(sound)));
    const csv = `\ufeff${HEAD}\r\nida,ida@acme.example,Ida,"O""Hara, sen.",,agents; Supervisors,Inbox;Sales,Dutch,'+33 1,Boss,${PASSWORD}\r\n\r\njan,jan@acme.example,Jan,,Johnny,Agents,,,,,\r\n`;
    const before = await count();
    const look = await send(csv);
    assert.equal(look.status, 200, look.text);
    assert.match(look.text, /2 agents can be imported/);
    assert.match(look.text, /1 of them has no password yet/);
    assert.match(look.text, /Import 2 agents/);
    assert.equal(await count(), before, 'a look stores nothing');
    const form = readForms(look.text).find((one) => one.action === '/admin/agents/import');
    const kept = await boss.post('/admin/agents/import', [...form.values, ['keep', '1']]);
    assert.equal(kept.status, 303, kept.text);
    assert.equal(await count(), before + 2);
    const [ida] = (await root('GET', '/api/v1/agents?q=ida')).json().items;
    assert.deepEqual([ida.last_name, ida.alias, ida.phone, ida.title], ['O"Hara, sen.', 'Ida', '+33 1', 'Boss']);
    assert.deepEqual([ida.roles.length, ida.queues.length, ida.skills.length], [2, 2, 1]);
    assert.equal((await signIn('ida')).status, 303);
    assert.equal((await signIn('jan')).status, 422);
    const audit = await hark.sql("SELECT difference FROM audit WHERE action = 'agent.create' AND noun_name IN ('Ida', 'Johnny')");
    assert.equal(audit.length, 2);
    assert.ok(!audit.some((row) => row.difference.includes(PASSWORD)));
  });

  const sendFile = async (bytes, more = {}) => {
    const [form] = readForms((await boss.get('/admin/agents/import')).text).filter((one) => one.action === '/admin/agents/import');
    const made = await formWithFiles({ ...Object.fromEntries(form.values), file: { name: 'agents.csv', bytes: Buffer.from(bytes) }, ...more });
    return boss.request('POST', '/admin/agents/import', made);
  };

  test('F-MEM-01 without JavaScript the file itself is sent, looked at, and imported by what the look shows', async () => {
    const before = await count();
    const csv = `${HEAD}\nfile1,file1@acme.example,J\u00fcrgen,,,Agents,,,,,\n`;
    for (const bytes of [csv, Buffer.from(csv, 'latin1'), `\ufeff${csv}`]) {
      const look = await sendFile(bytes, { keep: '1', csv: 'what stood there before' });
      assert.equal(look.status, 200, look.text);
      assert.match(look.text, /1 agent can be imported/);
      assert.match(look.text, /J\u00fcrgen/);
      assert.equal(await count(), before, 'a file is looked at first');
      const form = readForms(look.text).find((one) => one.action === '/admin/agents/import');
      assert.match(Object.fromEntries(form.values).csv, /J\u00fcrgen/);
    }
    for (const [bytes, message] of [['a\0b', /This is no text file/], [Buffer.from('\ufeffaccount', 'utf16le'), /This file is in UTF-16\. Save it in UTF-8/], ['z'.repeat(500001), /The file is too large: at most 500000 bytes/]]) {
      const reply = await sendFile(bytes, { csv });
      assert.equal(reply.status, 422);
      assert.match(reply.text, message);
      assert.match(reply.text, /file1@acme\.example/, 'what was pasted stays');
    }
    const plain = await sendFile('', { csv, keep: '1' });
    assert.equal(plain.status, 422, 'an empty file is the one that was chosen');
  });

  test('U-30 a hash of a password from another system is taken over with the agent', async () => {
    const head = `${HEAD},password_hash`;
    const hash = '$2y$10$92IXUNpkjO0rOQ5byMi.Ye4oKoEa3Ro9llC/.og/at2.uheWG/igi';
    const bad = await send(`${head}\nh1,h1@acme.example,H,,,Agents,,,,,,plainly-wrong\nh2,h2@acme.example,H,,,Agents,,,,,${PASSWORD},${hash}`);
    assert.equal(bad.status, 422);
    assert.deepEqual(problems(bad).map((one) => [one.line, one.column, one.value]), [['2', 'Password hash', undefined], ['3', 'Password hash', undefined]]);
    assert.match(bad.text, /is of a kind that is not known/);
    assert.match(bad.text, /must be empty when there is a password/);
    const csv = `${head}\nhashed,hashed@acme.example,H,,,Agents,,,,,,${hash}`;
    const look = await send(csv);
    assert.equal(look.status, 200, look.text);
    assert.doesNotMatch(look.text, /has no password yet/);
    assert.equal((await send(csv, { keep: '1' })).status, 303);
    const stored = async () => (await hark.sql(`SELECT password_hash FROM agent WHERE tenant_id = ${acme.id} AND account = 'hashed'`))[0].password_hash;
    assert.equal(await stored(), hash);
    assert.equal((await signIn('hashed', 'password')).status, 303);
    assert.match(await stored(), /^\$argon2id\$/);
    const audit = await hark.sql("SELECT difference FROM audit WHERE action = 'agent.create' AND difference LIKE '%hashed@acme%'");
    assert.equal(audit.length, 1);
    assert.ok(!audit[0].difference.includes(hash));
  });

  test('every mistake is told by its line with field, value and limit, and nothing is half imported', async () => {
    const before = await count();
    const csv = [HEAD, 'kim,kim@acme.example,Kim,,,Agents,,,,,', 'anna,new@acme.example,A,,,Agents,,,,,', 'x1,not an address,B,,,Agents,,,,,',
      'x2,x2@acme.example,,,,Agents,,,,,', `x3,x3@acme.example,${'y'.repeat(81)},,,Agents,,,,,`, 'x4,x4@acme.example,D,,,Wizards,,,,,',
      'KIM,x5@acme.example,E,,,Agents,,,,,', 'x6,x6@acme.example,F,,,Agents,,,,,short', 'x7,x7@acme.example,G,,,Agents', 'x8,BERT@acme.example,H,,,Agents,Nowhere,,,,',
      'kim@ACME.example,x9@acme.example,I,,,Agents,,,,,', 'anna@acme.example,x11@acme.example,K,,,Agents,,,,,', 'x12@acme.example,x13@acme.example,L,,,Agents,,,,,',
      'x14,x12@acme.example,M,,,Agents,,,,,'].join('\n');
    for (const more of [{}, { keep: '1' }]) {
      const reply = await send(csv, more);
      assert.equal(reply.status, 422);
      const told = problems(reply);
      const on = (line) => told.filter((one) => one.line === String(line)).map(({ column, value, message }) => `${column}|${value ?? ''}|${message}`).join(' ; ');
      assert.equal(on(2), '');
      assert.match(on(3), /^Account\|anna\|Account is already used/);
      assert.match(on(4), /E-mail\|not an address\|E-mail must be one e-mail address/);
      assert.match(on(5), /First name\|\|First name is required/);
      assert.match(on(6), /First name\|y{60}…\|First name must be at most 80 characters/);
      assert.match(on(7), /Roles\|Wizards\|Roles has no such entry: Wizards/);
      assert.match(on(8), /Account\|KIM\|Account stands already in line 2/);
      assert.match(on(9), /Password\|\|Password must have at least 8 characters/);
      assert.match(on(10), /another number of cells than the first line, which has 11/);
      assert.match(on(11), /Queues\|Nowhere\|/);
      assert.match(on(11), /E-mail\|BERT@acme.example\|E-mail is already used/);
      assert.match(on(12), /Account\|kim@ACME.example\|Account stands already in line 2/);
      assert.match(on(13), /Account\|anna@acme.example\|Account is already used/);
      assert.match(on(15), /E-mail\|x12@acme.example\|E-mail stands already in line 14/);
      assert.match(reply.text, /kim@acme\.example/, 'what was pasted stays');
      assert.equal(await count(), before);
    }
  });

  test('a file that is none is refused as a whole, with the limit', async () => {
    const line = (i) => `m${i},m${i}@acme.example,M,,,Agents,,,,,`;
    for (const [csv, message] of [
      ['', /There are no agents in the file/], [HEAD, /There are no agents in the file/],
      ['account,email', /The column “first_name” is missing/], [`${HEAD},colour\n`, /There is no column “colour”/],
      [`${HEAD},email\n`, /The column “email” stands twice/], [`${HEAD}\n"open`, /does not end with one/],
      [`${HEAD}\na"b,c`, /A quote stands inside a cell/],
      [[HEAD, ...Array.from({ length: 1001 }, (_, i) => line(i))].join('\n'), /At most 1000 agents at a time/],
      [[HEAD, ...Array.from({ length: 101 }, (_, i) => line(i) + PASSWORD)].join('\n'), /At most 100 agents with a password/],
      [`${HEAD}\n${'z'.repeat(500000)}`, /The file is too large: at most 500000 bytes/],
    ]) {
      const reply = await send(csv);
      assert.equal(reply.status, 422, String(message));
      assert.match(reply.text, message);
    }
  });

  test('A-ROLE-04 nobody imports somebody with more rights than he has', async () => {
    const petra = (await signIn('petra')).client;
    await petra.get('/admin');
    const before = await count();
    const reply = await send(`account,email,first_name,roles\nevil,evil@acme.example,Evil,Administrators\n`, { keep: '1' }, petra);
    assert.equal(reply.status, 422);
    assert.match(problems(reply)[0].message, /must not allow more than you may do yourself/);
    assert.equal(await count(), before);
    const fine = await send(`account,email,first_name,roles\nfine,fine@acme.example,Fine,Agents\n`, { keep: '1' }, petra);
    assert.equal(fine.status, 303, fine.text);
  });

  test('a thousand agents with semicolons between the cells come in at once', async () => {
    const lines = Array.from({ length: 1000 }, (_, i) => `n${i};n${i}@many.example;N${i};Agents;"Inbox|Sales"`);
    const before = await count();
    assert.equal((await send(['account;email;first_name;roles;queues', ...lines].join('\n'), { keep: '1' })).status, 303);
    assert.equal(await count(), before + 1000);
    assert.equal((await root('GET', '/api/v1/agents?q=many.example&per_page=1')).json().total, 1000);
  });
});
