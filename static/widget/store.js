/* SPDX-License-Identifier: BSD-2-Clause */
/* store.js - what the panel remembers in its browser: token, draft, and the texts that are not sent yet. */

import { uuid_make } from "./text.js";

export function id_make() {
	return uuid_make(crypto.getRandomValues(new Uint8Array(16)));
}

/* 32 random bytes as base64url. */
export function token_make() {
	const bytes = crypto.getRandomValues(new Uint8Array(32));
	return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace("=", "");
}

export function token_is_sound(token) {
	return /^[\w-]{43}$/.test(token || "");
}

/* Storage of one widget. When the browser forbids it to a frame, a memory that lives as long as the panel, and
 * hand_over(name, value) for the copy that the loader keeps in the site's own storage. */
export function store_make(key, hand_over) {
	const before = "hark." + key + ".", memory = new Map();
	let disk = null;
	try {
		disk = window.localStorage;
		disk.setItem(before + "probe", "1");
		disk.removeItem(before + "probe");
	} catch (error) {
		disk = null;
	}

	function get(name) {
		try {
			if (disk && !memory.has(name))
				return disk.getItem(before + name);
		} catch (error) { /* taken away meanwhile */ }
		return memory.has(name) ? memory.get(name) : null;
	}

	/* What does not fit on the disk any more stays in memory, so that it is at least not lost now. */
	function set(name, value) {
		memory.delete(name);
		if (!disk || name === "token")
			hand_over(name, value === "" ? null : value);
		try {
			if (disk)
				return value === null || value === "" ? disk.removeItem(before + name) : disk.setItem(before + name, value);
		} catch (error) { /* full or taken away */ }
		if (value === null || value === "")
			memory.delete(name);
		else
			memory.set(name, value);
	}

	/* The draft of this tab, which outlives the page; a new tab begins with the last one of all. */
	function draft() {
		try {
			return sessionStorage.getItem(before + "draft") ?? get("draft") ?? "";
		} catch (error) {
			return get("draft") || "";
		}
	}

	function draft_set(text) {
		try {
			sessionStorage.setItem(before + "draft", text);
		} catch (error) { /* forbidden */ }
		set("draft", text);
	}

	/* Each unsent text is an entry of its own, so that two tabs never write over each other's. */
	function outbox_names() {
		const names = new Set([...memory.keys()].filter((name) => name.startsWith("outbox.")));
		try {
			for (let at = 0; disk && at < disk.length; at++)
				if (disk.key(at).startsWith(before + "outbox."))
					names.add(disk.key(at).slice(before.length));
		} catch (error) { /* memory only */ }
		return [...names].sort();
	}

	function item_parse(name) {
		try {
			const item = JSON.parse(get(name));
			return item && typeof item.client_id === "string" && typeof item.text === "string" ? { ...item, name } : null;
		} catch (error) {
			return null;
		}
	}

	let made = 0;
	return {
		get, set, draft, draft_set,
		/* Only what was sent: another tab may be at another text. */
		draft_sent(text) {
			const all = get("draft") || "";
			draft_set("");
			if (all.trim() !== text)
				set("draft", all);
		},
		/* The loader's copies: all when we have no disk; the token in any case. */
		adopt(kept) {
			for (const [name, value] of Object.entries(kept || {}))
				if (typeof value === "string" && (!disk || name === "token") && get(name) === null)
					set(name, value);
		},
		outbox: () => outbox_names().map(item_parse).filter(Boolean),
		outbox_add(item) {
			const order = String(Date.now()).padStart(15, "0") + String(made++ % 1000).padStart(3, "0");
			set("outbox." + order + "." + item.client_id, JSON.stringify(item));
		},
		outbox_change: (item, change) => set(item.name, JSON.stringify({ ...item, ...change })),
		outbox_remove: (item) => set(item.name, null),
		/* Another tab of the site wrote: calls hear(name). */
		listen(hear) {
			addEventListener("storage", (event) => {
				if (event.key === null || event.key.startsWith(before))
					hear(event.key === null ? "" : event.key.slice(before.length));
			});
		},
		/* Only one tab at a time does this; the server knows a client_id again where a browser has no locks. */
		async alone(work) {
			let begun = false;
			try {
				if (disk && navigator.locks)
					return await navigator.locks.request(before + "send", () => (begun = true, work()));
			} catch (error) {
				if (begun)
					throw error;
			}
			return work();
		},
	};
}
