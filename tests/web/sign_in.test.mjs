// SPDX-License-Identifier: BSD-2-Clause
// sign_in.test.mjs - the way in where it meets something else: a suspended company, a new password, addresses, and whoever tries names.
import { after, before, beforeEach, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startHark } from '../harness/hark.mjs';
import { whileLocked } from '../harness/meanwhile.mjs';
import { company, PASSWORD } from '../harness/chat.mjs';
import { unescapeHtml } from '../harness/http.mjs';
import { secretOf, totp } from '../harness/totp.mjs';

const OPERATOR = 'olga@host.example';
let hark;
let firm;
let nextAddress = 10;

/** A browser at an address of its own. */
function visitor(address) {
  nextAddress += 1;
  return hark.client({ headers: { 'X-Forwarded-For': address ?? `192.0.2.${nextAddress % 250}` } });
}

const signIn = (client, account, { password = PASSWORD, code = 'acme' } = {}) => client.submit('/sign-in', { company: code, account, password });
const operatorSignIn = (client, { email = OPERATOR, password = PASSWORD } = {}) => client.submit('/host/sign-in', { email, password });

async function signedIn(account) {
  const client = visitor();
  const reply = await signIn(client, account);
  assert.equal(reply.status, 303, reply.text);
  await client.get('/admin');   // gives the form token
  return client;
}

async function command(args, input = PASSWORD) {
  const done = await hark.hark(args, { input });
  assert.equal(done.code, 0, done.stderr);
  return done;
}

/** Sets a second factor up; gives its secret. */
async function setUp(account) {
  const client = await signedIn(account);
  await client.submit('/confirm?next=/admin', { password: PASSWORD });
  await client.submit('/admin/two-factor', {}, { form: '/admin/two-factor' });
  const secret = secretOf((await client.get('/admin/two-factor/set-up')).text);
  assert.equal((await client.submit('/admin/two-factor/set-up', { code: totp(secret) })).status, 303);
  await hark.sql(`UPDATE agent SET totp_step = 0 WHERE account = '${account}'`);
  return secret;
}

const count = async (table, where) => Number((await hark.sql(`SELECT COUNT(*) AS n FROM ${table} WHERE ${where}`))[0].n);
const suspended = async (act) => {
  await command(['tenant', 'suspend', '--tenant', 'acme', '--reason', 'test'], '');
  try {
    return await act();
  } finally {
    await command(['tenant', 'resume', '--tenant', 'acme'], '');
  }
};

before(async () => {
  hark = await startHark();
  firm = await company(hark, 'acme', { agents: { boss: { role: 'Administrators' }, anna: {}, bert: {}, dora: {}, emil: {} } });
  await command(['operator', 'create', '--email', OPERATOR, '--name', 'Olga', '--password-file', '-']);
});
after(() => hark?.stop());
beforeEach(() => hark.sql('DELETE FROM throttle'));

describe('a suspended company', () => {
  test('U-36 people with a second factor come in to read, as those without', async () => {
    const secret = await setUp('bert');
    await suspended(async () => {
      assert.equal((await signIn(visitor(), 'anna')).headers.location, '/console');
      const client = visitor();
      assert.match((await signIn(client, 'bert')).headers.location, /^\/sign-in\/code/);
      assert.equal((await client.submit('/sign-in/code', { code: totp(secret) })).headers.location, '/console');
      assert.equal((await client.get('/admin')).status, 200);
      await client.submit('/confirm?next=/admin', { password: PASSWORD });
      assert.match((await client.get('/admin/two-factor/off')).text, /<button type="submit" class="button danger">Switch off/);
      const off = await client.submit('/admin/two-factor/off', {}, { form: '/admin/two-factor/off' });
      assert.equal(off.headers.location, '/admin/two-factor');
    });
    assert.equal(await count('agent', "account = 'bert' AND two_factor = 1"), 0);
    await hark.sql("UPDATE agent SET totp_sealed = NULL, two_factor = 0, two_factor_own = 0 WHERE account = 'bert'");
  });
});

describe('a password that is changed while it is checked', () => {
  const lost = "'$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'";
  const kept = {};

  /** Signs in with the old password while another one is being stored, which ends all sessions at its end. */
  const meanwhile = (table, where, act) => whileLocked(hark, `UPDATE ${table} SET password_hash = ${lost} WHERE ${where}`,
    { waits: `SELECT id FROM ${table} WHERE` }, act);

  before(async () => {
    kept.dora = (await hark.sql("SELECT password_hash AS hash FROM agent WHERE account = 'dora'"))[0].hash;
    kept.olga = (await hark.sql('SELECT password_hash AS hash FROM operator'))[0].hash;
  });
  beforeEach(() => hark.sql(`UPDATE agent SET password_hash = '${kept.dora}', two_factor = 0 WHERE account = 'dora'; UPDATE operator SET password_hash = '${kept.olga}'`));

  test('opens no session', async () => {
    const refused = await count('audit', "action = 'sign_in_failed' AND noun_name = 'dora'");
    const reply = await meanwhile('agent', "account = 'dora'", () => signIn(visitor(), 'dora'));
    assert.equal(reply.status, 422);
    assert.match(reply.text, /the password is wrong/);
    assert.equal(await count('session', `agent_id = ${firm.agents.dora}`), 0);
    assert.equal(await count('audit', "action = 'sign_in_failed' AND noun_name = 'dora'"), refused + 1);
  });

  test('leads to no second factor', async () => {
    await hark.sql("UPDATE agent SET two_factor = 1 WHERE account = 'dora'");
    assert.equal((await meanwhile('agent', "account = 'dora'", () => signIn(visitor(), 'dora'))).status, 422);
    assert.equal(await count('pending_sign_in', `agent_id = ${firm.agents.dora}`), 0);
  });

  test('lets no operator in', async () => {
    const reply = await meanwhile('operator', `email = '${OPERATOR}'`, () => operatorSignIn(visitor()));
    assert.equal(reply.status, 422);
    assert.equal(await count('operator_session', '1'), 0);
  });

  test('an old hash that two sign-ins renew at once lets both in', async () => {
    const file = join(hark.folder, 'hash-old');
    writeFileSync(file, '$y$j9T$abcdefghijklmnop$0AtyqYP.ZiuLfj1iF2DG9sAZURIWnAqfhGvzHhrN4C1\n');
    await command(['agent', 'create', '--tenant', 'acme', '--account', 'otto', '--email', 'otto@acme.example', '--first-name', 'Otto', '--role', 'Agents',
      '--password-hash-file', file], '');
    const replies = await whileLocked(hark, "SELECT id FROM agent WHERE account = 'otto' FOR UPDATE", { waits: 'UPDATE agent SET password_hash', many: 2 },
      () => Promise.all([signIn(visitor(), 'otto', { password: 'an old secret' }), signIn(visitor(), 'otto', { password: 'an old secret' })]));
    assert.deepEqual(replies.map((reply) => reply.status), [303, 303]);
  });
});

describe('an office with one address', () => {
  test('all of its people sign in within minutes; who guesses from there is stopped', async () => {
    await hark.sql("INSERT INTO throttle (bucket, started_at, count) SELECT UNHEX(SHA2(CONCAT(what, '|192.0.2.251'), 256)), UNIX_TIMESTAMP() * 1000, 27"
      + " FROM (SELECT 'sign_in.address' AS what UNION SELECT 'host.address') AS rules");
    for (let i = 0; i < 5; i += 1) {
      assert.equal((await signIn(visitor('192.0.2.251'), 'anna')).status, 303);
      assert.equal((await operatorSignIn(visitor('192.0.2.251'))).status, 303);
    }
    for (const send of [(more) => signIn(visitor('192.0.2.251'), 'anna', more), (more) => operatorSignIn(visitor('192.0.2.251'), more)]) {
      for (let i = 0; i < 3; i += 1) assert.equal((await send({ password: 'wrong wrong' })).status, 422);
      assert.equal((await send({ password: 'wrong wrong' })).status, 429);
    }
  });
});

describe('whoever tries names', () => {
  const wrong = { password: 'wrong wrong' };

  /** What ten wrong passwords for `name` and then one for `other` are answered. */
  async function tries(name, other, how = signIn) {
    await hark.sql('DELETE FROM throttle');
    for (let i = 0; i < 10; i += 1) assert.equal((await how(visitor(), name)).status, 422);
    return (await how(visitor(), other)).status;
  }
  const agentTries = (name, other) => tries(name, other, (client, account) => signIn(client, account, wrong));

  test('does not learn which are there by what is counted together', async () => {
    for (const change of [(name) => `do\u00adra${name}`, (name) => `${name}@acme.example`, (name) => `${name}\u200b`, (name) => `${name}\u0301`])
      assert.equal(await agentTries('anna', change('anna')), await agentTries('nobody', change('nobody')), change('name'));
    assert.equal(await agentTries('anna', 'ANNA'), 429);
    assert.equal(await agentTries('anna', 'bert'), 422);
  });

  test('has no more tries by other spellings of one name: what is not counted with it is not it', async () => {
    const spellings = [];
    for (const name of ['anna', 'anna ', 'ANNA', 'ánna', 'an\u00adna', 'an\u200bna', 'an\u2060na', 'ⓐnna', 'ａnna', 'anna\u0000', 'ḁnna', 'an︀na', 'annа', 'ᵃnna'])
      if ((await signIn(visitor(), name)).status === 303) spellings.push(name);
    assert.ok(spellings.includes('anna') && spellings.includes('ANNA'), spellings.join());
    for (const name of spellings) assert.equal(await agentTries('anna', name), 429, name);
    for (const code of ['acme', 'ACME', 'ⓐcme', 'ac\u00adme', 'ａcme']) {
      await hark.sql('DELETE FROM throttle');
      if ((await signIn(visitor(), 'anna', { code })).status !== 303) continue;
      for (let i = 0; i < 10; i += 1) await signIn(visitor(), 'anna', wrong);
      assert.equal((await signIn(visitor(), 'anna', { ...wrong, code })).status, 429, code);
    }
    for (const email of [OPERATOR, 'OLGA@host.example', 'ⓞlga@host.example', 'ol\u00adga@host.example', 'ｏlga@host.example']) {
      await hark.sql('DELETE FROM throttle');
      if ((await operatorSignIn(visitor(), { email })).status !== 303) continue;
      assert.equal(await tries(OPERATOR, email, (client, typed) => operatorSignIn(client, { email: typed, ...wrong })), 429, email);
    }
  });

  test('has one count for the 64 bits that each customer has of IPv6', async () => {
    for (const how of [(client, i) => signIn(client, `x${i}`, wrong), (client, i) => operatorSignIn(client, { email: `x${i}@host.example`, ...wrong })]) {
      const from = async (address, i) => (await how(visitor(address), i)).status;
      for (let i = 0; i < 30; i += 1) assert.equal(await from(`2001:db8:1:2::${(i + 1).toString(16)}`, i), 422);
      assert.equal(await from('2001:db8:1:2:ffff::1', 30), 429);
      assert.equal(await from('2001:db8:1:3::1', 31), 422);
    }
  });

  test('has no more tries at captchas than at all of it', async () => {
    const client = visitor();
    const statuses = [];
    for (let i = 0; i < 21; i += 1) statuses.push((await client.submit('/forgot', { company: 'acme', email: 'a@b.example', captcha: '000' })).status);
    assert.deepEqual(statuses.slice(19), [422, 429]);
    assert.equal(await count('captcha_used', '1'), 20);
  });
});

describe('a new account', () => {
  test('C-10 F-MEM-02 an invitation accepted where one may not sign in makes it, and says why it goes no further', async () => {
    const boss = await signedIn('boss');
    const own = `192.0.2.${nextAddress % 250}`;
    const [role] = await hark.sql(`SELECT id FROM role WHERE tenant_id = ${firm.id} AND name = 'Agents'`);
    const invitation = (await boss.json('POST', '/api/v1/invitations', { email: 'fred@acme.example', roles: [Number(role.id)] })).json();
    assert.equal((await boss.json('PATCH', '/api/v1/settings/security', { allowed_addresses: own })).status, 200);
    const token = 'T'.repeat(43);
    await hark.sql(`UPDATE invitation SET token_hash = UNHEX(SHA2('${token}', 256)) WHERE id = ${invitation.id}`);
    const client = visitor('203.0.113.9');
    const reply = await client.submit(`/invitation?token=${token}`, { account: 'fred', first_name: 'Fred', new_password: 'quite another one', confirm_password: 'quite another one' });
    assert.equal(reply.status, 403, reply.text);
    assert.match(unescapeHtml(reply.text), /You may not be signed in from this address/);
    assert.match((await client.get('/sign-in')).text, /Welcome\. Your account is ready\./);
    assert.equal((await boss.json('PATCH', '/api/v1/settings/security', { allowed_addresses: '' })).status, 200);
    assert.equal((await signIn(client, 'fred', { password: 'quite another one' })).status, 303);
  });

  test('a password has eight characters, not bytes', async () => {
    const boss = await signedIn('boss');
    const at = `/admin/agents/${firm.agents.emil}/password`;
    const short = await boss.submit(at, { password: '😀😁' });
    assert.equal(short.status, 422);
    assert.match(short.text, /must have at least 8 characters/);
    assert.equal((await boss.submit(at, { password: 'пароль😀😁' })).status, 303);
    assert.equal((await signIn(visitor(), 'emil', { password: 'пароль😀😁' })).status, 303);
  });
});
