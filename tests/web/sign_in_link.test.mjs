// SPDX-License-Identifier: BSD-2-Clause
// sign_in_link.test.mjs - another product of the company: imports its agents, again and again, and signs them in by links that work once.
import { after, before, beforeEach, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { startHark } from '../harness/hark.mjs';
import { secretOf, totp } from '../harness/totp.mjs';

const PASSWORD = 'a long enough secret';
let hark;
let key;
let importer;   // a key of all rights: it gives roles
let nextAddress = 10;

function visitor(options = {}) {
  nextAddress += 1;
  return hark.client({ ...options, headers: { 'X-Forwarded-For': options.address ?? `192.0.2.${nextAddress}`, ...options.headers } });
}

async function command(args, input = PASSWORD) {
  const done = await hark.hark(args, { input });
  assert.equal(done.code, 0, done.stderr);
  return done;
}

const agent = (account, ...more) => command(['agent', 'create', '--tenant', 'acme', '--account', account,
  '--email', `${account}@acme.example`, '--first-name', account, '--password-file', '-', ...more]);
const makeKey = async (account, ...more) => (await command(['key', 'create', '--tenant', 'acme', '--account', account, '--name', 'bots',
  '--json', ...more])).json().key;
const api = (method, path, body, own = key) =>
  hark.client({ headers: { 'X-Api-Key': own, 'X-Forwarded-For': '192.0.2.1' } }).json(method, `/api/v1${path}`, body);
const idOf = async (account) => (await hark.sql(`SELECT id FROM agent WHERE account = '${account}'`))[0].id;
const audited = (action) => hark.sql(`SELECT actor_kind, actor_name, noun, noun_id, noun_name, address FROM audit
  WHERE action = '${action}' ORDER BY id`);

async function signedIn(account, password = PASSWORD) {
  const client = visitor();
  const reply = await client.submit('/sign-in', { company: 'acme', account, password });
  assert.equal(reply.status, 303, reply.text);
  await client.get('/admin');
  return client;
}

/** The path of a link that the product asks for. */
async function link(account, own = key) {
  const made = await api('POST', `/agents/${await idOf(account)}/sign-in-link`, {}, own);
  assert.equal(made.status, 201, made.text);
  const { url } = made.json();
  assert.ok(url.startsWith(`${hark.url}/enter/`), url);
  return new URL(url).pathname;
}

const allow = async (value) => assert.equal((await api('PATCH', '/settings/security', { sign_in_links: value })).status, 200);

async function importFile(client, csv, keep = true) {
  return client.submit('/admin/agents/import', { csv }, { form: '/admin/agents/import', ...(keep ? { button: ['keep', '1'] } : {}) });
}

before(async () => {
  hark = await startHark({ programs: ['hark-web'] });
  await command(['tenant', 'create', '--code', 'acme', '--name', 'Acme Ltd']);
  await command(['tenant', 'create', '--code', 'beta', '--name', 'Beta', '--domain', 'desk.beta.example']);
  await agent('anna', '--role', 'Administrators');
  await agent('bert', '--queue', 'Inbox');
  await agent('tess', '--queue', 'Inbox');
  key = await makeKey('anna', '--scopes', 'people.sign_in,people.manage,settings.manage');
  importer = await makeKey('anna');
  await allow(true);
});
beforeEach(() => hark.sql('DELETE FROM throttle'));
after(() => hark?.stop());

describe('agents of another product', () => {
  test('F-GEN-06 importing an agent again makes no second one, and changes nothing that the agent has changed here', async () => {
    const roles = (await hark.sql("SELECT id FROM role WHERE tenant_id = 1 AND name = 'Agents'")).map((row) => Number(row.id));
    const body = { account: 'ivo', email: 'ivo@bots.example', first_name: 'Ivo', alias: 'Ivo', roles, external_id: 'Bot-17' };
    const first = await api('POST', '/agents', { ...body, password: 'of the bot product 1' }, importer);
    assert.equal(first.status, 201, first.text);
    const { id, external_id } = first.json();
    assert.equal(external_id, 'Bot-17');

    const ivo = await signedIn('ivo', 'of the bot product 1');
    assert.equal((await ivo.submit('/confirm?next=/admin', { password: 'of the bot product 1' })).status, 303);
    assert.equal((await ivo.json('PATCH', '/api/v1/me', { email: 'ivo@home.example', password: 'of the bot product 1' })).status, 200);
    const changed = await ivo.submit('/admin/password', { old_password: 'of the bot product 1', new_password: 'only for this chat', confirm_password: 'only for this chat' });
    assert.equal(changed.status, 303, changed.text);

    const again = await api('POST', '/agents', { ...body, email: 'ivo@new-bots.example', password: 'changed in the bot product' }, importer);
    assert.equal(again.status, 200, again.text);
    assert.equal(again.json().id, id);
    assert.equal(again.json().email, 'ivo@home.example');
    await signedIn('ivo', 'only for this chat');
    const refused = await visitor().submit('/sign-in', { company: 'acme', account: 'ivo', password: 'changed in the bot product' });
    assert.equal(refused.status, 422);

    const other = await api('POST', '/agents', { ...body, external_id: 'bot-17' }, importer);   // another one, whose names are taken
    assert.equal(other.status, 422, other.text);
    assert.equal((await hark.sql("SELECT COUNT(*) AS n FROM agent WHERE external_id = 'Bot-17'"))[0].n, '1');
  });

  test('F-GEN-06 of many imports at once one makes the agent, and a deleted one stays deleted', async () => {
    const roles = (await hark.sql("SELECT id FROM role WHERE tenant_id = 1 AND name = 'Agents'")).map((row) => Number(row.id));
    const body = { account: 'olga', email: 'olga@bots.example', first_name: 'Olga', alias: 'Olga', roles, external_id: 'Bot-18' };
    const all = await Promise.all(Array.from({ length: 6 }, () => api('POST', '/agents', body, importer)));
    assert.deepEqual(all.map((one) => one.status).sort(), [200, 200, 200, 200, 200, 201]);
    const { id } = all[0].json();
    assert.ok(all.every((one) => one.json().id === id));
    assert.equal((await api('DELETE', `/agents/${id}`, undefined, importer)).status, 204);
    const after = await api('POST', '/agents', body, importer);
    assert.equal(after.status, 200);
    assert.ok(after.json().deleted_at);
    assert.equal((await hark.sql("SELECT COUNT(*) AS n FROM agent WHERE account = 'olga'"))[0].n, '1');
    assert.equal((await api('POST', `/agents/${id}/restore`, undefined, importer)).status, 200);
  });

  test('F-GEN-06 the form says whose external id it is when that agent was deleted', async () => {
    const anna = await signedIn('anna');
    const [role] = await hark.sql("SELECT id FROM role WHERE tenant_id = 1 AND name = 'Agents'");
    const form = { account: 'nina', email: 'nina@acme.example', first_name: 'Nina', alias: 'Nina', roles: role.id, external_id: 'Bot-19' };
    assert.equal((await anna.submit('/admin/agents/new', form)).status, 303);
    assert.equal((await api('DELETE', `/agents/${await idOf('nina')}`, undefined, importer)).status, 204);
    const again = await anna.submit('/admin/agents/new', { ...form, account: 'nino', email: 'nino@acme.example' });
    assert.equal(again.status, 422);
    assert.match(again.text, /External ID belongs to an agent who was deleted: restore that one instead/);
    assert.doesNotMatch(again.text, /Alias is already used/);
  });

  test('F-GEN-06 a file of agents with external ids can be imported every night', async () => {
    const anna = await signedIn('anna');
    const head = 'account,email,first_name,roles,external_id,password\n';
    const file = `${head}uma,uma@bots.example,Uma,Agents,U-1,\nude,ude@bots.example,Ude,Agents,U-2,\n`;
    assert.equal((await importFile(anna, file)).status, 303);
    await hark.sql("UPDATE agent SET email = 'uma@home.example' WHERE account = 'uma'");
    const look = await importFile(anna, `${head}uma,uma2@bots.example,Uma,Agents,U-1,other secret 1\nxi,xi@bots.example,Xi,Agents,U-3,\n`, false);
    assert.match(look.text, /1 agent can be imported\./);
    assert.match(look.text, /1 was imported before and stays as it is here\./);
    assert.match(look.text, /<th scope="row" class="main">xi</);
    assert.doesNotMatch(look.text, /<th scope="row" class="main">uma</);
    assert.equal((await importFile(anna, `${file}xi,xi@bots.example,Xi,Agents,U-3,\n`)).status, 303);
    assert.deepEqual((await hark.sql("SELECT account, email FROM agent WHERE external_id LIKE 'U-%' ORDER BY external_id")).map((row) => row.email),
      ['uma@home.example', 'ude@bots.example', 'xi@bots.example']);
    const twice = await importFile(anna, `${head}p,p@bots.example,P,Agents,U-9,\nq,q@bots.example,Q,Agents,U-9,\n`, false);
    assert.equal(twice.status, 422);
    assert.match(twice.text, /External ID/);
  });
});

describe('links of another product', () => {
  test('F-GEN-06 the menu link of another product signs in without a password, once', async () => {
    const path = await link('bert');
    const browser = visitor();
    const page = await browser.get(path);
    assert.equal(page.status, 200);
    assert.match(page.text, /signs you in as bert\./);
    assert.match(page.text, /<form method="post" action="[^"]*" data-goes>/);
    const reply = await browser.submit(path);
    assert.equal(reply.status, 303);
    assert.equal(reply.headers.location, '/console');
    assert.equal((await browser.get('/console')).status, 200);
    assert.equal((await visitor().get(path)).status, 404);
    assert.equal((await visitor().submit('/sign-in', { company: 'acme', account: 'bert', password: PASSWORD })).status, 303);
  });

  test('F-GEN-06 the owner of the key may have the longest name', async () => {
    await hark.sql("UPDATE agent SET first_name = REPEAT('A', 80), last_name = REPEAT('B', 80) WHERE account = 'anna'");
    assert.equal((await visitor().submit(await link('bert'))).status, 303);
    await hark.sql("UPDATE agent SET first_name = 'anna', last_name = '' WHERE account = 'anna'");
  });

  test('F-GEN-06 making and using a link are in the audit log', async () => {
    const bert = await idOf('bert');
    const browser = visitor({ address: '192.0.2.99' });
    const before = [(await audited('agent.sign_in_link')).length, (await audited('agent.sign_in_by_link')).length];
    await browser.submit(await link('bert'));
    const made = (await audited('agent.sign_in_link')).slice(before[0]);
    const used = (await audited('agent.sign_in_by_link')).slice(before[1]);
    assert.deepEqual(made, [{ actor_kind: 'api', actor_name: 'anna', noun: 'agent', noun_id: bert, noun_name: 'bert', address: '192.0.2.1' }]);
    assert.deepEqual(used, [{ actor_kind: 'api', actor_name: 'anna', noun: 'agent', noun_id: bert, noun_name: 'bert', address: '192.0.2.99' }]);
    assert.equal((await audited('sign_in')).at(-1).noun_id, bert);
  });

  test('whoever is signed in as somebody else must press the button', async () => {
    const path = await link('bert');
    const anna = await signedIn('anna');
    const asked = (await anna.get(path)).text;
    assert.doesNotMatch(asked, /data-goes/);
    assert.match(asked, /signs out anna\./);
    const old = anna.cookies.get('hark');
    assert.equal((await anna.submit(path)).status, 303);
    const thief = visitor();
    thief.cookies.set('hark', old);
    assert.equal((await thief.get('/admin')).status, 303);   // to the sign-in page
    const bert = await signedIn('bert');
    assert.match((await bert.get(await link('bert'))).text, /data-goes/);
  });

  test('the company has to allow it, the key has to have the right, and it has to be a key', async () => {
    const bert = await idOf('bert');
    await allow(false);
    let reply = await api('POST', `/agents/${bert}/sign-in-link`, {});
    assert.equal(reply.status, 403);
    assert.equal(reply.json().error, 'sign_in_links');
    await allow(true);
    const path = await link('bert');
    await allow(false);
    assert.equal((await visitor().submit(path)).status, 403);    // not any more
    await allow(true);
    assert.equal((await visitor().submit(path)).status, 303);    // the refusal did not use it up
    const narrow = await makeKey('anna', '--scopes', 'people.manage');
    assert.equal((await api('POST', `/agents/${bert}/sign-in-link`, {}, narrow)).status, 403);
    const reader = await makeKey('anna', '--scopes', 'people.sign_in', '--read-only');
    assert.equal((await api('POST', `/agents/${bert}/sign-in-link`, {}, reader)).status, 403);
    const anna = await signedIn('anna');
    reply = await anna.json('POST', `/api/v1/agents/${bert}/sign-in-link`, {});
    assert.equal(reply.status, 403);
    assert.equal(reply.json().error, 'key');
    assert.equal((await visitor().json('POST', `/api/v1/agents/${bert}/sign-in-link`, {})).status, 401);
  });

  test('nobody with more rights than the owner of the key, nobody deleted, nobody of another company', async () => {
    await agent('lena');
    const role = await api('POST', '/roles', { name: 'Sign-in', permissions: ['people.sign_in', 'api.use', 'chat.work'], agents: [Number(await idOf('lena'))] }, importer);
    assert.equal(role.status, 201, role.text);
    const lena = await makeKey('lena', '--scopes', 'people.sign_in');
    assert.equal((await api('POST', `/agents/${await idOf('anna')}/sign-in-link`, {}, lena)).status, 403);
    await link('bert', lena);
    assert.equal((await api('POST', '/agents/999999/sign-in-link', {})).status, 404);
    await command(['agent', 'create', '--tenant', 'beta', '--account', 'boss', '--email', 'b@beta.example', '--first-name', 'B', '--password-file', '-']);
    assert.equal((await api('POST', `/agents/${await idOf('boss')}/sign-in-link`, {})).status, 404);
    const path = await link('tess');
    assert.equal((await visitor({ host: 'desk.beta.example' }).get(path)).status, 404);
    await hark.sql("UPDATE agent SET deleted_at = 1 WHERE account = 'tess'");
    assert.equal((await visitor().get(path)).status, 404);
    assert.equal((await api('POST', `/agents/${await idOf('tess')}/sign-in-link`, {})).status, 404);
    await hark.sql("UPDATE agent SET deleted_at = NULL WHERE account = 'tess'");
  });

  test('a link is over after a minute and leads nowhere but to the first page', async () => {
    const path = await link('bert');
    await hark.sql('UPDATE enter_link SET expires_at = expires_at - 60001');
    assert.equal((await visitor().get(path)).status, 404);
    const away = await link('bert');
    const page = visitor();
    const form = /name="form" value="([^"]*)"/.exec((await page.get(`${away}?next=//evil.example`)).text)[1];
    const reply = await page.post(`${away}?next=https://evil.example`, { form, next: '//evil.example' });
    assert.equal(reply.headers.location, '/console');
    const made = await hark.client({ headers: { 'X-Api-Key': key, 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-For': '192.0.2.1' } })
      .json('POST', `/api/v1/agents/${await idOf('bert')}/sign-in-link`, {});
    assert.ok(made.json().url.startsWith(`${hark.url}/enter/`));
  });

  test('the second factor is still asked for', async () => {
    const tess = await signedIn('tess');
    await tess.submit('/confirm?next=/admin', { password: PASSWORD });
    await tess.submit('/admin/two-factor', {}, { form: '/admin/two-factor' });
    const secret = secretOf((await tess.get('/admin/two-factor/set-up')).text);
    assert.equal((await tess.submit('/admin/two-factor/set-up', { code: totp(secret) })).status, 303);
    await hark.sql("UPDATE agent SET totp_step = 0 WHERE account = 'tess'");
    const browser = visitor();
    const reply = await browser.submit(await link('tess'));
    assert.equal(reply.headers.location, '/sign-in/code');
    assert.ok(!browser.cookies.has('hark'));
    assert.equal((await browser.submit('/sign-in/code', { code: totp(secret) })).status, 303);
    assert.equal((await browser.get('/console')).status, 200);
  });

  test('not from an address that the agent may not use, and not into a suspended company', async () => {
    await hark.sql("UPDATE agent SET allowed_addresses = '198.51.100.0/24' WHERE account = 'bert'");
    const outside = await visitor().submit(await link('bert'));
    assert.equal(outside.status, 403);
    assert.equal((await visitor({ address: '198.51.100.7' }).submit(await link('bert'))).status, 303);
    await hark.sql("UPDATE agent SET allowed_addresses = '' WHERE account = 'bert'");
    const path = await link('bert');
    await command(['tenant', 'suspend', '--tenant', 'acme', '--reason', 'test']);
    assert.equal((await api('POST', `/agents/${await idOf('bert')}/sign-in-link`, {})).status, 403);
    assert.equal((await visitor().submit(path)).status, 403);
    await command(['tenant', 'resume', '--tenant', 'acme']);
    assert.equal((await visitor().submit(path)).status, 303);
  });

  test('at most twenty links for one agent in ten minutes, and of many browsers one gets in', async () => {
    const paths = [];
    for (let i = 0; i < 20; i += 1) paths.push(await link('bert'));
    const reply = await api('POST', `/agents/${await idOf('bert')}/sign-in-link`, {});
    assert.equal(reply.status, 429);
    assert.ok(Number(reply.headers['retry-after']) > 0);
    await link('anna');
    const clients = await Promise.all(Array.from({ length: 8 }, async () => {
      const client = visitor();
      return { client, form: /name="form" value="([^"]*)"/.exec((await client.get(paths[0])).text)[1] };
    }));
    const replies = await Promise.all(clients.map(({ client, form }) => client.post(paths[0], { form })));
    assert.deepEqual(replies.map((one) => one.status).sort(), [303, ...Array(7).fill(404)]);
  });
});
