// SPDX-License-Identifier: BSD-2-Clause
// host_api.test.mjs - what the host's panel shows, by its API and by the command too: the audit, operators and keys, views of a company.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { startHark } from '../harness/hark.mjs';

const PASSWORD = 'a long enough secret';
let hark;
let key;
let nextAddress = 10;

function visitor() {
  nextAddress += 1;
  return hark.client({ headers: { 'X-Forwarded-For': `192.0.2.${nextAddress}` } });
}

async function command(...args) {
  const done = await hark.hark(args, { input: PASSWORD });
  assert.equal(done.code, 0, done.stderr);
  return done;
}

const keyFor = async (permissions, name = 'k') => (await command('operator', 'key', 'create', '--email', 'olga@host.example', '--name', name,
  '--permissions', permissions, '--json')).json();
const api = (method, path, body, own = key) => hark.client({ headers: { 'X-Api-Key': own } }).json(method, `/api/v1/host${path}`, body);

let tenant;
before(async () => {
  hark = await startHark({ programs: ['hark-web'] });
  await command('operator', 'create', '--email', 'olga@host.example', '--name', 'Olga Host', '--password-file', '-');
  key = (await keyFor('*')).secret;
  const made = await api('POST', '/tenants', { code: 'acme', name: 'Acme Ltd', owner_email: 'anna@acme.example', owner_name: 'Anna Weber' });
  assert.equal(made.status, 201, made.text);
  tenant = made.json().id;
});
after(() => hark?.stop());

describe('the host by programs', () => {
  test('U-36 the host\'s audit by the API and by the command, page by page', async () => {
    for (let i = 0; i < 3; i += 1) assert.equal((await api('PATCH', `/tenants/${tenant}`, { name: `Acme ${i}` })).status, 200);
    const all = (await api('GET', '/audit')).json();
    assert.ok(all.items.length >= 5);
    assert.deepEqual(all.items.map((one) => one.id), all.items.map((one) => one.id).sort((a, b) => b - a));
    const renamed = all.items[0];
    assert.deepEqual([renamed.action, renamed.actor.kind, renamed.actor.name, renamed.tenant], ['tenant.update', 'host', 'Olga Host', { id: tenant, name: 'Acme 2' }]);
    assert.deepEqual(renamed.difference.name, ['Acme 1', 'Acme 2']);
    assert.ok(all.items.some((one) => one.tenant === null && one.action === 'operator.create' && one.actor.kind === 'command'));

    const pages = [];
    for (let before; ;) {
      const page = (await api('GET', `/audit?per_page=2${before ? `&before=${before}` : ''}`)).json();
      pages.push(...page.items);
      before = page.next_before;
      if (!before) break;
    }
    assert.deepEqual(pages.map((one) => one.id), all.items.map((one) => one.id));
    const own = (await api('GET', `/audit?tenant=${tenant}`)).json().items;
    assert.ok(own.length >= 4 && own.every((one) => one.tenant.id === tenant));
    for (const wrong of ['per_page=0', 'per_page=201', 'before=x', 'tenant=-1']) assert.equal((await api('GET', `/audit?${wrong}`)).status, 422, wrong);
    assert.equal((await api('GET', '/audit', undefined, (await keyFor('host.suspend')).secret)).status, 403);

    const told = (await command('operator', 'log', '--json', '--most', '3', '--before', String(all.items[0].id + 1))).json();
    assert.deepEqual(told.entries, all.items.slice(0, 3));
    const some = (await command('operator', 'log', '--tenant', 'acme')).stdout;
    assert.match(some, /tenant\.update .*Acme/);
    assert.doesNotMatch(some, /operator\.create/);
    assert.equal((await hark.hark(['operator', 'log', '--most', 'x'])).code, 2);
  });

  test('U-36 operators and their keys are seen, and keys taken back, by the API', async () => {
    const made = await keyFor('host.read', 'Billing');
    const listed = (await api('GET', '/keys')).json().items;
    const billing = listed.find((one) => one.name === 'Billing');
    assert.deepEqual(Object.keys(billing).sort(), ['id', 'name', 'operator', 'permissions', 'used_at']);
    assert.equal(billing.operator, 'Olga Host');
    assert.deepEqual((await api('GET', '/operators')).json().items.map((one) => one.email), ['olga@host.example']);
    assert.equal((await api('GET', '/tenants', undefined, made.secret)).status, 200);
    assert.equal((await api('DELETE', `/keys/${billing.id}`, undefined, made.secret)).status, 403);
    assert.equal((await api('DELETE', `/keys/${billing.id}`)).status, 204);
    assert.equal((await api('DELETE', `/keys/${billing.id}`)).status, 404);
    assert.equal((await api('GET', '/tenants', undefined, made.secret)).status, 401);
    const last = (await api('GET', '/audit?per_page=1')).json().items[0];
    assert.deepEqual([last.action, last.name, last.actor.name], ['operator_key.delete', 'Billing', 'Olga Host']);
  });

  test('P-87 a view by the API needs the consent when it is made and when it is opened', async () => {
    const refused = await api('POST', `/tenants/${tenant}/view-link`);
    assert.equal(refused.status, 409);
    assert.equal(refused.json().error, 'no_consent');
    const link = await api('POST', `/tenants/${tenant}/sign-in-link`);
    const anna = visitor();
    assert.equal((await anna.submit(new URL(link.json().url).pathname)).status, 303);
    assert.equal((await anna.submit('/admin/support-access', { span: '1h' })).status, 303);
    const made = await api('POST', `/tenants/${tenant}/view-link`);
    assert.equal(made.status, 201, made.text);
    assert.equal(made.json().allowed_by, 'Anna Weber');
    assert.ok(Date.parse(made.json().allowed_until) > Date.now());
    const late = await api('POST', `/tenants/${tenant}/view-link`);
    const viewer = visitor();
    assert.equal((await viewer.submit(new URL(made.json().url).pathname)).headers.location, '/admin');
    const page = await viewer.get('/admin/agents');
    assert.equal(page.status, 200);
    assert.match(page.text, /class="viewing"[\s\S]*Olga Host/);
    assert.equal((await anna.submit('/admin/support-access', {}, { form: '/end' })).status, 303);
    assert.equal((await viewer.get('/admin/agents')).status, 303);
    assert.equal((await visitor().submit(new URL(late.json().url).pathname)).status, 404);
    assert.equal((await api('POST', `/tenants/${tenant}/view-link`, undefined, (await keyFor('host.sign_in')).secret)).status, 403);
    assert.equal((await api('POST', '/tenants/99999/view-link')).status, 404);
    const actions = (await api('GET', `/audit?tenant=${tenant}`)).json().items.map((one) => one.action);
    for (const action of ['host.view_link', 'host.view_begin', 'host.view']) assert.ok(actions.includes(action), action);
  });
});
