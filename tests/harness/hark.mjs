// SPDX-License-Identifier: BSD-2-Clause
// hark.mjs - a whole Hark for a test: temporary folder, database, web server with the shipped sample, all programs.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { query, shortFolder, startDatabaseServer } from './database.mjs';
import { Client, request } from './http.mjs';
import { freePort, run, startProcess, textOf, until } from './process.mjs';
import { webServer } from './web_server.mjs';

export { Client, request, readForms } from './http.mjs';
export { freePort, run, until } from './process.mjs';

const SOURCE = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const COMPLAINT = /(ERROR|WARNING): (Address|Leak|Memory|Undefined|Thread)\w*Sanitizer|runtime error: |check failed|Assertion .* failed/;

/** The project's own folder. */
export function sourceFolder() {
  return SOURCE;
}

/** The folder with the built programs: $HARK_BUILD, else build/check. */
export function buildFolder() {
  return resolve(process.env.HARK_BUILD ?? join(SOURCE, 'build/check'));
}

function confText(conf) {
  return Object.entries(conf).map(([key, value]) => `${key} = ${value}\n`).join('');
}

/** Programs speak of sanitizers' findings in their logs; leaks are not looked for in servers, which end by signals too. */
const PROGRAM_ENV = {
  ASAN_OPTIONS: 'detect_leaks=0:abort_on_error=0:allocator_may_return_null=0',
  UBSAN_OPTIONS: 'print_stacktrace=1',
};

/**
 * Starts Hark and waits until it answers.
 *
 *	server      'nginx' (default), 'apache' or 'none' (only database, configuration and commands)
 *	database    'shared' (default: a database on the run's server) or 'own' (a server of its own, commits on disk, may be killed)
 *	programs    which of hark-chat, hark-web, hark-jobs to start (default all)
 *	conf        keys of hark.conf that differ
 *	env         more environment for the programs
 *
 * Gives { url, port, folder, conf, sql(), hark(), client(), kill(), restart(), stop(), logs(), pids(), database }.
 */
export async function startHark({
  server = 'nginx', database = 'shared', programs = ['hark-chat', 'hark-web', 'hark-jobs'], conf = {}, env = {},
} = {}) {
  const build = buildFolder();
  if (!existsSync(join(build, 'hark'))) throw new Error(`the programs are not built in ${build}: run ./check`);
  const folder = shortFolder('t');
  for (const name of ['run', 'data', 'log']) mkdirSync(join(folder, name), { mode: 0o750 });
  const port = await freePort();
  const self = { folder, port, url: `http://127.0.0.1:${port}`, processes: new Map(), ended: false };
  const ownServer = database === 'own' || !process.env.HARK_TEST_DATABASE
    ? await startDatabaseServer({ folder, cache: build, durable: database === 'own' }) : null;
  const socket = ownServer?.socket ?? process.env.HARK_TEST_DATABASE;
  const name = `hark_${process.pid}_${randomBytes(4).toString('hex')}`;
  await query(socket, 'mysql', `CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`);
  self.database = { socket, name, server: ownServer };

  writeFileSync(join(folder, 'key'), `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  self.confFile = join(folder, 'hark.conf');
  self.conf = {
    base_url: self.url, db_socket: socket, db_name: name, db_user: 'root', key_file: join(folder, 'key'),
    data_dir: join(folder, 'data'), run_dir: join(folder, 'run'),
    templates_dir: join(SOURCE, 'templates'), static_dir: join(SOURCE, 'static'), schema_dir: join(SOURCE, 'schema'),
    locale_dir: join(build, 'locale'), web_workers: 2, trusted_proxies: '127.0.0.1',
    telegram_url: 'http://127.0.0.1:9',   // no test speaks to Telegram itself
    send_file: server === 'nginx' ? 'x-accel-redirect' : 'none', ...conf,
  };
  writeFileSync(self.confFile, confText(self.conf));

  /** Rows of a statement on this Hark's database, as objects of texts. */
  self.sql = (text) => query(socket, name, text);
  /** Runs `hark ARGS`; gives { code, stdout, stderr, json() }. */
  self.hark = async (args, options = {}) => {
    const done = await run(join(build, 'hark'), ['--config', self.confFile, ...args], { ...options, env: { ...PROGRAM_ENV, ...env, ...options.env } });
    complainIf(done.stderr);
    return { ...done, json: () => JSON.parse(done.stdout) };
  };
  self.client = (options) => new Client(self.url, options);
  /** What all processes have logged: { 'hark-web': text, … }. */
  self.logs = () => Object.fromEntries(readdirSync(join(folder, 'log')).map((file) => [file.replace(/\.log$/, ''), textOf(join(folder, 'log', file))]));
  self.pids = (program) => self.processes.get(program)?.pid;

  const start = (program, command, args, more = {}) => {
    const started = startProcess({ command, args, env: { ...PROGRAM_ENV, ...env, ...more }, log: join(folder, 'log', `${program}.log`) });
    self.processes.set(program, started);
    return started;
  };
  const startProgram = (program) => start(program, join(build, program), ['--config', self.confFile]);
  const web = server === 'none' ? null : webServer(server, { folder, port, source: SOURCE });

  /** Ends a process ('hark-web', 'hark-chat', 'hark-jobs', 'web-server', 'database') at once, with its children. */
  self.kill = async (program, signal = 'SIGKILL') => {
    if (program === 'database') await ownServer.kill();
    else await self.processes.get(program).kill(signal);
  };
  /** Starts it again (ends it first when it runs) and waits until it answers. */
  self.restart = async (program) => {
    if (program === 'database') {
      if (ownServer.process.running) await ownServer.stop();
      return ownServer.start();
    }
    const old = self.processes.get(program);
    if (old?.running) await old.stop();
    if (program === 'web-server') start(program, web.command, web.args, web.env);
    else startProgram(program);
    return ready(program);
  };

  async function ready(program) {
    const started = self.processes.get(program);
    const alive = () => {
      if (!started.running) throw new Fatal(`${program} ended (${started.code ?? started.signal}): ${textOf(join(folder, 'log', `${program}.log`)).slice(-2000)}`);
    };
    const looks = {
      'web-server': async () => (await request(`${self.url}/static/`, { seconds: 5 })).status > 0,
      'hark-web': async () => (await request(`${self.url}/`, { seconds: 10 })).status < 502,
      'hark-chat': async () => (await request(`${self.url}/live/poll?ticket=x`, { seconds: 10 })).status === 403,
      'hark-jobs': () => true,
    };
    let fatal;
    await until(program, async () => {
      try {
        alive();
      } catch (error) {
        fatal = error;
        return true;
      }
      return server === 'none' || looks[program]();
    }, 30);
    if (fatal) throw fatal;
  }

  function complainIf(text) {
    const found = COMPLAINT.exec(text);
    if (found) throw new Error(`a program complained: ${text.slice(Math.max(0, found.index - 200), found.index + 3000)}`);
  }

  /** Ends everything; throws when a program had to be killed or a sanitizer spoke. The folder stays with HARK_KEEP=1. */
  self.stop = async () => {
    if (self.ended) return;
    self.ended = true;
    const stubborn = [];
    for (const [program, started] of [...self.processes].reverse())
      if (started.running && !(await started.stop())) stubborn.push(program);
    const logs = self.logs();
    if (ownServer) await ownServer.stop();
    else await query(socket, 'mysql', `DROP DATABASE ${name}`).catch(() => {});
    if (process.env.HARK_KEEP) console.error(`# kept: ${folder}`);
    else rmSync(folder, { recursive: true, force: true });
    for (const text of Object.values(logs)) complainIf(text);
    if (stubborn.length) throw new Error(`did not end when asked to: ${stubborn.join(', ')}`);
  };

  try {
    const migrated = await self.hark(['migrate']);
    if (migrated.code !== 0) throw new Error(`hark migrate: ${migrated.code}: ${migrated.stderr}${migrated.stdout}`);
    for (const program of programs) startProgram(program);
    if (web) start('web-server', web.command, web.args, web.env);
    for (const program of web ? ['web-server', ...programs] : programs) await ready(program);
  } catch (error) {
    await self.stop().catch(() => {});
    throw error;
  }
  return self;
}

class Fatal extends Error {}
