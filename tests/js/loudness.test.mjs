// Talk and pauses are told by loudness alone: whatever the room is like, and however loud the voice.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { loudness } = load("core/loudness.js").core;
const RATE = 8000;

/** Sound: pairs of seconds and loudness in decibels, with the same noise every time. */
function sound(...stretches) {
  let seed = 1;
  const noise = () => ((seed = (seed * 1103515245 + 12345) % 2147483648) / 1073741824 - 1) * Math.sqrt(3);
  return Float32Array.from(stretches.flatMap(([seconds, level]) => Array.from({ length: seconds * RATE }, () => noise() * 10 ** (level / 20))));
}
const levels = (...stretches) => loudness.levels(sound(...stretches), RATE);
const one = (all, time = all.length * 50) => loudness.parts(loudness.talk(all), [{ name: "", planned: 0, from: 0 }], time)[0];

test("a level for every 50 milliseconds", () => {
  const all = levels([1, -20], [0.5, -60]);
  assert.equal(all.length, 30);
  assert.ok(all.slice(0, 20).every((level) => Math.abs(level + 20) <= 1), all.join());
  assert.ok(all.slice(20).every((level) => Math.abs(level + 60) <= 1), all.join());
  assert.deepEqual(loudness.levels(new Float32Array(800), RATE), [-100, -100]);
  assert.deepEqual(loudness.levels(new Float32Array(10), RATE), []);
});

for (const [where, room, voice] of [["a still room", -80, -25], ["a loud room", -45, -20], ["digital silence", -200, -30], ["far from the microphone", -62, -45]]) {
  test(`talk and the longest pause, in ${where}`, () => {
    const { seconds, talk, pause } = one(levels([1, room], [4, voice], [2.5, room], [3, voice], [0.5, room]));
    assert.deepEqual({ seconds, talk, pause }, { seconds: 11, talk: 7, pause: 2.5 });
  });
}

test("the short stops between words are no pauses, and a click is no talk", () => {
  const { talk, pause } = one(levels([2, -20], [0.25, -70], [2, -20], [3, -70], [0.05, -10], [3, -70], [1, -20]));
  assert.equal(talk, 5.3);
  assert.ok(pause > 5.9 && pause < 6.2, String(pause));
});

test("nothing heard is silence, and talk without a pause is talk", () => {
  assert.deepEqual([one(levels([5, -75])).talk, one(levels([5, -75])).pause], [0, 5]);
  assert.deepEqual([one(levels([5, -22])).talk, one(levels([5, -22])).pause], [5, 0]);
  assert.deepEqual(loudness.talk([]), []);
});

test("each part has its own", () => {
  const all = levels([2, -20], [3, -70], [5, -20]);
  const marks = [{ name: "Clarify", planned: 2, from: 0 }, { name: "Gone by", planned: 1, from: 4000 }, { name: "Draw", planned: 6, from: 4000 }];
  assert.deepEqual(loudness.parts(loudness.talk(all), marks, 10_000), [
    { name: "Clarify", planned: 2, from: 0, seconds: 4, talk: 2, pause: 2 },
    { name: "Draw", planned: 6, from: 4, seconds: 6, talk: 5, pause: 1 },
  ]);
});

test("what is missing of a turn counts as silence, and nothing is longer than it took", () => {
  assert.deepEqual(loudness.fit([-20, -20], 200), [-20, -20, -100, -100]);
  assert.deepEqual(loudness.fit([-20, -20, -20], 100), [-20, -20]);
  const { seconds, talk } = one(levels([5, -20]), 4000);
  assert.deepEqual([seconds, talk], [4, 4]);
});
