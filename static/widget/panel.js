/* SPDX-License-Identifier: BSD-2-Clause */
/* panel.js - the visitor's panel: puts storage, conversation, page and host window together. */

import { chat_make } from "./chat.js";
import { host_make, window_open } from "./host.js";
import { store_make } from "./store.js";
import { words_make } from "./text.js";
import { view_make } from "./view.js";

const root = document.documentElement, data = root.dataset;

function json_read(id) {
	try {
		return JSON.parse(document.getElementById(id).textContent) || {};
	} catch (error) {
		return {};
	}
}

/* Two short notes; made, not loaded. */
let audio = null;
function sound_play() {
	try {
		audio ||= new AudioContext();
		[[660, 0], [880, .11]].forEach(([pitch, after]) => {
			const wave = audio.createOscillator(), volume = audio.createGain(), at = audio.currentTime + after;
			wave.frequency.value = pitch;
			volume.gain.setValueAtTime(0, at);
			volume.gain.linearRampToValueAtTime(.14, at + .02);
			volume.gain.exponentialRampToValueAtTime(.001, at + .3);
			wave.connect(volume).connect(audio.destination);
			wave.start(at);
			wave.stop(at + .32);
		});
	} catch (error) { /* a browser without sound */ }
}

const config = { ...json_read("config"), key: data.key, locale: root.lang || "en" };
for (const name in config.colours)
	root.style.setProperty(name, config.colours[name]);
const words = words_make(json_read("strings"));
const store = store_make(config.key, (name, value) => host && host.tell("keep", { name, value }));
const is_page = data.mode === "page";
let host = null, shown = is_page, begun = false, unread_told = -1, open_told = null, title = document.title;

host = host_make({ init: host_init, page: (page) => chat.page_set(page), shown: () => show(true), hidden: () => show(false) });

const chat = chat_make(config, store, {
	changed: () => view && view.draw(),
	chat: chat_told,
	sending: () => host.tell("keep", { name: "open", value: "1" }),
	online: (on) => host.tell("online", { on }),
	draft: (text) => view.draft_set(text),
	arrived,
	progress: (upload) => view.progress(upload),
	is_visible,
});

const view = view_make({ words, locale: config.locale, title: data.title || words("Chat"), greeting: data.greeting || "", logo: data.logo, company: data.company, key: data.key, framed: host.framed, chat, store }, {
	close: () => host.tell("close"),
	window_open: host.framed ? pop_out : null,
	sound(on) {
		if (on !== undefined)
			store.set("sound", on ? null : "off");
		if (on)
			sound_play();
		return store.get("sound") !== "off";
	},
	read,
	drawn,
});

function is_visible() {
	return shown && document.visibilityState === "visible";
}

function chat_told(on) {
	if (open_told === on)
		return;
	open_told = on;
	host.tell("chat", { on });
}

function read() {
	if (is_visible() && view.at_foot())
		chat.seen();
}

function drawn() {
	read();
	const n = chat.unread();
	if (n !== unread_told) {
		unread_told = n;
		host.tell("unread", { n });
		if (is_page)
			document.title = n ? "(" + n + ") " + title : title;
	}
}

/* New messages of the other side; the first tab of the site that has them plays the sound. */
function arrived(messages) {
	const heard = messages.filter((message) => message.by !== "visitor" && (message.kind === "text" || message.kind === "file"));
	if (!heard.length)
		return;
	view.arrived();
	host.tell("message", {});
	const mark = chat.state.conversation.id + "." + heard.at(-1).seq;
	if (store.get("rang") === mark)
		return;
	store.set("rang", mark);
	if ((!is_visible() || !document.hasFocus()) && store.get("sound") !== "off")
		sound_play();
}

function show(on) {
	shown = on;
	if (on) {
		view.focus();
		chat.wake();
	}
	view.draw();
}

/* The loader's or the opener's greeting: its copies help when ours were cleared or forbidden. */
function host_init(given) {
	store.adopt(given.kept);
	chat.recall();
	chat.token_give(given.token);
	view.draft_set(store.draft());
	if (given.draft && !store.draft())
		view.draft_set(String(given.draft).slice(0, 8000));
	if (given.me && !chat.state.name && !chat.state.email)
		chat.me_set(String(given.me.name || "").slice(0, 120), String(given.me.email || "").slice(0, 254));
	chat.page_set(given.page);
	shown = is_page || !!given.shown;
	begin(given.quiet);
	host.tell("keep", { name: "token", value: chat.token() });
	if (open_told !== null)
		host.tell("chat", { on: open_told });
	unread_told = -1;
	view.draw();
}

function begin(quiet) {
	if (begun)
		return;
	begun = true;
	view.draw();
	chat.hello();
	if (shown && !quiet)
		view.focus();
}

function pop_out() {
	const opened = window_open(config.key, () => ({ token: chat.token(), draft: store.draft(), me: { name: chat.state.name, email: chat.state.email }, page: chat.page() }), (told) => {
		if (told.type === "keep" && told.name === "token" && told.value && told.value !== chat.token()) {
			chat.token_give(told.value);
			chat.hello();
		} else if (told.type === "chat" && told.on && !chat.is_open())
			chat.hello();
	});
	if (opened)
		host.tell("close");
}

addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && host.tell("close"));
addEventListener("focus", read);
document.addEventListener("visibilitychange", () => view.draw());
view.draw();
host.tell("ready");
setTimeout(() => begin(), host.has_peer() ? 1500 : 0);
