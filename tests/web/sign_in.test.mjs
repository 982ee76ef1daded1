// SPDX-License-Identifier: BSD-2-Clause
// sign_in.test.mjs - the way in where it meets something else: a suspended company, a new password, addresses, and whoever tries names.
import { after, before, beforeEach, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { startHark } from '../harness/hark.mjs';
import { company, PASSWORD } from '../harness/chat.mjs';
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
    });
    await hark.sql("UPDATE agent SET totp_sealed = NULL, two_factor = 0, two_factor_own = 0 WHERE account = 'bert'");
  });
});
