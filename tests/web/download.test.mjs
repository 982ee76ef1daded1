// SPDX-License-Identifier: BSD-2-Clause
// download.test.mjs - a list as a file is what was asked for, and whole, or it fails.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { startHark, until } from '../harness/hark.mjs';
import { company, PASSWORD } from '../harness/chat.mjs';

for (const server of ['nginx', 'apache']) {
  describe(`behind ${server}`, () => {
    let hark;
    let firm;
    let boss;

    before(async () => {
      hark = await startHark({ server, programs: ['hark-web'] });
      firm = await company(hark, 'acme', { agents: { boss: { role: 'Administrators' } } });
      boss = hark.client();
      assert.equal((await boss.submit('/sign-in', { company: 'acme', account: 'boss', password: PASSWORD })).status, 303);
    });
    after(() => hark?.stop());

    test('a filter that is wrong is refused: no rows are sent that nobody asked for', async () => {
      const reply = await boss.get('/admin/agents.csv?roles=x');
      assert.equal(reply.status, 422);
      assert.match(reply.text, /Roles/);
      assert.doesNotMatch(reply.text, /boss@/);
    });

    for (const [nth, rows] of [5, 5000].entries())
      test(`one of ${rows} rows that breaks off at the last fails for who downloads it, and the next one works`, async () => {
        await hark.sql(`DELETE FROM skill; INSERT INTO skill (tenant_id, name, created_at, updated_at)
          SELECT ${firm.id}, CONCAT('skill ', LPAD(seq, 60, '0')), 1, seq FROM seq_1_to_${rows}`);
        // The last row cannot be read: what it asks for is one value and gives two.
        await hark.sql(`RENAME TABLE skill TO skill_real; CREATE VIEW skill AS SELECT tenant_id, id, name, description, created_at, deleted_at,
          CASE WHEN updated_at = ${rows} THEN (SELECT CAST(other.id AS SIGNED) FROM skill_real other WHERE other.tenant_id = mine.tenant_id) ELSE updated_at END AS updated_at FROM skill_real mine`);
        try {
          await assert.rejects(boss.get('/admin/skills.csv').then((reply) => {
            if (reply.status !== 200) throw new Error(`status ${reply.status}`);
            return reply;
          }), undefined, 'it looks whole');
          await until('the server knows it', () => hark.logs()['hark-web'].match(/skills\.csv status=200 .*reason=cut/g)?.length === nth + 1);
        } finally {
          await hark.sql('DROP VIEW skill; RENAME TABLE skill_real TO skill');
        }
        const whole = await boss.get('/admin/skills.csv');
        assert.equal(whole.status, 200);
        assert.equal(whole.text.trim().split('\n').length, rows + 1);
      });
  });
}
