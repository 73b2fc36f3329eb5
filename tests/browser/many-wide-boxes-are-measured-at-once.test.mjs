// Whatever may scroll sideways is measured on load. A look after each change would style or lay out the page once for each box,
// which takes seconds on a long page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { NARROW, open } from "./browser.mjs";
import { PAGES } from "./site.mjs";

test("a page is styled and laid out a few times, however many boxes are on it", async (t) => {
  const { page, url } = await open(t, { viewport: NARROW });
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const work = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.filter(({ name }) => name === "LayoutCount" || name === "RecalcStyleCount").reduce((sum, { value }) => sum + value, 0);
  };
  await page.goto(url(PAGES.page));
  // More boxes than there are, each too wide for its place.
  const before = await page.evaluate(() => {
    const box = document.createElement("pre");
    box.textContent = "wide ".repeat(100);
    const boxes = Array.from({ length: 200 }, () => box.cloneNode(true));
    document.querySelector(".content").append(...boxes);
    return boxes.length;
  });
  const start = await work();
  await page.evaluate(() => globalThis.prepbook.elements.connect(document));
  await page.waitForFunction((count) => document.querySelectorAll(".content pre[tabindex]").length >= count, before);
  const taken = (await work()) - start;
  assert.ok(taken < 20, `${taken} layouts and rounds of styles for ${before} boxes`);
});
