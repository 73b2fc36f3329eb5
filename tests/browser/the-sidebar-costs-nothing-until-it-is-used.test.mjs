// The tree of contents is loaded once a reader goes to the sidebar, and from then on with each page; the keyboard stays where it was.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { PAGES } from "./site.mjs";

const isOfTheTree = (address) => address.includes("/contents/");

test("a first view does not load the tree", async (t) => {
  const { page, url, requests } = await open(t);
  await page.goto(url(PAGES.exercises), { waitUntil: "networkidle" });
  assert.deepEqual(requests.filter(isOfTheTree), []);
  assert.ok(new Set(requests.filter((address) => !address.startsWith("data:"))).size <= 6, requests.join("\n"));
});

test("pointing at the sidebar loads it, and so does the next page by itself", async (t) => {
  const { page, url, requests } = await open(t);
  await page.goto(url(PAGES.page));
  await page.locator(".sidebar").hover();
  await page.locator(".tree .twist").first().waitFor();
  requests.length = 0;
  await page.goto(url(PAGES.second));
  await page.locator(".tree .twist").first().waitFor();
});

test("a keyboard that comes to a link of the sidebar stays on it", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.page));
  const link = page.locator(".tree a[aria-current=page]");
  await link.focus();
  await page.locator(".tree .twist").first().waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute("aria-current") === "page");
});
