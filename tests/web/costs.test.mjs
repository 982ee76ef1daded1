// SPDX-License-Identifier: BSD-2-Clause
// costs.test.mjs - what a request asks of the database, in rows that it reads: counted on a server of its own, whatever the machine's speed.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { startHark } from '../harness/hark.mjs';
import { company, PASSWORD } from '../harness/chat.mjs';

let hark;
let firm;
let boss;

/** The rows that the server reads while `act` runs. */
async function rowsRead(act) {
  const now = async () => Number((await hark.sql("SHOW GLOBAL STATUS LIKE 'Rows_read'"))[0].Value);
  const before = await now();
  await act();
  return await now() - before;
}

before(async () => {
  hark = await startHark({ database: 'own', programs: ['hark-web'] });
  firm = await company(hark, 'acme', { agents: { boss: { role: 'Administrators' } } });
  boss = hark.client();
  assert.equal((await boss.submit('/sign-in', { company: 'acme', account: 'boss', password: PASSWORD })).status, 303);
  await boss.get('/admin');
});
after(() => hark?.stop());

describe('rows', () => {
  test('the first steps do not look through all chats that nobody has answered', async () => {
    await hark.sql(`INSERT INTO conversation (tenant_id, kind, channel, state, created_at) SELECT ${firm.id}, 'chat', 'web', 'closed', seq FROM seq_1_to_20000`);
    for (const path of ['/admin', '/admin/queues']) assert.ok(await rowsRead(() => boss.get(path)) < 5000, path);
    await hark.sql(`UPDATE conversation SET agent_id = ${firm.agents.boss}, accepted_at = 5 WHERE tenant_id = ${firm.id}`);
    assert.ok(await rowsRead(() => boss.get('/admin')) < 5000);
  });

  test('an import of texts reads those of each language once, whatever their order', async () => {
    for (const language of ['fr', 'es'])
      await hark.sql(`INSERT INTO text (tenant_id, language, message, place, wording, created_at, updated_at)
        SELECT ${firm.id}, '${language}', CONCAT('message ', seq), CONCAT('${language}:', seq), 'w', 1, 1 FROM seq_1_to_1000`);
    const csv = `language,message,wording\n${'fr,Save,\nes,Save,\n'.repeat(50)}`;
    const rows = await rowsRead(async () => assert.equal((await boss.submit('/admin/texts/import', { csv })).status, 303));
    assert.ok(rows >= 2000 && rows < 10000, `${rows}`);
  });
});
