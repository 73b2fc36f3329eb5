// Cards come again when the scheduler says, by the days of the reader's calendar; new ones are limited, a clock that was set back
// harms nothing, and before the interview every card has been seen. The scheduler is upstream's, byte for byte.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { load } from "./load.mjs";

const { cards, keeping } = load("core/keeping.js", "vendor/ts-fsrs.umd.js", "core/cards.js").core;
const DAY = 86_400_000;
const NOON = new Date(2026, 10, 26, 12).getTime();
const FREE = { limit: 10, date: "", out: [] };
const [AGAIN, HARD, GOOD, EASY] = [1, 2, 3, 4];

test("the scheduler is as it was published", () => {
  const root = new URL("../../", import.meta.url);
  const { files } = JSON.parse(readFileSync(new URL("vendor/ts-fsrs.json", root), "utf8"));
  assert.deepEqual(Object.keys(files).map((name) => name.split("/").at(-1)), ["ts-fsrs.umd.js", "ts-fsrs-LICENSE.txt"]);
  for (const [name, { sha256 }] of Object.entries(files)) {
    assert.equal(createHash("sha256").update(readFileSync(new URL(name, root))).digest("hex"), sha256, name);
  }
});

test("the better it was known the later it comes", () => {
  const dues = [AGAIN, HARD, GOOD, EASY].map((grade) => cards.grade(undefined, "q", grade, FREE, NOON).due);
  assert.deepEqual(dues, [...dues].sort((one, other) => one - other));
  assert.ok(dues[0] > NOON && dues[3] > NOON + DAY);
});

test("what is kept gives what the scheduler gives by itself", () => {
  const scheduler = globalThis.FSRS.fsrs({ enable_fuzz: false });
  let [ours, theirs, now] = [undefined, globalThis.FSRS.createEmptyCard(new Date(NOON)), NOON];
  for (const grade of [GOOD, GOOD, HARD, AGAIN, GOOD, EASY, GOOD, AGAIN, AGAIN, GOOD, GOOD, GOOD]) {
    ours = keeping.open("cards", 1, JSON.parse(JSON.stringify(cards.grade(ours, "q", grade, FREE, now))));
    theirs = scheduler.next(theirs, new Date(now), grade).card;
    assert.equal(ours.due, theirs.due.getTime());
    assert.equal(ours.stability, theirs.stability);
    assert.equal(ours.lapses, theirs.lapses);
    now = ours.due + DAY / 3;
  }
});

test("a clock that was set back harms nothing", () => {
  const card = cards.grade(undefined, "q", GOOD, FREE, NOON);
  const later = cards.grade(card, "q", GOOD, FREE, NOON - 30 * DAY);
  assert.ok(later.due >= NOON && later.last === NOON && later.reps === 2);
});

test("today has what is due by tonight, the oldest first, and as many new ones as the limit leaves", () => {
  const ids = ["a", "b", "c", "d", "e", "f"];
  const seen = (due, first = NOON - 9 * DAY, rests = 0) => ({ ...cards.grade(undefined, "x", GOOD, FREE, NOON - 9 * DAY), due, first, rests });
  const known = new Map([["a", seen(NOON + 3_600_000)], ["b", seen(NOON - DAY)], ["c", seen(NOON + DAY)], ["d", seen(NOON, NOON - 9 * DAY, NOON + 1)]]);
  assert.deepEqual(cards.today(ids, known, FREE, NOON), { due: ["b", "a"], fresh: ["e", "f"] });
  assert.deepEqual(cards.today(ids, known, { limit: 1, date: "" }, NOON).fresh, ["e"]);
  known.set("e", seen(NOON + DAY, NOON - 3_600_000));
  assert.deepEqual(cards.today(ids, known, { limit: 1, date: "" }, NOON).fresh, []);
  const buried = cards.bury(known.get("b"), NOON);
  assert.deepEqual(cards.today(ids, new Map([["b", buried]]), { limit: 0, date: "" }, NOON).due, []);
  assert.deepEqual(cards.today(ids, new Map([["b", buried]]), { limit: 0, date: "" }, NOON + DAY / 2).due, ["b"]);
});

for (const [name, days, count] of [["four weeks", 28, 200], ["three days", 3, 50], ["tomorrow", 1, 12]]) {
  test(`before an interview in ${name} every card has been seen, and lately`, () => {
    const date = new Date(2026, 10, 26 + days);
    const deck = { out: [], limit: 5, date: `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, "0")}-${String(date.getDate()).padStart(2, "0")}` };
    const ids = Array.from({ length: count }, (_, index) => `q-${index}`);
    const known = new Map();
    let seed = 3;
    const random = (below) => (seed = (seed * 48271) % 2147483647) % below;
    const loads = [];
    for (let day = 0; day < days; day += 1) {
      const now = new Date(2026, 10, 26 + day, 20).getTime();
      const { due, fresh } = cards.today(ids, known, deck, now);
      loads.push(due.length + fresh.length);
      for (const id of [...due, ...fresh]) {
        let card = cards.grade(known.get(id), id, [AGAIN, HARD, GOOD, GOOD, EASY][random(5)], deck, now);
        for (let turn = 1; cards.isToday(card, now); turn += 1) card = cards.grade(card, id, GOOD, deck, now + turn * 600_000);
        known.set(id, card);
      }
    }
    assert.equal(known.size, count, "all have been seen");
    const last = Math.min(...[...known.values()].map((card) => card.last));
    assert.ok(date.getTime() - last <= 4 * DAY, `the longest ago: ${(date.getTime() - last) / DAY} days`);
    assert.ok(Math.max(...loads) <= Math.max(days > 3 ? count / 2 : count, 20), loads.join(" "));
    const lately = [...known.values()].filter(({ last }) => date.getTime() - last < 3 * DAY).length;
    assert.ok(days <= 3 || loads.slice(-3).reduce((sum, load) => sum + load) <= 1.3 * lately, `hardly one is seen twice in the last days: ${loads.join(" ")}`);
  });
}

test("days are those of the calendar", () => {
  assert.equal(cards.days(new Date(2026, 10, 27, 1).getTime(), new Date(2026, 10, 26, 23).getTime()), 1);
  assert.equal(cards.days(NOON + 60_000, NOON), 0);
});

test("what is kept of cards is checked, and of two the one that was seen later stays", () => {
  const { check, merge } = keeping.collections.cards;
  const card = cards.grade(undefined, "q", GOOD, FREE, NOON);
  assert.ok(check(card));
  for (const bad of [null, {}, { ...card, due: "soon" }, { ...card, state: 4 }, { ...card, reps: -1 }, { ...card, stability: null }]) assert.ok(!check(bad), JSON.stringify(bad));
  const later = { ...card, last: card.last + 1 };
  assert.equal(merge(card, later), later);
  assert.equal(merge(later, card), later);
  assert.ok(keeping.collections.deck.check(FREE) && keeping.collections.deck.check({ limit: 0, date: "2026-12-20", out: ["term"] }));
  assert.deepEqual(keeping.open("deck", 1, { limit: 5, date: "" }), { limit: 5, date: "", out: [] }, "no deck was left out before there were several");
  for (const bad of [{ limit: -1, date: "", out: [] }, { limit: 5, date: "tomorrow", out: [] }, { limit: 5, out: [] }, { limit: 5, date: "" }, { limit: 5, date: "", out: [1] }]) assert.ok(!keeping.collections.deck.check(bad), JSON.stringify(bad));
});

test("several decks are one, each of them spread over all of it", () => {
  const stops = (name, count) => Array.from({ length: count }, (_, index) => ({ id: `${name}${index}`, href: "" }));
  const ids = (decks) => cards.mix(decks).map(({ id }) => id).join(" ");
  assert.equal(ids([stops("q", 4), stops("p", 2), []]), "q0 p0 q1 q2 p1 q3");
  assert.equal(ids([stops("q", 3)]), "q0 q1 q2");
  assert.equal(ids([]), "");
});
