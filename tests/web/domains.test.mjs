// SPDX-License-Identifier: BSD-2-Clause
// domains.test.mjs - a company's own host names: proved by a DNS record or a file, one company each, and nobody else's pages on them.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { startNameServer } from '../harness/dns.mjs';
import { Agent, Visitor, company, PASSWORD } from '../harness/chat.mjs';
import { request, startHark, until } from '../harness/hark.mjs';

let hark, names, proxy, acme, beta, anna, boss;
const files = new Map();
const held = new Map();      // addresses whose answer waits until the test says so
const fetched = [];

const one = async (sql) => (await hark.sql(sql))[0];
const command = (...args) => hark.hark([...args, '--json'], { input: PASSWORD });
async function ok(...args) {
  const done = await command(...args);
  assert.equal(done.code, 0, done.stderr);
  return done.json();
}
const row = async (tenant, host) => one(`SELECT id, state, proof, token, problem FROM tenant_domain WHERE tenant_id = ${tenant.id} AND host = '${host}'`);
const isServed = async (host) => (await hark.client({ host }).get('/sign-in')).status === 200;

async function addByPage(client, host) {
  return client.submit('/admin/domains', { host });
}

/** Presses "Check now", and waits until the job has looked. */
async function checkByPage(client, tenant, host) {
  const { id } = await row(tenant, host);
  await hark.sql(`UPDATE tenant_domain SET checked_at = NULL WHERE id = ${id}`);
  const reply = await client.submit('/admin/domains', {}, { form: `/admin/domains/${id}/check` });
  assert.equal(reply.status, 303, reply.text);
  await until('look', async () => (await one(`SELECT checked_at FROM tenant_domain WHERE id = ${id}`)).checked_at !== null);
  return row(tenant, host);
}

before(async () => {
  names = await startNameServer();
  // Behind it lies the whole web of the test: host names to files.
  proxy = createServer((req, res) => {
    const text = files.get(req.url);
    const answer = () => res.writeHead(text === undefined ? 404 : 200).end(text ?? req.url);
    fetched.push(req.url);
    if (held.has(req.url)) held.get(req.url).push(answer);
    else answer();
  });
  await new Promise((resolve) => { proxy.listen(0, '127.0.0.1', resolve); });
  hark = await startHark({ conf: { dns_server: names.address, outgoing_proxy: `127.0.0.1:${proxy.address().port}` } });
  acme = await company(hark, 'acme', { agents: { anna: { role: 'Administrators' }, bert: {} } });
  beta = await company(hark, 'beta', { agents: { boss: { role: 'Administrators' } } });
  anna = await Agent.at(hark, acme, 'anna');
  boss = await Agent.at(hark, beta, 'boss');
});
after(async () => {
  await hark?.stop();
  await names?.stop();
  proxy?.close();
});

describe('proving', () => {
  test('U-31 a domain is proved by its DNS record, and serves from then on', async () => {
    assert.equal((await addByPage(anna.client, ' Help.Acme.example. ')).status, 303);
    const { token } = await row(acme, 'help.acme.example');
    const page = await anna.client.get('/admin/domains');
    for (const text of ['help.acme.example', '_hark.help.acme.example', token, `http://help.acme.example/.well-known/hark-${token}`])
      assert.ok(page.text.includes(text), text);
    assert.equal(await isServed('help.acme.example'), false);
    names.texts.set('_hark.help.acme.example', ['v=spf1 -all', `${token}x`]);
    assert.match((await checkByPage(anna.client, acme, 'help.acme.example')).problem, /another value/);
    assert.match((await anna.client.get('/admin/domains')).text, /another value/);
    assert.equal(await isServed('help.acme.example'), false);
    names.texts.set('_hark.help.acme.example', ['v=spf1 -all', token]);
    const proved = await checkByPage(anna.client, acme, 'help.acme.example');
    assert.deepEqual([proved.state, proved.proof, proved.problem], ['verified', 'dns', '']);
    const served = await hark.client({ host: 'help.acme.example' }).get('/sign-in');
    assert.equal(served.status, 200);
    assert.match(served.text, /acme Ltd/);
    const log = await hark.sql(`SELECT actor_kind, action FROM audit WHERE tenant_id = ${acme.id} AND noun = 'domain' ORDER BY id`);
    assert.deepEqual(log, [{ actor_kind: 'agent', action: 'domain.add' }, { actor_kind: 'system', action: 'domain.verify' }]);
  });

  test('U-31 or by a file that holds the value and nothing else', async () => {
    await addByPage(anna.client, 'chat.acme.example');
    const { token } = await row(acme, 'chat.acme.example');
    const url = `http://chat.acme.example/.well-known/hark-${token}`;
    assert.equal((await checkByPage(anna.client, acme, 'chat.acme.example')).state, 'pending', 'a page that repeats its address is no proof');
    assert.ok(fetched.includes(url));
    files.set(url, `<html>${token}</html>`);
    assert.equal((await checkByPage(anna.client, acme, 'chat.acme.example')).state, 'pending');
    files.set(url, `${token}\n`);
    const proved = await checkByPage(anna.client, acme, 'chat.acme.example');
    assert.deepEqual([proved.state, proved.proof], ['verified', 'file']);
    assert.ok(await isServed('chat.acme.example'));
  });

  test('U-31 what is no host name, the own one and another company’s are refused beside the field', async () => {
    for (const [host, words] of [['', /is required/], ['localhost', /must be a host name such as/], ['192.0.2.7', /must be a host name/],
      ['a b.example', /must be a host name/], ['-x.example', /must be a host name/], [`${'a'.repeat(64)}.example`, /must be a host name/],
      ['help.acme.example/x', /must be a host name/], ['xx.example:80', /must be a host name/]]) {
      const reply = await addByPage(boss.client, host);
      assert.equal(reply.status, 422, host);
      assert.match(reply.text, words, host);
    }
    const taken = await addByPage(boss.client, 'help.acme.example');
    assert.equal(taken.status, 422);
    assert.match(taken.text, /belongs to another company/);
    assert.match(taken.text, /value="help\.acme\.example"/);
  });

  test('U-31 a claim keeps nobody out; of two who prove the same host the first has it', async () => {
    await addByPage(boss.client, 'both.example');
    await addByPage(anna.client, 'both.example');
    const tokens = [(await row(acme, 'both.example')).token, (await row(beta, 'both.example')).token];
    assert.notEqual(tokens[0], tokens[1]);
    names.texts.set('_hark.both.example', tokens);
    assert.equal((await checkByPage(anna.client, acme, 'both.example')).state, 'verified');
    const second = await checkByPage(boss.client, beta, 'both.example');
    assert.equal(second.state, 'pending');
    assert.match(second.problem, /belongs to another company/);
    assert.match((await hark.client({ host: 'both.example' }).get('/sign-in')).text, /acme Ltd/);
  });

  test('U-31 proofs are looked at again: lost for two weeks, the domain is pending, and free for who can prove it', async () => {
    const { id, token } = await row(acme, 'both.example');
    const theirs = (await row(beta, 'both.example')).token;
    const sweep = async () => {
      await hark.sql(`UPDATE tenant_domain SET check_at = 1, checked_at = NULL WHERE id = ${id};
        UPDATE job SET due_at = 0 WHERE kind = 'domain.sweep' AND state = 'due'`);
      await until('sweep', async () => (await one(`SELECT checked_at FROM tenant_domain WHERE id = ${id}`)).checked_at !== null);
    };
    names.texts.set('_hark.both.example', [theirs]);
    await sweep();
    assert.equal((await row(acme, 'both.example')).state, 'verified', 'a lost proof has time');
    assert.match((await anna.client.get('/admin/domains')).text, /Proof is missing/);
    await hark.sql(`UPDATE tenant_domain SET lost_at = lost_at - ${15 * 86400000} WHERE id = ${id}`);
    await sweep();
    assert.deepEqual([(await row(acme, 'both.example')).state, (await row(acme, 'both.example')).token], ['pending', token]);
    assert.equal((await checkByPage(boss.client, beta, 'both.example')).state, 'verified');
    assert.match((await hark.client({ host: 'both.example' }).get('/sign-in')).text, /beta Ltd/);
  });

  test('U-31 what happens during a look stays: the word of the host, and another look that somebody asks for', async () => {
    const looked = async (host, meanwhile) => {
      await addByPage(anna.client, host);
      const { id, token } = await row(acme, host);
      const url = `http://${host}/.well-known/hark-${token}`;
      const waiting = [];
      const check = () => anna.client.submit('/admin/domains', {}, { form: `/admin/domains/${id}/check` });
      held.set(url, waiting);
      assert.equal((await check()).status, 303);
      await until('the look', () => waiting.length > 0);
      held.delete(url);
      await meanwhile({ url, token, check });
      waiting[0]();
      await until('its end', async () => (await one(`SELECT COUNT(*) AS n FROM job WHERE tenant_id = ${acme.id} AND kind = 'domain.check'`)).n === '0');
    };
    await looked('word.acme.example', () => ok('tenant', 'domain', 'verify', '--tenant', 'acme', '--host', 'word.acme.example', '--force'));
    const vouched = await row(acme, 'word.acme.example');
    assert.deepEqual([vouched.state, vouched.proof, vouched.problem], ['verified', 'host', '']);
    assert.ok(await isServed('word.acme.example'));
    await looked('again.acme.example', async ({ url, token, check }) => {
      files.set(url, token);
      assert.equal((await check()).status, 303);
    });
    assert.equal((await row(acme, 'again.acme.example')).state, 'verified', 'the second look has found the file');
  });

  test('U-31 a removed domain serves no more and is anybody’s; removing asks first', async () => {
    const { id } = await row(beta, 'both.example');
    const ask = await boss.client.get(`/admin/domains/${id}/delete`);
    assert.match(ask.text, /both\.example/);
    assert.equal((await anna.client.get(`/admin/domains/${id}/delete`)).status, 404, 'not of another company');
    assert.equal((await boss.client.submit(`/admin/domains/${id}/delete`, {}, { form: `/admin/domains/${id}/delete` })).status, 303);
    assert.equal(await isServed('both.example'), false);
  });

  test('U-31 agents without the right neither see nor change domains', async () => {
    const bert = await Agent.at(hark, acme, 'bert');
    const { id } = await row(acme, 'help.acme.example');
    assert.equal((await bert.client.get('/admin/domains')).status, 403);
    assert.equal((await bert.client.get('/admin/usage')).status, 403);
    await bert.client.get('/admin');
    for (const path of ['/admin/domains', `/admin/domains/${id}/check`, `/admin/domains/${id}/delete`])
      assert.equal((await bert.client.post(path, { form: bert.client.formToken, host: 'x.example' })).status, 403, path);
  });

  test('U-31 files of private addresses are not fetched without a proxy of the operator', async () => {
    const alone = await startHark({ programs: ['hark-web'], conf: { dns_server: names.address } });
    try {
      await alone.hark(['tenant', 'create', '--code', 'solo', '--name', 'Solo']);
      const added = (await alone.hark(['tenant', 'domain', 'add', '--tenant', 'solo', '--host', 'x.localhost', '--json'])).json();
      const before = fetched.length;
      const done = await alone.hark(['tenant', 'domain', 'verify', '--tenant', 'solo', '--host', 'x.localhost', '--json']);
      assert.equal(done.code, 1);
      assert.equal(done.json().domain.state, 'pending');
      assert.equal(added.domain.state, 'pending');
      assert.equal(fetched.length, before);
    } finally {
      await alone.stop();
    }
  });
});

test('U-31 on a company’s domain nothing of another company is reachable', async () => {
  const host = 'help.acme.example';
  const vera = new Visitor(hark, beta.key);
  await vera.start('Hello');
  await until('offer', async () => (await boss.act(vera.chat, 'accept')).status === 200);
  const file = (await vera.upload('note.txt', 'some text')).json().message;
  const key = (await ok('key', 'create', '--tenant', 'beta', '--account', 'boss', '--name', 'tests')).key;
  const path = `/visit/${beta.key}/file/${file.file.id}`;
  const there = { host, headers: { 'X-Hark-Visitor': vera.token, 'Content-Type': 'application/json' } };
  boss.client.host = host;
  assert.equal((await boss.client.get('/admin')).headers.location, '/sign-in?next=%2Fadmin');
  assert.equal((await boss.client.json('GET', '/console/state')).status, 401);
  assert.equal((await boss.client.get(`/console/files/${file.file.id}`, { headers: { Accept: 'application/json' } })).status, 401);
  boss.client.host = undefined;
  assert.equal((await hark.client({ host, headers: { 'X-Api-Key': key } }).json('GET', '/api/v1/agents')).status, 401);
  assert.equal((await request(`${hark.url}/widget/${beta.key}.js`, { host })).text, '');
  assert.equal((await request(`${hark.url}/panel/${beta.key}`, { host })).status, 404);
  assert.notEqual((await request(`${hark.url}${path}?conversation=${vera.chat}`, there)).status, 200);
  for (const [what, body] of [['hello', {}], ['start', { client_id: 'bbbbbbbb', text: 'x' }], ['message', { conversation: vera.chat, client_id: 'cccccccc', text: 'x' }],
    ['sync', { conversation: vera.chat, after: 0 }]])
    assert.equal((await request(`${hark.url}/visit/${beta.key}/${what}`, { ...there, method: 'POST', body: JSON.stringify(body) })).status, 404, what);
  assert.notEqual((await request(`${hark.url}/widget/${acme.key}.js`, { host })).text, '', 'its own are');
});

test('U-31 the command adds, proves, takes and removes domains', async () => {
  const added = await ok('tenant', 'domain', 'add', '--tenant', 'acme', '--host', 'Shop.Acme.example');
  assert.deepEqual([added.domain.host, added.domain.state], ['shop.acme.example', 'pending']);
  assert.equal((await command('tenant', 'domain', 'verify', '--tenant', 'acme', '--host', 'shop.acme.example')).code, 1);
  names.texts.set('_hark.shop.acme.example', [added.domain.token]);
  assert.equal((await ok('tenant', 'domain', 'verify', '--tenant', 'acme', '--host', 'shop.acme.example')).domain.proof, 'dns');
  const taken = await command('tenant', 'domain', 'add', '--tenant', 'beta', '--host', 'shop.acme.example');
  assert.equal(taken.code, 1);
  assert.match(taken.stderr, /host belongs to another company/);
  const forced = await ok('tenant', 'domain', 'add', '--tenant', 'beta', '--host', 'shop.acme.example', '--force');
  assert.deepEqual([forced.domain.state, forced.domain.proof], ['verified', 'host']);
  assert.deepEqual((await ok('tenant', 'domain', 'list', '--tenant', 'beta')).domains.map((domain) => domain.host), ['shop.acme.example']);
  assert.equal((await ok('tenant', 'domain', 'list', '--tenant', 'acme')).domains.some((domain) => domain.host === 'shop.acme.example'), false);
  await ok('tenant', 'domain', 'remove', '--tenant', 'beta', '--host', 'shop.acme.example');
  assert.equal(await isServed('shop.acme.example'), false);
  assert.equal((await command('tenant', 'domain', 'remove', '--tenant', 'beta', '--host', 'shop.acme.example')).code, 1);
});
