// SPDX-License-Identifier: BSD-2-Clause
// smoke.mjs - one whole chat through the web server: a visitor and an agent talk and send a file each way; what each
// of them saw must be what the history has. Needs Node alone. Called by ./demo --smoke, which sets the environment.
import { randomBytes, randomUUID } from 'node:crypto';
import { Client, request, unescapeHtml } from '../tests/harness/http.mjs';

const { HARK_URL: url, HARK_WIDGET: key, HARK_DEMO_PASSWORD: password, HARK_COMPANY: company = 'peak', HARK_ACCOUNT: account = 'ben' } = process.env;
const PATIENCE = 30000;
const VISITOR = 'Smoke Visitor';

function must(reply, what) {
  if (reply.status >= 300) throw new Error(`${what}: ${reply.status} ${reply.text.slice(0, 500)}`);
  return reply.status === 204 || !reply.text ? {} : reply.json();
}

/** One side's screen: what came with answers and over the live stream, by its number. */
class Screen {
  constructor() {
    this.messages = new Map();
    this.offers = new Map();
    this.at = '';
    this.state = '';
  }

  take(message) {
    if (message.kind === 'text' || message.kind === 'file') this.messages.set(message.seq, message);
  }

  /** Polls until `look()` is true. */
  async until(look, what) {
    const end = Date.now() + PATIENCE;
    while (!look()) {
      if (Date.now() > end) throw new Error(`not seen within ${PATIENCE / 1000} s: ${what}`);
      await this.poll();
    }
  }

  async poll() {
    const { at, events } = must(await request(`${url}/live/poll?ticket=${encodeURIComponent(this.ticket)}${this.at && `&at=${this.at}`}`), 'poll');
    this.at = at;
    for (const event of events) {
      if (event.type === 'offer') this.offers.set(event.conversation.id, event.conversation);
      if (event.c === this.chat && event.type === 'message') this.take(event.message);
      if (event.c === this.chat && event.type === 'state') this.state = event.state;
    }
  }

  has(text) {
    return [...this.messages.values()].find((message) => message.text === text || message.file?.name === text);
  }

  lines() {
    return [...this.messages].sort(([a], [b]) => a - b).map(([, message]) => `${message.name}: ${message.kind === 'file' ? `[${message.file.name}]` : message.text}`);
  }
}

class VisitorSide extends Screen {
  token = randomBytes(32).toString('base64url');

  async post(what, body) {
    return must(await request(`${url}/visit/${key}/${what}`, { method: 'POST', body: JSON.stringify(body),
      headers: { 'Content-Type': 'application/json', 'X-Hark-Visitor': this.token } }), `visitor: ${what}`);
  }

  async start(text) {
    const { conversation, messages, ticket } = await this.post('start', { client_id: randomUUID(), text, name: VISITOR, email: '', page_url: 'https://shop.example/tents', page_title: 'Tents' });
    Object.assign(this, { chat: conversation.id, ticket });
    messages.forEach((message) => this.take(message));
    await this.poll();
  }

  say(text) {
    return this.post('message', { conversation: this.chat, client_id: randomUUID(), text });
  }

  async send(name, bytes) {
    must(await request(`${url}/visit/${key}/file?conversation=${this.chat}&client_id=${randomUUID()}&name=${name}`,
      { method: 'POST', body: bytes, headers: { 'X-Hark-Visitor': this.token } }), 'visitor: file');
  }

  async fetch(file) {
    return (await request(`${url}/visit/${key}/file/${file.id}?conversation=${this.chat}`, { headers: { 'X-Hark-Visitor': this.token } })).body;
  }
}

class AgentSide extends Screen {
  client = new Client(url);

  async signIn() {
    const reply = await this.client.submit('/sign-in', { company, account, password });
    if (reply.status !== 303) throw new Error(`${account} of ${company} cannot sign in: ${reply.status}`);
    await this.client.get('/console');
    this.status = must(await this.client.json('GET', '/console/state'), 'state').me.status;
    must(await this.client.json('POST', '/console/status', { status: 'online' }), 'status');
    this.ticket = must(await this.client.json('GET', '/console/state'), 'state').ticket;
    await this.poll();
  }

  async post(what, body = {}) {
    return must(await this.client.json('POST', `/console/conversations/${this.chat}/${what}`, body), `agent: ${what}`);
  }

  /** Accepts the chat that rings, and opens it. */
  async accept(chat) {
    await this.until(() => this.offers.has(chat), 'the chat rings');
    this.chat = chat;
    await this.post('accept');
    const opened = must(await this.client.json('GET', `/console/conversations/${chat}?open=${chat}`), 'open');
    this.ticket = opened.ticket;
    opened.messages.forEach((message) => this.take(message));
  }

  say(text) {
    return this.post('message', { client_id: randomUUID(), text });
  }

  async send(name, bytes) {
    must(await this.client.request('POST', `/console/conversations/${this.chat}/file?client_id=${randomUUID()}&name=${name}`,
      { body: bytes, headers: { 'X-Hark-Form': this.client.formToken, 'Content-Type': 'application/octet-stream' } }), 'agent: file');
  }

  async fetch(file) {
    return (await this.client.get(`/console/files/${file.id}`)).body;
  }

  /** The transcript as its page in the control panel shows it. */
  async history() {
    const page = await this.client.get(`/admin/history/${this.chat}`);
    if (page.status !== 200) throw new Error(`history: ${page.status}`);
    const plain = (html) => unescapeHtml(html.replace(/<[^>]*>/g, '')).trim();
    return [...page.text.matchAll(/<li class="(text|file) (?:visitor|agent)"[^>]*>([\s\S]*?)<\/li>/g)].map(([, kind, html]) => {
      const name = plain(/<strong>([\s\S]*?)<\/strong>/.exec(html)[1]);
      const text = plain(kind === 'file' ? /<a [^>]*download[^>]*>([\s\S]*?)<\/a>/.exec(html)[1] : /<p class="words"[^>]*>([\s\S]*?)<\/p>/.exec(html)[1]);
      return `${name}: ${kind === 'file' ? `[${text}]` : text}`;
    });
  }

  /** As it was before. */
  leave() {
    return this.client.json('POST', '/console/status', { status: this.status });
  }
}

async function sameFile(side, name, bytes) {
  await side.until(() => side.has(name), name);
  const got = await side.fetch(side.has(name).file);
  if (!got.equals(bytes)) throw new Error(`${name}: ${got.length} bytes came instead of the ${bytes.length} that were sent`);
}

async function chat(visitor, agent) {
  const said = async (side, other, text) => {
    await side.say(text);
    await other.until(() => other.has(text), text);
  };
  await visitor.start('Hello! Do you have this tent in green? 🏕');
  await agent.accept(visitor.chat);
  await said(agent, visitor, 'We do. Which size: "two" or <three> & more?');
  await said(visitor, agent, 'Two.\nHere is where it shall stand.');
  const [field, price] = [randomBytes(4000), Buffer.from('Larch 2, green: 389 EUR\n')];
  await visitor.send('field.zip', Buffer.concat([Buffer.from('PK\x05\x06'), field]));
  await sameFile(agent, 'field.zip', Buffer.concat([Buffer.from('PK\x05\x06'), field]));
  await agent.send('price.txt', price);
  await sameFile(visitor, 'price.txt', price);
  await said(visitor, agent, 'Danke schön, ich überlege es mir.');
  await agent.post('end');
  await visitor.until(() => visitor.state === 'closed', 'the end of the chat');
  const last = Math.max(...visitor.messages.keys());
  await agent.until(() => agent.messages.has(last), 'everything on the agent’s screen');
}

function print(title, lines) {
  console.log(`\n${title}`);
  for (const line of lines) console.log(`  ${line.replace(/\n/g, '\n    ')}`);
}

const visitor = new VisitorSide();
const agent = new AgentSide();
try {
  await agent.signIn();
  await chat(visitor, agent);
  const seen = [['As the visitor saw it', visitor.lines()], ['As the agent saw it', agent.lines()], [`As the history has it (${url}/admin/history/${agent.chat})`, await agent.history()]];
  seen.forEach(([title, lines]) => print(title, lines));
  const [first, ...others] = seen.map(([, lines]) => JSON.stringify(lines));
  const agrees = seen[0][1].length === 6 && others.every((one) => one === first);
  console.log(agrees ? '\nAll three agree.' : '\nThey do NOT agree.');
  process.exitCode = agrees ? 0 : 1;
} catch (error) {
  console.error(`smoke: ${error.message}`);
  process.exitCode = 1;
} finally {
  await agent.leave().catch(() => {});
}
