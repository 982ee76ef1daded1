/* SPDX-License-Identifier: BSD-2-Clause */
/* chat.js - the conversation as the panel knows it: what came, what is under way, and how it gets there. */

import { file_name, file_refusal, log_make, message_is_unread, text_join } from "./text.js";
import { id_make, token_is_sound, token_make } from "./store.js";
import { nap_make, poll_make, wait_after, wire_is_final, wire_is_lost, wire_make } from "./wire.js";

const RENEW = 5 * 60000;       /* half a ticket's life */
const TYPING_LASTS = 6000;
const SAY_TYPING = 3000, SAY_PREVIEW = 1500;

/* What the server says is wrong: one message, or one for each field. */
function answer_problem(body) {
	const first = Object.values(body.fields || {})[0];
	return { message: body.message || first && first.message || "" };
}

/* hooks: changed(), chat(is_open), sending(), online(bool), arrived(messages), notice(text), draft(text). */
export function chat_make(config, store, hooks) {
	const state = {
		loaded: false, gone: false, online: config.online !== false, linked: true,
		closed: null, conversation: null, log: log_make(), has_older: false, typing_until: 0, uploads: [],
		name: "", email: "",
		limits: { max: config.upload_max || 0, types: config.upload_types || null }, typing_preview: false,
		failures: 0, error: null,
	};
	let token = null, ticket = null, topic = null, page = { url: "", title: "", referrer: "" };
	let greeting = null, syncing = null, asking = null, outbox_runs = false, upload_runs = false, hello_at = 0, told_page = "";
	let sync_timer = 0, sync_failures = 0, synced_at = 0;
	let said_typing = 0, said_preview = 0, preview_timer = 0, typing_timer = 0, quiet_timer = 0, seen_timer = 0;
	const wire = wire_make(config.key, () => token);
	const outbox_nap = nap_make(), upload_nap = nap_make(), hello_nap = nap_make();

	const is_open = () => !!state.conversation && state.conversation.state !== "closed";
	const page_body = () => ({ page_url: page.url.slice(0, 2000), page_title: page.title.slice(0, 255), referrer: page.referrer.slice(0, 2000), locale: config.locale });

	const poll = poll_make("hark." + config.key + ".poll", {
		ticket: () => is_open() ? ticket : null,
		placed: () => sync(),
		event: event_take,
		refused: () => (ticket = null, sync()),
		link: link_set,
	});

	function link_set(ok) {
		if (state.linked !== ok) {
			state.linked = ok;
			hooks.changed();
		}
	}

	function token_set(value) {
		token = value;
		store.set("token", value);
	}

	/* The server knows it: it is kept, also when the storage was cleared meanwhile. */
	function token_keep(value) {
		if (store.get("token") !== value)
			token_set(value);
		token = value;
	}

	/* A token that no start has made known yet. It is made here, so that a start whose answer was lost is repeated as the same visitor. */
	function token_fresh() {
		let fresh = store.get("fresh");
		if (!token_is_sound(fresh))
			store.set("fresh", fresh = token_make());
		return fresh;
	}

	/* The server does not know us any more: what was written stays. */
	function token_forget() {
		poll.stop();
		for (const item of store.outbox())
			if (item.conversation)
				outbox_return(item);
		if (token)
			token_set(null);
		conversation_drop();
	}

	function conversation_drop() {
		state.conversation = null;
		state.log = log_make();
		state.uploads = [];
		state.has_older = false;
		ticket = topic = null;
		hooks.chat(false);
		hooks.changed();
	}

	/* Takes over an answer of hello, start, or sync. */
	function answer_take(body) {
		if (typeof body.online === "boolean") {
			if (body.online && !state.online)
				state.error = null;
			state.online = body.online;
			hooks.online(body.online);
		}
		if (body.closed !== undefined)
			state.closed = body.closed;
		if (body.upload_max)
			state.limits.max = body.upload_max;
		if (Array.isArray(body.upload_types))
			state.limits.types = body.upload_types;
		if (typeof body.typing_preview === "boolean")
			state.typing_preview = body.typing_preview;
		if (body.ticket)
			ticket = body.ticket;
		if (body.say)
			topic = body.say;
		if (body.conversation && !conversation_take(body.conversation))
			return;
		if (body.messages)
			messages_take(body.messages, false);
	}

	/* False: it is the ended one that the visitor has left. */
	function conversation_take(given) {
		const was = state.conversation;
		if (!was || was.id !== given.id) {
			if (given.state === "closed" && String(given.id) === store.get("done"))
				return false;
			state.log = log_make();
			state.has_older = false;
		}
		state.conversation = { ...(was && was.id === given.id ? was : { visitor_seen_seq: 0, agent_seen_seq: 0, position: 0, agent: null }), ...given };
		if (was && was.id === given.id)
			for (const name of ["visitor_seen_seq", "agent_seen_seq"])
				state.conversation[name] = Math.max(was[name] || 0, given[name] || 0);
		hooks.chat(is_open());
		store.set("chat", is_open() ? String(given.id) : null);
		if (is_open())
			poll.start();
		else {
			poll.stop();
			upload_nap.wake();
		}
		return true;
	}

	function messages_take(messages, is_live) {
		const was_empty = !state.log.high();
		const fresh = state.log.add(messages);
		if (was_empty && fresh.length)
			state.has_older = state.log.low() > 1;
		for (const item of store.outbox())
			if (state.log.has_client(item.client_id))
				store.outbox_remove(item);
		state.uploads = state.uploads.filter((upload) => !state.log.has_client(upload.client_id));
		if (fresh.some((message) => message.by === "agent"))
			state.typing_until = 0;
		if (is_live && fresh.length)
			hooks.arrived(fresh);
	}

	function event_take(event) {
		const mine = state.conversation;
		if (!mine || !event || event.c !== mine.id)
			return;
		if (event.type === "message" && event.message) {
			messages_take([event.message], true);
			if (state.log.has_gap())
				sync();
		} else if (event.type === "state") {
			/* Another state than ours, from before what we have read, comes late. */
			if (event.state !== mine.state && event.last_seq < state.log.high())
				return;
			conversation_take({ id: mine.id, state: event.state, position: event.position || 0, agent: event.agent === undefined ? mine.agent : event.agent, closed: event.closed === undefined ? mine.closed : event.closed });
			if (event.state === "closed" || event.last_seq > state.log.top())
				sync();
		} else if (event.type === "picture") {
			state.log.picture(event.file, { width: event.width, height: event.height });
		} else if (event.type === "seen") {
			const name = event.by === "visitor" ? "visitor_seen_seq" : "agent_seen_seq";
			mine[name] = Math.max(mine[name] || 0, event.seq || 0);
		} else if (event.type === "typing" && !/\.v/.test(event.from || "")) {
			state.typing_until = event.on === false ? 0 : Date.now() + TYPING_LASTS;
			clearTimeout(typing_timer);
			typing_timer = setTimeout(hooks.changed, TYPING_LASTS + 50);
		}
		hooks.changed();
	}

	/* Asks who we are; repeats until the server answers. */
	function hello() {
		return greeting ||= hello_repeat().finally(() => greeting = null);
	}

	async function hello_repeat() {
		for (let failures = 0; ; ) {
			hello_at = Date.now();
			const answer = await wire.post("hello", page_body());
			if (answer.ok) {
				hello_take(answer.body);
				return;
			}
			if (answer.unknown && token) {
				token_forget();
				continue;
			}
			if (wire_is_final(answer)) {
				state.gone = state.loaded = true;
				hooks.changed();
				return;
			}
			if (wire_is_lost(answer, ++failures))
				link_set(false);
			await hello_nap.sleep(wait_after(answer, failures));
		}
	}

	function hello_take(body) {
		state.loaded = true;
		state.gone = false;
		state.name ||= body.name || "";
		state.email ||= body.email || "";
		told_page = page.url;
		if (token)
			token_keep(token);
		if (!body.conversation && is_open())
			conversation_drop();
		answer_take(body);
		hooks.chat(is_open());
		link_set(true);
		hooks.changed();
		outbox_run();
	}

	/* Fetches what is missing; one at a time, and once more when somebody asked meanwhile. */
	function sync() {
		if (syncing)
			return asking ||= syncing.then(() => (asking = null, sync()));
		return syncing = sync_once().finally(() => syncing = null);
	}

	async function sync_once() {
		for (let rounds = 0; state.conversation && rounds < 100; rounds++) {
			const id = state.conversation.id, has_moved = page.url && told_page !== page.url;
			const answer = await wire.post("sync", { conversation: id, after: state.log.top(), ...(has_moved ? page_body() : {}) });
			if (!state.conversation || state.conversation.id !== id)
				return;
			if (answer.unknown || answer.status === 404) {
				token_forget();
				return void hello();
			}
			if (answer.body.error === "suspended") {
				state.gone = true;
				poll.stop();
				return hooks.changed();
			}
			if (!answer.ok) {
				clearTimeout(sync_timer);
				sync_timer = setTimeout(sync, (wait_after(answer, ++sync_failures)) * 1000);
				return;
			}
			sync_failures = 0;
			synced_at = Date.now();
			if (has_moved)
				told_page = page.url;
			const top = state.log.top();
			answer_take({ ...answer.body, messages: null });
			messages_take(answer.body.messages || [], true);
			link_set(true);
			hooks.changed();
			if (!answer.body.more && !state.log.has_gap() || state.log.top() === top)
				break;
		}
		outbox_run();
	}

	async function older() {
		if (!state.has_older || state.reads_older)
			return;
		state.reads_older = true;
		const id = state.conversation.id;
		const answer = await wire.post("sync", { conversation: id, before: state.log.low() });
		state.reads_older = false;
		if (answer.ok && state.conversation && state.conversation.id === id) {
			const fresh = state.log.add(answer.body.messages || []);
			state.has_older = fresh.length > 0 && state.log.low() > 1;
		}
		hooks.changed();
	}

	/* Goes out by itself: the first text of a chat, and what was written for the chat that is open. With the rest the visitor is asked. */
	const item_is_due = (item) => !item.conversation || is_open() && item.conversation === state.conversation.id;

	/* What is not sent yet. A stray was written for a chat that has ended meanwhile. */
	const outbox = () => store.outbox().filter((item) => !state.log.has_client(item.client_id)).map((item) => ({ ...item, stray: state.loaded && !item_is_due(item) }));
	const strays = () => outbox().filter((item) => item.stray);

	function strays_send() {
		state.error = null;
		for (const item of strays())
			store.outbox_change(item, { conversation: is_open() ? state.conversation.id : 0 });
		outbox_run();
	}

	function strays_drop() {
		strays().forEach(store.outbox_remove);
		hooks.changed();
	}

	/* Puts a text that cannot be sent back into the box. */
	function outbox_return(item) {
		store.outbox_remove(item);
		hooks.draft(text_join(store.draft(), item.text));
	}

	async function item_send(item) {
		if (state.log.has_client(item.client_id))
			return void store.outbox_remove(item);
		const started = !is_open(), fresh = token || token_fresh();
		const answer = started
			? await wire.post("start", { client_id: item.client_id, name: item.visitor_name || "", email: item.visitor_email || "", text: item.text, ...page_body() }, fresh)
			: await wire.post("message", { conversation: state.conversation.id, client_id: item.client_id, text: item.text });
		if (answer.ok) {
			if (!token)
				store.set("fresh", null);
			token_keep(fresh);
			told_page = started ? page.url : told_page;
			answer_take(started ? answer.body : { messages: answer.body.message ? [answer.body.message] : [] });
			store.outbox_remove(item);
			if (state.log.has_gap())
				sync();
		} else
			item_refused(item, answer);
		return answer;
	}

	function item_refused(item, answer) {
		const error = answer.body.error;
		if (answer.unknown) {
			token_forget();
		} else if (error === "closed") {
			const mine = state.conversation;
			if (mine) {
				mine.state = "closed";
				store.outbox_change(item, { conversation: mine.id });
			}
			sync();
		} else if (answer.status === 409 || wire_is_final(answer)) {
			/* Nobody is there for a new chat: beside the one that has ended it stays to be seen. */
			if (error === "offline" && state.conversation)
				store.outbox_change(item, { conversation: state.conversation.id });
			else
				outbox_return(item);
			if (error === "offline")
				answer_take({ online: false, closed: answer.body.closed });
			state.error = answer_problem(answer.body);
		}
	}

	/* Sends the outbox in order; only one tab of the site at a time. */
	async function outbox_run() {
		if (outbox_runs || !state.loaded)
			return;
		outbox_runs = true;
		state.failures = 0;
		while (store.outbox().some(item_is_due) && !state.gone) {
			const answer = await store.alone(() => {
				const item = store.outbox().find(item_is_due);
				token = store.get("token") || token;
				return item && item_send(item);
			});
			/* An unknown token was forgotten: the same text goes out again without it, but never in a storm. */
			const failed = answer && !answer.ok && (answer.unknown || !wire_is_final(answer));
			state.failures = failed ? state.failures + 1 : 0;
			if (!failed)
				link_set(true);
			else if (wire_is_lost(answer, state.failures))
				link_set(false);
			hooks.changed();
			if (failed)
				await outbox_nap.sleep(wait_after(answer, state.failures));
		}
		outbox_runs = false;
		hooks.changed();
	}

	function send(text) {
		store.outbox_add({ client_id: id_make(), conversation: is_open() ? state.conversation.id : 0, text, at: Date.now(), visitor_name: state.name, visitor_email: state.email });
		store.draft_sent(text);
		hooks.sending();
		state.error = null;
		said_typing = 0;
		say_stop();
		hooks.changed();
		outbox_run();
	}

	function file_add(file) {
		const why = file_refusal({ name: file_name(file, state.uploads.length + 1), size: file.size }, state.limits);
		state.uploads.push({ client_id: id_make(), file, name: file_name(file, state.uploads.length + 1), state: why ? "refused" : "waiting", why, progress: 0, at: Date.now() });
		hooks.changed();
		uploads_run();
	}

	function file_drop(upload) {
		state.uploads = state.uploads.filter((other) => other !== upload);
		if (upload.abort)
			upload.abort();
		upload_nap.wake();
		hooks.changed();
	}

	async function uploads_run() {
		if (upload_runs)
			return;
		upload_runs = true;
		for (let failures = 0, upload; (upload = state.uploads.find((other) => other.state !== "refused")) && is_open(); ) {
			const answer = await upload_send(upload);
			failures = answer.ok || wire_is_final(answer) ? 0 : failures + 1;
			if (failures && state.uploads.includes(upload))
				await upload_nap.sleep(wait_after(answer, failures));
		}
		upload_runs = false;
		for (const upload of state.uploads)
			if (upload.state === "waiting") {
				upload.state = "refused";
				upload.why = "closed";
			}
		hooks.changed();
	}

	async function upload_send(upload) {
		upload.state = "sending";
		upload.progress = 0;
		hooks.changed();
		const sent = wire.upload({ conversation: state.conversation.id, client_id: upload.client_id, name: upload.name }, upload.file, (share) => {
			upload.progress = share;
			hooks.progress(upload);
		});
		upload.abort = sent.abort;
		const answer = await sent.done;
		upload.abort = null;
		if (answer.ok) {
			messages_take(answer.body.message ? [answer.body.message] : [], false);
			state.uploads = state.uploads.filter((other) => other !== upload);
		} else if (wire_is_final(answer)) {
			upload.state = "refused";
			upload.why = { 413: "size", 415: "kind", 409: "closed" }[answer.status] || "other";
			upload.message = answer.body.message;
			if (answer.unknown)
				token_forget();
			else if (answer.status === 409)
				sync();
		} else
			upload.state = "waiting";
		hooks.changed();
		return answer;
	}

	/* Typing and, where the widget's owner wants it, what is typed. */
	function typed(text) {
		store.draft_set(text);
		if (!is_open() || !ticket || !topic)
			return;
		const now = Date.now();
		if (text && now - said_typing >= SAY_TYPING) {
			said_typing = now;
			say({ type: "typing", on: true });
		}
		clearTimeout(quiet_timer);
		quiet_timer = setTimeout(() => say_stop(true), 5000);
		if (state.typing_preview) {
			clearTimeout(preview_timer);
			preview_timer = setTimeout(() => {
				said_preview = Date.now();
				say({ type: "preview", text: text.slice(0, 1000) });
			}, Math.max(0, said_preview + SAY_PREVIEW - now));
		}
		if (!text)
			say_stop();
	}

	function say_stop(keeps_preview) {
		clearTimeout(quiet_timer);
		if (!keeps_preview) {
			clearTimeout(preview_timer);
			if (said_preview)
				say({ type: "preview", text: "" });
			said_preview = 0;
		}
		if (said_typing)
			say({ type: "typing", on: false });
		said_typing = 0;
	}

	function say(body) {
		if (is_open() && ticket && topic)
			wire.say(ticket, { topic, c: state.conversation.id, ...body });
	}

	function seen() {
		const mine = state.conversation, top = state.log.top();
		if (!mine || top <= (mine.visitor_seen_seq || 0) || !state.log.count((message) => message_is_unread(message, mine.visitor_seen_seq)))
			return;
		mine.visitor_seen_seq = top;
		hooks.changed();
		seen_tell({ conversation: mine.id, seq: top }, 0);
	}

	/* Until it has arrived, or more is seen. */
	async function seen_tell(body, failures) {
		clearTimeout(seen_timer);
		const answer = await wire.post("seen", body), mine = state.conversation;
		if (!answer.ok && !wire_is_final(answer) && mine && mine.id === body.conversation && mine.visitor_seen_seq === body.seq)
			seen_timer = setTimeout(seen_tell, wait_after(answer, failures + 1) * 1000, body, failures + 1);
	}

	async function end() {
		if (!is_open())
			return true;
		const answer = await wire.post("end", { conversation: state.conversation.id });
		if (answer.ok && answer.body.conversation)
			answer_take(answer.body);
		if (answer.ok || answer.status === 409)
			sync();
		hooks.changed();
		return answer.ok || answer.status === 409;
	}

	/* Leaves an ended chat for the first screen. */
	function renew() {
		if (state.conversation)
			store.set("done", String(state.conversation.id));
		conversation_drop();
		hello();
	}

	function wake() {
		poll.kick();
		outbox_nap.wake();
		upload_nap.wake();
		hello_nap.wake();
		if (state.gone)
			hello();
		else if (state.conversation && state.loaded)
			sync();
	}

	/* Another tab wrote: its token, its unsent texts, its end. */
	store.listen((name) => {
		if (name === "token" || name === "") {
			const other = store.get("token");
			if (other !== token) {
				token = other || token;      /* whether one that is gone is still good, only the server knows */
				if (state.loaded)
					hello();
			}
		}
		if (name === "chat" && store.get("chat") && state.loaded && !is_open())
			hello();
		if (name.startsWith("outbox."))
			outbox_run();
		hooks.changed();
	});

	/* Reads again what the storage holds, after the loader gave its copies. */
	function recall() {
		token = token_is_sound(store.get("token")) ? store.get("token") : null;
		state.name = store.get("name") || "";
		state.email = store.get("email") || "";
	}

	let ticked = Date.now();
	setInterval(() => {
		const now = Date.now(), slept = now - ticked > 45000;
		ticked = now;
		if (is_open() && !poll.is_on())
			return;
		if (slept)
			wake();
		else if ((state.gone || state.loaded && !is_open()) && now - hello_at > 60000 && hooks.is_visible())
			hello();
		else if (is_open() && !state.gone && now - synced_at > RENEW)
			sync();
	}, 10000);
	addEventListener("online", wake);
	addEventListener("offline", () => link_set(false));
	addEventListener("pageshow", (event) => event.persisted && wake());
	document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && Date.now() - ticked > 15000 && wake());

	recall();
	return {
		state, is_open, hello, send, outbox, strays, strays_send, strays_drop, file_add, file_drop, typed, seen, end, older, renew, wake,
		unread: () => state.conversation ? state.log.count((message) => message_is_unread(message, state.conversation.visitor_seen_seq || 0)) : 0,
		preview: (file, full) => wire.blob(file.id, state.conversation.id, !full),
		token: () => token,
		page: () => page,
		token_give(value) {
			if (!token && token_is_sound(value))
				token_set(value);
		},
		recall,
		page_set(given) {
			if (!given || typeof given.url !== "string")
				return;
			page = { url: given.url, title: String(given.title || ""), referrer: String(given.referrer || page.referrer || "") };
			if (state.loaded && is_open() && told_page !== page.url)
				sync();
		},
		me_set(name, email) {
			state.name = name;
			state.email = email;
			store.set("name", name);
			store.set("email", email);
		},
	};
}
