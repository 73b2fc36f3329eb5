// What every page carries stays small: stylesheet and core script, as joined from theme.toml, and both lists complete.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

const theme = new URL("../../themes/handbook/", import.meta.url);
const toml = readFileSync(new URL("theme.toml", theme), "utf8");
const KILOBYTE = 1024;

/** The strings of one array in theme.toml. */
function list(key) {
  const body = new RegExp(`^${key} = \\[([^\\]]*)\\]`, "m").exec(toml);
  assert.ok(body, `theme.toml has ${key}`);
  return [...body[1].matchAll(/"([^"]+)"/g)].map(([, file]) => file);
}

function joined(key) {
  return list(key).map((file) => readFileSync(new URL(file, theme), "utf8")).join("\n");
}

function files(folder, ending) {
  return readdirSync(new URL(folder, theme), { recursive: true })
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name}`)
    .sort();
}

// One more than the script: what authors bring along in raw HTML has to fit a phone, too.
test("the stylesheet is at most 26 KB", () => {
  assert.ok(Buffer.byteLength(joined("styles")) <= 26 * KILOBYTE, `${Buffer.byteLength(joined("styles"))} bytes`);
});

// Only pages with preparation material load it.
test("the stylesheet of preparation material is at most 16 KB", () => {
  assert.ok(Buffer.byteLength(joined("practice-styles")) <= 16 * KILOBYTE, `${Buffer.byteLength(joined("practice-styles"))} bytes`);
});

test("the core script is at most 25 KB", () => {
  assert.ok(Buffer.byteLength(joined("scripts")) <= 25 * KILOBYTE, `${Buffer.byteLength(joined("scripts"))} bytes`);
});

// Both after the page is there; the worker is the same for a book of any size.
test("the service worker and what pages load for it are at most 9 KB on the wire", () => {
  const bytes = [readFileSync(new URL("js/worker.js", theme)), joined("offline-scripts")].map((text) => gzipSync(text).length);
  assert.ok(bytes[0] + bytes[1] <= 9 * KILOBYTE, `${bytes} bytes`);
});

// The card is fetched by whoever is sent a link.
test("the card is at most 60 KB, an icon at most 10", () => {
  for (const name of files("images", ".png")) {
    const limit = name.endsWith("card.png") ? 60 : 10;
    assert.ok(readFileSync(new URL(name, theme)).length <= limit * KILOBYTE, name);
  }
});

test("around the page stands the colour of its paper", () => {
  const paper = /--paper: light-dark\((#\w+), (#\w+)\)/.exec(readFileSync(new URL("css/tokens.css", theme), "utf8"));
  const head = readFileSync(new URL("templates/partials/head.html", theme), "utf8");
  assert.deepEqual([...head.matchAll(/"theme-color" content="(#\w+)"/g)].map(([, colour]) => colour), paper.slice(1));
  for (const key of ["theme-color", "background-color"]) assert.match(toml, new RegExp(`^${key} = "${paper[1]}"`, "m"));
});

test("the script that blocks the first paint is at most 1 KB", () => {
  assert.ok(readFileSync(new URL("js/boot.js", theme)).length <= KILOBYTE);
});

test("theme.toml names every style and script of the theme, and no other", () => {
  assert.deepEqual([...list("styles"), ...list("practice-styles")].sort(), files("css", ".css"));
  assert.deepEqual([...list("scripts"), ...list("practice-scripts"), ...list("offline-scripts"), "js/boot.js", "js/worker.js"].sort(), files("js", ".js"));
});

test("scripts of core and platform do not reach into layers above them", () => {
  for (const file of list("scripts")) {
    const text = readFileSync(new URL(file, theme), "utf8").replace(/\/\*[^]*?\*\//g, "");
    if (file.startsWith("js/core/")) assert.doesNotMatch(text, /prepbook\.(platform|elements)|document|window|localStorage/, file);
    if (file.startsWith("js/platform/")) assert.doesNotMatch(text, /prepbook\.elements/, file);
  }
});
