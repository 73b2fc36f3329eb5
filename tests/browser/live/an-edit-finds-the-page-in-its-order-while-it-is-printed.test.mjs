// While a page is being printed its answers stand at the end. An edit that comes meanwhile is made to the page as it was sent,
// and no reload interrupts the printing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { mark, open, unreloaded } from "./live.mjs";

const EXERCISES = { file: "guide/2-practice/3-every-kind.md", path: "practice/every-kind.html" };

for (const [how, begin, end] of [
  ["in a dialogue", (page) => page.evaluate(() => void dispatchEvent(new Event("beforeprint"))), (page) => page.evaluate(() => void dispatchEvent(new Event("afterprint")))],
  ["by its medium", (page) => page.emulateMedia({ media: "print" }), (page) => page.emulateMedia({ media: "screen" })],
]) {
  test(`an answer, one more of them and what stands between them are edited, ${how}`, async (t) => {
    const { page, edit, complaints } = await open(t, { path: EXERCISES.path });
    await mark(page);
    await begin(page);
    await page.locator(".collected").waitFor({ state: "attached" });
    await edit(EXERCISES.file, "Members, then agents.", "Members first.\n\nThen agents.", "Members first.");
    await edit(EXERCISES.file, "## Drill", ":::answer[A third]\nOne more.\n:::\n\n## Drill", "One more.");
    await edit(EXERCISES.file, "What would you ask first?", "What would you ask?", "What would you ask?");
    await edit(EXERCISES.file, "[Whom it `serves`]", "[Whom it is for]", "Whom it is for");
    const last = page.locator(".collected > h3");
    assert.equal(await last.count(), 12, "they are collected again");
    assert.equal(await page.locator(".content:not(.collected) .answer").count(), 0);
    await end(page);
    await page.locator(".collected").waitFor({ state: "detached" });
    assert.deepEqual(await page.locator(".content > .answer").evaluateAll((all) => all.map((answer) => answer.innerText.trim() && answer.querySelector("summary").textContent.trim())),
      ["Answer Whom it is for", "Answer", "Answer A third"]);
    assert.equal(await page.locator(".at-end").count(), 0);
    await page.locator("summary", { hasText: "Whom it is for" }).click();
    assert.ok(await page.getByText("Members first.").isVisible() && await page.getByText("Then agents.").isVisible());
    assert.equal(await page.locator(".answer").count(), 12);
    assert.ok(await unreloaded(page));
    assert.deepEqual(complaints, []);
  });
}
