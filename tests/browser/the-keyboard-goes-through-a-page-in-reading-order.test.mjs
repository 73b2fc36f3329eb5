// The first stop skips to the text; the others follow the order on the screen; every stop can be seen.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open, treeIsBuilt } from "./browser.mjs";
import { PAGES } from "./site.mjs";

test("the first stop leads past everything to the text", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.page));
  await treeIsBuilt(page);
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to the text" });
  assert.ok(await skip.evaluate((link) => link === document.activeElement && link.getBoundingClientRect().top >= 0));
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.activeElement.closest("main") !== null));
});

test("stops come in the order header, sidebar, text, footer, and each shows where it is", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.folder));
  await treeIsBuilt(page);
  const regions = [];
  const invisible = [];
  for (let press = 0; press < 120; press += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const focused = document.activeElement;
      if (focused === document.body) return null;
      const region = focused.closest("header.site-header, .sidebar, main, footer");
      const { outlineStyle, outlineWidth } = getComputedStyle(focused);
      const { width, height } = focused.getBoundingClientRect();
      return {
        region: region?.className || region?.localName || "skip",
        seen: outlineStyle !== "none" && outlineWidth !== "0px" && width > 0 && height > 0,
        markup: focused.outerHTML.slice(0, 100),
      };
    });
    if (!stop) break;
    if (regions.at(-1) !== stop.region) regions.push(stop.region);
    if (!stop.seen) invisible.push(stop.markup);
  }
  assert.deepEqual(regions, ["skip", "site-header", "sidebar", "page", "site-footer"]);
  assert.deepEqual(invisible, []);
});

test("the landmarks have names", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.page));
  for (const name of ["Book", "Breadcrumbs", "On this page", "Reading order"]) {
    assert.equal(await page.getByRole("navigation", { name }).count(), 1, name);
  }
  assert.equal(await page.getByRole("banner").count(), 1);
  assert.equal(await page.getByRole("main").count(), 1);
  assert.equal(await page.getByRole("contentinfo").count(), 1);
  assert.equal(await page.getByRole("heading", { level: 1 }).count(), 1);
});
