// SPDX-License-Identifier: BSD-2-Clause
// typing.test.mjs - what an agent types in the console: it goes where it was meant to go, and nothing of it is lost.
import { after, afterEach, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { Agent } from '../harness/chat.mjs';
import { noBrowser } from '../harness/browser.mjs';
import { soon } from '../harness/screens.mjs';
import { accept, desk, desksClose, desksOpen, desksTidy, ends, field, fresh, hark, log, offer, tab, texts, visitor } from './console_desks.mjs';

const unsent = (page) => page.locator('.unsent:visible');
const draft = async (chat) => (await hark.sql(`SELECT body FROM draft WHERE conversation_id = ${chat}`))[0]?.body ?? '';

async function open(page, name) {
  await tab(page, name).locator('a').click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

describe('what an agent types', { skip: noBrowser() }, () => {
  before(desksOpen);
  afterEach(desksTidy);
  after(desksClose);

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
    await vera.json('end', { conversation: vera.chat });
    await page.getByText('This chat has ended.').waitFor();
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.goto(`${hark.url}/console#/`);
    await page.reload();
    await unsent(page).getByText('only for colleagues').waitFor();
    await unsent(page).getByRole('button', { name: 'Discard' }).click();
    await unsent(page).waitFor({ state: 'detached' });
    assert.deepEqual(page.errors, []);
  });

  test('X-ROUT-01 who loses a chat to a supervisor is told by whom, with a sound, and who passes a chat on is told nothing', async () => {
    const firm = await fresh({ anna: {}, boss: { role: 'Administrators' } });
    const page = await desk(firm, 'anna', { notes: true });
    const boss = await Agent.at(hark, firm, 'boss', { status: null });
    const vera = await visitor(firm, 'I am Vera');
    await accept(page, 'Vera');
    const wim = await visitor(firm, 'I am Wim', 'Wim');
    await accept(page, 'Wim');
    await page.reload();      // so that no other sound was just before
    await page.getByRole('heading', { level: 1, name: 'Wim' }).click();
    const before = await page.evaluate(() => globalThis.notes);
    assert.equal((await boss.act(vera.chat, 'claim', { force: true })).status, 200);
    await page.getByText('The chat of Vera was taken from you: Boss has it now.').waitFor();
    await soon(() => page.evaluate((count) => globalThis.notes > count, before), 'it sounds');
    await page.locator('.head').getByRole('button', { name: 'Transfer' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: /Inbox/ }).check();
    await dialog.getByRole('button', { name: 'Transfer' }).click();
    await page.getByText('Transferred.').waitFor();
    await soon(async () => (await hark.sql(`SELECT state FROM conversation WHERE id = ${wim.chat}`))[0].state !== 'active', 'it waits');
    await page.getByText('This visitor is waiting for an answer.').waitFor();
    assert.equal(await page.getByText('The chat of Wim was taken from you').count(), 0);
    assert.deepEqual(page.errors, []);
  });

  test('X-ROUT-03 a colleague of the same alias who takes a chat is told; the own other tab is not', async () => {
    const firm = await fresh({ anna: {}, ben: {} });
    await hark.sql(`UPDATE agent SET alias = 'Support' WHERE tenant_id = ${firm.id}`);
    const [page, ben] = [await desk(firm, 'anna'), await desk(firm, 'ben')];
    const second = await ben.context().newPage();
    await second.goto(`${hark.url}/console`);
    const vera = await visitor(firm, 'I am Vera');
    await offer(second).getByText('I am Vera').waitFor();
    await offer(page).getByText('I am Vera').waitFor();
    await accept(ben, 'Vera');
    await page.getByText('Taken by Support').waitFor();
    await tab(second, 'Vera').waitFor();
    assert.equal(await second.getByText('Taken by Support').count(), 0);
    assert.equal((await texts(vera.chat)).length, 1);
  });

  test('K-02 the answer of a sync that was on its way when a chat was taken does not make it ring again', async () => {
    const firm = await fresh({ anna: {}, ben: {} });
    const page = await desk(firm, 'anna');
    const ben = await Agent.at(hark, firm, 'ben');
    const vera = await visitor(firm, 'I am Vera');
    await offer(page).getByText('I am Vera').waitFor();
    let old;
    const asked = new Promise((resolve) => {
      page.route('**/console/sync', async (route) => {
        const answer = await route.fetch();
        await new Promise((go) => { old = go; resolve(); });
        await route.fulfill({ response: answer });
      }, { times: 1 });
    });
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await asked;
    assert.equal((await ben.act(vera.chat, 'accept')).status, 200);
    await page.getByText('Taken by Ben').waitFor();
    const again = page.waitForResponse('**/console/sync');
    old();
    await again;
    await page.waitForResponse('**/console/sync', { timeout: 5000 });
    await soon(() => offer(page).isHidden(), 'nothing rings');
    assert.deepEqual(page.errors, []);
  });

  test('K-01 a network that swallows everything is told soon after the agent types, and so is its end', async () => {
    const firm = await fresh();
    const page = await desk(firm, 'anna');
    const vera = await visitor(firm, 'before the silence');
    await accept(page, 'Vera');
    await page.context().route('**/*', () => {});
    await field(page).pressSequentially('is anybody there');
    const banner = page.getByText('Connection lost. Trying again…');
    await banner.waitFor({ timeout: 20000 });
    await field(page).press('Enter');
    assert.equal((await vera.say('in the silence')).status, 200);
    await page.context().unroute('**/*');
    await banner.waitFor({ state: 'hidden', timeout: 60000 });
    await log(page).getByText('in the silence').waitFor();
    await soon(async () => (await texts(vera.chat)).includes('is anybody there'), 'what was written is sent', 40);
    assert.equal((await texts(vera.chat)).length, 3);
    assert.deepEqual(page.errors, []);
  });

  test('K-01 a ticket that does not come holds nothing up when the answer of the chat brings another', async () => {
    const firm = await fresh();
    const page = await desk(firm, 'anna');
    const vera = await visitor(firm, 'hello');
    let asked = 0;
    await page.route('**/console/ticket', () => { asked += 1; });
    await page.route(`**/console/conversations/${vera.chat}?open=*`, async (route) => {
      await soon(() => asked > 0, 'the page has asked for a ticket');
      assert.equal((await vera.say('one more')).status, 200);
      await soon(() => asked > 1, 'the stream has asked, too');
      await route.continue();
    });
    await accept(page, 'Vera');
    assert.equal((await vera.say('are you there')).status, 200);
    await log(page).getByText('are you there').waitFor({ timeout: 12000 });
    assert.deepEqual(page.errors, []);
  });

  test('a file that stalls holds no text back, and is sent again after a while', async () => {
    const firm = await fresh();
    const page = await desk(firm, 'anna');
    const vera = await visitor(firm, 'a question');
    await accept(page, 'Vera');
    await page.route('**/file?**', () => {}, { times: 1 });
    await page.locator('.composer input[type=file]').setInputFiles({ name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('a plan') });
    await field(page).press('Enter');
    await log(page).getByRole('progressbar').waitFor();
    await field(page).fill('the text');
    await field(page).press('Enter');
    await vera.heard((event) => event.type === 'message' && event.message.text === 'the text');
    assert.ok(await log(page).getByRole('progressbar').isVisible(), 'the file is still on its way');
    await vera.heard((event) => event.type === 'message' && event.message.kind === 'file', 40);
    assert.deepEqual(page.errors, []);
  });

  test('M-TOOL-03 a long text that is pasted is kept whole, counted in characters, and not sent until it fits', async () => {
    const firm = await fresh();
    const page = await desk(firm, 'anna', { options: { permissions: ['clipboard-read', 'clipboard-write'] } });
    const vera = await visitor(firm, 'a question');
    await accept(page, 'Vera');
    const long = '😀'.repeat(3990) + 'z'.repeat(13);
    await page.evaluate((words) => navigator.clipboard.writeText(words), long);
    await field(page).click();
    await page.keyboard.press('Control+v');
    await page.getByText('3 characters too many').waitFor();
    await field(page).press('Enter');
    await page.getByText('The text is too long: at most 4,000 characters. It was not sent.').waitFor();
    assert.equal(await field(page).inputValue(), long, 'nothing was cut');
    assert.deepEqual(await texts(vera.chat), ['a question']);
    for (let i = 0; i < 3; i += 1) await field(page).press('Backspace');
    await page.getByText('0 characters left').waitFor();
    await field(page).press('Enter');
    await soon(async () => (await texts(vera.chat))[1] === long.slice(0, -3), 'it is sent whole');
    assert.deepEqual(page.errors, []);
  });

  test('what was said about a refused file goes with the message that is sent', async () => {
    const firm = await fresh();
    const page = await desk(firm, 'anna');
    const vera = await visitor(firm, 'a question');
    await accept(page, 'Vera');
    await page.locator('.composer input[type=file]').setInputFiles([{ name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('a plan') },
      { name: 'bad.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') }]);
    const problem = page.locator('.composer').getByRole('alert');
    await problem.getByText(/bad\.exe/).waitFor();
    await field(page).press('Enter');
    await vera.heard((event) => event.type === 'message' && event.message.kind === 'file');
    await problem.waitFor({ state: 'hidden' });
    assert.deepEqual(page.errors, []);
  });

  test('A-CAN-05 a message that ends in a slash is sent by Enter; after an arrow key Enter inserts the canned message', async () => {
    const firm = await fresh({ boss: { role: 'Administrators' } });
    const boss = await Agent.at(hark, firm, 'boss', { status: null });
    const made = await boss.client.submit('/admin/canned/new', { name: 'Greeting', shortcut: 'hi', body: 'Hello there!' }, { form: '/admin/canned' });
    assert.equal(made.status, 303, made.text);
    const page = await desk(firm, 'boss');
    const vera = await visitor(firm, 'a question');
    await accept(page, 'Vera');
    await field(page).click();
    await page.keyboard.type('yes and / or no: /');
    await page.getByRole('option', { name: /Greeting/ }).waitFor();
    await page.keyboard.press('Enter');
    await soon(async () => (await texts(vera.chat))[1] === 'yes and / or no: /', 'it is sent as it was written');
    await page.keyboard.type('/');
    await page.getByRole('option', { name: /Greeting/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.equal(await field(page).inputValue(), 'Hello there!');
    assert.deepEqual(page.errors, []);
  });

  test('F-CONS-01 on a narrow screen the way back counts what is new in other chats', async () => {
    const firm = await fresh();
    const page = await desk(firm, 'anna');
    const vera = await visitor(firm, 'I am Vera');
    await accept(page, 'Vera');
    await visitor(firm, 'I am Wim', 'Wim');
    await accept(page, 'Wim');
    await page.setViewportSize({ width: 360, height: 740 });
    await vera.say('still there?');
    await vera.say('hello?');
    const back = page.getByRole('button', { name: 'Back to the list, 2 new' });
    await back.getByText('2').waitFor();
    await visitor(firm, 'I am Xenia', 'Xenia');
    await page.getByRole('button', { name: 'Back to the list, 3 new' }).click();
    await page.locator('.list .row-item', { hasText: 'Vera' }).locator('a').click();
    await page.getByRole('button', { name: 'Back to the list, 1 new' }).waitFor();
    assert.deepEqual(page.errors, []);
  });
});
