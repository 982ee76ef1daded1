// SPDX-License-Identifier: BSD-2-Clause
// widget_tabs.test.mjs - what a visitor has written is neither lost nor sent unasked, in one tab of a shop or in many.
import { after, afterEach, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { noBrowser } from '../harness/browser.mjs';
import { soon, Widget } from '../harness/screens.mjs';
import { accepted, chatsOf, shop, shopsClose, shopsOpen, shopsTidy, texts, visit } from './widget_shop.mjs';

/** A visitor with an open chat in one tab. */
async function chatting(options) {
  const at = await shop();
  const seen = await visit(at.site, { stores: true, ...options });
  await seen.widget.start('are boots in stock');
  const chat = await accepted(at.anna);
  await seen.widget.log.getByText('Anna joined the chat').waitFor();
  return { ...at, ...seen, chat };
}

/** Another tab of the visitor at the shop. */
async function another(context, site, path = '/tents') {
  const page = await context.newPage();
  await page.goto(site.url + path);
  return { page, widget: new Widget(page) };
}

/** The panel, opened unless the page has opened it by itself. */
async function opened(widget) {
  await widget.button.waitFor();
  if (await widget.button.getAttribute('aria-expanded') !== 'true') await widget.button.click();
}

/** Of these tabs the visitor looks at one. (All pages of a browser under test say that they are visible.) */
async function look(tabs, at) {
  for (const tab of [...tabs.filter((one) => one !== at), at])
    for (const frame of tab.page.frames())
      await frame.evaluate((state) => {
        Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
        document.dispatchEvent(new Event('visibilitychange'));
      }, tab === at ? 'visible' : 'hidden');
}

/** The polls that are under way from here on. */
function polls(context) {
  const open = new Set();
  context.on('request', (request) => request.url().includes('/live/poll') && open.add(request));
  for (const over of ['requestfinished', 'requestfailed']) context.on(over, (request) => open.delete(request));
  return open;
}

describe('the widget in tabs', { skip: noBrowser() }, () => {
  before(shopsOpen);
  afterEach(shopsTidy);
  after(shopsClose);

  for (const [where, stays] of [['the page stays open', true], ['the page was left', false]])
    test(`a text that missed the end of the chat is kept as not sent until the visitor decides; ${where}`, async () => {
      const { firm, anna, site, context, page, widget, chat } = await chatting();
      await context.setOffline(true);
      await widget.say('too late');
      await widget.log.getByText('too late').waitFor();
      await anna.act(chat, 'end');
      if (!stays) await page.goto('about:blank').catch(() => {});
      await context.setOffline(false);
      if (!stays) {
        await page.goto(site.url);
        await opened(widget);
      }
      await widget.frame.getByText('Not sent: the chat had ended.').waitFor();
      await widget.log.getByText('too late').waitFor();
      assert.equal(await widget.log.locator('.message', { hasText: 'too late' }).locator('.meta').textContent(), 'Not sent');
      assert.equal((await chatsOf(firm)).length, 1, 'nothing rings by itself');
      await page.reload();
      await opened(widget);
      await widget.frame.getByRole('button', { name: 'Send it in a new chat' }).click();
      const next = await accepted(anna);
      assert.notEqual(next, chat);
      assert.deepEqual(await texts(anna, next), ['too late']);
      assert.deepEqual(await texts(anna, chat), ['are boots in stock']);
      await widget.box.waitFor();
      assert.equal(await widget.frame.getByText('Not sent: the chat had ended.').isVisible(), false);
      assert.deepEqual(page.errors, []);
    });

  test('what was to go into a new chat stays to be seen when nobody is there any more', async () => {
    const { anna, context, page, widget, chat } = await chatting();
    await context.setOffline(true);
    await widget.say('too late');
    await widget.log.getByText('too late').waitFor();
    await anna.act(chat, 'end');
    await anna.ok('POST', '/console/status', { status: 'offline' });
    await context.setOffline(false);
    await widget.frame.getByRole('button', { name: 'Send it in a new chat' }).click();
    await widget.frame.getByRole('alert').filter({ hasText: /Nobody is online/ }).waitFor();
    await widget.log.getByText('too late').waitFor();
    await anna.ok('POST', '/console/status', { status: 'online' });
    await widget.frame.getByRole('button', { name: 'Send it in a new chat' }).click();
    assert.deepEqual(await texts(anna, await accepted(anna)), ['too late']);
    assert.deepEqual(page.errors, []);
  });

  test('a text that missed the end of the chat can be thrown away', async () => {
    const { firm, anna, context, page, widget, chat } = await chatting();
    await context.setOffline(true);
    await widget.say('never mind');
    await widget.log.getByText('never mind').waitFor();
    await anna.act(chat, 'end');
    await context.setOffline(false);
    await widget.frame.getByRole('button', { name: 'Discard' }).click();
    await widget.log.getByText('never mind').waitFor({ state: 'hidden' });
    await widget.frame.getByRole('button', { name: 'Start a new chat' }).click();
    await widget.first.waitFor();
    assert.equal(await widget.first.inputValue(), '');
    assert.equal((await chatsOf(firm)).length, 1);
    assert.deepEqual(page.errors, []);
  });

  test('seven tabs with one chat hold one poll, and the next tab takes it over', async () => {
    const { anna, site, context, page, widget, chat } = await chatting();
    const open = polls(context);
    const tabs = [{ page, widget }];
    const polling = (tab) => () => open.size === 1 && [...open][0].frame().page() === tab.page;
    for (let count = 1; count < 7; count += 1) {
      const tab = await another(context, site);
      tabs.push(tab);
      await tab.widget.frame.getByText('Anna joined the chat').waitFor({ state: 'attached' });
      await look(tabs, tab);
    }
    await look(tabs, tabs[0]);
    await soon(polling(tabs[0]), 'the tab that is looked at polls alone');
    await widget.say('through');
    await anna.heard((event) => event.type === 'message' && event.message.text === 'through');
    await anna.say(chat, 'to all');
    await widget.log.getByText('to all').waitFor();
    assert.equal(await tabs[3].widget.frame.getByText('to all').count(), 0);
    await look(tabs, tabs[3]);
    await soon(polling(tabs[3]), 'the poll goes with the visitor');
    await tabs[3].widget.frame.getByText('to all').waitFor({ state: 'attached' });
    await look(tabs, tabs[0]);
    await soon(polling(tabs[0]), 'and back');
    for (const frame of page.frames())
      await frame.evaluate(() => { Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' }); });
    await anna.say(chat, 'in the background');
    await widget.frame.getByText('in the background').waitFor({ state: 'attached' });
    await page.close();
    await soon(() => open.size === 1, 'another tab polls');
    assert.deepEqual(page.errors, []);
  });

  test('what is sent in one tab leaves the draft of another alone', async () => {
    const { anna, site, context, page, widget } = await chatting();
    await widget.box.fill('a long text, not finished');
    const other = await another(context, site);
    await opened(other.widget);
    await other.widget.say('short');
    await anna.heard((event) => event.type === 'message' && event.message.text === 'short');
    await page.bringToFront();
    await page.reload();
    await soon(async () => await widget.box.inputValue() === 'a long text, not finished', 'the draft of the first tab');
    await other.page.reload();
    await other.widget.log.getByText('short').waitFor({ state: 'attached' });
    assert.equal(await other.widget.box.inputValue(), '', 'and none in the other');
    assert.deepEqual(page.errors, []);
  });

  test("the panel's storage is cleared during a chat: the visitor goes on, and is known again on the next page", async () => {
    const { firm, anna, page, widget, chat } = await chatting();
    await (await widget.inner()).evaluate(() => localStorage.clear());
    await widget.say('still me');
    await anna.heard((event) => event.type === 'message' && event.message.text === 'still me');
    await widget.log.getByText('are boots in stock').waitFor();
    await page.reload();
    await widget.log.getByText('still me').waitFor();
    assert.deepEqual(await texts(anna, chat), ['are boots in stock', 'still me']);
    assert.equal((await chatsOf(firm)).length, 1);
    assert.deepEqual(page.errors, []);
  });

  test('a report of what was seen that is lost is repeated', async () => {
    const { anna, context, page, widget, chat } = await chatting();
    let lost = 0;
    await context.route('**/visit/*/seen', (route) => (lost++ ? route.continue() : route.abort()));
    await widget.box.focus();
    await anna.say(chat, 'do you see it?');
    await anna.heard((event) => event.type === 'seen' && event.by === 'visitor');
    assert.ok(lost > 1);
    assert.deepEqual(page.errors, []);
  });

  test('a network that is gone without a word is told as soon as one send has no answer', async () => {
    const { context, page, widget } = await chatting();
    await context.route('**/visit/*/message', () => {});
    await page.clock.install();
    await page.reload();
    await page.clock.runFor(5000);
    await widget.box.waitFor();
    await widget.say('into the void');
    await widget.log.getByText('into the void').waitFor();
    await page.clock.runFor(31000);
    await widget.frame.getByText('No connection. What you write is kept and sent as soon as it is back.').waitFor();
  });
});
