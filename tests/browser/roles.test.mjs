// SPDX-License-Identifier: BSD-2-Clause
// roles.test.mjs - roles, agents and their import in a browser: without scripts, by keyboard, on small screens, in the dark.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startHark } from '../harness/hark.mjs';
import { accessibilityProblems, noBrowser, openBrowser } from '../harness/browser.mjs';
import { PASSWORD, company } from '../harness/chat.mjs';
import { assertFitsWidth, watchErrors } from '../harness/screens.mjs';

const skip = noBrowser();
const PICTURES = process.env.HARK_PICTURES;     // a folder: every page is kept there as it looks
let hark;
let acme;
let browser;

async function signedIn(options = {}) {
  const context = await browser.newContext({ extraHTTPHeaders: { 'X-Forwarded-For': `198.51.100.${Math.floor(Math.random() * 250) + 1}` }, ...options });
  const page = await context.newPage();
  page.errors = watchErrors(page);
  await page.goto(`${hark.url}/sign-in`);
  await page.locator('[name=company]').fill('acme');
  await page.locator('[name=account]').fill('boss');
  await page.locator('[name=password]').fill(PASSWORD);
  await Promise.all([page.waitForURL('**/admin'), page.locator('[name=password]').press('Enter')]);
  return page;
}

async function picture(page, name) {
  if (!PICTURES) return;
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
}

describe('roles and agents in a browser', { skip }, () => {
  before(async () => {
    hark = await startHark({ programs: ['hark-web', 'hark-chat'] });
    acme = await company(hark, 'acme', { agents: { boss: { role: 'Administrators', queue: false }, anna: {}, bert: {} } });
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await hark?.stop();
  });

  test('A-ROLE-03 A-AGENT-01 A-AUTH-09 M-USER-03 M-USER-06 without scripts: a role by its switches, an agent with a made password, a reset, an import', async () => {
    const page = await signedIn({ javaScriptEnabled: false });
    await page.goto(`${hark.url}/admin/roles/new`);
    await page.getByLabel('Name').fill('Night shift');
    await page.getByLabel('Open the console and chat with visitors.').check();
    await page.getByLabel('bert', { exact: true }).or(page.getByLabel('Bert', { exact: true })).check();
    await page.getByLabel('Name').press('Enter');
    await page.waitForURL('**/admin/roles');
    await page.getByRole('link', { name: 'Night shift', exact: true }).click();
    assert.ok(await page.getByLabel('Open the console and chat with visitors.').isChecked());

    await page.goto(`${hark.url}/admin/agents/new`);
    await page.getByLabel('Account').fill('nora');
    await page.getByLabel('First name').fill('Nora');
    await page.getByLabel('Alias').fill('Nora');
    await page.getByLabel('E-mail').fill('nora@acme.example');
    await page.getByRole('link', { name: 'Groups' }).click();
    assert.match(page.url(), /#s-roles$/);
    await page.getByLabel('Night shift').check();
    await page.getByRole('button', { name: 'Generate' }).click();
    const password = await page.getByLabel('Password', { exact: true }).inputValue();
    assert.match(password, /^[a-z2-9-]{19}$/);
    assert.ok(await page.getByLabel('Night shift').isChecked());
    await page.getByLabel('Alias').press('Enter');      // the way to send is Save, not Generate
    await page.waitForURL('**/admin/agents');
    await page.getByRole('link', { name: 'Reset the password: Nora' }).click();
    await page.getByRole('button', { name: 'Generate' }).click();
    const second = await page.getByLabel('New password').inputValue();
    assert.notEqual(second, password);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.waitForURL('**/admin/agents');
    await page.getByText('The password is changed.').waitFor();

    await page.getByRole('link', { name: 'Import', exact: true }).click();
    await page.getByLabel('Lines of the file').fill('account,email,first_name,roles\nolga,olga@acme.example,Olga,Night shift\npit,pit,Pit,Nobody');
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByText('Nothing was imported.').waitFor();
    await page.getByRole('cell', { name: 'Roles has no such entry: Nobody' }).waitFor();
    await page.getByLabel('Lines of the file').fill('account,email,first_name,roles\nolga,olga@acme.example,Olga,Night shift');
    await page.getByRole('button', { name: 'Check' }).click();
    await page.getByRole('button', { name: 'Import 1 agent' }).click();
    await page.waitForURL('**/admin/agents');
    await page.getByRole('link', { name: 'Olga', exact: true }).waitFor();
    await page.context().close();
  });

  test('a file is put into the field by a script', async () => {
    const page = await signedIn();
    await page.goto(`${hark.url}/admin/agents/import`);
    await page.locator('input[type=file]').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from('account;first_name\nzo\xeb;Zo\xeb\n', 'latin1') });
    await page.waitForFunction(() => document.querySelector('#f-csv').value.includes('zoë'));
    assert.deepEqual(page.errors, []);
    await page.context().close();
  });

  for (const [name, options] of [
    ['desktop', { viewport: { width: 1280, height: 900 } }], ['phone', { viewport: { width: 360, height: 740 } }],
    ['dark', { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' }],
  ])
    test(`the pages fit and have no accessibility problems: ${name}`, async () => {
      const page = await signedIn(options);
      const administrators = (await hark.sql(`SELECT id FROM role WHERE tenant_id = ${acme.id} AND permissions = '*'`))[0].id;
      for (const path of ['/admin/roles', '/admin/roles/new', `/admin/roles/${administrators}`, '/admin/agents', '/admin/agents/new',
        `/admin/agents/${acme.agents.anna}`, `/admin/agents/${acme.agents.anna}/password`, '/admin/agents/import']) {
        await page.goto(hark.url + path);
        await assertFitsWidth(page, `${name} ${path}`);
        assert.deepEqual(await accessibilityProblems(page), [], `${name} ${path}`);
        await picture(page, `${name}${path.replaceAll('/', '-')}`);
      }
      for (const [kind, csv] of [['problems', 'account,email,first_name,roles\nanna,x,,Nobody\nkim,kim@acme.example,Kim,Agents'],
        ['ready', 'account,email,first_name,last_name,roles,queues\nkim,kim@acme.example,Kim,Larsen,Agents; Supervisors,Inbox\nleo,leo@acme.example,Leo,,Agents,']]) {
        await page.getByLabel('Lines of the file').fill(csv);
        await page.getByRole('button', { name: 'Check' }).click();
        await page.getByText(kind === 'ready' ? '2 agents can be imported.' : 'Nothing was imported.').waitFor();
        await assertFitsWidth(page, `${name} ${kind}`);
        assert.deepEqual(await accessibilityProblems(page), [], `${name} ${kind}`);
        await picture(page, `${name}-import-${kind}`);
      }
      assert.deepEqual(page.errors, []);
      await page.context().close();
    });
});
