// Once the answer of a review is open, what its fixed version changes stands below it, as lines that go and lines that come; from a
// disk, where pages cannot read each other, the link to it is there as ever.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { PAGES, fileUrl } from "./site.mjs";

const lines = (page, kind) => page.locator(`.fixed-diff .${kind}`).evaluateAll((all) => all.map((line) => line.textContent.trim()));

test("on the web", async (t) => {
  const { page, url, complaints } = await open(t);
  await page.goto(url(PAGES.exercises));
  assert.equal(await page.locator(".fixed-diff").count(), 0);
  await page.locator("#refunds summary", { hasText: "What to find" }).click();
  await page.getByText("What the fixed version changes").waitFor();
  const [gone, come] = [await lines(page, "del"), await lines(page, "ins")];
  assert.ok(gone.includes("ledger.pay(request.form[\"account\"], amount)"), gone.join("\n"));
  assert.ok(come.some((line) => line.includes("id = ?")), come.join("\n"));
  assert.equal(await page.locator(".fixed-diff .bubble").count(), 0);
  assert.ok(await page.locator(".fixed-diff .ins .f, .fixed-diff .ins .s").count(), "in colour");
  assert.deepEqual(complaints, []);
});

test("from a disk", async (t) => {
  const { page, complaints } = await open(t);
  await page.goto(fileUrl(PAGES.exercises));
  await page.locator("#refunds summary", { hasText: "What to find" }).click();
  await page.getByRole("link", { name: "refunds_fixed.py" }).waitFor();
  assert.equal(await page.locator(".fixed-diff").count(), 0);
  assert.deepEqual(complaints, []);
});
