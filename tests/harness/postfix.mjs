// SPDX-License-Identifier: BSD-2-Clause
// postfix.mjs - a Postfix of a test's own: it takes every mail on a port of 127.0.0.1 and keeps it in a folder.
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { shortFolder } from './database.mjs';
import { freePort, run, startProcess, textOf, until } from './process.mjs';

const TOOLS = { PATH: `${process.env.PATH}:/usr/sbin` };
const KEEPER = 65534;   // nobody, who owns the mails

/** Why Postfix cannot run here, or false: `test('…', { skip: noPostfix() }, …)`. */
export function noPostfix() {
  if (!existsSync('/usr/sbin/postfix')) return 'Postfix is missing: apt-get install postfix';
  return process.getuid() === 0 ? false : 'Postfix starts only as root';
}

const SERVICES = `pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
tlsmgr unix - - n 1000? 1 tlsmgr
`;

/** The header of that name, unfolded; undefined when there is none, the list of them when there are several. */
function headersOf(head) {
  const headers = {};
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const at = line.indexOf(':');
    if (at < 0) continue;
    const name = line.slice(0, at).toLowerCase();
    (headers[name] ??= []).push(line.slice(at + 1).trim());
  }
  return headers;
}

/** Words of RFC 2047 as people read them. */
export function decodeWords(text) {
  return text.replace(/\?=\s+=\?/g, '?==?').replace(/=\?([^?]+)\?([bq])\?([^?]*)\?=/gi, (_, charset, kind, body) => {
    const bytes = kind.toLowerCase() === 'b' ? Buffer.from(body, 'base64')
      : Buffer.from(body.replace(/_/g, ' ').replace(/=([0-9a-f]{2})/gi, (_all, hex) => String.fromCharCode(parseInt(hex, 16))), 'latin1');
    return new TextDecoder(charset).decode(bytes);
  });
}

/** Quoted-printable, then the soft breaks of format=flowed taken out. */
function textOfBody(body, headers) {
  let text = body.replace(/\r\n/g, '\n');
  if (/quoted-printable/i.test(headers['content-transfer-encoding']?.[0] ?? '')) {
    text = Buffer.from(text.replace(/=\n/g, '').replace(/=([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16))), 'latin1').toString('utf8');
  }
  if (!/format=flowed/i.test(headers['content-type']?.[0] ?? '')) return text;
  return text.split('\n').map((line) => line.replace(/^ (?=[ >]|From )/, '')).join('\n').replace(/(?<!^--) \n/gm, ' ');
}

/** A mail's file: { raw, headers (lists by lower-case name), subject, from, to, reader (of the envelope), text }. */
function readMail(file) {
  const raw = readFileSync(file, 'latin1');
  const at = raw.search(/\r?\n\r?\n/);
  const headers = headersOf(raw.slice(0, at));
  const utf8 = (text) => Buffer.from(text, 'latin1').toString('utf8');
  return {
    raw, headers,
    subject: decodeWords(utf8(headers.subject?.[0] ?? '')), from: decodeWords(utf8(headers.from?.[0] ?? '')),
    to: decodeWords(utf8(headers.to?.[0] ?? '')), reader: headers['delivered-to']?.[0],
    text: textOfBody(raw.slice(at).replace(/^\r?\n\r?\n/, ''), headers),
  };
}

/**
 * Starts it. `access` maps readers to answers, such as { 'gone@acme.example': '550 5.1.1 no such person' }; `tls` gives it a certificate
 * that nobody has signed.
 *
 * Gives { port, mails(), mailTo(address), mailsTo(address), stop(), start(), end() }.
 */
export async function startPostfix({ access = {}, tls = false } = {}) {
  const folder = shortFolder('p');
  const port = await freePort();
  chmodSync(folder, 0o755);
  for (const name of ['etc', 'queue', 'data', 'kept']) mkdirSync(join(folder, name));
  chmodSync(join(folder, 'kept'), 0o777);
  await run('chown', ['postfix', join(folder, 'data')]);
  const settings = {
    compatibility_level: '3.6', queue_directory: join(folder, 'queue'), data_directory: join(folder, 'data'),
    command_directory: '/usr/sbin', daemon_directory: '/usr/lib/postfix/sbin', meta_directory: '/etc/postfix',
    shlib_directory: '/usr/lib/postfix', mail_owner: 'postfix', setgid_group: 'postdrop',
    myhostname: 'sink.example', mydestination: '', inet_interfaces: '127.0.0.1', inet_protocols: 'ipv4', mynetworks: '127.0.0.0/8',
    alias_maps: '', alias_database: '',
    virtual_mailbox_domains: 'static:all', virtual_mailbox_base: join(folder, 'kept'), virtual_mailbox_maps: 'static:inbox/',
    virtual_uid_maps: `static:${KEEPER}`, virtual_gid_maps: `static:${KEEPER}`, virtual_mailbox_limit: '0',
    smtpd_recipient_restrictions: `check_recipient_access inline:{${Object.entries(access).map(([who, what]) => `{${who}=${what}}`).join(' ')}} permit_mynetworks reject`,
    smtpd_relay_restrictions: 'permit_mynetworks reject', smtpd_client_connection_count_limit: '0', smtpd_forbid_bare_newline: 'yes',
  };
  if (!Object.keys(access).length) settings.smtpd_recipient_restrictions = 'permit_mynetworks reject';
  if (tls) {
    const made = await run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=sink.example',
      '-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')]);
    if (made.code !== 0) throw new Error(`openssl: ${made.stderr}`);
    Object.assign(settings, { smtpd_tls_cert_file: join(folder, 'cert.pem'), smtpd_tls_key_file: join(folder, 'key.pem'), smtpd_tls_security_level: 'may' });
  }
  writeFileSync(join(folder, 'etc/main.cf'), Object.entries(settings).map(([key, value]) => `${key} = ${value}\n`).join(''));
  writeFileSync(join(folder, 'etc/master.cf'), `${port} inet n - n - - smtpd\n${SERVICES}`);

  const self = { port, folder, process: null };
  const inbox = join(folder, 'kept/inbox/new');
  /** Everything that has arrived, oldest first. */
  self.mails = () => (existsSync(inbox) ? readdirSync(inbox) : []).map((name) => join(inbox, name))
    .map((file) => ({ file, at: statSync(file).mtimeMs })).sort((a, b) => a.at - b.at || a.file.localeCompare(b.file)).map(({ file }) => readMail(file));
  self.mailsTo = (address) => self.mails().filter((mail) => mail.reader?.toLowerCase() === address.toLowerCase());
  /** The newest mail to somebody, once there are `count` of them. */
  self.mailTo = (address, count = 1) => until(`mail ${count} to ${address}`, () => self.mailsTo(address)[count - 1], 30);
  self.start = async () => {
    self.process = startProcess({ command: 'postfix', args: ['-c', join(folder, 'etc'), 'start-fg'], env: TOOLS, log: join(folder, 'start.log') });
    await until('Postfix', async () => {
      if (!self.process.running) throw new Error(`Postfix ended: ${textOf(join(folder, 'start.log'))}`);
      return (await run('bash', ['-c', `exec 3<>/dev/tcp/127.0.0.1/${port} && head -c 3 <&3`])).stdout === '220';
    }, 40);
  };
  self.stop = async () => {
    await run('postfix', ['-c', join(folder, 'etc'), 'stop'], { env: TOOLS });
    await self.process.kill('SIGKILL');
  };
  /** Stops it and forgets everything. */
  self.end = async () => {
    await self.stop();
    if (process.env.HARK_KEEP) console.error(`# kept: ${folder}`);
    else rmSync(folder, { recursive: true, force: true });
  };
  await self.start();
  return self;
}
