// A plan takes the day it begins, or the day of the interview: its days get dates, one week shows at a time, what was left can be
// moved or left out, and all of it goes into a calendar.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { NARROW, open } from "./browser.mjs";
import { PAGES, fileUrl } from "./site.mjs";

const NOON = new Date("2026-11-26T12:00:00");

async function opened(t, { from = "the web", ...options } = {}) {
  const all = await open(t, options);
  await all.page.clock.install({ time: NOON });
  await all.page.goto((from === "disk" ? fileUrl : all.url)(PAGES.exercises));
  const plan = all.page.getByRole("region", { name: "Eight days, half an hour each" });
  return {
    ...all, plan,
    days: () => plan.locator(".plan-day:visible > th").allInnerTexts().then((days) => days.map((day) => day.replace(/\s+/g, " "))),
  };
}

for (const from of ["the web", "disk"]) {
  test(`dates, weeks and ticks, from ${from}`, async (t) => {
    const { page, plan, days, complaints } = await opened(t, { from });
    assert.equal((await days()).length, 8, "undated it shows whole");
    await plan.getByText("Say when you begin").waitFor();
    await plan.getByLabel("First day").fill("2026-11-25");
    await plan.getByText("Day 2 of 8").waitFor();
    assert.deepEqual(await days(), ["1 Wed, Nov 25", "2 Thu, Nov 26", "3 Fri, Nov 27", "4 Sat, Nov 28", "5 Sun, Nov 29", "6 Mon, Nov 30", "7 Tue, Dec 1"]);
    assert.equal(await plan.getByLabel("Interview").inputValue(), "2026-12-03");
    await plan.getByText("2 things are left from earlier days (30 min).").waitFor();
    await plan.getByRole("checkbox", { name: "Read about drills" }).check();
    await plan.getByText("1 thing is left from earlier days (10 min).").waitFor();
    await page.reload();
    assert.ok(await plan.getByRole("checkbox", { name: "Read about drills" }).isChecked());

    await plan.getByRole("button", { name: "The week after" }).click();
    assert.deepEqual(await days(), ["8 Wed, Dec 2"]);
    await plan.getByRole("button", { name: "All weeks" }).click();
    assert.equal((await days()).length, 8);
    await plan.getByRole("button", { name: "Move the plan by 1 day" }).click();
    await plan.getByText("Day 1 of 8").waitFor();
    assert.equal(await plan.getByText("left from earlier").count(), 0);
    assert.deepEqual(complaints, []);
  });
}

test("by the day of the interview, with what is past left out", async (t) => {
  const { page, plan, url } = await opened(t);
  await plan.getByLabel("Interview").fill("2026-11-30");
  await plan.getByText("Day 5 of 8").waitFor();
  assert.equal(await plan.getByLabel("First day").inputValue(), "2026-11-22");
  assert.equal(await plan.getByText("left from earlier").count(), 0, "days before today never were");
  await page.clock.setSystemTime(new Date("2026-11-27T12:00:00"));
  await page.reload();
  await plan.getByText(/are left from earlier days/).waitFor();
  assert.equal(await plan.getByRole("button", { name: "Move the plan" }).count(), 0, "the interview is not to be moved");
  await plan.getByRole("button", { name: "Leave them out" }).click();
  assert.equal(await plan.getByText("are left").count(), 0);

  await page.clock.setSystemTime(new Date("2026-11-30T08:00:00"));
  await page.goto(url(PAGES.practice));
  assert.equal(await page.getByLabel("Interview on").inputValue(), "2026-11-30", "cards know the day, too");
  const today = await page.locator(".today").innerText();
  assert.match(today, /Its last day is past\./);
  assert.doesNotMatch(today, /left|Done for today/, "nothing is asked for any more");

  await page.goto(url(PAGES.exercises));
  await plan.getByLabel("Interview").fill("2026-12-30");
  await plan.getByText("It begins on Tue, Dec 22").waitFor();
});

test("for the reader's calendar", async (t) => {
  const { page, plan } = await opened(t);
  await plan.getByLabel("First day").fill("2026-11-25");
  const [file] = await Promise.all([page.waitForEvent("download"), plan.getByRole("button", { name: "For your calendar" }).click()]);
  assert.equal(file.suggestedFilename(), "one-week.ics");
  const text = readFileSync(await file.path(), "utf8");
  assert.equal(text.match(/BEGIN:VEVENT/g).length, 8);
  assert.match(text, /DTSTART;VALUE=DATE:20261125\r\n/);
  assert.match(text.replace(/\r\n /g, ""), /SUMMARY:Eight days\\, half an hour each 1: Review the refunds\\; Read about drills\r\n/);
});

test("followed no more, and again; in two tabs", async (t) => {
  const { page, plan, another, url } = await opened(t, { viewport: NARROW });
  await plan.getByLabel("First day").fill("2026-11-25");
  const other = await another();
  await other.goto(url(PAGES.exercises));
  const there = other.getByRole("region", { name: "Eight days" });
  await there.getByLabel("First day").and(other.locator("input")).waitFor();
  assert.equal(await there.getByLabel("First day").inputValue(), "2026-11-25");
  await plan.getByRole("button", { name: "Follow it no more" }).click();
  await plan.getByText("The dates are gone; your ticks stay.").waitFor();
  await there.getByText("Say when you begin").waitFor();
  await plan.getByRole("button", { name: "Undo" }).click();
  await there.getByText(/^Day /).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
});

test("with storage blocked it says so, and is ticked for as long as the page is open", async (t) => {
  const { page, plan } = await opened(t, {
    init: () => {
      for (const area of ["localStorage", "indexedDB"]) Object.defineProperty(window, area, { get: () => { throw new DOMException("no", "SecurityError"); } });
    },
  });
  await plan.getByLabel("First day").fill("2026-11-25");
  await plan.getByText("Day 2 of 8").waitFor();
  await plan.getByRole("checkbox", { name: "Read about drills" }).check();
  await plan.getByText("1 thing is left").waitFor();
  await page.locator(".slip").first().waitFor();
});
