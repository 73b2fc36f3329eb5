// The home page lists the chapters by number, and each chapter's pages carry its colour: below the title, at the page in the
// tree. A number always stands beside it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LAPTOP, open, treeIsBuilt } from "./browser.mjs";
import { PAGES } from "./site.mjs";

const hue = (locator) => locator.evaluate((element) => getComputedStyle(element).getPropertyValue("--hue"));

test("each entry of the map leads to a chapter of its own colour", async (t) => {
  const { page, url } = await open(t, { viewport: LAPTOP });
  await page.goto(url(PAGES.home));
  const entries = page.locator(".map > li");
  const numbers = await entries.locator(".chapter-number").allInnerTexts();
  assert.deepEqual(numbers, ["1", "2", "3", "4"]);
  const colours = await Promise.all(numbers.map((_, index) => hue(entries.nth(index))));
  assert.equal(new Set(colours).size, colours.length);

  await entries.nth(1).getByRole("link").click();
  await page.waitForURL(/practice\/index\.html$/);
  assert.equal(await hue(page.locator("body")), colours[1]);
});

test("the rule below the title and the page's mark in the tree have the chapter's colour", async (t) => {
  const { page, url } = await open(t, { viewport: LAPTOP });
  await page.goto(url(PAGES.inner));
  await treeIsBuilt(page);
  const rule = await page.locator("h1").evaluate((title) => getComputedStyle(title, "::after").borderTopColor);
  const mark = page.locator('.tree [aria-current="page"]');
  await mark.waitFor();
  assert.equal(await mark.evaluate((link) => getComputedStyle(link).borderLeftColor), rule);
  await page.goto(url(PAGES.home));
  assert.notEqual(await page.locator("h1").evaluate((title) => getComputedStyle(title, "::after").borderTopColor), rule);
});

test("the whole entry is a target, and the link's name is the title alone", async (t) => {
  const { page, url } = await open(t, { viewport: LAPTOP, scripts: false });
  await page.goto(url(PAGES.home));
  const entry = page.locator(".map > li").first();
  await entry.getByRole("link", { name: "Reading", exact: true }).waitFor();
  const { x, y, width, height } = await entry.boundingBox();
  await page.mouse.click(x + width - 4, y + height - 4);
  await page.waitForURL(/reading\/index\.html$/);
});
