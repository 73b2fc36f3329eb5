// Search is one key away, costs nothing until it is used, and takes what is typed before it is there.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, found, open, search } from "./browser.mjs";
import { PAGES } from "./site.mjs";

const isSearch = (address) => /\/search\/|\/assets\/search/.test(address);
const dialog = (page) => page.locator("dialog.search");

test("a page loads nothing of it by itself", async (t) => {
  const { page, url, requests } = await open(t);
  await page.goto(url(PAGES.page), { waitUntil: "networkidle" });
  assert.deepEqual(requests.filter(isSearch), []);
});

for (const key of ["/", "Control+k", "Meta+k"]) {
  test(`${key} opens it with the field focused`, async (t) => {
    const { page, url } = await open(t);
    await page.goto(url(PAGES.page));
    await page.keyboard.press(key);
    await page.keyboard.type("okapi");
    await found(page);
    assert.equal(await page.evaluate(() => document.activeElement.value), "okapi");
  });
}

test("a key opens it before the button is there, and is left alone where there is none", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.page));
  await page.evaluate(() => {
    const link = document.createElement("a");
    link.className = "search-open";
    document.querySelector("button.search-open").replaceWith(link);
  });
  await page.keyboard.press("/");
  assert.ok(await dialog(page).isVisible());
  await page.keyboard.press("Escape");
  const taken = await page.evaluate(() => {
    document.querySelector("button.search-open").remove();
    return !document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "/", bubbles: true, cancelable: true }));
  });
  assert.equal(taken, false);
});

test("the button opens it, and says by which keys it opens", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.page));
  const button = page.getByRole("button", { name: "Search", exact: true });
  assert.equal(await button.getAttribute("aria-keyshortcuts"), "/ Control+K Meta+K");
  assert.equal(await button.getAttribute("aria-haspopup"), "dialog");
  await button.click();
  assert.ok(await dialog(page).isVisible());
});

test("pointing at the button loads it ahead", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.page));
  const asked = page.waitForRequest((request) => request.url().endsWith("/search/root.js"));
  await page.getByRole("button", { name: "Search", exact: true }).hover();
  await asked;
});

test("/ typed into a field is a character", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.page));
  await page.evaluate(() => document.querySelector("main").prepend(document.createElement("input")));
  await page.locator("main input").first().press("/");
  assert.equal(await page.locator("main input").first().inputValue(), "/");
  assert.equal(await dialog(page).count(), 0);
});

test("what is typed while it is loading is searched for", async (t) => {
  const { page, url } = await open(t);
  const held = [];
  await page.context().route((address) => isSearch(address.href), (route) => held.push(route));
  await page.goto(url(PAGES.page));
  await page.keyboard.press("/");
  await page.keyboard.type("okapi");
  assert.ok(await dialog(page).isVisible());
  await page.context().unroute((address) => isSearch(address.href));
  for (const route of held) await route.continue();
  await page.context().unrouteAll();
  await page.locator("[role=option]").first().waitFor();
  assert.equal(await page.locator("[role=combobox]").inputValue(), "okapi");
});

test("Escape clears the field, then closes, and gives the focus back", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.page));
  await page.getByRole("button", { name: "Search", exact: true }).press("Enter");
  const field = await search(page, "okapi");
  await page.keyboard.press("Escape");
  assert.equal(await field.inputValue(), "");
  assert.ok(await dialog(page).isVisible());
  await page.keyboard.press("Escape");
  assert.ok(!(await dialog(page).isVisible()));
  assert.equal(await page.evaluate(() => document.activeElement.className), "search-open");
});

test("behind it nothing scrolls or moves", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.page));
  const place = () => page.evaluate(() => document.querySelector("h1").getBoundingClientRect().x);
  const before = await place();
  await search(page, "okapi");
  assert.equal(await place(), before);
  await page.mouse.move(20, 500);
  await page.mouse.wheel(0, 600);
  await page.waitForTimeout(200);
  assert.equal(await page.evaluate(() => scrollY), 0);
});

test("a click beside it closes it", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.page));
  await search(page, "okapi");
  await page.mouse.click(10, 500);
  assert.ok(!(await dialog(page).isVisible()));
});

test("the key / can be turned off on the page of search", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.search));
  await page.getByLabel("Open search with the key /").uncheck();
  await page.goto(url(PAGES.page));
  await page.keyboard.press("/");
  assert.equal(await dialog(page).count(), 0);
  await page.keyboard.press("Control+k");
  assert.ok(await dialog(page).isVisible());
});

test("on a phone it fills the screen, with letters that the browser need not enlarge and marks that fingers hit", async (t) => {
  const { page, url } = await open(t, { viewport: PHONE });
  await page.goto(url(PAGES.page));
  const field = await search(page, "okapi");
  const { width, height } = await dialog(page).boundingBox();
  assert.deepEqual([width, height], [PHONE.width, PHONE.height]);
  assert.ok(await field.evaluate((input) => parseFloat(getComputedStyle(input).fontSize)) >= 16);
  for (const target of await page.locator(".search-kinds label, .search-bar input, .search-foot a, [role=option]").all()) {
    assert.ok((await target.boundingBox()).height >= 44, await target.innerText());
  }
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), PHONE.width);
});
