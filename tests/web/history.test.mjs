// SPDX-License-Identifier: BSD-2-Clause
// history.test.mjs - the history of a company with many chats: page after page by time, by words, and for agents with many queues.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Agent, company } from '../harness/chat.mjs';
import { startHark } from '../harness/hark.mjs';

const DAY = 86400000;
let hark;
let firm;
let boss;
let quinn;

const links = (text) => [...text.matchAll(/href="\/admin\/history\/(\d+)"/g)].map(([, id]) => Number(id));

/** All pages of a list, as ids in the order that is shown. */
async function pages(agent, path) {
  const found = [];
  for (let next = path; next; ) {
    const { status, text } = await agent.client.get(next);
    assert.equal(status, 200);
    found.push(...new Set(links(text)));
    next = /rel="next" href="([^"]+)"/.exec(text)?.[1].replaceAll('&amp;', '&');
  }
  return found;
}

/** Closed chats 1000 + i, which began `ago(i)` days ago. */
function chats(from, to, { ago = (i) => `${i}`, queue = 'NULL' } = {}) {
  return hark.sql(`INSERT INTO conversation (tenant_id, id, kind, channel, state, queue_id, visitor_name, created_at, closed_at)
    SELECT ${firm.id}, 1000 + seq, 'chat', 'web', 'closed', ${queue}, 'Vera', ${Date.now()} - (${ago('seq')}) * ${DAY}, 1 FROM seq_${from}_to_${to}`);
}

before(async () => {
  hark = await startHark();
  firm = await company(hark, 'acme', { agents: { boss: { role: 'Administrators' }, quinn: {} } });
  boss = await Agent.at(hark, firm, 'boss');
  quinn = await Agent.at(hark, firm, 'quinn');
  await hark.sql(`UPDATE role SET permissions = 'chat.work chat.see_queues history.read' WHERE tenant_id = ${firm.id} AND name = 'Agents'`);
});
after(() => hark?.stop());

describe('the history', () => {
  test('chats come newest first, each on one page, also where they were not written in the order in which they began', async () => {
    await chats(1, 120, { ago: (i) => `(${i} * 7) MOD 60` });      // two of each day
    const began = (id) => (((id - 1000) * 7) % 60);
    const found = await pages(boss, '/admin/history');
    const expected = Array.from({ length: 120 }, (_, i) => 1001 + i).sort((a, b) => began(a) - began(b) || b - a);
    assert.deepEqual(found, expected);
    const day = (ago) => new Date(Date.now() - ago * DAY).toISOString().slice(0, 10);
    assert.deepEqual(await pages(boss, `/admin/history?from=${day(40)}&to=${day(20)}`), expected.filter((id) => began(id) >= 20 && began(id) <= 40));
    assert.deepEqual(await pages(boss, '/admin/history?before=1'), []);
  });

  test('every word of a search must be there, whichever is the rarest', async () => {
    const words = { common: '1', half: 'id MOD 2 = 0', third: 'id MOD 3 = 0', rare: 'id = 1062', other: 'id = 1061' };
    for (const [word, where] of Object.entries(words))
      await hark.sql(`INSERT INTO posting (tenant_id, term, conversation_id) SELECT tenant_id, '${word}', id FROM conversation WHERE tenant_id = ${firm.id} AND ${where}`);
    const all = Array.from({ length: 120 }, (_, i) => 1120 - i);
    const search = (q) => pages(boss, `/admin/history?q=${q.replaceAll(' ', '+')}`);
    assert.deepEqual(await search('common'), all);
    assert.deepEqual(await search('Common COMMON half'), all.filter((id) => id % 2 === 0));
    assert.deepEqual(await search('third half common'), all.filter((id) => id % 6 === 0));
    assert.deepEqual(await search('common half third rare'), [1062]);
    assert.deepEqual(await search('rare common'), [1062]);
    for (const none of ['common other half', 'common absent', 'absent common', 'half rare other third'])
      assert.deepEqual(await search(none), [], none);
  });

  test('an agent of many queues sees the chats of each, and no others', async () => {
    assert.deepEqual(await pages(quinn, '/admin/history'), []);
    await hark.sql(`INSERT INTO queue (tenant_id, id, name, created_at, updated_at) SELECT ${firm.id}, 500 + seq, CONCAT('Queue ', seq), 1, 1 FROM seq_1_to_40;
      INSERT INTO queue_agent (tenant_id, queue_id, agent_id) SELECT ${firm.id}, 500 + seq, ${firm.agents.quinn} FROM seq_1_to_39`);
    await chats(201, 240, { queue: '500 + seq - 200' });
    const seen = Array.from({ length: 39 }, (_, i) => 1201 + i);
    assert.deepEqual(await pages(quinn, '/admin/history'), seen);
    await hark.sql(`UPDATE conversation SET agent_id = ${firm.agents.quinn} WHERE id IN (1003, 1240)`);
    assert.deepEqual((await pages(quinn, '/admin/history')).sort((a, b) => a - b), [1003, ...seen, 1240]);
  });

  test('A-HIST-03 who or what was deleted can still be chosen where it has chats, and stays chosen', async () => {
    const at = async (table, values) => (await hark.sql(`INSERT INTO ${table} SET tenant_id = ${firm.id}, created_at = 1, updated_at = 1, deleted_at = 1, ${values} RETURNING id`))[0].id;
    const gone = await at('queue', "name = 'Returns', description = ''");
    const empty = await at('queue', "name = 'Never', description = ''");
    await chats(900, 900, { queue: gone });
    const quinns = firm.agents.quinn;
    await hark.sql(`UPDATE conversation SET agent_id = ${quinns} WHERE id = 1900; UPDATE agent SET deleted_at = 1 WHERE id = ${quinns}`);
    const option = (name, text) => new RegExp(`<option value="(\\d+)"( selected)?>${name} \\(deleted\\)</option>`).exec(text);
    const { text } = await boss.client.get('/admin/history');
    assert.equal(option('Returns', text)[1], gone);
    assert.equal(option('Quinn', text)[1], String(quinns));
    assert.equal(option('Never', text), null);
    const asked = (await boss.client.get(`/admin/history?agent=${quinns}&queue=${gone}`)).text;
    assert.ok(option('Quinn', asked)[2] && option('Returns', asked)[2]);
    assert.deepEqual(links(asked).slice(0, 1), [1900]);
    assert.ok(option('Never', (await boss.client.get(`/admin/history?queue=${empty}`)).text)[2]);
    await hark.sql(`UPDATE agent SET deleted_at = NULL WHERE id = ${quinns}`);
  });

  test('says why it finds nothing, or which words it does not look for', async () => {
    const turned = /The first day must not be after the last one\./;
    for (const path of ['/admin/history', '/admin/missed', '/admin/status-log', '/admin/audit']) {
      assert.match((await boss.client.get(`${path}?from=2026-11-21&to=2026-11-20`)).text, turned, path);
      assert.doesNotMatch((await boss.client.get(`${path}?from=2026-11-20&to=2026-11-20`)).text, turned, path);
    }
    const skips = /Only the first 4 words of a search count\./;
    assert.match((await boss.client.get('/admin/history?q=one+two+three+four+five')).text, skips);
    assert.doesNotMatch((await boss.client.get('/admin/history?q=one+two+three+four+four')).text, skips);
  });
});

describe('the open chats', () => {
  const many = 1200;
  const rows = async (agent) => (await agent.client.get('/console/state')).json().conversations.map((row) => row.id);

  test('above a thousand the own ones come first, then those that wait; of what an agent may not see, none takes a place', async () => {
    const add = (first, state, agent, queue, since) => hark.sql(`INSERT INTO conversation (tenant_id, id, kind, channel, state, queue_id, agent_id, visitor_name, created_at, waiting_since, last_at)
      VALUES (${firm.id}, ${first}, 'chat', 'web', '${state}', ${queue}, ${agent}, 'Vera', ${since}, ${since}, ${since})`);
    await hark.kill('hark-jobs');                    // nobody is there for these chats
    await hark.sql(`INSERT INTO conversation (tenant_id, id, kind, channel, state, queue_id, agent_id, visitor_name, created_at, waiting_since)
      SELECT ${firm.id}, 5000 + seq, 'chat', 'web', 'active', 540, 999, 'Vera', seq, seq FROM seq_1_to_${many}`);
    await add(9001, 'active', firm.agents.boss, 540, Date.now());
    await add(9002, 'waiting', 'NULL', 540, Date.now());
    await add(9003, 'waiting', 'NULL', 501, Date.now() + 1);
    await add(9004, 'active', firm.agents.quinn, 540, Date.now() + 2);
    const all = await rows(boss);
    assert.deepEqual(all.slice(0, 4), [9001, 9002, 9003, 5001]);
    assert.equal(all.length, 1000);
    assert.deepEqual(await rows(quinn), [9004, 9003]);
  });
});

test('a transcript of more messages than one page shows has ways to the older ones and back', async () => {
  const [chat, most, all] = [900, 2000, 4001];
  await hark.sql(`INSERT INTO conversation (tenant_id, id, kind, channel, state, visitor_name, last_seq, indexed_seq, created_at, closed_at)
    VALUES (${firm.id}, ${chat}, 'chat', 'web', 'closed', 'Lola Long', ${all}, ${all}, 1, 1)`);
  await hark.sql(`INSERT INTO message (tenant_id, conversation_id, seq, kind, author_kind, body, created_at)
    SELECT ${firm.id}, ${chat}, seq, 'text', 'visitor', CONCAT('number ', seq), 1 FROM seq_1_to_${all}`);
  const path = `/admin/history/${chat}`;
  const page = async (where) => {
    const { text } = await boss.client.get(where);
    return { seqs: [...text.matchAll(/data-seq="(\d+)"/g)].map(([, seq]) => Number(seq)), older: /rel="next" href="([^"]+)"/.exec(text)?.[1], newest: text.includes(`href="${path}"`) };
  };
  const numbers = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const last = await page(path);
  assert.deepEqual(last, { seqs: numbers(all - most + 1, all), older: `${path}?before=${all - most + 1}`, newest: false });
  const middle = await page(last.older);
  assert.deepEqual(middle, { seqs: numbers(2, all - most), older: `${path}?before=2`, newest: true });
  assert.deepEqual(await page(middle.older), { seqs: [1], older: undefined, newest: true });
});
