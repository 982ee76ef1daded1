// SPDX-License-Identifier: BSD-2-Clause
// audit.test.mjs - the audit log: who changed what, as a page, as CSV, by the API, and how long it is kept.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { startHark, until } from '../harness/hark.mjs';
import { company, PASSWORD } from '../harness/chat.mjs';

let hark;
let firm;
let other;
let anna;
let key;

async function signedIn(firmOf, account, password = PASSWORD) {
  const client = hark.client();
  const reply = await client.submit('/sign-in', { company: firmOf.code, account, password });
  assert.equal(reply.status, 303, reply.text);
  await client.get('/admin');
  return client;
}

const api = (path) => hark.client({ headers: { 'X-Api-Key': key } }).json('GET', path);

before(async () => {
  hark = await startHark({ programs: ['hark-web', 'hark-jobs'] });
  firm = await company(hark, 'acme', { agents: { anna: { role: 'Administrators' }, ben: {} } });
  other = await company(hark, 'beta', { agents: { boss: { role: 'Administrators' } } });
  anna = await signedIn(firm, 'anna');
  key = (await hark.hark(['key', 'create', '--tenant', 'acme', '--account', 'anna', '--name', 'tests', '--json'])).json().key;
});
after(() => hark?.stop());

describe('P-50 the audit log', () => {
  test('P-50 a change is listed with who, what, before and after; a secret is not', async () => {
    const created = await anna.submit('/admin/queues/new', { name: 'Support', description: '<b>for all</b>', for_chat: '1' });
    assert.equal(created.status, 303, created.text);
    const [queue] = await hark.sql(`SELECT id FROM queue WHERE tenant_id = ${firm.id} AND name = 'Support'`);
    await anna.submit(`/admin/queues/${queue.id}`, { name: 'Helpdesk', agents: String(firm.agents.ben) });
    await anna.submit(`/admin/agents/${firm.agents.ben}`, { first_name: 'Benno', password: 'another long secret' });
    const page = await anna.get('/admin/audit');
    assert.equal(page.status, 200);
    assert.match(page.text, /<del dir="auto">Support<\/del>[^]*<ins dir="auto">Helpdesk<\/ins>/);
    assert.match(page.text, /<ins dir="auto">Ben<\/ins>/, 'agents of a queue are told by their names');
    assert.match(page.text, /&lt;b&gt;for all/);
    assert.match(page.text, /\*\*\*/);
    assert.doesNotMatch(page.text, /another long secret/);
    assert.doesNotMatch(page.text, /argon2/);
  });

  test('P-50 sign-ins are listed, good and refused, with the address', async () => {
    const stranger = hark.client({ headers: { 'X-Forwarded-For': '192.0.2.99' } });
    assert.equal((await stranger.submit('/sign-in', { company: 'acme', account: 'anna', password: 'wrong password' })).status, 422);
    const page = await anna.get('/admin/audit?q=192.0.2.99');
    assert.match(page.text, /Sign-in refused/);
    assert.match(page.text, /192\.0\.2\.99/);
    assert.match((await anna.get('/admin/audit?noun=agent')).text, /Signed in/);
  });

  test('filters narrow it, and what does not fit says so', async () => {
    assert.match((await anna.get('/admin/audit?noun=queue&q=Helpdesk')).text, /Helpdesk/);
    assert.match((await anna.get('/admin/audit?q=nothinglikethis')).text, /Nothing found/);
    assert.match((await anna.get('/admin/audit?from=2026-13-99')).text, /From must be a day such as 2026-11-20/);
    const who = async (kind) => [...(await anna.get(`/admin/audit?by=${kind}`)).text.matchAll(/<td data-label="Who">(.*?)<\/td>/gs)].map(([, cell]) => cell);
    const [byCommand, byAgent] = [await who('command'), await who('agent')];
    assert.ok(byCommand.length > 0 && byCommand.every((cell) => cell.includes('Command line')), byCommand.join());
    assert.ok(byAgent.length > 0 && !byAgent.some((cell) => cell.includes('Command line')), byAgent.join());
    assert.doesNotMatch((await anna.get('/admin/audit?to=2020-01-01')).text, /Helpdesk/);
  });

  test('each word for what was done is offered once', async () => {
    assert.equal((await anna.submit('/admin/settings/retention', { keep_days: '500' })).status, 303);
    const select = /<select name="action">(.*?)<\/select>/s.exec((await anna.get('/admin/audit')).text)[1];
    const labels = [...select.matchAll(/<option[^>]*>([^<]*)/g)].map(([, label]) => label);
    assert.ok(labels.includes('Changed') && labels.includes('Settings changed'), labels.join());
    assert.deepEqual(labels, [...new Set(labels)]);
  });

  test('older entries are behind a link, none twice and none lost', async () => {
    for (let i = 0; i < 60; i += 1)
      await hark.sql(`INSERT INTO audit (tenant_id, at, actor_kind, actor_name, action, noun, noun_name, difference)
        VALUES (${firm.id}, ${Date.now()}, 'system', 'page test', 'thing.create', 'thing', 'thing ${i}.', '{}')`);
    const seen = new Set();
    let path = '/admin/audit?noun=thing';
    for (let pages = 0; path && pages < 5; pages += 1) {
      const { text } = await anna.get(path);
      for (const [, number] of text.matchAll(/<bdi>thing (\d+)\.<\/bdi>/g)) {
        assert.ok(!seen.has(number), `thing ${number} twice`);
        seen.add(number);
      }
      path = /rel="next" href="([^"]+)"/.exec(text)?.[1].replaceAll('&amp;', '&');
    }
    assert.equal(seen.size, 60);
  });

  test('P-50 it is exported as CSV, with no formula, and by the API', async () => {
    await anna.submit('/admin/queues/new', { name: '=cmd|calc', for_chat: '1' });
    const csv = await anna.get('/admin/audit.csv');
    assert.equal(csv.status, 200);
    assert.match(csv.headers['content-type'], /text\/csv/);
    assert.match(csv.text, /"'=cmd\|calc"/);
    assert.match(csv.text, /id,at,actor_kind/);
    const reply = await api('/api/v1/audit?noun=queue&per_page=2');
    assert.equal(reply.status, 200);
    const { items, next_before: next } = reply.json();
    assert.equal(items.length, 2);
    assert.equal(items[0].action, 'queue.create');
    assert.deepEqual(items[0].difference.name, ['', '=cmd|calc']);
    assert.equal(items[0].actor.name, 'Anna');
    assert.ok(items[1].id >= next);
    assert.equal((await api('/api/v1/audit?per_page=9999')).status, 422);
  });

  test('only who may read it, and only the own company', async () => {
    const ben = await signedIn(firm, 'ben', 'another long secret');
    assert.equal((await ben.get('/admin/audit')).status, 403);
    assert.equal((await ben.get('/admin/audit.csv')).status, 403);
    const boss = await signedIn(other, 'boss');
    const page = await boss.get('/admin/audit');
    assert.equal(page.status, 200);
    assert.doesNotMatch(page.text, /Helpdesk/);
    assert.doesNotMatch((await boss.get('/admin/audit.csv')).text, /Helpdesk/);
  });

  test('nobody changes it: there is no door that writes', async () => {
    for (const method of ['POST', 'PATCH', 'DELETE']) {
      const reply = await hark.client({ headers: { 'X-Api-Key': key } }).json(method, '/api/v1/audit', {});
      assert.equal(reply.status, 405);
    }
  });

  test('it is kept as long as the company wants', async () => {
    assert.equal((await anna.submit('/admin/settings/audit', { keep_days: '7' })).status, 422);
    const saved = await anna.submit('/admin/settings/audit', { keep_days: '30' });
    assert.equal(saved.status, 303, saved.text);
    await hark.sql(`INSERT INTO audit (tenant_id, at, actor_kind, actor_name, action, noun, noun_name, difference)
      VALUES (${firm.id}, ${Date.now() - 31 * 86400000}, 'system', 'old', 'x.create', 'x', 'old one', '{}'),
      (${other.id}, ${Date.now() - 31 * 86400000}, 'system', 'old', 'x.create', 'x', 'old one', '{}')`);
    await hark.sql("UPDATE job SET due_at = 0 WHERE kind = 'audit.sweep'");
    await until('the old entry is gone', async () => (await hark.sql(`SELECT id FROM audit WHERE tenant_id = ${firm.id} AND noun_name = 'old one'`)).length === 0);
    assert.equal((await hark.sql(`SELECT id FROM audit WHERE tenant_id = ${other.id} AND noun_name = 'old one'`)).length, 1);
    assert.match((await anna.get('/admin/audit?noun=setting')).text, /Days to keep the audit log[^]*<del dir="auto">400<\/del>[^]*<ins dir="auto">30/);
  });
});
