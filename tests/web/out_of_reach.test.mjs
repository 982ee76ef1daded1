// SPDX-License-Identifier: BSD-2-Clause
// out_of_reach.test.mjs - rows that somebody sees but may not change: 403 at every door of the settings engine, whatever is sent.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { Agent, company } from '../harness/chat.mjs';
import { startHark } from '../harness/hark.mjs';

let hark;
let firm;
let boss;
let anna;
let key;

before(async () => {
  hark = await startHark({ programs: ['hark-web', 'hark-chat'] });
  firm = await company(hark, 'acme', { agents: { boss: { role: 'Administrators' }, anna: {} } });
  boss = (await Agent.at(hark, firm, 'boss', { status: null })).client;
  anna = (await Agent.at(hark, firm, 'anna', { status: null })).client;
  await anna.get('/admin');
  key = (await hark.hark(['key', 'create', '--tenant', 'acme', '--account', 'boss', '--name', 'k', '--json'])).json().key;
});
after(() => hark?.stop());

describe('what one may not change', () => {
  test('A-CAN-02 a public canned message without the right is 403 to change, delete and restore, by the API and by pages', async () => {
    const own = hark.client({ headers: { 'X-Api-Key': key } });
    const { id } = (await own.json('POST', '/api/v1/canned', { name: 'Hi', body: 'Hello' })).json();
    const tries = [['PATCH', `/api/v1/canned/${id}`, { body: 'x' }], ['PATCH', `/api/v1/canned/${id}`, { body: '' }], ['DELETE', `/api/v1/canned/${id}`]];
    for (const [method, path, body] of tries) {
      const reply = await anna.json(method, path, body);
      assert.equal(reply.status, 403, `${method} ${path}`);
      assert.equal(reply.json().error, 'forbidden');
    }
    for (const path of [`/admin/canned/${id}`, `/admin/canned/${id}/delete`])
      assert.equal((await anna.post(path, { form: anna.formToken, name: 'x', body: 'x' })).status, 403, path);
    assert.equal((await own.json('DELETE', `/api/v1/canned/${id}`)).status, 204);
    assert.equal((await anna.json('POST', `/api/v1/canned/${id}/restore`)).status, 403);
    assert.equal((await anna.post(`/admin/canned/${id}/restore`, { form: anna.formToken })).status, 403);
    assert.ok((await hark.sql(`SELECT deleted_at FROM canned WHERE id = ${id}`))[0].deleted_at);
    assert.equal((await boss.post(`/admin/canned/${id}/restore`, { form: boss.formToken })).status, 303);
    // What one asks for oneself is a form with a mistake, told beside its field.
    const made = await anna.json('POST', '/api/v1/canned', { name: 'Mine', body: 'Hello' });
    assert.equal(made.status, 422);
    assert.ok(made.json().fields.is_private);
  });
});
