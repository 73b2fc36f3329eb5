// A plan by the calendar: which day it is, what was left, and the file for a calendar.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { plan, keeping } = load("core/keeping.js", "core/plan.js").core;

const item = (day, name, practice = "") => ({ key: `d${day}.${name}`, text: name, href: `${name}.html`, practice, minutes: 15 });
const days = [1, 2, 3, 8].map((day) => ({ day, minutes: 30, items: [item(day, "a", "j1"), item(day, "b")] }));
const record = { title: "Plan", href: "plan.html", start: "2026-03-27", from: 1, at: 5, days, emergency: null };

test("days are those of the calendar, whatever is done to the clocks", () => {
  // The clocks of most of Europe go forward on 29 March 2026, and back on 25 October.
  assert.equal(plan.add("2026-03-28", 1), "2026-03-29");
  assert.equal(plan.add("2026-03-29", 1), "2026-03-30");
  assert.equal(plan.between("2026-10-24", "2026-10-26"), 2);
  assert.equal(plan.today(new Date(2026, 0, 5, 23, 59).getTime()), "2026-01-05");
  assert.equal(plan.dateOf(record, 8), "2026-04-03");
});

test("the last day is the one before the interview", () => {
  assert.equal(plan.startFor("2026-04-04", record), "2026-03-27");
  assert.equal(plan.interviewOf("2026-03-27", record), "2026-04-04");
});

test("what is due today, what was left and what comes next", () => {
  const none = new Set();
  const names = (items) => items.map(({ key }) => key);
  let now = plan.standing(record, none, "2026-03-28");
  assert.deepEqual([now.day, now.last, names(now.items), names(now.left), now.minutes], [2, 8, ["d2.a", "d2.b"], ["d1.a", "d1.b"], 30]);
  assert.equal(now.next.key, "d2.a", "today comes first");
  now = plan.standing(record, new Set(["d2.a", "d2.b"]), "2026-03-28");
  assert.equal(now.next.key, "d1.a", "then what was left");
  now = plan.standing(record, new Set(["d1.a", "d1.b", "d2.a", "d2.b"]), "2026-03-28");
  assert.equal(now.next.key, "d3.a", "then what is to come");
  now = plan.standing({ ...record, from: 2 }, none, "2026-03-28");
  assert.deepEqual(names(now.left), [], "what was left out is not asked for");
  assert.equal(plan.standing(record, none, "2026-03-20").day, -6);
  const left = (more, today) => plan.standing({ ...record, ...more }, none, today).left.length;
  assert.deepEqual([left({ fixed: true }, "2026-04-03"), left({ fixed: true }, "2026-04-04"), left({}, "2026-04-04")], [6, 0, 8], "on the day of the interview nothing is left");
  now = plan.standing(record, none, "2026-03-31");
  assert.deepEqual([now.day, now.items], [5, []], "a day without anything");
  assert.equal(plan.standing(record, new Set(names(days.flatMap(({ items }) => items))), "2026-05-01").next, undefined);
});

test("an exercise is done for the first day that asks for it, and never ahead of its day", () => {
  assert.equal(plan.earliest(record, "j1", new Set(), 2).key, "d1.a");
  assert.equal(plan.earliest(record, "j1", new Set(["d1.a"]), 2).key, "d2.a");
  assert.equal(plan.earliest(record, "j1", new Set(["d1.a", "d2.a"]), 2), undefined);
  assert.equal(plan.earliest(record, "", new Set(), 0), undefined);
});

test("a calendar file is as RFC 5545 has it", () => {
  const odd = { ...record, title: "Four weeks, 30; or \\ more", days: [{ day: 1, minutes: 30, items: [{ ...item(1, "é".repeat(60)), minutes: 20 }] }] };
  const file = plan.calendar(odd, { id: "book.plan", link: "https://example.com/plan.html#p" }, Date.UTC(2026, 2, 1, 10, 0, 0));
  assert.ok(file.endsWith("END:VCALENDAR\r\n"));
  for (const line of file.split("\r\n")) assert.ok(new TextEncoder().encode(line).length <= 75, line);
  const lines = file.replace(/\r\n /g, "").split("\r\n");
  for (const line of [
    "BEGIN:VCALENDAR", "VERSION:2.0", "UID:book.plan.1@prepbook", "DTSTAMP:20260301T100000Z", "DTSTART;VALUE=DATE:20260327", "DTEND;VALUE=DATE:20260328",
    `SUMMARY:Four weeks\\, 30\\; or \\\\ more 1: ${"é".repeat(60)}`, `DESCRIPTION:${"é".repeat(60)} (20 min)`, "URL:https://example.com/plan.html#p",
  ]) assert.ok(lines.includes(line), line);
});

test("a record is checked, and of two the later one stays", () => {
  const { check, merge } = keeping.collections.plans;
  assert.ok(check(record));
  assert.ok(check({ ...record, emergency: { title: "Last", href: "x.html" }, fixed: true }));
  for (const wrong of [null, { ...record, start: "tomorrow" }, { ...record, start: "2026-13-01" }, { ...record, days: [] }, { ...record, days: [{ day: 1 }] },
    { ...record, emergency: {} }, { ...record, from: -1 }, { ...record, fixed: 1 }, { ...record, days: [{ day: 1, minutes: 1, items: [{ ...item(1, "a"), key: "__proto__" }] }] }]) {
    assert.ok(!check(wrong), JSON.stringify(wrong));
  }
  assert.equal(merge(record, { ...record, at: 6 }).at, 6);
  assert.equal(merge({ ...record, at: 7 }, { ...record, at: 6 }).at, 7);
});
