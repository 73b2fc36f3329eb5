// What is kept of a reader's practice, as records and as a file: older shapes are brought up to date, wrong ones are turned down
// as a whole, two files become one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { keeping } = load("core/keeping.js").core;
const { is } = keeping;
const NOON = Date.UTC(2026, 10, 26, 12);

keeping.collections.scores = {
  steps: [({ points }) => ({ score: points }), ({ score }) => ({ score, at: 0 })],
  check: (value) => is.object(value) && is.count(value.score) && is.time(value.at),
  merge: (ours, theirs) => (theirs.at > ours.at ? theirs : ours),
};
const kept = (records) => ({ scores: { version: 3, records } });
const file = (kept, more = {}) => JSON.stringify({ ...JSON.parse(keeping.write(kept, "handbook", NOON)), ...more });

test("a record of any older version is one of today", () => {
  assert.equal(keeping.version("scores"), 3);
  assert.deepEqual(keeping.open("scores", 1, { points: 4 }), { score: 4, at: 0 });
  assert.deepEqual(keeping.open("scores", 2, { score: 4 }), { score: 4, at: 0 });
  assert.deepEqual(keeping.open("scores", 3, { score: 4, at: 9 }), { score: 4, at: 9 });
});

test("a name is of any script, and never one that objects have by themselves", () => {
  for (const name of ["q-1", "j1-3", "term.größe", "用語", "a.b_c"]) assert.ok(is.name(name), name);
  for (const name of ["", "-a", "a b", "__proto__", "constructor", "toString", "a/b", 1, null]) assert.ok(!is.name(name), String(name));
});

test("what no edition has written is no record", () => {
  for (const [version, value] of [[1, null], [1, { points: "4" }], [3, { score: 4 }], [4, { score: 4, at: 9 }], [0, {}], ["3", { score: 4, at: 9 }], [undefined, undefined]]) {
    assert.equal(keeping.open("scores", version, value), undefined, JSON.stringify(value));
  }
});

test("a file gives back what went into it", () => {
  const all = kept({ "q-1": { score: 4, at: 9 }, "a.b": { score: 0, at: -1.5 } });
  const text = keeping.write(all, "handbook", NOON);
  assert.deepEqual(keeping.read(text, "handbook"), { kept: all, saved: NOON });
  assert.deepEqual(keeping.read(keeping.write({}, "handbook", NOON), "handbook").kept, {});
});

test("an older file is brought up to date", () => {
  const text = file({ scores: { version: 1, records: { one: { points: 2 } } } });
  assert.deepEqual(keeping.read(text, "handbook").kept, kept({ one: { score: 2, at: 0 } }));
});

test("a file is taken as a whole or not at all, and the reason is told", () => {
  const good = { score: 1, at: 1 };
  for (const [text, fault] of [
    ["", { fault: "form" }],
    ["[]", { fault: "form" }],
    ["null", { fault: "form" }],
    [file(kept({ good })).slice(0, -9), { fault: "form" }],
    [file(kept({ good }), { format: "something else" }), { fault: "form" }],
    [file(kept({ good }), { kept: [] }), { fault: "form" }],
    [file(kept({ good }), { book: "another" }), { fault: "book" }],
    [file({ scores: { version: 4, records: { good } } }), { fault: "later" }],
    [file({ ...kept({ good }), poems: { version: 1, records: {} } }), { fault: "later" }],
    [file({ toString: { version: 1, records: {} } }), { fault: "later" }],
    [file({ scores: { version: 3 } }), { fault: "damaged", place: "scores" }],
    [file({ scores: { version: "x", records: { good } } }), { fault: "damaged", place: "scores, good" }],
    [file(kept({ good, bad: { score: -1, at: 1 } })), { fault: "damaged", place: "scores, bad" }],
    [file(kept({ good, "no name": good })), { fault: "damaged", place: "scores, no name" }],
    [file(kept({})).replace('"records":{}', '"records":{"__proto__":{"score":1,"at":1}}'), { fault: "damaged", place: "scores, __proto__" }],
  ]) {
    assert.deepEqual(keeping.read(text, "handbook"), fault, text);
  }
  assert.equal({}.score, undefined);
});

test("of two files all records stay, and of two that are one the collection decides", () => {
  const ours = kept({ one: { score: 1, at: 5 }, two: { score: 2, at: 5 } });
  const theirs = kept({ two: { score: 3, at: 6 }, three: { score: 4, at: 1 } });
  const both = keeping.merge(ours, theirs);
  assert.deepEqual(both, kept({ one: { score: 1, at: 5 }, two: { score: 3, at: 6 }, three: { score: 4, at: 1 } }));
  assert.deepEqual(keeping.merge(both, theirs), both);
  assert.deepEqual(keeping.merge({}, theirs), theirs);
  assert.equal(ours.scores.records.two.score, 2);
});

test("the reader is asked for a file after a week of use, and each week again", () => {
  const day = 86_400_000;
  const now = NOON;
  const diary = { first: now - 7 * day, changed: now, saved: 0, asked: 0 };
  assert.ok(keeping.isDue(diary, now));
  assert.ok(!keeping.isDue({ ...diary, first: 0 }, now), "nothing was done yet");
  assert.ok(!keeping.isDue(diary, now - 1), "not a week");
  assert.ok(!keeping.isDue({ ...diary, saved: now - 6 * day }, now), "saved in this week");
  assert.ok(keeping.isDue({ ...diary, saved: now - 7 * day }, now));
  assert.ok(!keeping.isDue({ ...diary, saved: now - 8 * day, changed: now - 9 * day }, now), "nothing new");
  assert.ok(!keeping.isDue({ ...diary, asked: now - day }, now), "asked yesterday");
  assert.ok(!keeping.isDue({ ...diary, saved: now + 30 * day, changed: now + 40 * day }, now), "the clock was wrong");
});
