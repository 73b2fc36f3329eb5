// What a reader has begun to read stays where it is: no layout shift on any kind of page, however narrow the window.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LAPTOP, PHONE, open } from "./browser.mjs";
import { PAGES } from "./site.mjs";

/** Keeps every shift, with what has moved. */
function noteShifts() {
  globalThis.shifts = [];
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries()) {
      const moved = shift.sources.map(({ node }) => node?.outerHTML?.slice(0, 80) ?? String(node?.textContent));
      globalThis.shifts.push(`${shift.value.toFixed(4)}: ${moved.join("; ")}`);
    }
  }).observe({ type: "layout-shift", buffered: true });
}

for (const [name, viewport] of Object.entries({ phone: PHONE, wide: LAPTOP })) {
  for (const [kind, path] of Object.entries(PAGES)) {
    test(`${kind}, ${name}`, async (t) => {
      const { page, url } = await open(t, { viewport, init: noteShifts });
      await page.goto(url(path));
      await page.waitForLoadState("networkidle");
      // Two frames on, whatever was loaded has been laid out and told.
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      await page.waitForTimeout(100);
      assert.deepEqual(await page.evaluate(() => globalThis.shifts), []);
    });
  }
}
