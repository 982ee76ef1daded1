// SPDX-License-Identifier: BSD-2-Clause
// owner.test.mjs - the way of a new company's owner, from the host's panel and a mail to the first answered chat, by clicks alone.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { noBrowser, openBrowser, startSite } from '../harness/browser.mjs';
import { startHark } from '../harness/hark.mjs';
import { noPostfix, startPostfix } from '../harness/postfix.mjs';
import { assertFitsWidth, shopPage, soon, watchErrors, Widget } from '../harness/screens.mjs';

const PASSWORD = 'a long enough secret';
const STEPS = ['Choose your look', 'Add your colleagues', 'Sort them into queues', 'Set your working hours', 'Put the chat on your web site',
  'Write answers that you often need', 'Answer a first chat'];
const linkOf = (mail, path) => new RegExp(`^(http\\S+${path}\\?token=\\S+)$`, 'm').exec(mail.text)[1];

describe('the way of an owner', { skip: noBrowser() || noPostfix() }, () => {
  let hark;
  let postfix;
  let browser;
  const errors = [];

  before(async () => {
    postfix = await startPostfix();
    hark = await startHark({ conf: { smtp_url: `smtp://127.0.0.1:${postfix.port}` } });
    browser = await openBrowser();
    const made = await hark.hark(['operator', 'create', '--email', 'olga@host.example', '--name', 'Olga Host', '--password-file', '-'], { input: PASSWORD });
    assert.equal(made.code, 0, made.stderr);
  });
  after(async () => {
    await browser?.close();
    await hark?.stop();
    await postfix?.end();
  });

  /** A window of somebody's own. */
  async function somebody(options = {}) {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })).newPage();
    page.setDefaultTimeout(10000);
    errors.push(watchErrors(page));
    return page;
  }

  const save = (page, name = 'Save') => Promise.all([page.waitForNavigation(), page.locator('main').getByRole('button', { name, exact: true }).first().click()]);
  const step = (page, label) => page.locator('.start-steps li', { hasText: label });

  /** Opens a step from the list, which was not done before. */
  async function follow(page, label) {
    assert.equal(await step(page, label).locator('.tick').count(), 0, `${label} is open`);
    await step(page, label).getByRole('link').click();
    await page.waitForURL((url) => url.pathname !== '/admin');
  }

  /** By the page's own way back to the list, where the step is ticked now. */
  async function back(page, label) {
    await page.locator('main').getByRole('link', { name: 'First steps' }).click();
    await step(page, label).locator('.tick').waitFor();
  }

  async function makeCompany() {
    const page = await somebody();
    await page.goto(`${hark.url}/host`);
    await page.getByLabel('E-mail').fill('olga@host.example');
    await page.locator('[name=password]').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: 'New company' }).first().click();
    await page.locator('[name=name]').fill('Dune Tours');
    await page.locator('[name=code]').fill('dune');
    await page.locator('[name=owner_email]').fill('dora@dune.example');
    await page.locator('[name=owner_name]').fill('Dora Dune');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { name: /Dune Tours/ }).waitFor();
    await page.context().close();
  }

  /** The owner, signed in by the mail's link and a password of her own. */
  async function enter(options = {}) {
    const mail = await postfix.mailTo('dora@dune.example');
    assert.equal(mail.subject, 'Your account at Dune Tours is ready');
    const page = await somebody(options);
    await page.goto(linkOf(mail, '/forgot/code'));
    await page.locator('[name=new_password]').fill(PASSWORD);
    await page.locator('[name=confirm_password]').fill(PASSWORD);
    await save(page, 'Reset password');
    const company = page.locator('[name=company]');
    assert.equal(await company.inputValue(), 'dune', 'the company is known from the mail');
    assert.equal(await page.locator('[name=account]').inputValue(), 'dora');
    await page.locator('[name=password]').fill(PASSWORD);
    await save(page, 'Sign in');
    await page.getByRole('heading', { name: 'Welcome, Dora Dune' }).waitFor();
    return page;
  }

  async function chooseLooks(page) {
    await follow(page, 'Choose your look');
    await page.getByLabel('Name', { exact: true }).fill('Dune Tours & Travel');
    await save(page);
    await back(page, 'Choose your look');
  }

  async function inviteColleague(page) {
    await follow(page, 'Add your colleagues');
    await page.locator('main').getByRole('link', { name: 'New invitation' }).first().click();
    await page.locator('[name=email]').fill('carl@dune.example');
    await page.getByLabel('Agents', { exact: true }).check();
    await save(page, 'Send the invitation');
    await page.getByText('carl@dune.example').first().waitFor();
    const carl = await somebody();
    await carl.goto(linkOf(await postfix.mailTo('carl@dune.example'), '/invitation'));
    await carl.locator('[name=first_name]').fill('Carl');
    await carl.locator('[name=last_name]').fill('Camel');
    await carl.locator('[name=alias]').fill('Carl');
    await carl.locator('[name=new_password]').fill(PASSWORD);
    await carl.locator('[name=confirm_password]').fill(PASSWORD);
    await save(carl, 'Accept the invitation');
    await carl.waitForURL((url) => url.pathname !== '/invitation');
    await carl.context().close();
    await back(page, 'Add your colleagues');
  }

  async function sortIntoQueues(page) {
    await follow(page, 'Sort them into queues');
    await page.locator('main').getByRole('link', { name: 'Inbox', exact: true }).click();
    await page.getByLabel('Dora', { exact: true }).check();
    await page.getByLabel('Carl', { exact: true }).check();
    await save(page);
    await back(page, 'Sort them into queues');
  }

  async function setHours(page) {
    await follow(page, 'Set your working hours');
    await page.locator('main').getByRole('link', { name: 'Working hours', exact: true }).click();
    await save(page);
    await back(page, 'Set your working hours');
  }

  /** The code goes from the page into a site of another origin, and a visitor sees it there. */
  async function installWidget(page, pages, site) {
    await follow(page, 'Put the chat on your web site');
    const code = await page.locator('#code').inputValue();
    pages['/'] = shopPage('Dune Tours', code);
    const vera = await somebody();
    await vera.goto(`${site.url}/`);
    const widget = new Widget(vera);
    await widget.button.waitFor();
    await back(page, 'Put the chat on your web site');
    await page.getByText('It was seen on localhost.').waitFor();
    return widget;
  }

  async function writeAnswer(page) {
    await follow(page, 'Write answers that you often need');
    await page.locator('main').getByRole('link', { name: 'New canned message' }).first().click();
    await page.locator('[name=name]').fill('Welcome');
    await page.locator('[name=body]').fill('Welcome at Dune Tours!');
    await save(page);
    await back(page, 'Write answers that you often need');
  }

  async function answerChat(page, widget) {
    await follow(page, 'Answer a first chat');
    await page.locator('#console[aria-busy]').waitFor({ state: 'detached' });
    await page.getByLabel('My status').selectOption('online');
    await soon(async () => (await hark.sql("SELECT status FROM agent WHERE account = 'dora'"))[0].status === 'online', 'Dora is online');
    await widget.start('Do you have camels?');
    await page.getByRole('region', { name: 'Incoming chats' }).getByRole('button', { name: 'Accept' }).click();
    await page.locator('.composer .field').fill('Two hundred of them.');
    await page.locator('.composer .field').press('Enter');
    await widget.log.getByText('Two hundred of them.').waitFor();
    await page.locator('.menu-button').click();
    await page.getByRole('link', { name: 'Control panel' }).or(page.getByRole('menuitem', { name: 'Control panel' })).first().click();
    await step(page, 'Answer a first chat').locator('.tick').waitFor();
  }

  test('from the mail to the first answer, each step led to by the page before', async () => {
    const pages = { '/': shopPage('Dune Tours', '') };
    const site = await startSite(pages);
    await makeCompany();
    const page = await enter();
    assert.deepEqual(await page.locator('.start-steps li strong').allTextContents(), STEPS);
    assert.equal(await page.locator('.start-steps .tick').count(), 0, 'a new company has done nothing yet');
    await chooseLooks(page);
    await inviteColleague(page);
    await sortIntoQueues(page);
    await setHours(page);
    const widget = await installWidget(page, pages, site);
    await writeAnswer(page);
    await answerChat(page, widget);
    await page.getByText('All is ready.').waitFor();
    assert.equal(await page.locator('.start-steps .tick').count(), STEPS.length);
    await assertFitsWidth(page);
    await page.getByRole('button', { name: 'Hide' }).click();
    await page.getByText('The first steps are put away.').waitFor();
    assert.equal(await page.locator('.start-steps').count(), 0);
    assert.deepEqual(errors.flat(), []);
    await site.stop();
  });
});
