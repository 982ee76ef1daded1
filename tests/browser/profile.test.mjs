// SPDX-License-Identifier: BSD-2-Clause
// profile.test.mjs - user info, language and looks in a browser: without scripts, in four languages, on a phone, and from right to left.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { accessibilityProblems, noBrowser, openBrowser } from '../harness/browser.mjs';
import { company, PASSWORD } from '../harness/chat.mjs';
import { startHark } from '../harness/hark.mjs';
import { png } from '../harness/pictures.mjs';
import { assertFitsWidth, openConsole, soon, watchErrors } from '../harness/screens.mjs';

const skip = noBrowser();
const LANGUAGES = { en: ['English', 'Sign in', 'Change user info'], fr: ['Français', 'Se connecter', 'Modifier mon profil'],
  pt: ['Português', 'Iniciar sessão', 'Alterar o meu perfil'], es: ['Español', 'Iniciar sesión', 'Cambiar mi perfil'] };
let hark;
let acme;
let browser;
const contexts = [];

async function open(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  contexts.push(context);
  return context;
}

async function signIn(page, account) {
  await page.goto(`${hark.url}/sign-in`);
  await page.locator('[name=company]').fill('acme');
  await page.locator('[name=account]').fill(account);
  await page.locator('[name=password]').fill(PASSWORD);
  await Promise.all([page.waitForURL((url) => !url.pathname.startsWith('/sign-in')), page.locator('[name=password]').press('Enter')]);
}

/** A picture for those who look: HARK_SHOTS names the folder. */
async function shoot(page, name) {
  if (!process.env.HARK_SHOTS) return;
  mkdirSync(process.env.HARK_SHOTS, { recursive: true });
  await page.screenshot({ path: `${process.env.HARK_SHOTS}/${name}.png`, fullPage: true });
}

describe('user info in a browser', { skip }, () => {
  before(async () => {
    hark = await startHark();
    acme = await company(hark, 'acme', { agents: { anna: { role: 'Administrators' }, bert: {}, cleo: {} } });
    browser = await openBrowser();
  });
  after(async () => {
    for (const context of contexts) await context.close();
    await browser?.close();
    await hark?.stop();
  });

  test('A-AUTH-11 without scripts the language is switched before signing in, and the sign-in page is clean in all four', async () => {
    for (const [viewport, size] of [[{ width: 1280, height: 900 }, 'desktop'], [{ width: 360, height: 740 }, 'phone']]) {
      const page = await (await open({ javaScriptEnabled: false, viewport, colorScheme: size === 'phone' ? 'dark' : 'light' })).newPage();
      await page.goto(`${hark.url}/sign-in?next=/admin/profile`);
      for (const [locale, [name, words]] of Object.entries(LANGUAGES)) {
        await page.locator('.language summary').click();
        await page.getByRole('button', { name, exact: true }).click();
        assert.equal(new URL(page.url()).search, '?next=/admin/profile');
        assert.equal(await page.locator('html').getAttribute('lang'), locale);
        await page.getByRole('heading', { name: words }).waitFor();
        await assertFitsWidth(page);
        await shoot(page, `sign-in-${locale}-${size}`);
      }
    }
  });

  test('A-AUTH-12 A-PROF-01 the user menu switches the language of the panel without scripts, and of the console', async () => {
    const page = await (await open({ javaScriptEnabled: false })).newPage();
    await signIn(page, 'anna');
    await page.goto(`${hark.url}/admin/profile`);
    for (const [locale, [name, , title]] of Object.entries(LANGUAGES)) {
      await page.locator('details.user > summary').click();
      await page.locator('.switch-language summary').click();
      await page.getByRole('button', { name, exact: true }).click();
      await page.getByRole('heading', { name: title }).waitFor();
      assert.equal(await page.locator('html').getAttribute('lang'), locale);
      await shoot(page, `profile-${locale}`);
    }
    const own = await openConsole(await open(), hark, acme, 'anna');
    await own.locator('.menu-button').click();
    await shoot(own, 'console-menu');
    await own.locator('.menu-own summary').click();
    await Promise.all([own.waitForNavigation(), own.getByRole('button', { name: 'Français', exact: true }).click()]);
    await own.getByRole('button', { name: 'Aller à' }).waitFor();
    assert.equal(new URL(own.url()).pathname, '/console');
    assert.deepEqual(own.errors, []);
    await hark.sql(`UPDATE agent SET locale = 'en' WHERE tenant_id = ${acme.id}`);
  });

  test('A-PROF-02 A-PROF-03 a picture and names are given by the form, on a phone too, and are seen in panel, console and by visitors', async () => {
    const context = await open({ viewport: { width: 360, height: 740 }, colorScheme: 'dark' });
    const page = await context.newPage();
    page.errors = watchErrors(page);
    await signIn(page, 'bert');
    await page.goto(`${hark.url}/admin/profile`);
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.getByLabel('Picture').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: png(640, 480) });
    await page.getByLabel('Title', { exact: true }).fill('Boots and tents');
    await page.getByLabel('Bio', { exact: true }).fill('I know every boot');
    await page.getByText('Show the bio to visitors').click();
    await page.getByLabel('Time zone').selectOption('Asia/Tokyo');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    await soon(() => page.locator('img.avatar').evaluate((image) => image.complete && image.naturalWidth === 256), 'the picture is shown');
    await assertFitsWidth(page);
    await shoot(page, 'profile-phone');
    await page.locator('details.user > summary').click();
    await shoot(page, 'menu-phone');
    // What lies half under the sheet is no target while it is open.
    assert.deepEqual(await accessibilityProblems(page, 'details.user'), []);
    const desk = await openConsole(await open(), hark, acme, 'bert');
    await soon(() => desk.locator('.menu-button img').evaluate((image) => image.naturalWidth === 256), 'the picture is in the console');
    await desk.locator('select.status').selectOption('online');
    const chat = await (await open({ viewport: { width: 420, height: 700 } })).newPage();
    await soon(async () => (await hark.client().json('POST', `/visit/${acme.key}/hello`, {})).json().online, 'somebody is online');
    await chat.goto(`${hark.url}/chat/${acme.key}`);
    await chat.getByRole('textbox', { name: 'How can we help?' }).fill('Hello there');
    await chat.getByRole('textbox', { name: 'How can we help?' }).press('Enter');
    await desk.getByRole('button', { name: 'Accept' }).first().click();
    await soon(() => chat.locator('.head .face img').evaluate((image) => image.naturalWidth === 256), 'the visitor sees the picture');
    await chat.getByText('Boots and tents').waitFor();
    await chat.getByText('I know every boot').waitFor();
    await shoot(chat, 'widget-header');
    await shoot(desk, 'console-agent');
    assert.deepEqual(page.errors, []);
    assert.deepEqual(desk.errors, []);
    await hark.sql(`UPDATE agent SET status = 'offline' WHERE tenant_id = ${acme.id}`);
  });

  test('A-PROF-04 the console tells times in the zone of the profile, whatever the browser\'s is', async () => {
    const shown = [];
    for (const zone of ['Asia/Tokyo', 'America/New_York']) {
      await hark.sql(`UPDATE agent SET time_zone = '${zone}', locale = 'en' WHERE tenant_id = ${acme.id} AND id = ${acme.agents.bert}`);
      const page = await openConsole(await open({ timezoneId: 'Europe/Paris' }), hark, acme, 'bert');
      const [{ id, created_at: at }] = await hark.sql(`SELECT id, created_at FROM conversation WHERE tenant_id = ${acme.id} ORDER BY id LIMIT 1`);
      await page.goto(`${hark.url}/console#/${id}`);
      const time = page.getByRole('log').locator('time').first();
      await time.waitFor();
      const want = await page.evaluate(([ms, timeZone]) => new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }).format(ms), [Number(at), zone]);
      assert.equal(await time.textContent(), want, zone);
      shown.push(want);
    }
    assert.notEqual(shown[0], shown[1]);
  });

  test('the pages can be turned from right to left', async () => {
    const page = await (await open()).newPage();
    await signIn(page, 'anna');
    for (const path of ['/admin', '/admin/profile', '/admin/agents', '/admin/settings/brand']) {
      await page.goto(hark.url + path);
      await page.evaluate(() => { document.documentElement.dir = 'rtl'; });
      await assertFitsWidth(page, `${path} from right to left`);
      const [menu, main] = await page.evaluate(() => ['.side', 'main'].map((one) => document.querySelector(one).getBoundingClientRect().left));
      assert.ok(menu > main, `${path}: the menu is on the right`);
      await page.locator('details.user > summary').click();
      const sheet = await page.locator('details.user > .sheet').boundingBox();
      assert.ok(sheet.x >= 0 && sheet.x + sheet.width <= 1280, `${path}: the user menu is within the page`);
      await shoot(page, `rtl${path.replaceAll('/', '-')}`);
    }
    const own = await openConsole(await open(), hark, acme, 'anna');
    await own.evaluate(() => { document.documentElement.dir = 'rtl'; });
    await assertFitsWidth(own, 'the console from right to left');
    await shoot(own, 'rtl-console');
  });

  test('a company\'s looks: the form, the panel and the sign-in page stay readable in its colour', async () => {
    const page = await (await open()).newPage();
    await signIn(page, 'anna');
    await page.goto(`${hark.url}/admin/settings/brand`);
    await page.getByLabel('Name', { exact: true }).fill('Acme Outdoor');
    await page.getByLabel('Logo').setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: png(800, 200) });
    await page.locator('input[type=color]').fill('#ffd400');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    await page.getByText(/hard to read on white/).waitFor();
    assert.deepEqual(await accessibilityProblems(page), []);
    await shoot(page, 'brand');
    const dark = await (await open({ colorScheme: 'dark' })).newPage();
    await signIn(dark, 'anna');
    await dark.goto(`${hark.url}/admin/settings/brand`);
    assert.deepEqual(await accessibilityProblems(dark), []);
    await shoot(dark, 'brand-dark');
    const chat = await (await open({ viewport: { width: 420, height: 700 } })).newPage();
    await chat.goto(`${hark.url}/chat/${acme.key}`);
    await chat.getByRole('img', { name: 'Acme Outdoor' }).waitFor();
    await shoot(chat, 'chat-page');
  });
});
