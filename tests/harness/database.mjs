// SPDX-License-Identifier: BSD-2-Clause
// database.mjs - MariaDB for tests: one private server for a run (or for one test), one database for each test file.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, startProcess, textOf, until } from './process.mjs';

const TOOLS = { PATH: `${process.env.PATH}:/usr/sbin:/usr/local/sbin` };
const isRoot = process.getuid() === 0;
/*
 * Processes are killed in tests, not machines: what MariaDB has written survives in the kernel. Waiting for the disk, ten thousand
 * times in a run, would only make the run as slow as the disk is, and some are very slow; --long waits, as production does.
 */
const QUICK = process.env.HARK_LONG ? {} : { LD_PRELOAD: 'libeatmydata.so' };

/** A data folder as mariadb-install-db leaves it, made once and then copied. */
async function template(folder) {
  const ready = join(folder, 'mariadb-template');
  if (existsSync(ready)) return ready;
  mkdirSync(folder, { recursive: true });
  const making = mkdtempSync(join(folder, 'mariadb-making-'));
  const made = await run('mariadb-install-db', [
    '--no-defaults', `--datadir=${making}`, '--auth-root-authentication-method=normal', '--skip-test-db', '--force',
    '--innodb-log-file-size=16M', ...(isRoot ? ['--user=root'] : []),
  ], { env: { ...TOOLS, ...QUICK }, seconds: 120 });
  if (made.code !== 0) throw new Error(`mariadb-install-db failed: ${made.stderr || made.stdout}`);
  try {
    renameSync(making, ready);
  } catch {
    rmSync(making, { recursive: true, force: true });   // another test was faster
  }
  return ready;
}

/** Starts a server in `folder`. With `durable`, every commit is written before it is acknowledged, as in production. */
export async function startDatabaseServer({ folder, cache, durable = false }) {
  const data = join(folder, 'mysql');
  const socket = join(folder, 'mysql.sock');
  const log = join(folder, 'mysql.log');
  cpSync(await template(cache), data, { recursive: true });
  const server = { socket, log, process: null };
  server.start = async () => {
    server.process = startProcess({
      command: 'mariadbd',
      args: [
        '--no-defaults', `--datadir=${data}`, `--socket=${socket}`, `--pid-file=${join(folder, 'mysql.pid')}`,
        `--tmpdir=${folder}`,      // a server that starts clears the temporary tables out of it, also those of others
        '--skip-networking', '--skip-log-bin', '--performance-schema=0', '--innodb-buffer-pool-size=64M',
        '--innodb-log-file-size=16M', `--innodb-flush-log-at-trx-commit=${durable ? 1 : 2}`, '--max-connections=300',
        '--character-set-server=utf8mb4', '--collation-server=utf8mb4_unicode_520_ci',
        ...(isRoot ? ['--user=root'] : []),
      ],
      env: { ...TOOLS, ...QUICK },
      log,
    });
    await until('MariaDB', async () => {
      if (!server.process.running) throw new Error(`MariaDB ended: ${textOf(log).slice(-1000)}`);
      return (await run('mariadb-admin', ['--no-defaults', `--socket=${socket}`, '--user=root', 'ping'])).code === 0;
    }, 40);
  };
  server.stop = () => server.process.stop(30);
  server.kill = () => server.process.kill('SIGKILL');
  await server.start();
  return server;
}

/** A folder that holds sockets, so its name is short. */
export function shortFolder(name) {
  return mkdtempSync(join(tmpdir(), `hark-${name}-`));
}

const ESCAPES = { n: '\n', t: '\t', 0: '\0', '\\': '\\' };
const plain = (cell) => (cell === 'NULL' ? null : cell.replace(/\\([nt0\\])/g, (_, c) => ESCAPES[c]));

/** Runs SQL and gives the rows as objects of texts (SQL NULL is null); throws with the server's words. */
export async function query(socket, database, sql) {
  const done = await run('mariadb', [
    '--no-defaults', `--socket=${socket}`, '--user=root', '--default-character-set=utf8mb4', '--batch', database,
  ], { input: sql });
  if (done.code !== 0) throw new Error(`${done.stderr.trim()} in: ${sql.slice(0, 200)}`);
  const lines = done.stdout.split('\n');
  const names = lines.shift().split('\t');
  return lines.filter((line) => line !== '').map((line) => {
    const cells = line.split('\t').map(plain);
    return Object.fromEntries(names.map((name, i) => [name, cells[i]]));
  });
}

/** The lines of a stream, which end at line feeds only: hashes in the rows may have any other byte. (The client escapes tabs and feeds in values.) */
async function* linesOf(stream) {
  let rest = '';
  for await (const text of stream.setEncoding('latin1')) {
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    yield* lines;
  }
}

/**
 * Somebody else changes rows by the statement `change`, and commits only when `many` statements of what `act` does, which begin with `waiting`,
 * wait for them, or when it has ended without. Gives what `act` gives.
 */
export async function whileLocked({ socket, name }, { change, waiting, many = 1 }, act) {
  const other = connect({ socket, name });
  try {
    await other.ask('BEGIN');
    await other.ask(change);
    let ended = false;
    const acting = Promise.resolve(act()).finally(() => { ended = true; });
    await until('it waits for the row', async () => ended || Number((await query(socket, name, `SELECT COUNT(*) AS n FROM information_schema.PROCESSLIST
      WHERE DB = DATABASE() AND INFO LIKE '${waiting}%'`))[0].n) >= many, 60);
    await other.ask('COMMIT');
    return await acting;
  } finally {
    other.end();
  }
}

/** One client that stays connected, for thousands of small questions: gives ask(sql), rows as lists of texts, and end(). */
export function connect({ socket, name }) {
  const client = spawn('mariadb', ['--no-defaults', `--socket=${socket}`, '--user=root', '--batch', '--unbuffered', '--skip-column-names', name]);
  let complaints = '';
  client.stderr.on('data', (text) => { complaints += text; });
  const lines = linesOf(client.stdout);
  const closed = new Promise((resolve) => { client.on('close', resolve); });
  const ask = async (sql) => {
    client.stdin.write(`${sql};\nSELECT '-- end';\n`);
    const rows = [];
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error(`${complaints.trim()} in: ${sql.slice(0, 300)}`);
      if (value === '-- end') return rows;
      rows.push(value.split('\t'));
    }
  };
  const end = () => {
    client.stdin.end();
    return closed;
  };
  return { ask, end };
}
