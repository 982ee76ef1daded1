// SPDX-License-Identifier: BSD-2-Clause
// composer.js - where the agent writes: replies and notes, files by button, paste and drop, canned messages, emoji.

import { fill, h, icon, iconButton, popup } from './dom.js';
import { CannedPopup, shortcutAt } from './canned.js';
import { KeptTexts } from './drafts.js';
import { emojiGrid } from './emoji.js';
import { byteSize, number, t, tn } from './text.js';

const TYPING_EVERY = 3000;
const TEXT_MAX = 4000;
const FILES_MAX = 10;

// Why a file cannot be sent, as a sentence; null when it can.
export function fileProblem(file, types, max) {
	const dot = file.name.lastIndexOf('.');
	const kind = dot >= 0 ? file.name.slice(dot).toLowerCase() : '';
	if (types.length && !types.includes(kind))
		return t('{name}: files of the kind {kind} are refused. Allowed are {kinds}.', { name: file.name, kind: kind || t('without ending'),
			kinds: types.map((type) => type.slice(1)).join(' ') });
	if (file.size > max)
		return t('{name} has {size}; the limit is {limit}.', { name: file.name, size: byteSize(file.size), limit: byteSize(max) });
	return file.size ? null : t('{name} is empty.', { name: file.name });
}

// As the server counts: an emoji is one, and blanks around the text are none.
const charactersLeft = (text) => TEXT_MAX - [...text.trim()].length;
const tooMany = (n) => tn('{count} character too many', '{count} characters too many', n);

export class Composer {
	constructor(app) {
		this.app = app;
		this.id = 0;
		this.modes = new Map();
		this.files = new Map();
		this.notes = new KeptTexts(app.name + '.note.', (id) => this.refresh(id));
		this.startSeq = new Map();
		this.saidAt = 0;
		this.typedAt = 0;
		this.field = h('textarea', { class: 'field', rows: 1, dir: 'auto', enterkeyhint: 'send', 'aria-describedby': 'composer-problem',
			oninput: () => this.onInput(), onkeydown: (event) => this.onKey(event), onpaste: (event) => this.onPaste(event), onblur: () => this.sayTyping(false) });
		this.popup = new CannedPopup(app, (item) => this.insertCanned(item));
		this.tray = h('ul', { class: 'tray', 'aria-label': t('Files to send'), hidden: true });
		this.warning = h('div', { class: 'warning', role: 'status', hidden: true });
		this.problem = h('div', { class: 'problem', role: 'alert', id: 'composer-problem', hidden: true });
		this.picker = h('input', { type: 'file', multiple: true, hidden: true, onchange: () => this.onPicked() });
		this.replyTab = h('button', { type: 'button', class: 'mode', onclick: () => this.setMode('text') }, t('Reply'));
		this.noteTab = h('button', { type: 'button', class: 'mode mode-note', title: t('Only agents see notes') + ' (N)', onclick: () => this.setMode('note') }, icon('note'), t('Note'));
		this.attachButton = iconButton('attach', t('Attach files'), () => this.picker.click());
		this.emojiButton = iconButton('smile', t('Emoji'), () => this.openEmoji(), { 'aria-expanded': 'false', 'aria-haspopup': 'dialog' });
		this.cannedButton = iconButton('bolt', t('Canned messages') + ' (/)', () => this.toggleCanned(), { 'aria-haspopup': 'listbox' });
		this.sendButton = h('button', { type: 'button', class: 'button primary send', onclick: () => this.send() });
		this.count = h('span', { class: 'text-count', 'aria-live': 'polite' });
		this.element = h('section', { class: 'composer', 'aria-label': t('Write a message') }, this.warning, this.problem, this.popup.element,
			h('div', { class: 'composer-box' }, h('div', { class: 'modes', role: 'group', 'aria-label': t('Kind of message') }, this.replyTab, this.noteTab, this.count),
				this.field, this.tray, h('div', { class: 'tools' }, this.attachButton, h('span', { class: 'emoji-place' }, this.emojiButton), this.cannedButton,
					h('span', { class: 'tools-hint' }), this.sendButton)), this.picker);
		this.hint = this.element.querySelector('.tools-hint');
		document.addEventListener('pointerdown', (event) => this.popup.element.contains(event.target) || this.cannedButton.contains(event.target) || this.popup.close());
		this.watchDrops();
	}

	get mode() {
		return this.modes.get(this.id) || 'text';
	}

	isNoting(id) {
		return this.modes.get(id) === 'note';
	}

	// --- which conversation ---

	show(id) {
		if (this.id !== id)
			this.sayTyping(false);
		this.id = id;
		this.popup.close();
		if (!this.modes.has(id) && this.notes.get(id) && !this.app.drafts.get(id))
			this.modes.set(id, 'note');
		const row = this.app.store.rows.get(id);
		if (row && this.mode === 'text' && !this.mayReply())
			this.popup.close();
		this.field.value = this.text();
		this.fail('');
		this.draw();
	}

	text() {
		return this.mode === 'note' ? this.notes.get(this.id) : this.app.drafts.get(this.id);
	}

	// A text came with the conversation, from another tab, or was sent elsewhere: who is typing here goes on with what is here.
	refresh(id, isGone = false) {
		const isTyping = document.hasFocus() && document.activeElement === this.field && this.field.value;
		if (id !== this.id || this.field.value === this.text() || (isTyping && !isGone))
			return;
		this.field.value = this.text();
		this.draw();
	}

	// One of my messages came that was not sent from here.
	sentElsewhere(id, kind, text) {
		const kept = kind === 'note' ? this.notes : this.app.drafts;
		if (kept.get(id).trim() !== text.trim())
			return;
		kept.set(id, '');
		this.refresh(id, true);
	}

	// Goes from the screen. The focus stays near; what was about to be typed must not act as keys, nor get into another conversation.
	leave(isSurprise) {
		this.popup.close();
		if (!this.element.contains(document.activeElement))
			return;
		this.app.pane.element.focus({ preventScroll: true });
		if (isSurprise)
			this.app.keys.fieldHasGone();
	}

	filesOf(id) {
		return this.files.get(id) || [];
	}

	get hasFiles() {
		return [...this.files.values()].some((files) => files.length);
	}

	discard(id) {
		this.files.delete(id);
		this.startSeq.delete(id);
		this.app.drafts.set(id, '');
		if (!this.app.store.rows.has(id))
			this.notes.set(id, '');
		this.refresh(id, true);
		this.app.store.changed('rows');
	}

	noteFromDraft(id) {
		this.notes.set(id, [this.notes.get(id), this.app.drafts.get(id)].filter(Boolean).join('\n'));
		this.app.drafts.set(id, '');
		this.setMode('note');
	}

	mayReply() {
		const row = this.app.store.rows.get(this.id);
		return Boolean(row) && row.state === 'active' && row.agent === this.app.store.me.id;
	}

	setMode(mode, focus = true) {
		this.sayTyping(false);
		this.modes.set(this.id, mode);
		this.field.value = this.text();
		this.fail('');
		this.draw();
		this.app.pane.draw();
		if (focus)
			this.focus();
	}

	focus() {
		if (this.element.isConnected)
			this.field.focus();
	}

	draw() {
		const isNote = this.mode === 'note';
		const row = this.app.store.rows.get(this.id);
		const name = row ? this.app.visitorName(row) : '';
		this.element.classList.toggle('is-note', isNote);
		this.replyTab.setAttribute('aria-pressed', String(!isNote));
		this.noteTab.setAttribute('aria-pressed', String(isNote));
		this.replyTab.hidden = !this.mayReply() && isNote && !row;
		const label = isNote ? t('Write a note that only agents see…') : t('Write to {name}…', { name });
		this.field.placeholder = label;
		this.field.setAttribute('aria-label', label);
		this.attachButton.hidden = this.emojiButton.hidden = isNote;
		this.cannedButton.hidden = isNote;
		fill(this.sendButton, h('span', {}, isNote ? t('Add note') : t('Send')), icon('send'));
		fill(this.hint, this.app.settings.get('enter_sends') ? [h('kbd', {}, 'Shift'), '+', h('kbd', {}, 'Enter'), ' ', t('new line')]
			: [h('kbd', {}, 'Ctrl'), '+', h('kbd', {}, 'Enter'), ' ', t('send')]);
		this.drawTray();
		this.drawWarning();
		this.grow();
	}

	grow() {
		this.field.style.height = 'auto';
		this.field.style.height = Math.min(this.field.scrollHeight + 2, 180) + 'px';
		const left = charactersLeft(this.field.value);
		this.count.textContent = left < 0 ? tooMany(-left) : left < 200 ? t('{n} characters left', { n: number(left) }) : '';
		this.count.classList.toggle('is-over', left < 0);
		this.sendButton.disabled = !this.field.value.trim() && !(this.mode === 'text' && this.filesOf(this.id).length);
	}

	// --- typing ---

	onInput() {
		const text = this.field.value;
		this.typedAt = performance.now();
		if (this.mode === 'note')
			this.notes.set(this.id, text);
		else
			this.app.drafts.set(this.id, text);
		if (!text.trim())
			this.startSeq.delete(this.id);
		else if (!this.startSeq.has(this.id))
			this.startSeq.set(this.id, this.lastSeq());
		this.fail('');
		this.grow();
		this.drawWarning();
		this.sayTyping(Boolean(text.trim()));
		this.watchShortcut();
	}

	lastSeq() {
		const row = this.app.store.rows.get(this.id);
		return row ? row.last_seq : 0;
	}

	// Told at most every 3 s, and once when it is over. The visitor is not told of notes.
	sayTyping(on) {
		const now = Date.now();
		if (on ? now - this.saidAt < TYPING_EVERY : !this.saidAt)
			return;
		this.saidAt = on ? now : 0;
		this.app.sayTyping(this.id, on, this.mode !== 'note');
	}

	// Something came while this was being written.
	drawWarning() {
		const start = this.startSeq.get(this.id);
		const chat = this.app.store.chats.get(this.id);
		const news = start && chat && this.field.value.trim() ? chat.messages.findLast((message) => message.seq > start
			&& (message.kind === 'text' || message.kind === 'file') && !(message.by === 'agent' && message.author === this.app.store.me.id)) : null;
		this.warning.hidden = !news;
		if (!news || this.warned === this.id + ':' + news.seq)
			return;
		this.warned = this.id + ':' + news.seq;
		fill(this.warning, icon('warn'), h('span', {}, t('{name} wrote while you were writing. Read it before you send.', { name: news.name || t('The visitor') })),
			iconButton('close', t('Dismiss'), () => {
				this.startSeq.set(this.id, this.lastSeq());
				this.warning.hidden = true;
				this.focus();
			}));
	}

	onKey(event) {
		if (event.isComposing || this.popup.onKey(event))
			return;
		if (event.key === 'Escape') {
			this.field.blur();
			this.app.pane.element.focus();
			event.stopPropagation();
			return;
		}
		if (event.key !== 'Enter' || event.shiftKey || event.altKey)
			return;
		if (event.ctrlKey || event.metaKey || this.app.settings.get('enter_sends')) {
			event.preventDefault();
			this.send();
		}
	}

	// --- canned messages and emoji ---

	watchShortcut() {
		const typed = this.mode === 'text' ? shortcutAt(this.field.value, this.field.selectionStart) : null;
		if (typed)
			this.popup.isOpen ? this.popup.filter(typed.query) : this.popup.open(this.field, typed.query, false);
		else if (!this.popup.hasSearch)
			this.popup.close();
	}

	toggleCanned() {
		if (this.popup.isOpen)
			this.popup.close(true);
		else
			this.popup.open(this.field, '', true);
	}

	insertCanned(item) {
		const typed = this.popup.hasSearch ? null : shortcutAt(this.field.value, this.field.selectionStart);
		const end = this.field.selectionEnd;
		this.insert(this.app.canned.filled(item), typed ? typed.start : this.field.selectionStart, end);
	}

	insert(text, start = this.field.selectionStart, end = this.field.selectionEnd) {
		this.field.focus();
		this.field.setRangeText(text, start, end, 'end');
		this.field.dispatchEvent(new Event('input'));
	}

	openEmoji() {
		if (this.emojiButton.getAttribute('aria-expanded') === 'true')
			return;
		const shown = popup(this.emojiButton, emojiGrid(this.app.name, (sign) => {
			shown.close(false);
			this.insert(sign);
		}), { label: t('Emoji'), className: 'popup-emoji' });
	}

	// --- files ---

	onPicked() {
		this.addFiles([...this.picker.files]);
		this.picker.value = '';
	}

	onPaste(event) {
		const files = [...(event.clipboardData ? event.clipboardData.files : [])];
		if (!files.length || this.mode !== 'text')
			return;
		event.preventDefault();
		this.addFiles(files);
	}

	// Anywhere on the conversation; a file that is dropped elsewhere must not replace the page.
	watchDrops() {
		const hasFiles = (event) => event.dataTransfer && [...event.dataTransfer.types].includes('Files');
		addEventListener('dragover', (event) => {
			if (!hasFiles(event))
				return;
			event.preventDefault();
			const fits = this.mayReply() && this.app.pane.element.contains(event.target);
			event.dataTransfer.dropEffect = fits ? 'copy' : 'none';
			this.app.pane.element.classList.toggle('is-drop', fits);
		});
		addEventListener('dragleave', (event) => event.relatedTarget || this.app.pane.element.classList.remove('is-drop'));
		addEventListener('drop', (event) => {
			if (!hasFiles(event))
				return;
			event.preventDefault();
			this.app.pane.element.classList.remove('is-drop');
			if (!this.mayReply() || !this.app.pane.element.contains(event.target))
				return;
			if (this.mode !== 'text')
				this.setMode('text');
			this.addFiles([...event.dataTransfer.files]);
		});
	}

	addFiles(files) {
		const kept = this.filesOf(this.id);
		const problems = [];
		for (const file of files) {
			const problem = kept.length >= FILES_MAX ? t('At most {n} files at once.', { n: FILES_MAX }) : fileProblem(file, this.app.store.uploadTypes, this.app.store.uploadMax);
			if (problem)
				problems.push(problem);
			else
				kept.push(file);
		}
		this.files.set(this.id, kept);
		this.fail([...new Set(problems)].join(' '));
		this.drawTray();
		this.grow();
		this.focus();
	}

	drawTray() {
		const files = this.mode === 'text' ? this.filesOf(this.id) : [];
		for (const picture of this.tray.querySelectorAll('img'))
			URL.revokeObjectURL(picture.src);
		this.tray.hidden = !files.length;
		fill(this.tray, files.map((file, i) => h('li', { class: 'tray-item' },
			/^image\/(png|jpeg|gif|webp)$/.test(file.type) ? h('img', { src: URL.createObjectURL(file), alt: '' }) : icon('file'),
			h('span', { class: 'file-name', dir: 'auto' }, file.name), h('span', { class: 'file-size' }, byteSize(file.size)),
			iconButton('close', t('Remove {name}', { name: file.name }), () => {
				files.splice(i, 1);
				this.drawTray();
				this.grow();
				this.focus();
			}))));
	}

	fail(text) {
		this.problem.hidden = !text;
		this.problem.textContent = text;
	}

	// --- sending ---

	send() {
		const text = this.field.value.trim();
		const isNote = this.mode === 'note';
		const files = isNote ? [] : this.filesOf(this.id);
		if (!text && !files.length)
			return;
		if (!isNote && !this.mayReply()) {
			this.fail(t('This chat is not yours: accept or claim it first.'));
			return;
		}
		if (charactersLeft(text) < 0) {
			this.fail(t('The text is too long: at most {n} characters. It was not sent.', { n: number(TEXT_MAX) }));
			return;
		}
		const base = this.lastSeq();
		for (const file of files)
			this.app.outbox.put(this.id, { kind: 'file', file, base });
		if (text)
			this.app.outbox.put(this.id, { kind: isNote ? 'note' : 'text', text, base });
		this.files.delete(this.id);
		this.clear(isNote);
		this.app.pane.log?.toEnd();
		this.focus();
	}

	clear(isNote) {
		this.sayTyping(false);
		this.fail('');
		this.field.value = '';
		this.startSeq.delete(this.id);
		if (isNote) {
			this.notes.set(this.id, '');
			this.modes.delete(this.id);
			this.field.value = this.text();
		} else {
			this.app.drafts.set(this.id, '');
		}
		this.popup.close();
		this.draw();
		this.app.pane.draw();
	}
}
