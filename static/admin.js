// SPDX-License-Identifier: BSD-2-Clause
// admin.js - small comforts of the control panel. Every page works without it.

// The menu shows where one is.
document.querySelector('.menu.side [aria-current]')?.scrollIntoView({ block: 'nearest' });

// Asks before unsaved input is left behind.
function guard(form) {
	let changed = false;

	form.addEventListener('input', () => { changed = true; });
	form.addEventListener('submit', () => { changed = false; });
	window.addEventListener('beforeunload', (event) => {
		if (changed)
			event.preventDefault();
	});
}

// A form is sent once, however often the button is pressed.
function once(form) {
	form.addEventListener('submit', (event) => {
		if (form.dataset.sent) {
			event.preventDefault();
			return;
		}
		form.dataset.sent = '1';
		setTimeout(() => { delete form.dataset.sent; }, 4000);
	});
}

// A list of more than eight boxes gets a filter and a count.
function filter(boxes) {
	const labels = [...boxes.querySelectorAll('label')];
	const tools = document.createElement('div');
	const input = document.createElement('input');
	const count = document.createElement('span');

	if (labels.length <= 8)
		return;
	tools.className = 'set-tools';
	input.type = 'search';
	input.placeholder = boxes.dataset.filter;
	input.setAttribute('aria-label', boxes.dataset.filter);
	tools.append(input, count);
	boxes.before(tools);

	const show = () => {
		const chosen = labels.filter((label) => label.firstElementChild.checked).length;
		count.textContent = `${chosen} / ${labels.length}`;
	};
	const fold = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
	input.addEventListener('input', (event) => {
		event.stopPropagation();
		const wanted = fold(input.value.trim());
		for (const label of labels)
			label.hidden = !fold(label.textContent).includes(wanted);
	});
	input.addEventListener('keydown', (event) => {
		if (event.key === 'Enter')
			event.preventDefault();
	});
	boxes.addEventListener('change', show);
	show();
}

// <button data-copy="#element">: copies its text or value.
function copy(button) {
	const source = document.querySelector(button.dataset.copy);
	const label = button.textContent;

	button.hidden = false;
	button.addEventListener('click', async () => {
		try {
			await navigator.clipboard.writeText(source.value ?? source.textContent);
			button.textContent = button.dataset.done || '✓';
			button.classList.add('copied');
		} catch {
			const range = document.createRange();
			range.selectNodeContents(source);
			getSelection().removeAllRanges();
			getSelection().addRange(range);
		}
		setTimeout(() => {
			button.textContent = label;
			button.classList.remove('copied');
		}, 2000);
	});
}

// The text beside a colour follows it.
function colour(pick) {
	const input = pick.querySelector('input');
	const text = pick.querySelector('code');

	input.addEventListener('input', () => { text.textContent = input.value; });
}

// <input type="file" data-into="id">: the chosen text file is put into a field. Files of other encodings are seldom anything but Windows-1252.
function pick(input) {
	input.addEventListener('change', async () => {
		const bytes = await input.files[0]?.arrayBuffer();
		const into = document.getElementById(input.dataset.into);

		if (!bytes)
			return;
		try {
			into.value = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
		} catch {
			into.value = new TextDecoder('windows-1252').decode(bytes);
		}
		into.dispatchEvent(new Event('input', { bubbles: true }));
		input.value = '';
		into.focus();
	});
}

// Choosing a filter with the mouse is enough (by keys each step would send it); empty parameters stay out of the address.
function instant(form) {
	form.addEventListener('submit', () => {
		for (const field of form.elements)
			if (field.name && field.value === '')
				field.disabled = true;
	});
	for (const select of form.querySelectorAll('select')) {
		let pointed = false;
		select.addEventListener('pointerdown', () => { pointed = true; });
		select.addEventListener('keydown', () => { pointed = false; });
		select.addEventListener('change', () => {
			if (pointed)
				form.requestSubmit();
		});
	}
	window.addEventListener('pageshow', () => {
		for (const field of form.elements)
			field.disabled = false;
	});
}

// Menus close by Escape and by a click beside them.
function dismiss(details) {
	document.addEventListener('click', (event) => {
		if (!details.contains(event.target))
			details.open = false;
	});
	details.addEventListener('keydown', (event) => {
		if (event.key === 'Escape' && details.open) {
			details.open = false;
			details.querySelector('summary').focus();
		}
	});
}

// A page that has nothing to ask goes on.
function go(form) {
	form.requestSubmit();
}

// A list whose rows have previews: pointing at a name for a moment shows one, and so does the keyboard's focus. Escape takes it away.
function previews(table) {
	const box = document.createElement('div');
	let timer = 0;
	let shown = null;

	box.className = 'preview';
	box.id = 'preview';
	box.setAttribute('role', 'tooltip');
	box.hidden = true;
	document.body.append(box);

	const hide = () => {
		clearTimeout(timer);
		shown?.removeAttribute('aria-describedby');
		shown = null;
		box.hidden = true;
	};
	const show = async (link) => {
		const answer = await fetch(`${link.pathname}/preview`).catch(() => null);
		const place = link.getBoundingClientRect();

		if (!answer?.ok || shown !== link)
			return;
		box.replaceChildren(new DOMParser().parseFromString(await answer.text(), 'text/html').body.firstElementChild);
		box.hidden = false;
		box.style.insetInlineStart = 'auto';
		box.style.left = `${Math.max(8, Math.min(place.left, innerWidth - box.offsetWidth - 8))}px`;
		box.style.top = `${place.bottom + box.offsetHeight + 8 < innerHeight ? place.bottom + 4 : Math.max(8, place.top - box.offsetHeight - 4)}px`;
		link.setAttribute('aria-describedby', box.id);
	};
	const ask = (link, wait) => {
		hide();
		shown = link;
		timer = setTimeout(show, wait, link);
	};
	const leave = () => {
		clearTimeout(timer);
		timer = setTimeout(hide, 250);
	};

	for (const link of table.querySelectorAll('th.main a')) {
		link.addEventListener('pointerenter', (event) => { if (event.pointerType === 'mouse') ask(link, 300); });
		link.addEventListener('pointerleave', leave);
		link.addEventListener('focus', () => { if (link.matches(':focus-visible')) ask(link, 300); });
		link.addEventListener('blur', leave);
	}
	box.addEventListener('pointerenter', () => clearTimeout(timer));
	box.addEventListener('pointerleave', leave);
	document.addEventListener('keydown', (event) => { if (event.key === 'Escape') hide(); });
	document.addEventListener('scroll', hide, { capture: true, passive: true });
}

const each = (selector, work) => document.querySelectorAll(selector).forEach(work);

each('form[data-unsaved]', guard);
each('form[method="post"]', once);
each('.boxes[data-filter]', filter);
each('[data-copy]', copy);
each('.colour-pick', colour);
each('input[data-into]', pick);
each('form[data-instant]', instant);
each('[data-previews]', previews);
each('details.user, details.drawer', dismiss);
each('form[data-goes]', go);
