// SPDX-License-Identifier: BSD-2-Clause
// telegram.test.mjs - one desk, two channels: a visitor of the web site and a person on Telegram, in tabs of the same console.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { startHark } from '../harness/hark.mjs';
import { company, Visitor } from '../harness/chat.mjs';
import { accessibilityProblems, noBrowser, openBrowser } from '../harness/browser.mjs';
import { assertFitsWidth, openConsole, soon } from '../harness/screens.mjs';
import { person, startTelegram } from '../harness/telegram.mjs';
import { png } from '../harness/pictures.mjs';
import { accept, log, say, tab } from './console_desks.mjs';

let hark;
let browser;
let telegram;
let firm;
let bot;

/** The account, made by the administrator on its page. */
async function connect() {
  const page = await openConsole(await browser.newContext(), hark, firm, 'boss');
  await page.goto(`${hark.url}/admin/accounts`);
  await page.getByRole('link', { name: 'New channel account' }).first().click();
  await page.getByRole('heading', { name: 'How to get a bot token' }).waitFor();
  assert.deepEqual(await accessibilityProblems(page), []);
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Shop bot');
  await page.getByRole('textbox', { name: 'Bot token' }).fill(bot.token);
  await page.getByLabel('Queue').selectOption({ label: 'Inbox' });
  await page.getByRole('textbox', { name: 'Greeting' }).fill('Hello! How can we help you?');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Shop bot').first().waitFor();
  await soon(async () => bot.hook !== null && (await hark.sql(`SELECT state FROM account WHERE tenant_id = ${firm.id}`))[0].state === 'connected', 'the bot is connected', 40);
  await page.goto(`${hark.url}/admin/accounts`);
  await page.getByText('@shop_bot').waitFor();
  await page.getByRole('link', { name: 'Shop bot', exact: true }).click();
  await page.getByRole('button', { name: 'Check now' }).waitFor();
  assert.deepEqual(await accessibilityProblems(page), []);
  await page.setViewportSize({ width: 360, height: 740 });
  await assertFitsWidth(page);
  await page.context().close();
}

describe('Telegram in the console', { skip: noBrowser() }, () => {
  before(async () => {
    telegram = await startTelegram();
    hark = await startHark({ conf: { telegram_url: telegram.url } });
    browser = await openBrowser();
    firm = await company(hark, 'acme', { agents: { boss: { role: 'Administrators', queue: false }, anna: {} } });
    bot = telegram.bot('shop_bot');
    await connect();
  });
  after(async () => {
    await browser?.close();
    await hark?.stop();
    await telegram?.end();
  });

  test('X-CHAT-04 one agent answers a chat of the web site and one of Telegram at the same time, in tabs', async () => {
    const page = await openConsole(await browser.newContext(), hark, firm, 'anna');
    await page.getByLabel('My status').selectOption('online');
    await soon(async () => (await hark.sql(`SELECT status FROM agent WHERE id = ${firm.agents.anna}`))[0].status === 'online', 'anna is online');

    const vera = new Visitor(hark, firm.key);
    assert.equal((await vera.start('Where is my parcel?', { name: 'Vera' })).status, 200);
    vera.listen();
    await accept(page, 'Vera');
    const tom = person(4711, { first_name: 'Tom', last_name: 'Berg', username: 'tomberg' });
    assert.equal((await telegram.write(bot, tom, 'Do you repair boots?')).status, 200);
    await accept(page, 'Tom Berg');

    assert.equal(await page.locator('.tabs .tab').count(), 2);
    await tab(page, 'Tom Berg').getByRole('img', { name: 'Telegram' }).waitFor();
    assert.equal(await tab(page, 'Vera').getByRole('img', { name: 'Telegram' }).count(), 0);
    await page.locator('.list .row-item', { hasText: 'Tom Berg' }).getByRole('img', { name: 'Telegram' }).waitFor();
    await page.locator('.head').getByText('Telegram').waitFor();
    await page.locator('.side').getByText('@tomberg').waitFor();

    await say(page, 'Yes, we do.');
    await soon(() => telegram.texts(tom).includes('Yes, we do.'), 'Tom has it', 30);
    await log(page).locator('.message', { hasText: 'Yes, we do.' }).getByText('Sent').waitFor();
    await tab(page, 'Vera').click();
    await say(page, 'It is on its way.');
    await vera.heard((event) => event.type === 'message' && event.message.text === 'It is on its way.');
    await telegram.write(bot, tom, 'How much?');
    await tab(page, 'Tom Berg').getByText('1', { exact: true }).waitFor();
    await vera.say('Thanks!');
    await log(page).getByText('Thanks!').waitFor();
    await tab(page, 'Tom Berg').click();
    await log(page).getByText('How much?').waitFor();
    await telegram.write(bot, tom, { photo: [telegram.file(png(300, 200), { path: 'photos/file_1.png' })], caption: 'These' });
    await log(page).locator('.file-picture img, .file-line').first().waitFor();
    await log(page).getByText('These').waitFor();

    telegram.blocked.add(tom.id);
    await say(page, 'Twenty.');
    const bubble = log(page).locator('.message', { hasText: 'Twenty.' });
    await bubble.getByText('Not delivered: this person has blocked the bot.').waitFor({ timeout: 30000 });
    await vera.say('Bye');
    await soon(async () => (await tab(page, 'Vera').textContent()).includes('1'), 'the other tab goes on counting');
    if (process.env.HARK_SHOTS) {
      await page.screenshot({ path: `${process.env.HARK_SHOTS}/console.png` });
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.screenshot({ path: `${process.env.HARK_SHOTS}/console-dark.png` });
      await page.emulateMedia({ colorScheme: 'light' });
    }
    assert.deepEqual(await accessibilityProblems(page), []);
    telegram.blocked.delete(tom.id);
    await bubble.getByRole('button', { name: 'Send again' }).click();
    await bubble.getByText('Not delivered').waitFor({ state: 'detached', timeout: 30000 });
    await soon(() => telegram.texts(tom).includes('Twenty.'), 'it arrived', 30);

    await page.getByRole('button', { name: 'End chat' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End chat' }).click();
    await soon(() => telegram.texts(tom).some((text) => text.startsWith('The chat has ended.')), 'Tom is told', 30);
    assert.equal((await hark.sql(`SELECT state FROM conversation WHERE id = ${vera.chat}`))[0].state, 'active');
    await page.setViewportSize({ width: 360, height: 740 });
    await assertFitsWidth(page);
    if (process.env.HARK_SHOTS) await page.screenshot({ path: `${process.env.HARK_SHOTS}/console-360.png` });
    await vera.stop();
    assert.deepEqual(page.errors, []);
  });
});
