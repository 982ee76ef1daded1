/* SPDX-License-Identifier: BSD-2-Clause */
/* view.js - the panel's page: head, first screen, conversation, and the box to write in. */

import { email_is_sound, text_back, text_initials, text_length } from "./text.js";
import { ask, el, emoji, icon, icon_button, popup_make } from "./parts.js";
import { messages_make } from "./messages.js";

const TEXT_MAX = 4000;

/* context: words, locale, title, greeting, framed, chat, store; hooks: close(), window_open() or null, sound(set?) → on. */
export function view_make(context, hooks) {
	const { words, chat, store } = context, state = chat.state;
	let sticks = true, is_drawing = false, focus_wanted = false, was_view = "";

	/* The head. */
	const face = el("span", { class: "face", "aria-hidden": "true" });
	const name = el("h1", { dir: "auto" }), role = el("p", { dir: "auto", "aria-live": "polite" }), about = el("p", { class: "about_agent", dir: "auto", hidden: true });
	const more = icon_button("more", words("More"), { "aria-haspopup": "menu" });
	const menu = el("div", { class: "menu", role: "menu", "aria-label": words("More") });
	const head = el("header", { class: "head" }, face, el("div", { class: "who" }, name, role, about), more, menu,
		context.framed && icon_button("down", words("Close chat"), { class: "tool shut", onclick: hooks.close }));
	const menu_popup = popup_make(more, menu, { fill: menu_fill });

	function menu_item(shape, label, act, attributes) {
		return el("button", { type: "button", role: "menuitem", tabindex: "-1", onclick: () => (menu_popup.close(), act()), ...attributes }, icon(shape), label);
	}

	function menu_fill(box) {
		const on = hooks.sound();
		box.replaceChildren(...[
			menu_item(on ? "sound" : "mute", words("Sound"), () => hooks.sound(!on), { role: "menuitemcheckbox", "aria-checked": String(on) }),
			hooks.window_open && menu_item("window", words("Open in a window"), hooks.window_open),
			chat.is_open() && menu_item("end", words("End chat"), end_ask, { class: "bad" }),
		].filter(Boolean));
	}

	async function end_ask() {
		if (await ask(words("End this chat?"), words("End chat"), words("Go on chatting")) && !await chat.end())
			trouble.show(words("That did not work. Please try again."));
	}

	/* Banner and messages. */
	const banner = el("div", { class: "banner", role: "status" });
	const older = el("button", { type: "button", class: "older plain", onclick: () => older_read() }, words("Show earlier messages"));
	const list = el("div", { class: "list", role: "log", "aria-live": "off", "aria-label": words("Messages") });
	const waiting = el("div", { class: "waiting", role: "status" });
	const typing = el("div", { class: "typing", "aria-hidden": "true" }, el("i"), el("i"), el("i"));
	const scroll = el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": words("Conversation") });
	scroll.append(el("div", { class: "inner" }, older, list, typing, waiting));
	const newest = el("button", { type: "button", class: "newest", onclick: () => foot_show(true) }, icon("down"), el("span", {}, words("New messages")));
	const draw_messages = messages_make(context, list);

	async function older_read() {
		const height = scroll.scrollHeight, top = scroll.scrollTop;
		list.setAttribute("aria-live", "off");
		await chat.older();
		draw_now();
		scroll.scrollTop = top + scroll.scrollHeight - height;
	}

	function foot_show(smooth) {
		sticks = true;
		newest.hidden = true;
		const calm = !smooth || matchMedia("(prefers-reduced-motion: reduce)").matches;
		scroll.scrollTo({ top: scroll.scrollHeight, behavior: calm ? "instant" : "smooth" });
	}

	scroll.addEventListener("scroll", () => {
		sticks = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 60;
		if (sticks) {
			newest.hidden = true;
			hooks.read();
		}
		if (scroll.scrollTop < 80 && state.has_older && !sticks)
			older_read();
	}, { passive: true });
	new ResizeObserver(() => sticks && foot_show()).observe(scroll.firstChild);
	new ResizeObserver(() => sticks && foot_show()).observe(scroll);

	/* The box to write in: one for the chat, one for the first screen. */
	function trouble_make() {
		const element = el("p", { class: "trouble", role: "alert", hidden: true });
		return { element, show(text) {
			element.hidden = !text;
			element.textContent = text || "";
		} };
	}
	const trouble = trouble_make();

	function box_make(label, act, extra) {
		const text = el("textarea", { rows: 1, dir: "auto", "aria-label": label, placeholder: label, maxlength: TEXT_MAX * 2, enterkeyhint: "send" });
		const sender = el("button", { type: "submit", class: "send", "aria-label": words("Send"), title: words("Send") }, icon("send"));
		const smile = icon_button("smile", words("Emoji"), { "aria-haspopup": "true" });
		const signs = el("div", { class: "signs", role: "group", "aria-label": words("Emoji") });
		const form = el("form", { class: "box", novalidate: true }, text, el("div", { class: "tools" }, ...extra, smile, signs, el("span", { class: "space" }), sender));
		const popup = popup_make(smile, signs, { columns: 8, fill: (box) => box.firstChild || box.append(...emoji.map((sign) => el("button", { type: "button", onclick() {
			popup.close();
			text.focus();
			text.setRangeText(sign, text.selectionStart, text.selectionEnd, "end");
			changed();
		} }, sign))) });
		function fit() {
			text.dir = text.value ? "auto" : "";
			text.style.setProperty("height", "auto");
			text.style.setProperty("height", Math.min(text.scrollHeight, 140) + "px");
			sender.classList.toggle("ready", !!text.value.trim());
		}
		function changed() {
			fit();
			chat.typed(text.value);
		}
		text.addEventListener("input", changed);
		text.addEventListener("keydown", (event) => {
			if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
				event.preventDefault();
				form.requestSubmit();
			}
		});
		form.addEventListener("submit", (event) => {
			event.preventDefault();
			act(text.value.trim());
		});
		return { form, text, fit, set(value) {
			text.value = value;
			fit();
		} };
	}

	function text_sound(text) {
		const length = text_length(text);
		if (length > TEXT_MAX)
			trouble.show(words("The message is too long: {n} of at most {limit} characters", { n: length, limit: TEXT_MAX }));
		return length > 0 && length <= TEXT_MAX;
	}

	/* Files: by button, paste, and drop. */
	const picker = el("input", { type: "file", multiple: true, hidden: true, onchange: () => (files_take(picker.files), picker.value = "") });
	const clip = icon_button("clip", words("Attach a file"), { onclick: () => picker.click() });
	const drop = el("div", { class: "drop", "aria-hidden": "true" }, icon("clip"), el("p", {}, words("Drop files here")));

	function files_take(files) {
		for (const file of files)
			chat.file_add(file);
		foot_show();
	}

	const box = box_make(words("Write a message…"), (text) => {
		trouble.show("");
		if (!text_sound(text))
			return;
		box.set("");
		foot_show();
		chat.send(text);
		box.text.focus();
	}, [clip, picker]);
	box.text.addEventListener("paste", (event) => {
		if (event.clipboardData.files.length) {
			event.preventDefault();
			files_take(event.clipboardData.files);
		}
	});

	const has_files = (event) => chat.is_open() && event.dataTransfer && [...event.dataTransfer.types].includes("Files");
	let depth = 0;
	addEventListener("dragenter", (event) => has_files(event) && (depth++, drop.classList.add("on")));
	addEventListener("dragleave", (event) => has_files(event) && --depth < 1 && (depth = 0, drop.classList.remove("on")));
	addEventListener("dragover", (event) => event.preventDefault());
	addEventListener("drop", (event) => {
		event.preventDefault();
		depth = 0;
		drop.classList.remove("on");
		if (has_files(event))
			files_take(event.dataTransfer.files);
	});

	const ended = el("div", { class: "ended" },
		el("button", { type: "button", class: "main", onclick: () => (focus_wanted = true, chat.renew()) }, words("Start a new chat")));
	const stray_send = el("button", { type: "button", class: "main", onclick: () => (focus_wanted = true, trouble.show(""), chat.strays_send()) });
	const stray = el("div", { class: "ended" }, el("p", { role: "status" }, words("Not sent: the chat had ended.")), stray_send,
		el("button", { type: "button", class: "plain", onclick: () => (trouble.show(""), chat.strays_drop()) }, words("Discard")));
	const foot = el("footer", { class: "foot" }, newest, trouble.element, stray, box.form, ended);

	/* The first screen. */
	const first_trouble = trouble_make();
	const field = (label, attributes) => el("label", {}, el("span", {}, label), el("input", { dir: "auto", ...attributes }));
	const name_field = field(words("Name (optional)"), { name: "name", autocomplete: "name", maxlength: 120 });
	const email_field = field(words("E-mail (optional)"), { name: "email", type: "email", inputmode: "email", autocomplete: "email", maxlength: 254, "aria-describedby": "email_trouble" });
	const email_trouble = el("p", { class: "trouble", id: "email_trouble", hidden: true }, words("This e-mail address does not look right."));
	const [name_input, email_input] = [name_field.lastChild, email_field.lastChild];
	const first_box = box_make(words("How can we help?"), first_send, []);
	const greeting = context.greeting ? el("p", { class: "greeting", dir: "auto" }, context.greeting) : null;
	const presence = el("p", { class: "presence", role: "status" }), closed = el("div", { class: "closed" });
	const first = el("main", { class: "first" },
		el("div", { class: "hero" }, context.logo && el("img", { class: "logo", src: context.logo, alt: context.company || "" }), el("h1", { dir: "auto" }, context.title), greeting, presence),
		el("div", { class: "card" }, el("div", { class: "fields" }, name_field, email_field, email_trouble, first_trouble.element, first_box.form), closed));

	function first_send(text) {
		const email = email_input.value.trim(), sound = !email || email_is_sound(email);
		email_trouble.hidden = sound;
		email_input.setAttribute("aria-invalid", String(!sound));
		if (!sound)
			return email_input.focus();
		if (!text)
			return first_box.text.focus();
		if (!text_sound(text))
			return first_trouble.show(trouble.element.textContent);
		first_trouble.show("");
		chat.me_set(name_input.value.trim(), email);
		first_box.set("");
		focus_wanted = true;
		chat.send(text);
	}

	const gone = el("div", { class: "gone" }, el("p", {}, words("This chat is not available.")));
	const loading = el("div", { class: "gone", role: "status" }, el("p", {}, words("One moment…")));
	const talk = el("main", { class: "talk" }, scroll, foot, drop);
	document.body.append(el("div", { class: "panel" }, head, banner, first, talk, gone, loading));
	newest.hidden = true;
	first_box.set(store.draft());
	box.set(store.draft());

	function view_name() {
		if (state.gone)
			return "gone";
		if (!state.loaded)
			return chat.outbox().length ? "talk" : "loading";
		return state.conversation || chat.outbox().length ? "talk" : "first";
	}

	/* The agent's picture when he shows one, else the initials; drawn anew only when it is another. */
	function face_draw(agent) {
		const picture = agent && agent.picture ? "/visit/" + context.key + "/" + agent.picture : "", letters = agent && text_initials(agent.alias) || "";
		if (face.dataset.shows === picture + letters)
			return;
		face.dataset.shows = picture + letters;
		face.replaceChildren(picture ? el("img", { src: picture, alt: "", onerror: () => face.replaceChildren(letters || icon("chat")) }) : letters || icon("chat"));
	}

	function head_draw(view) {
		const mine = state.conversation, agent = mine && mine.agent;
		const is_waiting = mine && (mine.state === "waiting" || mine.state === "offered");
		face.hidden = view !== "talk";
		face_draw(agent);
		about.textContent = view === "talk" && agent && agent.bio || "";
		about.hidden = !about.textContent;
		name.hidden = view === "first";
		name.textContent = view === "first" ? "" : agent ? agent.alias : context.title;
		role.textContent = view !== "talk" ? "" : mine && mine.state === "closed" ? words("The chat has ended") : is_waiting ? mine.closed ? "" : words("We will be with you shortly") : agent && agent.title || "";
		head.classList.toggle("plain_head", view === "first");
		waiting.hidden = !is_waiting;
		const text = is_waiting && (mine.position > 1 ? words("You are number {n} in line", { n: mine.position }) : words("You are next in line"));
		const back = is_waiting && mine.closed ? closed_texts(mine.closed) : [];
		if (is_waiting && waiting.dataset.text !== text + back) {
			waiting.dataset.text = text + back;
			waiting.replaceChildren(el("span", { class: "pulse" }), el("div", {}, el("strong", {}, text), ...back.map((line) => el("p", { dir: "auto" }, line)), el("p", {}, words("You can go on writing: your agent will see all of it."))));
		}
	}

	/* What is said outside the hours: the company's own words or ours, and when somebody is back. */
	function closed_texts(given) {
		return [given.message || words("We are closed at the moment."), given.opens_at ? text_back(words, context.locale, given.opens_at, Date.now()) : ""].filter(Boolean);
	}

	function closed_draw() {
		const texts = state.closed ? closed_texts(state.closed) : [words("All our agents are away at the moment. Please come back later; we would like to help you.")];
		if (closed.dataset.text !== String(texts)) {
			closed.dataset.text = texts;
			closed.replaceChildren(icon("wait"), el("h2", {}, words("Nobody is here right now")), ...texts.map((line, at) => el("p", { dir: "auto", class: at ? "back" : "" }, line)));
		}
	}

	function banner_draw() {
		const text = state.linked ? "" : words("No connection. What you write is kept and sent as soon as it is back.");
		banner.hidden = !text;
		if (banner.textContent !== text)
			banner.textContent = text;
	}

	function draw_now() {
		is_drawing = false;
		const view = view_name(), has_ended = !!state.conversation && state.conversation.state === "closed", has_strays = chat.strays().length > 0;
		document.documentElement.dataset.view = view;
		[[first, "first"], [talk, "talk"], [gone, "gone"], [loading, "loading"]].forEach(([element, key]) => element.hidden = view !== key);
		head_draw(view);
		banner_draw();
		if (view === "first" && was_view !== "first") {
			name_input.value = name_input.value || state.name;
			email_input.value = email_input.value || state.email;
			draft_set(store.draft());
		}
		closed.hidden = state.online;
		if (!state.online)
			closed_draw();
		first.classList.toggle("away", !state.online && !state.error);
		presence.textContent = state.online ? words("We are online") : words("We are away");
		first_trouble.show(view === "first" && state.error ? state.error.message || words("Not sent") : "");
		if (state.error && view === "talk")
			trouble.show(state.error.message || words("Not sent"));
		older.hidden = !state.has_older;
		older.disabled = !!state.reads_older;
		typing.hidden = !(chat.is_open() && state.typing_until > Date.now());
		stray.hidden = !has_strays;
		stray_send.textContent = chat.is_open() ? words("Send it now") : words("Send it in a new chat");
		box.form.hidden = has_ended || has_strays && !chat.is_open();
		ended.hidden = !has_ended || has_strays;
		clip.hidden = !chat.is_open();
		picker.accept = (state.limits.types || []).join(",");
		if (view === "talk")
			draw_messages();
		if (sticks)
			foot_show();
		if (state.loaded && view === "talk")
			setTimeout(() => list.setAttribute("aria-live", "polite"), 500);
		if (view !== was_view)
			view_entered(view);
		was_view = view;
		hooks.drawn();
	}

	function view_entered(view) {
		if (view === "talk") {
			box.set(store.draft());
			sticks = true;
			foot_show();
		}
		if (focus_wanted)
			focus();
	}

	/* Into the first thing to fill in. */
	function focus() {
		const view = view_name();
		focus_wanted = view === "loading";
		if (view === "talk")
			[box.text, stray_send, ended.lastChild].find((each) => each.checkVisibility()).focus();
		else if (view === "first" && state.online)
			(name_input.value ? first_box.text : name_input).focus();
		else if (context.framed)
			head.lastChild.focus();
	}

	function draft_set(text) {
		store.draft_set(text);
		for (const each of [box, first_box])
			if (each.text.value !== text)
				each.set(text);
	}

	return {
		focus, draft_set,
		draw() {
			if (!is_drawing) {
				is_drawing = true;
				setTimeout(draw_now, 0);
			}
		},
		arrived() {
			if (!sticks)
				newest.hidden = false;
		},
		at_foot: () => sticks && !talk.hidden,
		progress: (upload) => upload.bar && (upload.bar.value = upload.progress),
	};
}
