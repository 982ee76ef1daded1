// SPDX-License-Identifier: BSD-2-Clause
// texts.test.mjs - texts of the product in a company's own words, languages of its own for its visitors, and which language they get.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { company, PASSWORD } from '../harness/chat.mjs';
import { startHark } from '../harness/hark.mjs';
import { formWithFiles } from '../harness/pictures.mjs';

let hark;
let acme;
let beta;
let anna;
let boss;
let nextAddress = 10;

const visitor = (language, options = {}) => hark.client({ ...options, headers: { 'X-Forwarded-For': `192.0.2.${nextAddress += 1}`, ...(language ? { 'Accept-Language': language } : {}) } });

async function signedIn(firm, account) {
  const client = visitor();
  assert.equal((await client.submit('/sign-in', { company: firm.code, account, password: PASSWORD })).status, 303);
  await client.get('/admin');
  return client;
}

/** The page of the widget's panel, taken apart. */
async function panel(firm, language, query = '') {
  const { text, status } = await visitor(language).get(`/chat/${firm.key}${query}`);
  assert.equal(status, 200);
  const [, lang, dir] = /<html lang="([^"]*)" dir="([^"]*)"/.exec(text);
  return { lang, dir, strings: JSON.parse(/id="strings">(.*?)<\/script>/s.exec(text)[1]), text };
}

/** What the button's script is given. */
async function loader(firm, language, query = '') {
  const { text } = await visitor(language).get(`/widget/${firm.key}.js${query}`);
  return JSON.parse(/\n\}\)\((.*)\);\n$/s.exec(text)[1]);
}

const api = async (client, method, path, body) => {
  const reply = await client.request(method, path, { body: body && JSON.stringify(body), headers: { ...(body ? { 'Content-Type': 'application/json' } : {}), 'X-Hark-Form': client.formToken } });
  return { status: reply.status, body: reply.text ? JSON.parse(reply.text) : null };
};
const say = async (client, language, message, wording, more = {}) => api(client, 'POST', '/api/v1/texts', { language, message, wording, ...more });
const languages = async (firm) => (await hark.sql(`SELECT CONCAT('<', text_languages, '>') AS list FROM tenant WHERE id = ${firm.id}`))[0].list.slice(1, -1);

before(async () => {
  hark = await startHark();
  acme = await company(hark, 'acme', { agents: { anna: { role: 'Administrators' }, bert: {} } });
  beta = await company(hark, 'beta', { agents: { boss: { role: 'Administrators' } } });
  anna = await signedIn(acme, 'anna');
  boss = await signedIn(beta, 'boss');
});
after(() => hark?.stop());

describe('own words', () => {
  test('P-42 a text is looked up, changed, said to visitors of this company alone, and taken back', async () => {
    const list = (await anna.get('/admin/texts/all?language=en&q=start+a+new')).text;
    assert.match(list, /Start a new chat/);
    assert.doesNotMatch(list, /Attach a file/);
    const [, path] = /href="(\/admin\/texts\/new\?[^"]*)"/.exec(list);
    const form = (await anna.get(path.replaceAll('&amp;', '&'))).text;
    assert.match(form, /What visitors read/);
    const saved = await anna.submit(path.replaceAll('&amp;', '&'), { wording: 'Talk to us <again> & "more"' }, { form: '/admin/texts' });
    assert.equal(saved.status, 303, saved.text);
    assert.equal(saved.headers.location, '/admin/texts/all?language=en&area=visitors');
    assert.match((await anna.get(saved.headers.location)).text, /Talk to us &lt;again&gt; &amp; &quot;more&quot;/);
    assert.equal((await panel(acme, 'en')).strings['Start a new chat'], 'Talk to us <again> & "more"');
    assert.equal((await panel(acme, 'fr')).strings['Start a new chat'], (await panel(beta, 'fr')).strings['Start a new chat'], 'another language keeps its text');
    assert.equal((await panel(beta, 'en')).strings['Start a new chat'], 'Start a new chat');
    assert.equal(await languages(acme), 'en');
    assert.equal(await languages(beta), '');

    const [{ id }] = await hark.sql(`SELECT id FROM text WHERE tenant_id = ${acme.id} AND message = 'Start a new chat'`);
    assert.equal((await boss.get(`/admin/texts/${id}`)).status, 404, 'it is nobody else\'s');
    const reset = await anna.submit(`/admin/texts/${id}`, {}, { form: `/admin/texts/${id}/delete` });
    assert.equal(reset.status, 303, reset.text);
    assert.equal((await panel(acme, 'en')).strings['Start a new chat'], 'Start a new chat');
    assert.equal(await languages(acme), '', 'without own texts nothing is asked for');
    const page = (await anna.get(reset.headers.location)).text;
    assert.match(page, new RegExp(`/admin/texts/${id}/restore`));
    assert.equal((await anna.post(`/admin/texts/${id}/restore`, { form: anna.formToken })).status, 303);
    assert.match((await panel(acme, 'en')).strings['Start a new chat'], /^Talk to us/);
    const actions = (await hark.sql(`SELECT action FROM audit WHERE tenant_id = ${acme.id} AND noun = 'text' ORDER BY id`)).map((row) => row.action);
    assert.deepEqual(actions, ['text.create', 'text.delete', 'text.restore']);
    await api(anna, 'DELETE', `/api/v1/texts/${id}`);
  });

  test('P-42 the words of pages, console and mails change too', async () => {
    const made = [];
    for (const [message, wording] of [['Canned messages', 'Ready answers'], ['Control panel', 'Cockpit'], ['A test mail of {company}', 'Hello from {company}!']]) {
      const { status, body } = await say(anna, 'en', message, wording);
      assert.equal(status, 201, JSON.stringify(body));
      made.push(body.id);
    }
    assert.match((await anna.get('/admin')).text, />Ready answers</);
    assert.equal(JSON.parse(/id="strings">(.*?)<\/script>/s.exec((await anna.get('/console')).text)[1])['Control panel'], 'Cockpit');
    assert.match((await boss.get('/admin')).text, />Canned messages</);
    await hark.sql(`INSERT INTO tenant_domain (host, tenant_id, state, created_at) VALUES ('desk.acme.example', ${acme.id}, 'verified', 1)`);
    made.push((await say(anna, 'en', 'Forgot password?', 'Lost your key?')).body.id);
    assert.match((await visitor('en', { host: 'desk.acme.example' }).get('/sign-in')).text, /Lost your key\?/, 'the sign-in page on its own domain');
    assert.doesNotMatch((await visitor('en').get('/sign-in')).text, /Lost your key/);
    for (const id of made) assert.equal((await api(anna, 'DELETE', `/api/v1/texts/${id}`)).status, 204);
    assert.match((await anna.get('/admin')).text, />Canned messages</);
  });

  test('P-42 a text that lacks or adds what is filled in is refused and named, and so is one that is too long, double or unknown', async () => {
    const wrong = async (field, words, ...text) => {
      const { status, body } = await say(anna, ...text);
      assert.equal(status, 422, JSON.stringify(body));
      assert.match(body.fields[field].message, words);
    };
    await wrong('wording', /must contain \{n\}/, 'en', 'You are number {n} in line', 'You are waiting');
    await wrong('wording', /has \{name\}/, 'en', 'You are number {n} in line', '{n} {name}');
    await wrong('wording', /must contain %s/, 'en', 'The text is too long: at most %s characters.', 'Too long');
    await wrong('wording', /has %s/, 'en', 'Send', 'Send %s');
    await wrong('wording', /one line/, 'en', 'Send', 'Send\nnow');
    await wrong('wording', /at most 2000/, 'en', 'Send', 'x'.repeat(2001));
    await wrong('message', /is no text of the product/, 'en', 'What nobody says', 'x');
    await wrong('language', /one of/, 'xx', 'Send', 'x');
    await wrong('wording_many', /is required/, 'en', '%s holiday', '%s day off');
    await wrong('wording_many', /must be empty/, 'en', 'Send', 'x', { wording_many: 'y' });
    await wrong('message', /not for visitors/, 'de', 'Canned messages', 'Textbausteine');
    const { status, body } = await say(anna, 'en', '%s holiday', '%s day off', { wording_many: '%s days off' });
    assert.equal(status, 201, JSON.stringify(body));
    await wrong('place', /already used/, 'en', '%s holiday', '%s day off', { wording_many: '%s days off' });
    assert.equal((await api(anna, 'PATCH', `/api/v1/texts/${body.id}`, { message: 'Send' })).status, 422);
    assert.equal((await api(anna, 'PATCH', `/api/v1/texts/${body.id}`, { wording: 'days off' })).status, 422);
    assert.equal((await api(anna, 'DELETE', `/api/v1/texts/${body.id}`)).status, 204);
    assert.match((await anna.get('/admin/texts/new?language=en&message=nonsense')).text, /The product does not say this/);
  });

  test('P-42 texts are exported and imported as CSV: all of them, or none', async () => {
    const upload = async (csv) => {
      const { body, headers } = await formWithFiles({ form: anna.formToken, csv });
      return anna.request('POST', '/admin/texts/import', { body, headers });
    };
    const csv = (await anna.get('/admin/texts/all.csv?language=it&area=visitors')).text;
    assert.match(csv.split('\n')[0], /^﻿?language,message,message_many,product,product_many,wording,wording_many\r?$/);
    assert.match(csv, /^"it","Send","","Send","","",""\r?$/m);
    const bad = await upload('language,message,wording\nit,Send,Invia\nit,You are number {n} in line,Aspetta\nxx,Send,x\n');
    assert.equal(bad.status, 422);
    assert.match(bad.text, /<strong>3<\/strong>[^<]*must contain \{n\}/);
    assert.match(bad.text, /<strong>4<\/strong>[^<]*xx/);
    assert.equal((await hark.sql(`SELECT COUNT(*) AS n FROM text WHERE tenant_id = ${acme.id} AND language = 'it' AND deleted_at IS NULL`))[0].n, '0');
    const good = await upload(csv.replace('"Send","","Send","",""', '"Send","","Send","","Invia"').replace('"Close","","Close","",""', '"Close","","Close","","Chiudi"'));
    assert.equal(good.status, 303, good.text);
    assert.equal((await api(anna, 'GET', '/api/v1/texts/all?language=it&show=changed')).body.items.length, 2);
    assert.match((await anna.get('/admin/texts/all.csv?language=it&area=visitors')).text, /^"it","Send","","Send","","Invia",""\r?$/m);
    assert.match((await anna.get('/admin/texts.csv')).text, /Invia/);
    const shown = await upload(`language,message,wording\nxx,Send,x\n${`it,Send,${'x'.repeat(891)}\n`.repeat(990)}`);
    assert.equal(shown.status, 422);
    assert.match(shown.text, /<strong>2<\/strong>[^<]*xx/, 'what the page shows can be sent again');
    const { body, headers } = await formWithFiles({ form: anna.formToken, csv: '', file: { name: 'a.csv', bytes: Buffer.from('x'.repeat(900001)) } });
    const large = await anna.request('POST', '/admin/texts/import', { body, headers });
    assert.equal(large.status, 422);
    assert.match(large.text, /at most 900000 bytes/);
  });

  test('P-42 what is wrong with a visitor’s e-mail address is said in the company’s words', async () => {
    const { status, body } = await say(boss, 'nl', 'must be one e-mail address, such as %s', 'moet een e-mailadres zijn zoals %s');
    assert.equal(status, 201, JSON.stringify(body));
    assert.equal((await api(boss, 'POST', '/api/v1/texts/offer', { language: 'nl', offered: true })).status, 204);
    const wrong = await visitor('nl').json('POST', `/visit/${beta.key}/start`, { client_id: 'abcdefgh12345', text: 'x', email: 'nomail' });
    assert.equal(wrong.status, 422);
    assert.match(wrong.json().fields.email.message, /moet een e-mailadres zijn zoals/);
  });
});

describe('languages of a company', () => {
  test('P-42 all that button and panel say can be said in another language', async () => {
    const { items } = (await api(anna, 'GET', '/api/v1/texts/all?language=sv&show=missing')).body;
    const listed = new Set(items.map((item) => item.message));
    for (const message of [...Object.keys((await panel(acme, 'en')).strings), ...Object.keys((await loader(acme, 'en')).strings)]) assert.ok(listed.has(message), message);
  });

  test('P-42 visitors get a language that the company has added when it is offered; what it lacks falls back and is listed with its count', async () => {
    assert.equal((await say(anna, 'de', 'Send', 'Senden')).status, 201);
    assert.equal((await say(anna, 'de', 'Close', 'Schließen')).status, 201);
    assert.equal((await panel(acme, 'de')).lang, 'en', 'not offered yet');
    let all = (await api(anna, 'GET', '/api/v1/texts/all?language=de&show=missing')).body;
    assert.equal(all.offered, false);
    assert.equal(all.changed, 2);
    assert.equal(all.missing, all.texts - 2);
    assert.equal(all.items.length, all.missing);
    assert.ok(all.items.some((item) => item.message === 'Attach a file'));
    assert.ok(all.items.every((item) => item.areas.includes('visitors')));
    const page = (await anna.get('/admin/texts/all?language=de')).text;
    assert.match(page, /Visitors do not get this language yet/);
    assert.match(page, new RegExp(`Missing texts: <strong>${all.missing}</strong> / ${all.texts}`));
    const offered = await anna.submit('/admin/texts/all?language=de', {}, { form: '/admin/texts/offer' });
    assert.equal(offered.status, 303, offered.text);
    assert.match((await anna.get('/admin/texts/all?language=de')).text, /Visitors are offered this language/);

    const german = await panel(acme, 'de-AT,de;q=0.9,fr;q=0.5');
    assert.equal(german.lang, 'de');
    assert.equal(german.strings.Send, 'Senden');
    assert.equal(german.strings['Attach a file'], 'Attach a file', 'the company\'s language is English');
    await hark.sql(`UPDATE tenant SET locale = 'fr' WHERE id = ${acme.id}`);
    assert.equal((await say(anna, 'fr', 'Attach a file', 'Joindre !')).status, 201);
    const strings = (await panel(acme, 'de')).strings;
    assert.equal(strings.Send, 'Senden');
    assert.equal(strings['Attach a file'], 'Joindre !', 'the company\'s own words in its language');
    assert.equal(strings['Show earlier messages'], (await panel(beta, 'fr')).strings['Show earlier messages'], 'and its language for the rest');
    assert.equal((await panel(acme, 'tlh')).lang, 'fr', 'nobody speaks it: the company\'s language');
    assert.equal((await panel(acme, 'en')).lang, 'en');
    assert.equal((await panel(beta, 'de')).lang, 'en', 'another company has not added it');
    assert.equal((await api(anna, 'POST', '/api/v1/texts/offer', { language: 'de', offered: false })).status, 204);
    assert.equal((await panel(acme, 'de')).lang, 'fr');
    assert.equal((await api(anna, 'POST', '/api/v1/texts/offer', { language: 'sv', offered: true })).status, 409);
    assert.equal((await api(anna, 'POST', '/api/v1/texts/offer', { language: 'fr', offered: true })).status, 422);
    const audit = await hark.sql(`SELECT action FROM audit WHERE tenant_id = ${acme.id} AND action IN ('text.offer', 'text.withdraw') ORDER BY id`);
    assert.deepEqual(audit.map((row) => row.action), ['text.offer', 'text.withdraw']);
    await hark.sql(`UPDATE tenant SET locale = 'en' WHERE id = ${acme.id}`);
  });

  test('P-42 a language of its own stands on its kin, and languages from right to left turn the page', async () => {
    assert.equal((await say(anna, 'pt-BR', 'Send', 'Manda')).status, 201);
    assert.equal((await say(anna, 'he', 'Send', 'שליחה')).status, 201);
    for (const language of ['pt-BR', 'he']) assert.equal((await api(anna, 'POST', '/api/v1/texts/offer', { language, offered: true })).status, 204);
    const brazil = await panel(acme, 'pt-BR,en;q=0.5');
    assert.equal(brazil.lang, 'pt-BR');
    assert.equal(brazil.strings.Send, 'Manda');
    const portugal = await panel(acme, 'pt-PT,en;q=0.5');
    assert.equal(portugal.lang, 'pt');
    assert.equal(brazil.strings['Attach a file'], portugal.strings['Attach a file']);
    const hebrew = await panel(acme, 'he');
    assert.deepEqual([hebrew.lang, hebrew.dir, hebrew.strings.Send], ['he', 'rtl', 'שליחה']);
    assert.equal((await panel(acme, 'en')).dir, 'ltr');

    assert.equal((await say(anna, 'he', 'Nobody is online at the moment. Please try again later.', 'איש אינו מחובר')).status, 201);
    const started = await visitor('he').request('POST', `/visit/${acme.key}/start`, { body: JSON.stringify({ client_id: 'aaaaaaaa-1', text: 'Hello' }), headers: { 'Content-Type': 'application/json' } });
    assert.match(started.text, /איש אינו מחובר/, 'what the server answers, too');
  });

  test('P-42 the page\'s language comes before the browser\'s; the widget may keep to the browser or to the company', async () => {
    const set = (value) => hark.sql(`UPDATE widget SET language = '${value}' WHERE tenant_id = ${acme.id}`);
    assert.equal((await panel(acme, 'en', '?lang=fr-CA')).lang, 'fr');
    assert.equal((await panel(acme, 'en', '?lang=he')).lang, 'he');
    assert.equal((await panel(acme, 'es', '?lang=xx')).lang, 'es', 'one that nobody speaks leaves the browser\'s');
    assert.equal((await panel(acme, 'es', '?lang=%22%3E%3Cscript%3E')).lang, 'es');
    const config = await loader(acme, 'es');
    assert.equal(config.locale, 'es');
    assert.equal(config.tongues, 'en fr pt es pt-BR he');
    const served = (await visitor('es').get(`/widget/${acme.key}.js`)).text;
    assert.doesNotMatch(served, /^\t|^\/\*/m);
    assert.ok(gzipSync(served, { level: 6 }).length <= 5000, 'it stays small');
    const asked = await loader(acme, 'es', '?lang=fr');
    assert.equal(asked.locale, 'fr');
    assert.notEqual(asked.strings['Close the chat'], config.strings['Close the chat']);
    assert.equal(asked.tongues, undefined, 'it asks once');
    await set('browser');
    assert.equal((await loader(acme, 'es')).tongues, undefined);
    await set('company');
    assert.deepEqual([(await loader(acme, 'es')).locale, (await panel(acme, 'es', '?lang=fr')).lang], ['en', 'en']);
    await set('page');
    assert.match((await anna.get('/admin/widgets/new')).text, /name="language"/);
  });

  test('P-42 only who may change the settings sees and changes texts', async () => {
    const bert = await signedIn(acme, 'bert');
    for (const path of ['/admin/texts', '/admin/texts/all', '/admin/texts/all.csv', '/admin/texts/import', '/admin/texts/new']) assert.equal((await bert.get(path)).status, 403, path);
    assert.equal((await bert.post('/admin/texts/offer', { form: bert.formToken, language: 'de', offered: '1' })).status, 403);
  });
});
