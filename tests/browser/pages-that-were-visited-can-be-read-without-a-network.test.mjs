// In a book that is too large to be kept whole: what was read stays readable, the rest says in words why it is not there.
import assert from "node:assert/strict";
import { test } from "node:test";
import { editions } from "./editions.mjs";
import { PAGES } from "./site.mjs";

test("a page of the first visit, a later one and one that was not visited", async (t) => {
  const { page, url, isControlled, lose, find } = await editions(t, { base: "/some/book/", small: 0 });
  await page.goto(url(PAGES.second));
  await isControlled();
  await page.goto(url(PAGES.page));
  await page.waitForLoadState("networkidle");
  await isControlled();
  await lose();

  for (const path of [PAGES.second, PAGES.page, PAGES.home, ""]) {
    const response = await page.goto(url(path));
    assert.equal(response.status(), 200, path);
    assert.ok(await page.locator(".site-header").isVisible());
    const font = await page.locator("h1").evaluate((heading) => getComputedStyle(heading).fontFamily);
    assert.match(font, /Charter/, `${path} has its style`);
  }

  const response = await page.goto(url(PAGES.glossary));
  assert.equal(response.status(), 503);
  assert.equal(await page.locator("h1").innerText(), "Not on this device");
  await page.getByRole("link", { name: "Start page" }).click();
  assert.ok(await page.locator(".site-header").isVisible());

  await find();
  assert.equal((await page.goto(url(PAGES.glossary))).status(), 200);
  assert.equal(await page.locator("h1").innerText(), "Glossary");
});

test("where there is a network, the text is the newest", async (t) => {
  const { page, url, isControlled, publish, lose } = await editions(t, { small: 0 });
  await page.goto(url(PAGES.second));
  await isControlled();
  publish({ [PAGES.second]: (html) => html.replace(/(<h1[^>]*>)[^<]*/, "$1Rewritten") });
  await page.goto(url(PAGES.second));
  assert.equal(await page.locator("h1").innerText(), "Rewritten");
  await page.waitForLoadState("networkidle");
  await lose();
  await page.goto(url(PAGES.second));
  assert.equal(await page.locator("h1").innerText(), "Rewritten");
});
