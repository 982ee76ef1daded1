// SPDX-License-Identifier: BSD-2-Clause
// hours.test.mjs - calendars in a real browser: without JavaScript, by the pairs of times that scripts make, on a small screen.
import { after, afterEach, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { startHark } from '../harness/hark.mjs';
import { accessibilityProblems, noBrowser, openBrowser } from '../harness/browser.mjs';
import { assertFitsWidth, watchErrors } from '../harness/screens.mjs';

const PASSWORD = 'a long enough secret';
const SHOTS = process.env.HARK_SCREENSHOTS;      // a folder, to look at the pages
let hark;
let browser;
const ends = [];

async function panel(options = {}) {
  const context = await browser.newContext(options);
  ends.push(() => context.close());
  const page = await context.newPage();
  page.errors = watchErrors(page);
  await page.goto(`${hark.url}/sign-in`);
  await page.getByLabel('Company').fill('acme');
  await page.locator('[name=account]').fill('anna');
  await page.locator('[name=password]').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
  return page;
}

async function openCalendar(page, name = 'Working hours') {
  await page.goto(`${hark.url}/admin/calendars`);
  await page.locator('main').getByRole('link', { name, exact: true }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

async function command(...args) {
  const done = await hark.hark(args, { input: PASSWORD });
  assert.equal(done.code, 0, done.stderr);
}

describe('calendars in a browser', { skip: noBrowser() }, () => {
  before(async () => {
    hark = await startHark({ programs: ['hark-web'] });
    await command('tenant', 'create', '--code', 'acme', '--name', 'Acme Ltd', '--time-zone', 'Europe/Paris');
    await command('agent', 'create', '--tenant', 'acme', '--account', 'anna', '--email', 'anna@acme.example', '--first-name', 'Anna',
      '--role', 'Administrators', '--queue', 'Inbox', '--password-file', '-');
    browser = await openBrowser();
  });
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });
  after(async () => {
    await browser?.close();
    await hark?.stop();
  });

  test('with JavaScript off: a week, a complaint beside its day, a holiday, a file, days off', async () => {
    const page = await panel({ javaScriptEnabled: false });
    await page.goto(`${hark.url}/admin/calendars/new`);
    await page.getByLabel('Name').fill('Shop');
    await page.getByLabel('Time zone').selectOption('America/New_York');
    await page.getByLabel('Monday').fill('9-13, 12-17');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Monday has periods that overlap: 09:00-13:00, 12:00-17:00').last().waitFor();
    assert.equal(await page.getByLabel('Monday').inputValue(), '9-13, 12-17');
    await page.getByLabel('Monday').fill('9-12:30, 13:30-17');
    await page.getByRole('button', { name: 'Save' }).click();
    await openCalendar(page, 'Shop');
    assert.equal(await page.getByLabel('Monday').inputValue(), '09:00-12:30, 13:30-17:00');
    const add = page.locator('form.add');
    await add.getByLabel('Name').fill('Opening');
    await add.getByLabel('First day').fill('2035-05-02');
    await add.getByLabel('Hours of these days').selectOption('instead');
    await add.getByLabel('Open from – to').fill('18-20');
    await add.getByRole('button', { name: 'Add holiday' }).click();
    await page.getByRole('cell', { name: 'Open 18:00-20:00' }).waitFor();
    await page.getByRole('link', { name: 'Import from a file' }).click();
    await page.getByLabel('Text of the file').fill('BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20351225\nSUMMARY:Christmas\nEND:VEVENT\nEND:VCALENDAR');
    await page.getByRole('button', { name: 'Import' }).click();
    await page.getByText('1 holiday was added.').waitFor();
    await page.getByRole('link', { name: 'To the calendar' }).click();
    await page.getByRole('button', { name: 'Remove Opening' }).click();
    await page.getByText('Deleted.').waitFor();
    assert.equal(await page.getByRole('rowheader', { name: 'Opening' }).count(), 0);
    await page.getByRole('link', { name: 'Take all out again' }).click();
    await page.getByRole('button', { name: 'Take all out' }).click();
    await page.getByText('No holidays yet.').waitFor();
    await page.goto(`${hark.url}/admin/availability`);
    await page.getByLabel('Always available').uncheck();
    await page.getByLabel('Tuesday').fill('10-12');
    await page.locator('form.form').getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    await page.getByLabel('First day').fill('2035-07-01');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('rowheader', { name: 'Day off' }).waitFor();
    assert.deepEqual(page.errors, []);
  });

  test('scripts make pairs of times: add, change, remove, copy Monday to Friday', async () => {
    const page = await panel();
    await openCalendar(page);
    const monday = page.locator('[data-day=monday]');
    await monday.getByLabel('Monday to').fill('12.30');
    await monday.getByRole('button', { name: 'Add a period: Monday' }).click();
    await monday.getByLabel('Monday from').nth(1).fill('1330');
    await monday.getByLabel('Monday to').nth(1).fill('17');
    await page.getByRole('button', { name: 'Copy Monday to Tuesday – Friday' }).click();
    await page.locator('[data-day=friday]').getByRole('button', { name: /^Remove the period: Friday/ }).nth(1).click();
    await page.locator('[data-day=saturday]').getByRole('button', { name: 'Add a period: Saturday' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    const [row] = await hark.sql("SELECT hours FROM calendar WHERE name = 'Working hours'");
    const both = (day) => `${day} 09:00-12:30\n${day} 13:30-17:00`;
    assert.equal(row.hours.replaceAll('\\n', '\n'), `${['mon', 'tue', 'wed', 'thu'].map(both).join('\n')}\nfri 09:00-12:30\nsat 09:00-17:00`);
    assert.deepEqual(page.errors, []);
  });

  test('a file is chosen and read', async () => {
    const page = await panel();
    await openCalendar(page);
    await page.getByRole('link', { name: 'Import from a file' }).click();
    const text = 'BEGIN:VCALENDAR\r\nX-WR-CALNAME:Our days\r\nBEGIN:VEVENT\r\nDTSTART:20351225\r\nSUMMARY:Noël\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nDTSTART:20350501\r\nSUMMARY:May Day\r\n'
      + 'END:VEVENT\r\nBEGIN:VEVENT\r\nDTSTART:20201231T120000\r\nDTEND:20201231T240000\r\nSUMMARY:Short\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n';
    await page.getByLabel('File', { exact: true }).setInputFiles({ name: 'days.ics', mimeType: 'text/calendar', buffer: Buffer.from(text) });
    await page.getByRole('button', { name: 'Import' }).click();
    await page.getByText('Line 13', { exact: true }).waitFor();
    await page.getByLabel('Leave out what cannot be read').check();
    await page.getByRole('button', { name: 'Import' }).click();
    await page.getByText('2 holidays were added.').waitFor();
    await page.getByRole('rowheader', { name: 'Noël' }).waitFor();
    assert.deepEqual(page.errors, []);
  });

  test('the pages fit small screens, are free of complaints of axe, also in the dark', async () => {
    const [{ id }] = await hark.sql("SELECT id FROM calendar WHERE name = 'Working hours'");
    if (SHOTS) mkdirSync(SHOTS, { recursive: true });
    for (const [kind, options] of [['desktop', { viewport: { width: 1280, height: 900 } }], ['dark', { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' }],
      ['small', { viewport: { width: 360, height: 740 } }], ['plain', { viewport: { width: 360, height: 740 }, javaScriptEnabled: false }]]) {
      const page = await panel(options);
      for (const [name, path] of [['start', '/admin'], ['list', '/admin/calendars'], ['calendar', `/admin/calendars/${id}`], ['import', `/admin/calendars/${id}/import`],
        ['availability', '/admin/availability'], ['company', '/admin/settings/hours'], ['queues', '/admin/queues'], ['holiday', '/admin/holidays/new']]) {
        await page.goto(hark.url + path);
        if (kind !== 'plain') await assertFitsWidth(page);
        if (SHOTS) await page.screenshot({ path: `${SHOTS}/${kind}-${name}.png`, fullPage: true });
        if (kind !== 'plain') assert.deepEqual(await accessibilityProblems(page), [], `${kind} ${path}`);
      }
    }
  });
});
