// SPDX-License-Identifier: BSD-2-Clause
// store.js - what the console knows: rows, loaded conversations, offers, colleagues; merges answers and events without holes.

import { nextDutyChange } from './duty.js';

const TYPING_LIFE = 7000;
const PREVIEW_LIFE = 60000;
const VIEWING_LIFE = 100000;
const CLOSED_KEPT = 50;
const HAVE_MAX = 500;

// A store tells its listeners what has changed as words: 'rows', 'me', 'agents', 'away', 'offers', 'chat:991', 'extra:991' (typing, viewing).
export class Store {
	constructor() {
		this.me = null;
		this.tenant = null;
		this.queues = new Map();
		this.agents = new Map();
		this.dutyChangesAt = Infinity;
		this.widgets = new Map();
		this.away = new Map();
		this.why = null;
		this.rows = new Map();
		this.offers = new Set();
		this.chats = new Map();
		this.shown = 0;
		this.extras = new Map();
		this.early = new Map();
		this.uploadMax = 20 * 1048576;
		this.uploadTypes = [];
		this.listeners = [];
		this.dirty = new Set();
	}

	listen(listener) {
		this.listeners.push(listener);
	}

	changed(...words) {
		if (!this.dirty.size)
			queueMicrotask(() => this.tell());
		for (const word of words)
			this.dirty.add(word);
	}

	tell() {
		const words = this.dirty;
		this.dirty = new Set();
		for (const listener of this.listeners)
			listener(words);
	}

	// The whole state, as GET /console/state gives it.
	load(state) {
		this.me = state.me;
		this.tenant = state.tenant;
		this.timeZone = state.time_zone || state.tenant.time_zone;
		this.queues = new Map(state.queues.map((queue) => [queue.id, queue]));
		this.widgets = new Map(state.widgets.map((widget) => [widget.id, widget]));
		this.uploadMax = state.upload_max || this.uploadMax;
		this.uploadTypes = state.upload_types || [];
		this.setAgents(state.agents);
		this.setStatuses(state.away_statuses, state.why);
		const missing = this.setRows(state.conversations);
		this.setOffers(state.offers);
		this.changed('me');
		return missing;
	}

	// Nothing of it is ours to see any more.
	clear() {
		for (const known of [this.rows, this.chats, this.extras, this.early])
			known.clear();
		this.setOffers([]);
	}

	setAgents(agents) {
		this.agents = new Map(agents.map((agent) => [agent.id, agent]));
		this.dutyChangesAt = nextDutyChange(agents);
		this.changed('agents');
	}

	// The company's away statuses by their ids, and why mine is what it is; undefined: not told, as it was.
	setStatuses(away, why) {
		if (away) {
			this.away = new Map(away.map((status) => [status.id, status.name]));
			this.changed('away', 'agents', 'me');
		}
		if (why !== undefined) {
			this.why = why;
			this.changed('me');
		}
	}

	mergeAgent(agent) {
		this.agents.set(agent.id, { ...this.agents.get(agent.id), ...agent });
		this.changed('agents');
		if (this.me && agent.id === this.me.id) {
			this.me = { ...this.me, ...agent };
			this.changed('me');
		}
	}

	setOffers(ids) {
		const fresh = ids.filter((id) => !this.offers.has(id));
		this.offers = new Set(ids);
		this.changed('offers', 'rows');
		return fresh;
	}

	// A complete list: rows that are not in it have gone from our sight. Answers those that a loaded conversation still shows.
	setRows(rows) {
		const present = new Set(rows.map((row) => row.id));
		const missing = [];
		for (const row of rows)
			this.mergeRow(row);
		for (const [id, row] of this.rows) {
			if (present.has(id) || row.state === 'closed')
				continue;
			if (this.chats.has(id))
				missing.push(id);
			else
				this.rows.delete(id);
		}
		for (const row of this.view('closed').slice(CLOSED_KEPT)) {
			if (row.id !== this.shown)
				this.drop(row.id);
		}
		this.changed('rows');
		return missing;
	}

	// Rows have no version but their last number: one with a smaller number comes late, also in an answer, and is dropped. Ringing at somebody and
	// waiting again leave the number as it is: of such rows the one that came last is taken, until the next complete list.
	mergeRow(row) {
		const known = this.rows.get(row.id);
		if (known && row.last_seq < known.last_seq)
			return false;
		const merged = { ...known, ...row };
		if (known) {
			merged.visitor_seen_seq = Math.max(known.visitor_seen_seq || 0, row.visitor_seen_seq || 0);
			merged.agent_seen_seq = Math.max(known.agent_seen_seq || 0, row.agent_seen_seq || 0);
		}
		if (merged.agent_seen_seq >= merged.last_seq)
			merged.unread = 0;
		this.rows.set(row.id, merged);
		this.recount(row.id);
		this.changed('rows', 'chat:' + row.id);
		return true;
	}

	drop(id) {
		for (const known of [this.rows, this.chats, this.extras])
			known.delete(id);
	}

	forgetRow(id) {
		this.drop(id);
		this.changed('rows', 'chat:' + id);
	}

	// The answer of GET /console/conversations/ID.
	loadChat(id, answer) {
		this.mergeRow(answer.conversation);
		const chat = this.chats.get(id) || { id, messages: [], more: false };
		const isFresh = !chat.messages.length;
		const highest = this.highest(id);
		const lowest = answer.messages.length ? answer.messages[0].seq : 0;
		// Loaded again after a long absence: what we have and what came do not touch, so the older part is asked for again on scrolling.
		if (!isFresh && lowest > highest + 1)
			chat.messages = [];
		if (isFresh || lowest > highest + 1)
			chat.more = Boolean(answer.more);
		Object.assign(chat, { contact: answer.contact, visit: answer.visit, identity: answer.identity, earlier: answer.earlier || [], draft: answer.draft || '' });
		this.chats.set(id, chat);
		this.mergeMessages(id, answer.messages);
		return chat;
	}

	highest(id) {
		const chat = this.chats.get(id);
		return chat && chat.messages.length ? chat.messages.at(-1).seq : 0;
	}

	// Messages in any order, doubled or not. Answers those that are new.
	mergeMessages(id, list) {
		const chat = this.chats.get(id);
		if (!chat)
			return [];
		const fresh = [];
		for (const message of list) {
			const at = placeOf(chat.messages, message.seq);
			const there = chat.messages[at];
			if (there && there.seq === message.seq) {
				if (message.file && message.file.preview && !there.file.preview)
					this.setPicture(id, message.file.id, message.file.preview);
				if (message.delivery && message.delivery.state !== 'waiting' && message.delivery.state !== there.delivery?.state)
					this.setDelivery(id, message.seq, message.delivery);
				continue;
			}
			const early = this.early.get(`${id} ${message.seq}`);
			this.early.delete(`${id} ${message.seq}`);
			chat.messages.splice(at, 0, early ? { ...message, delivery: early } : message);
			fresh.push(message);
		}
		if (fresh.length) {
			this.recount(id);
			this.changed('chat:' + id);
		}
		return fresh;
	}

	// The preview of a picture was made: its message is shown anew.
	// The visitor has gone on to another page of the site.
	setPage(id, page_url, page_title) {
		const chat = this.chats.get(id);
		if (!chat)
			return;
		chat.visit = { ...chat.visit, page_url, page_title };
		this.changed('chat:' + id);
	}

	setPicture(id, file, preview) {
		const chat = this.chats.get(id);
		const at = chat ? chat.messages.findIndex((message) => message.file && message.file.id === file) : -1;
		if (at < 0)
			return;
		chat.messages[at] = { ...chat.messages[at], file: { ...chat.messages[at].file, preview } };
		this.changed('chat:' + id);
	}

	// What became of a message on its way to another channel; it may be told before the message itself.
	setDelivery(id, seq, delivery) {
		const chat = this.chats.get(id);
		if (!chat)
			return;
		const at = placeOf(chat.messages, seq);
		if (chat.messages[at]?.seq !== seq) {
			this.early.set(`${id} ${seq}`, delivery);
			return;
		}
		chat.messages[at] = { ...chat.messages[at], delivery };
		this.changed('chat:' + id);
	}

	// As the server counts: the visitor's messages that were not seen.
	recount(id) {
		const chat = this.chats.get(id);
		const row = this.rows.get(id);
		if (!chat || !chat.messages.length || !row)
			return;
		const unread = chat.messages.filter((message) => message.by === 'visitor' && message.seq > (row.agent_seen_seq || 0)).length;
		if (unread !== row.unread) {
			this.rows.set(id, { ...row, unread });
			this.changed('rows');
		}
	}

	addOlder(id, answer) {
		const chat = this.chats.get(id);
		if (!chat)
			return;
		this.mergeMessages(id, answer.messages);
		chat.more = Boolean(answer.more);
		this.changed('chat:' + id);
	}

	// What a loaded conversation lacks: the number after which to ask, or null. A hole inside comes before what is missing at the end.
	gapAfter(id) {
		const chat = this.chats.get(id);
		if (!chat)
			return null;
		for (let i = 1; i < chat.messages.length; i++) {
			if (chat.messages[i].seq > chat.messages[i - 1].seq + 1)
				return chat.messages[i - 1].seq;
		}
		const row = this.rows.get(id);
		const highest = this.highest(id);
		return row && row.last_seq > highest ? highest : null;
	}

	// The numbers for POST /console/sync: to the first hole of each loaded conversation; of those that go on before the others, as the server
	// looks at so many.
	have() {
		const isClosed = (id) => this.rows.get(id)?.state === 'closed';
		const loaded = [...this.chats.values()].filter((chat) => chat.messages.length).map((chat) => chat.id);
		const named = [...loaded.filter((id) => !isClosed(id)), ...loaded.filter(isClosed)].slice(0, HAVE_MAX);
		return Object.fromEntries(named.map((id) => [id, this.gapAfter(id) ?? this.highest(id)]));
	}

	// A message that an event or an answer brought. Answers whether it is news.
	takeMessage(id, message) {
		const row = this.rows.get(id);
		const isNews = !row || message.seq > row.last_seq;
		const fresh = this.mergeMessages(id, [message]);
		if (row && isNews) {
			this.rows.set(id, rowWith(row, message));
			this.recount(id);
		}
		if (message.by === 'visitor')
			this.setExtra(id, 'preview', null);
		if (isNews)
			this.changed('rows', 'chat:' + id);
		return isNews || fresh.length > 0;
	}

	markSeen(id, seq, by) {
		const row = this.rows.get(id);
		if (!row)
			return;
		const field = by === 'visitor' ? 'visitor_seen_seq' : 'agent_seen_seq';
		if (seq <= (row[field] || 0))
			return;
		const seen = { ...row, [field]: seq };
		if (by === 'agent' && seq >= row.last_seq)
			seen.unread = 0;
		this.rows.set(id, seen);
		this.changed('rows', 'chat:' + id);
	}

	// What is said and not kept: who types, what the visitor is writing, who looks on. Each dies by itself.
	extra(id) {
		if (!this.extras.has(id))
			this.extras.set(id, { typing: new Map(), viewing: new Map(), preview: null });
		return this.extras.get(id);
	}

	setExtra(id, kind, value, now = Date.now()) {
		const extra = this.extra(id);
		if (kind === 'preview') {
			extra.preview = value ? { text: value, until: now + PREVIEW_LIFE } : null;
			if (!value)
				extra.typing.delete('visitor');
		} else if (value.on) {
			extra[kind].set(value.who, { name: value.name, until: now + (kind === 'typing' ? TYPING_LIFE : VIEWING_LIFE) });
		} else {
			extra[kind].delete(value.who);
		}
		this.changed('extra:' + id);
	}

	expireExtras(now = Date.now()) {
		for (const [id, extra] of this.extras) {
			let gone = false;
			for (const kind of ['typing', 'viewing']) {
				for (const [who, entry] of extra[kind]) {
					if (entry.until <= now)
						gone = extra[kind].delete(who);
				}
			}
			if (extra.preview && extra.preview.until <= now) {
				extra.preview = null;
				gone = true;
			}
			if (gone)
				this.changed('extra:' + id);
		}
	}

	// The rows of a view in its order: who waits longest comes first, the rest by the newest message.
	view(name) {
		return [...this.rows.values()].filter((row) => isInView(row, name, this.me.id)).sort((a, b) => compareRows(a, b, this.me.id));
	}

	counts() {
		const counts = { waiting: 0, mine: 0, all: 0, closed: 0, unread: 0 };
		for (const row of this.rows.values()) {
			for (const name of ['waiting', 'mine', 'all', 'closed'])
				counts[name] += isInView(row, name, this.me.id) ? 1 : 0;
			counts.unread += row.agent === this.me.id && row.state === 'active' ? row.unread || 0 : 0;
		}
		return counts;
	}

	// Passed on to a queue that is not ours: it leaves our list.
	maySee(row) {
		if (row.agent === this.me.id || this.may('chat.see_all') || this.may('chat.supervise') || this.offers.has(row.id))
			return true;
		return this.may('chat.see_queues') && (!this.me.queues || this.me.queues.includes(row.queue));
	}

	// May I pass it on, or end it: my own chat, or any that goes on for who supervises.
	mayDirect(row) {
		return row.state !== 'closed' && (this.may('chat.supervise') || (row.state === 'active' && row.agent === this.me.id));
	}

	may(permission) {
		const list = (this.me && this.me.permissions) || [];
		return list.includes('*') || list.includes(permission);
	}
}

const isWaiting = (row) => row.state === 'waiting' || row.state === 'offered';

export function isInView(row, view, me) {
	if (view === 'waiting')
		return isWaiting(row);
	if (view === 'mine')
		return row.agent === me && row.state === 'active';
	if (view === 'closed')
		return row.state === 'closed';
	return row.state !== 'closed';
}

// Waiting ones first, oldest first; then my own with something unread; then by the newest message.
export function compareRows(a, b, me) {
	if (isWaiting(a) !== isWaiting(b))
		return isWaiting(a) ? -1 : 1;
	if (isWaiting(a))
		return (a.waiting_since || a.created_at) - (b.waiting_since || b.created_at) || a.id - b.id;
	const mine = (row) => (row.agent === me ? 1 : 0);
	return mine(b) - mine(a) || (b.last_at || 0) - (a.last_at || 0) || b.id - a.id;
}

// The place of a number in an ordered list of messages.
function placeOf(messages, seq) {
	let low = 0;
	let high = messages.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (messages[middle].seq < seq)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

// The row as its newest message makes it, until the server's own row comes.
function rowWith(row, message) {
	const next = { ...row, last_seq: message.seq };
	if (message.kind === 'event' || message.kind === 'note' || message.kind === 'hidden')
		return next;
	next.last_text = message.kind === 'file' && message.file ? message.file.name : message.text;
	next.last_by = message.by;
	next.last_at = message.created_at;
	next.unread = message.by === 'visitor' ? (row.unread || 0) + 1 : row.unread;
	return next;
}
