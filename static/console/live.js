// SPDX-License-Identifier: BSD-2-Clause
// live.js - one long poll for all tabs of the browser: a leader holds it and passes on what it hears; the rest follow.

import { ApiError, get, post } from './api.js';

const POLL_TIMEOUT = 31000;         // the server parks it for 30 s at most
const PROBE_TIMEOUT = 4000;
const TICKET_TIMEOUT = 8000;
const HEARTBEAT = 60000;
const TICKET_OLD = 240000;
const SYNC_EVERY = 300000;
const LEADER_SILENT = 50000;
const LEADER_ANSWERS = 2500;
const PEER_GONE = 200000;
const TICK = 5000;
// As many as a ticket of the server covers.
const OPEN_MAX = 20;

// 1, 2, 4 … 30 s with a jitter of a quarter, so that consoles do not all come back in the same moment.
export function backoff(failures, random = Math.random()) {
	const base = Math.min(30, 2 ** Math.max(0, failures - 1)) * 1000;
	return Math.round(base * (0.75 + random * 0.5));
}

// Who a ticket is for ("5.a12"): its first part is readable, only its signature is secret (docs/live.md).
export function ticketWho(ticket) {
	try {
		return atob(ticket.split('.')[0].replace(/-/g, '+').replace(/_/g, '/')).split('\n')[1] || '';
	} catch {
		return '';
	}
}

export class Live {
	// hear: { events(list), resync(), link('ok' | 'lost', nextTryAt), cut(), lead(), idle() in seconds, active(at) in another tab }
	constructor(name, hear) {
		this.name = name;
		this.hear = hear;
		this.tab = Math.random().toString(36).slice(2);
		this.peers = new Map();
		this.mine = { open: [], current: 0, focused: false };
		this.ticket = '';
		this.ticketAt = 0;
		this.covers = new Set();
		this.at = '';
		this.failures = 0;
		this.refusals = 0;
		this.turn = 0;
		this.isDoubted = false;
		this.isLost = false;
		this.isLeader = false;
		this.isStopped = false;
		this.wantsSync = false;
		this.isSynced = false;
		this.heardAt = Date.now();
		this.syncAt = Date.now();
		this.tickAt = Date.now();
		this.waiting = [];
		this.abort = null;
		this.channel = 'BroadcastChannel' in window ? new BroadcastChannel(name) : null;
		if (this.channel)
			this.channel.onmessage = (event) => this.onChannel(event.data);
	}

	start(ticket) {
		this.setTicket(ticket, []);
		this.shout({ kind: 'hello', ...this.mine });
		if (this.channel && navigator.locks)
			this.followOrLead();
		else
			this.lead();
		this.timer = setInterval(() => this.tick(), TICK);
		this.beat = setInterval(() => this.sayHere(), HEARTBEAT);
		addEventListener('online', () => this.wake(true));
		addEventListener('offline', () => this.wake(true));
		addEventListener('pageshow', (event) => event.persisted && this.wake(true));
		document.addEventListener('visibilitychange', () => document.hidden || this.wake(false));
	}

	// A leader that is there answers at once; a lock whose holder is silent is taken from it.
	followOrLead() {
		this.queueForLead();
		this.askLeader(false);
	}

	stop() {
		this.isStopped = true;
		this.stepDown();
		clearInterval(this.timer);
		clearInterval(this.beat);
		this.leaveLock();
		this.channel?.close();
		this.channel = null;
	}

	// The tab goes away. True when it was the last.
	leave() {
		this.shout({ kind: 'bye' });
		return this.peers.size === 0;
	}

	leaveLock() {
		if (this.release)
			this.release();
		this.release = null;
	}

	queueForLead(steal = false) {
		const held = new Promise((resolve) => {
			this.release = resolve;
		});
		navigator.locks.request(this.name, steal ? { steal: true } : {}, () => {
			this.lead();
			return held;
		}).catch(() => {
			// Another tab thought that we were asleep and took the lead.
			this.stepDown();
			if (!this.isStopped)
				this.queueForLead();
		});
	}

	lead() {
		if (this.isLeader || this.isStopped)
			return;
		this.isLeader = true;
		this.hear.lead();
		this.pulse();
		this.run();
	}

	stepDown() {
		this.isLeader = false;
		this.heardAt = Date.now();
		if (this.abort)
			this.abort.abort();
	}

	async run() {
		const turn = ++this.turn;
		while (this.isLeader && !this.isStopped && turn === this.turn) {
			try {
				await this.round();
				this.succeed();
			} catch (error) {
				if (error instanceof ApiError)
					await this.fail(error);
				else if (!(error && error.name === 'AbortError'))
					throw error;
			}
		}
	}

	async round() {
		this.abort = new AbortController();
		if (!this.ticket || Date.now() - this.ticketAt > TICKET_OLD || !this.isCovered())
			await this.renew(this.abort.signal, this.isDoubted || this.isLost ? PROBE_TIMEOUT : TICKET_TIMEOUT);
		if (this.isDoubted || this.isLost)
			return this.probe();
		const isFirst = !this.at;
		const path = '/live/poll?ticket=' + encodeURIComponent(this.ticket) + (isFirst ? '' : '&at=' + encodeURIComponent(this.at));
		const reply = await get(path, { signal: this.abort.signal, timeout: POLL_TIMEOUT, isLive: true });
		if (typeof reply.at !== 'string' || !this.isLeader)
			return;
		this.at = reply.at;
		this.deliver({ kind: 'events', at: reply.at, events: reply.events || [], resync: Boolean(reply.resync) || isFirst });
	}

	// A poll without a position is answered at once: is anybody there? The position that we have stays.
	async probe() {
		await get('/live/poll?ticket=' + encodeURIComponent(this.ticket), { signal: this.abort.signal, timeout: PROBE_TIMEOUT, isLive: true });
	}

	// A request got no answer: that may be the connection, and the poll that is parked would notice it late.
	doubt() {
		if (!this.isLeader) {
			this.shout({ kind: 'doubt' });
			return;
		}
		if (this.isLost || this.isDoubted)
			return;
		this.isDoubted = true;
		if (this.abort)
			this.abort.abort();
	}

	deliver(message) {
		this.shout(message);
		this.take(message);
	}

	take(message) {
		this.at = message.at;
		if (message.events.length)
			this.hear.events(message.events);
		if (message.resync)
			this.sync();
	}

	sync() {
		this.wantsSync = false;
		this.isSynced = true;
		this.syncAt = Date.now();
		this.hear.resync();
	}

	succeed() {
		this.failures = this.refusals = 0;
		this.isDoubted = false;
		if (this.isLost) {
			this.isLost = false;
			this.wantsSync = true;
			this.shout({ kind: 'link', link: 'ok' });
			this.hear.link('ok', 0);
		}
		if (this.wantsSync) {
			this.shout({ kind: 'sync' });
			this.sync();
		}
		this.pulse();
	}

	async fail(error) {
		if (error.status === 401)
			return this.stop();
		if (error.status === 403 && error.word === 'cut')
			return this.cut();
		if (error.status === 400)
			this.at = '';
		if (error.status === 403 || error.status === 400) {
			this.ticket = '';
			// The server is there: with a new ticket at once, but not again and again.
			if (++this.refusals === 1)
				return this.rest(0);
			// It refuses that one, or a new one at all: it may be us whom it does not want.
			if (error.status === 403)
				this.tellCut();
		}
		this.failures++;
		const pause = Math.max(backoff(this.failures), error.retryAfter * 1000 * (1 + Math.random()));
		// The first silence of a poll is looked into at once; the second, or one of which there was doubt, is told.
		if (this.failures === 1 && error.status === 0 && !this.isDoubted && !this.isLost) {
			this.isDoubted = true;
			return this.rest(error.word === 'silence' ? 0 : pause);
		}
		if (this.failures >= 2 || this.isDoubted) {
			this.isLost = true;
			this.shout({ kind: 'link', link: 'lost', next: Date.now() + pause });
			this.hear.link('lost', Date.now() + pause);
		}
		return this.rest(pause);
	}

	// The rights have changed or the session has ended: the state tells which.
	cut() {
		this.ticket = '';
		this.at = '';
		this.tellCut();
		return this.rest(1000);
	}

	tellCut() {
		this.shout({ kind: 'cut' });
		this.hear.cut();
	}

	rest(ms) {
		return new Promise((resolve) => {
			const timer = setTimeout(resolve, ms);
			this.hurry = () => {
				clearTimeout(timer);
				resolve();
			};
		});
	}

	// Something may have happened (sleep, network, a tab shown again): look at once instead of waiting.
	wake(isSuspicious = false) {
		if (this.isStopped)
			return;
		this.wantsSync = this.wantsSync || isSuspicious;
		this.isDoubted = this.isDoubted || isSuspicious;
		if (isSuspicious && navigator.onLine)
			this.failures = Math.min(this.failures, 1);
		if (!this.isLeader) {
			this.askLeader(isSuspicious);
			return;
		}
		if (this.abort)
			this.abort.abort();
		if (this.hurry)
			this.hurry();
	}

	tick() {
		const now = Date.now();
		const slept = now - this.tickAt > (document.hidden ? 90000 : 20000);
		this.tickAt = now;
		for (const [tab, peer] of this.peers) {
			if (now - peer.heardAt > PEER_GONE)
				this.peers.delete(tab);
		}
		if (slept)
			this.wake(true);
		else if (!this.isLeader && now - this.heardAt > LEADER_SILENT)
			this.askLeader(false);
		if (now - this.syncAt > SYNC_EVERY && !this.isLost)
			this.sync();
		if (now % 60000 < TICK)
			this.shout({ kind: 'here', ...this.mine });
	}

	// A follower that hears nothing asks; a leader that does not answer has been frozen, and loses the lead.
	askLeader(isSuspicious) {
		if (!this.channel || !navigator.locks || this.asking)
			return;
		this.shout({ kind: 'ask', isSuspicious });
		const before = this.heardAt;
		this.asking = setTimeout(() => {
			this.asking = 0;
			if (this.heardAt !== before || this.isLeader || this.isStopped)
				return;
			this.leaveLock();
			this.queueForLead(true);
		}, LEADER_ANSWERS);
	}

	shout(message) {
		if (this.channel)
			this.channel.postMessage({ ...message, tab: this.tab });
	}

	pulse() {
		this.shout({ kind: 'pulse', at: this.at, ticket: this.ticket, ticketAt: this.ticketAt, covers: [...this.covers],
			isLost: this.isLost });
	}

	onChannel(message) {
		if (message.kind === 'hello' || message.kind === 'here')
			return this.onPeer(message);
		if (message.kind === 'bye')
			return this.peers.delete(message.tab);
		if (message.kind === 'active')
			return this.hear.active(message.at);
		if (message.kind === 'adopt' && this.isLeader)
			return this.adopt(message.ticket, message.covers);
		if (message.kind === 'doubt' && this.isLeader)
			return this.doubt();
		if (message.kind === 'ask' && this.isLeader) {
			this.pulse();
			return this.wake(message.isSuspicious);
		}
		if (!this.isLeader)
			this.onLeader(message);
	}

	onPeer(message) {
		this.peers.set(message.tab, { ...message, heardAt: Date.now() });
		if (message.kind === 'hello')
			this.shout({ kind: 'here', ...this.mine });
		if (this.isLeader && message.kind === 'hello')
			this.pulse();
		if (this.isLeader && !this.isCovered())
			this.cover();
	}

	onLeader(message) {
		this.heardAt = Date.now();
		if (message.kind === 'pulse') {
			this.at = message.at;
			this.setTicket(message.ticket, message.covers, message.ticketAt);
			if (this.isLost !== message.isLost) {
				this.isLost = message.isLost;
				this.hear.link(this.isLost ? 'lost' : 'ok', 0);
			}
		} else if (message.kind === 'events') {
			this.take(message);
		} else if (message.kind === 'sync') {
			this.sync();
		} else if (message.kind === 'link') {
			this.isLost = message.link === 'lost';
			this.hear.link(message.link, message.next || 0);
		} else if (message.kind === 'cut') {
			this.hear.cut();
		}
		// What came between the state of this page and its first word from the leader.
		if (this.at && !this.isSynced)
			this.sync();
	}

	// Somebody is at the keys of this tab: whichever tab leads tells it to the server.
	shareActivity(at) {
		this.shout({ kind: 'active', at });
	}

	// --- what this tab has open ---

	setOpen(ids) {
		this.mine = { ...this.mine, open: ids.slice(0, OPEN_MAX) };
		this.shout({ kind: 'here', ...this.mine });
		if (this.isLeader && !this.isCovered())
			this.cover();
	}

	setFocus(current, focused) {
		if (this.mine.current === current && this.mine.focused === focused)
			return;
		this.mine = { ...this.mine, current, focused };
		this.shout({ kind: 'here', ...this.mine });
	}

	// Does any tab show this conversation to somebody who looks?
	isWatched(id) {
		return [this.mine, ...this.peers.values()].some((tab) => tab.focused && tab.current === id);
	}

	isAnyFocused() {
		return [this.mine, ...this.peers.values()].some((tab) => tab.focused);
	}

	openIds() {
		const tabs = [this.mine, ...this.peers.values()];
		const shown = tabs.map((tab) => tab.current).filter(Boolean);
		return [...new Set([...shown, ...tabs.flatMap((tab) => tab.open)])].slice(0, OPEN_MAX).sort((a, b) => a - b);
	}

	isCovered() {
		return this.openIds().every((id) => this.covers.has(id));
	}

	// A ticket for what is open now, a moment later: an answer on its way may bring one (adopt).
	cover() {
		clearTimeout(this.covering);
		this.covering = setTimeout(() => {
			if (this.isLeader && !this.isCovered())
				this.renew().then(() => this.wake(), (error) => this.notRenewed(error));
		}, 250);
	}

	// The server counts an agent as gone who is silent, or whose console was closed, as this one may be on another device.
	sayHere() {
		if (this.isLeader)
			this.renew().catch((error) => this.notRenewed(error));
	}

	// The poll that is parked would notice late what has refused the ticket, or not answered.
	notRenewed(error) {
		if (error.status)
			this.wake();
		else
			this.doubt();
	}

	async renew(signal, timeout = TICKET_TIMEOUT) {
		const open = this.openIds();
		const reply = await post('/console/ticket', { open, idle: this.hear.idle() }, { signal, timeout, isLive: true });
		this.setTicket(reply.ticket, open);
		this.pulse();
	}

	setTicket(ticket, covers, at = Date.now()) {
		if (!ticket)
			return;
		this.ticket = ticket;
		this.ticketAt = at;
		this.covers = new Set(covers);
		const waiting = this.waiting;
		this.waiting = [];
		for (const [id, body] of waiting)
			this.say(id, body);
	}

	// A ticket that another answer brought. A parked poll starts again with it, at the same position.
	adopt(ticket, covers) {
		if (!ticket)
			return;
		this.setTicket(ticket, covers);
		if (!this.isLeader) {
			this.shout({ kind: 'adopt', ticket, covers });
			return;
		}
		this.pulse();
		if (this.abort)
			this.abort.abort();
	}

	// Says something that nobody keeps; it waits for a ticket that covers the conversation.
	say(id, body) {
		if (!this.covers.has(id)) {
			this.waiting = [...this.waiting.slice(-20), [id, body]];
			return;
		}
		if (!this.isLost)
			post('/live/say?ticket=' + encodeURIComponent(this.ticket), body, { timeout: 5000 }).catch(() => {});
	}
}
