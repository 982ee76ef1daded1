// SPDX-License-Identifier: BSD-2-Clause
// console_status.test.mjs - what the console makes of statuses and of activity, without a browser.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { scriptsOf } from '../harness/scripts.mjs';

const script = scriptsOf('console');
const { Activity } = await script('activity.js');
const { statusList, statusMembers, statusName, statusValue, whyText } = await script('statuses.js');

const away = new Map([[7, 'Dentist'], [5, 'Lunch']]);

test('a value of the menu and the members of an agent are the same, in both directions', () => {
  for (const [value, status, id] of [['online', 'online', 0], ['away', 'away', 0], ['away:5', 'away', 5], ['offline', 'offline', 0]]) {
    assert.deepEqual(statusMembers(value), { status, away_id: id });
    assert.equal(statusValue({ status, away_id: id }, away), value);
  }
  assert.deepEqual(statusList(away).map(([value, name]) => `${value} ${name}`), ['online Online', 'away Away', 'away:7 Dentist', 'away:5 Lunch', 'offline Offline']);
});

test('an away status that is not there any more is plain Away', () => {
  const agent = { status: 'away', away_id: 99 };
  assert.deepEqual([statusValue(agent, away), statusName(agent, away)], ['away', 'Away']);
  assert.equal(statusName({ status: 'away', away_id: 5 }, away), 'Lunch');
});

test('the banner says who or what has set the status, and nothing about one’s own choice', () => {
  const me = { status: 'away', away_id: 5 };
  const say = (reason, more = {}) => whyText({ reason, detail: 0, by: '', at: 1, ...more }, me, away);
  assert.equal(whyText(null, me, away), '');
  assert.equal(say('agent'), '');
  assert.equal(say('timeout', { detail: 1 }), 'You were set to Away after 1 minute without activity.');
  assert.equal(say('timeout', { detail: 30 }), 'You were set to Away after 30 minutes without activity.');
  assert.equal(say('missed', { detail: 3 }), 'You were set to Away because 3 chats in a row were not answered.');
  assert.equal(say('administrator', { by: 'Bob' }), 'Bob has set your status to Lunch.');
  assert.match(say('closed'), /Offline/);
  assert.match(say('deleted'), /deleted/);
});

test('keys and pointer are activity, a pointer that rests is not; other tabs hear of it, but not of each move', () => {
  const listeners = {};
  globalThis.addEventListener = (name, listener) => { listeners[name] = listener; };
  const shared = [];
  const activity = new Activity((at) => shared.push(at));
  const start = Date.now();
  const moved = (screenX) => listeners.pointermove({ type: 'pointermove', screenX, screenY: 5 });
  moved(10);
  activity.at = start - 600000;
  moved(10);
  assert.equal(activity.idleSeconds(start), 600, 'the page moved, not the pointer');
  moved(11);
  assert.equal(activity.idleSeconds(activity.at), 0);
  activity.at = start - 600000;
  for (const type of ['keydown', 'pointerdown', 'wheel', 'touchstart']) {
    listeners[type]({ type });
    assert.ok(activity.at >= start, type);
    activity.at = start - 600000;
  }
  assert.equal(shared.length, 1, 'once in a while is enough');
  activity.hear(start - 60000);
  assert.equal(activity.idleSeconds(start), 60);
  activity.hear(start - 120000);
  assert.equal(activity.idleSeconds(start), 60, 'an older word changes nothing');
  activity.hear(start + 3600000);
  assert.equal(activity.idleSeconds(start), 60, 'nor does one from a clock that is ahead');
  assert.equal(activity.idleSeconds(start - 120000), 0);
  delete globalThis.addEventListener;
});
