// SPDX-License-Identifier: BSD-2-Clause
// panel.test.mjs - the control panel in a real browser: without JavaScript, on a small screen, and for everybody's senses.
import { after, afterEach, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { startHark } from '../harness/hark.mjs';
import { PASSWORD } from '../harness/chat.mjs';
import { accessibilityProblems, noBrowser, openBrowser } from '../harness/browser.mjs';
import { assertFitsWidth, watchErrors } from '../harness/screens.mjs';

let hark;
let browser;
const ends = [];

/** The administrator of the demonstration company at the control panel. */
async function panel(options = {}) {
  const context = await browser.newContext(options);
  ends.push(() => context.close());
  const page = await context.newPage();
  page.errors = watchErrors(page);
  await page.goto(`${hark.url}/sign-in`);
  await page.getByLabel('Company').fill('peak');
  await page.locator('[name=account]').fill('anna');
  await page.locator('[name=password]').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
  return page;
}

/** Every page of the menu, and one form, one deletion and one transcript behind it. */
async function places(page) {
  await page.goto(`${hark.url}/admin`);
  const menu = await page.locator('nav.menu.side a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  assert.ok(menu.length >= 6, menu.join(' '));
  const found = ['/admin', ...menu];
  for (const path of menu) {
    await page.goto(hark.url + path);
    for (const [, href] of (await page.content()).matchAll(/href="(\/admin\/[a-z_-]+\/(?:new|\d+(?:\/delete)?))"/g)) {
      const kind = href.replace(/\d+/, 'N');
      if (!found.some((other) => other.replace(/\d+/, 'N') === kind)) found.push(href);
    }
  }
  return [...new Set([...found, '/admin/password', '/admin/no-such-page'])];
}

describe('the control panel in a browser', { skip: noBrowser() }, () => {
  before(async () => {
    hark = await startHark();
    const made = await hark.hark(['demo-data', '--chats', '60', '--password-file', '-'], { input: PASSWORD });
    assert.equal(made.code, 0, made.stderr);
    browser = await openBrowser();
  });
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });
  after(async () => {
    await browser?.close();
    await hark?.stop();
  });

  test('with JavaScript off: sign in, a form that keeps what was typed, create, change, delete, undo, search, sort, history, sign out', async () => {
    const page = await panel({ javaScriptEnabled: false });
    await page.goto(`${hark.url}/admin/queues`);
    await page.getByRole('link', { name: 'New queue' }).first().click();
    await page.getByLabel('Description').fill('typed before the name');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Please check your input').waitFor();
    assert.equal(await page.getByLabel('Description').inputValue(), 'typed before the name');
    assert.equal(await page.locator('[name=name]').getAttribute('aria-invalid'), 'true');
    await page.locator('[name=name]').fill('Repairs');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('status').waitFor();
    await page.goto(`${hark.url}/admin/queues`);
    await page.getByRole('rowheader', { name: 'Repairs' }).waitFor();

    await page.getByRole('link', { name: 'Repairs', exact: true }).click();
    await page.getByLabel('Description').fill('what is broken');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.goto(`${hark.url}/admin/queues`);
    await page.getByRole('cell', { name: 'what is broken' }).waitFor();

    await page.getByRole('link', { name: 'Delete Repairs' }).click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('status').getByRole('button', { name: 'Undo' }).waitFor();
    assert.equal(await page.getByRole('rowheader', { name: 'Repairs' }).count(), 0);
    await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
    await page.goto(`${hark.url}/admin/queues`);
    await page.getByRole('rowheader', { name: 'Repairs' }).waitFor();
    await page.getByRole('searchbox').fill('broken');
    await page.getByRole('search').getByRole('button', { name: 'Search' }).click();
    assert.equal(await page.locator('tbody tr').count(), 1);

    await page.goto(`${hark.url}/admin/history`);
    const all = await page.locator('tbody tr').count();
    assert.ok(all > 10);
    await page.getByRole('searchbox').fill('footprint');
    await page.getByRole('search').getByRole('button', { name: 'Search' }).click();
    const some = await page.locator('tbody tr').count();
    assert.ok(some > 0 && some < all, `${some} of ${all}`);
    await page.locator('tbody tr').first().getByRole('link').first().click();
    await page.getByText('does the Larch 2 tent come with a footprint?').waitFor();

    await page.locator('details.user > summary').click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.goto(`${hark.url}/admin/queues`);
    assert.equal(new URL(page.url()).pathname, '/sign-in');
  });

  test('axe-core finds nothing on any page, light and dark', async () => {
    // So high that no switch lies half below the bar with Save, which stays at the lower edge: one scrolls there.
    const page = await panel({ colorScheme: 'light', reducedMotion: 'reduce', viewport: { width: 1280, height: 2400 } });
    const wrong = {};
    const look = async (path) => {
      await page.goto(hark.url + path);
      const light = await accessibilityProblems(page);
      await page.emulateMedia({ colorScheme: 'dark' });     // which changes colours alone
      const dark = await accessibilityProblems(page, undefined, ['color-contrast']);
      await page.emulateMedia({ colorScheme: 'light' });
      if (light.length + dark.length) wrong[path] = { light, dark };
    };
    for (const path of await places(page)) await look(path);
    await page.context().clearCookies();
    await look('/sign-in');
    assert.deepEqual(wrong, {});
    assert.deepEqual(page.errors, []);
  });

  test('360 px wide: no page needs horizontal scrolling, and the menu opens', async () => {
    const page = await panel();
    const all = await places(page);
    await page.setViewportSize({ width: 360, height: 640 });
    const wrong = [];
    for (const path of all) {
      await page.goto(hark.url + path);
      await assertFitsWidth(page, path).catch((error) => wrong.push(error.message));
    }
    await page.context().clearCookies();
    await page.goto(`${hark.url}/sign-in`);
    await assertFitsWidth(page, '/sign-in').catch((error) => wrong.push(error.message));
    assert.deepEqual(wrong, []);
    await hark.sql(`UPDATE agent SET first_name = '${'Wolfeschlegelstein'.repeat(4)}', last_name = '', alias = CONCAT(first_name, id); UPDATE calendar SET name = CONCAT('${'Wolfeschlegelstein'.repeat(4)}', id)`);
    const [{ agent, calendar }] = await hark.sql("SELECT a.id AS agent, MIN(c.id) AS calendar FROM agent a JOIN calendar c ON c.tenant_id = a.tenant_id WHERE a.account = 'ben' GROUP BY a.id");
    const narrow = await panel({ viewport: { width: 360, height: 640 } });
    for (const path of [...['picture', 'sessions', 'availability'].map((part) => `/admin/agents/${agent}/${part}`), `/admin/calendars/${calendar}/import`]) {
      await narrow.goto(hark.url + path);
      assert.match(await narrow.locator('.crumbs').textContent(), /Wolfeschlegelstein/, path);
      await assertFitsWidth(narrow, path);
    }
    await narrow.goto(`${hark.url}/admin/audit`);
    const edges = await narrow.locator('td[data-label="Who"]').evaluateAll((cells) => cells.flatMap((cell) => [...cell.querySelectorAll('bdi, span')])
      .filter((part) => part.textContent.trim()).map((part) => Math.round(part.getClientRects()[0].left)));
    assert.ok(edges.length > 2);
    assert.equal(new Set(edges).size, 1, `what stands in a cell stands one below the other: ${edges}`);
    const small = await panel({ viewport: { width: 360, height: 640 }, javaScriptEnabled: false });
    await small.goto(`${hark.url}/admin/queues`);
    await small.locator('details.drawer > summary').click();
    await small.locator('details.drawer').getByRole('link', { name: 'Chats' }).click();
    await small.getByRole('heading', { level: 1, name: 'Chats' }).waitFor();
  });
});
