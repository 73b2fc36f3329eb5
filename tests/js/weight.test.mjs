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

/** What we wrote ourselves. */
function joined(key) {
  return list(key).filter((file) => !file.startsWith("js/vendor/")).map((file) => readFileSync(new URL(file, theme), "utf8")).join("\n");
}

/** What the engine takes out: comments of style sheets, and of scripts those that fill whole lines between stars. */
const COMMENTS = { styles: /\/\*[^]*?\*\//g, scripts: /^[ \t]*\/\*[^]*?\*\/[ \t]*\n/gm };

/** Bytes as a host sends them. */
function onTheWire(key, text = joined(key)) {
  return gzipSync(text.replace(COMMENTS[key.split("-").at(-1)], ""), { level: 9 }).length;
}

function files(folder, ending) {
  return readdirSync(new URL(folder, theme), { recursive: true })
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name}`)
    .sort();
}

// What authors bring along in raw HTML has to fit a phone, too; and the dialog of search is there before its own styles are.
test("the stylesheet is at most 10 KB on the wire", () => {
  assert.ok(onTheWire("styles") <= 10 * KILOBYTE, `${onTheWire("styles")} bytes`);
});

// Only pages with preparation material load it.
test("the stylesheet of preparation material is at most 7 KB on the wire", () => {
  assert.ok(onTheWire("practice-styles") <= 7 * KILOBYTE, `${onTheWire("practice-styles")} bytes`);
});

test("the core script is at most 9 KB on the wire", () => {
  assert.ok(onTheWire("scripts") <= 9 * KILOBYTE, `${onTheWire("scripts")} bytes`);
});

// The same pages alone, behind the text; the scheduler of cards comes on top.
test("our scripts of preparation material are at most 50 KB on the wire", () => {
  assert.ok(onTheWire("practice-scripts") <= 50 * KILOBYTE, `${onTheWire("practice-scripts")} bytes`);
});

// Loaded once a reader searches; most of it is what the rules of a query take.
test("the scripts of search are at most 11 KB on the wire", () => {
  assert.ok(onTheWire("search-scripts") <= 11 * KILOBYTE, `${onTheWire("search-scripts")} bytes`);
});

test("the styles of search are at most 2 KB on the wire", () => {
  assert.ok(onTheWire("search-styles") <= 2 * KILOBYTE, `${onTheWire("search-styles")} bytes`);
});

// Loaded once a reader has something read aloud or records an answer.
test("the scripts of voices are at most 15 KB on the wire, their styles at most 2", () => {
  assert.ok(onTheWire("voice-scripts") <= 15 * KILOBYTE, `${onTheWire("voice-scripts")} bytes`);
  assert.ok(onTheWire("voice-styles") <= 2 * KILOBYTE, `${onTheWire("voice-styles")} bytes`);
});

// Both after the page is there; the worker is the same for a book of any size.
test("the service worker and what pages load for it are at most 6 KB on the wire", () => {
  const bytes = [onTheWire("scripts", readFileSync(new URL("js/worker.js", theme), "utf8")), onTheWire("offline-scripts")];
  assert.ok(bytes[0] + bytes[1] <= 6 * KILOBYTE, `${bytes} bytes`);
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
  assert.deepEqual([...list("styles"), ...list("practice-styles"), ...list("search-styles"), ...list("voice-styles"), ...list("epub-styles")].sort(), files("css", ".css"));
  assert.deepEqual([...list("scripts"), ...list("practice-scripts"), ...list("search-scripts"), ...list("voice-scripts"), ...list("offline-scripts"), "js/boot.js", "js/worker.js"].sort(), files("js", ".js"));
});

test("every bracket in a style sheet is closed by its own kind", () => {
  const closes = { ")": "(", "]": "[", "}": "{" };
  for (const file of files("css", ".css")) {
    const text = readFileSync(new URL(file, theme), "utf8").replace(/\/\*[^]*?\*\/|"[^"]*"/g, "");
    const open = [];
    for (const [bracket] of text.matchAll(/[()[\]{}]/g)) {
      if ("([{".includes(bracket)) open.push(bracket);
      else assert.equal(open.pop(), closes[bracket], file);
    }
    assert.deepEqual(open, [], file);
  }
});

test("scripts of core and platform do not reach into layers above them", () => {
  for (const file of [...list("scripts"), ...list("practice-scripts"), ...list("search-scripts"), ...list("voice-scripts")]) {
    const text = readFileSync(new URL(file, theme), "utf8").replace(/\/\*[^]*?\*\//g, "");
    const pure = /^js\/(core|search\/(words|typos|index|excerpt|query)\.)/.test(file);
    if (pure) assert.doesNotMatch(text, /prepbook\.(platform|elements)|\bdocument\.|\bwindow\b|localStorage/, file);
    if (file.startsWith("js/platform/")) assert.doesNotMatch(text, /prepbook\.elements/, file);
  }
});
