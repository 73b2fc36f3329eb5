// What suspicions are worth: hits, misses, decoys and false alarms, with class and severity.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { flaw, keeping } = load("core/keeping.js", "core/flaw.js").core;
const mark = (line, family = "", severity = "", after = line * 1000) => ({ line, after, family, severity });
const QUERY = { line: 7, cwe: ["89"], severity: "critical" };
const OWNER = { line: 10, cwe: ["639"], severity: "high" };

test("a hit has its class and its severity", () => {
  const { verdicts, wrong, taken, score } = flaw.judge([mark(7, "injection", "critical"), mark(10, "race", "low")], [QUERY, OWNER], [6]);
  assert.deepEqual(verdicts.map(({ mark, named, rated }) => [mark.line, named, rated]), [[7, true, true], [10, false, false]]);
  assert.deepEqual([wrong, taken], [[], []]);
  assert.deepEqual(score, { found: 2, of: 2, wrong: 0, named: 1, rated: 1, first: 7000 });
});

test("what was not marked is missed, and what was marked for nothing is a false alarm", () => {
  const { verdicts, wrong, taken, score } = flaw.judge([mark(3), mark(6), mark(10)], [QUERY, OWNER], [6]);
  assert.deepEqual(verdicts.map(({ mark }) => mark?.line), [undefined, 10]);
  assert.deepEqual([wrong, taken], [[3], [6]]);
  assert.deepEqual(score, { found: 1, of: 2, wrong: 2, named: 0, rated: 0, first: 10_000 });
});

test("nothing marked is nothing found", () => {
  assert.deepEqual(flaw.judge([], [QUERY], []).score, { found: 0, of: 1, wrong: 0, named: 0, rated: 0, first: null });
});

test("a line beside it is right, unless it has something of its own", () => {
  assert.equal(flaw.judge([mark(8)], [QUERY], []).score.found, 1);
  assert.equal(flaw.judge([mark(9)], [QUERY], []).score.found, 0);
  assert.deepEqual(flaw.judge([mark(6)], [QUERY], [6]).taken, [6]);
  assert.equal(flaw.judge([mark(8)], [QUERY, { ...OWNER, line: 8 }], []).score.found, 1);
});

test("several marks on one flaw are one hit and no false alarm", () => {
  const { verdicts, score } = flaw.judge([mark(6), mark(7, "race"), mark(8, "injection")], [QUERY], []);
  assert.deepEqual([verdicts[0].mark.line, score.found, score.wrong], [7, 1, 0]);
  assert.equal(flaw.judge([mark(6, "race"), mark(8, "injection")], [QUERY], []).verdicts[0].named, true, "the better of two that are as near");
});

test("two flaws on one line are found by one mark", () => {
  const { score } = flaw.judge([mark(7, "injection", "critical")], [QUERY, { ...OWNER, line: 7 }], []);
  assert.deepEqual(score, { found: 2, of: 2, wrong: 0, named: 1, rated: 1, first: 7000 });
});

test("of several weaknesses the family of any is right, and of an unknown one any is", () => {
  const { named } = flaw.judge([mark(7, "race")], [{ ...QUERY, cwe: ["639", "367"] }], []).verdicts[0];
  assert.ok(named);
  assert.ok(flaw.judge([mark(7, "race")], [{ ...QUERY, cwe: ["99999"] }], []).verdicts[0].named);
  assert.ok(!flaw.judge([mark(7)], [{ ...QUERY, cwe: ["99999"] }], []).verdicts[0].named);
});

test("what is kept of suspicions and scores is checked", () => {
  const { check } = keeping.collections.marks;
  assert.ok(check([mark(1), mark(2, "race", "low")]));
  for (const bad of [{}, [null], [{ ...mark(1), line: -1 }], [mark(1, "other")], [mark(1, "", "worse")], [{ ...mark(1), after: 0.5 }]]) {
    assert.ok(!check(bad), JSON.stringify(bad));
  }
  const { score } = flaw.judge([mark(7)], [QUERY], []);
  assert.ok(flaw.isScore(score) && flaw.isScore({ ...score, first: null }));
  for (const bad of [null, { ...score, found: -1 }, { ...score, first: "1" }, { ...score, of: undefined }]) assert.ok(!flaw.isScore(bad), JSON.stringify(bad));
});
