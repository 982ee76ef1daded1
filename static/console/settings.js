// SPDX-License-Identifier: BSD-2-Clause
// settings.js - the agent's own preferences of the console: kept by the server, the theme also in the browser.

import { post } from './api.js';

export const DEFAULTS = {
	sound: 'chime', volume: 70, notify: false, notify_text: true, keys: true, theme: 'system', enter_sends: true, side: true,
};

export class Settings {
	constructor(kept, onchange) {
		this.values = { ...DEFAULTS, ...cleaned(kept) };
		this.onchange = onchange;
		this.applyTheme();
	}

	get(name) {
		return this.values[name];
	}

	set(name, value) {
		if (this.values[name] === value)
			return;
		this.values[name] = value;
		this.applyTheme();
		this.onchange(name, value);
		clearTimeout(this.timer);
		this.timer = setTimeout(() => this.save(), 600);
	}

	save() {
		post('/console/settings', this.values).catch(() => {
			clearTimeout(this.timer);
			this.timer = setTimeout(() => this.save(), 15000);
		});
	}

	applyTheme() {
		const theme = this.values.theme;
		if (theme === 'system')
			delete document.documentElement.dataset.theme;
		else
			document.documentElement.dataset.theme = theme;
		try {
			localStorage.setItem('hark.theme', theme);
		} catch {
			// It is only the first paint that would need it.
		}
	}
}

// Only what we know, in the right type: the text came from a server that keeps any object.
function cleaned(kept) {
	const values = {};
	for (const [name, standard] of Object.entries(DEFAULTS)) {
		if (kept && typeof kept[name] === typeof standard)
			values[name] = kept[name];
	}
	return values;
}
