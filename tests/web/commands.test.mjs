// SPDX-License-Identifier: BSD-2-Clause
// commands.test.mjs - what the operators' command and the programs say when something is wrong: exit codes, words, and one JSON object.
import assert from 'node:assert/strict';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { buildFolder, run, sourceFolder, startHark, until } from '../harness/hark.mjs';
import { startProcess } from '../harness/process.mjs';

const ENV = { ASAN_OPTIONS: 'detect_leaks=0' };
let hark;
let files = 0;

before(async () => {
  hark = await startHark({ server: 'none', programs: [] });
});
after(() => hark?.stop());

/** A configuration that differs; gives program() and the number of each key's line. */
function configured(conf) {
  files += 1;
  const file = join(hark.folder, `other${files}.conf`);
  const all = Object.entries({ ...hark.conf, ...conf });
  writeFileSync(file, all.map(([key, value]) => `${key} = ${value}\n`).join(''));
  return {
    file,
    place: (key) => `${file}:${all.findIndex(([name]) => name === key) + 1}: key "${key}"`,
    program: (program, ...args) => run(join(buildFolder(), program), ['--config', file, ...args], { env: ENV, seconds: 30 }),
  };
}

/** The exit code, and with --json one object with it and the same words. */
async function fails(place, args, code, words) {
  const done = await place.program('hark', ...args, '--json');
  assert.equal(done.code, code, `${args.join(' ')}: ${done.stderr}${done.stdout}`);
  assert.equal(done.stdout.trim().split('\n').length, 1, done.stdout);
  const answer = JSON.parse(done.stdout);
  assert.equal(answer.exit, code);
  assert.match(answer.error, words);
  assert.match(done.stderr, words);
}

describe('failures of the command', () => {
  test('wrong words are told as JSON, too, wherever --json stands', async () => {
    const good = configured({});
    await fails(good, [], 2, /a command is needed/);
    await fails(good, ['nonsense'], 2, /no command “nonsense”/);
    await fails(good, ['tenant', 'list', '--colour', 'red'], 2, /no option --colour/);
    await fails(good, ['tenant', 'create', '--code', 'acme'], 2, /--name NAME is needed/);
    await fails(good, ['tenant', 'show', '--tenant', 'nobody'], 1, /no tenant “nobody”/);
    const first = await good.program('hark', '--json', 'nonsense');
    assert.equal(JSON.parse(first.stdout).exit, 2);
  });

  test('a problem of a field is said once, with its field', async () => {
    const args = ['tenant', 'create', '--code', 'acme', '--name', 'Acme'];
    assert.equal((await hark.hark(args)).code, 0);
    const again = await hark.hark([...args, '--json']);
    assert.deepEqual([again.code, again.json().error, Object.keys(again.json().fields)], [1, 'invalid', ['code']]);
    assert.match(again.stderr, /^hark tenant create: code: The code “acme” is taken/);
  });

  test('a configuration that is wrong ends with 78, file, line and key', async () => {
    await fails(configured({ dns_server: 'x' }), ['config', '--check'], 78, /other\d+\.conf:\d+: key "dns_server": must be an IPv4 address/);
    await fails(configured({ colour: 'red' }), ['tenant', 'list'], 78, /other\d+\.conf:\d+: key "colour"/);
    const none = await run(join(buildFolder(), 'hark'), ['--config', '/nope.conf', 'doctor', '--json'], { env: ENV });
    assert.equal(none.code, 78);
    assert.match(JSON.parse(none.stdout).error, /\/nope\.conf: cannot be read/);
  });

  test('a secret that is missing or open ends each program with 78, file, line and key', async () => {
    const missing = configured({ db_password_file: '/nope' });
    const said = `${missing.place('db_password_file')}: /nope: No such file or directory`;
    for (const args of [['config', '--check'], ['tenant', 'list'], ['migrate'], ['migrate', '--status']])
      await fails(missing, args, 78, new RegExp(said.replaceAll('/', '\\/')));
    for (const program of ['hark-web', 'hark-jobs']) {
      const done = await missing.program(program);
      assert.equal(done.code, 78, done.stderr);
      assert.ok(done.stderr.replaceAll('\\"', '"').includes(said), done.stderr);
    }
    const open = join(hark.folder, 'open-key');
    writeFileSync(open, 'x'.repeat(64));
    chmodSync(open, 0o644);
    const shown = configured({ key_file: open });
    await fails(shown, ['agent', 'list', '--tenant', 'acme'], 78, /key "key_file": .*open-key: may be read or written by everybody/);
    for (const program of ['hark-web', 'hark-jobs', 'hark-chat']) {
      const done = await shown.program(program);
      assert.equal(done.code, 78, done.stderr);
      assert.ok(done.stderr.replaceAll('\\"', '"').includes(`${shown.place('key_file')}: ${open}: may be read`), done.stderr);
    }
  });

  test('a database that does not let us in ends with 78, one that is away with 75, both in its own words', async () => {
    const stranger = configured({ db_user: 'stranger' });
    const away = configured({ db_socket: join(hark.folder, 'none.sock') });
    for (const args of [['tenant', 'list'], ['migrate'], ['migrate', '--status']]) {
      await fails(stranger, args, 78, /Access denied for user 'stranger'@'localhost'/);
      await fails(away, args, 75, /Can't connect to .* socket '.*none\.sock'/);
    }
    for (const program of ['hark-web', 'hark-jobs']) {
      assert.equal((await stranger.program(program)).code, 78);
      assert.equal((await away.program(program)).code, 75);
    }
  });

  test('a second migration at the same time ends with 75', async () => {
    const other = startProcess({
      command: 'mariadb', log: join(hark.folder, 'log', 'lock.log'),
      args: ['--no-defaults', `--socket=${hark.database.socket}`, '--user=root', hark.database.name, '-e',
        "SELECT GET_LOCK(CONCAT('hark.', MD5(DATABASE())), 5); SELECT SLEEP(60)"],
    });
    try {
      await until('the lock', async () => (await hark.sql("SELECT IS_USED_LOCK(CONCAT('hark.', MD5(DATABASE()))) AS id"))[0].id);
      await fails(configured({}), ['migrate'], 75, /another migration is running/);
    } finally {
      await other.kill();
    }
  });

  test('a password that cannot be hashed is something to try again, in words', async () => {
    const file = join(hark.folder, 'password');
    writeFileSync(file, 'a long enough secret\n');
    await fails(configured({ run_dir: join(hark.folder, 'nowhere') }), ['agent', 'create', '--tenant', 'acme', '--account', 'late', '--email', 'late@acme.example',
      '--first-name', 'Late', '--password-file', file], 75, /no password can be hashed now: .*nowhere\/hash-N\.lock cannot be opened/);
  });

  test('an agent without a password is made, and it is said that nobody can sign in yet', async () => {
    const made = await hark.hark(['agent', 'create', '--tenant', 'acme', '--account', 'nil', '--email', 'nil@acme.example', '--first-name', 'Nil']);
    assert.equal(made.code, 0, made.stderr);
    assert.match(made.stdout, /without a password/);
    assert.match(made.stdout, /hark agent passwd --tenant acme --account nil/);
    const json = await hark.hark(['agent', 'create', '--tenant', 'acme', '--account', 'nul', '--email', 'nul@acme.example', '--first-name', 'Nul', '--json']);
    assert.equal(json.json().has_password, false);
  });
});

describe('the units of systemd', () => {
  const unit = (name) => readFileSync(join(sourceFolder(), `systemd/${name}.in`), 'utf8');

  test('hash locks can be written, a database that is away is waited for, a wrong configuration is not', () => {
    for (const name of ['hark-web.service', 'hark-jobs.service']) {
      assert.match(unit(name), /^ReadWritePaths=\/var\/lib\/hark \/run\/hark$/m, name);
      assert.match(unit(name), /^RestartPreventExitStatus=2 78$/m, name);
      assert.match(unit(name).split('[Service]')[0], /^StartLimitIntervalSec=0$/m, name);
    }
    assert.match(unit('hark-web.socket').split('[Socket]')[1], /^TriggerLimitIntervalSec=0$/m);
    assert.match(unit('hark-web.service'), /^ExecStopPost=.*sleep 1/m);
  });
});
