// SPDX-License-Identifier: BSD-2-Clause
// access.test.mjs - second factors, places of sign-in and keys in a real browser: without JavaScript, small, and for everybody's senses.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startHark } from '../harness/hark.mjs';
import { PASSWORD } from '../harness/chat.mjs';
import { accessibilityProblems, noBrowser, openBrowser } from '../harness/browser.mjs';
import { assertFitsWidth } from '../harness/screens.mjs';
import { totp } from '../harness/totp.mjs';

let hark;
let browser;

/** Pictures for a look, when a folder for them is given. */
async function picture(page, name) {
  const folder = process.env.HARK_SCREENS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

async function password(page, account) {
  await page.goto(`${hark.url}/sign-in`);
  await page.getByLabel('Company').fill('peak');
  await page.locator('[name=account]').fill(account);
  await page.locator('[name=password]').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

async function withPage(options, work) {
  const context = await browser.newContext(options);
  try {
    return await work(await context.newPage());
  } finally {
    await context.close();
  }
}

describe('access in a browser', { skip: noBrowser() }, () => {
  before(async () => {
    hark = await startHark({ programs: ['hark-web'] });
    const made = await hark.hark(['demo-data', '--chats', '5', '--password-file', '-'], { input: PASSWORD });
    assert.equal(made.code, 0, made.stderr);
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await hark?.stop();
  });

  test('A-AUTH-04 without JavaScript: set up while signing in, keep the codes, sign in with a code and with a recovery code', async () => {
    await hark.sql("UPDATE agent SET two_factor = 1 WHERE account = 'anna'");
    let secret;
    let codes;
    await withPage({ javaScriptEnabled: false, acceptDownloads: true }, async (page) => {
      await password(page, 'anna');
      await page.waitForURL('**/sign-in/set-up');
      await page.getByText('You cannot scan it?').click();
      secret = await page.locator('.secret').innerText();
      await picture(page, 'set-up');
      await page.locator('[name=code]').fill(totp(secret));
      await page.getByRole('button', { name: 'Confirm and sign in' }).click();
      await page.waitForURL('**/admin/two-factor/codes*');
      codes = await page.locator('.codes code').allInnerTexts();
      assert.equal(codes.length, 10);
      const waiting = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download as text' }).click();
      const file = await waiting;
      assert.equal(file.suggestedFilename(), 'recovery-codes.txt');
      const text = readFileSync(await file.path(), 'utf8');
      assert.ok(codes.every((code) => text.includes(code)));
      await page.getByRole('link', { name: 'I have kept them' }).click();
      await page.waitForURL('**/admin');
    });
    await hark.sql('UPDATE agent SET totp_step = 0');
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await password(page, 'anna');
      await page.waitForURL('**/sign-in/code');
      await page.getByLabel('Authentication code').fill('123');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText('Authentication code is wrong').waitFor();
      await page.getByLabel('Authentication code').fill(totp(secret));
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.waitForURL('**/admin');
    });
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await password(page, 'anna');
      await page.getByLabel('Authentication code').fill(codes[0]);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.waitForURL('**/admin');
    });
    await hark.sql("UPDATE agent SET two_factor = 0, totp_sealed = NULL WHERE account = 'anna'; DELETE FROM throttle");
  });

  for (const [name, options] of [['desktop', { viewport: { width: 1280, height: 800 } }],
    ['small', { viewport: { width: 360, height: 740 } }], ['dark', { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' }]]) {
    test(`every page of access fits and is for everybody: ${name}`, async () => {
      const [{ id }] = await hark.sql("SELECT id FROM agent WHERE account = 'anna'");
      await hark.sql("UPDATE agent SET two_factor = 0, totp_sealed = NULL, totp_step = 0, two_factor_own = 0; DELETE FROM api_key; DELETE FROM throttle");
      await withPage(options, async (page) => {
        const look = async (what) => {
          await assertFitsWidth(page, what);
          assert.deepEqual(await accessibilityProblems(page), [], what);
          await picture(page, `${what}-${name}`);
        };
        const visit = async (path, what) => {
          await page.goto(hark.url + path);
          await look(what);
        };
        await password(page, 'anna');
        await page.waitForURL('**/admin');
        await visit('/confirm?next=/admin/two-factor', 'confirm');
        await page.locator('[name=password]').fill(PASSWORD);
        await page.getByRole('button', { name: 'Go on' }).click();
        await page.waitForURL('**/admin/two-factor');
        await look('factor-off');
        await page.getByRole('button', { name: 'Set up' }).click();
        await page.waitForURL('**/set-up');
        await look('factor-set-up');
        await page.getByText('You cannot scan it?').click();
        const secret = await page.locator('.secret').innerText();
        await page.locator('[name=code]').fill('1');
        await page.getByRole('button', { name: 'Confirm' }).click();
        await page.getByText('is wrong').first().waitFor();
        await look('factor-set-up-wrong');
        await page.locator('[name=code]').fill(totp(secret));
        await page.getByRole('button', { name: 'Confirm' }).click();
        await page.waitForURL('**/codes');
        await look('factor-codes');
        await visit('/admin/two-factor', 'factor-on');
        await visit('/admin/two-factor/off', 'factor-ask');
        await visit('/admin/api-keys', 'keys-none');
        await visit('/admin/api-keys/new', 'key-new');
        await page.locator('[name=name]').fill('Billing of the shop');
        await page.getByRole('button', { name: 'Make the key' }).click();
        await page.getByText('must hold at least one right').first().waitFor();
        await look('key-new-wrong');
        await page.locator('[name=scopes]').nth(2).check();
        await page.getByRole('button', { name: 'Make the key' }).click();
        await page.waitForURL('**/made');
        await look('key-made');
        await visit('/admin/api-keys', 'keys');
        await withPage(options, async (other) => {
          await password(other, 'anna');
          await other.waitForURL('**/sign-in/code');
          await assertFitsWidth(other, 'code');
          assert.deepEqual(await accessibilityProblems(other), []);
          await picture(other, `code-${name}`);
          await hark.sql('UPDATE agent SET totp_step = 0');
          await other.locator('[name=code]').fill(totp(secret));
          await other.getByRole('button', { name: 'Sign in' }).click();
          await other.waitForURL('**/admin');
          await visit('/admin/sessions', 'sessions');
          await visit(`/admin/agents/${id}/sessions`, 'agent-access');
        });
        await visit(`/admin/agents/${id}`, 'agent');
        await visit('/admin/settings/security', 'security');
      });
    });
  }
});
