// SPDX-License-Identifier: BSD-2-Clause
// http.mjs - a small browser without a screen: keeps cookies, reads forms with their tokens, sends JSON, forms and bytes.
import { request as httpRequest } from 'node:http';

/** One request. Gives { status, headers, body (Buffer), text, json() }; follows nothing. `host` replaces the Host header. */
export function request(url, { method = 'GET', headers = {}, body, seconds = 60, signal, host } = {}) {
  const target = new URL(url);
  return new Promise((resolve, reject) => {
    const req = httpRequest({
      hostname: target.hostname, port: target.port, path: target.pathname + target.search, method, signal, agent: false,
      headers: {
        ...(host ? { Host: host } : {}), ...(body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) }), ...headers,
      },
    }, (res) => {
      const pieces = [];
      res.on('data', (piece) => pieces.push(piece));
      res.on('error', reject);
      res.on('end', () => {
        const bytes = Buffer.concat(pieces);
        const text = bytes.toString('utf8');
        resolve({ status: res.statusCode, headers: res.headers, body: bytes, text, json: () => JSON.parse(text) });
      });
    });
    req.setTimeout(seconds * 1000, () => req.destroy(new Error(`no answer within ${seconds} s: ${method} ${url}`)));
    req.on('error', reject);
    req.end(body);
  });
}

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'", '#34': '"' };

/** HTML text as people read it. */
export function unescapeHtml(text) {
  return text.replace(/&(amp|lt|gt|quot|#39|#x27|#34);/g, (_, name) => ENTITIES[name]);
}

function attribute(tag, name) {
  const found = new RegExp(`\\s${name}=(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i').exec(tag);
  return found ? unescapeHtml(found[1] ?? found[2] ?? found[3]) : undefined;
}

/** The forms of a page: [{ action, method, values: [[name, value]…] }], with what a browser would send if nothing was touched. */
export function readForms(html) {
  return [...html.matchAll(/<form\b[^>]*>[\s\S]*?<\/form>/gi)].map(([form]) => {
    const values = [];
    for (const [whole, name] of form.matchAll(/<(input|select|textarea)\b[^>]*>/gi)) {
      const key = attribute(whole, 'name');
      if (!key || /\sdisabled\b/i.test(whole)) continue;
      const at = form.indexOf(whole) + whole.length;
      if (name.toLowerCase() === 'textarea') {
        values.push([key, unescapeHtml(form.slice(at, form.indexOf('</textarea', at)).replace(/^\r?\n/, ''))]);
      } else if (name.toLowerCase() === 'select') {
        const options = [...form.slice(at, form.indexOf('</select', at)).matchAll(/<option\b[^>]*>([^<]*)/gi)];
        const chosen = options.filter(([tag]) => /\sselected\b/i.test(tag));
        const taken = /\smultiple\b/i.test(whole) ? chosen : (chosen.length ? chosen : options).slice(0, 1);
        for (const [tag, label] of taken) values.push([key, attribute(tag, 'value') ?? unescapeHtml(label.trim())]);
      } else {
        const type = (attribute(whole, 'type') ?? 'text').toLowerCase();
        if (['submit', 'button', 'image', 'reset', 'file'].includes(type)) continue;
        if (['checkbox', 'radio'].includes(type) && !/\schecked\b/i.test(whole)) continue;
        values.push([key, attribute(whole, 'value') ?? (type === 'checkbox' ? 'on' : '')]);
      }
    }
    const head = form.slice(0, form.indexOf('>') + 1);
    return { action: attribute(head, 'action'), method: (attribute(head, 'method') ?? 'get').toUpperCase(), values };
  });
}

/** A person with a browser: cookies are kept between requests. */
// Forms around every page; nobody means them who does not name them.
const FRAME = ['/language', '/sign-out'];

export class Client {
  constructor(url, { host, headers = {} } = {}) {
    this.url = url;
    this.host = host;
    this.headers = headers;
    this.cookies = new Map();
    this.formToken = undefined;
  }

  async request(method, path, { headers = {}, body, ...more } = {}) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const reply = await request(new URL(path, this.url), {
      method, body, host: this.host, headers: { ...this.headers, ...(cookie ? { Cookie: cookie } : {}), ...headers }, ...more,
    });
    for (const line of reply.headers['set-cookie'] ?? []) this.#keep(line);
    const token = /<meta\s+name="hark-form"\s+content="([^"]*)"/i.exec(reply.text ?? '');
    if (token) this.formToken = unescapeHtml(token[1]);
    return reply;
  }

  get(path, options) {
    return this.request('GET', path, options);
  }

  /** A form as a browser sends it; `values` is an object (lists repeat the name) or a list of pairs. */
  post(path, values = {}, options = {}) {
    const pairs = Array.isArray(values) ? values : Object.entries(values).flatMap(
      ([name, value]) => [value].flat().map((one) => [name, one]));
    return this.request('POST', path, {
      ...options, body: new URLSearchParams(pairs).toString(),
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...options.headers },
    });
  }

  /** JSON, with the token of the page that was read last. */
  json(method, path, value, options = {}) {
    return this.request(method, path, {
      ...options, body: value === undefined ? undefined : JSON.stringify(value),
      headers: {
        Accept: 'application/json', ...(value === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(this.formToken ? { 'X-Hark-Form': this.formToken } : {}), ...options.headers,
      },
    });
  }

  /** Opens a page, changes fields of the form that has them all (and the hidden token), and sends it. */
  async submit(path, changes = {}, { button, form: wanted } = {}) {
    const page = await this.get(path);
    const forms = readForms(page.text).filter((form) => form.method === 'POST');
    const names = Object.keys(changes);
    const form = forms.find((one) => (wanted ? one.action?.includes(wanted)
      : names.length > 0 && names.every((name) => one.values.some(([key]) => key === name))))
      ?? forms.filter((one) => !FRAME.includes(one.action)).at(-1);
    if (!form) throw new Error(`no form on ${path} (${page.status})`);
    const kept = form.values.filter(([name]) => !(name in changes));
    const given = Object.entries(changes).flatMap(([name, value]) => (value === null ? [] : [value].flat().map((one) => [name, one])));
    return this.post(form.action || path, [...kept, ...given, ...(button ? [button] : [])]);
  }

  /** Follows redirects of this site to the page that a person would see. */
  async follow(reply, most = 5) {
    let now = reply;
    for (let i = 0; i < most && now.status >= 300 && now.status < 400; i += 1) now = await this.get(now.headers.location);
    return now;
  }

  #keep(line) {
    const [pair, ...attributes] = line.split(';').map((part) => part.trim());
    const at = pair.indexOf('=');
    const gone = attributes.some((part) => /^max-age=(0|-\d+)$/i.test(part)) ||
      attributes.some((part) => /^expires=/i.test(part) && Date.parse(part.slice(8)) < Date.now());
    if (gone) this.cookies.delete(pair.slice(0, at));
    else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
  }
}
