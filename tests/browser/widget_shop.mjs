// SPDX-License-Identifier: BSD-2-Clause
// widget_shop.mjs - shops with the widget, their visitors and agents, for the widget's tests.
import assert from 'node:assert/strict';
import { startHark } from '../harness/hark.mjs';
import { Agent, company } from '../harness/chat.mjs';
import { openBrowser, openProfile, startSite } from '../harness/browser.mjs';
import { shopPage, snippet, watchErrors, Widget } from '../harness/screens.mjs';

export let hark;
export let browser;
export const ends = [];
let companies = 0;

export async function shopsOpen() {
  hark = await startHark();
  browser = await openBrowser({ whole: true });
}

/** After each test: what it has opened. */
export async function shopsTidy() {
  for (const end of ends.splice(0).reverse()) await end();
}

export async function shopsClose() {
  await browser?.close();
  await hark?.stop();
}

/** A company of its own with anna online, and a shop with its code on each page. */
export async function shop({ agents = { anna: {} }, online = true, headers, code = (keys) => snippet(hark, ...keys), pages = {} } = {}) {
  companies += 1;
  const firm = await company(hark, `shop${companies}`, { agents });
  const anna = await Agent.at(hark, firm, Object.keys(agents)[0], { status: online ? 'online' : 'offline' });
  const keys = [firm.key];
  const site = await startSite({
    '/': () => shopPage('Shop', code(keys)), '/boots': () => shopPage('Boots', code(keys)), '/tents': () => shopPage('Tents', code(keys)),
    ...Object.fromEntries(Object.entries(pages).map(([path, make]) => [path, () => make(keys)])),
  }, { headers });
  ends.push(() => site.stop(), () => anna.stop());
  anna.listen();
  return { firm, anna, site, keys };
}

/** A visitor with a fresh browser profile at the shop. */
export async function visit(site, { path = '/', options = {}, stores = false } = {}) {
  const context = stores ? await openProfile(options) : await browser.newContext(options);
  ends.push(() => context.close());
  const page = await context.newPage();
  page.errors = watchErrors(page);
  await page.goto(site.url + path);
  return { context, page, widget: new Widget(page) };
}

/** The one chat that has come in, accepted by the agent. */
export async function accepted(anna) {
  const { conversation } = await anna.heard((event) => event.type === 'offer' && !anna.taken?.has(event.conversation.id));
  (anna.taken ??= new Set()).add(conversation.id);
  assert.equal((await anna.act(conversation.id, 'accept')).status, 200);
  return conversation.id;
}

export const texts = async (anna, chat) => (await anna.messages(chat)).filter((message) => message.kind === 'text').map((message) => message.text);
export const chatsOf = (firm) => hark.sql(`SELECT id FROM conversation WHERE tenant_id = ${firm.id}`);
