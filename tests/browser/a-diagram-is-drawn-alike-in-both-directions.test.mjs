// In a book that is written from right to left, the words of a diagram stand where they stand in any other: in their boxes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { PAGES } from "./site.mjs";

/** Where each text of the diagram is, from the diagram's corner, and where its scroller starts. */
const drawn = (page) => page.locator("svg.dfd").first().evaluate((svg) => {
  const corner = svg.getBoundingClientRect();
  const round = (number) => Math.round(number * 2) / 2;
  const texts = [...svg.querySelectorAll("text")].map((text) => {
    const box = text.getBoundingClientRect();
    return [text.textContent, round(box.left - corner.left), round(box.right - corner.left)];
  });
  return { texts, width: corner.width, hidden: round(svg.parentElement.getBoundingClientRect().left - corner.left) };
});

test("texts stand where they stood, and its left end is in sight", async (t) => {
  for (const viewport of [{ width: 1280, height: 800 }, { width: 360, height: 740 }]) {
    const { page, url } = await open(t, { viewport });
    await page.goto(url(PAGES.exercises));
    const before = await drawn(page);
    assert.ok(before.texts.length > 8);
    await page.evaluate(() => { document.documentElement.dir = "rtl"; });
    const after = await drawn(page);
    assert.deepEqual(after.texts, before.texts);
    for (const [text, left, right] of after.texts) assert.ok(left >= 0 && right <= after.width, `${text}: ${left} to ${right} of ${after.width}`);
    assert.ok(after.hidden <= 0, `${after.hidden} pixels are out of sight`);
  }
});
