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
  const language = await page.locator("prepbook-live").evaluate((host) => [host.lang, host.dir]);
  assert.deepEqual(language, ["en", "ltr"], "messages are English in every book");
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
  assert.equal(await chip(page).innerText(), "1 error · page as before");
  await page.goto(url(SECOND.path));
  await chip(page).waitFor();
  assert.equal(await chip(page).innerText(), "1 error");
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
  await panel(page).waitFor();
  await page.keyboard.press("Escape");
  await panel(page).waitFor({ state: "hidden" });
});

test("Tab leads to it", async (t) => {
  const { page, edit } = await open(t);
  await edit(PAGE.file, ...WRONG);
  await panel(page).waitFor();
  await page.locator(".site-footer a").last().focus();
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.shadowRoot?.activeElement?.textContent), "Show it as it is");
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

test("a page that is held back can be seen as it is, and is held back again when all is mended", async (t) => {
  const { page, edit, server } = await open(t);
  await edit(PAGE.file, ...WRONG);
  await panel(page).getByRole("button", { name: "Show it as it is" }).click();
  await page.locator(".content").getByText("bad link").waitFor();
  await panel(page).getByText("Pages are shown with their mistakes.").waitFor();
  await edit(PAGE.file, "bad link", "worse link", "worse link");
  await panel(page).getByRole("button", { name: "Show them as before" }).click();
  await page.locator(".content").getByText("A paragraph with").waitFor();
  await panel(page).getByRole("button", { name: "Show it as it is" }).click();
  await page.locator(".content").getByText("worse link").waitFor();
  await edit(PAGE.file, "A [worse link](nowhere.md) and a paragraph with", "A paragraph with", "A paragraph with");
  await panel(page).waitFor({ state: "hidden" });
  await edit(PAGE.file, ...WRONG);
  await panel(page).getByText("This page is shown as it was before the mistake.").waitFor();
  assert.equal(await page.locator(".content").getByText("bad link").count(), 0);
  await server.edit(PAGE.file, (text) => text.replace(...RIGHT));
});

test("a page that is loaded once all is mended holds the next mistake back", async (t) => {
  const { page, edit } = await open(t);
  await page.evaluate(() => void (document.cookie = "prepbook-newest=1; path=/; samesite=strict"));
  await page.reload();
  await page.waitForFunction(() => !document.cookie.includes("prepbook-newest"));
  await edit(PAGE.file, ...WRONG);
  await panel(page).getByText("This page is shown as it was before the mistake.").waitFor();
});

test("this page's mistakes come first, others lead to their pages, and the end of the page can be reached", async (t) => {
  const { page, edit } = await open(t, { path: RAW.path });
  await edit(PAGE.file, ...WRONG);
  await edit(RAW.file, "What an author can write", "What an [author](nobody.md) can write");
  await panel(page).getByText("2 errors").waitFor();
  assert.match(await panel(page).locator(".problem").first().innerText(), /3-raw-html\.md/);
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  const footer = await page.locator(".site-footer").boundingBox();
  const box = await panel(page).boundingBox();
  assert.ok(footer.y + footer.height <= box.y + 1, `${footer.y + footer.height} ${box.y}`);
  await panel(page).getByRole("link", { name: /1-every-construct/ }).click();
  await page.waitForURL(/every-construct\.html$/);
});

test("a mistake that is being typed does not come back at every save once it was closed", async (t) => {
  const { page, edit } = await open(t);
  await edit(PAGE.file, "A paragraph with", "A [link](n) and a paragraph with");
  await panel(page).waitFor();
  await page.keyboard.press("Escape");
  for (const [before, after] of [["(n)", "(no)"], ["(no)", "(nowh)"], ["(nowh)", "(nowhere.md)"]]) {
    await edit(PAGE.file, before, after);
    await page.waitForTimeout(150);
    assert.equal(await panel(page).isVisible(), false);
  }
});

test("where the whole book stays as it was, every page says so", async (t) => {
  const { page, edit } = await open(t, { path: SECOND.path });
  await edit("book.toml", "[book]", "[book");
  await panel(page).getByText("This page is shown as it was before the mistake.").waitFor();
  await edit("book.toml", "[book", "[book]");
  await panel(page).waitFor({ state: "hidden" });
});
