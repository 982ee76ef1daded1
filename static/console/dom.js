// SPDX-License-Identifier: BSD-2-Clause
// dom.js - builds elements from values; text is only ever set as text, there is no HTML parsing anywhere in the console.

const SVG = 'http://www.w3.org/2000/svg';

// h('button', { class: 'x', onclick: f, 'aria-label': 'y', hidden: false }, child, 'text', [more])
export function h(tag, props, ...children) {
	const element = document.createElement(tag);
	for (const [name, value] of Object.entries(props || {})) {
		if (value === null || value === undefined || value === false)
			continue;
		if (name.startsWith('on'))
			element.addEventListener(name.slice(2), value);
		else if (name === 'class')
			element.className = value;
		else if (name === 'value')
			element.value = value;
		else
			element.setAttribute(name, value === true ? '' : String(value));
	}
	append(element, children);
	return element;
}

export function append(element, children) {
	for (const child of children.flat(Infinity)) {
		if (child === null || child === undefined || child === false || child === '')
			continue;
		element.append(child);
	}
	return element;
}

export function fill(element, ...children) {
	element.replaceChildren();
	return append(element, children);
}

export const byId = (id) => document.getElementById(id);

// Line drawings on a 20 × 20 field, stroked in the colour of the text around them.
const DRAWINGS = {
	attach: 'M14.5 8.5 9 14a3 3 0 0 1-4.2-4.2l6-6a2 2 0 0 1 2.9 2.9l-5.9 5.9a1 1 0 0 1-1.4-1.4L11 6.5',
	smile: 'M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15ZM6.8 11.5a3.8 3.8 0 0 0 6.4 0M7.5 7.8v.4M12.5 7.8v.4',
	bolt: 'M11 2.5 4.5 11.5H9l-.7 6 7.2-9.5h-4.8l.3-5.5Z',
	note: 'M4 3.5h12v8.5l-4.5 4.5H4zM16 12h-4.5v4.5M6.8 7h6.4M6.8 10h3.6',
	telegram: 'M2.5 9.6 17.5 3.500 14.700 16.500l-5-3.500-2.500 2.700-.7-4.700zM6.500 11l7.500-5-4.300 7',
	send: 'M3 10 17 3.5 12.5 17l-3-5.5zM9.5 11.5 17 3.5',
	back: 'M12 4.5 6.5 10l5.5 5.5',
	close: 'm5 5 10 10M15 5 5 15',
	check: 'm4 10.5 4 4 8-9',
	checks: 'm1.5 10.5 3.5 4 7-9M9 13.5l1 1 8-9',
	clock: 'M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15ZM10 6v4.3l2.8 1.7',
	gear: 'M10 7.3a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4ZM10 2v2.2M10 15.8V18M2 10h2.2M15.8 10H18M4.3 4.3l1.6 1.6M14.1 14.1l1.6 1.6M4.3 15.7l1.6-1.6M14.1 5.9l1.6-1.6',
	help: 'M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15ZM7.9 7.8c.2-2.9 4.4-2.6 4.2 0-.1 1.6-2.1 1.6-2.1 3.3M10 13.8v.3',
	search: 'M9 3.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11ZM13 13l4 4',
	transfer: 'M3 7h12l-3-3.5M17 13H5l3 3.5',
	end: 'M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15Zm-3 7.8 2.2 2.2L13.2 8',
	side: 'M3 4h14v12H3zM12.5 4v12',
	person: 'M10 3a3.2 3.2 0 1 0 0 6.4A3.2 3.2 0 0 0 10 3ZM3.5 17c.5-3.6 3.2-5.3 6.5-5.3s6 1.7 6.5 5.3',
	people: 'M7.5 4a2.8 2.8 0 1 0 0 5.6A2.8 2.8 0 0 0 7.5 4ZM2 16c.4-3.2 2.7-4.6 5.5-4.6s5.1 1.4 5.5 4.6M13 4.3a2.7 2.7 0 0 1 0 5.2M15 11.8c1.7.6 2.8 1.9 3 4.2',
	out: 'M8 4.5H4.5v11h11V12M11 3.5h5.5V9M16.5 3.5 9 11',
	globe: 'M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15ZM2.8 10h14.4M10 2.5c-4.6 4.7-4.6 10.3 0 15 4.6-4.7 4.6-10.3 0-15Z',
	chat: 'M3 4.5h14v9.5H9.5L6 17v-3H3z',
	chats: 'M2.5 3.5h10v7H7L4.5 13v-2.5h-2zM15 7.5h2.5v6.5h-2v2.5L13 14H9',
	bell: 'M10 3a4.5 4.5 0 0 0-4.5 4.5c0 4-1.5 5.5-1.5 5.5h12s-1.5-1.5-1.5-5.5A4.5 4.5 0 0 0 10 3ZM8.5 15.5a1.6 1.6 0 0 0 3 0',
	down: 'M10 4v11.5M5 10.5l5 5 5-5',
	file: 'M5 2.5h6.5L15 6v11.5H5zM11.5 2.5V6H15',
	print: 'M6 7V3h8v4M6 14H3.5V7h13v7H14M6 11.5h8V17H6z',
	menu: 'M3.5 5.5h13M3.5 10h13M3.5 14.5h13',
	hand: 'M5 10V6.5a1.2 1.2 0 0 1 2.4 0V4.5a1.2 1.2 0 0 1 2.4 0V4a1.2 1.2 0 0 1 2.4 0v1.5a1.2 1.2 0 0 1 2.4 0v5.7c0 4-2 6.3-4.8 6.3C6.5 17.5 5 14.5 3.5 12c.3-1 1-1.2 1.5-.5',
	warn: 'M10 3 2.5 16.5h15zM10 8v4M10 14v.3',
	refresh: 'M16 10a6 6 0 1 1-1.8-4.3L16 7.5M16 3.5v4h-4',
	eye: 'M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5ZM10 7.7a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.6Z',
};

export function icon(name) {
	const svg = document.createElementNS(SVG, 'svg');
	svg.setAttribute('viewBox', '0 0 20 20');
	svg.setAttribute('class', 'icon icon-' + name);
	svg.setAttribute('aria-hidden', 'true');
	svg.setAttribute('focusable', 'false');
	const path = document.createElementNS(SVG, 'path');
	path.setAttribute('d', DRAWINGS[name] || DRAWINGS.chat);
	svg.append(path);
	return svg;
}

// A button that shows an icon and says what it does.
export function iconButton(name, label, onclick, props) {
	return h('button', { type: 'button', class: 'icon-button', title: label, 'aria-label': label, onclick, ...props }, icon(name));
}

export function button(label, onclick, props) {
	return h('button', { type: 'button', onclick, ...props, class: 'button ' + ((props && props.class) || '') }, label);
}

export const isTextField = (element) => Boolean(element) && (element.isContentEditable || element.tagName === 'TEXTAREA'
	|| element.tagName === 'SELECT' || (element.tagName === 'INPUT' && !/^(button|checkbox|radio|range|submit)$/.test(element.type)));

// A small window beside its button: closed by Esc, by a press elsewhere, or by its own content.
export function popup(anchor, content, { label, onclose, className, focus } = {}) {
	const box = h('div', { class: 'popup ' + (className || ''), role: 'dialog', 'aria-label': label }, content);
	const close = (back) => {
		if (!box.isConnected)
			return;
		box.remove();
		document.removeEventListener('pointerdown', outside, true);
		anchor.setAttribute('aria-expanded', 'false');
		if (back)
			anchor.focus();
		if (onclose)
			onclose();
	};
	const outside = (event) => {
		if (!box.contains(event.target) && !anchor.contains(event.target))
			close(false);
	};
	box.addEventListener('keydown', (event) => {
		if (event.key !== 'Escape')
			return;
		event.stopPropagation();
		close(true);
	});
	document.addEventListener('pointerdown', outside, true);
	anchor.setAttribute('aria-expanded', 'true');
	anchor.parentElement.append(box);
	if (focus !== false)
		(box.querySelector('[autofocus],input,button,a[href]') || box).focus();
	return { box, close };
}

// A person's picture, or the initials on a colour that stays the same for the same person.
export function avatar(letters, hue, picture) {
	return h('span', { class: `avatar hue-${hue}`, 'aria-hidden': 'true' }, picture ? h('img', { src: picture, alt: '' }) : letters);
}
