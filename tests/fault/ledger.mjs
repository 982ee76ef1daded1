// SPDX-License-Identifier: BSD-2-Clause
// ledger.mjs - a bookkeeper of messages: writes from both sides with client ids, repeats until it has an acknowledgement, reads
// by long poll as the panel and the console do, and can tell whether everybody's view is the database.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Agent, Visitor } from '../harness/chat.mjs';
import { Client, request, until } from '../harness/hark.mjs';

const REPEAT = 150;             // milliseconds before a client tries again
const PATIENCE = 4;             // seconds for one answer, but polls
const POLL_PATIENCE = 40;

/** What a client knows of a conversation: the messages without a hole, and what came too early. */
class View {
  constructor() {
    this.messages = new Map();
    this.top = 0;
  }

  /** Takes messages in any order, doubled or not; tells whether something is missing before the last. */
  take(list) {
    for (const message of list) {
      const known = this.messages.get(message.seq);
      if (known && known.text !== message.text) throw new Error(`message ${message.seq} changed: ${known.text} / ${message.text}`);
      this.messages.set(message.seq, message);
    }
    while (this.messages.has(this.top + 1)) this.top += 1;
    return this.messages.size > this.top;
  }
}

/** One who polls: a visitor with one conversation, or an agent with many. */
class Listener {
  constructor(ledger, name) {
    Object.assign(this, { ledger, name, views: new Map(), at: '', ticket: '', answeredAt: 0, resyncs: 0, stopping: new AbortController() });
  }

  view(id) {
    if (!this.views.has(id)) this.views.set(id, new View());
    return this.views.get(id);
  }

  listen() {
    this.running = this.#loop();
    return this;
  }

  async stop() {
    this.stopping.abort();
    await this.running;
  }

  get stopped() {
    return this.stopping.signal.aborted;
  }

  async #loop() {
    while (!this.stopped) {
      try {
        if (!this.ticket) await this.renew();
        const at = this.at ? `&at=${this.at}` : '';
        const reply = await request(`${this.ledger.url}/live/poll?ticket=${encodeURIComponent(this.ticket)}${at}`,
          { seconds: POLL_PATIENCE, signal: this.stopping.signal });
        this.ledger.look(reply, 'poll');
        if (reply.status === 403) {
          this.ticket = '';
          continue;
        }
        if (reply.status !== 200) throw new Error(`poll: ${reply.status}`);
        const answer = reply.json();
        const isNew = !this.at || answer.resync;
        if (answer.resync) this.resyncs += 1;
        for (const event of answer.events)
          if (event.type === 'message' && this.view(event.c).take([event.message])) this.holes.add(event.c);
        if (isNew) await this.sync();
        for (const id of this.holes) {
          await this.fill(id);
          this.holes.delete(id);
        }
        this.at = answer.at;
        this.answeredAt = performance.now();
      } catch (error) {
        if (this.stopped) return;
        if (error instanceof Wrong || error instanceof assert.AssertionError || error instanceof TypeError) {
          this.ledger.wrong.push(`${this.name}: ${error.stack}`);
          return;
        }
        await pause(REPEAT);
      }
    }
  }

  holes = new Set();
}

class Wrong extends Error {}

/** An answer of the server that the caller must have; others are tried again by the loop. */
function must(ledger, reply, what) {
  ledger.look(reply, what);
  if (reply.status !== 200) throw new Error(`${what}: ${reply.status}`);
  return reply.json();
}

class VisitorListener extends Listener {
  constructor(ledger, visitor) {
    super(ledger, `visitor of ${visitor.chat}`);
    this.visitor = visitor;
  }

  async #ask(after) {
    const { visitor } = this;
    const reply = await request(`${this.ledger.url}/visit/${visitor.key}/sync`, {
      method: 'POST', body: JSON.stringify({ conversation: visitor.chat, after }), seconds: PATIENCE, signal: this.stopping.signal,
      headers: { 'Content-Type': 'application/json', 'X-Hark-Visitor': visitor.token, 'X-Forwarded-For': visitor.address },
    });
    return must(this.ledger, reply, 'visitor sync');
  }

  async renew() {
    this.ticket = (await this.#ask(this.view(this.visitor.chat).top)).ticket;
  }

  async sync() {
    const view = this.view(this.visitor.chat);
    for (;;) {
      const answer = await this.#ask(view.top);
      view.take(answer.messages);
      if (!answer.more) return;
    }
  }

  fill() {
    return this.sync();
  }
}

class AgentListener extends Listener {
  constructor(ledger, agent, chats) {
    super(ledger, 'agent');
    this.agent = agent;
    for (const chat of chats) this.view(chat);
  }

  async #json(method, path, body) {
    return must(this.ledger, await this.agent.client.json(method, path, body, { seconds: PATIENCE, signal: this.stopping.signal }), path);
  }

  async renew() {
    this.ticket = (await this.#json('POST', '/console/ticket', { open: [] })).ticket;
  }

  async sync() {
    let more;
    do {
      const answer = await this.#json('POST', '/console/sync', { have: Object.fromEntries([...this.views].map(([id, view]) => [id, view.top])), open: [] });
      this.ticket = answer.ticket;
      for (const [id, messages] of Object.entries(answer.messages)) this.view(Number(id)).take(messages);
      more = answer.more.length > 0;
    } while (more);
  }

  async fill(id) {
    const view = this.view(id);
    for (;;) {
      const answer = await this.#json('GET', `/console/conversations/${id}/messages?after=${view.top}`);
      view.take(answer.messages);
      if (!answer.more) return;
    }
  }
}

/** The whole: conversations, a writer on each side of each, a reader on each side. */
export class Ledger {
  constructor(hark, url) {
    Object.assign(this, { hark, url, wrong: [], sent: new Map(), acknowledged: 0, repeats: 0, away: 0, listeners: [], writing: true, repeating: true, writers: [] });
    this.through = Object.assign(Object.create(hark), { url, client: (options) => new Client(url, options) });
  }

  /** Statuses that nobody may get, and those of an outage that lack a Retry-After. */
  look(reply, what) {
    if (reply.status === 503) {
      this.away += 1;
      if (!/^\d+$/.test(reply.headers['retry-after'] ?? '')) this.wrong.push(`${what}: 503 without Retry-After`);
    } else if (reply.status !== 200 && !(what === 'poll' && reply.status === 403)) {
      this.wrong.push(`${what}: ${reply.status} ${reply.text.slice(0, 300)}`);
    }
  }

  async open(company, chats, every) {
    this.company = company;
    const agent = await Agent.at(this.through, company, 'anna');
    const visitors = [];
    for (let i = 0; i < chats; i += 1) {
      const visitor = new Visitor(this.through, company.key);
      const started = await visitor.start(`chat ${i}`);
      assert.equal(started.status, 200, started.text);
      assert.equal((await agent.act(visitor.chat, 'accept')).status, 200);
      visitors.push(visitor);
    }
    this.agent = agent;
    this.chats = visitors.map((visitor) => visitor.chat);
    this.listeners = [new AgentListener(this, agent, this.chats).listen(), ...visitors.map((visitor) => new VisitorListener(this, visitor).listen())];
    for (const [i, visitor] of visitors.entries()) {
      this.writers.push(this.#write(visitor.chat, 'v', every, i, (client_id, text) => request(`${this.url}/visit/${visitor.key}/message`, {
        method: 'POST', body: JSON.stringify({ conversation: visitor.chat, client_id, text }), seconds: PATIENCE,
        headers: { 'Content-Type': 'application/json', 'X-Hark-Visitor': visitor.token, 'X-Forwarded-For': visitor.address },
      })));
      this.writers.push(this.#write(visitor.chat, 'a', every, i, (client_id, text) => agent.client.json('POST',
        `/console/conversations/${visitor.chat}/message`, { client_id, text }, { seconds: PATIENCE })));
    }
    await this.resumed('the start');
  }

  /* One after the other, each with one client id until it is acknowledged. */
  async #write(chat, side, every, turn, send) {
    await pause((turn * 37) % every);
    for (let n = 1; this.writing; n += 1) {
      const client_id = randomUUID();
      const text = `${side}${n} of ${chat}`;
      this.sent.set(client_id, { chat, text, side, n });
      while (this.repeating) {
        const reply = await send(client_id, text).catch(() => null);
        if (reply) this.look(reply, `message (${side})`);
        if (reply?.status === 200) {
          this.sent.get(client_id).seq = reply.json().message.seq;
          this.acknowledged += 1;
          break;
        }
        if (reply && reply.status !== 503) return;
        this.repeats += 1;
        await pause(REPEAT);
      }
      await pause(every);
    }
  }

  /** All have had an answer to a poll, and a few messages have gone all the way since now. */
  async resumed(what, seconds = 10) {
    const since = performance.now();
    const before = this.acknowledged;
    await until(`polls to resume after ${what}`, () => this.listeners.every((one) => one.answeredAt > since)
      && this.acknowledged > before + this.chats.length, seconds);
    return performance.now() - since;
  }

  /** What is acknowledged after now. */
  async goesOn(count = 20, seconds = 10) {
    const before = this.acknowledged;
    await until('messages to be acknowledged', () => this.acknowledged >= before + count, seconds);
  }

  /** Ends everything, whatever its state. */
  async stop() {
    this.writing = this.repeating = false;
    await Promise.all([...this.writers, ...this.listeners.map((one) => one.stop())]);
  }

  async #rows() {
    const rows = await this.hark.sql(`SELECT conversation_id, seq, kind, author_kind, client_id, body FROM message WHERE tenant_id = ${this.company.id}
      ORDER BY conversation_id, seq`);
    const chats = new Map(this.chats.map((chat) => [chat, []]));
    for (const row of rows) chats.get(Number(row.conversation_id)).push({ ...row, seq: Number(row.seq) });
    return chats;
  }

  /** Ends writing; every view must become the database by what the live stream brings. Then the accounts are made up. */
  async settle() {
    this.writing = false;
    await Promise.all(this.writers);
    const chats = await this.#rows();
    const tops = new Map([...chats].map(([chat, rows]) => [chat, rows.length]));
    const late = () => this.listeners.flatMap((one) => [...one.views].filter(([chat, view]) => view.top !== tops.get(chat))
      .map(([chat, view]) => `${one.name}: ${chat} ${view.top} of ${tops.get(chat)}`));
    await until('all views', () => late().length === 0, 10).catch(() => assert.fail(`views are behind: ${late().join(', ')}`));
    for (const one of this.listeners) await one.stop();
    this.#balance(chats);
    await this.#counters(chats);
    assert.deepEqual(this.wrong.slice(0, 5), []);
  }

  #balance(chats) {
    const stored = new Map();
    for (const [chat, rows] of chats) {
      rows.forEach((row, index) => {
        assert.equal(row.seq, index + 1, `a hole in ${chat}`);
        if (!row.client_id || row.body.startsWith('chat ')) return;
        assert.ok(!stored.has(row.client_id), `doubled: ${row.body}`);
        stored.set(row.client_id, { ...row, chat });
      });
      for (const one of this.listeners) {
        const view = one.views.get(chat);
        if (!view) continue;
        for (const row of rows) {
          const seen = view.messages.get(row.seq);
          if (row.kind === 'text') assert.equal(seen.text, row.body, `${one.name} sees ${chat}/${row.seq}`);
        }
        assert.equal(view.messages.size, rows.length, `${one.name} sees more than there is in ${chat}`);
      }
    }
    const last = new Map();
    for (const [client_id, message] of this.sent) {
      assert.ok(message.seq, `never acknowledged: ${message.text}`);
      const row = stored.get(client_id);
      assert.ok(row, `lost: ${message.text}`);
      assert.deepEqual([row.chat, row.seq, row.body], [message.chat, message.seq, message.text]);
      const key = `${message.chat}${message.side}`;
      assert.ok(message.seq > (last.get(key) ?? 0), `out of order: ${message.text}`);
      last.set(key, message.seq);
    }
    assert.equal(stored.size, this.sent.size, 'nothing is stored that was not sent');
  }

  async #counters(chats) {
    const rows = await this.hark.sql(`SELECT id, last_seq, unread FROM conversation WHERE tenant_id = ${this.company.id}`);
    for (const row of rows) {
      const messages = chats.get(Number(row.id));
      assert.equal(Number(row.last_seq), messages.length);
      assert.equal(Number(row.unread), messages.filter((one) => one.author_kind === 'visitor' && one.kind === 'text').length);
    }
  }
}
