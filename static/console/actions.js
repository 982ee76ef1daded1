// SPDX-License-Identifier: BSD-2-Clause
// actions.js - what an agent does with a conversation: accept, refuse, claim, transfer, end; and what the server may say to it.

import { post, request } from './api.js';
import { toast } from './dialogs.js';
import { statusMembers } from './statuses.js';
import { t } from './text.js';

// Milliseconds by which the event of what we did ourselves may come after the answer.
const EVENT_LATE = 400;

const path = (id, word) => `/console/conversations/${id}/${word}`;

// The reason of a refusal in words.
function reason(error) {
	if (error.status === 0)
		return t('No connection. Try again in a moment.');
	if (error.word === 'taken')
		return t('Taken by {name}', { name: error.body.by || t('a colleague') });
	if (error.word === 'closed')
		return t('The chat has ended.');
	return error.body && error.body.message ? error.body.message : error.word === 'full' ? t('You have as many chats as you may have.') : t('That did not work. Try again.');
}

export class Actions {
	constructor(app) {
		this.app = app;
		this.busy = new Set();
		this.passing = new Set();
		this.statusChoices = 0;
		this.statusSent = Promise.resolve();
	}

	isBusy(id) {
		return this.busy.has(id);
	}

	isPassingOn(id) {
		return this.passing.has(id);
	}

	async once(id, run) {
		if (this.busy.has(id))
			return;
		this.busy.add(id);
		try {
			await run();
		} finally {
			setTimeout(() => this.busy.delete(id), EVENT_LATE);
		}
	}

	dropOffer(id) {
		const { store } = this.app;
		store.setOffers([...store.offers].filter((other) => other !== id));
	}

	take(id, word, body) {
		return this.once(id, async () => {
			const begun = performance.now();
			try {
				const answer = await post(path(id, word), body);
				this.dropOffer(id);
				this.app.store.mergeRow(answer.conversation);
				// Who has begun to write to somebody else meanwhile goes on with that.
				if (this.app.composer.typedAt > begun) {
					toast(t('The chat of {name} is yours now.', { name: this.app.visitorName(answer.conversation) }));
					return;
				}
				this.app.list.setView('mine');
				this.app.go(id);
				this.app.focusComposer = true;
				this.app.settle();
			} catch (error) {
				toast(reason(error), 'is-bad');
				if (error.word === 'taken' || error.word === 'closed') {
					this.dropOffer(id);
					this.app.events.sync();
				}
			}
		});
	}

	accept(id) {
		return this.take(id, 'accept', {});
	}

	claim(id, force) {
		return this.take(id, 'claim', { force });
	}

	refuse(id) {
		return this.once(id, async () => {
			try {
				await post(path(id, 'refuse'), {});
				this.dropOffer(id);
			} catch (error) {
				toast(reason(error), 'is-bad');
			}
		});
	}

	// Answers what went wrong, or ''.
	async transfer(id, body) {
		this.passing.add(id);
		try {
			const answer = await post(path(id, 'transfer'), body);
			this.app.store.mergeRow(answer.conversation);
			toast(t('Transferred.'));
			return '';
		} catch (error) {
			if (error.word === 'full')
				return t('{name} has no room for another chat.', { name: this.app.store.agents.get(body.agent)?.alias || t('The agent') });
			return reason(error);
		} finally {
			setTimeout(() => this.passing.delete(id), EVENT_LATE);
		}
	}

	end(id) {
		return this.once(id, async () => {
			try {
				const answer = await post(path(id, 'end'), {});
				this.app.store.mergeRow(answer.conversation);
				this.app.drafts.set(id, '');
				toast(t('The chat has ended.'));
			} catch (error) {
				toast(reason(error), 'is-bad');
				this.app.events.sync();
			}
		});
	}

	// A message that another channel did not take goes out again.
	async resend(id, seq) {
		try {
			const answer = await post(path(id, 'resend'), { seq });
			this.app.store.setDelivery(id, seq, answer.delivery);
		} catch (error) {
			toast(reason(error), 'is-bad');
		}
	}

	// One after the other: of two quick choices the later one counts, and requests that overtake each other would make it the earlier.
	setStatus(status) {
		const { store } = this.app;
		const before = { id: store.me.id, status: store.me.status, away_id: store.me.away_id };
		const choice = ++this.statusChoices;
		store.mergeAgent({ id: before.id, ...statusMembers(status) });
		this.statusSent = this.statusSent.then(() => this.sendStatus(status, before, () => choice === this.statusChoices));
		return this.statusSent;
	}

	async sendStatus(status, before, isLast) {
		const { events, store } = this.app;
		try {
			const answer = await post('/console/status', { status });
			if (!isLast())
				return;
			store.mergeAgent(answer.me);
			store.setStatuses(undefined, null);
			events.syncIsOld();
		} catch (error) {
			if (isLast())
				store.mergeAgent(before);
			toast(t('Your status was not changed: {reason}', { reason: reason(error) }), 'is-bad');
		}
	}

	// A colleague's status, by who supervises or manages people. Answers whether it was set.
	async setStatusOf(agent, status) {
		const { store } = this.app;
		try {
			await request('PATCH', `/api/v1/agents/${agent.id}/status`, { status });
			store.mergeAgent({ id: agent.id, ...statusMembers(status) });
			toast(t('The status of {name} was set.', { name: agent.alias }));
			return true;
		} catch (error) {
			toast(t('The status of {name} was not changed: {reason}', { name: agent.alias, reason: reason(error) }), 'is-bad');
			return false;
		}
	}
}
