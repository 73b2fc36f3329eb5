// A browser that refuses storage, or has none left, or keeps nonsense, gives the same pages; they only forget.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open, treeIsBuilt } from "./browser.mjs";
import { PAGES } from "./site.mjs";

const WAYS = {
  "storage that may not be asked for": () => {
    for (const area of ["localStorage", "sessionStorage"]) {
      Object.defineProperty(window, area, {
        get() {
          throw new DOMException("refused", "SecurityError");
        },
      });
    }
  },
  "storage that is full": () => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  },
  "storage that holds nonsense": () => {
    const nonsense = { theme: "{", sidebar: '"text"', "tab.os": "[1]" };
    for (const [key, value] of Object.entries(nonsense)) localStorage.setItem("prepbook.browser-tests." + key, value);
    sessionStorage.setItem("prepbook.browser-tests.sidebar-scroll", "null");
  },
};

for (const [name, init] of Object.entries(WAYS)) {
  test(name, async (t) => {
    const { page, url, complaints } = await open(t, { init });
    await page.goto(url(PAGES.page));
    await treeIsBuilt(page);
    await page.getByLabel("Theme").selectOption("Dark");
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
    await page.getByRole("tab", { name: "macOS" }).first().click();
    await page.getByText("Install it on a Mac").waitFor();
    await page.getByRole("button", { name: "Pages in Practice" }).click();
    await page.getByRole("link", { name: "Reviews" }).first().waitFor();
    await page.goto(url(PAGES.second));
    assert.deepEqual(complaints, []);
  });
}
