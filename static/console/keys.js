// SPDX-License-Identifier: BSD-2-Clause
// keys.js - single keys outside of text fields, a few with Ctrl everywhere; all single ones can be switched off.

import { isTextField } from './dom.js';
import { isDialogOpen } from './dialogs.js';
import { t } from './text.js';

// Milliseconds.
const PAUSE = 1000;         // after which a letter is no part of what was typed before
const SURPRISE = 4000;      // until an agent has seen that the field has gone

export const keyList = () => [
	[['J', 'K'], t('Next, previous conversation')],
	[['A'], t('Accept the chat that rings')],
	[['R'], t('Write a reply')],
	[['N'], t('Write a note')],
	[['T'], t('Transfer the chat')],
	[['E'], t('End the chat')],
	[['I'], t('Show or hide the visitor')],
	[['/'], t('Find in the list; in a message: canned messages')],
	[['1', '2', '3'], t('Views: waiting, mine, all')],
	[['Ctrl', 'K'], t('Go to a chat, or do something')],
	[['Ctrl', 'Enter'], t('Send')],
	[['Esc'], t('Leave the field, close, back to the list')],
	[['?'], t('This list')],
];

// A letter may be part of what was being typed in a field that has just gone, as when the chat ended meanwhile: single keys sleep until
// a pause. A press, and leaving a field by Esc, Tab or Enter, wakes them at once.
class Sleep {
	constructor() {
		this.until = 0;
		addEventListener('pointerdown', () => {
			this.until = 0;
		}, true);
		document.addEventListener('keydown', (event) => this.hear(event), true);
	}

	hear(event) {
		const isInField = isTextField(event.target);
		const isLeaving = event.key === 'Escape' || event.key === 'Tab' || (event.key === 'Enter' && event.target.tagName === 'INPUT');
		this.isAsleep = !isLeaving && !isInField && event.timeStamp < this.until;
		if (isLeaving)
			this.until = 0;
		else if (isInField || this.isAsleep)
			this.until = Math.max(this.until, event.timeStamp + PAUSE);
	}

	fieldHasGone() {
		this.until = performance.now() + SURPRISE;
	}
}

// Answers the sleep of the single keys.
export function setupKeys(app) {
	const row = () => app.store.rows.get(app.current);
	const isMine = () => row() && row().agent === app.store.me.id && row().state === 'active';
	const single = {
		j: () => app.go(app.list.step(1)),
		k: () => app.go(app.list.step(-1)),
		a: () => app.acceptNext(),
		r: () => isMine() && app.composer.setMode('text'),
		n: () => row() && app.composer.setMode('note'),
		t: () => row() && app.store.mayDirect(row()) && app.dialogs.transfer(app.current),
		e: () => row() && app.store.mayDirect(row()) && app.dialogs.end(app.current),
		i: () => row() && app.toggleSide(),
		'/': () => app.list.search.focus(),
		1: () => app.list.setView('waiting'),
		2: () => app.list.setView('mine'),
		3: () => app.list.setView('all'),
		'?': () => app.dialogs.keys(keyList()),
	};
	const sleep = new Sleep();
	document.addEventListener('keydown', (event) => {
		if (event.defaultPrevented || event.isComposing || app.isShut || isDialogOpen())
			return;
		if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
			event.preventDefault();
			app.openPalette();
			return;
		}
		if (event.ctrlKey || event.metaKey || event.altKey || sleep.isAsleep || isTextField(event.target))
			return;
		if (event.key === 'Escape') {
			app.goBack();
			return;
		}
		const key = event.key.length === 1 ? event.key.toLowerCase() : '';
		const action = app.settings.get('keys') ? single[key] : null;
		if (!action)
			return;
		event.preventDefault();
		// A key that is held down goes through the list; it does not accept one chat after the other.
		if (!event.repeat || key === 'j' || key === 'k')
			action();
	});
	return sleep;
}
