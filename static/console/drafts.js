// SPDX-License-Identifier: BSD-2-Clause
// drafts.js - what is being written, per conversation: in memory, in the browser at once, and of replies on the server every two seconds and when the page goes.

import { post } from './api.js';

const SAVE_EVERY = 2000;

// Texts that all tabs of the browser share, over a reload too.
export class KeptTexts {
	// onchange(id): one has begun, has gone, or was changed in another tab.
	constructor(prefix, onchange) {
		this.prefix = prefix;
		this.onchange = onchange;
		this.texts = new Map();
		this.restore();
		addEventListener('storage', (event) => this.onStorage(event));
	}

	restore() {
		for (let i = 0; i < localStorage.length; i++) {
			const key = localStorage.key(i);
			if (key.startsWith(this.prefix))
				this.texts.set(Number(key.slice(this.prefix.length)), localStorage.getItem(key));
		}
	}

	// Another tab wrote it, or sent it.
	onStorage({ key, newValue, storageArea }) {
		if (storageArea !== localStorage || !key || !key.startsWith(this.prefix))
			return;
		const id = Number(key.slice(this.prefix.length));
		this.remember(id, newValue || '');
		this.onchange(id);
	}

	get(id) {
		return this.texts.get(id) || '';
	}

	remember(id, text) {
		if (text)
			this.texts.set(id, text);
		else
			this.texts.delete(id);
	}

	set(id, text) {
		if (this.get(id) === text)
			return;
		const wasEmpty = !this.get(id);
		this.remember(id, text);
		try {
			if (text)
				localStorage.setItem(this.prefix + id, text);
			else
				localStorage.removeItem(this.prefix + id);
		} catch {
			// A full or forbidden storage only means that a reload forgets it.
		}
		if (wasEmpty !== !text)
			this.onchange(id);
	}
}

// Replies, which the server keeps for the agent's other devices.
export class Drafts extends KeptTexts {
	constructor(name, onchange) {
		super(name + '.draft.', onchange);
		this.saved = new Map();
		// What an earlier page had no time to save.
		if (this.texts.size)
			this.saveSoon();
		addEventListener('pagehide', () => this.saveAtOnce());
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
		super.set(id, text);
		this.saveSoon();
	}

	saveSoon(ms = SAVE_EVERY) {
		if (!this.timer)
			this.timer = setTimeout(() => this.save(), ms);
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
				else if (error.status !== 401)
					this.saveSoon(SAVE_EVERY * 5);
			}
		}
	}
}
