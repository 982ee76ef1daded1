// SPDX-License-Identifier: BSD-2-Clause
// host_panel.test.mjs - the host's panel and API in the small: what asks before it takes away, limits as numbers, and what is refused how.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { startHark } from '../harness/hark.mjs';

const PASSWORD = 'a long enough secret';
let hark;
let olga;
let key;
let nextAddress = 10;

async function command(...args) {
  const done = await hark.hark(args, { input: PASSWORD });
  assert.equal(done.code, 0, done.stderr);
  return done;
}

const keyFor = async (permissions, name) => (await command('operator', 'key', 'create', '--email', 'olga@host.example', '--name', name,
  '--permissions', permissions, '--json')).json();
const api = (method, path, body, own = key) => hark.client({ headers: { 'X-Api-Key': own } }).json(method, `/api/v1/host${path}`, body);

async function made(path, body) {
  const reply = await api('POST', path, body);
  assert.equal(reply.status, 201, reply.text);
  return reply.json();
}

/** The owner of a company, by the link of the host. */
async function owner(tenant) {
  nextAddress += 1;
  const client = hark.client({ headers: { 'X-Forwarded-For': `192.0.2.${nextAddress}` } });
  const link = (await made(`/tenants/${tenant.id}/sign-in-link`)).url;
  assert.equal((await client.submit(new URL(link).pathname)).headers.location, '/admin');
  await client.get('/admin');
  return client;
}

before(async () => {
  hark = await startHark({ programs: ['hark-web'], conf: { host_contact: 'sales@host.example' } });
  await command('operator', 'create', '--email', 'olga@host.example', '--name', 'Olga Host', '--password-file', '-');
  key = (await keyFor('*', 'all')).secret;
  olga = hark.client({ headers: { 'X-Forwarded-For': '192.0.2.7' } });
  assert.equal((await olga.submit('/host/sign-in', { email: 'olga@host.example', password: PASSWORD })).status, 303);
});
after(() => hark?.stop());

/** The page has the button that leads to a question, which alone does it. */
async function asked(page, path, words) {
  const { text } = await olga.get(page);
  assert.match(text, new RegExp(`<a [^>]*href="${path}"`));
  assert.doesNotMatch(text, new RegExp(`<form[^>]*action="${path}"`));
  const question = await olga.get(path);
  assert.equal(question.status, 200);
  assert.match(question.text, words);
  return (await olga.submit(path)).headers.location;
}

describe('what is taken away is asked for first', () => {
  test('a host name', async () => {
    const tenant = await made('/tenants', { code: 'names', name: 'Names', domain: 'desk.names.example' });
    const [domain] = (await api('GET', `/tenants/${tenant.id}/domains`)).json().items;
    const page = `/host/tenants/${tenant.id}`;
    assert.equal(await asked(page, `${page}/domains/${domain.id}/remove`, /Remove desk\.names\.example/), page);
    assert.deepEqual((await api('GET', `/tenants/${tenant.id}/domains`)).json().items, []);
    assert.equal((await olga.get(`${page}/domains/${domain.id}/remove`)).status, 404);
  });

  test('a plan', async () => {
    const plan = await made('/plans', { code: 'gone', name: 'Gone soon' });
    assert.equal(await asked(`/host/plans/${plan.id}`, `/host/plans/${plan.id}/delete`, /Delete the plan Gone soon/), '/host/plans');
    assert.equal((await api('GET', `/plans/${plan.id}`)).status, 404);
  });

  test('a key of an operator', async () => {
    const { id, secret } = await keyFor('host.read', 'Billing');
    const number = id ?? (await api('GET', '/keys')).json().items.find((one) => one.name === 'Billing').id;
    assert.equal(await asked('/host/operators', `/host/operators/keys/${number}/delete`, /Take back the key Billing/), '/host/operators');
    assert.equal((await api('GET', '/plans', undefined, secret)).status, 401);
  });
});

describe('limits as numbers', () => {
  let none;
  let tenant;
  before(async () => {
    none = await made('/plans', { code: 'none', name: 'None of it', agents: 1, ai_tokens_month: 0, api_minute: 0, storage_mb: 2 });
    tenant = await made('/tenants', { code: 'little', name: 'Little', plan: 'none', owner_email: 'anna@little.example', owner_name: 'Anna Weber' });
    await hark.sql(`UPDATE tenant_load SET storage_bytes = 1500001 WHERE tenant_id = ${tenant.id}`);
    await hark.sql(`INSERT IGNORE INTO tenant_load (tenant_id, storage_bytes) VALUES (${tenant.id}, 1500001)`);
  });

  test('a limit of 0 is a limit, but nothing to be warned of', async () => {
    const page = await olga.get(`/host/tenants/${tenant.id}`);
    assert.match(page.text, /<div><dt>AI tokens this month<\/dt><dd><span>0 of 0<\/span>/);
    assert.match(page.text, /<div class="full"><dt>Agents<\/dt><dd><span>1 of 1<\/span>/);
    const anna = await owner(tenant);
    assert.doesNotMatch((await anna.get('/admin')).text, /almost used up|AI tokens/);
    const usage = (await anna.get('/admin/usage')).text;
    assert.match(usage, /AI tokens this month: 0 of 0[^]*?class="fine"/);
    assert.match(usage, /API requests a minute<\/strong><span class="figure">0</);
  });

  test('API and command say the same with the same keys, in the units of plans', async () => {
    const { limits } = (await api('GET', `/tenants/${tenant.id}`)).json();
    assert.deepEqual(limits.storage_mb, { used: 2, most: 2 });
    assert.deepEqual(limits.queues, { used: 1, most: null });
    assert.deepEqual((await command('tenant', 'show', '--tenant', 'little', '--json')).json().limits, limits);
  });

  test('to keep chats for no day is refused by page, API and command', async () => {
    const path = `/plans/${none.id}`;
    const reply = await api('PATCH', path, { retention_days: 0 });
    assert.equal(reply.status, 422, reply.text);
    assert.equal(reply.json().fields.retention_days.limit, '1');
    assert.equal((await olga.submit(`/host${path}`, { retention_days: '0' })).status, 422);
    assert.equal((await hark.hark(['plan', 'change', '--code', 'none', '--retention-days', '0'])).code, 1);
    assert.equal((await api('PATCH', path, { retention_days: 1 })).status, 200);
  });

  test('over the plan each reads what helps: who invites, and who is invited', async () => {
    const anna = await owner(tenant);
    const form = await anna.get('/admin/invitations/new');
    assert.match(form.text, /Agents: 1 of 1\. Nobody who accepts/);
    const [role] = await hark.sql(`SELECT id FROM role WHERE tenant_id = ${tenant.id} AND name = 'Agents'`);
    const wide = await anna.submit('/admin/agents/new', { account: 'ben', email: 'ben@little.example', first_name: 'Ben', last_name: 'B', alias: 'Ben', roles: String(role.id) });
    assert.equal(wide.status, 422);
    assert.match(wide.text, /Agents: 1 of 1\.[^]*ask for a larger plan: sales@host\.example/);
    const token = 'T'.repeat(43);
    await hark.sql(`INSERT INTO invitation (tenant_id, email, state, token_hash, invited_by, expires_at, created_at, updated_at)
      VALUES (${tenant.id}, 'carl@little.example', 'open', UNHEX(SHA2('${token}', 256)), 'Anna', ${Date.now() + 9e6}, 1, 1)`);
    await hark.sql(`INSERT INTO invitation_role (tenant_id, invitation_id, role_id) SELECT tenant_id, id, ${role.id} FROM invitation WHERE tenant_id = ${tenant.id}`);
    const guest = hark.client({ headers: { 'X-Forwarded-For': '192.0.2.99' } });
    const reply = await guest.submit(`/invitation?token=${token}`, { account: 'carl', first_name: 'Carl', new_password: 'another long secret', confirm_password: 'another long secret' });
    assert.equal(reply.status, 422, reply.text);
    assert.match(reply.text, /Tell whoever invited you/);
    assert.doesNotMatch(reply.text, /larger plan|sales@host/);
  });
});

describe('what is refused, and how it is said', () => {
  test('an import over the plan says how many agents there are, not how many there would be', async () => {
    await made('/plans', { code: 'three', name: 'Three', agents: 3 });
    const tenant = await made('/tenants', { code: 'trio', name: 'Trio', plan: 'three', owner_email: 'anna@trio.example', owner_name: 'Anna' });
    const anna = await owner(tenant);
    const csv = ['account,email,first_name,roles', ...['ben', 'carl', 'dora', 'eva'].map((name) => `${name},${name}@trio.example,${name},Agents`)];
    const over = await anna.submit('/admin/agents/import', { csv: csv.join('\n') });
    assert.equal(over.status, 422);
    assert.equal(over.text.match(/no place left for this line\. Agents: 1 of 3/g).length, 2, over.text);
    assert.doesNotMatch(over.text, /3 of 3/);
    assert.equal((await anna.submit('/admin/agents/import', { csv: csv.slice(0, 3).join('\n') })).status, 200);
  });

  test('a right that is missing is no matter of a company\'s administrator', async () => {
    const { secret } = await keyFor('host.read', 'reader');
    const reply = await api('POST', '/plans', { code: 'x', name: 'X' }, secret);
    assert.equal(reply.status, 403);
    assert.match(reply.json().message, /operator/);
    assert.doesNotMatch(reply.json().message, /company/);
  });

  test('the code of a plan is for good, and its name nobody else\'s', async () => {
    const plan = await made('/plans', { code: 'first', name: 'First' });
    const reply = await api('PATCH', `/plans/${plan.id}`, { code: 'second' });
    assert.equal(reply.status, 422);
    assert.ok(reply.json().fields.code);
    assert.equal((await api('POST', '/plans', { code: 'second', name: 'First' })).json().fields.name.message, 'is already used');
    assert.equal((await api('PATCH', `/plans/${plan.id}`, { name: 'First', agents: 7 })).json().limits.agents, 7);
    const page = await olga.get(`/host/plans/${plan.id}`);
    assert.doesNotMatch(page.text, /name="code"/);
    assert.equal((await olga.submit(`/host/plans/${plan.id}`, { agents: '8' })).status, 303);
  });

  test('a new company is told all its errors at once', async () => {
    await made('/tenants', { code: 'taken', name: 'Taken' });
    const wrong = { code: 'taken', plan: 'nothing', owner_email: 'nobody', time_zone: 'Mars/Base', domain: 'bad host' };
    const reply = await api('POST', '/tenants', wrong);
    assert.equal(reply.status, 422, reply.text);
    assert.deepEqual(Object.keys(reply.json().fields).sort(), ['code', 'domain', 'name', 'owner_email', 'plan', 'time_zone']);
    const page = await olga.submit('/host/tenants/new', { ...wrong, plan: 'unlimited', name: '' });
    assert.equal(page.status, 422);
    for (const words of ['belongs to another company', 'must be a host name', 'is required', 'e-mail address', 'time zone such as']) assert.ok(page.text.includes(words), words);
  });

  test('what the state of a company forbids is 409 by every door, what is wrong in the request 422', async () => {
    const tenant = await made('/tenants', { code: 'leaving', name: 'Leaving' });
    const path = `/tenants/${tenant.id}`;
    assert.equal((await api('POST', `${path}/suspend`, { reason: 'x'.repeat(256) })).status, 422);
    assert.equal((await api('DELETE', path, { code: 'leaving' })).status, 200);
    for (const [method, door, body] of [['POST', `${path}/resume`], ['POST', `${path}/suspend`, {}], ['PATCH', path, { state: 'active' }]]) {
      const reply = await api(method, door, body);
      assert.equal(reply.status, 409, door);
      assert.equal(reply.json().error, 'conflict');
      assert.match(reply.json().message, /being deleted/);
    }
    const used = await api('DELETE', '/plans/1');
    assert.deepEqual([used.status, used.json().error], [409, 'conflict']);
  });

  test('a limit with two ends is told whole in every language', async () => {
    const tenant = await made('/tenants', { code: 'lengua', name: 'Lengua', locale: 'es', owner_email: 'anna@lengua.example', owner_name: 'Anna' });
    const anna = await owner(tenant);
    const reply = await anna.submit('/admin/settings/audit', { keep_days: '7' });
    assert.equal(reply.status, 422);
    assert.match(reply.text, /debe ser un número de 30 a 3650/);
  });

  test('settings that are sent unchanged are no entry; a refused sign-in says why', async () => {
    const tenant = await made('/tenants', { code: 'quiet', name: 'Quiet', owner_email: 'anna@quiet.example', owner_name: 'Anna' });
    const anna = await owner(tenant);
    assert.equal((await anna.submit('/admin/settings/audit', { keep_days: '40' })).status, 303);
    assert.equal((await anna.submit('/admin/settings/audit', { keep_days: '40' })).status, 303);
    const entries = (action) => hark.sql(`SELECT difference FROM audit WHERE tenant_id = ${tenant.id} AND action = '${action}' ORDER BY id`);
    assert.equal((await entries('setting.change')).length, 1);
    for (const account of ['anna', 'nobody']) await hark.client({ headers: { 'X-Forwarded-For': '192.0.2.98' } })
      .submit('/sign-in', { company: 'quiet', account, password: 'not the password' });
    assert.deepEqual((await entries('sign_in_failed')).map((one) => JSON.parse(one.difference).cause[1]), ['password', 'unknown']);
    assert.match((await anna.get('/admin/audit?action=sign_in_failed')).text, /The password is wrong\./);
    await hark.client({ headers: { 'X-Forwarded-For': '192.0.2.97' } }).submit('/host/sign-in', { email: 'olga@host.example', password: 'not the password' });
    const [last] = await hark.sql("SELECT difference FROM audit WHERE action = 'host.sign_in_failed' ORDER BY id DESC LIMIT 1");
    assert.equal(JSON.parse(last.difference).cause[1], 'password');
  });
});

describe('U-36 operators by themselves', () => {
  test('they change their password; other browsers are signed out, this one is not', async () => {
    const rita = { email: 'rita@host.example', password: PASSWORD };
    await command('operator', 'create', '--email', rita.email, '--name', 'Rita', '--permissions', 'host.suspend', '--password-file', '-');
    const [here, there] = ['192.0.2.91', '192.0.2.92'].map((address) => hark.client({ headers: { 'X-Forwarded-For': address } }));
    for (const browser of [here, there]) assert.equal((await browser.submit('/host/sign-in', rita)).status, 303);
    const change = (old, one, two = one) => here.submit('/host/password', { old_password: old, new_password: one, confirm_password: two });
    assert.match((await change('not the old one', 'another long secret')).text, /Old password is wrong/);
    assert.equal((await change(PASSWORD, 'short')).status, 422);
    assert.equal((await change(PASSWORD, 'another long secret', 'another long sicret')).status, 422);
    const device = here.cookies.get('hark-host-device');
    assert.equal((await change(PASSWORD, 'another long secret')).headers.location, '/host');
    assert.notEqual(here.cookies.get('hark-host-device'), device, 'this browser is known with the new password');
    assert.equal((await here.get('/host/password')).status, 200);
    assert.equal((await there.get('/host/password')).headers.location, '/host/sign-in?next=%2Fhost%2Fpassword');
    assert.equal((await there.submit('/host/sign-in', rita)).status, 422);
    assert.equal((await there.submit('/host/sign-in', { ...rita, password: 'another long secret' })).status, 303);
    const [entry] = await hark.sql("SELECT actor_kind, actor_name FROM audit WHERE action = 'operator.password'");
    assert.deepEqual(entry, { actor_kind: 'host', actor_name: 'Rita' });
  });

  test('only wrong old passwords count', async () => {
    const ines = { email: 'ines@host.example', password: PASSWORD };
    await command('operator', 'create', '--email', ines.email, '--name', 'Ines', '--password-file', '-');
    const client = hark.client({ headers: { 'X-Forwarded-For': '192.0.2.94' } });
    assert.equal((await client.submit('/host/sign-in', ines)).status, 303);
    const change = (old, next) => client.submit('/host/password', { old_password: old, new_password: next, confirm_password: next });
    for (let i = 0; i < 12; i += 1) assert.equal((await change(PASSWORD, 'short')).status, 422);
    for (let i = 0; i < 9; i += 1) assert.equal((await change('wrong wrong', 'brand new secret')).status, 422);
    assert.equal((await change(PASSWORD, 'short')).status, 422);
    for (let i = 0; i < 10; i += 1) assert.equal((await change('wrong wrong', 'brand new secret')).status, 422);
    assert.equal((await change(PASSWORD, 'brand new secret')).status, 429);
    assert.equal((await client.submit('/host/confirm', { password: PASSWORD })).status, 429, 'whatever page asks for it');
  });

  test('no key and no stranger changes a password', async () => {
    const stranger = hark.client({ headers: { 'X-Forwarded-For': '192.0.2.93' } });
    assert.equal((await stranger.get('/host/password')).status, 303);
    const reply = await hark.client({ headers: { 'X-Api-Key': key } }).get('/host/password');
    assert.notEqual(reply.status, 200);
  });

  test('the panel speaks the language that they choose', async () => {
    assert.equal((await olga.submit('/host/plans', { locale: 'fr' }, { form: '/host/language' })).headers.location, '/host/plans');
    const page = await olga.get('/host/plans');
    assert.match(page.text, /<html lang="fr"/);
    assert.match(page.text, /Formules/);
    assert.equal((await olga.post('/host/language', { form: olga.formToken, locale: 'xx' })).status, 422);
    assert.equal((await olga.post('/host/language', { form: olga.formToken, locale: 'en', next: 'https://evil.example' })).headers.location, '/host');
  });
});
