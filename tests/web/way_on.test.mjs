// SPDX-License-Identifier: BSD-2-Clause
// way_on.test.mjs - from what a form has made, and from an address that takes forms alone, people get on: in another language, and back.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { PASSWORD } from '../harness/chat.mjs';
import { furnished } from '../harness/doors.mjs';
import { startHark } from '../harness/hark.mjs';

let hark;
let firm;
let olga;

/** Where the switch of languages comes back to: a page that there is. */
async function switched(client, reply, want, form) {
  const next = /name="next" value="([^"]*)"/.exec(reply.text)[1];
  assert.equal(next, want);
  const answer = await client.post(form, { form: client.formToken, locale: 'fr', next });
  assert.equal(answer.headers.location, want);
  const page = await client.get(want);
  assert.equal(page.status, 200);
  assert.match(page.text, /<html lang="fr"/);
}

before(async () => {
  hark = await startHark();
  firm = await furnished(hark, 'acme');
  const made = await hark.hark(['operator', 'create', '--email', 'olga@host.example', '--name', 'Olga', '--password-file', '-'], { input: PASSWORD });
  assert.equal(made.code, 0, made.stderr);
  olga = hark.client({ headers: { 'X-Forwarded-For': '192.0.2.77' } });
  assert.equal((await olga.submit('/host/sign-in', { email: 'olga@host.example', password: PASSWORD })).status, 303);
});
after(() => hark?.stop());

describe('a page made by a form, and then another language', () => {
  test('in the panel of the host', async () => {
    const page = `/host/tenants/${firm.id}`;
    const link = await olga.submit(page, {}, { form: '/sign-in-link' });
    assert.equal(link.status, 200, link.text);
    await switched(olga, link, page, '/host/language');
    const view = await olga.submit(page, {}, { form: '/view' });
    assert.equal(view.status, 409);
    await switched(olga, view, page, '/host/language');
    const domain = await olga.submit(`${page}/domains/new`, { host: 'bad host' });
    assert.equal(domain.status, 422);
    await switched(olga, domain, page, '/host/language');
  });

  test('in the control panel', async () => {
    const { boss, rows } = firm;
    const sent = async (path, values) => assert.equal((await boss.submit(path, values)).status, 303, path);
    await sent(`/admin/skills/${rows.skills}/delete`);
    await sent('/admin/skills/new', { name: 'One' });
    const taken = await boss.post(`/admin/skills/${rows.skills}/restore`, { form: boss.formToken });
    assert.equal(taken.status, 409, taken.text);
    await switched(boss, taken, `/admin/skills/${rows.skills}`, '/language');
  });

  test('a refused form comes back to itself', async () => {
    const page = `/admin/queues/${firm.rows.queues}`;
    const refused = await firm.boss.submit(page, { name: '' });
    assert.equal(refused.status, 422);
    await switched(firm.boss, refused, page, '/language');
  });
});

describe('an address that takes forms alone, opened in a browser', () => {
  test('says so and leads back', async () => {
    const company = `/host/tenants/${firm.id}`;
    const queue = `/admin/queues/${firm.rows.queues}`;
    for (const [client, path, back] of [[olga, `${company}/sign-in-link`, company], [firm.boss, `${queue}/restore`, queue], [firm.boss, '/sign-out', '/']]) {
      const reply = await client.get(path);
      assert.equal(reply.status, 405, path);
      assert.equal(/<p class="actions"><a [^>]*href="([^"]*)"/.exec(reply.text)[1], back);
      assert.ok((await client.get(back)).status < 400, back);
    }
  });
});
