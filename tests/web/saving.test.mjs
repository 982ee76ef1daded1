// SPDX-License-Identifier: BSD-2-Clause
// saving.test.mjs - two who change the same settings: nobody's change is overwritten unseen.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { readForms, startHark } from '../harness/hark.mjs';
import { company, PASSWORD } from '../harness/chat.mjs';
import { whileLocked } from '../harness/meanwhile.mjs';

const ASKS = /Somebody has changed this since you opened it/;
let hark;
let firm;
let boss;
let chief;
let dora;
let addresses = 0;

async function signedIn(account) {
  addresses += 1;
  const client = hark.client({ headers: { 'X-Forwarded-For': `192.0.2.${addresses}` } });
  assert.equal((await client.submit('/sign-in', { company: 'acme', account, password: PASSWORD })).status, 303);
  await client.get('/admin');
  return client;
}

const one = async (sql) => (await hark.sql(sql))[0];
const formOf = (html, field) => readForms(html).find((form) => form.values.some(([name]) => name === field)).values;
/** The form of a page as it is open in somebody's browser. */
const opened = async (client, path, field) => formOf((await client.get(path)).text, field);
const typed = (form, changes) => form.map(([name, value]) => [name, name in changes ? changes[name] : value]);

before(async () => {
  hark = await startHark();
  firm = await company(hark, 'acme', { agents: { boss: { role: 'Administrators' }, chief: { role: 'Administrators' }, dora: {} } });
  [boss, chief, dora] = await Promise.all(['boss', 'chief', 'dora'].map(signedIn));
});
after(() => hark?.stop());

describe('rows', () => {
  test('two programs that change different fields of one row at once both win', async () => {
    const path = `/api/v1/agents/${firm.agents.dora}`;
    for (let i = 0; i < 60; i += 1) {
      const replies = await Promise.all([boss.json('PATCH', path, { title: `title ${i}` }), chief.json('PATCH', path, { phone: `${i}` })]);
      assert.deepEqual(replies.map((reply) => reply.status), [200, 200]);
      const { title, phone } = (await boss.json('GET', path)).json();
      assert.deepEqual({ title, phone }, { title: `title ${i}`, phone: `${i}` });
    }
  });

  test('of two who save the same form at once one is told that it is saved', async () => {
    const path = `/admin/queues/${firm.queue}`;
    const forms = await Promise.all([boss, chief].map((client) => opened(client, path, 'description')));
    const replies = await whileLocked(hark, `SELECT id FROM queue WHERE id = ${firm.queue} FOR UPDATE`, { waits: 'UPDATE `queue` SET updated_at', many: 2 },
      () => Promise.all([boss, chief].map((client, i) => client.post(path, typed(forms[i], { description: `words of ${i}` })))));
    assert.deepEqual(replies.map((reply) => reply.status).sort(), [303, 422]);
    const late = replies.findIndex((reply) => reply.status === 422);
    assert.match(replies[late].text, /Somebody else has changed something that this depends on/);
    assert.ok(replies[late].text.includes(`words of ${late}`), 'what was typed is still there');
    assert.equal((await one(`SELECT description FROM queue WHERE id = ${firm.queue}`)).description, `words of ${1 - late}`);
    const again = await [boss, chief][late].post(path, formOf(replies[late].text, 'description'));
    assert.match(again.text, ASKS);
    assert.equal((await [boss, chief][late].post(path, formOf(again.text, 'description'))).status, 303, 'who has seen it replaces it');
    assert.equal((await one(`SELECT description FROM queue WHERE id = ${firm.queue}`)).description, `words of ${late}`);
  });

  test('a button that fills something in does not take the warning away', async () => {
    const path = `/admin/agents/${firm.agents.dora}`;
    const form = await opened(boss, path, 'title');
    assert.equal((await chief.json('PATCH', `/api/v1/agents/${firm.agents.dora}`, { title: 'Doctor' })).status, 200);
    const filled = await boss.post(path, [...form, ['generate', '1']]);
    assert.equal(filled.status, 200);
    const saved = await boss.post(path, formOf(filled.text, 'title'));
    assert.equal(saved.status, 422);
    assert.match(saved.text, ASKS);
    assert.equal((await one(`SELECT title FROM agent WHERE id = ${firm.agents.dora}`)).title, 'Doctor');
  });

  test('who joined a queue from the other side stays in it until somebody who knows it says otherwise', async () => {
    const path = `/admin/queues/${firm.queue}`;
    const members = async () => (await one(`SELECT COUNT(*) AS n FROM queue_agent WHERE queue_id = ${firm.queue} AND agent_id = ${firm.agents.dora}`)).n;
    const agent = `/api/v1/agents/${firm.agents.dora}`;
    assert.equal((await chief.json('PATCH', agent, { queues: [] })).status, 200);
    const form = await opened(boss, path, 'description');
    assert.equal((await chief.json('PATCH', agent, { queues: [firm.queue] })).status, 200);
    const late = await boss.post(path, typed(form, { description: 'other words' }));
    assert.equal(late.status, 422);
    assert.match(late.text, ASKS);
    assert.equal(await members(), '1');
    assert.equal((await boss.post(path, formOf(late.text, 'description'))).status, 303);
    assert.equal(await members(), '0');
  });
});

describe('who was signed out meanwhile', () => {
  const own = () => ({ headers: { Origin: hark.url } });
  const account = { account: 'fay', first_name: 'Fay', alias: 'Fay', email: 'fay@x.example', bio: '"Long" <typed>\ntext', password: 'a fresh secret' };

  test('what was typed waits on the page, without secrets, and is sent again after signing in', async () => {
    const client = await signedIn('boss');
    const form = typed(await opened(client, '/admin/agents/new', 'bio'), account);
    await hark.sql('DELETE FROM session');
    const late = await client.post('/admin/agents', form, own());
    assert.equal(late.status, 401);
    assert.doesNotMatch(late.text, /a fresh secret/);
    const kept = formOf(late.text, 'bio');
    assert.equal(kept.find(([name]) => name === 'bio')[1], account.bio);
    assert.equal((await client.submit('/sign-in', { company: 'acme', account: 'boss', password: PASSWORD })).status, 303);
    const once = await client.post('/admin/agents', kept, own());
    assert.equal(once.status, 403);
    assert.match(once.text, /send it once more/);
    const role = (await one(`SELECT id FROM role WHERE tenant_id = ${firm.id} AND name = 'Agents'`)).id;
    assert.equal((await client.post('/admin/agents', [...formOf(once.text, 'bio'), ['roles', role]], own())).status, 303);
    assert.equal((await one("SELECT bio FROM agent WHERE account = 'fay'")).bio, account.bio);
    [boss, chief, dora] = await Promise.all(['boss', 'chief', 'dora'].map(signedIn));
  });

  test('what another site sends is not kept, whoever is signed in', async () => {
    for (const client of [hark.client(), boss])
      for (const headers of [{ Origin: 'https://evil.example' }, {}]) {
        const reply = await client.post('/admin/agents', { ...account, form: 'x' }, { headers });
        assert.ok([401, 403].includes(reply.status));
        assert.doesNotMatch(reply.text, /fay@x\.example/);
      }
  });
});

describe('large sets', () => {
  const path = () => `/admin/queues/${firm.queue}`;

  test('a queue of 700 agents is saved by its form', async () => {
    await hark.sql(`INSERT INTO agent (tenant_id, account, email, first_name, alias, created_at, updated_at) VALUES ${[...Array(700)].map((_, i) => `(${firm.id}, 'm${i}', 'm${i}@x.example', 'M', 'M${i}', 1, 1)`).join()};
      INSERT INTO queue_agent (tenant_id, queue_id, agent_id) SELECT tenant_id, ${firm.queue}, id FROM agent WHERE tenant_id = ${firm.id} AND account LIKE 'm%'`);
    const saved = await boss.post(path(), typed(await opened(boss, path(), 'description'), { description: 'of many' }));
    assert.equal(saved.status, 303, saved.text);
    assert.equal((await one(`SELECT description FROM queue WHERE id = ${firm.queue}`)).description, 'of many');
    await hark.sql(`DELETE FROM queue_agent WHERE queue_id = ${firm.queue}; DELETE FROM agent WHERE tenant_id = ${firm.id} AND account LIKE 'm%'`);
  });

  test('a form with more fields than any is told so, with the limit', async () => {
    const many = await boss.post(path(), [...await opened(boss, path(), 'description'), ...[...Array(4000)].map((_, i) => ['agents', `${i}`])]);
    assert.equal(many.status, 413);
    assert.match(many.text, /This form has too many fields: at most 4000/);
  });
});

describe('one’s own profile', () => {
  const row = () => one(`SELECT bio, phone, avatar FROM agent WHERE id = ${firm.agents.dora}`);
  const waits = { waits: 'UPDATE .*agent.* SET' };

  test('what an administrator changes at the same time stays: a field, and the picture', async () => {
    const reply = await whileLocked(hark, `UPDATE agent SET phone = '123', avatar = 'ab/new', updated_at = updated_at + 1 WHERE id = ${firm.agents.dora}`, waits,
      () => dora.json('PATCH', '/api/v1/me', { bio: 'About me' }));
    assert.equal(reply.status, 200, reply.text);
    assert.deepEqual({ ...await row() }, { bio: 'About me', phone: '123', avatar: 'ab/new' });
  });

  test('its form does not overwrite unseen what was changed at the same time, or while it was open', async () => {
    const form = await opened(dora, '/admin/profile', 'bio');
    const same = await whileLocked(hark, `UPDATE agent SET phone = '456', updated_at = updated_at + 1 WHERE id = ${firm.agents.dora}`, waits,
      () => dora.post('/admin/profile', typed(form, { bio: 'Another one' })));
    assert.equal(same.status, 422);
    assert.match(same.text, /Somebody else has changed something that this depends on/);
    const late = await dora.post('/admin/profile', formOf(same.text, 'bio'));
    assert.equal(late.status, 422);
    assert.match(late.text, ASKS);
    assert.equal((await row()).phone, '456');
    assert.equal((await dora.post('/admin/profile', formOf(late.text, 'bio'))).status, 303);
    const { bio, phone } = await row();
    assert.deepEqual({ bio, phone }, { bio: 'Another one', phone: '123' });
  });
});

describe('what a company has once', () => {
  const path = '/admin/settings/security';
  const api = '/api/v1/settings/security';
  const stored = async () => (await boss.json('GET', api)).json();

  test('a form that was open while somebody else saved asks first', async () => {
    const form = await opened(boss, path, 'idle_hours');
    assert.equal((await chief.json('PATCH', api, { api_keys: false })).status, 200);
    const late = await boss.post(path, typed(form, { idle_hours: '11' }));
    assert.equal(late.status, 422);
    assert.match(late.text, ASKS);
    assert.equal((await stored()).api_keys, false);
    assert.equal((await boss.post(path, formOf(late.text, 'idle_hours'))).status, 303);
    const { api_keys: keys, idle_hours: hours } = await stored();
    assert.deepEqual({ keys, hours }, { keys: true, hours: 11 });
  });

  for (const [what, prepare] of [['that nobody has saved before', 'DELETE FROM setting WHERE'], ['that were saved before', 'UPDATE setting SET updated_at = 1 WHERE']]) {
    /** Both have read before either may store: the first of them to store makes the other one late. */
    const together = (act) => whileLocked(hark, `INSERT INTO setting (tenant_id, name, value, updated_at) VALUES (${firm.id}, 'security', '{}', 1)
      ON DUPLICATE KEY UPDATE updated_at = updated_at + 1`, { waits: 'INSERT INTO setting', many: 2 }, act);
    const prepared = () => hark.sql(`${prepare} tenant_id = ${firm.id} AND name = 'security'`);

    test(`of two programs that change different values ${what}, both win`, async () => {
      await prepared();
      const replies = await together(() => Promise.all([boss.json('PATCH', api, { idle_hours: 33 }), chief.json('PATCH', api, { session_days: 44 })]));
      assert.deepEqual(replies.map((reply) => reply.status), [200, 200]);
      const { idle_hours: hours, session_days: days } = await stored();
      assert.deepEqual({ hours, days }, { hours: 33, days: 44 });
    });

    test(`of two forms of values ${what}, one is told that it is saved`, async () => {
      await prepared();
      const forms = await Promise.all([boss, chief].map((client) => opened(client, path, 'idle_hours')));
      const replies = await together(() => Promise.all([boss, chief].map((client, i) => client.post(path, typed(forms[i], { idle_hours: `${20 + i}` })))));
      assert.deepEqual(replies.map((reply) => reply.status).sort(), [303, 422]);
      assert.equal((await stored()).idle_hours, 20 + replies.findIndex((reply) => reply.status === 303));
    });
  }
});
