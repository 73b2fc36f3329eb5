// Rows of tabs with one key show the same choice, on this page and later; hidden text can still be found and linked to.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { PAGES } from "./site.mjs";

function chosen(page) {
  return page.locator(".tabs").evaluateAll((rows) => rows.map((row) => row.querySelector("[aria-selected=true]").textContent));
}

test("a choice moves every row of the same key, and lasts", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.page));
  assert.deepEqual(await chosen(page), ["Linux", "macOS"]);
  await page.getByRole("tab", { name: "Linux" }).nth(1).click();
  assert.deepEqual(await chosen(page), ["Linux", "Linux"]);
  await page.getByRole("tab", { name: "macOS" }).first().click();
  assert.deepEqual(await chosen(page), ["macOS", "macOS"]);
  await page.reload();
  assert.deepEqual(await chosen(page), ["macOS", "macOS"]);
});

test("a choice that another row does not have leaves that row alone", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.page));
  await page.getByRole("tab", { name: "Windows" }).click();
  assert.deepEqual(await chosen(page), ["Windows", "macOS"]);
});

test("arrow keys walk through a row, and the panel is the next stop", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.page));
  await page.getByRole("tab", { name: "Linux" }).first().focus();
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "macOS");
  await page.keyboard.press("End");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Windows");
  await page.keyboard.press("ArrowRight");
  assert.deepEqual((await chosen(page))[0], "Linux");
  await page.keyboard.press("Tab");
  const panel = page.getByRole("tabpanel", { name: "Linux" }).first();
  assert.ok(await panel.evaluate((element) => element === document.activeElement));
  assert.match(await panel.innerText(), /package manager of Linux/);
});

test("a link into a hidden tab shows it", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.page) + "#inside-a-tab");
  assert.equal((await chosen(page))[0], "macOS");
  await page.getByRole("heading", { name: "Inside a tab" }).waitFor();

  await page.getByRole("tab", { name: "Windows" }).click();
  await page.evaluate(() => (location.hash = ""));
  await page.evaluate(() => (location.hash = "#inside-a-tab"));
  await page.waitForFunction(() => document.querySelector(".tabs [aria-selected=true]").textContent === "macOS");
});

test("a row above that grows does not move what the reader looks at", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.page));
  // Browsers that keep the place by themselves would hide a mistake.
  await page.evaluate(() => (document.documentElement.style.overflowAnchor = "none"));
  const [first, second] = [page.locator(".tabs").first(), page.locator(".tabs").nth(1)];
  await second.scrollIntoViewIfNeeded();
  const [height, before] = [(await first.boundingBox()).height, (await second.boundingBox()).y];
  await second.getByRole("tab", { name: "macOS" }).click();
  assert.ok((await first.boundingBox()).height > height + 10);
  assert.ok(Math.abs((await second.boundingBox()).y - before) < 2);
});
