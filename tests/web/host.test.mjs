// SPDX-License-Identifier: BSD-2-Clause
// host.test.mjs - who runs the installation: operators and their keys, links that open a company once, and views with its consent.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceFolder, startHark } from '../harness/hark.mjs';

const PASSWORD = 'a long enough secret';
let hark;
let nextAddress = 10;

/** A browser at an address of its own, so that tests do not use up each other's attempts. */
function visitor(options = {}) {
  nextAddress += 1;
  return hark.client({ ...options, headers: { 'X-Forwarded-For': `192.0.2.${nextAddress}`, ...options.headers } });
}

async function command(...args) {
  const done = await hark.hark(args, { input: PASSWORD });
  assert.equal(done.code, 0, done.stderr);
  return done;
}

const operator = (email, ...more) => command('operator', 'create', '--email', email, '--name', email.split('@')[0], '--password-file', '-', ...more);
const agent = (tenant, account, ...more) => command('agent', 'create', '--tenant', tenant, '--account', account,
  '--email', `${account}@${tenant}.example`, '--first-name', account, '--password-file', '-', ...more);

/** The panel of the host, signed in. */
async function panel(email = 'olga@host.example') {
  const client = visitor();
  const reply = await client.submit('/host/sign-in', { email, password: PASSWORD });
  assert.equal(reply.status, 303, reply.text);
  await client.get('/host/operators');   // gives the form token
  return client;
}

async function agentClient(account, company = 'acme') {
  const client = visitor();
  assert.equal((await client.submit('/sign-in', { company, account, password: PASSWORD })).status, 303);
  await client.get('/admin');
  return client;
}

const audit = (tenant, where = '1') => hark.sql(`SELECT actor_kind, actor_id, actor_name, action, noun_name, difference FROM audit
  WHERE tenant_id = ${tenant} AND ${where} ORDER BY id`);

/** The path of a link that the command makes. */
async function link(...args) {
  const made = (await command('tenant', 'sign-in-link', '--tenant', 'acme', '--json', ...args)).json();
  assert.ok(made.url.startsWith(`${hark.url}/enter/`), made.url);
  return new URL(made.url).pathname;
}

let acme;
before(async () => {
  hark = await startHark({ programs: ['hark-web'] });
  await command('tenant', 'create', '--code', 'acme', '--name', 'Acme Ltd');
  await command('tenant', 'create', '--code', 'beta', '--name', 'Beta & Sons', '--domain', 'desk.beta.example');
  await agent('acme', 'bert', '--queue', 'Inbox');
  await agent('acme', 'anna', '--role', 'Administrators', '--queue', 'Inbox');
  await agent('acme', 'adam', '--role', 'Administrators');
  await agent('beta', 'boss', '--role', 'Administrators');
  await operator('olga@host.example');
  await operator('rita@host.example', '--permissions', 'host.read');
  [acme] = await hark.sql("SELECT id FROM tenant WHERE code = 'acme'");
  acme = acme.id;
});
after(() => hark?.stop());

describe('operators', () => {
  test('U-30 an operator signs in with e-mail and password, and out', async () => {
    const client = visitor();
    const page = await client.get('/host/sign-in');
    assert.equal(page.status, 200);
    for (const name of ['email', 'password']) assert.match(page.text, new RegExp(`name="${name}"`));
    assert.doesNotMatch(page.text, /name="company"/);
    const reply = await client.submit('/host/sign-in', { email: 'olga@host.example', password: PASSWORD });
    assert.equal(reply.status, 303);
    const cookie = reply.headers['set-cookie'].find((line) => line.startsWith('hark-host='));
    assert.match(cookie, /; HttpOnly; SameSite=Lax/);
    assert.ok(!client.cookies.has('hark'));
    const start = await client.follow(reply);
    assert.equal(start.status, 200);
    assert.match(start.text, /olga/);
    const token = client.cookies.get('hark-host');
    assert.equal((await client.post('/host/sign-out', { form: client.formToken })).status, 303);
    client.cookies.set('hark-host', token);
    assert.equal((await client.get('/host/operators')).headers.location, '/host/sign-in?next=%2Fhost%2Foperators');
    assert.equal((await hark.sql("SELECT COUNT(*) AS n FROM audit WHERE tenant_id = 0 AND action IN ('host.sign_in', 'host.sign_out') AND actor_kind = 'host'"))[0].n, '2');
  });

  test('wrong names and wrong passwords get one answer and are audited', async () => {
    const texts = [];
    for (const email of ['rita@host.example', 'nobody@host.example']) {
      const reply = await visitor().submit('/host/sign-in', { email, password: 'wrong wrong' });
      assert.equal(reply.status, 422);
      assert.match(reply.text, new RegExp(`value="${email}"`));
      texts.push(/class="notice bad"[\s\S]*?<\/div>/.exec(reply.text)[0]);
    }
    assert.equal(texts[0], texts[1]);
    assert.ok((await audit(0, "action = 'host.sign_in_failed'")).length >= 2);
    await hark.sql('DELETE FROM throttle');
  });

  test('the eleventh attempt on one operator is refused, also with the right password', async () => {
    await operator('tired@host.example');
    for (let i = 0; i < 10; i += 1)
      assert.equal((await visitor().submit('/host/sign-in', { email: 'tired@host.example', password: 'wrong wrong' })).status, 422);
    const reply = await visitor().submit('/host/sign-in', { email: 'tired@host.example', password: PASSWORD });
    assert.equal(reply.status, 429);
    assert.ok(Number(reply.headers['retry-after']) > 0);
    assert.match(reply.text, /Too many attempts/);
  });

  test('strangers do not lock an operator out of a browser that he has used', async () => {
    await operator('known@host.example');
    const home = visitor();
    const signIn = (client, password) => client.submit('/host/sign-in', { email: 'known@host.example', password });
    assert.equal((await signIn(home, PASSWORD)).status, 303);
    for (let i = 0; i < 10; i += 1) await signIn(visitor(), 'wrong wrong');
    assert.equal((await signIn(visitor(), PASSWORD)).status, 429);
    await home.submit('/host/operators', {}, { form: '/host/sign-out' });
    assert.equal((await signIn(home, PASSWORD)).status, 303);
  });

  test('a session ends after an hour without use, and after twelve hours at all', async () => {
    const client = await panel();
    await hark.sql('UPDATE operator_session SET seen_at = seen_at - 3601000');
    assert.equal((await client.get('/host/operators')).status, 303);
    const other = await panel();
    await hark.sql('UPDATE operator_session SET expires_at = expires_at - 43201000');
    assert.equal((await other.get('/host/operators')).status, 303);
  });

  test('next leads only to pages of the panel', async () => {
    for (const [next, want] of [['/host/operators?x=1', '/host/operators?x=1'], ['//evil.example', '/host'], ['/hostile', '/host'],
      ['/host/../admin\\', '/host'], ['/admin', '/host'], ['/host/sign-out', '/host']]) {
      const client = visitor();
      const reply = await client.submit(`/host/sign-in?next=${encodeURIComponent(next)}`, { email: 'olga@host.example', password: PASSWORD });
      assert.equal(reply.headers.location, want, next);
    }
  });

  test('a password change and a deletion end the sessions and keys of the operator', async () => {
    await operator('gone@host.example');
    const { secret } = (await command('operator', 'key', 'create', '--email', 'gone@host.example', '--name', 'k', '--permissions', 'host.read', '--json')).json();
    const client = await panel('gone@host.example');
    await command('operator', 'passwd', '--email', 'gone@host.example', '--password-file', '-');
    assert.equal((await client.get('/host/operators')).status, 303);
    const again = await panel('gone@host.example');
    const byKey = () => hark.client({ headers: { 'X-Api-Key': secret } }).json('GET', '/api/v1/host/tenants');
    assert.equal((await byKey()).status, 200);
    await command('operator', 'delete', '--email', 'gone@host.example');
    assert.equal((await again.get('/host/operators')).status, 303);
    assert.equal((await byKey()).status, 401);
    const done = await hark.hark(['operator', 'create', '--email', 'olga@host.example', '--name', 'Twice', '--password-file', '-'], { input: PASSWORD });
    assert.equal(done.code, 1);
    assert.match(done.stderr, /already/);
  });

  test('bad rights, addresses and passwords are refused by the command', async () => {
    for (const [args, what] of [
      [['--email', 'x@host.example', '--name', 'X', '--permissions', 'host.read people.manage'], /: permissions has a word that is not in the list: people\.manage/],
      [['--email', 'x@host.example', '--name', 'X', '--permissions', ' '], /: permissions is required/],
      [['--email', 'no address', '--name', 'X'], /email/],
      [['--email', 'x@host.example', '--name', 'x'.repeat(121)], /name/],
    ]) {
      const done = await hark.hark(['operator', 'create', '--password-file', '-', ...args], { input: PASSWORD });
      assert.notEqual(done.code, 0);
      assert.match(done.stderr, what);
    }
    const short = await hark.hark(['operator', 'create', '--email', 'x@host.example', '--name', 'X', '--password-file', '-'], { input: 'short' });
    assert.match(short.stderr, /at least/);
  });

  test('an operator who is given no rights has all, which the command says; rights have spaces or commas between them', async () => {
    const make = (email, ...args) => hark.hark(['operator', 'create', '--email', email, '--name', 'X', '--password-file', '-', ...args], { input: PASSWORD });
    assert.match((await make('all@host.example')).stdout, /with the rights \*, which is all, because --permissions is not given/);
    assert.match((await make('some@host.example', '--permissions', 'host.tenants, host.read')).stdout, /with the rights host\.read host\.tenants$/m);
    for (const email of ['all@host.example', 'some@host.example']) await command('operator', 'delete', '--email', email);
  });

  test('the command makes no key that may do more than its operator', async () => {
    const make = (permissions) => hark.hark(['operator', 'key', 'create', '--email', 'rita@host.example', '--name', 'k', '--permissions', permissions, '--json']);
    for (const [permissions, words] of [['host.delete', /may do, who has: host\.read/], ['host.read,host.delete', /may do, who has: host\.read/],
      ['host.raed', /: permissions has a word that is not in the list: host\.raed/]]) {
      const done = await make(permissions);
      assert.equal(done.code, 1, done.stdout);
      assert.match(done.stderr, words);
    }
    assert.equal((await make('*')).json().key.permissions, '*');
    await hark.sql("DELETE FROM operator_key WHERE name = 'k'");
  });

  test('the page lists operators and keys; a key is taken back there', async () => {
    const { secret } = (await command('operator', 'key', 'create', '--email', 'olga@host.example', '--name', 'Billing <b>', '--permissions', 'host.read host.tenants', '--json')).json();
    const client = await panel();
    const page = await client.get('/host/operators');
    for (const word of ['rita@host.example', 'Billing &lt;b&gt;', 'host.view_as']) assert.ok(page.text.includes(word), word);
    assert.ok(!page.text.includes(secret));
    const path = /href="(\/host\/operators\/keys\/\d+\/delete)"[^]*?Billing/.exec(page.text)[1];
    const ask = () => hark.client({ headers: { 'X-Api-Key': secret } }).json('GET', '/api/v1/host/tenants');
    assert.equal((await ask()).status, 200);
    assert.equal((await client.post(path, { form: 'x' })).status, 403);
    assert.equal((await client.post(path, { form: client.formToken })).status, 303);
    assert.equal((await ask()).status, 401);
  });
});

describe('operators and agents are apart', () => {
  const routes = readFileSync(join(sourceFolder(), 'tests/golden/routes.txt'), 'utf8').trim().split('\n')
    .map((line) => line.trim().split(/\s+/)).map(([path, method, permission, ...flags]) => ({ path, method, permission, flags }));
  const filled = (path) => path.replace(/:id\b/g, '1').replace(/:[a-z]+/g, 'x');

  test('U-30 an agent with all rights opens no door of the host, and an operator none of a company', async () => {
    const anna = await agentClient('anna');
    const olga = await panel();
    const key = (await command('key', 'create', '--tenant', 'acme', '--account', 'anna', '--name', 'k', '--json')).json().key;
    const { secret } = (await command('operator', 'key', 'create', '--email', 'olga@host.example', '--name', 'all', '--permissions', '*', '--json')).json();
    let host = 0;
    for (const { path, method, permission, flags } of routes) {
      if (['public', 'visitor'].includes(permission) || flags.includes('stream')) continue;
      const isHost = flags.includes('host');
      assert.equal(isHost, permission.startsWith('host.'), path);
      host += isHost;
      const [browser, program] = isHost ? [anna, key] : [olga, secret];
      const seen = [
        (await browser.request(method, filled(path), { headers: { 'X-Hark-Form': browser.formToken } })),
        (await hark.client({ headers: { 'X-Api-Key': program } }).request(method, filled(path))),
      ];
      for (const reply of seen) {
        const isAsked = reply.status === 303 && reply.headers.location.includes('/sign-in?next=');
        assert.ok(isAsked || [401, 403].includes(reply.status), `${method} ${path}: ${reply.status} ${reply.headers.location}`);
      }
    }
    assert.ok(host > 20, String(host));
  });

  test('an operator without a right is refused', async () => {
    const rita = await panel('rita@host.example');
    assert.equal((await rita.get('/host/tenants')).status, 200);
    assert.equal((await rita.get('/host/operators')).status, 403);
    const page = await rita.get('/host/tenants');
    assert.doesNotMatch(page.text, /href="\/host\/operators"/);
    for (const { path, method, permission, flags } of routes) {
      if (!flags.includes('host') || ['public', 'host.signed-in', 'host.read'].includes(permission)) continue;
      const reply = await rita.request(method, filled(path), { headers: { 'X-Hark-Form': rita.formToken } });
      assert.equal(reply.status, 403, `${method} ${path}`);
    }
  });

  test('no role gives a right of the host', async () => {
    const anna = await agentClient('anna');
    for (const permissions of ['host.read', 'chat.work host.tenants']) {
      const reply = await anna.json('POST', '/api/v1/roles', { name: `r${permissions}`, permissions });
      assert.equal(reply.status, 422, reply.text);
      assert.match(reply.json().fields.permissions.message, /host\./);
    }
    assert.equal((await anna.get('/host')).status, 303);
  });

  test('a change by an operator needs the token of the panel', async () => {
    const olga = await panel();
    assert.equal((await olga.post('/host/operators/keys/1/delete', { form: 'A'.repeat(43) })).status, 403);
    assert.equal((await olga.post('/host/operators/keys/1/delete', { form: olga.formToken }, { headers: { Origin: 'https://evil.example' } })).status, 403);
  });
});

describe('host names', () => {
  test('U-30 the panel is not reachable by the domain of a company, nor by a foreign name', async () => {
    for (const host of ['desk.beta.example', 'evil.example']) {
      for (const path of ['/host/sign-in', '/host', '/api/v1/host/tenants'])
        assert.equal((await visitor({ host }).get(path)).status, 404, `${host}${path}`);
    }
  });

  test('U-30 with host_url the panel answers there and nowhere else, and nothing else answers there', async () => {
    const other = await startHark({ programs: ['hark-web'], conf: { host_url: 'http://panel.host.example', host_addresses: '192.0.2.1, 2001:db8::1' } });
    try {
      const at = (host, from = '192.0.2.1') => other.client({ host, headers: { 'X-Forwarded-For': from } });
      assert.equal((await other.hark(['operator', 'create', '--email', 'o@h.example', '--name', 'O', '--password-file', '-'], { input: PASSWORD })).code, 0);
      assert.equal((await at(undefined).get('/host/sign-in')).status, 404);
      assert.equal((await at('panel.host.example').get('/sign-in')).status, 421);
      assert.equal((await at('panel.host.example').get('/')).headers.location, '/host');
      const olga = at('panel.host.example');
      assert.equal((await olga.submit('/host/sign-in', { email: 'o@h.example', password: PASSWORD })).status, 303);
      assert.equal((await olga.get('/host/tenants')).status, 200);
      olga.headers['X-Forwarded-For'] = '2001:DB8:0::1';
      assert.equal((await olga.get('/host/tenants')).status, 200);
      olga.headers['X-Forwarded-For'] = '192.0.2.2';
      assert.equal((await olga.get('/host/tenants')).status, 303);
      const far = await at('panel.host.example', '192.0.2.2').submit('/host/sign-in', { email: 'o@h.example', password: PASSWORD });
      assert.equal(far.status, 422);
      assert.match(far.text, /192\.0\.2\.2/);
      const wrong = await at('panel.host.example', '192.0.2.2').submit('/host/sign-in', { email: 'o@h.example', password: 'wrong wrong' });
      assert.doesNotMatch(wrong.text, /192\.0\.2\.2/);
    } finally {
      await other.stop();
    }
  });
});

describe('links that sign in once', () => {
  test('U-36 the link signs in as the first administrator, after a click, once', async () => {
    const path = await link();
    const scanner = visitor();
    for (let i = 0; i < 3; i += 1) assert.equal((await scanner.get(path)).status, 200);
    const owner = visitor();
    const page = await owner.get(path);
    assert.match(page.text, /Acme Ltd/);
    assert.match(page.text, /anna/);
    assert.equal(page.headers['referrer-policy'], 'same-origin');   // the address stays here (“no-referrer” would make the form's Origin null)
    const reply = await owner.submit(path);
    assert.equal(reply.headers.location, '/admin');
    const start = await owner.follow(reply);
    assert.match(start.text, /anna/);
    assert.equal((await owner.get('/admin/agents')).status, 200);
    await hark.sql(`UPDATE role SET requires_two_factor = 1 WHERE tenant_id = ${acme}`);
    assert.equal((await owner.get('/admin/agents')).status, 200, 'a second factor is the owner’s to set up');
    await hark.sql(`UPDATE role SET requires_two_factor = 0 WHERE tenant_id = ${acme}`);
    const late = await visitor().get(path);
    assert.equal(late.status, 404);
    assert.match(late.text, /used already/);
    assert.equal((await owner.submit('/admin', {}, { form: '/sign-out' })).status, 303);
    const log = await audit(acme, "action LIKE 'host.sign_in%'");
    assert.ok(log.some((row) => row.action === 'host.sign_in_link' && row.actor_kind === 'command'));
    assert.ok(log.some((row) => row.action === 'host.sign_in_as' && row.actor_kind === 'host' && row.noun_name === 'anna'));
  });

  test('U-36 of twenty browsers at once one gets in', async () => {
    const path = await link('--account', 'adam');
    const browsers = await Promise.all(Array.from({ length: 20 }, async () => {
      const browser = visitor();
      await browser.get(path);
      const form = /name="form" value="([^"]*)"/.exec((await browser.get(path)).text)[1];
      return { browser, form };
    }));
    const replies = await Promise.all(browsers.map(({ browser, form }) => browser.post(path, { form })));
    assert.deepEqual(replies.map((reply) => reply.status).sort(), [303, ...Array(19).fill(404)]);
    assert.equal(browsers.filter(({ browser }) => browser.cookies.has('hark')).length, 1);
  });

  test('it is over after a minute, is stored as a hash, and needs the form token', async () => {
    const path = await link();
    const token = path.split('/').pop();
    assert.match(token, /^[A-Za-z0-9_-]{43}$/);
    const rows = await hark.sql('SELECT HEX(token_hash) AS hash FROM enter_link');
    assert.ok(rows.every((row) => !JSON.stringify(row).includes(token)));
    assert.equal((await visitor().post(path, {})).status, 403);
    await hark.sql('UPDATE enter_link SET expires_at = expires_at - 60001');
    assert.equal((await visitor().get(path)).status, 404);
    for (const wrong of ['x', 'A'.repeat(43), 'A'.repeat(1500)]) assert.equal((await visitor().get(`/enter/${wrong}`)).status, 404);
  });

  test('a link of one company does not work on the domain of another, nor for a deleted agent', async () => {
    const path = await link('--account', 'adam');
    assert.equal((await visitor({ host: 'desk.beta.example' }).get(path)).status, 404);
    assert.equal((await visitor({ host: 'evil.example' }).get(path)).status, 421);
    const boss = (await command('tenant', 'sign-in-link', '--tenant', 'beta', '--json')).json();
    assert.ok(boss.url.startsWith(hark.url));
    const there = visitor({ host: 'desk.beta.example' });
    assert.equal((await there.submit(new URL(boss.url).pathname)).headers.location, '/admin');
    assert.match((await there.get('/admin')).text, /Beta &amp; Sons/);
    await hark.sql("UPDATE agent SET deleted_at = 1 WHERE account = 'adam'");
    assert.equal((await visitor().get(path)).status, 404);
    await hark.sql("UPDATE agent SET deleted_at = NULL WHERE account = 'adam'");
  });

  test('the old session of the browser ends', async () => {
    const bert = await agentClient('bert');
    const old = bert.cookies.get('hark');
    await bert.submit(await link());
    assert.notEqual(bert.cookies.get('hark'), old);
    const thief = visitor();
    thief.cookies.set('hark', old);
    assert.equal((await thief.get('/admin')).status, 303);
  });

  test('a company without an administrator, and one that is not there, are said', async () => {
    await command('tenant', 'create', '--code', 'empty', '--name', 'Empty');
    for (const [code, what] of [['empty', /administrator/], ['nowhere', /no tenant/]]) {
      const done = await hark.hark(['tenant', 'sign-in-link', '--tenant', code]);
      assert.equal(done.code, 1);
      assert.match(done.stderr, what);
    }
  });
});
