// SPDX-License-Identifier: BSD-2-Clause
// widget_load.test.mjs - the chat button comes on every page that has its code: in foreign languages, under strict policies, on slow lines.
import { after, afterEach, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { noBrowser } from '../harness/browser.mjs';
import { shopPage, snippet, soon, Widget } from '../harness/screens.mjs';
import { browser, ends, hark, shop, shopsClose, shopsOpen, shopsTidy, visit } from './widget_shop.mjs';

const french = (keys, nonce) => shopPage('Boutique', snippet(hark, ...keys).replace('<script', nonce ? '<script nonce="c2VjcmV0"' : '<script'))
  .replace('lang="en"', 'lang="fr"');
const name = (widget) => widget.button.getAttribute('aria-label');

describe('the widget while it loads', { skip: noBrowser() }, () => {
  before(shopsOpen);
  afterEach(shopsTidy);
  after(shopsClose);

  for (const [what, source, types, nonce, words] of [
    ['the host', () => hark.url, '', false, 'Discutez avec nous'],
    ['a nonce', () => "'nonce-c2VjcmV0'", '', true, 'Discutez avec nous'],
    ['the host, trusted types free', () => hark.url, "; require-trusted-types-for 'script'", false, 'Discutez avec nous'],
    ['the host, our trusted type', () => hark.url, "; require-trusted-types-for 'script'; trusted-types hark", false, 'Discutez avec nous'],
    ['the host, no trusted type', () => hark.url, "; require-trusted-types-for 'script'; trusted-types 'none'", false, 'Chat with us'],
  ]) test(`U-40 a page in another language than the widget, with a policy by ${what}, carries it: ${words}`, async () => {
    const csp = `default-src 'none'; script-src ${source()}; frame-src ${hark.url}${types}`;
    const { site } = await shop({ headers: { 'Content-Security-Policy': csp }, pages: { '/fr': (keys) => french(keys, nonce) } });
    const { widget } = await visit(site, { path: '/fr', options: { locale: 'en-GB' } });
    await widget.button.waitFor();
    assert.equal(await name(widget), words);
    await widget.button.click();
    await widget.frame.locator('.first textarea').waitFor();
  });

  test('U-40 when the script in the language of the page does not come, the widget is there in its own', async () => {
    const { site } = await shop({ pages: { '/fr': (keys) => french(keys) } });
    const context = await browser.newContext({ locale: 'en-GB' });
    ends.push(() => context.close());
    await context.route(/\/widget\/.*[?]lang=/, (route) => route.abort());
    const page = await context.newPage();
    await page.goto(`${site.url}/fr`);
    const widget = new Widget(page);
    await widget.button.waitFor();
    assert.equal(await name(widget), 'Chat with us');
  });

  test('a panel that is slow says so, is not given up, and can be asked for again', async () => {
    const { site } = await shop();
    const context = await browser.newContext();
    ends.push(() => context.close());
    const held = [];
    await context.route('**/panel/*', (route) => { held.push(route); });
    const page = await context.newPage();
    await page.clock.install();
    await page.goto(site.url);
    const widget = new Widget(page);
    await widget.button.click();
    await widget.host.getByText('One moment…').waitFor();
    await soon(() => held.length === 1, 'the panel is asked for');
    await page.clock.runFor(16000);
    await widget.host.getByText('This takes longer than usual.').waitFor();
    assert.equal(await widget.host.locator('iframe').count(), 1, 'the frame is kept');
    await widget.host.getByRole('button', { name: 'Try again' }).click();
    await soon(() => held.length === 2, 'the panel is asked for again');
    await widget.host.getByText('One moment…').waitFor();
    await page.clock.runFor(16000);
    await widget.host.getByText('This takes longer than usual.').waitFor();
    await held[1].continue();
    await page.clock.resume();
    await widget.first.waitFor();
    assert.equal(await widget.host.getByText('This takes longer than usual.').isVisible(), false);
  });

  for (const path of ['panel', 'chat'])
    test(`no cookie is set by /${path}/KEY`, async () => {
      const { firm } = await shop();
      const reply = await fetch(`${hark.url}/${path}/${firm.key}`);
      assert.equal(reply.status, 200);
      assert.equal(reply.headers.get('set-cookie'), null);
    });
});
