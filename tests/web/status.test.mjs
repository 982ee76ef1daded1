// SPDX-License-Identifier: BSD-2-Clause
// status.test.mjs - statuses: chosen, set by others and by rules, logged; and what rings at whom because of them.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { startHark, until } from '../harness/hark.mjs';
import { Agent, company, PASSWORD, Visitor } from '../harness/chat.mjs';

const MINUTE = 60000;
const AGENTS = { anna: {}, ben: {} };
let hark;
let companies = 0;
const people = [];

/** A company of its own, so that the queues of tests do not mix; bob may do everything. */
async function fresh(agents = AGENTS, maxChats, rules = { away_minutes: 30, away_missed: 3 }) {
  companies += 1;
  const firm = await company(hark, `st${companies}`, { agents: { ...agents, bob: { role: 'Administrators', queue: false } }, maxChats });
  const done = await hark.hark(['key', 'create', '--tenant', firm.code, '--account', 'bob', '--name', 'tests', '--json']);
  const client = hark.client({ headers: { 'X-Api-Key': done.json().key } });
  firm.api = (method, path, body) => client.json(method, `/api/v1/${path}`, body);
  firm.away = async (name) => (await firm.api('POST', 'away-statuses', { name })).json().id;
  if (rules) assert.equal((await firm.api('PATCH', 'settings/presence', rules)).status, 200);
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
  return one;
}

const choose = (agent, status) => agent.json('POST', '/console/status', { status });
const row = async (firm, name) => (await hark.sql(`SELECT *, IFNULL(away_id, 0) AS away FROM agent WHERE tenant_id = ${firm.id} AND id = ${firm.agents[name]}`))[0];
const log = (firm, name) => hark.sql(`SELECT * FROM status_log WHERE tenant_id = ${firm.id} AND agent_id = ${firm.agents[name]} ORDER BY at, id`);
const last = async (firm, name) => (await log(firm, name)).at(-1);
/** Moves moments of an agent into the past: { active_at: 30 * MINUTE }. */
const past = (firm, name, times) => hark.sql(`UPDATE agent SET ${Object.entries(times).map(([column, ms]) => `${column} = ${column} - ${ms}`).join(', ')} WHERE tenant_id = ${firm.id} AND id = ${firm.agents[name]}`);
/** Lets the timer run at once, and waits until it has. */
async function run(kind) {
  const changed = async () => (await hark.sql(`UPDATE job SET due_at = 1 WHERE kind = '${kind}' AND state = 'due'; SELECT ROW_COUNT() AS n`))[0].n === '1';
  await until(`${kind} to be free`, changed);
  await until(`${kind} to have run`, async () => (await hark.sql(`SELECT due_at FROM job WHERE kind = '${kind}' AND state = 'due' AND due_at > 1`)).length === 1);
}
const presence = (firm, values) => firm.api('PATCH', 'settings/presence', values);
const offers = (chat) => hark.sql(`SELECT agent_id, state FROM offer WHERE conversation_id = ${chat} ORDER BY agent_id`);
const offerOf = async (firm, name, chat) => (await offers(chat)).find((offer) => Number(offer.agent_id) === firm.agents[name])?.state;
const rings = (firm, name, chat) => until(`the chat rings at ${name}`, async () => await offerOf(firm, name, chat) === 'ringing');
/** The offer has rung for longer than the company wants, and is found. */
async function overdue(firm, name, chat) {
  await hark.sql(`UPDATE offer SET offered_at = offered_at - ${10 * MINUTE} WHERE conversation_id = ${chat} AND agent_id = ${firm.agents[name]} AND state = 'ringing'`);
  await until(`${name} has missed it`, async () => await offerOf(firm, name, chat) === 'missed');
}
/** Whoever declined it did so a while ago. */
const declinedLongAgo = (chat) => hark.sql(`UPDATE offer SET answered_at = answered_at - ${MINUTE} WHERE conversation_id = ${chat} AND state IN ('missed', 'refused')`);

before(async () => {
  hark = await startHark();
});
after(async () => {
  for (const person of people) await person.stop();
  await hark?.stop();
});

describe('choosing a status', () => {
  test('A-AWAY-02 an agent chooses among Online, Away, the away statuses of the company, and Offline', async () => {
    const firm = await fresh();
    const lunch = await firm.away('Lunch');
    const anna = await at(firm, 'anna', { status: null });
    const ben = await at(firm, 'ben');
    assert.deepEqual(anna.state.away_statuses, [{ id: lunch, name: 'Lunch' }]);
    for (const [value, status, away] of [['online', 'online', 0], ['away', 'away', 0], [`away:${lunch}`, 'away', lunch], ['offline', 'offline', 0]]) {
      const reply = await choose(anna, value);
      assert.equal(reply.status, 200, reply.text);
      assert.deepEqual([reply.json().me.status, reply.json().me.away_id], [status, away]);
      await ben.heard((event) => event.type === 'agent' && event.agent.id === firm.agents.anna && event.agent.status === status && event.agent.away_id === away);
      const stored = await row(firm, 'anna');
      assert.deepEqual([stored.status, Number(stored.away)], [status, away]);
    }
    assert.deepEqual((await log(firm, 'anna')).map((entry) => [entry.status, entry.away_name, entry.reason]),
      [['online', '', 'agent'], ['away', '', 'agent'], ['away', 'Lunch', 'agent'], ['offline', '', 'agent']]);
  });

  test('somebody with the longest names goes online, changes the profile and signs out', async () => {
    const firm = await fresh();
    await hark.sql(`UPDATE agent SET first_name = REPEAT('é', 80), last_name = REPEAT('ü', 80) WHERE tenant_id = ${firm.id} AND id = ${firm.agents.anna}`);
    const anna = await at(firm, 'anna', { status: null });
    assert.equal((await choose(anna, 'online')).status, 200);
    assert.equal((await last(firm, 'anna')).actor_name, `${'é'.repeat(80)} ${'ü'.repeat(79)}`);
    assert.equal((await anna.client.submit('/admin/profile', { phone: '123' })).status, 303);
    assert.equal((await anna.client.post('/sign-out', { form: anna.client.formToken })).status, 303);
    assert.equal((await row(firm, 'anna')).status, 'offline');
  });

  test('what is no status, deleted or another company’s is refused, and nothing changes', async () => {
    const [firm, other] = [await fresh(), await fresh()];
    const foreign = await other.away('Theirs');
    const gone = await firm.away('Gone');
    await firm.api('DELETE', `away-statuses/${gone}`);
    const anna = await at(firm, 'anna');
    for (const status of ['busy', '', 'Online', 'away:', 'away:0', `away:${foreign}`, `away:${gone}`, 'away:999999', null, 5]) {
      const reply = await choose(anna, status);
      assert.equal(reply.status, 422, `${status}: ${reply.text}`);
      assert.equal(reply.json().field ?? 'status', 'status');
    }
    assert.equal((await row(firm, 'anna')).status, 'online');
    assert.equal((await log(firm, 'anna')).length, 1);
  });

  test('many changes at once leave one present entry and no gap in the log', async () => {
    const firm = await fresh();
    const anna = await at(firm, 'anna');
    const replies = await Promise.all(Array.from({ length: 24 }, (_, i) => choose(anna, ['away', 'offline', 'online'][i % 3])));
    assert.deepEqual([...new Set(replies.map((reply) => reply.status))], [200]);
    const entries = await hark.sql(`SELECT * FROM status_log WHERE tenant_id = ${firm.id} AND agent_id = ${firm.agents.anna} ORDER BY id`);
    assert.deepEqual(entries.filter((entry) => entry.ended_at === null).map((entry) => entry.status), [(await row(firm, 'anna')).status]);
    for (const [i, entry] of entries.slice(1).entries()) assert.notEqual(entry.status, entries[i].status);
  });
});

describe('what rings because of it', () => {
  test('A-AWAY-03 away, an away status of the company and offline are never offered a chat; online is', async () => {
    const firm = await fresh();
    const lunch = await firm.away('Lunch');
    const anna = await at(firm, 'anna');
    const ben = await at(firm, 'ben');
    for (const status of ['away', `away:${lunch}`, 'offline']) {
      assert.equal((await choose(anna, status)).status, 200);
      const vera = await visitor(firm);
      await rings(firm, 'ben', vera.chat);
      await run('routing.sweep');
      assert.equal(await offerOf(firm, 'anna', vera.chat), undefined, status);
      assert.deepEqual((await anna.load()).offers, []);
      assert.equal((await ben.act(vera.chat, 'accept')).status, 200);
      await ben.act(vera.chat, 'end');
    }
    await choose(anna, 'online');
    const wim = await visitor(firm);
    await rings(firm, 'anna', wim.chat);
  });

  test('A-AWAY-03 what rings at somebody who goes away, in each of the three ways, rings there no more', async () => {
    const firm = await fresh();
    const lunch = await firm.away('Lunch');
    const anna = await at(firm, 'anna');
    const vera = await visitor(firm);
    for (const status of ['away', `away:${lunch}`, 'offline']) {
      await choose(anna, 'online');
      await rings(firm, 'anna', vera.chat);
      assert.equal((await choose(anna, status)).status, 200);
      assert.equal(await offerOf(firm, 'anna', vera.chat), 'withdrawn');
      assert.equal((await hark.sql(`SELECT state FROM conversation WHERE id = ${vera.chat}`))[0].state, 'waiting');
    }
  });
});

describe('activity', () => {
  test('the renewal of the ticket says how long nobody was active, and an older word does not count', async () => {
    const firm = await fresh();
    const anna = await at(firm, 'anna');
    await past(firm, 'anna', { active_at: 20 * MINUTE });
    await anna.ok('POST', '/console/ticket', { open: [], idle: 5 * 60 });
    const idle = async () => Date.now() - Number((await row(firm, 'anna')).active_at);
    assert.ok(Math.abs(await idle() - 5 * MINUTE) < MINUTE, String(await idle()));
    await anna.ok('POST', '/console/ticket', { open: [], idle: 15 * 60 });
    assert.ok(Math.abs(await idle() - 5 * MINUTE) < MINUTE);
    for (const idle of [-1, 'x', 9e15, null]) await anna.ok('POST', '/console/ticket', { open: [], idle });
    assert.ok(Math.abs(await idle() - 5 * MINUTE) < MINUTE);
    await anna.ok('POST', '/console/ticket', { open: [], idle: 0 });
    assert.ok(await idle() < MINUTE);
  });

  test('writing to a visitor is activity', async () => {
    const firm = await fresh();
    const anna = await at(firm, 'anna');
    const vera = await visitor(firm);
    await anna.act(vera.chat, 'accept');
    await past(firm, 'anna', { active_at: 20 * MINUTE });
    assert.equal((await anna.say(vera.chat, 'Hello')).status, 200);
    assert.ok(Date.now() - Number((await row(firm, 'anna')).active_at) < MINUTE);
  });
});

describe('auto-away', () => {
  test('P-46 after minutes without activity the agent is away, is told why, and goes online again', async () => {
    const firm = await fresh();
    const anna = await at(firm, 'anna');
    const ben = await at(firm, 'ben');
    await past(firm, 'anna', { active_at: 29 * MINUTE });
    await run('routing.presence');
    assert.equal((await row(firm, 'anna')).status, 'online');
    await past(firm, 'anna', { active_at: MINUTE });
    await run('routing.presence');
    assert.equal((await row(firm, 'anna')).status, 'away');
    assert.equal((await row(firm, 'ben')).status, 'online');
    const event = await anna.heard((one) => one.type === 'status' && one.why?.reason === 'timeout');
    assert.deepEqual([event.why.detail, event.why.by], [30, '']);
    await ben.heard((one) => one.type === 'agent' && one.agent.id === firm.agents.anna && one.agent.status === 'away');
    assert.equal((await anna.load()).why.reason, 'timeout', 'a page that is loaded later says it too');
    const entry = await last(firm, 'anna');
    assert.deepEqual([entry.reason, entry.detail, entry.actor_id, entry.actor_name], ['timeout', '30', '0', '']);
    await choose(anna, 'online');
    await run('routing.presence');
    assert.equal((await row(firm, 'anna')).status, 'online', 'the old time counts no more');
    assert.equal((await anna.load()).why, null);
  });

  test('P-46 what rang at somebody who goes away by a rule rings on at the others', async () => {
    const firm = await fresh();
    await at(firm, 'anna');
    const vera = await visitor(firm);
    await rings(firm, 'anna', vera.chat);
    await past(firm, 'anna', { active_at: 31 * MINUTE });
    await run('routing.presence');
    await until('withdrawn', async () => await offerOf(firm, 'anna', vera.chat) === 'withdrawn');
    await at(firm, 'ben');
    await rings(firm, 'ben', vera.chat);
  });

  test('P-46 the minutes are the company’s; 0 is never', async () => {
    const firm = await fresh();
    await at(firm, 'anna');
    assert.equal((await presence(firm, { away_minutes: 0 })).status, 200);
    await past(firm, 'anna', { active_at: 600 * MINUTE });
    await run('routing.presence');
    assert.equal((await row(firm, 'anna')).status, 'online');
    await presence(firm, { away_minutes: 5 });
    await run('routing.presence');
    assert.equal((await last(firm, 'anna')).detail, '5');
  });

  test('P-46 a closed console never changes what was chosen, however long, unless the company wants that', async () => {
    const firm = await fresh();
    const lunch = await firm.away('Lunch');
    const anna = await at(firm, 'anna');
    const ben = await at(firm, 'ben');
    await choose(ben, `away:${lunch}`);
    const vera = await visitor(firm);
    await rings(firm, 'anna', vera.chat);
    for (const agent of [anna, ben]) {
      await agent.stop();
      await agent.ok('POST', '/console/gone', {});
    }
    for (const name of ['anna', 'ben']) await past(firm, name, { seen_at: 600 * MINUTE, active_at: 600 * MINUTE });
    await run('routing.presence');
    assert.equal((await row(firm, 'anna')).status, 'online');
    assert.deepEqual([(await row(firm, 'ben')).status, Number((await row(firm, 'ben')).away)], ['away', lunch]);
    await until('without a console nobody is offered a chat', async () => await offerOf(firm, 'anna', vera.chat) === 'withdrawn');
    await anna.load();
    await rings(firm, 'anna', vera.chat);
    await run('routing.presence');
    assert.equal((await row(firm, 'anna')).status, 'online', 'who comes back is not away at once');

    await presence(firm, { closed_console: 'offline' });
    await anna.ok('POST', '/console/gone', {});
    await run('routing.presence');
    assert.equal((await row(firm, 'anna')).status, 'online', 'a page that is loaded again is not closed');
    await past(firm, 'anna', { seen_at: 5 * MINUTE });
    await run('routing.presence');
    for (const name of ['anna', 'ben']) assert.deepEqual([(await last(firm, name)).status, (await last(firm, name)).reason], ['offline', 'closed']);
    assert.equal((await anna.load()).why.reason, 'closed');
  });
});

test('colleagues see who closed the console a few seconds later, and nothing of who loads it again', async () => {
  const firm = await fresh();
  const ben = await at(firm, 'ben');
  const anna = await at(firm, 'anna');
  const offline = (event) => event.type === 'agent' && event.agent.id === firm.agents.anna && event.agent.status === 'offline';
  await anna.ok('POST', '/console/gone', {});
  await anna.load();
  await until('the order was carried out', async () => (await hark.sql(`SELECT id FROM job WHERE kind = 'agent.left' AND subject = ${firm.agents.anna}`)).length === 0);
  assert.ok(!ben.events.some(offline));
  await anna.stop();
  await anna.ok('POST', '/console/gone', {});
  await ben.heard(offline);
});

describe('missed offers', () => {
  test('P-46 an offer rings as long as the company wants, then at the others, and again when nobody else is there', async () => {
    const firm = await fresh();
    const anna = await at(firm, 'anna');
    const ben = await at(firm, 'ben');
    const vera = await visitor(firm);
    await rings(firm, 'anna', vera.chat);
    await overdue(firm, 'anna', vera.chat);
    await anna.heard((event) => event.type === 'offer_end' && event.c === vera.chat && event.reason === 'missed');
    assert.equal(await offerOf(firm, 'ben', vera.chat), 'ringing');
    assert.equal((await hark.sql(`SELECT state FROM conversation WHERE id = ${vera.chat}`))[0].state, 'offered');
    await declinedLongAgo(vera.chat);
    await run('routing.sweep');
    assert.equal(await offerOf(firm, 'anna', vera.chat), 'missed', 'as long as it rings elsewhere');
    await overdue(firm, 'ben', vera.chat);
    await until('it waits', async () => (await hark.sql(`SELECT state FROM conversation WHERE id = ${vera.chat}`))[0].state === 'waiting');
    await declinedLongAgo(vera.chat);
    await rings(firm, 'anna', vera.chat);
    assert.equal((await anna.act(vera.chat, 'accept')).status, 200);
    await ben.stop();
  });

  test('P-46 whoever comes while it waits hears it; what was missed can still be claimed', async () => {
    const firm = await fresh();
    const anna = await at(firm, 'anna');
    const vera = await visitor(firm);
    await rings(firm, 'anna', vera.chat);
    await overdue(firm, 'anna', vera.chat);
    await at(firm, 'ben');
    await rings(firm, 'ben', vera.chat);
    assert.equal((await anna.act(vera.chat, 'claim')).status, 200);
  });

  test('P-46 three in a row make the agent away; the one of a company with another number is not', async () => {
    const firm = await fresh({ anna: {} });
    const lazy = await fresh({ anna: {} });
    await presence(lazy, { away_missed: 0 });
    const [anna, other] = [await at(firm, 'anna'), await at(lazy, 'anna')];
    const [vera, wim] = [await visitor(firm), await visitor(lazy)];
    for (let i = 1; i <= 3; i += 1) {
      for (const [one, chat] of [[firm, vera.chat], [lazy, wim.chat]]) {
        await rings(one, 'anna', chat);
        await overdue(one, 'anna', chat);
        await declinedLongAgo(chat);
      }
      if (i < 3) assert.equal((await row(firm, 'anna')).status, 'online');
    }
    const event = await anna.heard((one) => one.type === 'status' && one.why?.reason === 'missed');
    assert.equal(event.why.detail, 3);
    assert.deepEqual([(await last(firm, 'anna')).status, (await last(firm, 'anna')).reason], ['away', 'missed']);
    await rings(lazy, 'anna', wim.chat);
    assert.equal((await row(lazy, 'anna')).status, 'online');
    await choose(anna, 'online');
    assert.equal((await row(firm, 'anna')).missed, '0');
    await rings(firm, 'anna', vera.chat);
    await other.stop();
  });

  test('P-46 an accepted or refused offer begins the count anew, and who answers one is not absent for the others', async () => {
    const firm = await fresh({ anna: {} });
    const anna = await at(firm, 'anna');
    for (const answer of ['accept', 'refuse']) {
      await hark.sql(`UPDATE agent SET answered_at = 0 WHERE tenant_id = ${firm.id}`);
      const vera = await visitor(firm);
      await rings(firm, 'anna', vera.chat);
      await overdue(firm, 'anna', vera.chat);
      assert.equal((await row(firm, 'anna')).missed, '1');
      const wim = await visitor(firm);
      await rings(firm, 'anna', wim.chat);
      assert.ok((await anna.act(wim.chat, answer)).status < 300);
      assert.equal((await row(firm, 'anna')).missed, '0', answer);
      await hark.sql(`UPDATE conversation SET state = 'closed', close_reason = 'agent' WHERE tenant_id = ${firm.id}`);
      await hark.sql(`UPDATE agent SET chats = 0 WHERE tenant_id = ${firm.id}`);
    }
    const busy = [await visitor(firm), await visitor(firm)];
    for (const one of busy) await rings(firm, 'anna', one.chat);
    assert.equal((await anna.act(busy[0].chat, 'accept')).status, 200);
    await overdue(firm, 'anna', busy[1].chat);
    // overdue() has moved its beginning back, before the answer: the agent was there meanwhile.
    assert.equal((await row(firm, 'anna')).missed, '0');
  });
});

describe('signing in and out', () => {
  test('signing out of the last session is Offline; signing in is what the company wants', async () => {
    const firm = await fresh();
    const anna = await at(firm, 'anna');
    await anna.stop();
    await anna.client.post('/sign-out', { form: anna.client.formToken });
    assert.deepEqual([(await last(firm, 'anna')).status, (await last(firm, 'anna')).reason], ['offline', 'sign_out']);
    await at(firm, 'anna', { status: null });
    assert.equal((await row(firm, 'anna')).status, 'offline', 'as it was');
    await presence(firm, { signed_in: 'online' });
    const again = await at(firm, 'anna', { status: null });
    const entry = await last(firm, 'anna');
    assert.deepEqual([entry.status, entry.reason, Number(entry.actor_id)], ['online', 'sign_in', firm.agents.anna]);
    assert.equal(again.state.me.status, 'online');
    assert.equal(again.state.why, null);
  });
});

describe('a colleague’s status', () => {
  test('P-46 an administrator sets it on a page; it is logged, audited, and the agent’s console shows who did it', async () => {
    const firm = await fresh();
    const lunch = await firm.away('Lunch');
    const anna = await at(firm, 'anna');
    const bob = await at(firm, 'bob', { status: null });
    const path = `/admin/agents/${firm.agents.anna}/status`;
    const page = await bob.client.get(path);
    assert.match(page.text, /<option value="online" selected>/);
    assert.match(page.text, new RegExp(`<option value="away:${lunch}">Lunch`));
    const reply = await bob.client.submit(path, { status: `away:${lunch}` });
    assert.equal(reply.status, 303);
    const event = await anna.heard((one) => one.type === 'status' && one.why?.reason === 'administrator');
    assert.equal(event.why.by, 'Bob');
    await anna.heard((one) => one.type === 'agent' && one.agent.id === firm.agents.anna && one.agent.away_id === lunch);
    const entry = await last(firm, 'anna');
    assert.deepEqual([entry.away_name, entry.reason, Number(entry.actor_id), entry.actor_name], ['Lunch', 'administrator', firm.agents.bob, 'Bob']);
    const [audited] = await hark.sql(`SELECT * FROM audit WHERE tenant_id = ${firm.id} AND action = 'agent.status'`);
    assert.deepEqual([audited.actor_name, audited.difference], ['Bob', `{"status":["online","away:${lunch}"]}`]);
    assert.equal((await bob.client.submit(path, { status: `away:${lunch}` })).status, 303);
    assert.equal((await hark.sql(`SELECT COUNT(*) AS n FROM audit WHERE tenant_id = ${firm.id} AND action = 'agent.status'`))[0].n, '1', 'it was so already');
    const after = await bob.client.follow(reply);
    assert.match(after.text, /Set by a colleague/);
    assert.match(after.text, new RegExp(`<option value="away:${lunch}" selected>`));
    const bad = await bob.client.submit(path, { status: 'busy' });
    assert.equal(bad.status, 422);
    assert.match(bad.text, /Choose Online, Away/);
  });

  test('only who manages people or supervises may, and nobody reaches another company', async () => {
    const [firm, other] = [await fresh(), await fresh()];
    const anna = await at(firm, 'anna');
    const theirs = `${other.agents.anna}`;
    const path = `/api/v1/agents/${firm.agents.ben}/status`;
    for (const [method, place] of [['GET', path], ['PATCH', path], ['GET', '/admin/status-log'], ['GET', '/admin/status-log.csv'],
      ['GET', `/admin/agents/${firm.agents.ben}/status`]]) assert.equal((await anna.json(method, place, method === 'GET' ? undefined : { status: 'online' })).status, 403, place);
    const [role] = await hark.sql(`SELECT id FROM role WHERE tenant_id = ${firm.id} AND name = 'Agents'`);
    await hark.sql(`UPDATE role SET permissions = CONCAT(permissions, ' chat.supervise') WHERE id = ${role.id}`);
    assert.equal((await anna.json('PATCH', path, { status: 'online' })).status, 200);
    assert.equal((await last(firm, 'ben')).actor_name, 'Anna');
    for (const id of [theirs, '999999', 'x']) {
      assert.equal((await anna.json('GET', `/api/v1/agents/${id}/status`)).status, 404);
      assert.equal((await anna.json('PATCH', `/api/v1/agents/${id}/status`, { status: 'online' })).status, 404);
    }
    assert.equal((await row(other, 'anna')).status, 'offline');
    assert.equal((await anna.client.get('/admin/status-log')).status, 200);
    assert.equal(((await anna.client.get('/admin')).text.match(/href="\/admin\/status-log"/g) ?? []).length > 0, true);
  });

  test('the menu shows the log once, also to who has both rights', async () => {
    const firm = await fresh();
    const bob = await at(firm, 'bob', { status: null });
    const page = await bob.client.get('/admin/status-log');
    const side = /<nav class="menu side"[\s\S]*?<\/nav>/.exec(page.text)[0];
    assert.equal(side.match(/href="\/admin\/status-log"/g).length, 1);
  });

  test('the list of agents says since when', async () => {
    const firm = await fresh();
    await at(firm, 'anna');
    await firm.away('Lunch');
    const bob = await at(firm, 'bob', { status: null });
    const page = await bob.client.get('/admin/agents');
    assert.match(page.text, /data-label="Since"><time datetime="20/);
    const csv = await bob.client.get('/admin/agents.csv');
    assert.equal(csv.status, 200);
  });
});

describe('away statuses of the company', () => {
  test('new, renamed, deleted and restored ones reach open consoles', async () => {
    const firm = await fresh();
    const anna = await at(firm, 'anna');
    const heard = (names) => anna.heard((event) => event.type === 'away_statuses' && event.away_statuses.map((one) => one.name).join() === names);
    const lunch = await firm.away('Lunch');
    await heard('Lunch');
    await firm.away('Dentist');
    await heard('Dentist,Lunch');
    await firm.api('PATCH', `away-statuses/${lunch}`, { name: 'Midday' });
    await heard('Dentist,Midday');
    await firm.api('DELETE', `away-statuses/${lunch}`);
    await heard('Dentist');
    anna.events.length = 0;
    await firm.api('POST', `away-statuses/${lunch}/restore`);
    await heard('Dentist,Midday');
  });

  test('whoever is in one that is deleted stays away, and the log keeps its name', async () => {
    const firm = await fresh();
    const lunch = await firm.away('Lunch');
    const anna = await at(firm, 'anna');
    await choose(anna, `away:${lunch}`);
    assert.equal((await firm.api('DELETE', `away-statuses/${lunch}`)).status, 204);
    const stored = await row(firm, 'anna');
    assert.deepEqual([stored.status, stored.away], ['away', '0']);
    assert.deepEqual((await log(firm, 'anna')).slice(1).map((entry) => [entry.away_name, entry.reason]), [['Lunch', 'agent'], ['', 'deleted']]);
    assert.equal((await choose(anna, `away:${lunch}`)).status, 422);
    await at(firm, 'ben');
    const vera = await visitor(firm);
    await rings(firm, 'ben', vera.chat);
    assert.equal(await offerOf(firm, 'anna', vera.chat), undefined);
  });

  test('choosing one while it is deleted ends with one or the other, never in a status that is gone', async () => {
    const firm = await fresh();
    const anna = await at(firm, 'anna');
    for (let i = 0; i < 6; i += 1) {
      const id = await firm.away(`Short ${i}`);
      const [chosen, deleted] = await Promise.all([choose(anna, `away:${id}`), firm.api('DELETE', `away-statuses/${id}`)]);
      assert.ok([200, 422].includes(chosen.status), chosen.text);
      assert.equal(deleted.status, 204, deleted.text);
      assert.equal((await row(firm, 'anna')).away, '0');
      await choose(anna, 'online');
    }
  });

  test('a deleted agent is offline, and the log says so', async () => {
    const firm = await fresh();
    await at(firm, 'anna');
    assert.equal((await firm.api('DELETE', `agents/${firm.agents.anna}`)).status, 204);
    const entry = await last(firm, 'anna');
    assert.deepEqual([entry.status, entry.reason, entry.actor_name], ['offline', 'deleted', 'Bob']);
    const bob = await at(firm, 'bob', { status: null });
    assert.match((await bob.client.get('/admin/status-log')).text, /Anna/);
  });
});

describe('the log', () => {
  const start = (text) => Date.parse(text);
  /** Two days of ben in June: online, lunch, away, offline. */
  async function history(firm) {
    const entry = (id, from, to, status, away, reason, detail, actor) => `(${firm.id}, ${firm.agents[id]}, '${status}', '${away}', '${reason}', ${detail}, ${actor ? firm.agents[actor] : 0}, '${actor ?? ''}', ${start(from)}, ${to ? start(to) : 'NULL'})`;
    await hark.sql(`INSERT INTO status_log (tenant_id, agent_id, status, away_name, reason, detail, actor_id, actor_name, at, ended_at) VALUES ${[
      entry('ben', '2026-06-10T08:00:00Z', '2026-06-10T12:00:00Z', 'online', '', 'agent', 0, 'ben'),
      entry('ben', '2026-06-10T12:00:00Z', '2026-06-10T12:30:05Z', 'away', 'Lunch "=1+1"', 'agent', 0, 'ben'),
      entry('ben', '2026-06-10T12:30:05Z', '2026-06-11T22:30:00Z', 'away', '', 'timeout', 30, null),
      entry('ben', '2026-06-11T22:30:00Z', null, 'offline', '', 'administrator', 0, 'bob'),
      entry('anna', '2026-06-12T08:00:00Z', null, 'online', '', 'agent', 0, 'anna'),
    ].join(', ')}`);
  }
  const rows = (text) => [...text.matchAll(/<tr><th scope="row"[\s\S]*?<\/tr>/g)].map(([one]) => one.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').trim());

  test('P-46 shows who, when in the reader’s zone, for how long, why and by whom; narrowed by agent and days', async () => {
    const firm = await fresh();
    await history(firm);
    await hark.sql(`UPDATE agent SET time_zone = 'Europe/Paris' WHERE tenant_id = ${firm.id} AND id = ${firm.agents.bob}`);
    const bob = await at(firm, 'bob', { status: null });
    const shown = async (query) => rows((await bob.client.get(`/admin/status-log${query}`)).text);
    const all = await shown('');
    assert.equal(all.length, 5);
    assert.match(all[0], /^12 Jun 2026, 10:00:00 Anna Online .* now Chosen by the agent –$/);
    assert.match(all[1], /^12 Jun 2026, 00:30:00 Ben Offline .* now Set by a colleague bob$/);
    assert.match(all[2], /^10 Jun 2026, 14:30:05 Ben Away 33:59:55 Minutes without activity: 30 –$/);
    assert.match(all[3], /^10 Jun 2026, 14:00:00 Ben Lunch &quot;=1\+1&quot; 30:05 Chosen by the agent –$/);
    assert.equal((await shown(`?agent=${firm.agents.anna}`)).length, 1);
    assert.deepEqual((await shown(`?agent=${firm.agents.ben}&from=2026-06-11&to=2026-06-11`)).map((one) => one.slice(0, 21)), ['10 Jun 2026, 14:30:05'], 'what lasted into the day');
    assert.equal((await shown('?from=2026-06-12&to=2026-06-12')).length, 3, 'half past midnight in Paris is the 12th: one ends there, one begins');
    const bad = await bob.client.get('/admin/status-log?from=yesterday&agent=x&before=1-&to=2026-13-01');
    assert.equal(bad.status, 200);
    assert.match(bad.text, /A date must look like/);
    assert.equal((await shown('?from=2030-01-01')).length, 2, 'the present ones last');
    assert.match((await bob.client.get('/admin/status-log?to=2020-01-01')).text, /Nothing found/);
  });

  test('goes on page by page without a gap or a double, also through entries of one moment', async () => {
    const firm = await fresh();
    const values = Array.from({ length: 120 }, (_, i) => `(${firm.id}, ${firm.agents.ben}, 'away', 'E${i}.', 'agent', ${1700000000000 + Math.floor(i / 7)}, 1700000001000)`);
    await hark.sql(`INSERT INTO status_log (tenant_id, agent_id, status, away_name, reason, at, ended_at) VALUES ${values.join(', ')}`);
    const bob = await at(firm, 'bob', { status: null });
    const names = [];
    let path = `/admin/status-log?agent=${firm.agents.ben}`;
    for (let pages = 0; path && pages < 9; pages += 1) {
      const { text } = await bob.client.get(path);
      names.push(...[...text.matchAll(/<bdi>(E\d+)\.<\/bdi>/g)].map(([, name]) => name));
      path = /rel="next" href="([^"]*)"/.exec(text)?.[1].replaceAll('&amp;', '&');
      if (path) assert.match(path, /agent=/);
    }
    assert.deepEqual(names, Array.from({ length: 120 }, (_, i) => `E${119 - i}`));
  });

  test('as CSV: the same filter, safe in a spreadsheet', async () => {
    const firm = await fresh();
    await history(firm);
    const bob = await at(firm, 'bob', { status: null });
    const csv = await bob.client.get(`/admin/status-log.csv?agent=${firm.agents.ben}&to=2026-06-10`);
    assert.match(csv.headers['content-type'], /^text\/csv/);
    assert.deepEqual(csv.text.replace('\ufeff', '').trim().split('\r\n'), [
      'at,agent,status,away_status,seconds,reason,detail,by',
      '"2026-06-10T08:00:00Z","Ben","online","","14400","agent",0,"ben"',
      '"2026-06-10T12:00:00Z","Ben","away","Lunch ""=1+1""","1805","agent",0,"ben"',
      '"2026-06-10T12:30:05Z","Ben","away","","122395","timeout",30,""',
    ]);
    await hark.sql(`UPDATE status_log SET away_name = '=cmd()' WHERE tenant_id = ${firm.id} AND away_name <> ''`);
    assert.match((await bob.client.get('/admin/status-log.csv')).text, /"'=cmd\(\)"/);
  });

  test('is kept as long as the company wants; the present entries stay', async () => {
    const [firm, other] = [await fresh(), await fresh()];
    for (const one of [firm, other]) await history(one);
    const day = 24 * 60 * MINUTE;
    await hark.sql(`UPDATE status_log SET at = ${Date.now() - 40 * day}, ended_at = IF(ended_at IS NULL, NULL, ${Date.now() - 20 * day}) WHERE tenant_id IN (${firm.id}, ${other.id})`);
    assert.equal((await presence(firm, { log_days: 10 })).status, 200);
    await run('people.status_log');
    const count = async (one) => Number((await hark.sql(`SELECT COUNT(*) AS n FROM status_log WHERE tenant_id = ${one.id}`))[0].n);
    assert.deepEqual([await count(firm), await count(other)], [2, 5]);
  });
});

describe('the settings', () => {
  test('each limit is said beside its field, and what was typed is kept', async () => {
    const firm = await fresh(AGENTS, undefined, null);
    const bob = await at(firm, 'bob', { status: null });
    const page = await bob.client.get('/admin/settings/presence');
    for (const [name, value] of [['away_minutes', 0], ['away_missed', 0], ['ring_seconds', 60], ['log_days', 365]])
      assert.match(page.text, new RegExp(`value="${value}"[^>]* name="${name}"`));
    const good = { away_minutes: '10', away_missed: '2', ring_seconds: '45', closed_console: 'offline', signed_in: 'online', log_days: '90' };
    for (const [name, value] of [['away_minutes', '1441'], ['away_missed', '101'], ['ring_seconds', '14'], ['ring_seconds', '601'], ['log_days', '6'], ['ring_seconds', 'x'], ['closed_console', 'x']]) {
      const reply = await bob.client.submit('/admin/settings/presence', { ...good, [name]: value });
      assert.equal(reply.status, 422, `${name}=${value}`);
      assert.match(reply.text, new RegExp(`id="p-${name}"`));
    }
    assert.equal((await bob.client.submit('/admin/settings/presence', good)).status, 303);
    assert.deepEqual((await firm.api('GET', 'settings/presence')).json(), { away_minutes: 10, away_missed: 2, ring_seconds: 45, closed_console: 'offline', signed_in: 'online', log_days: 90 });
    assert.equal((await hark.sql(`SELECT COUNT(*) AS n FROM audit WHERE tenant_id = ${firm.id} AND action = 'setting.change'`))[0].n, '1');
    const anna = await at(firm, 'anna', { status: null });
    assert.equal((await anna.client.get('/admin/settings/presence')).status, 403);
  });
});

describe('the interface for programs', () => {
  test('one’s own status is read and set; the agent resource only shows it', async () => {
    const firm = await fresh();
    const lunch = await firm.away('Lunch');
    const mine = async () => (await firm.api('GET', 'me/status')).json();
    assert.deepEqual(await mine(), { status: 'offline', away_id: 0, since: null, why: null, away_statuses: [{ id: lunch, name: 'Lunch' }] });
    for (const body of [{ status: 'away', away_id: lunch }, { status: `away:${lunch}` }]) {
      await firm.api('PATCH', 'me/status', { status: 'online' });
      const reply = await firm.api('PATCH', 'me/status', body);
      assert.equal(reply.status, 200, reply.text);
      assert.deepEqual([reply.json().status, reply.json().away_id], ['away', lunch]);
      assert.ok(Math.abs(Date.parse(reply.json().since) - Date.now()) < 5 * MINUTE);
    }
    for (const body of [{}, { status: 'x' }, { status: 'away', away_id: 999999 }, { status: 'away', away_id: 'x' }]) assert.equal((await firm.api('PATCH', 'me/status', body)).status, 422, JSON.stringify(body));
    assert.deepEqual([(await last(firm, 'bob')).reason, (await last(firm, 'bob')).away_name], ['agent', 'Lunch']);
    assert.equal((await firm.api('PATCH', `agents/${firm.agents.anna}`, { status: 'online' })).status, 422);
    assert.equal((await firm.api('PATCH', `agents/${firm.agents.anna}`, { away_id: lunch })).status, 422);
    const reply = await firm.api('PATCH', `agents/${firm.agents.anna}/status`, { status: 'online' });
    assert.equal(reply.json().why.reason, 'administrator');
    const shown = (await firm.api('GET', `agents/${firm.agents.anna}`)).json();
    assert.equal(shown.status, 'online');
    for (const name of ['active_at', 'answered_at', 'missed', 'seen_at']) assert.equal(name in shown, false, name);
  });

  test('a page of another site cannot set a status by the cookie', async () => {
    const firm = await fresh();
    const anna = await at(firm, 'anna');
    for (const path of ['/console/status', `/admin/agents/${firm.agents.anna}/status`]) {
      const reply = await anna.client.request('POST', path, { body: JSON.stringify({ status: 'offline' }), headers: { 'Content-Type': 'application/json' } });
      assert.equal(reply.status, 403, path);
    }
    assert.equal((await row(firm, 'anna')).status, 'online');
  });
});
