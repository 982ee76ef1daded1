// SPDX-License-Identifier: BSD-2-Clause
// meanwhile.test.mjs - two things in the same moment, one of which waits for the other's row; and what is left when something broke off.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { startHark, until } from '../harness/hark.mjs';
import { whileLocked } from '../harness/database.mjs';
import { request } from '../harness/http.mjs';
import { Agent, company, sayTooMuch, Visitor } from '../harness/chat.mjs';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
let hark;
let companies = 0;
const people = [];

async function fresh(agents = { anna: {} }) {
  companies += 1;
  return company(hark, `same${companies}`, { agents });
}

async function agentAt(firm, name) {
  const agent = await Agent.at(hark, firm, name);
  people.push(agent);
  return agent;
}

async function waiting(firm, text) {
  const visitor = new Visitor(hark, firm.key);
  people.push(visitor);
  assert.equal((await visitor.start(text)).status, 200);
  return visitor;
}

/** Somebody else changes a chat while `act` is about to write into it. */
const chatLocked = (change, act) => whileLocked(hark.database, { change, waiting: 'UPDATE conversation SET last_seq' }, act);

/** The names of all kept files of a company. */
function keptFiles(firm) {
  const folder = path.join(hark.folder, 'data/files', String(firm.id));
  return fs.existsSync(folder) ? fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => entry.name) : [];
}

const job = async (id) => (await hark.sql(`SELECT state, tries, problem, due_at FROM job WHERE id = ${id}`))[0];
const addJob = async (kind, more = {}) => {
  const columns = { tenant_id: 1, kind: `'${kind}'`, subject: 0, payload: "''", due_at: 1, created_at: 1, ...more };
  return Number((await hark.sql(`INSERT INTO job (${Object.keys(columns)}) VALUES (${Object.values(columns)}); SELECT LAST_INSERT_ID() AS id`))[0].id);
};

before(async () => {
  hark = await startHark();
});
after(async () => {
  for (const person of people) await person.stop();
  await hark?.stop();
});

describe('chats', () => {
  test('a text that opens the chat again just when it is closed begins a new one', async () => {
    const firm = await fresh();
    await agentAt(firm, 'anna');
    const visitor = await waiting(firm, 'first');
    const old = visitor.chat;
    const reply = await chatLocked(`UPDATE conversation SET state = 'closed', close_reason = 'agent', closed_at = 1 WHERE id = ${old}`,
      () => visitor.json('start', { client_id: randomUUID(), text: 'not lost', name: 'Vera', page_url: 'https://shop.example/', page_title: 'Shop' }));
    assert.equal(reply.status, 200, reply.text);
    assert.notEqual(reply.json().conversation.id, old);
    assert.deepEqual((await hark.sql(`SELECT conversation_id, body FROM message WHERE tenant_id = ${firm.id} AND body = 'not lost'`)).map((row) => Number(row.conversation_id)),
      [reply.json().conversation.id]);
  });

  test('X-ROUT-02 refusing twice counts once, and only for whom it rings', async () => {
    const firm = await fresh({ anna: {}, ben: {} });
    const anna = await agentAt(firm, 'anna');
    await agentAt(firm, 'ben');
    const visitor = await waiting(firm, 'hello');
    for (let i = 0; i < 3; i += 1) assert.equal((await anna.act(visitor.chat, 'refuse')).status, 204);
    const [{ refusals }] = await hark.sql(`SELECT refusals FROM conversation WHERE id = ${visitor.chat}`);
    assert.equal(Number(refusals), 1);
    assert.equal((await hark.sql(`SELECT seq FROM message WHERE conversation_id = ${visitor.chat} AND tenant_id = ${firm.id} AND body LIKE '%refused%'`)).length, 1);
  });

  test('U-01 who waits in a queue hears of a better place when the chat before goes to another queue', async () => {
    const firm = await fresh({ anna: {}, boss: { role: 'Administrators' } });
    const boss = await agentAt(firm, 'boss');
    const [{ id: other }] = await hark.sql(`INSERT INTO queue (tenant_id, name, description, created_at, updated_at) VALUES (${firm.id}, 'Other', '', 1, 1); SELECT LAST_INSERT_ID() AS id`);
    await agentAt(firm, 'anna');
    const first = await waiting(firm, 'first');
    const second = await waiting(firm, 'second');
    second.listen();
    assert.equal((await boss.act(first.chat, 'transfer', { queue: Number(other), force: true })).status, 200);
    await second.heard((event) => event.type === 'state' && event.position === 1);
  });
});

describe('files', () => {
  test('who sends too fast is told before the file is taken, and nothing is kept', async () => {
    const firm = await fresh();
    await agentAt(firm, 'anna');
    const visitor = await waiting(firm, 'hello');
    assert.equal((await visitor.upload('a.txt', 'no preview will be made of it')).status, 200);
    await sayTooMuch(hark, visitor);
    const before = keptFiles(firm).length;
    const late = await visitor.upload('b.png', PNG);
    assert.equal(late.status, 429, late.text);
    assert.equal(late.headers['retry-after'], '5');
    assert.equal(keptFiles(firm).length, before);
  });

  test('a file that no row has is removed when it is looked for; one that has a row stays', async () => {
    const firm = await fresh();
    await agentAt(firm, 'anna');
    const visitor = await waiting(firm, 'hello');
    const ids = [];
    for (const name of ['stays.txt', 'goes.txt']) ids.push((await visitor.upload(name, `text of ${name}`)).json().message.file.id);
    const [{ stored: lost }] = await hark.sql(`SELECT stored FROM file WHERE tenant_id = ${firm.id} AND id = ${ids[1]}`);
    assert.equal(keptFiles(firm).length, 2);
    await hark.sql(`DELETE FROM file WHERE tenant_id = ${firm.id} AND id = ${ids[1]}; UPDATE job SET due_at = 1 WHERE tenant_id = ${firm.id} AND kind = 'file.look'`);
    await until('both were looked for', async () => (await hark.sql(`SELECT id FROM job WHERE tenant_id = ${firm.id} AND kind = 'file.look'`)).length === 0);
    assert.equal(keptFiles(firm).length, 1);
    assert.ok(!keptFiles(firm).includes(path.basename(lost)));
  });
});

describe('jobs', () => {
  test('a job whose processes have died each time is dead; one of a newer release waits; a dead timer lives again', async () => {
    const killer = await addJob('file.look', { tries: 12 });
    const future = await addJob('from.the.future', { tries: 3 });
    await until('the first is dead', async () => (await job(killer)).state === 'dead');
    assert.match((await job(killer)).problem, /has died/);
    await until('the other is put off', async () => Number((await job(future)).due_at) > Date.now());
    assert.equal((await job(future)).state, 'due');
    await hark.sql("UPDATE job SET state = 'dead' WHERE kind = 'routing.sweep'");
    await hark.restart('hark-jobs');
    await until('the timer runs', async () => (await hark.sql("SELECT id FROM job WHERE kind = 'routing.sweep' AND state <> 'dead'")).length === 1);
    await hark.sql(`DELETE FROM job WHERE id IN (${killer}, ${future})`);
  });
});

describe('what is refused before it is known who asks', () => {
  test('errors speak the language of who asks, not of who asked before', async () => {
    const ask = (language, where = '/nothing', options = {}) => request(hark.url + where, { ...options, headers: { 'Accept-Language': language, ...options.headers } });
    for (let i = 0; i < 6; i += 1) {
      await ask('es', '/sign-in');
      assert.match((await ask('en')).text, /<html lang="en"/);
      assert.match((await ask('fr')).text, /<html lang="fr"/);
      assert.match((await ask('pt', '/sign-in', { method: 'DELETE' })).text, /<html lang="pt"/);
      assert.match((await ask('en', '/sign-in?a=%00')).text, /<html lang="en"/);
    }
  });

  test('a body is read only when somebody may send it; a form that is too large is answered with a page', async () => {
    const bad = { method: 'POST', headers: { 'Content-Type': 'multipart/form-data; boundary=x', Accept: 'text/html' }, body: 'no form at all' };
    assert.equal((await request(`${hark.url}/admin/agents/import`, bad)).status, 401, 'sign in first');
    const large = await request(`${hark.url}/sign-in`, { method: 'POST', body: `company=${'x'.repeat(1100000)}`,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'text/html', 'Accept-Language': 'fr' } });
    assert.equal(large.status, 413);
    assert.match(large.text, /<html lang="fr"/);
    assert.match(large.text, /1048576/);
  });
});
