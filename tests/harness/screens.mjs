// SPDX-License-Identifier: BSD-2-Clause
// screens.mjs - people at real screens: an agent's console, and a visitor on a web site of somebody else with the widget.
import assert from 'node:assert/strict';
import { PASSWORD } from './chat.mjs';

/** The code for a site's pages, as the installation page gives it. */
export function snippet(hark, ...keys) {
  return keys.map((key) => `<script async src="${hark.url}/widget/${key}.js"></script>`).join('\n');
}

/** A page of a shop with the code just before the closing body tag. */
export function shopPage(title, code, body = '') {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title></head>
<body><main><h1>${title}</h1><p><a href="/">Start</a> <a href="/boots">Boots</a> <a href="/tents">Tents</a></p>${body}</main>
${code}
</body></html>`;
}

/** What went wrong in a page's scripts; fails a test that ends with some. */
export function watchErrors(page) {
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error.stack ?? error)));
  page.on('console', (message) => {
    // A lost connection, and an answer that says no, is logged by the browser itself.
    if (message.type() === 'error' && !/Failed to load resource|net::ERR_/.test(message.text())) errors.push(message.text());
  });
  return errors;
}

/** Waits until `look()` gives something true, and gives it. */
export async function soon(look, what = 'condition', seconds = 15) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${what}`);
    await new Promise((resolve) => { setTimeout(resolve, 40); });
  }
}

/** The widget on a page, for a test: its button, and the panel in its frame. */
export class Widget {
  constructor(page, key) {
    this.page = page;
    const host = key ? `hark-widget[data-key="${key}"]` : 'hark-widget';
    this.host = page.locator(host);
    this.button = page.locator(`${host} button.b`);
    this.frame = page.frameLocator(`${host} iframe`);
    this.first = this.frame.getByRole('textbox', { name: 'How can we help?' });
    this.box = this.frame.getByRole('textbox', { name: 'Write a message…' });
    this.log = this.frame.getByRole('log');
  }

  /** Opens the panel and writes the first message. */
  async start(text, { name } = {}) {
    if (await this.button.getAttribute('aria-expanded') !== 'true') await this.button.click();
    if (name) await this.frame.getByLabel('Name (optional)').fill(name);
    await this.first.fill(text);
    await this.first.press('Enter');
    await this.box.waitFor();
    await this.log.getByText(text).waitFor();
  }

  async say(text) {
    await this.box.fill(text);
    await this.box.press('Enter');
  }

  /** The panel's frame itself, for evaluations in it. */
  async inner() {
    const element = await this.page.waitForSelector('hark-widget iframe', { state: 'attached' });
    return element.contentFrame();
  }
}

/** Signs an agent in with the form, and opens the console. */
export async function openConsole(context, hark, company, account) {
  const page = await context.newPage();
  page.errors = watchErrors(page);
  await page.goto(`${hark.url}/sign-in`);
  await page.locator('[name=company]').fill(company.code);
  await page.locator('[name=account]').fill(account);
  await page.locator('[name=password]').fill(PASSWORD);
  await Promise.all([page.waitForURL((url) => !url.pathname.startsWith('/sign-in')), page.locator('[name=password]').press('Enter')]);
  await page.goto(`${hark.url}/console`);
  await page.locator('#console[aria-busy]').waitFor({ state: 'detached' });
  return page;
}

/** Nothing on the page reaches beyond its right edge. */
export async function assertFitsWidth(page, what = page.url()) {
  const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  assert.ok(wide <= room, `${what}: ${wide} px in ${room} px`);
}
