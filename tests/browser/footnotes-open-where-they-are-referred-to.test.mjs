// A footnote opens at its reference, by pointer and by keyboard, closes on Escape and gives the focus back. Without scripts
// the reference leads to the foot of the page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LAPTOP, PHONE, open } from "./browser.mjs";
import { PAGES } from "./site.mjs";

const place = (page) => page.evaluate(() => scrollY);

for (const [name, viewport] of Object.entries({ wide: LAPTOP, phone: PHONE })) {
  test(`the note is shown and the page stays where it is: ${name}`, async (t) => {
    const { page, url, complaints } = await open(t, { viewport });
    await page.goto(url(PAGES.page));
    const reference = page.locator(".footnote-ref a").first();
    await reference.scrollIntoViewIfNeeded();
    const before = await place(page);
    const words = (await page.locator(".footnotes li").first().innerText()).replace(/↩/g, "").trim();

    await reference.click();
    const box = page.getByRole("dialog", { name: "Footnote 1" });
    assert.ok((await box.innerText()).includes(words));
    assert.equal(await reference.getAttribute("aria-expanded"), "true");
    assert.equal(await place(page), before);
    assert.ok(!page.url().includes("#"), "the address is the page's");
    const shown = await box.boundingBox();
    assert.ok(shown.x >= 0 && shown.x + shown.width <= viewport.width, "within the window");
    assert.ok(shown.y >= 0 && shown.y + shown.height <= viewport.height, "within the window");

    await reference.click();
    await box.waitFor({ state: "detached" });
    await reference.and(page.locator('[aria-expanded="false"]')).waitFor();
    assert.deepEqual(complaints, []);
  });
}

test("by keyboard: Enter or space opens it, Escape closes it, and the focus is where it was", async (t) => {
  const { page, url } = await open(t, { viewport: LAPTOP });
  await page.goto(url(PAGES.page));
  const reference = page.locator(".footnote-ref a").first();
  for (const key of ["Enter", "Space"]) {
    await reference.focus();
    await page.keyboard.press(key);
    const box = page.getByRole("dialog", { name: "Footnote 1" });
    await box.waitFor();
    assert.ok(await box.evaluate((element) => element === document.activeElement), key);
    await page.keyboard.press("Escape");
    await box.waitFor({ state: "detached" });
    assert.ok(await reference.evaluate((element) => element === document.activeElement), key);
  }
});

test("no id stands twice while a note is open", async (t) => {
  const { page, url } = await open(t, { viewport: LAPTOP });
  await page.goto(url(PAGES.page));
  await page.locator(".footnote-ref a").first().click();
  const ids = await page.locator("[id]").evaluateAll((all) => all.map(({ id }) => id));
  assert.equal(new Set(ids).size, ids.length);
});

test("without scripts the reference leads to the note", async (t) => {
  const { page, url } = await open(t, { viewport: LAPTOP, scripts: false });
  await page.goto(url(PAGES.page));
  await page.locator(".footnote-ref a").first().click();
  assert.match(page.url(), /#Fn-/);
});
