// A clock that runs is right after the computer slept, after a reload, in another tab, and after somebody has set the time.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { PAGES, fileUrl } from "./site.mjs";

const NOON = new Date("2026-11-26T12:00:00").getTime();
const after = (seconds) => new Date(NOON + seconds * 1000);
const time = (page) => page.locator("#model-it .clock-face strong").innerText();
const button = (page, name) => page.locator("#model-it > .clock").getByRole("button", { name });

async function started(t, from = "the web") {
  const opened = await open(t);
  const { page, url } = opened;
  const address = (from === "disk" ? fileUrl : url)(PAGES.exercises);
  await page.clock.install({ time: NOON });
  await page.goto(address);
  await page.clock.pauseAt(after(10));
  await button(page, "Start the clock").click();
  await page.clock.runFor(10_000);
  assert.equal(await time(page), "17:50");
  return { ...opened, address };
}

test("after a sleep", async (t) => {
  const { page, complaints } = await started(t);
  await page.clock.fastForward(5 * 60_000);
  assert.equal(await time(page), "12:50");
  assert.deepEqual(complaints, []);
});

for (const from of ["the web", "disk"]) {
  test(`after a reload, from ${from}`, async (t) => {
    const { page, complaints } = await started(t, from);
    await page.clock.runFor(20_000);
    await page.goto("about:blank");
    await page.goBack();
    await page.clock.runFor(10_000);
    assert.equal(await time(page), "17:20");
    await button(page, "Pause").click();
    await page.reload();
    await page.clock.runFor(10_000);
    assert.equal(await time(page), "17:20");
    await button(page, "Go on").click();
    await page.clock.runFor(10_000);
    assert.equal(await time(page), "17:10");
    assert.deepEqual(complaints, []);
  });
}

test("after the time was set back", async (t) => {
  const { page } = await started(t);
  await page.clock.setSystemTime(after(-3600));
  await page.clock.runFor(10_000);
  assert.equal(await time(page), "17:40");
  await page.reload();
  await page.clock.runFor(10_000);
  assert.equal(await time(page), "17:30");
});

test("time that the page was away for is counted, and can be left out", async (t) => {
  const { page } = await started(t);
  await page.clock.setSystemTime(after(20 + 300));
  await page.clock.runFor(10_000);
  assert.equal(await time(page), "12:40");
  await page.getByText("5:00 away, and counted.").waitFor();
  await button(page, "Leave it out").click();
  assert.equal(await time(page), "17:40");
  assert.equal(await page.getByText("away, and counted").count(), 0);
  assert.ok(await button(page, "Pause").evaluate((element) => element === document.activeElement));
});

test("whoever left it hours ago finds it at rest where it was", async (t) => {
  const { page, address } = await started(t);
  await page.goto("about:blank");
  await page.clock.setSystemTime(after(8 * 3600));
  await page.goto(address);
  assert.equal(await time(page), "17:50");
  await button(page, "Go on").waitFor();
});

test("in another tab it is the same clock, and one of them is heard", async (t) => {
  const { page, another, address } = await started(t);
  const other = await another();
  await other.clock.install({ time: after(20) });
  await other.goto(address);
  await other.clock.pauseAt(after(30));
  assert.equal(await time(other), "17:40");
  const titles = async () => [await page.title(), await other.title()].map((title) => /^\d+:\d\d · /.test(title));
  assert.deepEqual(await titles(), [true, false]);
  await page.close();
  for (let second = 0; second < 20 && !/^17:\d\d · /.test(await other.title()); second += 1) await other.clock.runFor(1000);
  assert.match(await other.title(), /^17:\d\d · /);
  await button(other, "Pause").click();
  assert.doesNotMatch(await other.title(), /^\d/);
});
