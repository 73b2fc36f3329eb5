// A text is said sentence by sentence, long ones in parts; and a place in it is found again when the text has been changed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { speech } = load("core/speech.js").core;
const said = (text, language = "en") => speech.pieces(text, language).map(({ start, end }) => text.slice(start, end));

test("sentences, without the space around them and without what has no sound", () => {
  assert.deepEqual(said("  Ask first. Then\n draw!  Whom does it serve?"), ["Ask first.", "Then\n draw!", "Whom does it serve?"]);
  assert.deepEqual(said("最初に聞く。それから描く。", "ja"), ["最初に聞く。", "それから描く。"]);
  for (const silent of ["", " \n", "→ · —", "?!"]) assert.deepEqual(said(silent), []);
});

test("a long sentence is cut where it breathes, and into nothing tiny", () => {
  const clause = "a clause of some length that a voice would say in a few seconds";
  const long = `${Array(8).fill(clause).join(", ")}.`;
  const cut = said(long);
  assert.ok(cut.length > 2, String(cut.length));
  assert.equal(cut.join(" "), long);
  for (const piece of cut) assert.ok(piece.length >= 60 && piece.length < 320, piece);
  const unbroken = "word ".repeat(100).trim();
  assert.deepEqual(said(unbroken), [unbroken], "there is no place to breathe");
});

test("every letter is said once, in order", () => {
  const text = "One: two; three, four (five). “Six,” she said – seven. 8.5 % of 9,000? Yes… ".repeat(20);
  const pieces = speech.pieces(text, "en");
  const letters = (all) => all.replace(/[^\p{L}\p{N}]/gu, "");
  assert.equal(letters(pieces.map(({ start, end }) => text.slice(start, end)).join("")), letters(text));
  pieces.reduce((end, piece) => (assert.ok(piece.start >= end && piece.end > piece.start), piece.end), 0);
});

test("without a segmenter, sentences end at their signs", () => {
  const { Segmenter } = Intl;
  delete Intl.Segmenter;
  try {
    assert.deepEqual(said("Ask first. “Then draw!” Whom? 0.5 of it"), ["Ask first.", "“Then draw!”", "Whom?", "0.5 of it"]);
  } finally {
    Intl.Segmenter = Segmenter;
  }
});

test("white space and soft hyphens are not said", () => {
  assert.equal(speech.plain("  an un\u00adbroken\n\t word "), "an unbroken word");
});

test("a place is found where it was, or where its sentence went", () => {
  const texts = ["One is here.", "Two is there.", "Three is gone."];
  const place = speech.place(1, texts[1]);
  assert.equal(speech.find(place, texts), 1);
  assert.equal(speech.find(place, ["New.", ...texts]), 2);
  assert.equal(speech.find(place, ["New.", "Other."]), 0);
  assert.equal(speech.find({ at: 9, start: "One" }, texts), 0);
});

test("of places only the last are kept", () => {
  let places = {};
  for (let page = 0; page < 100; page += 1) places = speech.keep(places, "page-" + page, { at: page, start: "" });
  assert.equal(Object.keys(places).length, 40);
  assert.ok(places["page-99"] && places["page-60"] && !places["page-59"]);
  places = speech.keep(places, "page-60", { at: 1, start: "" });
  assert.equal(Object.keys(places).at(-1), "page-60", "the one that was read last goes last");
  assert.equal(speech.keep(places, "page-60", undefined)["page-60"], undefined);
});
