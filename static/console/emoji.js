// SPDX-License-Identifier: BSD-2-Clause
// emoji.js - a small picker: a grid that the arrow keys walk through, with the ones used last on top.

import { fill, h } from './dom.js';
import { t } from './text.js';

const GROUPS = () => [
	[t('Faces'), '😀 😄 😊 🙂 😉 😍 😘 😎 🤩 🥳 🤗 🤔 😅 😂 🤣 😇 😌 😐 😕 😟 😢 😭 😤 😡 😳 😱 🤯 🥺 😴 🤒 🙄 😬'],
	[t('Hands'), '👍 👎 👌 🙏 👏 🙌 🤝 💪 👋 🤞 ✌️ 👉 👆 ✍️ 🤷 🙋'],
	[t('Signs'), '❤️ 💙 💚 ✅ ❌ ⚠️ ❓ ❗ ⭐ 🔥 🎉 💡 ⏰ 🔔 🔒 🔑 ➡️ ✨ 💯 🆗'],
	[t('Things'), '📦 🚚 🛒 💳 🧾 📄 📎 📷 📱 💻 📧 ☎️ 🏠 🎁 ☕ 🍀 ☀️ 🌧️ 🚀 🛠️'],
];
const COLUMNS = 8;
const RECENT = 8;

function recent(key) {
	try {
		const list = JSON.parse(localStorage.getItem(key) || '[]');
		return Array.isArray(list) ? list.filter((item) => typeof item === 'string').slice(0, RECENT) : [];
	} catch {
		return [];
	}
}

export function emojiGrid(name, pick) {
	const key = name + '.emoji';
	const used = recent(key);
	const choose = (sign) => {
		try {
			localStorage.setItem(key, JSON.stringify([sign, ...used.filter((other) => other !== sign)].slice(0, RECENT)));
		} catch {
			// Nothing is remembered then.
		}
		pick(sign);
	};
	const box = h('div', { class: 'emoji' });
	const group = (title, signs) => [h('div', { class: 'emoji-title' }, title), h('div', { class: 'emoji-row', role: 'group', 'aria-label': title },
		signs.map((sign) => h('button', { type: 'button', class: 'emoji-sign', tabindex: -1, onclick: () => choose(sign) }, sign)))];
	fill(box, used.length ? group(t('Used last'), used) : null, GROUPS().map(([title, signs]) => group(title, signs.split(' '))));
	const buttons = [...box.querySelectorAll('button')];
	buttons[0].tabIndex = 0;
	buttons[0].setAttribute('autofocus', '');
	box.addEventListener('keydown', (event) => walk(event, buttons));
	return box;
}

function walk(event, buttons) {
	const forward = getComputedStyle(event.currentTarget).direction === 'rtl' ? -1 : 1;
	const step = { ArrowRight: forward, ArrowLeft: -forward, ArrowDown: COLUMNS, ArrowUp: -COLUMNS }[event.key];
	const at = buttons.indexOf(document.activeElement);
	const next = event.key === 'Home' ? 0 : event.key === 'End' ? buttons.length - 1 : step ? at + step : -1;
	if (at < 0 || !buttons[next])
		return;
	event.preventDefault();
	buttons[at].tabIndex = -1;
	buttons[next].tabIndex = 0;
	buttons[next].focus();
}
