// What the text of an answer shows, by lists of words: fillers, pace, I and we, numbers, the parts of a story, points touched.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { load } from "./load.mjs";

const { telling } = load("core/spoken.js", "core/telling.js").core;
const toml = readFileSync(new URL("../../themes/handbook/strings/en.toml", import.meta.url), "utf8");
/** The list of words that the theme has for English. */
const words = (key) => new RegExp(`^${key} = "(.*)"$`, "m").exec(toml)[1];
const list = (name) => words("tell_" + name);
const LISTS = { fillers: list("fillers"), persons: { i: words("own_i"), we: words("own_we") }, numbers: list("numbers") };
const CUES = Object.fromEntries(["situation", "task", "action", "result", "learning"].map((name) => [name, list("star_" + name)]));
const measure = (text, seconds = 60) => telling.measure(text, seconds, LISTS);
const numbers = (text) => telling.numbers(text, LISTS.numbers);

test("words a minute, if a time is known", () => {
  assert.deepEqual([measure("one two three four", 2).words, measure("one two three four", 2).pace], [4, 120]);
  assert.equal(measure("one two", 0).pace, 0);
  assert.equal(measure("", 60).words, 0);
  assert.equal(measure("It’s a well-known e-mail, isn't it?").words, 6);
  assert.equal(measure("41,000 of 1.5 at 9:30, 3.").words, 6);
});

test("fillers are counted by phrase, the most frequent first", () => {
  const { fillers, filled } = measure("Um, so I mean, um, it was, you know, basically UM done. You know? Known you.");
  assert.deepEqual(fillers, [{ phrase: "um", times: 3 }, { phrase: "you know", times: 2 }, { phrase: "i mean", times: 1 }, { phrase: "basically", times: 1 }]);
  assert.equal(filled, 7);
  assert.deepEqual(measure("An umbrella for the erratum.").fillers, []);
});

test("who acts, counted as in a story that is written", () => {
  const { own, shared } = measure("I fixed it, I’m sure, and my team and I told us that we've our own way. Wells, mice, iOS.");
  assert.deepEqual([own, shared], [3, 1]);
});

test("numbers that measure, and not years and names", () => {
  assert.deepEqual(numbers("From 3 days to 9 hours, 41,000 refunds, $1.2M, 0.5 %, 20k users in 2023 by CWE-79, S3 and 2FA."), ["3", "9", "41,000", "$1.2M", "0.5 %", "20k"]);
  assert.deepEqual(numbers("Forty thousand members, twice a day; somebody often weighs tense tenants."), ["Forty thousand", "twice"]);
  assert.deepEqual(telling.numbers("12 von 40", ""), ["12", "40"]);
  assert.deepEqual(numbers("no one"), []);
});

test("the parts of a story are found by how they begin", () => {
  const story = "Last year there was a key in our build log. I had to replace it by Friday. So I wrote a change and I asked for a review. As a result nobody waited, and it took 9 hours. I learned to practise it.";
  const found = telling.star(story, CUES);
  assert.deepEqual(found.map(({ name }) => name), ["situation", "task", "action", "result", "learning"]);
  assert.ok(found.every(({ place }) => place), JSON.stringify(found));
  assert.match(found[1].place, /^I had to replace it by Friday\./);
  assert.ok(found[0].place.length <= 71);
  assert.deepEqual(telling.star("We did it.", CUES).filter(({ place }) => place), []);
});

test("a point is touched when half of its words are there, near each other and in any form", () => {
  const common = list("common");
  const point = "The server takes an id from the request and never checks that this caller may use it";
  const touched = (text) => telling.touched(point, text, common);
  assert.ok(touched("So a server took the id out of the requests without checking who the caller is.").isTouched);
  assert.deepEqual(touched("The server is down.").isTouched, false);
  assert.deepEqual(touched("").words, []);
  const far = `server ${"word ".repeat(120)} request ${"word ".repeat(120)} caller`;
  assert.equal(touched(far).words.length, 1);
  assert.ok(telling.touched("Bind every value", "all values are bound, I bind them", common).isTouched);
  assert.ok(!telling.touched("The of and", "the of and", common).isTouched, "nothing to go by");
  assert.ok(telling.touched("CWE-79 in S3", "that is cwe-79", common).isTouched);
});
