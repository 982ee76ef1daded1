// SPDX-License-Identifier: BSD-2-Clause
// suspended.test.mjs - pages offer nothing that the server would refuse: in a company that is suspended, and to the host who views one.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { PASSWORD } from '../harness/chat.mjs';
import { address, attribute, doorOf, furnished, routes, sentTo, signIn } from '../harness/doors.mjs';
import { startHark } from '../harness/hark.mjs';

// Pages that are there to change something, and nothing else: nobody is led there in vain.
const WRITING = /\/(new|delete|import|merge|reset-2fa)$|\/agents\/:id\/password$/;

let hark;
let firm;
let active;         // what boss is offered before

const gets = routes.filter((one) => one.method === 'GET');

/** What is not within a disabled fieldset, which may hold others. */
function enabled(html) {
  let depth = 0;
  return html.split(/(?=<fieldset\b)|(?<=<\/fieldset>)/).map((part) => {
    const begins = part.startsWith('<fieldset');
    if (begins && (depth > 0 || /^<fieldset\b[^>]*\sdisabled\b/.test(part))) depth += 1;
    const kept = depth === 0 ? part : '';
    if (depth > 0 && part.endsWith('</fieldset>')) depth -= 1;
    return kept;
  }).join('');
}

/** What somebody could press on a page that changes something: forms with a button, and links to pages that only write. */
function offers(path, html) {
  const found = new Set();
  const open = enabled(html);
  for (const to of sentTo(path, open)) {
    const route = doorOf('POST', to);
    assert.ok(route, `${path}: a form leads to ${to}`);
    if (!route.flags.includes('always')) found.add(`form ${route.path}`);
  }
  for (const [tag] of open.matchAll(/<a\b[^>]*>/g)) {
    const route = doorOf('GET', attribute(tag, 'href'));
    if (route && WRITING.test(route.path)) found.add(`link ${route.path}`);
  }
  return [...found];
}

/** Every page of the panel that is there: { path: { found, text } }. */
async function pages(client) {
  const all = {};
  const paths = gets.filter((one) => one.path.startsWith('/admin')).map((one) => address(one, firm));
  for (const path of [...paths, ...firm.more]) {
    const reply = await client.get(path);
    assert.ok(reply.status < 500, path);
    if (reply.status === 200 && /^text\/html/.test(reply.headers['content-type'])) all[path] = { found: offers(path.split('?')[0], reply.text), text: reply.text };
  }
  return all;
}

/** All the pages of before but questions, without anything to press. */
function readsOnly(now, before, banner) {
  for (const [path, { found, text }] of Object.entries(now)) {
    assert.deepEqual(found, [], path);
    assert.match(text, path.endsWith('/preview') ? /./ : banner, path);
  }
  assert.deepEqual(Object.keys(before).filter((path) => !now[path] && !path.endsWith('/delete')), []);
}

before(async () => {
  hark = await startHark();
  firm = await furnished(hark, 'acme', { carl: {} });
  const { boss } = firm;
  const id = async (query) => Number((await hark.sql(query))[0].id);
  const sent = async (path, values, options) => assert.equal((await boss.submit(path, values, options)).status, 303, path);
  await sent('/admin/skills/new', { name: 'Gone' });
  const gone = await id("SELECT id FROM skill WHERE name = 'Gone'");
  await sent(`/admin/skills/${gone}/delete`);
  await sent('/admin/contacts/new', { name: 'Another' });
  await sent('/admin/availability', { first_day: '2027-02-01', name: 'Skiing' }, { form: 'days-off' });
  await sent('/admin/support-access', { span: '24h' });
  await hark.sql(`INSERT INTO holiday_import (tenant_id, calendar_id, name, created_at) SELECT tenant_id, id, 'Imported.ics', 1 FROM calendar
    WHERE tenant_id = ${firm.id} AND id = ${firm.rows.calendars}`);
  const calendar = await id(`SELECT calendar_id AS id FROM holiday WHERE tenant_id = ${firm.id} AND name = 'New Year'`);
  firm.calendar = `/admin/calendars/${calendar}`;
  firm.more = ['/admin/skills?status=deleted', `/admin/skills/${gone}`, '/admin/queues?q=nothing', '/admin/texts/all?language=fr', '/admin/texts/all?language=nl',
    `/admin/contacts/${firm.rows.contacts}/merge?other=${await id("SELECT id FROM contact WHERE name = 'Another'")}`, firm.calendar, `${firm.calendar}/import`,
    `/admin/agents/${firm.agents.carl}`, `/admin/agents/${firm.agents.carl}/status`, `/admin/agents/${firm.agents.carl}/sessions`];
  active = await pages(boss);
});
after(() => hark?.stop());

describe('what pages offer', () => {
  test('while a company is active there is something to press nearly everywhere', () => {
    assert.deepEqual(active['/admin/domains'].found, ['form /admin/domains', 'form /admin/domains/:id/check', 'link /admin/domains/:id/delete']);
    assert.deepEqual(active['/admin/agents/import'].found, ['form /admin/agents/import']);
    assert.ok(active['/admin/agents'].found.includes('link /admin/agents/new'));
    assert.deepEqual(active['/admin/availability'].found, ['form /admin/availability', 'form /admin/availability/days-off/:day/delete', 'form /admin/availability/days-off']);
    assert.ok(active[firm.calendar].found.includes('form /admin/holidays'));
    assert.ok(active[`/admin/agents/${firm.agents.carl}/status`].found.includes('form /admin/agents/:id/status'));
    assert.ok(Object.values(active).filter(({ found }) => found.length > 0).length > 70);
  });

  test('P-87 nothing to the host who views it', async () => {
    const made = await hark.hark(['operator', 'create', '--email', 'olga@host.example', '--name', 'Olga', '--password-file', '-'], { input: PASSWORD });
    assert.equal(made.code, 0, made.stderr);
    const olga = hark.client({ headers: { 'X-Forwarded-For': '192.0.2.77' } });
    assert.equal((await olga.submit('/host/sign-in', { email: 'olga@host.example', password: PASSWORD })).status, 303);
    const view = await olga.submit(`/host/tenants/${firm.id}`, {}, { form: '/view' });
    const client = hark.client({ headers: { 'X-Forwarded-For': '192.0.2.78' } });
    assert.equal((await client.submit(new URL(/value="([^"]*\/enter\/[^"]*)"/.exec(view.text)[1]).pathname)).status, 303);
    const now = await pages(client);
    assert.ok(Object.keys(now).length > 50);
    readsOnly(now, {}, /class="viewing"/);
    const links = new Map(Object.entries(now).flatMap(([path, { text }]) => [...text.matchAll(/<a\b[^>]*>/g)].map(([tag]) => [attribute(tag, 'href').split('#')[0], path])));
    for (const [to, path] of links) {
      if (!to.startsWith('/') || to.startsWith('/help')) continue;
      const reply = await client.get(to);
      assert.ok(reply.status === 200 || (reply.status === 303 && !reply.headers.location.startsWith('/sign-in')), `${path} leads to ${to}: ${reply.status} ${reply.headers.location}`);
    }
  });

  test('U-36 nothing in a company that is suspended, and why; all can be read', async () => {
    const carl = await pages(await signIn(hark, firm, 'carl'));
    assert.equal((await hark.hark(['tenant', 'suspend', '--tenant', 'acme', '--reason', 'Invoice 17'])).code, 0);
    const now = await pages(await signIn(hark, firm, 'boss'));
    readsOnly(now, active, /class="life"[\s\S]*Invoice 17/);
    readsOnly(await pages(await signIn(hark, firm, 'carl')), carl, /class="life"/);
    for (const [path, words] of [['/admin/domains', /desk\.acme\.example/], [firm.calendar, /New Year[\s\S]*Imported\.ics/], ['/admin/availability', /Skiing/], ['/admin/api-keys', /<strong>x</],
      ['/admin/profile', /value="boss@acme\.example"/], [`/admin/agents/${firm.agents.carl}/status`, /<option value="offline" selected/]])
      assert.match(now[path].text, words, path);
    for (const path of ['/admin/agents/import', '/admin/domains', '/admin/profile', '/admin/availability', firm.calendar, '/admin/texts/import'])
      assert.match(now[path].text, /You can see this, but not change it\./, path);
    assert.match(now['/admin/password'].text, /<button type="submit" class="button main">/);
  });
});
