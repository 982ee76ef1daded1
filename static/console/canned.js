// SPDX-License-Identifier: BSD-2-Clause
// canned.js - prepared answers: found by shortcut, name or words, chosen by key or press, with the names filled in.

import { get } from './api.js';
import { fill, h, icon } from './dom.js';
import { fillPlaceholders, fold, t } from './text.js';

const FRESH = 300000;
const SHOWN = 50;

const bare = (shortcut) => fold(shortcut).replace(/^[/#]/, '');

// The shortcut that is being typed before the caret: { start, query } or null.
export function shortcutAt(text, caret) {
	const match = /(^|\s)([/#])([^\s/#]{0,40})$/.exec(text.slice(0, caret));
	return match ? { start: caret - match[3].length - 1, query: match[3] } : null;
}

// Those that fit, the best first: shortcut begins with it, name begins with it, then words of name, category and body.
export function searchCanned(list, query) {
	const words = fold(query).split(/\s+/).filter(Boolean);
	const whole = bare(query);
	const ranked = [];
	for (const item of list) {
		const shortcut = bare(item.shortcut);
		const name = fold(item.name);
		const text = [shortcut, name, fold(item.category), fold(item.body)].join(' ');
		if (!words.every((word) => text.includes(word.replace(/^[/#]/, ''))))
			continue;
		const rank = !whole ? 3 : shortcut === whole ? 0 : shortcut.startsWith(whole) ? 1 : name.startsWith(whole) ? 2 : 3;
		ranked.push({ item, rank });
	}
	return ranked.sort((a, b) => a.rank - b.rank).map((entry) => entry.item);
}

export class Canned {
	constructor(app) {
		this.app = app;
		this.list = [];
		this.loadedAt = 0;
	}

	async load() {
		if (Date.now() - this.loadedAt < FRESH)
			return;
		try {
			this.list = (await get('/console/canned?q=')).canned;
			this.loadedAt = Date.now();
		} catch {
			// What was loaded before still serves.
		}
	}

	filled(item) {
		const row = this.app.store.rows.get(this.app.current);
		const { me } = this.app.store;
		const contact = this.app.store.chats.get(this.app.current)?.contact;
		return fillPlaceholders(item.body, { 'visitor.name': (row && row.visitor.name) || '', 'visitor.email': (contact && !contact.masked && contact.email) || '',
			'agent.name': me.alias, 'agent.title': me.title || '' });
	}
}

// The pop-up over the composer. `pick(item)` hears the choice; the field that is typed in keeps the focus.
export class CannedPopup {
	constructor(app, pick) {
		this.app = app;
		this.pick = pick;
		this.items = [];
		this.at = 0;
		this.options = h('ul', { class: 'canned-list', role: 'listbox', id: 'canned-list', 'aria-label': t('Canned messages') });
		this.search = h('input', { type: 'search', class: 'canned-search', placeholder: t('Search canned messages'), 'aria-label': t('Search canned messages'),
			role: 'combobox', 'aria-controls': 'canned-list', 'aria-expanded': 'true', 'aria-autocomplete': 'list',
			oninput: () => this.filter(this.search.value), onkeydown: (event) => this.onKey(event) && event.stopPropagation() });
		this.hint = h('div', { class: 'canned-hint' }, h('kbd', {}, '↑'), h('kbd', {}, '↓'), ' ', t('choose'), ' ', h('kbd', {}, 'Enter'), ' ', t('insert'), ' ',
			h('kbd', {}, 'Esc'), ' ', t('close'));
		this.element = h('div', { class: 'popup canned', hidden: true }, this.search, this.options, this.hint);
	}

	get isOpen() {
		return !this.element.hidden;
	}

	async open(field, query, hasSearch) {
		this.field = field;
		this.hasSearch = hasSearch;
		this.search.hidden = !hasSearch;
		this.element.hidden = false;
		if (hasSearch) {
			this.search.value = '';
			this.search.focus();
		}
		this.filter(query);
		await this.app.canned.load();
		if (this.isOpen)
			this.filter(hasSearch ? this.search.value : this.query);
	}

	filter(query) {
		this.query = query;
		this.items = searchCanned(this.app.canned.list, query).slice(0, SHOWN);
		// Nothing is chosen yet by a sign alone: Enter then sends the message, which may just end so.
		this.at = query || this.hasSearch ? 0 : -1;
		// A slash that fits nothing is just a slash.
		if (!this.items.length && !this.hasSearch && query && this.app.canned.loadedAt)
			this.close();
		this.draw();
	}

	draw() {
		fill(this.options, this.items.map((item, i) => h('li', { class: 'canned-item', role: 'option', id: 'canned-' + i, 'aria-selected': String(i === this.at),
			onpointerdown: (event) => event.preventDefault(), onclick: () => this.choose(i) },
		h('span', { class: 'canned-top' }, h('b', { dir: 'auto' }, item.name), item.shortcut ? h('kbd', {}, '/' + bare(item.shortcut)) : null,
			item.category ? h('span', { class: 'chip' }, item.category) : null, item.private ? h('span', { class: 'chip' }, t('only mine')) : null),
		h('span', { class: 'canned-body', dir: 'auto' }, this.app.canned.filled(item)))));
		if (!this.items.length)
			fill(this.options, h('li', { class: 'canned-none' }, icon('bolt'), this.app.canned.list.length ? t('No canned message fits.')
				: t('There are no canned messages yet. They are made in the control panel.')));
		this.options.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
		const owner = this.hasSearch ? this.search : this.field;
		if (this.isOpen && this.items[this.at])
			owner.setAttribute('aria-activedescendant', 'canned-' + this.at);
		else
			owner.removeAttribute('aria-activedescendant');
	}

	// True when the key was for the pop-up.
	onKey(event) {
		if (!this.isOpen || event.isComposing)
			return false;
		const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
		if (step && this.items.length) {
			this.at = this.at < 0 && step < 0 ? this.items.length - 1 : (this.at + step + this.items.length) % this.items.length;
			this.draw();
		} else if ((event.key === 'Enter' || event.key === 'Tab') && this.items[this.at]) {
			this.choose(this.at);
		} else if (event.key === 'Escape') {
			this.close(true);
		} else {
			return false;
		}
		event.preventDefault();
		return true;
	}

	choose(i) {
		const item = this.items[i];
		this.close(true);
		this.pick(item);
	}

	close(back) {
		if (!this.isOpen)
			return;
		this.element.hidden = true;
		this.field.removeAttribute('aria-activedescendant');
		if (back)
			this.field.focus();
	}
}
