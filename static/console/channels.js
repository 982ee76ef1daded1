// SPDX-License-Identifier: BSD-2-Clause
// channels.js - by which channel somebody writes, as a mark beside the name, and what became of a message on its way there.

import { button, h, icon } from './dom.js';
import { hueOf, t } from './text.js';

const CHANNELS = {
	telegram: { name: 'Telegram', drawing: 'telegram' },
};

export const channelName = (row) => CHANNELS[row.channel]?.name || '';

// Nothing for the web site, which needs no mark.
export function channelMark(row) {
	const channel = CHANNELS[row.channel];
	return channel ? h('span', { class: 'channel-mark', role: 'img', 'aria-label': channel.name, title: channel.name }, icon(channel.drawing)) : null;
}

// The colour of whoever writes: visitors of the web site have a number, others a name.
export const hueOfRow = (row) => hueOf(row.visitor.id || row.visitor.name);

// Why a message did not arrive.
function reason({ problem, detail }) {
	const words = {
		blocked: () => t('Not delivered: this person has blocked the bot.'),
		off: () => t('Not delivered: the account is not connected.'),
		away: () => t('Not delivered: the service did not answer.'),
		lost: () => t('It is not certain whether this arrived.'),
	};
	return words[problem] ? words[problem]() : t('Not delivered: {reason}', { reason: detail || t('the service refused it') });
}

export const isUndelivered = (delivery) => Boolean(delivery) && (delivery.state === 'failed' || delivery.state === 'uncertain');

// Below a message that did not arrive, or may not have.
export function undeliveredLine(delivery, onAgain) {
	return h('div', { class: 'failed-line', role: 'alert' }, icon('warn'), h('span', { dir: 'auto' }, reason(delivery)),
		onAgain ? button(t('Send again'), onAgain, { class: 'small' }) : null);
}
