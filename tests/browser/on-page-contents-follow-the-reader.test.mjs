// The list of headings marks the section being read, and only that one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, open } from "./browser.mjs";
import { PAGES } from "./site.mjs";

async function marked(page, expected) {
  await page.waitForFunction((text) => {
    const links = [...document.querySelectorAll(".outline [aria-current]")].map((link) => link.textContent);
    return links.join() === text;
  }, expected);
}

test("scrolling moves the mark, up and down", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.second));
  for (const name of ["More details", "The finest detail", "Details"]) {
    await page.getByRole("heading", { name, exact: true }).evaluate((heading) => scrollTo(0, heading.getBoundingClientRect().top + scrollY - 100));
    await marked(page, name);
  }
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await marked(page, "The end");
});

test("on a phone the list is folded, and folds again once a heading is chosen", async (t) => {
  const { page, url } = await open(t, { viewport: PHONE });
  await page.goto(url(PAGES.second));
  const link = page.getByRole("navigation", { name: "On this page" }).getByRole("link", { name: "More details" });
  assert.equal(await link.isVisible(), false);
  await page.getByText("On this page").first().click();
  await link.click();
  assert.equal(await link.isVisible(), false);
  const top = await page.getByRole("heading", { name: "More details" }).evaluate((heading) => heading.getBoundingClientRect().top);
  assert.ok(top > 50 && top < 200, `the heading stands at ${top}, clear of the header`);
});
