// The reader's own stories: how each part is measured, what is named as missing, what covers which principle, a story as Markdown,
// and what is kept.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { stories, keeping } = load("core/keeping.js", "core/spoken.js", "core/stories.js").core;
const RULES = {
  rate: 140,
  tolerance: 25,
  persons: { i: "I", we: "we" },
  parts: [["situation", 45], ["task", 30], ["action", 120], ["result", 45]].map(([name, seconds]) => ({ name, seconds })),
};
/** So many words, with some others in front. */
const said = (count, start = "") => (start + " word".repeat(count - start.split(" ").filter(Boolean).length)).trim();
/** One that lacks nothing. */
const WHOLE = {
  ...stories.blank(1, 1000, ["earn-trust", "dive-deep"]),
  title: "The key in the log",
  situation: said(105, "I was there."),
  task: said(70, "I had to."),
  action: said(280, "I did it. I said so."),
  result: said(60, "It took 9 hours."),
  learning: said(45, "I ask first."),
  metrics: "- 3 days to 9 hours, from the tracker\n\n* 23 leaks to 0, from the check",
};
const judge = (change) => stories.judge({ ...WHOLE, ...change }, RULES);
const kinds = (change) => judge(change).gaps.map(({ kind }) => kind);

test("a story that has everything lacks nothing", () => {
  const judged = judge({});
  assert.deepEqual(judged.gaps, []);
  assert.deepEqual(judged.parts.map(({ name, words, seconds, off }) => [name, words, seconds, off]), [
    ["situation", 105, 45, 0], ["task", 70, 30, 0], ["action", 280, 120, 0], ["result", 105, 45, 0],
  ]);
  assert.deepEqual([judged.seconds, judged.i, judged.we, judged.isWritten], [240, 5, 0, true]);
});

test("a part may be a quarter longer than its time, and has three fifths of it at least", () => {
  const off = (count) => judge({ situation: said(count) }).parts[0].off;
  // 45 seconds: 56 at most, since seconds are whole, and 27 at least.
  assert.deepEqual([off(131), off(132), off(133)], [0, 3, 3]);
  assert.equal(stories.judge({ ...WHOLE, situation: said(132) }, { ...RULES, tolerance: 30 }).parts[0].off, 0);
  assert.deepEqual([off(62), off(61), off(0)], [0, -3, -63]);
  assert.equal(judge({ situation: said(61) }).isWritten, false);
  assert.equal(judge({ situation: said(300) }).isWritten, true, "too long is written all the same");
});

test("what is learnt is told with the result", () => {
  assert.equal(judge({ learning: "" }).parts[3].words, 60);
  assert.equal(judge({ learning: "We ask." }).we, 1);
});

test("a story takes three minutes at least and four and a quarter at most, once all of it is there", () => {
  assert.deepEqual(judge({ action: said(100) }).gaps.find(({ kind }) => kind === "short"), { kind: "short", count: 40 });
  assert.deepEqual(judge({ action: said(330, "I did"), situation: said(130) }).gaps, [{ kind: "long", count: 40 }]);
  assert.deepEqual(kinds({ action: "" }), []);
});

test("“we” is named with its first place, and “I” if it acts no more often", () => {
  assert.deepEqual(judge({ task: said(70, "So we had to. We did.") }).gaps, [{ kind: "we", count: 2, field: "task", range: [3, 5] }]);
  assert.deepEqual(kinds({ situation: said(105, "We"), task: said(70, "We"), action: said(280, "I and we"), learning: said(45) }), ["we", "i"]);
  assert.deepEqual(kinds({ task: said(70, "She said “we must”.") }), []);
});

test("a result without a number, and numbers without their source", () => {
  assert.deepEqual(kinds({ result: said(60, "It went into TLS 1.3 in 2024.") }), ["number"]);
  assert.deepEqual(kinds({ metrics: "3 days to 9 hours" }), ["metrics"]);
  assert.deepEqual(judge({ metrics: "3 days to 9 hours\n- less trouble" }).gaps, [{ kind: "metric", count: 0, field: "metrics", range: [20, 32] }]);
});

test("principles: none, and more than one story can carry", () => {
  assert.deepEqual(kinds({ principles: [] }), ["principle"]);
  assert.deepEqual(judge({ principles: ["a", "b", "c", "d"] }).gaps, [{ kind: "principles", count: 4 }]);
  assert.deepEqual(kinds({ principles: ["a", "b", "c"] }), []);
});

test("nothing is asked of what is not begun", () => {
  const judged = stories.judge(stories.blank(0, 0, ["a"]), RULES);
  assert.deepEqual([judged.gaps, judged.seconds, judged.isWritten], [[], 0, false]);
});

test("which principles have how many", () => {
  const all = [["s1", { ...WHOLE, principles: ["a", "b"] }], ["s2", { ...WHOLE, principles: ["b", "c", "d", "gone"] }]];
  assert.deepEqual(stories.cover(["a", "b", "c", "e"], all), { none: ["e"], one: ["a", "c"], many: ["s2"] });
  assert.deepEqual(stories.cover([], []), { none: [], one: [], many: [] });
});

test("the reader's order, the same whatever was kept first", () => {
  const at = (id, place) => [id, stories.blank(place, 0, [])];
  assert.deepEqual(stories.sort([at("b", 2), at("a", 2), at("c", 1)]).map(([id]) => id), ["c", "a", "b"]);
});

test("a story as Markdown", () => {
  const words = { situation: "Situation", task: "Task", action: "Action", result: "Result", learning: "Learning", metrics: "Numbers", title: WHOLE.title, about: "Earn Trust. 4:00." };
  const text = stories.markdown({ ...WHOLE, situation: "  One.\n\nTwo.\n", task: "T", action: "A", result: "R", learning: "L" }, 2, words);
  assert.equal(text, "## The key in the log\n\nEarn Trust. 4:00.\n\n### Situation\n\nOne.\n\nTwo.\n\n### Task\n\nT\n\n### Action\n\nA\n\n### Result\n\nR\n\n#### Learning\n\nL\n\n### Numbers\n\n- 3 days to 9 hours, from the tracker\n- 23 leaks to 0, from the check\n");
  assert.equal(stories.markdown(stories.blank(0, 0, []), 1, { ...words, title: "T", about: "" }), "# T\n\n## Situation\n\n## Task\n\n## Action\n\n## Result\n");
});

test("what is kept of stories is checked, and of two the one that was changed last stays", () => {
  const { check, merge } = keeping.collections.stories;
  assert.ok(check(WHOLE));
  for (const bad of [{ title: 1 }, { metrics: undefined }, { principles: "a" }, { principles: ["a b"] }, { place: null }, { at: "1" }, { learning: null }]) {
    assert.ok(!check({ ...WHOLE, ...bad }), JSON.stringify(bad));
  }
  assert.ok(!check(null) && !check([]));
  const later = { ...WHOLE, at: 2000, title: "Later" };
  assert.equal(merge(WHOLE, later).title, "Later");
  assert.equal(merge(later, WHOLE).title, "Later");
  assert.equal(merge(WHOLE, { ...WHOLE, title: "Other" }).title, WHOLE.title);
});
