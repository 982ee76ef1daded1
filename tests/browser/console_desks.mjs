// SPDX-License-Identifier: BSD-2-Clause
// console_desks.mjs - agents at the console and visitors who write to them, for the console's tests.
import assert from 'node:assert/strict';
import { startHark } from '../harness/hark.mjs';
import { company, Visitor } from '../harness/chat.mjs';
import { openBrowser } from '../harness/browser.mjs';
import { openConsole, soon } from '../harness/screens.mjs';

export let hark;
export let browser;
export const ends = [];
let companies = 0;

export async function desksOpen() {
  hark = await startHark();
  browser = await openBrowser();
}

/** After each test: what it has opened. */
export async function desksTidy() {
  for (const end of ends.splice(0).reverse()) await end();
}

export async function desksClose() {
  await browser?.close();
  await hark?.stop();
}

/** A company of its own. */
export async function fresh(agents = { anna: {} }) {
  companies += 1;
  return company(hark, `desk${companies}`, { agents });
}

/** Counts in globalThis.notes what sounds. */
function countNotes() {
  globalThis.notes = 0;
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...args) {
    globalThis.notes += 1;
    return start.apply(this, args);
  };
}

/** An agent in a browser of their own, online. */
export async function desk(firm, account, { status = 'online', options = {}, from = browser, notes = false } = {}) {
  const context = await from.newContext(options);
  ends.push(() => context.close());
  if (notes) await context.addInitScript(countNotes);
  const page = await openConsole(context, hark, firm, account);
  if (status) {
    await page.getByLabel('My status').selectOption(status);
    await soon(async () => (await hark.sql(`SELECT status FROM agent WHERE id = ${firm.agents[account]}`))[0].status === status, `${account} is ${status}`);
  }
  return page;
}

/** A visitor who has written, and listens. */
export async function visitor(firm, text, name = 'Vera') {
  const one = new Visitor(hark, firm.key);
  const reply = await one.start(text, { name });
  assert.equal(reply.status, 200, reply.text);
  ends.push(() => one.stop());
  one.listen();
  return one;
}

export const log = (page) => page.locator('.pane [role=log]');
export const field = (page) => page.locator('.composer .field');
export const offer = (page) => page.getByRole('region', { name: 'Incoming chats' });
export const tab = (page, name) => page.locator('.tabs .tab', { hasText: name });

/** Takes the chat that rings; it is open then. */
export async function accept(page, name) {
  await offer(page).locator('.offer-who', { hasText: name }).waitFor();
  await offer(page).getByRole('button', { name: 'Accept' }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await field(page).waitFor();
}

export async function say(page, text) {
  await field(page).fill(text);
  await field(page).press('Enter');
  await log(page).getByText(text, { exact: true }).waitFor();
}

/** The bodies of a chat's messages in the database, in their order. */
export const texts = async (chat, kind = 'text') => (await hark.sql(`SELECT body FROM message WHERE conversation_id = ${chat} AND kind = '${kind}' ORDER BY seq`))
  .map((message) => message.body);
