// SPDX-License-Identifier: BSD-2-Clause
// access.test.mjs - second factors, places of sign-in, addresses, API keys with scopes, and hashes of passwords.
import { after, before, beforeEach, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startHark, until } from '../harness/hark.mjs';
import { codesOf, secretOf, totp } from '../harness/totp.mjs';

const PASSWORD = 'a long enough secret';
let hark;
let nextAddress = 10;

/** A browser at an address of its own, so that tests do not use up each other's attempts. */
function visitor(options = {}) {
  nextAddress += 1;
  return hark.client({ ...options, headers: { 'X-Forwarded-For': options.address ?? `192.0.2.${nextAddress}`, ...options.headers } });
}

const signIn = (client, account, { password = PASSWORD, next } = {}) =>
  client.submit(next ? `/sign-in?next=${encodeURIComponent(next)}` : '/sign-in', { company: 'acme', account, password });

async function signedIn(account, options = {}) {
  const client = visitor(options);
  const reply = await signIn(client, account, options);
  assert.equal(reply.status, 303, reply.text);
  await client.get('/admin');   // gives the form token
  return client;
}

async function confirm(client) {
  const reply = await client.submit('/confirm?next=/admin', { password: PASSWORD });
  assert.equal(reply.headers.location, '/admin', reply.text);
}

const formOf = (page) => /name="form" value="([^"]*)"/.exec(page.text)[1];

/** Signed in, and the password given once more. */
async function confirmed(account, options) {
  const client = await signedIn(account, options);
  await confirm(client);
  return client;
}

async function command(args, input = PASSWORD) {
  const done = await hark.hark(args, { input });
  assert.equal(done.code, 0, done.stderr);
  return done;
}

const agent = (account, ...more) => command(['agent', 'create', '--tenant', 'acme', '--account', account,
  '--email', `${account}@acme.example`, '--first-name', account, '--password-file', '-', ...more]);
const makeKey = async (account, ...more) => (await command(['key', 'create', '--tenant', 'acme', '--account', account, '--name', 'test',
  '--json', ...more])).json().key;
const api = (key, method, path, body, address = '192.0.2.1') =>
  hark.client({ headers: { 'X-Api-Key': key, 'X-Forwarded-For': address } }).json(method, path, body);
const session = (client) => client.cookies.get('hark');
const idOf = async (account) => (await hark.sql(`SELECT id FROM agent WHERE account = '${account}'`))[0].id;
const audited = async (action) => Number((await hark.sql(`SELECT COUNT(*) AS n FROM audit WHERE action = '${action}'`))[0].n);
const forget = (account) => hark.sql(`UPDATE agent SET totp_step = 0 WHERE account = '${account}'`);

/** Sets a second factor up in the control panel; gives the secret and the recovery codes. */
async function setUp(client) {
  const start = await client.submit('/admin/two-factor', {}, { form: '/admin/two-factor' });
  assert.equal(start.headers.location, '/admin/two-factor/set-up', start.text);
  const secret = secretOf((await client.get('/admin/two-factor/set-up')).text);
  const done = await client.submit('/admin/two-factor/set-up', { code: totp(secret) });
  assert.equal(done.headers.location, '/admin/two-factor/codes', done.text);
  return { secret, codes: codesOf((await client.follow(done)).text) };
}

/** An agent with a role of his own, which an administrator has begun to require a second factor for, or has stopped to. */
async function requiringRole(account) {
  await hark.sql(`INSERT INTO role (tenant_id, name, permissions, created_at, updated_at) SELECT tenant_id, '${account}', 'chat.work contacts.read api.use', 1, 1 FROM agent WHERE account = 'bert'`);
  const [{ id }] = await hark.sql(`SELECT id FROM role WHERE name = '${account}'`);
  await agent(account, '--role', account);
  const anna = await signedIn('anna');
  const owed = async (by, on) => {
    const reply = await by.json('PATCH', `/api/v1/roles/${id}`, { requires_two_factor: on });
    assert.equal(reply.status, 200, reply.text);
  };
  return { anna, owed };
}

/** After the password: at the page that asks for the code. */
async function half(account, options) {
  const client = visitor();
  const reply = await signIn(client, account, options);
  assert.match(reply.headers.location, /^\/sign-in\/code/);
  return client;
}

before(async () => {
  hark = await startHark({ programs: ['hark-web', 'hark-chat'] });
  await command(['tenant', 'create', '--code', 'acme', '--name', 'Acme Ltd']);
  await command(['tenant', 'create', '--code', 'beta', '--name', 'Beta']);
  await agent('anna', '--role', 'Administrators', '--queue', 'Inbox');
  await agent('bert', '--queue', 'Inbox');
});
after(() => hark?.stop());
beforeEach(() => hark.sql('DELETE FROM throttle'));

describe('the second factor', () => {
  let secret;
  let codes;

  before(async () => {
    await agent('tess', '--role', 'Administrators');
    ({ secret, codes } = await setUp(await confirmed('tess')));
  });
  beforeEach(() => forget('tess'));

  test('A-AUTH-04 after the right password comes the Authentication Code page, and only a valid code signs in', async () => {
    const client = visitor();
    const reply = await signIn(client, 'tess', { next: '/admin/agents' });
    assert.equal(reply.headers.location, '/sign-in/code?next=%2Fadmin%2Fagents');
    assert.equal(session(client), undefined);
    const page = await client.follow(reply);
    assert.match(page.text, /<h1>Authentication Code<\/h1>/);
    const wrong = await client.submit('/sign-in/code', { code: '000000' });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /Authentication code is wrong/);
    assert.equal(session(client), undefined);
    const right = await client.submit('/sign-in/code?next=%2Fadmin%2Fagents', { code: totp(secret) });
    assert.equal(right.headers.location, '/admin/agents');
    assert.equal((await client.get('/admin')).status, 200);
    assert.equal(client.cookies.get('hark-code'), undefined);
    assert.ok(await audited('sign_in_pending') > 0 && await audited('sign_in_code_failed') > 0);
  });

  test('the password alone opens no page, interface, console or live stream, and its token is no session', async () => {
    const client = await half('tess');
    const planted = visitor();
    planted.cookies.set('hark', client.cookies.get('hark-code'));
    for (const one of [client, planted]) {
      for (const path of ['/admin', '/admin/agents', '/admin/two-factor', '/admin/sessions', '/console', '/confirm'])
        assert.match((await one.get(path)).headers.location ?? '', /^\/sign-in/, path);
      for (const [method, path] of [['GET', '/console/state'], ['POST', '/console/ticket'], ['GET', '/api/v1/agents'], ['POST', '/api/v1/api-keys']])
        assert.equal((await one.json(method, path, method === 'POST' ? {} : undefined)).status, 401, path);
      assert.equal((await one.get('/live/poll?ticket=x')).status, 403);
    }
    const keyed = hark.client({ headers: { 'X-Api-Key': client.cookies.get('hark-code') } });
    assert.equal((await keyed.json('GET', '/api/v1/agents')).status, 401);
  });

  test('a code counts once, and no older one after it', async () => {
    const code = totp(secret);
    assert.equal((await (await half('tess')).submit('/sign-in/code', { code })).status, 303);
    assert.equal((await (await half('tess')).submit('/sign-in/code', { code })).status, 422);
    assert.equal((await (await half('tess')).submit('/sign-in/code', { code: totp(secret, -1) })).status, 422);
    await forget('tess');
    assert.equal((await (await half('tess')).submit('/sign-in/code', { code: totp(secret, 3) })).status, 422);
    assert.equal((await (await half('tess')).submit('/sign-in/code', { code: totp(secret, -3) })).status, 422);
  });

  test('of fifty sign-ins with the same code at the same time one gets in', async () => {
    const clients = [];
    for (let i = 0; i < 50; i += 1) {
      clients.push(await half('tess'));
      await hark.sql('DELETE FROM throttle');
    }
    const forms = await Promise.all(clients.map(async (client) => formOf(await client.get('/sign-in/code'))));
    const code = totp(secret);
    const replies = await Promise.all(clients.map((client, i) => client.post('/sign-in/code', { form: forms[i], code })));
    assert.equal(replies.filter(({ status }) => status === 303).length, 1, replies.map(({ status }) => status).join(' '));
    assert.equal(clients.filter((client) => session(client)).length, 1);
    assert.ok(replies.every(({ status }) => [303, 422, 429].includes(status)), replies.map(({ status, text }) => (status > 429 ? `${status} ${text}` : status)).join(' '));
  });

  test('of fifty requests of one pending sign-in one gets in', async () => {
    const client = await half('tess');
    const form = formOf(await client.get('/sign-in/code'));
    const replies = await Promise.all(Array.from({ length: 50 }, () => client.post('/sign-in/code', { form, code: totp(secret) })));
    assert.equal(replies.filter((reply) => (reply.headers['set-cookie'] ?? []).some((line) => /^hark=./.test(line))).length, 1);
  });

  test('a code makes the browser known, the password alone does not', async () => {
    const client = await half('tess');
    assert.equal(client.cookies.get('hark-device'), undefined);
    await client.submit('/sign-in/code', { code: totp(secret) });
    assert.ok(client.cookies.get('hark-device'));
  });

  test('ten wrong codes lock, whatever the number of sign-ins, and the answer tells for how long', async () => {
    for (let i = 0; i < 10; i += 1) assert.equal((await (await half('tess')).submit('/sign-in/code', { code: '000000' })).status, 422);
    const client = await half('tess');
    const reply = await client.submit('/sign-in/code', { code: totp(secret) });
    assert.equal(reply.status, 429);
    assert.match(reply.text, /Too many wrong codes\. Try again in 15 minutes\./);
    assert.ok(Number(reply.headers['retry-after']) > 0 && Number(reply.headers['retry-after']) <= 901);
    await hark.sql('UPDATE throttle SET started_at = started_at - 901000');
    assert.equal((await client.submit('/sign-in/code', { code: totp(secret) })).status, 303);
  });

  test('a pending sign-in ends after ten minutes, and with the password', async () => {
    const late = await half('tess');
    const form = formOf(await late.get('/sign-in/code'));
    await hark.sql('UPDATE pending_sign_in SET expires_at = expires_at - 600001');
    assert.equal((await late.post('/sign-in/code', { form, code: totp(secret) })).headers.location, '/sign-in');
    const other = await half('tess');
    await command(['agent', 'passwd', '--tenant', 'acme', '--account', 'tess', '--password-file', '-']);
    assert.equal((await other.get('/sign-in/code')).headers.location, '/sign-in');
    assert.equal((await signIn(visitor(), 'tess')).headers.location, '/sign-in/code', 'a new password does not take the second factor away');
  });

  test('each recovery code lets in once, however it is typed, and two at once are one', async () => {
    const page = await (await half('tess')).submit('/sign-in/code', { code: codes[0] });
    assert.equal(page.status, 303);
    assert.equal((await (await half('tess')).submit('/sign-in/code', { code: codes[0] })).status, 422);
    assert.equal((await (await half('tess')).submit('/sign-in/code', { code: ` ${codes[1].toUpperCase().replaceAll('-', ' ')} ` })).status, 303);
    const clients = [await half('tess'), await half('tess')];
    const forms = await Promise.all(clients.map(async (client) => formOf(await client.get('/sign-in/code'))));
    const both = await Promise.all(clients.map((client, i) => client.post('/sign-in/code', { form: forms[i], code: codes[2] })));
    assert.deepEqual(both.map(({ status }) => status).sort(), [303, 422]);
    assert.equal(await audited('agent.recovery_code'), 3);
    const rows = await hark.sql('SELECT HEX(code_hash) AS hash FROM recovery_code');
    assert.ok(rows.length === 10 && rows.every(({ hash }) => hash.length === 64));
  });

  test('the secret is sealed for its agent alone', async () => {
    const [row] = await hark.sql("SELECT totp_sealed FROM agent WHERE account = 'tess'");
    assert.ok(!row.totp_sealed.includes(secret));
    await agent('thief');
    await hark.sql(`UPDATE agent SET two_factor = 1, totp_sealed = '${row.totp_sealed}' WHERE account = 'thief'`);
    assert.equal((await (await half('thief')).submit('/sign-in/code', { code: totp(secret) })).status, 422);
  });

  test('the session is a new one, and that of this browser before is dead', async () => {
    const client = await signedIn('bert');
    const old = session(client);
    const form = client.formToken;
    await client.post('/sign-in', { form, company: 'acme', account: 'tess', password: PASSWORD });
    assert.equal(session(client), old);
    const reply = await client.submit('/sign-in/code', { code: totp(secret) });
    assert.equal(reply.status, 303, reply.text);
    assert.notEqual(session(client), old);
    const thief = visitor();
    thief.cookies.set('hark', old);
    assert.equal((await thief.get('/admin')).status, 303);
  });

  test('codes are shown once, new ones replace the old, and the file holds nothing but codes', async () => {
    const client = visitor();
    await signIn(client, 'tess');
    await client.submit('/sign-in/code', { code: totp(secret) });
    assert.match((await client.get('/admin/two-factor')).headers.location, /^\/confirm/);
    await client.get('/admin');
    await confirm(client);
    const made = await client.submit('/admin/two-factor', {}, { form: '/admin/two-factor/codes' });
    const page = await client.follow(made);
    const fresh = codesOf(page.text);
    assert.equal(fresh.length, 10);
    assert.ok(fresh.every((code) => /^[0-9a-z]{4}(-[0-9a-z]{4}){3}$/.test(code)));
    assert.equal((await client.get('/admin/two-factor/codes')).headers.location, '/admin/two-factor');
    const file = await client.post('/admin/two-factor/codes.txt', { form: client.formToken, code: fresh });
    assert.match(file.headers['content-disposition'], /^attachment; filename="recovery-codes\.txt"/);
    assert.ok(fresh.every((code) => file.text.includes(code)));
    assert.equal((await client.post('/admin/two-factor/codes.txt', { form: client.formToken, code: ['<b>mine</b>'] })).status, 404);
    assert.equal((await (await half('tess')).submit('/sign-in/code', { code: codes[5] })).status, 422);
    codes = fresh;
  });

  test('an agent switches off what he switched on, after the password and a question', async () => {
    await agent('otto');
    const client = await signedIn('otto');
    assert.equal((await client.post('/admin/two-factor/off', { form: client.formToken })).headers.location, '/confirm?next=%2Fadmin%2Ftwo-factor');
    await confirm(client);
    const mine = await setUp(client);
    assert.equal((await signIn(visitor(), 'otto')).headers.location, '/sign-in/code');
    const off = await client.submit('/admin/two-factor/off', {}, { form: '/admin/two-factor/off' });
    assert.equal(off.headers.location, '/admin/two-factor');
    assert.equal((await signIn(visitor(), 'otto')).headers.location, '/console');
    assert.equal((await hark.sql(`SELECT COUNT(*) AS n FROM recovery_code WHERE agent_id = ${await idOf('otto')}`))[0].n, '0');
    assert.ok(mine.secret && await audited('agent.two_factor_off') === 1);
  });

  test('A-AGENT-12 the switch in the agent form asks for a code; the set-up comes at the next sign-in', async () => {
    await agent('uma');
    const anna = await signedIn('anna');
    const reply = await anna.submit(`/admin/agents/${await idOf('uma')}`, { two_factor: '1' });
    assert.equal(reply.status, 303, reply.text);
    const uma = visitor();
    const start = await signIn(uma, 'uma', { next: '/admin/sessions' });
    assert.equal(start.headers.location, '/sign-in/set-up?next=%2Fadmin%2Fsessions');
    const page = await uma.follow(start);
    assert.match(page.text, /<path class="dots" d="M4 4h7v1h-7z/);
    const own = secretOf(page.text);
    assert.equal((await uma.submit('/sign-in/set-up', { code: '000000' })).status, 422);
    assert.equal(session(uma), undefined);
    assert.equal(secretOf((await uma.get('/sign-in/set-up')).text), own, 'the picture stays the same');
    const first = totp(own);
    const done = await uma.submit('/sign-in/set-up?next=%2Fadmin%2Fsessions', { code: first });
    assert.equal(done.headers.location, '/admin/two-factor/codes?next=%2Fadmin%2Fsessions', done.text);
    const shown = await uma.follow(done);
    assert.equal(codesOf(shown.text).length, 10);
    assert.match(shown.text, /href="\/admin\/sessions">I have kept them/);
    assert.equal((await (await half('uma')).submit('/sign-in/code', { code: first })).status, 422, 'the first code was used');
    await uma.get('/admin');
    await confirm(uma);
    assert.equal((await uma.get('/admin/two-factor/off')).status, 403, 'what the administrator wants stays on');
    await anna.submit(`/admin/agents/${await idOf('uma')}`, { two_factor: null });
    assert.equal((await signIn(visitor(), 'uma')).headers.location, '/console');
  });

  test('what an administrator switches on is required, also of who had it by himself', async () => {
    await agent('olaf');
    const olaf = await signedIn('olaf');
    await confirm(olaf);
    await setUp(olaf);
    assert.equal((await olaf.get('/admin/two-factor/off')).status, 200);
    const anna = await signedIn('anna');
    for (const two_factor of [null, '1']) assert.equal((await anna.submit(`/admin/agents/${await idOf('olaf')}`, { two_factor })).status, 303);
    assert.deepEqual(await hark.sql("SELECT two_factor, two_factor_own FROM agent WHERE account = 'olaf'"), [{ two_factor: '1', two_factor_own: '0' }]);
    await hark.sql("UPDATE agent SET totp_step = 0, two_factor = 0, totp_sealed = NULL WHERE account = 'olaf'");
  });

  test('a role that requires it, asks its agents; they cannot switch it off', async () => {
    const anna = await signedIn('anna');
    const made = await hark.sql("INSERT INTO role (tenant_id, name, permissions, requires_two_factor, created_at, updated_at) SELECT tenant_id, 'Careful', 'chat.work', 1, 1, 1 FROM agent WHERE account = 'anna'; SELECT LAST_INSERT_ID() AS id");
    await agent('cara', '--role', 'Careful');
    const cara = visitor();
    const start = await signIn(cara, 'cara');
    assert.equal(start.headers.location, '/sign-in/set-up');
    await cara.submit('/sign-in/set-up', { code: totp(secretOf((await cara.follow(start)).text)) });
    await cara.get('/admin');
    await confirm(cara);
    assert.match((await cara.get('/admin/two-factor')).text, /Your company requires two-factor authentication/);
    assert.equal((await cara.post('/admin/two-factor/off', { form: cara.formToken })).status, 403);
    assert.ok(made && anna);
  });

  test('what begins to require it holds for open sessions: nothing but signing in and setting it up is left', async () => {
    const { anna, owed } = await requiringRole('nora');
    const [nora, elsewhere] = [await signedIn('nora'), await signedIn('nora')];
    const shown = await nora.get('/admin');
    await owed(anna, true);
    for (const path of ['/admin', '/admin/profile', '/admin/api-keys', '/admin/two-factor', '/confirm'])
      assert.equal((await nora.get(path)).headers.location, `/sign-in?next=${encodeURIComponent(path)}`);
    assert.match((await nora.get('/sign-in')).text, /Your company asks for a second factor now/);
    const state = await nora.json('GET', '/console/state');
    assert.deepEqual([state.status, state.json().error], [403, 'refused']);
    assert.match(state.json().message, /second factor/);
    assert.equal((await nora.post('/admin/password', { form: nora.formToken, old_password: PASSWORD, new_password: 'another good one',
      confirm_password: 'another good one' })).status, 401);
    assert.equal((await nora.json('GET', '/api/v1/contacts')).status, 403);
    await owed(anna, false);
    assert.equal((await nora.get('/admin')).status, shown.status, 'the session was not ended');
    await owed(anna, true);
    const start = await signIn(nora, 'nora', { next: '/admin/sessions' });
    assert.equal(start.headers.location, '/sign-in/set-up?next=%2Fadmin%2Fsessions');
    await nora.submit('/sign-in/set-up?next=%2Fadmin%2Fsessions', { code: totp(secretOf((await nora.follow(start)).text)) });
    assert.equal((await nora.get('/admin/sessions')).status, 200);
    assert.equal((await elsewhere.get('/admin')).headers.location, '/sign-in?next=%2Fadmin', 'a session that gave no code has ended');
    assert.equal(Number((await hark.sql(`SELECT COUNT(*) AS n FROM session WHERE agent_id = ${await idOf('nora')}`))[0].n), 1);
  });

  test('an administrator resets it, with the rule of passwords, audited; the command too', async () => {
    await agent('rita');
    await setUp(await confirmed('rita'));
    const id = await idOf('rita');
    const rita = hark.sql(`SELECT COUNT(*) AS n FROM session WHERE agent_id = ${id}`);
    assert.equal((await rita)[0].n, '1');
    const bert = await signedIn('bert');
    assert.equal((await bert.post(`/admin/agents/${id}/reset-2fa`, { form: bert.formToken })).status, 403);
    await hark.sql("INSERT INTO role (tenant_id, name, permissions, created_at, updated_at) SELECT tenant_id, 'Staff', 'chat.work people.manage', 1, 1 FROM agent WHERE account = 'anna'");
    await agent('staff', '--role', 'Staff');
    const staff = await signedIn('staff');
    assert.equal((await staff.post(`/admin/agents/${await idOf('tess')}/reset-2fa`, { form: staff.formToken })).status, 403);
    const anna = await signedIn('anna');
    assert.equal((await anna.submit(`/admin/agents/${id}/reset-2fa`, {}, { form: 'reset-2fa' })).status, 303);
    assert.equal((await hark.sql(`SELECT COUNT(*) AS n FROM session WHERE agent_id = ${id}`))[0].n, '0');
    assert.equal((await signIn(visitor(), 'rita')).headers.location, '/console');
    assert.equal((await anna.post(`/admin/agents/${await idOf('anna')}/reset-2fa`, { form: anna.formToken })).status, 403);
    const key = await makeKey('anna');
    assert.equal((await api(key, 'POST', `/api/v1/agents/${id}/reset-2fa`)).status, 204);
    await setUp(await confirmed('rita'));
    await command(['agent', 'reset-2fa', '--tenant', 'acme', '--account', 'rita']);
    assert.equal((await signIn(visitor(), 'rita')).headers.location, '/console');
    assert.equal(await audited('agent.reset_2fa'), 3);
  });
});

describe('confirming that it is you', () => {
  test('the password is asked once more, counts for ten minutes, and gives the session a new token without hurting open forms', async () => {
    const client = await signedIn('bert');
    assert.equal((await client.get('/admin/two-factor')).headers.location, '/confirm?next=%2Fadmin%2Ftwo-factor');
    const wrong = await client.submit('/confirm', { password: 'wrong wrong' });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /Password is wrong/);
    const old = session(client);
    const form = client.formToken;
    const good = await client.submit('/confirm?next=%2Fadmin%2Ftwo-factor', { password: PASSWORD });
    assert.equal(good.headers.location, '/admin/two-factor');
    assert.notEqual(session(client), old);
    assert.equal((await client.follow(good)).status, 200);
    const thief = visitor();
    thief.cookies.set('hark', old);
    assert.equal((await thief.get('/admin')).status, 303);
    assert.notEqual((await client.post('/admin/sessions/end-others', { form })).status, 403, 'the form of another window is still good');
    await hark.sql('UPDATE session SET confirmed_at = confirmed_at - 600001');
    assert.equal((await client.get('/admin/two-factor')).status, 303);
    assert.equal((await client.submit('/confirm?next=//evil.example', { password: PASSWORD })).headers.location, '/admin');
  });

  test('the form that asks for it has a link to it beside the field', async () => {
    const client = await signedIn('anna');
    const refused = await client.submit(`/admin/agents/${await idOf('anna')}`, { email: 'anna.new@acme.example' });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /id="p-email"[^>]*>[^<]*is your own[^<]*<a href="\/confirm\?next=\/admin" target="_blank">Confirm that it is you</);
    await confirm(client);
    const other = await client.submit(`/admin/agents/${await idOf('anna')}`, { email: 'no address' });
    assert.doesNotMatch(other.text, /p-email[^>]*>[^<]*<a/);
  });

  test('ten attempts in a quarter of an hour', async () => {
    const client = await signedIn('bert');
    for (let i = 0; i < 10; i += 1) assert.equal((await client.submit('/confirm', { password: 'wrong wrong' })).status, 422);
    assert.equal((await client.submit('/confirm', { password: PASSWORD })).status, 429);
  });

  test('one’s own e-mail and password in the agent form need it; a key never gets it', async () => {
    const anna = await signedIn('anna');
    const path = `/admin/agents/${await idOf('anna')}`;
    const refused = await anna.submit(path, { email: 'evil@evil.example', title: 'Kept' });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /give your password again on the page \/confirm/);
    assert.match(refused.text, /value="evil@evil\.example"/);
    assert.equal((await anna.submit(path, { title: 'Head of support' })).status, 303);
    const key = await makeKey('anna');
    const id = await idOf('anna');
    assert.equal((await api(key, 'PATCH', `/api/v1/agents/${id}`, { email: 'evil@evil.example' })).status, 422);
    assert.equal((await api(key, 'PATCH', `/api/v1/agents/${id}`, { password: 'another long secret' })).status, 422);
    for (const page of ['/admin/two-factor', '/admin/api-keys/new']) assert.equal((await api(key, 'GET', page)).status, 403, page);
    assert.equal((await api(key, 'POST', '/confirm', { password: PASSWORD })).status, 403);
  });
});

describe('places of sign-in', () => {
  test('own sign-ins are listed with browser and system and can be ended', async () => {
    await agent('sue');
    const firefox = await signedIn('sue', { headers: { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0' } });
    const phone = await signedIn('sue', { headers: { 'User-Agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1' } });
    const third = await signedIn('sue');
    const page = await firefox.get('/admin/sessions');
    assert.match(page.text, /Firefox · Linux<\/strong> <span class="tag good">This device/);
    assert.match(page.text, /Safari · iPhone/);
    assert.match(page.text, /192\.0\.2\./);
    const [, path] = /Safari · iPhone[\s\S]*?action="([^"]+)"/.exec(page.text);
    assert.equal((await firefox.post(path, { form: firefox.formToken })).headers.location, '/admin/sessions');
    assert.equal((await phone.get('/admin')).status, 303);
    assert.equal((await third.get('/admin')).status, 200);
    assert.equal((await firefox.submit('/admin/sessions', {}, { form: 'end-others' })).status, 303);
    assert.equal((await third.get('/admin')).status, 303);
    assert.equal((await firefox.get('/admin')).status, 200);
    assert.ok(await audited('session.end') >= 1 && await audited('session.end_all') >= 1);
  });

  test('nobody ends what is another’s; administrators do for their agents, and not for those above them', async () => {
    await agent('tom');
    const tom = await signedIn('tom');
    const bert = await signedIn('bert');
    const [{ id }] = await hark.sql(`SELECT s.id FROM session s JOIN agent a ON a.id = s.agent_id WHERE a.account = 'tom'`);
    await bert.post(`/admin/sessions/${id}/end`, { form: bert.formToken });
    assert.equal((await tom.get('/admin')).status, 200);
    const base = `/admin/agents/${await idOf('tom')}/sessions`;
    assert.equal((await bert.get(base)).status, 403);
    const staff = await signedIn('staff');
    assert.equal((await staff.post(`/admin/agents/${await idOf('anna')}/sessions/end-all`, { form: staff.formToken })).status, 403);
    const anna = await signedIn('anna');
    const page = await anna.get(base);
    assert.match(page.text, /Access of tom/);
    assert.equal((await anna.submit(base, {}, { form: `/${id}/end` })).headers.location, base);
    assert.equal((await tom.get('/admin')).status, 303);
    await signedIn('tom');
    assert.equal((await anna.submit(base, {}, { form: 'end-all' })).status, 303);
    assert.equal((await hark.sql(`SELECT COUNT(*) AS n FROM session WHERE agent_id = ${await idOf('tom')}`))[0].n, '0');
  });

  test('ending a sign-in ends its parked poll within five seconds, and its ticket is worth nothing', async () => {
    const here = await signedIn('bert');
    const there = await signedIn('bert');
    await there.get('/console');
    const { ticket, at } = (await there.json('GET', '/console/state')).json();
    const started = performance.now();
    const parked = there.get(`/live/poll?ticket=${encodeURIComponent(ticket)}&at=${encodeURIComponent(at ?? '')}`);
    const again = async () => (await there.get(`/live/poll?ticket=${encodeURIComponent(ticket)}`)).status;
    assert.equal((await here.submit('/admin/sessions', {}, { form: 'end-others' })).status, 303);
    await parked;
    await until('the ticket is cut', async () => (await again()) === 403, 5);
    assert.ok(performance.now() - started < 10000);
    assert.equal((await there.json('POST', '/console/ticket', {})).status, 401);
  });

  test('idle and absolute limits are the company’s, also for those who are signed in, and what is over is swept', async () => {
    const anna = await signedIn('anna');
    const bad = await anna.submit('/admin/settings/security', { idle_hours: '0', session_days: '400' });
    assert.equal(bad.status, 422);
    const other = await signedIn('bert');
    assert.equal((await anna.submit('/admin/settings/security', { idle_hours: '1', session_days: '2' })).status, 303);
    const [row] = await hark.sql("SELECT s.idle, s.expires_at - s.created_at AS life FROM session s JOIN agent a ON a.id = s.agent_id WHERE a.account = 'bert' ORDER BY s.id DESC LIMIT 1");
    assert.deepEqual({ ...row }, { idle: '3600000', life: '172800000' });
    const fresh = await signedIn('bert');
    await hark.sql(`UPDATE session SET seen_at = seen_at - 3599000 WHERE token_hash = UNHEX(SHA2('${session(fresh)}', 256))`);
    assert.equal((await fresh.get('/admin')).status, 200);
    await hark.sql(`UPDATE session SET seen_at = seen_at - 3600001 WHERE token_hash = UNHEX(SHA2('${session(other)}', 256))`);
    assert.equal((await other.get('/admin')).status, 303);
    await hark.sql(`UPDATE session SET created_at = created_at - 172800001, expires_at = expires_at - 172800001 WHERE token_hash = UNHEX(SHA2('${session(fresh)}', 256))`);
    assert.equal((await fresh.get('/admin')).status, 303);
    await anna.submit('/admin/settings/security', { idle_hours: '12', session_days: '30' });
  });

  test('the sweep takes idle sessions and late pending sign-ins', async () => {
    await half('tess');
    await signedIn('bert');
    await hark.sql("UPDATE session SET seen_at = 1; UPDATE pending_sign_in SET expires_at = 1");
    await hark.restart('hark-jobs');
    await until('swept', async () => (await hark.sql('SELECT (SELECT COUNT(*) FROM session) + (SELECT COUNT(*) FROM pending_sign_in) AS n'))[0].n === '0', 20);
    await hark.kill('hark-jobs', 'SIGTERM');
  });
});

describe('addresses', () => {
  const limits = (anna, list) => anna.submit('/admin/settings/security', { allowed_addresses: list });

  test('M-USER-12 C-10 an agent signs in only from his addresses, and is told so after the right password only', async () => {
    await agent('ida');
    const anna = await signedIn('anna');
    const path = `/admin/agents/${await idOf('ida')}`;
    const bad = await anna.submit(path, { allowed_addresses: '198.51.100.0/24\n\n2001:db8::/129\n10.0.0.1' });
    assert.equal(bad.status, 422);
    assert.match(bad.text, /this is none: line 3, “2001:db8::\/129”/);
    assert.match(bad.text, /198\.51\.100\.0\/24\n\n2001:db8::\/129/);
    assert.equal((await anna.submit(path, { allowed_addresses: '198.51.100.0/24\r\n2001:db8:5::/48\r\n203.0.113.7' })).status, 303);
    for (const address of ['198.51.100.9', '203.0.113.7', '2001:db8:5:1::9', '::ffff:198.51.100.9'])
      assert.equal((await signIn(visitor({ address }), 'ida')).status, 303, address);
    for (const address of ['198.51.101.9', '203.0.113.8', '2001:db8:6::1']) {
      const refused = await signIn(visitor({ address }), 'ida');
      assert.equal(refused.status, 422, address);
      assert.ok(refused.text.includes(`You may not sign in from this address: ${address}`), refused.text);
      const wrong = await signIn(visitor({ address }), 'ida', { password: 'wrong wrong' });
      assert.doesNotMatch(wrong.text, /this address/);
    }
    assert.equal(await audited('sign_in_address'), 3);
  });

  test('M-USER-12 a session that is taken elsewhere ends, and so does one whose address is not allowed any more', async () => {
    const inside = await signedIn('ida', { address: '198.51.100.20' });
    const taken = visitor({ address: '203.0.113.99' });
    taken.cookies.set('hark', session(inside));
    const reply = await taken.get('/admin');
    assert.equal(reply.status, 303);
    assert.match((await taken.follow(reply)).text, /You may not be signed in from this address/);
    assert.match((await taken.get('/sign-in')).text, /name="company"/);
    assert.equal((await inside.get('/admin')).status, 303, 'it is dead for its owner too');
    assert.equal(await audited('session.address'), 1);
    const again = await signedIn('ida', { address: '198.51.100.20' });
    const json = visitor({ address: '203.0.113.99' });
    json.cookies.set('hark', session(again));
    assert.equal((await json.json('GET', '/console/state')).status, 403);
    const third = await signedIn('ida', { address: '203.0.113.7' });
    const anna = await signedIn('anna');
    await anna.submit(`/admin/agents/${await idOf('ida')}`, { allowed_addresses: '198.51.100.0/24' });
    assert.deepEqual((await hark.sql(`SELECT address FROM session WHERE agent_id = ${await idOf('ida')} AND address NOT LIKE '%198.51.100.%'`)), []);
    assert.equal((await third.get('/admin')).status, 303);
  });

  test('C-10 the company’s list counts for everybody, with sessions and keys, and nobody locks himself out', async () => {
    const anna = await signedIn('anna', { address: '192.0.2.200' });
    const bert = await signedIn('bert', { address: '198.51.100.50' });
    const key = await makeKey('anna');
    const locked = await limits(anna, '198.51.100.0/24');
    assert.equal(locked.status, 422);
    assert.match(locked.text, /you would lock yourself out: 192\.0\.2\.200/);
    const own = await anna.submit(`/admin/agents/${await idOf('anna')}`, { allowed_addresses: '198.51.100.0/24' });
    assert.equal(own.status, 422);
    assert.match(own.text, /lock yourself out/);
    assert.equal((await limits(anna, '192.0.2.0/24\n2001:db8::/32')).status, 303);
    try {
      assert.equal((await bert.get('/admin')).status, 303);
      assert.equal((await signIn(visitor({ address: '198.51.100.50' }), 'bert')).status, 422);
      assert.equal((await signIn(visitor({ address: '2001:db8::77' }), 'bert')).status, 303);
      assert.equal((await api(key, 'GET', '/api/v1/agents', undefined, '192.0.2.9')).status, 200);
      const refused = await api(key, 'GET', '/api/v1/agents', undefined, '198.51.100.50');
      assert.equal(refused.status, 403);
      assert.equal(refused.json().error, 'refused');
      await api(key, 'GET', '/api/v1/agents', undefined, '198.51.100.50');
      assert.equal(await audited('api_key.address'), 1);
    } finally {
      assert.equal((await limits(anna, '')).status, 303);
    }
    assert.equal((await signIn(visitor({ address: '198.51.100.50' }), 'bert')).status, 303);
  });

  test('headers of clients do not move an address', async () => {
    const anna = await signedIn('anna');
    await anna.submit(`/admin/agents/${await idOf('ida')}`, { allowed_addresses: '198.51.100.0/24' });
    for (const name of ['CF-Connecting-IP', 'True-Client-IP', 'Forwarded', 'X-Real-IP', 'X-Client-IP'])
      assert.equal((await signIn(visitor({ headers: { [name]: '198.51.100.1' } }), 'ida')).status, 422, name);
  });
});

describe('API keys', () => {
  test('made on a page with scopes and an end, shown once, revoked', async () => {
    const client = await signedIn('anna');
    assert.match((await client.get('/admin/api-keys')).text, /New API key/);
    assert.equal((await client.get('/admin/api-keys/new')).headers.location, '/confirm?next=%2Fadmin%2Fapi-keys%2Fnew');
    await confirm(client);
    const none = await client.submit('/admin/api-keys/new', { name: 'Billing', expires: '2001-01-01' });
    assert.equal(none.status, 422);
    assert.match(none.text, /value="Billing"/);
    assert.match(none.text, /Expires must be in the future/);
    assert.match((await client.submit('/admin/api-keys/new', { name: 'Billing' })).text, /Rights must hold at least one right/);
    const made = await client.submit('/admin/api-keys/new', { name: 'Billing', scopes: ['queues.manage', 'api.use'], read_only: '1', expires: '2999-12-31' });
    assert.equal(made.headers.location, '/admin/api-keys/made', made.text);
    const key = /value="(hark_[^"]+)"/.exec((await client.follow(made)).text)[1];
    assert.equal((await client.get('/admin/api-keys/made')).headers.location, '/admin/api-keys');
    const list = await client.get('/admin/api-keys');
    assert.match(list.text, /Billing/);
    assert.match(list.text, /queues\.manage/);
    assert.match(list.text, /2999-12-31/);
    assert.ok(!list.text.includes(key) && list.text.includes(key.slice(0, 11)));
    assert.equal((await api(key, 'GET', '/api/v1/queues')).status, 200);
    assert.equal((await api(key, 'POST', '/api/v1/queues', { name: 'No' })).json().error, 'read_only');
    assert.equal((await api(key, 'GET', '/api/v1/agents')).status, 403);
    const [, path] = /href="(\/admin\/api-keys\/\d+\/delete)" aria-label="Revoke… Billing/.exec(list.text);
    assert.equal((await client.submit(path, {}, { form: path })).headers.location, '/admin/api-keys');
    assert.equal((await api(key, 'GET', '/api/v1/queues')).status, 401);
    assert.ok(await audited('api_key.create') > 0 && await audited('api_key.revoke') === 1);
  });

  test('a key may what its scopes and its owner may, both; the end and the company’s switch count', async () => {
    const wide = await makeKey('anna');
    const narrow = await makeKey('anna', '--scopes', 'queues.manage');
    assert.equal((await api(narrow, 'GET', '/api/v1/queues')).status, 200);
    assert.equal((await api(narrow, 'GET', '/api/v1/agents')).status, 403);
    assert.equal((await api(narrow, 'GET', '/api/v1/api-keys')).status, 403);
    const reader = await makeKey('anna', '--read-only');
    assert.equal((await api(reader, 'GET', '/api/v1/agents')).status, 200);
    for (const [method, path] of [['POST', '/api/v1/queues'], ['POST', '/api/v1/api-keys'], ['POST', '/admin/queues'], ['DELETE', '/api/v1/queues/1']])
      assert.equal((await api(reader, method, path, {})).status, 403, path);
    await hark.sql("INSERT INTO role (tenant_id, name, permissions, created_at, updated_at) SELECT tenant_id, 'Maker', 'queues.manage people.manage api.use', 1, 1 FROM agent WHERE account = 'anna'");
    await agent('mike', '--role', 'Maker');
    const mikes = await makeKey('mike', '--scopes', 'queues.manage,people.manage');
    assert.equal((await api(mikes, 'GET', '/api/v1/queues')).status, 200);
    assert.equal((await api(mikes, 'GET', '/api/v1/agents')).status, 200);
    await hark.sql("UPDATE role SET permissions = 'api.use' WHERE name = 'Maker'");
    assert.equal((await api(mikes, 'GET', '/api/v1/queues')).status, 403, 'a right that was taken away is gone at once');
    assert.equal((await api(mikes, 'GET', '/api/v1/agents')).status, 403, 'the owner may not');
    const ending = await makeKey('anna', '--expires', '2999-01-01');
    assert.equal((await api(ending, 'GET', '/api/v1/queues')).status, 200);
    await hark.sql('UPDATE api_key SET expires_at = 1 WHERE expires_at IS NOT NULL');
    assert.equal((await api(ending, 'GET', '/api/v1/queues')).status, 401);
    const anna = await signedIn('anna');
    await anna.submit('/admin/settings/security', { api_keys: null });
    const off = await api(wide, 'GET', '/api/v1/queues');
    assert.equal(off.status, 403);
    assert.match(off.json().message, /does not allow API keys/);
    await anna.submit('/admin/settings/security', { api_keys: '1' });
    assert.equal((await api(wide, 'GET', '/api/v1/queues')).status, 200);
  });

  test('the command makes no key that could do nothing, or more than its agent', async () => {
    await hark.sql("INSERT INTO role (tenant_id, name, permissions, created_at, updated_at) SELECT tenant_id, 'Tidy', 'queues.manage api.use', 1, 1 FROM agent WHERE account = 'anna'");
    await agent('tilda', '--role', 'Tidy');
    await agent('keyless', '--role', 'Agents');
    const refused = async (account, words, ...args) => {
      const done = await hark.hark(['key', 'create', '--tenant', 'acme', '--account', account, '--name', 'x', ...args]);
      assert.equal(done.code, 1, done.stdout);
      assert.match(done.stderr, words);
    };
    await refused('keyless', /: The agent has no role with the right api\.use/);
    await refused('tilda', /: scopes must not allow more than the agent may do/, '--scopes', 'queues.manage,people.manage');
    await refused('tilda', /: scopes has a word that is .*: all\.of\.it/, '--scopes', 'queues.manage,all.of.it');
    await refused('tilda', /: scopes must hold at least one right/, '--scopes', '');
    const spaced = await makeKey('tilda', '--scopes', 'queues.manage api.use');
    assert.equal((await api(spaced, 'GET', '/api/v1/queues')).status, 200);
    const log = await hark.sql("SELECT noun, noun_name FROM audit WHERE action = 'api_key.create' ORDER BY id DESC LIMIT 1");
    assert.deepEqual(log, [{ noun: 'api_key', noun_name: log[0].noun_name }], 'as a key that is made by its agent');
  });

  test('a key without all rights of its agent changes nothing of the agent’s own', async () => {
    const [wide, narrow, people] = [await makeKey('anna'), await makeKey('anna', '--scopes', 'history.read'), await makeKey('anna', '--scopes', 'people.manage')];
    const [{ alias }] = await hark.sql("SELECT alias FROM agent WHERE account = 'anna'");
    for (const [method, path, body] of [['PATCH', '/api/v1/me', { alias: 'Changed' }], ['POST', '/admin/profile', { alias: 'Changed' }], ['POST', '/admin/availability', {}]]) {
      const reply = await api(narrow, method, path, body);
      assert.equal(reply.status, 403, path);
      assert.match(reply.text, /all rights of its agent/, path);
    }
    assert.equal((await hark.sql("SELECT alias FROM agent WHERE account = 'anna'"))[0].alias, alias);
    assert.equal((await api(narrow, 'GET', '/api/v1/me')).status, 200);
    assert.equal((await api(people, 'PATCH', `/api/v1/agents/${await idOf('anna')}/status`, { status: 'offline' })).status, 200, 'that asks for a right');
    assert.equal((await api(wide, 'PATCH', '/api/v1/me', { alias })).status, 200);
  });

  test('the log tells what a new key may, and until when', async () => {
    const anna = await confirmed('anna');
    assert.equal((await anna.json('POST', '/api/v1/api-keys', { name: 'Told', scopes: ['history.read'], read_only: true, expires: '2999-12-31' })).status, 201);
    const { text } = await anna.get('/admin/audit?q=Told');
    const row = text.slice(text.indexOf('Told')).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
    for (const words of [/Agent[^A-Z]*Anna|Agent[^A-Z]*anna/, /Rights[^A-Z]*history\.read/, /Read only[^A-Z]*Yes/, /Expires[^A-Z]*1 Jan 3000/]) assert.match(row, words);
  });

  test('a key makes keys, but none that may do more or lives longer than itself', async () => {
    const wide = await makeKey('anna');
    const made = await api(wide, 'POST', '/api/v1/api-keys', { name: 'child', scopes: ['queues.manage', 'api.use'], expires: '2999-01-01' });
    assert.equal(made.status, 201, made.text);
    assert.equal(made.json().scopes, 'api.use queues.manage');
    const child = made.json().key;
    for (const [body, field] of [[{ scopes: ['people.manage'] }, 'scopes'], [{ scopes: ['*'] }, 'scopes'], [{ all: true }, 'scopes'],
      [{ scopes: 'queues.manage,people.manage' }, 'scopes'], [{ scopes: ['queues.manage'] }, 'expires'],
      [{ scopes: ['queues.manage'], expires: '2999-06-01' }, 'expires'], [{ scopes: ['nonsense'] }, 'scopes'], [{}, 'scopes'],
      [{ scopes: ['queues.manage'], expires: 'soon' }, 'expires'], [{ scopes: ['queues.manage'], agent_id: 1 }, 'agent_id']]) {
      const reply = await api(child, 'POST', '/api/v1/api-keys', { name: 'grandchild', ...body });
      assert.equal(reply.status, 422, JSON.stringify(body));
      assert.ok(reply.json().fields[field], `${JSON.stringify(body)} ${reply.text}`);
    }
    const grand = await api(child, 'POST', '/api/v1/api-keys', { name: 'grandchild', scopes: ['queues.manage'], expires: '2998-01-01' });
    assert.equal(grand.status, 201);
    const list = (await api(wide, 'GET', '/api/v1/api-keys')).json();
    assert.ok(list.items.some(({ name }) => name === 'grandchild') && list.items.every((item) => !('key' in item)));
    assert.equal((await api(wide, 'DELETE', `/api/v1/api-keys/${grand.json().id}`)).status, 204);
    assert.equal((await api(grand.json().key, 'GET', '/api/v1/queues')).status, 401);
    assert.equal((await api(wide, 'DELETE', `/api/v1/api-keys/${grand.json().id}`)).status, 404);
    const signed = await signedIn('anna');
    assert.equal((await signed.json('POST', '/api/v1/api-keys', { name: 'x', scopes: ['*'] })).json().error, 'confirm');
  });

  test('keys are stored as hashes; those of others cannot be seen or revoked, but by an administrator', async () => {
    await hark.sql("UPDATE role SET permissions = 'queues.manage api.use' WHERE name = 'Maker'");
    const key = await makeKey('mike');
    const [{ id }] = await hark.sql("SELECT k.id FROM api_key k JOIN agent a ON a.id = k.agent_id WHERE a.account = 'mike' ORDER BY k.id DESC LIMIT 1");
    assert.equal((await hark.sql(`SELECT HEX(key_hash) = SHA2('${key}', 256) AS same FROM api_key WHERE id = ${id}`))[0].same, '1');
    const annas = await makeKey('anna');
    assert.equal((await api(annas, 'DELETE', `/api/v1/api-keys/${id}`)).status, 404);
    const anna = await signedIn('anna');
    const base = `/admin/agents/${await idOf('mike')}/sessions`;
    assert.equal((await anna.submit(`/admin/agents/${base.split("/")[3]}/api-keys/${id}/delete`)).headers.location, base);
    assert.equal((await api(key, 'GET', '/api/v1/queues')).status, 401);
  });
});

describe('hashes of passwords', () => {
  /* Of "an old secret": bcrypt of PHP, SHA-512-crypt and yescrypt, made elsewhere. */
  const hashes = {
    bcrypt: '$2y$10$abcdefghijklmnopqrstuuThvwNaE.zvz0z4EwHo3xTAMrsmQeiCa',
    sha512: '$6$saltsaltsalt$4imXbgQOXzVUTbvknaV9tdOmJ6A9Xs7ZSux9OeML.hhOBMhhRhDOW4gg1VmMcv5DK6FYiiPFpksqLlxhOT9381',
    yescrypt: '$y$j9T$abcdefghijklmnop$0AtyqYP.ZiuLfj1iF2DG9sAZURIWnAqfhGvzHhrN4C1',
  };

  test('hashes from elsewhere let in and become ours', async () => {
    for (const [name, hash] of Object.entries(hashes)) {
      const file = join(hark.folder, `hash-${name}`);
      writeFileSync(file, `${hash}\n`);
      await command(['agent', 'create', '--tenant', 'acme', '--account', name, '--email', `${name}@acme.example`, '--first-name', name, '--password-hash-file', file], '');
      assert.equal((await signIn(visitor(), name, { password: 'a wrong secret' })).status, 422, name);
      assert.equal((await signIn(visitor(), name, { password: 'an old secret' })).status, 303, name);
      assert.match((await hark.sql(`SELECT password_hash FROM agent WHERE account = '${name}'`))[0].password_hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/, name);
      assert.equal((await signIn(visitor(), name, { password: 'an old secret' })).status, 303, name);
    }
    const file = join(hark.folder, 'hash-bad');
    for (const hash of ['$1$abcdefgh$irWbblnpmw.5z7wgBnprh0', '$2y$31$abcdefghijklmnopqrstuuK1t2hHFjHPpGcXzO0f4TjYcrY5kQ5rq', 'plain', '$6$rounds=999999999$salt$x']) {
      writeFileSync(file, `${hash}\n`);
      const done = await hark.hark(['agent', 'create', '--tenant', 'acme', '--account', 'bad', '--email', 'bad@acme.example', '--first-name', 'x', '--password-hash-file', file], { input: '' });
      assert.equal(done.code, 1, hash);
    }
  });

  test('a password of ten megabytes is refused without a hash', async () => {
    const client = visitor();
    await client.get('/sign-in');
    const reply = await client.post('/sign-in', { form: client.formToken, company: 'acme', account: 'anna', password: 'x'.repeat(10e6) });
    assert.equal(reply.status, 413);
    assert.equal((await signIn(visitor(), 'anna', { password: 'x'.repeat(1025) })).status, 422);
  });

  test('no more than four are hashed at once on the machine; others wait, then are asked to come back', async () => {
    const locks = Array.from({ length: 4 }, (_, i) => spawn('flock', [join(hark.folder, `run/hash-${i}.lock`), 'sleep', '60'], { stdio: 'ignore', detached: true }));
    try {
      const busy = async () => signIn(visitor(), 'anna');
      let reply;
      await until('the slots are taken', async () => {
        reply = await busy();
        return reply.status === 503;
      }, 60);
      assert.match(reply.text, /Too many people sign in at this moment/);
      assert.ok(Number(reply.headers['retry-after']) > 0);
    } finally {
      for (const lock of locks) process.kill(-lock.pid);
    }
    await until('they are free', async () => (await signIn(visitor(), 'anna')).status === 303, 20);
  });

  test('what fails after somebody found no place to hash says why it fails, not why the other one did', async () => {
    await hark.hark(['operator', 'create', '--email', 'olga@host.example', '--name', 'Olga', '--password-file', '-'], { input: PASSWORD });
    const clients = await Promise.all(['anna', 'anna', 'anna', 'anna'].map((name) => signedIn(name)));
    const locks = Array.from({ length: 4 }, (_, i) => spawn('flock', [join(hark.folder, `run/hash-${i}.lock`), 'sleep', '60'], { stdio: 'ignore', detached: true }));
    try {
      await until('the slots are taken', async () => (await signIn(visitor(), 'anna')).status === 503, 60);
      await Promise.all(clients.map(() => visitor().submit('/host/sign-in', { email: 'olga@host.example', password: PASSWORD })));
    } finally {
      for (const lock of locks) process.kill(-lock.pid);
    }
    await hark.sql('RENAME TABLE queue TO queue_away');
    try {
      for (const reply of await Promise.all(clients.map((client) => client.get('/admin/queues')))) {
        assert.equal(reply.status, 500);
        assert.doesNotMatch(reply.text, /Too many people/);
      }
    } finally {
      await hark.sql('RENAME TABLE queue_away TO queue');
    }
  });

  test('passwords that attackers try first are refused', async () => {
    const client = await signedIn('bert');
    for (const password of ['Password123', 'MOTDEPASSE', 'qwertyuiop', 'zzzzzzzzzz', 'bert@acme.example']) {
      const reply = await client.submit('/admin/password', { old_password: PASSWORD, new_password: password, confirm_password: password });
      assert.equal(reply.status, 422, password);
    }
  });
});
