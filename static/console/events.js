// SPDX-License-Identifier: BSD-2-Clause
// events.js - takes what the live stream brings, asks for what is missing, and calls the agent when there is something to do.

import { get, post } from './api.js';
import { toast } from './dialogs.js';
import { t } from './text.js';

const GAP_PATIENCE = 700;
const ROW_PATIENCE = 400;

export class Events {
	constructor(app) {
		this.app = app;
		this.filling = new Set();
		this.gapTimers = new Map();
	}

	take(list) {
		for (const event of list)
			this.one(event);
	}

	one(event) {
		const { live, store, presence } = this.app;
		switch (event.type) {
		case 'message': return this.message(event);
		case 'conversation': return this.conversation(event.conversation);
		case 'offer': return this.offer(event);
		case 'offer_end': return this.offerEnd(event);
		case 'seen': return store.markSeen(event.c, event.seq, event.by);
		case 'agent': return store.mergeAgent(event.agent);
		case 'status': return store.setStatuses(undefined, event.why);
		case 'away_statuses': return store.setStatuses(event.away_statuses);
		case 'gone': return live.sayHere();
		case 'hours': return this.syncSoon();
		case 'rights': return this.app.reload();
		case 'delivery': return store.setDelivery(event.c, event.seq, event.delivery);
		case 'page': return store.setPage(event.c, event.page_url, event.page_title);
		case 'picture': return store.setPicture(event.c, event.file, { width: event.width, height: event.height });
		case 'typing':
		case 'preview':
		case 'viewing': return presence.hear(event);
		default: return undefined;
		}
	}

	message({ c, message }) {
		const { app } = this;
		const { store } = app;
		if (!store.rows.has(c))
			return this.syncSoon();
		const isNews = store.takeMessage(c, message);
		const row = store.rows.get(c);
		const isMine = row.agent === store.me.id && row.state === 'active';
		if (isNews && isMine && message.by === 'visitor' && message.kind !== 'event')
			app.call(c, app.visitorName(row), message.kind === 'file' && message.file ? message.file.name : message.text);
		if (isNews)
			app.sentElsewhere(c, message);
		this.check(c);
		return undefined;
	}

	conversation(row) {
		const { app } = this;
		const { store } = app;
		const before = store.rows.get(row.id);
		if (!store.mergeRow(row))
			return;
		this.syncIsOld();
		const wasMine = before && before.agent === store.me.id && before.state === 'active';
		if (wasMine && row.agent !== store.me.id && row.state !== 'closed' && !app.actions.isPassingOn(row.id))
			this.lost(row);
		if (!store.maySee(row)) {
			app.forget(row.id);
			return;
		}
		const cameToMe = row.agent === store.me.id && row.state === 'active' && before && before.agent !== store.me.id;
		if (cameToMe && !app.actions.isBusy(row.id) && !app.live.isWatched(row.id)) {
			toast(t('The chat of {name} is yours now.', { name: app.visitorName(row) }));
			app.call(row.id, app.visitorName(row), t('This chat was given to you.'));
		}
		if (row.state !== 'waiting' && row.state !== 'offered' && store.offers.has(row.id))
			store.setOffers([...store.offers].filter((id) => id !== row.id));
		this.check(row.id);
	}

	// Somebody has taken over a chat of mine, or has passed it on.
	lost(row) {
		const { app } = this;
		const name = app.visitorName(row);
		const agent = app.store.agents.get(row.agent);
		const words = agent ? t('The chat of {name} was taken from you: {agent} has it now.', { name, agent: agent.alias })
			: t('The chat of {name} was taken from you.', { name });
		toast(words);
		if (app.live.isWatched(row.id))
			app.callSomething();
		else
			app.call(row.id, name, words);
	}

	offer({ conversation }) {
		const { app } = this;
		const { store } = app;
		this.syncIsOld();
		store.mergeRow(conversation);
		if (store.offers.has(conversation.id))
			return;
		store.setOffers([...store.offers, conversation.id]);
		app.callOffer(store.rows.get(conversation.id));
	}

	offerEnd({ c, reason, by }) {
		const { app } = this;
		const { store } = app;
		this.syncIsOld();
		if (!store.offers.has(c))
			return;
		store.setOffers([...store.offers].filter((id) => id !== c));
		if (reason === 'missed' && app.live.isLeader && store.rows.has(c))
			toast(t('You did not answer {name} in time.', { name: app.visitorName(store.rows.get(c)) }));
		const row = store.rows.get(c);
		if (row && !store.maySee(row) && !app.actions.isBusy(c))
			app.forget(c);
		if (reason === 'accepted' && by && !app.actions.isBusy(c))
			setTimeout(() => this.taken(c, by), ROW_PATIENCE);
	}

	// Who has it now is told by the row, which comes right behind the end of the offer: it may be this agent, in another tab.
	taken(c, by) {
		if (this.app.store.rows.get(c)?.agent !== this.app.store.me.id)
			toast(t('Taken by {name}', { name: by }));
	}

	// Asks for what a loaded conversation lacks; a moment later, since the event may be on its way.
	check(id) {
		if (this.app.store.gapAfter(id) === null || this.gapTimers.has(id))
			return;
		this.gapTimers.set(id, setTimeout(() => {
			this.gapTimers.delete(id);
			this.fillGap(id);
		}, GAP_PATIENCE));
	}

	async fillGap(id) {
		if (this.filling.has(id))
			return;
		this.filling.add(id);
		try {
			for (let gap = this.app.store.gapAfter(id); gap !== null; gap = this.app.store.gapAfter(id)) {
				const answer = await get(`/console/conversations/${id}/messages?after=${gap}`);
				if (!this.app.store.mergeMessages(id, answer.messages).length)
					break;
			}
		} catch {
			// The next event, or the resync when the connection is back, finds the hole again.
		}
		this.filling.delete(id);
	}

	syncSoon(ms = 500) {
		if (!this.syncTimer)
			this.syncTimer = setTimeout(() => this.sync(), ms);
	}

	// What was just changed may be missing in an answer that is on its way.
	syncIsOld() {
		this.syncAgain = Boolean(this.syncing);
	}

	// The true state after an absence: all rows, and the messages that loaded conversations miss.
	async sync() {
		clearTimeout(this.syncTimer);
		this.syncTimer = 0;
		if (this.syncing) {
			this.syncAgain = true;
			return;
		}
		this.syncing = true;
		try {
			await this.syncOnce();
		} catch (error) {
			if (error.status === 403)
				this.app.reload();
			else if (error.status !== 401)
				this.syncSoon(4000);
		}
		this.syncing = false;
		if (this.syncAgain) {
			this.syncAgain = false;
			this.syncSoon(0);
		}
	}

	async syncOnce() {
		const { app } = this;
		const { store } = app;
		const open = app.live.openIds();
		const unread = store.counts().unread;
		const answer = await post('/console/sync', { have: store.have(), open });
		store.setAgents(answer.agents);
		store.setStatuses(answer.away_statuses, answer.why);
		store.mergeAgent(answer.me || answer.agents.find((agent) => agent.id === store.me.id) || store.me);
		for (const [id, messages] of Object.entries(answer.messages || {}))
			store.mergeMessages(Number(id), messages).forEach((message) => app.sentElsewhere(Number(id), message));
		const missing = store.setRows(answer.conversations);
		const fresh = store.setOffers(answer.offers);
		app.live.setTicket(answer.ticket, open);
		for (const id of fresh)
			app.callOffer(store.rows.get(id));
		if (!fresh.length && store.counts().unread > unread)
			app.callSomething();
		for (const id of missing)
			this.reloadChat(id);
		for (const id of store.chats.keys())
			this.check(id);
	}

	// It is no longer in our list: it has ended, or is no longer ours to see.
	async reloadChat(id) {
		try {
			this.app.store.loadChat(id, await get(`/console/conversations/${id}`));
			this.check(id);
		} catch (error) {
			if (error.status === 404 || error.status === 403)
				this.app.forget(id);
		}
	}
}
