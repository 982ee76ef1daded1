/* SPDX-License-Identifier: BSD-2-Clause */
/* widget_text.test.mjs - the pure parts of the visitor's panel. */
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";

const folder = new URL("../../static/widget/", import.meta.url);
const read = (name) => readFileSync(new URL(name, folder), "utf8");
const text = await import("data:text/javascript;base64," + Buffer.from(read("text.js")).toString("base64"));

test("words are filled in, and only own names", () => {
	assert.equal(text.text_fill("You are number {n} in line", { n: 2 }), "You are number 2 in line");
	assert.equal(text.text_fill("{constructor} {n}", { n: "{m}", m: 1 }), "{constructor} {m}");
	const words = text.words_make({ "Hello {name}": "Bonjour {name}" });
	assert.equal(words("Hello {name}", { name: "<b>" }), "Bonjour <b>");
	assert.equal(words("toString"), "toString");
});

test("links are found, and joined parts are the text", () => {
	const of = (source) => text.text_links(source).filter((part) => part.href).map((part) => part.href);
	const all = ["see https://a.example/x?y=1. ok", "(https://a.example/b_(c))", "www.example.com!", "a@b.example, c", "javascript:alert(1) http://", "no", "",
		"https://a.example/<b>", "data:text/html,x file:///etc/passwd", "مرحبا https://مثال.example/ش"];
	for (const source of all)
		assert.equal(text.text_links(source).map((part) => part.text).join(""), source);
	assert.deepEqual(of(all[0]), ["https://a.example/x?y=1"]);
	assert.deepEqual(of(all[1]), ["https://a.example/b_(c)"]);
	assert.deepEqual(of(all[2]), ["https://www.example.com"]);
	assert.deepEqual(of(all[3]), ["mailto:a@b.example"]);
	assert.deepEqual(of(all[4]), []);
	assert.deepEqual(of(all[8]), []);
	assert.equal(of(all[9]).length, 1);
});

test("a long hostile text is cut into links in little time", () => {
	const began = Date.now();
	for (const part of ["a.", "a@", "a-", "www.", "http://", "(", ")", "a+a.a@"])
		text.text_links(part.repeat(4000));
	assert.ok(Date.now() - began < 1500, "took " + (Date.now() - began) + " ms");
});

test("names, sizes, emoji", () => {
	assert.deepEqual(["Anna Berg", "anna", "", "  ", "Ana María de León", "😀 x"].map(text.text_initials), ["AB", "A", "", "", "AL", "😀X"]);
	assert.equal(text.text_size(84512, "en"), "83 kB");
	assert.deepEqual([text.text_size(1, "en"), text.text_size(5, "en"), text.text_size(5, "fr").replace(/\s/, " ")], ["1 byte", "5 bytes", "5 octets"]);
	assert.equal(text.text_size(20 * 1024 * 1024, "en"), "20 MB");
	assert.deepEqual(["👍", "❤️🔥", "👍 ok", "12", ""].map(text.text_is_emoji), [true, true, false, false, false]);
	assert.equal(text.text_length("a😀"), 2);
});

test("two unsent texts become one, and none is lost or doubled", () => {
	assert.equal(text.text_join("", "a"), "a");
	assert.equal(text.text_join("a\n", "b"), "a\nb");
	assert.equal(text.text_join("a\nb", "b"), "a\nb");
	assert.equal(text.text_join("a", " "), "a");
});

test("e-mail addresses", () => {
	for (const sound of ["a@b.example", "a.b+c@d.e.example", "o'x@b.example"])
		assert.ok(text.email_is_sound(sound), sound);
	for (const bad of ["", "a", "a@b", "a@b.", "a b@c.example", "a@b..example", "<a@b.example>", "a@b.example\n", "a".repeat(260) + "@b.example"])
		assert.ok(!text.email_is_sound(bad), bad);
});

test("files are refused before they are sent", () => {
	const limits = { max: 100, types: [".png", ".txt"] }, why = (name, size) => text.file_refusal({ name, size }, limits);
	assert.equal(why("a.png", 100), null);
	assert.equal(why("A.PNG", 1), null);
	assert.equal(why("a.png", 101), "size");
	assert.equal(why("a.exe", 1), "kind");
	assert.equal(why("a.png.exe", 1), "kind");
	assert.equal(why("png", 1), "kind");
	assert.equal(why("a.txt", 0), "empty");
	assert.equal(text.file_name({ name: "image.png", type: "image/png" }, 2), "picture-2.png");
	assert.equal(text.file_name({ name: "x.pdf", type: "application/pdf" }, 2), "x.pdf");
});

test("waits double up to thirty seconds, with jitter", () => {
	assert.deepEqual([1, 2, 3, 4, 5, 6, 60].map((failures) => text.wait_next(failures, .5)), [1, 2, 4, 8, 16, 30, 30]);
	assert.ok(text.wait_next(1, 0) < 1 && text.wait_next(1, .999) > 1);
	assert.deepEqual(["3", "100000", "-1", null, "x"].map(text.wait_told), [3, 900, 0, 0, 0]);
});

test("client ids are version 4 UUIDs", () => {
	assert.equal(text.uuid_make(new Uint8Array(16).fill(255)), "ffffffff-ffff-4fff-bfff-ffffffffffff");
	assert.match(text.uuid_make(new Uint8Array(16)), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("the log keeps each message once, in order, and sees a hole", () => {
	const log = text.log_make(), of = (...numbers) => numbers.map((seq) => ({ seq, kind: seq === 53 ? "hidden" : "text", client_id: seq === 51 ? "me" : undefined }));
	log.add(of(51, 52));
	assert.deepEqual([log.low(), log.top(), log.has_gap()], [51, 52, false]);
	assert.equal(log.add(of(52, 55)).length, 1);
	assert.deepEqual([log.top(), log.has_gap()], [52, true]);
	log.add(of(54, 53));
	assert.deepEqual([log.top(), log.has_gap()], [55, false]);
	log.add(of(49, 50));
	assert.deepEqual([log.low(), log.top()], [49, 55]);
	assert.deepEqual(log.shown().map((message) => message.seq), [49, 50, 51, 52, 54, 55]);
	assert.ok(log.has_client("me") && !log.has_client("other"));
	log.add(of(40));
	assert.deepEqual([log.top(), log.has_gap()], [40, true]);
	assert.equal(log.add([{ seq: 0 }, { seq: "5" }, { seq: 1.5 }, {}]).length, 0);
});

test("the log is complete whatever order messages come in", () => {
	for (let round = 0; round < 200; round++) {
		const log = text.log_make(), numbers = Array.from({ length: 30 }, (_, at) => at + 1);
		for (let at = 29; at > 0; at--) {
			const other = (round * 7919 + at * 104729) % (at + 1);
			[numbers[at], numbers[other]] = [numbers[other], numbers[at]];
		}
		for (const seq of numbers)
			log.add([{ seq, kind: "text" }, { seq: numbers[0], kind: "text" }]);
		assert.deepEqual([log.low(), log.top(), log.has_gap(), log.shown().length], [1, 30, false, 30]);
	}
});

test("F-SCHED-01 when somebody is back is said by the visitor's own clock, in words", () => {
	const now = new Date(2026, 10, 21, 22, 30), words = text.words_make({}), back = (...when) => text.text_back(words, "en-GB", +new Date(...when), +now);
	assert.equal(back(2026, 10, 21, 23, 0), "We are back today at 23:00");
	assert.equal(back(2026, 10, 22, 10, 0), "We are back tomorrow at 10:00");
	assert.equal(back(2026, 10, 23, 10, 0), "We are back on Monday at 10:00");
	assert.equal(back(2026, 10, 27, 10, 0), "We are back on Friday at 10:00");
	assert.match(back(2026, 10, 28, 10, 0), /^We are back on Saturday,? 28 November at 10:00$/);
	assert.equal(text.text_back(text.words_make({ "We are back on {day} at {time}": "Nous serons de retour {day} à {time}" }), "fr", +new Date(2026, 10, 23, 10, 0), +now),
		"Nous serons de retour lundi à 10:00");
	/* Over both changes of the clocks of a year, wherever this runs, a day is a day. */
	for (let day = 0; day < 366; day++)
		assert.match(text.text_back(words, "en-GB", +new Date(2026, 0, day + 2, 10, 0), +new Date(2026, 0, day, 10, 0)), /^We are back on \w+day at 10:00$/);
});

test("messages of one breath stand together", () => {
	const one = { kind: "text", by: "agent", name: "Anna", created_at: 0 };
	assert.ok(text.message_follows({ ...one, created_at: 60000 }, one));
	assert.ok(!text.message_follows({ ...one, created_at: 600000 }, one));
	assert.ok(!text.message_follows({ ...one, by: "visitor" }, one));
	assert.ok(!text.message_follows(one, undefined));
	assert.ok(text.message_is_unread({ ...one, seq: 3 }, 2) && !text.message_is_unread({ ...one, seq: 2 }, 2) && !text.message_is_unread({ ...one, by: "visitor", seq: 3 }, 2));
});

test("what the scripts say is what the server translates", () => {
	const said = (names, call) => [...new Set(names.flatMap((name) => [...read(name).matchAll(call)].map((match) => match[1])))].sort();
	const panel = readdirSync(folder).filter((name) => name.endsWith(".js") && name !== "loader.js");
	const listed = (name) => read(name).split("\n").filter(Boolean).sort();
	assert.deepEqual(listed("strings.txt"), said(panel, /\bwords\("([^"]+)"/g));
	const pages = read("../../cgi-bin/rooms/widget/widget_pages.c"), table = pages.slice(pages.indexOf("loader_strings[] = {"));
	const given = [...table.slice(0, table.indexOf("}")).matchAll(/N_\("([^"]+)"\)/g)].map((match) => match[1]).sort();
	assert.deepEqual(given, said(["loader.js"], /\bsay\("([^"]+)"/g));
});

test("no markup from strings, no eval, no posting to everybody", () => {
	for (const name of readdirSync(folder).filter((name) => name.endsWith(".js")))
		assert.doesNotMatch(read(name), /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser|srcdoc|postMessage\([^;]*"\*"/, name);
	const template = readFileSync(new URL("../../templates/widget/panel.cs", import.meta.url), "utf8");
	assert.doesNotMatch(template, /\son\w+=|\sstyle=|<style/);
});
