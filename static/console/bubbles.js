// SPDX-License-Identifier: BSD-2-Clause
// bubbles.js - the look of one message: text with links, file, note, event, and the ones that are still on their way.

import { isUndelivered, undeliveredLine } from './channels.js';
import { avatar, button, h, icon } from './dom.js';
import { byteSize, clockTime, dayLabel, fullTime, initials, isOnlyEmoji, isSameDay, linkify, t } from './text.js';

const GROUP_GAP = 180000;

export function textNodes(text) {
	return linkify(text).map((part) => (part.href
		? h('a', { href: part.href, target: '_blank', rel: 'noopener noreferrer nofollow' }, part.text) : part.text));
}

const isTalk = (message) => message.kind === 'text' || message.kind === 'file' || message.kind === 'note';

export function isGrouped(before, message) {
	return Boolean(before) && isTalk(before) && isTalk(message) && before.by === message.by && before.author === message.author
		&& before.name === message.name && (before.kind === 'note') === (message.kind === 'note')
		&& message.created_at - before.created_at < GROUP_GAP && isSameDay(before.created_at, message.created_at);
}

export function dayLine(ms) {
	return h('div', { class: 'day-line' }, h('span', {}, dayLabel(ms)));
}

export function newLine() {
	return h('div', { class: 'new-line' }, h('span', {}, t('New')));
}

// What happened, in a sentence.
export function eventSentence(message) {
	const event = message.event || {};
	const who = event.name || message.name || '';
	const sentences = {
		started: () => t('{who} started the chat', { who }),
		offered: () => t('Offered to agents'),
		refused: () => t('{who} refused the chat', { who }),
		accepted: () => t('{who} accepted the chat', { who }),
		claimed: () => t('{who} took the chat', { who }),
		transferred: () => t('{who} transferred the chat to {to}', { who, to: event.to || '' }),
		agent_gone: () => t('{who} is not there any more: the chat waits again', { who }),
		moved: () => t('The queue takes no chats any more: the chat waits in {name}', { name: event.name || '' }),
		left: () => t('The visitor left the page'),
		returned: () => t('The visitor came back'),
		closed: () => closedSentence(event, who),
		unsupported: () => t('{who} sent something that cannot be shown here', { who }),
		file_large: () => t('A file is too large to be fetched: {name}', { name: event.name || '' }),
		file_kind: () => t('A file is of a kind that is not taken: {name}', { name: event.name || '' }),
		file_gone: () => t('A file could not be fetched: {name}', { name: event.name || '' }),
		file_storage: () => t('There is no more room for a file: {name}', { name: event.name || '' }),
	};
	const make = sentences[event.what];
	return make ? make() : event.what || '';
}

function closedSentence(event, who) {
	if (event.reason === 'visitor')
		return t('The visitor ended the chat');
	if (event.reason === 'abandoned')
		return t('The visitor left before anybody answered');
	return who ? t('{who} ended the chat', { who }) : t('The chat was ended');
}

// view: { app, id, message, grouped, tail, seen, isLastOwn }
export function messageNode(view) {
	const { message } = view;
	if (message.kind === 'event') {
		const line = eventNode(message);
		patchDelivery(line, view);
		return line;
	}
	if (message.kind === 'hidden')
		return h('div', { hidden: true });
	const isOwnSide = message.by !== 'visitor';
	const kind = message.kind === 'note' ? 'is-note' : isOwnSide ? 'is-ours' : 'is-theirs';
	const node = h('div', { class: `message ${kind}${view.grouped ? ' is-grouped' : ''}`, 'data-seq': message.seq },
		isOwnSide ? null : h('span', { class: 'message-face' }, avatar(initials(message.name || '#'), view.hue)),
		h('div', { class: 'message-body' }, messageHead(view), bubble(view), isOwnSide && message.kind !== 'note' ? h('div', { class: 'ticks', 'aria-live': 'off' }) : null));
	patchMessage(node, view);
	return node;
}

// What changes about a message later. The node stays, or a screen reader would read the message again.
export function patchMessage(node, view) {
	node.classList.toggle('is-tail', view.tail);
	patchDelivery(node, view);
	const ticks = node.querySelector('.ticks');
	if (!ticks)
		return;
	if (view.message.delivery) {
		patchSending(ticks, view);
		return;
	}
	const isSeen = view.message.seq <= view.seen;
	ticks.classList.toggle('is-quiet', !view.isLastOwn);
	if (ticks.childElementCount && ticks.classList.contains('is-seen') === isSeen)
		return;
	ticks.classList.toggle('is-seen', isSeen);
	ticks.replaceChildren(icon(isSeen ? 'checks' : 'check'), h('span', {}, isSeen ? t('Seen') : t('Sent')));
}

// On its way to another channel, which does not tell what was seen.
function patchSending(ticks, view) {
	const { state } = view.message.delivery;
	const isSent = state === 'sent';
	ticks.hidden = isUndelivered(view.message.delivery);
	ticks.classList.toggle('is-quiet', isSent && !view.isLastOwn);
	if (ticks.dataset.state === state)
		return;
	ticks.dataset.state = state;
	ticks.replaceChildren(icon(isSent ? 'check' : 'clock'), h('span', {}, isSent ? t('Sent') : t('On its way')));
}

// What did not arrive says so, and can be sent again.
function patchDelivery(node, view) {
	const { message, app } = view;
	const old = node.querySelector('.undelivered');
	const signature = isUndelivered(message.delivery) ? JSON.stringify([message.delivery, view.mayResend]) : '';
	if ((old ? old.dataset.state : '') === signature)
		return;
	if (old)
		old.remove();
	if (!signature)
		return;
	const again = view.mayResend ? () => app.actions.resend(view.id, message.seq) : null;
	(node.querySelector('.message-body') || node).append(h('div', { class: 'undelivered', 'data-state': signature }, undeliveredLine(message.delivery, again)));
}

function messageHead({ message, grouped, app }) {
	const isMe = message.by === 'agent' && message.author === app.store.me.id;
	const name = isMe ? t('You') : message.name || t('Visitor');
	const time = h('time', { datetime: new Date(message.created_at).toISOString(), title: fullTime(message.created_at) }, clockTime(message.created_at));
	if (grouped)
		return h('span', { class: 'for-readers' }, name, ' ', clockTime(message.created_at));
	return h('div', { class: 'message-head' }, message.kind === 'note' ? [icon('note'), h('b', {}, t('Note')), ' '] : null,
		h('span', { dir: 'auto' }, name), ' ', time);
}

function bubble({ message }) {
	const time = fullTime(message.created_at);
	if (message.kind === 'file' && message.file)
		return h('div', { class: 'bubble is-file', title: time }, fileNode(message.file), message.text && message.text !== message.file.name
			? h('div', { dir: 'auto' }, textNodes(message.text)) : null);
	const big = isOnlyEmoji(message.text) ? ' is-emoji' : '';
	return h('div', { class: 'bubble' + big, dir: 'auto', title: time }, textNodes(message.text));
}

function fileNode(file) {
	const href = '/console/files/' + encodeURIComponent(file.id);
	const line = h('a', { class: 'file-line', href, download: file.name }, icon('file'),
		h('span', { class: 'file-name', dir: 'auto' }, file.name), h('span', { class: 'file-size' }, byteSize(file.size)));
	if (!file.preview)
		return line;
	// A clean small copy; its size is known, so nothing jumps when it has come. The original is only downloaded.
	const scale = Math.min(1, 280 / file.preview.width, 220 / file.preview.height);
	return [h('a', { class: 'file-picture', href: href + '?preview=1', target: '_blank', rel: 'noopener' },
		h('img', { src: href + '?preview=1', alt: file.name, loading: 'lazy', width: Math.round(file.preview.width * scale),
			height: Math.round(file.preview.height * scale) })), line];
}

function eventNode(message) {
	const note = message.event && message.event.note;
	return h('div', { class: 'event-line', 'data-seq': message.seq },
		h('span', { title: fullTime(message.created_at) }, eventSentence(message), ' · ', clockTime(message.created_at)),
		note ? h('div', { class: 'event-note', dir: 'auto' }, icon('note'), h('span', {}, note)) : null);
}

// A message that waits, travels, or could not be sent.
export function pendingNode(item, app) {
	const isNote = item.kind === 'note';
	const body = item.file ? h('div', { class: 'bubble is-file' }, h('span', { class: 'file-line' }, icon('file'),
		h('span', { class: 'file-name', dir: 'auto' }, item.file.name), h('span', { class: 'file-size' }, byteSize(item.file.size))),
	item.state === 'sending' ? progress(item) : null)
		: h('div', { class: 'bubble', dir: 'auto' }, textNodes(item.text));
	return h('div', { class: `message is-pending is-tail ${isNote ? 'is-note' : 'is-ours'} is-${item.state}` },
		h('div', { class: 'message-body' }, body, item.state === 'failed' ? failedLine(item, app) : pendingLine(item, app)));
}

function progress(item) {
	return h('progress', { class: 'upload-bar', max: 100, value: Math.round(item.progress * 100), 'aria-label': t('Upload of {name}', { name: item.file.name }) });
}

function pendingLine(item, app) {
	return h('div', { class: 'ticks is-waiting' }, icon('clock'), h('span', {}, item.state === 'sending' ? t('Sending…') : t('Waiting to be sent')),
		item.file ? h('button', { type: 'button', class: 'text-button', onclick: () => app.outbox.drop(item.c, item.client_id) }, t('Cancel')) : null);
}

function failedLine(item, app) {
	const why = item.word === 'not_yours' ? t('This chat is not yours any more.') : item.word === 'closed' ? t('The chat has ended.')
		: item.problem || t('It could not be sent.');
	return h('div', { class: 'failed-line', role: 'alert' }, icon('warn'), h('span', {}, why),
		button(t('Try again'), () => app.outbox.retry(item.c, item.client_id), { class: 'small' }),
		button(t('Discard'), () => app.outbox.drop(item.c, item.client_id), { class: 'small' }));
}
