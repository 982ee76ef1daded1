// SPDX-License-Identifier: BSD-2-Clause
// colleagues.js - the agents of the company with their statuses; whoever supervises or manages people can set one.

import { fill, h } from './dom.js';
import { dutyText } from './duty.js';
import { statusList, statusName, statusValue } from './statuses.js';
import { t } from './text.js';

const RANK = { online: 0, away: 1, offline: 2 };

// Who is online comes first, then who has fewer chats.
export const sortedAgents = (store) => [...store.agents.values()].sort((a, b) => RANK[a.status] - RANK[b.status] || a.chats - b.chats || a.alias.localeCompare(b.alias));

export const loadText = (agent) => (agent.max_chats ? t('{n} of {max} chats', { n: agent.chats, max: agent.max_chats }) : t('{n} chats', { n: agent.chats }));

export class Colleagues {
	constructor(app) {
		this.app = app;
		this.maySet = app.store.may('chat.supervise') || app.store.may('people.manage');
		this.element = h('ul', { class: 'colleagues', 'aria-label': t('Colleagues') });
		this.lines = new Map();
		this.draw();
	}

	// The lines stay where they are while the window is open, so that nothing jumps away under a finger.
	draw() {
		const { store } = this.app;
		const drawn = JSON.stringify([[...store.agents.keys()].sort(), [...store.away]]);
		if (drawn !== this.drawn) {
			this.drawn = drawn;
			this.lines = new Map(sortedAgents(store).map((agent) => [agent.id, this.line(agent)]));
			fill(this.element, [...this.lines.values()].map((line) => line.element));
		}
		for (const [id, line] of this.lines)
			this.drawLine(store.agents.get(id), line);
	}

	line(agent) {
		const dot = h('span', { class: 'status-dot' });
		const load = h('span', { class: 'load' });
		const duty = h('small', { class: 'off-duty', hidden: true });
		const status = this.maySet ? this.select(agent) : h('span', { class: 'quiet colleague-status', dir: 'auto' });
		const element = h('li', { class: 'colleague', 'data-id': agent.id }, dot, h('span', { class: 'target-name' }, h('b', { dir: 'auto' }, agent.alias),
			h('small', { dir: 'auto' }, agent.name), duty), load, status);
		return { element, dot, duty, load, status };
	}

	select(agent) {
		const select = h('select', { class: 'colleague-status', 'aria-label': t('Status of {name}', { name: agent.alias }) },
			statusList(this.app.store.away).map(([value, name]) => h('option', { value }, name)));
		select.addEventListener('change', () => this.app.actions.setStatusOf(agent, select.value).then(() => this.draw()));
		return select;
	}

	drawLine(agent, { dot, duty, load, status }) {
		const { away } = this.app.store;
		dot.className = 'status-dot is-' + agent.status;
		load.textContent = loadText(agent);
		duty.textContent = dutyText(agent);
		duty.hidden = !duty.textContent;
		if (this.maySet)
			status.value = statusValue(agent, away);
		else
			status.textContent = statusName(agent, away);
	}
}
