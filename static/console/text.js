// SPDX-License-Identifier: BSD-2-Clause
// text.js - pure functions on text and time: translation, links, placeholders, ages, sizes.

let strings = {};
let locale = 'en';
let zone;

export function setStrings(table, language) {
	strings = table || {};
	locale = language || 'en';
	formats.clear();
}

// The agent's time zone; one that the browser does not know is the browser's own.
export function setZone(name) {
	try {
		zone = new Intl.DateTimeFormat('en', { timeZone: name || undefined }).resolvedOptions().timeZone;
	} catch {
		zone = undefined;
	}
	formats.clear();
}

// The translation of an English sentence, with {name} filled.
export function t(english, values) {
	const sentence = (Object.hasOwn(strings, english) && strings[english]) || english;
	return values ? sentence.replace(/\{(\w+)\}/g, (all, name) => (Object.hasOwn(values, name) ? String(values[name]) : all)) : sentence;
}

// One or many: both sentences are message ids of their own.
export function tn(one, many, count, values) {
	return t(count === 1 ? one : many, { count: number(count), ...values });
}

const formats = new Map();

function format(key, make) {
	if (!formats.has(key))
		formats.set(key, make());
	return formats.get(key);
}

// English is British here, as on the pages of the control panel: "21 Nov 2026, 14:05", which is read alike on both sides of the ocean.
function dateFormat(key, options) {
	return format(key, () => {
		try {
			return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { ...options, timeZone: zone });
		} catch {
			return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone });
		}
	});
}

export const number = (value) => format('number', () => new Intl.NumberFormat(locale)).format(value);
export const clockTime = (ms) => dateFormat('time', { hour: '2-digit', minute: '2-digit' }).format(ms);
export const fullTime = (ms) => dateFormat('full', { dateStyle: 'medium', timeStyle: 'short' }).format(ms);
export const shortDate = (ms) => dateFormat('date', { day: 'numeric', month: 'short', year: 'numeric' }).format(ms);

// A moment to come, as short as it can be told: "09:00", "Mon 09:00", "6 Nov 09:00".
export function nearTime(ms, now = Date.now()) {
	const days = dayNumber(ms) - dayNumber(now);
	if (days === 0)
		return clockTime(ms);
	const day = days > 0 && days < 7 ? dateFormat('weekday', { weekday: 'short' }) : dateFormat('day and month', { day: 'numeric', month: 'short' });
	return day.format(ms) + ' ' + clockTime(ms);
}

// The number of the day in the agent's zone: days are compared by it, however long daylight saving makes them.
function dayNumber(ms) {
	const day = format('number of the day', () => new Intl.DateTimeFormat('en', { year: 'numeric', month: 'numeric', day: 'numeric', timeZone: zone, calendar: 'gregory' }));
	const part = Object.fromEntries(day.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
	return Math.round(Date.UTC(part.year, part.month - 1, part.day) / 86400000);
}

export const isSameDay = (a, b) => dayNumber(a) === dayNumber(b);

// "Today", "Yesterday", "Friday 6 November".
export function dayLabel(ms, now = Date.now()) {
	const days = dayNumber(now) - dayNumber(ms);
	if (days === 0)
		return t('Today');
	if (days === 1)
		return t('Yesterday');
	return dateFormat('day', { weekday: 'long', day: 'numeric', month: 'long' }).format(ms);
}

// How long something has lasted, as short as a list needs it: "12s", "4m", "3h", "2d".
export function age(ms, now = serverNow()) {
	const seconds = Math.max(0, Math.floor((now - ms) / 1000));
	if (seconds < 60)
		return t('{n}s', { n: seconds });
	if (seconds < 3600)
		return t('{n}m', { n: Math.floor(seconds / 60) });
	if (seconds < 86400)
		return t('{n}h', { n: Math.floor(seconds / 3600) });
	return t('{n}d', { n: Math.floor(seconds / 86400) });
}

// What the server's clock is ahead of this computer's, when it is worth a word; its answers tell it to the second.
const CLOCK_DOUBT = 3000;
let clockAhead = 0;

export function hearClock(date, now = Date.now()) {
	const ahead = Date.parse(date) - now;
	if (Math.abs(ahead - clockAhead) > CLOCK_DOUBT)
		clockAhead = Math.abs(ahead) > CLOCK_DOUBT ? ahead : 0;
}

export const serverNow = () => Date.now() + clockAhead;

// A running clock for who waits: "0:07", "12:30", "1:02:03".
export function stopwatch(ms, now = serverNow()) {
	const seconds = Math.max(0, Math.floor((now - ms) / 1000));
	const two = (n) => String(n).padStart(2, '0');
	const hours = Math.floor(seconds / 3600);
	const minutes = Math.floor(seconds / 60) % 60;
	return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

export function byteSize(bytes) {
	if (bytes < 1024)
		return t('{n} bytes', { n: number(bytes) });
	if (bytes < 1048576)
		return `${number(Math.round(bytes / 1024))} KB`;
	return `${number(Math.round(bytes / 104857.6) / 10)} MB`;
}

const LINK = /\b(?:https?:\/\/|www\.)[^\s<>"'`\u00ab\u00bb\u201c\u201d]+|[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+/giu;

// What ends a sentence is no part of a link, nor is a bracket that the link did not open.
function trimLink(text) {
	let link = text;
	for (;;) {
		const last = link.at(-1);
		if (/[.,;:!?*_~…]/u.test(last))
			link = link.slice(0, -1);
		else if (last === ')' && link.split('(').length < link.split(')').length)
			link = link.slice(0, -1);
		else if (last === ']' && !link.includes('['))
			link = link.slice(0, -1);
		else
			return link;
	}
}

// [{ text }, { text, href }, …]: only http, https and mailto ever come out.
export function linkify(text) {
	const parts = [];
	let at = 0;
	for (const match of text.matchAll(LINK)) {
		const found = trimLink(match[0]);
		const href = linkTarget(found);
		if (!href)
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

function linkTarget(found) {
	if (/^[^/]*@/.test(found) && !/^(https?:|www\.)/i.test(found))
		return 'mailto:' + found;
	return webAddress(/^www\./i.test(found) ? 'https://' + found : found);
}

// The address when it is http or https, else null: what comes from a visitor's page is never trusted with another scheme.
export function webAddress(text) {
	try {
		const url = new URL(text);
		return (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname ? url.href : null;
	} catch {
		return null;
	}
}

// "shop.example/cart" of a long address, for a narrow pane.
export function shortAddress(text) {
	const href = webAddress(text);
	if (!href)
		return text;
	const url = new URL(href);
	return url.host + (url.pathname === '/' ? '' : decode(url.pathname));
}

function decode(path) {
	try {
		return decodeURI(path);
	} catch {
		return path;
	}
}

// {{visitor.name}} and {{agent.name}} of a canned message; an unknown placeholder stays, so that the agent sees it. With one that is empty goes the
// blank before it: "Hello {{visitor.name}}," is "Hello,".
export function fillPlaceholders(body, values) {
	return body.replace(/([ \t]*)\{\{\s*([\w.]+)\s*\}\}/g, (all, blank, name) => (Object.hasOwn(values, name) ? values[name] && blank + values[name] : all));
}

export function initials(name) {
	const words = String(name || '').trim().split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
	if (!words.length)
		return '?';
	const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
	return letters.map((word) => [...word][0]).join('').toUpperCase();
}

export function hueOf(key) {
	let sum = 7;
	for (const letter of String(key))
		sum = (sum * 31 + letter.codePointAt(0)) % 9973;
	return sum % 8;
}

// Folded for searching: case and accents do not matter.
export const fold = (text) => String(text || '').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

// One to three emoji alone are shown large.
export const isOnlyEmoji = (text) => text.length <= 24
	&& /^(?:(?:\p{Extended_Pictographic}|\p{Regional_Indicator}{2})(?:\p{Emoji_Modifier}|\u200d\p{Extended_Pictographic}|\ufe0f)*\s*){1,3}$/u.test(text);
