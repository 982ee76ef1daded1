// SPDX-License-Identifier: BSD-2-Clause
// typed.test.mjs - what somebody has typed is not lost when something else comes between.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { PASSWORD } from '../harness/chat.mjs';
import { furnished, signIn } from '../harness/doors.mjs';
import { startHark } from '../harness/hark.mjs';

let hark;
let firm;

before(async () => {
  hark = await startHark();
  firm = await furnished(hark, 'acme');
});
after(() => hark?.stop());

describe('what was typed', () => {
  test('is shown once more when somebody else has deleted it, with the way to bring it back', async () => {
    const { boss, rows } = firm;
    const path = `/admin/skills/${rows.skills}`;
    await boss.get(path);
    assert.equal((await (await signIn(hark, firm, 'boss')).submit(`${path}/delete`, {}, { form: `/delete` })).status, 303);
    const page = await boss.post(path, { form: boss.formToken, name: 'A name that took long', description: 'And so did this' });
    assert.equal(page.status, 422);
    assert.match(page.text, /This was deleted in the meantime, so nothing was saved/);
    assert.match(page.text, /value="A name that took long"[\s\S]*value="And so did this"/);
    assert.match(page.text, new RegExp(`action="${path}/restore"`));
    assert.equal((await boss.post('/admin/skills/999999', { form: boss.formToken, name: 'x' })).status, 404);
  });

  test('stays in the form of an API key while the password is asked for once more', async () => {
    const boss = await signIn(hark, firm, 'boss');
    const typed = { name: 'Billing & more', scopes: ['queues.manage', 'people.manage'], read_only: '1', expires: '2099-12-31' };
    const asked = await boss.post('/admin/api-keys', { form: boss.formToken, ...typed });
    assert.equal(asked.status, 303);
    assert.match(asked.headers.location, /^\/confirm\?next=/);
    const done = await boss.submit(asked.headers.location, { password: PASSWORD }, { form: '/confirm' });
    assert.equal(done.status, 303, done.text);
    const page = await boss.get(done.headers.location);
    assert.equal(page.status, 200);
    assert.match(page.text, /data-unsaved="Leave without saving\?"/);
    assert.match(page.text, /value="Billing &amp; more"/);
    for (const scope of typed.scopes) assert.match(page.text, new RegExp(`value="${scope}" checked`));
    assert.doesNotMatch(page.text, /value="roles.manage" checked/);
    assert.match(page.text, /value="2099-12-31"/);
    assert.match(page.text, /value="1" checked[^>]*name="read_only"/);
  });

  test('is asked about before it is left', async () => {
    for (const path of ['/admin/agents/import', '/admin/domains'])
      assert.match((await firm.boss.get(path)).text, /<form [^>]*data-unsaved="Leave without saving\?"/, path);
  });

  test('of the owner of a new company is no name without an address', async () => {
    const done = await hark.hark(['tenant', 'create', '--code', 'lone', '--name', 'Lone', '--owner-name', 'Anna Weber']);
    assert.notEqual(done.code, 0);
    assert.match(done.stderr, /owner[-_]email is required with the owner’s name/);
    assert.equal((await hark.sql("SELECT id FROM tenant WHERE code = 'lone'")).length, 0);
  });
});
