// Print has the text alone, in light colours, with answers and tabs open and addresses shown.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { PAGES } from "./site.mjs";

async function onPaper(t) {
  const opened = await open(t, { theme: "dark" });
  await opened.page.goto(opened.url(PAGES.page));
  await opened.page.getByLabel("Theme").selectOption("Dark");
  await opened.page.emulateMedia({ media: "print" });
  return opened;
}

test("colours are light, whatever was chosen", async (t) => {
  const { page } = await onPaper(t);
  const colours = await page.evaluate(() => [getComputedStyle(document.documentElement).backgroundColor, getComputedStyle(document.body).color]);
  assert.deepEqual(colours, ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]);
});

test("answers and tabs are open, navigation is gone", async (t) => {
  const { page } = await onPaper(t);
  for (const text of ["The answer, with a list", "Install it on a Mac", "Install it on Windows"]) {
    assert.ok((await page.getByText(text).boundingBox()).height > 0, text);
    assert.ok(await page.getByText(text).evaluate((element) => element.checkVisibility({ contentVisibilityAuto: true })), text);
  }
  for (const selector of [".site-header", ".sidebar", ".outline", ".pager", ".site-footer", ".copy", ".tab-row"]) {
    assert.equal(await page.locator(selector).first().isVisible(), false, selector);
  }
});

test("an external link shows its address, one within the book does not", async (t) => {
  const { page } = await onPaper(t);
  const after = (name) => page.getByRole("main").getByRole("link", { name }).first().evaluate((link) => getComputedStyle(link, "::after").content);
  assert.match(await after("external link"), /example\.org/);
  assert.equal(await after("link to a page"), "none");
});

test("long lines of code are wrapped, none is cut off", async (t) => {
  const { page } = await onPaper(t);
  await page.setViewportSize({ width: 700, height: 900 });
  const cut = await page.locator(".content pre").evaluateAll((all) => all.filter((pre) => pre.scrollWidth > pre.clientWidth + 1).length);
  assert.equal(cut, 0);
});
