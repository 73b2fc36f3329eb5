// Whoever follows a link to something that is folded away sees it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { PAGES } from "./site.mjs";

const TITLE = "The account is the caller's choice";

for (const scripts of [true, false]) {
  test(`from outside, scripts ${scripts ? "on" : "off"}`, async (t) => {
    const { page, url } = await open(t, { scripts });
    await page.goto(url(PAGES.exercises) + "#refunds-2");
    await shown(page);
    assert.equal(await page.locator("details.answer[open]").count(), 1, "and nothing else is opened");
  });

  test(`from the page itself, scripts ${scripts ? "on" : "off"}`, async (t) => {
    const { page, url } = await open(t, { scripts });
    await page.goto(url(PAGES.exercises));
    assert.equal(await page.getByText(TITLE).isVisible(), false);
    await page.goto(url(PAGES.exercises) + "#refunds-2");
    await shown(page);
  });
}

test("a calculation in a drill's answer is found the same way", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.exercises) + "#per-hour");
  await page.getByText("In a drill's answer").waitFor({ state: "visible" });
  assert.equal(await page.locator("details.answer[open]").count(), 1);
});

/** Folded out, and in the window, clear of the header. */
async function shown(page) {
  const title = page.getByText(TITLE);
  await title.waitFor({ state: "visible" });
  await page.waitForFunction((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top > 40 && bottom < innerHeight;
  }, await title.elementHandle());
}
