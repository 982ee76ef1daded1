// SPDX-License-Identifier: BSD-2-Clause
// host_rights.test.mjs - the host's panel offers an operator nothing that his rights do not open, whatever state a company is in.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { PASSWORD } from '../harness/chat.mjs';
import { attribute, doorOf, routes, sentTo } from '../harness/doors.mjs';
import { startHark } from '../harness/hark.mjs';

const RIGHTS = [...new Set(routes.map((one) => one.permission))].filter((one) => one.startsWith('host.') && one !== 'host.signed-in');
const OWN = ['public', 'host.signed-in'];

let hark;
let key;
let next = 10;
const companies = {};

const api = async (method, path, body) => {
  const reply = await hark.client({ headers: { 'X-Api-Key': key } }).json(method, `/api/v1/host${path}`, body);
  assert.ok(reply.status < 300, `${path}: ${reply.text}`);
  return reply.status === 204 ? null : reply.json();
};

async function operator(permissions) {
  next += 1;
  const email = `operator${next}@host.example`;
  const made = await hark.hark(['operator', 'create', '--email', email, '--name', 'Olga', '--permissions', permissions, '--password-file', '-'], { input: PASSWORD });
  assert.equal(made.code, 0, made.stderr);
  const client = hark.client({ headers: { 'X-Forwarded-For': `192.0.2.${next}` } });
  assert.equal((await client.submit('/host/sign-in', { email, password: PASSWORD })).headers.location, '/host');
  return { client, email };
}

/** Goes wherever a link leads from the first page: { path: text }. Every link answers, and every form is of a right that there is. */
async function walk(client, rights) {
  const seen = {};
  for (const ways = ['/host']; ways.length > 0;) {
    const path = ways.pop();
    if (path in seen) continue;
    const reply = await client.get(path);
    assert.ok([200, 303].includes(reply.status), `${rights}: ${path} is ${reply.status}`);
    seen[path] = reply.status === 200 ? reply.text : '';
    if (reply.status === 303) ways.push(reply.headers.location);
    if (reply.status !== 200 || !/^text\/html/.test(reply.headers['content-type'])) continue;
    for (const to of sentTo(path, reply.text)) {
      const door = doorOf('POST', to);
      assert.ok(door, `${path}: a form leads to ${to}`);
      assert.ok([...OWN, ...rights].includes(door.permission), `${rights}: ${path} offers ${door.name}`);
    }
    for (const [tag] of reply.text.matchAll(/<a\b[^>]*>/g)) {
      const to = attribute(tag, 'href').split('#')[0];
      if (to.startsWith('/host') && !/[?&](sort|page|before|dir)=/.test(to)) ways.push(to);
    }
  }
  return seen;
}

before(async () => {
  hark = await startHark({ programs: ['hark-web'] });
  const { email } = await operator('*');
  const made = await hark.hark(['operator', 'key', 'create', '--email', email, '--name', 'all', '--permissions', '*', '--json']);
  assert.equal(made.code, 0, made.stderr);
  key = made.json().secret;
  await api('POST', '/plans', { code: 'small', name: 'Small', agents: 3 });
  for (const code of ['active', 'stopped', 'leaving']) {
    companies[code] = (await api('POST', '/tenants', { code, name: code, owner_email: `o@${code}.example`, owner_name: 'Olli', domain: `desk.${code}.example` })).id;
    await hark.sql(`INSERT INTO tenant_domain (tenant_id, host, state, created_at) VALUES (${companies[code]}, 'help.${code}.example', 'pending', 1)`);
  }
  await api('PATCH', `/tenants/${companies.stopped}`, { state: 'suspended', reason: 'Invoice 17' });
  await api('DELETE', `/tenants/${companies.leaving}`, { code: 'leaving', days: 30 });
});
after(() => hark?.stop());

describe("what the host's panel offers", () => {
  for (const right of RIGHTS)
    test(`an operator who has ${right} alone, and with reading`, async () => {
      for (const rights of [[right], ['host.read', right]]) {
        const pages = await walk((await operator(rights.join(' '))).client, rights);
        assert.ok('/host/account' in pages);
        if (rights.includes('host.read')) assert.ok(`/host/tenants/${companies.leaving}` in pages);
      }
    });

  test('one who may do everything gets everywhere, and a company that is deleted can only be taken back', async () => {
    const pages = await walk((await operator('*')).client, RIGHTS);
    const offered = (code) => sentTo('', pages[`/host/tenants/${companies[code]}`]).map((to) => to.split('/').at(-1));
    for (const part of ['facts', 'plan', 'domains/new', 'suspend', 'delete']) assert.ok(`/host/tenants/${companies.active}/${part}` in pages, part);
    assert.ok('/host/plans/new' in pages);
    for (const word of ['check', 'verify', 'view', 'sign-in-link']) assert.ok(offered('active').includes(word), word);
    assert.ok(offered('stopped').includes('resume'));
    assert.deepEqual(Object.keys(pages).filter((path) => path.startsWith(`/host/tenants/${companies.leaving}/`)), [`/host/tenants/${companies.leaving}/usage.csv`].filter((path) => path in pages));
    assert.deepEqual(offered('leaving').filter((word) => !['language', 'sign-out'].includes(word)), ['undelete']);
  });
});
