// SPDX-License-Identifier: BSD-2-Clause
// press.js - a press and its release make a click only on an element that stays: between them nothing is drawn anew.

// Milliseconds.
const LONGEST = 5000;       // a press that ends outside the window may never be told
const CLICK = 50;           // from the release to its click, which touch screens send later

// Answers draw(words) as a function that waits with its words while a pointer is down.
export function heldByPress(draw) {
	let isDown = false;
	let timer = 0;
	let held = new Set();
	const letGo = () => {
		const words = held;
		isDown = false;
		held = new Set();
		if (words.size)
			draw(words);
	};
	const letGoIn = (milliseconds) => {
		clearTimeout(timer);
		timer = setTimeout(letGo, milliseconds);
	};
	addEventListener('pointerdown', () => {
		isDown = true;
		letGoIn(LONGEST);
	}, true);
	for (const name of ['pointerup', 'pointercancel'])
		addEventListener(name, () => letGoIn(CLICK), true);
	return (words) => (isDown ? words.forEach((word) => held.add(word)) : draw(words));
}
