// A page to print has copies of exercises, which are paper: no clock starts there, no card is graded, no line is marked, and what
// is ticked there is ticked nowhere else.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { PAGES } from "./site.mjs";

const PRINTS = ["printBook", "printCram", "printChecklists", "printStories", "printInterviewer"];

for (const print of PRINTS) {
  test(print, async (t) => {
    const { page, url, complaints } = await open(t);
    await page.goto(url(PAGES.exercises));
    await page.locator("#refunds").getByRole("button", { name: "Start the clock" }).click();
    await page.locator("#before input").first().check();
    await page.goto(url(PAGES[print]));
    const before = await page.evaluate(() => JSON.stringify(localStorage));
    assert.equal(await page.locator(":is(.clock, .deck, .keeping):visible").count(), 0);
    assert.equal(await page.locator(".clock-panel, .hunt, [role=option], .grades, .fixed-diff").count(), 0);
    await page.locator(".answer").evaluateAll((answers) => answers.forEach((answer) => (answer.open = true)));
    for (const box of await page.locator(".task input:enabled").all()) await box.check();
    assert.equal(await page.locator(".grades, .progress, .gone").count(), 0);
    assert.equal(await page.title().then((title) => /^\d+:\d/.test(title)), false);
    assert.equal(await page.evaluate(() => JSON.stringify(localStorage)), before);
    assert.deepEqual(complaints, []);
  });
}
