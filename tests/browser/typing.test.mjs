// SPDX-License-Identifier: BSD-2-Clause
// typing.test.mjs - what an agent types in the console: it goes where it was meant to go, and nothing of it is lost.
// alone: it looks at what happens within a moment, in several browsers at once.
import { after, afterEach, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { startHark } from '../harness/hark.mjs';
import { Agent, company, Visitor } from '../harness/chat.mjs';
import { noBrowser, openBrowser } from '../harness/browser.mjs';
import { openConsole, soon } from '../harness/screens.mjs';

let hark;
let browser;
let companies = 0;
const ends = [];

async function fresh(agents = { anna: {} }) {
  companies += 1;
  return company(hark, `type${companies}`, { agents });
}

/** An agent in a browser of their own, online. */
async function desk(firm, account, { status = 'online', options = {} } = {}) {
  const context = await browser.newContext(options);
  ends.push(() => context.close());
  const page = await openConsole(context, hark, firm, account);
  if (status) {
    await page.getByLabel('My status').selectOption(status);
    await soon(async () => (await hark.sql(`SELECT status FROM agent WHERE id = ${firm.agents[account]}`))[0].status === status, `${account} is ${status}`);
  }
  return page;
}

async function visitor(firm, text, name = 'Vera') {
  const one = new Visitor(hark, firm.key);
  const reply = await one.start(text, { name });
  assert.equal(reply.status, 200, reply.text);
  ends.push(() => one.stop());
  one.listen();
  return one;
}

const offer = (page) => page.getByRole('region', { name: 'Incoming chats' });
const log = (page) => page.locator('.pane [role=log]');
const field = (page) => page.locator('.composer .field');
const unsent = (page) => page.locator('.unsent:visible');
const tab = (page, name) => page.locator('.tabs .tab', { hasText: name });
const texts = async (chat, kind = 'text') => (await hark.sql(`SELECT body FROM message WHERE conversation_id = ${chat} AND kind = '${kind}' ORDER BY seq`)).map((message) => message.body);
const draft = async (chat) => (await hark.sql(`SELECT body FROM draft WHERE conversation_id = ${chat}`))[0]?.body ?? '';

async function accept(page, name) {
  await offer(page).locator('.offer-who', { hasText: name }).waitFor();
  await offer(page).getByRole('button', { name: 'Accept' }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await field(page).waitFor();
}

async function open(page, name) {
  await tab(page, name).locator('a').click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

describe('what an agent types', { skip: noBrowser() }, () => {
  before(async () => {
    hark = await startHark();
    browser = await openBrowser();
  });
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });
  after(async () => {
    await browser?.close();
    await hark?.stop();
  });

  for (const how of ['ends', 'is taken over'])
    test(`P-13 a chat ${how} while its agent types: no letter reaches another chat or acts as a key, and what was written is shown as not sent`, async () => {
      const firm = await fresh({ anna: { role: 'Administrators' }, boss: { role: 'Administrators' } });
      const page = await desk(firm, 'anna');
      const bob = await visitor(firm, 'I am Bob', 'Bob');
      await accept(page, 'Bob');
      const vera = await visitor(firm, 'I am Vera');
      await accept(page, 'Vera');
      const wim = await visitor(firm, 'I am Wim', 'Wim');
      await offer(page).getByText('I am Wim').waitFor();
      await field(page).click();
      await page.keyboard.type('1234 is the ');
      if (how === 'ends') assert.equal((await vera.json('end', { conversation: vera.chat })).status < 300, true);
      else assert.equal((await (await Agent.at(hark, firm, 'boss', { status: null })).act(vera.chat, 'claim', { force: true })).status, 200);
      await field(page).waitFor({ state: 'detached' });
      await page.keyboard.type('key of the safe a1 jk');
      await unsent(page).getByText('1234 is the').waitFor();
      assert.ok(await page.getByRole('heading', { level: 1, name: 'Vera' }).isVisible(), 'the chat is still shown');
      assert.ok(await offer(page).getByText('I am Wim').isVisible(), 'nothing was accepted');
      await open(page, 'Bob');
      assert.equal(await field(page).inputValue(), '', 'nothing came to Bob');
      await page.keyboard.press('Escape');
      await page.keyboard.press('a');
      await page.getByRole('heading', { level: 1, name: 'Wim' }).waitFor();
      assert.deepEqual([await texts(bob.chat), await texts(wim.chat)], [['I am Bob'], ['I am Wim']]);
      assert.deepEqual(page.errors, []);
    });

  test('P-13 what was not sent when the chat ended is copied, made a note, or thrown away, in the browser and on the server', async () => {
    const firm = await fresh();
    const page = await desk(firm, 'anna', { options: { permissions: ['clipboard-read', 'clipboard-write'] } });
    const [vera, wim] = [await visitor(firm, 'I am Vera'), await visitor(firm, 'I am Wim', 'Wim')];
    for (const one of [vera, wim]) {
      await accept(page, one === vera ? 'Vera' : 'Wim');
      await field(page).fill('half of an answer');
      await soon(async () => (await draft(one.chat)) === 'half of an answer', 'the server has the draft');
      await one.json('end', { conversation: one.chat });
      await unsent(page).getByText('half of an answer').waitFor();
    }
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Wim' }).waitFor();
    await unsent(page).getByRole('button', { name: 'Copy' }).click();
    await page.getByText('Copied.').waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'half of an answer');
    await unsent(page).getByRole('button', { name: 'Discard' }).click();
    await unsent(page).waitFor({ state: 'detached' });
    await soon(async () => !(await draft(wim.chat)), 'the server has forgotten it');
    await page.goto(`${hark.url}/console#/${vera.chat}`);
    await page.getByRole('heading', { level: 1, name: 'Vera' }).waitFor();
    await unsent(page).getByRole('button', { name: 'Make it a note' }).click();
    assert.equal(await field(page).inputValue(), 'half of an answer');
    await field(page).press('Enter');
    await soon(async () => (await texts(vera.chat, 'note'))[0] === 'half of an answer', 'the note is there');
    await unsent(page).waitFor({ state: 'detached' });
    await soon(async () => !(await draft(vera.chat)), 'the server has forgotten it, too');
    assert.equal(await page.evaluate(() => Object.keys(localStorage).filter((key) => /\.(draft|note)\./.test(key)).length), 0);
    assert.deepEqual(page.errors, []);
  });

  test('P-13 a draft that was sent in one tab or on another device cannot be sent again from the rest', async () => {
    const firm = await fresh();
    const page = await desk(firm, 'anna');
    const vera = await visitor(firm, 'a question');
    await accept(page, 'Vera');
    await field(page).fill('one answer');
    await soon(async () => (await draft(vera.chat)) === 'one answer', 'the server has the draft');
    const second = await page.context().newPage();
    await second.goto(`${hark.url}/console#/${vera.chat}`);
    await soon(async () => (await field(second).inputValue()) === 'one answer', 'the draft is in the other tab');
    const device = await desk(firm, 'anna', { status: null });
    await device.goto(`${hark.url}/console#/${vera.chat}`);
    await soon(async () => (await field(device).inputValue()) === 'one answer', 'the draft is on the other device');
    await second.evaluate(() => { document.hasFocus = () => false; });   // the test's browser says of each tab that it has the focus
    await field(page).fill('one answer, changed');
    await soon(async () => (await field(second).inputValue()) === 'one answer, changed', 'the change is in the other tab');
    await field(page).fill('one answer');
    await field(page).press('Enter');
    for (const other of [second, device])
      await soon(async () => (await field(other).inputValue()) === '', 'the draft is gone elsewhere');
    assert.deepEqual(await texts(vera.chat), ['a question', 'one answer']);
    assert.deepEqual([...page.errors, ...device.errors], []);
  });

  test('a note that was not added survives a reload, and files that were not sent ask before the page goes', async () => {
    const firm = await fresh();
    const page = await desk(firm, 'anna');
    const vera = await visitor(firm, 'a question');
    await accept(page, 'Vera');
    await page.getByRole('button', { name: 'Note', exact: true }).click();
    await field(page).fill('only for colleagues');
    await page.reload();
    await soon(async () => (await field(page).inputValue()) === 'only for colleagues', 'the note is back');
    await page.locator('.composer.is-note').waitFor();
    await page.getByRole('button', { name: 'Reply', exact: true }).click();
    assert.equal(await field(page).inputValue(), '');
    await page.locator('.composer input[type=file]').setInputFiles({ name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('a plan') });
    await page.locator('.tray').getByText('plan.txt').waitFor();
    const asked = new Promise((resolve) => { page.once('dialog', (box) => box.dismiss().then(() => resolve(box.type()))); });
    page.reload().catch(() => {});
    assert.equal(await asked, 'beforeunload');
    await page.locator('.tray').getByText('plan.txt').waitFor();
    assert.deepEqual(await texts(vera.chat), ['a question']);
  });
});
