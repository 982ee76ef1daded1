// SPDX-License-Identifier: BSD-2-Clause
// problems.test.mjs - what is wrong with a field reads as a sentence with the field's name before it, in every language.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { PASSWORD } from '../harness/chat.mjs';
import { furnished } from '../harness/doors.mjs';
import { startHark } from '../harness/hark.mjs';

let hark;
let firm;

const said = (page) => [...page.text.matchAll(/<li><a href="#f-[^"]*">([^<]*)/g)].map(([, text]) => text.replaceAll('&#39;', "'").replaceAll('\u00a0', ' ').replaceAll('&quot;', '"'));

before(async () => {
  hark = await startHark();
  firm = await furnished(hark, 'acme');
});
after(() => hark?.stop());

test('a program hears that its key is missing or not known, and people that they are signed out', async () => {
  const said = async (path, headers) => (await hark.client({ headers }).get(path)).json();
  for (const path of ['/api/v1/queues', '/api/v1/host/tenants']) {
    assert.deepEqual((await said(path, {})).message, 'The key is missing. Send it in the header X-Api-Key.');
    assert.equal((await said(path, { 'X-Api-Key': 'wrong' })).message, 'This key is not known here. It may be mistyped, taken back or expired.');
  }
  const reply = await said('/console/state', {});
  assert.deepEqual([reply.error, reply.message], ['signed_out', 'You are signed out. Sign in again to go on.']);
});

describe('what is wrong with a field', () => {
  test('in the control panel', async () => {
    const { boss } = firm;
    const [{ id }] = await hark.sql(`SELECT id FROM role WHERE tenant_id = ${firm.id} AND permissions = '*'`);
    const say = async (locale) => {
      assert.equal((await boss.post('/language', { form: boss.formToken, locale, next: '/admin' })).status, 303);
      const queue = await boss.submit('/admin/queues/new', { name: 'Neither', for_chat: '', for_inbox: '' });
      const role = await boss.submit(`/admin/roles/${id}`, { name: 'Chiefs', permissions: 'chat.work' });
      return [...said(queue), ...said(role)];
    };
    assert.deepEqual(await say('en'), ['For chats must be on when “For the inbox” is off', 'Permissions cannot be changed: administrators always have all', 'Name cannot be changed']);
    assert.deepEqual(await say('fr'), ['Pour les discussions : à activer quand « Pour la boîte de réception » est désactivé',
      'Droits : non modifiables, car les administrateurs les ont toujours tous', 'Nom : ne peut pas être modifié']);
    assert.match((await say('es'))[0], /^Para chats: debe estar activado cuando «.*» está desactivado$/);
    assert.match((await say('pt'))[0], /^Para chats: tem de estar ativado quando “.*” está desativado$/);
  });

  test("in the host's panel", async () => {
    const made = await hark.hark(['operator', 'create', '--email', 'olga@host.example', '--name', 'Olga', '--password-file', '-'], { input: PASSWORD });
    assert.equal(made.code, 0, made.stderr);
    const olga = hark.client({ headers: { 'X-Forwarded-For': '192.0.2.77' } });
    assert.equal((await olga.submit('/host/sign-in', { email: 'olga@host.example', password: PASSWORD })).status, 303);
    assert.equal((await olga.submit('/host/tenants/new', { code: 'lumen', name: 'Lumen', external_id: '17', domain: 'desk.lumen.example' })).status, 303);
    const page = await olga.submit('/host/tenants/new', { code: 'lumen', name: 'Other', domain: 'desk.lumen.example' });
    assert.deepEqual(said(page), ['Company code belongs to another company', 'Host name belongs to another company']);
    assert.match(page.text, /<select[^>]*name="time_zone"[\s\S]*value="Europe\/Lisbon"/);
    assert.match((await olga.get(`/host/tenants/${firm.id}`)).text, /<dt>Language<\/dt><dd>English<\/dd>/);
    assert.match((await olga.get('/host/tenants?page=999')).text, /href="\/host\/tenants\/\d+"[\s\S]*Lumen/, 'the last page instead of one that is not there');
    const plan = await olga.submit('/host/plans/new', { code: 'huge', name: 'Huge', agents: '9'.repeat(20) });
    assert.deepEqual(said(plan), ['Agents must be a number of at most 1000000000000, or nothing for no limit']);
    assert.equal((await olga.submit('/host/plans/new', { code: 'two', name: 'Two', agents: '2' })).status, 303);
    assert.equal((await olga.submit(`/host/tenants/${firm.id}/plan`, { plan: 'two' })).status, 303);
    assert.match((await firm.boss.get('/admin/agents/new')).text, /Agentes: 2 de 2\. Para mais um/);
    const change = await olga.submit(`/host/tenants/${firm.id}/facts`, { external_id: '17' });
    assert.deepEqual(said(change), ['External number belongs to another company']);
  });
});
