// SPDX-License-Identifier: BSD-2-Clause
// hours.js - the week of a calendar as pairs of times, and a file of holidays read into its form. The pages work without it.

const PERIOD = /^\s*(\d{1,2})(?:[:.h](\d{2})?)?\s*[-–—]\s*(\d{1,2})(?:[:.h](\d{2})?)?\s*$/i;
const two = (number) => String(number).padStart(2, '0');

// "9-12.30; 14-17" as [["09:00", "12:30"], ["14:00", "17:00"]]; null when a part of it is no period: then people go on typing.
function read(text) {
	const periods = [];

	for (const part of text.split(/[,;\n]/)) {
		const match = PERIOD.exec(part);
		if (part.trim() === '')
			continue;
		if (!match)
			return null;
		periods.push([`${two(match[1])}:${match[2] ?? '00'}`, `${two(match[3])}:${match[4] ?? '00'}`]);
	}
	return periods;
}

function element(name, properties, ...children) {
	const made = Object.assign(document.createElement(name), properties);

	made.append(...children);
	return made;
}

// One day: the text input stays and is what is sent; the pairs write into it.
class Day {
	constructor(field, words) {
		this.words = words;
		this.times = field.querySelector('.week-times');
		this.input = this.times.querySelector('input');
		this.label = field.querySelector('label').textContent.trim();
		this.periods = read(this.input.value);
		if (this.periods !== null)
			this.draw();
	}

	write() {
		this.input.value = this.periods.map((period) => period.join('-')).join(', ');
		this.input.dispatchEvent(new Event('input', { bubbles: true }));
	}

	time(period, at) {
		const input = element('input', { type: 'text', value: period[at], inputMode: 'numeric', maxLength: 5, placeholder: '00:00', autocomplete: 'off' });

		input.setAttribute('aria-label', `${this.label} ${at === 0 ? this.words.from : this.words.to}`);
		if (this.input.hasAttribute('aria-invalid'))
			input.setAttribute('aria-invalid', 'true');
		input.addEventListener('input', (event) => {
			event.stopPropagation();
			period[at] = input.value.trim();
			this.write();
		});
		input.addEventListener('change', () => {
			const match = /^(\d{1,2})[:.h]?(\d{2})?$/i.exec(input.value.trim());
			if (match)
				period[at] = input.value = `${two(match[1])}:${match[2] ?? '00'}`;
			this.write();
		});
		return input;
	}

	period(period) {
		const remove = element('button', { type: 'button', className: 'button icon quiet', textContent: '×', title: this.words.remove });

		remove.setAttribute('aria-label', `${this.words.remove}: ${this.label} ${period.join('–')}`);
		remove.addEventListener('click', () => {
			this.periods.splice(this.periods.indexOf(period), 1);
			this.write();
			this.draw();
			this.times.querySelector('.period-add').focus();
		});
		return element('span', { className: 'period' }, this.time(period, 0), '–', this.time(period, 1), remove);
	}

	add() {
		const last = this.periods.at(-1);
		const hour = last ? Number.parseInt(last[1], 10) + 1 : 9;

		this.periods.push(last ? [`${two(Math.min(hour, 23))}:00`, `${two(Math.min(hour + 4, 24))}:00`] : ['09:00', '17:00']);
		this.write();
		this.draw();
		[...this.times.querySelectorAll('.period')].at(-1).querySelector('input').focus();
	}

	draw() {
		const add = element('button', { type: 'button', className: 'button small quiet period-add', textContent: `+ ${this.words.add}` });

		add.setAttribute('aria-label', `${this.words.add}: ${this.label}`);
		add.addEventListener('click', () => this.add());
		this.input.hidden = true;
		this.input.type = 'hidden';
		this.times.replaceChildren(this.input, ...this.periods.map((period) => this.period(period)),
			...(this.periods.length === 0 ? [element('span', { className: 'rest', textContent: this.words.closed })] : []), add);
		// A complaint on top of the page leads to what can be typed into.
		this.input.removeAttribute('id');
		this.times.querySelector('.period input, .period-add').id = `f-${this.input.name}`;
	}

	set(periods) {
		this.periods = periods.map((period) => [...period]);
		this.write();
		this.draw();
	}
}

function week(fieldset) {
	const days = new Map([...fieldset.querySelectorAll('[data-day]')].map((field) => [field.dataset.day, new Day(field, fieldset.dataset)]));
	const copy = element('button', { type: 'button', className: 'button small week-copy', textContent: fieldset.dataset.same });

	copy.addEventListener('click', () => {
		for (const name of ['tuesday', 'wednesday', 'thursday', 'friday'])
			days.get(name).set(days.get('monday').periods ?? []);
	});
	fieldset.append(copy);
	return days;
}

// "Always" rests the days below it.
function always(box, fieldset) {
	const show = () => { fieldset.hidden = box.checked; };

	box.addEventListener('change', show);
	show();
}

// A file is read here and sent as text.
function file(form) {
	const pick = form.querySelector('[data-file]');
	const input = pick.querySelector('input');
	const text = form.querySelector('textarea');
	const name = form.querySelector('[name="name"]');

	input.addEventListener('change', async () => {
		const chosen = input.files[0];
		if (!chosen)
			return;
		text.value = await chosen.text();
		input.value = '';
		if (name.value === '')
			name.placeholder = chosen.name;
	});
}

for (const fieldset of document.querySelectorAll('[data-week]')) {
	week(fieldset);
	const box = fieldset.form?.elements.always;
	if (box)
		always(box, fieldset);
}
document.querySelectorAll('form[data-ical]').forEach(file);
