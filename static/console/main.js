// SPDX-License-Identifier: BSD-2-Clause
// main.js - the agents' console: loads the state, puts the parts together, and tells each what has changed.

import { beacon, get, post, setupApi } from './api.js';
import { append, byId, h } from './dom.js';
import { serverNow, setStrings, setZone, t } from './text.js';
import { Actions } from './actions.js';
import { Activity } from './activity.js';
import { Canned } from './canned.js';
import { Composer } from './composer.js';
import { Dialogs, toast } from './dialogs.js';
import { Drafts } from './drafts.js';
import { Events } from './events.js';
import { Frame, bootProblem } from './frame.js';
import { keyList, setupKeys } from './keys.js';
import { List } from './list.js';
import { Live, ticketWho } from './live.js';
import { Notifier } from './notify.js';
import { Offers } from './offers.js';
import { Outbox } from './outbox.js';
import { Pane } from './conversation.js';
import { Presence } from './presence.js';
import { heldByPress } from './press.js';
import { Settings } from './settings.js';
import { Side } from './side.js';
import { statusList } from './statuses.js';
import { Store } from './store.js';

const PREFETCHED = 8;
const COME_BACK = 10000;
const SEEN_AGAIN = 3000;
const wide = matchMedia('(min-width: 1100px)');

class App {
	constructor(state) {
		this.store = new Store();
		this.store.load(state);
		setZone(this.store.timeZone);
		this.who = ticketWho(state.ticket);
		this.name = `hark.${this.who}`;
		this.current = 0;
		this.tabs = [];
		this.seenWanted = new Map();
		this.loading = new Set();
		this.settings = new Settings(state.me.settings, (name) => this.settingChanged(name));
		this.notifier = new Notifier(this.settings, { blocked: (is) => this.frame?.drawSound(is && this.live.isLeader), open: (id) => this.go(id) });
		this.outbox = new Outbox(this.name, { changed: (c) => this.store.changed('chat:' + c), sent: (c, message) => this.sent(c, message) });
		this.drafts = new Drafts(this.name, (id) => {
			this.store.changed('rows');
			this.composer.refresh(id);
		});
		this.live = new Live(this.name, { events: (list) => this.events.take(list), resync: () => this.events.sync(), link: (word) => this.linkChanged(word),
			cut: () => this.reload(), lead: () => this.lead(), idle: () => this.activity.idleSeconds(), active: (at) => this.activity.hear(at) });
		this.activity = new Activity((at) => this.live.shareActivity(at));
		this.canned = new Canned(this);
		this.events = new Events(this);
		this.actions = new Actions(this);
		this.presence = new Presence(this);
		this.dialogs = new Dialogs(this);
		this.list = new List(this);
		this.offers = new Offers(this);
		this.pane = new Pane(this);
		this.composer = new Composer(this);
		this.side = new Side(this);
		this.frame = new Frame(this);
		this.build();
		this.begin(state);
	}

	build() {
		this.root = byId('console');
		this.root.replaceChildren();
		append(this.root, [h('a', { class: 'skip', href: '#pane', onclick: (event) => {
			event.preventDefault();
			this.pane.element.focus();
		} }, t('Skip to the conversation')), this.frame.element, this.frame.strips, this.offers.element, this.offers.announcer,
		h('div', { class: 'columns' }, this.list.element, this.pane.element, this.side.element), h('div', { id: 'toasts', role: 'status', 'aria-live': 'polite' })]);
		this.root.removeAttribute('aria-busy');
	}

	begin(state) {
		const counts = this.store.counts();
		this.list.view = counts.mine || !counts.waiting ? 'mine' : 'waiting';
		this.store.listen(heldByPress((words) => this.draw(words)));
		addEventListener('hashchange', () => location.hash !== this.routed && this.route());
		this.root.addEventListener('click', (event) => this.follow(event));
		for (const name of ['focus', 'blur'])
			addEventListener(name, () => this.attend());
		document.addEventListener('visibilitychange', () => this.attend());
		addEventListener('pagehide', (event) => event.persisted || (this.live.leave() && beacon('/console/gone')));
		addEventListener('beforeunload', (event) => (this.outbox.isUploading || this.composer.hasFiles) && event.preventDefault());
		addEventListener('offline', () => this.live.isLost && this.frame.drawLink(true, true));
		wide.addEventListener('change', () => this.draw(new Set(['rows', 'chat:' + this.current])));
		this.keys = setupKeys(this);
		this.draw(new Set(['me', 'agents', 'offers', 'rows']));
		this.route();
		this.live.start(state.ticket);
		this.settle();
		this.notifier.prepare();
		this.outbox.flushAll();
		setInterval(() => this.tick(), 1000);
		setTimeout(() => this.prefetch(), 400);
		if (this.store.offers.size)
			this.ring();
	}

	// --- drawing ---

	draw(words) {
		const has = (prefix) => [...words].some((word) => word.startsWith(prefix));
		if (has('rows'))
			this.settle();
		if (has('rows') || has('offers') || has('agents') || has('extra:') || has('me'))
			this.list.draw();
		if (has('offers') || has('rows')) {
			this.offers.draw();
			this.ring();
			this.notifier.count(this.store.counts().unread + this.store.offers.size);
		}
		if (has('me') || has('rows') || has('agents'))
			this.frame.draw();
		if (has('agents'))
			this.colleagues?.draw();
		if (words.has('rows') || words.has('agents') || words.has('offers') || words.has('chat:' + this.current))
			this.drawCurrent();
		else if (words.has('extra:' + this.current)) {
			this.pane.log?.drawGhost();
			this.pane.drawPeople();
		}
	}

	drawCurrent() {
		const row = this.store.rows.get(this.current);
		if (this.current && !row && !this.loading.has(this.current))
			return this.go(0);
		this.pane.draw();
		this.side.draw();
		this.composer.drawWarning();
		this.root.classList.toggle('has-side', !this.side.element.hidden);
		this.noteSeen();
		return undefined;
	}

	tick() {
		this.list.tick();
		this.offers.tick();
		this.store.expireExtras();
		this.tickDuty();
	}

	// Somebody's hours have begun or ended. Not all consoles ask in the same moment.
	tickDuty() {
		if (serverNow() < this.store.dutyChangesAt)
			return;
		this.store.dutyChangesAt = Infinity;
		this.events.syncSoon(500 + Math.random() * 4000);
	}

	visitorName(row) {
		const chat = this.store.chats.get(row.id);
		return (chat && chat.contact && chat.contact.name) || row.visitor.name || t('Visitor {id}', { id: row.visitor.id });
	}

	hasDraft(id) {
		return id === this.current ? '' : this.drafts.get(id).slice(0, 80);
	}

	settingChanged(name) {
		if (name === 'sound')
			this.notifier.prepare();
		if (name === 'enter_sends')
			this.composer.draw();
	}

	// --- where we are ---

	go(id) {
		const hash = '#/' + (id || '');
		if (location.hash !== hash && (id || location.hash))
			location.hash = hash;
		this.route();
	}

	// A link to a conversation shows it at once, not with the event that follows: a key pressed next must not reach the one before.
	follow(event) {
		const link = event.target.closest('a[href^="#/"]');
		if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.defaultPrevented)
			return;
		event.preventDefault();
		this.go(Number(link.hash.slice(2)));
	}

	goBack() {
		if (matchMedia('(max-width: 760px)').matches)
			this.go(0);
		else
			this.list.rows.querySelector('[aria-current]')?.focus();
	}

	route() {
		this.routed = location.hash;
		const id = Number(/^#\/(\d+)$/.exec(location.hash)?.[1]) || 0;
		const before = this.current;
		this.current = this.store.shown = id;
		this.sideOver = false;
		this.root.classList.remove('is-side-over');
		this.root.classList.toggle('is-chat', Boolean(id));
		if (id && !this.store.chats.has(id))
			this.load(id);
		this.settle();
		this.composer.show(id);
		this.pane.show(id);
		this.side.draw();
		this.root.classList.toggle('has-side', !this.side.element.hidden);
		this.list.draw();
		this.attend();
		if (id && (id !== before || this.focusComposer))
			this.focusChat(id);
	}

	// On a narrow screen a focused field would call the keyboard over what is to be read.
	focusChat(id) {
		const row = this.store.rows.get(id);
		const isMine = row && row.agent === this.store.me.id && row.state === 'active';
		const isTouch = matchMedia('(pointer: coarse)').matches;
		const fromList = this.list.element.contains(document.activeElement) && !this.focusComposer;
		if (isMine && !isTouch && !fromList)
			this.composer.focus();
		else if (!fromList)
			this.pane.element.focus({ preventScroll: true });
		this.focusComposer = false;
	}

	async load(id, isQuiet = false) {
		if (this.loading.has(id))
			return;
		this.loading.add(id);
		const open = isQuiet ? [] : [...new Set([...this.live.openIds(), id])];
		try {
			const answer = await get(`/console/conversations/${id}` + (isQuiet ? '' : '?open=' + open.join(',')));
			this.store.loadChat(id, answer);
			if (!isQuiet)
				this.live.adopt(answer.ticket, open);
			if (this.drafts.offer(id, answer.draft) && id === this.current)
				this.composer.refresh(id);
			this.sentElsewhere(id, answer.messages.findLast((message) => message.by === 'agent' && message.kind === 'text'));
			this.events.check(id);
			if (id === this.current)
				this.showLoaded(id);
		} catch (error) {
			if (!isQuiet)
				this.loadFailed(id, error);
		}
		this.loading.delete(id);
	}

	showLoaded(id) {
		this.settle();
		this.composer.show(id);
		this.pane.show(id);
		this.drawCurrent();
		this.attend();
		if (document.activeElement === this.pane.element || document.activeElement === document.body)
			this.focusChat(id);
	}

	loadFailed(id, error) {
		if (error.status === 404 || error.status === 403) {
			toast(t('This conversation is not there, or not for you to see.'), 'is-bad');
			this.forget(id);
		} else if (error.status !== 401) {
			setTimeout(() => this.current === id && !this.store.chats.has(id) && this.load(id), 2500);
		}
	}

	forget(id) {
		this.store.forgetRow(id);
		this.tabs = this.tabs.filter((other) => other !== id);
		if (this.current === id)
			this.go(0);
	}

	// My chats are loaded before they are asked for, so that each opens at once.
	async prefetch() {
		for (const row of this.store.view('mine').slice(0, PREFETCHED)) {
			if (!this.store.chats.has(row.id))
				await this.load(row.id, true);
		}
		this.canned.load();
	}

	// Tabs: all chats of mine, and what else was opened; the live stream hears of those and of no other.
	settle() {
		const mine = this.store.view('mine').sort((a, b) => (a.accepted_at || 0) - (b.accepted_at || 0)).map((row) => row.id);
		const fresh = mine.filter((id) => !this.tabs.includes(id));
		this.tabs = [...this.tabs.filter((id) => this.store.rows.has(id)), ...fresh];
		if (this.current && this.store.rows.has(this.current) && !this.tabs.includes(this.current))
			this.tabs.push(this.current);
		const open = [...new Set([...(this.current ? [this.current] : []), ...mine])];
		if (open.join() === this.openWas)
			return;
		this.openWas = open.join();
		this.live.setOpen(open);
	}

	closeTab(id) {
		const at = this.tabs.indexOf(id);
		this.tabs = this.tabs.filter((other) => other !== id);
		if (this.current === id)
			this.go(this.tabs[Math.min(at, this.tabs.length - 1)] || 0);
		else
			this.pane.draw();
	}

	toggleSide() {
		if (wide.matches) {
			this.settings.set('side', !this.settings.get('side'));
		} else {
			this.sideOver = !this.sideOver;
			this.root.classList.toggle('is-side-over', this.sideOver);
		}
		this.drawCurrent();
	}

	get isSideShown() {
		return wide.matches ? this.settings.get('side') : Boolean(this.sideOver);
	}

	// --- attention ---

	attend() {
		const isSeen = document.visibilityState === 'visible';
		this.presence.view(isSeen && this.store.rows.has(this.current) ? this.current : 0);
		this.live.setFocus(this.current, isSeen && document.hasFocus());
		this.noteSeen();
	}

	// The messages on the screen have been read: only of my own chats, and only when somebody looks.
	noteSeen() {
		const row = this.store.rows.get(this.current);
		const log = this.pane.log;
		if (!row || !log || log.id !== this.current || !log.atEnd || row.agent !== this.store.me.id || row.state !== 'active'
			|| document.visibilityState !== 'visible' || !document.hasFocus())
			return;
		const seq = this.store.highest(row.id);
		if (seq <= (row.agent_seen_seq || 0))
			return;
		this.store.markSeen(row.id, seq, 'agent');
		this.seenWanted.set(row.id, seq);
		clearTimeout(this.seenTimer);
		this.seenTimer = setTimeout(() => this.sendSeen(), 250);
	}

	// What a moment's trouble kept from the visitor is told again.
	async sendSeen() {
		for (const [id, seq] of this.seenWanted) {
			try {
				await post(`/console/conversations/${id}/seen`, { seq });
			} catch (error) {
				if (error.isPassing) {
					clearTimeout(this.seenTimer);
					this.seenTimer = setTimeout(() => this.sendSeen(), Math.max(SEEN_AGAIN, error.retryAfter * 1000) * (1 + Math.random()));
					return;
				}
			}
			if (this.seenWanted.get(id) === seq)
				this.seenWanted.delete(id);
		}
	}

	// This tab makes the sounds from now on.
	lead() {
		this.notifier.prepare();
		this.ring();
	}

	ring() {
		this.notifier.ring(this.store.offers.size > 0 && this.live.isLeader && this.store.me.status !== 'offline');
	}

	// Calls the agent: one of the tabs does it for all, and none when somebody already looks at it.
	call(id, title, text) {
		if (!this.live.isLeader || this.live.isWatched(id))
			return;
		this.notifier.play();
		if (!this.live.isAnyFocused())
			this.notifier.notify(id, title, text);
	}

	callOffer(row) {
		if (!row || !this.live.isLeader)
			return;
		this.ring();
		if (!this.live.isAnyFocused())
			this.notifier.notify(row.id, t('{name} wants to chat.', { name: this.visitorName(row) }), row.last_text);
	}

	callSomething() {
		if (this.live.isLeader)
			this.notifier.play();
	}

	sayTyping(id, on, toVisitor) {
		this.presence.sayTyping(id, on, toVisitor);
	}

	// --- connection and session ---

	linkChanged(word) {
		this.frame.drawLink(word === 'lost', !navigator.onLine);
		this.root.classList.toggle('is-lost', word === 'lost');
		if (word === 'lost')
			return;
		toast(t('Connected again.'));
		this.outbox.flushAll();
		this.sendSeen();
		this.drafts.save();
		if (this.current && !this.store.chats.has(this.current))
			this.load(this.current);
	}

	// A message of mine that this tab has not sent: what is still drafted here was sent from another tab or device.
	sentElsewhere(id, message) {
		if (message && message.by === 'agent' && message.author === this.store.me.id && !this.outbox.items(id).some((item) => item.text === message.text))
			this.composer.sentElsewhere(id, message.kind, message.text || '');
	}

	sent(id, message) {
		if (message)
			this.store.takeMessage(id, message);
		this.events.check(id);
	}

	// Rights or queues have changed: everything anew, what is on the screen stays.
	async reload() {
		try {
			const missing = this.store.load(await get('/console/state'));
			setZone(this.store.timeZone);
			for (const id of missing)
				this.events.reloadChat(id);
			this.store.changed('chat:' + this.current);
		} catch (error) {
			if (error.status === 403)
				this.shut(error);
			else if (error.isPassing)
				this.events.syncSoon(2000);
		}
	}

	// The console is not for this agent any more: nothing of it stays on the screen. When it is again, the page begins anew.
	shut(error) {
		if (this.isShut)
			return;
		this.isShut = true;
		this.live.stop();
		this.store.clear();
		for (const box of document.querySelectorAll('dialog'))
			box.close();
		const toasts = byId('toasts');
		toasts.replaceChildren();
		bootProblem(error.word === 'refused' ? error.message
			: t('You may not work with chats any more. Ask an administrator of your company for the right. This page goes on by itself when you have it again.'),
		error.word === 'refused' ? null : () => this.comeBack());
		this.root.append(toasts);
		this.backTimer = setInterval(() => this.comeBack(), COME_BACK);
	}

	async comeBack() {
		try {
			await get('/console/state');
			location.reload();
		} catch (error) {
			if (!('status' in error))
				throw error;
		}
	}

	signedOut() {
		if (this.isShut) {
			clearInterval(this.backTimer);
			bootProblem(t('You are signed out.'), null);
			return;
		}
		this.live.stop();
		this.notifier.ring(false);
		this.frame.drawSignedOut();
	}

	// Somebody has signed in anew in another tab: what this page sends is refused until it is loaded again.
	outdated() {
		if (this.isShut || this.live.isStopped)
			return;
		this.live.stop();
		this.notifier.ring(false);
		this.frame.drawOutdated();
	}

	// --- what keys and buttons call ---

	accept(id) {
		return this.actions.accept(id);
	}

	acceptNext() {
		const row = this.store.offers.has(this.current) ? this.store.rows.get(this.current) : this.store.view('waiting').find((other) => this.store.offers.has(other.id));
		if (row)
			this.accept(row.id);
		else
			toast(t('No chat rings at the moment.'));
	}

	refuse(id) {
		return this.actions.refuse(id);
	}

	claim(id, force) {
		return this.actions.claim(id, force);
	}

	transfer(id, body) {
		return this.actions.transfer(id, body);
	}

	end(id) {
		return this.actions.end(id);
	}

	setStatus(status) {
		return this.actions.setStatus(status);
	}

	openPalette() {
		const act = (words, symbol, run) => ({ words, symbol, run });
		this.dialogs.palette([...statusList(this.store.away).map(([value, name]) => act(t('Set status to {name}', { name }), 'person', () => this.setStatus(value))),
			act(t('Colleagues'), 'person', () => this.dialogs.colleagues()), act(t('Settings'), 'gear', () => this.dialogs.settings()),
			act(t('Keys'), 'help', () => this.dialogs.keys(keyList())), ...(this.current ? [act(t('Print the transcript'), 'print', () => this.print())] : [])]);
	}

	// The whole transcript, also what was not loaded yet.
	async print() {
		const id = this.current;
		try {
			for (let chat = this.store.chats.get(id); chat && chat.more; chat = this.store.chats.get(id))
				this.store.addOlder(id, await get(`/console/conversations/${id}/messages?before=${chat.messages[0].seq}`));
		} catch {
			toast(t('Not all of the transcript could be loaded.'), 'is-bad');
		}
		setTimeout(() => print(), 100);
	}
}

async function boot() {
	const formToken = document.querySelector('meta[name="hark-form"]').content;
	let app = null;
	try {
		setStrings(JSON.parse(byId('strings').textContent || '{}'), document.documentElement.lang);
	} catch {
		setStrings({}, 'en');
	}
	setupApi(formToken, { signedOut: () => app && app.signedOut(), outdated: () => app && app.outdated(), unanswered: () => app && app.live.doubt() });
	try {
		app = new App(await get('/console/state'));
	} catch (error) {
		if (!('status' in error))
			throw error;
		if (error.status === 401)
			bootProblem(t('You are signed out.'), null);
		else
			bootProblem(error.status ? error.message : t('Hark does not answer. Check your connection.'), boot);
	}
}

boot();
