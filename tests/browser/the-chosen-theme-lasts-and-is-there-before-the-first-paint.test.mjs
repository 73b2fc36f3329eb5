// Light, dark, high contrast or the system's choice: applied at once, in every open tab, and on later pages before anything is painted.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { PAGES, fileUrl } from "./site.mjs";

/** Notes the theme at the moment the body comes into being: nothing can have been painted before. */
function noteThemeAtBody() {
  new MutationObserver((_, observer) => {
    if (!document.body) return;
    globalThis.themeAtBody = document.documentElement.dataset.theme ?? "none";
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });
}

function background(page) {
  return page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
}

test("without a choice the page follows the system", async (t) => {
  const { page, url } = await open(t, { theme: "light" });
  await page.goto(url(PAGES.page));
  const light = await background(page);
  await page.emulateMedia({ colorScheme: "dark" });
  assert.notEqual(await background(page), light);
});

test("a choice is applied now, on the next page before the body exists, and in other tabs", async (t) => {
  const { page, another, url } = await open(t, { theme: "light", init: noteThemeAtBody });
  await page.goto(url(PAGES.page));
  const light = await background(page);
  const other = await another();
  await other.goto(url(PAGES.second));

  await page.getByLabel("Theme").selectOption("Dark");
  const dark = await background(page);
  assert.notEqual(dark, light);
  await other.waitForFunction(() => document.documentElement.dataset.theme === "dark");
  assert.equal(await other.getByLabel("Theme").inputValue(), "dark");

  await page.goto(url(PAGES.folder));
  assert.equal(await page.evaluate(() => globalThis.themeAtBody), "dark");
  assert.equal(await background(page), dark);
  assert.equal(await page.getByLabel("Theme").inputValue(), "dark");

  await page.getByLabel("Theme").selectOption("System");
  assert.equal(await background(page), light);
  await page.reload();
  assert.equal(await page.evaluate(() => globalThis.themeAtBody), "none");
});

test("high contrast is light or dark as the system is, and looks as when the system asks for it", async (t) => {
  const { page, url } = await open(t, { theme: "light", init: noteThemeAtBody });
  await page.goto(url(PAGES.page));
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme, contrast: "more" });
    await page.getByLabel("Theme").selectOption("System");
    const asked = await background(page);
    await page.emulateMedia({ colorScheme, contrast: "no-preference" });
    assert.notEqual(await background(page), asked, colorScheme);
    await page.getByLabel("Theme").selectOption("High contrast");
    assert.equal(await background(page), asked, colorScheme);
  }
  await page.goto(url(PAGES.second));
  assert.equal(await page.evaluate(() => globalThis.themeAtBody), "contrast");
});

test("a choice lasts on pages opened from disk", async (t) => {
  const { page } = await open(t, { theme: "light", init: noteThemeAtBody });
  await page.goto(fileUrl(PAGES.page));
  await page.getByLabel("Theme").selectOption("Dark");
  await page.goto(fileUrl(PAGES.second));
  assert.equal(await page.evaluate(() => globalThis.themeAtBody), "dark");
});

test("what is stored belongs to this book alone", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.page));
  await page.getByLabel("Theme").selectOption("Dark");
  const keys = await page.evaluate(() => Object.keys(localStorage));
  assert.ok(keys.length > 0);
  for (const key of keys) assert.match(key, /^prepbook\.browser-tests\./);
});
