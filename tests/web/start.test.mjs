// SPDX-License-Identifier: BSD-2-Clause
// start.test.mjs - the first steps of a new company, which know what is done.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { startHark } from '../harness/hark.mjs';
import { Agent, company, PASSWORD, Visitor } from '../harness/chat.mjs';

let hark;
let firm;
let boss;

/** What is done, by label. */
async function steps(client = boss) {
  const { text } = await client.get('/admin');
  return Object.fromEntries([...text.matchAll(/<li( class="done")?><a href="([^"]+)"><strong>([^<]+)<\/strong>/g)].map(([, done, , label]) => [label, Boolean(done)]));
}

async function signedIn(account) {
  const client = hark.client();
  assert.equal((await client.submit('/sign-in', { company: firm.code, account, password: PASSWORD })).status, 303);
  return client;
}

before(async () => {
  hark = await startHark();
  firm = await company(hark, 'acme', { agents: { boss: { role: 'Administrators', queue: false } } });
  boss = await signedIn('boss');
});
after(() => hark?.stop());

describe('first steps', () => {
  test('a new company has five to seven steps, none of them done', async () => {
    const first = await steps();
    assert.ok(Object.keys(first).length >= 5 && Object.keys(first).length <= 7);
    assert.deepEqual(Object.values(first).filter(Boolean), []);
  });

  test('the widget on a page of the company is noticed, with the host; our own pages do not count', async () => {
    await hark.client({ headers: { Referer: `${hark.url}/admin/installation` } }).get(`/widget/${firm.key}.js`);
    assert.equal((await steps())['Put the chat on your web site'], false);
    await hark.client({ headers: { Referer: 'https://shop.example/boots?x=<b>' } }).get(`/widget/${firm.key}.js`);
    const { text } = await boss.get('/admin');
    assert.match(text, /It was seen on shop\.example\./);
    assert.equal((await steps())['Put the chat on your web site'], true);
    await hark.client({ headers: { Referer: 'https://other.example/' } }).get(`/widget/${firm.key}.js`);
    assert.match((await boss.get('/admin')).text, /shop\.example/, 'it is written once an hour');
  });

  test('each step is done when it is done', async () => {
    await boss.submit('/admin/canned/new', { name: 'Hello', body: 'Hello!' });
    await boss.submit('/admin/agents/new', { account: 'ben', first_name: 'Ben', alias: 'Ben', email: 'ben@acme.example', password: PASSWORD,
      roles: String((await hark.sql(`SELECT id FROM role WHERE tenant_id = ${firm.id} AND name = 'Agents'`))[0].id), queues: String(firm.queue) });
    let now = await steps();
    for (const label of ['Write answers that you often need', 'Add your colleagues', 'Sort them into queues']) assert.equal(now[label], true, label);
    assert.equal(now['Answer a first chat'], false);
    const ben = await Agent.at(hark, firm, 'ben');
    const vera = new Visitor(hark, firm.key);
    await vera.start('Hello?');
    assert.equal((await ben.act(vera.chat, 'accept')).status, 200);
    now = await steps();
    assert.equal(now['Answer a first chat'], true);
  });

  test('who may not do a step does not see it', async () => {
    assert.deepEqual(Object.keys(await steps(await signedIn('ben'))), ['Answer a first chat']);
  });

  test('the list can be put away and taken out again', async () => {
    assert.equal((await boss.submit('/admin', {}, { form: '/admin/first-steps/hide' })).status, 303);
    assert.deepEqual(await steps(), {});
    assert.equal((await boss.submit('/admin', {}, { form: '/admin/first-steps/show' })).status, 303);
    assert.equal(Object.keys(await steps()).length, 7);
  });

  test('what could not be put away is not said to be', async () => {
    await boss.get('/admin');
    await hark.sql('CREATE TRIGGER full BEFORE INSERT ON setting FOR EACH ROW SIGNAL SQLSTATE "45000"');
    try {
      assert.equal((await boss.post('/admin/first-steps/hide', { form: boss.formToken })).status, 500);
    } finally {
      await hark.sql('DROP TRIGGER full');
    }
    const { text } = await boss.get('/admin');
    assert.doesNotMatch(text, /are put away/);
  });

  test('the way back to them stands on their pages until all are done', async () => {
    const way = async () => /<nav class="way"[\s\S]*?<\/nav>/.exec((await boss.get('/admin/queues')).text)?.[0];
    assert.match(await way(), /4 \/ 7 |5 \/ 7 /);
    await hark.sql(`REPLACE INTO setting (tenant_id, name, value, updated_at) VALUES (${firm.id}, 'brand', '{}', 1);
      UPDATE calendar SET updated_at = created_at + 1 WHERE tenant_id = ${firm.id}`);
    assert.ok(Object.values(await steps()).every(Boolean));
    assert.equal(await way(), undefined);
  });
});
