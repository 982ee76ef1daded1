// SPDX-License-Identifier: BSD-2-Clause
// duty_hours.test.mjs - what visitors and agents read outside the working hours, in a real browser.
import { after, afterEach, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { startHark } from '../harness/hark.mjs';
import { Agent, company, Visitor } from '../harness/chat.mjs';
import { accessibilityProblems, noBrowser, openBrowser, startSite } from '../harness/browser.mjs';
import { assertFitsWidth, openConsole, shopPage, snippet, soon, watchErrors, Widget } from '../harness/screens.mjs';

const SHOTS = process.env.HARK_SCREENSHOTS;      // a folder, to look at the pages
const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const week = (periods) => Object.fromEntries(DAYS.map((day) => [day, periods]));
let hark;
let browser;
let companies = 0;
const ends = [];

/** A company whose queue has hours of its own: open or closed all week. anna is online, bob may do everything. */
async function fresh(periods, agents = {}) {
  companies += 1;
  const firm = await company(hark, `duty${companies}`, { agents: { anna: {}, bob: { role: 'Administrators', queue: false }, ...agents } });
  const done = await hark.hark(['key', 'create', '--tenant', firm.code, '--account', 'bob', '--name', 'tests', '--json']);
  const client = hark.client({ headers: { 'X-Api-Key': done.json().key } });
  firm.api = async (method, path, body) => {
    const reply = await client.json(method, `/api/v1/${path}`, body);
    assert.ok(reply.status < 300, `${method} ${path}: ${reply.status} ${reply.text}`);
    return reply.json();
  };
  firm.hours = (await firm.api('POST', 'calendars', { name: 'Desk', time_zone: 'UTC', ...week(periods) })).id;
  await firm.api('PATCH', `queues/${firm.queue}`, { calendar_id: firm.hours });
  firm.set = (hours) => firm.api('PATCH', `calendars/${firm.hours}`, week(hours));
  /** Open for an hour in three days: the moment at which it begins. */
  firm.opening = async () => {
    const day = new Date(Date.now() + 3 * 86400000).toISOString().slice(0, 10);
    await firm.api('POST', 'holidays', { calendar_id: firm.hours, name: 'Fair', first_day: day, kind: 'instead', periods: '14:30-15:30' });
    return new Date(`${day}T14:30:00Z`);
  };
  return firm;
}

/** Its pages say no language: the browser's holds. */
async function shopOf(firm) {
  const site = await startSite({ '/': () => shopPage('Shop', snippet(hark, firm.key)).replace(' lang="en"', '') });
  ends.push(() => site.stop());
  return site;
}

async function visit(site, options = {}) {
  const context = await browser.newContext(options);
  ends.push(() => context.close());
  const page = await context.newPage();
  page.errors = watchErrors(page);
  await page.goto(`${site.url}/`);
  return { page, widget: new Widget(page) };
}

async function online(firm, name) {
  const agent = await Agent.at(hark, firm, name);
  ends.push(() => agent.stop());
  agent.listen();
  return agent;
}

async function desk(firm, account, options = {}) {
  const context = await browser.newContext(options);
  ends.push(() => context.close());
  return openConsole(context, hark, firm, account);
}

async function shot(page, name) {
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}.png` });
}

describe('working hours at work, in a browser', { skip: noBrowser() }, () => {
  before(async () => {
    hark = await startHark();
    browser = await openBrowser();
    if (SHOTS) mkdirSync(SHOTS, { recursive: true });
  });
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });
  after(async () => {
    await browser?.close();
    await hark?.stop();
  });

  test('F-SCHED-01 A-WID-08 outside the hours the button is gray, and the panel says when somebody is back, in the visitor\'s language and time', async () => {
    const firm = await fresh('');
    const opening = await firm.opening();
    await online(firm, 'anna');
    const site = await shopOf(firm);
    const reads = async (options, before, name) => {
      const { page, widget } = await visit(site, options);
      await widget.button.waitFor();
      assert.equal(await widget.button.evaluate((button) => getComputedStyle(button).backgroundColor), 'rgb(89, 99, 110)');
      await widget.button.click();
      const day = new Intl.DateTimeFormat(options.locale, { weekday: 'long', timeZone: options.timezoneId }).format(opening);
      const time = new Intl.DateTimeFormat(options.locale, { hour: 'numeric', minute: '2-digit', timeZone: options.timezoneId }).format(opening);
      const text = await widget.frame.locator('.closed .back').textContent();
      assert.ok(text.startsWith(before) && text.includes(day) && text.replace(/\s/g, ' ').includes(time.replace(/\s/g, ' ')), `${text} (${day}, ${time})`);
      await shot(page, name);
      assert.deepEqual(page.errors, []);
      return widget;
    };
    const plain = await reads({ locale: 'en', timezoneId: 'UTC' }, 'We are back on ', 'widget');
    await plain.frame.getByText('We are closed at the moment.').waitFor();
    await firm.api('PATCH', `queues/${firm.queue}`, { closed_message: 'Our workshop is closed.\nWrite to workshop@example.com, and we answer as soon as we are back.' });
    const small = await reads({ locale: 'fr', timezoneId: 'America/New_York', viewport: { width: 360, height: 740 }, colorScheme: 'dark' }, 'Nous serons de retour ', 'widget-small-dark');
    await small.frame.getByText('Our workshop is closed.').waitFor();
    await reads({ locale: 'es', timezoneId: 'Asia/Tokyo' }, 'Volvemos el ', 'widget-es');
    await reads({ locale: 'pt', timezoneId: 'Europe/Lisbon' }, 'Estaremos de volta: ', 'widget-pt');
  });

  test('F-SCHED-01 U-43 a visitor who waits when the hours end reads so, and the rest is as before when they begin', async () => {
    const firm = await fresh('00:00-24:00');
    await firm.api('PATCH', `queues/${firm.queue}`, { closed_message: 'Good night!' });
    await online(firm, 'anna');
    const { page, widget } = await visit(await shopOf(firm));
    await widget.button.waitFor();
    await widget.start('Is anybody there?');
    await widget.frame.getByText('You are next in line').waitFor();
    await firm.set('');
    await widget.frame.getByText('Good night!').waitFor();
    await widget.frame.getByText('You are next in line').waitFor();
    await widget.say('Then tomorrow');
    await shot(page, 'widget-waiting');
    await firm.set('00:00-24:00');
    await widget.frame.getByText('Good night!').waitFor({ state: 'detached' });
    await widget.frame.getByText('We will be with you shortly').waitFor();
    assert.deepEqual(page.errors, []);
  });

  test('F-AVAIL-01 an agent outside the hours reads so beside the status, a supervisor in the list, both until it changes', async () => {
    const firm = await fresh('00:00-24:00', { sue: { role: 'Administrators', queue: false } });
    const opening = await firm.opening();
    const anna = await online(firm, 'anna');
    await firm.set('');
    const time = new RegExp(`until .*${String(opening.getUTCMinutes()).padStart(2, '0')}`);
    const page = await desk(firm, 'anna');
    const strip = page.locator('.strip', { hasText: 'Outside your working hours' });
    await strip.waitFor();
    assert.match(await strip.textContent(), time);
    assert.match(await strip.textContent(), /nothing rings/);
    await assertFitsWidth(page);
    assert.deepEqual(await accessibilityProblems(page), []);
    await shot(page, 'console');
    const boss = await desk(firm, 'sue', { viewport: { width: 360, height: 740 }, colorScheme: 'dark' });
    await boss.getByRole('button', { name: 'Menu' }).click();
    await boss.getByRole('button', { name: 'Colleagues' }).click();
    const line = boss.locator(`.colleague[data-id="${firm.agents.anna}"]`);
    await line.getByText('Outside the working hours').waitFor();
    assert.match(await line.textContent(), time);
    await assertFitsWidth(boss);
    assert.deepEqual(await accessibilityProblems(boss), []);
    await shot(boss, 'colleagues-small-dark');
    // The queue keeps no hours any more; what anna sets herself is heard at once, and brings that too.
    await firm.api('PATCH', `queues/${firm.queue}`, { calendar_id: null });
    await anna.client.submit('/admin/availability', { always: '1' }, { form: '/admin/availability' });
    await strip.waitFor({ state: 'hidden' });
    await line.getByText('Outside the working hours').waitFor({ state: 'hidden' });
    const small = await desk(firm, 'anna', { viewport: { width: 360, height: 740 } });
    await anna.client.submit('/admin/availability', { always: null, ...week('') }, { form: '/admin/availability' });
    await small.locator('.strip', { hasText: 'Outside your working hours: nothing rings.' }).waitFor();
    await assertFitsWidth(small);
    await shot(small, 'console-small');
    assert.deepEqual([...page.errors, ...boss.errors, ...small.errors], []);
  });
});
