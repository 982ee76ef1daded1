// SPDX-License-Identifier: BSD-2-Clause
// texts_mail.test.mjs - mails in a company's own words, by a real Postfix.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { company, PASSWORD } from '../harness/chat.mjs';
import { startHark } from '../harness/hark.mjs';
import { noPostfix, startPostfix } from '../harness/postfix.mjs';

let hark;
let postfix;

describe('mails in own words', { skip: noPostfix() }, () => {
  before(async () => {
    postfix = await startPostfix();
    hark = await startHark({ programs: ['hark-web', 'hark-jobs'], conf: { smtp_url: `smtp://127.0.0.1:${postfix.port}`, mail_from: 'no-reply@host.example' } });
  });
  after(async () => {
    await hark?.stop();
    await postfix?.end();
  });

  async function signedIn(firm) {
    const client = hark.client();
    assert.equal((await client.submit('/sign-in', { company: firm.code, account: 'boss', password: PASSWORD })).status, 303);
    await client.get('/admin');
    return client;
  }

  test('P-42 a mail is written in the company\'s words, with what is filled in, and nobody else\'s is', async () => {
    const acme = await company(hark, 'acme', { agents: { boss: { role: 'Administrators' } } });
    const beta = await company(hark, 'beta', { agents: { boss: { role: 'Administrators' } } });
    const boss = await signedIn(acme);
    for (const [message, wording] of [['A test mail of {company}', 'Greetings from {company}!'], ['Hello {name},', 'Dear {name}!']]) {
      const form = await boss.submit(`/admin/texts/new?language=en&area=mails&message=${encodeURIComponent(message)}`, { wording }, { form: '/admin/texts' });
      assert.equal(form.headers.location, '/admin/texts/all?language=en&area=mails', form.text);
    }
    for (const [client, reader] of [[boss, 'a@acme.example'], [await signedIn(beta), 'b@beta.example']]) assert.equal((await client.submit('/admin/settings/mail', { reader })).status, 303);
    const mail = await postfix.mailTo('a@acme.example');
    assert.match(mail.subject, /^Greetings from .*acme.*!$/i);
    assert.match(mail.text, /^Dear [^\n]+!\n/);
    const other = await postfix.mailTo('b@beta.example');
    assert.match(other.subject, /^A test mail of /);
    assert.match(other.text, /^Hello /);
  });
});
