/* SPDX-License-Identifier: BSD-2-Clause */
/* messages.js - the list of messages: bubbles, files, events, days, and what is still under way. */

import { message_follows, text_initials, text_is_emoji, text_links, text_size } from "./text.js";
import { blob_save, el, icon, icon_button, picture_show } from "./parts.js";

/* context: words, locale, greeting, title, chat. */
export function messages_make(context, list) {
	const { words, chat, locale } = context;
	const rows = new Map(), pictures = new Map();
	const clock = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" });
	const calendar = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" });
	const near = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
	const watcher = new IntersectionObserver((entries) => entries.forEach((entry) => entry.isIntersecting && entry.target.fetch_now && entry.target.fetch_now()), { root: list.parentNode, rootMargin: "200px" });
	let is_first = true;

	function day_name(time) {
		const day = (value) => Math.floor((value - new Date(value).getTimezoneOffset() * 60000) / 86400000);
		const ago = day(Date.now()) - day(time);
		const name = ago === 0 || ago === 1 ? near.format(-ago, "day") : calendar.format(time);
		return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
	}

	function event_text(message) {
		const event = message.event || {}, name = event.name || "";
		switch (event.what) {
		case "accepted": case "claimed": return name ? words("{name} joined the chat", { name }) : words("An agent joined the chat");
		case "agent_gone":
		case "transferred": return event.to ? words("You are being passed on to {name}", { name: event.to }) : words("You are being passed on to a colleague");
		case "closed": return words("The chat has ended");
		default: return "";
		}
	}

	function text_parts(text) {
		return text_links(text).map((part) => part.href ? el("a", { href: part.href, target: "_blank", rel: "noopener noreferrer nofollow" }, part.text) : part.text);
	}

	/* Fetched with the token, so it is an image of this panel and not an address that works elsewhere. */
	async function picture_fetch(file, image) {
		if (!pictures.has(file.id)) {
			const answer = await chat.preview(file, false);
			if (answer.ok)
				pictures.set(file.id, URL.createObjectURL(answer.body));
		}
		if (pictures.has(file.id))
			image.src = pictures.get(file.id);
		image.parentNode.classList.toggle("failed", !pictures.has(file.id));
	}

	async function file_save(file, button) {
		button.setAttribute("aria-busy", "true");
		const answer = await chat.preview(file, true);
		button.removeAttribute("aria-busy");
		if (answer.ok)
			blob_save(answer.body, file.name);
	}

	function picture_part(file) {
		const image = el("img", { alt: file.name, width: file.preview.width, height: file.preview.height, decoding: "async" });
		const frame = el("button", { type: "button", class: "image", "aria-label": words("Show {name}", { name: file.name }),
			onclick: () => image.src ? picture_show(image.src, file.name, words, (event) => file_save(file, event.currentTarget)) : picture_fetch(file, image) }, image);
		frame.fetch_now = () => {
			watcher.unobserve(frame);
			picture_fetch(file, image);
		};
		if (pictures.has(file.id))
			image.src = pictures.get(file.id);
		else
			watcher.observe(frame);
		return frame;
	}

	function file_part(file) {
		const button = el("button", { type: "button", class: "file", "aria-label": words("Download {name}", { name: file.name }), onclick: () => file_save(file, button) },
			icon("file"), el("span", { class: "about" }, el("span", { class: "file_name", dir: "auto" }, file.name), el("small", {}, text_size(file.size, locale))), icon("save"));
		return button;
	}

	function bubble(message) {
		if (message.kind === "file" && message.file)
			return message.file.preview ? picture_part(message.file) : file_part(message.file);
		return el("div", { class: "bubble" + (text_is_emoji(message.text || "") ? " large" : ""), dir: "auto" }, ...text_parts(message.text || ""));
	}

	function upload_part(upload) {
		const refused = upload.state === "refused", limit = chat.state.limits.max;
		const why = { size: words("Too large: at most {size}", { size: text_size(limit, locale) }), kind: words("Files of this kind are not accepted"), empty: words("The file is empty"), closed: words("The chat has ended") }[upload.why];
		const bar = el("progress", { max: 1, value: upload.progress, "aria-label": words("Sending {name}", { name: upload.name }) });
		upload.bar = bar;
		return el("div", { class: "file upload" + (refused ? " refused" : "") }, icon(refused ? "alert" : "file"),
			el("span", { class: "about" }, el("span", { class: "file_name", dir: "auto" }, upload.name),
				refused ? el("small", { role: "alert" }, upload.message || why || words("Not sent")) : upload.state === "sending" ? bar : el("small", {}, words("Not sent yet, will try again"))),
			icon_button("close", refused ? words("Remove") : words("Cancel"), { onclick: () => chat.file_drop(upload) }));
	}

	/* What stands in the list, in order: {key, sign, make}. A row is made again only when its sign changes. */
	function rows_wanted() {
		const state = chat.state, wanted = [], shown = state.log.shown(), now = Date.now();
		const pending = chat.outbox().map((item) => ({ key: item.client_id, by: "visitor", kind: "text", text: item.text, created_at: item.at, pending: true, stray: item.stray }));
		const uploads = state.uploads.map((upload) => ({ key: upload.client_id, by: "visitor", kind: "upload", upload, created_at: upload.at, pending: upload.state !== "refused" }));
		const own = shown.filter((message) => message.by === "visitor").at(-1);
		const all = [...shown, ...pending, ...uploads].filter((message) => message.kind !== "event" || event_text(message));
		if (context.greeting && !state.has_older)
			wanted.push({ key: "greeting", sign: "", make: () => el("div", { class: "message theirs begins closes" }, face(""), el("div", { class: "bubble", dir: "auto" }, ...text_parts(context.greeting))) });
		all.forEach((message, at) => {
			const day = day_name(Math.min(message.created_at, now)), before = all[at - 1];
			const new_day = !before || day_name(Math.min(before.created_at, now)) !== day;
			if (new_day && state.loaded)
				wanted.push({ key: "day " + day, sign: "", make: () => el("div", { class: "day" }, day) });
			const first = new_day || !message_follows(message, before), last = !all[at + 1] || !message_follows(all[at + 1], message);
			const seen = message === own && message.seq <= (state.conversation.agent_seen_seq || 0);
			wanted.push(row_of(message, { first, last, seen, is_own_last: message === own }));
		});
		return wanted;
	}

	function row_of(message, place) {
		const key = message.key || message.client_id || "m" + message.seq;
		const tries = message.pending && chat.state.failures > 0;
		const upload = message.upload;
		return {
			key, sign: [message.seq, place.first, place.last, place.seen, place.is_own_last, tries, message.stray, upload && upload.state, upload && upload.why, !!(message.file && message.file.preview)].join(),
			make: () => message.kind === "event" ? el("div", { class: "event", dir: "auto" }, event_text(message)) : message_row(message, place, tries),
		};
	}

	function face(name) {
		return el("span", { class: "face small", "aria-hidden": "true" }, text_initials(name) || icon("chat"));
	}

	function message_row(message, place, tries) {
		const mine = message.by === "visitor";
		const status = message.stray ? words("Not sent") : message.pending ? (tries ? words("Not sent yet, will try again") : words("Sending…")) : mine && place.is_own_last ? place.seen ? words("Seen") : words("Sent") : "";
		const marked = message.pending || place.last || status;
		return el("div", { class: "message " + (mine ? "mine" : "theirs") + (place.first ? " begins" : "") + (place.last ? " closes" : "") + (message.pending ? " pending" : "") },
			!mine && place.first && face(message.name),
			!mine && place.first && message.name && el("div", { class: "author", dir: "auto" }, message.name),
			mine && el("span", { class: "hidden_text" }, words("You:")),
			message.upload ? upload_part(message.upload) : bubble(message),
			message.kind !== "upload" && marked && el("div", { class: "meta" + (tries ? " late" : ""), "aria-live": "off" },
				message.pending ? null : el("time", { datetime: new Date(message.created_at).toISOString() }, clock.format(message.created_at)),
				status && (message.pending ? el("span", {}, icon("wait"), status) : el("span", { class: place.seen ? "seen" : "" }, icon("check"), status))));
	}

	/* Keeps the content of a row that only got another time or mark, so that it is not read out again. */
	function row_renew(old, fresh) {
		const part = (element) => element.querySelector(":scope > .bubble, :scope > .image, :scope > .file:not(.upload)");
		const kept = old && part(old), other = part(fresh);
		if (!old || !kept || !other || kept.className !== other.className) {
			if (old)
				old.replaceWith(fresh);
			return fresh;
		}
		old.className = fresh.className;
		for (const child of [...old.children])
			if (child !== kept)
				child.remove();
		while (fresh.firstElementChild !== other)
			kept.before(fresh.firstElementChild);
		old.append(...[...fresh.children].filter((child) => child !== other));
		return old;
	}

	/* Brings the list to what is wanted with as few changes as can be: screen readers read the new ones only. */
	return function draw() {
		const wanted = rows_wanted(), keys = new Set(wanted.map((row) => row.key));
		for (const [key, row] of rows)
			if (!keys.has(key)) {
				row.element.remove();
				rows.delete(key);
			}
		let at = list.firstElementChild;
		for (const row of wanted) {
			const old = rows.get(row.key);
			let element = old && old.element;
			if (!old || old.sign !== row.sign) {
				element = row_renew(element, row.make());
				if (old && at === old.element)
					at = element;
				if (!old && !is_first)
					element.classList.add("fresh");
				rows.set(row.key, { element, sign: row.sign });
			}
			if (element === at)
				at = at.nextElementSibling;
			else
				list.insertBefore(element, at);
		}
		is_first = is_first && !chat.state.loaded;
	};
}
