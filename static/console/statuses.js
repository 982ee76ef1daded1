// SPDX-License-Identifier: BSD-2-Clause
// statuses.js - Online, Away, the company's own away statuses and Offline: their values, their names, and why one was set.

import { t, tn } from './text.js';

const NAMES = () => ({ online: t('Online'), away: t('Away'), offline: t('Offline') });

// What a select holds: "away:5" for an away status of the company. One that is not there any more is plain Away.
export function statusValue(agent, away) {
	return agent.status === 'away' && away.has(agent.away_id) ? 'away:' + agent.away_id : agent.status;
}

export function statusName(agent, away) {
	return (agent.status === 'away' && away.get(agent.away_id)) || NAMES()[agent.status] || agent.status;
}

// [value, name] of all, in the order of the menu.
export function statusList(away) {
	const names = NAMES();
	return [['online', names.online], ['away', names.away], ...[...away].map(([id, name]) => ['away:' + id, name]), ['offline', names.offline]];
}

// The members of an agent that a value means.
export function statusMembers(value) {
	const [status, id] = value.split(':');
	return { status, away_id: Number(id) || 0 };
}

// Why somebody or something else has set my status, as a sentence; '' when there is nothing to tell.
export function whyText(why, me, away) {
	if (!why)
		return '';
	switch (why.reason) {
	case 'timeout': return tn('You were set to Away after {count} minute without activity.', 'You were set to Away after {count} minutes without activity.', why.detail);
	case 'missed': return tn('You were set to Away because {count} chat was not answered.', 'You were set to Away because {count} chats in a row were not answered.', why.detail);
	case 'closed': return t('You were set to Offline because the console was closed.');
	case 'deleted': return t('Your away status was deleted: you are Away.');
	case 'administrator': return t('{name} has set your status to {status}.', { name: why.by, status: statusName(me, away) });
	default: return '';
	}
}
