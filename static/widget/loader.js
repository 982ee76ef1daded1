/* SPDX-License-Identifier: BSD-2-Clause */
/* loader.js - the chat button of a web page: the body of a function `run` of `config`, served as /widget/KEY.js. */
"use strict";
const doc = document, key = config.key, base = config.base.replace(/\/$/, ""), origin = new URL(base).origin;
const say = (text) => (config.strings || {})[text] || text;
/* The page speaks another language that there is: the server says it in that one. A page that allows no second script has it in ours. */
const own = doc.currentScript, tag = (own?.dataset.lang || doc.documentElement.lang).toLowerCase(), tongue = tag.slice(0, 2);
if (config.tongues?.includes(tongue) && !config.locale.startsWith(tongue))
	try {
		const other = make("script");
		let src = base + "/widget/" + key + ".js?lang=" + tag;
		try { src = trustedTypes.createPolicy("hark", { createScriptURL: String }).createScriptURL(src); } catch {}
		other.nonce = own?.nonce || "";
		other.src = src;
		other.onerror = () => run({ ...config, tongues: "" });
		return doc.head.append(other);
	} catch {}
let hark = window.hark;
if (typeof hark !== "function" || !hark.widgets)
	hark = api_make(hark);
if (hark.widgets.has(key))
	return;

const side = config.position === "left" ? "left" : "right";
const place = [...hark.widgets.values()].filter((other) => other.side === side).length * 68;
const mine = "hark." + key + ".", memory = {}, view = window.visualViewport, small = "(max-width:480px),(max-height:440px)";
const nonce = crypto.getRandomValues(new Uint32Array(4)).join("-");
const hash = "?lang=" + config.locale + "#n=" + nonce + "&o=" + encodeURIComponent(location.origin);
let frame, peer, back, watch, told = location.href, unread = 0, is_open = false, online = config.online, shown = true, greeted = false, tries = 0, was_open;

function api_make(stub) {
	const api = (...args) => call(args);
	const call = (args) => {
		const [name, what, hear] = args, only = (args[args.length - 1] || {}).key;
		if (name === "on") {
			api.hearers.push([what, hear, only]);
			if (what === "ready")
				api.widgets.forEach((widget, id) => !only || only === id ? hear({ key: id }) : 0);
			return;
		}
		const chosen = only ? [api.widgets.get(only)] : [...api.widgets.values()];
		if (!chosen[0])
			api.late.push(args);
		else
			chosen.slice(0, /open|toggle/.test(name) ? 1 : 99).forEach((widget) => Object.hasOwn(widget.can, name) && widget.can[name]());
	};
	api.widgets = new Map();
	api.hearers = [];
	api.late = [...(stub && stub.q || [])];
	api.tell = (id, name, data) => api.hearers.forEach(([what, hear, only]) => {
		if (what === name && (!only || only === id))
			try { hear({ key: id, ...data }); } catch (error) { console.error(error); }
	});
	api.drain = () => api.late.splice(0).forEach((args) => call([...args]));
	return window.hark = api;
}

/* The site's storage may be forbidden. */
function keep(name, value) {
	memory[name] = value;
	try {
		if (value === null)
			localStorage.removeItem(mine + name);
		else
			localStorage.setItem(mine + name, value);
	} catch {}
}

function kept() {
	const all = { ...memory };
	try {
		for (const name of Object.keys(localStorage))
			if (name.startsWith(mine))
				all[name.slice(mine.length)] = localStorage[name];
	} catch {}
	return all;
}

function make(tag, attributes, ...children) {
	const element = doc.createElementNS("http://www.w3.org/" + (/svg|path/.test(tag) ? "2000/svg" : "1999/xhtml"), tag);
	for (const name in attributes)
		element.setAttribute(name, attributes[name]);
	element.append(...children);
	return element;
}

const style = `:host{all:initial!important;position:fixed!important;z-index:2147483000!important}:host([data-open]){z-index:2147483001!important}@media print{:host{display:none!important}}[hidden]{display:none!important}
.b,.p{position:fixed;${side}:20px;box-sizing:border-box;display:flex;align-items:center;justify-content:center;font:600 15px/1.25 system-ui,sans-serif}
.b{bottom:${20 + place}px;gap:10px;min-width:56px;max-width:min(300px,calc(100vw - 40px));height:56px;margin:0;padding:0 15px;border:0;border-radius:28px;
background:${config.colour};color:${config.ink};cursor:pointer;box-shadow:0 1px 3px #0003,0 6px 20px #0003}
.off{background:#59636e;color:#fff}.b:hover{filter:brightness(1.08)}.b:focus-visible{outline:3px solid #1b1f24;outline-offset:2px;box-shadow:0 0 0 7px #fff}
span{overflow:hidden;white-space:nowrap;text-overflow:ellipsis}.text{padding-inline:18px 22px}
svg{flex:none;width:26px;height:26px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
i{position:absolute;top:-5px;inset-inline-end:-3px;min-width:22px;padding:0 6px;box-sizing:border-box;border-radius:11px;background:#cf222e;color:#fff;
font:700 12px/22px system-ui,sans-serif;box-shadow:0 0 0 2px #fff}
.p{bottom:${88 + place}px;width:384px;max-width:calc(100vw - 40px);height:min(664px,calc(100vh - ${108 + place}px));border-radius:16px;overflow:hidden;
background:#fff;color:#57606a;box-shadow:0 0 0 1px #0001,0 12px 48px #0004}
iframe{position:absolute;inset:0;width:100%;height:100%;border:0}p{z-index:1;padding:32px;text-align:center;font-weight:400}p button{margin:16px;padding:8px 16px;font:inherit}
@media(prefers-color-scheme:dark){.p{background:#14181d;color:#9da7b3;box-shadow:0 0 0 1px #343b45,0 12px 48px #0009}}
@media(prefers-reduced-motion:no-preference){.p{animation:in .2s}@keyframes in{from{opacity:0;transform:translateY(14px)}}}
@media ${small}{.p{inset:0;width:100%;max-width:none;height:100%;border-radius:0}.b[aria-expanded=true]{display:none}}`;

const line = make("path"), label = make("span"), badge = make("i", { hidden: "", "aria-hidden": "true" });
const button = make("button", { type: "button", class: "b", "aria-expanded": "false", "aria-controls": "p", dir: "auto" },
	make("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, line), label, badge);
const trouble = make("p", { role: "status" }), again = make("button", { type: "button" }, say("Try again"));
const panel = make("div", { id: "p", class: "p", hidden: "" }, trouble);
const host = make("hark-widget", { "data-key": key });
const shadow = host.attachShadow({ mode: "open" });
const sheet = new CSSStyleSheet();
sheet.replaceSync(style);
shadow.adoptedStyleSheets = [sheet];
shadow.append(panel, button);

function draw() {
	const text = !is_open && config.text || "";
	const has_chat = kept().open, name = is_open ? say("Close the chat") : config.text || say("Chat with us");
	line.setAttribute("d", is_open ? "M6 9.5l6 6 6-6" : "M4 20l1.5-4.5a8 8 0 1 1 3.5 3.5z");
	label.textContent = text;
	label.hidden = !text;
	badge.textContent = unread > 99 ? "99+" : unread;
	badge.hidden = !unread || is_open;
	button.className = "b" + (text ? " text" : "") + (online || has_chat ? "" : " off");
	button.hidden = !shown || !is_open && !online && config.offline === "hidden" && !has_chat;
	button.setAttribute("aria-expanded", is_open);
	button.setAttribute("aria-label", name + (unread && !is_open ? " (" + say("New messages") + ": " + unread + ")" : ""));
	panel.hidden = !is_open;
	host.toggleAttribute("data-open", is_open);
	try { sessionStorage[mine + "shown"] = is_open || ""; } catch {}
}

function page() {
	return { url: location.href, title: doc.title, referrer: doc.referrer };
}

function tell(type, more) {
	if (peer && greeted)
		try { peer.postMessage({ hark: nonce, type, ...more }, origin); } catch {}
}

function load() {
	if (frame)
		return;
	frame = make("iframe", { title: config.title || say("Chat with us"), src: base + config.panel + hash, allow: "autoplay" });
	trouble.hidden = false;
	trouble.replaceChildren(say("One moment…"));
	panel.append(frame);
	peer = frame.contentWindow;
	greeted = false;
	watch = setTimeout(() => trouble.replaceChildren(say("This takes longer than usual."), make("br"), again), 15000);
}

function open_window() {
	peer = window.open(base + "/chat/" + key + hash, "hark-" + key, "popup,width=420,height=680");
	if (peer)
		peer.focus();
	return peer;
}

function open() {
	if (config.display === "window" && open_window() || is_open)
		return;
	hark.widgets.forEach((other) => other.can !== can && other.can.close());
	back = doc.activeElement === host || doc.activeElement === doc.body ? null : doc.activeElement;
	is_open = true;
	draw();
	load();
	frame.focus();
	tell("shown");
	hark.tell(key, "open");
}

function close(event) {
	if (!is_open)
		return;
	const had_focus = doc.activeElement === host || event === "panel";
	is_open = false;
	draw();
	tell("hidden");
	if (had_focus)
		(back && back.isConnected ? back : button).focus();
	hark.tell(key, "close");
}

/* Above the keyboard of the screen. */
function fit() {
	const covered = view && matchMedia(small).matches && innerHeight - view.height > 60;
	panel.style.height = covered ? view.height + "px" : "";
	panel.style.top = covered ? view.offsetTop + "px" : "";
}

const heard = {
	ready() {
		clearTimeout(watch);
		trouble.hidden = greeted = true;
		tell("init", { kept: kept(), page: page(), shown: is_open, quiet: was_open });
	},
	keep(data) {
		if (/^(open|token|fresh|draft|name|email|done|sound|outbox\.[\w.-]+)$/.test(data.name))
			keep(data.name, data.value);
	},
	chat(data) {
		keep("open", data.on ? "1" : null);
		draw();
		hark.tell(key, data.on ? "start" : "end");
	},
	unread(data) {
		unread = Math.max(0, data.n | 0);
		draw();
		hark.tell(key, "unread", { n: unread });
	},
	online(data) {
		online = !!data.on;
		draw();
	},
	message() {
		hark.tell(key, "message");
	},
	close() {
		close("panel");
	},
};

addEventListener("message", (event) => {
	const data = event.data;
	if (peer && event.source === peer && event.origin === origin && data && data.hark === nonce && Object.hasOwn(heard, data.type))
		heard[data.type](data);
});

/* Single-page applications; the title comes a little later. */
function moved() {
	setTimeout(() => {
		if (told !== location.href) {
			told = location.href;
			tell("page", { page: page() });
		}
	}, 300);
}
if (window.navigation)
	navigation.addEventListener("currententrychange", moved);
else {
	for (const name of ["pushState", "replaceState"]) {
		const real = history[name];
		history[name] = function (...args) {
			moved();
			return real.apply(this, args);
		};
	}
	addEventListener("popstate", moved);
	addEventListener("hashchange", moved);
}

/* A child of <html>, so that a swapped body leaves it alone. */
const observer = new MutationObserver(attach);
function attach() {
	const root = doc.documentElement;
	if (!root || host.isConnected && host.parentNode === root || tries++ > 99)
		return;
	root.append(host);
	observer.observe(doc, { childList: true });
	observer.observe(root, { childList: true });
}

const can = {
	open, close,
	toggle: () => is_open ? close() : open(),
	show: () => (shown = true, draw()),
	hide: () => (close(), shown = false, draw()),
};
button.onclick = can.toggle;
again.onclick = () => (frame.remove(), frame = null, load(), frame.focus());
host.addEventListener("keydown", (event) => event.key === "Escape" && close());
doc.addEventListener("click", (event) => {
	const link = event.target.closest && event.target.closest("a[href='#hark'],[data-hark-open]");
	const only = link && link.dataset.harkOpen;
	if (!link || (only ? only !== key : hark.widgets.keys().next().value !== key))
		return;
	event.preventDefault();
	link.focus();
	open();
});
if (view)
	["resize", "scroll"].forEach((name) => view.addEventListener(name, fit));
hark.widgets.set(key, { side, can });
/* On the visitor's next page a chat is open as it was; on a small screen it would cover what they came for. */
const goes_on = !!kept().open && config.display !== "window";
try { was_open = is_open = goes_on && !!sessionStorage[mine + "shown"] && !matchMedia(small).matches; } catch {}
draw();
attach();
if (goes_on)
	load();
hark.tell(key, "ready");
hark.drain();
