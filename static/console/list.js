// SPDX-License-Identifier: BSD-2-Clause
// list.js - the list of conversations: views with counts, a filter, rows that are redrawn only when they have changed.

import { channelMark, channelName, hueOfRow } from './channels.js';
import { avatar, button, fill, h, icon } from './dom.js';
import { age, fold, initials, number, serverNow, stopwatch, t, tn } from './text.js';

const VIEWS = ['waiting', 'mine', 'all', 'closed'];
const LATE = 60000;
const VERY_LATE = 180000;

export class List {
	constructor(app) {
		this.app = app;
		this.view = 'mine';
		this.filter = '';
		this.nodes = new Map();
		this.order = [];
		this.tabs = h('div', { class: 'views', role: 'group', 'aria-label': t('Views') });
		this.search = h('input', { type: 'search', class: 'filter-field', placeholder: t('Find in the list'),
			'aria-label': t('Find in the list'), oninput: () => this.setFilter(this.search.value) });
		this.rows = h('ul', { class: 'rows', 'aria-label': t('Conversations') });
		this.empty = h('div', { class: 'empty' });
		this.element = h('nav', { class: 'list', 'aria-label': t('Conversations') }, this.tabs,
			h('label', { class: 'filter' }, icon('search'), this.search), this.rows, this.empty, this.places());
		this.search.addEventListener('keydown', (event) => this.onSearchKey(event));
	}

	// Where else one works. The conversations themselves are this list.
	places() {
		return h('div', { class: 'places' }, this.app.store.may('contacts.read') ? h('a', { class: 'place', href: '/admin/contacts' }, icon('person'), t('Contacts')) : null,
			h('a', { class: 'place', href: '/admin' }, icon('gear'), t('Control panel')));
	}

	names() {
		return { waiting: t('Waiting'), mine: t('Mine'), all: t('All'), closed: t('Ended') };
	}

	setView(view) {
		this.view = view;
		this.draw();
		this.rows.scrollTop = 0;
	}

	setFilter(text) {
		this.filter = fold(text);
		this.draw();
	}

	onSearchKey(event) {
		if (event.key === 'Escape') {
			this.search.value = '';
			this.setFilter('');
			this.search.blur();
			event.stopPropagation();
		} else if (event.key === 'ArrowDown' || event.key === 'Enter') {
			const first = this.rows.querySelector('a');
			if (first)
				event.key === 'Enter' ? first.click() : first.focus();
			event.preventDefault();
		}
	}

	draw() {
		this.drawTabs();
		const rows = this.app.store.view(this.view).filter((row) => this.isWanted(row));
		this.order = rows.map((row) => row.id);
		let at = 0;
		for (const row of rows) {
			const node = this.rowNode(row);
			if (this.rows.children[at] !== node)
				this.rows.insertBefore(node, this.rows.children[at] || null);
			at++;
		}
		while (this.rows.children.length > at)
			this.rows.lastElementChild.remove();
		for (const id of this.nodes.keys()) {
			if (!this.app.store.rows.has(id))
				this.nodes.delete(id);
		}
		this.drawEmpty(rows.length);
	}

	isWanted(row) {
		return !this.filter || fold([row.visitor.name, row.last_text, this.queueName(row), channelName(row)].join(' ')).includes(this.filter);
	}

	drawTabs() {
		const counts = this.app.store.counts();
		const signature = JSON.stringify([counts, this.view, this.app.store.offers.size]);
		if (signature === this.tabsDrawn)
			return;
		this.tabsDrawn = signature;
		const names = this.names();
		const focused = this.tabs.contains(document.activeElement) ? document.activeElement.dataset.view : '';
		const shown = VIEWS.filter((view) => view !== 'closed' || counts.closed || this.view === 'closed');
		fill(this.tabs, shown.map((view) => h('button', { type: 'button', class: 'view', 'data-view': view,
			'aria-pressed': String(view === this.view), onclick: () => this.setView(view) }, names[view],
		h('span', { class: 'count' + (view === 'waiting' && counts.waiting ? ' is-hot' : '') }, number(counts[view])),
		view === 'mine' && counts.unread && this.view !== 'mine' ? h('span', { class: 'dot', title: t('Unread') }) : null)));
		if (focused)
			this.tabs.querySelector(`[data-view="${focused}"]`)?.focus();
	}

	queueName(row) {
		return this.app.store.queues.get(row.queue)?.name || '';
	}

	// Who has it, as the second line of a row says.
	whose(row) {
		if (row.state === 'closed')
			return t('Ended');
		if (row.state === 'waiting' || row.state === 'offered')
			return this.queueName(row);
		const agent = this.app.store.agents.get(row.agent);
		return row.agent === this.app.store.me.id ? this.queueName(row) : t('with {name}', { name: agent ? agent.alias : '?' });
	}

	rowNode(row) {
		const offered = this.app.store.offers.has(row.id);
		const current = this.app.current === row.id;
		const extra = this.app.store.extras.get(row.id);
		const isTyping = Boolean(extra && extra.typing.has('visitor'));
		const draft = this.app.hasDraft(row.id);
		const signature = JSON.stringify([row, offered, current, isTyping, draft, this.whose(row)]);
		let node = this.nodes.get(row.id);
		if (!node) {
			node = h('li', { class: 'row-item' });
			this.nodes.set(row.id, node);
		}
		if (node.drawn !== signature) {
			const hadFocus = node.contains(document.activeElement);
			node.drawn = signature;
			fill(node, this.rowLink(row, { offered, current, isTyping, draft }), offered ? this.offerButtons(row) : null);
			node.className = 'row-item' + (offered ? ' is-ringing' : '') + (current ? ' is-current' : '');
			if (hadFocus)
				node.querySelector('a').focus();
		}
		return node;
	}

	rowLink(row, { current, isTyping, draft }) {
		const name = this.app.visitorName(row);
		const isMine = row.agent === this.app.store.me.id;
		const waits = row.state === 'waiting' || row.state === 'offered';
		const since = waits ? row.waiting_since || row.created_at : row.last_at || row.created_at;
		const badge = isMine && row.unread && row.state === 'active'
			? h('span', { class: 'badge', 'aria-label': tn('{count} unread message', '{count} unread messages', row.unread) }, number(row.unread)) : null;
		return h('a', { class: 'row' + (badge ? ' is-unread' : ''), href: '#/' + row.id, 'aria-current': current ? 'true' : null },
			avatar(initials(row.visitor.name || '#'), hueOfRow(row)),
			h('span', { class: 'row-body' },
				h('span', { class: 'row-top' }, channelMark(row), h('span', { class: 'row-name' }, h('bdi', {}, name)),
					h('span', { class: 'row-time' + (waits ? ' waits' : ''), 'data-since': since, 'data-waits': waits ? '1' : null,
						title: waits ? t('Waiting time') : null }, waits ? stopwatch(since) : age(since))),
				h('span', { class: 'row-mid' }, this.rowText(row, isTyping, draft), badge),
				h('span', { class: 'row-low' }, this.whose(row))));
	}

	rowText(row, isTyping, draft) {
		if (isTyping)
			return h('span', { class: 'row-text is-typing' }, t('is typing…'));
		if (draft)
			return h('span', { class: 'row-text', dir: 'auto' }, h('span', { class: 'draft-word' }, t('Draft:')), ' ', draft);
		const isMine = row.agent === this.app.store.me.id;
		// What was said before I had it, a colleague said.
		const by = isMine && row.last_by === 'agent' && row.last_at >= (row.accepted_at || 0) ? h('span', { class: 'row-by' }, t('You:'), ' ') : null;
		return h('span', { class: 'row-text', dir: 'auto' }, by, row.last_text || t('No message yet'));
	}

	offerButtons(row) {
		return h('span', { class: 'row-actions' },
			button(t('Accept'), () => this.app.accept(row.id), { class: 'primary small' }),
			button(t('Refuse'), () => this.app.refuse(row.id), { class: 'small' }));
	}

	drawEmpty(count) {
		this.rows.hidden = !count;
		this.empty.hidden = count > 0;
		if (count)
			return;
		const rings = this.app.store.me.status === 'online', online = t('Set your status to Online, so that new chats ring at you.');
		const words = this.filter ? [t('Nothing found'), t('No conversation of this view has these words.')] : {
			waiting: [t('Nobody is waiting'), rings ? t('New chats appear here and ring while you are online.') : online],
			mine: [t('You have no open chats'), rings ? t('Accept one that rings, or claim one under Waiting.') : online],
			all: [t('No chats at the moment'), t('Chats of all your queues appear here.')],
			closed: [t('No chats have ended yet'), t('Older chats are in the history.')],
		}[this.view];
		fill(this.empty, icon('chats'), h('strong', {}, words[0]), h('p', {}, words[1]));
	}

	// Clocks go on without drawing the rows.
	tick() {
		const now = serverNow();
		for (const clock of this.rows.querySelectorAll('[data-since]')) {
			const since = Number(clock.dataset.since);
			const text = clock.dataset.waits ? stopwatch(since, now) : age(since, now);
			if (clock.textContent !== text)
				clock.textContent = text;
			if (clock.dataset.waits) {
				clock.classList.toggle('is-late', now - since > LATE);
				clock.classList.toggle('is-very-late', now - since > VERY_LATE);
			}
		}
	}

	// The next or previous row from the current one.
	step(by) {
		if (!this.order.length)
			return 0;
		const at = this.order.indexOf(this.app.current);
		if (at < 0)
			return by > 0 ? this.order[0] : this.order.at(-1);
		return this.order[Math.min(this.order.length - 1, Math.max(0, at + by))];
	}
}
