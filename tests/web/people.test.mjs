// SPDX-License-Identifier: BSD-2-Clause
// people.test.mjs - signing in and out, agents and queues by pages and by the API, and the operators' commands for them.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { whileLocked } from '../harness/meanwhile.mjs';
import { buildFolder, run as runProgram, sourceFolder, startHark } from '../harness/hark.mjs';

const PASSWORD = 'a long enough secret';
let hark;
let key;
let nextAddress = 10;

/** A browser at an address of its own, so that tests do not use up each other's attempts. */
function visitor(options = {}) {
  nextAddress += 1;
  return hark.client({ ...options, headers: { 'X-Forwarded-For': `192.0.2.${nextAddress}`, ...options.headers } });
}

const signIn = (client, account, { company = 'acme', password = PASSWORD, next } = {}) =>
  client.submit(next ? `/sign-in?next=${encodeURIComponent(next)}` : '/sign-in', { company, account, password });

async function signedIn(account, options) {
  const client = visitor();
  const reply = await signIn(client, account, options);
  assert.equal(reply.status, 303, reply.text);
  await client.get('/admin');   // gives the form token
  return client;
}

async function command(...args) {
  const done = await hark.hark(args, { input: PASSWORD });
  assert.equal(done.code, 0, done.stderr);
  return done;
}

const agent = (tenant, account, ...more) => command('agent', 'create', '--tenant', tenant, '--account', account,
  '--email', `${account}@${tenant}.example`, '--first-name', account, '--password-file', '-', ...more);

const api = (method, path, body, token = key) => hark.client({ headers: { 'X-Api-Key': token } }).json(method, path, body);
const session = (client) => client.cookies.get('hark');

before(async () => {
  hark = await startHark({ programs: ['hark-web'] });
  await command('tenant', 'create', '--code', 'acme', '--name', 'Acme Ltd', '--external-id', 'A-1');
  await command('tenant', 'create', '--code', 'beta', '--name', 'Beta & Sons', '--domain', 'desk.beta.example');
  await agent('acme', 'anna', '--role', 'Administrators', '--queue', 'Inbox');
  await agent('acme', 'bert', '--queue', 'Inbox');
  await agent('beta', 'boss', '--role', 'Administrators');
  key = (await command('key', 'create', '--tenant', 'acme', '--account', 'anna', '--name', 'tests', '--json')).json().key;
});
after(() => hark?.stop());

describe('sign-in', () => {
  test('A-AUTH-01 C-10 company, account and password open the control panel', async () => {
    const client = visitor();
    const page = await client.get('/sign-in');
    for (const name of ['company', 'account', 'password']) assert.match(page.text, new RegExp(`name="${name}"`));
    const reply = await signIn(client, 'anna');
    assert.equal(reply.status, 303);
    assert.equal(reply.headers.location, '/admin');
    const cookie = reply.headers['set-cookie'].find((line) => line.startsWith('hark='));
    assert.match(cookie, /; HttpOnly/);
    assert.match(cookie, /; SameSite=Lax/);
    const start = await client.follow(reply);
    assert.equal(start.status, 200);
    assert.match(start.text, /Acme Ltd/);
    assert.equal((await client.get('/')).headers.location, '/admin');
  });

  test('an agent without settings to manage starts in the console', async () => {
    const client = visitor();
    assert.equal((await signIn(client, 'bert')).headers.location, '/console');
  });

  test('A-AUTH-02 C-10 the domain of a company does not ask for it', async () => {
    const client = visitor({ host: 'desk.beta.example' });
    const page = await client.get('/sign-in');
    assert.equal(page.status, 200);
    assert.doesNotMatch(page.text, /name="company"/);
    assert.match(page.text, /Beta &amp; Sons/);
    const reply = await client.submit('/sign-in', { account: 'boss', password: PASSWORD });
    assert.equal(reply.status, 303);
    const other = visitor({ host: 'desk.beta.example' });
    assert.equal((await other.submit('/sign-in', { account: 'anna', password: PASSWORD, company: 'acme' })).status, 422);
    assert.equal((await visitor({ host: 'desk.nobody.example' }).get('/sign-in')).status, 421);
  });

  test('A-AUTH-02 a session of another company is nobody on the domain', async () => {
    const anna = await signedIn('anna');
    anna.host = 'desk.beta.example';
    assert.equal((await anna.get('/admin')).headers.location, '/sign-in?next=%2Fadmin');
  });

  test('A-AUTH-03 C-10 the account is the user name or the e-mail address', async () => {
    for (const account of ['anna', 'ANNA', 'anna@acme.example']) {
      const client = visitor();
      assert.equal((await signIn(client, account)).status, 303, account);
    }
  });

  test('A-AUTH-07 nobody makes a company or an account by himself', async () => {
    const client = visitor();
    const page = await client.get('/sign-in');
    assert.doesNotMatch(page.text, /sign.?up|register/i);
    for (const path of ['/sign-up', '/register', '/admin/tenants']) assert.equal((await client.get(path)).status, 404, path);
    const made = await api('POST', '/api/v1/agents', { account: 'eve', first_name: 'Eve', alias: 'Eve', email: 'eve@acme.example' }, 'x');
    assert.equal(made.status, 401);
  });

  test('a wrong company, account or password get one answer, which keeps what was typed but the password', async () => {
    const texts = [];
    for (const [company, account, password] of [['acme', 'anna', 'wrong wrong'], ['acme', 'nobody', PASSWORD], ['nowhere', 'anna', PASSWORD]]) {
      const reply = await signIn(visitor(), account, { company, password });
      assert.equal(reply.status, 422);
      assert.match(reply.text, new RegExp(`value="${account}"`));
      assert.match(reply.text, new RegExp(`value="${company}"`));
      assert.doesNotMatch(reply.text, new RegExp(password));
      assert.doesNotMatch(reply.text, /Acme Ltd/);
      texts.push(/class="notice bad"[\s\S]*?<\/div>/.exec(reply.text)[0]);
    }
    assert.deepEqual(new Set(texts).size, 1);
    const audit = await hark.sql("SELECT action, tenant_id FROM audit WHERE action = 'sign_in_failed' AND noun_name = 'anna' ORDER BY id");
    assert.ok(audit.some((row) => row.tenant_id === '0') && audit.some((row) => row.tenant_id !== '0'));
  });

  test('the eleventh attempt on one account is refused, also with the right password and from elsewhere', async () => {
    await agent('acme', 'carl');
    for (let i = 0; i < 10; i += 1)
      assert.equal((await signIn(visitor(), i % 2 ? 'carl' : 'Cárl', { password: 'wrong wrong' })).status, 422);
    const reply = await signIn(visitor(), 'carl');
    assert.equal(reply.status, 429);
    const seconds = Number(reply.headers['retry-after']);
    assert.ok(seconds > 0 && seconds <= 901);
    assert.match(reply.text, /Too many attempts/);
    assert.equal((await signIn(visitor(), 'anna')).status, 303);
    await hark.sql('UPDATE throttle SET started_at = started_at - 901000');
    assert.equal((await signIn(visitor(), 'carl')).status, 303);
  });

  test('strangers do not lock an agent out of a browser that he has used, until the password is another one', async () => {
    await agent('acme', 'greta');
    const attack = async () => {
      await hark.sql('DELETE FROM throttle');
      for (let i = 0; i < 10; i += 1) await signIn(visitor(), 'greta', { password: 'wrong wrong' });
      assert.equal((await signIn(visitor(), 'greta')).status, 429);
    };
    const [home, bert] = [visitor(), visitor()];
    const again = (client, options) => {
      client.cookies.delete('hark');
      return signIn(client, 'greta', options);
    };
    assert.equal((await signIn(home, 'greta')).status, 303);
    assert.equal((await signIn(bert, 'bert')).status, 303);
    const known = home.cookies.get('hark-device');
    await attack();
    assert.equal((await again(home)).status, 303);
    assert.notEqual(home.cookies.get('hark-device'), known, 'good for another time');
    assert.equal((await again(bert)).status, 429, 'the browser knows its own agent only');
    for (let i = 0; i < 10; i += 1) assert.equal((await again(home, { password: 'wrong wrong' })).status, 422);
    assert.equal((await again(home)).status, 429, 'it has a count, too');
    await attack();
    home.cookies.set('hark-device', `${known.slice(0, -1)}${known.endsWith('A') ? 'B' : 'A'}`);
    assert.equal((await again(home)).status, 429);
    home.cookies.set('hark-device', known);
    const [{ id }] = await hark.sql("SELECT id FROM agent WHERE account = 'greta'");
    assert.equal((await api('PATCH', `/api/v1/agents/${id}`, { password: PASSWORD })).status, 200);
    assert.equal((await again(home)).status, 429, 'another password ends it');
  });

  test('one’s own new password keeps the browser known', async () => {
    await agent('acme', 'henk');
    const home = visitor();
    assert.equal((await signIn(home, 'henk')).status, 303);
    assert.equal((await home.submit('/admin/password', { old_password: PASSWORD, new_password: 'quite another one', confirm_password: 'quite another one' })).status, 303);
    await hark.sql('DELETE FROM throttle');
    for (let i = 0; i < 10; i += 1) await signIn(visitor(), 'henk', { password: 'wrong wrong' });
    home.cookies.delete('hark');
    assert.equal((await signIn(home, 'henk', { password: 'quite another one' })).status, 303);
  });

  test('thirty attempts of one address are enough', async () => {
    const client = visitor();
    const page = await client.get('/sign-in');
    const form = /name="form" value="([^"]*)"/.exec(page.text)[1];
    const seen = [];
    for (let i = 0; i < 31; i += 1) seen.push((await client.post('/sign-in', { form, company: 'acme', account: `x${i}`, password: 'y' })).status);
    assert.deepEqual(seen.filter((status) => status === 422).length, 30);
    assert.equal(seen[30], 429);
  });

  test('a password over the limit is refused before it is hashed', async () => {
    const client = visitor();
    const reply = await signIn(client, 'anna', { password: 'x'.repeat(5000) });
    assert.equal(reply.status, 422);
    assert.match(reply.text, /1024/);
  });

  test('a planted session is worth nothing: the cookie changes and the old one is dead', async () => {
    const planted = visitor();
    planted.cookies.set('hark', 'A'.repeat(43));
    assert.equal((await signIn(planted, 'anna')).status, 303);
    assert.notEqual(session(planted), 'A'.repeat(43));

    const client = await signedIn('anna');
    const old = session(client);
    const reply = await client.post('/sign-in', { form: client.formToken, company: 'acme', account: 'bert', password: PASSWORD });
    assert.equal(reply.status, 303);
    assert.notEqual(session(client), old);
    const thief = visitor();
    thief.cookies.set('hark', old);
    assert.equal((await thief.get('/admin')).status, 303);
  });

  test('next leads only to pages of this site', async () => {
    assert.equal((await signIn(visitor(), 'anna', { next: '/admin/agents?q=a' })).headers.location, '/admin/agents?q=a');
    for (const next of ['//evil.example/', 'https://evil.example/', '/\\evil.example', 'javascript:alert(1)', '/a\r\nX: y', '/sign-out'])
      assert.equal((await signIn(visitor(), 'anna', { next })).headers.location, '/admin', next);
  });

  test('a page without a session asks to sign in and leads back', async () => {
    assert.equal((await visitor().get('/admin/agents')).headers.location, '/sign-in?next=%2Fadmin%2Fagents');
  });

  test('a sign-in without the form token is refused', async () => {
    assert.equal((await visitor().post('/sign-in', { company: 'acme', account: 'anna', password: PASSWORD })).status, 403);
  });

  test('sign-out ends the session and takes the agent offline with the last one', async () => {
    const first = await signedIn('bert');
    const second = await signedIn('bert');
    await hark.sql("UPDATE agent SET status = 'online' WHERE account = 'bert'");
    const status = async () => (await hark.sql("SELECT status FROM agent WHERE account = 'bert'"))[0].status;
    await hark.sql(`DELETE FROM session WHERE agent_id = (SELECT id FROM agent WHERE account = 'bert')
      AND created_at < (SELECT MAX(created_at) - 60000 FROM (SELECT created_at FROM session) s)`);
    const others = (await hark.sql("SELECT COUNT(*) AS n FROM session s JOIN agent a ON a.id = s.agent_id WHERE a.account = 'bert'"))[0].n;
    assert.ok(Number(others) >= 2);
    assert.equal((await first.post('/sign-out', { form: first.formToken })).headers.location, '/sign-in');
    assert.equal(session(first), undefined);
    assert.equal(await status(), 'online');
    await hark.sql(`DELETE FROM session WHERE token_hash <> UNHEX(SHA2('${session(second)}', 256)) AND agent_id = (SELECT id FROM agent WHERE account = 'bert')`);
    const token = session(second);
    await second.post('/sign-out', { form: second.formToken });
    assert.equal(await status(), 'offline');
    second.cookies.set('hark', token);
    assert.equal((await second.get('/admin')).status, 303);
    const audit = await hark.sql("SELECT DISTINCT action FROM audit WHERE action IN ('sign_in', 'sign_out')");
    assert.equal(audit.length, 2);
  });

  test('a session ends after 12 idle hours and after 30 days', async () => {
    for (const change of ['seen_at = seen_at - 12 * 3600000', 'expires_at = expires_at - 30 * 86400000']) {
      const client = await signedIn('anna');
      assert.equal((await client.get('/admin')).status, 200);
      await hark.sql(`UPDATE session SET ${change} WHERE token_hash = UNHEX(SHA2('${session(client)}', 256))`);
      assert.equal((await client.get('/admin')).status, 303, change);
    }
  });

  test('a company that is being deleted is told so only with the right password', async () => {
    await agent('beta', 'clerk');
    await hark.sql("UPDATE tenant SET state = 'deleting' WHERE code = 'beta'");
    assert.match((await signIn(visitor(), 'clerk', { company: 'beta' })).text, /suspended/);
    assert.doesNotMatch((await signIn(visitor(), 'boss', { company: 'beta', password: 'wrong wrong' })).text, /suspended/);
    await hark.sql("UPDATE tenant SET state = 'active' WHERE code = 'beta'");
  });
});

describe('own password', () => {
  test('A-AUTH-10 old, new and confirmation; other devices are signed out', async () => {
    await agent('acme', 'dora');
    const client = await signedIn('dora');
    const other = await signedIn('dora');
    const change = (old_password, new_password, confirm_password) =>
      client.submit('/admin/password', { old_password, new_password, confirm_password });
    assert.match((await change('wrong wrong', 'brand new secret', 'brand new secret')).text, /is wrong/);
    assert.match((await change(PASSWORD, 'brand new secret', 'brand old secret')).text, /differs/);
    assert.match((await change(PASSWORD, 'short', 'short')).text, /at least 8/);
    assert.match((await change(PASSWORD, 'password123', 'password123')).text, /attackers/);
    for (const known of ['acmeacme', 'Acme Ltd', 'doraacme']) assert.match((await change(PASSWORD, known, known)).text, /add words of your own/, known);
    const reply = await change(PASSWORD, 'brand new secret', 'brand new secret');
    assert.equal(reply.status, 303);
    assert.equal((await client.get('/admin')).status, 200);
    assert.equal((await other.get('/admin')).status, 303);
    assert.equal((await signIn(visitor(), 'dora')).status, 422);
    assert.equal((await signIn(visitor(), 'dora', { password: 'brand new secret' })).status, 303);
  });

  test('only wrong old passwords count, for the password and the e-mail address together', async () => {
    await agent('acme', 'ines');
    const client = await signedIn('ines');
    const change = (old, next) => client.submit('/admin/password', { old_password: old, new_password: next, confirm_password: next });
    const email = (password) => client.submit('/admin/profile', { email: `${Math.random()}@acme.example`, password }, { form: '/admin/profile' });
    for (let i = 0; i < 12; i += 1) assert.equal((await change(PASSWORD, 'short')).status, 422);
    for (let i = 0; i < 9; i += 1) assert.equal((await change('wrong wrong', 'brand new secret')).status, 422);
    assert.equal((await change(PASSWORD, 'short')).status, 422);
    for (let i = 0; i < 5; i += 1) assert.equal((await change('wrong wrong', 'brand new secret')).status, 422);
    for (let i = 0; i < 5; i += 1) assert.equal((await email('wrong wrong')).status, 422);
    assert.match((await email(PASSWORD)).text, /wrong too often/);
    assert.equal((await change(PASSWORD, 'brand new secret')).status, 429);
  });
});

describe('agents and queues', () => {
  test('A-CONS-09 the limit of chats is a field of the agent, by form and by API', async () => {
    const anna = await signedIn('anna');
    const { items } = (await api('GET', '/api/v1/agents?q=bert')).json();
    const path = `/admin/agents/${items[0].id}`;
    assert.equal((await anna.submit(path, { max_chats: '3' })).status, 303);
    assert.equal((await api('GET', `/api/v1/agents/${items[0].id}`)).json().max_chats, 3);
    const refused = await anna.submit(path, { max_chats: '1000', title: 'Kept' });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /1 to 100/);
    assert.match(refused.text, /value="Kept"/);
    assert.equal((await anna.submit(path, { max_chats: '' })).status, 303);
    assert.equal((await hark.sql(`SELECT max_chats FROM agent WHERE id = ${items[0].id}`))[0].max_chats, null);
  });

  test('a new agent by the form signs in; the form keeps its values when one is wrong', async () => {
    const anna = await signedIn('anna');
    const roles = (await hark.sql("SELECT id FROM role WHERE name = 'Agents' ORDER BY id LIMIT 1"))[0].id;
    const values = { account: 'fred', first_name: 'Fred', last_name: 'Ö’Hara <b>', alias: 'Freddy', email: 'fred at acme', roles, password: 'fred' };
    const refused = await anna.submit('/admin/agents/new', values);
    assert.equal(refused.status, 422);
    for (const name of ['email', 'password']) assert.match(refused.text, new RegExp(`id="p-${name}"`), name);
    assert.match(refused.text, /value="Ö’Hara &lt;b&gt;"/);
    const made = await anna.submit('/admin/agents/new', { ...values, email: 'fred@acme.example', password: PASSWORD });
    assert.equal(made.status, 303, made.text);
    assert.equal((await signIn(visitor(), 'fred')).status, 303);
    const again = await anna.submit('/admin/agents/new', { ...values, email: 'bert@acme.example', password: PASSWORD });
    assert.equal(again.status, 422);
    assert.match(again.text, /already used/);
    const stored = (await hark.sql("SELECT password_hash FROM agent WHERE account = 'fred'"))[0].password_hash;
    assert.match(stored, /^\$argon2id\$/);
    const audit = await hark.sql("SELECT difference FROM audit WHERE action = 'agent.create' AND noun_name = 'Freddy'");
    assert.doesNotMatch(audit[0].difference, /long enough/);
  });

  test('a new password by an administrator ends the sessions of the agent', async () => {
    const anna = await signedIn('anna');
    await agent('acme', 'gina');
    const gina = await signedIn('gina');
    const { items } = (await api('GET', '/api/v1/agents?q=gina')).json();
    assert.equal((await anna.submit(`/admin/agents/${items[0].id}`, { password: 'another good one' })).status, 303);
    assert.equal((await gina.get('/admin')).status, 303);
    assert.equal((await signIn(visitor(), 'gina', { password: 'another good one' })).status, 303);
  });

  test('nobody gives more rights than he has, nor changes who has more', async () => {
    const role = (await api('POST', '/api/v1/roles', { name: 'People', permissions: 'people.manage chat.work chat.pick chat.see_queues contacts.read contacts.edit contacts.see history.read api.use' })).json();
    assert.ok(role.id, JSON.stringify(role));
    await agent('acme', 'hugo', '--role', 'People');
    const hugo = (await command('key', 'create', '--tenant', 'acme', '--account', 'hugo', '--name', 't', '--json')).json().key;
    const [all] = await hark.sql("SELECT r.id FROM role r JOIN tenant t ON t.id = r.tenant_id WHERE r.name = 'Administrators' AND t.code = 'acme'");
    const [bert, anna] = ['bert', 'anna'].map(async (name) => (await api('GET', `/api/v1/agents?q=${name}`)).json().items[0].id);
    const given = await api('PATCH', `/api/v1/agents/${await bert}`, { roles: [Number(all.id)] }, hugo);
    assert.equal(given.status, 422);
    assert.ok(given.json().fields.roles);
    const taken = await api('PATCH', `/api/v1/agents/${await anna}`, { password: 'taken over now' }, hugo);
    assert.ok([403, 422].includes(taken.status), String(taken.status));
    assert.equal((await signIn(visitor(), 'anna')).status, 303);
    const wider = await api('POST', '/api/v1/roles', { name: 'Wide', permissions: '*' }, hugo);
    assert.equal(wider.status, 403);
    assert.equal((await api('POST', '/api/v1/roles', { name: 'Odd', permissions: 'chat.work fly' })).status, 422);
  });

  test('the last administrator stays, and nobody deletes himself', async () => {
    const [anna] = (await api('GET', '/api/v1/agents?q=anna')).json().items;
    const gone = await api('DELETE', `/api/v1/agents/${anna.id}`);
    assert.ok(gone.status >= 400 && gone.status < 500, String(gone.status));
    const [role] = await hark.sql("SELECT r.id FROM role r JOIN tenant t ON t.id = r.tenant_id WHERE r.name = 'Agents' AND t.code = 'acme'");
    const less = await api('PATCH', `/api/v1/agents/${anna.id}`, { roles: [Number(role.id)] });
    assert.equal(less.status, 422);
    assert.match(less.json().fields.roles.message, /last administrator/);
    const words = [...(await (await signedIn('anna')).get('/admin/roles/new')).text.matchAll(/name="permissions" value="([a-z_.]+)"/g)].map(([, word]) => word);
    const every = (await api('POST', '/api/v1/roles', { name: 'Every right', permissions: words })).json();
    assert.ok(words.length > 10 && every.id, JSON.stringify(every));
    const listed = await api('PATCH', `/api/v1/agents/${anna.id}`, { roles: [every.id] });
    assert.match(listed.json().fields.roles?.message ?? listed.text, /last administrator/, 'all rights one by one are not those of a later version');
  });

  test('a time zone must be one', async () => {
    const [bert] = (await api('GET', '/api/v1/agents?q=bert')).json().items;
    assert.equal((await api('PATCH', `/api/v1/agents/${bert.id}`, { time_zone: 'Mars/Base' })).status, 422);
    assert.equal((await api('PATCH', `/api/v1/agents/${bert.id}`, { time_zone: 'Europe/Paris' })).status, 200);
  });

  test('queues: list, search, filter, sort, pages that do not move, CSV', async () => {
    const anna = await signedIn('anna');
    for (let i = 0; i < 60; i += 1) {
      const made = await api('POST', '/api/v1/queues', { name: `Q${String(i).padStart(2, '0')}`, description: i % 2 ? 'odd' : 'same', for_inbox: i % 3 === 0 });
      assert.equal(made.status, 201, made.text);
    }
    const names = async (query) => (await api('GET', `/api/v1/queues?${query}`)).json().items.map((item) => item.name);
    assert.deepEqual((await names('q=Q1')).slice(0, 2), ['Q10', 'Q11']);
    assert.equal((await api('GET', '/api/v1/queues?q=Q&for_inbox=1')).json().total, 20);
    assert.deepEqual((await names('q=Q&sort=-name')).slice(0, 2), ['Q59', 'Q58']);
    const paged = [...await names('q=Q&sort=description&page=1'), ...await names('q=Q&sort=description&page=2')];
    assert.equal(new Set(paged).size, 60);
    const next = /rel="next" href="([^"]*)"/.exec((await anna.get('/admin/queues?q=Q&per_page=20')).text)[1].replaceAll('&amp;', '&');
    assert.match((await anna.get(next)).text, /<strong>21–40<\/strong>/, 'pages stay as long');
    const csv = await anna.get('/admin/queues.csv?q=Q');
    assert.match(csv.headers['content-type'], /text\/csv/);
    assert.equal(csv.text.trim().split(/\r\n/).length, 61);
    const page = await anna.get('/admin/queues?q=Q&sort=-name');
    assert.ok(page.text.indexOf('Q59') > 0 && page.text.indexOf('Q59') < page.text.indexOf('Q58'));
    assert.equal((await api('GET', '/api/v1/queues?sort=password')).status, 422);
  });

  test('queues: a misspelt member and a wrong value are named; what was typed stays', async () => {
    const wrong = await api('POST', '/api/v1/queues', { name: 'x'.repeat(81), colour: 'red' });
    assert.equal(wrong.status, 422);
    assert.deepEqual(Object.keys(wrong.json().fields).sort(), ['colour', 'name']);
    assert.equal(wrong.json().fields.name.limit, '80');
    const anna = await signedIn('anna');
    const refused = await anna.submit('/admin/queues/new', { name: '', description: 'Kept words' });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /value="Kept words"/);
    assert.match(refused.text, /id="p-name"/);
    const neither = await api('POST', '/api/v1/queues', { name: 'Neither', for_chat: false, for_inbox: false });
    assert.ok(neither.json().fields.for_chat);
  });

  test('queues: deleting can be undone', async () => {
    const anna = await signedIn('anna');
    const queue = (await api('POST', '/api/v1/queues', { name: 'Short lived' })).json();
    const deleted = await anna.submit(`/admin/queues/${queue.id}/delete`, {}, { form: '/delete' });
    const list = await anna.follow(deleted);
    assert.match(list.text, new RegExp(`action="/admin/queues/${queue.id}/restore"`));
    assert.equal((await api('GET', '/api/v1/queues?q=Short')).json().total, 0);
    assert.equal((await anna.post(`/admin/queues/${queue.id}/restore`, { form: anna.formToken })).status, 303);
    assert.equal((await api('GET', '/api/v1/queues?q=Short')).json().total, 1);
    const audit = await hark.sql(`SELECT action FROM audit WHERE noun = 'queue' AND noun_id = ${queue.id} ORDER BY id`);
    assert.deepEqual(audit.map((row) => row.action), ['queue.create', 'queue.delete', 'queue.restore']);
  });

  test('queues: the last one for chats stays', async () => {
    const boss = (await command('key', 'create', '--tenant', 'beta', '--account', 'boss', '--name', 't', '--json')).json().key;
    const [inbox] = (await api('GET', '/api/v1/queues', undefined, boss)).json().items;
    assert.equal(inbox.name, 'Inbox');
    assert.ok([409, 422].includes((await api('DELETE', `/api/v1/queues/${inbox.id}`, undefined, boss)).status));
    assert.equal((await api('PATCH', `/api/v1/queues/${inbox.id}`, { for_chat: false }, boss)).status, 422);
  });

  test('queues: of two who take the last ones for chats away at once, one is told', async () => {
    const boss = (await command('key', 'create', '--tenant', 'beta', '--account', 'boss', '--name', 't3', '--json')).json().key;
    const [inbox] = (await api('GET', '/api/v1/queues', undefined, boss)).json().items;
    for (const [method, body] of [['DELETE', undefined], ['PATCH', { for_chat: false }]]) {
      const { id } = (await api('POST', '/api/v1/queues', { name: `For ${method}` }, boss)).json();
      const reply = await whileLocked(hark, `UPDATE queue SET for_chat = 0 WHERE id = ${inbox.id}`, { waits: 'SELECT COUNT' },
        () => api(method, `/api/v1/queues/${id}`, body, boss));
      assert.ok([409, 422].includes(reply.status), reply.text);
      assert.match(reply.text, /Somebody else has changed something/);
      assert.deepEqual(await hark.sql(`SELECT for_chat, deleted_at FROM queue WHERE id = ${id}`), [{ for_chat: '1', deleted_at: null }]);
      await hark.sql(`UPDATE queue SET for_chat = 1 WHERE id = ${inbox.id}; UPDATE queue SET deleted_at = 5 WHERE id = ${id}`);
    }
  });

  test('rows of another company are not there', async () => {
    const boss = (await command('key', 'create', '--tenant', 'beta', '--account', 'boss', '--name', 't2', '--json')).json().key;
    const [theirs] = (await api('GET', '/api/v1/queues?q=Q')).json().items;
    const [anna] = (await api('GET', '/api/v1/agents?q=anna')).json().items;
    for (const [method, path, body] of [
      ['GET', `/api/v1/queues/${theirs.id}`], ['PATCH', `/api/v1/queues/${theirs.id}`, { name: 'Mine' }],
      ['DELETE', `/api/v1/queues/${theirs.id}`], ['POST', `/api/v1/queues/${theirs.id}/restore`, {}],
      ['GET', `/api/v1/agents/${anna.id}`], ['PATCH', `/api/v1/agents/${anna.id}`, { alias: 'Mine' }],
      ['DELETE', `/api/v1/agents/${anna.id}`],
    ]) assert.equal((await api(method, path, body, boss)).status, 404, `${method} ${path}`);
    const foreign = await api('POST', '/api/v1/queues', { name: 'Spies', agents: [anna.id] }, boss);
    assert.equal(foreign.status, 422);
    assert.ok(foreign.json().fields.agents);
  });

  test('an API key needs the right to use the API, and works by both headers', async () => {
    assert.equal((await api('GET', '/api/v1/queues', undefined, 'hark_nonsense')).status, 401);
    const agents = (permissions) => hark.sql(`UPDATE role SET permissions = ${permissions} WHERE name = 'Agents' AND tenant_id = (SELECT id FROM tenant WHERE code = 'acme')`);
    await agents("CONCAT(permissions, ' api.use')");
    const bert = (await command('key', 'create', '--tenant', 'acme', '--account', 'bert', '--name', 't', '--json')).json().key;
    assert.equal((await api('GET', '/api/v1/me', undefined, bert)).status, 200);
    await agents("REPLACE(permissions, ' api.use', '')");
    assert.equal((await api('GET', '/api/v1/me', undefined, bert)).status, 401);
    const bearer = await hark.client({ headers: { Authorization: `Bearer ${key}` } }).json('GET', '/api/v1/queues');
    assert.equal(bearer.status, 200);
    const rows = await hark.sql("SELECT key_hash, used_at FROM api_key WHERE name = 'tests'");
    assert.notEqual(rows[0].used_at, null);
  });
});

describe('commands', () => {
  const run = (...args) => hark.hark(args, { input: PASSWORD });

  test('tenant create is idempotent by the external id, and refuses what is taken or malformed', async () => {
    const again = await run('tenant', 'create', '--code', 'acme', '--name', 'Acme', '--external-id', 'A-1', '--json');
    assert.equal(again.code, 0);
    assert.equal(again.json().result, 'exists');
    assert.equal(again.json().tenant.name, 'Acme Ltd');
    assert.equal((await run('tenant', 'create', '--code', 'acme', '--name', 'Other')).code, 1);
    assert.equal((await run('tenant', 'create', '--code', 'gamma', '--name', 'G', '--domain', 'desk.beta.example')).code, 1);
    assert.deepEqual(await hark.sql("SELECT id FROM tenant WHERE code = 'gamma'"), []);
    for (const bad of [['--code', 'A B'], ['--code', 'ok', '--locale', 'xx'], ['--code', 'ok', '--time-zone', 'Mars/Base'], ['--code', 'ok', '--domain', 'a/b']])
      assert.equal((await run('tenant', 'create', '--name', 'X', ...bad)).code, 1, bad.join(' '));
    const made = await run('tenant', 'create', '--code', 'delta', '--name', 'Delta', '--locale', 'fr', '--time-zone', 'Europe/Paris', '--json');
    const { id } = made.json().tenant;
    for (const [table, count] of [['role', 3], ['queue', 1], ['widget', 1]])
      assert.equal((await hark.sql(`SELECT COUNT(*) AS n FROM ${table} WHERE tenant_id = ${id}`))[0].n, String(count), table);
    const list = await run('tenant', 'list', '--json');
    assert.ok(list.json().tenants.some((tenant) => tenant.code === 'delta'));
    assert.match((await run('tenant', 'list')).stdout, /delta/);
  });

  test('agent create says what is wrong by field, agent passwd ends sessions', async () => {
    const wrong = await run('agent', 'create', '--tenant', 'acme', '--account', 'anna', '--email', 'nonsense', '--first-name', 'A', '--json');
    assert.equal(wrong.code, 1);
    assert.ok(wrong.json().fields.email);
    assert.match(wrong.stderr, /email/);
    assert.equal((await run('agent', 'create', '--tenant', 'nowhere', '--account', 'a', '--email', 'a@b.example', '--first-name', 'A')).code, 1);
    assert.equal((await run('agent', 'create', '--tenant', 'acme')).code, 2);
    assert.equal((await run('agent', 'create', '--tenant', 'acme', '--account', 'a', '--email', 'a@b.example', '--first-name', 'A', '--role', 'Kings')).code, 1);
    await agent('acme', 'ivan');
    const ivan = await signedIn('ivan');
    assert.equal((await run('agent', 'passwd', '--tenant', 'acme', '--account', 'ivan')).code, 2);
    assert.equal((await hark.hark(['agent', 'passwd', '--tenant', 'acme', '--account', 'ivan', '--password-file', '-'], { input: 'password1\n' })).code, 1);
    assert.equal((await hark.hark(['agent', 'passwd', '--tenant', 'acme', '--account', 'ivan', '--password-file', '-'], { input: 'a fresh secret\n' })).code, 0);
    assert.equal((await ivan.get('/admin')).status, 303);
    assert.equal((await signIn(visitor(), 'ivan', { password: 'a fresh secret' })).status, 303);
    assert.match((await run('agent', 'list', '--tenant', 'acme')).stdout, /ivan@acme\.example/);
    const audit = await hark.sql("SELECT actor_kind FROM audit WHERE action = 'agent.create' AND noun_name = 'ivan'");
    assert.equal(audit[0].actor_kind, 'command');
  });

  test('help, version, wrong words and wrong configurations have their exit codes', async () => {
    for (const args of [['--help'], ['help'], ['tenant', 'create', '--help'], ['version'], ['--version'], ['config', '--sample'], ['config', '--check'], ['migrate', '--status']])
      assert.equal((await run(...args)).code, 0, args.join(' '));
    for (const args of [[], ['nonsense'], ['tenant'], ['tenant', 'list', '--nonsense'], ['tenant', 'list', 'extra'], ['config'], ['tenant', 'create', '--code']])
      assert.equal((await run(...args)).code, 2, args.join(' '));
    const twice = await run('tenant', 'list', '--config', hark.confFile);
    assert.equal(twice.code, 2, 'the harness gives --config already');
  });

  test('migrate says what there is to do, and does nothing twice', async () => {
    const status = await run('migrate', '--status', '--json');
    assert.equal(status.json().is_current, true);
    assert.ok(status.json().steps.every((step) => step.state === 'done' && step.statements === step.statements_done));
    assert.match((await run('migrate', '--dry-run')).stdout, /nothing would be done/);
    assert.equal((await run('migrate', '--json')).json().result, 'nothing to do');
    assert.equal((await run('migrate', '--status', '--dry-run')).code, 2);
  });

  test('doctor goes the way of a browser and misses only the daemon that is not started', async () => {
    const found = await run('doctor', '--url', hark.url, '--json');
    assert.equal(found.code, 1, found.stderr);
    const { findings, checks } = found.json();
    assert.deepEqual(findings.map((finding) => finding.what), ['hark-jobs has been started', 'hark-chat answers on its bell', 'hark-chat answers below /live'], found.stdout);
    assert.ok(checks >= 15);
    assert.match((await run('doctor')).stdout, /^good +the database answers \(\d+\.\d+.*MariaDB.*\)$/m);
    assert.ok(findings.every((finding) => finding.problem && finding.mending));
    assert.equal((await run('doctor', '--url', 'nonsense')).code, 2);
  });

  test('doctor names what is wrong with files, folders and the database', async () => {
    const conf = join(hark.folder, 'bad.conf');
    const open = join(hark.folder, 'open-key');
    writeFileSync(open, 'x'.repeat(64));
    chmodSync(open, 0o644);
    writeFileSync(conf, `db_socket = ${hark.folder}/none.sock\nkey_file = ${open}\ndata_dir = ${hark.folder}/none\nrun_dir = ${hark.folder}/run\nschema_dir = ${sourceFolder()}/schema\n`);
    const done = await runProgram(join(buildFolder(), 'hark'), ['doctor', '--json', '--config', conf], { env: { ASAN_OPTIONS: 'detect_leaks=0' } });
    assert.equal(done.code, 1, done.stderr);
    const whats = JSON.parse(done.stdout).findings.map((finding) => finding.what).join('\n');
    for (const word of ['key file', 'data_dir', 'database answers']) assert.match(whats, new RegExp(word));
    assert.doesNotMatch(whats, /run_dir/);
    writeFileSync(conf, 'colour = red\n');
    const refused = await runProgram(join(buildFolder(), 'hark'), ['tenant', 'list', '--config', conf], { env: { ASAN_OPTIONS: 'detect_leaks=0' } });
    assert.equal(refused.code, 78);
    assert.match(refused.stderr, /bad\.conf.*1.*colour/);
    writeFileSync(conf, `db_socket = ${hark.folder}/none.sock\nkey_file = ${hark.folder}/key\nschema_dir = ${sourceFolder()}/schema\n`);
    const later = await runProgram(join(buildFolder(), 'hark'), ['tenant', 'list', '--config', conf], { env: { ASAN_OPTIONS: 'detect_leaks=0' } });
    assert.equal(later.code, 75, later.stderr);
  });

  test('doctor names the mistakes of the web server, each with its mending', async () => {
    const file = join(hark.folder, 'nginx/site.conf');
    const good = readFileSync(file, 'utf8');
    const bad = good.replace('client_max_body_size 21m;', '').replace('fastcgi_param HTTP_PROXY "";', 'fastcgi_param HTTP_AUTHORIZATION "";');
    assert.ok(bad.length < good.length);
    writeFileSync(file, bad);
    await hark.restart('web-server');
    try {
      const found = (await run('doctor', '--url', hark.url, '--json')).json().findings;
      const named = (what) => found.find((finding) => finding.what.includes(what));
      assert.match(named('Authorization').mending, /CGIPassAuth/);
      assert.match(named('Proxy').mending, /HTTP_PROXY/);
      assert.match(named('upload_max').mending, /client_max_body_size/);
      assert.equal(named('X-Api-Key'), undefined);
      assert.equal(named('%2F'), undefined);
    } finally {
      writeFileSync(file, good);
      await hark.restart('web-server');
    }
  });

  test('the echo of the doctor is not there without a fresh token of the key file', async () => {
    for (const token of ['', `${Math.floor(Date.now() / 1000)}.${'0'.repeat(64)}`, 'x', '.'])
      assert.equal((await hark.client().get(`/-/echo/x?token=${token}`)).status, 404);
  });
});
