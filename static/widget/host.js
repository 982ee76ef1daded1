/* SPDX-License-Identifier: BSD-2-Clause */
/* host.js - the talk between the panel and the window that holds or opened it.
 *
 * Both sides know a nonce of this load and the other's origin, and take nothing else. A page that merely opened a window
 * gets no token and gives none: anybody may open a window.
 */

function origin_sound(text) {
	try {
		const url = new URL(text);
		return /^https?:$/.test(url.protocol) && url.origin === text ? text : "";
	} catch (error) {
		return "";
	}
}

function nonce_make() {
	return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/* hooks: init(data) page(page) shown() hidden(). */
export function host_make(hooks) {
	const framed = window.parent !== window;
	const peer = framed ? window.parent : window.opener;
	let nonce = "", origin = "";

	function hash_read() {
		const hash = new URLSearchParams(location.hash.slice(1));
		nonce = /^[\w-]{7,64}$/.test(hash.get("n") || "") ? hash.get("n") : "";
		origin = nonce ? origin_sound(hash.get("o") || "") : "";
		const above = location.ancestorOrigins;
		if (framed && above && above.length && above[0] !== origin)
			origin = "";
	}

	const is_trusted = () => framed || origin === location.origin;

	function tell(type, more) {
		if (!peer || !origin || !is_trusted() && type !== "ready")
			return;
		try {
			peer.postMessage({ hark: nonce, type, ...more }, origin);
		} catch (error) { /* it is gone */ }
	}

	addEventListener("message", (event) => {
		const data = event.data;
		if (!peer || event.source !== peer || !origin || event.origin !== origin || !data || data.hark !== nonce)
			return;
		if (data.type === "init")
			hooks.init(is_trusted() ? data : { page: data.page, shown: true });
		else if (data.type === "page")
			hooks.page(data.page);
		else if (data.type === "shown" && framed)
			hooks.shown();
		else if (data.type === "hidden" && framed)
			hooks.hidden();
	});
	addEventListener("hashchange", () => (hash_read(), tell("ready")));
	hash_read();
	return { tell, framed, has_peer: () => !!peer && !!origin };
}

/* Opens the hosted page in a window of its own and gives it what init() says; told(data) hears its token. */
export function window_open(key, init, told) {
	const nonce = nonce_make();
	const child = window.open("/chat/" + encodeURIComponent(key) + "?lang=" + encodeURIComponent(document.documentElement.lang) + "#n=" + nonce + "&o=" + encodeURIComponent(location.origin), "hark-" + key, "popup,width=420,height=680");
	if (!child)
		return false;
	addEventListener("message", (event) => {
		const data = event.data;
		if (event.source !== child || event.origin !== location.origin || !data || data.hark !== nonce)
			return;
		if (data.type === "ready")
			child.postMessage({ hark: nonce, type: "init", ...init() }, location.origin);
		else
			told(data);
	});
	child.focus();
	return true;
}
