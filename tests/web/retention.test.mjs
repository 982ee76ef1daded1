// SPDX-License-Identifier: BSD-2-Clause
// retention.test.mjs - closed chats are erased when they are older than the plan, or the company, keeps them.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { Agent, company, Visitor } from '../harness/chat.mjs';
import { connect } from '../harness/database.mjs';
import { startHark, until } from '../harness/hark.mjs';
import { png } from '../harness/pictures.mjs';

const DAY = 86400000;
const TABLES = ['contact_identity', 'delivery', 'draft', 'file', 'inbound', 'message', 'offer', 'posting'];
let hark;
let firm;
let other;
let boss;

const one = async (sql) => (await hark.sql(sql))[0];
const number = async (sql) => Number((await one(sql)).n);
const keptFiles = () => readdirSync(`${hark.folder}/data/files/${firm.id}`, { recursive: true }).filter((name) => /[0-9a-f]{32}$/.test(name)).length;
const settle = () => hark.sql(`UPDATE tenant SET updated_at = updated_at - ${2 * DAY}; UPDATE plan SET updated_at = updated_at - ${2 * DAY};
  UPDATE setting SET updated_at = updated_at - ${2 * DAY}`);
const age = (chat, days) => hark.sql(`UPDATE conversation SET closed_at = closed_at - ${days * DAY}, created_at = created_at - ${days * DAY} WHERE id = ${chat}`);

/** Makes the timer due, and waits until hark-jobs has run it. */
async function run(kind = 'conversation.retention') {
  await until(`${kind} is there`, async () => await number(`SELECT COUNT(*) AS n FROM job WHERE kind = '${kind}' AND state = 'due'`) === 1);
  await hark.sql(`UPDATE job SET due_at = 0 WHERE kind = '${kind}'`);
  await until(kind, async () => await number(`SELECT COUNT(*) AS n FROM job WHERE kind = '${kind}' AND state = 'due' AND due_at > 0`) === 1, 60);
}

/** A chat with a text, a file and a picture, a note, a draft; closed unless `open`. */
async function chat(where, agent, { words, open = false }) {
  const vera = new Visitor(hark, where.key);
  assert.equal((await vera.start(`${words} hello`)).status, 200);
  await until('the chat is accepted', async () => (await agent.act(vera.chat, 'accept')).status === 200);
  assert.equal((await vera.upload('note.txt', 'some text')).status, 200);
  assert.equal((await vera.upload('tent.png', png(40, 40))).status, 200);
  assert.equal((await agent.act(vera.chat, 'note', { client_id: randomUUID(), text: `${words} remark` })).status, 200);
  assert.equal((await agent.act(vera.chat, 'draft', { text: 'not yet' })).status < 300, true);
  if (!open) assert.equal((await agent.act(vera.chat, 'end')).status, 200);
  await until('the index and the preview', async () => await number(`SELECT COUNT(*) AS n FROM conversation c WHERE c.id = ${vera.chat} AND c.unindexed IS NULL
    AND EXISTS (SELECT 1 FROM file f WHERE f.conversation_id = c.id AND f.preview <> '')`) === 1);
  return vera;
}

async function rowsOf(id) {
  const counts = {};
  for (const table of TABLES)
    counts[table] = await number(`SELECT COUNT(*) AS n FROM ${table} WHERE conversation_id = ${id}`);
  counts.conversation = await number(`SELECT COUNT(*) AS n FROM conversation WHERE id = ${id}`);
  return counts;
}
const NOTHING = Object.fromEntries([...TABLES, 'conversation'].map((table) => [table, 0]));

before(async () => {
  hark = await startHark();
  firm = await company(hark, 'acme', { agents: { boss: { role: 'Administrators' } } });
  other = await company(hark, 'beta', { agents: { zoe: { role: 'Administrators' } } });
  boss = await Agent.at(hark, firm, 'boss');
});
after(() => hark?.stop());

describe('keeping of chats', () => {
  test('K-51 U-32 what is closed for longer than the plan keeps goes with all that belongs to it; contacts, figures and everything else stay', async () => {
    const old = await chat(firm, boss, { words: 'ancient' });
    const young = await chat(firm, boss, { words: 'recent' });
    const open = await chat(firm, boss, { words: 'open', open: true });
    const zoe = await Agent.at(hark, other, 'zoe');
    const theirs = await chat(other, zoe, { words: 'theirs' });
    for (const id of [old.chat, open.chat, theirs.chat]) await age(id, 31);
    await age(young.chat, 29);
    const stays = { young: await rowsOf(young.chat), open: await rowsOf(open.chat), theirs: await rowsOf(theirs.chat) };
    const files = keptFiles();
    const bytes = await number(`SELECT storage_bytes AS n FROM tenant_load WHERE tenant_id = ${firm.id}`);
    const gone = await number(`SELECT SUM(size) AS n FROM file WHERE conversation_id = ${old.chat}`);
    const usage = await hark.sql(`SELECT day, messages, chats FROM tenant_usage WHERE tenant_id = ${firm.id}`);
    assert.ok((await rowsOf(old.chat)).posting > 0);

    const done = await hark.hark(['plan', 'create', '--code', 'month', '--name', 'Month', '--retention-days', '30']);
    assert.equal(done.code, 0, done.stderr);
    assert.equal((await hark.hark(['tenant', 'plan', '--tenant', 'acme', '--plan', 'month'])).code, 0);
    await run();
    assert.equal((await rowsOf(old.chat)).conversation, 1, 'a new plan binds after a day');
    await settle();
    await run();
    assert.deepEqual(await rowsOf(old.chat), NOTHING);
    assert.equal(keptFiles(), files - 3);           // the text, the picture, its preview
    assert.equal(await number(`SELECT storage_bytes AS n FROM tenant_load WHERE tenant_id = ${firm.id}`), bytes - gone);
    assert.deepEqual({ young: await rowsOf(young.chat), open: await rowsOf(open.chat), theirs: await rowsOf(theirs.chat) }, stays);
    const now = await hark.sql(`SELECT day, messages, chats FROM tenant_usage WHERE tenant_id = ${firm.id}`);
    for (const day of usage) assert.ok(now.some((one) => one.day === day.day && Number(one.messages) >= Number(day.messages) && Number(one.chats) >= Number(day.chats)));

    assert.equal((await boss.json('GET', `/console/conversations/${old.chat}/messages?after=0`)).status, 404);
    assert.doesNotMatch((await boss.client.get('/admin/history?q=ancient')).text, new RegExp(`/admin/history/${old.chat}\\b`));
    assert.match((await boss.client.get('/admin/history?q=recent')).text, new RegExp(`/admin/history/${young.chat}\\b`));
    assert.equal((await old.start('Again')).status, 200);     // the visitor's browser begins anew
    const page = await boss.client.get('/admin/usage');
    assert.match(page.text, /Days that are kept<\/strong><span class="figure">30</);
  });

  test('K-51 U-32 the company keeps shorter when it wants, and the day is one entry in its audit log', async () => {
    const chats = [await chat(firm, boss, { words: 'first' }), await chat(firm, boss, { words: 'second' })];
    for (const { chat: id } of chats) await age(id, 8);
    for (const wrong of ['x', '-1', '36501']) assert.equal((await boss.client.submit('/admin/settings/retention', { keep_days: wrong })).status, 422, wrong);
    assert.equal((await boss.client.submit('/admin/settings/retention', { keep_days: '7' })).status, 303);
    await run();
    assert.equal((await rowsOf(chats[0].chat)).conversation, 1, 'a new number binds after a day');
    await settle();
    await run();
    for (const { chat: id } of chats) assert.deepEqual(await rowsOf(id), NOTHING);
    assert.match((await boss.client.get('/admin/usage')).text, /href="\/admin\/settings\/retention"[^]*<span class="figure">7</);

    const entries = () => hark.sql(`SELECT tenant_id, actor_kind, actor_name, difference FROM audit WHERE action = 'conversation.erase'`);
    assert.deepEqual(await entries(), []);
    const erased = await number(`SELECT conversations AS n FROM retention_count WHERE tenant_id = ${firm.id}`);
    await hark.sql(`UPDATE retention_count SET day = day - ${DAY}`);
    await run();
    await run();
    assert.deepEqual(await entries(), [{ tenant_id: String(firm.id), actor_kind: 'system', actor_name: 'hark-jobs', difference: `{"conversations":["${erased}","0"]}` }]);
    assert.equal((await boss.client.submit('/admin/settings/retention', { keep_days: '' })).status, 303);
  });

  test('K-51 who has not come back for as long is forgotten with the last chat; contacts stay', async () => {
    const visitor = (chat) => number(`SELECT visitor_id AS n FROM conversation WHERE id = ${chat}`);
    const left = (id) => number(`SELECT COUNT(*) AS n FROM visitor WHERE id = ${id}`);
    const seen = (id, days) => hark.sql(`UPDATE visitor SET seen_at = ${Date.now() - days * DAY} WHERE id = ${id}`);
    const chats = {};
    for (const name of ['gone', 'back', 'open']) chats[name] = await chat(firm, boss, { words: `swept${name}`, open: name === 'open' });
    const zoe = await Agent.at(hark, other, 'zoe');
    chats.theirs = await chat(other, zoe, { words: 'swepttheirs' });
    const ids = {};
    for (const [name, { chat: id }] of Object.entries(chats)) {
      ids[name] = await visitor(id);
      await age(id, 40);
      await seen(ids[name], name === 'back' ? 29 : 31);
    }
    const who = await number(`SELECT contact_id AS n FROM visitor WHERE id = ${ids.gone}`);
    await settle();
    await run('visit.sweep');
    for (const id of Object.values(ids)) assert.equal(await left(id), 1, 'who has a chat stays');
    await run();
    await hark.sql(`INSERT INTO visitor (tenant_id, widget_id, token_hash, created_at, seen_at)
      SELECT ${firm.id}, 1, UNHEX(SHA2(CONCAT('old', seq), 256)), 1, 1 FROM seq_1_to_2500`);
    await run('visit.sweep');
    assert.equal((await rowsOf(chats.theirs.chat)).conversation, 1);
    assert.deepEqual(await Promise.all(['gone', 'back', 'open', 'theirs'].map((name) => left(ids[name]))), [0, 1, 1, 1]);
    assert.equal(await number('SELECT COUNT(*) AS n FROM visitor WHERE seen_at = 1'), 0, 'one run takes all');
    assert.equal(await number(`SELECT COUNT(*) AS n FROM contact WHERE id = ${who} AND name = 'Vera'`), 1);

    const known = (await chats.gone.json('hello', {})).json();
    assert.equal(known.error, 'token');
    assert.equal((await chats.gone.start('Again')).status, 200);
    assert.notEqual(await visitor(chats.gone.chat), ids.gone);
    await seen(ids.back, 31);
    await run('visit.sweep');
    assert.equal(await left(ids.back), 0);
  });

  test('who comes back while being forgotten begins anew', async () => {
    const vera = await chat(firm, boss, { words: 'meanwhile' });
    const before = await number(`SELECT visitor_id AS n FROM conversation WHERE id = ${vera.chat}`);
    const sweeper = connect(hark.database);
    await sweeper.ask('START TRANSACTION');
    await sweeper.ask(`DELETE FROM visitor WHERE tenant_id = ${firm.id} AND id = ${before}`);
    const started = vera.start('Here again');
    await until('the start waits for the row', async () => await number(`SELECT COUNT(*) AS n FROM information_schema.PROCESSLIST
      WHERE DB = DATABASE() AND INFO LIKE 'UPDATE visitor SET contact_id%'`) > 0);
    await sweeper.ask('COMMIT');
    await sweeper.end();
    assert.equal((await started).status, 200);
    assert.notEqual(await number(`SELECT visitor_id AS n FROM conversation WHERE id = ${vera.chat}`), before);
  });

  test('every table that belongs to a visitor is known to the sweep', async () => {
    const tables = await hark.sql(`SELECT c.TABLE_NAME AS name FROM information_schema.COLUMNS c JOIN information_schema.TABLES t USING (TABLE_SCHEMA, TABLE_NAME)
      WHERE c.TABLE_SCHEMA = DATABASE() AND c.COLUMN_NAME = 'visitor_id' AND t.TABLE_TYPE = 'BASE TABLE' ORDER BY name`);
    assert.deepEqual(tables.map((row) => row.name), ['conversation'], 'visitor_sweep() in cgi-bin/rooms/visit/visit_store.c asks for it, then list it here');
  });

  test('every table that belongs to a conversation is known to the job', async () => {
    const tables = await hark.sql(`SELECT c.TABLE_NAME AS name FROM information_schema.COLUMNS c JOIN information_schema.TABLES t USING (TABLE_SCHEMA, TABLE_NAME)
      WHERE c.TABLE_SCHEMA = DATABASE() AND c.COLUMN_NAME = 'conversation_id' AND t.TABLE_TYPE = 'BASE TABLE' ORDER BY name`);
    assert.deepEqual(tables.map((row) => row.name), TABLES, 'erase it in cgi-bin/rooms/conversation/retention_store.c, then list it here');
  });

  test('the doctor tells when it does not happen', async () => {
    const late = await chat(firm, boss, { words: 'overdue' });
    await hark.kill('hark-jobs');
    await age(late.chat, 33);
    await hark.sql(`UPDATE conversation SET last_seq = last_seq + 1 WHERE id = ${late.chat}`);   // also of one that the index waits for
    const finds = async () => JSON.stringify((await hark.hark(['doctor', '--json'])).json().findings);
    await settle();
    assert.match(await finds(), /1 companies have some that should be gone/);
    await hark.sql(`UPDATE conversation SET last_seq = last_seq - 1 WHERE id = ${late.chat}`);
    await hark.restart('hark-jobs');
    await run();
    assert.deepEqual(await rowsOf(late.chat), NOTHING);
    assert.doesNotMatch(await finds(), /should be gone/);
  });

  test('U-32 a suspended company keeps everything, and one without a limit too', async () => {
    const late = await chat(firm, boss, { words: 'late' });
    const theirs = await number(`SELECT COUNT(*) AS n FROM conversation WHERE tenant_id = ${other.id}`);
    await age(late.chat, 400);
    assert.equal((await hark.hark(['tenant', 'suspend', '--tenant', 'acme', '--reason', 'x'])).code, 0);
    await settle();
    await run();
    assert.equal((await rowsOf(late.chat)).conversation, 1);
    assert.equal((await hark.hark(['tenant', 'resume', '--tenant', 'acme'])).code, 0);
    await settle();
    await run();
    assert.deepEqual(await rowsOf(late.chat), NOTHING);
    assert.ok(theirs > 0);
    assert.equal(await number(`SELECT COUNT(*) AS n FROM conversation WHERE tenant_id = ${other.id}`), theirs);
  });

  test('U-01 a long chat whose erasing is killed in the middle is gone after the next run', async () => {
    const long = await chat(firm, boss, { words: 'long' });
    const [{ last }] = await hark.sql(`SELECT last_seq AS last FROM conversation WHERE id = ${long.chat}`);
    const most = 20000;
    await hark.sql(`INSERT INTO message (tenant_id, conversation_id, seq, kind, author_kind, body, created_at)
      SELECT ${firm.id}, ${long.chat}, ${last} + seq, 'text', 'visitor', CONCAT('number', seq), 1 FROM seq_1_to_${most};
      INSERT INTO posting (tenant_id, term, conversation_id) SELECT ${firm.id}, CONCAT('number', seq), ${long.chat} FROM seq_1_to_${most};
      UPDATE conversation SET last_seq = last_seq + ${most}, indexed_seq = last_seq WHERE id = ${long.chat}`);
    await age(long.chat, 40);
    assert.equal((await one(`SELECT unindexed FROM conversation WHERE id = ${long.chat}`)).unindexed, null);
    await settle();
    await hark.sql("UPDATE job SET due_at = 0 WHERE kind = 'conversation.retention' AND state = 'due'");
    await until('it has begun', async () => await number(`SELECT COUNT(*) AS n FROM message WHERE conversation_id = ${long.chat}`) < most);
    await hark.kill('hark-jobs');
    const left = await rowsOf(long.chat);
    assert.ok(left.message > 0 && left.conversation === 1, JSON.stringify(left));
    assert.ok(left.posting >= left.message - 20, JSON.stringify(left));    // what is left is still found
    await hark.sql("UPDATE job SET state = 'due', due_at = 0, lease_until = 0 WHERE kind = 'conversation.retention'");
    await hark.restart('hark-jobs');
    await until('it is gone', async () => {
      await hark.sql("UPDATE job SET due_at = 0 WHERE kind = 'conversation.retention' AND state = 'due'");
      return (await rowsOf(long.chat)).conversation === 0;
    }, 120);
    assert.deepEqual(await rowsOf(long.chat), NOTHING);
  });
});
