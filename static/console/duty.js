// SPDX-License-Identifier: BSD-2-Clause
// duty.js - working hours in the console: who is outside of them and until when, and when to look again.

import { nearTime, serverNow, t } from './text.js';

const isOff = (agent) => Boolean(agent && agent.duty && !agent.duty.on);

// Of a colleague; '' within the hours.
export function dutyText(agent) {
	if (!isOff(agent))
		return '';
	return agent.duty.changes_at ? t('Outside the working hours until {time}', { time: nearTime(agent.duty.changes_at) }) : t('Outside the working hours');
}

// The same of oneself, with what it means.
export function ownDutyText(agent) {
	if (!isOff(agent))
		return '';
	return agent.duty.changes_at ? t('Outside your working hours until {time}: nothing rings.', { time: nearTime(agent.duty.changes_at) })
		: t('Outside your working hours: nothing rings.');
}

// The moment at which the hours of some agent begin or end next; Infinity when none do.
export function nextDutyChange(agents, now = serverNow()) {
	return Math.min(Infinity, ...[...agents].map((agent) => agent.duty && agent.duty.changes_at).filter((at) => at > now));
}
