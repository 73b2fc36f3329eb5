// Code leaves the page as its author wrote it: no numbers, no signs from the margin, no prompts.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { PHONE, open } from "./browser.mjs";
import { PAGES } from "./site.mjs";

const source = readFileSync(new URL("book/guide/1-reading/1-every-construct.md", import.meta.url), "utf8");

/** The text of the fence that opens with this line. */
function fence(opening) {
  const start = source.indexOf("```" + opening);
  assert.notEqual(start, -1, opening);
  return source.slice(source.indexOf("\n", start) + 1, source.indexOf("\n```", start));
}

function block(page, text) {
  return page.locator(".code").filter({ hasText: text });
}

async function copied(page, text) {
  const code = block(page, text);
  await code.hover();
  await code.getByRole("button", { name: "Copy code" }).click();
  await code.getByText("Copied").waitFor();
  return page.evaluate(() => navigator.clipboard.readText());
}

test("the button takes the text alone, and says so", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.page));
  assert.equal(await copied(page, "Account.java"), fence("java"));
  assert.equal(await copied(page, "escape(value)"), fence("javascript"));
  assert.equal(await copied(page, "The short comment"), fence("python\n"));
  await page.getByRole("status").filter({ hasText: "Code copied" }).waitFor();
});

test("from a recorded session it takes the commands", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.page));
  assert.equal(await copied(page, "built 9 pages"), "prepbook build\nprepbook check");
});

test("what is selected by hand has no numbers and no extra lines either", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.page));
  await block(page, "Account.java").locator("code").evaluate((code) => getSelection().selectAllChildren(code));
  await page.keyboard.press("Control+C");
  const text = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(text.trimEnd(), fence("java"));
});

test("where the clipboard's newer interface is missing the older one serves", async (t) => {
  const init = () => Object.defineProperty(Navigator.prototype, "clipboard", { value: undefined });
  const { page, another, url } = await open(t, { init });
  await page.goto(url(PAGES.page));
  const code = block(page, "escape(value)");
  await code.hover();
  await code.getByRole("button", { name: "Copy code" }).click();
  await code.getByText("Copied").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.className), "copy");
  const paper = await another();
  await paper.goto("about:blank");
  await paper.setContent("<textarea></textarea>");
  await paper.locator("textarea").press("Control+V");
  assert.equal(await paper.locator("textarea").inputValue(), fence("javascript"));
});

test("a reader with a keyboard or a finger finds the button too", async (t) => {
  const { page, url } = await open(t, { viewport: PHONE });
  await page.goto(url(PAGES.page));
  const button = block(page, "The short comment").getByRole("button");
  await button.focus();
  assert.equal(await button.evaluate((element) => getComputedStyle(element).opacity), "1");
});
