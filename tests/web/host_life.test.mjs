// SPDX-License-Identifier: BSD-2-Clause
// host_life.test.mjs - the whole life of a company by the host's API and by its panel, and views with the company's consent.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceFolder, startHark, until } from '../harness/hark.mjs';

const PASSWORD = 'a long enough secret';
let hark;
let key;
let nextAddress = 10;

function visitor(options = {}) {
  nextAddress += 1;
  return hark.client({ ...options, headers: { 'X-Forwarded-For': `192.0.2.${nextAddress}`, ...options.headers } });
}

async function command(...args) {
  const done = await hark.hark(args, { input: PASSWORD });
  assert.equal(done.code, 0, done.stderr);
  return done;
}

const keyFor = async (permissions) => (await command('operator', 'key', 'create', '--email', 'olga@host.example', '--name', 'k',
  '--permissions', permissions, '--json')).json().secret;
const api = (method, path, body, headers = {}) => hark.client({ headers: { 'X-Api-Key': key, ...headers } })
  .json(method, `/api/v1/host${path}`, body);

async function panel(email = 'olga@host.example') {
  const client = visitor();
  assert.equal((await client.submit('/host/sign-in', { email, password: PASSWORD })).status, 303);
  await client.get('/host/tenants');   // gives the form token
  return client;
}

async function made(body) {
  const reply = await api('POST', '/tenants', body);
  assert.equal(reply.status, 201, reply.text);
  return reply.json();
}

/** The owner of a company, by the link of the host. */
async function owner(id) {
  const link = await api('POST', `/tenants/${id}/sign-in-link`);
  assert.equal(link.status, 201, link.text);
  const client = visitor();
  const reply = await client.submit(new URL(link.json().url).pathname);
  assert.equal(reply.headers.location, '/admin', reply.text);
  await client.get('/admin');
  return client;
}

const audit = (tenant, where = '1') => hark.sql(`SELECT actor_kind, actor_name, action, noun_name, difference FROM audit
  WHERE tenant_id = ${tenant} AND ${where} ORDER BY id`);

before(async () => {
  hark = await startHark({ programs: ['hark-web'] });
  await command('operator', 'create', '--email', 'olga@host.example', '--name', 'Olga Host', '--password-file', '-');
  await command('operator', 'create', '--email', 'rita@host.example', '--name', 'Rita', '--permissions', 'host.read', '--password-file', '-');
  key = await keyFor('*');
});
after(() => hark?.stop());

describe('by the API', () => {
  test('U-36 create, change, suspend, resume, delete with grace, restore', async () => {
    const plan = await api('POST', '/plans', { code: 'small', name: 'Small', agents: '2', storage_mb: 500 });
    assert.equal(plan.status, 201, plan.text);
    assert.equal(plan.headers.location, `/api/v1/host/plans/${plan.json().id}`);
    const tenant = await made({
      code: 'acme', name: 'Acme Ltd', external_id: 'A-1', plan: 'small', owner_email: 'anna@acme.example', owner_name: 'Anna Weber',
      domain: 'help.acme.example', locale: 'fr', time_zone: 'Europe/Paris',
    });
    assert.equal(tenant.plan, 'small');
    assert.equal(tenant.state, 'active');
    assert.deepEqual(tenant.limits.agents, { used: 1, most: 2 });
    const path = `/tenants/${tenant.id}`;
    assert.deepEqual((await api('GET', `${path}/domains`)).json().items.map((one) => [one.host, one.state]), [['help.acme.example', 'verified']]);

    const changed = await api('PATCH', path, { name: 'Acme & Co', locale: 'es', plan: 'unlimited' });
    assert.equal(changed.status, 200, changed.text);
    assert.deepEqual([changed.json().name, changed.json().locale, changed.json().plan, changed.json().time_zone], ['Acme & Co', 'es', 'unlimited', 'Europe/Paris']);

    const suspended = await api('PATCH', path, { state: 'suspended', reason: 'Unpaid' });
    assert.deepEqual([suspended.json().state, suspended.json().reason], ['suspended', 'Unpaid']);
    assert.equal((await api('PATCH', path, { state: 'active' })).json().state, 'active');
    assert.equal((await api('POST', `${path}/suspend`, { reason: 'Again' })).json().reason, 'Again');
    assert.equal((await api('POST', `${path}/resume`)).json().state, 'active');

    for (const body of [undefined, {}, { code: 'ACME' }, { code: 'beta' }]) {
      const refused = await api('DELETE', path, body);
      assert.equal(refused.status, 422, refused.text);
      assert.ok(refused.json().fields.code);
    }
    const deleted = await api('DELETE', path, { code: 'acme', days: 7, reason: 'Left' });
    assert.equal(deleted.status, 200, deleted.text);
    assert.equal(deleted.json().state, 'deleting');
    assert.ok(Date.parse(deleted.json().delete_at) > Date.now() + 6 * 86400000);
    assert.equal((await api('PATCH', path, { state: 'active' })).status, 409);
    assert.equal((await api('POST', `${path}/resume`)).status, 409);
    assert.equal((await api('POST', `${path}/restore`)).json().state, 'active');
    assert.equal((await api('DELETE', `/plans/${plan.json().id}`)).status, 204);

    const log = await audit(tenant.id);
    for (const action of ['tenant.create', 'tenant.update', 'tenant.plan', 'tenant.suspend', 'tenant.resume', 'tenant.delete'])
      assert.ok(log.some((row) => row.action === action && row.actor_kind === 'host' && row.actor_name === 'Olga Host'), action);
    assert.match(log.find((row) => row.action === 'tenant.update').difference, /"name":\["Acme Ltd","Acme \\u0026 Co"\]/);
  });

  test('U-30 the same external id again gives the same company, also from two at once', async () => {
    const body = { code: 'once', name: 'Once', external_id: 'E-1' };
    const first = await made(body);
    const again = await api('POST', '/tenants', { ...body, name: 'Other', code: 'other' });
    assert.equal(again.status, 200);
    assert.equal(again.json().id, first.id);
    assert.equal(again.json().name, 'Once');
    const both = await Promise.all([1, 2, 3, 4].map((n) => api('POST', '/tenants', { code: `twin${n}`, name: 'Twin', external_id: 'E-2' })));
    assert.deepEqual(both.map((reply) => reply.status).sort(), [200, 200, 200, 201]);
    assert.equal(new Set(both.map((reply) => reply.json().id)).size, 1);
  });

  test('what is wrong is said by field, with value and limit, and nothing is stored', async () => {
    await made({ code: 'taken', name: 'Taken', external_id: 'T-1', domain: 'help.taken.example' });
    for (const [body, field, what] of [
      [{ name: 'X' }, 'code', /required/],
      [{ code: 'x1' }, 'name', /required/],
      [{ code: 'taken', name: 'X' }, 'code', /another company/],
      [{ code: 'No Slug', name: 'X' }, 'code', /./],
      [{ code: 'x1', name: 'x'.repeat(121) }, 'name', /120/],
      [{ code: 'x1', name: 'X', plan: 'gold' }, 'plan', /./],
      [{ code: 'x1', name: 'X', locale: 'xx' }, 'locale', /./],
      [{ code: 'x1', name: 'X', time_zone: 'Mars/Base' }, 'time_zone', /./],
      [{ code: 'x1', name: 'X', owner_email: 'nobody' }, 'owner_email', /./],
      [{ code: 'x1', name: 'X', domain: 'help.taken.example' }, 'domain', /another company/],
      [{ code: 'x1', name: 'X', domain: 'not a host' }, 'domain', /./],
      [{ code: 'x1', name: 'X', state: 'suspended' }, 'state', /./],
      [{ code: 'x1', name: 'X', id: 7 }, 'id', /./],
      [{ code: 'x1', name: { a: 1 } }, 'name', /./],
    ]) {
      const reply = await api('POST', '/tenants', body);
      assert.equal(reply.status, 422, `${JSON.stringify(body)}: ${reply.text}`);
      assert.match(reply.json().fields[field]?.message ?? '', what, `${JSON.stringify(body)}: ${reply.text}`);
    }
    assert.deepEqual(await hark.sql("SELECT id FROM tenant WHERE code = 'x1' OR name = 'X'"), []);
    const { id } = (await api('GET', '/tenants?q=taken')).json().items[0];
    const bad = await api('PATCH', `/tenants/${id}`, { name: 'New', plan: 'gold' });
    assert.equal(bad.status, 422);
    assert.ok(bad.json().fields.plan);
    assert.equal((await api('GET', `/tenants/${id}`)).json().name, 'Taken');
    for (const [method, path] of [['GET', '/tenants/999999'], ['PATCH', '/tenants/x'], ['DELETE', '/tenants/0'], ['GET', '/plans/99'], ['GET', '/tenants/999/usage']])
      assert.equal((await api(method, path, method === 'GET' ? undefined : {})).status, 404, path);
  });

  test('the list is searched, narrowed, sorted and paged', async () => {
    for (const letter of ['c', 'a', 'b']) await made({ code: `list-${letter}`, name: `Lister ${letter}%` });
    const { id } = (await api('GET', '/tenants?q=list-a')).json().items[0];
    await api('POST', `/tenants/${id}/suspend`);
    const codes = async (query) => (await api('GET', `/tenants?q=lister&${query}`)).json().items.map((one) => one.code);
    assert.deepEqual(await codes(''), ['list-a', 'list-b', 'list-c']);
    assert.deepEqual(await codes('sort=-name'), ['list-c', 'list-b', 'list-a']);
    assert.deepEqual(await codes('state=suspended'), ['list-a']);
    assert.deepEqual(await codes('plan=unlimited&state=active'), ['list-b', 'list-c']);
    const page = (await api('GET', '/tenants?q=lister&per_page=2&page=2')).json();
    assert.deepEqual([page.total, page.pages, page.items.length], [3, 2, 1]);
    assert.deepEqual((await api('GET', '/tenants?q=%25')).json().total, 3);
    for (const query of ['sort=password', 'state=gone', 'page=0', 'per_page=1000'])
      assert.equal((await api('GET', `/tenants?${query}`)).status, 422, query);
  });

  test('U-32 plans are made, changed and refused by field; one that is in use stays', async () => {
    const plan = (await api('POST', '/plans', { code: 'gold', name: 'Gold', messages_month: 1000 })).json();
    assert.deepEqual([plan.messages_month ?? plan.limits?.messages_month, plan.agents ?? plan.limits?.agents ?? null], [1000, null]);
    assert.equal((await api('PATCH', `/plans/${plan.id}`, { agents: 5 })).status, 200);
    const now = (await api('GET', `/plans/${plan.id}`)).json();
    assert.deepEqual([now.name, now.agents ?? now.limits?.agents, now.messages_month ?? now.limits?.messages_month], ['Gold', 5, 1000]);
    for (const [body, field] of [[{ code: 'gold', name: 'Twice' }, 'code'], [{ code: 'a b', name: 'X' }, 'code'], [{ code: 'x2' }, 'name'],
      [{ code: 'x2', name: 'X', agents: '-1' }, 'agents'], [{ code: 'x2', name: 'X', agents: '1.5' }, 'agents'], [{ code: 'x2', name: 'X', seats: 3 }, 'seats']]) {
      const reply = await api('POST', '/plans', body);
      assert.equal(reply.status, 422, reply.text);
      assert.ok(reply.json().fields[field], reply.text);
    }
    await made({ code: 'golden', name: 'Golden', plan: 'gold' });
    const used = await api('DELETE', `/plans/${plan.id}`);
    assert.equal(used.status, 409, used.text);
    assert.ok((await api('GET', '/plans')).json().items.some((one) => one.code === 'gold'));
  });

  test('domains are added, vouched for and removed; one company each', async () => {
    const [one, two] = [await made({ code: 'dom1', name: 'D1' }), await made({ code: 'dom2', name: 'D2' })];
    const added = await api('POST', `/tenants/${one.id}/domains`, { host: 'Chat.Dom.Example.' });
    assert.equal(added.status, 201, added.text);
    assert.deepEqual([added.json().host, added.json().state], ['chat.dom.example', 'pending']);
    const path = `/tenants/${one.id}/domains/${added.json().id}`;
    assert.equal((await api('POST', `${path}/check`)).status, 200);
    assert.equal((await api('POST', `${path}/verify`)).json().state, 'verified');
    assert.equal((await visitor({ host: 'chat.dom.example' }).get('/sign-in')).status, 200);
    for (const host of ['no host', '', 'chat.dom.example']) {
      const reply = await api('POST', `/tenants/${two.id}/domains`, { host });
      assert.equal(reply.status, 422, `${host}: ${reply.text}`);
      assert.ok(reply.json().fields.host);
    }
    assert.equal((await api('DELETE', `/tenants/${two.id}/domains/${added.json().id}`)).status, 404);
    assert.equal((await api('DELETE', path)).status, 204);
    assert.equal((await visitor({ host: 'chat.dom.example' }).get('/sign-in')).status, 421);
  });

  test('command and API refuse the same with the same words', async () => {
    const { id } = await made({ code: 'words', name: 'Words' });
    const alike = async (problem, args, method, path, body) => {
      const said = await hark.hark([...args, '--json']);
      const answered = await api(method, path, body);
      assert.deepEqual([said.code, answered.status], [1, 422], said.stderr + answered.text);
      const { fields } = answered.json();
      assert.deepEqual(said.json().fields, Object.fromEntries(Object.entries(fields).map(([name, { message }]) => [name, message])));
      assert.match(Object.values(said.json().fields)[0], problem);
    };
    const create = ['tenant', 'create', '--code', 'unmade', '--name', 'Unmade'];
    const unmade = { code: 'unmade', name: 'Unmade' };
    await alike(/^must be one of: .*unlimited/, [...create, '--plan', 'nope'], 'POST', '/tenants', { ...unmade, plan: 'nope' });
    await alike(/^must be one of: .*unlimited/, ['tenant', 'plan', '--tenant', 'words', '--plan', 'nope'], 'PATCH', `/tenants/${id}`, { plan: 'nope' });
    await alike(/^must be one e-mail address/, [...create, '--owner-email', 'nobody'], 'POST', '/tenants', { ...unmade, owner_email: 'nobody' });
    await alike(/^must be a number of at most/, ['plan', 'create', '--code', 'minus', '--name', 'Minus', '--agents', '-1'],
      'POST', '/plans', { code: 'minus', name: 'Minus', agents: -1 });
    for (const [reason, problem] of [['two\nlines', /^must be one line$/], ['a \u0001 bell', /^must not hold control characters$/], ['x'.repeat(256), /^must be at most 255 characters$/]])
      for (const [verb, more, method, path, body] of [['suspend', [], 'POST', `/tenants/${id}/suspend`, {}],
        ['delete', ['--confirm', 'words'], 'DELETE', `/tenants/${id}`, { code: 'words' }]])
        await alike(problem, ['tenant', verb, '--tenant', 'words', ...more, '--reason', reason], method, path, { ...body, reason });
    const wrong = (await api('DELETE', `/tenants/${id}`, { code: 'wrods' })).json();
    assert.equal(wrong.fields.code.message, 'must be the code of the company', 'and does not say which');
    assert.equal((await api('PATCH', `/tenants/${id}`, { plan: '' })).status, 422);
    assert.equal((await api('GET', `/tenants/${id}`)).json().state, 'active');
  });

  test('U-32 usage per day as JSON and as CSV', async () => {
    const tenant = await made({ code: 'used', name: '=Used', external_id: '=1+1' });
    const day = Date.UTC(2026, 0, 5);
    for (let i = 0; i < 3; i += 1)
      await hark.sql(`INSERT INTO tenant_usage (tenant_id, day, messages, chats) VALUES (${tenant.id}, ${day + i * 86400000}, ${10 + i}, 2)`);
    const json = (await api('GET', `/tenants/${tenant.id}/usage?from=2026-01-05&to=2026-01-06`)).json();
    assert.deepEqual([json.from, json.to, json.days.map((one) => one.messages)], ['2026-01-05', '2026-01-06', [10, 11]]);
    for (const reply of [await api('GET', `/tenants/${tenant.id}/usage.csv?from=2026-01-05&to=2026-01-07`),
      await hark.client({ headers: { 'X-Api-Key': key } }).get(`/api/v1/host/tenants/${tenant.id}/usage?from=2026-01-05&to=2026-01-07`, { headers: { Accept: 'text/csv' } })]) {
      assert.match(reply.headers['content-type'], /^text\/csv/);
      const lines = reply.text.replace(/^\ufeff/, '').trim().split('\r\n');
      assert.equal(lines.length, 4, reply.text);
      assert.match(lines[0], /^tenant,external_id,day,messages/);
      assert.match(lines[3], /2026-01-07,12,2/);
      assert.match(lines[3], /"'=1\+1"/);
    }
    const all = (await api('GET', '/usage?from=2026-01-05&to=2026-01-05')).json();
    assert.equal(all.days.length, 1);
    for (const query of ['from=yesterday', 'to=2026-13-40', 'from=2026-01-06&to=2026-01-05', 'from=2020-01-01&to=2026-01-01']) {
      const reply = await api('GET', `/tenants/${tenant.id}/usage?${query}`);
      assert.equal(reply.status, 422, `${query}: ${reply.text}`);
    }
  });

  test('a key does what its rights say, and never more than its operator', async () => {
    const tenant = await made({ code: 'rights', name: 'Rights', owner_email: 'o@rights.example' });
    const only = async (permissions) => {
      const secret = await keyFor(permissions);
      return (method, path, body) => hark.client({ headers: { 'X-Api-Key': secret } }).json(method, `/api/v1/host${path}`, body);
    };
    const billing = await only('host.read host.tenants');
    assert.equal((await billing('PATCH', `/tenants/${tenant.id}`, { name: 'R' })).status, 200);
    assert.equal((await billing('PATCH', `/tenants/${tenant.id}`, { state: 'suspended' })).status, 403);
    assert.equal((await billing('POST', `/tenants/${tenant.id}/suspend`)).status, 403);
    assert.equal((await billing('DELETE', `/tenants/${tenant.id}`, { code: 'rights' })).status, 403);
    assert.equal((await billing('POST', `/tenants/${tenant.id}/sign-in-link`)).status, 403);
    const stop = await only('host.suspend');
    assert.equal((await stop('POST', `/tenants/${tenant.id}/suspend`)).status, 200);
    assert.equal((await stop('POST', `/tenants/${tenant.id}/resume`)).status, 200);
    assert.equal((await stop('GET', '/tenants')).status, 403);
    const { secret } = (await command('operator', 'key', 'create', '--email', 'rita@host.example', '--name', 'more', '--permissions', '*', '--json')).json();
    const rita = hark.client({ headers: { Authorization: `Bearer ${secret}` } });
    assert.equal((await rita.json('GET', '/api/v1/host/tenants')).status, 200);
    assert.equal((await rita.json('POST', '/api/v1/host/tenants', { code: 'zzz', name: 'Z' })).status, 403);
    for (const bad of ['', 'x', 'a'.repeat(300)])
      assert.equal((await hark.client({ headers: { 'X-Api-Key': bad } }).json('GET', '/api/v1/host/tenants')).status, 401);
  });

  test('the link of the API does not follow the Host header', async () => {
    const tenant = await made({ code: 'linked', name: 'Linked', owner_email: 'o@linked.example' });
    const reply = await api('POST', `/tenants/${tenant.id}/sign-in-link`, undefined, { 'X-Forwarded-Host': 'evil.example' });
    assert.ok(reply.json().url.startsWith(`${hark.url}/enter/`));
    assert.ok(Date.parse(reply.json().expires_at) <= Date.now() + 61000);
    const none = await made({ code: 'ownerless', name: 'Ownerless' });
    assert.equal((await api('POST', `/tenants/${none.id}/sign-in-link`)).status, 409);
  });

  test('docs/openapi-host.json has every door of the API, and no other', async () => {
    const document = JSON.parse(readFileSync(join(sourceFolder(), 'docs/openapi-host.json'), 'utf8'));
    const written = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).filter((name) => name !== 'parameters')
      .map((method) => `${method.toUpperCase()} ${path}`)).sort();
    const real = readFileSync(join(sourceFolder(), 'tests/golden/routes.txt'), 'utf8').split('\n').map((line) => line.trim().split(/\s+/))
      .filter(([path]) => path.startsWith('/api/v1/host/')).map(([path, method]) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`).sort();
    assert.deepEqual(written, real);
  });
});

describe('by the panel', () => {
  test('U-36 the whole life of a company by forms without JavaScript', async () => {
    const olga = await panel();
    const list = await olga.get('/host/tenants');
    assert.match(list.text, /href="\/host\/tenants\/new"/);
    const empty = await olga.submit('/host/tenants/new', { name: 'Panel <b>', code: '' });
    assert.equal(empty.status, 422);
    assert.match(empty.text, /Panel &lt;b&gt;/);
    const reply = await olga.submit('/host/tenants/new', {
      name: 'Panel <b>', code: 'panel', owner_email: 'p@panel.example', owner_name: 'Paula Panel', external_id: 'P-1',
    });
    assert.equal(reply.status, 303, reply.text);
    const path = reply.headers.location;
    assert.match(path, /^\/host\/tenants\/\d+$/);
    const page = await olga.get(path);
    for (const text of ['Panel &lt;b&gt;', 'panel', 'Paula Panel', 'P-1', 'Unlimited', 'Active']) assert.ok(page.text.includes(text), text);
    const twice = await olga.follow(await olga.submit('/host/tenants/new', { name: 'Other', code: 'other-panel', external_id: 'P-1' }));
    assert.match(twice.text, /already/);
    assert.match(twice.text, /Panel &lt;b&gt;/);

    assert.equal((await olga.submit(`${path}/facts`, { name: 'Panel Ltd', locale: 'pt' })).headers.location, path);
    assert.match((await olga.get(path)).text, /<h1><bdi>Panel Ltd/);
    assert.equal((await olga.submit(`${path}/facts`, { time_zone: 'Mars/Base' })).status, 422);

    await olga.submit('/host/plans/new', { code: 'tiny', name: 'Tiny plan', agents: '1' });
    assert.equal((await olga.submit(`${path}/plan`, { plan: 'tiny' })).headers.location, path);
    assert.match((await olga.get(path)).text, /Tiny plan/);
    const plans = await olga.get('/host/plans');
    const planPath = /href="(\/host\/plans\/\d+)">Tiny plan/.exec(plans.text)[1];
    assert.equal((await olga.submit(planPath, { agents: 'many' }, { form: planPath })).status, 422);
    const kept = await olga.submit(`${planPath}/delete`);
    assert.equal(kept.status, 409);

    assert.equal((await olga.submit(`${path}/suspend`, { reason: 'Unpaid bill' })).headers.location, path);
    assert.match((await olga.get(path)).text, /Suspended[\s\S]*Unpaid bill/);
    assert.equal((await olga.submit(path, {}, { form: '/resume' })).headers.location, path);

    const wrong = await olga.submit(`${path}/delete`, { confirm: 'other', days: '5' });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /value="other"/);
    assert.equal((await olga.submit(`${path}/delete`, { confirm: 'panel', days: '5' })).headers.location, path);
    const deleting = await olga.get(path);
    assert.match(deleting.text, /Being deleted/);
    assert.doesNotMatch(deleting.text, /sign-in-link/);
    assert.equal((await olga.submit(path, {}, { form: '/undelete' })).headers.location, path);
    assert.match((await olga.get(path)).text, /data-value="active"/);

    const link = await olga.submit(path, {}, { form: '/sign-in-link' });
    assert.equal(link.status, 200);
    const url = /value="([^"]*\/enter\/[^"]*)"/.exec(link.text)[1];
    const paula = visitor();
    assert.equal((await paula.submit(new URL(url).pathname)).headers.location, '/admin');
    assert.match((await paula.get('/admin')).text, /Paula/);
  });

  test('the list is narrowed, sorted, exported; usage and audit are shown', async () => {
    const olga = await panel();
    const tenant = await made({ code: 'formula', name: '=cmd()', external_id: 'F"1' });
    const list = await olga.get('/host/tenants?q=formula');
    assert.match(list.text, /=cmd\(\)/);
    assert.match(list.text, /<strong>1–1<\/strong>/);
    assert.match((await olga.get('/host/tenants?q=nothing-like-it')).text, /Nothing found/);
    assert.equal((await olga.get('/host/tenants?sort=evil&state=x&page=0')).status, 200);
    const some = (await olga.get('/host/tenants?per_page=2')).text;
    const next = /rel="next" href="([^"]*)"/.exec(some)[1].replaceAll('&amp;', '&');
    assert.match(some, /<strong>1–2<\/strong>/);
    assert.match((await olga.get(next)).text, /<strong>3–4<\/strong>/, 'pages stay as long');
    const csv = await olga.get('/host/tenants.csv?q=formula');
    assert.match(csv.text, /"'=cmd\(\)","F""1"/);
    await hark.sql(`INSERT INTO tenant_usage (tenant_id, day, messages) VALUES (${tenant.id}, ${Date.now() - (Date.now() % 86400000)}, 77)`);
    const page = await olga.get(`/host/tenants/${tenant.id}`);
    assert.match(page.text, /<rect x="580" y="0" width="14" height="96"><title>\d+ \w{3} \d{4}: 77/);
    assert.match((await olga.get('/host/usage')).text, /=cmd\(\)[\s\S]*77/);
    assert.equal((await olga.get('/host/usage?from=x')).status, 422);
    assert.match((await olga.get('/host/usage.csv')).text, /,77,/);
    const log = await olga.get('/host/audit');
    assert.match(log.text, /<option value="create">Created/);
    const one = await olga.get(`/host/audit?tenant=${tenant.id}`);
    assert.match(one.text, /=cmd\(\)/);
    assert.doesNotMatch(one.text, /Panel Ltd/);
    const older = /rel="next" href="([^"]*)"/.exec(log.text)?.[1].replaceAll('&amp;', '&');
    if (older) assert.equal((await olga.get(older)).status, 200);
  });

  test('host names by the panel', async () => {
    const olga = await panel();
    const tenant = await made({ code: 'names', name: 'Names' });
    const path = `/host/tenants/${tenant.id}`;
    assert.equal((await olga.submit(`${path}/domains/new`, { host: 'bad host' })).status, 422);
    assert.equal((await olga.submit(`${path}/domains/new`, { host: 'chat.names.example' })).headers.location, path);
    assert.match((await olga.get(path)).text, /Not verified yet/);
    assert.equal((await olga.submit(path, {}, { form: '/check' })).headers.location, path);
    assert.equal((await olga.submit(path, {}, { form: '/verify' })).headers.location, path);
    assert.doesNotMatch((await olga.get(path)).text, /Not verified yet/);
    const remove = /href="([^"]*\/remove)"/.exec((await olga.get(path)).text)[1];
    assert.equal((await olga.submit(remove)).headers.location, path);
    assert.doesNotMatch((await olga.get(path)).text, /chat\.names\.example/);
  });
});

describe('view with consent', () => {
  const routes = readFileSync(join(sourceFolder(), 'tests/golden/routes.txt'), 'utf8').trim().split('\n')
    .map((line) => line.trim().split(/\s+/)).map(([path, method, permission, ...flags]) => ({ path, method, permission, flags }));
  let tenant;
  let olga;
  let boss;

  /** Olga begins a view; gives her browser in the company. */
  async function view() {
    const reply = await olga.submit(`/host/tenants/${tenant.id}`, {}, { form: '/view' });
    assert.equal(reply.status, 200, reply.text);
    const url = new URL(/value="([^"]*\/enter\/[^"]*)"/.exec(reply.text)[1]);
    const client = visitor();
    const entered = await client.submit(url.pathname);
    assert.equal(entered.headers.location, '/admin', entered.text);
    return client;
  }

  before(async () => {
    tenant = await made({ code: 'viewed', name: 'Viewed Ltd', owner_email: 'boss@viewed.example', owner_name: 'Bea Boss' });
    olga = await panel();
    boss = await owner(tenant.id);
    await command('agent', 'create', '--tenant', 'viewed', '--account', 'plain', '--email', 'plain@viewed.example', '--first-name', 'Plain', '--password-file', '-');
  });

  test('P-87 without consent the host cannot view', async () => {
    const reply = await olga.submit(`/host/tenants/${tenant.id}`, {}, { form: '/view' });
    assert.equal(reply.status, 409);
    assert.match(reply.text, /has not allowed it/);
    assert.deepEqual(await hark.sql('SELECT tenant_id FROM enter_link WHERE agent_id = 0'), []);
  });

  test('P-87 only an administrator allows it, for a time that is chosen', async () => {
    const plain = visitor();
    assert.equal((await plain.submit('/sign-in', { company: 'viewed', account: 'plain', password: PASSWORD })).status, 303);
    assert.equal((await plain.get('/admin/support-access')).status, 403);
    assert.match((await boss.get('/admin/support-access')).text, /Nobody of the host has ever looked/);
    assert.equal((await boss.submit('/admin/support-access', { span: 'forever' }, { form: 'support-access' })).status, 422);
    for (const [span, hours] of [['1h', 1], ['24h', 24], ['7d', 168], ['open', 0]]) {
      assert.equal((await boss.submit('/admin/support-access', { span })).status, 303);
      const [row] = await hark.sql(`SELECT until_at - granted_at AS span, agent_name FROM support_access WHERE tenant_id = ${tenant.id}`);
      assert.equal(row.span, hours ? String(hours * 3600000) : null);
      assert.equal(row.agent_name, 'Bea Boss');
    }
    assert.ok((await audit(tenant.id, "action = 'support_access.grant' AND actor_kind = 'agent'")).length === 4);
  });

  test('P-87 with it the operator reads pages, under a banner, and each is in the audit log', async () => {
    const client = await view();
    const start = await client.get('/admin');
    assert.equal(start.status, 200);
    for (const path of ['/admin', '/admin/agents', '/admin/queues', '/admin/widgets', '/admin/history']) {
      const page = await client.get(path);
      assert.equal(page.status, 200, path);
      assert.match(page.text, /class="viewing"[\s\S]*Olga Host/, path);
      assert.match(page.text, /Viewed Ltd/);
    }
    const log = await audit(tenant.id, "action = 'host.view'");
    assert.deepEqual([...new Set(log.map((row) => row.actor_kind))], ['host']);
    for (const path of ['/admin', '/admin/agents', '/admin/history']) assert.ok(log.some((row) => row.noun_name === path && row.actor_name === 'Olga Host'), path);
    const seen = await boss.get('/admin/support-access');
    assert.match(seen.text, /Olga Host[\s\S]*now/);
  });

  test('P-87 nothing can be changed, downloaded or done in another\'s name: every door of the golden list', async () => {
    const client = await view();
    await client.get('/admin/agents');
    const token = client.formToken;
    const before = await hark.sql(`SELECT (SELECT COUNT(*) FROM agent) AS agents, (SELECT MAX(updated_at) FROM agent) AS changed,
      (SELECT COUNT(*) FROM queue) AS queues, (SELECT COUNT(*) FROM setting) AS settings, (SELECT COUNT(*) FROM support_access) AS consents`);
    let changes = 0;
    let downloads = 0;
    for (const { path, method, permission, flags } of routes) {
      if (['public', 'visitor'].includes(permission) || flags.includes('host') || flags.includes('view') || flags.includes('stream')) continue;
      const filled = path.replace(/:id\b/g, '1').replace(/:[a-z]+/g, 'x');
      const reply = await client.request(method, filled, { headers: { 'X-Hark-Form': token, 'Content-Type': 'application/x-www-form-urlencoded' }, body: method === 'GET' ? undefined : 'name=x' });
      if (method !== 'GET') {
        changes += 1;
        assert.ok([401, 403].includes(reply.status), `${method} ${path}: ${reply.status}`);
      } else if (!path.startsWith('/admin')) {
        assert.ok([303, 401].includes(reply.status), `${path}: ${reply.status}`);
      } else if (path.startsWith('/admin/api-keys')) {   // one's own
        assert.ok([303, 403, 404].includes(reply.status), `${path}: ${reply.status}`);
      } else if (path.includes('.') || permission === 'signed-in') {
        downloads += 1;
        assert.equal(reply.status, 403, path);
      } else {
        assert.ok([200, 404].includes(reply.status) || reply.headers.location?.startsWith('/admin/'), `${path}: ${reply.status}`);
      }
    }
    assert.ok(changes > 60 && downloads > 5, `${changes} ${downloads}`);
    assert.deepEqual(await hark.sql(`SELECT (SELECT COUNT(*) FROM agent) AS agents, (SELECT MAX(updated_at) FROM agent) AS changed,
      (SELECT COUNT(*) FROM queue) AS queues, (SELECT COUNT(*) FROM setting) AS settings, (SELECT COUNT(*) FROM support_access) AS consents`), before);
  });

  test('P-87 private rows of the agent who happens to have the operator\'s number are not shown', async () => {
    const client = await view();
    const [{ id }] = await hark.sql("SELECT id FROM operator WHERE email = 'olga@host.example'");
    await hark.sql(`INSERT INTO canned (tenant_id, name, body, agent_id, created_at, updated_at) VALUES (${tenant.id}, 'private-words', 'x', ${id}, 1, 1)`);
    assert.doesNotMatch((await client.get('/admin/canned')).text, /private-words/);
  });

  test('P-87 it ends by the button, after an hour, when the consent is taken back, and when the operator signs out', async () => {
    const gone = async (client) => (await client.get('/admin/agents')).status === 303;
    const first = await view();
    const left = await first.submit('/admin/agents', {}, { form: '/admin/support-view/end' });
    assert.equal(left.headers.location, `/host/tenants/${tenant.id}`);
    assert.ok(await gone(first));

    const second = await view();
    await hark.sql('UPDATE host_view SET expires_at = expires_at - 3600001 WHERE ended_at IS NULL');
    assert.ok(await gone(second));

    const third = await view();
    assert.equal((await boss.submit('/admin/support-access', {}, { form: '/end' })).status, 303);
    await until('the end of the view', () => gone(third), 5);
    assert.equal((await olga.submit(`/host/tenants/${tenant.id}`, {}, { form: '/view' })).status, 409);
    assert.match((await boss.get('/admin/support-access')).text, /Allow it/);

    await boss.submit('/admin/support-access', { span: '1h' });
    const fourth = await view();
    await hark.sql(`UPDATE support_access SET until_at = ${Date.now() - 1} WHERE tenant_id = ${tenant.id}`);
    assert.ok(await gone(fourth));

    await boss.submit('/admin/support-access', { span: '1h' });
    const fifth = await view();
    await olga.get('/host/tenants');
    await olga.post('/host/sign-out', { form: olga.formToken });
    assert.ok(await gone(fifth));
    olga = await panel();
  });

  test('P-87 a link to a view is worth nothing once the consent is gone, nor on the domain of a company', async () => {
    await boss.submit('/admin/support-access', { span: '1h' });
    const reply = await olga.submit(`/host/tenants/${tenant.id}`, {}, { form: '/view' });
    const { pathname } = new URL(/value="([^"]*\/enter\/[^"]*)"/.exec(reply.text)[1]);
    await api('POST', `/tenants/${tenant.id}/domains`, { host: 'desk.viewed.example' });
    await hark.sql("UPDATE tenant_domain SET state = 'verified', proof = 'host' WHERE host = 'desk.viewed.example'");
    assert.equal((await visitor({ host: 'desk.viewed.example' }).get(pathname)).status, 404);
    const late = visitor();
    await late.get(pathname);
    await boss.submit('/admin/support-access', {}, { form: '/end' });
    assert.equal((await late.post(pathname, { form: /name="form" value="([^"]*)"/.exec((await late.get(pathname)).text)[1] })).status, 404);
    assert.ok(!late.cookies.has('hark-view'));
  });

  test('P-87 U-36 a suspended company can be viewed, leaves the view and takes its consent back', async () => {
    await boss.submit('/admin/support-access', { span: '1h' });
    await api('POST', `/tenants/${tenant.id}/suspend`, { reason: 'Unpaid' });
    const client = await view();
    assert.equal((await client.get('/admin/agents')).status, 200);
    assert.equal((await client.submit('/admin/agents', {}, { form: '/admin/support-view/end' })).status, 303);
    assert.equal((await client.get('/admin/agents')).status, 303);
    const again = await owner(tenant.id);
    assert.doesNotMatch((await again.get('/admin/support-access')).text, /name="span"/);
    assert.equal((await again.post('/admin/support-access', { form: again.formToken, span: '7d' })).status, 403);
    assert.equal((await again.submit('/admin/support-access', {}, { form: '/end' })).status, 303);
    assert.deepEqual(await hark.sql(`SELECT tenant_id FROM support_access WHERE tenant_id = ${tenant.id}`), []);
    await api('POST', `/tenants/${tenant.id}/resume`);
  });

  test('an agent\'s own session in the same browser is untouched by a view', async () => {
    await boss.submit('/admin/support-access', { span: '1h' });
    const client = await view();
    client.cookies.set('hark', boss.cookies.get('hark'));
    assert.match((await client.get('/admin')).text, /class="viewing"/);
    assert.doesNotMatch((await client.get('/console')).text, /class="viewing"/);
    await client.submit('/admin/agents', {}, { form: '/admin/support-view/end' });
    assert.match((await client.get('/admin')).text, /Bea Boss/);
  });
});
