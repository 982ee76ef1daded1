// SPDX-License-Identifier: BSD-2-Clause
// host_audit.test.mjs - the host's audit log: filters, CSV, words for people; and the same words in a company's own log.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { startHark, until } from '../harness/hark.mjs';

const PASSWORD = 'a long enough secret';
let hark;
let olga;
let key;
let acme;
let anna;

const from = (address) => hark.client({ headers: { 'X-Forwarded-For': address } });
const api = (path, own = key) => hark.client({ headers: { 'X-Api-Key': own } }).json('GET', `/api/v1${path}`);
const text = (page) => page.text.slice(page.text.indexOf('<tbody>'));

async function command(...args) {
  const done = await hark.hark(args, { input: PASSWORD });
  assert.equal(done.code, 0, done.stderr);
  return done;
}

before(async () => {
  hark = await startHark({ programs: ['hark-web', 'hark-jobs'] });
  await command('operator', 'create', '--email', 'olga@host.example', '--name', 'Olga Host', '--password-file', '-');
  key = (await command('operator', 'key', 'create', '--email', 'olga@host.example', '--name', 'k', '--permissions', '*', '--json')).json().secret;
  await command('tenant', 'create', '--code', 'beta', '--name', 'Beta');
  acme = (await command('tenant', 'create', '--code', 'acme', '--name', 'Acme Ltd', '--owner-email', 'anna@acme.example', '--json')).json().tenant;
  olga = from('192.0.2.7');
  assert.equal((await olga.submit('/host/sign-in', { email: 'olga@host.example', password: PASSWORD })).status, 303);
  anna = from('192.0.2.8');
  const link = await command('tenant', 'sign-in-link', '--tenant', 'acme', '--json');
  assert.equal((await anna.submit(new URL(link.json().url).pathname)).status, 303);
  await command('tenant', 'suspend', '--tenant', 'acme', '--reason', 'The invoice');
  await command('tenant', 'resume', '--tenant', 'acme');
  assert.equal((await anna.submit('/admin/support-access', { span: '24h' })).status, 303);
  assert.equal((await anna.submit('/admin/support-access', {}, { form: '/end' })).status, 303);
});
after(() => hark?.stop());

describe('U-36 the host\'s audit log', () => {
  test('it is narrowed by words, action, kind of actor, company and days', async () => {
    assert.match(text(await olga.get('/host/audit')), /Signed in[^]*Company suspended|Company suspended[^]*Signed in/);
    const suspended = text(await olga.get('/host/audit?action=tenant.suspend'));
    assert.match(suspended, /Company suspended/);
    assert.doesNotMatch(suspended, /Company resumed|Signed in/);
    assert.match(text(await olga.get('/host/audit?action=sign_in')), /olga@host\.example/);
    assert.match(text(await olga.get('/host/audit?q=The+invoice')), /Company suspended/);
    assert.doesNotMatch(text(await olga.get('/host/audit?q=The+invoice')), /Signed in/);
    assert.doesNotMatch(text(await olga.get('/host/audit?by=host')), /Company suspended/);
    const one = await olga.get(`/host/audit?tenant=${acme.id}&by=command`);
    assert.match(text(one), new RegExp(`href="/host/tenants/${acme.id}"`));
    assert.doesNotMatch(text(one), /Beta|olga@host\.example/);
    assert.match(one.text, new RegExp(`<input type="hidden" name="tenant" value="${acme.id}">`));
    assert.match((await olga.get('/host/audit?to=2020-01-01')).text, /Nothing found/);
    assert.match((await olga.get('/host/audit?from=2026-99-01')).text, /From must be a day such as 2026-11-20/);
    assert.match((await olga.get('/host/audit?before=abc')).text, /before must be a number from 1 to/);
    const foreign = await olga.get('/host/audit?by=foo');
    assert.match(foreign.text, /Who must be one of: agent, api, command, host, system, nobody/);
    assert.doesNotMatch(text(await olga.get('/host/audit')), /tenant\.suspend|host\.sign_in/);
  });

  test('it is exported as CSV with the same filter', async () => {
    const page = await olga.get('/host/audit?action=tenant.suspend');
    const path = /href="(\/host\/audit\.csv[^"]*)"/.exec(page.text)[1].replaceAll('&amp;', '&');
    const csv = await olga.get(path);
    assert.match(csv.headers['content-type'], /text\/csv/);
    const lines = csv.text.trim().split(/\r?\n/);
    assert.match(lines[0], /,tenant_id,tenant$/);
    assert.equal(lines.length, 2);
    assert.match(lines[1], new RegExp(`tenant\\.suspend.*,${acme.id},.*Acme Ltd`));
    assert.equal((await olga.get('/host/audit.csv?from=2026-99-01')).status, 422);
  });

  test('a parameter that is wrong is refused by its name, as in every other list', async () => {
    for (const [query, field] of [['per_page=0', 'per_page'], ['before=x', 'before'], ['tenant=-1', 'tenant'], ['from=2026-99-01', 'from']]) {
      const reply = await api(`/host/audit?${query}`);
      assert.equal(reply.status, 422, query);
      assert.equal(reply.json().error, 'invalid');
      assert.ok(reply.json().fields[field].message, query);
    }
    assert.deepEqual((await api('/host/audit?action=tenant.suspend')).json().items.map((one) => one.action), ['tenant.suspend']);
  });

  test('what belongs to the installation is kept for 400 days', async () => {
    await hark.sql(`INSERT INTO audit (tenant_id, at, actor_kind, actor_name, action, noun, noun_name, difference)
      VALUES (0, ${Date.now() - 401 * 86400000}, 'host', 'Old', 'host.sign_in', 'operator', 'old', '{}'),
      (0, ${Date.now() - 399 * 86400000}, 'host', 'Old', 'host.sign_in', 'operator', 'kept', '{}')`);
    await hark.sql("UPDATE job SET due_at = 0 WHERE kind = 'audit.sweep'");
    await until('the old entry is gone', async () => (await hark.sql("SELECT id FROM audit WHERE noun_name = 'old'")).length === 0);
    assert.equal((await hark.sql("SELECT id FROM audit WHERE noun_name = 'kept'")).length, 1);
  });
});

describe('P-50 a company reads its log in its own words', () => {
  const row = async (action, headers = {}) => text(await anna.get(`/admin/audit?action=${action}`, { headers }));

  test('states, reasons and moments have labels, words and the zone of who reads', async () => {
    const suspended = await row('tenant.suspend');
    assert.match(suspended, /<dt>State<\/dt>[^]*<del dir="auto">Active<\/del>[^]*<ins dir="auto">Suspended<\/ins>/);
    assert.match(suspended, /<dt>Reason<\/dt>[^]*The invoice/);
    await hark.sql(`UPDATE agent SET locale = 'es', time_zone = 'Asia/Tokyo' WHERE tenant_id = ${acme.id}`);
    const granted = await row('support_access.grant');
    assert.match(granted, /Acceso de asistencia permitido/);
    const until = JSON.parse((await hark.sql(`SELECT difference FROM audit WHERE tenant_id = ${acme.id} AND action = 'support_access.grant'`))[0].difference).until[1];
    const [there, hour] = new Date(Date.parse(until) + 9 * 3600000).toISOString().split('T');
    assert.match(granted, new RegExp(`<dt>Hasta</dt>[^]*<ins dir="auto"><time datetime="${until}">${there.split('-').reverse().join('/')} ${hour.slice(0, 5)}</time></ins>`));
    assert.match(await row('tenant.suspend'), /<dt>Estado<\/dt>[^]*<ins dir="auto">Suspendida<\/ins>/);
  });

  test('a parameter that is wrong is refused by its name, by the API and for the CSV', async () => {
    const own = (await command('key', 'create', '--tenant', 'acme', '--account', 'anna', '--name', 'tests', '--json')).json().key;
    for (const [query, field] of [['from=2026-99-01', 'from'], ['to=x', 'to'], ['before=abc', 'before'], ['id=x', 'id'], ['actor=x', 'actor'], ['per_page=201', 'per_page']]) {
      const reply = await api(`/audit?${query}`, own);
      assert.equal(reply.status, 422, query);
      assert.deepEqual(Object.keys(reply.json().fields), [field]);
    }
    const csv = await anna.get('/admin/audit.csv?from=2026-99-01');
    assert.equal(csv.status, 422);
    assert.ok(csv.json().fields.from);
  });
});
