/* SPDX-License-Identifier: BSD-2-Clause */
/* parts.js - pieces of the panel's page, made without markup in strings: elements, icons, menu, emoji, questions. */

/* el("p", { class: "x", onclick: f, hidden: true }, "text", element, …): false and null attributes are left out. */
export function el(tag, attributes, ...children) {
	const element = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes || {})) {
		if (typeof value === "function")
			element.addEventListener(name.slice(2), value);
		else if (value !== false && value !== null && value !== undefined)
			element.setAttribute(name, value === true ? "" : value);
	}
	element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
	return element;
}

const shapes = {
	chat: "M4 20l1.5-4.5a8 8 0 1 1 3.5 3.5z",
	close: "M6 6l12 12M18 6L6 18",
	down: "M6 9.5l6 6 6-6",
	more: "M12 5.5v.01M12 12v.01M12 18.5v.01",
	send: "M5 12h13M12.5 6l6 6-6 6",
	clip: "M20 11.5l-8.2 8.2a5.2 5.2 0 0 1-7.4-7.4l8.5-8.5a3.5 3.5 0 0 1 5 5L9.5 17.2a1.8 1.8 0 0 1-2.5-2.5l7.7-7.7",
	smile: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.5 14.2c.8 1.2 2 1.9 3.5 1.9s2.7-.7 3.5-1.9M9 9.5v.01M15 9.5v.01",
	file: "M14 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8zM14 3v5h5",
	save: "M12 4v11M7 11l5 5 5-5M5 20h14",
	sound: "M5 9.5v5h3.5L13 18.5v-13L8.5 9.5zM16.5 9a4.5 4.5 0 0 1 0 6M19 6.5a8 8 0 0 1 0 11",
	mute: "M5 9.5v5h3.5L13 18.5v-13L8.5 9.5zM17 9.5l5 5M22 9.5l-5 5",
	window: "M14 4h6v6M20 4l-8.5 8.5M18 13.5V19a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1h5.5",
	end: "M15 4h3a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2h-3M10 16l-4-4 4-4M6 12h9",
	check: "M5 12.5l4.5 4.5L19 7.5",
	wait: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7.5V12l3 2",
	alert: "M12 8v5M12 16.5v.01M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z",
};

export function icon(name) {
	const space = "http://www.w3.org/2000/svg", svg = document.createElementNS(space, "svg"), path = document.createElementNS(space, "path");
	svg.setAttribute("viewBox", "0 0 24 24");
	svg.setAttribute("aria-hidden", "true");
	svg.setAttribute("class", "icon icon_" + name);
	path.setAttribute("d", shapes[name]);
	svg.append(path);
	return svg;
}

export function icon_button(name, label, attributes) {
	return el("button", { type: "button", class: "tool", "aria-label": label, title: label, ...attributes }, icon(name));
}

/* Arrow keys, Home and End move between `items()`. */
function keys_move(event, items, columns) {
	const list = items(), at = list.indexOf(document.activeElement);
	const rtl = document.documentElement.dir === "rtl" ? -1 : 1;
	const steps = { ArrowRight: rtl, ArrowLeft: -rtl, ArrowDown: columns, ArrowUp: -columns, Home: -at, End: list.length - 1 - at };
	if (!(event.key in steps) || at < 0)
		return;
	event.preventDefault();
	list[(at + steps[event.key] + list.length) % list.length].focus();
}

/* A button with a small box that it opens; Esc and a click elsewhere close it. fill(box) is asked at each opening. */
export function popup_make(button, box, { fill, columns }) {
	const items = () => [...box.querySelectorAll("button:not([hidden])")];
	function set(open, returns) {
		if (box.hidden === !open)
			return;
		if (open && fill)
			fill(box);
		box.hidden = !open;
		button.setAttribute("aria-expanded", open);
		if (open && items()[0])
			items()[0].focus();
		else if (returns)
			button.focus();
	}
	box.hidden = true;
	button.setAttribute("aria-expanded", "false");
	button.addEventListener("click", () => set(box.hidden, true));
	box.addEventListener("keydown", (event) => {
		if (event.key === "Escape") {
			event.stopPropagation();
			set(false, true);
		} else if (event.key === "Tab")
			set(false, false);
		else
			keys_move(event, items, columns || 1);
	});
	document.addEventListener("pointerdown", (event) => !box.contains(event.target) && !button.contains(event.target) && set(false, false));
	addEventListener("blur", () => set(false, false));
	return { close: () => set(false, true) };
}

export const emoji = "😀 😁 😂 😅 😊 😉 😍 😘 😎 🤔 🙂 🙃 😐 😕 😢 😭 😡 😱 🥳 😴 👍 👎 👏 🙏 👋 💪 🤝 👌 🙌 🤷 🎉 ❤️ 💔 🔥 ⭐ ✅ ❌ ❓ ❗ 💡".split(" ");

/* Asks; answers true when `yes` was chosen. Focus stays inside and goes back by itself. */
export function ask(question, yes, no) {
	return new Promise((done) => {
		const box = el("dialog", { class: "ask", "aria-labelledby": "ask_text", onclose: () => (box.remove(), done(box.returnValue === "yes")) },
			el("p", { id: "ask_text" }, question),
			el("div", { class: "row" },
				el("button", { type: "button", class: "plain", onclick: () => box.close("no") }, no),
				el("button", { type: "button", class: "danger", onclick: () => box.close("yes") }, yes)));
		box.addEventListener("keydown", (event) => event.stopPropagation());
		document.body.append(box);
		box.showModal();
	});
}

/* A picture over the whole panel. */
export function picture_show(url, name, words, save) {
	const box = el("dialog", { class: "picture", "aria-label": name, onclose: () => box.remove(), onclick: (event) => event.target === box && box.close() },
		el("div", { class: "bar" }, el("span", { dir: "auto" }, name),
			icon_button("save", words("Download"), { onclick: save }),
			icon_button("close", words("Close"), { onclick: () => box.close() })),
		el("img", { src: url, alt: name }));
	box.addEventListener("keydown", (event) => event.stopPropagation());
	document.body.append(box);
	box.showModal();
}

/* Hands bytes to the browser's downloads. */
export function blob_save(blob, name) {
	const url = URL.createObjectURL(blob), link = el("a", { href: url, download: name });
	document.body.append(link);
	link.click();
	link.remove();
	setTimeout(() => URL.revokeObjectURL(url), 60000);
}
