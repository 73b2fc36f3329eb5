// What a reader has begun to read stays where it is when the scripts come in and improve the page. Two exceptions: tabs, which
// are sections one below the other until then, and raw HTML, whose pictures and tables take what room their author gave them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { DESK, PHONE, open } from "./browser.mjs";
import { goWithLateScripts } from "./late-scripts.mjs";
import { PAGES, folder } from "./site.mjs";

/** In the page: what has moved. */
function watchMovements() {
  globalThis.moved = [];
  new PerformanceObserver((list) => {
    for (const { value, sources } of list.getEntries()) {
      globalThis.moved.push(`${value}: ${sources.map(({ node }) => (node?.outerHTML ?? node?.textContent ?? "").slice(0, 100)).join(" and ")}`);
    }
  }).observe({ type: "layout-shift", buffered: true });
}

/** Only what is in sight counts as moved, so the windows are tall enough for everything. */
const HEIGHT = 6000;

for (const [device, { width }] of Object.entries({ phone: PHONE, desk: DESK })) {
  test(`on a ${device}`, async (t) => {
    const { another, url } = await open(t, { viewport: { width, height: HEIGHT }, init: watchMovements });
    const found = [];
    for (const path of Object.values(PAGES).filter((path) => path !== PAGES.raw)) {
      const page = await another();
      const html = readFileSync(join(folder(), path), "utf8");
      const body = html.replaceAll('class="tabs"', "");
      if (body !== html) await page.route(url(path), (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body }));
      await goWithLateScripts(page, url(path), html);
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100))));
      for (const line of await page.evaluate(() => globalThis.moved)) found.push(`${path}: ${line}`);
      await page.close();
    }
    assert.deepEqual(found, []);
  });
}

test("a movement would be noticed", async (t) => {
  const { page, url } = await open(t, { init: watchMovements });
  await page.goto(url(PAGES.page));
  await page.evaluate(() => {
    const block = document.createElement("p");
    block.textContent = "Something that was not there before.";
    document.querySelector("main").prepend(block);
  });
  await page.waitForFunction(() => globalThis.moved.length > 0);
});
