// An answer is folded until the reader wants it; a click or a key opens it, with scripts or without.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { PAGES } from "./site.mjs";

/** How each kind of answer is called, and the start of what it says. */
const ANSWERS = {
  "Whom it serves": "Members, then agents.",
  "What to find": "Any member reads what others have paid",
  "Outline of an answer": "Its test takes two accounts",
  "Who was angry, and what did you tell them?": "The manager on leave.",
  "The same story, badly told": "We fixed it all.",
  "Signals to look for": "Contains, scopes with logs",
};

for (const scripts of [true, false]) {
  test(`a click opens and closes it, scripts ${scripts ? "on" : "off"}`, async (t) => {
    const { page, url } = await open(t, { scripts });
    await page.goto(url(PAGES.exercises));
    assert.equal(await page.locator("details.answer[open]").count(), 0);
    for (const [name, text] of Object.entries(ANSWERS)) {
      const summary = page.locator("summary", { hasText: name }).first();
      const said = page.getByText(text).first();
      assert.equal(await said.isVisible(), false, text);
      await summary.click();
      await said.waitFor({ state: "visible" });
      await summary.click();
      await said.waitFor({ state: "hidden" });
    }
  });

  test(`the keyboard comes to it and opens it, scripts ${scripts ? "on" : "off"}`, async (t) => {
    const { page, url } = await open(t, { scripts });
    await page.goto(url(PAGES.exercises));
    const summary = page.locator("summary", { hasText: "Whom it serves" });
    // From the link before it, as a reader would.
    await page.getByRole("main").getByRole("link", { name: "bound value" }).focus();
    for (let press = 0; press < 5 && !(await focused(summary)); press += 1) await page.keyboard.press("Tab");
    assert.ok(await focused(summary));
    const { outlineStyle, outlineWidth } = await summary.evaluate((element) => getComputedStyle(element));
    assert.ok(outlineStyle !== "none" && outlineWidth !== "0px", "the focus can be seen");
    await page.keyboard.press("Enter");
    await page.getByText("Members, then agents.").waitFor({ state: "visible" });
    await page.keyboard.press("Space");
    await page.getByText("Members, then agents.").waitFor({ state: "hidden" });
  });
}

function focused(locator) {
  return locator.evaluate((element) => element === document.activeElement);
}
