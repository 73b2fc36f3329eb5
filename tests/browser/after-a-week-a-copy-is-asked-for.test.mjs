// Whoever has practised for a week is offered to save a copy, once a week at most, and never in the middle of an exercise.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { PAGES } from "./site.mjs";

const START = new Date("2026-11-26T09:00:00");
const day = (number) => new Date(START.getTime() + number * 86_400_000);
const slip = (page) => page.getByRole("complementary", { name: "Save a copy?" });

/** A page that was ticked on the first day. */
async function begun(t) {
  const opened = await open(t);
  const { page, url } = opened;
  await page.clock.install({ time: START });
  await page.goto(url(PAGES.exercises));
  await page.getByRole("checkbox", { name: "Share" }).check();
  /** What is asked, on that day. */
  async function visit(number, before = () => undefined) {
    await page.clock.setSystemTime(day(number));
    await page.goto(url(PAGES.exercises));
    await page.evaluate(before);
    await page.clock.runFor(3000);
    return slip(page).count();
  }
  return { ...opened, visit };
}

test("after a week, and again after another", async (t) => {
  const { page, visit, complaints } = await begun(t);
  assert.equal(await visit(6), 0);
  assert.equal(await visit(7), 1);
  await slip(page).getByRole("button", { name: "Later" }).click();
  assert.equal(await slip(page).count(), 0);
  assert.equal(await visit(8), 0);
  assert.equal(await visit(15), 1);
  const [download] = await Promise.all([page.waitForEvent("download"), slip(page).getByRole("button", { name: "Save a copy" }).click()]);
  assert.match(download.suggestedFilename(), /\.json$/);
  assert.equal(await visit(30), 0, "nothing has changed since");
  await page.getByRole("checkbox", { name: "Say the parts" }).check();
  assert.equal(await visit(31), 1);
  assert.deepEqual(complaints, []);
});

test("never in the middle of an exercise", async (t) => {
  const { visit } = await begun(t);
  assert.equal(await visit(8, () => void (document.documentElement.dataset.practising = "")), 0);
  assert.equal(await visit(8), 1);
});
