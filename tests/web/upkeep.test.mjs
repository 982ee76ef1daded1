// SPDX-License-Identifier: BSD-2-Clause
// upkeep.test.mjs - the work behind the pages: what is counted is counted once, and one bad row keeps nothing else from its turn.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Agent, company, Visitor } from '../harness/chat.mjs';
import { connect } from '../harness/database.mjs';
import { startHark, until } from '../harness/hark.mjs';

let hark;
let firm;
let other;

const number = async (sql) => Number((await hark.sql(sql))[0].n);
const counted = (tenant) => number(`SELECT COALESCE(SUM(messages), 0) AS n FROM tenant_usage WHERE tenant_id = ${tenant.id}`);
const indexed = (chat) => number(`SELECT COUNT(*) AS n FROM conversation WHERE id = ${chat} AND unindexed IS NULL`);

before(async () => {
  hark = await startHark();
  firm = await company(hark, 'acme');
  other = await company(hark, 'beta');
  for (const one of [firm, other]) await Agent.at(hark, one, 'anna');
});
after(() => hark?.stop());

describe('the index of messages', () => {
  test('U-32 of two processes that index the same messages, one counts them', async () => {
    const vera = new Visitor(hark, firm.key);
    assert.equal((await vera.start('Hello')).status, 200);
    await until('the index', () => indexed(vera.chat).then(Boolean));
    const before = await counted(firm);
    await hark.kill('hark-jobs');
    assert.equal((await vera.say('elsewhere')).status, 200);
    assert.equal((await vera.json('end', { conversation: vera.chat })).status, 200);     // no other job needs its row
    const elsewhere = connect(hark.database);      // the other process: it holds the row, and is about to commit
    await elsewhere.ask('START TRANSACTION');
    await elsewhere.ask(`UPDATE conversation SET indexed_seq = last_seq WHERE tenant_id = ${firm.id} AND id = ${vera.chat}`);
    await hark.sql("UPDATE job SET state = 'due', due_at = 0 WHERE kind = 'search.index'");
    await hark.restart('hark-jobs');
    await until('it waits for the row', async () => await number(`SELECT COUNT(*) AS n FROM information_schema.PROCESSLIST
      WHERE DB = DATABASE() AND INFO LIKE 'UPDATE conversation SET indexed_seq%'`) > 0);
    await elsewhere.ask('COMMIT');
    await elsewhere.end();
    const next = new Visitor(hark, firm.key);
    assert.equal((await next.start('Counted here')).status, 200);
    await until('the index', () => indexed(next.chat).then(Boolean));
    assert.equal(await counted(firm), before + 1);
    assert.equal(await number(`SELECT COUNT(*) AS n FROM posting WHERE tenant_id = ${firm.id} AND term = 'elsewhere'`), 0, 'what it began is undone');
  });

  test('conversations that cannot be indexed keep no other from it, however many they are', async () => {
    const bad = 1000000, last = bad + 250;
    await hark.sql(`CREATE TRIGGER bad_rows BEFORE UPDATE ON conversation FOR EACH ROW SET NEW.indexed_seq =
      IF(NEW.id BETWEEN ${bad} AND ${last} AND NEW.indexed_seq <> OLD.indexed_seq, -1, NEW.indexed_seq)`);      // fails: it has no sign
    await hark.sql(`INSERT INTO conversation (tenant_id, id, kind, channel, state, last_seq, created_at)
      SELECT ${firm.id}, ${bad} + seq, 'chat', 'web', 'closed', 1, 1 FROM seq_0_to_250`);
    const vera = new Visitor(hark, other.key);
    assert.equal((await vera.start('Hello')).status, 200);
    await until('the index', () => indexed(vera.chat).then(Boolean));
    assert.match(hark.logs()['hark-jobs'], new RegExp(`conversation ${bad} of tenant ${firm.id} was not indexed`));
    await hark.sql('DROP TRIGGER bad_rows');
    await hark.sql(`DELETE FROM conversation WHERE id BETWEEN ${bad} AND ${last}`);
  });

  test('a conversation whose newest messages are erased already is not waited for', async () => {
    const vera = new Visitor(hark, firm.key);
    assert.equal((await vera.start('Soon gone')).status, 200);
    assert.equal((await vera.json('end', { conversation: vera.chat })).status, 200);
    await until('the index', () => indexed(vera.chat).then(Boolean));
    await hark.sql(`DELETE FROM message WHERE conversation_id = ${vera.chat}; UPDATE conversation SET last_seq = last_seq + 1 WHERE id = ${vera.chat}`);
    await until('the index', () => indexed(vera.chat).then(Boolean));
  });
});

describe('taking of jobs', () => {
  test('a process that takes a job leaves all others of the company to other processes', async () => {
    const many = 300;
    await hark.kill('hark-jobs');
    await hark.sql(`INSERT INTO job (tenant_id, kind, payload, state, due_at, lease_until, created_at) VALUES (0, 'fence', '', 'running', 50, 1e15, 1), (0, 'fence', '', 'running', 200, 1e15, 1);
      INSERT INTO job (tenant_id, kind, subject, payload, due_at, created_at) SELECT ${firm.id}, 'unknown', seq, '', 100, 1 FROM seq_1_to_${many}`);
    const fence = connect(hark.database);          // a job that was due at 100 cannot be marked as running
    await fence.ask('START TRANSACTION');
    await fence.ask("SELECT COUNT(*) FROM job FORCE INDEX (due) WHERE state = 'running' AND due_at BETWEEN 60 AND 190 FOR UPDATE");
    await hark.restart('hark-jobs');
    await until('one is taken', async () => await number(`SELECT COUNT(*) AS n FROM information_schema.PROCESSLIST
      WHERE DB = DATABASE() AND INFO LIKE 'UPDATE job SET state%lease_until%'`) > 0);
    assert.equal((await hark.sql("SELECT id FROM job WHERE kind = 'unknown' FOR UPDATE SKIP LOCKED")).length, many - 1);
    await fence.ask('COMMIT');
    await fence.end();
    await until('all were looked at', async () => await number("SELECT COUNT(*) AS n FROM job WHERE kind = 'unknown' AND state = 'due' AND due_at > 100") === many);   // put off
    await hark.sql("DELETE FROM job WHERE kind IN ('unknown', 'fence')");
  });

  test('what a dead process left is taken again when its lease is over', async () => {
    await hark.sql(`INSERT INTO job (tenant_id, kind, payload, state, due_at, lease_until, created_at)
      VALUES (${firm.id}, 'unknown', '', 'running', 1, 1, 1), (${firm.id}, 'unknown', '', 'running', 1, 1e15, 1)`);
    await until('it was looked at', async () => await number("SELECT COUNT(*) AS n FROM job WHERE kind = 'unknown' AND state = 'due'") === 1);
    assert.equal(await number("SELECT COUNT(*) AS n FROM job WHERE kind = 'unknown' AND state = 'running'"), 1);
    await hark.sql("DELETE FROM job WHERE kind = 'unknown'");
  });
});

describe('dead letters', () => {
  const dead = async () => (await hark.hark(['job', 'list', '--json'])).json().jobs;

  test('are listed, tried again and taken away by the command, which the log tells', async () => {
    await hark.sql(`INSERT INTO job (tenant_id, kind, subject, payload, state, due_at, tries, problem, created_at) VALUES
      (${firm.id}, 'mail.send', 999999, '', 'dead', 2000, 12, 'the server is away', 1), (0, 'unknown', 7, '', 'dead', 1000, 12, 'nobody knows', 1)`);
    const [mail, unknown] = await dead();
    assert.deepEqual([mail.tenant, mail.kind, mail.subject, mail.problem, mail.at], ['acme', 'mail.send', 999999, 'the server is away', '1970-01-01T00:00:02Z']);
    assert.deepEqual([unknown.tenant, unknown.kind], ['', 'unknown']);
    assert.match((await hark.hark(['job', 'list'])).stdout, new RegExp(`^ *${mail.id}  1970-01-01T00:00:02Z  acme +mail\\.send +the server is away$`, 'm'));
    assert.equal((await hark.hark(['job', 'retry', '--id', String(mail.id)])).stdout, 'due now: mail.send\n');
    await until('it was run', async () => await number(`SELECT COUNT(*) AS n FROM job WHERE id = ${mail.id}`) === 0);
    assert.equal((await hark.hark(['job', 'delete', '--id', String(unknown.id)])).code, 0);
    assert.deepEqual(await dead(), []);
    assert.equal((await hark.hark(['job', 'retry', '--id', String(mail.id)])).code, 1);
    assert.equal((await hark.hark(['job', 'delete', '--id', 'x'])).code, 2);
    assert.deepEqual((await hark.sql("SELECT tenant_id, action, noun_name FROM audit WHERE noun = 'job' ORDER BY id")).map((row) => Object.values(row)),
      [[String(firm.id), 'job.retry', 'mail.send'], ['0', 'job.delete', 'unknown']]);
  });

  test('are no work: a job that is not dead is left alone', async () => {
    await hark.sql(`INSERT INTO job (tenant_id, kind, payload, state, due_at, created_at) VALUES (${firm.id}, 'later', '', 'due', 1e15, 1)`);
    const [{ id }] = await hark.sql("SELECT id FROM job WHERE kind = 'later'");
    for (const verb of ['retry', 'delete']) assert.equal((await hark.hark(['job', verb, '--id', id])).code, 1);
    assert.equal(await number("SELECT COUNT(*) AS n FROM job WHERE kind = 'later' AND due_at = 1e15"), 1);
    await hark.sql("DELETE FROM job WHERE kind = 'later'");
  });
});

describe('sweeps', () => {
  const old = 1000;         // a moment long ago
  const many = 2500;

  /** Makes the timer due, and waits until hark-jobs has run it. */
  async function run(kind) {
    await until(`${kind} is there`, async () => await number(`SELECT COUNT(*) AS n FROM job WHERE kind = '${kind}' AND state = 'due'`) === 1);
    await hark.sql(`UPDATE job SET due_at = 0 WHERE kind = '${kind}'`);
    await until(kind, async () => await number(`SELECT COUNT(*) AS n FROM job WHERE kind = '${kind}' AND state = 'due' AND due_at > 0`) === 1, 60);
  }

  test('a run removes all that is over, however much it is', async () => {
    const tables = [
      ['people.sweep', 'throttle', 'started_at', 'bucket, started_at, count', 'UNHEX(SHA2(seq, 256)), OLD, 1'],
      ['job.sweep', 'job', 'due_at', 'tenant_id, kind, payload, state, due_at, created_at', "TENANT, 'x', '', 'dead', OLD, OLD"],
      ['notice.sweep', 'notice', 'created_at', 'tenant_id, template, to_address, created_at', "TENANT, 'x', 'a@b.example', OLD"],
      ['inbound.sweep', 'inbound', 'created_at', 'tenant_id, account_id, external_id, state, created_at, updated_at', "TENANT, 1, seq, 'done', OLD, OLD"],
      ['host.sweep', 'enter_link', 'expires_at', 'token_hash, tenant_id, maker_name, created_at, expires_at', "UNHEX(SHA2(seq, 256)), TENANT, 'x', OLD, OLD"],
      ['audit.sweep', 'audit', 'at', 'tenant_id, at, actor_kind, actor_name, action, noun, difference', "TENANT, OLD, 'agent', 'x', 'x', 'x', ''"],
      ['people.status_log', 'status_log', 'at', 'tenant_id, agent_id, status, reason, at, ended_at', "TENANT, 1, 'online', 'own', OLD, OLD"],
    ];
    for (const [kind, table, time, columns, values] of tables) {
      await hark.sql(`INSERT INTO ${table} (${columns}) SELECT ${values.replaceAll('TENANT', firm.id).replaceAll('OLD', old)} FROM seq_1_to_${many}`);
      await run(kind);
      assert.equal(await number(`SELECT COUNT(*) AS n FROM ${table} WHERE ${time} = ${old}`), 0, table);
    }
  });

  test('a company whose log cannot be swept keeps no other from it', async () => {
    const left = (tenant) => number(`SELECT COUNT(*) AS n FROM audit WHERE tenant_id = ${tenant.id} AND at = ${old}`);
    for (const one of [firm, other])
      await hark.sql(`INSERT INTO audit (tenant_id, at, actor_kind, actor_name, action, noun, difference) VALUES (${one.id}, ${old}, 'agent', 'x', 'x', 'x', '')`);
    const holder = connect(hark.database);
    await holder.ask('START TRANSACTION');
    await holder.ask(`SELECT id FROM audit WHERE tenant_id = ${firm.id} AND at = ${old} FOR UPDATE`);
    await run('audit.sweep');
    assert.deepEqual([await left(firm), await left(other)], [1, 0]);
    assert.equal((await hark.sql("SELECT problem FROM job WHERE kind = 'audit.sweep'"))[0].problem, 'The audit log could not be swept.');
    await holder.ask('COMMIT');
    await holder.end();
    await run('audit.sweep');
    assert.equal(await left(firm), 0);
  });

  test('a company whose figures cannot be counted keeps no other from it', async () => {
    const counted = (tenant) => number(`SELECT rolled_at > 1 AS n FROM tenant_load WHERE tenant_id = ${tenant.id}`);
    await run('tenant.usage');
    const [{ at }] = await hark.sql(`SELECT rolled_at AS at FROM tenant_load WHERE tenant_id = ${firm.id}`);
    assert.ok(Number(at) > 1);
    await hark.sql('UPDATE tenant_load SET rolled_at = 1');
    const holder = connect(hark.database);
    await holder.ask('START TRANSACTION');
    await holder.ask(`SELECT rolled_at FROM tenant_load WHERE tenant_id = ${firm.id} FOR UPDATE`);
    await run('tenant.usage');
    assert.deepEqual([await counted(firm), await counted(other)], [0, 1]);
    assert.match(hark.logs()['hark-jobs'], new RegExp(`the figures of tenant ${firm.id} were not counted`));
    await holder.ask('COMMIT');
    await holder.end();
    await run('tenant.usage');
    assert.equal(await counted(firm), 1);
  });
});
