// A link that a pointer rests on, or a keyboard comes to, has its page fetched ahead, once; other sites' and downloads are left alone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { PAGES, fileUrl } from "./site.mjs";

const asked = (page) => page.locator("link[rel=prefetch]").evaluateAll((links) => links.map((link) => link.href));

test("a pointer that rests on a link asks for its page, and passing by does not", async (t) => {
  const { page, url, complaints } = await open(t);
  await page.goto(url(PAGES.page));
  assert.deepEqual(await asked(page), []);
  const next = page.locator("a.next");
  await next.hover();
  await page.locator("link[rel=prefetch]").first().waitFor({ state: "attached" });
  await page.mouse.move(0, 0);
  await next.hover();
  assert.deepEqual(await asked(page), [await next.evaluate((link) => link.href)]);
  assert.deepEqual(complaints, []);
});

test("a keyboard that comes to a link asks for its page", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.second));
  await page.locator(".book-title").focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Shift+Tab");
  await page.locator("link[rel=prefetch]").first().waitFor({ state: "attached" });
  assert.deepEqual(await asked(page), [url("index.html")]);
});

test("nothing is asked of another site, of this very page, or from a disk", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.page));
  await page.evaluate(() => {
    const links = ["https://example.org/", location.href + "#x"].map((href) => Object.assign(document.createElement("a"), { href, textContent: "x" }));
    document.querySelector("main").prepend(...links);
    for (const link of links) link.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
  });
  await page.waitForTimeout(200);
  assert.deepEqual(await asked(page), []);
  await page.goto(fileUrl(PAGES.page));
  await page.locator("a.next").hover();
  await page.waitForTimeout(200);
  assert.deepEqual(await asked(page), []);
});
