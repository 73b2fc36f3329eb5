// Ticks stay with their items, whatever is inserted, moved or reworded.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { ticks, keeping } = load("core/keeping.js", "core/ticks.js").core;
const { settle, likeness } = ticks;

const item = (key, text) => ({ key, text });
const MICROPHONE = "Share the screen once, and check the microphone";

test("an item has the tick of its key, wherever it stands", () => {
  const kept = { a: { text: "One" }, c: { text: "Three" } };
  const items = [item("c", "Three"), item("new", "Something that was inserted"), item("b", "Two"), item("a", "One")];
  assert.deepEqual(settle(items, kept), kept);
});

test("with its own key an item may say something else", () => {
  assert.deepEqual(settle([item("a", "Uno")], { a: { text: "One", at: 5 } }), { a: { text: "Uno", at: 5, was: "One" } });
});

test("without one it is found by likeness, and says what it was", () => {
  const kept = { h1: { text: MICROPHONE } };
  const now = "Share the screen twice, and check the microphone";
  const settled = settle([item("h2", "Charge the laptop"), item("h3", now)], kept);
  assert.deepEqual(settled, { h3: { text: now, was: MICROPHONE } });
  assert.deepEqual(settle([item("h3", now)], settled), settled, "settled once is settled");
});

test("from wording to wording what was ticked is what it was", () => {
  let kept = { a: { text: "Read the question aloud twice" } };
  for (const [key, text] of [["b", "Read each question aloud twice"], ["c", "Read each question aloud, slowly, twice"]]) {
    kept = settle([item(key, text)], kept);
    assert.deepEqual(kept, { [key]: { text, was: "Read the question aloud twice" } });
  }
  assert.deepEqual(settle([item("a", "Read the question aloud twice")], kept), { a: { text: "Read the question aloud twice" } });
});

test("a tick goes to one item, the most like it", () => {
  const items = [item("x", "Check the microphone and the lights"), item("y", "Check the microphone and the light")];
  assert.deepEqual(Object.keys(settle(items, { old: { text: "Check the microphone and light" } })), ["y"]);
});

test("something else gets no tick, and the tick is not lost", () => {
  const kept = { old: { text: "Check the microphone" } };
  assert.deepEqual(settle([item("x", "Check the camera")], kept), kept);
  assert.deepEqual(settle([], kept), kept);
});

test("an item that is ticked takes no other's tick", () => {
  const kept = { a: { text: MICROPHONE }, old: { text: MICROPHONE + "." } };
  assert.deepEqual(settle([item("a", MICROPHONE)], kept), kept);
});

test("an item without its tick keeps its key and gives nothing away", () => {
  const kept = { a: { text: MICROPHONE, at: 1, off: true } };
  assert.deepEqual(settle([item("a", MICROPHONE), item("b", MICROPHONE + ".")], kept), kept);
  assert.deepEqual(settle([item("b", MICROPHONE + ".")], kept), kept);
});

test("names that objects have by themselves are keys as any others", () => {
  assert.deepEqual(settle([item("constructor", "One")], {}), {});
});

test("likeness is of texts in any script", () => {
  assert.equal(likeness("One", "One"), 1);
  assert.equal(likeness("ONE!", "one"), 1);
  assert.equal(likeness("", "one"), 0);
  assert.equal(likeness("日", "日"), 1);
  assert.ok(likeness("画面を共有する", "画面を一度共有する") > 0.6);
  assert.ok(likeness("Résumé", "resume") > 0.9);
  assert.ok(likeness("Check the microphone", "Check the camera") < 0.6);
});

test("however often items are moved, inserted and taken away, a tick stays with its words", () => {
  const words = "clock story boundary threat query token review finding answer plan voice card drill screen letter number".split(" ");
  let seed = 7;
  const random = (below) => (seed = (seed * 48271) % 2147483647) % below;
  const all = words.map((word, index) => item(`k${index}`, `${word} ${words[(index * 5 + 3) % 16]} ${words[(index * 7 + 1) % 16]}`));
  for (let round = 0; round < 300; round += 1) {
    const some = () => all.filter(() => random(2)).sort(() => random(3) - 1);
    const kept = Object.fromEntries(some().map(({ key, text }) => [key, { text }]));
    const items = [...new Set([...some(), ...all.filter(({ key }) => kept[key])])];
    assert.deepEqual(settle(items, kept), kept);
  }
});

const list = (items, more = {}) => ({ phase: "", count: 2, done: 1, items, ...more });

test("what is kept of a list is checked", () => {
  const { check } = keeping.collections.ticks;
  const a = { text: "One", at: 3 };
  assert.ok(check(list({ a, b: { text: "Two", at: 0, off: true, was: "Too" } })));
  const bad = [null, list({ a }, { count: -1 }), list({ a }, { done: 0.5 }), list({ a }, { phase: 1 }), list([]), list({ a: "One" })];
  bad.push(...[{ was: 1 }, { at: "3" }, { text: null }, { off: false }].map((more) => list({ a: { ...a, ...more } })));
  for (const value of bad) assert.ok(!check(value), JSON.stringify(value));
});

test("version 1 had no times", () => {
  const old = list({ a: { text: "One" }, b: { text: "Two", was: "Too" } });
  assert.deepEqual(keeping.open("ticks", 1, old), list({ a: { text: "One", at: 0 }, b: { text: "Two", was: "Too", at: 0 } }));
});

test("of two copies of a list each item has what was done later", () => {
  const { merge } = keeping.collections.ticks;
  const ours = list({ a: { text: "One", at: 9, off: true }, b: { text: "Two", at: 1 } }, { done: 1 });
  const theirs = list({ a: { text: "One", at: 5 }, b: { text: "Two", at: 2, off: true }, c: { text: "Three", at: 0 } });
  assert.deepEqual(merge(ours, theirs), list({ a: ours.items.a, b: theirs.items.b, c: theirs.items.c }));
  assert.deepEqual(merge(ours, ours), ours);
});
