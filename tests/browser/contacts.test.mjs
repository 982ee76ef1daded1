// SPDX-License-Identifier: BSD-2-Clause
// contacts.test.mjs - the way from the console to a contact and to an earlier chat, in a real browser.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { startHark } from '../harness/hark.mjs';
import { Agent, company, Visitor } from '../harness/chat.mjs';
import { accessibilityProblems, noBrowser, openBrowser } from '../harness/browser.mjs';
import { assertFitsWidth, openConsole } from '../harness/screens.mjs';

const SHOTS = process.env.HARK_SHOTS;      // a folder for pictures of the pages
let hark;
let browser;
let firm;
let ben;
let visitor;

const shot = async (page, name) => { if (SHOTS) await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true }); };

describe('contacts', { skip: noBrowser() }, () => {
  before(async () => {
    hark = await startHark();
    browser = await openBrowser();
    firm = await company(hark, 'acme', { agents: { ben: {}, boss: { role: 'Administrators', queue: false } } });
    ben = await Agent.at(hark, firm, 'ben');
    visitor = new Visitor(hark, firm.key);
    for (const text of ['Where is my parcel?', 'It came, thank you. One more thing…']) {
      assert.equal((await visitor.start(text, { name: 'Clara Novak', email: 'clara@novak.example' })).status, 200);
      assert.equal((await ben.act(visitor.chat, 'claim')).status, 200);
      if (text.startsWith('Where')) assert.equal((await ben.act(visitor.chat, 'end')).status, 200);
    }
  });
  after(async () => {
    await ben?.stop();
    await visitor?.stop();
    await browser?.close();
    await hark?.stop();
  });

  test('F-CRM-01 F-NAV-01 the console shows the contact; its name opens the record, and that leads to the earlier chat', async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
    const page = await openConsole(context, hark, firm, 'ben');
    const places = page.locator('.places');
    assert.equal(await places.getByRole('link', { name: 'Contacts' }).getAttribute('href'), '/admin/contacts');
    assert.equal(await places.getByRole('link', { name: 'Control panel' }).getAttribute('href'), '/admin');
    await page.locator('.list .row-item', { hasText: 'Clara Novak' }).click();
    const name = page.locator('.side').getByRole('link', { name: 'Clara Novak' });
    await name.waitFor();
    await shot(page, 'console');
    const [record] = await Promise.all([context.waitForEvent('page'), name.click()]);
    await record.getByRole('heading', { level: 1, name: 'Clara Novak' }).waitFor();
    assert.equal(await record.getByLabel('E-mail').inputValue(), 'clara@novak.example');
    const menu = record.getByRole('navigation', { name: 'Menu' }).first();
    await menu.getByRole('link', { name: 'Console 1 ongoing chats' }).waitFor();
    await menu.getByRole('link', { name: 'Contacts' }).waitFor();
    assert.deepEqual(await accessibilityProblems(record), []);
    await shot(record, 'contact');
    const earlier = record.getByRole('row', { name: /Where is my parcel|Ended by the agent/ });
    await earlier.getByRole('link').first().click();
    await record.getByText('Where is my parcel?').first().waitFor();
    assert.deepEqual(page.errors, []);
    await context.close();
  });

  test('F-CRM-02 F-CRM-03 an agent adds what is known of a person, and finds it by a tag', async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
    const page = await openConsole(context, hark, firm, 'ben');
    await page.locator('.places').getByRole('link', { name: 'Contacts' }).click();
    await page.getByRole('link', { name: 'Clara Novak', exact: true }).click();
    await page.getByLabel('Phone').fill('+420 123 456 789');
    await page.getByLabel('Tags').fill('vip, prague');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    await page.goto(`${hark.url}/admin/contacts?q=prague`);
    await page.getByRole('link', { name: 'Clara Novak', exact: true }).waitFor();
    await page.getByRole('cell', { name: '+420 123 456 789' }).waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
    await shot(page, 'list');
    await context.close();
  });

  test('F-CRM-04 pointing at a contact of the list shows a preview, the keyboard does, too; the row opens page and history', async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
    const page = await openConsole(context, hark, firm, 'ben');
    await page.goto(`${hark.url}/admin/contacts`);
    const name = page.getByRole('link', { name: 'Clara Novak', exact: true });
    const preview = page.getByRole('tooltip');
    await name.hover();
    await preview.getByText('clara@novak.example').waitFor();
    await preview.getByText('It came, thank you. One more thing…').waitFor();
    await shot(page, 'preview');
    await preview.hover();
    await preview.getByText('Last chat').waitFor();
    await page.keyboard.press('Escape');
    await preview.waitFor({ state: 'hidden' });
    await page.getByRole('link', { name: 'Name' }).focus();
    for (const step of ['E-mail', 'Phone', 'Tags', 'Created at', 'Clara Novak']) {
      await page.keyboard.press('Tab');
      assert.match(await page.evaluate(() => document.activeElement.textContent), new RegExp(step));
    }
    await preview.getByText('clara@novak.example').waitFor();
    assert.equal(await name.getAttribute('aria-describedby'), 'preview');
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Earlier chats' }).waitFor();
    assert.deepEqual(page.errors, []);
    await context.close();
  });

  test('every page of contacts fits a telephone, in the dark and in another language', async () => {
    const [row] = await hark.sql(`SELECT contact_id FROM conversation WHERE id = ${visitor.chat}`);
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, colorScheme: 'dark' });
    const page = await openConsole(context, hark, firm, 'boss');
    const twin = (await hark.sql(`INSERT INTO contact (tenant_id, name, email, created_at, updated_at) VALUES (${firm.id}, 'Clara Novakova', 'clara@novak.example', ${Date.now()}, 1); SELECT LAST_INSERT_ID() AS id`))[0].id;
    await page.locator('.view[data-view=all]').click();
    await page.locator('.places').waitFor();
    await assertFitsWidth(page);
    await shot(page, 'small_console');
    for (const [name, path] of [['list', ''], ['contact', `/${row.contact_id}`], ['new', '/new'], ['merge', `/${row.contact_id}/merge?other=${twin}`], ['delete', `/${row.contact_id}/delete`]]) {
      await page.goto(`${hark.url}/admin/contacts${path}`);
      await assertFitsWidth(page, path);
      assert.deepEqual(await accessibilityProblems(page), [], path);
      await shot(page, `small_${name}`);
    }
    await page.goto(`${hark.url}/admin/contacts/${row.contact_id}`);
    await page.evaluate(() => document.querySelector('form.languages button[value=fr]').click());
    await page.getByText('Discussions précédentes').waitFor();
    await assertFitsWidth(page, 'French');
    await shot(page, 'small_french');
    await context.close();
  });

  test('what is typed beside a chat waits for its agent, and only that is saved', async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
    const page = await openConsole(context, hark, firm, 'ben');
    const other = new Visitor(hark, firm.key);
    assert.equal((await other.start('Me too', { name: 'Otto Other' })).status, 200);
    assert.equal((await ben.act(other.chat, 'claim')).status, 200);
    const open = (name) => page.locator('.list .row-item', { hasText: name }).click();
    await open('Clara Novak');
    await page.getByLabel('Telephone').fill('555 0');
    await open('Otto Other');
    await page.locator('.side').getByRole('link', { name: 'Otto Other' }).waitFor();
    assert.equal(await page.getByLabel('Telephone').inputValue(), '');
    await hark.sql(`UPDATE contact SET remark = 'Prefers mornings' WHERE tenant_id = ${firm.id} AND name = 'Clara Novak'`);
    await open('Clara Novak');
    await page.locator('.side').getByRole('link', { name: 'Clara Novak' }).waitFor();
    assert.equal(await page.getByLabel('Telephone').inputValue(), '555 0');
    await page.getByLabel('Telephone').fill('555 0123');
    await page.locator('.side').getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    const [row] = await hark.sql(`SELECT phone, remark FROM contact WHERE tenant_id = ${firm.id} AND name = 'Clara Novak'`);
    assert.deepEqual({ ...row }, { phone: '555 0123', remark: 'Prefers mornings' });
    assert.equal((await ben.act(other.chat, 'end')).status, 200);
    await context.close();
  });
});
