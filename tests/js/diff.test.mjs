// What is different between two texts: both can be read from it, and it is as short as can be.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { diff } = load("core/diff.js").core;
const SIGNS = { same: " ", ins: "+", del: "-" };
const show = (before, after, lines) => lines.map((line) => SIGNS[line.kind] + (line.after === null ? before[line.before] : after[line.after])).join("");

test("lines that go stand above those that come", () => {
  const [before, after] = [[..."abcd"], [..."axcyd"]];
  assert.equal(show(before, after, diff.lines(before, after)), " a-b+x c+y d");
  assert.deepEqual(diff.lines([], []), []);
  assert.equal(show([], ["a"], diff.lines([], ["a"])), "+a");
  assert.equal(show(["a"], [], diff.lines(["a"], [])), "-a");
});

test("changes stand with three lines around them, and apart where there are more between", () => {
  const before = [..."abcdefghijklmnop"];
  const after = before.map((letter) => (letter === "b" || letter === "n" ? letter.toUpperCase() : letter));
  const hunks = diff.hunks(diff.lines(before, after)).map((hunk) => show(before, after, hunk));
  assert.deepEqual(hunks, [" a-b+B c d e", " k l m-n+N o p"]);
  assert.deepEqual(diff.hunks(diff.lines(before, before)), []);
});

test("of any two texts both can be read from it", () => {
  let seed = 5;
  const random = (below) => (seed = (seed * 48271) % 2147483647) % below;
  for (let round = 0; round < 300; round += 1) {
    const some = () => Array.from({ length: random(9) }, () => "abc"[random(3)]);
    const [before, after] = [some(), some()];
    const lines = diff.lines(before, after);
    assert.deepEqual(lines.flatMap((line) => (line.before === null ? [] : [before[line.before]])), before);
    assert.deepEqual(lines.flatMap((line) => (line.after === null ? [] : [after[line.after]])), after);
    assert.ok(lines.every(({ kind, before: old, after: now }) => (kind === "same") === (old !== null && now !== null && before[old] === after[now])));
  }
});
