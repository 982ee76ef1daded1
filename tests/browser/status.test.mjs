// SPDX-License-Identifier: BSD-2-Clause
// status.test.mjs - statuses in the console: the menu, the banner that says who or what has set mine, colleagues, activity.
import { after, afterEach, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { startHark } from '../harness/hark.mjs';
import { company, Visitor } from '../harness/chat.mjs';
import { accessibilityProblems, noBrowser, openBrowser } from '../harness/browser.mjs';
import { assertFitsWidth, openConsole, soon } from '../harness/screens.mjs';

const MINUTE = 60000;
let hark;
let browser;
let companies = 0;
const ends = [];

/** A company with anna, ben and an administrator bob, and the away status Lunch. */
async function fresh() {
  companies += 1;
  const firm = await company(hark, `desk${companies}`, { agents: { anna: {}, ben: {}, bob: { role: 'Administrators' } } });
  await hark.sql(`INSERT INTO setting (tenant_id, name, value, updated_at) VALUES (${firm.id}, 'presence', '{"away_minutes":"30","away_missed":"3"}', 1)`);
  const done = await hark.hark(['key', 'create', '--tenant', firm.code, '--account', 'bob', '--name', 'tests', '--json']);
  const client = hark.client({ headers: { 'X-Api-Key': done.json().key } });
  firm.api = (method, path, body) => client.json(method, `/api/v1/${path}`, body);
  firm.lunch = (await firm.api('POST', 'away-statuses', { name: 'Lunch' })).json().id;
  return firm;
}

async function desk(firm, account, options = {}) {
  const context = await browser.newContext(options);
  ends.push(() => context.close());
  return openConsole(context, hark, firm, account);
}

const menu = (page) => page.getByLabel('My status');
const banner = (page) => page.locator('.strip-why');
const row = async (firm, name) => (await hark.sql(`SELECT * FROM agent WHERE id = ${firm.agents[name]}`))[0];
const becomes = (firm, name, status) => soon(async () => (await row(firm, name)).status === status, `${name} is ${status}`);
const shot = (page, name) => (process.env.HARK_SHOTS ? page.screenshot({ path: `${process.env.HARK_SHOTS}/${name}.png` }) : null);

async function openColleagues(page) {
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('button', { name: 'Colleagues' }).click();
  return page.locator('dialog.is-colleagues');
}

describe('statuses in the console', { skip: noBrowser() }, () => {
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

  test('A-AWAY-02 the menu lists Online, Away, the away statuses and Offline, as they are at the moment', async () => {
    const firm = await fresh();
    const page = await desk(firm, 'anna');
    const names = () => menu(page).locator('option').allTextContents();
    assert.deepEqual(await names(), ['Online', 'Away', 'Lunch', 'Offline']);
    await menu(page).selectOption('Lunch');
    await becomes(firm, 'anna', 'away');
    assert.equal(Number((await row(firm, 'anna')).away_id), firm.lunch);
    assert.equal(await banner(page).isVisible(), false, 'one’s own choice needs no banner');
    await firm.api('POST', 'away-statuses', { name: 'Dentist' });
    await soon(async () => (await names()).join() === 'Online,Away,Dentist,Lunch,Offline', 'the new one');
    assert.equal(await menu(page).inputValue(), `away:${firm.lunch}`);
    await firm.api('PATCH', `away-statuses/${firm.lunch}`, { name: 'Midday' });
    await soon(async () => (await names()).join() === 'Online,Away,Dentist,Midday,Offline', 'the new name');
    await shot(page, 'menu');
    await page.reload();
    await page.locator('#console[aria-busy]').waitFor({ state: 'detached' });
    assert.equal(await menu(page).inputValue(), `away:${firm.lunch}`);
    await firm.api('DELETE', `away-statuses/${firm.lunch}`);
    await soon(async () => await menu(page).inputValue() === 'away', 'plain Away');
    assert.deepEqual(page.errors, []);
  });

  test('P-46 without activity the console says that I am away, and one press makes me online again', async () => {
    const firm = await fresh();
    const page = await desk(firm, 'anna');
    await menu(page).selectOption('Online');
    await becomes(firm, 'anna', 'online');
    await hark.sql(`UPDATE agent SET active_at = active_at - ${31 * MINUTE} WHERE id = ${firm.agents.anna}`);
    await banner(page).getByText('You were set to Away after 30 minutes without activity.').waitFor();
    assert.equal(await menu(page).inputValue(), 'away');
    assert.deepEqual(await accessibilityProblems(page), []);
    await shot(page, 'banner');
    await page.reload();
    await banner(page).getByText('You were set to Away after 30 minutes').waitFor();
    await banner(page).getByRole('button', { name: 'Go online again' }).click();
    await banner(page).waitFor({ state: 'hidden' });
    await becomes(firm, 'anna', 'online');
    assert.deepEqual(page.errors, []);
  });

  test('P-46 keys and pointer are told with the renewal of the ticket, from any tab', async () => {
    const firm = await fresh();
    const page = await desk(firm, 'anna');
    const told = [];
    page.context().on('request', (request) => {
      if (request.url().endsWith('/console/ticket')) told.push(request.postDataJSON().idle);
    });
    const second = await page.context().newPage();
    await second.goto(`${hark.url}/console`);
    await second.locator('#console[aria-busy]').waitFor({ state: 'detached' });
    await second.keyboard.press('j');
    await second.mouse.move(40, 40);
    await second.mouse.move(60, 60);
    // A chat on the screen wants a new ticket. When its own answer brings none, the renewal comes without waiting for the minute.
    await page.route(/\/console\/conversations\/\d+\?/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), ticket: undefined } });
    });
    await menu(page).selectOption('Online');
    await becomes(firm, 'anna', 'online');
    const vera = new Visitor(hark, firm.key);
    ends.push(() => vera.stop());
    await vera.start('Hello');
    await page.getByRole('region', { name: 'Incoming chats' }).getByRole('button', { name: 'Accept' }).click();
    await soon(() => told.length > 0, 'a renewal');
    for (const idle of told) assert.ok(Number.isInteger(idle) && idle >= 0 && idle < 600, String(idle));
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  });

  test('P-46 who did not answer in time is told, and after three is away', async () => {
    const firm = await fresh();
    const page = await desk(firm, 'anna');
    await menu(page).selectOption('Online');
    await becomes(firm, 'anna', 'online');
    const vera = new Visitor(hark, firm.key);
    ends.push(() => vera.stop());
    await vera.start('Is anybody there?', { name: 'Vera' });
    const ringing = page.getByRole('region', { name: 'Incoming chats' });
    for (let i = 0; i < 3; i += 1) {
      await ringing.getByText('Is anybody there?').waitFor();
      await hark.sql(`UPDATE offer SET offered_at = offered_at - ${10 * MINUTE} WHERE conversation_id = ${vera.chat} AND state = 'ringing'`);
      await ringing.waitFor({ state: 'hidden' });
      await hark.sql(`UPDATE offer SET answered_at = answered_at - ${MINUTE} WHERE conversation_id = ${vera.chat} AND state = 'missed'`);
    }
    await page.getByText('You did not answer Vera in time.').first().waitFor();
    await banner(page).getByText('You were set to Away because 3 chats in a row were not answered.').waitFor();
    await becomes(firm, 'anna', 'away');
    assert.deepEqual(page.errors, []);
  });

  test('P-46 a supervisor sets a colleague’s status; the colleague sees at once who did it', async () => {
    const firm = await fresh();
    const [anna, bob] = [await desk(firm, 'anna'), await desk(firm, 'bob')];
    await menu(anna).selectOption('Online');
    const list = await openColleagues(bob);
    const line = list.locator('.colleague', { hasText: 'Anna' });
    await soon(async () => await line.locator('select').inputValue() === 'online', 'anna is shown online');
    await line.locator('select').selectOption('Lunch');
    await bob.getByText('The status of Anna was set.').waitFor();
    await banner(anna).getByText('Bob has set your status to Lunch.').waitFor();
    assert.equal(await menu(anna).inputValue(), `away:${firm.lunch}`);
    assert.deepEqual(await accessibilityProblems(bob), []);
    await shot(bob, 'colleagues');
    await banner(anna).getByRole('button', { name: 'Dismiss' }).click();
    await banner(anna).waitFor({ state: 'hidden' });
    await anna.reload();
    await anna.locator('#console[aria-busy]').waitFor({ state: 'detached' });
    assert.equal(await banner(anna).isVisible(), false, 'dismissed is dismissed');
    assert.deepEqual([...anna.errors, ...bob.errors], []);
  });

  test('colleagues show the away status in the list and when a chat is passed on; who may not set it sees no select', async () => {
    const firm = await fresh();
    const [anna, ben] = [await desk(firm, 'anna'), await desk(firm, 'ben')];
    await menu(ben).selectOption('Lunch');
    await menu(anna).selectOption('Online');
    const list = await openColleagues(anna);
    await list.locator('.colleague', { hasText: 'Ben' }).getByText('Lunch').waitFor();
    assert.equal(await list.locator('select').count(), 0);
    await list.locator('.dialog-foot').getByRole('button', { name: 'Close' }).click();
    const vera = new Visitor(hark, firm.key);
    ends.push(() => vera.stop());
    await vera.start('Hello', { name: 'Vera' });
    await anna.getByRole('region', { name: 'Incoming chats' }).getByRole('button', { name: 'Accept' }).click();
    await anna.getByRole('heading', { level: 1, name: 'Vera' }).waitFor();
    await anna.getByRole('button', { name: 'Transfer' }).first().click();
    await anna.locator('.target', { hasText: 'Ben' }).getByText('Lunch').waitFor();
    assert.deepEqual([...anna.errors, ...ben.errors], []);
  });

  test('of two quick choices the later one counts, however slow the first request is', async () => {
    const firm = await fresh();
    const page = await desk(firm, 'anna');
    let letGo;
    const held = new Promise((resolve) => { letGo = resolve; });
    const sent = [];
    let answered = 0;
    page.on('response', (response) => { answered += response.url().endsWith('/console/status') ? 1 : 0; });
    await page.route('**/console/status', async (route) => {
      sent.push(route.request().postDataJSON().status);
      if (sent.length === 1) await held;
      await route.continue();
    });
    await menu(page).selectOption('Lunch');
    await soon(() => sent.length === 1, 'the first is on its way');
    await menu(page).selectOption('Online');
    await page.evaluate(() => fetch('/console/state').then((reply) => reply.text()));   // what was sent by now has been answered
    letGo();
    await soon(() => answered === 2, 'both are answered');
    assert.deepEqual(sent, [`away:${firm.lunch}`, 'online']);
    assert.equal((await row(firm, 'anna')).status, 'online');
    assert.equal(await menu(page).inputValue(), 'online');
    assert.deepEqual(page.errors, []);
  });

  test('menu, banner and colleagues fit a small screen, also in the dark', async () => {
    const firm = await fresh();
    await firm.api('POST', 'away-statuses', { name: 'In a meeting with the whole department' });
    const page = await desk(firm, 'bob', { viewport: { width: 360, height: 720 }, colorScheme: 'dark' });
    await menu(page).selectOption('In a meeting with the whole department');
    await assertFitsWidth(page);
    await firm.api('PATCH', `agents/${firm.agents.anna}/status`, { status: 'online' });
    await menu(page).selectOption('Online');
    await becomes(firm, 'bob', 'online');
    await hark.sql(`UPDATE agent SET active_at = active_at - ${31 * MINUTE} WHERE id = ${firm.agents.bob}`);
    await banner(page).getByText('30 minutes').waitFor();
    await assertFitsWidth(page);
    await shot(page, 'small-banner');
    await openColleagues(page);
    await assertFitsWidth(page);
    await shot(page, 'small-colleagues');
  });

  test('the log, an agent’s status and the settings in the control panel, without JavaScript and on a small screen', async () => {
    const firm = await fresh();
    for (const status of ['online', `away:${firm.lunch}`, 'online', 'offline']) await firm.api('PATCH', `agents/${firm.agents.anna}/status`, { status });
    const sizes = [{ name: 'wide', options: { javaScriptEnabled: false } }, { name: 'small', options: { viewport: { width: 360, height: 740 }, colorScheme: 'dark' } }];
    for (const { name, options } of sizes) {
      const context = await browser.newContext(options);
      ends.push(() => context.close());
      const panel = await context.newPage();
      await panel.goto(`${hark.url}/sign-in?next=/admin/status-log`);
      await panel.locator('[name=company]').fill(firm.code);
      await panel.locator('[name=account]').fill('bob');
      await panel.locator('[name=password]').fill('a long enough secret');
      await panel.locator('[name=password]').press('Enter');
      await panel.waitForURL((url) => url.pathname === '/admin/status-log');
      assert.equal(await panel.locator('tbody tr').count(), name === 'wide' ? 4 : 5);
      await assertFitsWidth(panel);
      await shot(panel, `log-${name}`);
      await panel.locator('tbody a', { hasText: 'Anna' }).first().click();
      await panel.waitForURL(/\/admin\/agents\/\d+\/status/);
      await panel.getByLabel('Status', { exact: true }).selectOption('Lunch');
      await panel.getByRole('button', { name: 'Set the status' }).click();
      await panel.getByText('Saved.').waitFor();
      await assertFitsWidth(panel);
      await shot(panel, `status-${name}`);
      await panel.goto(`${hark.url}/admin/settings/presence`);
      await assertFitsWidth(panel);
      await shot(panel, `presence-${name}`);
      if (name === 'small') assert.deepEqual(await accessibilityProblems(panel), []);
    }
  });
});
