// Own stories are judged in the browser as the build judges the book's: the examples that src/measure is tested with hold here,
// and both know the same lists of words.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { load } from "./load.mjs";

const { spoken } = load("core/spoken.js").core;
const source = (name) => readFileSync(new URL(`../../src/measure/${name}.rs`, import.meta.url), "utf8");
const [speech, numbers] = [source("speech"), source("numbers")];
const toml = readFileSync(new URL("../../themes/handbook/strings/en.toml", import.meta.url), "utf8");
/** Who acts, as the theme has it for English. */
const [I, WE] = ["own_i", "own_we"].map((key) => new RegExp(`^${key} = "(.*)"$`, "m").exec(toml)[1]);
const script = readFileSync(new URL("../../themes/handbook/js/core/spoken.js", import.meta.url), "utf8");

/** What is in a function of Rust's tests. */
const body = (text, name) => text.split(`fn ${name}()`)[1].split("\n    }\n")[0];
/** A string of Rust as it stands between its quotes. */
const read = (literal) => JSON.parse(`"${literal.replace(/\\u\{([0-9a-f]+)\}/g, (_, hex) => "\\u" + hex.padStart(4, "0"))}"`);
const STRING = '"((?:[^"\\\\]|\\\\.)*)"';
const strings = (text) => [...text.matchAll(new RegExp(STRING, "g"))].map(([, literal]) => read(literal));

test("words are counted as the build counts them", () => {
  const examples = [...body(speech, "words_are_counted_as_they_are_said").matchAll(new RegExp(`\\(${STRING}, (\\d+)\\)`, "g"))];
  assert.ok(examples.length > 20);
  for (const [, text, count] of examples) assert.equal(spoken.words(read(text)), Number(count), text);
});

test("seconds are rounded as the build rounds them", () => {
  for (const [words, rate, seconds] of [[0, 140, 0], [140, 140, 60], [105, 140, 45], [1, 140, 0], [2, 140, 1], [1, 120, 1]]) {
    assert.equal(spoken.seconds(words, rate), seconds, `${words} at ${rate}`);
  }
});

test("who acted is found at the same words", () => {
  const examples = [...body(speech, "who_acted_is_found_at_the_word").matchAll(new RegExp(`\\(${STRING}, vec!\\[(.*?)\\], vec!\\[(.*?)\\]\\)`, "g"))];
  assert.ok(examples.length > 12);
  for (const [, literal, i, we] of examples) {
    const text = read(literal);
    const persons = spoken.persons(text, { i: I, we: WE });
    const said = (ranges) => ranges.map(([start, end]) => text.slice(start, end));
    assert.deepEqual([said(persons.i), said(persons.we)], [strings(i), strings(we)], literal);
  }
});

test("a number that measures is told from one that names", () => {
  const measured = [...body(numbers, "measures_are_found_whole").matchAll(new RegExp(`\\(${STRING}, vec!`, "g"))].map(([, literal]) => read(literal));
  const named = strings(body(numbers, "numbers_that_name_are_none").split("] {")[0].split("for text in [")[1]);
  assert.ok(measured.length > 15 && named.length > 20);
  for (const text of measured) assert.ok(spoken.measures(text), text);
  for (const text of named) assert.ok(!spoken.measures(text), text);
});

test("both have the same lists", () => {
  for (const [, name, list] of (speech + numbers).matchAll(/const ([A-Z_]+): &str =\s*"([^"]*)";/g)) {
    if (name === "SAID") continue;
    const ours = new RegExp(`const ${name} = listed\\("([^"]*)"\\)`).exec(script);
    assert.ok(ours, name);
    assert.equal(ours[1], list.trim().replace(/\s+/g, " "), name);
  }
});

test("any text is taken", () => {
  const pieces = ["1", "one", " in ", "%", " ", "-", "€", "/", ".", "é", "\u0301", "third", "a ", "per ", "cent", "’", "\r\n", "I", "“", '"', "𝟙"];
  let state = 7;
  for (let round = 0; round < 3000; round += 1) {
    const text = Array.from({ length: 8 }, () => pieces[(state = (state * 48271) % 2147483647) % pieces.length]).join("");
    assert.equal(typeof spoken.measures(text), "boolean", text);
    assert.ok(spoken.words(text) >= spoken.persons(text, { i: I, we: WE }).i.length, text);
  }
});

test("the first sentence", () => {
  for (const [text, sentence] of [
    ["", ""],
    ["  One.  Two.", "One."],
    ["It took 1.5 days at example.com. Then", "It took 1.5 days at example.com."],
    ["“Stop!” I said it twice. Then", "“Stop!”"],
    ["no end\n\nat all", "no end at all"],
    ["Why? Because.", "Why?"],
  ]) assert.equal(spoken.sentence(text), sentence, text);
});
