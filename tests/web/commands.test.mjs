// SPDX-License-Identifier: BSD-2-Clause
// commands.test.mjs - what the operators' command and the programs say when something is wrong: exit codes, words, and one JSON object.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
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
    assert.match(again.stderr, /^hark tenant create: code belongs to another company/);
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

  test('an option at the end without its value is told', async () => {
    for (const args of [['agent', 'list', '--tenant'], ['tenant', 'create', '--name', 'x', '--code']]) {
      const done = await hark.hark(args);
      assert.deepEqual([done.code, done.stdout], [2, '']);
      assert.match(done.stderr, /needs a value/);
    }
  });

  test('an agent comes with a hash from elsewhere at once, or with a password, never with both', async () => {
    const hash = '$2y$10$92IXUNpkjO0rOQ5byMi.Ye4oKoEa3Ro9llC/.og/at2.uheWG/igi';
    const file = join(hark.folder, 'hash');
    writeFileSync(file, `${hash}\n`);
    const create = (account, ...more) => hark.hark(['agent', 'create', '--tenant', 'acme', '--account', account, '--email', `${account}@acme.example`,
      '--first-name', 'H', '--password-hash-file', file, ...more], { input: 'a long enough secret' });
    const both = await create('both', '--password-file', '-');
    assert.equal(both.code, 2);
    assert.match(both.stderr, /not both/);
    await hark.sql("CREATE TRIGGER later BEFORE UPDATE ON agent FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'in two steps'");
    const made = await create('hashed');
    await hark.sql('DROP TRIGGER later');
    assert.equal(made.code, 0, made.stderr);
    assert.deepEqual(await hark.sql("SELECT account, password_hash FROM agent WHERE account IN ('both', 'hashed')"), [{ account: 'hashed', password_hash: hash }]);
    const [{ difference }] = await hark.sql("SELECT difference FROM audit WHERE action = 'agent.create' ORDER BY id DESC LIMIT 1");
    assert.ok(!difference.includes(hash));
  });

  test('the last day of a key is one in the zone of its agent, else of the company; its name is counted in characters', async () => {
    const ends = async (...more) => {
      const made = await hark.hark(['key', 'create', '--tenant', 'acme', '--account', 'nil', '--name', 'é'.repeat(80), '--expires', '2030-12-31', ...more]);
      assert.equal(made.code, 0, made.stderr);
      return new Date(Number((await hark.sql('SELECT expires_at AS at FROM api_key ORDER BY id DESC LIMIT 1'))[0].at)).toISOString();
    };
    await hark.sql("UPDATE role SET permissions = CONCAT(permissions, ' api.use') WHERE name = 'Agents'");
    await hark.sql("UPDATE tenant SET time_zone = 'Pacific/Auckland' WHERE code = 'acme'");
    assert.equal(await ends(), '2030-12-31T11:00:00.000Z');
    await hark.sql("UPDATE agent SET time_zone = 'America/New_York' WHERE account = 'nil'");
    assert.equal(await ends(), '2031-01-01T05:00:00.000Z');
    const long = await hark.hark(['key', 'create', '--tenant', 'acme', '--account', 'nil', '--name', 'é'.repeat(81)]);
    assert.equal(long.code, 1);
    assert.match(long.stderr, /: name must be at most 80 characters/);
  });

  test('the demonstration data have an operator with a password that is good enough, and the log of the host tells of her', async () => {
    const make = (input) => hark.hark(['demo-data', '--chats', '1', '--password-file', '-'], { input });
    const weak = await make('password');
    assert.equal(weak.code, 1);
    assert.match(weak.stderr, /the password /);
    assert.match((await hark.hark(['demo-data'])).stderr, /--password-file FILE is needed/);
    assert.equal((await hark.hark(['demo-data', '--password', 'a long enough secret'])).code, 2, 'never on the command line');
    assert.deepEqual(await hark.sql("SELECT code FROM tenant WHERE code = 'peak' UNION SELECT email FROM operator"), []);
    const made = await make('a long enough secret');
    assert.equal(made.code, 0, made.stderr);
    assert.match(made.stdout, /olga@host\.example may do everything/);
    assert.match((await hark.hark(['operator', 'log'])).stdout, /operator\.create +olga@host\.example/);
    assert.match((await make('a long enough secret')).stdout, /^olga@host\.example exists$/m);
  });

  test('who breaks off at the question for a password has a terminal that shows what is typed', async () => {
    const hold = `trap : INT; '${join(buildFolder(), 'hark')}' --config '${hark.confFile}' agent passwd --tenant acme --account nil; echo "it ended with $?"; stty -a`;
    const script = spawn('script', ['--quiet', '--echo', 'always', '--command', hold, '/dev/null'], { env: { ...process.env, ...ENV, SHELL: '/bin/sh' } });
    let shown = '';
    script.stdout.on('data', (text) => { shown += text; });
    await until('the question', () => shown.includes('Password: '));
    script.stdin.write('\x03');
    await until('the end', () => /it ended with[\s\S]*echoe/.test(shown));
    script.stdin.end();
    assert.match(shown, /it ended with 130/);
    assert.match(shown, / echo /, shown);
  });
});

describe('the programs', () => {
  const start = (program, conf, args = []) => startProcess({ command: join(buildFolder(), program), args: ['--config', configured(conf).file, ...args],
    env: ENV, log: join(hark.folder, 'log', `${program}.log`) });

  test('hark-web that is told to stop while it starts its workers stops', async () => {
    const web = start('hark-web', { web_workers: 64 });
    const children = () => readFileSync(`/proc/${web.pid}/task/${web.pid}/children`, 'utf8').trim();
    await until('a first worker', children);
    assert.ok(await web.stop(), 'the signal, which only the parent gets, is not lost');
    assert.equal(web.code, 0);
  });

  test('a worker that has ended is replaced, and one that is told to stop ends', async () => {
    const web = start('hark-web', { web_workers: 2 });
    const children = () => readFileSync(`/proc/${web.pid}/task/${web.pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
    const [first, second] = await until('two workers', () => children().length === 2 && children());
    process.kill(Number(first), 'SIGKILL');
    process.kill(Number(second), 'SIGTERM');
    await until('two others', () => children().length === 2 && !children().includes(first) && !children().includes(second));
    assert.ok(await web.stop());
  });

  test('a program has one connection to the database, and the parent of workers none', async () => {
    const connections = async () => Number((await hark.sql('SELECT COUNT(*) AS n FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND ID <> CONNECTION_ID()'))[0].n);
    await until('no other is there', async () => await connections() === 0);
    const jobs = start('hark-jobs', {});
    await until('it works', async () => (await hark.sql("SELECT id FROM job WHERE kind = 'routing.sweep'")).length === 1);
    await until('it has one', async () => await connections() === 1);
    assert.ok(await jobs.stop());
    const web = start('hark-web', { web_workers: 1 });
    await until('a worker', () => readFileSync(`/proc/${web.pid}/task/${web.pid}/children`, 'utf8').trim());
    await until('nothing was asked yet, and it has none', async () => await connections() === 0);
    assert.ok(await web.stop());
  });
});

describe('a copy of the database', () => {
  test('is restored as the manual says, and another user may use all of it', async () => {
    const { socket, name } = hark.database;
    const user = `u${name.slice(-8)}`;
    const dump = await run('mariadb-dump', ['--no-defaults', `--socket=${socket}`, '--user=root', '--single-transaction', '--hex-blob', name]);
    assert.equal(dump.code, 0, dump.stderr);
    assert.match(dump.stdout, /DEFINER=`root`@`localhost` SQL SECURITY INVOKER/);
    const [, filter] = /`sed '([^']+)' hark\.sql \| mariadb hark`/.exec(readFileSync(join(sourceFolder(), 'docs/operations.md'), 'utf8'));
    const plain = await run('sed', [filter], { input: dump.stdout });
    assert.equal(plain.code, 0, plain.stderr);
    await hark.sql(`CREATE DATABASE ${user}; CREATE USER ${user}@localhost IDENTIFIED BY 'x'; GRANT ALL PRIVILEGES ON ${user}.* TO ${user}@localhost`);
    try {
      const asUser = (input) => run('mariadb', ['--no-defaults', `--socket=${socket}`, `--user=${user}`, '--password=x', user], { input });
      const restored = await asUser(plain.stdout);
      assert.equal(restored.code, 0, restored.stderr);
      const used = await asUser('SELECT COUNT(*) FROM agent_widget');
      assert.equal(used.code, 0, used.stderr);
    } finally {
      await hark.sql(`DROP DATABASE ${user}; DROP USER ${user}@localhost`);
    }
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
