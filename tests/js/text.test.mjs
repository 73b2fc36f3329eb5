// Texts of the interface: values take the place of placeholders, and numbers choose forms as Unicode's CLDR has them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { load } from "./load.mjs";

const { fill } = load("core/text.js").core.text;

test("values take the place of placeholders, and what has none stays", () => {
  assert.equal(fill("{a_b} of {c}, {c}", { a_b: 0, c: "$&{a_b}" }), "0 of $&{a_b}, $&{a_b}");
  assert.equal(fill("{a} {B} {} {a", { b: 1 }), "{a} {B} {} {a");
});

test("a number chooses the form of its language", () => {
  const lines = { language: "pl", one: "{count} linia", few: "{count} linie", many: "{count} linii", other: "{count} linii" };
  assert.equal(fill(lines, { count: 1 }), "1 linia");
  assert.equal(fill(lines, { count: 22 }), "22 linie");
  assert.equal(fill({ language: "en", other: "{count}" }, { count: 1 }), "1");
  const days = { language: "en", zero: "today", one: "tomorrow", other: "in {count} days" };
  assert.deepEqual([0, 1, 2].map((count) => fill(days, { count })), ["today", "tomorrow", "in 2 days"]);
});

test("the generator counts as browsers do", () => {
  const source = readFileSync(new URL("../../src/model/plural.rs", import.meta.url), "utf8");
  const rows = [...source.split("#[cfg(test)]")[1].matchAll(/\("([\w-]+)", "([^"]+)"\)/g)];
  assert.ok(rows.length > 9);
  for (const [, language, forms] of rows) {
    for (const pair of forms.split(", ")) {
      const [count, form] = pair.split(" ");
      assert.equal(new Intl.PluralRules(language).select(Number(count)), form, `${language} ${count}`);
    }
  }
});

test("text that is there already stays when the name is made", () => {
  globalThis.prepbook.text = { copy: "Kopieren" };
  assert.equal(load("core/text.js").text.copy, "Kopieren");
});
