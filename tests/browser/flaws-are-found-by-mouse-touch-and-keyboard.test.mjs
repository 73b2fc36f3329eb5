// While a review's clock runs its lines can be marked, by mouse, finger or keyboard, with a class and a severity; then what was
// found, missed and marked for nothing stands beside what there is to find, and the scores of before are there. Until the clock
// runs, and for whoever runs no scripts, the review is as it was.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, open } from "./browser.mjs";
import { PAGES, fileUrl } from "./site.mjs";

const REVIEW = "#refunds";
const NOON = new Date("2026-11-26T12:00:00");

async function started(t, { from = "the web", ...options } = {}) {
  const opened = await open(t, options);
  const { page, url } = opened;
  await page.clock.install({ time: NOON });
  await page.goto((from === "disk" ? fileUrl : url)(PAGES.exercises));
  await page.clock.pauseAt(new Date(NOON.getTime() + 10_000));
  const review = page.locator(REVIEW);
  await review.getByRole("button", { name: "Start the clock" }).click();
  return {
    ...opened,
    review,
    line: (number) => review.locator(`.line[data-line="${number}"]`),
    marked: () => review.locator('[role="option"][aria-selected="true"]').evaluateAll((lines) => lines.map(({ dataset }) => Number(dataset.line))),
    done: () => review.getByRole("button", { name: "Done" }).click(),
  };
}

for (const from of ["the web", "disk"]) {
  test(`by mouse, from ${from}`, async (t) => {
    const { page, review, line, marked, done, complaints } = await started(t, { from });
    await page.clock.runFor(80_000);
    await line(7).click();
    await page.clock.runFor(20_000);
    await line(6).click();
    await line(3).click();
    await line(4).click();
    await line(4).click();
    assert.deepEqual(await marked(), [3, 6, 7]);
    await review.getByLabel("Class of line 7").selectOption("Injection");
    await review.getByLabel("Severity of line 7").selectOption("Low");
    await page.reload();
    await page.clock.runFor(1000);
    assert.deepEqual(await marked(), [3, 6, 7], "they last as the clock does");
    assert.equal(await review.getByLabel("Class of line 7").inputValue(), "injection");

    await done();
    const verdict = review.locator(".verdict");
    await verdict.getByText("1 of 2 found, 2 false alarms. The first after 1:20.").waitFor();
    await verdict.getByText("Of 1 found: class right 1, severity right 0.").waitFor();
    await verdict.getByText("Line 3: nothing is known to be wrong here.").waitFor();
    await verdict.getByText("Line 6: looks wrong, and is fine; why stands below.").waitFor();
    const parts = review.locator(".findings > li");
    assert.match(await parts.nth(0).innerText(), /Found after 1:20, class right, another severity/);
    assert.match(await parts.nth(1).innerText(), /Missed/);
    assert.match(await parts.nth(2).innerText(), /You marked it/);
    assert.ok(await review.getByText("The order is part of the query").isVisible());
    assert.ok(await line(7).locator(".bubble").isVisible());
    await review.locator(".clock").getByText(/You took 1:4\d, of 10:00\. 1 of 2 found, 2 false alarms\./).waitFor();

    await review.locator("summary", { hasText: "What to find" }).click();
    await review.getByRole("button", { name: "Start the clock" }).click();
    assert.equal(await verdict.count(), 0);
    assert.deepEqual(await marked(), []);
    await line(10).click();
    await line(8).click();
    await page.clock.runFor(1000);
    await done();
    await verdict.getByText("2 of 2 found, 0 false alarms.").waitFor();
    await verdict.getByText("Before: 1 of 2.").waitFor();
    assert.deepEqual(complaints, []);
  });
}

test("by keyboard", async (t) => {
  const { page, review, marked } = await started(t);
  await review.getByRole("listbox").focus();
  for (const key of ["ArrowDown", "ArrowDown", "Space", "End", "Enter", "ArrowUp", "Space", "ArrowDown", "Space", "Home", "ArrowUp", "Space"]) await page.keyboard.press(key);
  assert.deepEqual(await marked(), [1, 3, 10]);
  assert.equal(await page.evaluate(() => document.getElementById(document.activeElement.getAttribute("aria-activedescendant")).dataset.line), "1");
  await review.getByRole("option", { name: "Line 10: ledger.pay(" }).waitFor();
  await review.getByRole("button", { name: "Remove line 3" }).press("Enter");
  assert.deepEqual(await marked(), [1, 10]);
  assert.ok(await review.getByRole("listbox").evaluate((code) => code === document.activeElement));
});

test("by finger", async (t) => {
  const { page, line, marked } = await started(t, { viewport: PHONE });
  await line(7).evaluate((element) => element.scrollIntoView({ block: "center" }));
  await line(7).dispatchEvent("click");
  assert.deepEqual(await marked(), [7]);
  assert.ok(await line(7).evaluate((element) => element.getBoundingClientRect().height >= 18));
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
});

test("whoever only wanted the clock is not judged, and what is forgotten leaves nothing", async (t) => {
  const { page, review, line, marked, done } = await started(t);
  await done();
  await review.locator(".clock").getByText(/^You took 0:00, of 10:00\.$/).waitFor();
  assert.equal(await review.locator(".verdict").count(), 0);
  await review.getByRole("button", { name: "Start the clock" }).click();
  await line(7).click();
  await review.getByRole("button", { name: "Forget it" }).click();
  assert.equal(await review.locator(".verdict, .suspect, .hunt").count(), 0);
  await review.getByRole("button", { name: "Start the clock" }).click();
  assert.deepEqual(await marked(), []);
  assert.equal(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes(".marks.")).length), 0);
});

test("a text that is selected marks nothing, and nothing can be marked before the clock runs", async (t) => {
  const { page, review, line, marked } = await started(t);
  const box = await line(7).boundingBox();
  await page.mouse.move(box.x + 90, box.y + 8);
  await page.mouse.down();
  await page.mouse.move(box.x + 240, box.y + 8);
  await page.mouse.up();
  assert.deepEqual(await marked(), []);
  await review.getByRole("button", { name: "Forget it" }).click();
  await page.evaluate(() => getSelection().removeAllRanges());
  await line(7).click();
  assert.equal(await review.locator('[role="option"]').count(), 0);
  assert.equal(await review.locator(".suspect").count(), 0);
});
