// SPDX-License-Identifier: BSD-2-Clause
// console_store.test.mjs - the console's pure parts: merging without holes, links, times, canned messages, strings, and house rules.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import test from 'node:test';
import zlib from 'node:zlib';
import { scriptsOf } from '../harness/scripts.mjs';

globalThis.localStorage ??= { length: 0, key: () => null, getItem: () => null, setItem() {}, removeItem() {} };

const script = scriptsOf('console');
const { Store, compareRows, isInView } = await script('store.js');
const text = await script('text.js');
const { searchCanned, shortcutAt } = await script('canned.js');
const { fileProblem } = await script('composer.js');
const { backoff, ticketWho } = await script('live.js');
const { dutyText, nextDutyChange, ownDutyText } = await script('duty.js');
const { isGrouped, eventSentence } = await script('bubbles.js');

const folder = new URL('../../static/console/', import.meta.url);
const scripts = fs.readdirSync(folder).filter((name) => name.endsWith('.js'));
const source = (name) => fs.readFileSync(new URL(name, folder), 'utf8');

const row = (id, more) => ({ id, state: 'active', visitor: { id: id + 100, name: 'Maria', email: '' }, queue: 3, agent: 12, widget: 1, last_seq: 0, last_text: '',
	last_by: '', last_at: 0, visitor_seen_seq: 0, agent_seen_seq: 0, unread: 0, created_at: 1000, waiting_since: 1000, ...more });
const message = (seq, more) => ({ seq, kind: 'text', by: 'visitor', author: 0, name: 'Maria', text: 'm' + seq, created_at: seq * 1000, ...more });

function loaded(rows) {
	const store = new Store();
	store.load({ me: { id: 12, alias: 'Anna', permissions: ['chat.work'] }, tenant: { id: 5, name: 'Shop' }, queues: [{ id: 3, name: 'Shop' }], widgets: [],
		agents: [{ id: 12, alias: 'Anna', status: 'online', chats: 1, max_chats: 4, queues: [3] }], conversations: rows, offers: [], ticket: 'T' });
	return store;
}

const seqs = (store, id) => store.chats.get(id).messages.map((m) => m.seq);
const open = (store, id, from, to, more = false) => store.loadChat(id, { conversation: store.rows.get(id), more,
	messages: Array.from({ length: to - from + 1 }, (_, i) => message(from + i)), contact: null, visit: {}, earlier: [], draft: '' });

test('messages merge in order, each once, whatever order they come in', () => {
	const store = loaded([row(1, { last_seq: 3 })]);
	open(store, 1, 1, 3);
	assert.equal(store.mergeMessages(1, [message(6), message(4), message(6), message(2)]).length, 2);
	assert.deepEqual(seqs(store, 1), [1, 2, 3, 4, 6]);
	assert.deepEqual(store.mergeMessages(1, [message(5)]).map((m) => m.seq), [5]);
	assert.deepEqual(seqs(store, 1), [1, 2, 3, 4, 5, 6]);
});

test('what became of a delivery stays, whether it is told before, after or by an answer that is older', () => {
	const store = loaded([row(1, { last_seq: 1 })]);
	const delivery = (seq) => store.chats.get(1).messages.find((one) => one.seq === seq).delivery?.state;
	const ours = (seq) => message(seq, { by: 'agent', delivery: { state: 'waiting' } });
	open(store, 1, 1, 1);
	store.setDelivery(1, 2, { state: 'sent' });
	store.takeMessage(1, ours(2));
	assert.equal(delivery(2), 'sent');
	store.takeMessage(1, ours(3));
	assert.equal(delivery(3), 'waiting');
	store.setDelivery(1, 3, { state: 'failed', problem: 'blocked' });
	store.takeMessage(1, ours(3));
	assert.equal(delivery(3), 'failed');
	store.mergeMessages(1, [{ ...ours(3), delivery: { state: 'sent' } }]);
	assert.equal(delivery(3), 'sent');
	store.setDelivery(99, 1, { state: 'sent' });
	assert.equal(delivery(1), undefined);
});

test('a hole inside is found before what is missing at the end', () => {
	const store = loaded([row(1, { last_seq: 3 })]);
	open(store, 1, 1, 3);
	assert.equal(store.gapAfter(1), null);
	store.takeMessage(1, message(7));
	assert.equal(store.gapAfter(1), 3);
	assert.deepEqual(store.have(), { 1: 3 });
	store.mergeMessages(1, [message(4), message(5), message(6)]);
	assert.equal(store.gapAfter(1), null);
	store.mergeRow(row(1, { last_seq: 9 }));
	assert.equal(store.gapAfter(1), 7);
	assert.equal(store.gapAfter(99), null);
});

test('an older row that comes late changes nothing; seen numbers never fall', () => {
	const store = loaded([row(1, { last_seq: 5, agent_seen_seq: 4, state: 'active' })]);
	assert.equal(store.mergeRow(row(1, { last_seq: 4, state: 'waiting' })), false);
	assert.equal(store.rows.get(1).state, 'active');
	store.markSeen(1, 5, 'agent');
	store.mergeRow(row(1, { last_seq: 5, agent_seen_seq: 4, unread: 2 }));
	assert.equal(store.rows.get(1).agent_seen_seq, 5);
	assert.equal(store.rows.get(1).unread, 0);
});

test('an answer that was read before an event came lowers nothing, and what it lacks is asked for', () => {
	const store = loaded([row(1, { last_seq: 2, unread: 0 }), row(2, { last_seq: 4, agent_seen_seq: 4 })]);
	store.takeMessage(1, message(3));
	store.loadChat(1, { conversation: row(1, { last_seq: 2 }), messages: [message(1), message(2)] });
	assert.equal(store.rows.get(1).last_seq, 3);
	assert.equal(store.gapAfter(1), 2);
	store.takeMessage(2, message(5));
	store.setRows([row(1, { last_seq: 3 }), row(2, { last_seq: 4, agent_seen_seq: 4 })]);
	assert.equal(store.rows.get(2).unread, 1);
});

test('a console that stays open for days keeps few ended chats, and asks first about those that go on', () => {
	const store = loaded([row(900, { last_seq: 1 })]);
	const ended = Array.from({ length: 600 }, (_, i) => row(i + 1, { state: 'closed', last_seq: 1, last_at: i + 1 }));
	for (const one of [...ended, row(900, { last_seq: 1 })]) {
		store.mergeRow(one);
		open(store, one.id, 1, 1);
	}
	assert.equal(Object.keys(store.have()).length, 500);
	assert.equal(store.have()[900], 1);
	store.shown = 1;
	store.setRows([row(900, { last_seq: 1 })]);
	assert.equal(store.view('closed').length, 51, 'the newest, and the one on the screen');
	assert.equal(store.chats.size, 52);
	assert.ok(store.chats.has(600) && store.chats.has(1));
});

test('a message raises unread once, and the preview of it goes', () => {
	const store = loaded([row(1, { last_seq: 3, agent_seen_seq: 3 })]);
	open(store, 1, 1, 3);
	store.setExtra(1, 'preview', 'writing…');
	assert.equal(store.takeMessage(1, message(4)), true);
	assert.equal(store.takeMessage(1, message(4)), false);
	assert.equal(store.rows.get(1).unread, 1);
	assert.equal(store.rows.get(1).last_text, 'm4');
	assert.equal(store.extra(1).preview, null);
	store.takeMessage(1, message(5, { kind: 'note', by: 'agent', author: 13, text: 'secret' }));
	assert.equal(store.rows.get(1).last_text, 'm4');
	assert.equal(store.rows.get(1).last_seq, 5);
	store.mergeRow(row(1, { last_seq: 5, agent_seen_seq: 3, unread: 2 }));
	assert.equal(store.rows.get(1).unread, 1, 'a note of a colleague is nothing that the visitor waits for');
});

test('who hears of a chat that was passed on', () => {
	const store = loaded([row(1)]);
	store.me.queues = [3];
	assert.equal(store.maySee(row(1, { agent: null, queue: 4 })), false);
	assert.equal(store.maySee(row(1, { agent: 12, queue: 4 })), true);
	store.me.permissions = ['chat.work', 'chat.see_all'];
	assert.equal(store.maySee(row(1, { agent: null, queue: 4 })), true);
	assert.equal(ticketWho(`${Buffer.from('1\n5.a12\n9\n5.a12\n').toString('base64url')}.mac`), '5.a12');
	assert.equal(ticketWho('nonsense'), '');
});

test('a complete list drops what is gone, but asks about what is open', () => {
	const store = loaded([row(1), row(2), row(3)]);
	open(store, 2, 1, 1);
	assert.deepEqual(store.setRows([row(1)]), [2]);
	assert.deepEqual([...store.rows.keys()], [1, 2]);
});

test('a conversation loaded again after a long absence keeps no hole', () => {
	const store = loaded([row(1, { last_seq: 50 })]);
	open(store, 1, 1, 50);
	store.mergeRow(row(1, { last_seq: 300 }));
	open(store, 1, 251, 300, true);
	assert.equal(seqs(store, 1)[0], 251);
	assert.equal(store.chats.get(1).more, true);
	assert.equal(store.gapAfter(1), null);
});

test('who waits longest comes first; views hold what they say', () => {
	const rows = [row(1, { last_at: 9 }), row(2, { state: 'waiting', agent: null, waiting_since: 500 }), row(3, { state: 'offered', agent: null, waiting_since: 400 }),
		row(4, { agent: 13, last_at: 99 }), row(5, { state: 'closed' })];
	const store = loaded(rows);
	assert.deepEqual(store.view('waiting').map((r) => r.id), [3, 2]);
	assert.deepEqual(store.view('mine').map((r) => r.id), [1]);
	assert.deepEqual(store.view('all').map((r) => r.id), [3, 2, 1, 4]);
	assert.equal(isInView(rows[4], 'all', 12), false);
	assert.ok(compareRows(rows[1], rows[0], 12) < 0);
	assert.deepEqual(store.counts(), { waiting: 2, mine: 1, all: 4, closed: 1, unread: 0 });
});

test('typing and viewing die by themselves', () => {
	const store = loaded([row(1)]);
	store.setExtra(1, 'typing', { who: 13, name: 'Bo', on: true }, 1000);
	store.setExtra(1, 'viewing', { who: 13, name: 'Bo', on: true }, 1000);
	store.expireExtras(9000);
	assert.equal(store.extra(1).typing.size, 0);
	assert.equal(store.extra(1).viewing.size, 1);
	store.setExtra(1, 'viewing', { who: 13, on: false });
	assert.equal(store.extra(1).viewing.size, 0);
});

test('links: only http, https and mail; punctuation and brackets stay outside', () => {
	const links = (words) => text.linkify(words).filter((part) => part.href).map((part) => part.href);
	assert.deepEqual(links('see https://example.com/a_(b). And (www.example.org/x), ok?'), ['https://example.com/a_(b)', 'https://www.example.org/x']);
	assert.deepEqual(links('mail a.b+c@example.co.uk!'), ['mailto:a.b+c@example.co.uk']);
	assert.deepEqual(links('javascript:alert(1) data:text/html,x ftp://example.com file:///etc/passwd'), []);
	assert.deepEqual(links('http:// https://'), []);
	for (const words of ['plain', 'a https://example.com b', 'https://example.com', '<b>https://example.com/"onclick=</b>'])
		assert.equal(text.linkify(words).map((part) => part.text).join(''), words);
	assert.equal(text.webAddress('javascript:alert(1)'), null);
	assert.equal(text.webAddress('nonsense'), null);
	const start = Date.now();
	text.linkify('a@'.repeat(20000) + 'www.'.repeat(20000));
	assert.ok(Date.now() - start < 1000);
});

test('times, sizes, initials, placeholders', () => {
	assert.equal(text.stopwatch(0, 7000), '0:07');
	assert.equal(text.stopwatch(0, 750000), '12:30');
	assert.equal(text.stopwatch(0, 3723000), '1:02:03');
	assert.equal(text.stopwatch(5000, 0), '0:00');
	const now = Date.now();
	text.hearClock(new Date(now + 3600e3).toUTCString(), now);
	assert.ok(Math.abs(text.serverNow() - now - 3600e3) < 30e3, 'waiting times go by the server, not by a computer that is an hour behind');
	text.hearClock(null, now);
	text.hearClock(new Date(now + 1000).toUTCString(), now);
	assert.ok(text.serverNow() - Date.now() < 1, 'the header has whole seconds: a small difference is none');
	assert.equal(text.age(0, 59000), '59s');
	assert.equal(text.age(0, 60000), '1m');
	assert.equal(text.age(0, 2 * 86400000), '2d');
	assert.equal(text.dayLabel(Date.now()), 'Today');
	assert.equal(text.dayLabel(new Date(2026, 2, 28, 12).getTime(), new Date(2026, 2, 29, 12).getTime()), 'Yesterday');
	assert.equal(text.byteSize(512), '512 bytes');
	assert.equal(text.byteSize(20 * 1048576), '20 MB');
	assert.equal(text.initials('maria del mar lindqvist'), 'ML');
	assert.equal(text.initials('李雷'), '李');
	assert.equal(text.initials(' !? '), '?');
	assert.equal(text.fillPlaceholders('Hello {{visitor.name}}, edit the .htaccess file. Bonjour {{visitor.name}} !', { 'visitor.name': '' }), 'Hello, edit the .htaccess file. Bonjour !');
	assert.equal(text.fillPlaceholders('Hi {{visitor.name}}, {{ agent.name }} {{x.y}} {{constructor}}', { 'visitor.name': '$&', 'agent.name': 'Anna' }), 'Hi $&, Anna {{x.y}} {{constructor}}');
	assert.equal(text.isOnlyEmoji('👍'), true);
	assert.equal(text.isOnlyEmoji('🇩🇪 ❤️'), true);
	assert.equal(text.isOnlyEmoji('7'), false);
	assert.equal(text.isOnlyEmoji('ok 👍'), false);
});

test('translation falls back to English and fills names', () => {
	text.setStrings({ 'Taken by {name}': 'Pris par {name}' }, 'fr');
	assert.equal(text.t('Taken by {name}', { name: 'Léa' }), 'Pris par Léa');
	assert.equal(text.t('Not in the table'), 'Not in the table');
	text.setStrings({}, 'not a locale!');
	assert.match(text.clockTime(0), /\d/);
	text.setStrings({}, 'en');
});

test('days and times are those of the control panel in English, and hours count to 24 in all languages', () => {
	const at = Date.UTC(2026, 10, 21, 22, 5);
	text.setZone('UTC');
	assert.equal(text.fullTime(at), '21 Nov 2026, 22:05');
	assert.equal(text.shortDate(at), '21 Nov 2026');
	for (const language of ['en', 'fr', 'pt', 'es']) {
		text.setStrings({}, language);
		assert.equal(text.clockTime(at), '22:05');
		assert.match(text.fullTime(at), /^21\D.*22:05$/);
	}
	text.setStrings({}, 'en');
	text.setZone('');
});

test('canned messages: the shortcut before the caret, the best first', () => {
	assert.deepEqual(shortcutAt('Hello /hi', 9), { start: 6, query: 'hi' });
	assert.deepEqual(shortcutAt('#', 1), { start: 0, query: '' });
	assert.equal(shortcutAt('https://x', 9), null);
	assert.equal(shortcutAt('and/or', 6), null);
	const list = [{ name: 'Hiring', category: '', shortcut: '', body: 'x' }, { name: 'Long', category: '', shortcut: '#hint', body: 'x' }, { name: 'Greeting', category: '', shortcut: '/hi', body: 'Hello' },
		{ name: 'Other', category: '', shortcut: 'o', body: 'say hi' }];
	assert.deepEqual(searchCanned(list, 'hi').map((item) => item.name), ['Greeting', 'Long', 'Hiring', 'Other']);
	assert.deepEqual(searchCanned(list, 'nothing'), []);
	assert.equal(searchCanned(list, '').length, 4);
});

test('files are refused before the upload, with the reason', () => {
	assert.equal(fileProblem({ name: 'a.PNG', size: 10 }, ['.png'], 100), null);
	assert.match(fileProblem({ name: 'a.exe', size: 10 }, ['.png'], 100), /\.exe are refused/);
	assert.match(fileProblem({ name: 'a.png', size: 2097152 }, ['.png'], 1048576), /2 MB; the limit is 1 MB/);
	assert.match(fileProblem({ name: 'a.png', size: 0 }, ['.png'], 100), /empty/);
	assert.match(fileProblem({ name: 'README', size: 1 }, ['.png'], 100), /without ending/);
});

test('back-off doubles to 30 s with a jitter of a quarter', () => {
	assert.deepEqual([1, 2, 3, 4, 5, 6, 60].map((n) => backoff(n, 0.5)), [1000, 2000, 4000, 8000, 16000, 30000, 30000]);
	assert.equal(backoff(6, 0), 22500);
	assert.equal(backoff(6, 1), 37500);
});

test('F-AVAIL-01 who is outside the working hours, and until when', () => {
	const now = Date.UTC(2026, 10, 21, 22, 30), off = (changes_at) => ({ duty: { on: false, changes_at } });
	text.setZone('Europe/Paris');
	assert.equal(dutyText({ duty: null }), '');
	assert.equal(dutyText({ duty: { on: true, changes_at: now } }), '');
	assert.equal(dutyText(off(null)), 'Outside the working hours');
	assert.equal(ownDutyText(off(null)), 'Outside your working hours: nothing rings.');
	assert.equal(text.nearTime(Date.UTC(2026, 10, 21, 22, 45), now), '23:45');
	assert.equal(text.nearTime(Date.UTC(2026, 10, 23, 8), now), 'Mon 09:00');
	assert.equal(text.nearTime(Date.UTC(2026, 10, 28, 8), now), '28 Nov 09:00');
	assert.equal(nextDutyChange([off(now + 5), { duty: { on: true, changes_at: now + 3 } }, { duty: null }, {}, off(now - 1), off(null)], now), now + 3);
	assert.equal(nextDutyChange([], now), Infinity);
	text.setZone('');
});

test('bubbles: groups and sentences', () => {
	assert.equal(isGrouped(message(1), message(2)), true);
	assert.equal(isGrouped(message(1), message(2, { kind: 'note', by: 'agent' })), false);
	assert.equal(isGrouped(message(1), message(2, { created_at: 900000 })), false);
	assert.equal(eventSentence({ event: { what: 'transferred', name: 'Anna', to: 'Bo' } }), 'Anna transferred the chat to Bo');
	assert.equal(eventSentence({ event: { what: 'closed', reason: 'visitor' } }), 'The visitor ended the chat');
	assert.equal(eventSentence({ event: { what: 'unheard_of' } }), 'unheard_of');
});

// The server makes the table of translations from this list; a sentence that is not in it stays English for ever.
test('strings.txt is exactly what the scripts say', () => {
	const used = new Set();
	for (const name of scripts) {
		const words = source(name);
		for (const match of words.matchAll(/\bt\(\s*'([^']+)'/g))
			used.add(match[1]);
		for (const match of words.matchAll(/\btn\(\s*'([^']+)',\s*'([^']+)'/g))
			used.add(match[1]).add(match[2]);
	}
	const listed = source('strings.txt').split('\n').filter(Boolean);
	assert.deepEqual([...used].filter((line) => !listed.includes(line)), [], 'missing in strings.txt');
	assert.deepEqual(listed.filter((line) => !used.has(line)), [], 'no longer used');
	assert.equal(new Set(listed).size, listed.length);
});

test('no script makes HTML from text or runs text; all are loaded ahead; together they stay small', () => {
	const page = fs.readFileSync(new URL('../../templates/chat/console.cs', import.meta.url), 'utf8');
	let size = 0;
	for (const name of scripts) {
		assert.doesNotMatch(source(name), /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser/, name);
		if (name !== 'main.js' && name !== 'theme.js')
			assert.ok(page.includes(`href="/static/console/${name}"`), name + ' is not preloaded');
		size += zlib.gzipSync(source(name)).length;
	}
	assert.ok(size < 100 * 1024, `${size} bytes gzipped`);
	assert.doesNotMatch(page.replace(/<script type="application\/json"[^]*?<\/script>/, ''), /<style|style="|\son\w+=|<script>/);
});
