// Who has the address of a run gets its questions, from the web as from a disk; another address draws others; and without scripts
// those that may be drawn can be read.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { PAGES, fileUrl } from "./site.mjs";

async function questions(page, address) {
  await page.goto(address);
  const screen = page.locator("#drawn-screen");
  await screen.getByRole("button", { name: "Start the clock" }).click();
  const asked = await screen.locator(".script-question").allTextContents();
  await screen.getByRole("button", { name: "Forget it" }).click();
  return asked;
}

test("the same address, the same questions", async (t) => {
  const { page, url, complaints } = await open(t);
  const spring = await questions(page, url(PAGES.screen) + "?seed=spring");
  assert.equal(spring.length, 2);
  assert.deepEqual(await questions(page, fileUrl(PAGES.screen) + "?seed=spring"), spring);
  const others = [];
  for (const seed of ["a", "b", "c", "d", "e", "f"]) others.push((await questions(page, url(PAGES.screen) + "?seed=" + seed)).join());
  assert.ok(new Set(others).size > 1);
  assert.deepEqual(complaints, []);
});

test("a link draws others, and the day is a name as well", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.screen));
  await page.getByText(/^This run: \d{4}-\d\d-\d\d$/).waitFor();
  await page.getByRole("link", { name: "Draw others" }).click();
  await page.waitForURL(/\?seed=\w+#drawn-screen$/);
  const { searchParams } = new URL(page.url());
  await page.getByText(`This run: ${searchParams.get("seed")}`).waitFor();
});

test("without scripts", async (t) => {
  const { page, url } = await open(t, { scripts: false });
  await page.goto(url(PAGES.screen));
  await page.locator(".pool summary").first().click();
  assert.ok(await page.locator(".pool").first().getByRole("link", { name: "Where do you draw trust boundaries?" }).isVisible());
  assert.ok(await page.locator(".pool").first().getByText("Which boundary would you test first?").isVisible());
  assert.equal(await page.locator(".simulator").isVisible(), false);
});
