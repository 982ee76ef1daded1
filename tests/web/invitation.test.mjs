// SPDX-License-Identifier: BSD-2-Clause
// invitation.test.mjs - inviting people by mail, and what becomes of an invitation.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { startHark, until } from '../harness/hark.mjs';
import { noPostfix, startPostfix } from '../harness/postfix.mjs';

const PASSWORD = 'a long enough secret';
let hark;
let postfix;
let key;
let manager;
let nextAddress = 10;
const ids = {};

function visitor(options = {}) {
  nextAddress += 1;
  return hark.client({ ...options, headers: { 'X-Forwarded-For': `203.0.113.${nextAddress}`, ...options.headers } });
}

async function command(...args) {
  const done = await hark.hark(args, { input: PASSWORD });
  assert.equal(done.code, 0, done.stderr);
  return done;
}

async function signedIn(account, company = 'acme') {
  const client = visitor();
  assert.equal((await client.submit('/sign-in', { company, account, password: PASSWORD })).status, 303);
  await client.get('/admin');
  return client;
}

const api = (method, path, body, token = key) => hark.client({ headers: { 'X-Api-Key': token } }).json(method, path, body);
const linkOf = (mail) => /^(http\S+\/invitation\?token=\S+)$/m.exec(mail.text)[1];
const pathOf = (link) => link.replace(/^http:\/\/[^/]+/, '');
const accept = (client, link, values = {}) => client.submit(pathOf(link), {
  first_name: 'Nina', last_name: 'Novak', alias: 'Nina', new_password: PASSWORD, confirm_password: PASSWORD, ...values }, { form: '/invitation' });

/** Invites by the API and gives { id, link, mail }. */
async function invited(email, more = {}) {
  const reply = await api('POST', '/api/v1/invitations', { email, roles: [ids.Agents], ...more });
  assert.equal(reply.status, 201, reply.text);
  const mail = await postfix.mailTo(email, postfix.mailsTo(email).length + 1);
  return { id: reply.json().id, mail, link: linkOf(mail) };
}

describe('invitations', { skip: noPostfix() }, () => {
  before(async () => {
    postfix = await startPostfix();
    hark = await startHark({ programs: ['hark-web', 'hark-jobs'], conf: { smtp_url: `smtp://127.0.0.1:${postfix.port}` } });
    await command('tenant', 'create', '--code', 'acme', '--name', 'Acme & Co', '--domain', 'desk.acme.example');
    await command('tenant', 'create', '--code', 'beta', '--name', 'Beta', '--domain', 'desk.beta.example');
    await command('agent', 'create', '--tenant', 'acme', '--account', 'anna', '--email', 'anna@acme.example', '--first-name', 'Anna',
      '--last-name', 'Weber', '--role', 'Administrators', '--password-file', '-');
    await hark.sql("INSERT INTO role (tenant_id, name, permissions, created_at, updated_at) SELECT id, 'People', 'people.manage api.use chat.work history.read', 0, 0 FROM tenant WHERE code = 'acme'");
    await command('agent', 'create', '--tenant', 'acme', '--account', 'pete', '--email', 'pete@acme.example', '--first-name', 'Pete',
      '--role', 'People', '--password-file', '-');
    key = (await command('key', 'create', '--tenant', 'acme', '--account', 'anna', '--name', 'tests', '--json')).json().key;
    manager = (await command('key', 'create', '--tenant', 'acme', '--account', 'pete', '--name', 'tests', '--json')).json().key;
    for (const { id, name } of await hark.sql("SELECT id, name FROM role WHERE tenant_id = (SELECT id FROM tenant WHERE code = 'acme')")) ids[name] = Number(id);
    [{ id: ids.queue }] = await hark.sql("SELECT id FROM queue WHERE tenant_id = (SELECT id FROM tenant WHERE code = 'acme')");
  });
  after(async () => {
    await hark?.stop();
    await postfix?.end();
  });

  test('F-MEM-01 the page of invitations lists them with roles and state, and invites', async () => {
    const client = await signedIn('anna');
    const start = await client.get('/admin');
    assert.match(start.text, /href="\/admin\/invitations"/);
    assert.match((await client.get('/admin/invitations')).text, /Invite somebody by mail/);
    const sent = await client.submit('/admin/invitations/new', { email: 'list@home.example', roles: [String(ids.Agents)], locale: '' }, { form: '/admin/invitations' });
    assert.equal(sent.status, 303, sent.text);
    const list = await client.follow(sent);
    assert.match(list.text, /list@home\.example/);
    assert.match(list.text, /<span class="chip">Agents<\/span>/);
    assert.match(list.text, /Waiting for an answer<\/span>/);
    assert.match(list.text, /Anna Weber/);
  });

  test('F-MEM-02 C-10 the mail’s link makes an agent with the roles and queues, who is signed in', async () => {
    const { link, mail } = await invited('nina@home.example', { queues: [Number(ids.queue)], locale: 'fr' });
    assert.equal(mail.subject, 'Vous êtes invité chez Acme & Co');
    assert.match(mail.text, /^Bonjour,\n\nAnna Weber vous invite/);
    assert.match(mail.text, / \d\d\/\d\d\/\d{4} \d\d:\d\d UTC\./, 'the moment in the language of the mail, though another one has ordered it');
    assert.ok(link.startsWith(`http://desk.acme.example:${hark.port}/invitation?token=`), link);
    const client = visitor({ host: 'desk.acme.example' });
    const page = await client.get(pathOf(link));
    assert.equal(page.status, 200);
    assert.match(page.text, /<html lang="fr"/);
    assert.match(page.text, /value="nina@home\.example" readonly/);
    assert.match(page.text, /name="account" required|value="nina"/);
    const bad = await accept(client, link, { account: 'anna', new_password: 'short', confirm_password: 'other' });
    assert.equal(bad.status, 422);
    assert.match(bad.text, /value="Novak"/);
    const good = await accept(client, link);
    assert.equal(good.status, 303, good.text);
    assert.equal(good.headers.location, '/console');
    assert.equal((await client.get('/console')).status, 200);
    const [agent] = await hark.sql("SELECT id, account, first_name, last_name, alias, locale, max_chats FROM agent WHERE email = 'nina@home.example'");
    assert.deepEqual({ ...agent, id: 0 }, { id: 0, account: 'nina', first_name: 'Nina', last_name: 'Novak', alias: 'Nina', locale: 'fr', max_chats: '5' });
    assert.deepEqual((await hark.sql(`SELECT role_id FROM agent_role WHERE agent_id = ${agent.id}`)).map((row) => Number(row.role_id)), [ids.Agents]);
    assert.deepEqual(await hark.sql(`SELECT queue_id FROM queue_agent WHERE agent_id = ${agent.id}`), [{ queue_id: ids.queue }]);
    const gone = await visitor().get(pathOf(link));
    assert.equal(gone.status, 404);
    assert.match(gone.text, /Cette invitation a déjà été acceptée/);
    const audit = await hark.sql(`SELECT action, actor_name, difference FROM audit WHERE noun_id = ${agent.id} AND action = 'invitation.accept'`);
    assert.equal(audit.length, 1);
    assert.doesNotMatch(audit[0].difference, new RegExp(PASSWORD));
    assert.equal((await visitor().submit('/sign-in', { company: 'acme', account: 'nina@home.example', password: PASSWORD })).status, 303);
    const shown = await (await signedIn('anna')).get('/admin/invitations');
    assert.match(shown.text, /Accepted<\/span>/);
  });

  test('a person comes in by invitation, or is made directly', async () => {
    const { link } = await invited('cora@home.example');
    assert.equal((await accept(visitor(), link, { account: 'cora' })).status, 303);
    const made = await api('POST', '/api/v1/agents', { account: 'dirk', first_name: 'Dirk', alias: 'Dirk', email: 'dirk@home.example', roles: [ids.Agents], password: PASSWORD });
    assert.equal(made.status, 201);
    for (const account of ['cora', 'cora@home.example', 'dirk']) await signedIn(account);
  });

  test('F-MEM-02 of twenty who accept at once, one does', async () => {
    const { link } = await invited('race@home.example');
    const clients = await Promise.all(Array.from({ length: 20 }, async () => {
      const client = visitor();
      await client.get(pathOf(link));
      return client;
    }));
    const replies = await Promise.all(clients.map((client, i) => accept(client, link, { account: `racer${i}` }).catch(() => ({ status: 0 }))));
    assert.equal(replies.filter((reply) => reply.status === 303).length, 1, replies.map((reply) => reply.status).join(' '));
    assert.equal((await hark.sql("SELECT id FROM agent WHERE account LIKE 'racer%'")).length, 1);
  });

  test('F-MEM-02 a withdrawn, an expired and a replaced link say so', async () => {
    const withdrawn = await invited('gone@home.example');
    assert.equal((await api('DELETE', `/api/v1/invitations/${withdrawn.id}`)).status, 204);
    const page = await visitor().get(pathOf(withdrawn.link));
    assert.equal(page.status, 404);
    assert.match(page.text, /This invitation was withdrawn/);
    const late = await invited('late@home.example');
    await hark.sql(`UPDATE invitation SET expires_at = 1000 WHERE id = ${late.id}`);
    const expired = await visitor().get(pathOf(late.link));
    assert.match(expired.text, /This invitation has expired/);
    assert.match(expired.text, /Anna Weber/);
    const client = await signedIn('anna');
    await until('the sweep', async () => (await hark.sql(`SELECT state FROM invitation WHERE id = ${late.id}`))[0].state === 'expired', 30);
    const form = await client.get(`/admin/invitations/${late.id}`);
    assert.match(form.text, /The link has expired/);
    assert.equal((await client.submit(`/admin/invitations/${late.id}`, {}, { form: '/resend' })).status, 303);
    const again = await postfix.mailTo('late@home.example', 2);
    assert.equal((await visitor().get(pathOf(late.link))).status, 404, 'the old link');
    assert.equal((await accept(visitor(), linkOf(again), { account: 'late' })).status, 303);
    assert.equal((await api('POST', `/api/v1/invitations/${late.id}/resend`)).status, 409);
    assert.equal((await api('DELETE', `/api/v1/invitations/${late.id}`)).status, 409);
  });

  test('F-MEM-02 nobody invites to more than he may do himself, nor sends such an invitation elsewhere', async () => {
    const refused = await api('POST', '/api/v1/invitations', { email: 'evil@home.example', roles: [ids.Administrators] }, manager);
    assert.equal(refused.status, 422);
    assert.match(refused.json().fields.roles.message, /not allow more than you may do yourself/);
    const admin = await invited('chief@home.example', { roles: [ids.Administrators] });
    for (const [method, path, body] of [['PATCH', '', { email: 'pete@home.example' }], ['POST', '/resend', undefined], ['DELETE', '', undefined]]) {
      const reply = await api(method, `/api/v1/invitations/${admin.id}${path}`, body, manager);
      assert.ok([403, 409, 422].includes(reply.status), `${method} ${path}: ${reply.status} ${reply.text}`);
    }
    assert.equal((await api('PATCH', `/api/v1/invitations/${admin.id}`, { token_hash: 'x', state: 'accepted', agent_id: 1 })).status, 422);
    assert.equal((await accept(visitor(), admin.link, { account: 'chief' })).headers.location, '/admin');
  });

  test('an address that an agent or an open invitation has is not invited', async () => {
    const agent = await api('POST', '/api/v1/invitations', { email: 'anna@acme.example', roles: [ids.Agents] });
    assert.match(agent.json().fields.email.message, /belongs to an agent already/);
    await invited('twice@home.example');
    const twice = await api('POST', '/api/v1/invitations', { email: 'Twice@home.example', roles: [ids.Agents] });
    assert.match(twice.json().fields.email.message, /is invited already/);
    const nothing = await api('POST', '/api/v1/invitations', { email: 'x', roles: [] });
    assert.deepEqual(Object.keys(nothing.json().fields).sort(), ['email', 'roles']);
  });

  test('a role that an invitation gives stays; one whose roles are gone says so instead of making an agent who may do nothing', async () => {
    const made = await api('POST', '/api/v1/roles', { name: 'Guests', permissions: ['history.read'] });
    assert.equal(made.status, 201, made.text);
    const role = made.json().id;
    const guest = await invited('guest@home.example', { roles: [role, ids.Agents] });
    const refused = await api('DELETE', `/api/v1/roles/${role}`);
    assert.equal(refused.status, 409);
    assert.match(refused.text, /Invitations give this role/);
    assert.equal((await api('PATCH', `/api/v1/invitations/${guest.id}`, { roles: [role] })).status, 200);
    await hark.sql(`UPDATE invitation SET expires_at = 1000 WHERE id = ${guest.id}`);
    assert.equal((await api('DELETE', `/api/v1/roles/${role}`)).status, 204, 'nobody comes by one that is over');
    assert.match((await api('POST', `/api/v1/invitations/${guest.id}/resend`)).text, /Choose another one there/);
    await hark.sql(`UPDATE invitation SET expires_at = ${Date.now() + 1000000}, state = 'open' WHERE id = ${guest.id}`);
    const page = await visitor().get(pathOf(guest.link));
    assert.equal(page.status, 404);
    assert.match(page.text, /The role that it gave was deleted[\s\S]*can change the invitation/);
    assert.equal((await api('PATCH', `/api/v1/invitations/${guest.id}`, { roles: [ids.Agents] })).status, 200);
    assert.equal((await accept(visitor(), guest.link, { account: 'guest' })).status, 303);
  });

  test('another address gets a link of its own', async () => {
    const first = await invited('old@home.example');
    assert.equal((await api('PATCH', `/api/v1/invitations/${first.id}`, { email: 'new@home.example' })).status, 200);
    const second = linkOf(await postfix.mailTo('new@home.example'));
    assert.equal((await visitor().get(pathOf(first.link))).status, 404);
    assert.equal((await visitor().get(pathOf(second))).status, 200);
  });

  test('the account and the password of who accepts keep to the rules', async () => {
    const { link } = await invited('rules@home.example');
    const client = visitor();
    for (const [values, words] of [[{ account: 'anna' }, /Account is already used/], [{ account: 'anna@acme.example' }, /Account is already used/], [{ account: '' }, /Account is required/],
      [{ new_password: 'rules@home.example', confirm_password: 'rules@home.example' }, /must be more than account, e-mail address and name of the company/],
      [{ new_password: 'password1', confirm_password: 'password1' }, /first that attackers try/], [{ confirm_password: 'x' }, /differs from the password/]]) {
      const reply = await accept(client, link, values);
      assert.equal(reply.status, 422, JSON.stringify(values));
      assert.match(reply.text, words);
    }
    for (const token of ['', 'x', 'x'.repeat(43), 'x'.repeat(5000)]) assert.equal((await visitor().get(`/invitation?token=${token}`)).status, 404);
    assert.equal((await visitor({ host: 'desk.beta.example' }).get(pathOf(link))).status, 404, 'not on the domain of another company');
    const foreign = hark.client({ headers: { 'X-Forwarded-For': '203.0.113.9', Origin: 'https://evil.example' } });
    await foreign.get(pathOf(link));
    assert.equal((await accept(foreign, link, { account: 'evil' })).status, 403);
  });

  test('F-MEM-02 who accepts counts against the plan; the invitation stays good', async () => {
    const { link } = await invited('limit@home.example');
    const [{ count }] = await hark.sql("SELECT COUNT(*) AS count FROM agent WHERE deleted_at IS NULL AND tenant_id = (SELECT id FROM tenant WHERE code = 'acme')");
    await hark.sql(`INSERT INTO plan (code, name, agents, created_at, updated_at) VALUES ('small', 'Small', ${count}, 0, 0)`);
    await hark.sql("UPDATE tenant SET plan_id = (SELECT id FROM plan WHERE code = 'small') WHERE code = 'acme'");
    const full = await accept(visitor(), link, { account: 'limit' });
    assert.equal(full.status, 422);
    assert.match(full.text, /Tell whoever invited you/);
    await hark.sql("UPDATE tenant SET plan_id = 1 WHERE code = 'acme'");
    assert.equal((await accept(visitor(), link, { account: 'limit' })).status, 303);
  });

  test('the owner of a new company gets a mail with a link to choose a password', async () => {
    await command('tenant', 'create', '--code', 'gamma', '--name', 'Gamma', '--time-zone', 'Europe/Paris', '--owner-email', 'olga@gamma.example', '--owner-name', 'Olga Orlow');
    const mail = await postfix.mailTo('olga@gamma.example');
    assert.equal(mail.subject, 'Your account at Gamma is ready');
    assert.match(mail.text, /^Hello Olga Orlow,/);
    assert.match(mail.text, /until \d+ \w{3} \d{4}, \d\d:\d\d CES?T\./, 'in the zone of the company');
    assert.match(mail.text, /with the company “gamma” and the account “olga”:\n\nhttp:[^\n]+\/sign-in\n/);
    const [, path] = /^http:\/\/[^/]+(\/forgot\/code\?token=\S+)$/m.exec(mail.text);
    const client = visitor();
    assert.match((await client.get(path)).text, /<strong>olga<\/strong>/);
    assert.equal((await client.submit(path, { new_password: PASSWORD, confirm_password: PASSWORD })).status, 303);
    await signedIn('olga@gamma.example', 'gamma');
    assert.equal((await visitor().get(path)).status, 404);
  });

  test('a domain that is only claimed stands in no link', async () => {
    await hark.sql("INSERT INTO tenant_domain (host, tenant_id, created_at, state) SELECT 'claimed.beta.example', id, 0, 'pending' FROM tenant WHERE code = 'beta'");
    await command('agent', 'invite', '--tenant', 'beta', '--email', 'ben@beta.example');
    assert.ok(linkOf(await postfix.mailTo('ben@beta.example')).startsWith(`http://desk.beta.example:${hark.port}/`));
  });

  test('F-MEM-02 hark agent invite does the same', async () => {
    const done = await command('agent', 'invite', '--tenant', 'acme', '--email', 'cli@home.example', '--role', 'Agents', '--queue', 'Inbox', '--language', 'es', '--json');
    assert.equal(done.json().invitation.email, 'cli@home.example');
    const mail = await postfix.mailTo('cli@home.example');
    assert.equal(mail.subject, 'Le han invitado a Acme & Co');
    assert.equal((await accept(visitor(), linkOf(mail), { account: 'cli' })).status, 303);
    const twice = await hark.hark(['agent', 'invite', '--tenant', 'acme', '--email', 'cli@home.example']);
    assert.equal(twice.code, 1);
    assert.match(twice.stderr, /belongs to an agent already/);
  });
});
