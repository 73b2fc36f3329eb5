// What folds and what refers works without scripts: notes lead there and back, details open, and paper has everything.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { PAGES } from "./site.mjs";

async function withoutScripts(t) {
  const opened = await open(t, { scripts: false });
  await opened.page.goto(opened.url(PAGES.page));
  return opened;
}

test("a footnote leads to its note, and the note back", async (t) => {
  const { page } = await withoutScripts(t);
  const target = () => page.evaluate(() => {
    const { top, bottom } = document.querySelector(":target").getBoundingClientRect();
    return { id: document.querySelector(":target").id, seen: top >= 0 && bottom <= innerHeight };
  });
  await page.locator(".footnote-ref a").first().click();
  assert.deepEqual(await target(), { id: "Fn-one", seen: true });
  await page.getByRole("link", { name: "Back to reference 1" }).click();
  assert.deepEqual(await target(), { id: "Fnref-one", seen: true });
});

test("details open and close", async (t) => {
  const { page } = await withoutScripts(t);
  const text = page.getByText("The answer, with a list");
  assert.equal(await text.isVisible(), false);
  await page.getByText("A model answer").click();
  await text.waitFor({ state: "visible" });
  await page.getByText("A model answer").click();
  await text.waitFor({ state: "hidden" });
});

test("on paper details are open, tabs stand one below the other, and navigation is gone", async (t) => {
  const { page } = await withoutScripts(t);
  await page.emulateMedia({ media: "print" });
  for (const text of ["The answer, with a list", "Install it with the package manager", "Install it on a Mac", "Install it on Windows"]) {
    const said = page.getByText(text).first();
    assert.ok(await said.evaluate((element) => element.checkVisibility({ contentVisibilityAuto: true })), text);
    assert.ok((await said.boundingBox()).height > 0, text);
  }
  for (const selector of [".site-header", ".sidebar", ".outline", ".pager", ".site-footer"]) {
    assert.equal(await page.locator(selector).first().isVisible(), false, selector);
  }
  assert.ok((await page.pdf()).length > 10_000);
});
