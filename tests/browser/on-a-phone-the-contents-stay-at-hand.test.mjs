// On a narrow window the list of headings stays below the head, names the section being read, opens over the text without
// moving it, and goes away on Escape, on a press beside it and when a heading is chosen. Without scripts it scrolls with the page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, open } from "./browser.mjs";
import { PAGES } from "./site.mjs";

const summary = (page) => page.locator(".outline summary");
const isOpen = (page) => page.locator(".outline details").evaluate((details) => details.open);
const top = (locator) => locator.evaluate((element) => Math.round(element.getBoundingClientRect().top));

/** As a finger does it: without the scrolling that a test's click may do first. */
async function press(page) {
  const { x, y, height } = await summary(page).boundingBox();
  await page.mouse.click(x + 20, y + height / 2);
}

async function halfway(page) {
  const heading = page.locator(".content h2").nth(2);
  await heading.evaluate((element) => element.scrollIntoView());
  return heading;
}

test("it stays in sight and names the section", async (t) => {
  const { page, url } = await open(t, { viewport: PHONE });
  await page.goto(url(PAGES.page));
  const heading = await halfway(page);
  const head = await page.locator(".site-header").evaluate((element) => Math.round(element.getBoundingClientRect().bottom));
  assert.equal(await top(page.locator(".outline")), head);
  await page.waitForFunction((words) => document.querySelector(".outline-here").textContent === words, await heading.innerText());
  const bar = await summary(page).evaluate((element) => element.getBoundingClientRect().bottom);
  assert.ok((await top(heading)) >= bar, "the heading that was jumped to is not covered");
});

test("it opens over the text, and closes again", async (t) => {
  const { page, url } = await open(t, { viewport: PHONE });
  await page.goto(url(PAGES.page));
  const heading = await halfway(page);
  const before = await top(heading);
  await press(page);
  assert.equal(await top(heading), before);

  await page.keyboard.press("Escape");
  assert.equal(await isOpen(page), false);
  assert.ok(await summary(page).evaluate((element) => element === document.activeElement));

  await press(page);
  await page.mouse.click(PHONE.width / 2, PHONE.height - 20);
  assert.equal(await isOpen(page), false);

  await press(page);
  await page.locator(".outline a").first().click();
  assert.equal(await isOpen(page), false);
});

test("without scripts it scrolls with the page", async (t) => {
  const { page, url } = await open(t, { viewport: PHONE, scripts: false });
  await page.goto(url(PAGES.page));
  await page.mouse.wheel(0, 3000);
  await page.waitForFunction(() => scrollY > 1000);
  assert.ok((await top(page.locator(".outline"))) < 0);
});
