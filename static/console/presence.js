// SPDX-License-Identifier: BSD-2-Clause
// presence.js - says to colleagues what this agent looks at and types, and hears the same of them and of the visitor.

const REPEAT = 45000;

export class Presence {
	constructor(app) {
		this.app = app;
		this.viewed = 0;
		setInterval(() => this.viewed && this.sayViewing(this.viewed, true, false), REPEAT);
		addEventListener('pagehide', () => this.view(0));
	}

	topic(letter, id) {
		return `${this.app.who.split('.')[0]}.${letter}${id}`;
	}

	// The conversation on the screen; 0 when the page is hidden or none is shown.
	view(id) {
		if (id === this.viewed)
			return;
		if (this.viewed)
			this.sayViewing(this.viewed, false, false);
		this.viewed = id;
		if (id)
			this.sayViewing(id, true, true);
	}

	sayViewing(c, on, hello) {
		this.app.live.say(c, { topic: this.topic('c', c), type: 'viewing', c, on, name: this.app.store.me.alias, hello });
	}

	// Colleagues hear it on the conversation's topic; the visitor, unless it is a note, on the visitor's.
	sayTyping(c, on, toVisitor) {
		if (!c)
			return;
		this.app.live.say(c, { topic: this.topic('c', c), type: 'typing', c, on });
		if (toVisitor)
			this.app.live.say(c, { topic: this.topic('v', c), type: 'typing', c, on });
	}

	hear(event) {
		const { store } = this.app;
		if (event.from === this.app.who || !store.rows.has(event.c))
			return;
		const agent = /\.a(\d+)$/.exec(event.from || '');
		if (event.type === 'preview') {
			if (!agent)
				store.setExtra(event.c, 'preview', String(event.text || '').slice(0, 4000));
			return;
		}
		const who = agent ? Number(agent[1]) : 'visitor';
		const known = agent ? store.agents.get(who) : null;
		const name = known ? known.alias : String(event.name || '').slice(0, 80);
		if (event.type === 'typing')
			store.setExtra(event.c, 'typing', { who, name, on: Boolean(event.on) });
		else if (event.type === 'viewing' && agent)
			this.hearViewing(event, who, name);
	}

	hearViewing(event, who, name) {
		this.app.store.setExtra(event.c, 'viewing', { who, name, on: Boolean(event.on) });
		if (event.hello && event.on && this.viewed === event.c)
			this.sayViewing(event.c, true, false);
	}
}
