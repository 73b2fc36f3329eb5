// Opened by a double click, a page does all it does on the web: what browsers forbid there is not needed. That its theme and
// its contents work too is asked beside what they do on the web.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { PHONE, open, treeIsBuilt } from "./browser.mjs";
import { PAGES, fileUrl, folder } from "./site.mjs";

/** A page from disk, and nothing to complain of in the end. */
async function fromDisk(t, path, options) {
  const opened = await open(t, options);
  await opened.page.goto(fileUrl(path));
  return opened;
}

/** Whether it stands within the window. */
function inSight(locator) {
  return locator.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return element.checkVisibility() && top < innerHeight && bottom > 0;
  });
}

test("tabs move together, and the choice lasts on the pages to come", async (t) => {
  const { page, complaints } = await fromDisk(t, PAGES.page);
  await page.getByRole("tab", { name: "macOS" }).first().click();
  await page.getByText("Install it on a Mac").waitFor({ state: "visible" });
  assert.equal(await page.getByText("Install it on Windows").isVisible(), false);
  await page.goto(fileUrl(PAGES.second));
  await page.goto(fileUrl(PAGES.page));
  await page.getByText("Install it on a Mac").waitFor({ state: "visible" });
  assert.deepEqual(complaints, []);
});

test("a footnote is shown from its number", async (t) => {
  const { page, complaints } = await fromDisk(t, PAGES.page);
  const note = page.getByText("The note, with a link");
  assert.equal(await inSight(note.first()), false);
  await page.locator(".footnote-ref a").first().click();
  // At the end of the page or beside the number.
  await page.waitForFunction(() => [...document.querySelectorAll("main *")].some((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return element.localName === "p" && element.textContent.startsWith("The note, with a") && element.checkVisibility() && top >= 0 && bottom <= innerHeight;
  }));
  assert.deepEqual(complaints, []);
});

test("a heading's link leads to it", async (t) => {
  const { page } = await fromDisk(t, PAGES.page);
  const link = page.getByRole("link", { name: "Link to Tables" });
  await link.focus();
  await page.keyboard.press("Enter");
  assert.equal(page.url(), `${fileUrl(PAGES.page)}#tables`);
  assert.ok(await inSight(page.getByRole("heading", { name: "Tables" })));
});

test("an answer opens, and is printed at the end", async (t) => {
  const { page, complaints } = await fromDisk(t, PAGES.exercises);
  await page.locator("summary", { hasText: "Whom it serves" }).click();
  await page.getByText("Members, then agents.").waitFor({ state: "visible" });
  await page.emulateMedia({ media: "print" });
  await page.locator(".collected").getByText("Members, then agents.").waitFor({ state: "visible" });
  assert.deepEqual(complaints, []);
});

test("on a phone the menu opens and leads on", async (t) => {
  const { page, complaints } = await fromDisk(t, PAGES.page, { viewport: PHONE });
  await page.getByRole("button", { name: "Menu" }).click();
  await treeIsBuilt(page);
  await page.getByRole("dialog").getByRole("link", { name: "A second page" }).click();
  await page.getByRole("heading", { level: 1, name: "A second page" }).waitFor();
  assert.equal(page.url(), fileUrl(PAGES.second));
  assert.deepEqual(complaints, []);
});

// A book may be built without.
if (existsSync(join(folder(), "search/root.js"))) {
  test("the search finds a section and leads to it", async (t) => {
    const { page, complaints } = await fromDisk(t, PAGES.home);
    await page.keyboard.press("/");
    await page.waitForFunction(() => document.activeElement?.matches("input"));
    await page.keyboard.type("tables", { delay: 20 });
    const result = page.getByRole("dialog").locator("a[href*='every-construct.html#']").first();
    await result.click();
    await page.getByRole("heading", { level: 1, name: "Every construct" }).waitFor();
    assert.ok(page.url().startsWith(`${fileUrl(PAGES.page)}#`));
    assert.deepEqual(complaints, []);
  });
}
