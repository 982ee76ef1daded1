// SPDX-License-Identifier: BSD-2-Clause
// widget.test.mjs - the chat button and panel in a real browser, on web sites of somebody else.
import { after, afterEach, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { accessibilityProblems, noBrowser, startSite } from '../harness/browser.mjs';
import { assertFitsWidth, shopPage, snippet, soon, watchErrors, Widget } from '../harness/screens.mjs';
import { accepted, browser, chatsOf, ends, hark, shop, shopsClose, shopsOpen, shopsTidy, texts, visit } from './widget_shop.mjs';

describe('the widget in a browser', { skip: noBrowser() }, () => {
  before(shopsOpen);
  afterEach(shopsTidy);
  after(shopsClose);

  test('a panel of a company that was suspended comes back when it is opened again', async () => {
    const { firm, site } = await shop();
    const { page, widget } = await visit(site);
    const gone = widget.frame.getByText('This chat is not available.');
    const life = async (verb, ...more) => assert.equal((await hark.hark(['tenant', verb, '--tenant', firm.code, ...more])).code, 0);
    await widget.start('Do you sell boots?');
    await life('suspend', '--reason', 'A bill is open.');
    await gone.waitFor();
    await life('resume');
    await widget.button.click();
    await widget.button.click();
    await widget.log.getByText('Do you sell boots?').waitFor();
    await gone.waitFor({ state: 'hidden' });
    assert.deepEqual(page.errors, []);
  });

  test('A-WID-06 X-CHAT-03 the code of the installation page, pasted before the closing body tag, makes the button appear', async () => {
    const { firm, anna } = await shop({ agents: { boss: { role: 'Administrators' } } });
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    ends.push(() => context.close());
    const admin = await context.newPage();
    await context.addCookies([...anna.client.cookies].map(([name, value]) => ({ name, value, url: hark.url })));
    await admin.goto(`${hark.url}/admin/installation`);
    await admin.getByRole('button', { name: 'Copy the code' }).click();
    const code = await soon(() => admin.evaluate(() => navigator.clipboard.readText()), 'the code on the clipboard');
    assert.equal(code, await admin.locator('#code').inputValue());
    assert.ok(code.includes(firm.key));
    const site = await startSite({ '/': shopPage('Pasted', code) });
    ends.push(() => site.stop());
    const { page, widget } = await visit(site);
    await widget.button.waitFor();
    assert.equal(await widget.button.getAttribute('aria-label'), 'Chat with us');
    assert.deepEqual(page.errors, []);

    const plain = await visit(site, { options: { javaScriptEnabled: false } });
    const link = plain.page.getByRole('link', { name: 'Chat with us' });
    await link.click();
    assert.equal(plain.page.url(), `${hark.url}/chat/${firm.key}`, 'without JavaScript a link leads to the chat');
  });

  test('X-CHAT-03 a visitor and an agent talk both ways, files go both ways, ending is seen', async () => {
    const { anna, site } = await shop();
    const { page, widget } = await visit(site, { path: '/boots' });
    await widget.start('Do you sell boots?', { name: 'Vera' });
    await widget.frame.getByText('You are next in line').waitFor();
    const chat = await accepted(anna);
    await widget.log.getByText('Anna joined the chat').waitFor();
    await anna.say(chat, 'Yes, in all sizes.');
    await widget.log.getByText('Yes, in all sizes.').waitFor();
    await widget.say('Size 42?');
    await anna.heard((event) => event.type === 'message' && event.message.text === 'Size 42?');

    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), widget.frame.getByRole('button', { name: 'Attach a file' }).click()]);
    await chooser.setFiles({ name: 'foot.txt', mimeType: 'text/plain', buffer: Buffer.from('my foot') });
    const { message } = await anna.heard((event) => event.type === 'message' && event.message.kind === 'file');
    assert.equal((await anna.client.get(`/console/files/${message.file.id}`)).text, 'my foot');
    await anna.upload(chat, 'boots.txt', Buffer.from('these boots'));
    const file = widget.log.getByRole('button', { name: /boots\.txt/ });
    const [download] = await Promise.all([page.waitForEvent('download'), file.click()]);
    assert.equal(download.suggestedFilename(), 'boots.txt');

    await anna.act(chat, 'end');
    await widget.frame.getByRole('button', { name: 'Start a new chat' }).waitFor();
    assert.deepEqual(page.errors, []);
  });

  test('A-WID-08 the button is active while agents are online, and gray or hidden when none is', async () => {
    const { firm, anna, site } = await shop({ online: false });
    const { page, widget } = await visit(site);
    await widget.button.waitFor();
    const colour = () => widget.button.evaluate((button) => getComputedStyle(button).backgroundColor);
    assert.equal(await colour(), 'rgb(89, 99, 110)');
    await widget.button.click();
    await widget.frame.getByText('Nobody is here right now').waitFor();
    await anna.ok('POST', '/console/status', { status: 'online' });
    const other = await visit(site);
    await other.widget.button.waitFor();
    assert.notEqual(await other.widget.button.evaluate((button) => getComputedStyle(button).backgroundColor), 'rgb(89, 99, 110)');
    await anna.ok('POST', '/console/status', { status: 'offline' });
    await hark.sql(`UPDATE widget SET offline_button = 'hidden' WHERE tenant_id = ${firm.id}`);
    const third = await visit(site);
    await third.page.waitForFunction(() => Boolean(document.querySelector('hark-widget')));
    assert.equal(await third.widget.button.isVisible(), false);
    assert.deepEqual(page.errors, []);
  });

  test('A-WID-04 K-54 two widgets on one page have their own colours, texts and storage', async () => {
    const { firm, anna, site, keys } = await shop({ agents: { boss: { role: 'Administrators' } } });
    await anna.client.submit('/admin/widgets/new', { name: 'Brand 2', queue_id: String(firm.queue), button_text: 'Ask Brand Two', button_colour: '#aa0011', title: 'Brand Two' },
      { form: '/admin/widgets' });
    const [{ widget_key: second }] = await hark.sql(`SELECT widget_key FROM widget WHERE tenant_id = ${firm.id} AND name = 'Brand 2'`);
    keys.push(second);
    const { context, page } = await visit(site, { stores: true });
    const [one, two] = keys.map((key) => new Widget(page, key));
    await one.button.waitFor();
    await two.button.waitFor();
    const look = (widget) => widget.button.evaluate((button) => [getComputedStyle(button).backgroundColor, button.querySelector('span').textContent, button.getBoundingClientRect().top]);
    const [first, other] = [await look(one), await look(two)];
    assert.deepEqual(other.slice(0, 2), ['rgb(170, 0, 17)', 'Ask Brand Two']);
    assert.notEqual(first[0], other[0]);
    assert.ok(Math.abs(first[2] - other[2]) >= 56, 'the buttons do not cover each other');

    const low = first[2] > other[2] ? 0 : 1;
    const lower = [one, two][low];
    await lower.button.click();
    await lower.first.waitFor();
    const above = await [two, one][low].button.boundingBox();
    assert.equal(await page.evaluate(([x, y]) => document.elementFromPoint(x, y).dataset.key, [above.x + 28, above.y + 28]), keys[low],
      'the button above does not cover the open panel');
    await lower.button.click();

    await one.start('to the first');
    await accepted(anna);
    await page.evaluate((key) => globalThis.hark('open', { key }), keys[1]);
    await two.first.waitFor();
    await one.host.locator('.p').waitFor({ state: 'hidden' });
    assert.equal(await two.frame.locator('html').evaluate((root) => getComputedStyle(root).getPropertyValue('--brand')), '#aa0011');
    await two.first.fill('to the second');
    await two.first.press('Enter');
    await two.box.waitFor();
    await accepted(anna);
    assert.equal((await chatsOf(firm)).length, 2);
    const names = (await Promise.all(page.frames().map((frame) => frame.evaluate(() => Object.keys(localStorage))))).flat();
    assert.ok(names.length >= 8, names.join());
    for (const name of names) assert.ok(keys.some((key) => name.startsWith(`hark.${key}.`)), name);
    for (const key of keys) assert.ok(names.includes(`hark.${key}.token`));
    assert.deepEqual(await context.cookies(), [], 'no cookie at all');
    assert.deepEqual(page.errors, []);
  });

  test('A-WID-10 a link or button of the site opens the chat', async () => {
    const { site } = await shop({ pages: {
      '/own': (keys) => shopPage('Own', snippet(hark, ...keys), '<p><a href="#hark">Talk to us</a> <button type="button" data-hark-open>Ask</button></p>'),
      '/early': (keys) => shopPage('Early', snippet(hark, ...keys), '<script>window.hark = window.hark || function () { (hark.q = hark.q || []).push(arguments); };\nhark("open");</script>'),
    } });
    const { page, widget } = await visit(site, { path: '/own' });
    await widget.button.waitFor();
    await page.getByRole('link', { name: 'Talk to us' }).click();
    await widget.first.waitFor();
    await widget.button.click();
    await widget.host.locator('.p').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Ask' }).click();
    await widget.first.waitFor();
    await widget.button.click();
    await widget.host.locator('.p').waitFor({ state: 'hidden' });
    await page.evaluate(() => globalThis.hark('open'));
    await widget.first.waitFor();
    const early = await visit(site, { path: '/early' });
    await early.widget.first.waitFor();
    assert.deepEqual(page.errors, []);
  });

  test('A-WIN-03 embedded: the visitor goes on to other pages and reloads during a chat without losing it', async () => {
    const { firm, anna, site } = await shop();
    const { page, widget } = await visit(site);
    await widget.start('I look around');
    const chat = await accepted(anna);
    await widget.log.getByText('Anna joined the chat').waitFor();
    await page.getByRole('link', { name: 'Boots' }).click();
    await page.getByRole('heading', { name: 'Boots' }).waitFor();
    await anna.say(chat, 'I am still here.');
    await widget.log.getByText('I look around').waitFor();
    await widget.log.getByText('I am still here.').waitFor();
    await soon(async () => (await anna.ok('GET', `/console/conversations/${chat}`)).json().visit.page_url.endsWith('/boots'), 'the agent sees the new page');
    await widget.box.fill('half a sent');
    await page.reload();
    await widget.log.getByText('I am still here.').waitFor();
    assert.ok(await page.evaluate(() => document.activeElement === document.body), 'it takes no focus by itself');
    await soon(async () => await widget.box.inputValue() === 'half a sent', 'what was typed is still there');
    await widget.box.press('Enter');
    await anna.heard((event) => event.type === 'message' && event.message.text === 'half a sent');
    assert.equal((await chatsOf(firm)).length, 1);
    assert.deepEqual(page.errors, []);
  });

  test('A-WIN-03 as a separate window: the chat goes on while the visitor leaves the page that opened it', async () => {
    const { firm, anna, site } = await shop();
    await hark.sql(`UPDATE widget SET display = 'window' WHERE tenant_id = ${firm.id}`);
    const { page, widget } = await visit(site);
    const [popup] = await Promise.all([page.waitForEvent('popup'), widget.button.click()]);
    const errors = watchErrors(popup);
    await popup.getByRole('textbox', { name: 'How can we help?' }).fill('from a window');
    await popup.keyboard.press('Enter');
    const chat = await accepted(anna);
    await page.getByRole('link', { name: 'Tents' }).click();
    await anna.say(chat, 'Go on browsing.');
    await popup.getByRole('log').getByText('Go on browsing.').waitFor();
    await popup.getByRole('textbox', { name: 'Write a message…' }).fill('I do');
    await popup.keyboard.press('Enter');
    await anna.heard((event) => event.type === 'message' && event.message.text === 'I do');
    await popup.reload();
    await popup.getByRole('log').getByText('Go on browsing.').waitFor();
    assert.deepEqual([...errors, ...page.errors], []);
  });

  test('A-WIN-03 from embedded to a window of its own: the same chat', async () => {
    const { firm, anna, site } = await shop();
    const { page, widget } = await visit(site);
    await widget.start('first in the page');
    const chat = await accepted(anna);
    await widget.frame.getByRole('button', { name: 'More' }).click();
    const [popup] = await Promise.all([page.waitForEvent('popup'), widget.frame.getByRole('menuitem', { name: 'Open in a window' }).click()]);
    await popup.getByRole('log').getByText('first in the page').waitFor();
    await anna.say(chat, 'seen in both');
    await popup.getByRole('log').getByText('seen in both').waitFor();
    assert.equal((await chatsOf(firm)).length, 1);
    assert.deepEqual(page.errors, []);
  });

  test('U-40 one small loader, nothing else before the first interaction, no shift of the page, routes of single-page sites are followed', async () => {
    const { firm, anna, site } = await shop();
    const served = async (url) => {
      const reply = await fetch(url, { headers: { 'Accept-Encoding': 'gzip' } });
      assert.equal(reply.headers.get('content-encoding'), 'gzip', url);
      return reply;
    };
    const context = await browser.newContext();
    ends.push(() => context.close());
    const page = await context.newPage();
    page.errors = watchErrors(page);
    const asked = [];
    const sizes = new Map();
    page.on('request', (req) => req.url().startsWith(hark.url) && asked.push(new URL(req.url()).pathname));
    page.on('requestfinished', async (req) => {
      const size = await req.sizes().catch(() => null);
      if (size && req.url().startsWith(hark.url)) sizes.set(new URL(req.url()).pathname, size.responseBodySize);
    });
    await page.addInitScript(() => {
      globalThis.shifts = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((entry) => { globalThis.shifts += entry.value; })).observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto(site.url);
    const widget = new Widget(page);
    await widget.button.waitFor();
    await page.waitForLoadState('networkidle');
    assert.deepEqual(asked, [`/widget/${firm.key}.js`]);
    await served(`${hark.url}/widget/${firm.key}.js`);
    const loader = sizes.get(`/widget/${firm.key}.js`);
    assert.ok(loader > 1000 && loader <= 5000, `loader: ${loader} bytes`);

    await widget.button.click();
    await widget.first.waitFor();
    await soon(() => asked.filter((path) => /^\/(static|panel)\//.test(path)).every((path) => sizes.has(path)), 'all sizes');
    const panel = [...sizes].filter(([path]) => /^\/(static|panel)\//.test(path));
    const sum = panel.reduce((total, [, size]) => total + size, 0);
    console.log(`# loader_bytes ${loader}, panel_bytes ${sum} in ${panel.length} files`);
    assert.ok(sum > 10000 && sum <= 35000, `panel: ${sum} bytes: ${JSON.stringify(panel)}`);
    assert.equal(await page.evaluate(() => globalThis.shifts), 0);

    await widget.first.fill('single page');
    await widget.first.press('Enter');
    const chat = await accepted(anna);
    await page.evaluate(() => { history.pushState({}, '', '/cart?step=2'); document.title = 'Cart'; });
    await soon(async () => {
      const { visit: seen } = (await anna.ok('GET', `/console/conversations/${chat}`)).json();
      return seen.page_url.endsWith('/cart?step=2') && seen.page_title === 'Cart';
    }, 'the route is followed');
    assert.deepEqual(page.errors, []);
  });

  for (const source of ['host', 'nonce']) test(`U-40 a page with a strict content security policy (by ${source}) carries the widget`, async () => {
    const csp = `default-src 'none'; script-src ${source === 'host' ? hark.url : "'nonce-c2VjcmV0'"}; frame-src ${hark.url}; style-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'`;
    const { anna, site } = await shop({ headers: { 'Content-Security-Policy': csp }, code: (keys) => snippet(hark, ...keys).replace('<script', source === 'host' ? '<script' : '<script nonce="c2VjcmV0"') });
    const { page, widget } = await visit(site);
    await widget.start('strict');
    const chat = await accepted(anna);
    await anna.say(chat, 'strict too');
    await widget.log.getByText('strict too').waitFor();
    const box = await widget.button.boundingBox();
    assert.ok(box.height === 56, 'the button has its style');
    assert.deepEqual(page.errors, []);
  });

  for (const storage of ['partitioned', 'forbidden', 'cleared'])
    test(`third-party storage ${storage}: no cookie is needed, and the chat outlives a reload`, async () => {
      const { firm, anna, site } = await shop();
      const { context, page, widget } = await visit(site, { stores: storage !== 'forbidden' });
      await page.evaluate(() => localStorage.setItem('other', 'kept'));
      if (storage === 'cleared')
        await context.addInitScript((origin) => {
          try {
            if (location.origin === origin) localStorage.clear();
          } catch { /* the frame's first, empty document */ }
        }, hark.url);
      await widget.start('first');
      const can = await (await widget.inner()).evaluate(() => {
        try {
          return Boolean(localStorage);
        } catch {
          return false;
        }
      });
      assert.equal(can, storage !== 'forbidden');
      const chat = await accepted(anna);
      await page.reload();
      await widget.log.getByText('first').waitFor();
      await widget.say('again');
      await anna.heard((event) => event.type === 'message' && event.message.text === 'again');
      assert.deepEqual(await texts(anna, chat), ['first', 'again']);
      assert.equal((await chatsOf(firm)).length, 1);
      assert.deepEqual(await context.cookies(), []);
      assert.deepEqual(page.errors, []);
    });

  test('the code inserted twice makes one button', async () => {
    const { site } = await shop({ code: (keys) => snippet(hark, ...keys, ...keys) });
    const { page, widget } = await visit(site);
    await widget.button.waitFor();
    await page.waitForLoadState('networkidle');
    await page.evaluate((src) => new Promise((done) => {
      const script = document.createElement('script');
      script.src = src;
      script.onload = done;
      document.body.append(script);
    }), await page.locator('script[src*="/widget/"]').first().getAttribute('src'));
    assert.equal(await widget.host.count(), 1);
    assert.equal(await widget.button.count(), 1);
    assert.deepEqual(page.errors, []);
  });

  test('what is written without a connection is sent exactly once when it is back', async () => {
    const { anna, site } = await shop();
    const { context, page, widget } = await visit(site);
    await widget.start('before');
    const chat = await accepted(anna);
    await widget.log.getByText('Anna joined the chat').waitFor();
    await context.setOffline(true);
    await widget.say('one');
    await widget.say('two');
    await widget.frame.getByText('No connection. What you write is kept and sent as soon as it is back.').waitFor();
    await widget.log.getByText('two').waitFor();
    await anna.say(chat, 'meanwhile');
    await context.setOffline(false);
    await widget.log.getByText('meanwhile').waitFor();
    await anna.heard((event) => event.type === 'message' && event.message.text === 'two');
    await widget.frame.getByText('No connection.').waitFor({ state: 'hidden' });
    assert.deepEqual((await texts(anna, chat)).sort(), ['before', 'meanwhile', 'one', 'two']);
    assert.deepEqual((await texts(anna, chat)).filter((text) => text !== 'meanwhile'), ['before', 'one', 'two'], 'in the order of writing');
    for (const text of ['one', 'two', 'meanwhile']) assert.equal(await widget.log.getByText(text, { exact: true }).count(), 1, text);
    assert.deepEqual(page.errors, []);
  });

  for (const stores of [true, false]) test(`the answer of start is lost, and the page is left (storage ${stores ? 'of the frame' : 'of the site'}): one visitor, one chat, one message`, async () => {
    const { firm, anna, site } = await shop();
    const { context, page, widget } = await visit(site, { stores });
    let lost = 0;
    await context.route('**/visit/*/start', async (route) => {
      await route.fetch();
      lost += 1;
      await route.abort('connectionreset');
    });
    await widget.button.click();
    await widget.first.fill('only once');
    await widget.first.press('Enter');
    await soon(() => lost > 0, 'a lost answer');
    await page.goto(`${site.url}/tents`);
    await context.unroute('**/visit/*/start');
    const chat = await accepted(anna);
    await widget.log.getByText('Anna joined the chat').waitFor();
    await widget.say('and on');
    await anna.heard((event) => event.type === 'message' && event.message.text === 'and on');
    assert.deepEqual(await texts(anna, chat), ['only once', 'and on']);
    assert.equal((await chatsOf(firm)).length, 1);
    assert.equal((await hark.sql(`SELECT id FROM visitor WHERE tenant_id = ${firm.id}`)).length, 1);
    assert.equal(await widget.log.getByText('only once').count(), 1);
    assert.deepEqual(page.errors, []);
  });

  test('with the keyboard alone: open, write, send, close; the messages are a log; axe-core finds nothing', async () => {
    const { anna, site } = await shop();
    const { page, widget } = await visit(site);
    await widget.button.waitFor();
    for (let step = 0; step < 10 && !(await widget.button.evaluate((button) => button.getRootNode().activeElement === button)); step += 1) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await soon(async () => (await widget.frame.locator('input[name=name]').evaluate((field) => field === document.activeElement)), 'the first field has the focus');
    assert.deepEqual(await accessibilityProblems(await widget.inner()), []);
    await page.keyboard.type('Keyla');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type('typed by keys');
    await page.keyboard.press('Enter');
    const chat = await accepted(anna);
    await anna.say(chat, 'read by keys');
    await widget.frame.locator('[role=log]').getByText('read by keys').waitFor();
    await soon(async () => (await widget.log.getAttribute('aria-live')) === 'polite', 'new messages are read out');
    await page.keyboard.type('more');
    await page.keyboard.press('Enter');
    await anna.heard((event) => event.type === 'message' && event.message.text === 'more');
    assert.deepEqual(await accessibilityProblems(await widget.inner()), []);
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.keyboard.press('Escape');
    await widget.host.locator('.p').waitFor({ state: 'hidden' });
    assert.ok(await widget.button.evaluate((button) => button.getRootNode().activeElement === button), 'the focus is back on the button');
    assert.deepEqual(page.errors, []);
  });

  test('reduced motion: nothing moves; a dark scheme and a small screen are legible and fit', async () => {
    const { anna, site } = await shop();
    const { page, widget } = await visit(site, { options: { reducedMotion: 'reduce', colorScheme: 'dark', viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true } });
    await widget.start('calm');
    const chat = await accepted(anna);
    await anna.say(chat, 'very calm');
    await widget.log.getByText('very calm').waitFor();
    const inner = await widget.inner();
    const moving = await inner.evaluate(() => document.getAnimations().length);
    assert.equal(moving + await widget.host.evaluate((host) => host.shadowRoot.getAnimations().length), 0);
    assert.deepEqual(await accessibilityProblems(inner), []);
    const [wide, room] = await inner.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(wide <= room && room === 360, `${wide} in ${room}`);
    await assertFitsWidth(page);
    assert.deepEqual(page.errors, []);
  });
});
