// SPDX-License-Identifier: BSD-2-Clause
// activity.js - when somebody was last at the keys or the pointer, over all tabs; what is sent anyway tells it to the server.

const SIGNS = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart'];
const SHARE_EVERY = 15000;

export class Activity {
	// share(at) passes a moment on to the other tabs.
	constructor(share) {
		this.share = share;
		this.at = Date.now();
		this.sharedAt = 0;
		this.place = '';
		for (const sign of SIGNS)
			addEventListener(sign, (event) => this.isReal(event) && this.act(), { capture: true, passive: true });
	}

	// A page that moves below a pointer which rests sends moves, too.
	isReal(event) {
		if (event.type !== 'pointermove')
			return true;
		const place = `${event.screenX} ${event.screenY}`;
		const moved = place !== this.place;
		this.place = place;
		return moved;
	}

	act(now = Date.now()) {
		this.at = Math.max(this.at, now);
		if (now - this.sharedAt < SHARE_EVERY)
			return;
		this.sharedAt = now;
		this.share(now);
	}

	// Somebody was active in another tab.
	hear(at) {
		if (at <= Date.now())
			this.at = Math.max(this.at, at);
	}

	idleSeconds(now = Date.now()) {
		return Math.max(0, Math.round((now - this.at) / 1000));
	}
}
