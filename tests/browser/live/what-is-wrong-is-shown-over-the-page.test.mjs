// Mistakes are listed as the terminal lists them, over a page that stays in use; they go when they are mended.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { PAGE, RAW, SECOND, mark, open, panel, unreloaded } from "./live.mjs";

const WRONG = ["A paragraph with", "A [bad link](nowhere.md) and a paragraph with"];
const RIGHT = [WRONG[1], WRONG[0]];
const chip = (page) => page.locator("prepbook-live .chip");

test("an error opens the panel with code, place and frame, and goes when it is mended", async (t) => {
  const { page, edit, complaints } = await open(t);
  await mark(page);
  assert.equal(await panel(page).isVisible(), false);
  await edit(PAGE.file, ...WRONG);
  await panel(page).waitFor();
  assert.equal(await panel(page).getByRole("heading").innerText(), "1 error");
  assert.match(await panel(page).locator(".what").innerText(), /^error\s+link\/missing-page\s+\S*1-every-construct\.md:10:14$/);
  assert.match(await panel(page).locator(".message").innerText(), /there is no page `.*nowhere\.md`/);
  assert.match(await panel(page).locator("pre").innerText(), /\n +\| +\^+(\n|$)/);
  await panel(page).getByText("This page is shown as it was before the mistake.").waitFor();
  await page.locator("prepbook-live .speaker", { hasText: "1 error in the book" }).waitFor({ state: "attached" });
  assert.ok(await page.locator(".content").getByText("A paragraph with").isVisible(), "the page is still there");
  await edit(PAGE.file, ...RIGHT);
  await panel(page).waitFor({ state: "hidden" });
  assert.equal(await chip(page).isVisible(), false);
  assert.ok(await unreloaded(page));
  assert.deepEqual(complaints, []);
});

test("the page beneath stays in use, and keeps the focus", async (t) => {
  const { page, edit } = await open(t, { path: RAW.path });
  const field = page.locator("textarea");
  await field.focus();
  await page.keyboard.type("one ");
  await edit(PAGE.file, ...WRONG);
  await panel(page).waitFor();
  await page.keyboard.type("two");
  assert.equal(await field.inputValue(), "one two");
  await page.mouse.move(700, 200);
  await page.mouse.wheel(0, 300);
  await page.waitForFunction(() => scrollY > 0);
  assert.equal(await panel(page).getByText("This page is shown").isVisible(), false, "this page has no mistake");
  const { height } = await panel(page).boundingBox();
  assert.ok(height <= 900 * 0.45 + 1);
  await page.getByRole("link", { name: "Reading", exact: true }).first().click();
  await page.waitForURL(/reading\/index\.html$/);
});

test("it closes on Escape, stays closed until there is something new, and a button brings it back", async (t) => {
  const { page, edit, url } = await open(t);
  await edit(PAGE.file, ...WRONG);
  await panel(page).waitFor();
  await page.keyboard.press("Escape");
  await panel(page).waitFor({ state: "hidden" });
  assert.equal(await chip(page).innerText(), "1 error");
  await page.goto(url(SECOND.path));
  await chip(page).waitFor();
  assert.equal(await panel(page).isVisible(), false, "on the next page, too");
  await edit(RAW.file, "What an author can write", "What an [author](nobody.md) can write");
  await panel(page).waitFor();
  assert.equal(await panel(page).getByRole("heading").innerText(), "2 errors");

  await panel(page).getByRole("button", { name: "Close" }).click();
  await chip(page).waitFor();
  // Fewer mistakes, or the same ones elsewhere, are nothing new.
  await edit(RAW.file, "# Raw HTML", "\n\n# Raw HTML", null);
  await page.waitForTimeout(300);
  await edit(PAGE.file, ...RIGHT);
  await chip(page).getByText("1 error").waitFor();
  assert.equal(await panel(page).isVisible(), false);
  await edit(PAGE.file, ...WRONG);
  await panel(page).waitFor();
  await page.keyboard.press("Escape");
  await chip(page).focus();
  await page.keyboard.press("Enter");
  await panel(page).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.textContent), "Close");
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.textContent), "2 errors");
});

test("Escape in the panel gives the focus back to where it was", async (t) => {
  const { page, edit } = await open(t, { path: RAW.path });
  await edit(PAGE.file, ...WRONG);
  await panel(page).waitFor();
  await page.locator("textarea").focus();
  await panel(page).getByRole("button", { name: "Close" }).focus();
  await page.keyboard.press("Escape");
  assert.ok(await page.locator("textarea").evaluate((area) => area === document.activeElement));
});

test("Escape that closes something of the page leaves the panel open", async (t) => {
  const { page, edit } = await open(t, { viewport: { width: 360, height: 740 } });
  await page.getByRole("button", { name: "Menu" }).click();
  await edit(PAGE.file, ...WRONG);
  await panel(page).waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".drawer").waitFor({ state: "hidden" });
  assert.ok(await panel(page).isVisible());
  await page.keyboard.press("Escape");
  await panel(page).waitFor({ state: "hidden" });
});

test("Tab leads to it", async (t) => {
  const { page, edit } = await open(t);
  await edit(PAGE.file, ...WRONG);
  await panel(page).waitFor();
  await page.locator(".site-footer a").last().focus();
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.shadowRoot?.activeElement?.textContent), "Close");
});

test("warnings alone show a button that opens the list", async (t) => {
  const { page, edit } = await open(t);
  await mark(page);
  await edit(PAGE.file, "A paragraph with", "A [reference][nowhere] and a paragraph with", "reference");
  await chip(page).waitFor();
  assert.equal(await chip(page).innerText(), "1 warning");
  assert.equal(await panel(page).isVisible(), false);
  await chip(page).click();
  assert.match(await panel(page).innerText(), /warning\s+link\/undefined-reference/);
  await edit(PAGE.file, "A [reference][nowhere] and a paragraph with", "A paragraph with", "A paragraph with");
  await panel(page).waitFor({ state: "hidden" });
  assert.equal(await chip(page).isVisible(), false);
  assert.ok(await unreloaded(page));
});

test("what the author wrote is shown as text", async (t) => {
  const { page, edit, complaints } = await open(t);
  await edit(PAGE.file, "A paragraph with", "A [link](<img src=x onerror=alert(1)>.md) [worse](%3Cb%3E.md) with", null);
  await panel(page).waitFor();
  assert.equal(await panel(page).locator("img, b").count(), 0);
  assert.deepEqual(complaints, []);
});

for (const theme of ["light", "dark"]) {
  for (const width of [360, 1280]) {
    test(`axe has nothing to say about it, ${theme}, ${width} wide; nothing sticks out`, async (t) => {
      const { page, edit } = await open(t, { theme, viewport: { width, height: 740 } });
      await edit(PAGE.file, "A paragraph with", "A [bad link](nowhere.md), a [reference][nowhere] with", null);
      await panel(page).waitFor();
      await page.emulateMedia({ reducedMotion: "reduce" });
      const results = async () => {
        await page.evaluate(readFileSync(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf8"));
        const { violations } = await page.evaluate(() => globalThis.axe.run());
        return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
      };
      assert.deepEqual(await results(), []);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
      await page.keyboard.press("Escape");
      assert.deepEqual(await results(), []);
    });
  }
}
