// Where a reader stands, from what was kept.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { standing } = load("core/standing.js").core;

const piece = (id, kind, more = {}) => ({ id, kind, drill: "", topic: "", chapter: "1", principles: [], minutes: 10, title: id.toUpperCase(), href: `${id}.html`, ...more });
const pieces = [
  piece("r1", "review", { topic: "code" }), piece("r2", "review", { topic: "code", minutes: 5 }), piece("m1", "threat-model", { topic: "models", chapter: "2" }),
  piece("five", "drill", { drill: "threat-model", topic: "models", chapter: "2" }), piece("py", "drill", { drill: "scripting", chapter: "3" }),
  piece("talk", "drill", { drill: "speaking" }), piece("q1", "question", { topic: "aws", chapter: "3" }), piece("q2", "question", { topic: "aws", chapter: "3" }),
  piece("s1", "story", { principles: ["trust"] }), piece("s2", "story", { principles: ["dive"] }),
];
const attempt = (item, at, seconds, planned, score) => ({ item, at, seconds, planned, ...(score && { score: { found: score[0], of: score[1], wrong: 0, named: 0, rated: 0, first: null } }) });
/** Of the model's 14 threats, and of the five that rank first. */
const modelled = (item, at, seconds, found, top) => ({ ...attempt(item, at, seconds, 1200), score: { found, of: 14, top, tops: 5, beyond: 0 } });
const card = (reps, lapses, state = 2) => ({ reps, lapses, state });
const kept = (more = {}) => ({ attempts: [], reports: [], cards: new Map(), stories: [], ...more });

test("what was done, by chapter and by principle", () => {
  const done = standing.done(pieces, kept({ attempts: [attempt("r1", 1, 300, 480), attempt("gone", 1, 1, 1)], cards: new Map([["q1", card(1, 0)]]), reports: [{ item: "talk" }] }));
  assert.deepEqual([...done], ["r1", "talk", "q1"]);
  assert.deepEqual(standing.coverage(pieces, done, ({ chapter }) => [chapter]), [
    { name: "1", done: 2, of: 5 }, { name: "2", done: 0, of: 2 }, { name: "3", done: 1, of: 3 },
  ]);
  assert.deepEqual(standing.coverage(pieces, done, ({ principles }) => principles).map(({ name }) => name), ["trust", "dive"]);
});

test("the weakest area comes first, and one without a score is none", () => {
  const areas = standing.areas(pieces, kept({
    attempts: [attempt("r1", 1, 300, 480, [1, 4]), attempt("r1", 2, 300, 480, [4, 4]), attempt("r2", 1, 300, 480, [2, 4]), attempt("m1", 1, 900, 1200)],
    cards: new Map([["q1", card(4, 1)], ["q2", card(3, 1, 3)]]),
  }));
  const cards = new Map(Array.from({ length: 9 }, (_, index) => [`c${index}`, card(5, 0)]));
  const known = [...cards.keys()].map((id) => piece(id, "question", { topic: "code" }));
  assert.deepEqual(standing.areas([...pieces, ...known], kept({ attempts: [attempt("r1", 1, 300, 480, [0, 4])], cards })), [{ topic: "code", count: 10, score: 0.5 }], "nine cards do not hide a review");
  assert.deepEqual(standing.areas(pieces, kept({ attempts: [modelled("m1", 1, 900, 4, 4)] })), [{ topic: "models", count: 1, score: 0.8 }], "what ranks first counts");
  assert.deepEqual(areas, [{ topic: "aws", count: 2, score: 0.375 }, { topic: "code", count: 2, score: 0.75 }], "the last try counts, and a card that was forgotten counts nothing");
});

test("minutes a day, today last", () => {
  const noon = new Date(2026, 2, 30, 12).getTime();
  const days = standing.days([attempt("r1", noon, 600, 1), attempt("r1", new Date(2026, 2, 28, 23, 30).getTime(), 90, 1), attempt("r1", new Date(2026, 1, 1).getTime(), 9000, 1)], noon);
  assert.equal(days.length, 14);
  assert.deepEqual(days.slice(-3), [2, 0, 10]);
  assert.equal(days.reduce((sum, day) => sum + day), 12);
});

test("scores one after another", () => {
  const attempts = [attempt("r1", 3, 1, 1, [3, 4]), attempt("r2", 1, 1, 1, [1, 4]), attempt("r1", 2, 1, 1), attempt("m1", 2, 1, 1, [1, 1])];
  assert.deepEqual(standing.scores(attempts, new Set(["r1", "r2"])), [0.25, 0.75]);
});

test("nobody is ready who has not tried", () => {
  assert.deepEqual(standing.readiness(pieces, kept(), ["trust", "dive"]).map(({ name, state }) => `${name} ${state}`), ["model none", "review none", "script none", "stories none", "speech none"]);
});

test("what a book has nothing for is no criterion", () => {
  const names = (pieces, principles) => standing.readiness(pieces, kept(), principles).map(({ name }) => name);
  assert.deepEqual(names([piece("q", "question"), piece("talk", "drill", { drill: "speaking" })], []), ["speech"]);
  assert.deepEqual(names([], ["trust"]), ["stories"]);
});

test("the last try says whether a criterion is met", () => {
  const states = (attempts, stories = []) => Object.fromEntries(standing.readiness(pieces, kept({ attempts, stories }), ["trust", "dive"]).map(({ name, state }) => [name, state]));
  const met = [modelled("m1", 1, 1150, 6, 3), attempt("r1", 1, 590, 480, [2, 3]), attempt("py", 1, 800, 900), attempt("s1", 1, 200, 240), attempt("story.mine", 1, 255, 240), attempt("talk", 1, 60, 60)];
  assert.deepEqual(states(met, [{ id: "story.mine", principles: ["dive"] }]), { model: "met", review: "met", script: "met", stories: "met", speech: "met" });
  assert.equal(states(met).stories, "near");
  assert.equal(states([...met, modelled("m1", 2, 1300, 9, 5)]).model, "near", "too slow the last time");
  assert.equal(states([...met, modelled("m1", 2, 1150, 9, 2)]).model, "near", "in time, and without what ranks first");
  assert.equal(states([attempt("m1", 1, 1150, 1200)]).model, "near", "in time, and compared with nothing");
  assert.equal(states([...met, attempt("five", 2, 1150, 1200)]).model, "met", "one that was compared says more");
  assert.equal(states([attempt("five", 1, 290, 300)]).model, "none", "five minutes are another exercise");
  assert.equal(states([attempt("m1", 1, 30, 1200)]).model, "none", "nor is one that was broken off");
  assert.equal(states([attempt("r1", 1, 300, 480, [1, 3])]).review, "near", "in time, and too little found");
  assert.deepEqual(["review", "script", "speech"].map((name) => states([attempt("r1", 1, 5, 480), attempt("py", 1, 5, 900), attempt("talk", 1, 5, 60)])[name]), ["none", "none", "none"], "a clock that was started by mistake");
  assert.equal(states([attempt("s1", 1, 400, 240)]).stories, "none");
  assert.equal(states([attempt("talk", 1, 61, 60)]).speech, "near");
});

test("what comes next has a reason", () => {
  const areas = [{ topic: "code", count: 1, score: 0.2 }];
  const all = standing.next({ running: "m1", plan: { text: "Read", href: "read.html" }, due: 3, areas, pieces, done: new Set(["r2"]) });
  assert.deepEqual(all.map(({ why, title, count, topic }) => [why, title, count, topic].filter(Boolean).join(" ")), ["running M1", "plan Read", "due 3", "weak R1 code"]);
  assert.deepEqual(standing.next({ running: undefined, plan: undefined, due: 0, areas: [], pieces, done: new Set() }).map(({ why, title }) => `${why} ${title}`), ["new R2"]);
  assert.deepEqual(standing.next({ running: undefined, plan: undefined, due: 0, areas: [{ topic: "aws", count: 2, score: 0 }], pieces, done: new Set(["r1", "r2", "five", "py", "talk"]) }), [], "questions are cards, which say themselves when they are due");
  const weak = (some) => standing.next({ running: undefined, plan: { text: "", href: "" }, due: 0, areas: [{ topic: "x", count: 1, score: 0 }], pieces: some, done: new Set() }).map(({ title }) => title).filter(Boolean);
  const mixed = [piece("story", "story", { topic: "x", minutes: 0 }), piece("model", "threat-model", { topic: "x", minutes: 5 }), piece("long", "drill", { topic: "x", minutes: 0 }), piece("short", "drill", { topic: "x", minutes: 12 })];
  assert.deepEqual(weak(mixed), ["SHORT"], "an exercise, no story and no answer, and one whose minutes are known");
  const first = standing.next({ running: undefined, plan: undefined, due: 0, areas: [], pieces: [piece("d", "drill", { minutes: 2 }), piece("r", "review", { minutes: 8 })], done: new Set() });
  assert.deepEqual(first.map(({ title }) => title), ["R"], "a review says what was found");
});

test("a line through values", () => {
  assert.equal(standing.path([0, 2, 1], 100, 20), "M0.0 20.0L50.0 0.0L100.0 10.0");
  assert.equal(standing.path([5], 100, 20), "M0.0 0.0");
  assert.equal(standing.path([0, 0], 100, 20), "M0.0 20.0L100.0 20.0");
});
