// SPDX-License-Identifier: BSD-2-Clause
// keys.js - single keys outside of text fields, a few with Ctrl everywhere; all single ones can be switched off.

import { isTextField } from './dom.js';
import { isDialogOpen } from './dialogs.js';
import { t } from './text.js';

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

export function setupKeys(app) {
	const row = () => app.store.rows.get(app.current);
	const isMine = () => row() && row().agent === app.store.me.id && row().state === 'active';
	const single = {
		j: () => app.go(app.list.step(1)),
		k: () => app.go(app.list.step(-1)),
		a: () => app.acceptNext(),
		r: () => isMine() && app.composer.setMode('text'),
		n: () => row() && app.composer.setMode('note'),
		t: () => isMine() && app.dialogs.transfer(app.current),
		e: () => isMine() && app.dialogs.end(app.current),
		i: () => row() && app.toggleSide(),
		'/': () => app.list.search.focus(),
		1: () => app.list.setView('waiting'),
		2: () => app.list.setView('mine'),
		3: () => app.list.setView('all'),
		'?': () => app.dialogs.keys(keyList()),
	};
	document.addEventListener('keydown', (event) => {
		if (event.defaultPrevented || event.isComposing || app.isShut || isDialogOpen())
			return;
		if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
			event.preventDefault();
			app.openPalette();
			return;
		}
		if (event.ctrlKey || event.metaKey || event.altKey || isTextField(event.target))
			return;
		if (event.key === 'Escape') {
			app.goBack();
			return;
		}
		const action = app.settings.get('keys') ? single[event.key.length === 1 ? event.key.toLowerCase() : ''] : null;
		if (!action)
			return;
		event.preventDefault();
		action();
	});
}
