// SPDX-License-Identifier: BSD-2-Clause
// attacks.test.mjs - what attackers try on sessions, forms, links, tokens and rights, all of them at every place.
// alone: answers are timed.
import { after, before, beforeEach, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { answerOf } from '../harness/captcha.mjs';
import { Agent, company, PASSWORD } from '../harness/chat.mjs';
import { routes, signIn } from '../harness/doors.mjs';
import { request, startHark } from '../harness/hark.mjs';
import { readForms } from '../harness/http.mjs';
import { formWithFiles } from '../harness/pictures.mjs';
import { soon } from '../harness/screens.mjs';

let hark;
let acme;
let beta;
let boss;
let key;
let nextAddress = 0;

/** A browser at an address of its own, so that tests do not use up each other's attempts. */
function visitor(options = {}) {
  nextAddress += 1;
  return hark.client({ ...options, headers: { 'X-Forwarded-For': `10.1.${nextAddress >> 8}.${nextAddress & 255}`, ...options.headers } });
}

async function command(...args) {
  const done = await hark.hark(args, { input: PASSWORD });
  assert.equal(done.code, 0, done.stderr);
  return done;
}

const api = (method, path, body, token = key) => visitor({ headers: { 'X-Api-Key': token } }).json(method, path, body);
const keyOf = async (account, ...more) => (await command('key', 'create', '--tenant', 'acme', '--account', account, '--name', 't', '--json', ...more)).json().key;
const formOf = (page) => readForms(page.text).flatMap((form) => form.values).find(([name]) => name === 'form')[1];
const countOf = async (table) => Number((await hark.sql(`SELECT COUNT(*) AS n FROM ${table}`))[0].n);

before(async () => {
  hark = await startHark({ programs: ['hark-web', 'hark-chat'], conf: { smtp_url: 'smtp://127.0.0.1:9' } });
  acme = await company(hark, 'acme', { agents: { boss: { role: 'Administrators' }, anna: {}, bert: {}, carl: {}, dora: {}, emil: {} } });
  beta = await company(hark, 'beta', { agents: { zoe: { role: 'Administrators' } } });
  await command('operator', 'create', '--email', 'olga@host.example', '--name', 'Olga', '--password-file', '-');
  boss = await signIn(hark, acme, 'boss');
  key = await keyOf('boss');
});
after(() => hark?.stop());
beforeEach(() => hark.sql('DELETE FROM throttle'));

describe('a form of another site', () => {
  const FORM = 'application/x-www-form-urlencoded';
  const NAME = 'Planted';

  /** The ways to send one change of acme's settings; each must be refused. */
  async function variants(client, other) {
    const body = (token) => new URLSearchParams({ name: NAME, for_chat: '1', ...(token === undefined ? {} : { form: token }) }).toString();
    const post = (headers, text, path = '/admin/queues') => ['POST', path, { 'Content-Type': FORM, ...headers }, text];
    const mine = client.formToken;
    const part = await formWithFiles({ name: NAME, for_chat: '1' });
    return Object.entries({
      'no token': post({}, body()), 'an empty token': post({}, body('')), 'the token of another': post({}, body(other.formToken)),
      'half a token': post({}, body(mine.slice(0, 20))),
      'as plain text': ['POST', '/admin/queues', { 'Content-Type': 'text/plain' }, body(mine)],
      'as plain text that is JSON': ['POST', '/api/v1/queues', { 'Content-Type': 'text/plain' }, JSON.stringify({ name: NAME, form: mine })],
      'as JSON without token': ['POST', '/api/v1/queues', { 'Content-Type': 'application/json' }, JSON.stringify({ name: NAME })],
      'with files': ['POST', '/admin/queues', part.headers, part.body],
      'by GET': ['GET', `/admin/queues?${body(mine)}&_method=POST`, {}],
      'by GET with an override': ['GET', `/admin/queues?${body(mine)}`, { 'X-HTTP-Method-Override': 'POST', 'X-HTTP-Method': 'POST', 'X-Method-Override': 'POST' }],
      'by HEAD': ['HEAD', `/admin/queues?${body(mine)}`, {}],
      'a delete by POST': post({ 'X-HTTP-Method-Override': 'DELETE' }, body(), `/api/v1/queues/${acme.queue}`),
      'a delete by _method': post({}, `${body(mine)}&_method=DELETE`, `/api/v1/queues/${acme.queue}`),
      'from nowhere': post({ Origin: 'null' }, body(mine)), 'from elsewhere': post({ Origin: 'https://evil.example' }, body(mine)),
      'from a longer name': post({ Origin: 'http://127.0.0.1.evil.example' }, body(mine)), 'from a name with a user': post({ Origin: 'http://127.0.0.1@evil.example' }, body(mine)),
      'across sites': post({ 'Sec-Fetch-Site': 'cross-site' }, body(mine)), 'from a neighbour': post({ 'Sec-Fetch-Site': 'same-site' }, body(mine)),
    });
  }

  test('U-29 changes nothing, however it is sent', async () => {
    const other = await signIn(hark, beta, 'zoe');
    const before = [await countOf('queue'), await countOf('audit')];
    for (const [what, [method, path, headers, body]] of await variants(boss, other)) {
      const reply = await boss.request(method, path, { headers, body });
      assert.ok(method === 'GET' || method === 'HEAD' || [400, 403, 404, 405, 415].includes(reply.status), `${what}: ${reply.status} ${reply.text.slice(0, 200)}`);
      assert.deepEqual([await countOf('queue'), await countOf('audit')], before, what);
    }
    assert.equal((await boss.post('/admin/queues', { name: 'Meant', for_chat: '1', form: boss.formToken })).status, 303);
  });

  test('the forms before signing in and those of the host need their own token too', async () => {
    const sessions = await countOf('session');
    for (const [path, values] of [['/sign-in', { company: 'acme', account: 'anna', password: PASSWORD }], ['/host/sign-in', { email: 'olga@host.example', password: PASSWORD }], ['/language', { locale: 'fr' }]])
      for (const [more, headers] of [[{}, {}], [{ form: boss.formToken }, {}], [{ form: 'own' }, { Origin: 'https://evil.example' }], [{ form: 'own' }, { Origin: 'null' }], [{ form: 'own' }, { 'Sec-Fetch-Site': 'cross-site' }]]) {
        const client = visitor();
        const own = formOf(await client.get('/sign-in'));
        const reply = await client.post(path, { ...values, ...more, ...(more.form === 'own' ? { form: own } : {}) }, { headers });
        assert.equal(reply.status, 403, `${path} ${JSON.stringify([more, headers])}`);
      }
    assert.equal(await countOf('session'), sessions);
  });
});

describe('sessions', () => {
  test('a planted session or form cookie is replaced or worth nothing, for agents and operators', async () => {
    for (const [path, values, cookie] of [['/sign-in', { company: 'acme', account: 'anna', password: PASSWORD }, 'hark'], ['/host/sign-in', { email: 'olga@host.example', password: PASSWORD }, 'hark-host']]) {
      const planted = 'B'.repeat(43);
      const victim = visitor();
      victim.cookies.set(cookie, planted);
      assert.equal((await victim.submit(path, values)).status, 303);
      assert.notEqual(victim.cookies.get(cookie), planted);
      const thief = visitor();
      thief.cookies.set(cookie, planted);
      assert.match((await thief.get(cookie === 'hark' ? '/admin' : '/host')).headers.location, /sign-in\?next=/);
    }
  });

  test('headers of a foreign sign-on let nobody in', async () => {
    for (const name of ['X-Remote-User', 'Remote-User', 'X-Forwarded-User', 'X-Forwarded-Email', 'X-Auth-Request-User', 'Authorization'])
      assert.equal((await visitor({ headers: { [name]: name === 'Authorization' ? `Basic ${Buffer.from(`boss:${PASSWORD}`).toString('base64')}` : 'boss' } }).json('GET', '/api/v1/me')).status, 401, name);
  });
});

describe('links and redirects', () => {
  const EVIL = ['//evil.example', '///evil.example', '////evil.example/%2f..', 'https://evil.example', 'https:evil.example', 'http:/evil.example', '\\\\evil.example', '/\\evil.example',
    '\\/evil.example', '/\t/evil.example', '/\n/evil.example', ' //evil.example', '\u00a0//evil.example', 'javascript:alert(1)', 'data:text/html,x', '/%0d%0aLocation:%20//evil.example\r\nX: y',
    'evil.example', '@evil.example', '.evil.example', ':80@evil.example', '?next=//evil.example', '#//evil.example', '/\u3002evil.example', '/ok\0//evil.example', '', 'x'.repeat(5000), `/${'x'.repeat(5000)}`];
  const stays = (location, what) => {
    assert.match(location, /^\/(?![/\\])[!-~]*$/, what);
    assert.equal(new URL(location, hark.url).host, new URL(hark.url).host, what);
  };

  test('no next leads away from this site: sign-in, its code and set-up, confirm, language, the host', async () => {
    for (const next of EVIL) {
      await hark.sql('DELETE FROM throttle');
      const what = JSON.stringify(next).slice(0, 80);
      const encoded = encodeURIComponent(next);
      const client = visitor();
      if ((await client.get(`/sign-in?next=${encoded}`)).status === 400) continue;   // a NUL is refused as a whole
      const reply = await client.submit(`/sign-in?next=${encoded}`, { company: 'acme', account: 'boss', password: PASSWORD });
      if (reply.status < 400) stays(reply.headers.location, `sign-in ${what}`);
      const forced = visitor();
      const form = formOf(await forced.get('/sign-in'));
      const sent = await forced.post('/sign-in', { form, company: 'acme', account: 'boss', password: PASSWORD, next });
      assert.ok([303, 400, 422].includes(sent.status), `${what}: ${sent.status}`);
      if (sent.status === 303) stays(sent.headers.location, `sign-in form ${what}`);
      for (const path of ['/sign-in', '/sign-in/code', '/sign-in/set-up', '/confirm', '/admin/two-factor']) {
        const got = await client.get(`${path}?next=${encoded}`);
        if (got.headers.location) stays(got.headers.location, `${path} ${what}`);
        assert.doesNotMatch(got.text, /(href|action)="(https?:)?[/\\]{2}evil/, `${path} ${what}`);
      }
      if (!client.formToken) await client.get('/admin');
      for (const [path, values] of [['/confirm', { password: PASSWORD }], ['/language', { locale: 'en' }], ['/sign-in/code', { code: '1' }]]) {
        const got = await client.post(path, { form: client.formToken, next, ...values });
        if (got.headers.location) stays(got.headers.location, `POST ${path} ${what}`);
      }
      const host = visitor();
      const panel = await host.submit(`/host/sign-in?next=${encoded}`, { email: 'olga@host.example', password: PASSWORD });
      if (panel.status === 303) stays(panel.headers.location, `host ${what}`);
    }
  });

  test('a foreign Host is not served, and no header puts a foreign name into a page or a link', async () => {
    for (const host of ['evil.example', 'evil.example:80', '127.0.0.1.evil.example', `127.0.0.1@evil.example`, '127.0.0.1:x', ''])
      for (const path of ['/', '/sign-in', '/forgot', '/host/sign-in', '/api/v1/me', '/admin']) {
        const reply = await request(`${hark.url}${path}`, { headers: { Host: host } });
        assert.doesNotMatch(`${reply.text}${JSON.stringify(reply.headers)}`, /evil/, `${host} ${path}`);
        if (host.includes('evil')) assert.ok([400, 404, 421].includes(reply.status), `${host} ${path}: ${reply.status}`);
      }
    const evil = { 'X-Forwarded-Host': 'evil.example', 'X-Host': 'evil.example', 'X-Original-Host': 'evil.example', 'X-Forwarded-Server': 'evil.example', 'X-HTTP-Host-Override': 'evil.example',
      'X-Original-URL': '/evil', 'X-Rewrite-URL': '/evil', Forwarded: 'host=evil.example', 'X-Forwarded-Proto': 'evil', 'X-Forwarded-Prefix': '/evil' };
    for (const { path } of routes.filter(({ method, path: one, flags }) => method === 'GET' && !/:/.test(one) && !flags.includes('host'))) {
      const reply = await boss.get(path, { headers: evil });
      assert.doesNotMatch(`${reply.text}${JSON.stringify(reply.headers)}`, /evil/, path);
    }
    assert.doesNotMatch((await boss.get(`/widget/${acme.key}.js`, { headers: evil })).text, /evil/);
    const made = await command('tenant', 'sign-in-link', '--tenant', 'acme', '--json');
    assert.ok(made.json().url.startsWith(hark.url));
  });

  test('no answer lets a page of another origin read it', async () => {
    for (const { path } of routes.filter(({ method, path: one, flags, permission }) => method === 'GET' && !/:/.test(one) && !flags.includes('host') && permission !== 'visitor'))
      for (const Origin of ['https://evil.example', 'null']) {
        const { headers } = await boss.get(path, { headers: { Origin } });
        assert.equal(headers['access-control-allow-origin'], undefined, path);
        assert.equal(headers['access-control-allow-credentials'], undefined, path);
      }
  });
});

describe('who is there', () => {
  const LEAST = 60;            // pairs
  const LONGEST = 8000;        // ms

  /** The t of Welch's test for pairs: differences of two that were timed one after the other, without the tenth at either end, where the
   * machine's other work shows. */
  function compare(pairs) {
    const differences = pairs.map(([a, b]) => a - b).sort((one, other) => one - other).slice(Math.floor(pairs.length / 10), Math.ceil(pairs.length * 0.9));
    const difference = differences.reduce((sum, one) => sum + one, 0) / differences.length;
    const error = Math.sqrt(differences.reduce((sum, one) => sum + (one - difference) ** 2, 0) / (differences.length - 1) / differences.length);
    const took = pairs.flat().sort((one, other) => one - other)[pairs.length];
    return { t: difference / error, relative: Math.abs(difference) / took, unsure: 4.5 * error / took, took };
  }

  /**
   * Times two ways to ask, by turns and in changing order, until a tenth of the answer can be told from noise. A difference counts only when
   * it is sure (|t|) and large enough to be used through a network. A machine that never becomes calm enough is told, and judged wider.
   */
  async function sameTime(context, ways) {
    const pairs = [];
    const end = performance.now() + LONGEST;
    let found;
    do {
      if (pairs.length % 8 === 0) await hark.sql('DELETE FROM throttle');
      const pair = [];
      for (const way of pairs.length % 2 ? [0, 1] : [1, 0]) pair[way] = await ways[way](pairs.length);
      pairs.push(pair);
      found = compare(pairs);
    } while (pairs.length < LEAST || (found.unsure > 0.1 && performance.now() < end));
    context.diagnostic(`${pairs.length} pairs: t = ${found.t.toFixed(2)}, ${(found.relative * 100).toFixed(1)} % of ${found.took.toFixed(2)} ms`);
    if (found.unsure > 0.5) context.skip(`TOO NOISY A MACHINE TO TIME ANSWERS: ${JSON.stringify(found)}`);
    else assert.ok(Math.abs(found.t) < 4.5 || found.relative < Math.max(0.1, found.unsure), JSON.stringify(found));
  }

  const plain = (reply, ...words) => words.reduce((text, word) => text.replaceAll(word, 'WORD'), reply.text).replace(/[\w-]{43,}/g, 'TOKEN');
  const heads = ({ headers }) => Object.keys(headers).sort().join();

  /** Sends a wrong password; gives the reply, and how long the program took. */
  async function tryIn(account, code = 'acme') {
    const client = visitor();
    const form = formOf(await client.get('/sign-in'));
    const started = performance.now();
    const reply = await client.post('/sign-in', { form, company: code, account, password: 'wrong wrong' });
    return { reply, took: performance.now() - started };
  }

  test('a wrong password, an unknown account and an unknown company get one answer', async () => {
    const [known, account, firm] = [(await tryIn('anna')).reply, (await tryIn('nina')).reply, (await tryIn('anna', 'acmf')).reply];
    for (const other of [account, firm]) {
      assert.equal(other.status, known.status);
      assert.equal(other.text.length, known.text.length);
      assert.equal(plain(other, 'anna', 'nina', 'acmf', 'acme'), plain(known, 'anna', 'nina', 'acmf', 'acme'));
      assert.equal(heads(other), heads(known));
    }
    assert.equal(known.status, 422);
  });

  const ACCOUNTS = ['anna', 'bert', 'carl', 'dora'];

  test('signing in takes as long for an unknown account as for a wrong password', async (context) => {
    await sameTime(context, [async (i) => (await tryIn(ACCOUNTS[i % 4])).took, async (i) => (await tryIn(`nob${i % 4}`)).took]);
  });

  test('signing in takes as long for an unknown company as for a wrong password', async (context) => {
    await sameTime(context, [async (i) => (await tryIn(ACCOUNTS[i % 4])).took, async (i) => (await tryIn(ACCOUNTS[i % 4], 'acmf')).took]);
  });

  test('signing in as an operator takes as long for an unknown address as for a wrong password', async (context) => {
    const tryHost = async (email) => {
      const client = visitor();
      const form = formOf(await client.get('/host/sign-in'));
      const started = performance.now();
      const reply = await client.post('/host/sign-in', { form, email, password: 'wrong wrong' });
      const took = performance.now() - started;
      assert.equal(reply.status, 422);
      return took;
    };
    await sameTime(context, [() => tryHost('olga@host.example'), () => tryHost('nobo@host.example')]);
  });

  /** Asks for a new password. */
  async function forget(email) {
    const client = visitor();
    const page = await client.get('/forgot');
    const form = readForms(page.text).find((one) => one.action === '/forgot');
    const values = { ...Object.fromEntries(form.values), company: 'acme', email, captcha: answerOf(page.text) };
    const started = performance.now();
    const reply = await client.post('/forgot', values);
    return { reply, took: performance.now() - started };
  }

  test('a forgotten password is answered alike and as fast for a known and an unknown address', async (context) => {
    const [known, unknown] = [(await forget('anna@acme.example')).reply, (await forget('nina@acme.example')).reply];
    assert.equal(known.status, 303, known.text);
    assert.equal(unknown.status, 303);
    const place = (reply) => reply.headers.location.replace(/[\w-]{43}/, 'TOKEN');
    assert.equal(place(unknown), place(known));
    assert.equal(unknown.text.length, known.text.length);
    assert.equal(heads(unknown), heads(known));
    await sameTime(context, [async (i) => (await forget(`${ACCOUNTS[i % 4]}@acme.example`)).took, async (i) => (await forget(`nob${i % 4}@acme.example`)).took]);
  });
});

describe('secrets that are none', () => {
  const NONE = ['', ' ', '\0', '0', 'x', 'null', 'undefined', 'NULL', '[]', '%', '_', '*', "' OR ''='", '\t', 'A'.repeat(43), '='.repeat(44), 'A'.repeat(5000)];

  test('a session, a key or a visitor\'s token that is empty, short, long or odd is nobody\'s', async () => {
    for (const secret of NONE) {
      const what = JSON.stringify(secret).slice(0, 50);
      const safe = secret.replace(/[\0\t]/g, '%00');      // a header cannot hold them
      for (const headers of [{ Cookie: `hark=${safe}` }, { Cookie: `hark-host=${safe}` }, { Cookie: `hark=${safe}; hark=${safe}` }, { 'X-Api-Key': safe }, { Authorization: `Bearer ${safe}` }])
        for (const path of ['/api/v1/me', '/api/v1/host/tenants']) {
          const reply = await request(`${hark.url}${path}`, { headers: { Accept: 'application/json', 'X-Forwarded-For': '10.9.9.9', ...headers } });
          assert.ok([400, 401, 431].includes(reply.status), `${Object.keys(headers)} ${what} ${path}: ${reply.status}`);
        }
      const visit = await request(`${hark.url}/visit/${acme.key}/sync`, { method: 'POST', body: '{"conversation":1}', headers: { 'Content-Type': 'application/json', 'X-Hark-Visitor': safe } });
      assert.ok([400, 403, 404].includes(visit.status), `visitor ${what}: ${visit.status}`);
      const live = await request(`${hark.url}/live/poll?ticket=${encodeURIComponent(secret)}`);
      assert.ok([400, 403, 414].includes(live.status), `ticket ${what}: ${live.status}`);
    }
  });

  test('a link of a reset, an invitation, a sign-in or a captcha with such a token is not there, in every shape', async () => {
    const password = { new_password: 'another fine secret', confirm_password: 'another fine secret' };
    const sessions = await countOf('session');
    for (const secret of NONE) {
      await hark.sql('DELETE FROM throttle');
      const what = JSON.stringify(secret).slice(0, 50);
      const encoded = encodeURIComponent(secret);
      const client = visitor();
      const form = formOf(await client.get('/sign-in'));
      for (const path of [`/invitation?token=${encoded}`, `/invitation?token[]=${encoded}`, `/enter/${encoded}`, `/captcha/${encoded}`]) {
        const reply = await client.get(path);
        assert.ok([400, 404, 414].includes(reply.status), `${path.slice(0, 60)}: ${reply.status}`);
      }
      for (const [path, values] of [['/forgot/code', { token: secret }], ['/forgot/code', { request: secret, code: secret }], ['/forgot/code', { 'token[]': secret }], ['/forgot/code', { token: [secret, secret] }],
        ['/invitation', { token: secret, account: 'eve', first_name: 'Eve', alias: 'Eve' }], ['/invitation', { 'token[]': secret }], [`/enter/${encoded}`, {}]]) {
        const reply = await client.post(path, { form, ...password, ...values });
        assert.ok([400, 403, 404, 414, 422].includes(reply.status), `${path.slice(0, 60)} ${what}: ${reply.status} ${reply.headers.location}`);
      }
    }
    const big = 'x'.repeat(10e6);
    const client = visitor();
    const form = formOf(await client.get('/sign-in'));
    for (const [path, values] of [['/forgot/code', { token: big }], ['/invitation', { token: big }], ['/sign-in', { company: 'acme', account: 'anna', password: big }], ['/host/sign-in', { email: 'olga@host.example', password: big }]]) {
      const started = performance.now();
      assert.equal((await client.post(path, { form, ...password, ...values })).status, 413, path);
      assert.ok(performance.now() - started < 5000, path);
    }
    assert.equal(await countOf('session'), sessions);
    assert.equal(await countOf("agent WHERE account = 'eve'"), 0);
  });
});

describe('a poll that is parked', () => {
  /** The agent's poll is refused within five seconds, and the ticket is worth nothing after it. */
  async function ends(account, why, { signedIn = false, reads = false } = {}) {
    const agent = await Agent.at(hark, acme, account);
    agent.listen();
    let ended = false;
    agent.running.then(() => { ended = true; });
    await why(agent);
    await soon(() => ended, 'the parked poll ends', 5);
    assert.equal((await request(`${hark.url}/live/poll?ticket=${encodeURIComponent(agent.ticket)}`)).status, 403);
    assert.equal((await agent.json('GET', '/api/v1/me')).status === 200, signedIn);
    assert.equal((await agent.json('POST', '/console/ticket', {})).status === 200, reads);
  }
  const changed = async (account, body) => assert.equal((await api('PATCH', `/api/v1/agents/${acme.agents[account]}`, body)).status, 200);

  test('ends when the agent is deleted', () => ends('bert', async () => {
    assert.equal((await api('DELETE', `/api/v1/agents/${acme.agents.bert}`)).status, 204);
  }));

  test('ends when the agent loses the role that chats', async () => {
    const role = (await api('POST', '/api/v1/roles', { name: 'Readers', permissions: ['history.read'] })).json().id;
    await ends('carl', () => changed('carl', { roles: [role] }), { signedIn: true });
  });

  test('ends when the agent gets another password', () => ends('dora', () => changed('dora', { password: 'another fine secret' })));

  test('ends when the address is not allowed any more', () => ends('emil', () => changed('emil', { allowed_addresses: '192.0.2.0/24' })));

  test('ends when the company is suspended', async () => {
    await ends('anna', () => command('tenant', 'suspend', '--tenant', 'acme', '--reason', 'late'), { signedIn: true, reads: true });   // and may read on with a new ticket
    await command('tenant', 'resume', '--tenant', 'acme');
  });
});

describe('more rights than one has', () => {
  const HOST = [...new Set(routes.map(({ permission }) => permission).filter((name) => name.startsWith('host.')))];

  test('U-29 no text of a role or a key gives a right of the host', async () => {
    assert.ok(HOST.length > 5);
    for (const name of [...HOST, 'host.*', 'host', 'HOST.READ', 'chat.work,host.read', 'chat.work\nhost.read', 'chat.work\0host.read']) {
      assert.ok([400, 422].includes((await api('POST', '/api/v1/roles', { name: `Role ${Math.random()}`, permissions: [name] })).status), name);
      assert.ok([400, 422].includes((await api('POST', '/api/v1/api-keys', { name: 'x', scopes: [name] })).status), name);
    }
    for (const [path, body] of [['roles', { name: 'All', permissions: ['* host.read'] }], ['api-keys', { name: 'All', scopes: ['* host.read'] }]]) {
      const all = await api('POST', `/api/v1/${path}`, body);
      if (all.status === 201) assert.deepEqual([all.json().scopes ?? all.json().permissions].flat(), ['*'], 'beside “all” nothing is kept');
      else assert.equal(all.status, 422, path);
    }
    await hark.sql(`INSERT INTO role (tenant_id, name, permissions, created_at, updated_at) VALUES (${acme.id}, 'Forced', '* ${HOST.join(' ')} host.*', 1, 1)`);
    const [{ id }] = await hark.sql("SELECT id FROM role WHERE name = 'Forced'");
    await hark.sql(`INSERT INTO agent_role (tenant_id, agent_id, role_id) VALUES (${acme.id}, ${acme.agents.boss}, ${id})`);
    for (const { method, path, flags } of routes.filter((route) => route.flags.includes('host') && route.permission !== 'public')) {
      assert.ok(flags.includes('host'));
      for (const reply of [await boss.request(method, path.replaceAll(/:\w+/g, '1'), { headers: { 'X-Hark-Form': boss.formToken } }), await api(method, path.replaceAll(/:\w+/g, '1'))])
        assert.ok([303, 401].includes(reply.status) && /^$|sign-in/.test(reply.headers.location ?? ''), `${method} ${path}: ${reply.status}`);
    }
    await hark.sql(`DELETE FROM agent_role WHERE role_id = ${id}`);
  });

  test('U-29 a key never becomes wider than it was made', async () => {
    const narrow = await keyOf('boss', '--scopes', 'people.manage,roles.manage,api.use');
    const me = `/api/v1/agents/${acme.agents.boss}`;
    const [{ id }] = await hark.sql(`SELECT MAX(id) AS id FROM api_key WHERE tenant_id = ${acme.id}`);
    for (const [method, path, body] of [['POST', '/api/v1/api-keys', { name: 'x', scopes: ['*'] }], ['POST', '/api/v1/api-keys', { name: 'x', all: true }], ['POST', '/api/v1/api-keys', { name: 'x', scopes: ['settings.manage'] }],
      ['PATCH', `/api/v1/api-keys/${id}`, { scopes: ['*'] }], ['POST', '/api/v1/roles', { name: 'Wide', permissions: ['*'] }], ['POST', '/api/v1/roles', { name: 'Wide', permissions: ['settings.manage'] }],
      ['PATCH', me, { password: 'another fine secret' }], ['PATCH', me, { email: 'eve@evil.example' }], ['PATCH', '/api/v1/settings/security', { api_keys: true }], ['GET', '/api/v1/queues'], ['POST', '/admin/api-keys', {}], ['GET', '/admin/api-keys/new']]) {
      const reply = await api(method, path, body, narrow);
      assert.ok([403, 404, 405, 422].includes(reply.status), `${method} ${path} ${JSON.stringify(body)}: ${reply.status} ${reply.text.slice(0, 200)}`);
    }
    assert.equal((await hark.sql(`SELECT scopes FROM api_key WHERE id = ${id}`))[0].scopes.split(/[ ,]/).sort().join(), 'api.use,people.manage,roles.manage');
  });
});
