// Texts come apart as the generator takes them apart: the rules of docs/searching.md, character by character, say the same.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";
import * as plain from "./search-encode.mjs";

const { words } = load("search/words.js").search;

test("every character alone, at a word's end and within one", () => {
  for (let point = 0; point < 0x30000; point += 1) {
    if (point >= 0xd800 && point < 0xe000) continue;
    const character = String.fromCodePoint(point);
    for (const text of [character, `ab${character}`, `a${character}b`]) {
      // An apostrophe is lost, not a border; and a final sigma is the whole text's business.
      if (/[σς]/i.test(character)) continue;
      assert.deepEqual(words.split(text), plain.words(text), `U+${point.toString(16)} in ${JSON.stringify(text)}`);
      assert.equal(words.special(text), plain.special(text), `U+${point.toString(16)} in ${JSON.stringify(text)}`);
    }
  }
});

test("signs inside a term part it into words in a row", () => {
  assert.deepEqual(words.split("CWE-79, A01:2021 and don’t"), ["cwe", "79", "a01", "2021", "and", "dont"]);
});

test("diacritics and case make no difference", () => {
  assert.deepEqual(words.split("Żółć NAÏVE İstanbul"), ["zołc", "naive", "istanbul"]);
});

test("characters of scripts without spaces are words of their own", () => {
  assert.deepEqual(words.split("XSS脆弱性 です"), ["xss", "脆", "弱", "性", "て", "す"]);
});

test("a long word is cut after forty characters", () => {
  assert.deepEqual(words.split("x".repeat(60)), ["x".repeat(40)]);
});

test("places are those in the text as written", () => {
  const text = "A Ré\u0301sume\u0301 (C’est) 漢字";
  assert.deepEqual(words.tokens(text).map(({ start, end }) => text.slice(start, end)), ["A", "Ré\u0301sume\u0301", "C’est", "漢", "字"]);
});

test("special words keep their signs, at their beginning or their end", () => {
  const cases = { ".env": ".env", "(--flag,": "--flag", "C++.": "c++", "“C#”": "c#", "@RequestMapping(": "@requestmapping",
    "/etc/passwd": "/etc/passwd", "$_GET['x']": "$_get['x", "CWE-79": "", "A01:2021": "", "end.": "", "--": "", "+": "" };
  for (const [chunk, word] of Object.entries(cases)) assert.equal(words.special(chunk), word, chunk);
});
