// SPDX-License-Identifier: BSD-2-Clause
// drafts.js - what is being written, per conversation: in memory, in the browser at once, on the server every two seconds and when the page goes.

import { post } from './api.js';

const SAVE_EVERY = 2000;

export class Drafts {
	constructor(name, onchange) {
		this.prefix = name + '.draft.';
		this.onchange = onchange;
		this.texts = new Map();
		this.saved = new Map();
		this.restore();
		// What an earlier page had no time to save.
		if (this.texts.size)
			this.timer = setTimeout(() => this.save(), SAVE_EVERY);
		addEventListener('pagehide', () => this.saveAtOnce());
	}

	restore() {
		for (let i = 0; i < localStorage.length; i++) {
			const key = localStorage.key(i);
			if (key.startsWith(this.prefix))
				this.texts.set(Number(key.slice(this.prefix.length)), localStorage.getItem(key));
		}
	}

	get(id) {
		return this.texts.get(id) || '';
	}

	// The server's, when the browser has none of its own: what was typed here last is newer.
	offer(id, text) {
		this.saved.set(id, text || '');
		if (!text || this.texts.has(id))
			return false;
		this.texts.set(id, text);
		return true;
	}

	set(id, text) {
		if (this.get(id) === text)
			return;
		const wasEmpty = !this.get(id);
		try {
			if (text) {
				this.texts.set(id, text);
				localStorage.setItem(this.prefix + id, text);
			} else {
				this.texts.delete(id);
				localStorage.removeItem(this.prefix + id);
			}
		} catch {
			// The server keeps it then.
		}
		if (wasEmpty !== !text)
			this.onchange(id);
		if (!this.timer)
			this.timer = setTimeout(() => this.save(), SAVE_EVERY);
	}

	unsaved() {
		return [...new Set([...this.texts.keys(), ...this.saved.keys()])].filter((id) => (this.saved.get(id) || '') !== this.get(id));
	}

	saveAtOnce() {
		for (const id of this.unsaved())
			post(`/console/conversations/${id}/draft`, { text: this.get(id) }, { keepalive: true }).catch(() => {});
	}

	// One run at a time: an answer that takes long must not let an older text overtake.
	save() {
		this.saving = (this.saving || Promise.resolve()).then(() => this.saveAll());
	}

	// Sends the drafts that the server has not got; those that fail are tried again.
	async saveAll() {
		this.timer = 0;
		for (const id of this.unsaved()) {
			const text = this.get(id);
			try {
				await post(`/console/conversations/${id}/draft`, { text });
				this.saved.set(id, text);
			} catch (error) {
				// A conversation that is no longer ours to write in: the browser still has the text.
				if (error.status === 403 || error.status === 404 || error.status === 409 || error.status === 422)
					this.saved.set(id, text);
				else if (!this.timer && error.status !== 401)
					this.timer = setTimeout(() => this.save(), SAVE_EVERY * 5);
			}
		}
	}
}
