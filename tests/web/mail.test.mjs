// SPDX-License-Identifier: BSD-2-Clause
// mail.test.mjs - mails that go out, by a real Postfix: clean headers, whole bodies, what happens when the server is away or says no.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { startHark, until } from '../harness/hark.mjs';
import { noPostfix, startPostfix } from '../harness/postfix.mjs';

const PASSWORD = 'a long enough secret';
let hark;
let postfix;
let own;
let tls;
let nextAddress = 10;

async function command(...args) {
  const done = await hark.hark(args, { input: PASSWORD });
  assert.equal(done.code, 0, done.stderr);
  return done;
}

async function signedIn(company, account) {
  nextAddress += 1;
  const client = hark.client({ headers: { 'X-Forwarded-For': `203.0.113.${nextAddress}` } });
  assert.equal((await client.submit('/sign-in', { company, account, password: PASSWORD })).status, 303);
  await client.get('/admin');
  return client;
}

const api = async (company, method, path, body) => hark.client({ headers: { 'X-Api-Key': company.key } }).json(method, path, body);

/** A company with an administrator. */
async function company(code, name = `${code} Ltd`) {
  await command('tenant', 'create', '--code', code, '--name', name);
  await command('agent', 'create', '--tenant', code, '--account', 'boss', '--email', `boss@${code}.example`, '--first-name', 'Bo',
    '--role', 'Administrators', '--password-file', '-');
  const { key } = (await command('key', 'create', '--tenant', code, '--account', 'boss', '--name', 'tests', '--json')).json();
  const [{ id }] = await hark.sql(`SELECT id FROM tenant WHERE code = '${code}'`);
  return { code, key, id };
}

const testMail = (client, reader) => client.submit('/admin/settings/mail', { reader });
const notice = (reader) => hark.sql(`SELECT state, tries, problem, sealed FROM notice WHERE to_address = '${reader}' ORDER BY id DESC LIMIT 1`).then(([row]) => row);
const stateOf = (reader, state) => until(`${reader} to be ${state}`, async () => (await notice(reader))?.state === state && notice(reader), 30);

const over = () => until('the job to be over', async () => (await hark.sql("SELECT id FROM job WHERE kind = 'mail.send'")).length === 0);

/** A mail server of few words: `says` maps commands to answers; keeps what it is told. */
async function grump(says) {
  const heard = [];
  const server = createServer((socket) => {
    let data = false;
    let asked = false;   // for user and password
    let rest = '';
    socket.on('error', () => {});
    socket.write(`${says.GREETING ?? '220 grump'}\r\n`);
    socket.on('data', (bytes) => {
      rest += bytes.toString('latin1');
      for (let at = rest.indexOf('\r\n'); at >= 0; at = rest.indexOf('\r\n')) {
        const line = rest.slice(0, at);
        rest = rest.slice(at + 2);
        if (data) {
          if (line !== '.') continue;
          data = false;
          socket.write(`${says.TEXT ?? '250 taken'}\r\n`);
          continue;
        }
        heard.push(line);
        if (line === 'AUTH PLAIN' || asked) {
          asked = !asked;
          socket.write(asked ? '334 \r\n' : `${says.AUTH}\r\n`);
          continue;
        }
        const word = line.split(/[ :]/)[0].toUpperCase();
        const answer = says[word] ?? { EHLO: '250-grump\r\n250 8BITMIME', DATA: '354 go on', QUIT: '221 bye' }[word] ?? '250 fine';
        if (word === 'DATA' && answer.startsWith('354')) data = true;
        socket.write(`${answer}\r\n`);
      }
    });
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return { port: server.address().port, heard, says, end: () => new Promise((resolve) => { server.close(resolve); }) };
}

describe('outgoing mail', { skip: noPostfix() }, () => {
  before(async () => {
    [postfix, own, tls] = await Promise.all([
      startPostfix({ access: { 'gone@acme.example': '550 5.1.1 no such person', 'busy@acme.example': '450 4.2.0 come back' } }),
      startPostfix(), startPostfix({ tls: true })]);
    hark = await startHark({
      programs: ['hark-web', 'hark-jobs'],
      conf: { smtp_url: `smtp://127.0.0.1:${postfix.port}`, mail_from: 'no-reply@host.example', smtp_private: `localhost:${own.port}, localhost:${tls.port}` },
    });
  });
  after(async () => {
    await hark?.stop();
    await Promise.all([postfix, own, tls].map((one) => one?.end()));
  });

  test('a test mail tells how mails go out: the company as sender, its outcome on the page', async () => {
    await company('acme', 'Acmé “Café” Ltd');
    const client = await signedIn('acme', 'boss');
    assert.match((await client.get('/admin/settings/mail')).text, /No mail has gone out yet/);
    assert.equal((await testMail(client, 'boss@acme.example')).status, 303);
    const mail = await postfix.mailTo('boss@acme.example');
    assert.equal(mail.from.replaceAll('"', ''), 'Acmé “Café” Ltd <no-reply@host.example>');
    assert.equal(mail.subject, 'A test mail of Acmé “Café” Ltd');
    assert.match(mail.headers['return-path'][0], /<no-reply@host\.example>/);
    assert.match(mail.headers['message-id'][0], /^<[\w.]+@host\.example>$/);
    assert.equal(mail.headers['auto-submitted'][0], 'auto-generated');
    assert.match(mail.text, /^Hello Bo,\n\nThis mail shows that the mails of Acmé “Café” Ltd arrive\. It was ordered by Bo /);
    assert.ok(mail.text.includes(`\n${hark.url}/admin/settings/mail\n`), mail.text);
    await stateOf('boss@acme.example', 'sent');
    assert.match((await client.get('/admin/settings/mail')).text, /<span class="state mail-sent" data-value="active">Sent/);
    const wrong = await testMail(client, 'no address');
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /<a href="#f-reader">Recipient must be one e-mail address/);
    assert.match(wrong.text, /id="f-reader"[^>]* value="no address" aria-invalid="true" aria-describedby="p-reader"/);
    assert.match(wrong.text, /<p class="problem" id="p-reader">must be one e-mail address/);
    assert.match(wrong.text, /boss@acme\.example/, 'the rest of the page is there');
  });

  test('the name of the branding is the sender, unless the mail settings name another', async () => {
    const acme = await company('painted', 'Painted Ltd');
    const client = await signedIn('painted', 'boss');
    assert.equal((await api(acme, 'PATCH', '/api/v1/settings/brand', { display_name: 'Paint & Co' })).status, 200);
    await testMail(client, 'one@painted.example');
    const mail = await postfix.mailTo('one@painted.example');
    assert.equal(mail.from.replaceAll('"', ''), 'Paint & Co <no-reply@host.example>');
    assert.equal(mail.subject, 'A test mail of Paint & Co');
    assert.equal((await api(acme, 'PATCH', '/api/v1/settings/mail', { sender_name: 'The desk' })).status, 200);
    await testMail(client, 'two@painted.example');
    assert.equal((await postfix.mailTo('two@painted.example')).from.replaceAll('"', ''), 'The desk <no-reply@host.example>');
  });

  test('names with line breaks, markup, quotes and other scripts arrive as one clean header and one reader', async () => {
    const evil = 'Eve"\\ <x@evil.example>\r\nBcc: victim@evil.example\r\n\r\nHello';
    const names = ['“Ünï” 日本語 Ωmega 😀', '<b>bold</b>, "q" (c)', '=?utf-8?q?fake?=', 'a@b.example', `${'long '.repeat(40)}end`, evil, 'evil\u2028line\u0085next'];
    await company('names');
    const client = await signedIn('names', 'boss');
    for (const [i, name] of names.entries()) {
      const reader = `reader${i}@names.example`;
      await hark.sql(`UPDATE tenant SET name = '${name.slice(0, 120).replace(/[\\']/g, (c) => `\\${c}`)}' WHERE code = 'names'`);
      assert.equal((await testMail(client, reader)).status, 303);
      const mail = await postfix.mailTo(reader);
      const clean = name.slice(0, 120).replace(/[\r\n\u2028\u0085 ]+/g, ' ').replace('=?', '= ?').trim();
      for (const header of ['from', 'to', 'subject', 'message-id', 'delivered-to']) assert.equal(mail.headers[header].length, 1, `${header} of ${name}`);
      assert.equal(mail.headers.bcc, undefined);
      assert.match(mail.from, /<no-reply@host\.example>$/);
      assert.equal(mail.from.replace(/ <no-reply@host\.example>$/, '').replace(/^"([\s\S]*)"$/, '$1').replace(/\\(.)/g, '$1'), clean);
      assert.equal(mail.subject, `A test mail of ${clean}`);
      assert.ok(mail.raw.split('\n').every((line) => line.length <= 998));
    }
    assert.equal(postfix.mailsTo('victim@evil.example').length, 0);
  });

  test('a body with dots, lone line ends and long lines arrives whole, in one mail', async () => {
    const dots = 'x\n.\nMAIL FROM:<a@evil.example>\r.\r\n.\rRCPT TO:<victim@evil.example>\n..two';
    await company('dots');
    await hark.sql(`UPDATE agent SET first_name = '${dots.slice(0, 80)}', last_name = '${'w'.repeat(80)}' WHERE email = 'boss@dots.example'`);
    const client = await signedIn('dots', 'boss');
    const before = postfix.mails().length;
    await testMail(client, 'dots@dots.example');
    const mail = await postfix.mailTo('dots@dots.example');
    assert.match(mail.text, /ordered by x \. MAIL FROM:<a@evil\.example> \. \. RCPT TO:<victim@evil\.example> \.\.two/);
    assert.ok(mail.text.trimEnd().endsWith('-- \ndots Ltd'), mail.text);
    assert.equal(postfix.mails().length, before + 1);
  });

  test('each reader gets the mail in the own language', async () => {
    await company('tongues');
    const words = { fr: [/^Bonjour Bo,/, 'Un e-mail d’essai de tongues Ltd'], pt: [/^Olá Bo,/, 'Um e-mail de teste de tongues Ltd'], es: [/^Hola Bo:/, 'Un correo de prueba de tongues Ltd'] };
    for (const [language, [hello, subject]] of Object.entries(words)) {
      await hark.sql(`UPDATE agent SET locale = '${language}' WHERE email = 'boss@tongues.example'`);
      const client = await signedIn('tongues', 'boss');
      await testMail(client, `${language}@tongues.example`);
      const mail = await postfix.mailTo(`${language}@tongues.example`);
      assert.match(mail.text, hello);
      assert.equal(mail.subject, subject);
      assert.doesNotMatch(mail.text, /[{}]/);
    }
  });

  test('a server that is away gets the mail when it is back; the same Message-ID each time', async () => {
    await company('away');
    const client = await signedIn('away', 'boss');
    await postfix.stop();
    await testMail(client, 'late@away.example');
    const waiting = await until('the first try', async () => Number((await notice('late@away.example'))?.tries) > 0 && notice('late@away.example'));
    assert.equal(waiting.state, 'waiting');
    assert.notEqual(waiting.problem, '');
    assert.match((await client.get('/admin/settings/mail')).text, /Will be tried again/);
    const [{ problem }] = await hark.sql("SELECT problem FROM job WHERE kind = 'mail.send'");
    assert.notEqual(problem, '');
    await postfix.start();
    await hark.sql("UPDATE job SET due_at = 0 WHERE kind = 'mail.send'");
    await stateOf('late@away.example', 'sent');
    assert.equal(postfix.mailsTo('late@away.example').length, 1);
    const [row] = await hark.sql("SELECT sealed, problem FROM notice WHERE to_address = 'late@away.example'");
    assert.deepEqual(row, { sealed: '', problem: '' });
  });

  test('a refusal is kept with the server’s words and not tried again; “later” is', async () => {
    await company('refused');
    const client = await signedIn('refused', 'boss');
    await testMail(client, 'gone@acme.example');
    const refused = await stateOf('gone@acme.example', 'refused');
    assert.match(refused.problem, /^550 5\.1\.1 .*no such person/);
    assert.deepEqual(await hark.sql("SELECT id FROM job WHERE kind = 'mail.send'"), []);
    const page = await client.get('/admin/settings/mail');
    assert.match(page.text, /Refused/);
    assert.match(page.text, /550 5\.1\.1/);
    await testMail(client, 'busy@acme.example');
    const busy = await until('the first try', async () => Number((await notice('busy@acme.example'))?.tries) > 0 && notice('busy@acme.example'));
    assert.equal(busy.state, 'waiting');
    assert.match(busy.problem, /^450 4\.2\.0/);
    await hark.sql("UPDATE job SET due_at = 0, tries = 11 WHERE kind = 'mail.send'");    // processes have died, too: not all tries are the mail's
    const failed = await stateOf('busy@acme.example', 'failed');
    assert.match(failed.problem, /^450 4\.2\.0/);
    assert.equal(failed.sealed, '');
    await over();
  });

  test('a mail whose processes have all died is given up, and its values go', async () => {
    await company('deadly');
    const client = await signedIn('deadly', 'boss');
    await hark.kill('hark-jobs');
    await testMail(client, 'deadly@deadly.example');
    assert.notEqual((await notice('deadly@deadly.example')).sealed, '');
    await hark.sql("UPDATE job SET state = 'running', lease_until = 1, tries = 12 WHERE kind = 'mail.send'");
    await hark.restart('hark-jobs');
    const failed = await stateOf('deadly@deadly.example', 'failed');
    assert.deepEqual([failed.problem, failed.sealed], ['each process that ran it has died', '']);
    await over();
    assert.equal(postfix.mailsTo('deadly@deadly.example').length, 0);
  });

  test('a mail that is of no use any more does not go', async () => {
    await company('expired');
    const client = await signedIn('expired', 'boss');
    await hark.kill('hark-jobs');
    await testMail(client, 'slow@expired.example');
    await hark.sql("UPDATE notice SET expires_at = 1 WHERE to_address = 'slow@expired.example'");
    await hark.restart('hark-jobs');
    await stateOf('slow@expired.example', 'expired');
    assert.equal(postfix.mailsTo('slow@expired.example').length, 0);
  });

  test('a company has its own server, sender and password, which nobody reads again', async () => {
    const acme = await company('owner');
    const settings = { sender_name: 'Owner’s desk', sender_address: 'desk@owner.example', server: 'localhost', port: own.port, security: 'none' };
    const saved = await api(acme, 'PATCH', '/api/v1/settings/mail', settings);
    assert.equal(saved.status, 200, saved.text);
    const client = await signedIn('owner', 'boss');
    await testMail(client, 'boss@owner.example');
    const mail = await own.mailTo('boss@owner.example');
    assert.equal(mail.from.replaceAll('"', ''), 'Owner’s desk <desk@owner.example>');
    assert.match(mail.headers['return-path'][0], /<desk@owner\.example>/);
    assert.equal(postfix.mailsTo('boss@owner.example').length, 0);
    const other = await company('other');
    assert.equal((await api(other, 'GET', '/api/v1/settings/mail')).json().server, '');
    await hark.sql(`UPDATE setting SET value = JSON_SET(value, '$.server', '') WHERE tenant_id = ${acme.id}`);
    await testMail(client, 'again@owner.example');
    const house = await postfix.mailTo('again@owner.example');
    assert.match(house.from, /<no-reply@host\.example>/);
    assert.equal(house.headers['reply-to'][0], 'desk@owner.example');
  });

  test('a stored password goes only to the server that it was given for', async () => {
    const acme = await company('secret');
    const settings = { sender_address: 'desk@secret.example', server: 'smtp.secret.example', security: 'tls', user: 'desk', password: 'open sesame 4711' };
    assert.equal((await api(acme, 'PATCH', '/api/v1/settings/mail', settings)).status, 200);
    const shown = await api(acme, 'GET', '/api/v1/settings/mail');
    assert.doesNotMatch(shown.text, /sesame/);
    assert.doesNotMatch(JSON.stringify(await hark.sql('SELECT value FROM setting UNION SELECT difference FROM audit')), /sesame/);
    const moved = await api(acme, 'PATCH', '/api/v1/settings/mail', { server: 'smtp.evil.example' });
    assert.equal(moved.status, 422);
    assert.match(moved.json().fields.password.message, /must be typed again/);
    for (const [change, field] of [[{ server: '127.0.0.1:22' }, 'server'], [{ server: 'a b' }, 'server'], [{ port: 3306 }, 'port'], [{ port: 70000 }, 'port'],
      [{ security: 'none' }, 'security'], [{ security: 'maybe' }, 'security'], [{ sender_address: '' }, 'sender_address'], [{ sender_address: 'a@b\r\nBcc: c@d' }, 'sender_address']]) {
      const reply = await api(acme, 'PATCH', '/api/v1/settings/mail', { ...settings, ...change });
      assert.equal(reply.status, 422, JSON.stringify(change));
      assert.ok(reply.json().fields[field], `${JSON.stringify(change)}: ${reply.text}`);
    }
  });

  test('a company’s server is not inside the installation, and no answer tells what is there', async () => {
    const acme = await company('inside');
    const client = await signedIn('inside', 'boss');
    const listening = await grump({});
    const words = new Set();
    for (const [i, server] of ['127.0.0.1', '169.254.169.254', '10.0.0.1', 'localhost', '0.0.0.0'].entries()) {
      assert.equal((await api(acme, 'PATCH', '/api/v1/settings/mail', { sender_address: 'a@inside.example', server, security: 'none', port: 2525 })).status, 200);
      await hark.sql(`UPDATE setting SET value = JSON_SET(value, '$.port', '${listening.port}') WHERE tenant_id = ${acme.id}`);   // as if 2525 listened
      await testMail(client, `try${i}@inside.example`);
      words.add((await until('a try', async () => Number((await notice(`try${i}@inside.example`))?.tries) > 0 && notice(`try${i}@inside.example`))).problem);
    }
    assert.deepEqual([...words], ['The mail server could not be reached.']);
    await hark.sql("DELETE FROM job WHERE kind = 'mail.send'");
    assert.deepEqual(listening.heard, []);
    await listening.end();
  });

  test('a certificate that nobody has signed, and a STARTTLS that is not offered, are refused', async () => {
    const acme = await company('tls');
    const client = await signedIn('tls', 'boss');
    const attempt = async (reader, settings) => {
      assert.equal((await api(acme, 'PATCH', '/api/v1/settings/mail', { sender_address: 'a@tls.example', server: 'localhost', ...settings })).status, 200);
      await testMail(client, reader);
      return (await until('a try', async () => Number((await notice(reader))?.tries) > 0 && notice(reader))).problem;
    };
    assert.match(await attempt('signed@tls.example', { security: 'starttls', port: tls.port }), /certificate/);
    assert.match(await attempt('offered@tls.example', { security: 'starttls', port: own.port }), /does not offer an encrypted connection/);
    assert.equal(tls.mails().length + own.mailsTo('offered@tls.example').length, 0);
    await hark.sql("DELETE FROM job WHERE kind = 'mail.send'");
  });

  test('the installation’s user and password are used; a wrong one and a server that is closed are tried again, a refused text is not', async () => {
    const server = await grump({ GREETING: '554 5.7.1 service temporarily refused', EHLO: '250-grump\r\n250 AUTH PLAIN', AUTH: '535 5.7.8 wrong password', TEXT: '554 5.6.0 not such words' });
    writeFileSync(join(hark.folder, 'smtp'), 'open sesame\n', { mode: 0o600 });
    const other = await startHark({ programs: ['hark-jobs'], server: 'none', conf: {
      smtp_url: `smtp://127.0.0.1:${server.port}`, smtp_user: 'desk@host.example', smtp_password_file: join(hark.folder, 'smtp') } });
    try {
      const run = async (...args) => assert.equal((await other.hark(args)).code, 0);
      await run('tenant', 'create', '--code', 'wire', '--name', 'Wire');
      await run('agent', 'invite', '--tenant', 'wire', '--email', 'a@wire.example');
      const look = async () => (await other.sql('SELECT state, tries, problem FROM notice ORDER BY id DESC LIMIT 1'))[0];
      const closed = await until('the first try', async () => Number((await look()).tries) > 0 && look());
      assert.deepEqual([closed.state, closed.problem], ['waiting', '554 5.7.1 service temporarily refused']);
      delete server.says.GREETING;
      await other.sql("UPDATE job SET due_at = 0 WHERE kind = 'mail.send'");
      const denied = await until('the second try', async () => Number((await look()).tries) > 1 && look());
      assert.deepEqual([denied.state, denied.problem], ['waiting', '535 5.7.8 wrong password']);
      const told = server.heard[server.heard.indexOf('AUTH PLAIN') + 1];
      assert.match(Buffer.from(told, 'base64').toString(), /desk@host\.example\0open sesame$/);
      server.says.AUTH = `535-${'long '.repeat(70)}\r\n535 ${'words '.repeat(60)}`;
      await other.sql("UPDATE job SET due_at = 0 WHERE kind = 'mail.send'");
      await until('it is due again, with as many of its words as are kept', async () => (await other.sql("SELECT id FROM job WHERE kind = 'mail.send' AND state = 'due' AND CHAR_LENGTH(problem) = 500")).length);
      server.says.AUTH = '235 welcome';
      await other.sql("UPDATE job SET due_at = 0 WHERE kind = 'mail.send'");
      const refused = await until('the refusal', async () => (await look()).state === 'refused' && look());
      assert.equal(refused.problem, '554 5.6.0 not such words');
      assert.ok(server.heard.some((line) => line.startsWith('RCPT TO:<a@wire.example>')));
      assert.doesNotMatch(JSON.stringify(other.logs()), /sesame/);
    } finally {
      await other.stop();
      await server.end();
    }
  });

  test('only those who may manage settings see and change them', async () => {
    await company('rights');
    await command('agent', 'create', '--tenant', 'rights', '--account', 'ann', '--email', 'ann@rights.example', '--first-name', 'Ann', '--password-file', '-');
    const client = await signedIn('rights', 'ann');
    assert.equal((await client.get('/admin/settings/mail')).status, 403);
    const page = await client.get('/admin/password');
    const form = /name="form" value="([^"]+)"/.exec(page.text)[1];
    assert.equal((await client.post('/admin/settings/mail/test', { form, reader: 'x@rights.example' })).status, 403);
    const boss = await signedIn('rights', 'boss');
    assert.equal((await boss.post('/admin/settings/mail/test', { reader: 'x@rights.example' })).status, 403, 'without the token of the form');
  });
});
