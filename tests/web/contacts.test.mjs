// SPDX-License-Identifier: BSD-2-Clause
// contacts.test.mjs - the contacts of a company: list, form, API, who sees whom, what is masked, chats of a contact, merging.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { startHark } from '../harness/hark.mjs';
import { Agent, company, PASSWORD, Visitor } from '../harness/chat.mjs';

const OWN = 'chat.work history.read contacts.read contacts.edit contacts.see';
const agents = {};
let hark;
let firm;
let other;
let key;
let foreignKey;

const api = (method, path, body, token = key) => hark.client({ headers: { 'X-Api-Key': token } }).json(method, path, body);
const one = async (sql) => (await hark.sql(sql))[0];
const names = (reply) => reply.json().items.map((item) => item.name);

async function made(body, token = key) {
  const reply = await api('POST', '/api/v1/contacts', body, token);
  assert.equal(reply.status, 201, reply.text);
  return reply.json();
}

async function apiKey(code, account) {
  const done = await hark.hark(['key', 'create', '--tenant', code, '--account', account, '--name', 'tests', '--json'], { input: PASSWORD });
  assert.equal(done.code, 0, done.stderr);
  return done.json().key;
}

/** Gives an agent a role of its own with these rights. */
async function allow(name, permissions) {
  await hark.sql(`INSERT INTO role (tenant_id, name, permissions, created_at, updated_at) VALUES (${firm.id}, '${name} ${Date.now()}', '${permissions}', 1, 1)`);
  const role = await one(`SELECT MAX(id) AS id FROM role WHERE tenant_id = ${firm.id}`);
  await hark.sql(`DELETE FROM agent_role WHERE tenant_id = ${firm.id} AND agent_id = ${firm.agents[name]}`);
  await hark.sql(`INSERT INTO agent_role (tenant_id, agent_id, role_id) VALUES (${firm.id}, ${firm.agents[name]}, ${role.id})`);
}

/** A visitor whose chat `agent` has accepted; gives the contact's id too. */
async function chatWith(agent, text, more) {
  const visitor = new Visitor(hark, firm.key);
  const reply = await visitor.start(text, more);
  assert.equal(reply.status, 200, reply.text);
  if (agent) assert.equal((await agents[agent].act(visitor.chat, 'claim')).status, 200);
  visitor.contact = Number((await one(`SELECT contact_id FROM conversation WHERE tenant_id = ${firm.id} AND id = ${visitor.chat}`)).contact_id);
  return visitor;
}

before(async () => {
  hark = await startHark();
  firm = await company(hark, 'acme', { agents: { boss: { role: 'Administrators' }, ben: {}, olga: {}, mask: {}, lucy: {}, nora: {} } });
  other = await company(hark, 'beta', { agents: { zoe: { role: 'Administrators' } } });
  await allow('olga', OWN);
  await allow('mask', 'chat.work history.read chat.see_all contacts.read contacts.edit contacts.reveal');
  await allow('lucy', 'chat.work history.read chat.see_all contacts.read contacts.see');
  await allow('nora', 'chat.work history.read chat.see_all');
  for (const name of ['boss', 'ben', 'olga', 'mask', 'lucy', 'nora'])
    agents[name] = await Agent.at(hark, firm, name, { status: ['ben', 'boss'].includes(name) ? 'online' : 'offline' });
  key = await apiKey('acme', 'boss');
  foreignKey = await apiKey('beta', 'zoe');
});
after(async () => {
  for (const agent of Object.values(agents)) await agent.stop();
  await hark?.stop();
});

describe('the contacts of a company', () => {
  test('F-CRM-02 a contact is added with a form, changed, deleted, and brought back by undo', async () => {
    const { client } = agents.boss;
    const reply = await client.submit('/admin/contacts/new', { name: 'Rosa Lima', email: 'rosa@lima.example', phone: '+351 21 123 4567', username: '@rosa',
      company: 'Lima Lda', language: 'PT_br', tags: ' VIP ,, lisbon,vip', remark: 'Calls on Mondays' });
    assert.equal(reply.status, 303, reply.text);
    const row = await one(`SELECT * FROM contact WHERE tenant_id = ${firm.id} AND name = 'Rosa Lima'`);
    assert.deepEqual([row.email, row.phone, row.username, row.company, row.language, row.tags, row.remark],
      ['rosa@lima.example', '+351 21 123 4567', '@rosa', 'Lima Lda', 'pt-BR', 'VIP, lisbon', 'Calls on Mondays']);
    assert.equal(Number(row.created_by), firm.agents.boss);
    const path = `/admin/contacts/${row.id}`;
    const page = await client.get(path);
    assert.match(page.text, /href="\/admin\/contacts\?q=lisbon"/);
    assert.match(page.text, /There was no chat with this contact yet/);
    assert.equal((await client.submit(path, { phone: '' })).status, 303);
    assert.deepEqual({ ...await one(`SELECT name, phone FROM contact WHERE id = ${row.id}`) }, { name: 'Rosa Lima', phone: '' });
    const gone = await client.post(`${path}/delete`, { form: client.formToken });
    assert.equal(gone.status, 303);
    assert.match((await client.follow(gone)).text, new RegExp(`action="${path}/restore"`));
    assert.doesNotMatch((await client.get('/admin/contacts')).text, /Rosa Lima/);
    assert.equal((await client.post(`${path}/restore`, { form: client.formToken })).status, 303);
    assert.match((await client.get('/admin/contacts')).text, /Rosa Lima/);
  });

  test('F-CRM-03 the list finds contacts by name, username, tag, e-mail, phone and company, and nothing else', async () => {
    await made({ name: 'Findme One', username: 'telefinder', tags: 'gold card', email: 'find@one.example', phone: '0800 4711', company: 'Onely' });
    for (const words of ['findme', 'ONE find', 'telefinder', 'gold', 'gold card', 'find@one', '4711', 'onely'])
      assert.deepEqual(names(await api('GET', `/api/v1/contacts?q=${encodeURIComponent(words)}`)), ['Findme One'], words);
    for (const words of ['findme two', '%', '_', 'gold_card'])
      assert.deepEqual(names(await api('GET', `/api/v1/contacts?q=${encodeURIComponent(words)}`)), [], words);
    assert.match((await agents.ben.client.get('/admin/contacts?q=nobody-is-called-so')).text, /Nothing found/);
  });

  test('the form says what is wrong and loses nothing', async () => {
    const { client } = agents.boss;
    const reply = await client.submit('/admin/contacts/new', { name: '', email: 'no address', language: 'gibberish', tags: 'x'.repeat(41), remark: 'kept remark' });
    assert.equal(reply.status, 422);
    for (const text of [/is required/, /fr, pt-BR/, /tag of more than 40 characters/, /kept remark/, /no address/]) assert.match(reply.text, text);
    const many = await api('POST', '/api/v1/contacts', { name: 'Many', tags: Array.from({ length: 21 }, (none, i) => `t${i}`).join(',') });
    assert.equal(many.status, 422);
    assert.match(many.json().fields.tags.message, /at most 20 tags/);
  });

  test('A-CON-08 newest first, other orders, pages that keep their order, only known ones, and all as CSV', async () => {
    await hark.sql(`INSERT INTO contact (tenant_id, name, created_at, updated_at) SELECT ${firm.id}, CONCAT('Serial ', seq), 1000, 1000 FROM seq_1_to_120`);
    await hark.sql(`INSERT INTO contact (tenant_id, created_at, updated_at) VALUES (${firm.id}, 500, 500)`);
    const seen = [];
    for (let page = 1; page <= 3; page += 1) seen.push(...(await api('GET', `/api/v1/contacts?q=serial&page=${page}`)).json().items.map((item) => item.id));
    assert.equal(seen.length, 120);
    assert.deepEqual(seen, [...new Set(seen)].sort((a, b) => b - a));
    assert.deepEqual(names(await api('GET', '/api/v1/contacts?q=serial&sort=name&per_page=2')), ['Serial 1', 'Serial 10']);
    const known = async (value) => (await api('GET', `/api/v1/contacts?known=${value}`)).json();
    assert.ok((await known(1)).items.every((item) => item.name !== ''));
    const [nameless] = (await known(0)).items;
    assert.equal(nameless.name, '');
    assert.match((await agents.boss.client.get('/admin/contacts?known=0')).text, new RegExp(`>#${nameless.id}</a>`), 'a row without a name can be opened');
    assert.equal((await agents.boss.client.get('/admin/contacts.csv')).text.trim().split('\r\n').length - 1, Number((await one(`SELECT COUNT(*) AS n FROM contact WHERE tenant_id = ${firm.id} AND deleted_at IS NULL`)).n));
    const csv = await agents.boss.client.get('/admin/contacts.csv?q=rosa');
    assert.match(csv.text, /^\uFEFF"id","name","email","phone","username","company","language","tags","remark","created_at","updated_at"\r\n/);
    assert.match(csv.text, /rosa@lima\.example/);
    assert.equal(csv.text.trim().split('\r\n').length, 2);
  });

  test('every change is in the audit log, without addresses', async () => {
    const { id } = await made({ name: 'Audited', email: 'private@audit.example', phone: '555 0000', company: 'Visible' });
    assert.equal((await api('PATCH', `/api/v1/contacts/${id}`, { email: 'other@audit.example', company: 'Changed' })).status, 200);
    assert.equal((await api('DELETE', `/api/v1/contacts/${id}`)).status, 204);
    const rows = await hark.sql(`SELECT action, difference FROM audit WHERE tenant_id = ${firm.id} AND noun = 'contact' AND noun_id = ${id} ORDER BY id`);
    assert.deepEqual(rows.map((row) => row.action), ['contact.create', 'contact.update', 'contact.delete']);
    assert.deepEqual(JSON.parse(rows[1].difference), { email: ['***', '***'], company: ['Visible', 'Changed'] });
    assert.doesNotMatch(JSON.stringify(rows), /audit\.example|555/);
  });
});

describe('contacts of chats', () => {
  test('the contact beside a chat is changed by who has the chat, or may change contacts', async () => {
    const visitor = await chatWith('ben', 'Whose is it?', { name: 'Nina Near' });
    const save = (name, values) => agents[name].act(visitor.chat, 'contact', values);
    assert.equal((await save('nora', { remark: 'not hers' })).status, 403);
    assert.equal((await save('mask', { remark: 'may change contacts' })).status, 200);
    assert.equal((await save('ben', { phone: '555 1234' })).status, 200);
    const kept = await one(`SELECT name, phone, remark FROM contact WHERE tenant_id = ${firm.id} AND id = ${visitor.contact}`);
    assert.deepEqual({ ...kept }, { name: 'Nina Near', phone: '555 1234', remark: 'may change contacts' });
    assert.equal((await agents.boss.act(visitor.chat, 'transfer', { agent: firm.agents.boss })).status, 200);
    await allow('ben', 'chat.work chat.see_all');
    assert.equal((await save('ben', { phone: '' })).status, 403);
    await allow('ben', OWN);
    await hark.sql(`UPDATE contact SET deleted_at = 1 WHERE tenant_id = ${firm.id} AND id = ${visitor.contact}`);
    assert.equal((await save('boss', { phone: '' })).status, 404);
    assert.equal((await agents.boss.act(visitor.chat, 'end')).status, 200);
  });

  test('F-CRM-02 the page of a contact shows the chats, newest first, with their transcripts', async () => {
    const visitor = await chatWith('ben', 'The first question', { name: 'Carla Chat', email: 'carla@chat.example' });
    assert.equal((await agents.ben.act(visitor.chat, 'end')).status, 200);
    const again = await visitor.start('The second question', { name: 'Carla Chat', email: 'carla@chat.example' });
    assert.equal(again.status, 200, again.text);
    assert.equal((await agents.ben.act(visitor.chat, 'claim')).status, 200);
    const page = await agents.ben.client.get(`/admin/contacts/${visitor.contact}`);
    assert.equal(page.status, 200);
    assert.ok(page.text.indexOf('The second question') < page.text.indexOf('The first question'));
    const [, newest] = page.text.match(/href="\/admin\/history\/(\d+)"/);
    assert.equal(Number(newest), visitor.chat);
    assert.match((await agents.ben.client.get(`/admin/history/${newest}`)).text, /The second question/);
    const history = await agents.ben.client.get(`/admin/history?contact=${visitor.contact}`);
    assert.match(history.text, /Chats with <a href="\/admin\/contacts\/\d+"><bdi>Carla Chat/);
    assert.equal(history.text.match(/scope="row"/g).length, 2);
    assert.equal((await agents.ben.client.get(`/console/conversations/${visitor.chat}`)).json().contact.id, visitor.contact);
    await agents.ben.act(visitor.chat, 'end');
  });

  test('a visitor who says the name later gives it to the contact, and does not overwrite what agents wrote', async () => {
    const visitor = await chatWith('ben', 'Hello without a name', { name: '' });
    assert.equal((await one(`SELECT known FROM contact WHERE id = ${visitor.contact}`)).known, '0');
    await agents.ben.act(visitor.chat, 'end');
    assert.equal((await visitor.start('Now with one', { name: 'Nina Later', email: 'nina@later.example' })).status, 200);
    const row = () => one(`SELECT name, email FROM contact WHERE id = ${visitor.contact}`);
    assert.deepEqual({ ...await row() }, { name: 'Nina Later', email: 'nina@later.example' });
    assert.equal((await agents.ben.act(visitor.chat, 'claim')).status, 200);
    await agents.ben.act(visitor.chat, 'end');
    assert.equal((await visitor.start('And another', { name: 'Somebody Else', email: 'else@later.example' })).status, 200);
    assert.equal((await row()).name, 'Nina Later');
    assert.equal((await agents.ben.act(visitor.chat, 'claim')).status, 200);
    await agents.ben.act(visitor.chat, 'end');
  });

  test('a deleted contact leaves the chats in the history; who comes back is a new contact', async () => {
    const visitor = await chatWith('ben', 'Soon forgotten', { name: 'Dora Deleted' });
    await agents.ben.act(visitor.chat, 'end');
    const old = visitor.chat;
    assert.equal((await api('DELETE', `/api/v1/contacts/${visitor.contact}`)).status, 204);
    assert.match((await agents.ben.client.get(`/admin/history/${old}`)).text, /Soon forgotten/);
    assert.equal((await visitor.start('Here again', { name: 'Dora Deleted' })).status, 200);
    const row = await one(`SELECT contact_id FROM conversation WHERE id = ${visitor.chat}`);
    assert.notEqual(Number(row.contact_id), visitor.contact);
    assert.equal((await api('GET', `/api/v1/contacts/${row.contact_id}`)).json().name, 'Dora Deleted');
    assert.equal((await agents.ben.act(visitor.chat, 'claim')).status, 200);
    await agents.ben.act(visitor.chat, 'end');
  });
});

describe('beside the chat', () => {
  test('a change in the console is in the audit log, without addresses', async () => {
    const visitor = await chatWith('ben', 'Write it down', { name: 'Wanda', email: 'wanda@audit.example' });
    assert.equal((await agents.ben.json('POST', `/console/conversations/${visitor.chat}/contact`, { phone: '555 9999', remark: 'Likes tea' })).status, 200);
    const entry = await one(`SELECT actor_id, difference FROM audit WHERE tenant_id = ${firm.id} AND action = 'contact.update' AND noun_id = ${visitor.contact}`);
    assert.equal(Number(entry.actor_id), firm.agents.ben);
    assert.deepEqual(JSON.parse(entry.difference), { phone: ['', '***'], remark: ['', 'Likes tea'] });
    await agents.ben.act(visitor.chat, 'end');
  });
});

describe('who sees which contacts', () => {
  test('K-41 P-47 only those of the chats that one may see, and those that one has added: list, page, CSV, search, chats, merging', async () => {
    const visitor = await chatWith('ben', 'Only for Ben', { name: 'Hidden Henry', email: 'henry@hidden.example' });
    const { client } = agents.olga;
    const path = `/admin/contacts/${visitor.contact}`;
    for (const place of ['/admin/contacts', '/admin/contacts.csv', '/admin/contacts?q=henry', '/admin/contacts?status=deleted'])
      assert.doesNotMatch((await client.get(place)).text, /Hidden|hidden\.example/, place);
    for (const place of [path, `${path}/delete`, `${path}/preview`, `${path}/merge?other=1`]) assert.equal((await client.get(place)).status, 404, place);
    for (const [place, body] of [[path, { name: 'Mine' }], [`${path}/delete`, {}], [`${path}/merge`, { other: 1 }]])
      assert.equal((await client.post(place, { form: client.formToken, ...body })).status, 404, place);
    assert.doesNotMatch((await client.get(`/admin/history?contact=${visitor.contact}`)).text, /Henry/);
    assert.match((await agents.ben.client.get('/admin/contacts?q=henry')).text, /Hidden Henry/);
    assert.match((await agents.boss.client.get(path)).text, /Only for Ben/);

    assert.equal((await client.submit('/admin/contacts/new', { name: 'Olga’s own' })).status, 303);
    assert.match((await client.get('/admin/contacts')).text, /Olga’s own/);
    assert.doesNotMatch((await agents.ben.client.get('/admin/contacts')).text, /Olga’s own/);

    // The chat becomes hers, and so does the contact.
    await hark.sql(`UPDATE conversation SET agent_id = ${firm.agents.olga} WHERE id = ${visitor.chat}`);
    assert.match((await client.get(path)).text, /Only for Ben/);
    await hark.sql(`UPDATE conversation SET agent_id = ${firm.agents.ben} WHERE id = ${visitor.chat}`);
    await agents.ben.act(visitor.chat, 'end');
  });

  test('K-41 twins of another team are not told of', async () => {
    const visitor = await chatWith('ben', 'A secret address', { name: 'Secret Sam', email: 'sam@twin.example' });
    const reply = await agents.olga.client.submit('/admin/contacts/new', { name: 'Sam’s double', email: 'sam@twin.example' });
    assert.equal(reply.status, 303, reply.text);
    const warned = await agents.boss.client.submit('/admin/contacts/new', { name: 'Third Sam', email: 'sam@twin.example' });
    assert.equal(warned.status, 422);
    assert.match(warned.text, /is also the one of Secret Sam/);
    await agents.ben.act(visitor.chat, 'end');
  });

  test('contacts.read opens them, contacts.edit changes them', async () => {
    const { id } = await made({ name: 'Rita Rights' });
    for (const place of ['/admin/contacts', '/admin/contacts.csv', `/admin/contacts/${id}`]) {
      assert.equal((await agents.nora.client.get(place)).status, 403, place);
      assert.equal((await agents.lucy.client.get(place)).status, 200, place);
    }
    const page = await agents.lucy.client.get(`/admin/contacts/${id}`);
    assert.match(page.text, /You can see this, but not change it/);
    for (const [place, body] of [[`/admin/contacts/${id}`, { name: 'Other' }], [`/admin/contacts/${id}/delete`, {}], [`/admin/contacts/${id}/merge`, { other: 1 }], ['/admin/contacts', { name: 'New' }]])
      assert.equal((await agents.lucy.client.post(place, { form: agents.lucy.client.formToken, ...body })).status, 403, place);
  });

  test('U-29 no company sees or changes the contacts of another', async () => {
    const { id } = await made({ name: 'Acme’s own', email: 'own@acme.example' });
    for (const [method, body] of [['GET'], ['PATCH', { name: 'Stolen' }], ['DELETE']])
      assert.equal((await api(method, `/api/v1/contacts/${id}`, body, foreignKey)).status, 404, method);
    assert.deepEqual(names(await api('GET', '/api/v1/contacts?q=own', undefined, foreignKey)), []);
    const mine = await made({ name: 'Beta’s', email: 'own@acme.example' }, foreignKey);
    assert.equal((await agents.boss.client.post(`/admin/contacts/${id}/merge`, { form: agents.boss.client.formToken, other: mine.id })).status, 404);
    assert.equal((await one(`SELECT name FROM contact WHERE id = ${id}`)).name, 'Acme’s own');
  });
});

describe('P-48 masked contacts', () => {
  let masked;
  before(async () => { masked = await made({ name: 'Mona Masked', email: 'mona@masked.example', phone: '+49 30 1234567', username: 'mona99' }); });

  test('P-48 list, form, CSV and search show and find only the mask', async () => {
    const { client } = agents.mask;
    const path = `/admin/contacts/${masked.id}`;
    for (const place of ['/admin/contacts?q=mona', path, '/admin/contacts.csv?q=mona', `${path}/delete`, `${path}/preview`]) {
      const reply = await client.get(place);
      assert.equal(reply.status, 200, place);
      assert.match(reply.text, /Mona Masked/, place);
      assert.doesNotMatch(reply.text, /masked\.example|1234567|mona99/, place);
    }
    assert.match((await client.get('/admin/contacts.csv?q=mona')).text, /"m\*\*\*@\*\*\*\.example","\*\*\*567","\*\*\*"/);
    for (const words of ['mona@masked', 'masked.example', '1234567', 'mona99'])
      assert.match((await client.get(`/admin/contacts?q=${words}`)).text, /Nothing found/, words);
    for (const column of ['email', 'phone']) assert.doesNotMatch((await client.get('/admin/contacts')).text, new RegExp(`sort=-?${column}`));
  });

  test('P-48 a form of who sees masks keeps what is behind them, and a new value does not get in', async () => {
    const { client } = agents.mask;
    const path = `/admin/contacts/${masked.id}`;
    assert.equal((await client.submit(path, { company: 'Changed by Max', email: 'm***@***.example', phone: 'x', username: '' })).status, 303);
    const row = await one(`SELECT name, company, email, phone, username FROM contact WHERE id = ${masked.id}`);
    assert.deepEqual({ ...row }, { name: 'Mona Masked', company: 'Changed by Max', email: 'mona@masked.example', phone: '+49 30 1234567', username: 'mona99' });
  });

  test('P-48 the API of who sees masks: masked, not to be searched, sorted or written by', async () => {
    await hark.sql(`UPDATE role SET permissions = CONCAT(permissions, ' api.use') WHERE tenant_id = ${firm.id} AND name LIKE 'mask %'`);
    const token = await apiKey('acme', 'mask');
    const path = `/api/v1/contacts/${masked.id}`;
    const shown = await api('GET', path, undefined, token);
    assert.equal(shown.status, 200, shown.text);
    assert.deepEqual([shown.json().email, shown.json().phone, shown.json().username], ['m***@***.example', '***567', '***']);
    assert.deepEqual((await api('GET', '/api/v1/contacts?q=mona', undefined, token)).json().items.map((item) => item.email), ['m***@***.example']);
    assert.deepEqual(names(await api('GET', '/api/v1/contacts?q=mona99', undefined, token)), []);
    assert.equal((await api('GET', '/api/v1/contacts?sort=email', undefined, token)).status, 422);
    const refused = await api('PATCH', path, { email: 'new@masked.example' }, token);
    assert.equal(refused.status, 422);
    assert.match(refused.json().fields.email.message, /cannot be changed/);
    const changed = await api('PATCH', path, { company: 'By key' }, token);
    assert.equal(changed.json().email, 'm***@***.example');
    assert.equal((await one(`SELECT email FROM contact WHERE id = ${masked.id}`)).email, 'mona@masked.example');
  });

  test('P-48 uncovering one contact needs its right and is written to the audit log', async () => {
    const { client } = agents.mask;
    assert.match((await client.get(`/admin/contacts/${masked.id}`)).text, /Uncover/);
    const reply = await client.post(`/admin/contacts/${masked.id}/reveal`, { form: client.formToken });
    assert.equal(reply.status, 200);
    for (const text of [/mona@masked\.example/, /\+49 30 1234567/, /mona99/]) assert.match(reply.text, text);
    const entry = await one(`SELECT actor_id, noun_name FROM audit WHERE tenant_id = ${firm.id} AND action = 'contact.reveal' AND noun_id = ${masked.id}`);
    assert.deepEqual([Number(entry.actor_id), entry.noun_name], [firm.agents.mask, 'Mona Masked']);
    assert.equal((await agents.lucy.client.post(`/admin/contacts/${masked.id}/reveal`, { form: agents.lucy.client.formToken })).status, 403);
  });
});

describe('two contacts of one person', () => {
  test('the form tells of the other one once, and saves when it is sent again', async () => {
    await made({ name: 'Eve Elder', email: 'family@same.example' });
    const { client } = agents.boss;
    const values = { name: 'Eve Younger', email: 'family@same.example', remark: 'typed text' };
    const warned = await client.submit('/admin/contacts/new', values);
    assert.equal(warned.status, 422);
    assert.match(warned.text, /is also the one of Eve Elder\. Save again to keep both/);
    assert.match(warned.text, /typed text/);
    assert.match(warned.text, /name="seen" value="family@same\.example"/);
    assert.equal((await client.post('/admin/contacts', { form: client.formToken, seen: values.email, ...values })).status, 303);
    const rows = await hark.sql(`SELECT id FROM contact WHERE tenant_id = ${firm.id} AND email = 'family@same.example' ORDER BY id`);
    assert.equal(rows.length, 2);
    const page = await client.get(`/admin/contacts/${rows[1].id}`);
    assert.match(page.text, new RegExp(`merge\\?other=${rows[0].id}"`));
    assert.doesNotMatch((await agents.mask.client.get(`/admin/contacts/${rows[1].id}`)).text, /Eve Elder/, 'who sees masks learns nothing about addresses');
  });

  test('merging asks first, then brings chats, tags, remarks and what was lacking together', async () => {
    const visitor = await chatWith('ben', 'Chat of the second', { name: 'Max Second', email: 'max@merge.example' });
    await agents.ben.act(visitor.chat, 'end');
    const keep = await made({ name: 'Max First', phone: '555 111', tags: 'vip', remark: 'one' });
    assert.equal((await api('PATCH', `/api/v1/contacts/${visitor.contact}`, { tags: 'VIP, new', remark: 'two', phone: '555 222', company: 'Merge Ltd' })).status, 200);
    const { client } = agents.boss;
    const path = `/admin/contacts/${keep.id}/merge`;
    const ask = await client.get(`${path}?other=${visitor.contact}`);
    assert.equal(ask.status, 200);
    for (const text of [/Max First/, /Max Second/, /cannot be parted again/]) assert.match(ask.text, text);
    const reply = await client.submit(`${path}?other=${visitor.contact}`, {}, { action: path });
    assert.equal(reply.status, 303, reply.text);
    const row = await one(`SELECT name, email, phone, company, tags, remark FROM contact WHERE id = ${keep.id}`);
    assert.deepEqual({ ...row }, { name: 'Max First', email: 'max@merge.example', phone: '555 111', company: 'Merge Ltd', tags: 'vip, new', remark: 'one\ntwo' });
    assert.match((await client.get(`/admin/contacts/${keep.id}`)).text, /Chat of the second/);
    assert.notEqual((await one(`SELECT deleted_at FROM contact WHERE id = ${visitor.contact}`)).deleted_at, null);
    assert.equal((await visitor.start('Back after merging', {})).status, 200);
    assert.equal(Number((await one(`SELECT contact_id FROM conversation WHERE id = ${visitor.chat}`)).contact_id), keep.id);
    assert.equal((await one(`SELECT COUNT(*) AS n FROM audit WHERE action = 'contact.merge' AND noun_id = ${keep.id}`)).n, '1');
    for (const bad of [keep.id, visitor.contact, 0, 'x']) assert.equal((await client.get(`${path}?other=${bad}`)).status, 404, bad);
  });

  test('merging refuses what would not fit, and loses nothing', async () => {
    const keep = await made({ name: 'Long One', remark: 'a'.repeat(3000) });
    const second = await made({ name: 'Long Two', remark: 'b'.repeat(3000) });
    const reply = await agents.boss.client.post(`/admin/contacts/${keep.id}/merge`, { form: agents.boss.client.formToken, other: second.id });
    assert.equal(reply.status, 409);
    assert.match(reply.text, /Remark must be at most 4000 characters/);
    assert.equal((await api('GET', `/api/v1/contacts/${second.id}`)).json().remark, 'b'.repeat(3000));
  });
});

describe('the way to them', () => {
  test('the demo data have contacts of both companies with several past chats', async () => {
    const done = await hark.hark(['demo-data', '--chats', '120', '--password-file', '-'], { input: PASSWORD });
    assert.equal(done.code, 0, done.stderr);
    for (const code of ['peak', 'lumen']) {
      const rows = await hark.sql(`SELECT k.id, k.phone, k.tags, COUNT(*) AS chats FROM contact k JOIN tenant t ON t.id = k.tenant_id JOIN conversation c
        ON c.tenant_id = k.tenant_id AND c.contact_id = k.id WHERE t.code = '${code}' GROUP BY k.id, k.phone, k.tags HAVING chats > 1`);
      assert.ok(rows.length >= 3, `${code}: ${rows.length}`);
      assert.ok(rows.every((row) => row.phone && row.tags.includes('regular')));
    }
  });

  test('F-NAV-01 the navigation of the control panel has the console with its chats, the contacts, and what one manages', async () => {
    const visitor = await chatWith('ben', 'An ongoing chat', { name: 'Ongoing' });
    const page = await agents.ben.client.get('/admin/contacts');
    assert.match(page.text, /<a href="\/console">Console <span class="badge">[1-9]/);
    assert.match(page.text, /<a href="\/admin\/contacts" aria-current="page">Contacts<\/a>/);
    assert.doesNotMatch(page.text, /href="\/admin\/agents"/);
    assert.match((await agents.boss.client.get('/admin/contacts')).text, /href="\/admin\/agents"/);
    assert.doesNotMatch((await agents.nora.client.get('/admin/history')).text, /href="\/admin\/contacts"/);
    await agents.ben.act(visitor.chat, 'end');
  });
});
