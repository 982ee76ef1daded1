// SPDX-License-Identifier: BSD-2-Clause
// looks.test.mjs - what pages say: in words that are right in each language, and before something is lost.
import { after, afterEach, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { startHark } from '../harness/hark.mjs';
import { company, PASSWORD } from '../harness/chat.mjs';

let hark;
let firm;
let anna;

async function keyOf(account) {
  const done = await hark.hark(['key', 'create', '--tenant', firm.code, '--account', account, '--name', 'tests', '--json'], { input: PASSWORD });
  assert.equal(done.code, 0, done.stderr);
  return done.json().key;
}

/** The words of a page, without its marks. */
const words = (reply) => reply.text.replace(/<script[\s\S]*?<\/script>/g, ' ').replace(/<[^>]+>/g, ' ').replace(/&nbsp;/g, ' ').replace(/\s+/g, ' ');

const speak = (language) => hark.sql(`UPDATE agent SET locale = '${language}' WHERE tenant_id = ${firm.id} AND account = 'anna'`);

/** Looks at a page in a language. */
async function inLanguage(language, path) {
  await speak(language);
  return words(await anna.get(path));
}

describe('words', () => {
  before(async () => {
    hark = await startHark();
    firm = await company(hark, 'words', { agents: { anna: { role: 'Administrators' }, ben: {} } });
    anna = hark.client();
    assert.equal((await anna.submit('/sign-in', { company: 'words', account: 'anna', password: PASSWORD })).status, 303);
  });
  afterEach(() => speak('en'));
  after(() => hark?.stop());

  test('one English text does not stand for two meanings', async () => {
    assert.equal((await anna.submit('/admin/skills/new', { name: 'Tents' })).status, 303);
    await anna.submit('/admin/contacts/new', { name: 'Vera' });
    const audit = await inLanguage('fr', '/admin/audit?noun=skill');
    assert.match(audit, /Créé compétence|Créé Compétence/i);
    assert.match(await inLanguage('fr', '/admin/skills'), /Corbeille/);
    assert.match(await inLanguage('fr', '/admin/skills'), /Agents : peu importe/, 'a colon as the language writes it');
    assert.match(await inLanguage('es', '/admin/contacts'), /Creado el/);
    assert.match(await inLanguage('es', `/admin/agents/${firm.agents.anna}/sessions`), /Sesiones abiertas/);
    assert.match(await inLanguage('pt', '/admin/settings/mail'), /Destinatário/);
  });

  test('what is wrong with a field is a sentence in every language', async () => {
    const said = { en: 'Name is required', fr: 'Nom : champ obligatoire', pt: 'Nome: campo obrigatório', es: 'Nombre: campo obligatorio' };
    for (const [language, sentence] of Object.entries(said)) {
      await speak(language);
      const reply = await anna.submit('/admin/skills/new', { name: '' });
      assert.equal(reply.status, 422);
      assert.equal(words(reply).replaceAll('\u00a0', ' ').split(sentence).length - 1, 2, `${language}: on top and beside the field`);
    }
  });

  test('a new holiday says that it needs a calendar', async () => {
    const page = await anna.get('/admin/holidays/new');
    assert.match(page.text, /<label for="f-calendar_id">Calendar <span class="needed"/);
    assert.match(page.text, /<option value="">Please choose<\/option>/);
  });

  test('the key of another agent, and holidays of a file, are asked about before they are lost', async () => {
    await hark.sql(`UPDATE role SET permissions = CONCAT(permissions, ' api.use') WHERE name = 'Agents' AND tenant_id = ${firm.id}`);
    await keyOf('ben');
    const list = await anna.get(`/admin/agents/${firm.agents.ben}/sessions`);
    const [, path] = /href="(\/admin\/agents\/\d+\/api-keys\/\d+\/delete)"/.exec(list.text);
    assert.match(words(await anna.get(path)), /Revoke the key tests\?/);
    assert.equal((await hark.sql('SELECT COUNT(*) AS n FROM api_key'))[0].n, '1');
    assert.equal((await anna.submit(path, {})).headers.location, `/admin/agents/${firm.agents.ben}/sessions`);
    assert.equal((await anna.get(path)).status, 404);

    const key = await keyOf('anna');
    const calendar = (await hark.client({ headers: { 'X-Api-Key': key } }).json('POST', '/api/v1/calendars', { name: 'Office' })).json().id;
    const file = 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20301225\r\nSUMMARY:Feast\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n';
    await anna.submit(`/admin/calendars/${calendar}/import`, { text: file, name: 'Feasts' });
    const [, drop] = /href="(\/admin\/calendars\/\d+\/imports\/\d+\/delete)"/.exec((await anna.get(`/admin/calendars/${calendar}`)).text);
    assert.match(words(await anna.get(drop)), /Take out all holidays of “Feasts”\?/);
    assert.match((await anna.get(`/admin/calendars/${calendar}`)).text, /Feast/);
    assert.equal((await anna.submit(drop, {})).status, 303);
    assert.equal((await anna.get(drop)).status, 404);
  });

  test('a page that asks before something is deleted says when it cannot be', async () => {
    const [{ id: role }] = await hark.sql(`SELECT id FROM role WHERE tenant_id = ${firm.id} AND name = 'Administrators'`);
    const [{ id: widget }] = await hark.sql(`SELECT id FROM widget WHERE tenant_id = ${firm.id}`);
    for (const path of [`roles/${role}`, `agents/${firm.agents.anna}`, `queues/${firm.queue}`, `widgets/${widget}`]) {
      const page = await anna.get(`/admin/${path}/delete`);
      assert.equal(page.status, 200, path);
      assert.match(page.text, /This cannot be deleted now\./, path);
      assert.doesNotMatch(page.text, /class="button danger full"/, path);
      assert.doesNotMatch(page.text, /It disappears from every list/, path);
    }
    assert.match((await anna.get(`/admin/agents/${firm.agents.ben}/delete`)).text, /class="button danger full"/);
  });

  test('agents of the same public name are told apart where they are chosen', async () => {
    await hark.sql(`UPDATE agent SET alias = 'Sam', last_name = 'Smith' WHERE tenant_id = ${firm.id}`);
    const form = await anna.get(`/admin/queues/${firm.queue}`);
    assert.match(words(form), /Sam \(Anna Smith\) Sam \(Ben Smith\)/);
    assert.match((await anna.get('/admin/queues')).text, /Agents: Sam \(Ben Smith\)/);
    await hark.sql(`UPDATE agent SET alias = 'Anna' WHERE tenant_id = ${firm.id} AND account = 'anna'`);
    assert.doesNotMatch(words(await anna.get(`/admin/queues/${firm.queue}`)), /\(Ben Smith\)/, 'only where it is needed');
  });

  test('the settings of a suspended company can be read, and are not typed in vain', async () => {
    await hark.sql(`UPDATE tenant SET state = 'suspended' WHERE id = ${firm.id}`);
    for (const path of ['brand', 'mail', 'security', 'hours', 'presence', 'retention', 'audit']) {
      const page = await anna.get(`/admin/settings/${path}`);
      assert.equal(page.status, 200, path);
      assert.match(page.text, /You can see this, but not change it\./, path);
      assert.match(page.text, /<fieldset class="all" disabled>/, path);
      assert.doesNotMatch(page.text, />Save</, path);
    }
    await hark.sql(`UPDATE tenant SET state = 'active' WHERE id = ${firm.id}`);
    assert.match((await anna.get('/admin/settings/brand')).text, />Save</);
  });
});
