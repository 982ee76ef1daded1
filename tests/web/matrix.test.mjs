// SPDX-License-Identifier: BSD-2-Clause
// matrix.test.mjs - who gets what: every door for everybody with rows of either company against a golden table, rows of another company
// named within bodies, and every column of a table that somebody might try to set.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { address, furnished, OPEN, routes, signIn } from '../harness/doors.mjs';
import { request, sourceFolder, startHark } from '../harness/hark.mjs';
import { PASSWORD } from '../harness/chat.mjs';
import { readForms } from '../harness/http.mjs';
import { keepTables } from '../harness/kept.mjs';

const TABLE = join(sourceFolder(), 'tests/golden/matrix.txt');
const HEAD = `# matrix.txt - what everybody gets at every door, without a body: first at rows of the company "acme", then at rows of "beta".
# When a change is meant: HARK_BLESS=1, run tests/web/matrix.test.mjs, read the difference.
#
# Who: nobody; Visitor of acme; Agent, Supervisor, administrator (Boss) of acme; administrator of beta (Zoe); Operator of the host;
#      key of acme's administrator that only Reads; Key of acme's administrator.
# +    done, shown              >    led on to another page       !    let in, the empty body is refused
# ?    asked for the password   s    sent to sign in              1    401 sign in      3    403 no right     4    404 not there
#
`;
/* What a person might change merely by looking or trying. */
const RESTLESS = ['audit', 'throttle', 'session', 'operator_session', 'captcha_used', 'tenant_load', 'pending_sign_in'];

let hark;
let acme;
let beta;
let kept;
let everybody;      // [letter, headers]
let key;            // headers of acme's administrator's key

async function command(...args) {
  const done = await hark.hark(args, { input: PASSWORD });
  assert.equal(done.code, 0, done.stderr);
  return done;
}

const cookies = (client) => ({ Cookie: [...client.cookies].map((pair) => pair.join('=')).join('; '), 'X-Hark-Form': client.formToken });
const json = (method, path, body, headers = key) => request(`${hark.url}${path}`,
  { method, body: JSON.stringify(body), headers: { ...headers, 'Content-Type': 'application/json' } });

async function operator() {
  await command('operator', 'create', '--email', 'olga@host.example', '--name', 'Olga', '--password-file', '-');
  const client = hark.client({ headers: { 'X-Forwarded-For': '198.51.100.251' } });
  assert.equal((await client.submit('/host/sign-in', { email: 'olga@host.example', password: PASSWORD })).status, 303);
  await client.get('/host/plans/new');
  return cookies(client);
}

async function apiKey(...more) {
  const made = await command('key', 'create', '--tenant', 'acme', '--account', 'boss', '--name', 'matrix', '--json', ...more);
  return { 'X-Api-Key': made.json().key };
}

before(async () => {
  hark = await startHark({ programs: ['hark-web', 'hark-chat'] });
  acme = await furnished(hark, 'acme', { sam: { role: 'Supervisors' }, uma: {} });
  beta = await furnished(hark, 'beta', { uma: {} });
  for (const firm of [acme, beta]) {
    firm.rows.sessions = (await hark.sql(`SELECT id FROM session WHERE tenant_id = ${firm.id} AND agent_id = ${firm.agents.boss}`))[0].id;
    await command('plan', 'create', '--code', `${firm.code}-plan`, '--name', firm.code);
    firm.rows.plan = (await hark.sql(`SELECT id FROM plan WHERE code = '${firm.code}-plan'`))[0].id;
  }
  key = await apiKey();
  everybody = [
    ['n', {}], ['V', { 'X-Hark-Visitor': acme.vera.token }], ['A', cookies(await signIn(hark, acme, 'anna'))],
    ['S', cookies(await signIn(hark, acme, 'sam'))], ['B', cookies(acme.boss)], ['Z', cookies(beta.boss)],
    ['O', await operator()], ['R', await apiKey('--read-only')], ['K', key],
  ];
  await hark.sql(`DELETE FROM throttle; UPDATE api_key SET used_at = ${Date.now() + 3600e3}`);   // so that using a key changes no row
  kept = await keepTables(hark);
});
after(async () => {
  kept?.end();
  await hark?.stop();
});

/** What an answer is, in one letter. */
function letter(reply, what) {
  const to = reply.headers.location ?? '';
  const error = reply.text.startsWith('{') ? reply.json().error : '';
  if (/\/sign-in\?next=/.test(to)) return 's';
  if (/^(\/host)?\/confirm/.test(to) || error === 'confirm') return '?';
  if (reply.status < 300) return '+';
  if (reply.status < 400) return '>';
  if ([400, 409, 411, 413, 415, 422].includes(reply.status)) return '!';
  assert.ok([401, 403, 404].includes(reply.status), `${what}: ${reply.status} ${reply.text.slice(0, 300)}`);
  return String(reply.status).at(-1);
}

/** Bodies of visitors name a chat; everybody else's are empty. */
function bodyOf(route, firm) {
  if (route.method === 'GET') return {};
  if (!route.path.startsWith('/visit/')) return { body: '', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } };
  return { body: JSON.stringify({ conversation: firm.chat, client_id: randomUUID() }), headers: { 'Content-Type': 'application/json' } };
}

/** Asks again where the program says so: a lock of the database that did not come. */
async function knock(route, firm, headers) {
  const { body, headers: more } = bodyOf(route, firm);
  for (let tries = 1; ; tries += 1) {
    const reply = await request(`${hark.url}${address(route, firm)}`, { method: route.method, body, headers: { ...headers, ...more } });
    if (reply.status !== 503 || tries === 3) return reply;
    console.error(`# ${route.name}: 503, asked again`);
  }
}

/** One door for everybody; whatever was done is undone, whoever was refused has done nothing, and nobody touched the other company. */
async function row(route, firm) {
  let line = '';
  if (route.method !== 'GET') await kept.restore(await kept.changed());   // looking leaves traces: the console was open
  for (const [who, headers] of everybody) {
    const what = `${route.name} of ${firm.code} by ${who}`;
    const got = letter(await knock(route, firm, headers), what);
    line += got;
    if (route.method === 'GET') continue;
    const changed = await kept.changed();
    if (!'+>'.includes(got)) assert.deepEqual(changed.filter((table) => !RESTLESS.includes(table)), [], what);
    const others = await kept.restore(changed, who === 'Z' ? acme.id : who === 'O' ? 0 : beta.id);
    if (who !== 'O' && !OPEN.includes(route.permission)) assert.deepEqual(others, [], what);
  }
  return line;
}

describe('the matrix', () => {
  let lines;

  before(async () => {
    lines = [];
    for (const route of routes) {
      const hasRow = /:(id|key|session|day|domain)\b/.test(route.path);
      lines.push({ route, own: await row(route, acme), other: hasRow ? await row(route, beta) : '' });
    }
  });

  test('U-29 every door for everybody is as reviewed', () => {
    const text = HEAD + `${'#'.padEnd(62)}acme's    beta's\n${'#'.padEnd(62)}nVASBZORK nVASBZORK\n`
      + lines.map(({ route, own, other }) => `${route.method.padEnd(7)}${route.path.padEnd(55)}${own} ${other}`.trimEnd()).join('\n') + '\n';
    if (process.env.HARK_BLESS || !existsSync(TABLE)) writeFileSync(TABLE, text);
    assert.equal(text, readFileSync(TABLE, 'utf8'));
  });

  test('U-29 K-39 nobody of one company gets in at a row of the other, and no key that only reads changes anything', () => {
    const at = (line, who) => line[everybody.findIndex(([one]) => one === who)];
    for (const { route, own, other } of lines) {
      if (OPEN.includes(route.permission)) continue;
      for (const who of 'nV') assert.match(at(own, who), /[s13]/, `${route.name} ${who}`);
      if (route.flags.includes('host')) {
        for (const who of 'nVASBZRK') assert.match(at(own, who), /[s13]/, `${route.name} ${who}`);
        continue;
      }
      assert.match(at(own, 'O'), /[s13]/, `${route.name} by the operator`);
      if (route.method !== 'GET') assert.match(at(own, 'R'), /[134]/, `${route.name} by the reader`);
      if (!other || route.path.endsWith('/sessions/:session/end')) continue;   // leads back to the list; row() has seen that no row changed
      for (const who of 'nVASBORK') assert.match(at(other, who), /[s134]/, `${route.name} of beta by ${who}`);
      assert.match(at(own, 'Z'), /[s134]/, `${route.name} of acme by Zoe`);
    }
  });
});

/** What the settings engine writes: { noun, path, method, properties } with properties as in the API's description. */
const description = JSON.parse(readFileSync(join(sourceFolder(), 'tests/golden/openapi.json'), 'utf8'));
const writes = Object.entries(description.paths).flatMap(([path, methods]) => ['post', 'patch'].flatMap((method) => {
  const schema = methods[method]?.requestBody?.content['application/json'].schema.$ref?.split('/').at(-1);
  return schema ? [{ path, method: method.toUpperCase(), noun: schema.replace(/_(new|change)$/, ''), properties: description.components.schemas[schema].properties }] : [];
}));

/** A body that would be taken. */
function sample(noun) {
  const role = roles.acme;
  return {
    agent: { account: 'newton', first_name: 'Newton', alias: 'Newton', email: 'newton@acme.example', roles: [role], password: PASSWORD },
    queue: { name: 'Second' }, role: { name: 'Second', permissions: ['chat.work'] }, skill: { name: 'Second' }, away_status: { name: 'Second' },
    canned: { name: 'Second', body: 'Second' }, widget: { name: 'Second', queue_id: acme.queue }, calendar: { name: 'Second' },
    holiday: { name: 'Second', first_day: '2027-02-01', calendar_id: acme.rows.calendars }, invitation: { email: 'second@acme.example', roles: [role] },
    account: { name: 'Second', queue_id: acme.queue, token: '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw' },
    text: { language: 'fr', message: 'Close', wording: 'Fermez' },
    contact: { name: 'Second' },
  }[noun];
}

const roles = {};
const PLURALS = { agent: 'agents', queue: 'queues', role: 'roles', skill: 'skills', calendar: 'calendars', widget: 'widgets' };
const pathOf = ({ path }) => path.replace('{id}', acme.rows[path.split('/')[3]]);
const bodyFor = (write) => (write.method === 'POST' ? sample(write.noun) : {});

async function undo() {
  await kept.restore(await kept.changed());
}

async function nothingChanged(what) {
  const changed = (await kept.changed()).filter((table) => !RESTLESS.includes(table));
  const seen = changed.includes('agent') && (await kept.difference('agent')).every(({ column }) => ['seen_at', 'active_at'].includes(column));
  assert.deepEqual(changed.filter((table) => !(seen && table === 'agent')), [], what);
}

describe('rows of another company within a body', () => {
  before(async () => {
    await undo();
    for (const firm of [acme, beta])
      roles[firm.code] = Number((await hark.sql(`SELECT id FROM role WHERE tenant_id = ${firm.id} AND name = 'Agents'`))[0].id);
  });

  test('U-29 the bodies of this test are good ones', async () => {
    for (const write of writes.filter(({ method }) => method === 'POST')) {
      const reply = await json('POST', write.path, sample(write.noun));
      assert.equal(reply.status, 201, `${write.path} ${reply.text}`);
    }
    await undo();
  });

  test('U-29 K-39 in references and sets of the settings they are refused beside the field, and nothing changes', async () => {
    let tried = 0;
    for (const write of writes)
      for (const [name, property] of Object.entries(write.properties)) {
        const of = /\(id of (\w+)\)/.exec(property.description ?? '')?.[1];
        if (!of) continue;
        const theirs = of === 'role' ? roles.beta : of === 'agent' ? beta.agents.anna : beta.rows[PLURALS[of]];
        const mine = of === 'role' ? roles.acme : of === 'agent' ? acme.agents.anna : acme.rows[PLURALS[of]];
        for (const value of property.type === 'array' ? [[theirs], [mine, theirs], `${mine},${theirs}`] : [theirs, String(theirs)]) {
          const reply = await json(write.method, pathOf(write), { ...bodyFor(write), [name]: value });
          const what = `${write.method} ${write.path} ${name} ${JSON.stringify(value)}: ${reply.text}`;
          assert.equal(reply.status, 422, what);
          assert.ok(reply.json().fields[name], what);
          assert.doesNotMatch(reply.text, /beta/i, what);
          tried += 1;
        }
      }
    assert.ok(tried > 40, String(tried));
    await nothingChanged('references');
  });

  test('U-29 a list that is narrowed by them is empty or refused', async () => {
    for (const [path, name, id] of [['agents', 'roles', roles.beta], ['agents', 'queues', beta.queue], ['agents', 'skills', beta.rows.skills],
      ['agents', 'widgets', beta.rows.widgets], ['queues', 'agents', beta.agents.anna], ['widgets', 'queue_id', beta.queue], ['accounts', 'queue_id', beta.queue],
      ['holidays', 'calendar_id', beta.rows.calendars], ['roles', 'agents', beta.agents.anna], ['invitations', 'roles', roles.beta]]) {
      const reply = await json('GET', `/api/v1/${path}?${name}=${id}`);
      assert.ok(reply.status === 422 || (reply.status === 200 && reply.json().items.length === 0), `${path}?${name}: ${reply.status} ${reply.text.slice(0, 200)}`);
    }
  });

  test('U-29 K-39 in the console and at the widget they are not there, and nothing changes', async () => {
    const anna = everybody[2][1];
    const boss = everybody[4][1];
    const visitor = { 'X-Hark-Visitor': acme.vera.token };
    const chat = `/console/conversations/${acme.chat}`;
    const theirs = `away:${beta.rows['away-statuses']}`;
    for (const [path, body, headers, method = 'POST'] of [
      [`${chat}/transfer`, { agent: beta.agents.anna }, anna], [`${chat}/transfer`, { queue: beta.queue }, anna],
      [`${chat}/transfer`, { agent: beta.agents.anna, force: true }, boss], [`${chat}/transfer`, { queue: beta.queue, force: true }, key],
      ['/console/status', { status: theirs }, anna], ['/api/v1/me/status', { status: theirs }, anna, 'PATCH'],
      [`/api/v1/agents/${acme.agents.anna}/status`, { status: theirs }, key, 'PATCH'],
      ['/api/v1/api-keys', { name: 'x', scopes: ['queues.manage'], agent_id: beta.agents.boss }, key],
      ...['message', 'sync', 'seen', 'end'].map((what) => [`/visit/${acme.key}/${what}`, { conversation: beta.chat, client_id: randomUUID(), text: 'x', seq: 1 }, visitor]),
      ...['message', 'sync', 'seen', 'end'].map((what) => [`/visit/${beta.key}/${what}`, { conversation: beta.chat, client_id: randomUUID(), text: 'x', seq: 1 }, visitor]),
    ]) {
      const reply = await json(method, path, body, headers);
      assert.ok([401, 403, 404, 422].includes(reply.status), `${path} ${JSON.stringify(body)}: ${reply.status} ${reply.text}`);
      await nothingChanged(`${path} ${JSON.stringify(body)}`);
    }
    for (const path of [`/console/state?open=${beta.chat}`, `/console/ticket?open=${beta.chat}`]) {
      const reply = await json(path.includes('ticket') ? 'POST' : 'GET', path, path.includes('ticket') ? { open: beta.chat } : undefined, boss);
      assert.equal(reply.status, 200);
      assert.doesNotMatch(Buffer.from(reply.json().ticket, 'base64url').toString('latin1'), new RegExp(`\\b${beta.id}\\.|c${beta.chat}\\b`), path);
    }
    const caught = await json('POST', '/console/sync', { have: { [beta.chat]: 0 } }, boss);
    assert.doesNotMatch(caught.text, /beta/i);
    await undo();
  });
});

describe('columns that nobody was asked for', () => {
  const OWN = ['created_at', 'updated_at', 'deleted_at'];

  before(undo);
  after(undo);

  test('U-29 the API refuses each by name, for a change and for a new row, and nothing changes', async () => {
    let tried = 0;
    for (const write of writes) {
      const columns = kept.columns[write.noun] ?? kept.columns.setting;
      for (const name of [...columns, 'tenant', 'permissions_all'].filter((one) => !(one in write.properties))) {
        const reply = await json(write.method, pathOf(write), { ...bodyFor(write), [name]: '1' });
        assert.equal(reply.status, 422, `${write.method} ${write.path} ${name}: ${reply.text}`);
        assert.ok(reply.json().fields[name], `${write.method} ${write.path} ${name}: ${reply.text}`);
        tried += 1;
      }
    }
    assert.ok(tried > 200, String(tried));
    await nothingChanged('columns');
  });

  test('U-29 forms that carry all of them change none', async () => {
    for (const write of writes.filter(({ method, path }) => method === 'PATCH' && path.endsWith('{id}'))) {
      const page = pathOf(write).replace('/api/v1', '/admin');
      const extra = kept.columns[write.noun].filter((name) => !(name in write.properties));
      const shown = await acme.boss.get(page);
      const form = readForms(shown.text).find((one) => one.action === page && one.method === 'POST');
      const reply = await acme.boss.post(page, [...form.values, ...extra.map((name) => [name, name === 'tenant_id' ? beta.id : '7'])]);
      assert.ok([303, 422].includes(reply.status), `${page}: ${reply.status}`);
      const moved = (await kept.difference(write.noun)).filter(({ column }) => extra.includes(column) && !OWN.includes(column));
      assert.deepEqual(moved, [], page);
      await kept.restore(await kept.changed(), beta.id).then((others) => assert.deepEqual(others, [], page));
    }
  });

  test('U-29 own pages, the console, visitors, keys and the host take only what is theirs', async () => {
    const anna = everybody[2][1];
    const visitor = { 'X-Hark-Visitor': acme.vera.token };
    const host = everybody[6][1];
    const client_id = randomUUID();
    for (const [headers, method, path, body, table, may] of [
      [anna, 'POST', '/console/settings', { sound: false }, 'agent', ['settings']],
      [anna, 'PATCH', '/api/v1/me', {}, 'agent', Object.keys(description.components.schemas.agent.properties)],
      [anna, 'PATCH', '/api/v1/me/status', { status: 'online' }, 'agent', ['status', 'status_at', 'status_why', 'away_id']],
      [anna, 'POST', `/console/conversations/${acme.chat}/contact`, { name: 'V' }, 'contact', ['name', 'email', 'phone', 'remark']],
      [anna, 'POST', `/console/conversations/${acme.chat}/message`, { client_id, text: 'Hi' }, 'message', ['body', 'client_id']],
      [anna, 'POST', `/console/conversations/${acme.chat}/message`, { client_id, text: 'Hi' }, 'conversation', ['last_text', 'last_by', 'last_at', 'last_seq', 'first_reply_at', 'agent_seen_seq']],
      [visitor, 'POST', `/visit/${acme.key}/message`, { conversation: acme.chat, client_id, text: 'Hi' }, 'message', ['body', 'client_id']],
      [visitor, 'POST', `/visit/${acme.key}/start`, { client_id, text: 'Hi', name: 'Vera' }, 'conversation', ['visitor_name', 'visitor_email', 'client_id']],
      [visitor, 'POST', `/visit/${acme.key}/start`, { client_id, text: 'Hi', name: 'Vera' }, 'visitor', ['name', 'email', 'page_url', 'page_title', 'referrer', 'locale']],
      [key, 'POST', '/api/v1/api-keys', { name: 'x', scopes: ['queues.manage'] }, 'api_key', ['name', 'scopes', 'read_only', 'expires_at']],
      [host, 'PATCH', `/api/v1/host/tenants/${acme.id}`, { name: 'Acme' }, 'tenant', ['name', 'external_id', 'locale', 'time_zone']],
      [host, 'PATCH', `/api/v1/host/plans/${acme.rows.plan}`, { name: 'Plan' }, 'plan', kept.columns.plan],
    ]) {
      const extra = kept.columns[table].filter((name) => !may.includes(name) && !(name in body));
      for (const names of [extra, ...extra.map((name) => [name])]) {
        const reply = await json(method, path, { ...body, ...Object.fromEntries(names.map((name) => [name, 7777777])) }, headers);
        assert.ok(reply.status < 500, `${path} ${names}: ${reply.status}`);
        if (names.length > 1) continue;
        const wrong = (await kept.difference(table)).filter(({ column, was, now }) => extra.includes(column) && String(now).includes('7777777') && was !== now);
        assert.deepEqual(wrong, [], `${path} ${names}: ${reply.text}`);
      }
      assert.deepEqual((await kept.restore(await kept.changed(), beta.id)), [], path);
    }
  });
});
