// A seed draws the same questions everywhere and always, none twice; marks make a score, and scores say what is next.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { screen, keeping } = load("core/keeping.js", "core/screen.js").core;
const BANK = Array.from({ length: 40 }, (_, index) => "q" + index);

test("the same seed draws the same, in every edition of the script", () => {
  assert.deepEqual(screen.draw("2026-11-26.run-a", [BANK, BANK, BANK]), screen.draw("2026-11-26.run-a", [BANK, BANK, BANK]));
  assert.deepEqual(screen.draw("spring", [BANK, BANK, BANK]), ["q4", "q22", "q13"]);
});

test("seeds draw everything, about as often", () => {
  const counts = new Map(BANK.map((id) => [id, 0]));
  for (let seed = 0; seed < 4000; seed += 1) {
    const [id] = screen.draw("seed" + seed, [BANK]);
    counts.set(id, counts.get(id) + 1);
  }
  for (const [id, count] of counts) assert.ok(count > 60 && count < 140, `${id}: ${count}`);
});

test("nothing is asked twice while there is something else", () => {
  for (let seed = 0; seed < 200; seed += 1) {
    const drawn = screen.draw("seed" + seed, [["a", "b", "c"], ["a", "b"], ["b", "c", "d"]]);
    assert.equal(new Set(drawn.slice(0, 2)).size, 2, drawn.join());
    assert.ok(!drawn.slice(0, 2).includes(drawn[2]), drawn.join());
  }
  assert.deepEqual(screen.draw("any", [["a"], [], ["a"]]), ["a", "", "a"]);
});

test("the halves that there are have fifty points each", () => {
  const points = (technical, minutes) => screen.rubric({ technical, minutes }).reduce((sum, { points }) => sum + points, 0);
  assert.deepEqual([points(30, 60), points(60, 60), points(0, 60)], [100, 50, 50]);
});

test("a score is percent of what was to be had", () => {
  assert.equal(screen.score({ structure: 10, correctness: 20, customer: 10, communication: 10 }), 100);
  assert.equal(screen.score({ structure: 5, correctness: 10, customer: 5, communication: 5, own: 20, numbers: 10, customers: 10, learning: 10 }), 75);
  assert.equal(screen.score({ own: 0 }), 0);
});

test("below 60 again; above 75 twice is ready", () => {
  assert.equal(screen.verdict(59, [90]), "again");
  assert.equal(screen.verdict(60, []), "near");
  assert.equal(screen.verdict(75, [90]), "near");
  assert.equal(screen.verdict(76, [75]), "once");
  assert.equal(screen.verdict(76, [40, 76, 50]), "ready");
});

test("what is kept is checked", () => {
  const report = { item: "run-a", at: 1, seed: "x", seconds: 3600, planned: 3600, notes: "", questions: ["", "q1"], marks: { own: 20 } };
  const opens = (change) => keeping.open("reports", 1, { ...report, ...change }) !== undefined;
  assert.ok(opens({}));
  for (const wrong of [{ marks: { own: 21 } }, { marks: {} }, { marks: { toString: 1 } }, { questions: [1] }, { item: "a b" }, { seconds: -1 }]) {
    assert.ok(!opens(wrong), JSON.stringify(wrong));
  }
  const run = { seed: "x", notes: "", probes: [null, 2], ended: 0, seconds: 0 };
  assert.ok(keeping.open("screens", 1, run));
  assert.equal(keeping.open("screens", 1, { ...run, probes: ["2"] }), undefined);
});
