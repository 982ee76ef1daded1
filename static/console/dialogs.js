// SPDX-License-Identifier: BSD-2-Clause
// dialogs.js - windows that ask: transfer, end, take over, settings, the list of keys, go to; and short notices.

import { avatar, byId, button, fill, h, icon, iconButton } from './dom.js';
import { dutyText } from './duty.js';
import { Colleagues, loadText, sortedAgents } from './colleagues.js';
import { SOUNDS } from './notify.js';
import { statusName } from './statuses.js';
import { fold, hueOf, initials, t } from './text.js';

// Opens a modal window; the browser keeps the focus inside and gives it back.
export function dialog(title, content, { className, onclose } = {}) {
	const close = () => box.close();
	const box = h('dialog', { class: 'dialog ' + (className || ''), 'aria-labelledby': 'dialog-title' },
		h('div', { class: 'dialog-head' }, h('h2', { id: 'dialog-title' }, title), iconButton('close', t('Close'), close)),
		typeof content === 'function' ? content(close) : content);
	box.addEventListener('close', () => {
		box.remove();
		if (onclose)
			onclose();
	});
	box.addEventListener('pointerdown', (event) => event.target === box && close());
	document.body.append(box);
	box.showModal();
	box.querySelector('[autofocus]')?.focus();
	return box;
}

export const isDialogOpen = () => Boolean(document.querySelector('dialog[open]'));

// A notice that goes by itself; readers hear it.
export function toast(text, kind = '') {
	const item = h('div', { class: 'toast ' + kind }, h('span', {}, text), iconButton('close', t('Dismiss'), () => item.remove()));
	byId('toasts').append(item);
	setTimeout(() => item.remove(), 6000);
}

export class Dialogs {
	constructor(app) {
		this.app = app;
	}

	end(id) {
		const row = this.app.store.rows.get(id);
		if (!row || row.state === 'closed')
			return;
		const unsent = this.app.drafts.get(id) ? h('p', { class: 'hint-line' }, icon('warn'), t('There is a draft that was not sent.')) : null;
		dialog(t('End this chat?'), (close) => [h('p', {}, t('{name} will see that the chat has ended. The transcript stays in the history.', { name: this.app.visitorName(row) })), unsent,
			h('div', { class: 'dialog-foot' }, button(t('Cancel'), close), button(t('End chat'), () => {
				close();
				this.app.end(id);
			}, { class: 'primary danger', autofocus: true }))], { className: 'is-small' });
	}

	takeOver(id) {
		const row = this.app.store.rows.get(id);
		const agent = this.app.store.agents.get(row.agent);
		dialog(t('Take over this chat?'), (close) => [h('p', {}, t('It is taken from {name}, who is told.', { name: agent ? agent.alias : t('A colleague') })),
			h('div', { class: 'dialog-foot' }, button(t('Cancel'), close), button(t('Take over'), () => {
				close();
				this.app.claim(id, true);
			}, { class: 'primary', autofocus: true }))], { className: 'is-small' });
	}

	// An agent who is full or not online can only be chosen by who supervises.
	transfer(id) {
		const { store } = this.app;
		const row = store.rows.get(id);
		if (!row || row.state === 'closed')
			return;
		const search = h('input', { type: 'search', placeholder: t('Find an agent or a queue'), 'aria-label': t('Find an agent or a queue'), autofocus: true });
		const list = h('div', { class: 'targets', role: 'radiogroup', 'aria-label': t('Transfer to') });
		const note = h('textarea', { id: 'transfer-note', rows: 2, maxlength: 1000, dir: 'auto', placeholder: t('What the next agent should know') });
		const problem = h('p', { class: 'problem', role: 'alert', hidden: true });
		let chosen = null;
		const go = h('button', { type: 'submit', class: 'button primary', disabled: true }, t('Transfer'));
		const draw = () => fill(list, this.targets(row, fold(search.value), chosen, (target) => {
			chosen = target;
			go.disabled = !target;
		}));
		search.addEventListener('input', draw);
		draw();
		dialog(t('Transfer the chat of {name}', { name: this.app.visitorName(row) }), (close) => h('form', { class: 'transfer', onsubmit: async (event) => {
			event.preventDefault();
			problem.hidden = true;
			go.disabled = true;
			const failure = await this.app.transfer(id, { ...chosen.body, note: note.value.trim() });
			if (!failure)
				return close();
			go.disabled = false;
			draw();
			problem.textContent = failure;
			problem.hidden = false;
		} }, search, list, h('label', { for: 'transfer-note' }, t('Note (only agents see it)')), note, problem,
		h('div', { class: 'dialog-foot' }, button(t('Cancel'), close), go)), { className: 'is-transfer' });
	}

	targets(row, query, chosen, choose) {
		const { store } = this.app;
		const agents = sortedAgents(store).filter((agent) => agent.id !== row.agent && agent.may_chat !== false && fold(agent.alias + ' ' + agent.name + ' ' + (agent.title || '')).includes(query));
		const queues = [...store.queues.values()].filter((queue) => queue.for_chat !== false && fold(queue.name).includes(query));
		// The one that is chosen may have gone away, or is full by now: then who supervises gives it by force, and nobody else at all.
		const line = (key, body, look, isOff, title) => {
			const isChosen = Boolean(chosen) && chosen.key === key;
			if (isChosen)
				choose(isOff ? null : { key, body });
			return h('label', { class: 'target' + (isOff ? ' is-off' : ''), title },
			h('input', { type: 'radio', name: 'target', value: key, disabled: isOff, checked: isChosen && !isOff, onchange: () => choose({ key, body }) }), look);
		};
		const agentLine = (agent) => {
			const isFull = agent.max_chats !== null && agent.max_chats !== undefined && agent.chats >= agent.max_chats;
			const isForced = isFull || agent.status !== 'online';
			const isOff = isForced && !store.may('chat.supervise');
			return line('a' + agent.id, isForced ? { agent: agent.id, force: true } : { agent: agent.id }, [avatar(initials(agent.alias), hueOf('a' + agent.id), agent.avatar),
				h('span', { class: 'status-dot is-' + agent.status }), h('span', { class: 'target-name' }, h('b', { dir: 'auto' }, agent.alias), h('small', {}, statusName(agent, store.away)), h('small', { class: 'off-duty', hidden: !dutyText(agent) }, dutyText(agent))),
				h('span', { class: 'load' + (isFull ? ' is-full' : '') }, loadText(agent))],
			isOff, isFull ? t('At the limit') : agent.status === 'online' ? null : t('Only who supervises may give a chat to somebody who is not online.'));
		};
		const queueLine = (queue) => {
			const online = [...store.agents.values()].filter((agent) => agent.status === 'online' && agent.queues.includes(queue.id)).length;
			const waiting = [...store.rows.values()].filter((other) => other.queue === queue.id && (other.state === 'waiting' || other.state === 'offered')).length;
			return line('q' + queue.id, { queue: queue.id }, [icon('chats'), h('span', { class: 'target-name' }, h('b', { dir: 'auto' }, queue.name), h('small', {}, t('{n} online', { n: online }))),
				h('span', { class: 'load' }, t('{n} waiting', { n: waiting }))]);
		};
		if (!agents.length && !queues.length)
			return h('p', { class: 'quiet' }, t('Nothing found'));
		return [queues.length ? [h('h3', {}, t('Queues')), queues.map(queueLine)] : null, agents.length ? [h('h3', {}, t('Agents')), agents.map(agentLine)] : null];
	}

	// Who is here, as it changes; who supervises or manages people sets a status, too.
	colleagues() {
		const list = new Colleagues(this.app);
		this.app.colleagues = list;
		dialog(t('Colleagues'), (close) => [list.element, h('div', { class: 'dialog-foot' }, list.maySet ? h('a', { class: 'button', href: '/admin/status-log' }, t('Status log')) : null,
			button(t('Close'), close, { class: 'primary', autofocus: true }))], { className: 'is-colleagues', onclose: () => {
			this.app.colleagues = null;
		} });
	}

	settings() {
		const { settings, notifier } = this.app;
		const box = (name, label, hint) => h('label', { class: 'check' }, h('input', { type: 'checkbox', checked: settings.get(name), onchange: (event) => settings.set(name, event.target.checked) }),
			h('span', {}, label, hint ? h('small', {}, hint) : null));
		const choice = (name, label, names) => h('div', { class: 'pair' }, h('label', { for: 'set-' + name }, label), h('select', { id: 'set-' + name, onchange: (event) => {
			settings.set(name, event.target.value);
			if (name === 'sound')
				notifier.play(event.target.value, true);
		} }, Object.entries(names).map(([value, word]) => h('option', { value, selected: settings.get(name) === value }, word))));
		const sounds = { chime: t('Chime'), bell: t('Bell'), knock: t('Knock'), drop: t('Drop'), off: t('Off') };
		const volume = h('input', { type: 'range', id: 'set-volume', min: 5, max: 100, step: 5, value: settings.get('volume'), onchange: (event) => {
			settings.set('volume', Number(event.target.value));
			notifier.play(undefined, true);
		} });
		dialog(t('Settings'), (close) => [
			h('fieldset', {}, h('legend', {}, t('Sound')), choice('sound', t('For new chats and messages'), Object.fromEntries(SOUNDS.map((name) => [name, sounds[name]]))),
				h('div', { class: 'pair' }, h('label', { for: 'set-volume' }, t('Volume')), volume), button(t('Play it'), () => {
					notifier.unlock();
					notifier.play(undefined, true);
				}, { class: 'small' })),
			h('fieldset', {}, h('legend', {}, t('Desktop notifications')), this.consent(), box('notify_text', t('Show who wrote and what'), t('Switch it off when others can see your screen.'))),
			h('fieldset', {}, h('legend', {}, t('Writing and keys')), box('enter_sends', t('Enter sends the message'), t('Otherwise Ctrl+Enter does.')),
				box('keys', t('Single-key shortcuts'), t('Press ? for the list.'))),
			h('fieldset', {}, h('legend', {}, t('Look')), choice('theme', t('Theme'), { system: t('As the system'), light: t('Light'), dark: t('Dark') })),
			h('div', { class: 'dialog-foot' }, button(t('Done'), close, { class: 'primary', autofocus: true }))], { className: 'is-settings', onclose: () => this.app.composer.draw() });
	}

	// The browser asks only after a press, and only once; what it then says is told.
	consent() {
		const { settings, notifier } = this.app;
		const place = h('div', { class: 'consent' });
		const draw = () => {
			const state = notifier.canNotify ? Notification.permission : 'unsupported';
			const words = { denied: t('The browser blocks them: allow notifications for this site in its settings.'), unsupported: t('This browser, or a page without HTTPS, cannot show them.') };
			if (words[state])
				return fill(place, h('p', { class: 'hint-line' }, icon('warn'), words[state]));
			const isOn = state === 'granted' && settings.get('notify');
			return fill(place, button(isOn ? t('Switch off') : t('Switch on'), async () => {
				if (!isOn)
					await notifier.askConsent();
				settings.set('notify', !isOn && Notification.permission === 'granted');
				draw();
			}, { class: 'small' + (isOn ? '' : ' primary') }), isOn ? button(t('Send a test'), () => notifier.notify(0, 'Hark', t('Notifications work.'), true), { class: 'small' }) : null,
			h('span', { class: 'quiet' }, isOn ? t('They are on.') : t('They are off.')));
		};
		draw();
		return place;
	}

	keys(list) {
		const isOn = this.app.settings.get('keys');
		dialog(t('Keys'), (close) => [isOn ? null : h('p', { class: 'hint-line' }, icon('warn'), t('Single keys are switched off in the settings.')),
			h('dl', { class: 'keys' }, list.map(([keys, words]) => h('div', {}, h('dt', {}, keys.map((key) => h('kbd', {}, key))), h('dd', {}, words)))),
			h('div', { class: 'dialog-foot' }, button(t('Settings'), () => {
				close();
				this.settings();
			}), button(t('Close'), close, { class: 'primary', autofocus: true }))]);
	}

	// Ctrl+K: goes to a conversation or does something, by a few letters.
	palette(commands) {
		const field = h('input', { type: 'search', autofocus: true, placeholder: t('Go to a chat, or do something…'), 'aria-label': t('Go to a chat, or do something…'), role: 'combobox',
			'aria-expanded': 'true', 'aria-controls': 'palette-list', 'aria-autocomplete': 'list' });
		const list = h('ul', { class: 'palette-list', id: 'palette-list', role: 'listbox', 'aria-label': t('Found') });
		let at = 0;
		let found = [];
		const all = [...this.app.store.view('all').map((row) => ({ words: this.app.visitorName(row), more: row.last_text, symbol: 'chat',
			hint: this.app.pane.stateWord(row), run: () => this.app.go(row.id) })), ...commands];
		const box = dialog(t('Go to'), [field, list], { className: 'is-palette' });
		const run = (item) => {
			box.close();
			item.run();
		};
		const draw = () => {
			fill(list, found.map((item, i) => h('li', { role: 'option', id: 'palette-' + i, 'aria-selected': String(i === at), onclick: () => run(item) }, icon(item.symbol),
				h('span', { dir: 'auto' }, item.words), h('small', {}, item.hint || ''))));
			if (!found.length)
				fill(list, h('li', { class: 'quiet' }, t('Nothing found')));
			field.setAttribute('aria-activedescendant', 'palette-' + at);
			list.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
		};
		const search = () => {
			const words = fold(field.value).split(/\s+/).filter(Boolean);
			found = all.filter((item) => words.every((word) => fold(item.words + ' ' + (item.more || '')).includes(word))).slice(0, 30);
			at = 0;
			draw();
		};
		field.addEventListener('input', search);
		field.addEventListener('keydown', (event) => {
			const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
			if (step && found.length) {
				at = (at + step + found.length) % found.length;
				draw();
			} else if (event.key === 'Enter' && found[at]) {
				run(found[at]);
			} else {
				return;
			}
			event.preventDefault();
		});
		search();
	}
}
