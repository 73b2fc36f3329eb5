// Where a key leads in a row of tabs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { move } = load("core/tabs.js").core.tabs;

test("arrows go round", () => {
  assert.equal(move("ArrowRight", 2, 3, false), 0);
  assert.equal(move("ArrowLeft", 0, 3, false), 2);
});

test("arrows follow the direction of writing", () => {
  assert.equal(move("ArrowRight", 1, 3, true), 0);
  assert.equal(move("ArrowLeft", 1, 3, true), 2);
});

test("Home and End lead to the ends", () => {
  assert.equal(move("Home", 2, 3, false), 0);
  assert.equal(move("End", 0, 3, false), 2);
});

test("any other key is left to the browser", () => {
  assert.equal(move("Tab", 1, 3, false), null);
  assert.equal(move("ArrowDown", 1, 3, false), null);
});
