// SPDX-License-Identifier: BSD-2-Clause
// newcomers.mjs - chats that begin, are accepted and ended again and again, each order repeated until it is answered.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Agent, Visitor } from '../harness/chat.mjs';
import { Client } from '../harness/hark.mjs';

const REPEAT = 150;

export class Newcomers {
  constructor(hark, url) {
    Object.assign(this, { hark, wrong: [], ended: 0, going: true, through: Object.assign(Object.create(hark), { url, client: (options) => new Client(url, options) }) });
  }

  async open(company, count) {
    this.company = company;
    this.agent = await Agent.at(this.through, company, 'anna');
    this.loops = Array.from({ length: count }, () => this.#loop());
  }

  async #order(what, send) {
    for (;;) {
      const reply = await send().catch(() => null);
      if (reply?.status === 200) return reply.json();
      if (reply && reply.status !== 503) {
        this.wrong.push(`${what}: ${reply.status} ${reply.text.slice(0, 300)}`);
        throw new Error(what);
      }
      if (!this.going && !reply) throw new Error(what);
      await pause(REPEAT);
    }
  }

  async #loop() {
    while (this.going) {
      const visitor = new Visitor(this.through, this.company.key);
      const client_id = randomUUID();
      try {
        const { conversation } = await this.#order('start', () => visitor.json('start', { client_id, text: 'Hello' }));
        for (const what of ['accept', 'end']) await this.#order(what, () => this.agent.act(conversation.id, what));
        this.ended += 1;
      } catch {
        return;
      }
      await pause(REPEAT);
    }
  }

  async stop() {
    this.going = false;
    await Promise.all(this.loops ?? []);
  }

  /** Every chat was begun once, accepted once, ended once, and nobody is counted busy. */
  async settle() {
    await this.stop();
    assert.deepEqual(this.wrong, []);
    const where = `tenant_id = ${this.company.id}`;
    const number = async (sql) => Number(Object.values((await this.hark.sql(sql))[0])[0]);
    assert.equal(await number(`SELECT COUNT(*) FROM conversation WHERE ${where} AND state = 'closed'`), this.ended);
    assert.equal(await number(`SELECT COUNT(*) FROM conversation WHERE ${where}`), this.ended);
    assert.equal(await number(`SELECT COUNT(*) FROM visitor WHERE ${where}`), this.ended);
    for (const word of ['accepted', 'closed'])
      assert.equal(await number(`SELECT COUNT(*) FROM message WHERE ${where} AND body LIKE '%"what":"${word}"%'`), this.ended, word);
    assert.equal(await number(`SELECT chats FROM agent WHERE ${where}`), 0, 'capacity is free');
    assert.equal(await number(`SELECT COUNT(*) FROM offer WHERE ${where} AND state = 'ringing'`), 0);
    assert.equal(await number(`SELECT COUNT(*) FROM conversation c WHERE ${where} AND last_seq <> (SELECT COUNT(*) FROM message m
      WHERE m.tenant_id = c.tenant_id AND m.conversation_id = c.id)`), 0, 'no holes');
  }
}
