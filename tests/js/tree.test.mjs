// The tree of contents: finding the way to a page, remembering open branches.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { tree } = load("core/tree.js").core;

const entries = [
  { title: "A", url: "a/index.html", children: [{ title: "B", url: "a/b.html", children: [{ title: "C", url: "a/b/c.html" }] }] },
  { title: "Not written yet", url: null },
  { title: "Ü", url: "%C3%BC.html" },
];

test("the path names every branch down to the page", () => {
  assert.deepEqual(tree.path(entries, "a/b/c.html"), ["a/index.html", "a/b.html", "a/b/c.html"]);
});

test("a page that is not in the tree has no path", () => {
  assert.deepEqual(tree.path(entries, "a/b/d.html"), []);
});

test("an encoded and a plain spelling are the same page", () => {
  assert.deepEqual(tree.path(entries, "ü.html"), ["%C3%BC.html"]);
});

test("a stray percent sign is taken as it is", () => {
  assert.equal(tree.plain("100%.html"), "100%.html");
});

test("opening a branch again makes it the newest, closing forgets it", () => {
  assert.deepEqual(tree.toggled(["x", "y"], "x", true), ["y", "x"]);
  assert.deepEqual(tree.toggled(["x", "y"], "x", false), ["y"]);
});

test("the oldest open branch is forgotten, so that the list stays small", () => {
  const many = Array.from({ length: 200 }, (_, index) => String(index));
  const opened = tree.toggled(many, "new", true);
  assert.equal(opened.length, 200);
  assert.equal(opened[0], "1");
  assert.equal(opened.at(-1), "new");
});

test("pages are filtered by the words of their titles, at any depth", () => {
  const some = [{ title: "Threat Models", url: "t.html", children: [{ title: "Üploads and models", url: "u.html" }, { title: "Model, unwritten", url: null }] }];
  const urls = (query) => tree.matching(some, query).map(({ url }) => url);
  assert.deepEqual(urls("MODEL"), ["t.html", "u.html"]);
  assert.deepEqual(urls(" upload  mod "), ["u.html"]);
  assert.deepEqual(urls("nothing"), []);
});
