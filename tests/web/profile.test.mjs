// SPDX-License-Identifier: BSD-2-Clause
// profile.test.mjs - one's own user info, picture and language; the user menu; badges; a company's looks.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { company, Agent, PASSWORD, Visitor } from '../harness/chat.mjs';
import { readForms, startHark } from '../harness/hark.mjs';
import { formWithFiles, png, webpSize } from '../harness/pictures.mjs';

let hark;
let acme;
let beta;
let nextAddress = 10;

const visitor = (options = {}) => hark.client({ ...options, headers: { 'X-Forwarded-For': `192.0.2.${nextAddress += 1}`, ...options.headers } });

async function signedIn(firm, account, options) {
  const client = visitor(options);
  const reply = await client.submit('/sign-in', { ...(options?.host ? {} : { company: firm.code }), account, password: PASSWORD });
  assert.equal(reply.status, 303, reply.text);
  await client.get('/admin');
  return client;
}

/** Sends a page's form with some values changed; `files` are { field: { name, bytes } }. */
async function sendForm(client, path, changes = {}, files = {}) {
  const page = await client.get(path);
  const form = readForms(page.text).find((one) => one.method === 'POST' && one.action === path);
  const values = Object.fromEntries(form.values);
  for (const [name, value] of Object.entries(changes))
    if (value === null) delete values[name];
    else values[name] = value;
  const { body, headers } = await formWithFiles({ ...values, ...files });
  return client.request('POST', path, { body, headers });
}

const agentRow = async (firm, account) => (await hark.sql(`SELECT * FROM agent WHERE tenant_id = ${firm.id} AND account = '${account}'`))[0];
const problemOf = (reply, field) => new RegExp(`id="p-${field}"[^>]*>([^<]*)<`).exec(reply.text)?.[1];

before(async () => {
  hark = await startHark();
  acme = await company(hark, 'acme', { agents: { anna: { role: 'Administrators' }, bert: {}, cleo: {}, dora: {} } });
  beta = await company(hark, 'beta', { agents: { boss: { role: 'Administrators' } } });
  await hark.sql(`INSERT INTO tenant_domain (host, tenant_id, state, created_at) VALUES ('desk.acme.example', ${acme.id}, 'verified', 1), ('desk.beta.example', ${beta.id}, 'verified', 1)`);
});
after(() => hark?.stop());

describe('user info', () => {
  test('A-PROF-01 M-UI-03 the name at the top right opens a menu with user info, password, language, the code of the website and sign out', async () => {
    const anna = await signedIn(acme, 'anna');
    const page = (await anna.get('/admin')).text;
    const sheet = /<details class="user">[\s\S]*<\/details>/.exec(page)[0];
    for (const link of ['/admin/profile', '/admin/password', '/admin/installation']) assert.match(sheet, new RegExp(`href="${link}"`));
    assert.match(sheet, /action="\/language"/);
    assert.match(sheet, /action="\/sign-out"/);
    for (const [, path] of sheet.matchAll(/href="(\/[^"]*)"/g)) {
      const reply = await anna.get(path);
      assert.ok(reply.status === 200 || reply.headers.location?.startsWith('/confirm'), `${path}: ${reply.status}`);
    }
    const bert = await signedIn(acme, 'bert');
    assert.doesNotMatch((await bert.get('/admin')).text, /admin\/installation/);
    assert.match((await bert.get('/console')).text, /<template id="user-sheet">[\s\S]*admin\/profile[\s\S]*action="\/sign-out"/);
    assert.match((await anna.get('/admin/installation')).text, /widget\/[\w-]{22}\.js/);
  });

  test('M-UI-02 the control panel has its sections for chats, widgets and people', async () => {
    const anna = await signedIn(acme, 'anna');
    const page = (await anna.get('/admin')).text;
    for (const heading of ['History', 'Widgets', 'People']) assert.match(page, new RegExp(`<h2>${heading}</h2>`));
  });

  test('A-PROF-03 M-USER-04 names, alias, mobile number, e-mail, title, bio, zone and language are changed, and audited', async () => {
    const cleo = await signedIn(acme, 'cleo');
    const reply = await sendForm(cleo, '/admin/profile', { first_name: 'Cléo', last_name: 'Öz', alias: 'Cleo O.', phone: '+33 6 12', title: 'Support <b>', bio: 'Likes\nboots',
      time_zone: 'America/Argentina/Buenos_Aires', locale: 'fr' });
    assert.equal(reply.status, 303, reply.text);
    const page = await cleo.follow(reply);
    assert.match(page.text, /Enregistré/);
    const row = await agentRow(acme, 'cleo');
    assert.deepEqual([row.first_name, row.last_name, row.alias, row.phone, row.title, row.bio.replace(/\r/g, ''), row.time_zone, row.locale],
      ['Cléo', 'Öz', 'Cleo O.', '+33 6 12', 'Support <b>', 'Likes\nboots', 'America/Argentina/Buenos_Aires', 'fr']);
    assert.match(page.text, /<option value="America\/Argentina\/Buenos_Aires" selected>[^<]*Buenos Aires<\/option>/);
    assert.match(page.text, /<optgroup label="Amérique">/);
    assert.match(page.text, /value="Support &lt;b&gt;"/);
    const [entry] = await hark.sql(`SELECT difference FROM audit WHERE tenant_id = ${acme.id} AND action = 'agent.profile' ORDER BY id DESC LIMIT 1`);
    assert.deepEqual(JSON.parse(entry.difference).phone, ['', '+33 6 12']);
  });

  test('bad input is told beside the field with the limit, and what was typed stays', async () => {
    const dora = await signedIn(acme, 'dora');
    const reply = await sendForm(dora, '/admin/profile', { first_name: '', alias: 'x'.repeat(81), email: 'no address', time_zone: 'Mars/Olympus', title: 'Kept' });
    assert.equal(reply.status, 422);
    assert.match(problemOf(reply, 'first_name'), /required/);
    assert.match(problemOf(reply, 'alias'), /80 characters/);
    assert.match(problemOf(reply, 'email'), /e-mail address/);
    assert.match(problemOf(reply, 'time_zone'), /Europe\/Paris/);
    assert.match(reply.text, /value="Kept"/);
    assert.match(reply.text, new RegExp('x'.repeat(81)));
    assert.equal((await agentRow(acme, 'dora')).title, '');
  });

  test('another e-mail address needs the password, and must be nobody else\'s', async () => {
    const dora = await signedIn(acme, 'dora');
    const change = (email, password) => sendForm(dora, '/admin/profile', { email, password });
    assert.match(problemOf(await change('dora2@acme.example', ''), 'password'), /is needed/);
    assert.match(problemOf(await change('dora2@acme.example', 'not it, surely'), 'password'), /is wrong/);
    assert.match(problemOf(await change('anna@acme.example', PASSWORD), 'email'), /already used/);
    await hark.sql(`UPDATE agent SET account = 'bert.w@acme.example' WHERE tenant_id = ${acme.id} AND account = 'bert'`);
    assert.match(problemOf(await change('Bert.W@acme.example', PASSWORD), 'email'), /already used/, 'as an account');
    await hark.sql(`UPDATE agent SET account = 'bert' WHERE tenant_id = ${acme.id} AND account = 'bert.w@acme.example'`);
    assert.equal((await agentRow(acme, 'dora')).email, 'dora@acme.example');
    const done = await change('dora2@acme.example', PASSWORD);
    assert.equal(done.status, 303, done.text);
    assert.equal((await agentRow(acme, 'dora')).email, 'dora2@acme.example');
    assert.doesNotMatch((await hark.sql(`SELECT GROUP_CONCAT(difference) AS d FROM audit WHERE action = 'agent.profile'`))[0].d, new RegExp(PASSWORD));
    const again = visitor();
    assert.equal((await again.submit('/sign-in', { company: 'acme', account: 'dora2@acme.example', password: PASSWORD })).status, 303);
  });

  test('the interface /api/v1/me reads and changes the own fields', async () => {
    const bert = await signedIn(acme, 'bert');
    const me = (await bert.json('GET', '/api/v1/me')).json();
    assert.deepEqual([me.id, me.account, me.first_name, me.avatar], [acme.agents.bert, 'bert', 'Bert', null]);
    assert.equal(me.password_hash, undefined);
    const changed = await bert.json('PATCH', '/api/v1/me', { title: 'Sales', show_title: false });
    assert.equal(changed.status, 200, changed.text);
    assert.deepEqual([changed.json().title, changed.json().show_title], ['Sales', false]);
    assert.equal((await bert.json('PATCH', '/api/v1/me', { email: 'b@x.example' })).status, 422);
    assert.equal((await bert.json('PATCH', '/api/v1/me', { time_zone: 'Nowhere' })).json().fields.time_zone.limit, 'Europe/Paris');
    assert.equal((await visitor().json('GET', '/api/v1/me')).status, 401);
  });

  test('nobody changes more than what is his own: every column of the table is tried', async () => {
    const bert = await signedIn(acme, 'bert');
    const own = ['first_name', 'last_name', 'alias', 'phone', 'email', 'title', 'bio', 'time_zone', 'locale', 'show_photo', 'show_title', 'show_bio'];
    const columns = (await hark.sql(`SELECT COLUMN_NAME AS name FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = '${hark.database.name}' AND TABLE_NAME = 'agent'`))
      .map(({ name }) => name).filter((name) => !own.includes(name));
    const more = ['roles', 'queues', 'skills', 'permissions', 'password_hash', 'tenant_id', 'id'];
    const state = async () => {
      const { seen_at, updated_at, ...row } = await agentRow(acme, 'bert');
      return [row, await hark.sql(`SELECT role_id FROM agent_role WHERE agent_id = ${acme.agents.bert}`), await hark.sql(`SELECT queue_id FROM queue_agent WHERE agent_id = ${acme.agents.bert}`)];
    };
    const before = await state();
    const names = [...new Set([...columns, ...more])];
    for (const name of names) {
      const reply = await bert.json('PATCH', '/api/v1/me', { [name]: '1' });
      assert.equal(reply.status, 422, `${name}: ${reply.text}`);
    }
    const { body, headers } = await formWithFiles({ ...Object.fromEntries(names.map((name) => [name, '1'])), form: bert.formToken, first_name: 'Bert', alias: 'Bert', email: 'bert@acme.example', title: 'Sales', show_photo: '1' });
    assert.equal((await bert.request('POST', '/admin/profile', { body, headers })).status, 303);
    assert.deepEqual(await state(), before);
  });

  test('A-PROF-04 the zone of the profile is the zone of the times that are shown, in the panel and in the console', async () => {
    const anna = await signedIn(acme, 'anna');
    const at = Date.UTC(2026, 0, 15, 23, 30);
    await hark.sql(`UPDATE agent SET created_at = ${at} WHERE tenant_id = ${acme.id} AND id = ${acme.agents.bert}`);
    for (const [zone, shown] of [['Asia/Tokyo', '16 Jan 2026, 08:30'], ['America/New_York', '15 Jan 2026, 18:30']]) {
      assert.equal((await anna.json('PATCH', '/api/v1/me', { time_zone: zone })).status, 200);
      assert.match((await anna.get(`/admin/agents/${acme.agents.bert}`)).text, new RegExp(shown), zone);
      assert.equal((await anna.json('GET', '/console/state')).json().time_zone, zone);
    }
    assert.equal((await anna.json('PATCH', '/api/v1/me', { time_zone: '' })).status, 200);
    assert.match((await anna.get(`/admin/agents/${acme.agents.bert}`)).text, /15 Jan 2026, 23:30/);
    assert.equal((await anna.json('GET', '/console/state')).json().time_zone, 'UTC');
  });

  test('a form of another site, or without the token, changes nothing', async () => {
    const bert = await signedIn(acme, 'bert');
    const { body, headers } = await formWithFiles({ first_name: 'Eve', alias: 'Eve', email: 'bert@acme.example' });
    assert.equal((await bert.request('POST', '/admin/profile', { body, headers })).status, 403);
    const foreign = await formWithFiles({ first_name: 'Eve', alias: 'Eve', email: 'bert@acme.example', form: bert.formToken });
    assert.equal((await bert.request('POST', '/admin/profile', { ...foreign, headers: { ...foreign.headers, Origin: 'https://evil.example' } })).status, 403);
    assert.equal((await agentRow(acme, 'bert')).first_name, 'Bert');
    const cut = await bert.request('POST', '/admin/profile', { body: foreign.body.subarray(0, 200), headers: foreign.headers });
    assert.equal(cut.status, 400);
  });
});

describe('language', () => {
  const languages = { en: ['Sign in', 'Company'], fr: ['Se connecter', 'Entreprise'], pt: ['Iniciar sessão', 'Empresa'], es: ['Iniciar sesión', 'Empresa'] };

  test('A-AUTH-11 the language is switched before signing in, stays, and leads nowhere else', async () => {
    const client = visitor();
    for (const [locale, [words]] of Object.entries(languages)) {
      const page = await client.get('/sign-in?next=/admin/queues');
      const switcher = readForms(page.text).find((form) => form.action === '/language');
      const reply = await client.post('/language', [...switcher.values, ['locale', locale]]);
      assert.equal(reply.status, 303);
      assert.equal(reply.headers.location, '/sign-in?next=/admin/queues');
      assert.match(reply.headers['set-cookie'].join('\n'), /hark-language=\w\w; Path=\/; HttpOnly; SameSite=Lax; Max-Age=31536000/);
      const shown = (await client.get('/sign-in')).text;
      assert.match(shown, new RegExp(`<html lang="${locale}" dir="ltr">`));
      assert.match(shown, new RegExp(words));
      for (const name of ['English', 'Français', 'Português', 'Español']) assert.match(shown, new RegExp(name));
    }
    const token = readForms((await client.get('/sign-in')).text).find((form) => form.action === '/language').values.find(([name]) => name === 'form')[1];
    for (const next of ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '/%0d%0aX: y\r\nX: y', ''])
      assert.match((await client.post('/language', { form: token, locale: 'fr', next })).headers.location, /^\/(?!\/|\\)[!-~]*$/, next);
    assert.equal((await client.post('/language', { form: token, locale: 'xx', next: '/sign-in' })).status, 422);
    assert.equal((await client.post('/language', { locale: 'fr', next: '/sign-in' })).status, 403);
    assert.match((await visitor({ headers: { 'Accept-Language': 'pt-BR' } }).get('/sign-in')).text, /<html lang="pt"/);
  });

  test('A-AUTH-12 the switch of the user menu changes panel and console at once, and wins over the cookie', async () => {
    const bert = await signedIn(acme, 'bert');
    const words = { en: 'Change password', fr: 'Changer le mot de passe', pt: 'Alterar palavra-passe', es: 'Cambiar contraseña' };
    for (const [locale, panel] of Object.entries(words)) {
      const switcher = readForms((await bert.get('/admin/password')).text).find((form) => form.action === '/language');
      const reply = await bert.post('/language', [...switcher.values, ['locale', locale]]);
      assert.equal(reply.headers.location, '/admin/password');
      assert.equal((await agentRow(acme, 'bert')).locale, locale);
      assert.match((await bert.get('/admin/password')).text, new RegExp(panel));
      const console_page = (await bert.get('/console')).text;
      assert.match(console_page, new RegExp(`<html lang="${locale}"`));
      const strings = JSON.parse(/id="strings">(.*?)<\/script>/s.exec(console_page)[1]);
      if (locale !== 'en') assert.notEqual(strings['Control panel'], 'Control panel');
    }
    bert.cookies.set('hark-language', 'fr');
    assert.match((await bert.get('/admin')).text, /<html lang="es"/);
    const audit = await hark.sql(`SELECT difference FROM audit WHERE tenant_id = ${acme.id} AND action = 'agent.language'`);
    assert.equal(audit.length, 4);
    await bert.post('/sign-out', { form: bert.formToken });
    assert.match((await bert.get('/sign-in')).text, /<html lang="fr"/);
    await hark.sql(`UPDATE agent SET locale = 'en' WHERE tenant_id = ${acme.id}`);
  });

  test('A-AUTH-12 what is missing in a language is shown in English, and a visitor of the widget keeps the language of the browser', async () => {
    const client = visitor({ headers: { 'Accept-Language': 'es' } });
    client.cookies.set('hark-language', 'fr');
    assert.match((await client.get(`/chat/${acme.key}`)).text, /<html lang="es"/);
    assert.match((await visitor({ headers: { 'Accept-Language': 'tlh' } }).get('/sign-in')).text, /<html lang="en"/);
  });
});

describe('avatars', () => {
  test('A-PROF-02 a picture replaces the initials: clean, 256 pixels, kept by the browser for good', async () => {
    const anna = await signedIn(acme, 'anna');
    assert.match((await anna.get('/admin')).text, /<span class="face" aria-hidden="true">A<\/span>/);
    const reply = await sendForm(anna, '/admin/profile', {}, { avatar: { name: '../me.png', bytes: png(600, 400, { text: 'SECRET PLACE' }) } });
    assert.equal(reply.status, 303, reply.text);
    const path = /<img src="(\/avatar\/\d+\?v=[0-9a-f]{16})"/.exec((await anna.get('/admin')).text)[1];
    const got = await anna.get(path);
    assert.equal(got.status, 200);
    assert.equal(got.headers['content-type'], 'image/webp');
    assert.match(got.headers['cache-control'], /private, max-age=31536000, immutable/);
    assert.equal(got.headers['x-content-type-options'], 'nosniff');
    assert.deepEqual(webpSize(got.body), [256, 256]);
    assert.ok(!got.body.includes('SECRET PLACE'));
    const agents = (await anna.json('GET', '/console/state')).json().agents;
    assert.equal(agents.find((agent) => agent.id === acme.agents.anna).avatar, path);

    const bert = await signedIn(acme, 'bert');
    assert.equal((await bert.get(path)).status, 200);
    assert.equal((await (await signedIn(beta, 'boss')).get(path)).status, 404);
    assert.equal((await visitor().get(path)).status, 303);

    const stored = (await agentRow(acme, 'anna')).avatar;
    assert.equal((await sendForm(anna, '/admin/profile', {}, { avatar: { name: 'a.png', bytes: png(10, 10) } })).status, 303);
    assert.notEqual((await agentRow(acme, 'anna')).avatar, stored);
    assert.equal((await sendForm(anna, '/admin/profile', { no_avatar: '1' })).status, 303);
    assert.equal((await agentRow(acme, 'anna')).avatar, '');
    assert.equal((await anna.get(path)).status, 404);
    const { readdirSync } = await import('node:fs');
    const kept = readdirSync(`${hark.folder}/data/files/${acme.id}`, { recursive: true }).filter((name) => name.length > 30);
    assert.deepEqual(kept, [], 'old pictures are gone');
  });

  test('A-AGENT-10 A-AGENT-11 M-USER-07 visitors see picture, title and bio only as the agent wants', async () => {
    const dora = await Agent.at(hark, acme, 'dora');
    assert.equal((await sendForm(dora.client, '/admin/profile', { title: 'Helper', bio: 'Boots and tents', show_photo: '1', show_title: '1', show_bio: '1' },
      { avatar: { name: 'me.png', bytes: png(300, 300) } })).status, 303);
    const vera = new Visitor(hark, acme.key);
    await vera.start();
    assert.equal((await dora.act(vera.chat, 'claim')).status, 200);
    const told = async () => (await vera.sync()).conversation.agent;
    const agent = await told();
    assert.deepEqual([agent.alias, agent.title, agent.bio], ['Dora', 'Helper', 'Boots and tents']);
    assert.match(agent.picture, /^avatar\/\d+\?v=[0-9a-f]{16}$/);
    const seen = await visitor().get(`/visit/${acme.key}/${agent.picture}`);
    assert.deepEqual([seen.status, ...webpSize(seen.body)], [200, 256, 256]);
    for (const path of [`/visit/${acme.key}/avatar/${acme.agents.dora}`, `/visit/${acme.key}/avatar/${acme.agents.dora}?v=0123456789abcdef`,
      `/visit/${beta.key}/${agent.picture}`])
      assert.equal((await visitor().get(path)).status, 404, path);
    assert.equal((await dora.client.json('PATCH', '/api/v1/me', { show_photo: false, show_title: false, show_bio: false })).status, 200);
    const hidden = await told();
    assert.deepEqual([hidden.alias, hidden.title, hidden.bio, hidden.picture], ['Dora', '', '', null]);
    assert.equal((await visitor().get(`/visit/${acme.key}/${agent.picture}`)).status, 404);
    await dora.act(vera.chat, 'end');
  });
});

describe('the frame of the pages', () => {
  test('the menu shows how many chats wait or are one\'s own', async () => {
    const cleo = await Agent.at(hark, acme, 'cleo');
    const badge = async (client) => /href="\/console"[^>]*>[^<]*<span class="badge">(\d+)/.exec((await client.get('/admin')).text)?.[1];
    await hark.sql(`UPDATE agent SET locale = 'en' WHERE tenant_id = ${acme.id}`);
    assert.equal(await badge(cleo.client), undefined);
    const one = new Visitor(hark, acme.key);
    const two = new Visitor(hark, acme.key);
    await one.start();
    await two.start();
    assert.equal(await badge(cleo.client), '2');
    assert.equal((await cleo.act(one.chat, 'claim')).status, 200);
    assert.equal(await badge(cleo.client), '2');
    await cleo.act(one.chat, 'end');
    assert.equal(await badge(cleo.client), '1');
    assert.equal(await badge(await signedIn(beta, 'boss')), undefined);
    assert.equal((await cleo.act(two.chat, 'claim')).status, 200);
    await cleo.act(two.chat, 'end');
  });

  test('a company\'s name, logo and colour are on its sign-in page, its panel and its chat page, and on nobody else\'s', async () => {
    const anna = await signedIn(acme, 'anna');
    const reply = await sendForm(anna, '/admin/settings/brand', { display_name: 'Acme & Söhne', colour: '#ffd400', help_url: 'https://help.acme.example/' },
      { logo: { name: 'logo.png', bytes: png(1000, 200) } });
    assert.equal(reply.status, 303, reply.text);
    assert.match((await anna.get('/admin/settings/brand')).text, /hard to read on white[^<]*#[0-9a-f]{6}/);

    const outside = visitor({ host: 'desk.acme.example' });
    const page = (await outside.get('/sign-in')).text;
    assert.match(page, /Acme &amp; Söhne/);
    assert.match(page, /href="https:\/\/help\.acme\.example\/"/);
    const logo = /src="(\/brand\/logo\?v=[0-9a-f]{16})"/.exec(page)[1];
    const picture = await outside.get(logo);
    assert.deepEqual([picture.status, ...webpSize(picture.body)], [200, 480, 96]);
    const css = await outside.get(/href="(\/brand\.css\?v=[0-9a-f]{6})"/.exec(page)[1]);
    assert.match(css.headers['content-type'], /^text\/css/);
    assert.match(css.text, /--brand: #ffd400; --brand-ink: #1b1f24;/);
    assert.match((await anna.get('/admin')).text, /\/brand\/logo\?v=/);

    assert.doesNotMatch((await visitor().get('/sign-in')).text, /brand\/logo|Acme/);
    const other = visitor({ host: 'desk.beta.example' });
    assert.doesNotMatch((await other.get('/sign-in')).text, /brand\/logo|Acme/);
    assert.equal((await other.get(logo)).status, 404);
    anna.host = 'desk.beta.example';
    assert.equal((await anna.get(logo)).status, 404);
    anna.host = undefined;
    assert.equal((await visitor().get(logo)).status, 404);

    const chat = (await visitor().get(`/chat/${acme.key}`)).text;
    const onChat = /data-logo="([^"]*)" data-company="Acme &amp; Söhne"/.exec(chat)[1];
    assert.equal((await visitor().get(onChat)).status, 200);
    assert.equal((await visitor().get(onChat.replace(acme.key, beta.key))).status, 404);

    assert.equal((await anna.json('PATCH', '/api/v1/settings/brand', { logo: 'ab/ab00000000000000000000000000000a' })).status, 422);
    assert.equal((await sendForm(anna, '/admin/settings/brand', { no_logo: '1', colour: '#0b57d0' })).status, 303);
    assert.equal((await outside.get(logo)).status, 404);
    assert.equal((await (await signedIn(acme, 'bert')).get('/admin/settings/brand')).status, 403);
  });

  test('a logo leaves no file behind: not the old one, and not one that the database did not take', async () => {
    const anna = await signedIn(acme, 'anna');
    const kept = () => readdirSync(join(hark.folder, 'data/files', String(acme.id)), { recursive: true }).filter((name) => /[0-9a-f]{32}$/.test(name)).length;
    const send = (bytes) => sendForm(anna, '/admin/settings/brand', {}, { logo: { name: 'logo.png', bytes } });
    assert.equal((await send(png(300, 60))).status, 303);
    const files = kept();
    await hark.sql(`CREATE TRIGGER full BEFORE UPDATE ON setting FOR EACH ROW SIGNAL SQLSTATE '45000'`);
    try {
      assert.equal((await send(png(200, 60))).status, 500);
      assert.equal(kept(), files);
    } finally {
      await hark.sql('DROP TRIGGER full');
    }
    assert.equal((await send(png(250, 60))).status, 303);
    assert.equal(kept(), files);
    assert.equal((await anna.get(/src="(\/brand\/logo[^"]*)"/.exec((await anna.get('/admin/settings/brand')).text)[1])).status, 200);
  });

  test('bad input of the looks keeps what was typed', async () => {
    const anna = await signedIn(acme, 'anna');
    const reply = await sendForm(anna, '/admin/settings/brand', { display_name: 'Kept name', colour: 'red', help_url: 'javascript:alert(1)' },
      { logo: { name: 'logo.svg', bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') } });
    assert.equal(reply.status, 422);
    assert.match(problemOf(reply, 'colour'), /#1a73e8/);
    assert.match(problemOf(reply, 'help_url'), /web address/);
    assert.match(reply.text, /value="Kept name"/);
  });
});
