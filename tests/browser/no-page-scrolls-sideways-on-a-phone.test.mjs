// Whatever is wide scrolls within itself; the page never does, down to 320 pixels (WCAG 1.4.10).
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { PAGES } from "./site.mjs";

for (const width of [320, 360, 768, 1280]) {
  for (const scripts of [true, false]) {
    test(`at ${width} pixels, scripts ${scripts ? "on" : "off"}`, async (t) => {
      const { page, url } = await open(t, { viewport: { width, height: 740 }, scripts });
      for (const path of Object.values(PAGES)) {
        await page.goto(url(path));
        const [content, view] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
        assert.ok(content <= view, `${path} is ${content} pixels wide`);
      }
    });
  }
}
