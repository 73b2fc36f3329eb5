// Boxes that scroll sideways can be scrolled with the keyboard; boxes that fit cost no key press.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, open } from "./browser.mjs";
import { PAGES } from "./site.mjs";

function boxes(page) {
  return page.locator(".content pre:visible, .content .table:visible").evaluateAll((all) =>
    all.map((box) => ({ wide: box.scrollWidth > box.clientWidth, stop: box.tabIndex === 0, named: box.hasAttribute("aria-label") })));
}

test("exactly the boxes that overflow are stops, and have a name", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.page));
  const onDesk = await boxes(page);
  assert.ok(onDesk.some(({ wide }) => wide) && onDesk.some(({ wide }) => !wide));
  for (const { wide, stop, named } of onDesk) assert.deepEqual([stop, named], [wide, wide]);

  await page.setViewportSize(PHONE);
  await page.waitForFunction((count) => document.querySelectorAll(".content [role=group]").length > count, onDesk.filter(({ wide }) => wide).length);
  for (const { wide, stop, named } of await boxes(page)) assert.deepEqual([stop, named], [wide, wide]);
});

test("a table of raw HTML gets the same box, and stays a table", async (t) => {
  const { page, url } = await open(t, { viewport: PHONE });
  await page.goto(url(PAGES.raw));
  const wide = page.getByRole("group", { name: "Table, scrolls sideways" }).first();
  await wide.focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction((box) => box.scrollLeft > 0, await wide.elementHandle());
  assert.equal(await wide.getByRole("columnheader").count(), 3);
  for (const { wide, stop, named } of await boxes(page)) assert.deepEqual([stop, named], [wide, wide]);
});
