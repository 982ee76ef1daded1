// SPDX-License-Identifier: BSD-2-Clause
// notify.js - what calls the agent: title and icon with a count, sounds made on the spot, notifications of the desktop.

import { byId } from './dom.js';
import { t } from './text.js';

export const SOUNDS = ['chime', 'bell', 'knock', 'drop', 'off'];

// Each sound is a few notes: wave, frequency (to frequency), start, length, loudness.
const NOTES = {
	chime: [['sine', 880, 880, 0, 0.5, 0.5], ['sine', 1318, 1318, 0.13, 0.7, 0.4]],
	bell: [['sine', 784, 784, 0, 1.2, 0.5], ['sine', 1571, 1571, 0, 0.8, 0.2], ['sine', 2363, 2363, 0, 0.5, 0.12]],
	knock: [['triangle', 220, 110, 0, 0.12, 0.9], ['triangle', 220, 110, 0.17, 0.12, 0.9]],
	drop: [['sine', 520, 1040, 0, 0.16, 0.6]],
};
const RING_EVERY = 4000;
const RING_TIMES = 15;
const QUIET = 1500;

export class Notifier {
	// hear: { blocked(bool), open(conversation) }
	constructor(settings, hear) {
		this.settings = settings;
		this.hear = hear;
		this.playedAt = 0;
		this.rings = 0;
		this.shown = -1;
		this.context = null;
		this.unlock = this.unlock.bind(this);
		for (const gesture of ['click', 'keydown'])      // not the press: the strip that goes would move what is pressed
			addEventListener(gesture, this.unlock, { capture: true });
	}

	// Makes the sound ready and tells whether the browser still forbids it.
	prepare() {
		if (!this.context && 'AudioContext' in window) {
			this.context = new AudioContext();
			this.context.onstatechange = () => this.hear.blocked(this.isBlocked);
		}
		this.hear.blocked(this.isBlocked);
	}

	get isBlocked() {
		return this.settings.get('sound') !== 'off' && Boolean(this.context) && this.context.state === 'suspended';
	}

	unlock() {
		if (this.context && this.context.state === 'suspended')
			this.context.resume().then(() => this.hear.blocked(this.isBlocked), () => {});
	}

	play(name = this.settings.get('sound'), isAsked = false) {
		const notes = NOTES[name];
		if (!notes || !this.context || (!isAsked && Date.now() - this.playedAt < QUIET))
			return;
		if (this.context.state !== 'running') {
			this.hear.blocked(this.isBlocked);
			return;
		}
		this.playedAt = Date.now();
		for (const note of notes)
			this.playNote(note);
	}

	playNote([wave, from, to, start, length, loudness]) {
		const begin = this.context.currentTime + start + 0.02;
		const tone = this.context.createOscillator();
		const gain = this.context.createGain();
		tone.type = wave;
		tone.frequency.setValueAtTime(from, begin);
		tone.frequency.exponentialRampToValueAtTime(to, begin + length);
		gain.gain.setValueAtTime(0.0001, begin);
		gain.gain.exponentialRampToValueAtTime(Math.max(0.0002, loudness * this.settings.get('volume') / 100), begin + 0.01);
		gain.gain.exponentialRampToValueAtTime(0.0001, begin + length);
		tone.connect(gain).connect(this.context.destination);
		tone.start(begin);
		tone.stop(begin + length + 0.05);
	}

	// Rings while something is offered, a minute at most.
	ring(isOn) {
		if (!isOn) {
			clearInterval(this.ringing);
			this.ringing = 0;
			return;
		}
		if (this.ringing)
			return;
		this.rings = 0;
		this.play();
		this.ringing = setInterval(() => {
			if (++this.rings >= RING_TIMES)
				this.ring(false);
			else
				this.play();
		}, RING_EVERY);
	}

	count(count) {
		if (count === this.shown)
			return;
		this.shown = count;
		document.title = (count ? `(${count}) ` : '') + 'Hark';
		drawIcon(count);
		if (navigator.setAppBadge)
			(count ? navigator.setAppBadge(count) : navigator.clearAppBadge()).catch(() => {});
	}

	get canNotify() {
		return 'Notification' in window && window.isSecureContext;
	}

	// Only ever called from a press on a button.
	async askConsent() {
		if (!this.canNotify)
			return 'unsupported';
		return Notification.requestPermission();
	}

	notify(conversation, title, text, isTest = false) {
		if (!this.canNotify || Notification.permission !== 'granted' || !(isTest || this.settings.get('notify')))
			return;
		const body = this.settings.get('notify_text') || isTest ? text : t('Open Hark to read it.');
		try {
			const note = new Notification(this.settings.get('notify_text') ? title : t('Something new in Hark'),
				{ body, tag: 'hark-' + conversation, icon: '/static/console/icon.svg' });
			note.onclick = () => {
				window.focus();
				note.close();
				if (conversation)
					this.hear.open(conversation);
			};
		} catch {
			// Some browsers on phones have the object but want a service worker for it.
		}
	}
}

function drawIcon(count) {
	const link = byId('icon');
	if (!count) {
		link.href = '/static/console/icon.svg';
		return;
	}
	const canvas = document.createElement('canvas');
	canvas.width = canvas.height = 64;
	const pen = canvas.getContext('2d');
	pen.fillStyle = '#0b57d0';
	pen.beginPath();
	pen.roundRect(2, 2, 60, 54, 12);
	pen.fill();
	pen.fillStyle = '#cf222e';
	pen.beginPath();
	pen.arc(40, 40, 24, 0, 7);
	pen.fill();
	pen.fillStyle = '#ffffff';
	pen.font = 'bold 34px sans-serif';
	pen.textAlign = 'center';
	pen.textBaseline = 'middle';
	pen.fillText(count > 9 ? '9+' : String(count), 40, 42, 40);
	link.href = canvas.toDataURL('image/png');
}
