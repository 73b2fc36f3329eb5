// Turns the headings in cases.json into the ids that github-slugger gives them, document by
// document, and its character filter into removed-ranges.json. It knows nothing of prepbook: the
// files it writes are the oracle that the Rust slugs are compared with.
//
//     node make.mjs            write the ids and ranges anew (after adding headings)
//     node make.mjs --check    fail if a committed file is not what this run would write
//
// To add a case, put a document with its headings into cases.json, run without --check, and read
// the diff. `ids` may be left out; whatever stands there is replaced.

import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const VERSION = "2.0.0";
const here = (name) => new URL(name, import.meta.url);
const packageFolder = here("../browser/node_modules/github-slugger/");

let Slugger, regex;
try {
  Slugger = (await import(new URL("index.js", packageFolder))).default;
  regex = (await import(new URL("regex.js", packageFolder))).regex;
} catch (error) {
  if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
  console.error("github-slugger is not installed: run `npm ci` in tests/browser");
  process.exit(2);
}
const installed = JSON.parse(readFileSync(new URL("package.json", packageFolder), "utf8")).version;
if (installed !== VERSION) {
  console.error(`github-slugger ${installed} is installed; the committed ids are those of ${VERSION}`);
  process.exit(2);
}

/** The ids of one document's headings, in order; a document starts with no id taken. */
function idsOf(headings) {
  const slugger = new Slugger();
  return headings.map((heading) => slugger.slug(heading));
}

/**
 * JSON text in which nothing is invisible: marks, separators but the plain space, format and
 * unassigned characters are escaped, so that a diff shows what a heading is made of.
 */
function visible(text) {
  return JSON.stringify(text).replace(/(?! )[\p{C}\p{M}\p{Z}]/gu, (character) =>
    Array.from({ length: character.length }, (_, i) =>
      `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`).join(""));
}

function casesText() {
  const documents = JSON.parse(readFileSync(here("cases.json"), "utf8"));
  const list = (strings) => `[\n${strings.map((s) => `      ${visible(s)}`).join(",\n")}\n    ]`;
  const items = documents.map(({ headings }) =>
    `  {\n    "headings": ${list(headings)},\n    "ids": ${list(idsOf(headings))}\n  }`);
  return `[\n${items.join(",\n")}\n]\n`;
}

/**
 * Inclusive ranges of the code points that the filter removes. Surrogates are left out: they are
 * no characters of well-formed text. Asking about every code point by itself is right because the
 * filter's alternatives are single code units or whole surrogate pairs.
 */
function removedRanges() {
  const ranges = [];
  for (let code = 0; code <= 0x10ffff; code += 1) {
    if (code === 0xd800) code = 0xe000;
    if (String.fromCodePoint(code).replace(regex, "") !== "") continue;
    const last = ranges.at(-1);
    if (last && last[1] === code - 1) last[1] = code;
    else ranges.push([code, code]);
  }
  return ranges;
}

function rangesText() {
  const cells = removedRanges().map(([from, to]) => `[${from},${to}]`);
  const lines = [];
  for (let i = 0; i < cells.length; i += 8) lines.push(cells.slice(i, i + 8).join(","));
  return `[\n${lines.join(",\n")}\n]\n`;
}

const check = process.argv.includes("--check");
const stale = [];
for (const [name, text] of [["cases.json", casesText()], ["removed-ranges.json", rangesText()]]) {
  if (check) {
    let committed = "";
    try {
      committed = readFileSync(here(name), "utf8");
    } catch (error) {
      if (error.code !== "ENOENT") throw error;
    }
    if (committed !== text) stale.push(name);
  } else {
    writeFileSync(here(name), text);
  }
}
if (stale.length > 0) {
  console.error(`not what github-slugger ${VERSION} gives: ${stale.join(", ")} in ${fileURLToPath(here("."))}`);
  console.error("run `node tests/slugs/make.mjs` and read the diff");
  process.exit(1);
}
const documents = JSON.parse(readFileSync(here("cases.json"), "utf8"));
const headings = documents.reduce((sum, { headings }) => sum + headings.length, 0);
console.log(`${check ? "current" : "written"}: ${documents.length} documents, ${headings} headings`);
