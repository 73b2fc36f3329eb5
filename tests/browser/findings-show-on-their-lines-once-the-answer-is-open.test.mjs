// The code of a review gives nothing away until its answer is open; then each finding and decoy has its number on its line,
// which is no part of what is copied.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { PHONE, open } from "./browser.mjs";
import { PAGES } from "./site.mjs";

const source = readFileSync(new URL("book/guide/2-practice/code/refunds.py", import.meta.url), "utf8");

/** What is written beside the lines that have a mark: `line number → mark`. */
function marks(page) {
  return page.locator(".review-code .line").evaluateAll((lines) => Object.fromEntries(lines.flatMap((line) => {
    const seen = [...line.querySelectorAll(".bubble")].filter((bubble) => bubble.checkVisibility());
    return seen.map((bubble) => [line.dataset.line, bubble.dataset.mark]);
  })));
}

const ground = (page, line) => page.locator(`[id="refunds.L${line}"]`).evaluate((element) => getComputedStyle(element).backgroundColor);

async function unfold(page) {
  await page.locator("summary", { hasText: "What to find" }).click();
}

for (const scripts of [true, false]) {
  test(`numbers come and go with the answer, scripts ${scripts ? "on" : "off"}`, async (t) => {
    const { page, url } = await open(t, { scripts });
    await page.goto(url(PAGES.exercises));
    assert.deepEqual(await marks(page), {});
    assert.equal(await ground(page, 7), await ground(page, 4));
    await unfold(page);
    assert.deepEqual(await marks(page), { 6: "D1", 7: "1", 10: "2" });
    assert.notEqual(await ground(page, 7), await ground(page, 4));
    await unfold(page);
    assert.deepEqual(await marks(page), {});
  });
}

for (const viewport of [undefined, PHONE]) {
  test(`a number stands in the margin, over neither number nor code, ${viewport ? "narrow" : "wide"}`, async (t) => {
    const { page, url } = await open(t, { viewport });
    await page.goto(url(PAGES.exercises));
    await unfold(page);
    for (const line of [6, 7, 10]) {
      const [bubble, box, code] = await page.locator(`[id="refunds.L${line}"]`).evaluate((element) => {
        const range = document.createRange();
        const words = [...element.childNodes].find((node) => node.textContent.trim());
        range.selectNodeContents(words);
        return [element.querySelector(".bubble"), element, range].map((thing) => {
          const { left, right, top, bottom } = thing.getBoundingClientRect();
          return { left, right, top, bottom };
        });
      });
      assert.ok(bubble.left >= box.left && bubble.right < code.left, `${bubble.left}-${bubble.right} in ${box.left}-${code.left}`);
      assert.ok(bubble.top >= box.top - 2 && bubble.bottom <= box.bottom + 2, `${bubble.top}-${bubble.bottom} on ${box.top}-${box.bottom}`);
    }
  });
}

test("a number leads to its finding, and the finding back to its line", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.exercises));
  await unfold(page);
  await page.getByRole("link", { name: "Finding 2", exact: true }).click();
  assert.equal(new URL(page.url()).hash, "#refunds-2");
  await page.getByRole("link", { name: "Line 10", exact: true }).click();
  assert.equal(new URL(page.url()).hash, "#refunds.L10");
  await page.getByRole("link", { name: "Decoy 1", exact: true }).click();
  await page.locator(":target", { hasText: "The number is parsed" }).waitFor({ state: "visible" });
});

test("what is copied has no numbers of findings", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.exercises));
  await unfold(page);
  await page.locator(".review-code").getByRole("button", { name: "Copy code" }).click();
  await page.locator(".review-code").getByText("Copied").waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), source.trimEnd());
  await page.locator(".review-code code").evaluate((code) => getSelection().selectAllChildren(code));
  await page.keyboard.press("Control+C");
  assert.equal((await page.evaluate(() => navigator.clipboard.readText())).trimEnd(), source.trimEnd());
});
