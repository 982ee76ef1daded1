// SPDX-License-Identifier: BSD-2-Clause
// forgot.test.mjs - a forgotten password: captcha, code and link by a real mail, a new password; what attackers try; help on the way.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { startHark, until } from '../harness/hark.mjs';
import { answerOf } from '../harness/captcha.mjs';
import { readForms, request } from '../harness/http.mjs';
import { noPostfix, startPostfix } from '../harness/postfix.mjs';

const PASSWORD = 'a long enough secret';
const NEW = 'another fine secret';
let hark;
let postfix;
let nextAddress = 10;
let key;

function visitor(options = {}) {
  nextAddress += 1;
  return hark.client({ ...options, headers: { 'X-Forwarded-For': `198.51.100.${nextAddress}`, ...options.headers } });
}

async function command(...args) {
  const done = await hark.hark(args, { input: PASSWORD });
  assert.equal(done.code, 0, done.stderr);
  return done;
}

const agent = (tenant, account, ...more) => command('agent', 'create', '--tenant', tenant, '--account', account,
  '--email', `${account}@${tenant}.example`, '--first-name', account, '--password-file', '-', ...more);

/** Sends the form of /forgot with the right captcha, or what `more` says instead. */
async function ask(client, values, language = 'en') {
  const page = await client.get('/forgot');
  const form = readForms(page.text).find((one) => one.action === '/forgot');
  const given = { ...Object.fromEntries(form.values), captcha: answerOf(page.text, language), ...values };
  return client.post('/forgot', given);
}

const signIn = (client, account, password, company = 'acme') => client.submit('/sign-in', { company, account, password });
const codeOf = (mail) => /^\s*(\d{4} \d{4})\s*$/m.exec(mail.text)[1];
const linkOf = (mail) => /^(http\S+\/forgot\/code\?token=\S+)$/m.exec(mail.text)[1];

/** Asks for a code and reads it in the mail. */
async function codeFor(account, tenant = 'acme', email = `${account}@${tenant}.example`) {
  const client = visitor();
  const before = postfix.mailsTo(email).length;
  const reply = await ask(client, { company: tenant, email });
  assert.equal(reply.status, 303, reply.text);
  const mail = await postfix.mailTo(email, before + 1);
  return { client, page: reply.headers.location, mail, code: codeOf(mail), link: linkOf(mail) };
}

const reset = (client, page, code, password = NEW, more = {}) => client.post('/forgot/code', {
  request: new URL(page, hark.url).searchParams.get('request') ?? '', code, new_password: password, confirm_password: password, ...more });
/** A job of that kind is not waiting any more. */
const jobsDone = (kind) => until(`jobs ${kind}`, async () => (await hark.sql(`SELECT id FROM job WHERE kind = '${kind}'`)).length === 0);

describe('forgotten password', { skip: noPostfix() }, () => {
  before(async () => {
    postfix = await startPostfix();
    hark = await startHark({ conf: { smtp_url: `smtp://127.0.0.1:${postfix.port}`, support_url: 'https://support.host.example/chat' } });
    await command('tenant', 'create', '--code', 'acme', '--name', 'Acme Ltd');
    await command('tenant', 'create', '--code', 'beta', '--name', 'Beta & Sons', '--domain', 'desk.beta.example');
    await command('tenant', 'create', '--code', 'late', '--name', 'Late payers');
    for (const account of ['anna', 'bert', 'carl', 'dora', 'emil', 'fred', 'gina', 'hugo']) await agent('acme', account, '--role', 'Administrators');
    await agent('beta', 'boss', '--role', 'Administrators');
    await agent('late', 'zoe', '--role', 'Administrators');
    key = (await command('key', 'create', '--tenant', 'acme', '--account', 'anna', '--name', 'tests', '--json')).json().key;
  });
  after(async () => {
    await hark?.stop();
    await postfix?.end();
  });

  test('A-AUTH-05 the sign-in page leads to a form with company, e-mail and captcha', async () => {
    const client = visitor();
    assert.match((await client.get('/sign-in')).text, /<a href="\/forgot">Forgot password\?<\/a>/);
    const page = await client.get('/forgot');
    for (const name of ['company', 'email', 'captcha', 'captcha_token']) assert.match(page.text, new RegExp(`name="${name}"`));
    const picture = await client.get(/<img src="(\/captcha\/[^"]+)"/.exec(page.text)[1]);
    assert.equal(picture.status, 200);
    assert.equal(picture.headers['content-type'], 'image/bmp');
    assert.equal(picture.body.subarray(0, 2).toString(), 'BM');
    assert.equal(picture.body.readUInt32LE(2), picture.body.length);
    assert.equal((await client.get('/captcha/AAAA')).status, 404);
    const branded = visitor({ host: 'desk.beta.example' });
    assert.doesNotMatch((await branded.get('/forgot')).text, /name="company"/);
  });

  test('A-AUTH-05 a wrong captcha is refused with a new one, and what was typed stays', async () => {
    const client = visitor();
    const page = await client.get('/forgot');
    const token = /name="captcha_token" value="([^"]+)"/.exec(page.text)[1];
    const values = { company: 'acme', email: 'anna@acme.example', captcha_token: token };
    const wrong = await client.post('/forgot', { ...values, captcha: '000' });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /Captcha is wrong: here is a new one/);
    assert.match(wrong.text, /value="acme"/);
    assert.match(wrong.text, /value="anna@acme.example"/);
    assert.notEqual(/name="captcha_token" value="([^"]+)"/.exec(wrong.text)[1], token);
    const second = await client.post('/forgot', { ...values, captcha: answerOf(page.text) });
    assert.equal(second.status, 422, 'one answer to each captcha');
    for (const [captcha_token, captcha] of [['', '1'], ['x'.repeat(3000), '1'], ['AAAA', '1'], [token.replace(/.$/, (c) => (c === 'A' ? 'B' : 'A')), answerOf(page.text)]])
      assert.equal((await client.post('/forgot', { ...values, captcha_token, captcha })).status, 422, captcha_token);
    assert.equal((await client.post('/forgot', { company: 'acme', email: 'anna@acme.example' })).status, 422);
    assert.deepEqual(await hark.sql('SELECT id FROM password_reset'), []);
  });

  test('A-AUTH-05 the captcha needs no cookie, and its question is asked in each language', async () => {
    for (const [language, accept] of [['en', 'en'], ['fr', 'fr-FR'], ['pt', 'pt-PT'], ['es', 'es']]) {
      const client = visitor({ headers: { 'Accept-Language': accept } });
      const page = await client.get('/forgot');
      const token = /name="captcha_token" value="([^"]+)"/.exec(page.text)[1];
      const bare = visitor({ headers: { 'Accept-Language': accept } });
      const reply = await bare.post('/forgot', { company: 'acme', email: `nobody.${language}@acme.example`, captcha_token: token, captcha: answerOf(page.text, language) });
      assert.equal(reply.status, 303, language);
    }
  });

  test('A-AUTH-06 the code of the mail sets a new password, once, and ends every session', async () => {
    const old = visitor();
    assert.equal((await signIn(old, 'bert', PASSWORD)).status, 303);
    const { client, page, mail, code } = await codeFor('bert');
    assert.equal(mail.subject, 'Your code for a new password');
    assert.equal(mail.headers['auto-submitted'][0], 'auto-generated');
    assert.match(mail.text, /Acme Ltd/);
    const shown = await client.get(page);
    assert.match(shown.text, /E-mail captcha/);
    assert.match(shown.text, />Reset password</);
    const weak = await reset(client, page, code, 'bert@acme.example');
    assert.equal(weak.status, 422);
    assert.match(weak.text, /must be more than account, e-mail address and name of the company/);
    const good = await reset(client, page, code);
    assert.equal(good.status, 303, good.text);
    assert.equal(good.headers.location, '/sign-in?company=acme&account=bert');
    assert.match((await client.get('/sign-in')).text, /Your new password is set/);
    assert.equal((await old.get('/admin')).headers.location, '/sign-in?next=%2Fadmin');
    assert.equal((await signIn(visitor(), 'bert', PASSWORD)).status, 422);
    assert.equal((await signIn(visitor(), 'bert', NEW)).status, 303);
    assert.match((await reset(client, page, code, 'a third good secret')).text, /is wrong, was used or is too old/);
    const told = await postfix.mailTo('bert@acme.example', 2);
    assert.equal(told.subject, 'Your password was changed');
    assert.match(told.text, /was changed on \d+ \w{3} \d{4}, \d\d:\d\d UTC, from the address/);
    const audit = await hark.sql("SELECT action FROM audit WHERE noun_id = (SELECT id FROM agent WHERE account = 'bert') ORDER BY id");
    assert.ok(audit.some(({ action }) => action === 'agent.password_reset'));
  });

  test('A-AUTH-06 the link of the mail works without the code, once', async () => {
    const { link, code, page } = await codeFor('carl');
    const client = visitor();
    const shown = await client.get(link);
    assert.match(shown.text, /<strong>carl<\/strong>/);
    assert.doesNotMatch(shown.text, /name="code"/);
    assert.equal(shown.headers['referrer-policy'], 'same-origin');
    const token = new URL(link).searchParams.get('token');
    const good = await client.post('/forgot/code', { token, new_password: NEW, confirm_password: NEW });
    assert.equal(good.status, 303, good.text);
    const gone = await client.get(link);
    assert.equal(gone.status, 404);
    assert.match(gone.text, /This link was used already/);
    assert.equal((await reset(client, page, code)).status, 422, 'nor does the code');
    assert.equal((await signIn(visitor(), 'carl', NEW)).status, 303);
  });

  test('A-AUTH-06 a parked poll ends within 5 s', async () => {
    const client = visitor();
    assert.equal((await signIn(client, 'emil', PASSWORD)).status, 303);
    await client.get('/console');
    const { ticket, at } = (await client.get('/console/state')).json();
    const { page, code, client: other } = await codeFor('emil');
    const parked = request(`${hark.url}/live/poll?ticket=${encodeURIComponent(ticket)}&at=${at ?? ''}`).then((reply) => ({ reply, ended: Date.now() }));
    assert.equal((await reset(other, page, code)).status, 303);
    const changed = Date.now();
    const { reply, ended } = await parked;
    assert.ok(ended - changed < 5000, `${ended - changed} ms`);
    assert.notEqual(reply.status, 500);
    assert.equal((await client.get('/console/state', { headers: { Accept: 'application/json' } })).status, 401);
  });

  test('A-AUTH-06 five wrong codes make a request void, and a code is good for 30 minutes', async () => {
    const { client, page, code } = await codeFor('dora');
    for (let i = 0; i < 5; i += 1) assert.equal((await reset(client, page, '0000 0000')).status, 422);
    assert.equal((await reset(client, page, code)).status, 422);
    const next = await codeFor('dora');
    await hark.sql(`UPDATE password_reset SET expires_at = expires_at - 1800000 WHERE agent_id = (SELECT id FROM agent WHERE account = 'dora')`);
    assert.equal((await reset(next.client, next.page, next.code)).status, 422);
    assert.equal((await visitor().get(next.link)).status, 404);
    assert.equal((await signIn(visitor(), 'dora', PASSWORD)).status, 303);
  });

  test('A-AUTH-06 of twenty uses of a code at once, one wins', async () => {
    const { link } = await codeFor('fred');
    const token = new URL(link).searchParams.get('token');
    const words = Array.from({ length: 20 }, (_, i) => `secret number ${i} of twenty`);
    const replies = await Promise.all(words.map((word) => visitor().post('/forgot/code', { token, new_password: word, confirm_password: word })));
    const won = replies.flatMap((reply, i) => (reply.status === 303 ? [i] : []));
    assert.equal(won.length, 1, replies.map((reply) => reply.status).join(' '));
    assert.equal((await signIn(visitor(), 'fred', words[won[0]])).status, 303);
  });

  test('A-AUTH-08 the code goes to the address that the agent has now', async () => {
    const before = await codeFor('gina');
    const [{ id }] = await hark.sql("SELECT id FROM agent WHERE account = 'gina'");
    const changed = await hark.client({ headers: { 'X-Api-Key': key } }).json('PATCH', `/api/v1/agents/${id}`, { email: 'gina@home.example' });
    assert.equal(changed.status, 200, changed.text);
    assert.equal((await reset(before.client, before.page, before.code)).status, 422, 'the code of the old address is void');
    assert.equal((await ask(visitor(), { company: 'acme', email: 'gina@acme.example' })).status, 303);
    const after = await codeFor('gina', 'acme', 'gina@home.example');
    await jobsDone('password.forgot');
    assert.equal(postfix.mailsTo('gina@acme.example').length, 1);
    assert.equal((await reset(after.client, after.page, after.code)).status, 303);
  });

  test('A-AUTH-06 known and unknown accounts get the same answers', async () => {
    const seen = [];
    for (const [company, email] of [['acme', 'hugo@acme.example'], ['acme', 'nobody@acme.example'], ['nowhere', 'hugo@acme.example']]) {
      const client = visitor();
      const asked = await ask(client, { company, email });
      const page = await client.get(asked.headers.location);
      await jobsDone('password.forgot');
      const tried = await reset(client, asked.headers.location, '1234 5678');
      const plain = (reply) => reply.text.replaceAll(new URL(asked.headers.location, hark.url).searchParams.get('request'), 'TOKEN').replace(/[\w-]{43}/g, 'TOKEN');
      seen.push(JSON.stringify([asked.status, asked.text.length, page.status, plain(page), tried.status, plain(tried),
        Object.keys(tried.headers).sort().join()]));
    }
    assert.equal(seen[1], seen[0]);
    assert.equal(seen[2], seen[0]);
    assert.equal(postfix.mailsTo('nobody@acme.example').length, 0);
    assert.equal((await postfix.mailTo('hugo@acme.example')).subject, 'Your code for a new password');
  });

  test('the link has the address of the company or the installation, whatever the request says', async () => {
    const client = visitor({ headers: { 'X-Forwarded-Host': 'evil.example', 'X-Host': 'evil.example', Forwarded: 'host=evil.example' } });
    assert.equal((await ask(client, { company: 'acme', email: 'anna@acme.example' })).status, 303);
    const mail = await postfix.mailTo('anna@acme.example');
    assert.ok(linkOf(mail).startsWith(`${hark.url}/forgot/code?token=`), linkOf(mail));
    assert.doesNotMatch(mail.raw, /evil/);
    assert.equal((await visitor({ host: 'evil.example' }).get('/forgot')).status, 421);
    const beta = visitor({ host: 'desk.beta.example' });
    assert.equal((await ask(beta, { email: 'boss@beta.example' })).status, 303);
    assert.ok(linkOf(await postfix.mailTo('boss@beta.example')).startsWith(`http://desk.beta.example:${hark.port}/forgot/code?token=`));
    const foreign = visitor({ host: 'desk.beta.example' });
    const { link } = await codeFor('anna');
    const there = await foreign.get(link.replace(hark.url, ''));
    assert.equal(there.status, 404, `not on the domain of another company: ${there.text}`);
  });

  test('A-AUTH-06 empty, doubled, NUL and giant tokens are refused', async () => {
    const client = visitor();
    const fields = { new_password: NEW, confirm_password: NEW };
    for (const values of [{}, { token: '' }, { request: '', code: '' }, { request: '', code: '00000000' }, { token: ' ' }, { token: '0' },
      [['token', 'a'], ['token', 'b'], ...Object.entries(fields)], [['token[]', 'a'], ...Object.entries(fields)],
      { request: 'x'.repeat(43), code: '12345678' }, { request: 'x'.repeat(5000), code: '12345678' }]) {
      const reply = await client.post('/forgot/code', Array.isArray(values) ? values : { ...fields, ...values });
      assert.ok([404, 422].includes(reply.status), `${JSON.stringify(values)}: ${reply.status}`);
    }
    assert.ok([400, 404, 422].includes((await client.post('/forgot/code', { token: '\0', ...fields })).status));
    assert.equal((await client.post('/forgot/code', { token: 'x'.repeat(10_000_000), ...fields })).status, 413);
    assert.equal((await client.get('/forgot/code')).headers.location, '/forgot');
  });

  test('a suspended company gets no code', async () => {
    await hark.sql("UPDATE tenant SET state = 'suspended' WHERE code = 'late'");
    assert.equal((await ask(visitor(), { company: 'late', email: 'zoe@late.example' })).status, 303);
    await jobsDone('password.forgot');
    assert.deepEqual(await hark.sql("SELECT id FROM notice WHERE to_address = 'zoe@late.example'"), []);
  });

  test('asking is limited for each account and each address', async () => {
    const statuses = [];
    for (let i = 0; i < 7; i += 1) statuses.push((await ask(visitor(), { company: 'acme', email: 'often@acme.example' })).status);
    assert.deepEqual(statuses, [303, 303, 303, 303, 303, 429, 429]);
    const one = visitor();
    let last;
    for (let i = 0; i < 21; i += 1) last = await ask(one, { company: 'acme', email: `many${i}@acme.example` });
    assert.equal(last.status, 429);
    assert.ok(Number(last.headers['retry-after']) > 0);
  });

  test('M-UI-01 on the company’s domain e-mail and password sign in; help and a chat with support are at hand', async () => {
    const client = visitor({ host: 'desk.beta.example' });
    assert.equal((await client.submit('/sign-in', { account: 'boss@beta.example', password: PASSWORD })).status, 303);
    const page = await visitor().get('/sign-in');
    const links = /<p class="help-links">([\s\S]*?)<\/p>/.exec(page.text)[1];
    assert.match(links, /href="https:\/\/support\.host\.example\/chat"/);
    assert.match(links, /href="\/help"/);
    const help = await visitor().get('/help');
    assert.equal(help.status, 200);
    assert.match(help.text, /Help with signing in/);
    assert.match(help.text, /href="https:\/\/support\.host\.example\/chat"/);
  });

  test('no log and no table keeps a code or a token', async () => {
    const { code, link } = await codeFor('hugo');
    const secrets = [code.replace(' ', ''), code, new URL(link).searchParams.get('token')];
    await jobsDone('mail.send');
    const kept = JSON.stringify([await hark.sql('SELECT * FROM notice'), await hark.sql('SELECT id, sent_to, HEX(code_hash), HEX(link_hash) FROM password_reset'),
      await hark.sql('SELECT * FROM audit'), await hark.sql('SELECT * FROM job')]);
    const { 'web-server': _, ...logs } = hark.logs();
    for (const secret of secrets) assert.ok(!kept.includes(secret) && !JSON.stringify(logs).includes(secret), secret);
  });
});
