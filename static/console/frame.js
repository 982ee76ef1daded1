// SPDX-License-Identifier: BSD-2-Clause
// frame.js - the bar on top with status and menu, and the strips below it: connection, sign-in, sound.

import { avatar, button, byId, fill, h, icon, iconButton, popup } from './dom.js';
import { ownDutyText } from './duty.js';
import { keyList } from './keys.js';
import { statusList, statusValue, whyText } from './statuses.js';
import { hueOf, initials, t } from './text.js';

export class Frame {
	constructor(app) {
		this.app = app;
		this.status = h('select', { class: 'status', 'aria-label': t('My status'), onchange: () => app.setStatus(this.status.value) });
		this.statusBox = h('span', { class: 'status-box' }, h('span', { class: 'status-dot' }), this.status);
		this.menuButton = h('button', { type: 'button', class: 'menu-button', 'aria-label': t('Menu'), 'aria-haspopup': 'true', 'aria-expanded': 'false', onclick: () => this.openMenu() });
		this.load = h('span', { class: 'my-load' });
		this.plan = h('span', { class: 'my-load' });
		this.link = h('div', { class: 'strip strip-bad', role: 'alert', hidden: true });
		this.session = h('div', { class: 'strip strip-bad', role: 'alert', hidden: true });
		this.sound = h('div', { class: 'strip strip-soft', role: 'status', hidden: true });
		this.why = h('div', { class: 'strip strip-soft strip-why', role: 'alert', hidden: true });
		this.duty = h('div', { class: 'strip strip-soft', role: 'status', hidden: true });
		this.life = h('div', { class: 'strip strip-bad', role: 'alert', hidden: true });
		this.strips = h('div', { class: 'strips' }, this.life, this.session, this.link, this.duty, this.why, this.sound);
		this.element = h('header', { class: 'top' },
			h('a', { class: 'brand', href: '#/', 'aria-label': 'Hark' }, h('img', { src: '/static/console/icon.svg', alt: '', width: 26, height: 26 }), h('b', {}, 'Hark')),
			h('span', { class: 'tenant', dir: 'auto' }, app.store.tenant.name),
			h('button', { type: 'button', class: 'go-to', 'aria-label': t('Go to'), onclick: () => app.openPalette() }, icon('search'), h('span', {}, t('Go to')), h('kbd', {}, 'Ctrl K')),
			h('span', { class: 'top-space' }), this.plan, this.load, this.statusBox,
			iconButton('gear', t('Settings'), () => app.dialogs.settings()), iconButton('help', t('Keys') + ' (?)', () => app.dialogs.keys(keyList()), { class: 'icon-button not-narrow' }),
			h('span', { class: 'menu-place' }, this.menuButton));
	}

	draw() {
		const { me } = this.app.store;
		this.drawStatus();
		this.drawDuty();
		this.drawWhy();
		this.statusBox.className = 'status-box is-' + me.status;
		const chats = this.app.store.counts().mine;
		this.load.textContent = me.max_chats ? t('{n} of {max} chats', { n: chats, max: me.max_chats }) : '';
		this.load.classList.toggle('is-full', Boolean(me.max_chats) && chats >= me.max_chats);
		this.drawTenant();
		if (this.drawnFor !== me.alias + me.avatar) {
			this.drawnFor = me.alias + me.avatar;
			fill(this.menuButton, avatar(initials(me.alias), hueOf('a' + me.id), me.avatar));
		}
	}

	// What the company's plan allows, and that it is suspended.
	drawTenant() {
		const { agents, tenant } = this.app.store;
		const used = [...agents.values()].reduce((sum, agent) => sum + (agent.chats || 0), 0);
		this.plan.textContent = tenant.chats ? t('{n} of {max} chats at once', { n: used, max: tenant.chats.most }) : '';
		this.plan.classList.toggle('is-full', Boolean(tenant.chats) && used >= tenant.chats.most);
		this.life.hidden = !tenant.life;
		if (tenant.life)
			fill(this.life, icon('warn'), h('span', {}, tenant.life));
	}

	drawStatus() {
		const { me, away } = this.app.store;
		const list = statusList(away);
		const signature = JSON.stringify(list);
		if (signature !== this.statusesDrawn) {
			this.statusesDrawn = signature;
			fill(this.status, list.map(([value, name]) => h('option', { value }, name)));
		}
		this.status.value = statusValue(me, away);
	}

	// Nothing rings, though the status says online or away.
	drawDuty() {
		const { agents, me } = this.app.store;
		const text = me.status === 'offline' ? '' : ownDutyText(agents.get(me.id));
		if (text === this.dutyDrawn)
			return;
		this.dutyDrawn = text;
		this.duty.hidden = !text;
		fill(this.duty, text ? [icon('clock'), h('span', { dir: 'auto' }, text), h('a', { class: 'button small', href: '/admin/availability' }, t('My availability'))] : null);
	}

	// Who or what has set my status, until I set it myself or wave it away.
	drawWhy() {
		const { me, away, why } = this.app.store;
		const text = why && why.at !== this.dismissed() ? whyText(why, me, away) : '';
		const signature = text && text + me.status;
		if (signature === this.whyDrawn)
			return;
		this.whyDrawn = signature;
		this.why.hidden = !text;
		fill(this.why, text ? [icon('person'), h('span', { dir: 'auto' }, text),
			me.status === 'online' ? null : button(t('Go online again'), () => this.app.setStatus('online'), { class: 'small primary' }),
			iconButton('close', t('Dismiss'), () => this.dismiss(why.at))] : null);
	}

	dismissed() {
		try {
			return Number(localStorage.getItem(this.app.name + '.why')) || this.dismissedAt;
		} catch {
			return this.dismissedAt;
		}
	}

	dismiss(at) {
		this.dismissedAt = at;
		try {
			localStorage.setItem(this.app.name + '.why', at);
		} catch {
			// Kept for this tab only.
		}
		this.drawWhy();
	}

	openMenu() {
		const { store } = this.app;
		if (this.menu && this.menu.box.isConnected)
			return this.menu.close(true);
		const item = (href, symbol, words) => h('a', { class: 'menu-item', href }, icon(symbol), words);
		const act = (symbol, words, run) => h('button', { type: 'button', class: 'menu-item', onclick: () => {
			this.menu.close(true);
			run();
		} }, icon(symbol), words);
		// The server has written what is the same as in the control panel: own pages, language, signing out.
		const own = h('div', { class: 'menu-own' }, byId('user-sheet').content.cloneNode(true));
		this.menu = popup(this.menuButton, [own.querySelector('.me'),
			item('/admin', 'gear', t('Control panel')), store.may('contacts.read') ? item('/admin/contacts', 'person', t('Contacts')) : null,
			store.may('history.read') ? item('/admin/history', 'clock', t('History')) : null,
			act('people', t('Colleagues'), () => this.app.dialogs.colleagues()), act('bell', t('Settings'), () => this.app.dialogs.settings()), act('help', t('Keys'), () => this.app.dialogs.keys(keyList())),
			this.app.current ? act('print', t('Print the transcript'), () => this.app.print()) : null, own], { label: t('Menu'), className: 'popup-menu' });
	}

	drawLink(isLost, isOffline) {
		this.link.hidden = !isLost;
		if (isLost)
			fill(this.link, icon('warn'), h('span', {}, isOffline ? t('You are offline. What you write is kept and sent when the connection is back.')
				: t('Connection lost. Trying again… What you write is kept and sent when it is back.')), button(t('Try now'), () => this.app.live.wake(true), { class: 'small' }));
	}

	drawSignedOut() {
		this.session.hidden = false;
		this.link.hidden = true;
		fill(this.session, icon('warn'), h('span', {}, t('You are signed out. Your drafts are kept.')), h('a', { class: 'button small', href: '/sign-in?next=/console' }, t('Sign in')));
	}

	drawOutdated() {
		this.session.hidden = false;
		this.link.hidden = true;
		fill(this.session, icon('warn'), h('span', {}, t('You have signed in anew in another tab. Load this page again: your drafts are kept.')),
			button(t('Load again'), () => location.reload(), { class: 'small primary' }));
	}

	drawSound(isBlocked) {
		if (this.sound.hidden !== isBlocked)
			return;
		this.sound.hidden = !isBlocked;
		if (isBlocked)
			fill(this.sound, icon('bell'), h('span', {}, t('The browser blocks sound until you have pressed something here.')),
				button(t('Enable sound'), () => {
					this.app.notifier.unlock();
					setTimeout(() => this.app.notifier.play(undefined, true), 200);
				}, { class: 'small primary' }));
	}
}

// The first answer did not come: what to do, instead of an empty page.
export function bootProblem(text, again) {
	fill(byId('console'), h('div', { class: 'boot-problem', role: 'alert' }, icon('warn'), h('p', {}, text), again ? button(t('Try again'), again, { class: 'primary' })
		: h('a', { class: 'button primary', href: '/sign-in?next=/console' }, t('Sign in'))));
}
