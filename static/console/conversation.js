// SPDX-License-Identifier: BSD-2-Clause
// conversation.js - the pane in the middle: tabs of open chats, the head with its actions, and the messages.

import { get } from './api.js';
import { channelMark, channelName, hueOfRow } from './channels.js';
import { avatar, button, fill, h, icon, iconButton } from './dom.js';
import { dayLine, isGrouped, messageNode, newLine, patchMessage, pendingNode } from './bubbles.js';
import { unsentCard, unsentElsewhere, unsentOf } from './unsent.js';
import { hueOf, initials, isSameDay, number, t, tn } from './text.js';

const VIEWS_KEPT = 20;
const NEAR_END = 60;
const NEAR_START = 400;

// The messages of one conversation; kept while others are shown, so that coming back takes no time.
class Log {
	constructor(app, id) {
		this.app = app;
		this.id = id;
		this.nodes = new Map();
		this.newFrom = 0;
		this.atEnd = true;
		this.unseen = 0;
		this.older = h('div', { class: 'older', hidden: true }, h('span', {}, t('Loading older messages…')));
		this.list = h('div', { class: 'log', role: 'log', 'aria-label': t('Messages'), 'aria-live': 'polite', 'aria-relevant': 'additions' });
		this.ghost = h('div', { class: 'ghost', hidden: true, 'aria-live': 'off' });
		this.scroller = h('div', { class: 'scroller', tabindex: 0, 'aria-label': t('Messages') }, this.older, this.list, this.ghost);
		this.scroller.addEventListener('scroll', () => this.onScroll(), { passive: true });
	}

	get chat() {
		return this.app.store.chats.get(this.id);
	}

	onScroll() {
		const gap = this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight;
		this.atEnd = gap < NEAR_END;
		if (this.atEnd && this.unseen) {
			this.unseen = 0;
			this.app.pane.drawBar();
		}
		if (this.atEnd)
			this.app.noteSeen();
		if (this.scroller.scrollTop < NEAR_START)
			this.loadOlder();
	}

	toEnd() {
		this.scroller.scrollTop = this.scroller.scrollHeight;
		this.atEnd = true;
		this.unseen = 0;
	}

	async loadOlder() {
		const chat = this.chat;
		if (!chat || !chat.more || this.isLoading || !chat.messages.length)
			return;
		this.isLoading = true;
		this.older.hidden = false;
		try {
			const answer = await get(`/console/conversations/${this.id}/messages?before=${chat.messages[0].seq}`);
			this.list.setAttribute('aria-live', 'off');
			this.app.store.addOlder(this.id, answer);
			this.draw();
			this.pausedUntil = 0;
		} catch {
			this.pausedUntil = Date.now() + 3000;
		}
		this.older.hidden = true;
		setTimeout(() => {
			this.isLoading = false;
			this.list.setAttribute('aria-live', 'polite');
			if (this.scroller.isConnected && this.scroller.scrollTop < NEAR_START && !(this.pausedUntil > Date.now()))
				this.loadOlder();
		}, 50);
	}

	// Draws what has changed and keeps what the reader looks at where it is.
	draw() {
		const chat = this.chat;
		if (!chat)
			return;
		const anchor = this.atEnd ? null : this.anchor();
		const before = this.lastSeq || 0;
		this.place(this.wanted(chat));
		this.lastSeq = this.app.store.highest(this.id);
		if (this.atEnd)
			this.scroller.scrollTop = this.scroller.scrollHeight;
		else if (anchor)
			this.scroller.scrollTop += anchor.node.getBoundingClientRect().top - anchor.top;
		if (before && !this.atEnd)
			this.unseen += chat.messages.filter((message) => message.seq > before && message.by === 'visitor').length;
	}

	// The first message in sight.
	anchor() {
		const top = this.scroller.getBoundingClientRect().top;
		for (const node of this.list.children) {
			const box = node.getBoundingClientRect();
			if (box.bottom > top)
				return { node, top: box.top };
		}
		return null;
	}

	// [key, signature, make, patch] of each node in order.
	wanted(chat) {
		const row = this.app.store.rows.get(this.id);
		const list = [];
		const seen = row ? row.visitor_seen_seq || 0 : 0;
		const messages = chat.messages.filter((message) => message.kind !== 'hidden');
		const lastOwn = messages.findLast((message) => message.by === 'agent' && message.kind !== 'note' && message.kind !== 'event');
		if (!chat.more && messages.length === 0)
			list.push(['none', '', () => h('div', { class: 'event-line' }, h('span', {}, t('No message yet')))]);
		messages.forEach((message, i) => {
			const previous = messages[i - 1];
			if (!previous || !isSameDay(previous.created_at, message.created_at))
				list.push(['day' + message.seq, new Date().toDateString(), () => dayLine(message.created_at)]);
			if (this.newFrom && message.seq === this.newFrom)
				list.push(['new', '', newLine]);
			const view = { app: this.app, id: this.id, message, hue: row ? hueOfRow(row) : 0, seen, grouped: isGrouped(previous, message),
				tail: !messages[i + 1] || !isGrouped(message, messages[i + 1]), isLastOwn: lastOwn === message,
				mayResend: Boolean(row) && row.agent === this.app.store.me.id && row.state === 'active' };
			list.push(['m' + message.seq, `${view.grouped} ${Boolean(message.file && message.file.preview)} ${this.app.store.timeZone}`, () => messageNode(view), (node) => patchMessage(node, view)]);
		});
		for (const item of this.pending(chat))
			list.push(['p' + item.client_id, item.state + Math.round(item.progress * 50), () => pendingNode(item, this.app)]);
		return list;
	}

	// What the outbox still holds, but for what has already come back as a message: the event is often faster than the answer.
	pending(chat) {
		const me = this.app.store.me.id;
		const taken = new Set();
		return this.app.outbox.items(this.id).filter((item) => {
			if (item.state === 'failed')
				return true;
			const twin = chat.messages.findLast((message) => message.client_id === item.client_id || (item.state === 'sending' && item.kind !== 'file'
				&& message.kind === item.kind && message.author === me && message.text === item.text && message.seq > item.base && !taken.has(message.seq)));
			if (twin)
				taken.add(twin.seq);
			return !twin;
		});
	}

	place(list) {
		const keys = new Set();
		let at = 0;
		for (const [key, signature, make, patch] of list) {
			keys.add(key);
			let entry = this.nodes.get(key);
			if (!entry || entry.signature !== signature) {
				const node = make();
				if (entry)
					entry.node.replaceWith(node);
				entry = { node, signature };
				this.nodes.set(key, entry);
			} else if (patch) {
				patch(entry.node);
			}
			if (this.list.children[at] !== entry.node)
				this.list.insertBefore(entry.node, this.list.children[at] || null);
			at++;
		}
		for (const [key, entry] of this.nodes) {
			if (!keys.has(key)) {
				entry.node.remove();
				this.nodes.delete(key);
			}
		}
	}

	// What the visitor is writing, below the messages.
	drawGhost() {
		const extra = this.app.store.extras.get(this.id);
		const row = this.app.store.rows.get(this.id);
		const preview = extra && extra.preview ? extra.preview.text : '';
		const isTyping = Boolean(extra && (extra.typing.has('visitor') || preview));
		const isOn = isTyping && row && row.state !== 'closed';
		const signature = isOn ? 'on' + preview : '';
		if (signature === this.ghostDrawn)
			return;
		this.ghostDrawn = signature;
		this.ghost.hidden = !isOn;
		if (!isOn)
			return;
		fill(this.ghost, h('span', { class: 'message-face' }, avatar(initials(row.visitor.name || '#'), hueOfRow(row))),
			h('div', { class: 'bubble' + (preview ? ' has-text' : ''), dir: 'auto' }, preview, h('span', { class: 'dots', role: 'img', 'aria-label': t('is typing…') },
				h('i'), h('i'), h('i'))));
		if (this.atEnd)
			this.scroller.scrollTop = this.scroller.scrollHeight;
	}
}

export class Pane {
	constructor(app) {
		this.app = app;
		this.logs = new Map();
		this.log = null;
		this.tabs = h('nav', { class: 'tabs', 'aria-label': t('Open chats') });
		this.head = h('header', { class: 'head' });
		this.stage = h('div', { class: 'stage' });
		this.bar = h('button', { type: 'button', class: 'new-bar', hidden: true, onclick: () => this.jump() });
		this.people = h('div', { class: 'people', 'aria-live': 'polite' });
		this.foot = h('div', { class: 'foot' });
		this.backBadge = h('span', { class: 'badge', hidden: true });
		this.back = h('button', { type: 'button', class: 'icon-button back only-narrow', onclick: () => app.goBack() }, icon('back'), this.backBadge);
		this.nothing = h('div', { class: 'nothing' });
		this.body = h('div', { class: 'pane-body', hidden: true }, this.head, h('div', { class: 'stage-wrap' }, this.stage, this.bar), this.people, this.foot);
		this.element = h('main', { class: 'pane', id: 'pane', tabindex: -1, 'aria-label': t('Conversation') }, this.tabs, this.nothing, this.body);
		new ResizeObserver(() => this.log && this.log.atEnd && this.log.toEnd()).observe(this.stage);
	}

	get id() {
		return this.app.current;
	}

	// Shows a conversation that is loaded, or its head while it is loading.
	show(id) {
		if (!id) {
			this.log = null;
			this.stage.replaceChildren();
			this.draw();
			return;
		}
		const isLoaded = this.app.store.chats.has(id);
		if (this.log && this.log.id !== id)
			this.log.scrolledTo = this.log.atEnd ? -1 : this.log.scroller.scrollTop;
		if (!isLoaded) {
			this.log = null;
			fill(this.stage, h('div', { class: 'loading', role: 'status' }, h('span', { class: 'for-readers' }, t('Loading…')),
				['a', 'b', 'a', 'a', 'b'].map((side) => h('div', { class: 'bone bone-' + side }))));
		} else if (!this.log || this.log.id !== id) {
			this.mount(id);
		}
		this.draw();
	}

	mount(id) {
		let log = this.logs.get(id);
		const isFresh = !log;
		this.logs.delete(id);
		log = log || new Log(this.app, id);
		this.logs.set(id, log);
		if (this.logs.size > VIEWS_KEPT)
			this.logs.delete(this.logs.keys().next().value);
		this.log = log;
		this.markNew(log);
		this.stage.replaceChildren(log.scroller);
		const keep = log.atEnd;
		log.draw();
		log.drawGhost();
		if (isFresh || keep || log.scrolledTo === -1)
			log.toEnd();
		else
			log.scroller.scrollTop = log.scrolledTo;
	}

	// A line before what came since the agent last looked.
	markNew(log) {
		const row = this.app.store.rows.get(log.id);
		const chat = this.app.store.chats.get(log.id);
		const isMine = row && row.agent === this.app.store.me.id;
		const first = isMine && row.unread ? chat.messages.find((message) => message.seq > (row.agent_seen_seq || 0) && message.by === 'visitor') : null;
		log.newFrom = first && first.seq > 2 ? first.seq : 0;
	}

	jump() {
		this.log.toEnd();
		this.drawBar();
		this.app.noteSeen();
		this.app.composer.focus();
	}

	draw() {
		const row = this.app.store.rows.get(this.id);
		this.drawTabs();
		if (!row)
			this.app.composer.leave(true);
		this.body.hidden = !row;
		this.nothing.hidden = Boolean(row);
		if (!row) {
			this.footFor = 0;
			this.drawNothing();
			return;
		}
		this.drawBack(row);
		this.drawHead(row);
		this.drawFoot(row);
		if (this.log) {
			this.log.draw();
			this.log.drawGhost();
		}
		this.drawBar();
		this.drawPeople();
	}

	drawNothing() {
		const waiting = this.app.store.counts().waiting;
		const unsent = unsentElsewhere(this.app);
		const signature = JSON.stringify([waiting, unsent, this.app.store.tenant.life]);
		if (signature === this.nothingDrawn)
			return;
		this.nothingDrawn = signature;
		fill(this.nothing, h('div', { class: 'nothing-art' }, icon('chat')),
			h('h1', {}, waiting ? tn('{count} visitor is waiting', '{count} visitors are waiting', waiting) : t('All quiet')),
			h('p', {}, waiting ? t('Choose a chat on the left, or press J.')
				: this.app.store.tenant.life || t('Choose a conversation on the left. New chats ring here.')),
			waiting ? button(t('Show who is waiting'), () => this.app.list.setView('waiting'), { class: 'primary' }) : null,
			unsent.map((one) => unsentCard(this.app, one, false)));
	}

	drawBar() {
		const count = this.log ? this.log.unseen : 0;
		this.bar.hidden = !count;
		if (count)
			fill(this.bar, icon('down'), tn('{count} new message', '{count} new messages', count));
	}

	drawTabs() {
		const { store, tabs: open, current } = this.app;
		const rows = open.map((id) => store.rows.get(id)).filter(Boolean);
		const signature = JSON.stringify([current, rows.map((row) => [row.id, row.visitor.name, row.unread, row.state, row.agent])]);
		if (signature === this.tabsDrawn)
			return;
		this.tabsDrawn = signature;
		this.tabs.hidden = rows.length < 1;
		fill(this.tabs, rows.map((row) => {
			const name = this.app.visitorName(row);
			const isMine = row.agent === store.me.id && row.state === 'active';
			return h('span', { class: 'tab' + (row.id === current ? ' is-current' : '') + (row.state === 'closed' ? ' is-closed' : '') },
				channelMark(row), h('a', { href: '#/' + row.id, 'aria-current': row.id === current ? 'true' : null }, h('bdi', {}, name)),
				isMine && row.unread ? h('span', { class: 'badge', 'aria-label': tn('{count} unread message', '{count} unread messages', row.unread) },
					number(row.unread)) : null,
				isMine ? null : iconButton('close', t('Close the tab of {name}', { name }), () => this.app.closeTab(row.id)));
		}));
		this.tabs.querySelector('.is-current')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
	}

	stateWord(row) {
		const agent = this.app.store.agents.get(row.agent);
		if (row.state === 'closed')
			return t('Ended');
		if (row.state !== 'active')
			return t('Waiting');
		return row.agent === this.app.store.me.id ? t('With you') : t('With {name}', { name: agent ? agent.alias : '?' });
	}

	drawHead(row) {
		const { app } = this;
		const email = app.store.chats.get(row.id)?.contact?.email || '';
		const signature = JSON.stringify([row.id, row.state, row.agent, row.queue, row.visitor, email, app.isSideShown, app.store.offers.has(row.id)]);
		if (signature === this.headDrawn)
			return;
		this.headDrawn = signature;
		const queue = app.store.queues.get(row.queue);
		const focused = this.head.contains(document.activeElement) ? document.activeElement.getAttribute('aria-label') : null;
		fill(this.head, this.back,
			avatar(initials(row.visitor.name || '#'), hueOfRow(row)),
			h('div', { class: 'head-words' }, h('h1', {}, h('bdi', {}, app.visitorName(row))),
				h('div', { class: 'head-line' }, h('span', { class: 'state state-' + (row.state === 'active' && row.agent !== app.store.me.id ? 'other' : row.state) },
					this.stateWord(row)), channelName(row) ? h('span', { class: 'head-channel' }, channelMark(row), channelName(row)) : null,
				queue ? h('span', { class: 'head-queue' }, queue.name) : null,
				email ? h('span', { class: 'head-mail', dir: 'ltr' }, email) : null)),
			h('div', { class: 'head-actions' }, this.actions(row)));
		if (focused)
			this.head.querySelector(`[aria-label="${CSS.escape(focused)}"]`)?.focus();
	}

	// On a narrow screen the way back says what waits behind it: unread messages of my other chats, and chats that ring.
	drawBack(row) {
		const { store } = this.app;
		const others = store.view('mine').filter((other) => other.id !== row.id);
		const count = others.reduce((sum, other) => sum + (other.unread || 0), 0) + [...store.offers].filter((id) => id !== row.id).length;
		const label = t('Back to the list') + (count ? ', ' + t('{n} new', { n: number(count) }) : '');
		if (this.back.title === label)
			return;
		this.back.title = label;
		this.back.setAttribute('aria-label', label);
		this.backBadge.hidden = !count;
		this.backBadge.textContent = number(count);
	}

	actions(row) {
		const { app } = this;
		const may = app.store.mayDirect(row);
		return [
			may ? h('button', { type: 'button', class: 'button with-icon', 'aria-label': t('Transfer'), title: t('Transfer') + ' (T)', onclick: () => app.dialogs.transfer(row.id) },
				icon('transfer'), h('span', {}, t('Transfer'))) : null,
			may ? h('button', { type: 'button', class: 'button with-icon', 'aria-label': t('End chat'), title: t('End chat') + ' (E)', onclick: () => app.dialogs.end(row.id) },
				icon('end'), h('span', {}, t('End chat'))) : null,
			iconButton('side', t('Visitor and contact'), () => app.toggleSide(), { 'aria-pressed': String(app.isSideShown) }),
		];
	}

	// The composer where I may write; elsewhere what can be done instead.
	drawFoot(row) {
		const { app } = this;
		const isMine = row.agent === app.store.me.id && row.state === 'active';
		const rings = app.store.offers.has(row.id);
		const isNoting = app.composer.isNoting(row.id);
		const unsent = isMine ? null : unsentOf(app, row.id);
		const signature = JSON.stringify([row.id, row.state, row.agent, rings, isNoting, app.store.chats.has(row.id), unsent]);
		if (signature === this.footDrawn)
			return;
		this.footDrawn = signature;
		const waits = row.state === 'waiting' || row.state === 'offered';
		const showComposer = isMine || isNoting;
		const cards = isMine ? [] : [unsent && unsentCard(app, unsent, true), this.choice(row, waits, rings, isNoting)].filter(Boolean);
		const composer = app.composer.element;
		if (!showComposer)
			app.composer.leave(this.footFor === row.id);
		this.footFor = row.id;
		// A composer that stays is not touched: it would lose the focus.
		for (const child of [...this.foot.children].filter((node) => node !== composer || !showComposer))
			child.remove();
		this.foot.prepend(...cards);
		if (showComposer && !this.foot.contains(composer))
			this.foot.append(composer);
	}

	choice(row, waits, rings, isNoting) {
		const { app } = this;
		const agent = app.store.agents.get(row.agent);
		const words = row.state === 'closed' ? t('This chat has ended.') : waits ? t('This visitor is waiting for an answer.')
			: t('{name} is answering this chat.', { name: agent ? agent.alias : t('A colleague') });
		const acts = [];
		if (rings)
			acts.push(button(t('Accept'), () => app.accept(row.id), { class: 'primary' }), button(t('Refuse'), () => app.refuse(row.id)));
		else if (waits && (app.store.may('chat.pick') || app.store.may('chat.supervise')))
			acts.push(button(t('Claim chat'), () => app.claim(row.id, false), { class: 'primary' }));
		else if (row.state === 'active' && app.store.may('chat.supervise'))
			acts.push(button(t('Take over'), () => app.dialogs.takeOver(row.id)));
		if (!isNoting)
			acts.push(button([icon('note'), t('Add a note')], () => app.composer.setMode('note', true), { class: 'with-icon' }));
		return h('div', { class: 'choice' }, h('span', {}, words), h('span', { class: 'choice-actions' }, acts));
	}

	// Colleagues who look on or write here.
	drawPeople() {
		const extra = this.app.store.extras.get(this.id);
		const typing = extra ? [...extra.typing].filter(([who]) => who !== 'visitor').map(([, entry]) => entry.name) : [];
		const viewing = extra ? [...extra.viewing.values()].map((entry) => entry.name).filter((name) => !typing.includes(name)) : [];
		const signature = JSON.stringify([this.id, typing, viewing]);
		if (signature === this.peopleDrawn)
			return;
		this.peopleDrawn = signature;
		fill(this.people, typing.map((name) => h('span', { class: 'person is-typing' }, avatar(initials(name), hueOf(name)), t('{name} is typing', { name }))),
			viewing.map((name) => h('span', { class: 'person' }, icon('eye'), t('{name} is viewing', { name }))));
	}
}
