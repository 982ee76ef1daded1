// SPDX-License-Identifier: BSD-2-Clause
// looks.test.mjs - the pages with values that nobody would choose, the focus beside bars that stay, and names that only readers hear.
import { after, afterEach, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { startHark } from '../harness/hark.mjs';
import { company, PASSWORD, Visitor } from '../harness/chat.mjs';
import { noBrowser, openBrowser } from '../harness/browser.mjs';
import { assertFitsWidth, openConsole, soon } from '../harness/screens.mjs';

const long = (length) => 'Wxyz'.repeat(length / 4);
let hark;
let browser;
let firm;
let key;
const ends = [];

async function made(path, body) {
  const reply = await hark.client({ headers: { 'X-Api-Key': key } }).json('POST', `/api/v1/${path}`, body);
  assert.equal(reply.status, 201, reply.text);
  return reply.json().id;
}

async function panel(options = {}, account = 'anna') {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  ends.push(() => context.close());
  return openConsole(context, hark, firm, account);
}

/** The tables of a page that are so much wider than the page has room for that a value must have made them so; a little may be scrolled. */
const wideTables = (page) => page.locator('.table').evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth * 1.2).map((one) => `${one.scrollWidth} px in ${one.clientWidth} px`));

describe('looks', { skip: noBrowser() }, () => {
  before(async () => {
    hark = await startHark();
    firm = await company(hark, 'looks', { agents: { anna: { role: 'Administrators' }, ben: {} } });
    const done = await hark.hark(['key', 'create', '--tenant', firm.code, '--account', 'anna', '--name', 'tests', '--json'], { input: PASSWORD });
    assert.equal(done.code, 0, done.stderr);
    key = done.json().key;
    browser = await openBrowser();
  });
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });
  after(async () => {
    await browser?.close();
    await hark?.stop();
  });

  test('values without a blank break where their place ends: lists, forms, the history, the bar of a ringing chat', async () => {
    const queue = await made('queues', { name: long(80), description: long(200) });
    const role = await made('roles', { name: long(80), permissions: ['chat.work'] });
    const contact = await made('contacts', { name: long(120), company: long(120), tags: long(32) });
    await made('skills', { name: long(80), description: long(200) });
    const calendar = await made('calendars', { name: long(80), time_zone: 'Europe/Berlin' });
    const holiday = await made('holidays', { name: long(120), calendar_id: calendar, first_day: '2030-12-25' });
    const widget = await made('widgets', { name: long(80), queue_id: queue, title: long(80) });
    const page = await panel();
    await page.getByLabel('My status').selectOption('online');
    await soon(async () => (await hark.sql(`SELECT status FROM agent WHERE id = ${firm.agents.anna}`))[0].status === 'online', 'anna is online');
    const visitor = new Visitor(hark, firm.key);
    assert.equal((await visitor.start(long(400), { name: long(120) })).status, 200);
    const accept = page.getByRole('region', { name: 'Incoming chats' }).getByRole('button', { name: 'Accept' });
    await accept.waitFor();
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 800 });
      const [who, button] = [await page.locator('.offer-who').boundingBox(), await accept.boundingBox()];
      assert.ok(button.x + button.width <= width, `Accept ends at ${button.x + button.width} of ${width} px`);
      assert.ok(who.x + who.width <= button.x || who.y + who.height <= button.y, 'the name runs under Accept');
    }
    await accept.click();
    await page.locator('.composer .field').waitFor();
    await assertFitsWidth(page, 'a chat at 360 px');
    await page.getByRole('button', { name: 'Send', exact: true }).waitFor();
    await visitor.stop();

    const wrong = [];
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 800 });
      for (const path of ['queues', `queues/${queue}`, `queues/${queue}/delete`, 'roles', `roles/${role}`, 'contacts', `contacts/${contact}`, 'skills', 'calendars', `calendars/${calendar}`,
        'holidays', `holidays/${holiday}`, 'widgets', `widgets/${widget}`, 'history', 'audit']) {
        await page.goto(`${hark.url}/admin/${path}`);
        await assertFitsWidth(page, path).catch((error) => wrong.push(error.message));
        wrong.push(...(await wideTables(page)).map((what) => `${path}: table of ${what}`));
      }
    }
    assert.deepEqual(wrong, []);
  });

  test('what has the focus is not hidden by the bars that stay, forwards and backwards', async () => {
    const page = await panel();
    const hidden = [];
    for (const path of ['roles/new', 'agents/new', 'widgets/1', 'settings/brand']) {
      await page.goto(`${hark.url}/admin/${path}`);
      await page.locator('main .form').first().evaluate((form) => { form.querySelector('input:not([type=hidden]), select').focus(); });
      for (const press of ['Tab', 'Shift+Tab']) {
        for (let i = 0; i < 80; i += 1) {
          await page.keyboard.press(press);
          const covered = await page.evaluate(() => {
            const one = document.activeElement;
            if (!one.closest('.form > .all')) return null;
            const box = one.getBoundingClientRect();
            const bottom = Math.min(...[...document.querySelectorAll('.form > .actions')].map((bar) => bar.getBoundingClientRect().top), innerHeight);
            const top = Math.max(...[...document.querySelectorAll('.bar, .sections')].map((bar) => bar.getBoundingClientRect().bottom), 0);
            const middle = (box.top + box.bottom) / 2;
            return middle > bottom || middle < top ? `${one.name} ${Math.round(box.top)}-${Math.round(box.bottom)} in ${Math.round(top)}-${Math.round(bottom)}` : '';
          });
          if (covered === null) break;
          if (covered) hidden.push(`${path}: ${press}: ${covered}`);
        }
      }
    }
    assert.deepEqual(hidden, []);
  });

  test('without JavaScript there is no button that does nothing', async () => {
    const signedIn = await panel();
    const context = await browser.newContext({ javaScriptEnabled: false, storageState: await signedIn.context().storageState() });
    ends.push(() => context.close());
    const page = await context.newPage();
    await page.goto(`${hark.url}/admin/installation`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    assert.equal(await page.locator('[hidden]:visible').count(), 0);
  });

  test('the console and the chat page say without JavaScript what can be done', async () => {
    const signedIn = await panel();
    const context = await browser.newContext({ javaScriptEnabled: false, storageState: await signedIn.context().storageState() });
    ends.push(() => context.close());
    const page = await context.newPage();
    await page.goto(`${hark.url}/console`);
    await page.getByRole('link', { name: 'Back to the control panel' }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.goto(`${hark.url}/chat/${firm.key}`);
    await page.locator('noscript .gone').waitFor();
    assert.match(await page.locator('noscript .gone').textContent(), /write to us in another way/);
  });

  test('the console and the first page of a chat have a heading and a main part', async () => {
    const page = await panel({}, 'ben');
    await page.locator('main h1').waitFor();
    await page.locator('.list').getByText('Set your status to Online').waitFor();
    await page.goto(`${hark.url}/chat/${firm.key}`);
    await page.locator('main.first h1').waitFor();
    assert.deepEqual((await page.locator('h1:visible').allTextContents()).filter((text) => !text), []);
  });

  test('with a light colour of the company a switch that is on differs from the paper', async () => {
    assert.equal((await hark.client({ headers: { 'X-Api-Key': key } }).json('PATCH', '/api/v1/settings/brand', { colour: '#ffff88' })).status, 200);
    const page = await panel();
    await page.goto(`${hark.url}/admin/widgets/1`);
    const [edge, thumb, fill] = await page.locator('.switch input:checked').first().evaluate((one) => {
      const style = getComputedStyle(one);
      return [/rgb[^)]+\)/.exec(style.boxShadow)?.[0] ?? '', getComputedStyle(one, '::before').backgroundColor, style.backgroundColor];
    });
    const light = (colour) => {
      const [r, g, b] = (colour.match(/[\d.]+/g) ?? [255, 255, 255]).map((part) => { const c = part / 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (one, other) => (Math.max(light(one), light(other)) + 0.05) / (Math.min(light(one), light(other)) + 0.05);
    assert.ok(contrast(edge, 'rgb(255, 255, 255)') >= 3, `edge ${edge}`);
    assert.ok(contrast(thumb, fill) >= 3, `thumb ${thumb} on ${fill}`);
  });
});
