// SPDX-License-Identifier: BSD-2-Clause
// unsent.js - what was written for a chat that took no answer any more: shown until the agent has copied it, made it a note, or thrown it away.

import { button, h, icon } from './dom.js';
import { toast } from './dialogs.js';
import { t } from './text.js';

// { id, text, names of files } of a conversation, or null.
export function unsentOf(app, id) {
	const text = app.drafts.get(id);
	const files = app.composer.filesOf(id).map((file) => file.name);
	return text.trim() || files.length ? { id, text, files } : null;
}

// Those of conversations that have gone from our sight, with the notes that were not added.
export function unsentElsewhere(app) {
	const { notes } = app.composer;
	const ids = [...new Set([...app.drafts.texts.keys(), ...notes.texts.keys()])].filter((id) => id !== app.current && !app.store.rows.has(id));
	return ids.map((id) => ({ id, text: [app.drafts.get(id), notes.get(id)].filter(Boolean).join('\n\n'), files: [] }));
}

export function unsentCard(app, { id, text, files }, mayNote) {
	const words = h('div', { class: 'unsent-text', dir: 'auto', tabindex: 0, 'aria-label': t('Not sent') }, text);
	const acts = text.trim() ? [button(t('Copy'), () => copy(words), { class: 'small' }),
		mayNote ? button([icon('note'), t('Make it a note')], () => app.composer.noteFromDraft(id), { class: 'small with-icon' }) : null] : [];
	return h('div', { class: 'choice unsent' }, h('b', {}, t('Not sent')), text.trim() ? words : null,
		files.length ? h('div', { class: 'unsent-text', dir: 'auto' }, files.join(', ')) : null,
		h('span', { class: 'choice-actions' }, acts, button(t('Discard'), () => app.composer.discard(id), { class: 'small' })));
}

// Marks the text, so that it can be copied by hand where the browser does not let us.
async function copy(words) {
	getSelection().selectAllChildren(words);
	try {
		await navigator.clipboard.writeText(words.textContent);
		toast(t('Copied.'));
	} catch {
		if (document.execCommand('copy'))
			toast(t('Copied.'));
	}
}
