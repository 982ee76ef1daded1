// SPDX-License-Identifier: BSD-2-Clause
// host.test.mjs - the host's panel at a real screen: every page fits, is readable for everybody, and a company's life goes by clicks.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { accessibilityProblems as axe, noBrowser, openBrowser } from '../harness/browser.mjs';
import { startHark } from '../harness/hark.mjs';
import { assertFitsWidth, watchErrors } from '../harness/screens.mjs';
import { totp } from '../harness/totp.mjs';

const PASSWORD = 'a long enough secret';
const SHOTS = process.env.HARK_SHOTS;            // a folder: pictures of every page are put there
const DAY = 86400000;

describe('the host\'s panel', { skip: noBrowser() }, () => {
  let hark;
  let browser;
  let ids;

  async function command(...args) {
    const done = await hark.hark(args, { input: PASSWORD });
    assert.equal(done.code, 0, done.stderr);
    return done;
  }

  /** Figures of the last thirty days, so that there is something to draw. */
  async function useMuch(tenant, most) {
    const today = Date.now() - (Date.now() % DAY);
    const rows = Array.from({ length: 29 }, (_, i) => `(${tenant}, ${today - i * DAY}, ${Math.round(most * (0.3 + 0.7 * Math.abs(Math.sin(i * 1.3))))}, ${20 + i}, 4, 6, ${120000000 + i * 1000000}, 0, 9)`);
    await hark.sql(`INSERT INTO tenant_usage (tenant_id, day, messages, chats, agents, peak_chats, storage_bytes, ai_tokens, sign_ins) VALUES ${rows.join(', ')}`);
  }

  before(async () => {
    hark = await startHark({ programs: ['hark-web'] });
    browser = await openBrowser();
    await command('operator', 'create', '--email', 'olga@host.example', '--name', 'Olga Host', '--password-file', '-');
    await command('operator', 'create', '--email', 'sam@host.example', '--name', 'Sam Support', '--permissions', 'host.read host.view_as', '--password-file', '-');
    await command('operator', 'key', 'create', '--email', 'olga@host.example', '--name', 'Billing', '--permissions', 'host.read host.tenants host.suspend');
    await command('plan', 'create', '--code', 'small', '--name', 'Small', '--agents', '5', '--storage-mb', '500', '--messages-month', '10000');
    for (const [code, name, plan] of [['acme', 'Acme Outdoor Ltd', 'small'], ['brightwork', 'Brightwork Furniture and Interior Design Partners', 'unlimited'], ['cobalt', 'Cobalt', 'small']])
      await command('tenant', 'create', '--code', code, '--name', name, '--plan', plan, '--owner-email', `owner@${code}.example`, '--owner-name', 'Anna Weber', '--external-id', `C-${code}`);
    await command('tenant', 'suspend', '--tenant', 'cobalt', '--reason', 'The invoice of October is open.');
    ids = Object.fromEntries((await hark.sql('SELECT id, code FROM tenant')).map((row) => [row.code, row.id]));
    await useMuch(ids.acme, 420);
    await useMuch(ids.brightwork, 60);
    await hark.sql(`INSERT INTO tenant_domain (tenant_id, host, state, proof, token, created_at, problem) VALUES (${ids.acme}, 'help.acme.example', 'verified', 'host', '', 1, ''),
      (${ids.acme}, 'chat.acme.example', 'pending', '', '${'x'.repeat(43)}', 1, '')`);
  });
  after(async () => {
    await browser?.close();
    await hark?.stop();
  });

  /** After the password, wherever that leads. */
  async function arrived(email, options = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    page.errors = watchErrors(page);
    await page.goto(`${hark.url}/host`);
    await shot(page, 'sign-in', options);
    await page.getByLabel('E-mail').fill(email);
    await page.locator('[name=password]').fill(PASSWORD);
    await page.locator('[name=password]').press('Enter');
    await page.waitForURL((url) => !/\/host\/sign-in(\?.*)?$/.test(url.href));
    return page;
  }

  async function signedIn(options = {}) {
    const page = await arrived('olga@host.example', options);
    await page.waitForURL(/\/host\/tenants$/);
    return page;
  }

  async function shot(page, name, { colorScheme = 'light', viewport } = {}) {
    if (!SHOTS) return;
    mkdirSync(SHOTS, { recursive: true });
    await page.screenshot({ path: join(SHOTS, `${name}-${viewport ? 'narrow' : 'wide'}-${colorScheme}.png`), fullPage: true });
  }

  const pages = () => ({
    companies: '/host/tenants', nothing: '/host/tenants?q=zzz', new: '/host/tenants/new', company: `/host/tenants/${ids.acme}`, suspended: `/host/tenants/${ids.cobalt}`,
    plan: `/host/tenants/${ids.acme}/plan`, suspend: `/host/tenants/${ids.acme}/suspend`, delete: `/host/tenants/${ids.acme}/delete`,
    domain: `/host/tenants/${ids.acme}/domains/new`, plans: '/host/plans', 'plan-new': '/host/plans/new', usage: '/host/usage', audit: '/host/audit', operators: '/host/operators',
  });

  for (const options of [{}, { colorScheme: 'dark' }, { viewport: { width: 360, height: 740 } }, { viewport: { width: 360, height: 740 }, colorScheme: 'dark' }]) {
    test(`U-30 every page fits and is readable: ${JSON.stringify(options)}`, async () => {
      const page = await signedIn(options);
      for (const [name, path] of Object.entries(pages())) {
        await page.goto(`${hark.url}${path}`);
        await shot(page, name, options);
        await assertFitsWidth(page, name);
        assert.deepEqual(await axe(page), [], name);
      }
      assert.deepEqual(page.errors, []);
      await page.context().close();
    });
  }

  test('what ends a company stays together at the end, and a name that writes backwards turns nothing around but itself', async () => {
    const page = await signedIn();
    await hark.sql(`UPDATE tenant SET name = CONCAT('Lumen ', CONVERT(0xE280AE USING utf8mb4), 'nemuL') WHERE id = ${ids.acme}`);
    for (const language of ['fr', 'pt', 'es', 'en']) {
      await page.context().addCookies([{ name: 'hark-language', value: language, url: hark.url }]);
      await page.goto(`${hark.url}/host/tenants/${ids.acme}`);
      const [suspend, end] = await page.locator('.company-actions .danger').evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect()));
      assert.equal(suspend.top, end.top, language);
      assert.ok(end.left > suspend.right, language);
    }
    const [name, state] = await page.locator('h1').evaluate((head) => [head.querySelector('bdi'), head.querySelector('.state')].map((part) => part.getBoundingClientRect()));
    assert.ok(state.left >= name.right, `${state.left} ${name.right}`);
    await hark.sql(`UPDATE tenant SET name = 'Acme Outdoor Ltd' WHERE id = ${ids.acme}`);
    await page.context().close();
  });

  for (const options of [{ javaScriptEnabled: false }, { colorScheme: 'dark' }, { viewport: { width: 360, height: 740 } }]) {
    test(`an operator sets a second factor up and signs in with it: ${JSON.stringify(options)}`, async () => {
      const page = await arrived('sam@host.example', options);
      const look = async (here, name) => {
        await shot(here, name, options);
        if (options.javaScriptEnabled === false) return;
        await assertFitsWidth(here, name);
        assert.deepEqual(await axe(here), [], name);
      };
      await page.locator('details.user > summary').last().click();
      await page.getByRole('link', { name: 'My account' }).click();
      await look(page, 'account-off');
      await page.getByRole('link', { name: 'Set up' }).click();
      await look(page, 'confirm');
      await page.locator('[name=password]').fill(PASSWORD);
      await page.getByRole('button', { name: 'Go on' }).click();
      await look(page, 'factor-off');
      await page.getByRole('button', { name: 'Set up' }).click();
      await page.getByText('You cannot scan it?').click();
      await look(page, 'factor-set-up');
      const secret = await page.locator('.secret').innerText();
      await page.locator('[name=code]').fill(totp(secret));
      await page.getByRole('button', { name: 'Confirm' }).click();
      await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor();
      await look(page, 'factor-codes');
      await page.getByRole('link', { name: 'I have kept them' }).click();
      await look(page, 'factor-on');

      await hark.sql('UPDATE operator SET totp_step = 0');
      const other = await arrived('sam@host.example', options);
      await look(other, 'code');
      await other.locator('[name=code]').fill('1');
      await other.getByRole('button', { name: 'Sign in' }).click();
      await other.getByText('Authentication code is wrong').waitFor();
      await other.locator('[name=code]').fill(totp(secret));
      await other.getByRole('button', { name: 'Sign in' }).click();
      await other.waitForURL(/\/host\/tenants$/);
      await other.goto(`${hark.url}/host/account`);
      await look(other, 'account-on');
      await other.getByRole('button', { name: 'Sign out all others' }).click();
      await other.getByText('All other devices are signed out.').waitFor();
      await other.goto(`${hark.url}/host/two-factor/off`);
      await other.locator('[name=password]').fill(PASSWORD);
      await other.getByRole('button', { name: 'Go on' }).click();
      await other.getByRole('link', { name: 'Switch off…' }).click();
      await look(other, 'factor-ask');
      await other.getByRole('button', { name: 'Switch off' }).click();
      await other.getByText('Two-factor authentication is off.').waitFor();
      assert.deepEqual([...page.errors, ...other.errors], []);
      await page.context().close();
      await other.context().close();
    });
  }

  test('U-36 P-87 a company is made by clicks; its owner signs in by the link and lets the host look', async () => {
    const page = await signedIn();
    await page.getByRole('link', { name: 'New company' }).first().click();
    await page.getByLabel('Name', { exact: false }).first().fill('Dune Tours');
    await page.locator('[name=code]').fill('dune');
    await page.locator('[name=owner_email]').fill('dora@dune.example');
    await page.locator('[name=owner_name]').fill('Dora Dune');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { name: /Dune Tours/ }).waitFor();
    await page.getByRole('button', { name: 'View as the company' }).click();
    await page.getByText('has not allowed it').waitFor();
    await shot(page, 'refused');
    await page.getByRole('button', { name: 'Sign-in link' }).click();
    const url = await page.locator('#link').inputValue();
    await shot(page, 'link');
    await page.getByRole('link', { name: 'Back to the company' }).click();

    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const owner = await context.newPage();
    await owner.goto(url);
    await shot(owner, 'enter');
    assert.deepEqual(await axe(owner), []);
    await owner.getByRole('button', { name: 'Sign in' }).click();
    await owner.waitForURL(/\/admin$/);
    await owner.goto(`${hark.url}/admin/support-access`);
    await shot(owner, 'consent-none');
    await owner.getByLabel('24 hours').check();
    await owner.getByRole('button', { name: 'Allow it' }).click();
    await owner.getByText('Allowed by').waitFor();

    await page.getByRole('button', { name: 'View as the company' }).click();
    await page.getByRole('link', { name: 'Open' }).click();
    await shot(page, 'enter-view');
    await page.getByRole('button', { name: 'View' }).click();
    await page.waitForURL(/\/admin$/);
    await page.getByText('You view this company for the host').waitFor();
    await page.goto(`${hark.url}/admin/agents`);
    await shot(page, 'view');
    assert.deepEqual(await axe(page), []);
    await page.getByRole('link', { name: 'Dora Dune' }).first().or(page.getByRole('link', { name: 'Dora' }).first()).first().click();
    assert.equal(await page.getByRole('button', { name: 'Save' }).count(), 0, 'who only views sees no button that saves');
    await shot(page, 'view-form');

    await owner.reload();
    await owner.getByText('Olga Host').waitFor();
    await shot(owner, 'consent');
    assert.deepEqual(await axe(owner), []);
    await page.getByRole('button', { name: 'End the view' }).click();
    await page.getByRole('heading', { name: /Dune Tours/ }).waitFor();
    assert.deepEqual(page.errors, []);
    await context.close();
    await page.context().close();
  });
});
