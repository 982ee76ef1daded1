// SPDX-License-Identifier: BSD-2-Clause
// outbox.js - messages on their way: in order, kept over a reload, sent until the server has confirmed them, never twice. Files go beside the texts, which do not wait for them.

import { ApiError, newId, post, upload } from './api.js';
import { backoff } from './live.js';

export class Outbox {
	// hear: { changed(conversation), sent(conversation, message) }
	constructor(name, hear) {
		this.prefix = name + '.out.';
		this.hear = hear;
		this.lanes = new Map();
		this.restore();
	}

	// What an earlier page of this browser could not send. Sending it from two tabs does no harm: the id is the same.
	restore() {
		const found = [];
		for (let i = 0; i < localStorage.length; i++) {
			const key = localStorage.key(i);
			if (!key.startsWith(this.prefix))
				continue;
			try {
				found.push(JSON.parse(localStorage.getItem(key)));
			} catch {
				localStorage.removeItem(key);
			}
		}
		found.sort((a, b) => a.at - b.at);
		for (const item of found)
			this.lane(item.c).items.push({ ...item, state: 'waiting', progress: 0 });
	}

	lane(c) {
		if (!this.lanes.has(c)) {
			const way = (isFor) => ({ isFor, isBusy: false, failures: 0, timer: 0 });
			this.lanes.set(c, { items: [], ways: [way((item) => !item.file), way((item) => item.file)] });
		}
		return this.lanes.get(c);
	}

	items(c) {
		return this.lanes.has(c) ? this.lanes.get(c).items : [];
	}

	get isUploading() {
		return [...this.lanes.values()].some((lane) => lane.items.some((item) => item.file && item.state !== 'failed'));
	}

	// what: { kind: 'text' | 'note' | 'file', text, file }
	put(c, what) {
		const item = { ...what, c, client_id: newId(), at: Date.now(), state: 'waiting', progress: 0 };
		this.lane(c).items.push(item);
		this.keep(item);
		this.hear.changed(c);
		this.flush(c);
		return item;
	}

	keep(item) {
		if (item.file)
			return;
		try {
			const { state, progress, ...kept } = item;
			localStorage.setItem(this.prefix + item.client_id, JSON.stringify(kept));
		} catch {
			// A full or forbidden storage only means that a reload forgets it.
		}
	}

	drop(c, clientId) {
		const lane = this.lane(c);
		const item = lane.items.find((other) => other.client_id === clientId);
		if (item && item.abort)
			item.abort.abort();
		lane.items = lane.items.filter((other) => other.client_id !== clientId);
		localStorage.removeItem(this.prefix + clientId);
		this.hear.changed(c);
	}

	retry(c, clientId) {
		const item = this.items(c).find((other) => other.client_id === clientId);
		if (!item)
			return;
		item.state = 'waiting';
		this.hear.changed(c);
		this.flush(c);
	}

	// The connection is back.
	flushAll() {
		for (const [c, lane] of this.lanes) {
			for (const way of lane.ways)
				way.failures = 0;
			this.flush(c);
		}
	}

	flush(c) {
		const lane = this.lane(c);
		for (const way of lane.ways)
			this.run(lane, way);
	}

	async run(lane, way) {
		clearTimeout(way.timer);
		if (way.isBusy)
			return;
		way.isBusy = true;
		for (;;) {
			const item = lane.items.find((other) => other.state === 'waiting' && way.isFor(other));
			if (!item || !(await this.send(lane, way, item)))
				break;
		}
		way.isBusy = false;
	}

	// False: the way rests, and comes back by itself.
	async send(lane, way, item) {
		item.state = 'sending';
		this.hear.changed(item.c);
		try {
			const reply = await this.post(item);
			way.failures = 0;
			this.drop(item.c, item.client_id);
			this.hear.sent(item.c, reply.message);
			return true;
		} catch (error) {
			return this.failed(lane, way, item, error);
		}
	}

	post(item) {
		const path = `/console/conversations/${item.c}/`;
		if (item.kind === 'file') {
			item.abort = new AbortController();
			return upload(`${path}file?client_id=${item.client_id}&name=${encodeURIComponent(item.file.name)}`, item.file, (part) => {
				item.progress = part;
				this.hear.changed(item.c);
			}, item.abort.signal);
		}
		if (item.kind === 'note')
			return post(path + 'note', { client_id: item.client_id, text: item.text });
		return post(path + 'message', { client_id: item.client_id, text: item.text });
	}

	failed(lane, way, item, error) {
		if (!(error instanceof ApiError))
			return true;
		if (error.status === 401 || error.isPassing) {
			item.state = 'waiting';
			way.failures++;
			const pause = Math.max(backoff(way.failures), error.retryAfter * 1000);
			if (error.status !== 401)
				way.timer = setTimeout(() => this.run(lane, way), pause);
			this.hear.changed(item.c);
			return false;
		}
		item.state = 'failed';
		item.word = error.word;
		item.problem = error.body.message || '';
		this.hear.changed(item.c);
		return true;
	}
}
