// SPDX-License-Identifier: BSD-2-Clause
// texts.test.mjs - in a real browser: the widget in the page's language, languages from right to left, own texts in panel and control panel.
import { after, afterEach, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { startHark } from '../harness/hark.mjs';
import { Agent, company } from '../harness/chat.mjs';
import { accessibilityProblems, noBrowser, openBrowser, startSite } from '../harness/browser.mjs';
import { assertFitsWidth, openConsole, shopPage, snippet, soon, watchErrors, Widget } from '../harness/screens.mjs';

let hark;
let browser;
let companies = 0;
const ends = [];
const pictures = process.env.HARK_PICTURES;

/** A picture for people who look at pages, when they ask for it. */
async function picture(page, name) {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: `${pictures}/${name}.png` });
}

const ARABIC = {
  'Chat with us': 'تحدث معنا', 'Close the chat': 'إغلاق المحادثة', 'New messages': 'رسائل جديدة', 'How can we help?': 'كيف يمكننا مساعدتك؟', 'Name (optional)': 'الاسم (اختياري)',
  'E-mail (optional)': 'البريد الإلكتروني (اختياري)', 'Hello! How can we help you?': 'مرحبًا! كيف يمكننا مساعدتك؟', 'We are online': 'نحن متصلون', 'Write a message…': 'اكتب رسالة…',
  'You are next in line': 'أنت التالي في الصف', 'You can go on writing: your agent will see all of it.': 'يمكنك متابعة الكتابة: سيرى الموظف كل شيء.', '{name} joined the chat': 'انضم {name} إلى المحادثة',
  'We will be with you shortly': 'سنكون معك بعد قليل', Send: 'إرسال', Sent: 'أُرسلت', Seen: 'شوهدت', Emoji: 'رموز', More: 'المزيد', Sound: 'الصوت', 'End chat': 'إنهاء المحادثة',
};

/** A company that offers Arabic to its visitors: each text that they read has one. */
async function arabic({ agents = { anna: { role: 'Administrators' } } } = {}) {
  companies += 1;
  const firm = await company(hark, `souk${companies}`, { agents });
  const anna = await Agent.at(hark, firm, 'anna', { status: 'online' });
  ends.push(() => anna.stop());
  const { items } = JSON.parse((await anna.client.get('/api/v1/texts/all?language=ar')).text);
  const wording = (message) => ARABIC[message] ?? ['نص عربي طويل قليلا', ...(message.match(/\{\w+\}|%s/g) ?? [])].join(' ');
  const csv = ['language,message,wording', ...items.map(({ message }) => `ar,"${message.replaceAll('"', '""')}","${wording(message)}"`)].join('\n');
  const sent = await anna.client.submit('/admin/texts/import', { csv }, { form: '/admin/texts/import' });
  assert.equal(sent.status, 303, sent.text);
  assert.equal((await anna.client.submit('/admin/texts/all?language=ar', {}, { form: '/admin/texts/offer' })).status, 303);
  anna.listen();
  return { firm, anna };
}

/** A site with the code on pages of several languages. */
async function site(firm, code = snippet(hark, firm.key)) {
  const page = (lang) => () => shopPage('Shop', code).replace('<html lang="en">', lang === undefined ? '<html>' : `<html lang="${lang}">`);
  const shop = await startSite({ '/': page('en'), '/fr': page('fr-CA'), '/ar': page('ar'), '/none': page(undefined), '/tlh': page('tlh') });
  ends.push(() => shop.stop());
  return shop;
}

async function visit(url, options = {}) {
  const context = await browser.newContext(options);
  ends.push(() => context.close());
  const page = await context.newPage();
  page.errors = watchErrors(page);
  await page.goto(url);
  return { page, widget: new Widget(page), context };
}

const saysOf = async ({ widget }) => {
  await widget.button.waitFor();
  return widget.button.getAttribute('aria-label');
};

describe('texts in a browser', { skip: noBrowser() }, () => {
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

  test('P-42 button and panel speak the page\'s language, that of the code, else that of the browser', async () => {
    const { firm } = await arabic();
    const shop = await site(firm);
    const french = await visit(`${shop.url}/fr`, { locale: 'en-GB' });
    assert.equal(await saysOf(french), 'Discutez avec nous');
    await french.widget.button.click();
    await french.widget.frame.getByRole('textbox', { name: 'Comment pouvons-nous vous aider' }).waitFor();
    assert.equal(await (await french.widget.inner()).evaluate(() => document.documentElement.lang), 'fr');
    assert.deepEqual(french.page.errors, []);
    assert.equal(await french.page.locator('hark-widget').count(), 1);
    for (const [path, locale, words] of [['/none', 'es-AR', 'Chatee con nosotros'], ['/tlh', 'fr', 'Discutez avec nous'], ['/', 'fr', 'Chat with us'], ['/ar', 'de', ARABIC['Chat with us']]]) {
      const said = await saysOf(await visit(shop.url + path, { locale }));
      if (path === '/none') assert.notEqual(said, 'Chat with us');
      else assert.equal(said, words, path);
    }
    const own = await site(firm, snippet(hark, firm.key).replace('<script ', '<script data-lang="ar" '));
    assert.equal(await saysOf(await visit(`${own.url}/fr`, { locale: 'en' })), ARABIC['Chat with us']);
    await hark.sql(`UPDATE widget SET language = 'browser' WHERE tenant_id = ${firm.id}`);
    assert.equal(await saysOf(await visit(`${shop.url}/fr`, { locale: 'en-GB' })), 'Chat with us');
  });

  for (const [width, height] of [[1280, 800], [360, 640]])
    test(`P-42 X-CHAT-03 a chat from right to left at ${width} px: nothing overflows, the visitor writes and is answered`, async () => {
      const { firm, anna } = await arabic();
      const shop = await site(firm);
      const { page, widget } = await visit(`${shop.url}/ar`, { locale: 'en-GB', viewport: { width, height }, colorScheme: width === 360 ? 'dark' : 'light' });
      await widget.button.click();
      const inner = await widget.inner();
      const first = widget.frame.getByRole('textbox', { name: ARABIC['How can we help?'] });
      await first.waitFor();
      assert.equal(await inner.evaluate(() => document.documentElement.dir), 'rtl');
      await assertFitsWidth(inner, 'the first page');
      await picture(page, `widget-first-${width}`);
      await first.fill('هل لديكم أحذية؟');
      await first.press('Enter');
      await widget.frame.getByText(ARABIC['You are next in line']).waitFor();
      const { conversation } = await anna.heard((event) => event.type === 'offer');
      assert.equal((await anna.act(conversation.id, 'accept')).status, 200);
      await widget.log.getByText(/^انضم .* إلى المحادثة$/).waitFor();
      await anna.say(conversation.id, 'نعم، بكل المقاسات. https://example.com/a-long-address/that-does-not-break-anywhere/boots?size=42');
      await widget.log.getByText('نعم، بكل المقاسات.').waitFor();
      await widget.frame.getByRole('button', { name: ARABIC.More }).click();
      await assertFitsWidth(inner, 'the conversation');
      await assertFitsWidth(page, 'the shop');
      const [mine, theirs] = await inner.evaluate(() => ['.mine .bubble', '.theirs:not(:first-child) .bubble'].map((name) => document.querySelector(name).getBoundingClientRect().left));
      assert.ok(mine < theirs, 'the visitor writes on the left side');
      await picture(page, `widget-chat-${width}`);
      assert.deepEqual(await accessibilityProblems(inner), []);
      assert.deepEqual(page.errors, []);
    });

  test('P-42 the hosted page is from right to left, and what the server answers is in the same language', async () => {
    const { firm, anna } = await arabic();
    const { page } = await visit(`${hark.url}/chat/${firm.key}`, { locale: 'ar-EG', viewport: { width: 360, height: 640 } });
    await page.getByRole('textbox', { name: ARABIC['How can we help?'] }).waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.dir), 'rtl');
    await assertFitsWidth(page);
    await picture(page, 'hosted-360');
    const heard = page.waitForRequest((request) => request.url().includes('/start'));
    await page.getByRole('textbox', { name: ARABIC['How can we help?'] }).fill('مرحبا');
    await page.keyboard.press('Enter');
    assert.equal((await heard).headers()['accept-language'], 'ar');
    await anna.heard((event) => event.type === 'offer');
  });

  test('P-42 control panel and console turned from right to left do not overflow', async () => {
    const { firm, anna } = await arabic();
    for (const [width, height] of [[1280, 800], [360, 640]]) {
      const context = await browser.newContext({ viewport: { width, height } });
      ends.push(() => context.close());
      const page = await openConsole(context, hark, firm, 'anna');
      const turn = () => page.evaluate(() => { document.documentElement.dir = 'rtl'; });
      await turn();
      await assertFitsWidth(page, `console at ${width} px`);
      await picture(page, `console-rtl-${width}`);
      for (const path of ['/admin', '/admin/texts/all', '/admin/agents', '/admin/widgets', '/admin/queues/new', '/admin/settings/hours', '/admin/audit', '/admin/history', '/admin/profile']) {
        await page.goto(hark.url + path);
        await turn();
        await assertFitsWidth(page, `${path} at ${width} px`);
        if (path === '/admin/agents' || path === '/admin') await picture(page, `panel-rtl${path.replaceAll('/', '-')}-${width}`);
      }
    }
    await anna.stop();
  });

  test('P-42 an administrator adds a language, sees what is missing, translates, offers, changes and takes back', async () => {
    companies += 1;
    const firm = await company(hark, `texts${companies}`, { agents: { anna: { role: 'Administrators' } } });
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    ends.push(() => context.close());
    const page = await openConsole(context, hark, firm, 'anna');
    await page.goto(`${hark.url}/admin`);
    await page.locator('details.group > summary', { hasText: 'Settings' }).last().click();
    await page.locator('a[href="/admin/texts/all"]').last().click();
    await picture(page, 'texts-1280');
    await page.getByLabel('Language').selectOption('he');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.getByText('Visitors do not get this language yet.').waitFor();
    await page.getByRole('link', { name: 'Translate: Send', exact: true }).click();
    await page.getByLabel('Own text').fill('שליחה {name}');
    await picture(page, 'text-form-1280');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('#p-wording').getByText('has {name}, which the product\'s text does not have').waitFor();
    assert.equal(await page.getByLabel('Own text').inputValue(), 'שליחה {name}', 'what was typed stays');
    await picture(page, 'text-problem-1280');
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.getByLabel('Own text').fill('שליחה');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Offer it to visitors' }).click();
    await page.getByText('Visitors are offered this language.').waitFor();
    await picture(page, 'texts-he-1280');
    assert.deepEqual(await accessibilityProblems(page), []);
    await page.getByLabel('Which').selectOption('changed');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await page.getByRole('link', { name: 'Change: Send', exact: true }).click();
    await page.getByRole('button', { name: 'Take the translation away' }).click();
    await soon(async () => (await hark.sql(`SELECT COUNT(*) AS n FROM text WHERE tenant_id = ${firm.id} AND deleted_at IS NULL`))[0].n === '0', 'the text is gone');
    await page.getByRole('button', { name: 'Undo' }).click();
    await soon(async () => (await hark.sql(`SELECT COUNT(*) AS n FROM text WHERE tenant_id = ${firm.id} AND deleted_at IS NULL`))[0].n === '1', 'the text is back');

    for (const [name, options] of [['light', {}], ['dark', { colorScheme: 'dark' }]]) {
      const small = await browser.newContext({ viewport: { width: 360, height: 740 }, ...options });
      ends.push(() => small.close());
      await small.addCookies(await context.cookies());
      const phone = await small.newPage();
      for (const path of ['/admin/texts/all?language=he', '/admin/texts/all?language=en&area=panel', '/admin/texts/new?language=fr&message=Send', '/admin/texts/import', '/admin/texts']) {
        await phone.goto(hark.url + path);
        await assertFitsWidth(phone);
        await picture(phone, `texts-360-${name}-${path.replaceAll(/\W+/g, '-')}`);
      }
    }
    await page.goto(`${hark.url}/admin/texts/import`);
    await picture(page, 'texts-import-1280');
    await page.goto(`${hark.url}/admin/texts`);
    await picture(page, 'texts-own-1280');
  });
});
