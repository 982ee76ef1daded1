// SPDX-License-Identifier: BSD-2-Clause
// migrate.test.mjs - `hark migrate` killed at every statement, with the database, twice at once, with changed files; and programs that
// refuse to start on another schema than theirs.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { query } from '../harness/database.mjs';
import { buildFolder, run, sourceFolder, startHark, until } from '../harness/hark.mjs';
import { startStatements } from './statements.mjs';

const LONG = Boolean(process.env.HARK_LONG);
const SCHEMA = join(sourceFolder(), 'schema');
const FILES = readdirSync(SCHEMA).filter((name) => name.endsWith('.sql')).sort();
const ENV = { ASAN_OPTIONS: 'detect_leaks=0', UBSAN_OPTIONS: 'print_stacktrace=1' };

let hark;
let databases = 0;

before(async () => {
  hark = await startHark({ server: 'none', database: 'own', programs: [] });
});
after(() => hark?.stop());

/** A database of its own with a configuration; `conf` overrides. It does not exist until it is migrated. */
function place(conf = {}) {
  databases += 1;
  const name = `migrate_${databases}`;
  const file = join(hark.folder, `${name}.conf`);
  const all = { ...hark.conf, db_name: name, ...conf };
  writeFileSync(file, Object.entries(all).map(([key, value]) => `${key} = ${value}\n`).join(''));
  return {
    name, file, conf: all,
    program: (program, ...args) => run(join(buildFolder(), program), ['--config', file, ...args], { env: ENV }),
    hark: (...args) => run(join(buildFolder(), 'hark'), ['--config', file, ...args], { env: ENV }),
    sql: (text) => query(hark.database.socket, name, text),
  };
}

/** A copy of the schema's folder that may be changed. */
function ownSchema() {
  databases += 1;
  const folder = join(hark.folder, `schema_${databases}`);
  cpSync(SCHEMA, folder, { recursive: true });
  return folder;
}

/** All that the schema is, to be compared. */
async function shape(name) {
  const tables = await query(hark.database.socket, name, 'SHOW TABLES');
  const made = [];
  for (const row of tables) {
    const [table] = Object.values(row);
    const [shown] = await query(hark.database.socket, name, `SHOW CREATE TABLE \`${table}\``);
    const text = shown['Create Table'] ?? shown['Create View'].replaceAll(`\`${name}\`.`, '');
    made.push(text.replace(/ AUTO_INCREMENT=\d+/, ''));
  }
  return made;
}

async function isDone(at, reference) {
  const last = await at.hark('migrate', '--json');
  assert.equal(last.code, 0, last.stderr);
  assert.equal(JSON.parse(last.stdout).is_current, true);
  const status = JSON.parse((await at.hark('migrate', '--status', '--json')).stdout);
  assert.ok(status.steps.every((step) => step.state === 'done' && step.statements === step.statements_done));
  assert.deepEqual(await shape(at.name), reference);
  assert.equal((await at.hark('tenant', 'create', '--code', 'acme', '--name', 'Acme')).code, 0, 'and it can be used');
}

describe('hark migrate', () => {
  let reference;

  test('makes the database, is quiet the second time, and says what it did in JSON', async () => {
    const at = place();
    const dry = JSON.parse((await at.hark('migrate', '--dry-run', '--json')).stdout);
    assert.deepEqual(dry.steps.map((step) => [step.name, step.state]), FILES.map((name) => [name, 'waiting']));
    assert.equal((await query(hark.database.socket, 'mysql', `SHOW DATABASES LIKE '${at.name}'`)).length, 0, 'looking makes nothing');
    const first = await at.hark('migrate', '--json');
    assert.equal(first.code, 0, first.stderr);
    assert.equal(JSON.parse(first.stdout).result, 'migrated');
    const second = await at.hark('migrate', '--json');
    assert.deepEqual([second.code, JSON.parse(second.stdout).result], [0, 'nothing to do']);
    const status = JSON.parse((await at.hark('migrate', '--status', '--json')).stdout);
    assert.deepEqual(status.steps.map((step) => [step.name, step.state]), FILES.map((name) => [name, 'done']));
    assert.match((await at.hark('migrate', '--dry-run')).stdout, /nothing would be done/);
    assert.equal((await at.hark('migrate', '--status', '--dry-run')).code, 2);
    reference = await shape(at.name);
  });

  /**
   * Runs it again and again; each time `kill` strikes while a statement is under way that has not been struck yet: that which makes the
   * database, that which makes schema_version (which each run begins with), then one after the other, before which the last is repeated.
   */
  async function strike(t, kill) {
    const socket = join(hark.folder, `between_${databases}.sock`);
    const at = place({ db_socket: socket });
    const direct = { ...at, ...place({ db_name: at.name }), name: at.name };
    let child;
    let seen = 0;
    let struck = 0;
    let runs = 0;
    const between = await startStatements({
      socket,
      target: hark.database.socket,
      each: async (sql, send) => {
        seen += 1;
        send();
        if (seen === (runs < 2 ? 1 : 3)) {
          struck += 1;
          await kill(child);
        }
      },
    });
    t.after(() => between.close());
    for (let done = false; !done; runs += 1) {
      assert.ok(runs < 200, 'it comes to an end');
      seen = 0;
      child = spawn(join(buildFolder(), 'hark'), ['--config', at.file, 'migrate'], { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...ENV } });
      let words = '';
      child.stderr.setEncoding('utf8').on('data', (text) => { words += text; });
      const code = await new Promise((resolve) => { child.on('close', (exit, signal) => resolve(signal ?? exit)); });
      assert.doesNotMatch(words, /Sanitizer|runtime error/);
      done = code === 0;
      assert.ok([0, 1, 75, 'SIGKILL'].includes(code), `${code}: ${words}`);
      await until('MariaDB', () => hark.database.server.process.running || hark.restart('database').then(() => true));
    }
    assert.ok(struck >= reference.length, `struck ${struck} times`);
    await isDone(direct, reference);
    return runs;
  }

  test('killed at every statement, it goes on where it was', async (t) => {
    t.diagnostic(`${await strike(t, (child) => child.kill('SIGKILL'))} runs`);
  });

  test('with MariaDB killed at every statement, it goes on where it was', async (t) => {
    t.diagnostic(`${await strike(t, () => hark.kill('database'))} runs`);
  });

  test('two at once: one waits for the other, then has nothing to do', async (t) => {
    const socket = join(hark.folder, 'slow.sock');
    let letGo;
    let held;
    const waiting = new Promise((resolve) => { letGo = resolve; });
    const isHeld = new Promise((resolve) => { held = resolve; });
    const between = await startStatements({
      socket,
      target: hark.database.socket,
      each: async (sql, send) => {
        held();
        await waiting;
        send();
      },
    });
    t.after(() => between.close());
    const slow = place({ db_socket: socket });
    await query(hark.database.socket, 'mysql', `CREATE DATABASE ${slow.name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`);
    const other = place({ db_name: slow.name });
    const first = slow.hark('migrate', '--json');
    await isHeld;
    const second = other.hark('migrate', '--json');
    await until('the second to wait', async () => (await query(hark.database.socket, 'mysql',
      'SELECT id FROM information_schema.PROCESSLIST WHERE state = \'User lock\'')).length === 1, 15);
    letGo();
    const done = await Promise.all([first, second]);
    assert.deepEqual(done.map((one) => one.code), [0, 0], done.map((one) => one.stderr).join());
    assert.deepEqual(done.map((one) => JSON.parse(one.stdout).result), ['migrated', 'nothing to do']);
    assert.deepEqual(await shape(slow.name), reference);
  });

  test('while another runs for long it gives up and says so', { skip: LONG ? false : 'it takes long: ./check --long' }, async () => {
    const at = place();
    assert.equal((await at.hark('migrate')).code, 0);
    const holder = at.sql('SELECT GET_LOCK(CONCAT(\'hark.\', MD5(DATABASE())), 1), SLEEP(14)');
    const late = await at.hark('migrate');
    assert.notEqual(late.code, 0);
    assert.match(late.stderr, /another migration is running/);
    await holder;
  });

  test('a file that was changed after it was applied is refused, and nothing is run', async () => {
    const schema = ownSchema();
    const at = place({ schema_dir: schema });
    assert.equal((await at.hark('migrate')).code, 0);
    const file = join(schema, FILES[0]);
    const text = readFileSync(file, 'utf8');
    appendFileSync(file, '\nCREATE TABLE IF NOT EXISTS sneaked (id INT);\n');
    writeFileSync(join(schema, '0900_more.sql'), 'CREATE TABLE IF NOT EXISTS more (id INT);\n');
    const refused = await at.hark('migrate', '--json');
    assert.equal(refused.code, 1);
    assert.match(JSON.parse(refused.stdout).error, new RegExp(`^${FILES[0]} was applied and has been changed since`));
    assert.equal((await at.sql('SHOW TABLES LIKE \'more\'')).length, 0);
    assert.equal((await at.sql('SHOW TABLES LIKE \'sneaked\'')).length, 0);
    for (const program of ['hark-web', 'hark-jobs']) {
      const started = await at.program(program);
      assert.equal(started.code, 78, `${program}: ${started.stderr}`);
      assert.match(started.stderr, /has been changed since/);
    }
    writeFileSync(file, text);
    assert.equal((await at.hark('migrate')).code, 0);
    assert.equal((await at.sql('SHOW TABLES LIKE \'more\'')).length, 1);
  });

  test('a statement that fails is named with file and line; the mended file goes on', async () => {
    const schema = ownSchema();
    const at = place({ schema_dir: schema });
    const file = join(schema, '0901_wrong.sql');
    writeFileSync(file, '-- two\n\nCREATE TABLE IF NOT EXISTS good (id INT);\nALTER TABLE nothing ADD COLUMN x INT;\n');
    const failed = await at.hark('migrate', '--json');
    assert.equal(failed.code, 1);
    assert.match(JSON.parse(failed.stdout).error, /^0901_wrong\.sql, line 4 \(statement 2\): .*nothing/);
    const status = JSON.parse((await at.hark('migrate', '--status', '--json')).stdout);
    assert.deepEqual(status.steps.map((step) => step.state), [...FILES.map(() => 'done'), 'half done']);
    const refused = await at.program('hark-web');
    assert.equal(refused.code, 78);
    writeFileSync(file, 'CREATE TABLE IF NOT EXISTS good (id INT);\nALTER TABLE good ADD COLUMN IF NOT EXISTS x INT;\n');
    assert.equal((await at.hark('migrate')).code, 0);
    assert.equal((await at.sql('SHOW COLUMNS FROM good')).length, 2);
  });

  test('programs refuse an older schema and name the command', async () => {
    const at = place();
    await query(hark.database.socket, 'mysql', `CREATE DATABASE ${at.name}`);
    for (const [program, ...args] of [['hark-web'], ['hark-jobs'], ['hark', 'tenant', 'list']]) {
      const refused = await at.program(program, ...args);
      assert.equal(refused.code, 78, `${program}: ${refused.code} ${refused.stderr}`);
      assert.match(refused.stderr, /older than this program.*hark migrate/, program);
    }
    assert.equal((await at.hark('migrate')).code, 0);
    assert.equal((await at.hark('tenant', 'list')).code, 0);
  });

  test('programs refuse the schema of a newer one', async () => {
    const schema = ownSchema();
    writeFileSync(join(schema, '0950_future.sql'), 'CREATE TABLE IF NOT EXISTS future (id INT);\n');
    const newer = place({ schema_dir: schema });
    assert.equal((await newer.hark('migrate')).code, 0);
    const at = place({ db_name: newer.name });
    for (const [program, ...args] of [['hark-web'], ['hark-jobs'], ['hark', 'tenant', 'list']]) {
      const refused = await at.program(program, ...args);
      assert.equal(refused.code, 78, `${program}: ${refused.code} ${refused.stderr}`);
      assert.match(refused.stderr, /0950_future\.sql was applied by a newer Hark/);
    }
    const refused = await at.hark('migrate');
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /newer Hark/);
    assert.match((await at.hark('migrate', '--status')).stdout, /0950_future\.sql +of a newer program/);
  });

  test('folders and databases that are not there are said plainly', async () => {
    const empty = join(hark.folder, 'empty');
    mkdirSync(empty);
    const nothing = await place({ schema_dir: empty }).hark('migrate');
    assert.equal(nothing.code, 1);
    assert.match(nothing.stderr, /holds no NNNN_words\.sql/);
    rmSync(empty, { recursive: true });
    const gone = await place({ schema_dir: empty }).program('hark-web');
    assert.equal(gone.code, 78);
    assert.match(gone.stderr, /cannot be read/);
    const silent = place({ db_socket: join(hark.folder, 'nobody.sock') });
    assert.equal((await silent.hark('migrate')).code, 75);
    assert.equal((await silent.program('hark-web')).code, 75);
    assert.equal((await silent.program('hark-jobs')).code, 75);
  });
});
