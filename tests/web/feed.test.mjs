// SPDX-License-Identifier: BSD-2-Clause
// feed.test.mjs - holidays by subscription: a file at an address that is fetched, read and kept, and everything that can go wrong with it.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { startHark, until } from '../harness/hark.mjs';

const PASSWORD = 'a long enough secret';
const YEAR = new Date().getUTCFullYear() + 1;
const ics = (...events) => ['BEGIN:VCALENDAR', 'VERSION:2.0', ...events.flatMap((lines) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']), 'END:VCALENDAR', ''].join('\r\n');
const event = (name, day) => [`DTSTART;VALUE=DATE:${YEAR}${day}`, `SUMMARY:${name}`];
const answers = new Map();    // path → what the feed's server does
const asked = [];             // { path, headers }
let hark;
let feeds;                    // a server that may be fetched from
let secret;                   // one that may not
let secretAsked = 0;
let anna;
let boss;
let keys;

async function command(...args) {
  const done = await hark.hark(args, { input: PASSWORD });
  assert.equal(done.code, 0, done.stderr);
  return done;
}

async function signedIn(company, account) {
  const client = hark.client();
  const reply = await client.submit('/sign-in', { company, account, password: PASSWORD });
  assert.equal(reply.status, 303, reply.text);
  await client.get('/admin');
  return client;
}

const listen = (handler) => new Promise((resolve) => {
  const server = createServer(handler);
  server.listen(0, '127.0.0.1', () => resolve(server));
});
const urlOf = (server, path) => `http://127.0.0.1:${server.address().port}${path}`;
const feed = (path) => urlOf(feeds, path);
const api = (method, path, body, key = keys.acme) => hark.client({ headers: { 'X-Api-Key': key } }).json(method, `/api/v1/${path}`, body);

/** The server says this file at a path. */
function says(path, text, headers = {}) {
  answers.set(path, (_req, res) => res.writeHead(200, { 'Content-Type': 'text/calendar', ...headers }).end(text));
}
const fails = (path, status, headers = {}) => answers.set(path, (_req, res) => res.writeHead(status, headers).end('no'));

async function calendar(url, values = {}) {
  const reply = await api('POST', 'calendars', { name: `Calendar ${Math.random()}`, feed_url: url, ...values });
  assert.equal(reply.status, 201, reply.text);
  return reply.json();
}
const stored = async (id) => (await api('GET', `holidays?calendar_id=${id}&per_page=200`)).json().items;
const names = async (id) => (await stored(id)).map((row) => row.name);
const row = async (id) => (await hark.sql(`SELECT * FROM holiday_import WHERE calendar_id = ${id} AND is_feed = 1`))[0];
const tries = async (id) => Number((await row(id))?.tried_at ?? 0);
/** What came of the next try, which `cause` asks for. */
async function tried(id, cause = () => {}) {
  const last = await tries(id);
  await cause();
  return until('the feed to be tried', async () => await tries(id) > last && row(id), 60);
}
const fetchNow = async (id) => {
  const reply = await anna.submit(`/admin/calendars/${id}`, {}, { form: `/admin/calendars/${id}/feed` });
  assert.equal(reply.status, 303, reply.text);
};
const again = (id) => tried(id, () => fetchNow(id));
/** What the calendar's page says, without what is around every page. */
const page = async (id) => (await anna.get(`/admin/calendars/${id}`)).text.replace(/[^]*<main/, '<main');

before(async () => {
  feeds = await listen((req, res) => {
    asked.push({ path: req.url, headers: req.headers });
    const answer = answers.get(req.url);
    if (answer) answer(req, res);
    else res.writeHead(404).end();
  });
  secret = await listen((_req, res) => {
    secretAsked += 1;
    res.writeHead(200).end(ics(event('Stolen', '0101')));
  });
  hark = await startHark({ programs: ['hark-chat', 'hark-web', 'hark-jobs'], conf: { feeds_private: `127.0.0.1:${feeds.address().port}` } });
  keys = {};
  for (const [code, account] of [['acme', 'anna'], ['beta', 'boss']]) {
    await command('tenant', 'create', '--code', code, '--name', code, '--time-zone', 'Europe/Paris');
    await command('agent', 'create', '--tenant', code, '--account', account, '--email', `${account}@${code}.example`, '--first-name', account,
      '--password-file', '-', '--role', 'Administrators');
    keys[code] = (await command('key', 'create', '--tenant', code, '--account', account, '--name', 'tests', '--json')).json().key;
  }
  anna = await signedIn('acme', 'anna');
  boss = await signedIn('beta', 'boss');
});
after(async () => {
  await hark?.stop();
  for (const server of [feeds, secret]) {
    server?.closeAllConnections();
    server?.close();
  }
});

describe('holidays by subscription', () => {
  test('A-HOURS-03 a feed is fetched when the form is saved, and its next version takes the place of the last; own holidays stay', async () => {
    says('/good.ics', ics(event('Alpha', '0101'), event('Beta', '0501'), event('Own day', '0601')));
    const made = await anna.submit('/admin/calendars/new', { name: 'With a feed', monday: '9-17', feed_url: ` ${feed('/good.ics')} ` });
    assert.equal(made.status, 303, made.text);
    const { id, feed_url: kept } = (await api('GET', 'calendars?q=With a feed')).json().items[0];
    assert.equal(kept, feed('/good.ics'));
    await until('the first fetch', async () => (await names(id)).length === 3, 60);
    assert.match(await page(id), /3 holidays by subscription/);
    assert.match(await page(id), /by subscription<\/span>/, 'nobody can change them here');
    const before = await stored(id);

    // An own one of the same content stands for that of the feed.
    await api('POST', 'holidays', { calendar_id: id, name: 'Own day', first_day: `${YEAR}-06-01` });
    await api('POST', 'holidays', { calendar_id: id, name: 'Mine', first_day: `${YEAR}-07-01` });
    says('/good.ics', ics(event('Alpha', '0101'), event('Gamma', '0801'), event('Own day', '0601')));
    await again(id);
    assert.deepEqual((await names(id)).sort(), ['Alpha', 'Gamma', 'Mine', 'Own day']);
    assert.equal((await stored(id)).find((one) => one.name === 'Alpha').id, before.find((one) => one.name === 'Alpha').id, 'what stays is not made anew');
    const audit = await hark.sql(`SELECT actor_kind, difference FROM audit WHERE action = 'calendar.feed' AND noun_id = ${id} ORDER BY id`);
    assert.deepEqual(audit.map((one) => JSON.parse(one.difference).holidays), [['0', '3'], ['3', '2']]);

    // The same once more changes nothing and says nothing.
    await again(id);
    assert.equal((await hark.sql(`SELECT COUNT(*) AS n FROM audit WHERE action = 'calendar.feed' AND noun_id = ${id}`))[0].n, '2');

    // In a day.
    const now = await row(id);
    assert.equal(Number(now.due_at) - Number(now.tried_at), 86400000);
    assert.equal(now.failures, '0');

    // Without the address they go, the own ones stay.
    assert.equal((await anna.submit(`/admin/calendars/${id}`, { feed_url: '' })).status, 303);
    assert.deepEqual((await names(id)).sort(), ['Mine', 'Own day']);
    assert.doesNotMatch(await page(id), /Fetch now/);
  });

  test('A-HOURS-03 holidays of a feed count: the calendar is closed on them', async () => {
    const today = new Date();
    const day = (days) => new Date(today.getTime() + days * 86400000).toISOString().slice(0, 10).replaceAll('-', '');
    says('/today.ics', ics([`DTSTART;VALUE=DATE:${day(-1)}`, `DTEND;VALUE=DATE:${day(2)}`, 'SUMMARY:Long feast']));
    const { id } = await calendar(feed('/today.ics'), { monday: '0-24', tuesday: '0-24', wednesday: '0-24', thursday: '0-24', friday: '0-24', saturday: '0-24', sunday: '0-24' });
    await until('the feast', async () => (await names(id)).length === 1, 60);
    assert.match((await api('GET', `calendars/${id}`)).json().now, /^Closed.*\(Long feast\)$/);
  });

  test('A-HOURS-03 a fetch that fails keeps what was fetched, says why and when, and is tried again later and later', async () => {
    says('/moody.ics', ics(event('Kept', '0101')));
    const { id } = await calendar(feed('/moody.ics'));
    await until('the first fetch', async () => (await names(id)).length === 1, 60);
    const cases = [
      [() => fails('/moody.ics', 404), /The server has no file at this address \(HTTP 404\)/],
      [() => fails('/moody.ics', 500), /The server has trouble of its own \(HTTP 500\)/],
      [() => fails('/moody.ics', 403), /does not give the file to everybody \(HTTP 403\)/],
      [() => says('/moody.ics', '<!DOCTYPE html><p>Sign in</p>'), /Line 1: is “&lt;!DOCTYPE html&gt;&lt;p&gt;Sign in&lt;\/p&gt;”, where BEGIN:VCALENDAR is awaited/],
      [() => says('/moody.ics', ics(event('Half', '0301')).slice(0, -15)), /it is not whole/],
      [() => says('/moody.ics', ''), /the file is empty/],
      [() => says('/moody.ics', Buffer.from([0x42, 0, 0xff, 0xfe])), /the file is no text/],
      [() => says('/moody.ics', `${ics(event('Huge', '0301'))}${'X-PAD:1234567\r\n'.repeat(80000)}`), /The file is larger than 1 MB/],
      [() => answers.set('/moody.ics', (_req, res) => res.destroy()), /The server could not be reached/],
    ];
    let failures = 0;
    for (const [make, words] of cases) {
      make();
      const now = await again(id);
      failures += 1;
      assert.equal(Number(now.failures), failures, String(words));
      assert.equal(Number(now.due_at) - Number(now.tried_at), Math.min(900000 * 2 ** (failures - 1), 86400000));
      const text = await page(id);
      assert.match(text, words);
      assert.match(text, /The subscribed holidays could not be fetched on \d+ \w{3} \d{4}, \d\d:\d\d\./);
      assert.match(text, /Those that were fetched before stay as they are\./);
      assert.deepEqual(await names(id), ['Kept']);
    }
    says('/moody.ics', ics(event('Back', '0101')));
    const now = await again(id);
    assert.equal(now.failures, '0');
    assert.equal(now.problem, '');
    assert.deepEqual(await names(id), ['Back']);
    assert.doesNotMatch(await page(id), /could not be fetched/);
  });

  test('A-HOURS-03 a slow server is given up, and chats ring between two of them', async () => {
    const sweeps = [];
    for (const path of ['/slow.ics', '/slower.ics']) {
      answers.set(path, async (_req, res) => {
        sweeps.push((await hark.sql("SELECT due_at FROM job WHERE kind = 'routing.sweep'"))[0].due_at);
        res.writeHead(200).write('BEGIN:VCALENDAR\r\n');
      });
    }
    const made = [await calendar(feed('/slow.ics')), await calendar(feed('/slower.ics'))];
    for (const { id } of made) {
      const now = await until('the slow one to be given up', async () => await tries(id) > 0 && row(id), 90);
      assert.equal(now.problem, 'The server took longer than %s seconds.');
      assert.match(await page(id), /None were fetched yet\./);
    }
    assert.equal(sweeps.length, 2);
    assert.notEqual(sweeps[0], sweeps[1], 'the sweep ran after the first of them');
  });

  test('A-HOURS-03 neither an address nor what it leads on to may be private', async () => {
    const private_ = urlOf(secret, '/x.ics');
    const direct = await calendar(private_);
    await until('the private one to be refused', async () => await tries(direct.id) > 0, 60);
    assert.match(await page(direct.id), /The server could not be reached\. Is the address right, and open to everybody\?/);
    fails('/inside.ics', 302, { Location: private_ });
    const led = await calendar(feed('/inside.ics'));
    await until('the redirect to be refused', async () => await tries(led.id) > 0, 60);
    assert.match(await page(led.id), /The server could not be reached/);
    fails('/file.ics', 302, { Location: 'file:///etc/passwd' });
    fails('/loop.ics', 302, { Location: '/loop.ics' });
    for (const path of ['/file.ics', '/loop.ics']) {
      const { id } = await calendar(feed(path));
      await until('it to be refused', async () => await tries(id) > 0, 60);
      assert.match(await page(id), /leads on to one that cannot be followed \(HTTP 302\)/, path);
    }
    assert.equal(asked.filter((one) => one.path === '/loop.ics').length, 4);
    assert.equal(secretAsked, 0);
    for (const one of [direct, led]) assert.deepEqual(await names(one.id), []);
  });

  test('A-HOURS-03 what moved is followed', async () => {
    says('/new%20place.ics', ics(event('Moved', '0101')));
    fails('/old.ics', 301, { Location: '/new%20place.ics' });
    const { id } = await calendar(feed('/old.ics'));
    await until('the moved file', async () => (await names(id))[0] === 'Moved', 60);
  });

  test('A-HOURS-03 a server that knows the file is asked for changes only', async () => {
    let version = 0;
    answers.set('/known.ics', (req, res) => {
      if (req.headers['if-none-match'] === `"${version}"`) res.writeHead(304).end();
      else res.writeHead(200, { ETag: `"${version}"`, 'Last-Modified': 'Sat, 21 Nov 2026 10:00:00 GMT' }).end(ics(event(`Version ${version}`, '0101')));
    });
    const { id } = await calendar(feed('/known.ics'));
    await until('the first version', async () => (await names(id))[0] === 'Version 0', 60);
    const due = () => hark.sql(`UPDATE holiday_import SET due_at = 1 WHERE calendar_id = ${id}; `).then(() =>
      hark.sql(`INSERT INTO job (tenant_id, kind, subject, payload, due_at, created_at) SELECT tenant_id, 'hours.feed', ${id}, '', 1, 1 FROM calendar WHERE id = ${id}`));
    const same = await tried(id, due);
    assert.equal(same.failures, '0');
    assert.equal(asked.at(-1).headers['if-modified-since'], 'Sat, 21 Nov 2026 10:00:00 GMT');
    assert.deepEqual(await names(id), ['Version 0']);
    version = 1;
    await tried(id, due);
    assert.deepEqual(await names(id), ['Version 1']);
    // Whoever asks himself gets it read anew.
    await again(id);
    assert.equal(asked.at(-1).headers['if-none-match'], undefined);
  });

  /** A server that says a file, and that it is as it was to who has it. */
  const known = (path, text) => answers.set(path, (req, res) => {
    if (req.headers['if-none-match'] === '"1"') res.writeHead(304).end();
    else res.writeHead(200, { ETag: '"1"' }).end(text);
  });
  /** The next request for a path: gives what answers it. */
  const held = (path) => new Promise((resolve) => {
    const usual = answers.get(path);
    answers.set(path, (req, res) => {
      answers.set(path, usual);
      resolve(() => usual(req, res));
    });
  });
  const timer = () => hark.sql("UPDATE job SET due_at = 1 WHERE kind = 'hours.feeds'");
  const daily = (id) => hark.sql(`UPDATE holiday_import SET due_at = 1 WHERE calendar_id = ${id}`).then(timer);

  test('A-HOURS-03 a day of the feed counts when the equal own one is gone, changed or taken out with its file', async () => {
    known('/equal.ics', ics(event('Equal', '0101')));
    const { id } = await calendar('');
    const own = () => api('POST', 'holidays', { calendar_id: id, name: 'Equal', first_day: `${YEAR}-01-01` }).then((reply) => reply.json());
    const first = await own();
    await tried(id, () => api('PATCH', `calendars/${id}`, { feed_url: feed('/equal.ics') }));
    const only = async () => assert.deepEqual((await stored(id)).map((one) => one.id), [first.id]);
    const back = async (cause) => {
      await tried(id, () => cause().then(timer));
      assert.equal((await stored(id)).filter((one) => one.name === 'Equal').length, 1);
      assert.notEqual((await stored(id)).find((one) => one.name === 'Equal').id, first.id);
    };
    await only();
    await back(async () => assert.equal((await api('DELETE', `holidays/${first.id}`)).status, 204));
    await api('POST', `holidays/${first.id}/restore`);
    await again(id);
    await only();
    // Also when that happens while the feed is fetched.
    const asks = held('/equal.ics');
    await daily(id);
    const answer = await asks;
    assert.equal((await api('PATCH', `holidays/${first.id}`, { name: 'Other' })).status, 200);
    await back(async () => answer());
    await hark.sql(`DELETE FROM holiday WHERE calendar_id = ${id}`);
    const imported = await anna.submit(`/admin/calendars/${id}/import`, { text: ics(event('Equal', '0101')), name: '' });
    await again(id);
    assert.equal((await stored(id)).length, 1);
    await back(async () => assert.equal((await anna.post(/\/admin\/calendars\/\d+\/imports\/\d+\/delete/.exec(imported.text)[0], { form: anna.formToken })).status, 303));
  });

  test('A-HOURS-03 times of a feed are read anew for another zone of the calendar or the company', async () => {
    known('/times.ics', ics([`DTSTART:${YEAR}0101T120000Z`, 'DURATION:PT1H', 'SUMMARY:Noon']));
    const { id } = await calendar(feed('/times.ics'));
    const periods = async () => (await stored(id)).map((one) => one.periods);
    await until('the first fetch', async () => (await stored(id)).length === 1, 60);
    assert.deepEqual(await periods(), ['00:00-13:00, 14:00-24:00']);
    await tried(id, () => daily(id));
    assert.equal(asked.at(-1).headers['if-none-match'], '"1"');
    await hark.sql("UPDATE tenant SET time_zone = 'Asia/Tokyo' WHERE code = 'acme'");
    await tried(id, () => daily(id));
    await hark.sql("UPDATE tenant SET time_zone = 'Europe/Paris' WHERE code = 'acme'");
    assert.deepEqual(await periods(), ['00:00-21:00, 22:00-24:00']);

    // While it is fetched: what comes is of the zone before.
    const asks = held('/times.ics');
    await daily(id);
    const answer = await asks;
    assert.equal((await api('PATCH', `calendars/${id}`, { time_zone: 'America/New_York' })).status, 200);
    answer();
    await until('the times of New York', async () => (await periods())[0] === '00:00-07:00, 08:00-24:00', 60);
    const last = await row(id);
    assert.equal(last.read_zone, 'America/New_York');
    assert.equal(Number(last.due_at) - Number(last.tried_at), 86400000);
  });

  test('A-HOURS-03 single events that cannot be understood are left out and told of', async () => {
    says('/odd.ics', ics(event('Good', '0101'), ['SUMMARY:No day'], [`DTSTART:${YEAR}0101`, 'RRULE:FREQ=HOURLY', 'SUMMARY:Odd']));
    const { id } = await calendar(feed('/odd.ics'));
    await until('the good one', async () => (await names(id)).length === 1, 60);
    const text = await page(id);
    assert.match(text, /2 things in the file could not be read and were left out\./);
    assert.match(text, /Line \d+: /);
  });

  test('A-HOURS-03 an address that is none is refused beside its field; webcal is https', async () => {
    for (const bad of ['ftp://example.com/x.ics', 'example.com', 'https://user:word@example.com/x', 'file:///etc/passwd', 'javascript:alert(1)', 'https://exa mple.com/']) {
      const reply = await anna.submit('/admin/calendars/new', { name: `Bad ${bad}`, feed_url: bad });
      assert.equal(reply.status, 422, bad);
      assert.match(reply.text, /id="p-feed_url"[^>]*>(?:<span>)?[^<]*must be an address such as/);
      assert.ok(reply.text.includes(`value="${bad}"`), bad);
    }
    const long = await anna.submit('/admin/calendars/new', { name: 'Long', feed_url: `https://example.com/${'a'.repeat(1000)}` });
    assert.equal(long.status, 422);
    assert.match(long.text, /1000/);
    const reply = await api('POST', 'calendars', { name: 'Webcal', feed_url: 'webcal://127.0.0.1:1/x.ics' });
    assert.equal(reply.json().feed_url, 'https://127.0.0.1:1/x.ics');
  });

  test('A-HOURS-03 holidays of a feed are changed where the feed is written, and feeds are each company\'s own', async () => {
    says('/own.ics', ics(event('Theirs', '0101')));
    const { id } = await calendar(feed('/own.ics'));
    await until('it', async () => (await names(id)).length === 1, 60);
    const [one] = await stored(id);
    assert.equal((await api('PATCH', `holidays/${one.id}`, { name: 'Changed' })).status, 422);
    assert.notEqual((await api('DELETE', `holidays/${one.id}`)).status, 204);
    assert.deepEqual(await names(id), ['Theirs']);
    assert.equal((await boss.post(`/admin/calendars/${id}/feed`, { form: boss.formToken })).status, 404);
    const last = await row(id);
    assert.equal((await anna.post(`/admin/calendars/${id}/imports/${last.id}/delete`, { form: anna.formToken })).status, 404);
    assert.deepEqual(await names(id), ['Theirs']);
    // A new address: the old days stay until the new ones come.
    fails('/next.ics', 500);
    await tried(id, () => api('PATCH', `calendars/${id}`, { feed_url: feed('/next.ics') }));
    assert.deepEqual(await names(id), ['Theirs']);
    says('/next.ics', ics(event('Next', '0101')));
    await again(id);
    assert.deepEqual(await names(id), ['Next']);
    const plain = await calendar('');
    assert.equal((await anna.post(`/admin/calendars/${plain.id}/feed`, { form: anna.formToken })).status, 404);
  });

  test('A-HOURS-03 a company has at most fifty subscriptions, and the one too many says so', async () => {
    await hark.sql(`INSERT INTO calendar (tenant_id, name, time_zone, hours, agent_id, feed_url, created_at, updated_at)
      SELECT t.id, CONCAT('Filled ', seq), '', '', 0, 'https://127.0.0.1:1/x.ics', 1, 1 FROM tenant t JOIN seq_1_to_50 WHERE t.code = 'beta'`);
    const reply = await api('POST', 'calendars', { name: 'One more', feed_url: feed('/good.ics') }, keys.beta);
    assert.equal(reply.status, 422);
    assert.equal(reply.json().fields.feed_url.message, 'is more than the 50 calendars that can have one');
    const [{ id }] = (await api('GET', 'calendars?q=Filled 7', undefined, keys.beta)).json().items;
    assert.equal((await api('PATCH', `calendars/${id}`, { feed_url: feed('/good.ics') }, keys.beta)).status, 200, 'one that has it may get another');
  });

  test('A-HOURS-03 the timer finds what is due, and not what is gone', async () => {
    says('/timer.ics', ics(event('First', '0101')));
    says('/gone.ics', ics(event('Gone', '0101')));
    const { id } = await calendar(feed('/timer.ics'));
    const gone = await calendar(feed('/gone.ics'));
    await until('both', async () => (await names(id)).length + (await names(gone.id)).length === 2, 60);
    await api('DELETE', `calendars/${gone.id}`);
    const count = (path) => asked.filter((one) => one.path === path).length;
    const [first, goneFirst] = [count('/timer.ics'), count('/gone.ics')];
    await hark.sql(`UPDATE holiday_import SET due_at = 1 WHERE calendar_id IN (${id}, ${gone.id})`);
    await hark.sql("UPDATE job SET due_at = 1 WHERE kind = 'hours.feeds'");
    await until('the timer to fetch', () => count('/timer.ics') > first, 60);
    assert.equal(count('/gone.ics'), goneFirst);
  });
});
