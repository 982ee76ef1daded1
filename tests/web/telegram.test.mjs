// SPDX-License-Identifier: BSD-2-Clause
// telegram.test.mjs - bots of Telegram as chats, against a Bot API of the test's own: accounts, the hook, what goes in and out, and its errors.
import { after, afterEach, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { Agent, company, PASSWORD } from '../harness/chat.mjs';
import { request, startHark, until } from '../harness/hark.mjs';
import { FILE_MOST, person, startTelegram } from '../harness/telegram.mjs';
import { png } from '../harness/pictures.mjs';

let hark;
let telegram;
let people = 5000;
let firms = 0;
const listeners = [];

const somebody = (more) => person(people += 1, { first_name: 'Ann', last_name: 'Lee', username: `ann${people}`, ...more });
const rows = (firm, what, where = '1') => hark.sql(`SELECT * FROM ${what} WHERE tenant_id = ${firm.id} AND ${where} ORDER BY id`);
const accountOf = async (firm, id) => (await rows(firm, 'account', `id = ${id}`))[0];

async function signIn(firm, account) {
  const client = hark.client({ headers: { 'X-Forwarded-For': `198.51.100.${1 + (firms * 7 + account.length) % 250}` } });
  assert.equal((await client.submit('/sign-in', { company: firm.code, account, password: PASSWORD })).status, 303);
  await client.get('/admin/accounts');
  return client;
}

/** A company with boss, anna and, unless told otherwise, a connected bot; anna is online. */
async function connected({ greeting = '', more = {}, online = true } = {}) {
  firms += 1;
  const firm = await company(hark, `tg${firms}`, { agents: { boss: { role: 'Administrators' }, anna: {} } });
  firm.boss = await signIn(firm, 'boss');
  firm.bot = telegram.bot(`shop${firms}_bot`);
  firm.account = await connect(firm, firm.bot, { greeting, ...more });
  if (online) {
    firm.anna = await Agent.at(hark, firm, 'anna');
    listeners.push(firm.anna);
  }
  return firm;
}

async function connect(firm, bot, { name = bot.username, greeting = '' } = {}) {
  const reply = await firm.boss.submit('/admin/accounts/new', { name, channel: 'telegram', token: bot.token, queue_id: String(firm.queue), greeting, enabled: '1' });
  assert.equal(reply.status, 303, reply.text);
  const [{ id }] = await rows(firm, 'account', `name = '${name}'`);
  await until(`${name} to be connected`, async () => (await accountOf(firm, id)).state === 'connected', 30);
  return Number(id);
}

/** What came in of the newest items. */
const inbound = (firm) => rows(firm, 'inbound');
const chatsOf = (firm) => rows(firm, 'conversation');
const messagesOf = (chat) => hark.sql(`SELECT * FROM message WHERE conversation_id = ${chat.id} ORDER BY seq`);
const deliveriesOf = (chat) => hark.sql(`SELECT * FROM delivery WHERE conversation_id = ${chat.id} ORDER BY seq`);
const settled = (firm) => until('everything to be taken in', async () => (await inbound(firm)).every((one) => one.state !== 'received'), 60);
const gone = (chat, count) => until('the outbox to be empty', async () => {
  const all = await deliveriesOf(chat);
  return all.length >= count && all.every((one) => !['waiting', 'sending'].includes(one.state)) && all;
}, 60);

/** A person writes and anna accepts. */
async function chatting(firm, from = somebody(), text = 'Hello') {
  assert.equal((await telegram.write(firm.bot, from, text)).status, 200);
  const chat = (await chatsOf(firm)).at(-1);
  const reply = await firm.anna.act(chat.id, 'accept');
  assert.equal(reply.status, 200, reply.text);
  return { ...chat, id: Number(chat.id), from };
}

describe('Telegram', () => {
  before(async () => {
    telegram = await startTelegram();
    hark = await startHark({ conf: { telegram_url: telegram.url } });
  });
  afterEach(async () => {
    for (const one of listeners.splice(0)) await one.stop();
  });
  after(async () => {
    await hark?.stop();
    await telegram?.end();
    assert.equal(telegram?.problem, undefined);
  });

  describe('accounts', () => {
    test('A-CH-19 an account with name and token connects its bot; the token is sealed and never shown', async () => {
      const firm = await connected({ greeting: 'Welcome!' });
      const row = await accountOf(firm, firm.account);
      assert.equal(row.remote_name, '@shop1_bot');
      assert.ok(!JSON.stringify(row).includes(firm.bot.token));
      assert.deepEqual({ ...firm.bot.hook, secret_token: '' }, { url: `${hark.url}/hook/telegram/${row.hook_key}`, secret_token: '', allowed_updates: ['message'], max_connections: 1 });
      assert.ok(firm.bot.hook.secret_token.length >= 32 && !JSON.stringify(row).includes(firm.bot.hook.secret_token));
      const page = (await firm.boss.get(`/admin/accounts/${firm.account}`)).text;
      assert.match(page, /data-value="connected">Connected/);
      for (const secret of [firm.bot.token, row.sealed_token, row.sealed_secret, firm.bot.hook.secret_token]) assert.ok(!page.includes(secret));
      assert.match((await firm.boss.get('/admin/accounts')).text, /@shop1_bot/);
      const audit = JSON.stringify(await rows(firm, 'audit', "noun = 'account'"));
      assert.match(audit, /account\.create/);
      assert.ok(!audit.includes(firm.bot.token.split(':')[1]));
    });

    test('A-CH-19 the token stays when the input is empty, is checked at once when it is wrong, and the button asks again', async () => {
      const firm = await connected();
      assert.equal((await firm.boss.submit(`/admin/accounts/${firm.account}`, { name: 'Renamed', channel: 'telegram', token: '', queue_id: String(firm.queue), enabled: '1' })).status, 303);
      await until('connected again', async () => (await accountOf(firm, firm.account)).state === 'connected', 30);
      const wrong = await firm.boss.submit(`/admin/accounts/${firm.account}`, { name: 'Renamed', channel: 'telegram', token: 'nonsense', queue_id: String(firm.queue), enabled: '1' });
      assert.equal(wrong.status, 422);
      assert.match(wrong.text, /must look like/);
      const missing = await firm.boss.submit('/admin/accounts/new', { name: 'Another', channel: 'telegram', token: '', queue_id: String(firm.queue), enabled: '1' });
      assert.equal(missing.status, 422);
      const twice = await firm.boss.submit('/admin/accounts/new', { name: 'Twice', channel: 'telegram', token: firm.bot.token, queue_id: String(firm.queue), enabled: '1' });
      assert.equal(twice.status, 422);
      assert.match(twice.text, /connected already: Renamed/);
      telegram.bots.delete(firm.bot.token);
      await firm.boss.get(`/admin/accounts/${firm.account}`);
      assert.equal((await firm.boss.submit(`/admin/accounts/${firm.account}`, {}, { form: '/check' })).status, 303);
      const failing = await until('it fails', async () => { const row = await accountOf(firm, firm.account); return row.state === 'failing' && row; }, 30);
      assert.equal(failing.detail, 'Unauthorized');
      assert.match((await firm.boss.get(`/admin/accounts/${firm.account}`)).text, /Telegram does not know this token\./);
      telegram.bots.set(firm.bot.token, firm.bot);
      telegram.strict = true;
      await firm.boss.submit(`/admin/accounts/${firm.account}`, {}, { form: '/check' });
      const https = await until('it wants https', async () => { const row = await accountOf(firm, firm.account); return row.detail.includes('HTTPS') && row; }, 30);
      telegram.strict = false;
      assert.equal(https.problem, 'Telegram refuses.');
    });

    test('an account stays with its bot', async () => {
      const firm = await connected();
      const other = telegram.bot(`other${firm.code}_bot`);
      const save = { name: 'Bot', channel: 'telegram', queue_id: String(firm.queue), enabled: '1' };
      const reply = await firm.boss.submit(`/admin/accounts/${firm.account}`, { ...save, token: other.token });
      assert.equal(reply.status, 422);
      assert.match(reply.text, /belongs to another bot: make another account for it/);
      const renewed = { ...firm.bot, token: `${firm.bot.id}:${'B'.repeat(35)}` };
      telegram.bots.set(renewed.token, renewed);
      assert.equal((await firm.boss.submit(`/admin/accounts/${firm.account}`, { ...save, token: renewed.token })).status, 303, 'a new token of the same bot');
      await until('it is told where we are', () => renewed.hook?.url === firm.bot.hook.url && renewed.hook !== firm.bot.hook, 30);
    });

    test('after the loss of the key file the token is typed again: nothing spins, and what waited comes in and can go out', async () => {
      const firm = await connected();
      const ann = somebody();
      const chat = await chatting(firm, ann);
      await hark.kill('hark-jobs', 'SIGTERM');
      assert.equal((await telegram.write(firm.bot, ann, { document: telegram.file(Buffer.from('%PDF-1'), { file_name: 'bill.pdf' }) })).status, 200);
      await firm.anna.say(chat.id, 'one moment');
      await hark.sql(`UPDATE account SET sealed_token = 'of another key', sealed_secret = 'of another key' WHERE id = ${firm.account}`);
      await hark.restart('hark-jobs');
      const [delivery] = await gone(chat, 1);
      assert.deepEqual([delivery.state, delivery.problem], ['failed', 'off']);
      const receive = () => hark.sql(`SELECT tries, problem, due_at FROM job WHERE tenant_id = ${firm.id} AND kind = 'telegram.receive'`);
      const [job] = await until('it is put off', async () => { const all = await receive(); return all[0]?.problem && all; }, 30);
      assert.equal(job.problem, "The bot's token cannot be read.");
      assert.ok(Number(job.tries) > 0);
      assert.equal((await telegram.write(firm.bot, ann, 'hello?')).status, 403, 'nobody can prove to be Telegram');
      assert.equal((await firm.boss.submit(`/admin/accounts/${firm.account}`, { name: 'Bot', channel: 'telegram', token: firm.bot.token, queue_id: String(firm.queue), enabled: '1' })).status, 303);
      await until('connected again', async () => (await accountOf(firm, firm.account)).state === 'connected', 30);
      await hark.sql(`UPDATE job SET due_at = 0 WHERE tenant_id = ${firm.id} AND kind = 'telegram.receive'`);
      assert.equal((await telegram.write(firm.bot, ann, 'hello?')).status, 200);
      await settled(firm);
      assert.deepEqual((await firm.anna.messages(chat.id)).slice(-2).map((one) => one.text), ['bill.pdf', 'hello?']);
      const { seq } = (await firm.anna.messages(chat.id)).find((one) => one.text === 'one moment');
      assert.equal((await firm.anna.act(chat.id, 'resend', { seq })).status, 200);
      await until('it went out', () => telegram.texts(ann).includes('one moment'), 30);
    });

    test('an account that is switched off or deleted lets its bot go; restored it connects again', async () => {
      const firm = await connected();
      const save = { name: 'Bot', channel: 'telegram', token: '', queue_id: String(firm.queue) };
      assert.equal((await firm.boss.submit(`/admin/accounts/${firm.account}`, { ...save, enabled: null })).status, 303);
      await until('off', async () => firm.bot.hook === null && (await accountOf(firm, firm.account)).state === 'off', 30);
      await firm.boss.submit(`/admin/accounts/${firm.account}`, { ...save, enabled: '1' });
      await until('on', async () => firm.bot.hook !== null, 30);
      assert.match((await firm.boss.get(`/admin/accounts/${firm.account}/delete`)).text, /Bot/);
      assert.equal((await firm.boss.submit(`/admin/accounts/${firm.account}/delete`, {})).status, 303);
      await until('deleted', async () => firm.bot.hook === null, 30);
      assert.equal((await firm.boss.submit(`/admin/accounts/${firm.account}`, {}, { form: '/restore' })).status, 303);
      await until('restored', async () => firm.bot.hook !== null, 30);
    });

    test('an account lets go no bot that another company has taken over', async () => {
      const [old, young] = [await connected({ online: false }), await connected({ online: false })];
      young.account = await connect(young, old.bot);
      const taken = old.bot.hook.url;
      assert.ok(taken.endsWith((await accountOf(young, young.account)).hook_key));
      assert.equal((await old.boss.submit(`/admin/accounts/${old.account}/delete`, {})).status, 303);
      await until('off', async () => (await accountOf(old, old.account)).state === 'off', 30);
      assert.equal(old.bot.hook?.url, taken);
    });

    describe('of a company that is erased', () => {
      const number = async (sql) => Number((await hark.sql(sql))[0].n);
      const left = (firm, table, column = 'tenant_id') => number(`SELECT COUNT(*) AS n FROM ${table} WHERE ${column} = ${firm.id}`);
      const callsOf = (firm, method) => telegram.calls.filter((call) => call.bot === firm.bot && call.method === method).length;

      /** The timer runs once. */
      async function erase() {
        await until('the timer is there', async () => await number("SELECT COUNT(*) AS n FROM job WHERE kind = 'tenant.erase' AND state = 'due'") === 1);
        await hark.sql("UPDATE job SET due_at = 0 WHERE kind = 'tenant.erase' AND state = 'due'");
        await until('it has run', async () => await number("SELECT COUNT(*) AS n FROM job WHERE kind = 'tenant.erase' AND state = 'due' AND due_at > 0") === 1, 60);
      }
      const erased = (firm) => until(`${firm.code} is erased`, async () => { await erase(); return await left(firm, 'tenant', 'id') === 0; }, 60);
      async function remove(firm, ...more) {
        const done = await hark.hark(['tenant', 'delete', '--tenant', firm.code, '--confirm', firm.code, ...more]);
        assert.equal(done.code, 0, done.stderr);
      }

      test('its bots are let go when the grace is over, and not before', async () => {
        const firm = await connected({ online: false });
        const second = telegram.bot('second_bot', 999001);
        await connect(firm, second);
        await remove(firm);
        await erase();
        assert.equal(await left(firm, 'job'), 0);
        assert.ok(firm.bot.hook && second.hook, 'it may still be undone');
        await hark.sql(`UPDATE tenant SET delete_at = 1 WHERE id = ${firm.id}`);
        await erased(firm);
        assert.deepEqual([firm.bot.hook, second.hook], [null, null]);
        for (const table of ['account', 'job', 'agent']) assert.equal(await left(firm, table), 0, table);
      });

      test('Telegram is tried again, and then not waited for', async () => {
        const firm = await connected({ online: false });
        telegram.fail('getWebhookInfo', { status: 500 }, 1000);
        await remove(firm, '--days', '0');
        await erase();
        await until('it is tried again', () => callsOf(firm, 'getWebhookInfo') > 1, 60);
        await erase();
        assert.equal(await left(firm, 'account'), 1, 'it is waited for');
        await hark.sql(`UPDATE tenant SET updated_at = updated_at - 600000 WHERE id = ${firm.id}`);
        await erased(firm);
        assert.ok(firm.bot.hook);
        for (const table of ['account', 'job', 'agent']) assert.equal(await left(firm, table), 0, table);
        telegram.faults.length = 0;
      });

      test('a token that Telegram does not know any more holds up nothing', async () => {
        const firm = await connected({ online: false });
        telegram.fail('getWebhookInfo', { status: 401, description: 'Unauthorized' });
        await remove(firm, '--days', '0');
        await erased(firm);
        assert.equal(callsOf(firm, 'getWebhookInfo'), 1);
      });
    });

    test('the plan limits accounts, and says so', async () => {
      firms += 1;
      const firm = await company(hark, `tg${firms}`, { agents: { boss: { role: 'Administrators' } } });
      const run = async (...args) => assert.equal((await hark.hark(args)).code, 0, args.join(' '));
      await run('plan', 'create', '--code', 'one', '--name', 'One', '--accounts', '1');
      await run('tenant', 'plan', '--tenant', firm.code, '--plan', 'one');
      firm.boss = await signIn(firm, 'boss');
      await connect(firm, telegram.bot('first_bot'));
      assert.match((await firm.boss.get('/admin/accounts')).text, /Channel accounts: 1 of 1/);
      const reply = await firm.boss.submit('/admin/accounts/new', { name: 'second', channel: 'telegram', token: telegram.bot('second_bot').token, queue_id: String(firm.queue), enabled: '1' });
      assert.equal(reply.status, 422);
      assert.match(reply.text, /Your plan allows no more. Channel accounts: 1 of 1/);
    });
  });

  describe('the hook', () => {
    test('ML9 only the account’s own secret opens it, and nothing is written otherwise', async () => {
      const firm = await connected();
      const other = await connected();
      const url = firm.bot.hook.url;
      const update = () => telegram.written(firm.bot, somebody(), 'Hello');
      const secret = firm.bot.hook.secret_token;
      const before = JSON.stringify(await hark.sql('SELECT id FROM inbound'));
      const post = (headers, body = JSON.stringify(update())) => request(url, { method: 'POST', body, headers: { 'Content-Type': 'application/json', ...headers } });
      assert.equal((await post({})).status, 403);
      for (const wrong of ['', 'x', secret.slice(1), secret.toUpperCase(), `${secret}x`, other.bot.hook.secret_token, firm.bot.token])
        assert.equal((await post({ 'X-Telegram-Bot-Api-Secret-Token': wrong })).status, 403, wrong);
      const own = { 'X-Telegram-Bot-Api-Secret-Token': secret };
      assert.equal((await request(url, { headers: own })).status, 405);
      assert.equal((await post({ ...own, 'Content-Type': 'text/plain' })).status, 415);
      assert.equal((await post(own, 'x'.repeat(300 * 1024))).status, 413);
      for (const body of ['', '{', '[]', '"x"', '{"update_id":"7"}', '{"message":{}}', '{"update_id":1,"update_id":2}', '{"update_id":1,"x":"\\ud800"}'])
        assert.equal((await post(own, body)).status, 400, body);
      for (const key of ['A'.repeat(22), 'x', 'A'.repeat(400)]) assert.equal((await request(`${hark.url}/hook/telegram/${key}`, { method: 'POST', body: '{}', headers: { ...own, 'Content-Type': 'application/json' } })).status, 404);
      await hark.sql(`UPDATE tenant SET state = 'suspended' WHERE id = ${firm.id}`);
      assert.equal((await post(own)).status, 503);
      await hark.sql(`UPDATE tenant SET state = 'active' WHERE id = ${firm.id}`);
      assert.equal(JSON.stringify(await hark.sql('SELECT id FROM inbound')), before);
      assert.equal((await post(own)).status, 200);
      assert.equal((await inbound(firm)).length, 1);
    });

    test('ML10 F13 the same update a hundred times at once, and later again, is one message; each update has one end', async () => {
      const firm = await connected();
      const ann = somebody();
      const update = telegram.written(firm.bot, ann, 'Only once');
      const replies = await Promise.all(Array.from({ length: 100 }, () => telegram.update(firm.bot, update)));
      assert.deepEqual([...new Set(replies.map((reply) => reply.status))], [200]);
      const [chat, ...more] = await chatsOf(firm);
      assert.deepEqual(more, []);
      assert.deepEqual((await messagesOf(chat)).map((message) => message.body), ['Only once']);
      const [item, ...others] = await inbound(firm);
      assert.deepEqual(others, []);
      assert.deepEqual([item.state, Number(item.repeats), item.raw], ['started', 99, null]);
      await telegram.update(firm.bot, { ...update, update_id: update.update_id + 1000 });
      assert.deepEqual((await inbound(firm)).map((one) => one.state), ['started', 'duplicate']);
      assert.equal((await messagesOf(chat)).length, 1);
      const poll = telegram.written(firm.bot, ann, { poll: { id: '1' } });
      await Promise.all(Array.from({ length: 20 }, () => telegram.update(firm.bot, poll)));
      assert.deepEqual((await messagesOf(chat)).map((message) => message.kind), ['text', 'event']);
    });

    test('I1 hark-web killed while updates come, which Telegram repeats until it hears 200: each is there once, in order', async () => {
      const firm = await connected();
      const ann = somebody();
      const texts = Array.from({ length: 30 }, (_, i) => `line ${i}`);
      let again;
      for (const [i, text] of texts.entries()) {
        const update = telegram.written(firm.bot, ann, text);
        const handed = until(text, async () => (await telegram.update(firm.bot, update).catch(() => ({ status: 0 }))).status === 200, 60);
        if (i % 10 === 5) {
          await hark.kill('hark-web');
          again = hark.restart('hark-web');
        }
        await handed;
        await again;
      }
      const [chat, ...more] = await chatsOf(firm);
      assert.deepEqual(more, []);
      assert.deepEqual((await messagesOf(chat)).filter((message) => message.kind === 'text').map((message) => message.body), texts);
      assert.deepEqual([...new Set((await inbound(firm)).map((one) => one.state))], ['started', 'appended']);
    });

    test('groups, bots, edited messages and what is malformed are recorded and begin nothing', async () => {
      const firm = await connected();
      const ann = somebody();
      const states = [];
      const hand = async (update) => {
        assert.equal((await telegram.update(firm.bot, update)).status, 200);
        states.push((await inbound(firm)).at(-1).state);
      };
      await hand(telegram.written(firm.bot, ann, 'Hello all', { type: 'supergroup', chat: -100200 }));
      const { message, update_id } = telegram.written(firm.bot, ann, 'Hello');
      await hand({ update_id, edited_message: message });
      await hand(telegram.written(firm.bot, { ...ann, is_bot: true }, 'Hello'));
      await hand({ update_id: telegram.numbers.update += 1, message: { message_id: 'x', chat: { type: 'private' } } });
      await hand({ update_id: telegram.numbers.update += 1, message: 7 });
      assert.deepEqual(states, ['ignored', 'ignored', 'ignored', 'failed', 'failed']);
      assert.deepEqual(await chatsOf(firm), []);
      assert.match((await inbound(firm)).at(-1).raw, /"message":7/);
      assert.match((await firm.boss.get(`/admin/accounts/${firm.account}`)).text, /2 messages of the last 30 days could not be taken in\./);
    });
  });

  describe('what comes in', () => {
    test('A-CH-19 a message rings at the agents as every chat; the next ones are of the same chat, and after its end of a new one with the same contact', async () => {
      const firm = await connected({ greeting: 'Welcome to the shop!' });
      firm.anna.listen();
      const ann = somebody();
      await telegram.write(firm.bot, ann, 'Do you sell boots?');
      const offer = await firm.anna.heard((event) => event.type === 'offer');
      assert.deepEqual([offer.conversation.channel, offer.conversation.visitor.name, offer.conversation.last_by], ['telegram', 'Ann Lee', 'system']);
      const chat = (await chatsOf(firm))[0];
      assert.deepEqual((await messagesOf(chat)).map((message) => message.body), ['Do you sell boots?', 'Welcome to the shop!']);
      assert.equal((await firm.anna.act(chat.id, 'accept')).status, 200);
      await telegram.write(firm.bot, ann, 'Brown ones?');
      await firm.anna.heard((event) => event.type === 'message' && event.message.text === 'Brown ones?');
      await telegram.write(firm.bot, ann, '/start');
      await until('the greeting', () => telegram.texts(ann).includes('Welcome to the shop!'), 30);
      assert.equal((await firm.anna.act(chat.id, 'end')).status, 200);
      await until('the end', () => telegram.texts(ann).some((text) => text.startsWith('The chat has ended.')), 30);
      await telegram.write(firm.bot, ann, 'One more thing');
      const [first, second, ...more] = await chatsOf(firm);
      assert.deepEqual(more, []);
      assert.equal(first.contact_id, second.contact_id);
      assert.deepEqual([first.state, first.close_reason, second.visitor_id], ['closed', 'agent', null]);
      assert.notEqual(second.state, 'closed');
      const [identity, ...others] = await rows(firm, 'contact_identity');
      assert.deepEqual(others, []);
      assert.deepEqual([identity.name, identity.username, identity.locale], ['Ann Lee', ann.username, 'en']);
      assert.deepEqual((await inbound(firm)).map((one) => one.state), ['started', 'appended', 'ignored', 'started']);
    });

    test('/start begins a chat with the greeting, in the transcript too; two accounts are two channels', async () => {
      const firm = await connected({ greeting: 'Hello from one' });
      const two = telegram.bot(`other${firms}_bot`);
      await connect(firm, two, { greeting: 'Hello from two' });
      const ann = somebody();
      await telegram.write(firm.bot, ann, '/start');
      await telegram.write(two, ann, '/start shop');
      await until('both greetings', () => telegram.texts(ann).length === 2, 30);
      const chats = await chatsOf(firm);
      assert.equal(chats.length, 2);
      assert.notEqual(chats[0].identity_id, chats[1].identity_id);
      const messages = await messagesOf(chats[1]);
      assert.deepEqual(messages.map((message) => message.kind), ['event', 'text']);
      assert.match(messages[0].body, /"what":"started"/);
    });

    test('A-CH-20 text, pictures, video, audio and files arrive in their order, checked and kept; captions, stickers, places and cards as text', async () => {
      const firm = await connected();
      const ann = somebody();
      const chat = await chatting(firm, ann, 'Look:');
      const picture = png(40, 30);
      const mp4 = Buffer.concat([Buffer.from('0000001866747970', 'hex'), Buffer.from('isom'), randomBytes(2000)]);
      const ogg = Buffer.concat([Buffer.from('OggS'), randomBytes(500)]);
      let release;
      telegram.fail('file', { wait: new Promise((resolve) => { release = resolve; }) });
      const photo = telegram.file(picture, { path: 'photos/file_0.png' });
      await telegram.write(firm.bot, ann, { photo: [{ file_id: 'small', width: 4, height: 3 }, { ...photo, width: 40, height: 30 }], caption: 'The hole' });
      await telegram.write(firm.bot, ann, 'after the picture');
      const meanwhile = await messagesOf(chat);
      release();
      assert.equal(meanwhile.length, 2);      // Look:, accepted
      await telegram.write(firm.bot, ann, { video: telegram.file(mp4, { path: 'videos/file_1.mp4', file_name: 'walk.mp4' }) });
      await telegram.write(firm.bot, ann, { voice: telegram.file(ogg, { path: 'voice/file_2.oga' }) });
      await telegram.write(firm.bot, ann, { audio: telegram.file(Buffer.from('ID3xxxx'), { path: 'music/file_3.mp3', file_name: 'song.mp3' }) });
      await telegram.write(firm.bot, ann, { document: telegram.file(Buffer.from('a,b\n'), { file_name: '../../etc/pass\u202ewd.csv' }) });
      await telegram.write(firm.bot, ann, { sticker: { ...telegram.file(ogg), emoji: '👍' } });
      await telegram.write(firm.bot, ann, { location: { latitude: 52.520008, longitude: 13.404954 } });
      await telegram.write(firm.bot, ann, { contact: { phone_number: '+4912345', first_name: 'Ben' } });
      await telegram.write(firm.bot, ann, { poll: { id: '1', question: 'Which?' } });
      await settled(firm);
      const all = (await firm.anna.messages(chat.id)).slice(2);
      assert.deepEqual(all.map((one) => [one.kind, one.kind === 'event' ? one.event.what : one.text.split('\n')[0]]), [
        ['file', 'The hole'], ['text', 'after the picture'], ['file', 'walk.mp4'], ['file', 'voice.ogg'], ['file', 'song.mp3'],
        ['file', 'passwd.csv'], ['text', '👍'], ['text', '📍 52.520008, 13.404954'], ['text', '👤 Ben'], ['event', 'unsupported']]);
      assert.deepEqual(all.filter((one) => one.file).map((one) => [one.file.name, one.file.type]), [
        ['photo.png', 'image/png'], ['walk.mp4', 'video/mp4'], ['voice.ogg', 'audio/ogg'], ['song.mp3', 'audio/mpeg'], ['passwd.csv', 'text/csv; charset=utf-8']]);
      const file = await firm.anna.client.get(`/console/files/${all[2].file.id}`);
      assert.equal(file.status, 200);
      assert.match(all[7].text, /https:\/\/www\.openstreetmap\.org\/\?mlat=52\.520008&mlon=13\.404954/);
      assert.match(all[8].text, /\+4912345/);
    });

    test('files that are too large, of another kind or not to be had leave a line in the transcript', async () => {
      const firm = await connected();
      const ann = somebody();
      const chat = await chatting(firm, ann);
      await telegram.write(firm.bot, ann, { document: telegram.file(Buffer.from('x'), { file_name: 'film.mp4', size: 30e6 }), caption: 'my film' });
      await telegram.write(firm.bot, ann, { document: telegram.file(Buffer.from('MZ'), { file_name: 'setup.exe' }) });
      await telegram.write(firm.bot, ann, { document: { file_id: 'nowhere', file_name: 'a.pdf' } });
      await telegram.write(firm.bot, ann, { document: telegram.file(Buffer.from('not a picture'), { file_name: 'a.png' }) });
      await telegram.write(firm.bot, ann, { document: { ...telegram.file(Buffer.from('%PDF-1'), { path: '../../../etc/passwd' }), file_name: 'b.pdf' } });
      telegram.fail('file', { status: 500 });
      await telegram.write(firm.bot, ann, { document: telegram.file(Buffer.from('%PDF-1'), { file_name: 'late.pdf' }) });
      await settled(firm);
      const said = (await firm.anna.messages(chat.id)).slice(2).map((one) => (one.event ? `${one.event.what} ${one.event.name}` : one.text));
      assert.deepEqual(said, ['file_large film.mp4', 'my film', 'file_kind setup.exe', 'file_gone a.pdf', 'file_kind a.png', 'file_gone b.pdf', 'late.pdf']);
    });

    test('a file of exactly the allowed size comes in; a larger one does not, whatever it says of itself', async () => {
      const firm = await connected();
      const ann = somebody();
      const chat = await chatting(firm, ann);
      await telegram.write(firm.bot, ann, { document: telegram.file(Buffer.alloc(FILE_MOST, 'a'), { file_name: 'whole.txt' }) });
      await telegram.write(firm.bot, ann, { document: telegram.file(Buffer.alloc(FILE_MOST + 100000, 'a'), { file_name: 'more.txt', size: 10 }) });
      await settled(firm);
      const said = (await firm.anna.messages(chat.id)).slice(2).map((one) => (one.event ? `${one.event.what} ${one.event.name}` : one.text));
      assert.deepEqual(said, ['whole.txt', 'file_large more.txt']);
    });

    test('X-ROUT-04 when the plan has no place left, the person is told and nothing is begun', async () => {
      const firm = await connected();
      const run = async (...args) => assert.equal((await hark.hark(args)).code, 0, args.join(' '));
      await run('plan', 'create', '--code', 'tiny', '--name', 'Tiny', '--chats', '1');
      await run('tenant', 'plan', '--tenant', firm.code, '--plan', 'tiny');
      await chatting(firm);
      const ben = somebody({ first_name: 'Ben', language_code: 'fr' });
      assert.equal((await telegram.write(firm.bot, ben, 'Bonjour')).status, 200);
      assert.equal((await inbound(firm)).at(-1).state, 'refused');
      assert.equal((await chatsOf(firm)).length, 1);
      await until('Ben is told', () => telegram.texts(ben).length === 1, 30);
      assert.match(telegram.texts(ben)[0], /lignes|occup/i);
    });

    test('nobody is online: the chat waits, and no sweep ends it', async () => {
      const firm = await connected({ online: false });
      await telegram.write(firm.bot, somebody(), 'Anybody?');
      const [chat] = await chatsOf(firm);
      await hark.sql(`UPDATE conversation SET created_at = created_at - 86400000, waiting_since = waiting_since - 86400000 WHERE id = ${chat.id};
        UPDATE job SET due_at = 0 WHERE kind IN ('chat.presence', 'routing.sweep')`);
      await until('the sweeps ran', async () => (await hark.sql("SELECT 1 FROM job WHERE kind IN ('chat.presence', 'routing.sweep') AND due_at = 0")).length === 0, 30);
      assert.equal((await chatsOf(firm))[0].state, 'waiting');
    });
  });

  describe('what goes out', () => {
    test('A-CH-19 A-CH-20 texts, pictures, video, audio and files go out in their order; notes never', async () => {
      const firm = await connected();
      const chat = await chatting(firm);
      const picture = png(30, 30);
      await firm.anna.say(chat.id, 'Here it is:');
      assert.equal((await firm.anna.act(chat.id, 'note', { client_id: randomUUID(), text: 'difficult one' })).status, 200);
      for (const [name, bytes] of [['boot.png', picture], ['clip.mp4', Buffer.from('video')], ['song.mp3', Buffer.from('audio')], ['price "list".csv', Buffer.from('a,b')]])
        assert.equal((await firm.anna.upload(chat.id, name, bytes)).status, 200, name);
      await firm.anna.say(chat.id, 'Do you like it?');
      const all = await gone(chat, 6);
      assert.deepEqual([...new Set(all.map((one) => one.state))], ['sent']);
      const sent = telegram.sent.filter((one) => one.chat === chat.from.id);
      assert.deepEqual(sent.map((one) => one.text ?? `${one.kind} ${one.name}`),
        ['Here it is:', 'photo boot.png', 'video clip.mp4', 'audio song.mp3', 'document price "list".csv', 'Do you like it?']);
      assert.ok(sent[1].bytes.equals(picture));
    });

    test('a picture that Telegram does not take as one goes as a file, also when it answers badly in between', async () => {
      const firm = await connected();
      const chat = await chatting(firm);
      telegram.fail('sendPhoto', { status: 500 });
      telegram.fail('sendPhoto', { status: 400, description: 'Bad Request: PHOTO_INVALID_DIMENSIONS' });
      telegram.fail('sendDocument', { status: 500 });
      assert.equal((await firm.anna.upload(chat.id, 'long.png', png(30, 30))).status, 200);
      const [delivery] = await gone(chat, 1);
      assert.deepEqual([delivery.state, delivery.detail], ['sent', '']);
      assert.deepEqual(telegram.sent.filter((one) => one.chat === chat.from.id).map((one) => one.kind), ['document']);
    });

    test('P-42 the end is said in the person’s language, and in the company’s words', async () => {
      const firm = await connected();
      const chat = await chatting(firm, somebody({ language_code: 'fr' }));
      const message = 'The chat has ended. Write again whenever you like: a new one begins.';
      assert.equal((await firm.boss.submit(`/admin/texts/new?language=fr&message=${encodeURIComponent(message)}`, { wording: 'À bientôt !' })).status, 303);
      assert.equal((await firm.anna.act(chat.id, 'end')).status, 200);
      await until('the end', () => telegram.texts(chat.from).includes('À bientôt !'), 30);
    });

    test('a long text goes in parts that Telegram takes, cut between words, and is one message here', async () => {
      const firm = await connected();
      const chat = await chatting(firm);
      const text = `${'word '.repeat(300)}${'😀'.repeat(2400)}`;
      await firm.anna.say(chat.id, text);
      const [delivery] = await gone(chat, 1);
      assert.deepEqual([delivery.state, Number(delivery.parts)], ['sent', 2]);
      const parts = telegram.texts(chat.from);
      assert.equal(parts.length, 2);
      assert.equal(parts.join('').replace(/\s/g, ''), text.replace(/\s/g, ''));
      assert.ok(parts.every((part) => part.length <= 4096 && !/[\ud800-\udbff]$/.test(part)));
    });

    test('F23 429 and errors of Telegram are waited for, in order; a call whose answer is lost is not repeated by itself', async () => {
      const firm = await connected();
      const chat = await chatting(firm);
      firm.anna.listen();
      await firm.anna.load(String(chat.id));
      telegram.fail('sendMessage', { status: 429, description: 'Too Many Requests: retry after 1', retry_after: 1 });
      telegram.fail('sendMessage', { status: 502, description: 'Bad Gateway' });
      await firm.anna.say(chat.id, 'one');
      await firm.anna.say(chat.id, 'two');
      await gone(chat, 2);
      assert.deepEqual(telegram.texts(chat.from), ['one', 'two']);
      telegram.fail('sendMessage', { drop: 'after' });
      await firm.anna.say(chat.id, 'lost');
      await firm.anna.say(chat.id, 'next');
      const all = await gone(chat, 4);
      assert.deepEqual(all.map((one) => one.state), ['sent', 'sent', 'uncertain', 'sent']);
      assert.deepEqual(telegram.texts(chat.from), ['one', 'two', 'lost', 'next']);
    });

    test('a person who has blocked the bot, and what Telegram refuses, is told at the message; it can be sent again', async () => {
      const firm = await connected();
      const chat = await chatting(firm);
      await firm.anna.load(String(chat.id));
      firm.anna.listen();
      telegram.blocked.add(chat.from.id);
      const said = (await firm.anna.say(chat.id, 'Are you there?')).json().message;
      assert.equal(said.delivery.state, 'waiting');
      const told = await firm.anna.heard((event) => event.type === 'delivery' && event.c === chat.id && event.seq === said.seq);
      assert.deepEqual(told.delivery, { state: 'failed', problem: 'blocked', detail: 'Forbidden: bot was blocked by the user' });
      assert.deepEqual((await firm.anna.messages(chat.id)).at(-1).delivery, told.delivery);
      telegram.blocked.delete(chat.from.id);
      assert.equal((await firm.anna.act(chat.id, 'resend', { seq: said.seq })).status, 200);
      await firm.anna.heard((event) => event.type === 'delivery' && event.seq === said.seq && event.delivery.state === 'sent');
      assert.deepEqual(telegram.texts(chat.from), ['Are you there?']);
      assert.equal((await firm.anna.act(chat.id, 'resend', { seq: said.seq })).status, 409);
    });

    test('hark-jobs killed while Telegram answers: the message is not sent twice, and the agent learns that it is not certain', async () => {
      const firm = await connected();
      const chat = await chatting(firm);
      let release;
      telegram.fail('sendMessage', { wait: new Promise((resolve) => { release = resolve; }) });
      await firm.anna.say(chat.id, 'Once or never');
      await until('the call is on its way', () => telegram.calls.some((one) => one.parameters.text === 'Once or never'), 30);
      await hark.kill('hark-jobs');
      release();
      await firm.anna.say(chat.id, 'and this');
      await hark.restart('hark-jobs');
      await hark.sql(`UPDATE job SET lease_until = 0 WHERE kind = 'telegram.send'; UPDATE contact_identity SET sending_until = 0 WHERE tenant_id = ${firm.id}`);
      const all = await gone(chat, 2);
      assert.deepEqual(all.map((one) => one.state), ['uncertain', 'sent']);
      assert.deepEqual(telegram.texts(chat.from), ['Once or never', 'and this']);
    });
  });
});
