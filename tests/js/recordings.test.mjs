// What is kept of answers is checked, and a sound is one, in the browser or in a copy.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { keeping } = load("core/keeping.js", "core/recordings.js").core;
const PART = { name: "Draw", from: 0, seconds: 4, planned: 360, talk: 2.5, pause: 1 };
const ANSWER = { item: "model-it", at: 1, seconds: 4, size: 900, parts: [PART], said: "I drew it.", points: ["Three threats"] };

test("an answer, spoken or written", () => {
  assert.deepEqual(keeping.open("recordings", 1, ANSWER), ANSWER);
  assert.ok(keeping.open("recordings", 1, { ...ANSWER, size: 0, seconds: 0, parts: [], said: "", points: [] }));
  for (const wrong of [{ item: "a b" }, { seconds: -1 }, { size: "1" }, { said: 1 }, { points: [1] }, { points: "x" }, { parts: {} }, { parts: [{ ...PART, talk: NaN }] }, { parts: [{ ...PART, name: 1 }] }, { parts: [null] }]) {
    assert.equal(keeping.open("recordings", 1, { ...ANSWER, ...wrong }), undefined, JSON.stringify(wrong));
  }
});

test("a sound", () => {
  const sounds = (value) => keeping.open("sounds", 1, value) !== undefined;
  assert.ok(sounds(new Blob(["x"])));
  for (const right of ["data:audio/webm;base64,AAAA", "data:audio/mp4;codecs=opus;base64,A+/=", `data:audio/ogg;base64,${"A".repeat(30_000_000)}`]) assert.ok(sounds(right), right.slice(0, 40));
  for (const wrong of [null, {}, "", "AAAA", "data:text/html;base64,AAAA", "data:audio/webm,AAAA", "javascript:1", "data:audio/x><;base64,AAAA"]) assert.ok(!sounds(wrong), String(wrong));
});

test("a sound is kept as long as its answer", () => {
  assert.equal(keeping.collections.sounds.of, "recordings");
});
