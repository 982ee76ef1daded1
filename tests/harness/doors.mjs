// SPDX-License-Identifier: BSD-2-Clause
// doors.mjs - every door of the golden list, and companies that have one of everything, so that each door has a row behind it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import { Agent, company, PASSWORD, Visitor } from './chat.mjs';
import { sourceFolder } from './hark.mjs';
import { unescapeHtml } from './http.mjs';
import { formWithFiles, png } from './pictures.mjs';

/** What the program prints of its doors, and that as a list of { path, method, permission, flags, name }. */
export const golden = readFileSync(join(sourceFolder(), 'tests/golden/routes.txt'), 'utf8');
export const routes = golden.trim().split('\n').map((line) => {
  const [path, method, permission, ...flags] = line.split(/\s+/);
  return { path, method, permission, flags, name: `${method} ${path}` };
});

const pattern = (route) => new RegExp(`^${route.path.replace(/:\w+/g, '[^/]+')}$`);

/** The door behind an address, with or without a query. */
export function doorOf(method, address) {
  const path = address.split(/[?#]/)[0];
  const list = routes.filter((one) => one.method === method);
  return list.find((one) => one.path === path) ?? list.find((one) => pattern(one).test(path));
}

/** What an attribute of a tag says; '' without. */
export const attribute = (tag, name) => unescapeHtml(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '');

/** The addresses that forms of a page are sent to by POST; buttons that are disabled send none. */
export function sentTo(path, html) {
  return [...html.matchAll(/(<form\b[^>]*>)[\s\S]*?<\/form>/g)].filter(([, head]) => attribute(head, 'method') === 'post').flatMap(([form, head]) => {
    const buttons = [...form.matchAll(/<button\b[^>]*>/g)].map(([tag]) => tag).filter((tag) => !/\sdisabled\b|type="button"/.test(tag));
    return [...new Set(buttons.map((tag) => attribute(tag, 'formaction') || attribute(head, 'action') || path))];
  });
}

/** Permissions of doors that nobody has to sign in for. */
export const OPEN = ['public', 'visitor'];

/** The nouns of the settings engine and their tables, as in the paths of doors. */
export const NOUNS = [['agents', 'agent'], ['queues', 'queue'], ['roles', 'role'], ['skills', 'skill'], ['away-statuses', 'away_status'], ['widgets', 'widget'],
  ['canned', 'canned'], ['api-keys', 'api_key'], ['calendars', 'calendar'], ['holidays', 'holiday'], ['invitations', 'invitation'],
  ['texts', 'text'], ['contacts', 'contact'], ['accounts', 'account']];

/** An agent with a browser of his own at an address of his own. */
export async function signIn(hark, firm, account) {
  const client = hark.client({ headers: { 'X-Forwarded-For': `198.51.100.${Math.floor(Math.random() * 250) + 1}` } });
  const reply = await client.submit('/sign-in', { company: firm.code, account, password: PASSWORD });
  assert.equal(reply.status, 303, reply.text);
  await client.get('/admin/password');
  assert.ok(client.formToken);
  return client;
}

/**
 * A company with anna (an agent with a chat and a file of it), boss (an administrator with a picture), those of `agents`, and a row of
 * every noun. Gives what company() gives and { boss: client, anna: Agent, vera: Visitor, chat, file, rows: { plural: id } }.
 */
export async function furnished(hark, code, agents = {}) {
  const firm = await company(hark, code, { agents: { boss: { role: 'Administrators' }, anna: {}, ...agents } });
  const one = async (query) => Number((await hark.sql(query))[0].id);
  const sent = async (path, values) => assert.equal((await firm.boss.submit(path, values)).status, 303, path);
  firm.rows = { pictured: firm.agents.boss };
  firm.anna = await Agent.at(hark, firm, 'anna');
  firm.vera = new Visitor(hark, firm.key);
  assert.equal((await firm.vera.start()).status, 200);
  assert.equal((await firm.anna.act(firm.vera.chat, 'accept')).status, 200);
  firm.chat = firm.vera.chat;
  firm.file = (await firm.vera.upload('a.txt', 'hello')).json().message.file.id;
  firm.boss = await signIn(hark, firm, 'boss');
  await sent('/admin/domains', { host: `desk.${code}.example` });
  firm.rows.domains = await one(`SELECT id FROM tenant_domain WHERE tenant_id = ${firm.id}`);
  await sent('/admin/canned/new', { name: 'Hi', body: 'Hi there' });
  for (const path of ['skills', 'away-statuses']) await sent(`/admin/${path}/new`, { name: 'One' });
  const picture = await formWithFiles({ form: firm.boss.formToken, first_name: 'Boss', alias: 'Boss', email: `boss@${code}.example`, avatar: { name: 'a.png', bytes: png(9, 9) } });
  assert.equal((await firm.boss.request('POST', '/admin/profile', picture)).status, 303);
  await hark.sql(`INSERT INTO api_key (tenant_id, agent_id, name, key_hash, created_at)
    SELECT tenant_id, id, 'x', UNHEX(SHA2('${code}', 256)), 1 FROM agent WHERE tenant_id = ${firm.id} AND account = 'boss'`);
  await hark.sql(`INSERT INTO account (tenant_id, name, queue_id, sealed_token, sealed_secret, hook_key, remote_id, created_at, updated_at)
    VALUES (${firm.id}, 'Bot', ${firm.queue}, 'x', 'x', '${code.padEnd(22, '-')}', '${firm.id}', 1, 1)`);
  const calendar = await one(`SELECT id FROM calendar WHERE tenant_id = ${firm.id}`);
  await sent(`/admin/calendars/${calendar}`, { name: 'New Year', first_day: '2027-01-01', yearly: '1' });
  const role = await one(`SELECT id FROM role WHERE tenant_id = ${firm.id} AND name = 'Agents'`);
  await sent('/admin/invitations/new', { email: `guest@${code}.example`, roles: String(role) });
  const text = await firm.boss.submit('/admin/texts/new?language=fr&message=Send', { wording: 'Envoie' }, { form: '/admin/texts' });
  assert.equal(text.status, 303, text.text);
  for (const [plural, table] of NOUNS) firm.rows[plural] = await one(`SELECT MAX(id) AS id FROM ${table} WHERE tenant_id = ${firm.id}`);
  return firm;
}

/** The address of a door with ids that exist at the company. */
export function address(route, firm) {
  const { rows } = firm;
  const noun = /^\/(?:admin|api\/v1)\/([a-z-]+)\/:id/.exec(route.path)?.[1];
  return route.path.replace('/api-keys/:key', `/api-keys/${rows['api-keys']}`).replace(':key', firm.key).replace(':part', 'x').replace(':import', '1')
    .replace(/:day\b/, rows.holidays).replace(':session', rows.sessions ?? ':session').replace(':token', 'A'.repeat(43))
    .replace(':domain', `desk.${firm.code}.example`)
    .replace(':id', () => {
      if (route.path.includes('/files/') || route.path.includes('/file/')) return firm.file;
      if (route.path.includes('/avatar/')) return rows.pictured;
      if (route.path.includes('/agents/:id/api-keys')) return firm.agents.boss;
      if (route.path.includes('conversations') || route.path.includes('history')) return firm.chat;
      if (/^(\/host|\/api\/v1\/host)\/tenants/.test(route.path)) return firm.id;
      if (/^(\/host|\/api\/v1\/host)\//.test(route.path)) return rows.plan;
      assert.ok(rows[noun], `a row for ${route.path}`);
      return rows[noun];
    });
}
