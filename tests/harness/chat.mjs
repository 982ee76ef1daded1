// SPDX-License-Identifier: BSD-2-Clause
// chat.mjs - people of a chat for tests: agents at their consoles, visitors at a widget, and their long polls.
import { randomBytes, randomUUID } from 'node:crypto';
import assert from 'node:assert/strict';
import { request } from './http.mjs';

export const PASSWORD = 'a long enough secret';

/** A company with agents in one queue. Gives { code, key, queue, agents: { name: id } }. */
export async function company(hark, code, { agents = { anna: {} }, maxChats } = {}) {
  const run = async (...args) => {
    const done = await hark.hark([...args, '--json'], { input: PASSWORD });
    assert.equal(done.code, 0, done.stderr);
    return done.json();
  };
  await run('tenant', 'create', '--code', code, '--name', `${code} Ltd`);
  const [tenant] = await hark.sql(`SELECT id FROM tenant WHERE code = '${code}'`);
  const ids = {};
  for (const [name, { role = 'Agents', queue = true, max = maxChats } = {}] of Object.entries(agents)) {
    await run('agent', 'create', '--tenant', code, '--account', name, '--email', `${name}@${code}.example`, '--first-name', name[0].toUpperCase() + name.slice(1),
      '--alias', name[0].toUpperCase() + name.slice(1), '--role', role, ...(queue ? ['--queue', 'Inbox'] : []), '--password-file', '-');
    const [row] = await hark.sql(`SELECT id FROM agent WHERE tenant_id = ${tenant.id} AND account = '${name}'`);
    ids[name] = Number(row.id);
    if (max) await hark.sql(`UPDATE agent SET max_chats = ${max} WHERE tenant_id = ${tenant.id} AND id = ${row.id}`);
  }
  const [widget] = await hark.sql(`SELECT widget_key, queue_id FROM widget WHERE tenant_id = ${tenant.id}`);
  return { code, id: Number(tenant.id), key: widget.widget_key, queue: Number(widget.queue_id), agents: ids };
}

/** One end of the live stream: polls again and again, keeps the events. */
class Stream {
  constructor(hark) {
    this.hark = hark;
    this.events = [];
    this.at = '';
    this.waiters = new Set();
  }

  /** Reads once; false when the daemon refused the ticket. */
  async poll(seconds = 40) {
    const reply = await request(`${this.hark.url}/live/poll?ticket=${encodeURIComponent(this.ticket)}${this.at ? `&at=${this.at}` : ''}`,
      { seconds, signal: this.abort?.signal });
    if (reply.status !== 200) return reply.status;
    const { at, events, resync } = reply.json();
    this.at = at;
    if (resync) this.events.push({ type: 'resync' });
    this.events.push(...events);
    for (const wake of this.waiters) wake();
    return 200;
  }

  /** Polls in the background until stop(). */
  listen() {
    this.abort = new AbortController();
    this.running = (async () => {
      while (!this.abort.signal.aborted) {
        const status = await this.poll().catch(() => 0);
        if (status === 403) return;
        if (status !== 200) await new Promise((resolve) => { setTimeout(resolve, 100); });
      }
    })();
  }

  async stop() {
    this.abort?.abort();
    await this.running?.catch(() => {});
  }

  /** Waits for an event for which `fits` is true. */
  async heard(fits, seconds = 15) {
    const end = Date.now() + seconds * 1000;
    for (;;) {
      const found = this.events.find(fits);
      if (found) return found;
      const left = end - Date.now();
      if (left <= 0) throw new Error(`not heard; heard: ${JSON.stringify(this.events).slice(0, 2000)}`);
      await new Promise((resolve) => {
        const done = () => { clearTimeout(timer); this.waiters.delete(done); resolve(); };
        const timer = setTimeout(done, left);
        this.waiters.add(done);
      });
    }
  }
}

/** An agent at the console. */
export class Agent extends Stream {
  static async at(hark, company, account, { status = 'online' } = {}) {
    const agent = new Agent(hark);
    agent.client = hark.client({ headers: { 'X-Forwarded-For': `198.51.100.${Math.floor(Math.random() * 250) + 1}` } });
    const reply = await agent.client.submit('/sign-in', { company: company.code, account, password: PASSWORD });
    assert.equal(reply.status, 303, reply.text);
    assert.equal((await agent.client.get('/console')).status, 200);
    if (status) await agent.ok('POST', '/console/status', { status });
    await agent.load();
    return agent;
  }

  async load(open = '') {
    this.state = (await this.ok('GET', `/console/state?open=${open}`)).json();
    this.ticket = this.state.ticket;
    if (!this.at) await this.poll();
    return this.state;
  }

  json(method, path, body) {
    return this.client.json(method, path, body);
  }

  async ok(method, path, body) {
    const reply = await this.json(method, path, body);
    assert.ok(reply.status < 300, `${method} ${path}: ${reply.status} ${reply.text}`);
    return reply;
  }

  act(chat, what, body = {}) {
    return this.json('POST', `/console/conversations/${chat}/${what}`, body);
  }

  say(chat, text, client_id = randomUUID()) {
    return this.act(chat, 'message', { client_id, text });
  }

  upload(chat, name, bytes, client_id = randomUUID()) {
    return this.client.request('POST', `/console/conversations/${chat}/file?client_id=${client_id}&name=${encodeURIComponent(name)}`,
      { body: bytes, headers: { 'X-Hark-Form': this.client.formToken, 'Content-Type': 'application/octet-stream' } });
  }

  async messages(chat) {
    return (await this.ok('GET', `/console/conversations/${chat}/messages?after=0`)).json().messages;
  }
}

/** A visitor: makes its own token, as the panel does. */
export class Visitor extends Stream {
  constructor(hark, key, { token = randomBytes(32).toString('base64url'), address } = {}) {
    super(hark);
    this.key = key;
    this.token = token;
    this.address = address ?? `203.0.113.${Math.floor(Math.random() * 250) + 1}`;
  }

  json(what, body, { headers = {} } = {}) {
    return request(`${this.hark.url}/visit/${this.key}/${what}`, {
      method: 'POST', body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json', 'X-Hark-Visitor': this.token, 'X-Forwarded-For': this.address, ...headers },
    });
  }

  async start(text = 'Hello', more = {}) {
    const reply = await this.json('start', { client_id: randomUUID(), text, name: 'Vera', page_url: 'https://shop.example/boots', page_title: 'Boots', ...more });
    if (reply.status === 200) {
      const { conversation, ticket, say } = reply.json();
      Object.assign(this, { chat: conversation.id, ticket, topic: say });
      await this.poll();
    }
    return reply;
  }

  say(text, client_id = randomUUID()) {
    return this.json('message', { conversation: this.chat, client_id, text });
  }

  upload(name, bytes, client_id = randomUUID()) {
    return request(`${this.hark.url}/visit/${this.key}/file?conversation=${this.chat}&client_id=${client_id}&name=${encodeURIComponent(name)}`,
      { method: 'POST', body: bytes, headers: { 'X-Hark-Visitor': this.token, 'X-Forwarded-For': this.address } });
  }

  async sync(after = 0) {
    const reply = await this.json('sync', { conversation: this.chat, after });
    assert.equal(reply.status, 200, reply.text);
    return reply.json();
  }
}

/** As many messages of a visitor as ten seconds allow, and the ten seconds do not end, however slow the machine is. */
export async function sayTooMuch(hark, visitor) {
  for (let i = 0; i < 20; i += 1) {
    const reply = await visitor.say(`text ${i}`);
    if (reply.status === 429) break;
    assert.equal(reply.status, 200, reply.text);
  }
  await hark.sql(`UPDATE message SET created_at = created_at + 3600000 WHERE conversation_id = ${visitor.chat}`);
}
