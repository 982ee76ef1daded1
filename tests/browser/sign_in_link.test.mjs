// SPDX-License-Identifier: BSD-2-Clause
// sign_in_link.test.mjs - the menu link of another product in a real browser: one click there, and the console is open here.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { noBrowser, openBrowser } from '../harness/browser.mjs';
import { startHark } from '../harness/hark.mjs';
import { assertFitsWidth, watchErrors } from '../harness/screens.mjs';

const PASSWORD = 'a long enough secret';

describe('the menu link of another product', { skip: noBrowser() }, () => {
  let hark;
  let browser;
  let key;

  async function command(...args) {
    const done = await hark.hark(args, { input: PASSWORD });
    assert.equal(done.code, 0, done.stderr);
    return done;
  }

  before(async () => {
    hark = await startHark({ programs: ['hark-web', 'hark-chat'] });
    browser = await openBrowser();
    await command('tenant', 'create', '--code', 'acme', '--name', 'Acme Ltd');
    for (const [account, role] of [['anna', 'Administrators'], ['bert', 'Agents']])
      await command('agent', 'create', '--tenant', 'acme', '--account', account, '--email', `${account}@acme.example`, '--first-name', account,
        '--role', role, '--password-file', '-');
    key = (await command('key', 'create', '--tenant', 'acme', '--account', 'anna', '--name', 'bots', '--json')).json().key;
    const client = hark.client({ headers: { 'X-Api-Key': key } });
    assert.equal((await client.json('PATCH', '/api/v1/settings/security', { sign_in_links: true })).status, 200);
  });
  after(async () => {
    await browser?.close();
    await hark?.stop();
  });

  async function link(account) {
    const [{ id }] = await hark.sql(`SELECT id FROM agent WHERE account = '${account}'`);
    const reply = await hark.client({ headers: { 'X-Api-Key': key } }).json('POST', `/api/v1/agents/${id}/sign-in-link`, {});
    assert.equal(reply.status, 201, reply.text);
    return reply.json().url;
  }

  async function open(options) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    page.errors = watchErrors(page);
    return page;
  }

  test('F-GEN-06 opens the console without a password and without another click', async () => {
    const page = await open();
    await page.goto(await link('bert'));
    await page.waitForURL('**/console');
    assert.deepEqual(page.errors, []);
    await page.context().close();
  });

  test('F-GEN-06 without JavaScript it is one button, and who is signed in as somebody else is asked', async () => {
    const page = await open({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
    await page.goto(await link('bert'));
    await assertFitsWidth(page);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL('**/console');
    await page.context().close();

    const other = await open();
    await other.goto(await link('anna'));
    await other.waitForURL('**/admin');
    const url = await link('bert');
    await other.goto(url);
    await other.getByRole('button', { name: 'Sign in' }).waitFor();
    assert.equal(other.url(), url);
    await other.getByRole('button', { name: 'Sign in' }).click();
    await other.waitForURL('**/console');
    await other.context().close();
  });
});
