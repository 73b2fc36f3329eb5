// Place on the page, focus, typed words, opened details and chosen tabs are the reader's; an edit leaves them alone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PAGE, RAW, SECOND, mark, open, unreloaded } from "./live.mjs";

/** A table that scripts put a box around, with a field and details in it. */
const TABLE = '<table><tr><td>Name <input name="who"></td><td><details><summary>More</summary>of it</details></td></tr></table>';
const TABS = "::::tabs\n:::tab[One]\nThe first.\n:::\n:::tab[Two]\nThe second.\n:::\n::::";

const chosen = (page) => page.locator(".tabs [aria-selected=true]").allTextContents();

for (const [how, anchoring] of [["the browser keeps places", ""], ["the browser does not", "none"]]) {
  test(`what is being read stays where it is, where ${how}`, async (t) => {
    const { page, edit } = await open(t, { path: SECOND.path });
    await mark(page);
    await page.evaluate((value) => (document.body.style.overflowAnchor = value), anchoring);
    const heading = page.getByRole("heading", { name: "The finest detail" });
    await heading.evaluate((element) => scrollBy(0, element.getBoundingClientRect().top - 300));
    const top = () => heading.evaluate((element) => element.getBoundingClientRect().top);
    const before = await top();
    await edit(SECOND.file, "## Details\n", "## Details\n\nA new paragraph.\n\n- and\n- a list\n", "A new paragraph.");
    await page.waitForTimeout(100);
    assert.ok(Math.abs((await top()) - before) < 1, `${await top()} was ${before}`);
    await edit(SECOND.file, "A new paragraph.\n\n- and\n- a list\n", "Less.", "Less.");
    await page.waitForTimeout(100);
    assert.ok(Math.abs((await top()) - before) < 1, `${await top()} was ${before}`);
    assert.ok(await unreloaded(page));
  });
}

test("what is edited in view does not move what is above it", async (t) => {
  const { page, edit } = await open(t, { path: SECOND.path });
  const heading = page.getByRole("heading", { name: "More details" });
  await heading.evaluate((element) => scrollBy(0, element.getBoundingClientRect().top - 200));
  const before = await page.evaluate(() => scrollY);
  await edit(SECOND.file, "More of the details follow", "Still more of the details follow", "Still more");
  await page.waitForTimeout(100);
  assert.equal(await page.evaluate(() => scrollY), before);
});

test("at the very top, what is new at the top is seen", async (t) => {
  const { page, edit } = await open(t, { path: SECOND.path });
  await edit(SECOND.file, "Something to come back from.", "A new start.\n\nSomething to come back from.", "A new start.");
  assert.equal(await page.evaluate(() => scrollY), 0);
});

test("focus, typed words and their selection", async (t) => {
  const { page, edit } = await open(t, { path: RAW.path });
  await mark(page);
  const field = page.locator("textarea");
  await field.fill("words of the reader");
  await field.evaluate((area) => area.setSelectionRange(6, 8));
  await edit(RAW.file, "## Controls", "An answer above.\n\n## Controls and more", "An answer above.");
  await edit(RAW.file, "<label>Words ", "<label>More words ", "More words");
  assert.deepEqual(
    await field.evaluate((area) => [area === document.activeElement, area.value, area.selectionStart, area.selectionEnd]),
    [true, "words of the reader", 6, 8],
  );
  assert.ok(await unreloaded(page));
});

test("typed words, in a block that is replaced", async (t) => {
  const { page, edit } = await open(t, { path: RAW.path });
  await edit(RAW.file, "## Controls", `${TABLE}\n\n## Controls`, "Name");
  const field = page.locator("input[name=who]");
  await page.getByText("More", { exact: true }).click();
  await field.fill("the reader");
  await field.evaluate((input) => input.setSelectionRange(4, 7));
  await edit(RAW.file, "<td>Name ", "<td>Your name ", "Your name");
  assert.deepEqual(
    await field.evaluate((input) => [input === document.activeElement, input.value, input.selectionStart, input.selectionEnd]),
    [true, "the reader", 4, 7],
  );
  assert.ok(await page.getByText("of it").isVisible());
});

test("opened details stay open, also while their text changes", async (t) => {
  const { page, edit } = await open(t);
  await page.getByText("A model answer").click();
  await edit(PAGE.file, "The answer, with a list:", "The better answer, with a list:", "The better answer");
  await edit(PAGE.file, "A paragraph with", "One paragraph with", "One paragraph with");
  assert.ok(await page.getByText("The better answer").isVisible());
});

test("chosen tabs stay chosen, with a key and without", async (t) => {
  const { page, edit } = await open(t, {
    before: (server) => server.edit(PAGE.file, (text) => text.replace("### Steps", `${TABS}\n\n### Steps`)),
  });
  await mark(page);
  await page.getByRole("tab", { name: "Windows" }).click();
  await page.getByRole("tab", { name: "Two" }).click();
  await edit(PAGE.file, "A paragraph with", "One paragraph with", "One paragraph with");
  assert.deepEqual(await chosen(page), ["Windows", "macOS", "Two"]);
  // A row that gets another tab is made anew.
  await edit(PAGE.file, ":::tab[Two]", ":::tab[Three]\nThe third.\n:::\n:::tab[Two]", "The third.");
  assert.deepEqual(await chosen(page), ["Windows", "macOS", "Two"]);
  await edit(PAGE.file, ":::tab[Windows]", ":::tab[BSD]\nThe fourth.\n:::\n:::tab[Windows]", "The fourth.");
  assert.deepEqual(await chosen(page), ["Windows", "macOS", "Two"]);
  assert.ok(await unreloaded(page));
});

test("a text that is being selected stays selected", async (t) => {
  const { page, edit } = await open(t);
  await page.getByText("What are we building").evaluate((element) => getSelection().selectAllChildren(element));
  await edit(PAGE.file, "A paragraph with", "One paragraph with", "One paragraph with");
  assert.match(await page.evaluate(() => getSelection().toString()), /What are we building/);
});
