// SPDX-License-Identifier: BSD-2-Clause
// visitor_stays.test.mjs - a chat goes on to its end, whatever becomes of the widget meanwhile.
import { after, before, describe, test } from 'node:test';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { startHark } from '../harness/hark.mjs';
import { Agent, company, Visitor } from '../harness/chat.mjs';

let hark;
let firm;
let anna;

before(async () => {
  hark = await startHark();
  firm = await company(hark, 'acme', { agents: { anna: {} } });
  anna = await Agent.at(hark, firm, 'anna');
});
after(async () => {
  await anna?.stop();
  await hark?.stop();
});

describe('a widget that is off', () => {
  for (const [what, off, on] of [['disabled', 'enabled = 0', 'enabled = 1'], ['deleted', 'deleted_at = 1', 'deleted_at = NULL']]) {
    test(`the chats of a ${what} widget go on to their end, and no new one begins`, async () => {
      const visitor = new Visitor(hark, firm.key);
      assert.equal((await visitor.start()).status, 200);
      assert.equal((await anna.act(visitor.chat, 'accept')).status, 200);
      await hark.sql(`UPDATE widget SET ${off} WHERE tenant_id = ${firm.id}`);
      await anna.say(visitor.chat, 'Still here?');
      const { messages } = await visitor.sync();
      assert.equal(messages.at(-1).text, 'Still here?');
      assert.equal((await visitor.json('seen', { conversation: visitor.chat, seq: messages.at(-1).seq })).status, 204);
      assert.equal((await visitor.upload('boot.txt', Buffer.from('size 43'))).status, 200);
      assert.equal((await visitor.json('hello', {})).json().conversation.id, visitor.chat);
      assert.equal((await visitor.json('end', { conversation: visitor.chat })).json().conversation.state, 'closed');
      assert.equal((await visitor.json('hello', {})).status, 404);
      assert.equal((await visitor.start('Once more')).status, 404);
      const newcomer = new Visitor(hark, firm.key);
      assert.equal((await newcomer.json('hello', {})).status, 404);
      assert.equal((await newcomer.json('start', { client_id: randomUUID(), text: 'Hello' })).status, 404);
      const panel = await hark.client().get(`/panel/${firm.key}`);     // which says so, in the frame of a button that is still there
      assert.equal(panel.status, 404);
      assert.match(panel.headers['content-security-policy'], /frame-ancestors (?!'none')/);
      assert.match(panel.text, /static\/widget\/panel\.js/);
      await hark.sql(`UPDATE widget SET ${on} WHERE tenant_id = ${firm.id}`);
    });
  }
});
