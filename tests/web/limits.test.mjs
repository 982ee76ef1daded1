// SPDX-License-Identifier: BSD-2-Clause
// limits.test.mjs - what plans limit: refused with a clear message at every door, never passed by two at once, and shown where it binds.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { Agent, Visitor, company, PASSWORD } from '../harness/chat.mjs';
import { startHark, until } from '../harness/hark.mjs';

let hark;

before(async () => { hark = await startHark({ conf: { web_workers: 6 } }); });
after(() => hark?.stop());

const one = async (sql) => (await hark.sql(sql))[0];

async function ok(...args) {
  const done = await hark.hark([...args, '--json'], { input: PASSWORD });
  assert.equal(done.code, 0, done.stderr);
  return done.json();
}

/** A company of that plan, its administrator at the console, and an API key. */
async function limited(code, limits, agents = { anna: { role: 'Administrators' } }) {
  const made = await company(hark, code, { agents });
  await ok('plan', 'create', '--code', code, '--name', `Plan of ${code}`, ...Object.entries(limits).flatMap(([key, most]) => [`--${key}`, String(most)]));
  await ok('tenant', 'plan', '--tenant', code, '--plan', code);
  const anna = await Agent.at(hark, made, 'anna');
  const { key } = await ok('key', 'create', '--tenant', code, '--account', 'anna', '--name', 'tests');
  const api = (method, path, body) => hark.client({ headers: { 'X-Api-Key': key } }).json(method, path, body);
  return { ...made, anna, api };
}

const person = (name, role) => ({ account: name, email: `${name}@x.example`, first_name: name, alias: name, roles: [role] });

describe('agents', () => {
  let few, role;
  before(async () => {
    few = await limited('few', { agents: 3 });
    role = Number((await one(`SELECT id FROM role WHERE tenant_id = ${few.id} AND name = 'Agents'`)).id);
  });

  test('U-32 of ten who are added at once only as many come in as there are places', async () => {
    // Rows of the same names hold all of them up between counting and storing, until they are rolled back.
    const held = hark.sql(`BEGIN; ${[...Array(10)].map((_, i) => `INSERT INTO agent (tenant_id, account, email, first_name, alias, created_at,
      updated_at) VALUES (${few.id}, 'p${i}', 'p${i}@x.example', 'x', 'x', 1, 1);`).join(' ')} SELECT SLEEP(2); ROLLBACK`);
    // (INNODB_TRX would do, but it is not read anew for who asks more often than ten times a second.)
    await until('held', async () => (await one("SELECT COUNT(*) AS n FROM information_schema.PROCESSLIST WHERE INFO = 'SELECT SLEEP(2)'")).n === '1');
    const replies = await Promise.all([...Array(10)].map((_, i) => few.api('POST', '/api/v1/agents', person(`p${i}`, role))));
    await held;
    assert.equal(replies.filter((reply) => reply.status === 201).length, 2, replies.map((reply) => reply.status).join());
    for (const reply of replies.filter((one) => one.status !== 201)) {
      assert.equal(reply.status, 422);
      assert.match(reply.text, /Agents: 3 of 3/);
    }
    assert.equal((await one(`SELECT COUNT(*) AS n FROM agent WHERE tenant_id = ${few.id} AND deleted_at IS NULL`)).n, '3');
  });

  test('U-32 the form says it and keeps what was typed, the list shows it, the command is refused too', async () => {
    const list = await few.anna.client.get('/admin/agents');
    assert.match(list.text, /class="limit full"[\s\S]*Agents: 3 of 3/);
    const form = await few.anna.client.submit('/admin/agents/new', { account: 'late', first_name: 'Late', alias: 'Late', email: 'late@x.example', roles: String(role) });
    assert.equal(form.status, 422);
    assert.match(form.text, /Agents: 3 of 3/);
    assert.match(form.text, /value="late@x\.example"/);
    const done = await hark.hark(['agent', 'create', '--tenant', 'few', '--account', 'late', '--email', 'late@x.example', '--first-name', 'Late', '--password-file', '-'], { input: PASSWORD });
    assert.equal(done.code, 1);
    assert.match(done.stderr, /Agents: 3 of 3/);
  });

  test('U-32 a deleted agent makes room and is not restored into a full company', async () => {
    const { id } = await one(`SELECT id FROM agent WHERE tenant_id = ${few.id} AND account LIKE 'p%' AND deleted_at IS NULL LIMIT 1`);
    assert.equal((await few.api('DELETE', `/api/v1/agents/${id}`)).status, 204);
    assert.equal((await few.api('POST', '/api/v1/agents', person('next', role))).status, 201);
    const restored = await few.api('POST', `/api/v1/agents/${id}/restore`);
    assert.ok(restored.status === 409 || restored.status === 422, restored.text);
    assert.match(restored.text, /Agents: 3 of 3/);
    await ok('plan', 'change', '--code', 'few', '--agents', '4');
    assert.equal((await few.api('POST', `/api/v1/agents/${id}/restore`)).status, 200);
  });

  test('U-32 a smaller plan takes nobody away', async () => {
    await ok('plan', 'change', '--code', 'few', '--agents', '1');
    assert.equal((await few.anna.client.get('/admin/agents')).status, 200);
    assert.match((await few.anna.client.get('/admin/usage')).text, /Agents: 4 of 1/);
  });
});

test('B-INB-02 widgets and queues are made as far as the plan allows', async () => {
  const small = await limited('small', { widgets: 2, queues: 2 });
  const widget = (name) => ({ name, queue_id: small.queue, button_colour: '#123456', position: 'right', offline_button: 'gray', display: 'embedded' });
  assert.equal((await small.api('POST', '/api/v1/widgets', widget('Second'))).status, 201);
  const third = await small.api('POST', '/api/v1/widgets', widget('Third'));
  assert.equal(third.status, 422);
  assert.match(third.text, /Widgets: 2 of 2/);
  const queues = await Promise.all(['a', 'b', 'c', 'd'].map((name) => small.api('POST', '/api/v1/queues', { name, for_chat: true })));
  assert.deepEqual(queues.map((reply) => reply.status).sort(), [201, 422, 422, 422]);
  assert.match(queues.find((reply) => reply.status === 422).text, /Queues: 2 of 2/);
  await ok('plan', 'change', '--code', 'small', '--widgets', '', '--chats', '0');
  const none = await small.api('POST', '/api/v1/widgets', widget('Third'));
  assert.equal(none.status, 422);
  assert.match(none.text, /Chats at once: 0 of 0/, 'a plan without chats has no way in for them');
  await ok('plan', 'change', '--code', 'small', '--chats', '1');
  assert.equal((await small.api('POST', '/api/v1/widgets', widget('Third'))).status, 201);
});

describe('chats', () => {
  test('X-ROUT-04 agents together accept as many chats as the plan allows, and not one more however they race', async () => {
    const busy = await limited('lines', { chats: 3 }, { anna: { role: 'Administrators', max: 100 }, bert: { max: 100 }, carl: { max: 100 } });
    const agents = [busy.anna, await Agent.at(hark, busy, 'bert'), await Agent.at(hark, busy, 'carl')];
    const visitors = await Promise.all([...Array(9)].map(async () => {
      const vera = new Visitor(hark, busy.key);
      assert.equal((await vera.start('Hello')).status, 200);
      return vera;
    }));
    const replies = await Promise.all(visitors.map((vera, i) => agents[i % 3].act(vera.chat, 'accept')));
    assert.equal(replies.filter((reply) => reply.status === 200).length, 3, replies.map((reply) => reply.text).join());
    for (const reply of replies.filter((one) => one.status !== 200)) {
      assert.deepEqual([reply.status, reply.json().error, reply.json().used, reply.json().limit], [409, 'limit', 3, 3]);
      assert.match(reply.json().message, /Chats at once: 3 of 3/);
    }
    assert.equal((await one(`SELECT COUNT(*) AS n FROM conversation WHERE tenant_id = ${busy.id} AND state = 'active'`)).n, '3');
    const state = (await busy.anna.ok('GET', '/console/state')).json();
    assert.deepEqual([state.tenant.chats.used, state.tenant.chats.most], [3, 3]);

    // A visitor who comes now is told, keeps the text, and comes in as soon as a line is free.
    const late = new Visitor(hark, busy.key);
    const words = { en: /All our lines are busy/, fr: /lignes/, pt: /linhas/, es: /líneas/ };
    for (const [locale, expected] of Object.entries(words)) {
      const refused = await late.json('start', { client_id: 'aaaaaaaa-1', text: 'Hello' }, { headers: { 'Accept-Language': locale } });
      assert.deepEqual([refused.status, refused.json().error], [409, 'busy']);
      assert.match(refused.json().message, expected, locale);
      assert.ok(Number(refused.headers['retry-after']) > 0);
    }
    const mine = visitors.find((vera, i) => replies[i].status === 200);
    const owner = agents[visitors.indexOf(mine) % 3];
    const moved = await owner.act(mine.chat, 'transfer', { agent: busy.agents[owner === busy.anna ? 'bert' : 'anna'] });
    assert.equal(moved.status, 200, 'a chat that changes hands is no new one');
    assert.equal((await mine.json('end', { conversation: mine.chat })).status, 200);
    assert.equal((await late.json('start', { client_id: 'aaaaaaaa-1', text: 'Hello' })).status, 200);
    const waiting = visitors.find((vera, i) => replies[i].status !== 200);
    await until('room', async () => (await busy.anna.act(waiting.chat, 'accept')).status === 200);
  });

  test('U-32 over the messages of a month new chats are refused and running ones go on; administrators see it early', async () => {
    const quiet = await limited('quiet', { 'messages-month': 5 });
    const vera = new Visitor(hark, quiet.key);
    assert.equal((await vera.start('One')).status, 200);
    for (const text of ['two', 'three', 'four']) assert.equal((await vera.say(text)).status, 200);
    await until('counted', async () => (await one(`SELECT SUM(messages) AS n FROM tenant_usage WHERE tenant_id = ${quiet.id}`)).n === '4');
    assert.match((await quiet.anna.client.get('/admin/usage')).text, /Messages this month: 4 of 5[\s\S]*class="word early"/);
    assert.match((await quiet.anna.client.get('/admin')).text, /Messages this month: 4 of 5/);
    assert.equal((await vera.say('five')).status, 200);
    await until('counted', async () => (await one(`SELECT SUM(messages) AS n FROM tenant_usage WHERE tenant_id = ${quiet.id}`)).n === '5');
    assert.deepEqual([(await new Visitor(hark, quiet.key).start('Hello')).status], [409]);
    assert.equal((await vera.say('six')).status, 200);
    assert.match((await quiet.anna.client.get('/admin/usage')).text, /class="word full"/);
  });

  test('U-32 files are kept as far as the storage goes, also when many come at once, and nothing of a refused one stays', async () => {
    const disk = await limited('disk', { 'storage-mb': 1 });
    const vera = new Visitor(hark, disk.key);
    await vera.start('Hello');
    const replies = await Promise.all([...Array(6)].map((_, i) => vera.upload(`f${i}.txt`, 'x'.repeat(300_000))));
    assert.deepEqual(replies.map((reply) => reply.status).sort(), [200, 200, 200, 403, 403, 403], replies.map((reply) => reply.text).join());
    assert.equal(replies.find((reply) => reply.status === 403).json().error, 'storage_limit');
    assert.match(replies.find((reply) => reply.status === 403).json().message, /no more room/);
    assert.deepEqual(await one(`SELECT COUNT(*) AS files, (SELECT storage_bytes FROM tenant_load WHERE tenant_id = ${disk.id}) AS bytes
      FROM file WHERE tenant_id = ${disk.id}`), { files: '3', bytes: '900000' });
    assert.equal((await vera.say('texts go on')).status, 200);
  });
});

test('U-32 requests of API keys are limited by the minute', async () => {
  const api = await limited('api', { 'api-minute': 5 });
  const replies = [];
  for (let i = 0; i < 7; i += 1) replies.push(await api.api('GET', '/api/v1/agents'));
  // A minute may end between two of them.
  const refused = replies.filter((reply) => reply.status === 429);
  assert.ok(refused.length >= 1 || replies.length < 6);
  assert.equal(refused[0].json().error, 'api_limit');
  assert.ok(Number(refused[0].headers['retry-after']) > 0);
  assert.equal((await api.anna.client.get('/admin/agents')).status, 200, 'pages are not counted');
});
