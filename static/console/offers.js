// SPDX-License-Identifier: BSD-2-Clause
// offers.js - the banner of chats that ring at this agent: accept or refuse, the one that has waited longest first.

import { channelMark, hueOfRow } from './channels.js';
import { avatar, button, fill, h } from './dom.js';
import { initials, stopwatch, t } from './text.js';

// Milliseconds in which a press is still meant for the chat that stood here before, such as the second one of a double click.
const SETTLES = 500;

export class Offers {
	constructor(app) {
		this.app = app;
		this.element = h('section', { class: 'offers', 'aria-label': t('Incoming chats'), hidden: true });
		this.announcer = h('p', { class: 'for-readers', role: 'alert' });
		this.drawn = '';
		this.told = 0;
		this.settlesAt = 0;
		this.wantsFocus = false;
	}

	draw() {
		const rows = [...this.app.store.offers].map((id) => this.app.store.rows.get(id)).filter(Boolean)
			.sort((a, b) => a.waiting_since - b.waiting_since);
		const signature = JSON.stringify(rows.map((row) => [row.id, row.last_text, row.visitor.name]));
		if (signature === this.drawn)
			return;
		this.drawn = signature;
		const isOther = rows.length && this.told && rows[0].id !== this.told;
		this.wantsFocus = rows.length && (this.wantsFocus || this.element.contains(document.activeElement));
		this.element.hidden = !rows.length;
		fill(this.element, rows.length ? this.card(rows[0], rows.length - 1) : null);
		if (rows.length && rows[0].id !== this.told)
			this.announcer.textContent = t('{name} wants to chat.', { name: this.app.visitorName(rows[0]) });
		this.told = rows.length ? rows[0].id : 0;
		if (isOther)
			this.settlesAt = performance.now() + SETTLES;
		this.settle();
	}

	// Another chat stands where one stood: its buttons wake a moment later, and have the focus again.
	settle() {
		const buttons = [...this.element.querySelectorAll('button')];
		const wait = this.settlesAt - performance.now();
		clearTimeout(this.settles);
		for (const button of buttons)
			button.disabled = wait > 0;
		if (wait > 0) {
			this.settles = setTimeout(() => this.settle(), wait + 1);
			return;
		}
		if (this.wantsFocus && buttons.length)
			buttons[0].focus();
		this.wantsFocus = false;
	}

	card(row, more) {
		const queue = this.app.store.queues.get(row.queue);
		return h('div', { class: 'offer' },
			h('span', { class: 'offer-ring' }, avatar(initials(row.visitor.name || '#'), hueOfRow(row))),
			h('div', { class: 'offer-body' },
				h('div', { class: 'offer-name' }, channelMark(row), h('bdi', { class: 'offer-who' }, this.app.visitorName(row)),
					h('span', { class: 'chip' }, queue ? queue.name : ''),
					h('span', { class: 'offer-clock', 'data-since': row.waiting_since || row.created_at, title: t('Waiting time') },
						stopwatch(row.waiting_since || row.created_at))),
				h('div', { class: 'offer-text' }, h('bdi', {}, row.last_text))),
			more ? h('span', { class: 'offer-more' }, t('and {count} more', { count: more })) : null,
			h('div', { class: 'offer-actions' },
				button(t('Accept'), () => this.app.accept(row.id), { class: 'primary' }),
				button(t('Refuse'), () => this.app.refuse(row.id))));
	}

	tick() {
		const clock = this.element.querySelector('[data-since]');
		if (clock)
			clock.textContent = stopwatch(Number(clock.dataset.since));
	}
}
