/* SPDX-License-Identifier: BSD-2-Clause */
/* widget_size.test.mjs - what the widget costs a page: the loader and the panel, gzipped as a web server does. */
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";
import { gzipSync } from "node:zlib";

const folder = new URL("../../static/widget/", import.meta.url);
const read = (name) => readFileSync(new URL(name, folder), "utf8");
const packed = (text) => gzipSync(text, { level: 6 }).length;
const KILO = 1000;

const key = "k3J9xQ2mZ_7vB1nL0pRt5w";
const config = {
	key, base: "https://desk.example.com", panel: "/panel/" + key, tongues: "en fr pt es de", colour: "#0b57d0", ink: "#ffffff", text: "Chattez avec nous", position: "right", online: true, offline: "gray",
	display: "embedded", title: "Boutique Exemple", locale: "fr",
	strings: { "Chat with us": "Discuter avec nous", "Close the chat": "Fermer la discussion",
		"New messages": "Nouveaux messages", "One moment…": "Un instant…", "This takes longer than usual.": "C’est plus long que d’habitude.", "Try again": "Réessayer" },
};

test("the loader with its configuration is at most 5 KB", () => {
	const served = read("loader.js").replace(/^\t+/gm, "").replace(/^\/\*.*\*\/\n/gm, "");
	const size = packed("(function run(config){" + served + "})(" + JSON.stringify(config) + ");");
	console.log("# loader_bytes " + size);
	assert.ok(size <= 5 * KILO, size + " bytes");
});

test("the loader is the body of one function", () => {
	assert.doesNotThrow(() => new Function("config", read("loader.js")));
});

test("the panel is at most 35 KB, each file packed by itself", () => {
	const files = readdirSync(folder).filter((name) => /\.(js|css)$/.test(name) && name !== "loader.js");
	const template = readFileSync(new URL("../../templates/widget/panel.cs", import.meta.url), "utf8");
	const strings = JSON.stringify(Object.fromEntries(read("strings.txt").split("\n").filter(Boolean).map((line) => [line, line.split("").reverse().join("")])));
	const sizes = files.map((name) => [name, packed(read(name))]).concat([["page", packed(template + strings)]]);
	const sum = sizes.reduce((total, [, size]) => total + size, 0);
	console.log("# panel_bytes " + sum + " (" + sizes.map(([name, size]) => name + " " + size).join(", ") + ")");
	assert.ok(sum <= 35 * KILO, sum + " bytes");
	for (const name of files.filter((name) => name !== "panel.js" && name !== "panel.css"))
		assert.ok(template.includes("/static/widget/" + name), name + " is not preloaded");
});
