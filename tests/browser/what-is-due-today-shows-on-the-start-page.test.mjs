// Who follows a plan sees on the start page what it has for today, ticks it there, and finds it where it leads; who does not
// loads nothing for it. Its place is kept, so that nothing moves.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, open } from "./browser.mjs";
import { PAGES, fileUrl } from "./site.mjs";

const NOON = new Date("2026-11-26T12:00:00");

async function followed(t, { from = "the web", start = "2026-11-25", ...options } = {}) {
  const all = await open(t, options);
  const { page } = all;
  const address = from === "disk" ? fileUrl : all.url;
  await page.clock.install({ time: NOON });
  await page.goto(address(PAGES.exercises));
  await page.getByRole("region", { name: "Eight days" }).getByLabel("First day").fill(start);
  return { ...all, address, today: page.locator(".today"), go: (path) => page.goto(address(path)) };
}

for (const from of ["the web", "disk"]) {
  test(`ticked from anywhere, from ${from}`, async (t) => {
    const { page, today, go, complaints } = await followed(t, { from });
    await go(PAGES.home);
    await today.getByText("Day 2 of 8").waitFor();
    assert.deepEqual((await today.getByRole("listitem").allInnerTexts()).map((item) => item.trim()), ["Run the short screen 30 min", "Tick the list 30 min"]);
    await today.getByText("2 things are left from earlier days (30 min).").waitFor();
    await today.getByRole("checkbox", { name: "Tick the list" }).check();
    await today.getByRole("checkbox", { name: "Run the short screen" }).check();
    await today.getByText("Done for today. Next: Review the refunds").waitFor();
    assert.ok(await today.getByRole("checkbox", { name: "Run the short screen" }).evaluate((box) => box === document.activeElement), "the keyboard stays where it was");

    await today.getByRole("link", { name: "Catch up" }).click();
    const plan = page.getByRole("region", { name: "Eight days" });
    assert.ok(await plan.getByRole("checkbox", { name: "Tick the list" }).isChecked());
    await go("practice/drills/index.html");
    const here = page.locator(".on-plan");
    await here.getByText("On your plan for day 1: Read about drills").waitFor();
    await here.getByRole("checkbox").check();
    await go(PAGES.practice);
    await today.getByText("1 thing is left from earlier days (10 min).").waitFor();
    assert.deepEqual(complaints, []);
  });
}

test("an exercise that was done with its clock is done on the plan", async (t) => {
  const { page, go, today } = await followed(t);
  const review = page.locator("#refunds");
  await review.getByRole("button", { name: "Start the clock" }).click();
  await page.clock.runFor(5000);
  await review.getByRole("button", { name: "Done" }).click();
  const plan = page.getByRole("region", { name: "Eight days" });
  await plan.getByText("1 thing is left").waitFor();
  assert.ok(await plan.getByRole("checkbox", { name: "Review the refunds" }).isChecked());
  await go(PAGES.home);
  await today.getByText("1 thing is left").waitFor();
});

test("nothing moves when it comes", async (t) => {
  const { page, go, today } = await followed(t, { viewport: PHONE });
  await page.addInitScript(() => {
    globalThis.moved = 0;
    new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (globalThis.moved += value))).observe({ type: "layout-shift", buffered: true });
  });
  await go(PAGES.home);
  await today.getByText("Day 2 of 8").waitFor();
  assert.equal(await page.evaluate(() => globalThis.moved), 0);
});

test("who follows no plan loads nothing for it", async (t) => {
  const { page, url, requests } = await open(t);
  await page.goto(url(PAGES.home));
  assert.equal(await page.locator(".today").isVisible(), false);
  assert.deepEqual(requests.filter((address) => /practice-[^/]*\.js$/.test(address)), [], "also where a claim wants its styles");
  assert.equal(requests.filter((address) => /practice-[^/]*\.css$/.test(address)).length, 1);
});

test("once the plan is followed no more, its place is given back", async (t) => {
  const { page, go, today } = await followed(t);
  await page.getByRole("button", { name: "Follow it no more" }).click();
  await go(PAGES.home);
  assert.equal(await today.isVisible(), false);
});
