// SPDX-License-Identifier: BSD-2-Clause
// api.js - requests to Hark: JSON, uploads with progress, and what went wrong as one kind of error.

import { hearClock } from './text.js';

export class ApiError extends Error {
	constructor(status, body, retryAfter) {
		super(body.message || body.error || `HTTP ${status}`);
		this.status = status;
		this.word = body.error || '';
		this.body = body;
		this.retryAfter = retryAfter;
	}

	// Worth sending again, unchanged: the network or the server was away for a moment.
	get isPassing() {
		return this.status === 0 || this.status === 429 || this.status === 502 || this.status === 503 || this.status === 504;
	}
}

const TIMEOUT = 20000;
let formToken = '';
let hear = { signedOut() {}, outdated() {}, unanswered() {} };

// unanswered() hears of each request that the network lost, but for those of the live stream, which looks after itself; outdated() that the
// form's token is that of another session.
export function setupApi(token, listeners) {
	formToken = token;
	hear = listeners;
}

export const get = (path, options) => request('GET', path, undefined, options);
export const post = (path, body, options) => request('POST', path, body || {}, options);

export async function request(method, path, body, { signal, timeout = TIMEOUT, keepalive = false, isLive = false } = {}) {
	const clock = AbortSignal.timeout(timeout);
	const headers = { Accept: 'application/json' };
	if (method !== 'GET') {
		headers['Content-Type'] = 'application/json';
		headers['X-Hark-Form'] = formToken;
	}
	let reply;
	let text;
	try {
		reply = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), cache: 'no-store', keepalive,
			credentials: 'same-origin', signal: signal ? anySignal(signal, clock) : clock });
		hearClock(reply.headers.get('Date'));
		text = await reply.text();
	} catch (error) {
		if (signal && signal.aborted)
			throw error;
		if (!isLive)
			hear.unanswered();
		throw new ApiError(0, { error: error.name === 'TimeoutError' ? 'silence' : 'network' }, 0);
	}
	return readReply(reply.status, text, Number(reply.headers.get('Retry-After')) || 0);
}

function readReply(status, text, retryAfter) {
	let body = {};
	try {
		body = text ? JSON.parse(text) : {};
	} catch {
		// A proxy's page instead of JSON: from a good status it is as bad as no answer.
		if (status < 400)
			throw new ApiError(0, { error: 'network' }, 0);
	}
	if (status >= 200 && status < 300)
		return body;
	const error = new ApiError(status, body, retryAfter);
	if (status === 401)
		hear.signedOut();
	else if (error.word === 'form_token')
		hear.outdated();
	throw error;
}

function anySignal(...signals) {
	if (AbortSignal.any)
		return AbortSignal.any(signals);
	const control = new AbortController();
	for (const signal of signals) {
		if (signal.aborted)
			control.abort();
		signal.addEventListener('abort', () => control.abort(), { once: true });
	}
	return control.signal;
}

// Sends a file's bytes; `onprogress` hears 0 … 1. fetch() tells nothing of an upload's progress, so this is the older interface.
// One that does not move for a while is over, as with any other request.
export function upload(path, file, onprogress, signal) {
	return new Promise((resolve, reject) => {
		const sender = new XMLHttpRequest();
		const lost = () => {
			hear.unanswered();
			reject(new ApiError(0, { error: 'network' }, 0));
		};
		let isStalled = false;
		let timer = 0;
		const moved = () => {
			clearTimeout(timer);
			timer = setTimeout(() => {
				isStalled = true;
				sender.abort();
			}, TIMEOUT);
		};
		sender.open('POST', path);
		sender.setRequestHeader('X-Hark-Form', formToken);
		sender.setRequestHeader('Content-Type', 'application/octet-stream');
		sender.setRequestHeader('Accept', 'application/json');
		sender.upload.onprogress = (event) => {
			moved();
			if (event.lengthComputable)
				onprogress(event.loaded / event.total);
		};
		sender.onerror = lost;
		sender.onabort = () => (isStalled ? lost() : reject(new DOMException('aborted', 'AbortError')));
		sender.onloadend = () => clearTimeout(timer);
		sender.onload = () => {
			try {
				resolve(readReply(sender.status, sender.responseText, Number(sender.getResponseHeader('Retry-After')) || 0));
			} catch (error) {
				reject(error);
			}
		};
		signal.addEventListener('abort', () => sender.abort(), { once: true });
		moved();
		sender.send(file);
	});
}

// Told while the page goes away, so nobody waits for the answer.
export function beacon(path) {
	const body = new Blob([JSON.stringify({ form: formToken })], { type: 'application/json' });
	return navigator.sendBeacon(path, body);
}

// A UUID also where crypto.randomUUID is missing: a page served over plain HTTP.
export function newId() {
	if (crypto.randomUUID)
		return crypto.randomUUID();
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	bytes[6] = (bytes[6] & 15) | 64;
	bytes[8] = (bytes[8] & 63) | 128;
	const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
	return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
