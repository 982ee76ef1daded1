// SPDX-License-Identifier: BSD-2-Clause
// hours.test.mjs - calendars of working hours: the company's, queues' and agents', holidays, files of holidays, what holds now.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { readForms, startHark, until } from '../harness/hark.mjs';
import { connect } from '../harness/database.mjs';
import { formWithFiles } from '../harness/pictures.mjs';

const PASSWORD = 'a long enough secret';
const ALL_DAY = '00:00-24:00';
const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
let hark;
let anna;      // an administrator of acme
let bert;      // an agent of acme
let boss;      // an administrator of beta
let keys;
let nextAddress = 10;

async function command(...args) {
  const done = await hark.hark(args, { input: PASSWORD });
  assert.equal(done.code, 0, done.stderr);
  return done;
}

const agent = (tenant, account, ...more) => command('agent', 'create', '--tenant', tenant, '--account', account,
  '--email', `${account}@${tenant}.example`, '--first-name', account, '--password-file', '-', ...more);

async function signedIn(company, account) {
  nextAddress += 1;
  const client = hark.client({ headers: { 'X-Forwarded-For': `192.0.2.${nextAddress}` } });
  const reply = await client.submit('/sign-in', { company, account, password: PASSWORD });
  assert.equal(reply.status, 303, reply.text);
  await client.get('/admin');
  return client;
}

const api = (method, path, body, key = keys.acme) => hark.client({ headers: { 'X-Api-Key': key } }).json(method, path, body);
const week = (periods) => Object.fromEntries(DAYS.map((day) => [day, periods]));

async function calendar(values) {
  const reply = await api('POST', '/api/v1/calendars', { name: `Calendar ${Math.random()}`, ...values });
  assert.equal(reply.status, 201, reply.text);
  return reply.json();
}

async function queueOf(name = 'Inbox') {
  return (await api('GET', `/api/v1/queues?q=${encodeURIComponent(name)}`)).json().items[0];
}

const attach = async (calendarId) => assert.equal((await api('PATCH', '/api/v1/settings/hours', { calendar_id: calendarId })).status, 200);
const state = async (query = '', key = keys.acme) => {
  const reply = await api('GET', `/api/v1/hours${query}`, undefined, key);
  assert.equal(reply.status, 200, reply.text);
  return reply.json();
};
const problem = (page, field) => new RegExp(`id="p-${field}"[^>]*>(?:<span>)?([^<]*)`).exec(page.text)?.[1];
/** A day as an English page shows it: "24 Dec 2026". */
const shown = (iso) => new Date(iso).toLocaleDateString('en-US', { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' }).replace(/(\w+) (\d+), /, '$2 $1 ');
/** Days from now in a zone, as "2026-12-24". */
const day = (days, zone = 'Europe/Paris') => new Intl.DateTimeFormat('sv', { timeZone: zone }).format(Date.now() + days * 86400000);
const ics = (...events) => ['BEGIN:VCALENDAR', 'VERSION:2.0', ...events.flatMap((lines) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']), 'END:VCALENDAR', ''].join('\r\n');
/** What `ask` locks is held until each of the requests waits in a statement that is like one of `statements`. */
async function heldBack(ask, statements, requests) {
  const holder = connect(hark.database);
  await holder.ask('START TRANSACTION');
  await holder.ask(ask);
  const replies = requests.map((one) => one());
  await until('the requests to wait', async () => Number((await hark.sql(`SELECT COUNT(*) AS n FROM information_schema.PROCESSLIST WHERE DB = DATABASE()
    AND (${statements.map((one) => `INFO LIKE '${one}'`).join(' OR ')})`))[0].n) === requests.length);
  await holder.ask('COMMIT');
  await holder.end();
  return Promise.all(replies);
}
const compact = (text) => text.replaceAll('-', '');

before(async () => {
  hark = await startHark({ programs: ['hark-web'] });
  await command('tenant', 'create', '--code', 'acme', '--name', 'Acme Ltd', '--time-zone', 'Europe/Paris');
  await command('tenant', 'create', '--code', 'beta', '--name', 'Beta', '--time-zone', 'Asia/Tokyo');
  await agent('acme', 'anna', '--role', 'Administrators', '--queue', 'Inbox');
  await agent('acme', 'bert', '--queue', 'Inbox');
  await agent('beta', 'boss', '--role', 'Administrators');
  keys = {};
  for (const [tenant, account] of [['acme', 'anna'], ['beta', 'boss']])
    keys[tenant] = (await command('key', 'create', '--tenant', tenant, '--account', account, '--name', 'tests', '--json')).json().key;
  anna = await signedIn('acme', 'anna');
  bert = await signedIn('acme', 'bert');
  boss = await signedIn('beta', 'boss');
});
after(() => hark?.stop());

describe('working hours', () => {
  test('A-HOURS-01 a new company starts with working hours in its own time zone', async () => {
    const page = await boss.get('/admin/settings/hours');
    assert.equal(page.status, 200);
    const { calendar_id: id } = (await api('GET', '/api/v1/settings/hours', undefined, keys.beta)).json();
    const row = (await api('GET', `/api/v1/calendars/${id}`, undefined, keys.beta)).json();
    assert.equal(row.name, 'Working hours');
    assert.equal(row.time_zone, '');
    assert.equal(row.monday, '09:00-17:00');
    assert.equal(row.friday, '09:00-17:00');
    assert.equal(row.saturday, '');
    // Whatever the time is, it is what a clock in Tokyo says.
    const [weekday, hour] = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Tokyo', weekday: 'short', hour: '2-digit', hourCycle: 'h23' })
      .formatToParts(Date.now()).filter((part) => part.type !== 'literal').map((part) => part.value);
    assert.equal((await state('', keys.beta)).open, !['Sat', 'Sun'].includes(weekday) && hour >= 9 && hour < 17);
  });

  test('A-HOURS-01 the time zone is chosen from a list, and one that is unknown is refused', async () => {
    const page = await anna.get('/admin/calendars/new');
    assert.match(page.text, /<optgroup label="America">[\s\S]*<option value="America\/Argentina\/Buenos_Aires">Argentina \/ Buenos Aires<\/option>/);
    const bad = await anna.submit('/admin/calendars/new', { name: 'Mars', time_zone: 'Mars/Base', monday: '9-12' });
    assert.equal(bad.status, 422);
    assert.match(problem(bad, 'time_zone'), /must be a time zone such as Europe\/Paris/);
    assert.match(bad.text, /value="9-12"|value="09:00-12:00"/);
    assert.match(bad.text, /<option value="Mars\/Base" selected>/);
    assert.equal((await api('POST', '/api/v1/calendars', { name: 'Mars', time_zone: '../../etc/passwd' })).status, 422);
  });

  test('A-HOURS-02 days have several periods, written in many ways and kept in one', async () => {
    const made = await anna.submit('/admin/calendars/new', { name: 'Lunch', time_zone: 'Europe/Paris', monday: '13.30–17; 9-12h30', tuesday: '0-24' });
    assert.equal(made.status, 303, made.text);
    const row = (await api('GET', '/api/v1/calendars?q=Lunch')).json().items[0];
    assert.equal(row.monday, '09:00-12:30, 13:30-17:00');
    assert.equal(row.tuesday, ALL_DAY);
    assert.equal(row.wednesday, '');
    const page = await anna.get(`/admin/calendars/${row.id}`);
    assert.match(page.text, /name="monday"[^>]*|value="09:00-12:30, 13:30-17:00"/);
    const audit = await hark.sql("SELECT difference FROM audit WHERE action = 'calendar.create' AND noun_name = 'Lunch'");
    assert.match(audit[0].difference, /09:00-12:30, 13:30-17:00/);
  });

  test('A-HOURS-02 periods that cannot be are named beside their day, and what was typed stays', async () => {
    const reply = await anna.submit('/admin/calendars/new', { name: 'Bad', monday: '9-13, 12:30-17', tuesday: '22:00-06:00', wednesday: '9am', thursday: '9-12' });
    assert.equal(reply.status, 422);
    assert.match(problem(reply, 'monday'), /overlap: 09:00-13:00, 12:30-17:00/);
    assert.match(problem(reply, 'tuesday'), /22:00-06:00.*across midnight/);
    assert.match(problem(reply, 'wednesday'), /9am/);
    assert.equal(problem(reply, 'thursday'), undefined);
    for (const value of ['9-13, 12:30-17', '22:00-06:00', '9am']) assert.ok(reply.text.includes(`value="${value}"`), value);
    assert.equal((await api('GET', '/api/v1/calendars?q=Bad')).json().total, 0);
    const json = await api('POST', '/api/v1/calendars', { name: 'Bad', monday: '9-13, 12-14' });
    assert.equal(json.status, 422);
    assert.equal(json.json().fields.monday.limit, '09:00-13:00, 12:00-14:00');
  });

  test('A-HOURS-02 the week begins where the reader is', async () => {
    const order = (page) => [...page.text.matchAll(/data-day="([a-z]+)"/g)].map((match) => match[1]);
    assert.equal(order(await anna.get('/admin/calendars/new'))[0], 'monday');
    const me = (await api('GET', '/api/v1/agents?q=anna')).json().items[0];
    await api('PATCH', `/api/v1/agents/${me.id}`, { locale: 'pt' });
    assert.deepEqual(order(await anna.get('/admin/calendars/new')).slice(0, 2), ['sunday', 'monday']);
    await api('PATCH', `/api/v1/agents/${me.id}`, { locale: 'en' });
  });

  test('C-08 what holds is the intersection of company, queue and agent, and says who is closed', async () => {
    const open = await calendar({ ...week(ALL_DAY), name: 'Open' });
    const shut = await calendar({ name: 'Shut' });
    const queue = await queueOf();
    const worker = (await api('GET', '/api/v1/agents?q=bert')).json().items[0];
    const both = `?queue=${queue.id}&agent=${worker.id}`;
    await attach(open.id);
    assert.deepEqual(await state(both), { open: true, chats_ring: true, changes_at: null, closed_by: null, calendar: null, holiday: null, words: 'Always open' });
    await api('PATCH', `/api/v1/queues/${queue.id}`, { calendar_id: shut.id });
    assert.equal((await state(both)).closed_by, 'queue');
    assert.equal((await state(both)).calendar, 'Shut');
    assert.equal((await state()).open, true);
    assert.equal((await state(`?agent=${worker.id}`)).open, true);
    await api('PATCH', `/api/v1/queues/${queue.id}`, { calendar_id: null });
    await api('PATCH', `/api/v1/agents/${worker.id}`, { calendar_id: shut.id });
    assert.equal((await state(both)).closed_by, 'agent');
    assert.equal((await state(`?queue=${queue.id}`)).open, true);
    await attach(shut.id);
    assert.equal((await state(both)).closed_by, 'company');
    await api('PATCH', `/api/v1/agents/${worker.id}`, { calendar_id: null });
    await attach(null);
    assert.equal((await state(both)).words, 'Always open');
    for (const query of ['?queue=999999', '?agent=999999', '?queue=x', `?queue=${queue.id}x`])
      assert.equal((await api('GET', `/api/v1/hours${query}`)).status, 404, query);
    assert.equal((await api('GET', `/api/v1/hours?queue=${queue.id}`, undefined, keys.beta)).status, 404);
    assert.equal((await hark.client().json('GET', '/api/v1/hours')).status, 401);
  });

  test('C-08 the next change is told by the clock of the calendar', async () => {
    // Open from now's hour on for one hour in Kathmandu, each day.
    const zone = 'Asia/Kathmandu';
    const [hour, minute] = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
      .formatToParts(Date.now()).filter((part) => part.type !== 'literal').map((part) => Number(part.value));
    const at = (minutes) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
    const now = hour * 60 + minute;
    const end = Math.min(now + 90, 24 * 60);
    const made = await calendar({ ...week(`${at(now)}-${at(end)}`), time_zone: zone });
    await attach(made.id);
    const found = await state();
    assert.equal(found.open, true);
    const change = new Date(found.changes_at);
    assert.equal(new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(change), at(end % 1440));
    assert.ok(change - Date.now() <= 90 * 60000 && change > Date.now());
    const page = await anna.get(`/admin/calendars/${made.id}`);
    assert.match(page.text, /Open now, closes(?: at|:) /);
    assert.match(page.text, /Asia\/Kathmandu/);
    await attach(null);
  });

  test('C-08 the queues, their list and the start show what holds', async () => {
    const shut = await calendar({ name: 'Never there' });
    const queue = await queueOf();
    await attach(null);
    assert.match((await anna.get('/admin')).text, /<a href="\/admin\/settings\/hours">Always open<\/a>/);
    assert.match((await bert.get('/admin')).text, /class="now open">Always open</);
    await api('PATCH', `/api/v1/queues/${queue.id}`, { calendar_id: shut.id });
    assert.match((await anna.get('/admin/queues')).text, /Never there[\s\S]*Closed/);
    assert.match((await anna.get(`/admin/queues/${queue.id}`)).text, /<dt>Now<\/dt><dd>Closed<\/dd>/);
    assert.match((await api('GET', '/api/v1/queues')).json().items[0].hours, /Closed/);
    await attach(shut.id);
    assert.match((await anna.get('/admin')).text, /now closed/);
    await attach(null);
    await api('PATCH', `/api/v1/queues/${queue.id}`, { calendar_id: null });
  });

  test('a calendar that is in use cannot be deleted, and can be restored', async () => {
    const made = await calendar({ name: 'In use' });
    const queue = await queueOf();
    await api('PATCH', `/api/v1/queues/${queue.id}`, { calendar_id: made.id });
    assert.match((await api('DELETE', `/api/v1/calendars/${made.id}`)).text, /Queues/);
    await api('PATCH', `/api/v1/queues/${queue.id}`, { calendar_id: null });
    await attach(made.id);
    assert.match((await api('DELETE', `/api/v1/calendars/${made.id}`)).text, /Working hours/);
    await attach(null);
    assert.equal((await api('DELETE', `/api/v1/calendars/${made.id}`)).status, 204);
    assert.equal((await api('POST', `/api/v1/calendars/${made.id}/restore`)).status, 200);
  });

  test('calendars are for who may change settings, and each company sees its own', async () => {
    const made = await calendar({ name: 'Ours' });
    for (const path of ['/admin/calendars', `/admin/calendars/${made.id}`, '/admin/holidays', '/admin/settings/hours', `/admin/calendars/${made.id}/import`]) {
      assert.equal((await bert.get(path)).status, 403, path);
      if (/\d/.test(path)) assert.equal((await boss.get(path)).status, 404, path);
    }
    assert.equal((await boss.post(`/admin/calendars/${made.id}/import`, { form: boss.formToken, text: ics() })).status, 404);
    assert.equal((await api('PATCH', '/api/v1/settings/hours', { calendar_id: made.id }, keys.beta)).status, 422);
    assert.equal((await api('POST', '/api/v1/holidays', { calendar_id: made.id, name: 'X', first_day: '2027-01-01' }, keys.beta)).status, 422);
  });
});

describe('holidays', () => {
  let made;
  const path = () => `/admin/calendars/${made.id}`;
  const addHoliday = async (values) => {
    const form = readForms((await anna.get(path())).text).find((one) => one.action === '/admin/holidays');
    return anna.post(form.action, { ...Object.fromEntries(form.values), name: 'Day', first_day: day(0), ...values });
  };
  before(async () => {
    made = await calendar({ ...week(ALL_DAY), name: 'With holidays', time_zone: 'Europe/Paris' });
    await attach(made.id);
  });
  after(() => attach(null));

  test('A-HOURS-03 a holiday is added on the page of its calendar, holds, and is removed in the column Operations', async () => {
    assert.equal((await state()).open, true);
    const reply = await addHoliday({ name: 'Party & more', last_day: day(1) });
    assert.equal(reply.status, 303, reply.text);
    assert.equal(reply.headers.location, path());
    const page = await anna.follow(reply);
    assert.match(page.text, /<th scope="col" class="act">Operations<\/th>/);
    assert.match(page.text, new RegExp(`Party &amp; more</th>[\\s\\S]*<time datetime="${day(0)}">${shown(day(0))}</time> – <time datetime="${day(1)}">${shown(day(1))}</time>[\\s\\S]*Closed all day`));
    assert.match(page.text, /Closed, opens: .*\(Party &amp; more\)/);
    const now = await state();
    assert.equal(now.open, false);
    assert.equal(now.holiday, 'Party & more');
    assert.equal(now.closed_by, 'company');
    const remove = /action="(\/admin\/holidays\/\d+\/delete)"/.exec(page.text)[1];
    const removed = await anna.post(remove, { form: anna.formToken });
    assert.equal(removed.headers.location, path());
    const after = await anna.follow(removed);
    assert.doesNotMatch(after.text, /Party/);
    assert.equal((await state()).open, true);
    // And back.
    const undo = /action="(\/admin\/holidays\/\d+\/restore)"/.exec(after.text)[1];
    assert.equal((await anna.post(undo, { form: anna.formToken })).headers.location, path());
    assert.equal((await state()).open, false);
    await anna.post(remove, { form: anna.formToken });
    const audit = await hark.sql("SELECT action FROM audit WHERE noun = 'holiday' ORDER BY id");
    assert.deepEqual(audit.map((row) => row.action), ['holiday.create', 'holiday.delete', 'holiday.restore', 'holiday.delete']);
  });

  test('A-HOURS-03 exceptions open at other hours, or cut the usual ones, also every year', async () => {
    const two = (await api('POST', '/api/v1/holidays', { calendar_id: made.id, name: 'Leap', first_day: '2020-01-01', yearly: true })).json();
    assert.equal(two.last_day, '2020-01-01');
    assert.equal((await addHoliday({ name: 'Never', kind: 'within', periods: '00:00-00:01' })).status, 303);
    const open = await state();
    assert.ok(!open.open || new Date(open.changes_at) - Date.now() < 60000);
    assert.equal((await addHoliday({ name: 'Instead', first_day: day(0), kind: 'instead', periods: ALL_DAY })).status, 303);
    const page = await anna.get(path());
    assert.match(page.text, /As usual, but only 00:00-00:01/);
    assert.match(page.text, /Open 00:00-24:00/);
    assert.match(page.text, /<time datetime="01-01">1 Jan<\/time> <span class="chip">every year/);
    for (const row of (await api('GET', `/api/v1/holidays?calendar_id=${made.id}`)).json().items)
      assert.equal((await api('DELETE', `/api/v1/holidays/${row.id}`)).status, 204);
    assert.equal((await state()).open, true);
  });

  test('A-HOURS-03 what cannot be is said beside its field, and what was typed stays', async () => {
    const cases = [
      [{ first_day: '2026-02-30' }, 'first_day', /must be a day such as/],
      [{ first_day: '' }, 'first_day', /is required/],
      [{ first_day: '2026-12-26', last_day: '2026-12-24' }, 'last_day', /not be before the first day, 2026-12-26/],
      [{ first_day: '2026-01-01', last_day: '2027-06-01' }, 'last_day', /at most 365 days/],
      [{ kind: 'instead', periods: '' }, 'periods', /from when to when/],
      [{ kind: 'within', periods: '9-12, 11-13' }, 'periods', /overlap/],
      [{ kind: 'closed', periods: '9-12' }, 'periods', /must be empty/],
      [{ name: '' }, 'name', /is required/],
    ];
    for (const [values, field, words] of cases) {
      const reply = await addHoliday({ name: 'Kept name', ...values });
      assert.equal(reply.status, 422, field);
      assert.match(problem(reply, field) ?? '', words);
      if (!('name' in values)) assert.match(reply.text, /value="Kept name"/);
    }
    assert.equal((await api('POST', '/api/v1/holidays', { name: 'X', first_day: '2027-01-01' })).json().fields.calendar_id.message, 'is required');
    assert.equal((await api('GET', `/api/v1/holidays?calendar_id=${made.id}`)).json().total, 0);
  });

  describe('from a file', () => {
    const send = (text, more = {}) => anna.submit(`${path()}/import`, { text, name: '', ...more });
    const stored = async () => (await api('GET', `/api/v1/holidays?calendar_id=${made.id}&per_page=200`)).json().items;
    const christmas = ['DTSTART;VALUE=DATE:19701225', 'RRULE:FREQ=YEARLY', 'SUMMARY:Christmas\\, the first'];

    test('A-HOURS-03 without JavaScript the file itself is sent', async () => {
      const [form] = readForms((await anna.get(`${path()}/import`)).text).filter((one) => one.action?.endsWith('/import'));
      const sendFile = async (bytes, more = {}) => anna.request('POST', `${path()}/import`, await formWithFiles({
        ...Object.fromEntries(form.values), name: 'My file', file: { name: 'days.ics', bytes: Buffer.from(bytes) }, ...more }));
      for (const [bytes, message] of [['a\0b', /This is no text file/], ['x'.repeat(1024 * 1024 + 1), /too large: at most 1048576 bytes/]]) {
        const refused = await sendFile(bytes, { text: 'typed' });
        assert.equal(refused.status, 422);
        assert.match(refused.text, message);
        assert.match(refused.text, /value="My file"/);
      }
      const bad = await sendFile(ics(['DTSTART:nonsense', 'SUMMARY:x']));
      assert.equal(bad.status, 422);
      assert.match(bad.text, /DTSTART:nonsense/, 'what was in the file can be corrected');
      const good = await sendFile(ics(christmas));
      assert.equal(good.status, 200, good.text);
      assert.match(good.text, /1 holiday was added\./);
      const [drop] = /\/admin\/calendars\/\d+\/imports\/\d+\/delete/.exec((await anna.get(path())).text);
      assert.equal((await anna.post(drop, { form: anna.formToken })).status, 303);
      assert.deepEqual(await stored(), []);
      await hark.sql("DELETE FROM audit WHERE action LIKE 'calendar.import%'");
    });

    test('A-HOURS-03 an iCalendar file is taken over, shown, and not doubled', async () => {
      const year = Number(day(0).slice(0, 4)) + 1;
      const text = ics(christmas, [`DTSTART;VALUE=DATE:${year}0101`, 'SUMMARY:New', ' Year'],
        [`DTSTART;TZID=America/New_York:${year}1231T120000`, 'DURATION:PT2H', 'SUMMARY:Short day'], ['DTSTART:20200101', 'SUMMARY:Old']);
      const reply = await send(text, { name: 'Our days' });
      assert.equal(reply.status, 200, reply.text);
      assert.match(reply.text, /3 holidays were added\./);
      assert.match(reply.text, /1 is over and was left out\./);
      assert.match(reply.text, /Christmas, the first/);
      const rows = await stored();
      assert.deepEqual(rows.map((row) => [row.name, row.first_day, row.last_day, row.yearly, row.kind, row.periods]), [
        ['Christmas, the first', '1970-12-25', '1970-12-25', true, 'closed', ''],
        ['NewYear', `${year}-01-01`, `${year}-01-01`, false, 'closed', ''],
        ['Short day', `${year}-12-31`, `${year}-12-31`, false, 'within', '00:00-18:00, 20:00-24:00'],
      ]);
      const again = await send(ics(christmas, christmas, [`DTSTART;VALUE=DATE:${year}0601`, 'SUMMARY:Fresh']));
      assert.match(again.text, /1 holiday was added\./);
      assert.match(again.text, /2 were there already/);
      const page = await anna.get(path());
      assert.match(page.text, /Imported files[\s\S]*Our days[\s\S]*3 holidays/);
      const imports = [...page.text.matchAll(/href="(\/admin\/calendars\/\d+\/imports\/\d+\/delete)"/g)].map((match) => match[1]);
      assert.equal(imports.length, 2);
      const other = await calendar({ name: 'Another one' });
      const elsewhere = imports[0].replace(/calendars\/\d+/, `calendars/${other.id}`);
      assert.equal((await anna.post(elsewhere, { form: anna.formToken })).status, 404);
      const dropped = await anna.post(imports[0], { form: anna.formToken });
      assert.equal(dropped.status, 303);
      assert.deepEqual((await stored()).map((row) => row.name), ['Fresh']);
      assert.equal((await anna.post(imports[0], { form: anna.formToken })).status, 404);
      await boss.get('/admin');
      assert.equal((await boss.post(imports[1], { form: boss.formToken })).status, 404);
      await anna.post(imports[1], { form: anna.formToken });
      assert.equal((await stored()).length, 0);
      const audit = await hark.sql("SELECT action, difference FROM audit WHERE action LIKE 'calendar.import%' ORDER BY id");
      assert.deepEqual(audit.map((row) => row.action), ['calendar.import', 'calendar.import', 'calendar.import_remove', 'calendar.import_remove']);
      assert.match(audit[0].difference, /Our days: 3/);
    });

    test('A-HOURS-03 a file that is sent twice at once is taken over once', async () => {
      const text = ics(['DTSTART;VALUE=DATE:20270101', 'SUMMARY:New Year']);
      const replies = await heldBack('SELECT id FROM holiday_import WHERE tenant_id > 0 FOR UPDATE',
        ['INSERT INTO holiday_import%', 'SELECT id FROM calendar%FOR UPDATE'], [() => send(text), () => send(text)]);
      assert.deepEqual(replies.map((reply) => /1 holiday was added|1 was there already/.exec(reply.text)?.[0]).sort(),
        ['1 holiday was added', '1 was there already']);
      const rows = await stored();
      assert.deepEqual(rows.map((row) => row.name), ['New Year']);
      assert.equal((await api('DELETE', `/api/v1/holidays/${rows[0].id}`)).status, 204);
    });

    test('A-HOURS-03 a single day and one of every year are not the same, nor are two kinds of hours', async () => {
      await api('POST', '/api/v1/holidays', { calendar_id: made.id, name: 'Christmas', first_day: '2027-12-25' });
      await api('POST', '/api/v1/holidays', { calendar_id: made.id, name: 'Short', first_day: '2027-12-24', kind: 'instead', periods: '00:00-12:00' });
      const reply = await send(ics(['DTSTART;VALUE=DATE:20271225', 'SUMMARY:Christmas'], ['DTSTART:20271224T120000', 'DURATION:PT12H', 'SUMMARY:Short']));
      assert.match(reply.text, /1 holiday was added\.[^]*1 was there already/);
      await hark.sql(`UPDATE holiday SET yearly = 1 WHERE calendar_id = ${made.id} AND name = 'Christmas'`);
      assert.match((await send(ics(['DTSTART;VALUE=DATE:20271225', 'SUMMARY:Christmas']))).text, /1 holiday was added\./);
      await hark.sql(`DELETE FROM holiday WHERE calendar_id = ${made.id}`);
    });

    test('A-HOURS-03 a bad file names its lines, and nothing of it is taken over', async () => {
      const text = ics(christmas, ['DTSTART;VALUE=DATE:20271301', 'SUMMARY:Bad'], ['DTSTART:20270101', 'RRULE:FREQ=HOURLY', 'SUMMARY:<b>Odd</b>']);
      const reply = await send(text);
      assert.equal(reply.status, 422);
      assert.match(reply.text, /<strong>Line 9<\/strong> is not understood: “20271301” is no date or time/);
      assert.match(reply.text, /<strong>Line 14<\/strong> repeats in a way that is not understood: “FREQ=HOURLY”/);
      assert.match(reply.text, /BEGIN:VCALENDAR/);
      assert.equal((await stored()).length, 0);
      const most = await send(text, { skip_bad: '1' });
      assert.equal(most.status, 200);
      assert.match(most.text, /1 holiday was added[\s\S]*Left out[\s\S]*Line 9/);
      const drop = /action="(\/admin\/calendars\/\d+\/imports\/\d+\/delete)"/.exec(most.text)[1];
      await anna.post(drop, { form: anna.formToken });
      for (const [bad, words] of [['', /is required/], ['<html>', /BEGIN:VCALENDAR is awaited/], ['BEGIN:VCALENDAR\n', /not whole/]])
        assert.match((await send(bad)).text, words);
      assert.equal((await send(ics())).status, 200);
      assert.equal((await stored()).length, 0);
    });

    test('A-HOURS-03 what is too much is refused with the limit', async () => {
      const many = Array.from({ length: 2001 }, (_, i) => ['DTSTART:20270101', `SUMMARY:${i}`]);
      const reply = await send(ics(...many));
      assert.equal(reply.status, 422);
      assert.match(reply.text, /more than 2000 events/);
      assert.equal((await stored()).length, 0);
    });

    test('a holiday of a file closes today', async () => {
      await send(ics([`DTSTART;VALUE=DATE:${compact(day(-1))}`, `DTEND;VALUE=DATE:${compact(day(2))}`, 'SUMMARY:Storm']));
      assert.equal((await state()).holiday, 'Storm');
    });
  });
});

describe('my availability', () => {
  const worker = async () => (await api('GET', '/api/v1/agents?q=bert')).json().items[0];
  const save = (client, path, values) => client.submit(path, { ...week(''), ...values }, { form: 'availability' });

  test('agents set weekly hours and days off of their own, in their own time zone', async () => {
    const me = await worker();
    await attach(null);
    await api('PATCH', `/api/v1/agents/${me.id}`, { time_zone: 'Pacific/Apia' });
    const page = await bert.get('/admin/availability');
    assert.equal(page.status, 200);
    assert.match(page.text, /Pacific\/Apia/);
    assert.match(page.text, /name="always"[^>]*checked|checked[^>]*name="always"/);
    assert.equal((await state(`?agent=${me.id}`)).open, true);
    const bad = await save(bert, '/admin/availability', { always: null, monday: '9-12, 11-13' });
    assert.equal(bad.status, 422);
    assert.match(problem(bad, 'monday'), /overlap/);
    const saved = await save(bert, '/admin/availability', { always: null, monday: '9-12' });
    assert.equal(saved.status, 303, saved.text);
    const list = (await api('GET', '/api/v1/calendars?per_page=200')).json().items;
    assert.ok(list.every((row) => row.monday !== '09:00-12:00'), 'it is not among the calendars of the company');
    // In Apia's own time.
    const [weekday, hour] = new Intl.DateTimeFormat('en-GB', { timeZone: 'Pacific/Apia', weekday: 'short', hour: '2-digit', hourCycle: 'h23' })
      .formatToParts(Date.now()).filter((part) => part.type !== 'literal').map((part) => part.value);
    const now = await state(`?agent=${me.id}`);
    assert.equal(now.open, weekday === 'Mon' && hour >= 9 && hour < 12);
    if (!now.open) {
      assert.equal(now.closed_by, 'availability');
      assert.equal(new Intl.DateTimeFormat('en-GB', { timeZone: 'Pacific/Apia', weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(now.changes_at)), 'Mon 09:00');
    }
    assert.equal((await save(bert, '/admin/availability', { always: '1', monday: 'nonsense' })).status, 303);
    assert.equal((await state(`?agent=${me.id}`)).open, true);
    const off = await bert.submit('/admin/availability', { first_day: day(0, 'Pacific/Apia'), last_day: '', name: '' }, { form: 'days-off' });
    assert.equal(off.status, 303, off.text);
    const closed = await state(`?agent=${me.id}`);
    assert.equal(closed.open, false);
    assert.equal(closed.holiday, 'Day off');
    const shown = await bert.get('/admin/availability');
    const drop = /action="(\/admin\/availability\/days-off\/\d+\/delete)"/.exec(shown.text)[1];
    assert.equal((await anna.post(drop, { form: anna.formToken })).status, 404);
    assert.equal((await bert.post(drop, { form: bert.formToken })).status, 303);
    assert.equal((await state(`?agent=${me.id}`)).open, true);
    const wrong = await bert.submit('/admin/availability', { first_day: 'soon', last_day: '', name: 'Kept reason' }, { form: 'days-off' });
    assert.equal(wrong.status, 422);
    assert.match(problem(wrong, 'first_day'), /must be a day/);
    assert.match(wrong.text, /Kept reason/);
    const audit = await hark.sql("SELECT action FROM audit WHERE action LIKE 'availability.%' ORDER BY id");
    assert.deepEqual(audit.map((row) => row.action), ['availability.change', 'availability.change', 'availability.day_off', 'availability.day_off_removed']);
  });

  test('what is sent twice at once makes one calendar of one\'s own', async () => {
    const me = await worker();
    const fresh = () => hark.sql(`DELETE FROM calendar WHERE agent_id = ${me.id}`);
    const twice = (request) => heldBack(`SELECT id FROM calendar WHERE agent_id = ${me.id} FOR UPDATE`, ['INSERT INTO calendar%'], [request, request]);
    await fresh();
    const saved = await twice(() => save(bert, '/admin/availability', { always: null, monday: '9-12' }));
    assert.deepEqual(saved.map((reply) => reply.status), [303, 303]);
    assert.match((await bert.get('/admin/availability')).text, /value="09:00-12:00"/);
    await fresh();
    const off = await twice(() => bert.submit('/admin/availability', { first_day: day(0), last_day: '', name: '' }, { form: 'days-off' }));
    assert.deepEqual(off.map((reply) => reply.status), [303, 303]);
    assert.equal((await hark.sql(`SELECT COUNT(*) AS n FROM calendar WHERE agent_id = ${me.id}`))[0].n, '1');
    await fresh();
  });

  test('who manages people sees and changes them, on the way of the agent', async () => {
    const me = await worker();
    const path = `/admin/agents/${me.id}/availability`;
    assert.match((await anna.get(`/admin/agents/${me.id}`)).text, new RegExp(`<a href="${path}">Always</a>`));
    assert.equal((await save(anna, path, { always: null, monday: '9-17', tuesday: '9-17', sunday: '10-11' })).status, 303);
    assert.match((await anna.get(`/admin/agents/${me.id}`)).text, /Mon–Tue 09:00-17:00 · Sun 10:00-11:00/);
    assert.match((await bert.get('/admin/availability')).text, /value="10:00-11:00"/);
    assert.equal((await bert.get(path)).status, 403);
    assert.equal((await boss.get(path)).status, 404);
    assert.equal((await anna.get('/admin/agents/999999/availability')).status, 404);
    assert.equal((await save(anna, path, { always: '1' })).status, 303);
  });

  test('the intersection holds for own hours, too', async () => {
    const me = await worker();
    const shut = await calendar({ name: 'Company shut' });
    await attach(shut.id);
    assert.equal((await state(`?agent=${me.id}`)).closed_by, 'company');
    await attach(null);
  });
});
