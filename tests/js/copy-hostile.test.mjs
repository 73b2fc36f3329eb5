// A copy of what a reader has done may come from anywhere. Whatever is in one, reading it never throws; it is turned down, or
// what comes out of it is sound: it leads nowhere outside the book, is written as it was read, and all that is computed from it
// can be computed.
//
// The copies are the same in each run. PREPBOOK_FUZZ=60 node --test tests/js/copy-hostile.test.mjs tries others, for so many
// seconds.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const scripts = ["ticks", "clock", "flaw", "sheet", "screen", "recordings", "plan", "stories", "standing"].map((name) => `core/${name}.js`);
const { cards, clock, flaw, keeping, plan, standing, ticks } = load("core/text.js", "core/keeping.js", "vendor/ts-fsrs.umd.js", "core/cards.js", ...scripts).core;
const NOON = Date.UTC(2026, 10, 26, 12);
const seconds = Number(process.env.PREPBOOK_FUZZ) || 0;

/** Numbers that are the same for a seed (mulberry32). */
function numbers(seed) {
  const next = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return { below: (bound) => Math.floor(next() * bound), pick: (items) => items[Math.floor(next() * items.length)] };
}

/** A record of each collection, as this edition writes them. */
const item = { key: "read", text: "Read", href: "a/b.html#c", practice: "q-1", minutes: 30 };
const RECORDS = {
  ticks: { phase: "", count: 2, done: 1, items: { one: { text: "One", at: NOON }, two: { text: "Two", at: NOON, off: true, was: "2" } } },
  clocks: { spent: 1, since: NOON, seen: NOON },
  attempts: { item: "q-1", at: NOON, seconds: 60, planned: 90, score: { found: 1, of: 2, wrong: 0, named: 1, rated: 1, first: null } },
  marks: [{ line: 3, after: 100, family: "", severity: "" }],
  sheets: { places: [{ id: 1, name: "Api", in: "", kind: "flow" }], threats: [{ on: 1, text: "T", as: "", letter: "I" }], had: ["a"], ended: 0 },
  screens: { seed: "x", notes: "", probes: [1, null], ended: NOON, seconds: 5 },
  reports: { item: "q-1", at: NOON, seed: "x", notes: "", seconds: 5, planned: 6, questions: ["q"], marks: { structure: 7, own: 20 } },
  recordings: { item: "q-1", at: NOON, seconds: 5, size: 9, said: "", points: [], parts: [{ name: "a", from: 0, seconds: 5, planned: 4, talk: 3, pause: 1 }] },
  sounds: "data:audio/webm;codecs=opus;base64,AAAA",
  cards: { due: NOON, last: NOON, first: NOON, rests: 0, stability: 2.3, difficulty: 5, days: 1, step: 0, reps: 2, lapses: 1, state: 2 },
  deck: { limit: 10, date: "2026-12-20", out: ["q-1"] },
  findings: ["finding.a"],
  plans: { title: "Week", href: "plan.html#w", start: "2026-11-20", from: 1, at: NOON, emergency: { title: "E", href: "e.html" }, days: [{ day: 1, minutes: 30, items: [item] }, { day: 9, minutes: 3, items: [] }] },
  stories: { title: "", metrics: "", situation: "", task: "", action: "", result: "", learning: "", place: 0, at: NOON, principles: ["ownership"] },
};

/** What may stand anywhere. */
const VALUES = [
  null, true, false, 0, -0, -1, 0.5, 1, 2, 3, 4, 1e4, 1e9, 2 ** 53, 1e21, 1e300, -1e300, 8.64e15, 8.64e15 + 1, "", "a", "<script>__ran()</script>",
  "javascript:__ran()", "\tjava\nscript:x", "//evil.example/", "\\\\evil.example", "https://evil.example/", "data:text/html,x", "../../x", "/x", "a\u202eb",
  "\ud800", "__proto__", "constructor", "2026-02-30", "9999-12-31", "0000-00-00", "2999-12-31", "x".repeat(5000), [], {}, [[]], { length: -1 }, { toString: 1 },
  { then: 1 }, ["a", "a"], { __proto__: null, hasOwnProperty: 1 },
];
const NAMES = ["__proto__", "constructor", "toString", "version", "records", "at", "items", "line", "length", "", "kept", "q-1", "\u202e"];

/** A value with one thing in it changed. */
function changed(value, chance) {
  if (typeof value !== "object" || value === null || chance.below(6) === 0) return chance.pick(VALUES);
  const copy = Array.isArray(value) ? [...value] : Object.fromEntries(Object.entries(value));
  const keys = Object.keys(copy);
  const key = keys.length ? chance.pick(keys) : "x";
  switch (chance.below(8)) {
    case 0:
      if (Array.isArray(copy)) copy.splice(Number(key), 1);
      else delete copy[key];
      break;
    case 1:
      if (Array.isArray(copy)) copy.push(...copy, ...copy);
      else Object.defineProperty(copy, chance.pick(NAMES), { value: chance.pick(VALUES), enumerable: true, configurable: true, writable: true });
      break;
    default:
      copy[key] = changed(copy[key], chance);
  }
  return copy;
}

/** What pages make of what was kept. */
function use(kept) {
  const records = (name) => Object.values(kept[name]?.records ?? {});
  for (const record of records("plans")) {
    for (const { href } of [record, ...(record.emergency ? [record.emergency] : []), ...record.days.flatMap(({ items }) => items)]) {
      assert.ok(new URL(href, "https://a.example/b/").href.startsWith("https://a.example/b/"), `${href} leads out`);
    }
    plan.standing(record, new Set(), plan.today(NOON));
    plan.between(plan.today(NOON), plan.interviewOf(record.start, record));
    record.days.forEach(({ day }) => plan.dateOf(record, day));
    plan.calendar(record, { id: "x", link: "" }, NOON);
    plan.interviewOf(plan.move(record, 9).start, record);
    plan.startFor("2026-12-20", record);
  }
  for (const card of records("cards")) {
    for (const grade of [1, 2, 3, 4]) assert.ok(keeping.open("cards", 1, JSON.parse(JSON.stringify(cards.grade(card, "q", grade, { limit: 1, date: "", out: [] }, NOON)))), "a card is lost");
    cards.days(card.due, NOON);
  }
  for (const deck of records("deck")) cards.today(["q", "r"], new Map(records("cards").map((card) => ["q", card])), deck, NOON);
  for (const run of records("clocks")) clock.show(clock.elapsed(clock.wake(run, NOON), NOON));
  for (const list of records("ticks")) ticks.settle([{ key: "one", text: "One" }], list.items);
  for (const mark of records("marks").flat()) assert.ok(mark.line > 0 && flaw.families.concat("").includes(mark.family));
  const attempts = records("attempts");
  const pieces = [{ id: "q-1", kind: "review", drill: "", topic: "a", minutes: 5, title: "", href: "", principles: [] }];
  const all = { attempts, cards: new Map(records("cards").map((card) => ["q-1", card])), reports: records("reports"), stories: [] };
  standing.areas(pieces, all);
  standing.days(attempts, NOON);
  standing.readiness(pieces, all, ["ownership"]);
}

/** All that must be true of a copy. */
function examine(text) {
  const read = keeping.read(text, "handbook");
  if ("fault" in read) {
    assert.ok(["form", "book", "later", "damaged"].includes(read.fault));
    return false;
  }
  for (const [name, { version, records }] of Object.entries(read.kept)) {
    for (const [id, record] of Object.entries(records)) assert.ok(keeping.is.name(id) && keeping.open(name, version, record) !== undefined, name);
  }
  const again = keeping.read(keeping.write(read.kept, "handbook", NOON), "handbook");
  assert.deepEqual(again.kept, read.kept);
  const merged = keeping.merge(keeping.merge(GOOD, read.kept), read.kept);
  assert.ok(!("fault" in keeping.read(keeping.write(merged, "handbook", NOON), "handbook")), "what was merged is no copy");
  use(read.kept);
  return true;
}

const version = (name) => keeping.version(name);
const GOOD = Object.fromEntries(Object.keys(RECORDS).map((name) => [name, { version: version(name), records: { "q-1": RECORDS[name] } }]));

test("the copy that all others are made of is sound, and has every collection", () => {
  assert.deepEqual(Object.keys(GOOD).sort(), Object.keys(keeping.collections).sort());
  for (const [name, part] of Object.entries(GOOD)) {
    assert.ok(!("fault" in keeping.read(keeping.write({ [name]: part }, "handbook", NOON), "handbook")), name);
  }
});

test("whatever is changed in a copy, it is turned down or sound", () => {
  const chance = numbers(seconds ? Date.now() : 2026);
  const end = Date.now() + seconds * 1000;
  let [tried, taken] = [0, 0];
  while (seconds ? Date.now() < end : tried < 20_000) {
    let file = JSON.parse(keeping.write(one(chance), "handbook", NOON));
    for (let times = 0; times <= chance.below(3); times += 1) file = { ...file, kept: changed(file.kept, chance) };
    let text = JSON.stringify(file);
    if (chance.below(10) === 0) text = text.slice(0, chance.below(text.length)) + chance.pick(["", "}", '"', "\\u0000", "1e999", '"__proto__":{"a":1},']) + text.slice(chance.below(text.length));
    try {
      taken += examine(text) ? 1 : 0;
    } catch (error) {
      throw new Error(`copy ${tried}: ${error.stack}\n${text.slice(0, 2000)}`, { cause: error });
    }
    tried += 1;
  }
  assert.equal({}.a, undefined, "every object has something new");
  assert.ok(taken > tried / 100, `of ${tried} copies ${taken} were taken`);
  console.log(`${tried} copies, of which ${taken} were taken`);
});

/** One or two collections of the good copy. */
function one(chance) {
  const names = [chance.pick(Object.keys(GOOD)), chance.pick(Object.keys(GOOD))];
  return Object.fromEntries(names.map((name) => [name, GOOD[name]]));
}
