// The items of a checklist are boxes that a reader ticks, by mouse, finger or keyboard, whether scripts run or not.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, open } from "./browser.mjs";
import { PAGES } from "./site.mjs";

const ITEMS = ["Share the screen once, and check the microphone", "Say the parts of a drill aloud"];

for (const scripts of [true, false]) {
  test(`each box has its item's words for a name and can be ticked, scripts ${scripts ? "on" : "off"}`, async (t) => {
    const { page, url } = await open(t, { scripts });
    await page.goto(url(PAGES.exercises));
    const list = page.getByRole("region", { name: "Thirty minutes before" });
    for (const name of ITEMS) {
      const box = list.getByRole("checkbox", { name, exact: true });
      assert.equal(await box.isChecked(), false);
      await box.click();
      assert.equal(await box.isChecked(), true);
      await box.press("Space");
      assert.equal(await box.isChecked(), false);
    }
    assert.equal(await list.getByRole("checkbox").count(), ITEMS.length);
  });
}

test("a box can be hit with a finger, and stays off its text", async (t) => {
  const { page, url } = await open(t, { viewport: PHONE });
  await page.goto(url(PAGES.exercises));
  for (const item of await page.locator(".practice-checklist .task").all()) {
    const [box, words] = await item.evaluate((element) => {
      const range = document.createRange();
      range.selectNodeContents(element.querySelector("input").nextSibling);
      const { width, height, right } = element.querySelector("input").getBoundingClientRect();
      return [{ width, height, right }, range.getClientRects()[0].left];
    });
    assert.ok(box.width >= 16 && box.height >= 16, `${box.width} × ${box.height}`);
    assert.ok(box.right <= words, `${box.right}, ${words}`);
  }
});

test("a link in an item leads on and ticks nothing", async (t) => {
  const { page, url } = await open(t, { scripts: false });
  await page.goto(url(PAGES.exercises));
  await page.getByRole("link", { name: "parts of a drill" }).click();
  assert.equal(new URL(page.url()).hash, "#drill");
  assert.equal(await page.getByRole("checkbox", { checked: true }).count(), 0);
});
