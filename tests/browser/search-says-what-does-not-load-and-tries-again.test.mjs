// Whatever part of search is missing, the reader is told, keeps what was typed, and can try again.
import assert from "node:assert/strict";
import { test } from "node:test";
import { found, open } from "./browser.mjs";
import { PAGES } from "./site.mjs";

const PARTS = {
  "the scripts": /\/assets\/search(-[0-9a-f]+)?\.js/,
  "the root of the index": /\/search\/root\.js/,
  "the words": /\/search[/-]t-[^/]*\.js/,
  "the text of a page": /\/search\/\d[^/]*\.js/,
};

for (const [part, address] of Object.entries(PARTS)) {
  test(`${part} cannot be loaded`, async (t) => {
    const { page, url } = await open(t);
    await page.context().route(address, (route) => route.abort());
    await page.goto(url(PAGES.page));
    await page.keyboard.press("/");
    await page.keyboard.type("okapi");
    await page.locator(".search-view:not([aria-busy])").getByText("Search could not be loaded.").waitFor();
    assert.equal(await page.locator(".search-bar input").inputValue(), "okapi");
    await page.context().unroute(address);
    await page.getByRole("button", { name: "Try again" }).click();
    await found(page);
    assert.ok(await page.locator("[role=option]").count() > 0);
    assert.equal(await page.getByRole("alert").count(), 0);
  });
}

test("a book that has been published anew since is searched as it is by now", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.page));
  await page.keyboard.press("/");
  await found(page);
  // Files of words have another name in another edition.
  await page.context().route(/\/search[/-]t-[^/]*\.js$/, (route) => route.fulfill({ status: 404 }));
  await page.keyboard.type("okapi");
  await found(page);
  assert.ok(await page.locator("[role=option]").count() > 0);
  assert.equal(await page.getByRole("alert").count(), 0);
});

test("an answer that comes late does not replace a newer one", async (t) => {
  const { page, url } = await open(t);
  const held = [];
  await page.goto(url(PAGES.page));
  await page.keyboard.press("/");
  await page.keyboard.type("upload");
  await found(page);
  await page.context().route(/\/search\/\d[^/]*\.js$/, (route) => held.push(route));
  const field = page.locator("[role=combobox]");
  await field.fill("okapi");
  await page.waitForTimeout(300);
  assert.ok(held.length > 0);
  await field.fill("upload");
  await page.waitForTimeout(300);
  for (const route of held) await route.continue();
  await page.waitForTimeout(300);
  await found(page);
  assert.ok((await page.locator(".search-list").innerText()).toLowerCase().includes("upload"));
});
