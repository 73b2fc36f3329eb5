// Which section is being read.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { current } = load("core/reading.js").core.reading;

test("above the first heading no section is being read", () => {
  assert.equal(current([300, 900], 200, false), -1);
});

test("the last heading that has passed the line is the one", () => {
  assert.equal(current([-400, 150, 900], 200, false), 1);
});

test("a heading exactly on the line has been reached", () => {
  assert.equal(current([200], 200, false), 0);
});

test("at the end of the page it is the last section, however short", () => {
  assert.equal(current([-900, -100, 500, 600], 200, true), 3);
});

test("a page without headings has no section", () => {
  assert.equal(current([], 200, true), -1);
});
