// SPDX-License-Identifier: BSD-2-Clause
// telegram.mjs - a Bot API of a test's own: bots with their webhooks, people who write to them, files, and the errors that Telegram knows.
// Source of its rules: https://core.telegram.org/bots/api
import { createServer } from 'node:http';
import { request } from './http.mjs';

export const FILE_MOST = 20 * 1000 * 1000;

class Refusal extends Error {
  constructor(status, description, parameters) {
    super(description);
    Object.assign(this, { status, parameters });
  }
}

const bad = (words) => { throw new Refusal(400, `Bad Request: ${words}`); };

/** A person on Telegram. */
export function person(id, { first_name = `Person ${id}`, last_name, username, language_code = 'en' } = {}) {
  return { id, is_bot: false, first_name, last_name, username, language_code };
}

class Telegram {
  constructor() {
    this.bots = new Map();
    this.calls = [];         // { bot, method, parameters, file }
    this.sent = [];          // { bot, chat, text } or { bot, chat, kind, name, bytes }
    this.blocked = new Set();
    this.met = new Set();    // "bot chat": who has written to the bot
    this.files = new Map();
    this.faults = [];        // (method, parameters) => answer of the fault, or undefined
    this.strict = false;     // https only, as Telegram wants it
    this.numbers = { update: 700000, message: 10, file: 0 };
    this.running = 0;
    this.most = 0;           // sends at the same time to the same chat
  }

  /** A bot with a token. */
  bot(username, id = 100000 + this.bots.size) {
    const bot = { id, username, token: `${id}:${'AAHdqTcvCH1vGWJxfSeofSAs0K5PALD'}${username.slice(0, 4)}`, hook: null };
    this.bots.set(bot.token, bot);
    return bot;
  }

  /** The next call of the method goes wrong: { status, description, retry_after }, { drop: 'before' | 'after' }, or { wait: promise }. Times. */
  fail(method, fault, times = 1) {
    for (let i = 0; i < times; i += 1) this.faults.push({ method, fault });
  }

  texts(chat) {
    return this.sent.filter((one) => one.chat === chat.id && one.text !== undefined).map((one) => one.text);
  }

  /** Hands an update to the bot's hook. */
  async update(bot, update, { headers = {}, method = 'POST', body } = {}) {
    return request(bot.hook.url, { method, body: body ?? JSON.stringify(update),
      headers: { 'Content-Type': 'application/json', 'X-Telegram-Bot-Api-Secret-Token': bot.hook.secret_token, ...headers } });
  }

  /** What the person writes, as an update. */
  written(bot, from, content, { type = 'private', chat = from.id } = {}) {
    this.numbers.update += 1;
    this.numbers.message += 1;
    this.met.add(`${bot.id} ${from.id}`);
    const message = { message_id: this.numbers.message, from, date: Math.floor(Date.now() / 1000),
      chat: { id: chat, type, first_name: from.first_name, last_name: from.last_name, username: from.username } };
    return { update_id: this.numbers.update, message: { ...message, ...(typeof content === 'string' ? { text: content } : content) } };
  }

  write(bot, from, content, options) {
    return this.update(bot, this.written(bot, from, content, options));
  }

  /** A file that somebody has sent: what stands in a message. */
  file(bytes, { path, size = bytes.length, ...more } = {}) {
    this.numbers.file += 1;
    const id = `file-${this.numbers.file}`;
    this.files.set(id, { bytes, path: path ?? `documents/file_${this.numbers.file}`, size });
    return { file_id: id, file_unique_id: `u${this.numbers.file}`, file_size: size, ...more };
  }

  methods = {
    getMe: (bot) => ({ id: bot.id, is_bot: true, first_name: bot.username, username: bot.username }),
    getWebhookInfo: (bot) => ({ url: bot.hook?.url ?? '', has_custom_certificate: false, pending_update_count: 0 }),
    deleteWebhook: (bot) => { bot.hook = null; return true; },
    setWebhook: (bot, { url, secret_token, allowed_updates, max_connections = 40 }) => {
      if (this.strict && !url.startsWith('https://')) bad('bad webhook: An HTTPS URL must be provided for webhook');
      if (!/^[A-Za-z0-9_-]{1,256}$/.test(secret_token ?? '')) bad('secret token contains unallowed characters');
      if (!Array.isArray(allowed_updates) || max_connections < 1 || max_connections > 100) bad('wrong parameters');
      bot.hook = { url, secret_token, allowed_updates, max_connections };
      return true;
    },
    getFile: (_bot, { file_id }) => {
      const file = this.files.get(file_id);
      if (!file) bad('wrong file_id or the file is temporarily unavailable');
      if (file.size > FILE_MOST) bad('file is too big');
      return { file_id, file_size: file.size, file_path: file.path };
    },
    sendMessage: (bot, { chat_id, text }) => {
      const chat = this.chat(bot, chat_id);
      if (!text?.trim()) bad('message text is empty');
      if (text.length > 4096) bad('message is too long');
      return this.keep({ bot, chat, text });
    },
  };

  chat(bot, id) {
    const chat = Number(id);
    if (!this.met.has(`${bot.id} ${chat}`)) bad('chat not found');
    if (this.blocked.has(chat)) throw new Refusal(403, 'Forbidden: bot was blocked by the user');
    return chat;
  }

  keep(message) {
    this.numbers.message += 1;
    this.sent.push(message);
    return { message_id: this.numbers.message, chat: { id: message.chat, type: 'private' }, date: Math.floor(Date.now() / 1000), text: message.text };
  }

  async send(bot, method, form) {
    const kind = method.slice(4).toLowerCase();
    const file = form.get(kind);
    const chat = this.chat(bot, form.get('chat_id'));
    if (!file?.name) bad(`there is no ${kind} in the request`);
    // A quote comes as %22 (WHATWG form data), which node 18 does not read back.
    return this.keep({ bot, chat, kind, name: file.name.replaceAll('%22', '"'), type: file.type, bytes: Buffer.from(await file.arrayBuffer()) });
  }

  /** One request; gives the result, throws a Refusal, or gives undefined when the connection is cut. */
  async answer(bot, method, request, body, socket) {
    const type = request.headers['content-type'] ?? '';
    const form = type.startsWith('multipart/') ? await new Response(body, { headers: { 'Content-Type': type } }).formData() : null;
    const parameters = form ? Object.fromEntries([...form].filter(([, value]) => typeof value === 'string')) : body.length ? JSON.parse(body) : {};
    this.calls.push({ bot, method, parameters });
    const at = this.faults.findIndex((one) => one.method === method);
    const fault = at >= 0 ? this.faults.splice(at, 1)[0].fault : {};
    if (fault.wait) await fault.wait;
    if (fault.drop === 'before') return socket.destroy(), undefined;
    if (fault.status) throw new Refusal(fault.status, fault.description ?? 'Internal Server Error', fault.retry_after && { retry_after: fault.retry_after });
    const known = this.methods[method];
    const result = form ? await this.send(bot, method, form) : known ? known(bot, parameters) : bad('unknown method');
    if (fault.drop === 'after') return socket.destroy(), undefined;
    return result;
  }

  async serve(incoming, reply) {
    const pieces = [];
    for await (const piece of incoming) pieces.push(piece);
    const body = Buffer.concat(pieces);
    const [, isFile, token, rest] = /^(\/file)?\/bot([^/]+)\/(.+)$/.exec(incoming.url) ?? [];
    const bot = this.bots.get(token);
    const json = (status, value) => { reply.writeHead(status, { 'Content-Type': 'application/json' }); reply.end(JSON.stringify(value)); };
    if (!bot) return json(401, { ok: false, error_code: 401, description: 'Unauthorized' });
    if (isFile) {
      const file = [...this.files.values()].find((one) => one.path === rest);
      if (!file) return json(404, { ok: false, error_code: 404, description: 'Not Found' });
      const at = this.faults.findIndex((one) => one.method === 'file');
      const fault = at >= 0 ? this.faults.splice(at, 1)[0].fault : {};
      if (fault.wait) await fault.wait;
      if (fault.status) return json(fault.status, { ok: false });
      reply.writeHead(200, { 'Content-Type': 'application/octet-stream' });
      return reply.end(file.bytes);
    }
    this.running += 1;
    this.most = Math.max(this.most, this.running);
    try {
      const result = await this.answer(bot, rest, incoming, body, incoming.socket);
      return result === undefined ? undefined : json(200, { ok: true, result });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return json(error.status, { ok: false, error_code: error.status, description: error.message, parameters: error.parameters });
    } finally {
      this.running -= 1;
    }
  }
}

/** Starts it; `url` is what telegram_url is set to. */
export async function startTelegram() {
  const telegram = new Telegram();
  const server = createServer((incoming, reply) => {
    telegram.serve(incoming, reply).catch((error) => {
      telegram.problem = error;
      reply.destroy();
    });
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  telegram.url = `http://127.0.0.1:${server.address().port}`;
  telegram.end = () => new Promise((resolve) => {
    server.closeAllConnections();
    server.close(resolve);
  });
  return telegram;
}
