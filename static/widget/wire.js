/* SPDX-License-Identifier: BSD-2-Clause */
/* wire.js - the panel's requests and its live poll. */

import { wait_next, wait_told } from "./text.js";

const PATIENCE = 30000;         /* of a request */
const POLL_PATIENCE = 40000;    /* docs/live.md: longer is a lost connection */

/* A sleep that wake() ends. */
export function nap_make() {
	let wake = () => {};
	return {
		sleep: (seconds) => new Promise((done) => {
			const timer = setTimeout(done, seconds * 1000);
			wake = () => (clearTimeout(timer), done());
		}),
		wake: () => wake(),
	};
}

/* The server does not know this browser's token any more. */
function is_unknown(body) {
	return Boolean(body) && body.error === "token";
}

async function answer_of(path, options, patience) {
	const abort = new AbortController();
	let is_late = false;
	const timer = setTimeout(() => (is_late = true, abort.abort()), patience);
	if (options.signal)
		options.signal.addEventListener("abort", () => abort.abort());
	try {
		const reply = await fetch(path, { ...options, signal: abort.signal, credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer" });
		const body = options.blob && reply.ok ? await reply.blob() : await reply.json().catch(() => ({}));
		return { status: reply.status, ok: reply.ok, unknown: is_unknown(body), body: body || {}, wait: wait_told(reply.headers.get("Retry-After")) };
	} catch (error) {
		return { status: 0, ok: false, body: {}, wait: 0, is_late };
	} finally {
		clearTimeout(timer);
	}
}

/* The same answer would come again; the rest is worth another try. */
export function wire_is_final(answer) {
	return answer.status >= 400 && answer.status < 500 && answer.status !== 408 && answer.status !== 429;
}

/* One failure is no sign yet, but no answer in all that time is. Who says that it is too much is there. */
export function wire_is_lost(answer, failures) {
	return answer.status !== 429 && (failures > 1 || answer.is_late || !navigator.onLine);
}

/* Seconds until the next try: never less than the server asks for. */
export function wait_after(answer, failures) {
	return Math.max(answer.wait * (1 + Math.random()), wait_next(failures, Math.random()));
}

export function wire_make(key, token) {
	const base = "/visit/" + encodeURIComponent(key) + "/";
	const tongue = { "Accept-Language": document.documentElement.lang || "en" };      /* what is said to the visitor is in the panel's language */
	const headers = (own = token()) => own ? { ...tongue, "X-Hark-Visitor": own } : tongue;

	return {
		post: (path, body, as) => answer_of(base + path, { method: "POST", headers: { ...headers(as), "Content-Type": "application/json" }, body: JSON.stringify(body), keepalive: path === "seen" }, PATIENCE),
		blob: (file, conversation, preview) => answer_of(base + "file/" + file + "?conversation=" + conversation + (preview ? "&preview=1" : ""), { headers: headers(), blob: true }, 120000),
		/* Sends the bytes of a file; answers like post, and tells the share that is through. */
		upload(query, file, progress) {
			const request = new XMLHttpRequest();
			const done = new Promise((resolve) => {
				let moved = Date.now();
				const watch = setInterval(() => Date.now() - moved > PATIENCE && request.abort(), 5000);
				request.upload.onprogress = (event) => {
					moved = Date.now();
					progress(event.lengthComputable ? event.loaded / event.total : 0);
				};
				request.onloadend = () => {
					clearInterval(watch);
					const body = request.response && typeof request.response === "object" ? request.response : {};
					resolve({ status: request.status, ok: request.status >= 200 && request.status < 300, unknown: is_unknown(body), body, wait: wait_told(request.getResponseHeader("Retry-After")) });
				};
			});
			request.open("POST", base + "file?" + new URLSearchParams(query));
			request.responseType = "json";
			request.setRequestHeader("Content-Type", "application/octet-stream");
			for (const [name, value] of Object.entries(headers()))
				request.setRequestHeader(name, value);
			request.send(file);
			return { done, abort: () => request.abort() };
		},
		say(ticket, body) {
			return answer_of("/live/say?ticket=" + encodeURIComponent(ticket), { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }, 10000);
		},
	};
}

/* The live poll: asks for ever, until stop(). A browser has few connections to a host, so in the background only one tab
 * of the site polls: the one that was looked at last, which holds the lock `name`. Without locks each is for itself.
 * hooks: ticket() → text or null; placed() after a first position or a resync; event(e); refused() when the ticket is no good; link(ok). */
export function poll_make(name, hooks) {
	const nap = nap_make(), is_shown = () => document.visibilityState === "visible", is_on = () => leads || is_shown();
	let running = 0, at = "", failures = 0, abort = null, leads = false, turn = null;

	async function lead(steal) {
		const mine = turn = new AbortController();
		try {
			await navigator.locks.request(name, steal ? { steal } : { signal: mine.signal }, () => mine === turn && new Promise((done) => {
				mine.signal.onabort = done;
				leads = true;
				nap.wake();
			}));
		} catch (error) {
			if (mine !== turn)
				return;
			leads = error.name !== "AbortError";
			if (!is_shown())
				kick();
			if (!leads)
				lead();
		}
	}

	document.addEventListener("visibilitychange", () => {
		if (!running || !is_shown())
			return;
		nap.wake();
		if (!leads) {
			turn.abort();
			lead(true);
		}
	});

	/* After sleep or a change of network: what hangs is dropped and asked again. */
	function kick() {
		failures = 0;
		if (abort)
			abort.abort();
		nap.wake();
	}

	async function once(mine) {
		const ticket = hooks.ticket();
		abort = new AbortController();
		const answer = await answer_of("/live/poll?ticket=" + encodeURIComponent(ticket) + (at ? "&at=" + encodeURIComponent(at) : ""), { signal: abort.signal }, POLL_PATIENCE);
		if (mine !== running || abort.signal.aborted)
			return;
		if (answer.ok && typeof answer.body.at === "string") {
			const is_new = !at || answer.body.resync;
			at = answer.body.at;
			failures = 0;
			hooks.link(true);
			if (is_new)
				hooks.placed();
			for (const event of answer.body.events || [])
				hooks.event(event);
			return;
		}
		failures++;
		if (answer.status === 403)
			await hooks.refused(answer.body.error);
		else if (wire_is_lost(answer, failures))
			hooks.link(false);
		await nap.sleep(wait_after(answer, failures));
	}

	async function run(mine) {
		while (mine === running)
			await (is_on() && hooks.ticket() ? once(mine) : nap.sleep(5));
	}

	return {
		is_on, kick,
		start() {
			if (running)
				return;
			run(running = Math.random());
			lead(is_shown());
		},
		stop() {
			running = 0;
			at = "";
			if (turn)
				turn.abort();
			turn = null;
			leads = false;
			kick();
		},
	};
}
