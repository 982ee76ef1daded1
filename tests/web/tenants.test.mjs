// SPDX-License-Identifier: BSD-2-Clause
// tenants.test.mjs - a tenant's whole life as a host scripts it: made, changed, suspended, resumed, deleted, erased, and what it used.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Agent, Visitor, company, PASSWORD } from '../harness/chat.mjs';
import { connect } from '../harness/database.mjs';
import { request, startHark, until } from '../harness/hark.mjs';

let hark;
let nextAddress = 10;

before(async () => { hark = await startHark({ conf: { host_contact: 'billing@host.example' } }); });
after(() => hark?.stop());

const command = (...args) => hark.hark([...args, '--json'], { input: PASSWORD });

async function ok(...args) {
  const done = await command(...args);
  assert.equal(done.code, 0, done.stderr);
  return done.json();
}

async function refused(code, words, ...args) {
  const done = await command(...args);
  assert.equal(done.code, code, done.stdout + done.stderr);
  assert.match(done.stderr, words);
  return done;
}

const agent = (tenant, account, role = 'Administrators') => ok('agent', 'create', '--tenant', tenant, '--account', account, '--email',
  `${account}@${tenant}.example`, '--first-name', account, '--role', role, '--queue', 'Inbox', '--password-file', '-');

async function signedIn(tenant, account) {
  nextAddress += 1;
  const client = hark.client({ headers: { 'X-Forwarded-For': `192.0.2.${nextAddress}` } });
  const reply = await client.submit('/sign-in', { company: tenant, account, password: PASSWORD });
  if (reply.status === 303) await client.get('/admin');
  client.entered = reply.status;
  return client;
}

const one = async (sql) => (await hark.sql(sql))[0];
/** Makes a timer due, and waits until hark-jobs has run it. */
async function runTimer(kind) {
  await hark.sql(`UPDATE job SET due_at = 0 WHERE kind = '${kind}' AND state = 'due'`);
  await until(kind, async () => (await one(`SELECT COUNT(*) AS n FROM job WHERE kind = '${kind}' AND state = 'due' AND due_at > 0`)).n === '1');
}

describe('making and changing', () => {
  test('U-30 a tenant is made once for an external id, with plan, owner, domain, language and zone', async () => {
    await ok('plan', 'create', '--code', 'small', '--name', 'Small', '--agents', '3');
    const args = ['tenant', 'create', '--code', 'first', '--name', 'First Ltd', '--external-id', 'B-1', '--plan', 'small', '--locale', 'fr',
      '--time-zone', 'Europe/Paris', '--domain', 'Desk.First.example', '--owner-email', 'anna.weber@first.example', '--owner-name', 'Anna Weber'];
    const made = await ok(...args);
    assert.equal(made.result, 'created');
    assert.deepEqual([made.tenant.plan, made.tenant.locale, made.tenant.time_zone, made.tenant.state], ['small', 'fr', 'Europe/Paris', 'active']);
    const owner = await one(`SELECT a.account, a.email, a.first_name, a.last_name, a.password_hash, r.permissions FROM agent a
      JOIN agent_role ar ON ar.tenant_id = a.tenant_id AND ar.agent_id = a.id JOIN role r ON r.tenant_id = ar.tenant_id AND r.id = ar.role_id
      WHERE a.id = ${made.owner}`);
    assert.deepEqual(owner, { account: 'anna.weber', email: 'anna.weber@first.example', first_name: 'Anna', last_name: 'Weber',
      password_hash: '', permissions: '*' });
    const again = await ok(...args);
    assert.equal(again.result, 'exists');
    assert.equal(again.tenant.id, made.tenant.id);
    assert.equal((await one("SELECT COUNT(*) AS n FROM tenant WHERE external_id = 'B-1'")).n, '1');
    const other = await ok('tenant', 'create', '--code', 'otherwise', '--name', 'Ignored', '--external-id', 'B-1');
    assert.deepEqual([other.result, other.tenant.code], ['exists', 'first']);
    const page = await hark.client({ host: 'desk.first.example' }).get('/sign-in');
    assert.match(page.text, /First Ltd/);
    for (const table of ['role', 'queue', 'widget'])
      assert.notEqual((await one(`SELECT COUNT(*) AS n FROM ${table} WHERE tenant_id = ${made.tenant.id}`)).n, '0', table);
    const audit = await one(`SELECT actor_kind, action FROM audit WHERE tenant_id = ${made.tenant.id} AND noun = 'tenant'`);
    assert.deepEqual(audit, { actor_kind: 'command', action: 'tenant.create' });
  });

  test('U-30 what is taken or wrong is named, and nothing is made', async () => {
    await refused(1, /code belongs to another company/, 'tenant', 'create', '--code', 'first', '--name', 'X');
    await refused(1, /code must be lower-case/, 'tenant', 'create', '--code', 'First!', '--name', 'X');
    await refused(1, /name must be at most 120/, 'tenant', 'create', '--code', 'xx', '--name', 'x'.repeat(121));
    await refused(1, /locale must be one of: en, fr, pt, es/, 'tenant', 'create', '--code', 'xx', '--name', 'X', '--locale', 'xx');
    await refused(1, /time_zone must be a time zone/, 'tenant', 'create', '--code', 'xx', '--name', 'X', '--time-zone', 'Mars/Base');
    await refused(1, /plan must be one of: (?:.*, )?small, unlimited$/m, 'tenant', 'create', '--code', 'xx', '--name', 'X', '--plan', 'gold');
    await refused(1, /domain belongs to another company/, 'tenant', 'create', '--code', 'xx', '--name', 'X', '--domain', 'desk.first.example');
    await refused(1, /domain must be a host name/, 'tenant', 'create', '--code', 'xx', '--name', 'X', '--domain', '-bad-');
    await refused(1, /owner_email must be one e-mail address, such as name@example\.com/, 'tenant', 'create', '--code', 'xx', '--name', 'X', '--owner-email', 'nobody');
    assert.equal((await one("SELECT COUNT(*) AS n FROM tenant WHERE code = 'xx'")).n, '0');
  });

  test('what a company starts with is called in its language, whatever its maker speaks', async () => {
    await ok('tenant', 'create', '--code', 'lumen', '--name', 'Lumen', '--locale', 'pt', '--owner-email', 'ana@lumen.example');
    const names = async (table) => (await hark.sql(`SELECT name FROM ${table} WHERE tenant_id = (SELECT id FROM tenant WHERE code = 'lumen') ORDER BY id`)).map((row) => row.name);
    assert.deepEqual(await names('role'), ['Administradores', 'Supervisores', 'Agentes']);
    assert.deepEqual([...await names('queue'), ...await names('calendar'), ...await names('widget')], ['Caixa de entrada', 'Horário de trabalho', 'Widget predefinido']);
    await ok('agent', 'create', '--tenant', 'lumen', '--account', 'rui', '--first-name', 'Rui', '--alias', 'Rui', '--email', 'rui@lumen.example');
    assert.equal((await one("SELECT r.name FROM agent_role JOIN role r ON r.id = role_id JOIN agent a ON a.id = agent_id WHERE a.account = 'rui'")).name, 'Agentes');
    assert.equal((await one("SELECT COUNT(*) AS n FROM agent_role JOIN role ON role.id = role_id WHERE name = 'Administradores' AND permissions = '*'")).n, '1');
  });

  test('U-30 two scripts that make the same tenant at once make one', async () => {
    const done = await Promise.all([...Array(4)].map(() => ok('tenant', 'create', '--code', 'twice', '--name', 'Twice', '--external-id', 'B-2')));
    assert.deepEqual(done.map((one) => one.result).sort(), ['created', 'exists', 'exists', 'exists']);
    assert.equal(new Set(done.map((one) => one.tenant.id)).size, 1);
  });

  test('U-30 one that another script makes after the first look is there, with its code and host name', async () => {
    const other = connect(hark.database);
    try {
      await other.ask('LOCK TABLES tenant_domain WRITE');
      const made = ok('tenant', 'create', '--code', 'thrice', '--name', 'Thrice', '--external-id', 'B-3', '--domain', 'thrice.example');
      await until('it has looked for the company and asks for the host name', async () => (await one(`SELECT COUNT(*) AS n
        FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND STATE = 'Waiting for table metadata lock'`)).n !== '0', 60);
      await hark.sql("INSERT INTO tenant (code, name, external_id, created_at, updated_at) VALUES ('thrice', 'Thrice', 'B-3', 1, 1)");
      const { id } = await one("SELECT id FROM tenant WHERE code = 'thrice'");
      await other.ask(`INSERT INTO tenant_domain (tenant_id, host, state, proof, created_at) VALUES (${id}, 'thrice.example', 'verified', 'host', 1)`);
      await other.ask('UNLOCK TABLES');
      assert.deepEqual([(await made).result, (await made).tenant.id], ['exists', Number(id)]);
    } finally {
      other.end();
    }
  });

  test('U-30 name, external id, language and zone are changed; what others have is refused', async () => {
    const done = await ok('tenant', 'change', '--tenant', 'twice', '--name', 'Twice & Co', '--locale', 'es', '--time-zone', 'America/Bogota',
      '--external-id', 'B-22');
    assert.deepEqual([done.tenant.name, done.tenant.locale, done.tenant.time_zone, done.tenant.external_id],
      ['Twice & Co', 'es', 'America/Bogota', 'B-22']);
    await refused(1, /external_id belongs to another company/, 'tenant', 'change', '--tenant', 'twice', '--external-id', 'B-1');
    await refused(1, /there is no tenant “nobody”/, 'tenant', 'change', '--tenant', 'nobody', '--name', 'X');
    await refused(2, /nothing to change: give some of --name, --external-id, --locale, --time-zone/, 'tenant', 'change', '--tenant', 'twice');
    const shown = await ok('tenant', 'show', '--external-id', 'B-22');
    assert.equal(shown.tenant.code, 'twice');
    assert.deepEqual(shown.limits.agents, { used: 0, most: null });
    const found = await ok('tenant', 'list', '--search', 'Twice');
    assert.deepEqual(found.tenants.map((tenant) => tenant.code), ['twice']);
    const audit = await one("SELECT difference FROM audit WHERE action = 'tenant.update' AND noun_name = 'twice' LIMIT 1");
    assert.deepEqual(JSON.parse(audit.difference).name, ['Twice', 'Twice & Co']);
  });

  test('U-32 plans are made, changed, listed, given and deleted', async () => {
    const made = await ok('plan', 'create', '--code', 'team', '--name', 'Team', '--agents', '5', '--storage-mb', '100', '--ai-tokens-month', '0');
    assert.deepEqual([made.plan.limits.agents, made.plan.limits.storage_mb, made.plan.limits.ai_tokens_month, made.plan.limits.chats], [5, 100, 0, null]);
    await refused(1, /code is already used/, 'plan', 'create', '--code', 'team', '--name', 'Team');
    await refused(1, /: agents must be a number of at most 1000000000000, or nothing for no limit/, 'plan', 'create', '--code', 'x', '--name', 'X', '--agents', '-1');
    await refused(2, /nothing to change: give some of --name, --agents, /, 'plan', 'change', '--code', 'team');
    const changed = await ok('plan', 'change', '--code', 'team', '--agents', '', '--chats', ' 4 ');
    assert.deepEqual([changed.plan.limits.agents, changed.plan.limits.chats, changed.plan.limits.storage_mb], [null, 4, 100]);
    await ok('tenant', 'plan', '--tenant', 'twice', '--plan', 'team');
    await refused(1, /Companies have this plan/, 'plan', 'delete', '--code', 'team');
    await refused(1, /cannot be deleted/, 'plan', 'delete', '--code', 'unlimited');
    const list = (await ok('plan', 'list')).plans;
    assert.equal(list.find((plan) => plan.code === 'team').tenants, 1);
    await ok('tenant', 'plan', '--tenant', 'twice', '--plan', 'unlimited');
    await ok('plan', 'delete', '--code', 'team');
    const audit = await hark.sql("SELECT action FROM audit WHERE tenant_id = 0 AND noun = 'plan' AND noun_name = 'team' ORDER BY id");
    assert.deepEqual(audit.map((row) => row.action), ['plan.create', 'plan.update', 'plan.delete']);
  });
});

describe('suspended', () => {
  let shop, anna, vera, key;

  before(async () => {
    shop = await company(hark, 'shop', { agents: { anna: { role: 'Administrators' }, bert: {} } });
    anna = await Agent.at(hark, shop, 'anna');
    vera = new Visitor(hark, shop.key);
    assert.equal((await vera.start('Hello')).status, 200);
    key = (await ok('key', 'create', '--tenant', 'shop', '--account', 'anna', '--name', 'tests')).key;
  });
  after(() => vera?.stop());

  test('U-36 a suspended tenant: widgets are empty, visitors end within 5 s, people and keys read only, all says why', async () => {
    // Something else may be told first; a poll that nobody ends takes its 25 seconds, and the next one would tell.
    const parked = (async () => {
      let status = 200;
      while (status === 200) status = await vera.poll(30);
      return status;
    })();
    const started = Date.now();
    await ok('tenant', 'suspend', '--tenant', 'shop', '--reason', 'Invoice 17 is open');
    assert.equal(await parked, 403);
    assert.ok(Date.now() - started < 20000, 'it was ended, and did not end by itself');
    assert.equal(await vera.poll(), 403, 'the old ticket is no good any more');
    const script = await request(`${hark.url}/widget/${shop.key}.js`);
    assert.deepEqual([script.status, script.text], [200, '']);
    for (const [what, body] of [['hello', {}], ['start', { client_id: 'abcdefgh', text: 'x' }], ['sync', { conversation: vera.chat, after: 0 }]]) {
      const reply = await vera.json(what, body);
      assert.deepEqual([reply.status, reply.json().error], [403, 'suspended'], what);
    }
    assert.deepEqual([(await vera.say('still there?')).status, (await vera.say('still there?')).json().error], [403, 'suspended']);
    const panel = await request(`${hark.url}/panel/${shop.key}`);
    assert.equal(panel.status, 403);
    assert.match(panel.headers['content-security-policy'], /frame-ancestors (?!'none')/);

    const page = await anna.client.get('/admin/queues');
    assert.equal(page.status, 200);
    assert.match(page.text, /class="life"[\s\S]*suspended[\s\S]*Invoice 17 is open[\s\S]*billing@host\.example/);
    const post = await anna.client.submit('/admin/queues/new', { name: 'More' }, { form: '/admin/queues' });
    assert.equal(post.status, 403);
    assert.match(post.text, /suspended/);
    const said = await anna.say(vera.chat, 'Hello');
    assert.deepEqual([said.status, said.json().error], [403, 'suspended']);
    const state = (await anna.ok('GET', '/console/state')).json();
    assert.match(state.tenant.life, /suspended.*Invoice 17/);
    assert.equal((await anna.json('POST', '/console/ticket', {})).status, 200);

    const api = hark.client({ headers: { 'X-Api-Key': key } });
    assert.equal((await api.json('GET', '/api/v1/agents')).status, 200);
    for (const [method, path, body] of [['POST', '/api/v1/queues', { name: 'x' }], ['PATCH', `/api/v1/queues/${shop.queue}`, { name: 'x' }],
      ['DELETE', `/api/v1/queues/${shop.queue}`]]) {
      const reply = await api.json(method, path, body);
      assert.deepEqual([reply.status, reply.json().error], [403, 'suspended'], `${method} ${path}`);
    }
  });

  test('U-36 people of a suspended tenant sign in, change their password and sign out, and nothing else', async () => {
    const bert = await signedIn('shop', 'bert');
    assert.equal(bert.entered, 303);
    const changed = await bert.submit('/admin/password', { old_password: PASSWORD, new_password: 'another long secret', confirm_password: 'another long secret' });
    assert.equal(changed.status, 303, changed.text);
    const out = await bert.submit('/admin/password', {}, { form: '/sign-out' });
    assert.equal(out.status, 303);
    assert.equal((await bert.get('/admin')).status, 303);
  });

  test('U-36 resuming brings all back at once', async () => {
    await ok('tenant', 'resume', '--tenant', 'shop');
    assert.notEqual((await request(`${hark.url}/widget/${shop.key}.js`)).text, '');
    assert.equal((await vera.say('I am back')).status, 200);
    const page = await anna.client.get('/admin/queues');
    assert.doesNotMatch(page.text, /class="life"/);
    assert.equal((await anna.client.submit('/admin/queues/new', { name: 'More' }, { form: '/admin/queues' })).status, 303);
    const log = await hark.sql(`SELECT action, difference FROM audit WHERE tenant_id = ${shop.id} AND noun = 'tenant' ORDER BY id`);
    assert.deepEqual(log.map((row) => row.action).slice(-2), ['tenant.suspend', 'tenant.resume']);
    assert.deepEqual(JSON.parse(log.at(-2).difference).reason, ['', 'Invoice 17 is open']);
    await refused(1, /there is no tenant/, 'tenant', 'resume', '--tenant', 'nobody');
    assert.equal((await ok('tenant', 'resume', '--tenant', 'shop')).tenant.state, 'active');
  });
});

describe('deleted', () => {
  test('U-36 deleting wants the code, gives grace, lets administrators read, and can be undone', async () => {
    await ok('tenant', 'create', '--code', 'leaves', '--name', 'Leaves');
    await agent('leaves', 'boss');
    await agent('leaves', 'helper', 'Agents');
    await refused(1, /confirm must be the code/, 'tenant', 'delete', '--tenant', 'leaves', '--confirm', 'leave');
    await refused(2, /--days must be a number/, 'tenant', 'delete', '--tenant', 'leaves', '--confirm', 'leaves', '--days', 'soon');
    const helper = await signedIn('leaves', 'helper');
    const done = await ok('tenant', 'delete', '--tenant', 'leaves', '--confirm', 'leaves', '--reason', 'Contract ended');
    const days = (Date.parse(done.tenant.delete_at) - Date.now()) / 86400000;
    assert.ok(days > 29.9 && days < 30.1);
    assert.equal((await helper.get('/console')).status, 303, 'not an administrator: signed out');
    assert.equal((await signedIn('leaves', 'helper')).entered, 422);
    const boss = await signedIn('leaves', 'boss');
    assert.equal(boss.entered, 303);
    assert.match((await boss.get('/admin')).text, /class="life"[\s\S]*being deleted[\s\S]*Contract ended/);
    await runTimer('tenant.erase');
    assert.equal((await ok('tenant', 'show', '--tenant', 'leaves')).tenant.state, 'deleting', 'the grace is not over');
    await refused(1, /being deleted/, 'tenant', 'resume', '--tenant', 'leaves');
    const back = await ok('tenant', 'undelete', '--tenant', 'leaves');
    assert.deepEqual([back.tenant.state, back.tenant.delete_at], ['active', null]);
    assert.equal((await signedIn('leaves', 'helper')).entered, 303);
  });

  test('U-36 undeleting what was suspended before gives it back suspended', async () => {
    await ok('tenant', 'suspend', '--tenant', 'leaves', '--reason', 'Unpaid');
    await ok('tenant', 'delete', '--tenant', 'leaves', '--confirm', 'leaves');
    const back = (await ok('tenant', 'undelete', '--tenant', 'leaves')).tenant;
    assert.deepEqual([back.state, back.reason], ['suspended', 'Unpaid']);
    await ok('tenant', 'resume', '--tenant', 'leaves');
  });

  test('U-36 after the grace every row and file is gone, also when the job was killed on its way, and one line tells of it', async () => {
    const gone = await company(hark, 'gone', { agents: { anna: { role: 'Administrators' } } });
    const stays = await company(hark, 'stays', { agents: { anna: { role: 'Administrators' } } });
    for (const where of [gone, stays]) {
      const anna = await Agent.at(hark, where, 'anna');
      const vera = new Visitor(hark, where.key);
      await vera.start('Hello');
      await until('offer', async () => (await anna.act(vera.chat, 'accept')).status === 200);
      assert.equal((await vera.upload('note.txt', 'some text')).status, 200);
    }
    await hark.sql(`INSERT INTO audit (tenant_id, at, actor_kind, actor_name, action, noun, difference)
      SELECT ${gone.id}, 1, 'system', '', 'test', 'test', '{}' FROM seq_1_to_30000`);
    const tables = (await hark.sql(`SELECT c.TABLE_NAME AS name FROM information_schema.COLUMNS c JOIN information_schema.TABLES t
      USING (TABLE_SCHEMA, TABLE_NAME) WHERE c.TABLE_SCHEMA = DATABASE() AND c.COLUMN_NAME = 'tenant_id' AND t.TABLE_TYPE = 'BASE TABLE'`)).map((row) => row.name);
    const count = async (id) => Object.fromEntries(await Promise.all(tables.map(async (name) =>
      [name, Number((await one(`SELECT COUNT(*) AS n FROM \`${name}\` WHERE tenant_id = ${id}`)).n)])));
    const before = await count(stays.id);
    await ok('tenant', 'delete', '--tenant', 'gone', '--confirm', 'gone', '--days', '0');
    await until('erasing', async () => {
      await hark.sql("UPDATE job SET due_at = 0 WHERE kind = 'tenant.erase' AND state = 'due'");
      return Number((await one(`SELECT COUNT(*) AS n FROM audit WHERE tenant_id = ${gone.id}`)).n) < 29000;
    });
    await hark.kill('hark-jobs');
    await hark.sql("UPDATE job SET state = 'due', due_at = 0, lease_until = 0 WHERE kind = 'tenant.erase'");
    await hark.restart('hark-jobs');
    await until('erased', async () => (await one(`SELECT COUNT(*) AS n FROM tenant WHERE id = ${gone.id}`)).n === '0', 60);
    for (const [name, rows] of Object.entries(await count(gone.id))) assert.equal(rows, 0, name);
    assert.equal(existsSync(join(hark.folder, 'data/files', String(gone.id))), false);
    assert.ok(readdirSync(join(hark.folder, 'data/files', String(stays.id))).length > 0);
    const left = await count(stays.id);
    for (const name of ['agent', 'message', 'file', 'conversation']) assert.equal(left[name], before[name], name);
    const line = await hark.sql("SELECT actor_kind, noun_name FROM audit WHERE tenant_id = 0 AND action = 'tenant.erase'");
    assert.deepEqual(line, [{ actor_kind: 'system', noun_name: 'gone' }]);
    await refused(1, /there is no tenant/, 'tenant', 'undelete', '--tenant', 'gone');
  });

  test('U-36 files of one company that cannot be removed keep no other from being erased', async () => {
    const [stuck, free] = [await company(hark, 'stuck'), await company(hark, 'free')];
    const inside = join(hark.folder, 'data/files', String(stuck.id), 'aa', 'a-folder-in-the-place-of-a-file');
    mkdirSync(inside, { recursive: true });
    for (const code of ['stuck', 'free']) await ok('tenant', 'delete', '--tenant', code, '--confirm', code, '--days', '0');
    await hark.sql(`UPDATE tenant SET delete_at = 1 WHERE id = ${stuck.id}`);
    const isGone = async ({ id }) => (await one(`SELECT COUNT(*) AS n FROM tenant WHERE id = ${id}`)).n === '0';
    const erased = (which) => until('erased', async () => {
      await hark.sql("UPDATE job SET due_at = 0 WHERE kind = 'tenant.erase' AND state = 'due'");
      return isGone(which);
    }, 60);
    await erased(free);
    assert.equal(await isGone(stuck), false);
    rmSync(inside, { recursive: true });
    await erased(stuck);
  });
});

describe('usage', () => {
  test('U-32 the figures of each day follow what happened, exactly and however often they are counted', async () => {
    const busy = await company(hark, 'busy', { agents: { anna: { role: 'Administrators' }, bert: {} } });
    const anna = await Agent.at(hark, busy, 'anna');
    const chats = [];
    for (let i = 0; i < 3; i += 1) {
      const vera = new Visitor(hark, busy.key);
      assert.equal((await vera.start(`Hello ${i}`)).status, 200);
      chats.push(vera);
    }
    for (const vera of chats.slice(0, 2)) await until('offer', async () => (await anna.act(vera.chat, 'accept')).status === 200);
    await chats[0].upload('note.txt', 'x'.repeat(1000));
    await anna.say(chats[0].chat, 'One');
    const today = new Date().toISOString().slice(0, 10);
    const day = async () => (await ok('tenant', 'usage', '--from', today, '--tenant', 'busy', '--fresh')).days[0];
    await until('messages', async () => (await day())?.messages === 5);
    for (let i = 0; i < 3; i += 1) {
      const { tenant, day: of, messages, chats: started, agents, peak_chats: peak, storage_bytes: bytes, ai_tokens: tokens, sign_ins: ins } = await day();
      assert.deepEqual({ tenant, of, messages, started, agents, peak, bytes, tokens, ins },
        { tenant: 'busy', of: today, messages: 5, started: 3, agents: 2, peak: 2, bytes: 1000, tokens: 0, ins: 1 });
      await runTimer('tenant.usage');
    }
    const csv = await hark.hark(['tenant', 'usage', '--csv']);
    const lines = csv.stdout.split('\r\n');
    assert.equal(lines[0], '\ufefftenant,external_id,day,messages,chats,agents,peak_chats,storage_bytes,ai_tokens,sign_ins');
    assert.ok(lines.includes(`"busy","",${today},5,3,2,2,1000,0,1`));
    const page = await anna.client.get('/admin/usage');
    assert.equal(page.status, 200);
    assert.match(page.text, /Unlimited[\s\S]*billing@host\.example/);
    const own = await anna.client.get('/admin/usage.csv');
    assert.deepEqual(own.text.trim().split('\r\n').map((line) => line.split(',')[0]), ['tenant', '"busy"']);
  });

  test('U-32 the command takes the days that the API takes', async () => {
    const span = (from, to) => ['tenant', 'usage', '--from', from, '--to', to];
    await refused(1, /: from must be a day such as 2026-11-20/, ...span('yesterday', '2026-01-05'));
    await refused(1, /: to must be a day such as 2026-11-20/, ...span('2026-01-05', '2026-13-40'));
    await refused(1, /: from must not be after the last day/, ...span('2026-01-06', '2026-01-05'));
    await refused(1, /: from must be at most 400 days before the last day/, ...span('2020-01-01', '2026-01-01'));
    assert.deepEqual((await ok(...span('', ''))).days, (await ok('tenant', 'usage')).days);
  });

  test('U-32 days on which no job ran are counted later', async () => {
    const tenant = await one("SELECT id FROM tenant WHERE code = 'busy'");
    const dayMs = 86400000;
    const today = Math.floor(Date.now() / dayMs) * dayMs;
    await hark.sql(`UPDATE tenant_load SET rolled_at = ${today - 2 * dayMs + 1000} WHERE tenant_id = ${tenant.id};
      UPDATE conversation SET created_at = ${today - dayMs + 5000} WHERE tenant_id = ${tenant.id} ORDER BY id LIMIT 1`);
    await runTimer('tenant.usage');
    const row = await one(`SELECT chats FROM tenant_usage WHERE tenant_id = ${tenant.id} AND day = ${today - dayMs}`);
    assert.equal(row.chats, '1');
  });
});
