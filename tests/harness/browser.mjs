// SPDX-License-Identifier: BSD-2-Clause
// browser.mjs - Chromium by playwright-core, a foreign web site to put the widget on, and axe-core on a page.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const placeOf = (...paths) => paths.find((path) => path && existsSync(path));
const chromiumPath = placeOf(process.env.HARK_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome');
/** The same without windows, menus and profiles around its pages: that takes half the time. */
const shellPath = placeOf(process.env.HARK_CHROMIUM, '/usr/bin/chromium-headless-shell') ?? chromiumPath;

/** Why browser tests cannot run here, or false: `test('…', { skip: noBrowser() }, …)`. */
export function noBrowser() {
  if (!chromiumPath) return 'Chromium is missing: apt-get install chromium';
  try {
    require.resolve('playwright-core');
    return false;
  } catch {
    return 'playwright-core is missing: npm ci in tests/';
  }
}

/** What it needs in a container. */
const ARGS = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--mute-audio'];

/** Chromium; the caller closes it. With `whole` its contexts are the private windows that people have: they give no storage to frames of other sites. */
export async function openBrowser({ args = [], whole = false, ...options } = {}) {
  const { chromium } = await import('playwright-core');
  return chromium.launch({ executablePath: whole ? chromiumPath : shellPath, args: [...ARGS, ...args], ...options });
}

/** A context with a profile on disk, in which frames of other sites have storage, one for each site around them. close() forgets it. */
export async function openProfile(options = {}) {
  const { chromium } = await import('playwright-core');
  const folder = mkdtempSync(join(tmpdir(), 'hark-profile-'));
  mkdirSync(join(folder, 'Default'));
  writeFileSync(join(folder, 'Default/Preferences'), JSON.stringify({ profile: { cookie_controls_mode: 0, block_third_party_cookies: false } }));
  // The last list of features counts: the one of Playwright would switch the partitions off.
  const context = await chromium.launchPersistentContext(folder, { executablePath: chromiumPath, args: [...ARGS, '--disable-features=Translate,HttpsUpgrades'], ...options });
  const close = context.close.bind(context);
  context.close = async () => {
    await close();
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  };
  return context;
}

/** A web site of somebody else: `pages` maps paths to HTML (or to functions of the request's URL). Gives { url, port, stop() }. */
export async function startSite(pages, { headers = {} } = {}) {
  const server = createServer((req, res) => {
    const { pathname } = new URL(req.url, 'http://site');
    const page = pages[pathname] ?? (pathname === '/' ? undefined : pages['*']);
    if (page === undefined) {
      res.writeHead(404, { 'Content-Type': 'text/plain' }).end('not found');
      return;
    }
    res.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', ...headers });
    res.end(typeof page === 'function' ? page(req.url) : page);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  return {
    port,
    url: `http://localhost:${port}`,   // another site than 127.0.0.1, so that its storage is a third party's
    stop: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}

/** What axe-core finds wrong on a page or frame (WCAG 2.2 A and AA), as short lines. */
export async function accessibilityProblems(page, within, rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']) {
  const source = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
  if (!(await page.evaluate(() => Boolean(globalThis.axe)))) await page.evaluate(`${source}\n;0`);
  const found = await page.evaluate(([part, runOnly]) => globalThis.axe.run(part ?? document, { runOnly }), [within, rules]);
  return found.violations.map((one) => `${one.id}: ${one.help}: ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`);
}
