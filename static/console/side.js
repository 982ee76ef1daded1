// SPDX-License-Identifier: BSD-2-Clause
// side.js - beside the conversation: who it is (can be edited), where the visitor is, and earlier chats.

import { post } from './api.js';
import { channelName } from './channels.js';
import { fill, h, icon, iconButton } from './dom.js';
import { toast } from './dialogs.js';
import { fullTime, shortAddress, shortDate, t, webAddress } from './text.js';

const FIELDS = () => [['name', t('Name'), 120, 'text'], ['email', t('E-mail'), 254, 'email'], ['phone', t('Telephone'), 40, 'tel'], ['remark', t('Remark'), 2000, 'area']];

export class Side {
	constructor(app) {
		this.app = app;
		this.unsaved = new Map();      // what is being edited in the contact beside a chat: its id -> { field: value }
		this.inner = h('div', { class: 'side-inner' });
		this.element = h('aside', { class: 'side', 'aria-label': t('Visitor and contact') },
			h('div', { class: 'side-head' }, h('h2', {}, t('Visitor')), iconButton('close', t('Close'), () => app.toggleSide())), this.inner);
	}

	draw() {
		const id = this.app.current;
		const chat = this.app.store.chats.get(id);
		const row = this.app.store.rows.get(id);
		this.element.hidden = !row || !this.app.isSideShown;
		const signature = JSON.stringify([id, row && this.mayEdit(row), chat && [chat.contact, chat.visit, chat.earlier.map((old) => [old.id, old.state])]]);
		if (signature === this.drawn || !row)
			return;
		// What is being edited is not drawn over.
		if (this.unsaved.has(id) && this.drawnFor === id)
			return;
		this.drawn = signature;
		this.drawnFor = chat ? id : null;
		fill(this.inner, chat ? [this.contact(id, chat, row), this.visit(chat, row), this.earlier(chat)] : h('div', { class: 'bone bone-a' }));
	}

	// Who has the chat knows the person best.
	mayEdit(row) {
		return row.agent === this.app.store.me.id || this.app.store.may('contacts.edit');
	}

	section(symbol, title, ...content) {
		return h('details', { class: 'block', open: true }, h('summary', {}, icon(symbol), h('h2', {}, title)), content);
	}

	contact(id, chat, row) {
		const contact = chat.contact || { name: row.visitor.name, email: '', phone: '', remark: '' };
		const typed = this.unsaved.get(id) || {};
		const fields = {};
		const errors = {};
		const save = h('button', { type: 'submit', class: 'button primary small' }, t('Save'));
		const cancel = h('button', { type: 'button', class: 'button small', onclick: () => this.reset(id) }, t('Cancel'));
		const state = h('span', { class: 'save-state', role: 'status' });
		const buttons = h('div', { class: 'save-line', hidden: !this.unsaved.has(id) }, save, cancel);
		const changed = () => {
			const values = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.value]).filter(([name, value]) => value !== (contact[name] || '')));
			if (Object.keys(values).length)
				this.unsaved.set(id, values);
			else
				this.unsaved.delete(id);
			buttons.hidden = !this.unsaved.has(id);
			state.textContent = '';
		};
		const rows = FIELDS().map(([name, label, max, type]) => {
			const key = `contact-${name}`;
			errors[name] = h('span', { class: 'field-error', id: key + '-error', hidden: true });
			const props = { id: key, maxlength: max, value: typed[name] ?? (contact[name] || ''), oninput: changed, dir: name === 'email' || name === 'phone' ? 'ltr' : 'auto', autocomplete: 'off',
				readonly: !this.mayEdit(row) || Boolean(contact.masked && contact[name] && (name === 'email' || name === 'phone')), 'aria-describedby': key + '-error', placeholder: name === 'remark' ? t('What colleagues should know') : t('Not known') };
			fields[name] = type === 'area' ? h('textarea', { ...props, rows: 3 }) : h('input', { ...props, type });
			return h('div', { class: 'pair' }, h('label', { for: key }, label), fields[name], errors[name]);
		});
		const form = h('form', { class: 'contact', novalidate: true, onsubmit: (event) => {
			event.preventDefault();
			this.save({ id, chat, fields, errors, state, buttons, save });
		} }, rows, buttons, state, this.uncover(id, chat, contact));
		return this.section('person', t('Contact'), this.record(contact), form);
	}

	// The contact's own page, in a tab of its own: the console stays where it is.
	record(contact) {
		if (!contact.id || !this.app.store.may('contacts.read'))
			return null;
		return h('p', { class: 'record' }, h('a', { href: '/admin/contacts/' + contact.id, target: '_blank', rel: 'noopener', title: t('Open the contact') },
			h('bdi', {}, contact.name || '#' + contact.id), icon('out')));
	}

	// Masked data, and who may uncover it: each time is written down.
	uncover(id, chat, contact) {
		if (!contact.masked || !this.app.store.may('contacts.reveal'))
			return null;
		return h('p', { class: 'uncover' }, h('button', { type: 'button', class: 'button small', onclick: async (event) => {
			event.target.disabled = true;
			try {
				Object.assign(chat, await post(`/console/conversations/${id}/reveal`, {}));
				this.app.store.changed('chat:' + id);
			} catch (error) {
				toast(error.status ? error.message : t('That did not work. Try again.'));
				event.target.disabled = false;
			}
		} }, t('Uncover')), ' ', h('span', { class: 'quiet' }, t('It is written to the audit log.')));
	}

	reset(id) {
		this.unsaved.delete(id);
		this.drawn = '';
		this.draw();
	}

	async save({ id, chat, fields, errors, state, buttons, save }) {
		const values = Object.fromEntries(Object.entries(this.unsaved.get(id) || {}).map(([name, value]) => [name, value.trim()]));
		for (const [name, field] of Object.entries(fields)) {
			errors[name].hidden = true;
			field.removeAttribute('aria-invalid');
		}
		save.disabled = true;
		try {
			const answer = await post(`/console/conversations/${id}/contact`, values);
			chat.contact = answer.contact;
			this.unsaved.delete(id);
			buttons.hidden = true;
			toast(t('Saved.'));
			this.app.store.changed('chat:' + id, 'rows');
		} catch (error) {
			const wrong = problemsOf(error).filter(([name]) => errors[name]);
			for (const [name, words] of wrong) {
				errors[name].textContent = words;
				errors[name].hidden = false;
				fields[name].setAttribute('aria-invalid', 'true');
			}
			if (wrong.length)
				fields[wrong[0][0]].focus();
			else
				state.textContent = error.status ? error.message : t('Not saved: no connection. Try again.');
		}
		save.disabled = false;
	}

	// Who writes by another channel has no page, but a name and an account there.
	elsewhere(chat, row) {
		const identity = chat.identity || {};
		return this.section(row.channel, channelName(row), h('dl', { class: 'facts' },
			fact(t('User name'), identity.username ? '@' + identity.username : null), fact(t('Account'), identity.account),
			fact(t('Language'), identity.locale), fact(t('Chat began'), fullTime(row.created_at))));
	}

	visit(chat, row) {
		if (channelName(row))
			return this.elsewhere(chat, row);
		const visit = chat.visit || {};
		const widget = this.app.store.widgets.get(row.widget);
		return this.section('globe', t('Visit'), h('dl', { class: 'facts' },
			fact(t('Page'), link(visit.page_url, visit.page_title)),
			fact(t('Started on'), visit.start_url !== visit.page_url ? link(visit.start_url || row.start_url, row.start_title) : null),
			fact(t('Came from'), link(visit.referrer)),
			fact(t('Browser'), visit.browser), fact(t('Language'), visit.locale), fact(t('Address'), visit.address),
			fact(t('First seen'), visit.first_seen ? fullTime(visit.first_seen) : null),
			fact(t('Chat began'), fullTime(row.created_at)), fact(t('Widget'), widget && widget.name)));
	}

	earlier(chat) {
		const rows = chat.earlier || [];
		return this.section('clock', t('Earlier chats'), rows.length ? h('ul', { class: 'earlier' }, rows.map((old) => h('li', {},
			h('a', { href: '#/' + old.id }, h('span', { class: 'earlier-top' }, h('b', {}, shortDate(old.created_at)),
				h('span', {}, this.app.store.agents.get(old.agent)?.alias || '')), h('span', { class: 'earlier-text', dir: 'auto' }, old.last_text || t('No message')))))) : h('p', { class: 'quiet' }, t('This is the first chat.')));
	}
}

// [field, what is wrong with it] of an answer, one or several.
function problemsOf(error) {
	const body = error.body || {};
	const several = Object.entries(body.fields || {}).map(([name, problem]) => [name, problem.message]);
	return several.length ? several : body.field ? [[body.field, error.message]] : [];
}

function fact(label, value) {
	return value ? [h('dt', {}, label), h('dd', {}, h('bdi', {}, value))] : null;
}

function link(address, title) {
	if (!address)
		return null;
	const href = webAddress(address);
	const text = title || shortAddress(address);
	return href ? h('a', { href, target: '_blank', rel: 'noopener noreferrer nofollow', title: address }, text) : text;
}
