// SPDX-License-Identifier: BSD-2-Clause
// host_meanwhile.test.mjs - what hosts change while somebody else does, and what they send by mistake: nothing is lost, given or deleted in silence.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { startHark } from '../harness/hark.mjs';
import { whileLocked } from '../harness/meanwhile.mjs';

const PASSWORD = 'a long enough secret';
let hark;
let key;
let nextAddress = 10;

function visitor() {
  nextAddress += 1;
  return hark.client({ headers: { 'X-Forwarded-For': `192.0.2.${nextAddress}` } });
}

async function command(...args) {
  const done = await hark.hark([...args, '--json'], { input: PASSWORD });
  assert.equal(done.code, 0, done.stderr);
  return done.json();
}

const api = (method, path, body) => hark.client({ headers: { 'X-Api-Key': key } }).json(method, `/api/v1/host${path}`, body);

async function made(path, body) {
  const reply = await api('POST', path, body);
  assert.equal(reply.status, 201, reply.text);
  return reply.json();
}

async function panel(email = 'olga@host.example') {
  const client = visitor();
  assert.equal((await client.submit('/host/sign-in', { email, password: PASSWORD })).status, 303);
  await client.get('/host/tenants');   // gives the form token
  return client;
}

const locking = { waits: '(UPDATE|DELETE FROM) (plan|tenant) |.* FROM (plan|tenant) .*(FOR UPDATE|LOCK IN SHARE MODE)$' };
const meanwhile = (change, act) => whileLocked(hark, change, locking, act);

before(async () => {
  hark = await startHark({ programs: ['hark-web'] });
  await command('operator', 'create', '--email', 'olga@host.example', '--name', 'Olga Host', '--password-file', '-');
  key = (await command('operator', 'key', 'create', '--email', 'olga@host.example', '--name', 'k', '--permissions', '*')).secret;
});
after(() => hark?.stop());

describe('two at once', () => {
  test('U-36 a new plan, and a name that is changed in the same moment: both are stored', async () => {
    await made('/plans', { code: 'pro', name: 'Pro' });
    const { id } = await made('/tenants', { code: 'both', name: 'Before', external_id: 'B-1' });
    const reply = await meanwhile(`UPDATE tenant SET name = 'Meanwhile', time_zone = 'Europe/Paris' WHERE id = ${id}`,
      () => api('PATCH', `/tenants/${id}`, { plan: 'pro', locale: 'fr' }));
    assert.equal(reply.status, 200, reply.text);
    const { name, plan, locale, time_zone: zone, external_id: external } = reply.json();
    assert.deepEqual({ name, plan, locale, zone, external }, { name: 'Meanwhile', plan: 'pro', locale: 'fr', zone: 'Europe/Paris', external: 'B-1' });
    const log = await hark.sql(`SELECT action, difference FROM audit WHERE tenant_id = ${id} AND action IN ('tenant.update', 'tenant.plan') ORDER BY id`);
    assert.deepEqual(log.map((row) => [row.action, JSON.parse(row.difference)]),
      [['tenant.update', { locale: ['en', 'fr'] }], ['tenant.plan', { plan: ['unlimited', 'pro'] }]]);
  });

  test('U-32 two limits of a plan that are changed in the same moment: both are stored', async () => {
    const { id } = await made('/plans', { code: 'limits', name: 'Limits', agents: 1, queues: 1, storage_mb: 10 });
    const reply = await meanwhile(`UPDATE plan SET agents = 7 WHERE id = ${id}`, () => api('PATCH', `/plans/${id}`, { queues: 3 }));
    assert.equal(reply.status, 200, reply.text);
    assert.deepEqual((await hark.sql(`SELECT name, agents, queues, storage_mb, widgets FROM plan WHERE id = ${id}`))[0],
      { name: 'Limits', agents: '7', queues: '3', storage_mb: '10', widgets: null });
    const changed = await command('plan', 'change', '--code', 'limits', '--storage-mb', '');
    assert.deepEqual([changed.plan.limits.agents, changed.plan.limits.queues, changed.plan.limits.storage_mb, changed.plan.name], [7, 3, null, 'Limits']);
  });

  test('U-32 a plan that is deleted while it is given is not given, and one that is given meanwhile is not deleted', async () => {
    const [first, second] = [await made('/plans', { code: 'goes', name: 'Goes' }), await made('/plans', { code: 'stays', name: 'Stays' })];
    const { id } = await made('/tenants', { code: 'planned', name: 'Planned' });
    const given = await meanwhile(`DELETE FROM plan WHERE id = ${first.id}`, () => api('PATCH', `/tenants/${id}`, { plan: 'goes' }));
    assert.equal(given.status, 422, given.text);
    assert.match(given.json().fields.plan.message, /^must be one of: /);
    const taken = await made('/plans', { code: 'goes', name: 'Goes' });
    const opened = await meanwhile(`DELETE FROM plan WHERE id = ${taken.id}`,
      () => api('POST', '/tenants', { code: 'opened', name: 'Opened', plan: 'goes' }));
    assert.equal(opened.status, 422, opened.text);
    const kept = await meanwhile(`UPDATE tenant t JOIN plan p ON p.id = ${second.id} SET t.plan_id = p.id, p.updated_at = p.updated_at + 1 WHERE t.id = ${id}`,
      () => api('DELETE', `/plans/${second.id}`));
    assert.equal(kept.status, 409, kept.text);
    assert.equal((await api('GET', `/tenants/${id}`)).json().plan, 'stays');
    assert.equal((await hark.sql('SELECT COUNT(*) AS n FROM tenant t LEFT JOIN plan p ON p.id = t.plan_id WHERE p.id IS NULL'))[0].n, '0');
  });
});

describe('sent by mistake', () => {
  test('U-30 external numbers are compared sign by sign, and searched as one likes', async () => {
    const ids = [];
    for (const [code, external] of [['case1', 'cus_aBc'], ['case2', 'cus_abc'], ['case3', 'cus_àbc']])
      ids.push((await made('/tenants', { code, name: code, external_id: external })).id);
    assert.equal(new Set(ids).size, 3);
    const again = await api('POST', '/tenants', { code: 'case4', name: 'case4', external_id: 'cus_abc' });
    assert.deepEqual([again.status, again.json().id], [200, ids[1]]);
    assert.equal((await api('GET', '/tenants?q=CUS_ABC')).json().total, 3);
    assert.equal((await command('tenant', 'list', '--search', 'CUS_ABC')).tenants.length, 3);
    assert.equal((await command('tenant', 'show', '--external-id', 'cus_aBc')).tenant.id, ids[0]);
  });

  test('U-36 an empty number of days deletes nothing', async () => {
    const { id } = await made('/tenants', { code: 'empty', name: 'Empty' });
    const olga = await panel();
    for (const days of ['', ' ', 'x', '3651']) {
      const page = await olga.submit(`/host/tenants/${id}/delete`, { confirm: 'empty', days });
      assert.equal(page.status, 422, `“${days}”`);
    }
    for (const body of [{ days: '' }, { days: null }, { days: 'x' }, { days: 3651 }, { day: 7 }, { reson: 'x' }]) {
      const reply = await api('DELETE', `/tenants/${id}`, { code: 'empty', ...body });
      assert.equal(reply.status, 422, JSON.stringify(body));
      assert.deepEqual(Object.keys(reply.json().fields), Object.keys(body));
    }
    assert.equal((await api('GET', `/tenants/${id}`)).json().state, 'active');
    assert.equal((await olga.submit(`/host/tenants/${id}/delete`, { confirm: 'empty', days: '0' })).status, 303, '0 is a number');
  });

  test('U-36 the reason: of what is suspended it is changed alone, of anything else it is refused, and deleting gives it back', async () => {
    const { id } = await made('/tenants', { code: 'reasons', name: 'Reasons' });
    const patch = (body) => api('PATCH', `/tenants/${id}`, body);
    for (const body of [{ reason: 'Why' }, { state: 'active', reason: 'Why' }]) {
      const refused = await patch(body);
      assert.equal(refused.status, 422, refused.text);
      assert.match(refused.json().fields.reason.message, /suspended/);
    }
    assert.equal((await patch({ state: '' })).status, 422);
    const misspelt = await api('POST', `/tenants/${id}/suspend`, { reson: 'Unpaid' });
    assert.deepEqual([misspelt.status, Object.keys(misspelt.json().fields)], [422, ['reson']]);
    assert.equal((await api('POST', `/tenants/${id}/suspend`, { reason: 'Unpaid' })).json().reason, 'Unpaid');
    assert.equal((await patch({ reason: 'Still unpaid' })).json().reason, 'Still unpaid');
    for (const again of [await patch({ state: 'suspended' }), await api('POST', `/tenants/${id}/suspend`)])
      assert.equal(again.json().reason, 'Still unpaid', 'what is not sent stays');

    for (const reason of ['Left', 'Left for good'])
      assert.equal((await api('DELETE', `/tenants/${id}`, { code: 'reasons', reason })).json().reason, reason);
    assert.equal((await patch({ reason: 'Other' })).status, 409);
    const back = (await api('POST', `/tenants/${id}/restore`)).json();
    assert.deepEqual([back.state, back.reason], ['suspended', 'Still unpaid']);
    assert.equal((await api('POST', `/tenants/${id}/resume`)).json().reason, '');
    await api('DELETE', `/tenants/${id}`, { code: 'reasons', reason: 'Once more' });
    const active = (await api('POST', `/tenants/${id}/restore`)).json();
    assert.deepEqual([active.state, active.reason], ['active', '']);

    const billing = (await command('operator', 'key', 'create', '--email', 'olga@host.example', '--name', 'b', '--permissions', 'host.read host.tenants')).secret;
    assert.equal((await hark.client({ headers: { 'X-Api-Key': billing } }).json('PATCH', `/api/v1/host/tenants/${id}`, { reason: 'x' })).status, 403);
  });

  test('U-31 nobody looks for a proof of what the host vouches for, and who asks for it is told', async () => {
    const { id } = await made('/tenants', { code: 'vouched', name: 'Vouched', domain: 'help.vouched.example' });
    const domain = (await api('GET', `/tenants/${id}/domains`)).json().items[0];
    const reply = await api('POST', `/tenants/${id}/domains/${domain.id}/check`);
    assert.deepEqual([reply.status, reply.json().error], [409, 'conflict'], reply.text);
    const olga = await panel();
    assert.equal((await olga.post(`/host/tenants/${id}/domains/${domain.id}/check`, { form: olga.formToken })).status, 409);
    assert.deepEqual((await hark.sql(`SELECT check_at FROM tenant_domain WHERE id = ${domain.id}`))[0], { check_at: null });
    assert.deepEqual(await hark.sql(`SELECT id FROM job WHERE kind = 'domain.check' AND tenant_id = ${id}`), []);
  });
});

test('U-36 long names and addresses are cut in the audit log, and stop nothing', async () => {
  const email = `${'o'.repeat(60)}@${'long.'.repeat(30)}example`;
  await command('operator', 'create', '--email', email, '--name', 'o'.repeat(120), '--password-file', '-');
  const client = await panel(email);
  const changed = await client.submit('/host/password', { old_password: PASSWORD, new_password: 'another long secret', confirm_password: 'another long secret' });
  assert.equal(changed.status, 303, changed.text);
  const { noun_name: kept } = (await hark.sql("SELECT noun_name FROM audit WHERE tenant_id = 0 AND action = 'operator.create' ORDER BY id DESC LIMIT 1"))[0];
  assert.equal(kept, email.slice(0, 160));
});
