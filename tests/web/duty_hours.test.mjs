// SPDX-License-Identifier: BSD-2-Clause
// duty_hours.test.mjs - working hours at work: at whom chats ring, what visitors are told outside of them, what consoles say.
// Calendars here are open or closed all week, so that no test depends on the time of day; the rules of time have their unit tests.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { startHark, until } from '../harness/hark.mjs';
import { request } from '../harness/http.mjs';
import { Agent, company, Visitor } from '../harness/chat.mjs';

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const week = (periods) => Object.fromEntries(DAYS.map((day) => [day, periods]));
const OPEN = week('00:00-24:00');
const CLOSED = week('');
let hark;
let companies = 0;
const people = [];

/** A company of its own with a way to its settings; bob may do everything. */
async function fresh(agents = { anna: {}, ben: {} }) {
  companies += 1;
  const firm = await company(hark, `dh${companies}`, { agents: { ...agents, bob: { role: 'Administrators', queue: false } } });
  const done = await hark.hark(['key', 'create', '--tenant', firm.code, '--account', 'bob', '--name', 'tests', '--json']);
  const client = hark.client({ headers: { 'X-Api-Key': done.json().key } });
  firm.api = async (method, path, body) => {
    const reply = await client.json(method, `/api/v1/${path}`, body);
    assert.ok(reply.status < 300, `${method} ${path}: ${reply.status} ${reply.text}`);
    return reply.status === 204 ? null : reply.json();
  };
  firm.calendar = async (values) => (await firm.api('POST', 'calendars', { name: `Calendar ${Math.random()}`, time_zone: 'UTC', ...values })).id;
  firm.setCalendar = (id, values) => firm.api('PATCH', `calendars/${id}`, values);
  return firm;
}

async function at(firm, name, options) {
  const agent = await Agent.at(hark, firm, name, options);
  people.push(agent);
  agent.listen();
  return agent;
}

async function visitor(firm) {
  const one = new Visitor(hark, firm.key);
  assert.equal((await one.start()).status, 200);
  people.push(one);
  one.listen();
  return one;
}

/** The hours under "My availability", as the agent sets them; null is always. */
async function sets(agent, hours) {
  const reply = await agent.client.submit('/admin/availability', hours === null ? { always: '1' } : { always: null, ...hours }, { form: '/admin/availability' });
  assert.equal(reply.status, 303, reply.text);
}

const offerOf = async (firm, name, chat) => (await hark.sql(`SELECT state FROM offer WHERE conversation_id = ${chat} AND agent_id = ${firm.agents[name]}`))[0]?.state;
const rings = (firm, name, chat) => until(`the chat rings at ${name}`, async () => await offerOf(firm, name, chat) === 'ringing');
const isWithdrawn = (firm, name, chat) => until(`it rings no more at ${name}`, async () => await offerOf(firm, name, chat) === 'withdrawn');
const stateOf = async (chat) => (await hark.sql(`SELECT state FROM conversation WHERE id = ${chat}`))[0].state;
/** The sweep has looked at all queues since now. */
async function swept() {
  const last = async () => Number((await hark.sql("SELECT due_at FROM job WHERE kind = 'routing.sweep'"))[0].due_at);
  const first = await last();
  await until('the sweep to have run', async () => await last() > first + 2500);
}
/** What somebody is told who comes to the site for the first time. */
async function hello(firm) {
  const reply = await request(`${hark.url}/visit/${firm.key}/hello`, { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } });
  assert.equal(reply.status, 200, reply.text);
  return reply.json();
}

describe('working hours at work', () => {
  before(async () => {
    hark = await startHark();
  });
  after(async () => {
    for (const one of people) await one.stop();
    await hark?.stop();
  });

  test('F-AUTO-03 F-AVAIL-01 a chat rings only at agents who are available by their own hours', async () => {
    const firm = await fresh();
    const [anna, ben] = [await at(firm, 'anna'), await at(firm, 'ben')];
    await sets(ben, CLOSED);
    const vera = await visitor(firm);
    await anna.heard((event) => event.type === 'offer' && event.conversation.id === vera.chat);
    await swept();
    assert.equal(await offerOf(firm, 'ben', vera.chat), undefined);
    // He is asked for nothing, and may still take it by hand.
    assert.equal((await ben.act(vera.chat, 'claim')).status, 200);
    assert.equal(await stateOf(vera.chat), 'active');
    await anna.heard((event) => event.type === 'offer_end' && event.c === vera.chat && event.reason === 'accepted');
  });

  test('F-AVAIL-01 U-43 hours that end take the ringing away, hours that begin bring it back, and the chat keeps its place', async () => {
    const firm = await fresh({ anna: {} });
    const anna = await at(firm, 'anna');
    const vera = await visitor(firm);
    const next = await visitor(firm);
    await rings(firm, 'anna', vera.chat);
    await rings(firm, 'anna', next.chat);
    await sets(anna, CLOSED);
    await anna.heard((event) => event.type === 'offer_end' && event.c === vera.chat && event.reason === 'withdrawn');
    await isWithdrawn(firm, 'anna', next.chat);
    assert.equal(await stateOf(vera.chat), 'waiting');
    assert.equal((await vera.sync()).conversation.position, 1);
    assert.equal((await next.sync()).conversation.position, 2);
    await sets(anna, null);
    await rings(firm, 'anna', vera.chat);
    await rings(firm, 'anna', next.chat);
  });

  test('F-AVAIL-01 active chats stay with an agent whose hours end', async () => {
    const firm = await fresh({ anna: {} });
    const anna = await at(firm, 'anna');
    const vera = await visitor(firm);
    await rings(firm, 'anna', vera.chat);
    assert.equal((await anna.act(vera.chat, 'accept')).status, 200);
    await sets(anna, CLOSED);
    await swept();
    assert.equal(await stateOf(vera.chat), 'active');
    assert.equal((await anna.say(vera.chat, 'One more thing')).status, 200);
    assert.equal((await vera.say('Yes?')).status, 200);
  });

  test('F-AUTO-03 a shift that several share counts as well as the own hours', async () => {
    const firm = await fresh();
    const [anna, ben] = [await at(firm, 'anna'), await at(firm, 'ben')];
    const shift = await firm.calendar(CLOSED);
    await firm.api('PATCH', `agents/${firm.agents.ben}`, { calendar_id: shift });
    const vera = await visitor(firm);
    await rings(firm, 'anna', vera.chat);
    assert.equal(await offerOf(firm, 'ben', vera.chat), undefined);
    await firm.setCalendar(shift, OPEN);
    await rings(firm, 'ben', vera.chat);
    await sets(ben, CLOSED);
    await isWithdrawn(firm, 'ben', vera.chat);
    assert.equal(await offerOf(firm, 'anna', vera.chat), 'ringing');
    assert.ok(anna && ben);
  });

  test('K-05 U-43 a chat that waits when its queue closes is not stuck: a supervisor assigns it, or it rings at the opening', async () => {
    const firm = await fresh({ anna: {}, sue: { role: 'Administrators', queue: false } });
    const [anna, sue] = [await at(firm, 'anna'), await at(firm, 'sue')];
    const hours = await firm.calendar(OPEN);
    await firm.api('PATCH', `queues/${firm.queue}`, { calendar_id: hours });
    const [vera, walt] = [await visitor(firm), await visitor(firm)];
    await rings(firm, 'anna', vera.chat);
    await rings(firm, 'anna', walt.chat);
    await firm.setCalendar(hours, CLOSED);
    await isWithdrawn(firm, 'anna', vera.chat);
    await isWithdrawn(firm, 'anna', walt.chat);
    assert.equal((await vera.say('Still there?')).status, 200);
    assert.equal((await sue.act(vera.chat, 'transfer', { agent: firm.agents.anna, force: true })).status, 200);
    await anna.heard((event) => event.type === 'conversation' && event.conversation.id === vera.chat && event.conversation.agent === firm.agents.anna);
    assert.equal((await walt.sync()).conversation.position, 1);
    await firm.setCalendar(hours, OPEN);
    await rings(firm, 'anna', walt.chat);
  });

  test('F-SCHED-01 the hours of the company hold for chats when its setting says so, and not before', async () => {
    const firm = await fresh({ anna: {} });
    await at(firm, 'anna');
    const hours = await firm.calendar(CLOSED);
    await firm.api('PATCH', 'settings/hours', { calendar_id: hours });
    const vera = await visitor(firm);
    await rings(firm, 'anna', vera.chat);
    await firm.api('PATCH', 'settings/hours', { for_chat: true });
    await isWithdrawn(firm, 'anna', vera.chat);
    assert.equal((await hello(firm)).online, false);
    await firm.setCalendar(hours, OPEN);
    await rings(firm, 'anna', vera.chat);
    assert.equal((await hello(firm)).online, true);
  });

  test('F-SCHED-01 A-HOURS-03 a holiday of the queue closes it for the day', async () => {
    const firm = await fresh({ anna: {} });
    await at(firm, 'anna');
    const hours = await firm.calendar(OPEN);
    await firm.api('PATCH', `queues/${firm.queue}`, { calendar_id: hours });
    assert.equal((await hello(firm)).online, true);
    const today = Date.now();
    const day = (days) => new Date(today + days * 86400000).toISOString().slice(0, 10);
    const feast = await firm.api('POST', 'holidays', { calendar_id: hours, name: 'Works', first_day: day(-1), last_day: day(1), kind: 'closed' });
    assert.equal((await hello(firm)).online, false);
    await firm.api('DELETE', `holidays/${feast.id}`);
    assert.equal((await hello(firm)).online, true);
  });

  test('F-SCHED-01 A-WID-08 outside the hours the button is offline, and visitors read the message of the queue and when it opens', async () => {
    const firm = await fresh({ anna: {} });
    await at(firm, 'anna');
    const hours = await firm.calendar(CLOSED);
    const opening = new Date(Date.now() + 3 * 86400000).toISOString().slice(0, 10);
    await firm.api('PATCH', `queues/${firm.queue}`, { calendar_id: hours });
    assert.deepEqual((await hello(firm)).closed, { message: '', opens_at: null }, 'always closed is no promise');
    await firm.api('POST', 'holidays', { calendar_id: hours, name: 'Fair', first_day: opening, kind: 'instead', periods: '09:00-10:00' });
    const closed = { message: 'Gone fishing.', opens_at: Date.parse(`${opening}T09:00:00Z`) };
    await firm.api('PATCH', `queues/${firm.queue}`, { closed_message: closed.message });
    const told = await hello(firm);
    assert.equal(told.online, false);
    assert.deepEqual(told.closed, closed);
    const loader = await request(`${hark.url}/widget/${firm.key}.js`);
    assert.match(loader.text, /"online":false/);
    const refused = await new Visitor(hark, firm.key).start();
    assert.equal(refused.status, 409);
    assert.deepEqual(refused.json(), { error: 'offline', message: 'Gone fishing.', closed });
    await firm.setCalendar(hours, OPEN);
    assert.equal((await hello(firm)).online, true);
  });

  test('F-SCHED-01 within the hours nobody is promised for a moment, and outside the hours of all agents it is as outside the queue\'s', async () => {
    const firm = await fresh();
    const [anna, ben] = [await at(firm, 'anna'), await at(firm, 'ben', { status: 'offline' })];
    await sets(anna, CLOSED);
    const told = await hello(firm);
    assert.equal(told.online, false, 'ben should be there, but is not');
    assert.equal(told.closed, null);
    await sets(ben, CLOSED);
    assert.deepEqual((await hello(firm)).closed, { message: '', opens_at: null });
    await sets(anna, null);
    assert.equal((await hello(firm)).online, true);
  });

  test('C-08 where chats ring although the company is closed, every line says so and leads to the switch', async () => {
    const firm = await fresh({ anna: {} });
    const anna = await at(firm, 'bob');
    const page = async (path) => (await anna.client.get(path)).text;
    const closed = await firm.calendar(CLOSED);
    await firm.api('PATCH', 'settings/hours', { calendar_id: closed });
    const hours = () => firm.api('GET', `hours?queue=${firm.queue}`);
    const queue = () => firm.api('GET', `queues/${firm.queue}`);
    assert.deepEqual([(await hours()).open, (await hours()).chats_ring], [false, true]);
    assert.equal((await hours()).words, 'Closed; chats ring all the same');
    assert.equal((await queue()).hours, 'Closed; chats ring all the same');
    assert.match(await page('/admin'), /<a href="\/admin\/settings\/hours">Closed; chats ring all the same<\/a>/);
    assert.match(await page('/admin'), /Set your working hours[^]*A switch says whether live chats keep to it/);
    for (const path of ['/admin/queues', '/admin/calendars'])
      assert.match(await page(path), /Chats ring also outside the working hours of the company\. <a href="\/admin\/settings\/hours">/, path);
    assert.equal((await firm.api('GET', `calendars/${closed}`)).now, 'Closed', 'of the calendar itself');
    // A queue that is for no chats has none that ring, and one that is closed itself neither.
    const inbox = await firm.api('POST', 'queues', { name: 'Tickets', for_chat: false, for_inbox: true });
    assert.equal((await firm.api('GET', `queues/${inbox.id}`)).hours, 'Closed');
    await firm.api('PATCH', `queues/${firm.queue}`, { calendar_id: closed });
    assert.deepEqual([(await hours()).chats_ring, (await queue()).hours], [false, 'Closed']);
    await firm.api('PATCH', `queues/${firm.queue}`, { calendar_id: null });
    await firm.api('PATCH', 'settings/hours', { for_chat: true });
    assert.deepEqual([(await hours()).chats_ring, (await queue()).hours], [false, 'Closed']);
    assert.doesNotMatch(await page('/admin/queues'), /Chats ring also outside/);
  });

  test('U-43 who waits when the queue closes is told so at once, and when it is over', async () => {
    const firm = await fresh({ anna: {} });
    await at(firm, 'anna');
    const hours = await firm.calendar(OPEN);
    await firm.api('PATCH', `queues/${firm.queue}`, { calendar_id: hours, closed_message: 'Back soon' });
    const vera = await visitor(firm);
    await rings(firm, 'anna', vera.chat);
    await firm.setCalendar(hours, CLOSED);
    await vera.heard((event) => event.type === 'state' && event.closed?.message === 'Back soon');
    const { conversation } = await vera.sync();
    assert.equal(conversation.state, 'waiting');
    assert.equal(conversation.position, 1);
    assert.deepEqual(conversation.closed, { message: 'Back soon', opens_at: null });
    await firm.setCalendar(hours, OPEN);
    await vera.heard((event) => event.type === 'state' && event.state === 'offered' && event.closed === null);
  });

  test('F-AVAIL-01 consoles know who is outside the hours, and hear it when somebody sets other ones', async () => {
    const firm = await fresh({ anna: {}, ben: {}, sue: { role: 'Administrators', queue: false } });
    const [anna, ben, sue] = [await at(firm, 'anna'), await at(firm, 'ben'), await at(firm, 'sue')];
    const duty = async (who, whose) => (await who.load()).agents.find((agent) => agent.id === firm.agents[whose]).duty;
    const page = async (who) => (await who.client.get('/admin/availability')).text;
    assert.equal(await duty(anna, 'anna'), null);
    assert.match(await page(anna), /Chats ring now, while you are online\./);
    await sets(anna, CLOSED);
    assert.match(await page(anna), /No chats ring\./);
    await anna.heard((event) => event.type === 'hours');
    await sue.heard((event) => event.type === 'hours');
    assert.deepEqual(await duty(anna, 'anna'), { on: false, changes_at: null });
    assert.deepEqual(await duty(sue, 'anna'), { on: false, changes_at: null });
    assert.equal(await duty(ben, 'ben'), null);
    const opening = new Date(Date.now() + 3 * 86400000).toISOString().slice(0, 10);
    const shift = await firm.calendar(CLOSED);
    await firm.api('POST', 'holidays', { calendar_id: shift, name: 'Fair', first_day: opening, kind: 'instead', periods: '09:00-10:00' });
    await firm.api('PATCH', `agents/${firm.agents.ben}`, { calendar_id: shift });
    assert.deepEqual(await duty(ben, 'ben'), { on: false, changes_at: Date.parse(`${opening}T09:00:00Z`) });
    assert.match(await page(ben), /No chats ring until \w+day 09:00\./);
    // The hours of all queues together bind as well: closed when every one of them is.
    await sets(anna, null);
    await firm.api('PATCH', `queues/${firm.queue}`, { calendar_id: shift });
    assert.deepEqual(await duty(anna, 'anna'), { on: false, changes_at: Date.parse(`${opening}T09:00:00Z`) });
    const second = await firm.api('POST', 'queues', { name: 'Second', for_chat: true, agents: [firm.agents.anna] });
    assert.deepEqual(await duty(anna, 'anna'), { on: true, changes_at: null });
    assert.equal((await duty(anna, 'ben')).on, false);
    const late = await firm.calendar(OPEN);
    await firm.api('POST', 'holidays', { calendar_id: late, name: 'Outing', first_day: opening, kind: 'closed' });
    await firm.api('PATCH', `queues/${second.id}`, { calendar_id: late });
    assert.deepEqual(await duty(anna, 'anna'), { on: true, changes_at: Date.parse(`${opening}T00:00:00Z`) });
    await firm.api('PATCH', `queues/${firm.queue}`, { calendar_id: null });
    // What holds for the whole company holds for each; a day off of one's own is one's own.
    await sets(anna, null);
    assert.deepEqual(await duty(anna, 'anna'), { on: true, changes_at: null });
    await firm.api('PATCH', 'settings/hours', { calendar_id: shift, for_chat: true });
    assert.equal((await duty(anna, 'sue')).on, false);
  });
});
