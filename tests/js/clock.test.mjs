// Clocks of exercises are right by what time it was and is: after a pause, a sleep, a reload and a change of the clock.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { clock, keeping } = load("core/keeping.js", "core/ticks.js", "core/flaw.js", "core/sheet.js", "core/clock.js").core;
const [SECOND, MINUTE, HOUR] = [1000, 60_000, 3_600_000];
const NOON = Date.UTC(2026, 10, 26, 12);
const seconds = (parts) => parts.map((part) => part.seconds);
const names = (parts) => parts.map((part) => part.name);

test("a story and a behavioural question are STAR", () => {
  for (const exercise of [{ practice: "story" }, { practice: "question", minutes: "2", principles: "ownership" }, { practice: "drill", kind: "behavioural", minutes: "4" }]) {
    assert.deepEqual(clock.split(exercise), [["situation", 45], ["task", 30], ["action", 120], ["result", 45]].map(([name, seconds]) => ({ name, seconds })));
  }
});

test("a technical answer is clarified, outlined, gone into and connected, if it takes three minutes", () => {
  const question = (minutes) => clock.split({ practice: "question", topic: "code-review", minutes });
  assert.deepEqual(names(question("6")), ["clarify", "outline", "deep", "connect"]);
  assert.deepEqual(seconds(question("6")), [30, 60, 240, 30]);
  assert.deepEqual(seconds(question("5")), [30, 60, 180, 30]);
  assert.deepEqual(seconds(question("3")), [30, 60, 60, 30]);
  assert.deepEqual(question("2"), [{ name: "work", seconds: 120 }]);
  assert.deepEqual(seconds(clock.split({ practice: "drill", kind: "technical", minutes: "5-6" })), [30, 60, 240, 30]);
  assert.deepEqual(names(clock.split({ practice: "question", topic: "code-review", principles: "ownership", minutes: "4" })), ["clarify", "outline", "deep", "connect"]);
});

test("a review and a threat model have their least and their most", () => {
  assert.deepEqual(clock.split({ practice: "review", minutes: "8-10" }), [{ name: "work", seconds: 480 }, { name: "wrap", seconds: 120 }]);
  assert.deepEqual(seconds(clock.split({ practice: "review" })), [300, 300]);
  assert.deepEqual(seconds(clock.split({ practice: "threat-model" })), [900, 300]);
  assert.deepEqual(seconds(clock.split({ practice: "drill", kind: "threat-model", minutes: "15-20" })), [900, 300]);
  assert.deepEqual(clock.split({ practice: "drill", minutes: "8" }), [{ name: "work", seconds: 480 }]);
});

const PARTS = [{ name: "one", seconds: 60 }, { name: "two", seconds: 30 }];

test("where it stands, at every border and over time", () => {
  assert.equal(clock.total(PARTS), 90 * SECOND);
  assert.deepEqual(clock.borders(PARTS), [60 * SECOND, 90 * SECOND]);
  for (const [elapsed, at] of [
    [0, { index: 0, inPart: 60, left: 90, over: 0 }],
    [1, { index: 0, inPart: 60, left: 90, over: 0 }],
    [1000, { index: 0, inPart: 59, left: 89, over: 0 }],
    [59_999, { index: 0, inPart: 1, left: 31, over: 0 }],
    [60_000, { index: 1, inPart: 30, left: 30, over: 0 }],
    [90_000, { index: 2, inPart: 0, left: 0, over: 0 }],
    [90_999, { index: 2, inPart: 0, left: 0, over: 0 }],
    [92_000, { index: 2, inPart: 0, left: 0, over: 2 }],
  ]) {
    const { index, ...times } = clock.at(PARTS, elapsed);
    assert.deepEqual({ index, ...Object.fromEntries(Object.entries(times).map(([name, time]) => [name, time / SECOND])) }, at, String(elapsed));
  }
});

test("a pause takes no time, however often", () => {
  let run = clock.start(NOON);
  run = clock.pause(run, NOON + 10 * SECOND);
  assert.equal(clock.elapsed(run, NOON + HOUR), 10 * SECOND);
  run = clock.resume(run, NOON + HOUR);
  run = clock.pause(run, NOON + HOUR + 5 * SECOND);
  run = clock.resume(run, NOON + 2 * HOUR);
  assert.equal(clock.elapsed(run, NOON + 2 * HOUR + SECOND), 16 * SECOND);
});

test("a clock that is set back changes nothing", () => {
  let run = clock.follow(clock.start(NOON), NOON + SECOND, SECOND);
  run = clock.follow(run, NOON + 2 * SECOND - HOUR, SECOND);
  assert.equal(clock.elapsed(run, NOON + 2 * SECOND - HOUR), 2 * SECOND);
  run = clock.follow(run, NOON + 3 * SECOND - HOUR, SECOND);
  assert.equal(clock.elapsed(run, NOON + 3 * SECOND - HOUR), 3 * SECOND);
});

test("clocks that differ by less than a second do not add up", () => {
  let run = clock.start(NOON);
  for (let step = 1; step <= 1200; step += 1) run = clock.follow(run, NOON + step * SECOND, SECOND + 0.9);
  assert.equal(clock.elapsed(run, NOON + 1200 * SECOND), 1200 * SECOND);
});

test("a sleep counts, and can be left out", () => {
  const run = clock.start(NOON);
  const now = NOON + SECOND + 12 * MINUTE;
  const away = clock.away(run, now, SECOND);
  assert.equal(away, 12 * MINUTE);
  const awake = clock.follow(run, now, SECOND);
  assert.equal(clock.elapsed(awake, now), SECOND + 12 * MINUTE);
  assert.equal(clock.elapsed(clock.leaveOut(awake, away), now), SECOND);
  assert.equal(clock.away(run, NOON + 59 * SECOND, 0), 0, "a moment is no sleep");
  assert.equal(clock.away(clock.pause(run, NOON), NOON + HOUR, 0), 0, "nor is a pause");
});

test("on a page that was loaded anew it goes on, unless an hour has gone", () => {
  const run = { ...clock.start(NOON), seen: NOON + 10 * SECOND };
  assert.equal(clock.wake(run, NOON + MINUTE), run);
  const later = clock.wake(run, NOON + 2 * HOUR);
  assert.equal(later.since, 0);
  assert.equal(clock.elapsed(later, NOON + 3 * HOUR), 10 * SECOND);
  const back = clock.wake(run, NOON - HOUR);
  assert.equal(clock.elapsed(back, NOON - HOUR), 10 * SECOND);
  const rests = clock.pause(run, NOON + SECOND);
  assert.equal(clock.wake(rests, NOON + 9 * HOUR), rests);
});

test("however it is paused, put to sleep, set and loaded, no time that was spent is lost or made", () => {
  let seed = 11;
  const random = (below) => (seed = (seed * 48271) % 2147483647) % below;
  for (let round = 0; round < 200; round += 1) {
    let [wall, spent, runs] = [NOON, 0, true];
    let run = clock.start(wall);
    for (let step = 0; step < 60; step += 1) {
      const passed = random(3 * SECOND);
      wall += passed;
      if (runs) spent += passed;
      if (runs) run = clock.follow(run, wall, passed);
      const what = random(5);
      if (what === 0 && runs) [run, runs] = [clock.pause(run, wall), false];
      else if (what === 1 && !runs) [run, runs] = [clock.resume(run, wall), true];
      else if (what === 2) {
        wall -= 2 * SECOND + random(HOUR);
        if (runs) run = clock.follow(run, wall, 0);
      } else if (what === 3) run = clock.wake(keeping.open("clocks", 1, JSON.parse(JSON.stringify(run))), wall);
      assert.ok(Math.abs(clock.elapsed(run, wall) - spent) < 1, `${clock.elapsed(run, wall)}, ${spent}`);
    }
  }
});

test("times are read as on a watch", () => {
  assert.deepEqual([0, 999, 9_000, 61_000, 20 * MINUTE, HOUR, 2 * HOUR + 61_000].map(clock.show), ["0:00", "0:00", "0:09", "1:01", "20:00", "1:00:00", "2:01:01"]);
});

test("what is kept of clocks and attempts is checked", () => {
  const { clocks, attempts } = keeping.collections;
  assert.ok(clocks.check(clock.start(NOON)));
  for (const bad of [null, {}, { spent: -1, since: 0, seen: 0 }, { spent: 0, since: "1", seen: 0 }]) assert.ok(!clocks.check(bad), JSON.stringify(bad));
  const attempt = { item: "q-1", at: NOON, seconds: 90, planned: 240 };
  assert.ok(attempts.check(attempt));
  for (const bad of [{ item: "" }, { at: null }, { seconds: 1.5 }, { planned: -1 }]) assert.ok(!attempts.check({ ...attempt, ...bad }), JSON.stringify(bad));
});
