/* SPDX-License-Identifier: BSD-2-Clause */
/* text.js - what the panel computes without a page: words, limits, waits, and the order of messages. */

/* "You are number {n} in line" with its values. */
export function text_fill(pattern, values) {
	return pattern.replace(/\{(\w+)\}/g, (whole, name) => values && Object.hasOwn(values, name) ? String(values[name]) : whole);
}

/* The translator of a page: strings maps English to the visitor's language. */
export function words_make(strings) {
	const table = new Map(Object.entries(strings || {}));
	return (english, values) => text_fill(table.get(english) || english, values);
}

const link_pattern = /\bhttps?:\/\/[^\s<>"'\u201c\u201d]+|\bwww\.[^\s<>"'\u201c\u201d]+\.[^\s<>"'\u201c\u201d]+|[\w.+-]+@[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,}/gi;

/* Closing marks belong to the sentence, but for a bracket that the address opened itself. */
function link_trim(found) {
	for (;;) {
		const last = found.at(-1);
		if (/[.,;:!?*_~\]}]/.test(last) || last === ")" && found.split("(").length < found.split(")").length)
			found = found.slice(0, -1);
		else
			return found;
	}
}

function link_is_sound(href) {
	try {
		return !!new URL(href).hostname;
	} catch (error) {
		return false;
	}
}

/* Cuts a text into parts [{text, href?}]; joined they are the text again. */
export function text_links(text) {
	const parts = [];
	let at = 0;
	for (const match of text.matchAll(link_pattern)) {
		const found = link_trim(match[0]);
		const mail = !/^(https?:\/\/|www\.)/i.test(found);
		const href = mail ? "mailto:" + found : /^www\./i.test(found) ? "https://" + found : found;
		if (!mail && !link_is_sound(href))
			continue;
		if (match.index > at)
			parts.push({ text: text.slice(at, match.index) });
		parts.push({ text: found, href });
		at = match.index + found.length;
	}
	if (at < text.length)
		parts.push({ text: text.slice(at) });
	return parts;
}

/* One to three emoji and nothing else are shown large. */
export function text_is_emoji(text) {
	return /^(?:\p{Extended_Pictographic}[\p{Emoji_Modifier}\u200d\ufe0f\p{Extended_Pictographic}]*\s*){1,3}$/u.test(text) && text.length < 30;
}

/* "AB" for Anna Berg, "A" for Anna. */
export function text_initials(name) {
	const words = (name || "").trim().split(/\s+/).filter(Boolean);
	const first = (word) => [...word][0].toUpperCase();
	return words.length ? first(words[0]) + (words.length > 1 ? first(words.at(-1)) : "") : "";
}

export function text_size(bytes, locale) {
	const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
	let at = 0;
	for (; bytes >= 1000 && at < 3; at++)
		bytes /= 1024;
	return new Intl.NumberFormat(locale, { style: "unit", unit: units[at], unitDisplay: at ? "short" : "long", maximumFractionDigits: at && bytes < 10 ? 1 : 0 }).format(bytes);
}

/* "We are back on Monday at 9:00", by the visitor's own clock. */
export function text_back(words, locale, opens_at, now) {
	const at = new Date(opens_at), today = new Date(now);
	const days = Math.round((new Date(at).setHours(0, 0, 0, 0) - today.setHours(0, 0, 0, 0)) / 86400000);
	const say = (parts) => new Intl.DateTimeFormat(locale, parts).format(at), time = say({ hour: "numeric", minute: "2-digit" });
	if (days < 1)
		return words("We are back today at {time}", { time });
	if (days < 2)
		return words("We are back tomorrow at {time}", { time });
	return words("We are back on {day} at {time}", { day: say({ weekday: "long", ...(days > 6 && { day: "numeric", month: "long" }) }), time });
}

/* Characters as the server counts them. */
export function text_length(text) {
	return [...text].length;
}

/* Two unsent texts in one box. */
export function text_join(first, second) {
	return !first.trim() ? second : !second.trim() || first.includes(second) ? first : first.replace(/\s+$/, "") + "\n" + second;
}

/* Like the server: something, an at sign, a host with a dot. */
export function email_is_sound(email) {
	return email.length <= 254 && /^[^\s@<>"]+@[^\s@<>".]+(\.[^\s@<>".]+)+$/.test(email);
}

/* Why a file will not be taken, before it is sent: "empty", "size", "kind", or null. */
export function file_refusal(file, limits) {
	const dot = file.name.lastIndexOf(".");
	const kind = dot < 0 ? "" : file.name.slice(dot).toLowerCase();
	if (limits.types && limits.types.length && !limits.types.includes(kind))
		return "kind";
	return !file.size ? "empty" : limits.max && file.size > limits.max ? "size" : null;
}

/* A pasted picture has no good name of its own. */
export function file_name(file, count) {
	const kind = { "image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/webp": ".webp" }[file.type];
	if (!kind || file.name && !/^(image|blob)(\.\w+)?$/i.test(file.name))
		return (file.name || "file").slice(-200);
	return "picture-" + count + kind;
}

/* Seconds to wait after failure number 1, 2, 3…: 1, 2, 4, 8, 16, 30, give or take a fifth. */
export function wait_next(failures, random) {
	return Math.min(30, 2 ** Math.min(10, Math.max(0, failures - 1))) * (.8 + .4 * random);
}

/* Retry-After in seconds, bounded; 0 when there is none. */
export function wait_told(header) {
	const seconds = Number(header);
	return header && seconds > 0 ? Math.min(seconds, 900) : 0;
}

export function uuid_make(bytes) {
	const hex = [...bytes].map((byte, at) => (at === 6 ? byte & 15 | 64 : at === 8 ? byte & 63 | 128 : byte).toString(16).padStart(2, "0")).join("");
	return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/* The messages of one conversation: each once, in order, and whether one is missing between. */
export function log_make() {
	const by_seq = new Map(), clients = new Set();
	let low = 0, top = 0, high = 0;
	return {
		/* Takes what came in; answers those that were new. */
		add(messages) {
			const fresh = messages.filter((message) => Number.isSafeInteger(message.seq) && message.seq > 0 && !by_seq.has(message.seq));
			for (const message of fresh) {
				by_seq.set(message.seq, message);
				if (message.client_id)
					clients.add(message.client_id);
				high = Math.max(high, message.seq);
				low = low ? Math.min(low, message.seq) : message.seq;
			}
			top = Math.max(top, low - 1);
			if (fresh.some((message) => message.seq < top))
				top = low;
			while (by_seq.has(top + 1))
				top++;
			return fresh;
		},
		/* The preview of a picture was made. */
		picture(file, preview) {
			for (const [seq, message] of by_seq)
				if (message.file && message.file.id === file)
					by_seq.set(seq, { ...message, file: { ...message.file, preview } });
		},
		/* The last number before the first hole: what to ask from. */
		top: () => top,
		low: () => low,
		high: () => high,
		has_gap: () => high > top,
		has_client: (id) => clients.has(id),
		count: (test) => [...by_seq.values()].filter(test).length,
		shown: () => [...by_seq.values()].filter((message) => message.kind !== "hidden").sort((a, b) => a.seq - b.seq),
	};
}

/* Does this message stand under the one before it, as of one breath? */
export function message_follows(message, before) {
	return !!before && before.kind !== "event" && message.kind !== "event" && before.by === message.by && before.name === message.name
		&& message.created_at - before.created_at < 5 * 60000;
}

/* The unread messages of the other side. */
export function message_is_unread(message, seen) {
	return message.seq > seen && message.by !== "visitor" && (message.kind === "text" || message.kind === "file");
}
