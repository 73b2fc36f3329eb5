// A style sheet of the book's own changes the tokens of the screen: readers who ask for more contrast, and paper, keep theirs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { PAGES } from "./site.mjs";

/** A sheet as `additional-css` would bring it: behind the theme's, with the plain selector that the manual shows. */
async function branded(page) {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(":root { --paper: #ffe4b5; --ink: #553311; --rubric: #cc6600; --measure: 20rem; --text-m: 2rem }");
    document.adoptedStyleSheets = [sheet];
  });
}

const tokens = (page) => page.evaluate(() => {
  const style = getComputedStyle(document.documentElement);
  return [style.backgroundColor, style.color, style.getPropertyValue("--measure"), style.getPropertyValue("--text-m")];
});

test("on the screen they are the book's", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.page));
  await branded(page);
  assert.deepEqual((await tokens(page)).slice(0, 1), ["rgb(255, 228, 181)"]);
});

for (const theme of ["light", "dark"]) {
  test(`who asks the system for more contrast has it (${theme})`, async (t) => {
    const { page, url } = await open(t, { theme, contrast: "more" });
    await page.goto(url(PAGES.page));
    const before = (await tokens(page)).slice(0, 2);
    await branded(page);
    assert.deepEqual((await tokens(page)).slice(0, 2), before);
    assert.equal(before[0], theme === "light" ? "rgb(255, 255, 255)" : "rgb(0, 0, 0)");
  });
}

test("and so has who chooses it on the page", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.page));
  await branded(page);
  await page.evaluate(() => { document.documentElement.dataset.theme = "contrast"; });
  assert.equal((await tokens(page))[0], "rgb(255, 255, 255)");
});

test("paper is white, whatever was chosen", async (t) => {
  const { page, url } = await open(t, { theme: "dark" });
  await page.goto(url(PAGES.page));
  for (const theme of ["dark", "contrast", "light"]) {
    await page.evaluate((theme) => { document.documentElement.dataset.theme = theme; }, theme);
    await branded(page);
    await page.emulateMedia({ media: "print" });
    const [paper, , measure, size] = await tokens(page);
    assert.deepEqual([paper, measure, size], ["rgb(255, 255, 255)", "none", "10.5pt"], theme);
    await page.emulateMedia({ media: "screen" });
  }
});
