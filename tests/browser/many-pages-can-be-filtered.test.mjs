// In a book of more than fifty pages the sidebar has a field that shows only the pages whose titles have its words.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open, treeIsBuilt } from "./browser.mjs";
import { PAGES } from "./site.mjs";

test("pages of any chapter are found by words of their titles, and Escape brings the tree back", async (t) => {
  const { page, url, complaints } = await open(t);
  await page.goto(url(PAGES.home));
  await treeIsBuilt(page);
  const field = page.getByRole("searchbox", { name: "Filter pages" });
  await field.fill("PAGE 4");
  const found = page.locator(".tree:visible a");
  await page.waitForFunction(() => document.querySelectorAll(".tree:not([hidden]) a").length === 10);
  assert.deepEqual((await found.allTextContents()).slice(0, 3), ["Page 4 of the long chapter", "Page 14 of the long chapter", "Page 24 of the long chapter"]);
  await field.fill("no such page");
  await page.getByText("No page fits.").waitFor();
  await field.press("Escape");
  assert.equal(await field.inputValue(), "");
  await page.locator(".tree .twist").first().waitFor();
  assert.deepEqual(complaints, []);
});

test("the field is there before the tree is wanted", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.home));
  const field = page.getByRole("searchbox", { name: "Filter pages" });
  await field.waitFor();
  assert.equal(await page.locator(".tree .twist").count(), 0, "and nothing was loaded for it");
  const [above, below] = await Promise.all([".sidebar-links", ".tree a"].map((selector) => page.locator(selector).first().boundingBox()));
  const box = await field.boundingBox();
  assert.ok(box.y - (above.y + above.height) < 20 && below.y - (box.y + box.height) < 20, "with no hole above or below it");
});

test("a page that was filtered leads there", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.home));
  await treeIsBuilt(page);
  await page.getByRole("searchbox", { name: "Filter pages" }).fill("page 33");
  await page.locator(".tree:visible a", { hasText: "Page 33" }).click();
  await page.waitForURL(url("long/page-33.html"));
});
