// The worker, its list and what pages load for it come after the page; from a disk there is none of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { editions } from "./editions.mjs";
import { PAGES, fileUrl } from "./site.mjs";

const LATER = /sw\.js|offline|webmanifest|\/icon-|\/card-/;

test("nothing of it is asked for before the page is there", async (t) => {
  const { page, url, asked, isControlled } = await editions(t);
  await page.goto(url(PAGES.page));
  await isControlled();
  const [early, late] = await page.evaluate(() => {
    const { loadEventStart } = performance.getEntriesByType("navigation")[0];
    const entries = performance.getEntriesByType("resource");
    return [true, false].map((isEarly) => entries.filter(({ startTime }) => startTime < loadEventStart === isEarly).map(({ name }) => name));
  });
  assert.deepEqual(early.filter((address) => LATER.test(address)), []);
  assert.ok(late.some((address) => LATER.test(address)), "it is asked for afterwards");
  assert.ok(asked.includes("/sw.js"));
});

test("from a disk there is no worker, no manifest and no complaint", async (t) => {
  const { page, complaints, requests } = await open(t);
  await page.goto(fileUrl(PAGES.page));
  await page.waitForTimeout(500);
  assert.deepEqual(requests.filter((address) => LATER.test(address)), []);
  assert.equal(await page.locator("link[rel=manifest]").count(), 0);
  assert.deepEqual(complaints, []);
});

test("without scripts there is no control that does nothing", async (t) => {
  const { page, url } = await open(t, { scripts: false });
  await page.goto(url(PAGES.page));
  assert.equal(await page.locator(".offline").innerText(), "");
});
