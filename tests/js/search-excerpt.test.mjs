// The piece of a text that a result shows, and the words that are marked in it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { excerpt } = load("search/words.js", "search/excerpt.js").search;

/** A pattern for each word, or for words in a row. */
const patterns = (...rows) => rows.map((row, chunk) => ({ chunk, words: row.split(" ").map((word) => new Set(word.split("|"))), special: null }));
const show = (pieces) => pieces.map(({ text, marked }) => (marked ? `[${text}]` : text)).join("");

test("words are marked as written, whatever their case and accents", () => {
  assert.equal(show(excerpt.whole("A Résumé, resumed.", patterns("resume"))), "A [Résumé], resumed.");
});

test("words in a row are marked only there, and as one", () => {
  assert.equal(show(excerpt.whole("79 of CWE-79 or CWE 80", patterns("cwe 79"))), "79 of [CWE-79] or CWE 80");
});

test("a special word is marked with its signs, and not without them", () => {
  const special = [{ chunk: 0, words: [new Set(["env"])], special: { word: ".env", before: 1, after: 0 } }];
  assert.equal(show(excerpt.whole("env or .env (.ENV)", special)), "env or [.env] ([.ENV])");
});

test("a short text stays whole, its lines in one", () => {
  assert.equal(show(excerpt.cut("One line.\nAnother  line.", patterns("another"), 100)), "One line. [Another] line.");
});

test("a long one is cut between words, around what was found", () => {
  const text = "word ".repeat(100) + "here is the needle at last " + "word ".repeat(100);
  const cut = show(excerpt.cut(text, patterns("needle"), 80));
  assert.match(cut, /^… (word )+here is the \[needle\] at last (word )*word …$/);
  assert.ok(cut.length < 95, cut);
});

test("the piece with most of the words wins over one with a single word often", () => {
  const text = "token token token " + "filler ".repeat(60) + "the token of a session " + "filler ".repeat(60);
  assert.match(show(excerpt.cut(text, patterns("token", "session"), 90)), /\[token\] of a \[session\]/);
});

test("a text without any of the words is shown from its beginning", () => {
  assert.equal(show(excerpt.cut("one two three four", patterns("nothing"), 8)), "one two …");
});

test("markup stays text", () => {
  const text = '<img src=x onerror="alert(1)"> {{7*7}}';
  const pieces = excerpt.whole(text, patterns("img", "7"));
  assert.equal(pieces.map((piece) => piece.text).join(""), text);
  assert.equal(show(pieces), '<[img] src=x onerror="alert(1)"> {{[7]*[7]}}');
});

test("no cut ever loses or adds a character", () => {
  const text = Array.from({ length: 300 }, (_, index) => "w" + (index * 7919) % 100).join(" ");
  for (let word = 0; word < 100; word += 1) {
    for (const length of [20, 60, 200, 5000]) {
      const all = excerpt.cut(text, patterns("w" + word), length).map((piece) => piece.text).join("").replace(/^… | …$/g, "");
      assert.ok(text.includes(all), all);
    }
  }
});
