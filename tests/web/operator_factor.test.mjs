// SPDX-License-Identifier: BSD-2-Clause
// operator_factor.test.mjs - second factors and open sessions of operators, the password once more, and the installation that requires a factor.
import { after, before, beforeEach, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { startHark, until } from '../harness/hark.mjs';
import { codesOf, secretOf, totp } from '../harness/totp.mjs';

const PASSWORD = 'a long enough secret';
let hark;
let strict;         // the same installation, which requires second factors of operators
let nextAddress = 10;

/** A browser at an address of its own, so that tests do not use up each other's attempts. */
function visitor(options = {}, at = hark) {
  nextAddress += 1;
  return at.client({ ...options, headers: { 'X-Forwarded-For': `192.0.2.${nextAddress % 250}`, ...options.headers } });
}

const address = (name) => `${name}@host.example`;
const signIn = (client, name, { next, password = PASSWORD } = {}) =>
  client.submit(next ? `/host/sign-in?next=${encodeURIComponent(next)}` : '/host/sign-in', { email: address(name), password });

async function command(args, at = hark) {
  const done = await at.hark(args, { input: PASSWORD });
  assert.equal(done.code, 0, done.stderr);
  return done;
}

const operator = (name, at = hark, ...more) => command(['operator', 'create', '--email', address(name), '--name', name, '--password-file', '-', ...more], at);

async function signedIn(name, options = {}, at = hark) {
  const client = visitor(options, at);
  const reply = await signIn(client, name);
  assert.equal(reply.headers.location, '/host', reply.text);
  await client.get('/host/account');   // gives the form token
  return client;
}

async function confirm(client, next = '/host/two-factor') {
  const reply = await client.submit(`/host/confirm?next=${encodeURIComponent(next)}`, { password: PASSWORD });
  assert.equal(reply.headers.location, next, reply.text);
}

/** Sets a second factor up in the panel; gives the secret and the recovery codes. */
async function setUp(client) {
  await confirm(client);
  const start = await client.submit('/host/two-factor', {}, { form: '/host/two-factor' });
  assert.equal(start.headers.location, '/host/two-factor/set-up', start.text);
  const secret = secretOf((await client.follow(start)).text);
  const done = await client.submit('/host/two-factor/set-up', { code: totp(secret) });
  assert.equal(done.headers.location, '/host/two-factor/codes', done.text);
  return { secret, codes: codesOf((await client.follow(done)).text) };
}

/** After the password: at the page that asks for the code. */
async function half(name, options) {
  const client = visitor();
  const reply = await signIn(client, name, options);
  assert.match(reply.headers.location, /^\/host\/sign-in\/code/, reply.text);
  return client;
}

const formOf = (page) => /name="form" value="([^"]*)"/.exec(page.text)[1];
const session = (client) => client.cookies.get('hark-host');
const forget = (name) => hark.sql(`UPDATE operator SET totp_step = 0 WHERE email = '${address(name)}'`);
const entries = (name, at = hark) => at.sql(`SELECT action, actor_kind FROM audit WHERE tenant_id = 0 AND noun = 'operator'
  AND noun_id = (SELECT id FROM operator WHERE email = '${address(name)}') ORDER BY id`);
const actions = async (name, at) => (await entries(name, at)).map((row) => row.action);
const count = async (table, name, at = hark) => Number((await at.sql(`SELECT COUNT(*) AS n FROM ${table}
  WHERE operator_id = (SELECT id FROM operator WHERE email = '${address(name)}')`))[0].n);

before(async () => {
  hark = await startHark({ programs: ['hark-web'] });
  await command(['tenant', 'create', '--code', 'acme', '--name', 'Acme Ltd']);
});
after(() => hark?.stop());
beforeEach(() => hark.sql('DELETE FROM throttle'));

describe('an operator’s second factor', () => {
  let secret;
  let codes;

  before(async () => {
    await operator('tess');
    ({ secret, codes } = await setUp(await signedIn('tess')));
  });
  beforeEach(() => forget('tess'));

  test('after the right password a valid code signs in, and nothing else does', async () => {
    const client = visitor();
    const reply = await signIn(client, 'tess', { next: '/host/plans' });
    assert.equal(reply.headers.location, '/host/sign-in/code?next=%2Fhost%2Fplans');
    assert.equal(session(client), undefined);
    assert.match((await client.follow(reply)).text, /<h1>Authentication Code<\/h1>[\s\S]*for this installation/);
    const wrong = await client.submit('/host/sign-in/code', { code: '000000' });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /Authentication code is wrong/);
    assert.equal(session(client), undefined);
    const right = await client.submit('/host/sign-in/code?next=%2Fhost%2Fplans', { code: totp(secret) });
    assert.equal(right.headers.location, '/host/plans');
    assert.equal((await client.follow(right)).status, 200);
    assert.equal(client.cookies.get('hark-host-code'), undefined);
    const done = await actions('tess');
    for (const action of ['operator.confirm', 'operator.two_factor', 'host.sign_in_pending', 'host.sign_in_code_failed', 'host.sign_in'])
      assert.ok(done.includes(action), `${action} in ${done}`);
  });

  test('the password alone opens no page and no interface, its token is no session, and a company’s pages know nothing of it', async () => {
    const client = await half('tess');
    const planted = visitor();
    planted.cookies.set('hark-host', client.cookies.get('hark-host-code'));
    for (const one of [client, planted]) {
      for (const path of ['/host/tenants', '/host/account', '/host/two-factor', '/host/password', '/host/confirm'])
        assert.equal((await one.get(path)).headers.location, `/host/sign-in?next=${encodeURIComponent(path)}`);
      assert.equal((await one.json('GET', '/api/v1/host/tenants')).status, 401);
    }
    client.cookies.set('hark-code', client.cookies.get('hark-host-code'));
    assert.equal((await client.get('/sign-in/code')).headers.location, '/sign-in');
    const keyed = hark.client({ headers: { 'X-Api-Key': client.cookies.get('hark-host-code') } });
    assert.equal((await keyed.json('GET', '/api/v1/host/tenants')).status, 401);
  });

  test('a code counts once, and no older one after it', async () => {
    const code = totp(secret);
    assert.equal((await (await half('tess')).submit('/host/sign-in/code', { code })).status, 303);
    assert.equal((await (await half('tess')).submit('/host/sign-in/code', { code })).status, 422);
    assert.equal((await (await half('tess')).submit('/host/sign-in/code', { code: totp(secret, -1) })).status, 422);
  });

  test('of fifty sign-ins with the same code at the same time one gets in', async () => {
    const clients = [];
    for (let i = 0; i < 50; i += 1) {
      clients.push(await half('tess'));
      await hark.sql('DELETE FROM throttle');
    }
    const forms = await Promise.all(clients.map(async (client) => formOf(await client.get('/host/sign-in/code'))));
    const code = totp(secret);
    const replies = await Promise.all(clients.map((client, i) => client.post('/host/sign-in/code', { form: forms[i], code })));
    assert.equal(replies.filter(({ status }) => status === 303).length, 1, replies.map(({ status }) => status).join(' '));
    assert.equal(clients.filter((client) => session(client)).length, 1);
    assert.ok(replies.every(({ status }) => [303, 422, 429].includes(status)), replies.map(({ status }) => status).join(' '));
  });

  test('of fifty requests of one pending sign-in one gets in', async () => {
    const client = await half('tess');
    const form = formOf(await client.get('/host/sign-in/code'));
    const replies = await Promise.all(Array.from({ length: 50 }, () => client.post('/host/sign-in/code', { form, code: totp(secret) })));
    assert.equal(replies.filter((reply) => (reply.headers['set-cookie'] ?? []).some((line) => /^hark-host=./.test(line))).length, 1);
  });

  test('ten wrong codes lock, whatever the number of sign-ins, and the answer tells for how long', async () => {
    for (let i = 0; i < 10; i += 1) assert.equal((await (await half('tess')).submit('/host/sign-in/code', { code: '000000' })).status, 422);
    const client = await half('tess');
    const reply = await client.submit('/host/sign-in/code', { code: totp(secret) });
    assert.equal(reply.status, 429);
    assert.match(reply.text, /Too many wrong codes\. Try again in 15 minutes\./);
    assert.ok(Number(reply.headers['retry-after']) > 0 && Number(reply.headers['retry-after']) <= 901);
    await hark.sql('UPDATE throttle SET started_at = started_at - 901000');
    assert.equal((await client.submit('/host/sign-in/code', { code: totp(secret) })).status, 303);
  });

  test('a code makes the browser known, the password alone does not', async () => {
    const client = await half('tess');
    assert.equal(client.cookies.get('hark-host-device'), undefined);
    await client.submit('/host/sign-in/code', { code: totp(secret) });
    assert.ok(client.cookies.get('hark-host-device'));
    const attempts = [];
    for (let i = 0; i < 10; i += 1) attempts.push((await signIn(visitor(), 'tess', { password: 'wrong wrong' })).status);
    assert.equal((await signIn(visitor(), 'tess')).status, 429, String(attempts));
    client.cookies.delete('hark-host');
    assert.equal((await signIn(client, 'tess')).headers.location, '/host/sign-in/code');
  });

  test('a pending sign-in ends after ten minutes, and with the password; a new password does not take the factor away', async () => {
    const late = await half('tess');
    const form = formOf(await late.get('/host/sign-in/code'));
    await hark.sql('UPDATE operator_pending SET expires_at = expires_at - 600001');
    assert.equal((await late.post('/host/sign-in/code', { form, code: totp(secret) })).headers.location, '/host/sign-in');
    const other = await half('tess');
    await command(['operator', 'passwd', '--email', address('tess'), '--password-file', '-']);
    assert.equal((await other.get('/host/sign-in/code')).headers.location, '/host/sign-in');
    await half('tess');
  });

  test('each recovery code lets in once, however it is typed, and two at once are one', async () => {
    assert.equal((await (await half('tess')).submit('/host/sign-in/code', { code: codes[0] })).status, 303);
    assert.equal((await (await half('tess')).submit('/host/sign-in/code', { code: codes[0] })).status, 422);
    assert.equal((await (await half('tess')).submit('/host/sign-in/code', { code: ` ${codes[1].toUpperCase().replaceAll('-', ' ')} ` })).status, 303);
    const clients = [await half('tess'), await half('tess')];
    const forms = await Promise.all(clients.map(async (client) => formOf(await client.get('/host/sign-in/code'))));
    const both = await Promise.all(clients.map((client, i) => client.post('/host/sign-in/code', { form: forms[i], code: codes[2] })));
    assert.deepEqual(both.map(({ status }) => status).sort(), [303, 422]);
    assert.equal((await actions('tess')).filter((action) => action === 'operator.recovery_code').length, 3);
    assert.equal(await count('operator_recovery_code', 'tess'), 10);
  });

  test('the secret is sealed for its operator alone', async () => {
    const [row] = await hark.sql(`SELECT totp_sealed FROM operator WHERE email = '${address('tess')}'`);
    assert.ok(!row.totp_sealed.includes(secret));
    await operator('thief');
    await hark.sql(`UPDATE operator SET totp_sealed = '${row.totp_sealed}' WHERE email = '${address('thief')}'`);
    assert.equal((await (await half('thief')).submit('/host/sign-in/code', { code: totp(secret) })).status, 422);
  });

  test('the session is a new one, and that of this browser before is dead', async () => {
    await operator('olga');
    const client = await signedIn('olga');
    const old = session(client);
    await client.post('/host/sign-in', { form: client.formToken, email: address('tess'), password: PASSWORD });
    assert.equal(session(client), old);
    assert.equal((await client.submit('/host/sign-in/code', { code: totp(secret) })).status, 303);
    assert.notEqual(session(client), old);
    assert.match((await client.get('/host/account')).text, /tess@host\.example/);
    const thief = visitor();
    thief.cookies.set('hark-host', old);
    assert.equal((await thief.get('/host/account')).status, 303);
  });

  test('codes are shown once, new ones replace the old, and the file holds nothing but codes', async () => {
    const client = await half('tess');
    await client.submit('/host/sign-in/code', { code: totp(secret) });
    assert.equal((await client.get('/host/two-factor')).headers.location, '/host/confirm?next=%2Fhost%2Ftwo-factor');
    await confirm(client);
    const made = await client.submit('/host/two-factor', {}, { form: '/host/two-factor/codes' });
    const fresh = codesOf((await client.follow(made)).text);
    assert.equal(fresh.length, 10);
    assert.equal((await client.get('/host/two-factor/codes')).headers.location, '/host/two-factor');
    const file = await client.post('/host/two-factor/codes.txt', { form: client.formToken, code: fresh });
    assert.match(file.headers['content-disposition'], /^attachment; filename="recovery-codes\.txt"/);
    assert.ok(fresh.every((code) => file.text.includes(code)));
    assert.equal((await client.post('/host/two-factor/codes.txt', { form: client.formToken, code: ['<b>mine</b>'] })).status, 404);
    assert.equal((await (await half('tess')).submit('/host/sign-in/code', { code: codes[5] })).status, 422);
    assert.ok((await actions('tess')).includes('operator.recovery_codes'));
  });

  test('it is set up, and switched off, only after the password; a set-up signs other devices out', async () => {
    await operator('otto');
    const [client, other] = [await signedIn('otto'), await signedIn('otto')];
    for (const path of ['/host/two-factor', '/host/two-factor/off'])
      assert.equal((await client.post(path, { form: client.formToken })).headers.location, '/host/confirm?next=%2Fhost%2Ftwo-factor', path);
    const wrong = await client.submit('/host/confirm', { password: 'wrong wrong' });
    assert.deepEqual([wrong.status, /Password is wrong/.test(wrong.text)], [422, true]);
    const before = [session(client), client.formToken];
    await setUp(client);
    assert.notEqual(session(client), before[0]);
    assert.equal(client.formToken, before[1], 'forms that are open elsewhere stay good');
    assert.equal((await other.get('/host/account')).headers.location, '/host/sign-in?next=%2Fhost%2Faccount');
    assert.match((await client.get('/host/account')).text, /Two-factor authentication <span class="tag good">On</);
    await half('otto');
    const off = await client.submit('/host/two-factor/off', {}, { form: '/host/two-factor/off' });
    assert.equal(off.headers.location, '/host/two-factor');
    assert.equal((await signIn(visitor(), 'otto')).headers.location, '/host');
    assert.equal(await count('operator_recovery_code', 'otto'), 0);
    assert.ok((await actions('otto')).includes('operator.two_factor_off'));
  });

  test('the picture belongs to this installation, and a wrong code does not switch it on', async () => {
    await operator('pia');
    const client = await signedIn('pia');
    await confirm(client);
    const page = await client.follow(await client.submit('/host/two-factor', {}, { form: '/host/two-factor' }));
    assert.match(page.text, /<path class="dots" d="M4 4h7v1h-7z/);
    assert.match(page.text, /<dd>Hark \([^)]+\): pia@host\.example<\/dd>/);
    const wrong = await client.submit('/host/two-factor/set-up', { code: '000000' });
    assert.equal(wrong.status, 422);
    assert.equal(secretOf(wrong.text), secretOf(page.text));
    assert.equal((await signIn(visitor(), 'pia')).headers.location, '/host');
  });

  test('keys for the API are not concerned, and have no account page', async () => {
    const made = (await command(['operator', 'key', 'create', '--email', address('tess'), '--name', 'Billing', '--permissions', 'host.read host.operators', '--json'])).json();
    const keyed = hark.client({ headers: { 'X-Api-Key': made.secret } });
    const list = await keyed.json('GET', '/api/v1/host/operators');
    assert.equal(list.status, 200);
    assert.deepEqual(list.json().items.filter(({ name }) => ['tess', 'pia'].includes(name)).map(({ name, two_factor: on }) => [name, on]), [['pia', false], ['tess', true]]);
    for (const path of ['/host/account', '/host/two-factor', '/host/confirm', '/host/password']) assert.equal((await keyed.get(path)).status, 403, path);
  });

  test('who lost the phone gets the factor taken away on the server', async () => {
    await operator('lena');
    const client = await signedIn('lena');
    await setUp(client);
    const pending = await half('lena');
    const list = async () => (await command(['operator', 'list', '--json'])).json().operators.find(({ email }) => email === address('lena'));
    assert.equal((await list()).two_factor, true);
    const done = (await command(['operator', 'reset-2fa', '--email', address('lena'), '--json'])).json();
    assert.equal(done.operator.two_factor, false);
    assert.equal((await list()).two_factor, false);
    assert.equal((await client.get('/host/account')).status, 303);
    assert.equal((await pending.get('/host/sign-in/code')).headers.location, '/host/sign-in');
    assert.equal((await signIn(visitor(), 'lena')).headers.location, '/host');
    assert.deepEqual((await entries('lena')).filter(({ action }) => action === 'operator.reset_2fa'), [{ action: 'operator.reset_2fa', actor_kind: 'command' }]);
    for (const [email, words] of [[address('lena'), /has no second factor/], ['nobody@host.example', /there is no operator/]]) {
      const again = await hark.hark(['operator', 'reset-2fa', '--email', email]);
      assert.equal(again.code, 1);
      assert.match(again.stderr, words);
    }
  });
});

describe('where an operator is signed in', () => {
  test('the account page lists the browsers; one or all others are signed out, and the log tells', async () => {
    await operator('dora');
    const browser = (agent) => ({ headers: { 'User-Agent': agent } });
    const here = await signedIn('dora', browser('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'));
    const phone = await signedIn('dora', browser('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1'));
    const third = await signedIn('dora', browser('curl/8.0'));
    const page = (await here.get('/host/account')).text;
    assert.match(page, /Firefox · Linux<\/strong> <span class="tag good">This device/);
    for (const words of [/Safari · iPhone/, />curl</, /192\.0\.2\.\d+/, /dora@host\.example/, /host\.suspend/]) assert.match(page, words);
    assert.doesNotMatch(page, /href="\/admin"/, 'a company’s pages are not in the menu');
    const [, end] = /<li><div><strong[^>]*>Safari[\s\S]*?action="(\/host\/sessions\/\d+\/end)"/.exec(page);
    assert.equal((await here.post(end, { form: here.formToken })).headers.location, '/host/account');
    assert.equal((await phone.get('/host/account')).headers.location, '/host/sign-in?next=%2Fhost%2Faccount');
    assert.equal((await third.get('/host/account')).status, 200);
    assert.equal((await here.post('/host/sessions/end-others', { form: here.formToken })).status, 303);
    assert.equal((await third.get('/host/account')).status, 303);
    assert.equal((await here.get('/host/account')).status, 200);
    assert.deepEqual((await actions('dora')).filter((action) => action.startsWith('session.')), ['session.end', 'session.end_all']);
    const log = (await here.get('/host/audit')).text;
    for (const words of ['Session ended', 'All other sessions ended']) assert.ok(log.includes(words), words);
  });

  test('nobody ends the session of another operator', async () => {
    await operator('eva');
    const eva = await signedIn('eva');
    const dora = await signedIn('dora');
    const [{ id }] = await hark.sql(`SELECT s.id FROM operator_session s JOIN operator o ON o.id = s.operator_id WHERE o.email = '${address('eva')}'`);
    assert.equal((await dora.post(`/host/sessions/${id}/end`, { form: dora.formToken })).status, 303);
    assert.equal((await eva.get('/host/account')).status, 200);
    assert.equal((await dora.post('/host/sessions/0/end', { form: dora.formToken })).status, 404);
  });

  test('a session that was idle for too long is not listed', async () => {
    await operator('ida');
    await signedIn('ida');
    await hark.sql('UPDATE operator_session SET seen_at = seen_at - 3600001');
    const here = await signedIn('ida');
    assert.equal((await here.get('/host/account')).text.match(/<ul class="sessions">[\s\S]*<\/ul>/)[0].match(/<li>/g).length, 1);
  });

  test('the sweep takes late pending sign-ins', async () => {
    await operator('sven');
    await setUp(await signedIn('sven'));
    await half('sven');
    await hark.sql('UPDATE operator_pending SET expires_at = 1');
    await hark.restart('hark-jobs');
    await until('swept', async () => await count('operator_pending', 'sven') === 0, 20);
    await hark.kill('hark-jobs', 'SIGTERM');
  });

  test('views of companies end with the sessions', async () => {
    const secret = 'another long secret';
    await operator('vera');
    const [here, other] = [await signedIn('vera'), await signedIn('vera')];
    const [{ id }] = await hark.sql(`SELECT id FROM operator WHERE email = '${address('vera')}'`);
    const ended = async (end) => {
      await hark.sql(`REPLACE INTO host_view (tenant_id, token_hash, operator_id, operator_name, address, created_at, seen_at, expires_at)
        SELECT id, UNHEX(SHA2('view', 256)), ${id}, 'vera', '192.0.2.1', 1, 1, ${Date.now() + 3600e3} FROM tenant WHERE code = 'acme'`);
      await end();
      return (await hark.sql(`SELECT ended_at FROM host_view WHERE operator_id = ${id}`))[0].ended_at !== null;
    };
    assert.ok(await ended(() => here.post('/host/sessions/end-others', { form: here.formToken })), 'signed out elsewhere');
    assert.equal((await other.get('/host/account')).status, 303);
    assert.ok(await ended(() => here.submit('/host/password', { old_password: PASSWORD, new_password: secret, confirm_password: secret })), 'own password');
    assert.ok(await ended(() => command(['operator', 'passwd', '--email', address('vera'), '--password-file', '-'])), 'password set by a command');
  });
});

describe('an installation that requires it', () => {
  before(async () => {
    strict = await startHark({ programs: ['hark-web'], conf: { operators_need_factor: 'yes' } });
    await operator('nora', strict);
  });
  after(() => strict?.stop());

  test('who has none sets it up after the password, and nothing else opens before', async () => {
    const client = visitor({}, strict);
    const start = await signIn(client, 'nora', { next: '/host/plans' });
    assert.equal(start.headers.location, '/host/sign-in/set-up?next=%2Fhost%2Fplans');
    const page = await client.follow(start);
    assert.match(page.text, /This installation asks its operators for a code/);
    const secret = secretOf(page.text);
    assert.equal((await client.get('/host/sign-in/code')).headers.location, '/host/sign-in/set-up');
    for (const path of ['/host/tenants', '/host/account', '/host/two-factor'])
      assert.equal((await client.get(path)).headers.location, `/host/sign-in?next=${encodeURIComponent(path)}`);
    assert.equal((await client.submit('/host/sign-in/set-up', { code: '000000' })).status, 422);
    assert.equal(secretOf((await client.get('/host/sign-in/set-up')).text), secret, 'the picture stays the same');
    const done = await client.submit('/host/sign-in/set-up?next=%2Fhost%2Fplans', { code: totp(secret) });
    assert.equal(done.headers.location, '/host/two-factor/codes?next=%2Fhost%2Fplans', done.text);
    const shown = await client.follow(done);
    assert.equal(codesOf(shown.text).length, 10);
    assert.match(shown.text, /href="\/host\/plans">I have kept them/);
    assert.equal((await client.get('/host/plans')).status, 200);
    assert.deepEqual((await actions('nora', strict)).filter((action) => action === 'operator.two_factor').length, 1);
    await confirm(client);
    const own = (await client.get('/host/two-factor')).text;
    assert.match(own, /This installation requires two-factor authentication of its operators\./);
    assert.doesNotMatch(own, /two-factor\/off/);
    assert.equal((await client.post('/host/two-factor/off', { form: client.formToken })).status, 403);
  });

  test('it holds for open sessions, and not for keys', async () => {
    await operator('mona', strict);
    const key = (await command(['operator', 'key', 'create', '--email', address('mona'), '--name', 'Billing', '--permissions', 'host.read', '--json'], strict)).json().secret;
    const keyed = strict.client({ headers: { 'X-Api-Key': key } });
    assert.equal((await keyed.json('GET', '/api/v1/host/tenants')).status, 200);
    const client = visitor({}, strict);
    const start = await signIn(client, 'mona');
    await client.submit('/host/sign-in/set-up', { code: totp(secretOf((await client.follow(start)).text)) });
    assert.equal((await client.get('/host/account')).status, 200);
    await strict.sql(`UPDATE operator SET totp_sealed = NULL WHERE email = '${address('mona')}'`);   // as before the setting
    assert.equal((await client.get('/host/account')).headers.location, '/host/sign-in?next=%2Fhost%2Faccount');
    assert.match((await client.get('/host/sign-in')).text, /This installation asks for a second factor now/);
    const api = await client.json('GET', '/api/v1/host/tenants');
    assert.deepEqual([api.status, api.json().error], [403, 'refused']);
    assert.equal((await keyed.json('GET', '/api/v1/host/tenants')).status, 200);
  });
});
