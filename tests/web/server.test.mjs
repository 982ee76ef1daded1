// SPDX-License-Identifier: BSD-2-Clause
// server.test.mjs - a whole chat with a file each way behind the samples for nginx and Apache; `hark doctor --url` finds nothing wrong
// with them, and finds the mistakes that people make.
import assert from 'node:assert/strict';
import { chmodSync, chownSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Agent, company, Visitor } from '../harness/chat.mjs';
import { query } from '../harness/database.mjs';
import { buildFolder, request, run, startHark } from '../harness/hark.mjs';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const UPLOAD = 2 * 1024 * 1024;

/** Changes of a server's configuration that people make, and the check of the doctor that must find each. */
const MISTAKES = {
  nginx: [
    ['a small limit of bodies', [['client_max_body_size 21m;', 'client_max_body_size 1m;']], 'a file of'],
    ['the header Proxy is passed on', [['fastcgi_param HTTP_PROXY "";', '']], 'the header Proxy'],
    ['kept connections', [['server {', 'upstream hark_web { server unix:SOCKET; keepalive 32; }\nserver {'],
      ['fastcgi_pass unix:SOCKET;', 'fastcgi_pass hark_web; fastcgi_keep_conn on;']], 'many requests in a row'],
    ['/live goes to the wrong program', [['location /live/', 'location /lives/']], 'hark-chat answers below /live'],
    ['files that the web server does not find', [['/files/;', '/none/;']], 'a download arrives'],
    ['another socket of hark-web', [['fastcgi_pass unix:SOCKET;', 'fastcgi_pass unix:SOCKET.old;']], 'hark-web answers'],
  ],
  apache: [
    ['no CGIPassAuth', [['CGIPassAuth On', 'CGIPassAuth Off']], 'the header Authorization'],
    ['encoded slashes are refused', [['AllowEncodedSlashes NoDecode', 'AllowEncodedSlashes Off']], '%2F in a path'],
    ['kept connections', [['retry=0 connectiontimeout=2 timeout=60\n\n\t<Location />', 'retry=0 connectiontimeout=2 timeout=60 enablereuse=on\n\n\t<Location />']],
      'many requests in a row'],
    ['/live is not passed on', [['ProxyPass /live/ unix', 'ProxyPass /lives/ unix']], 'hark-chat answers below /live'],
  ],
};

for (const server of ['nginx', 'apache']) {
  describe(`behind ${server}`, () => {
    let hark;
    let site;
    let good;
    const people = [];
    const doctor = async () => {
      const done = await hark.hark(['doctor', '--url', hark.url, '--json']);
      return { code: done.code, ...done.json() };
    };

    before(async () => {
      hark = await startHark({ server, conf: { upload_max: UPLOAD } });
      site = join(hark.folder, server, 'site.conf');
      good = readFileSync(site, 'utf8');
    });
    after(async () => {
      for (const person of people) await person.stop();
      await hark?.stop();
    });

    test('a visitor and an agent chat, with a file each way', async () => {
      const firm = await company(hark, 'acme');
      const anna = await Agent.at(hark, firm, 'anna');
      anna.listen();
      const vera = new Visitor(hark, firm.key);
      people.push(anna, vera);
      assert.equal((await vera.start('Do you sell boots?')).status, 200);
      vera.listen();
      await anna.heard((event) => event.type === 'offer' && event.c === vera.chat);
      assert.equal((await anna.act(vera.chat, 'accept')).status, 200);
      await vera.heard((event) => event.type === 'state' && event.state === 'active');
      assert.equal((await anna.say(vera.chat, 'Yes, in all sizes — ½ too ☺')).status, 200);
      await vera.heard((event) => event.type === 'message' && event.message.text === 'Yes, in all sizes — ½ too ☺');

      const big = Buffer.alloc(UPLOAD, 'a line of text\n');
      const sent = await vera.upload('my feet.txt', big);
      assert.equal(sent.status, 200, sent.text);
      const { message } = await anna.heard((event) => event.type === 'message' && event.message.kind === 'file');
      const got = await anna.client.get(`/console/files/${message.file.id}`);
      assert.equal(got.status, 200);
      assert.ok(got.body.equals(big), `${got.body.length} of ${big.length} bytes`);
      assert.match(got.headers['content-disposition'], /^attachment; filename="my feet\.txt"/);
      assert.equal(got.headers['x-content-type-options'], 'nosniff');
      assert.match(got.headers['content-security-policy'], /sandbox/);

      const answer = await anna.upload(vera.chat, 'boots ☀.png', PNG);
      assert.equal(answer.status, 200, answer.text);
      const heard = await vera.heard((event) => event.type === 'message' && event.message.kind === 'file' && event.message.by === 'agent');
      const path = `${hark.url}/visit/${firm.key}/file/${heard.message.file.id}?conversation=${vera.chat}`;
      const headers = { 'X-Hark-Visitor': vera.token };
      const original = await request(path, { headers });
      assert.deepEqual(original.body, PNG);
      assert.match(original.headers['content-disposition'], /^attachment/);
      await vera.heard((event) => event.type === 'picture' && event.file === heard.message.file.id);
      const preview = await request(`${path}&preview=1`, { headers });
      assert.equal(preview.headers['content-type'], 'image/webp');
      assert.match(preview.headers['content-disposition'], /^inline/);

      assert.equal((await anna.act(vera.chat, 'end')).status, 200);
      await vera.heard((event) => event.type === 'state' && event.state === 'closed');
      const seen = (await vera.sync()).messages;
      const written = await anna.messages(vera.chat);
      assert.deepEqual(seen.filter((one) => one.kind !== 'hidden').map((one) => [one.seq, one.text, one.file?.name]),
        written.filter((one) => seen.find((other) => other.seq === one.seq)?.kind !== 'hidden').map((one) => [one.seq, one.text, one.file?.name]));
      const history = await anna.client.get(`/admin/history/${vera.chat}`);
      assert.equal(history.status, 200);
      for (const words of ['Do you sell boots?', 'Yes, in all sizes — ½ too ☺', 'my feet.txt', 'boots ☀.png']) assert.ok(history.text.includes(words), words);
    });

    test('a file over the limit is refused with the limit', async () => {
      const firm = await company(hark, 'beta');
      const anna = await Agent.at(hark, firm, 'anna');
      const vera = new Visitor(hark, firm.key);
      assert.equal((await vera.start()).status, 200);
      await anna.act(vera.chat, 'accept');
      const refused = await vera.upload('big.txt', Buffer.alloc(UPLOAD + 1, 'x'));
      assert.equal(refused.status, 413, refused.text);
      assert.equal(refused.json().limit, '2');
      assert.match(refused.json().message, /2 MB/);
    });

    test('hark doctor --url finds nothing wrong', async () => {
      const { code, checks, findings } = await doctor();
      assert.deepEqual(findings, []);
      assert.equal(code, 0);
      assert.ok(checks > 12, `${checks} checks`);
    });

    for (const [what, changes, check] of MISTAKES[server])
      test(`hark doctor finds: ${what}`, async () => {
        const socket = join(hark.folder, 'run/web.sock');
        let text = good;
        for (const [from, to] of changes) {
          assert.ok(text.includes(from.replaceAll('SOCKET', socket)), `the sample has "${from}"`);
          text = text.replaceAll(from.replaceAll('SOCKET', socket), to.replaceAll('SOCKET', socket));
        }
        writeFileSync(site, text);
        try {
          await hark.kill('web-server');
          await hark.restart('web-server');
          const { code, findings } = await doctor();
          assert.equal(code, 1);
          assert.ok(findings.some((one) => one.what.startsWith(check) && one.problem && one.mending), JSON.stringify(findings));
        } finally {
          writeFileSync(site, good);
          await hark.kill('web-server');
          await hark.restart('web-server');
        }
      });
  });
}

describe('hark doctor of services that are wrong', () => {
  const named = (findings, what) => findings.find((one) => one.what.startsWith(what));
  const doctor = async (hark) => (await hark.hark(['doctor', '--url', hark.url, '--json'])).json().findings;

  test('send_file of another web server, and folders that hark-web cannot write to', async () => {
    const hark = await startHark({ conf: { send_file: 'x-sendfile' } });
    try {
      assert.match(named(await doctor(hark), 'a download arrives').problem, /^0 of 4000 bytes/);
      rmSync(join(hark.conf.data_dir, 'files'), { recursive: true });
      writeFileSync(join(hark.conf.data_dir, 'files'), '');
      assert.match(named(await doctor(hark), 'hark-web keeps a file').problem, /data_dir refuses it/);
      rmSync(join(hark.conf.data_dir, 'files'));
      for (let i = 0; i < 4; i++) {
        rmSync(join(hark.conf.run_dir, `hash-${i}.lock`), { force: true });
        symlinkSync('/nowhere', join(hark.conf.run_dir, `hash-${i}.lock`));
      }
      assert.match(named(await doctor(hark), 'hark-web reaches the locks').mending, /ReadWritePaths=\/var\/lib\/hark \/run\/hark/);
    } finally {
      await hark.stop();
    }
  });

  test('a database that takes no change, and one that is away, is one finding', async () => {
    const hark = await startHark({ database: 'own' });
    try {
      assert.deepEqual(await doctor(hark), []);
      const { socket, name } = hark.database;
      await hark.sql(`CREATE USER plain@localhost; GRANT ALL ON \`${name}\`.* TO plain@localhost; SET GLOBAL read_only = 1`);
      const conf = join(hark.folder, 'plain.conf');
      writeFileSync(conf, readFileSync(hark.confFile, 'utf8').replace('db_user = root', 'db_user = plain'));
      const full = await run(join(buildFolder(), 'hark'), ['doctor', '--json', '--config', conf], { env: { ASAN_OPTIONS: 'detect_leaks=0' } });
      assert.deepEqual(JSON.parse(full.stdout).findings.map((one) => one.what), ['the database takes what is written']);
      assert.match(JSON.parse(full.stdout).findings[0].problem, /read-only.*1290/);
      await query(socket, name, 'SET GLOBAL read_only = 0');
      await hark.sql("CREATE TRIGGER full BEFORE INSERT ON throttle FOR EACH ROW SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1114, MESSAGE_TEXT = 'full'");
      const refused = await hark.client().submit('/sign-in', { company: 'acme', account: 'anna', password: 'x' });
      assert.deepEqual([refused.status, refused.headers['retry-after']], [503, '5']);
      await hark.sql('DROP TRIGGER full');
      await hark.kill('database');
      assert.deepEqual((await doctor(hark)).map((one) => one.what), ['the database answers']);
    } finally {
      await hark.stop();
    }
  });
});

describe('hark doctor without a web server', () => {
  let hark;
  before(async () => {
    hark = await startHark({ server: 'none', programs: ['hark-chat'], database: 'own' });
  });
  after(() => hark?.stop());

  test('finds what is wrong on the machine', async () => {
    const findings = async () => {
      const done = await hark.hark(['doctor', '--json']);
      assert.equal(done.code, done.json().findings.length ? 1 : 0);
      return done.json().findings.map((one) => one.what);
    };
    assert.deepEqual(await findings(), ['hark-jobs has been started']);
    const later = Date.now() + 3600000;
    await hark.sql(`INSERT INTO job (tenant_id, kind, payload, due_at, created_at) VALUES (0, 'timer', '', ${later}, 1)`);
    assert.deepEqual(await findings(), []);
    await hark.sql('INSERT INTO job (tenant_id, kind, payload, due_at, created_at) VALUES (0, \'x\', \'\', 1, 1)');
    assert.deepEqual(await findings(), ['jobs are done in time']);
    await hark.sql("UPDATE job SET state = 'dead', problem = 'it cannot be' WHERE kind = 'x'");
    assert.deepEqual(await findings(), ['no job was given up']);
    const [{ problem }] = (await hark.hark(['doctor', '--json'])).json().findings;
    assert.equal(problem, '1, the newest x: it cannot be');
    await hark.sql('DELETE FROM job WHERE kind = \'x\'');
    chmodSync(hark.conf.key_file, 0o644);
    assert.ok((await findings())[0].startsWith('the key file'));
    chmodSync(hark.conf.key_file, 0o600);
    await hark.kill('hark-chat');
    assert.deepEqual(await findings(), ['hark-chat answers on its bell']);
    await hark.sql('UPDATE schema_version SET finished_at = NULL');
    assert.ok((await findings()).includes('the schema of the database is the one of this program'));
  });

  test('finds folders that the services cannot write to, and a missing key', async () => {
    const found = async () => (await hark.hark(['doctor', '--json'])).json().findings;
    const { data_dir: data, key_file: key } = hark.conf;
    for (const folder of ['spool', 'files']) mkdirSync(join(data, folder), { recursive: true });
    const before = (await found()).length;
    rmSync(join(data, 'spool'), { recursive: true });
    writeFileSync(join(data, 'spool'), '');
    const [spool] = await found();
    assert.equal(spool.what, `the folder ${data}/spool can be written`);
    assert.match(spool.mending, /install -d -o hark -g www-data -m 2750/);
    rmSync(join(data, 'spool'));
    mkdirSync(join(data, 'files/7'));
    if (process.getuid() === 0) {
      chownSync(join(data, 'files/7'), 12345, 0);
      const [files] = await found();
      assert.equal(files.what, `the folders below ${data}/files can be written`);
      assert.match(files.problem, /files\/7: it belongs to another user \(12345\)/);
      chownSync(join(data, 'files/7'), 0, 0);
    }
    assert.equal((await found()).length, before);
    renameSync(key, `${key}.old`);
    const [missing] = await found();
    assert.match(missing.problem, /hark\.conf:\d+: key "key_file": .*No such file/);
    assert.match(missing.mending, /openssl rand -base64 48 > .*chown hark .*chmod 0600/);
    renameSync(`${key}.old`, key);
  });

  test('says how each is mended, in plain words too', async () => {
    const done = await hark.hark(['doctor']);
    assert.equal(done.code, 1);
    assert.match(done.stdout, /PROBLEM +the schema of the database[^\n]*\n[^\n]*\n +Mending: hark migrate/);
    assert.match(done.stdout, /\d+ checks, \d+ findings/);
  });

  test('tells of clocks that differ before anything else, and goes on by theirs', async () => {
    const ahead = 3600;
    const server = createServer((req, res) => {
      const url = new URL(req.url, 'http://x');
      const now = Math.floor(Date.now() / 1000) + ahead;
      const fresh = Math.abs(Number(url.searchParams.get('token')?.split('.')[0]) - now) < 60;
      res.writeHead(fresh ? 200 : 404, { Date: new Date(now * 1000).toUTCString(), Connection: 'close' });
      res.end(fresh ? JSON.stringify({ version: 'x', hash_limit: true }) : 'no');
    });
    await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    try {
      const { findings } = (await hark.hark(['doctor', '--url', `http://127.0.0.1:${server.address().port}`, '--json'])).json();
      const whats = findings.map((one) => one.what);
      const at = whats.indexOf('the clock of the web server is ours');
      assert.match(findings[at].problem, /off by 3(599|600) s/);
      assert.ok(!whats.some((what) => what.startsWith('hark-web answers')), whats.join('\n'));
      assert.equal(whats[at + 1], 'hark-web has the version of this command');
    } finally {
      server.close();
    }
  });

  test('--url must be an address', async () => {
    assert.equal((await hark.hark(['doctor', '--url', 'javascript:alert(1)'])).code, 2);
    const nobody = await hark.hark(['doctor', '--url', 'http://127.0.0.1:1/', '--json']);
    assert.ok(nobody.json().findings.some((one) => one.what.startsWith('hark-web answers')));
  });
});
