// SPDX-License-Identifier: BSD-2-Clause
// security.test.mjs - every door of the golden list: who is not signed in, who has no right, who comes from another company or without the
// form's token stays outside, and no door answers with a failure.
import assert from 'node:assert/strict';
import { setMaxListeners } from 'node:events';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Agent, company, PASSWORD, Visitor } from '../harness/chat.mjs';
import { address, furnished, golden, NOUNS, OPEN, routes as doors, signIn } from '../harness/doors.mjs';
import { buildFolder, request, run, startHark, until } from '../harness/hark.mjs';

const routes = doors.filter((route) => !route.flags.includes('host'));   // host.test.mjs goes to the doors of operators

let hark;
let acme;
let clerk;          // of acme, may nothing
let boss;           // of acme, may everything
let stranger;       // of beta, may everything there

before(async () => {
  hark = await startHark();
  acme = await furnished(hark, 'acme');
  const beta = await company(hark, 'beta', { agents: { zoe: { role: 'Administrators' } } });
  await hark.sql(`INSERT INTO role (tenant_id, name, permissions, created_at, updated_at) VALUES (${acme.id}, 'Nothing', '', 1, 1)`);
  const made = await hark.hark(['agent', 'create', '--tenant', 'acme', '--account', 'clerk', '--email', 'clerk@acme.example', '--first-name', 'C',
    '--alias', 'C', '--role', 'Nothing', '--password-file', '-'], { input: PASSWORD });
  assert.equal(made.code, 0, made.stderr);
  ({ boss } = acme);
  clerk = await signIn(hark, acme, 'clerk');
  stranger = await signIn(hark, beta, 'zoe');
});
after(() => hark?.stop());

const send = (client, route, more = {}) => client.request(route.method, address(route, acme), {
  ...more, ...(route.method === 'GET' ? {} : { body: more.body ?? '', headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...more.headers } }),
});

describe('doors', () => {
  test('the list is what the program has', async () => {
    const printed = await run(join(buildFolder(), 'hark-web'), ['--routes'], { env: { ASAN_OPTIONS: 'detect_leaks=0' } });
    assert.equal(printed.stdout, golden);
    assert.ok(routes.length > 100);
  });

  test('whoever is not signed in is sent to sign in, or told so', async () => {
    for (const route of routes) {
      const reply = await send(hark.client(), route);
      assert.ok(reply.status < 500, `${route.name}: ${reply.status}`);
      if (OPEN.includes(route.permission)) continue;
      if (route.path.startsWith('/api/') || route.path.startsWith('/console/') || route.method !== 'GET') {
        assert.equal(reply.status, 401, route.name);
        continue;
      }
      assert.equal(reply.status, 303, route.name);
      assert.match(reply.headers.location, /^\/sign-in\?next=%2F/, route.name);
    }
  });

  test('whoever has no right is refused, whatever the method', async () => {
    for (const route of routes.filter((one) => ![...OPEN, 'signed-in'].includes(one.permission))) {
      const reply = await send(clerk, route, { headers: { 'X-Hark-Form': clerk.formToken } });
      assert.equal(reply.status, 403, route.name);
      assert.doesNotMatch(reply.text, /form_token/, `${route.name}: for the right reason`);
    }
  });

  test('nothing is changed by a cookie without the form\'s token', async () => {
    const before = await hark.sql('SELECT COUNT(*) AS n FROM audit');
    for (const route of routes.filter((one) => one.method !== 'GET' && !one.flags.includes('no-form'))) {
      for (const token of [undefined, '', 'x', stranger.formToken]) {
        const reply = await send(boss, route, { headers: token === undefined ? {} : { 'X-Hark-Form': token } });
        assert.equal(reply.status, 403, `${route.name} with ${token}`);
      }
      const foreign = await send(boss, route, { headers: { 'X-Hark-Form': boss.formToken, Origin: 'https://evil.example' } });
      assert.equal(foreign.status, 403, `${route.name} from another origin`);
    }
    assert.deepEqual(await hark.sql('SELECT COUNT(*) AS n FROM audit'), before);
  });

  test('the form\'s token counts in the body and in its header, never in the address, which logs keep', async () => {
    for (const route of routes.filter((one) => one.method !== 'GET' && !one.flags.includes('no-form'))) {
      const reply = await boss.request(route.method, `${address(route, acme)}?form=${boss.formToken}`,
        { body: '', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
      assert.equal(reply.status, 403, route.name);
    }
    const form = boss.formToken;
    const gone = (query, value) => boss.request('POST', `/console/gone${query}`, { body: JSON.stringify(value), headers: { 'Content-Type': 'application/json' } });
    const refused = await gone(`?form=${form}`, {});
    assert.deepEqual([refused.status, refused.json().error], [403, 'form_token']);
    assert.equal((await boss.post(`/language?form=${form}`, { locale: 'en' })).status, 403);
    for (const query of ['', '?form=x'])
      assert.equal((await boss.post(`/language${query}`, { form, locale: 'en' })).status, 303, query);
    assert.equal((await gone('', { form })).status, 204);
  });

  test('every row of another company is none', async () => {
    for (const route of routes.filter((one) => one.path.includes(':id') && !OPEN.includes(one.permission))) {
      const reply = await send(stranger, route, { headers: { 'X-Hark-Form': stranger.formToken } });
      assert.equal(reply.status, 404, `${route.name}: ${reply.status} ${reply.text.slice(0, 300)}`);
      assert.doesNotMatch(reply.text, /acme|Vera|Hi there/i, route.name);
    }
    for (const [, table] of NOUNS)
      assert.equal((await hark.sql(`SELECT id FROM ${table} WHERE tenant_id = ${acme.id} AND deleted_at IS NOT NULL`)).length, 0);
  });

  test('numbers that are none are no rows', async () => {
    for (const route of routes.filter((one) => one.path.includes(':id') && one.method === 'GET' && !OPEN.includes(one.permission)))
      for (const id of ['0', '-1', '18446744073709551616', '1e3', '%00', 'x%2Fy', '1%20', '٣', "1'--"]) {
        const reply = await boss.get(route.path.replace(':id', encodeURIComponent(id).replaceAll('%25', '%')));
        assert.ok([400, 404].includes(reply.status), `${route.path} with ${id}: ${reply.status}`);
      }
  });

  test('whoever has the right gets in everywhere, and pages keep frames and scripts of others out', async () => {
    // No file of holidays was taken in here.
    for (const route of routes.filter((one) => one.method === 'GET' && !OPEN.includes(one.permission) && !one.path.startsWith('/api/') && !one.path.includes(':import'))) {
      const reply = await boss.get(address(route, acme));
      assert.ok([200, 303].includes(reply.status), `${route.name}: ${reply.status}`);
      assert.equal(reply.headers['x-content-type-options'], 'nosniff', route.name);
      assert.match(reply.headers['cache-control'], /no-store|private/, route.name);
      if (!/^text\/html/.test(reply.headers['content-type'] ?? '')) continue;
      const policy = reply.headers['content-security-policy'];
      assert.match(policy, /default-src 'none'/, route.name);
      assert.match(policy, /frame-ancestors 'none'/, route.name);
      assert.doesNotMatch(policy, /unsafe/, route.name);
      assert.doesNotMatch(reply.text, /<script(?![^>]*\b(?:src=|type="application\/json"))[^>]*>[^<]*\S/i, `${route.name}: no script within the page`);
      assert.doesNotMatch(reply.text, /\son[a-z]+\s*=\s*["']/i, `${route.name}: no handler within the page`);
    }
  });

  test('an agent who is signed out is out at once, on the live stream too', async () => {
    const ben = await company(hark, 'gamma', { agents: { ben: {} } });
    const agent = await Agent.at(hark, ben, 'ben');
    agent.listen();
    await agent.client.get('/console');
    const reply = await agent.client.post('/sign-out', { form: agent.client.formToken });
    assert.equal(reply.status, 303);
    await agent.running;
    const refused = await request(`${hark.url}/live/poll?ticket=${encodeURIComponent(agent.ticket)}`);
    assert.deepEqual([refused.status, refused.json().error], [403, 'cut']);
    const expires = Number(Buffer.from(agent.ticket, 'base64url').toString().split('\n')[2]);
    await until('the second after the ticket was signed', () => Date.now() / 1000 >= expires - 600 + 1);
    await hark.restart('hark-chat');
    const again = await request(`${hark.url}/live/poll?ticket=${encodeURIComponent(agent.ticket)}`);
    assert.deepEqual([again.status, again.json().error], [403, 'expired'], 'a restart does not let back in');
    const said = await request(`${hark.url}/live/say?ticket=${encodeURIComponent(agent.ticket)}`, { method: 'POST', body: '{}' });
    assert.equal(said.status, 403);
    assert.equal((await agent.json('POST', '/console/ticket', {})).status, 401);
  });
});

describe('the live stream\'s own answers', () => {
  test('a position that is none, a topic of others, too much at once', async () => {
    const firm = await company(hark, 'delta');
    const anna = await Agent.at(hark, firm, 'anna');
    const vera = new Visitor(hark, firm.key);
    await vera.start();
    const poll = (ticket, more = '') => request(`${hark.url}/live/poll?ticket=${encodeURIComponent(ticket)}${more}`);
    const say = (ticket, body) => request(`${hark.url}/live/say?ticket=${encodeURIComponent(ticket)}`, { method: 'POST', body });
    for (const at of ['x', '..', 'a.b', `${'e'.repeat(100)}.1`, '.1']) {
      const reply = await poll(anna.ticket, `&at=${at}`);
      assert.deepEqual([reply.status, reply.json().error], [400, 'at'], at);
    }
    const foreign = await poll(anna.ticket, '&at=abcdefghijkl.5');
    assert.deepEqual([foreign.status, foreign.json().resync], [200, true]);
    assert.deepEqual((await say(vera.ticket, '{')).json(), { error: 'json' });
    assert.equal((await say(vera.ticket, '{"type":"typing"}')).status, 400);
    const other = await say(vera.ticket, JSON.stringify({ topic: `${firm.id}.c${vera.chat + 1}`, type: 'typing' }));
    assert.deepEqual([other.status, other.json().error], [403, 'topic']);
    const many = [];
    for (let i = 0; i < 60; i += 1) many.push(say(vera.ticket, JSON.stringify({ topic: vera.topic, type: 'typing', i })));
    const refused = (await Promise.all(many)).filter((reply) => reply.status !== 204);
    assert.ok(refused.length > 0);
    for (const reply of refused) {
      assert.deepEqual([reply.status, reply.json().error], [429, 'rate']);
      assert.match(reply.headers['retry-after'], /^\d+$/);
    }
    const stop = new AbortController();
    setMaxListeners(100, stop.signal);
    const parked = Array.from({ length: 40 }, () => request(`${hark.url}/live/poll?ticket=${encodeURIComponent(vera.ticket)}&at=${vera.at}`, { signal: stop.signal })
      .then((reply) => reply.status === 429 && reply.json().error, () => null));
    const one = await Promise.any(parked.map(async (reply) => {
      if (!(await reply)) throw new Error('not refused');
      return reply;
    }));
    assert.equal(one, 'polls');
    stop.abort();
    await Promise.all(parked);
  });
});
