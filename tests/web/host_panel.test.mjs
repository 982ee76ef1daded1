// SPDX-License-Identifier: BSD-2-Clause
// host_panel.test.mjs - the host's panel and API in the small: what asks before it takes away, limits as numbers, and what is refused how.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { startHark } from '../harness/hark.mjs';

const PASSWORD = 'a long enough secret';
let hark;
let olga;
let key;
let nextAddress = 10;

async function command(...args) {
  const done = await hark.hark(args, { input: PASSWORD });
  assert.equal(done.code, 0, done.stderr);
  return done;
}

const keyFor = async (permissions, name) => (await command('operator', 'key', 'create', '--email', 'olga@host.example', '--name', name,
  '--permissions', permissions, '--json')).json();
const api = (method, path, body, own = key) => hark.client({ headers: { 'X-Api-Key': own } }).json(method, `/api/v1/host${path}`, body);

async function made(path, body) {
  const reply = await api('POST', path, body);
  assert.equal(reply.status, 201, reply.text);
  return reply.json();
}

/** The owner of a company, by the link of the host. */
async function owner(tenant) {
  nextAddress += 1;
  const client = hark.client({ headers: { 'X-Forwarded-For': `192.0.2.${nextAddress}` } });
  const link = (await made(`/tenants/${tenant.id}/sign-in-link`)).url;
  assert.equal((await client.submit(new URL(link).pathname)).headers.location, '/admin');
  await client.get('/admin');
  return client;
}

before(async () => {
  hark = await startHark({ programs: ['hark-web'], conf: { host_contact: 'sales@host.example' } });
  await command('operator', 'create', '--email', 'olga@host.example', '--name', 'Olga Host', '--password-file', '-');
  key = (await keyFor('*', 'all')).secret;
  olga = hark.client({ headers: { 'X-Forwarded-For': '192.0.2.7' } });
  assert.equal((await olga.submit('/host/sign-in', { email: 'olga@host.example', password: PASSWORD })).status, 303);
});
after(() => hark?.stop());

/** The page has the button that leads to a question, which alone does it. */
async function asked(page, path, words) {
  const { text } = await olga.get(page);
  assert.match(text, new RegExp(`<a [^>]*href="${path}"`));
  assert.doesNotMatch(text, new RegExp(`<form[^>]*action="${path}"`));
  const question = await olga.get(path);
  assert.equal(question.status, 200);
  assert.match(question.text, words);
  return (await olga.submit(path)).headers.location;
}

describe('P-86 what is taken away is asked for first', () => {
  test('a host name', async () => {
    const tenant = await made('/tenants', { code: 'names', name: 'Names', domain: 'desk.names.example' });
    const [domain] = (await api('GET', `/tenants/${tenant.id}/domains`)).json().items;
    const page = `/host/tenants/${tenant.id}`;
    assert.equal(await asked(page, `${page}/domains/${domain.id}/remove`, /Remove desk\.names\.example/), page);
    assert.deepEqual((await api('GET', `/tenants/${tenant.id}/domains`)).json().items, []);
    assert.equal((await olga.get(`${page}/domains/${domain.id}/remove`)).status, 404);
  });

  test('a plan', async () => {
    const plan = await made('/plans', { code: 'gone', name: 'Gone soon' });
    assert.equal(await asked(`/host/plans/${plan.id}`, `/host/plans/${plan.id}/delete`, /Delete the plan Gone soon/), '/host/plans');
    assert.equal((await api('GET', `/plans/${plan.id}`)).status, 404);
  });

  test('a key of an operator', async () => {
    const { id, secret } = await keyFor('host.read', 'Billing');
    const number = id ?? (await api('GET', '/keys')).json().items.find((one) => one.name === 'Billing').id;
    assert.equal(await asked('/host/operators', `/host/operators/keys/${number}/delete`, /Take back the key Billing/), '/host/operators');
    assert.equal((await api('GET', '/plans', undefined, secret)).status, 401);
  });
});
