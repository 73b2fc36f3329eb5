// While a phone screen runs, the part that is on shows and no answer: what is asked later comes at its time, or when the reader
// wants it; half-way it is said that the other half begins. Then the reader marks it, and the report is kept and can be printed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, open } from "./browser.mjs";
import { PAGES, fileUrl } from "./site.mjs";

const NOON = new Date("2026-11-26T12:00:00");
const SCREEN = PAGES.screen + "?seed=spring";

async function opened(t, { from = "the web", ...options } = {}) {
  const all = await open(t, options);
  const { page, url } = all;
  await page.clock.install({ time: NOON });
  await page.goto(from === "disk" ? fileUrl(PAGES.screen) + "?seed=spring" : url(SCREEN));
  await page.clock.pauseAt(new Date(NOON.getTime() + 10_000));
  await page.evaluate(() => {
    globalThis.heard = [];
    const region = document.querySelector("body > [role=status]");
    new MutationObserver(() => region.textContent && globalThis.heard.push(region.textContent)).observe(region, { childList: true });
  });
  const screen = page.locator("#drawn-screen");
  return {
    ...all,
    screen,
    start: () => screen.getByRole("button", { name: "Start the clock" }).click(),
    on: () => screen.locator(".segments > li:visible .practice-title").allInnerTexts(),
    // Ahead at once, then a tick: ticking through an hour takes a busy machine longer than a step may.
    minutes: async (count) => {
      await page.clock.fastForward(count * 60_000 - 1000);
      await page.clock.runFor(1000);
    },
    heard: () => page.evaluate(() => globalThis.heard.splice(0)),
  };
}

/** Marks all points of the rubric with these, and keeps the report. */
async function mark(screen, marks) {
  const fields = await screen.getByRole("spinbutton").all();
  assert.equal(fields.length, marks.length);
  for (const [index, field] of fields.entries()) await field.fill(String(marks[index]));
  await screen.getByRole("button", { name: "Keep the report" }).click();
  await screen.getByRole("button", { name: "Keep the report" }).waitFor({ state: "detached" });
}

for (const from of ["the web", "disk"]) {
  test(`an hour, from ${from}`, async (t) => {
    const { page, screen, start, on, minutes, heard, complaints } = await opened(t, { from });
    assert.equal((await on()).length, 6, "at rest all of it can be read");
    await start();
    assert.deepEqual(await on(), ["Hello"]);
    assert.ok(!(await screen.getByRole("table").isVisible()), "nobody is shown what is to come");
    const question = () => screen.locator(".script-question:visible").innerText();
    const later = () => screen.locator(".cues > li:visible").allInnerTexts().then((all) => all.map((text) => text.replace(/\s+/g, " ")));
    const more = screen.getByRole("button", { name: "What is asked next" });
    await minutes(2);
    assert.deepEqual(await on(), ["The first"]);
    assert.equal(await question(), "Where do you draw trust boundaries?");
    assert.equal(await screen.locator(".answer:visible, .pool:visible").count(), 0, "no answers before the end");
    assert.deepEqual(await later(), []);
    await more.click();
    assert.deepEqual(await later(), ["Which boundary would you test first?"], "what the bank has to ask next");
    assert.ok(await more.isDisabled());
    await minutes(14);
    const second = await question();

    await screen.getByRole("textbox", { name: "Notes" }).fill("Too long on the first.");
    await page.reload();
    await minutes(0.1);
    assert.deepEqual(await on(), ["The second"]);
    assert.equal(await question(), second);
    assert.equal(await screen.getByRole("textbox", { name: "Notes" }).inputValue(), "Too long on the first.");

    await minutes(9);
    assert.deepEqual(await on(), ["The third"]);
    assert.deepEqual(await later(), []);
    await minutes(2);
    assert.deepEqual(await later(), ['0:27 "And if that fails?"'], "it comes when its time has come");
    await more.click();
    assert.deepEqual(await later(), ['0:27 "And if that fails?"', '0:29 "Who is told?"'], "or ahead of it");
    await page.reload();
    await minutes(0.1);
    assert.equal((await later()).length, 2);

    assert.equal(await screen.getByText("The technical half is over.").isVisible(), false);
    await minutes(3);
    assert.deepEqual(await on(), ["Earn Trust"]);
    assert.ok(await screen.getByText("The technical half is over.").isVisible());
    await minutes(31);
    assert.deepEqual(await on(), ["Dive Deep"]);

    await screen.getByRole("button", { name: "Done" }).click();
    await screen.getByText("How was it?").waitFor();
    assert.ok(await screen.getByText("How was it?").evaluate((title) => title === document.activeElement));
    assert.equal((await on()).length, 6);
    assert.ok(await screen.getByText("Signals to look for").isVisible());
    await page.reload();
    await mark(screen, [8, 16, 8, 8, 16, 8, 8, 8]);
    const report = screen.locator(".report").first();
    await report.getByText("80 of 100").waitFor();
    assert.match(await report.innerText(), /Over 75: once more like this[^]*You took 1:01:\d\d, of 1:00:00[^]*Structure: 8 of 10[^]*What was asked[^]*The second: \S[^]*Too long on the first\./i);
    assert.equal(await report.getByRole("link").count(), 3, "to what is to be known, and to the same run");
    assert.match(await report.getByRole("link", { name: "The same questions again" }).getAttribute("href"), /^\?seed=spring#/);
    assert.ok(await report.locator("summary").evaluate((summary) => summary === document.activeElement));
    await start();
    await minutes(60);
    await screen.getByRole("button", { name: "Done" }).click();
    await mark(screen, [8, 16, 8, 8, 16, 8, 8, 8]);
    await report.getByText("not for the first time: you are ready").waitFor();
    assert.equal(await screen.locator(".report").count(), 2);
    assert.deepEqual(complaints, []);
  });
}

test("half-way it is said what begins", async (t) => {
  const { start, minutes, heard } = await opened(t);
  await start();
  await minutes(26);
  await minutes(1.1);
  assert.equal((await heard()).at(-1), '0:27 "And if that fails?"');
  await minutes(3);
  assert.deepEqual((await heard()).filter((said) => said.startsWith("Now")).slice(-1), ["Now: The behavioural half: Earn Trust, 15:00"]);
});

test("a clock that is forgotten leaves nothing, on a phone", async (t) => {
  const { page, screen, start, on } = await opened(t, { viewport: PHONE });
  await start();
  await screen.getByRole("textbox", { name: "Notes" }).fill("Never mind");
  await screen.getByRole("button", { name: "Forget it" }).click();
  assert.equal((await on()).length, 6);
  assert.equal(await screen.getByText("How was it?").count(), 0);
  assert.equal(await screen.locator(".script-question").count(), 0);
  await start();
  assert.equal(await screen.getByRole("textbox", { name: "Notes" }).inputValue(), "");
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
});

test("who marks nothing may go on all the same", async (t) => {
  const { page, screen, start, complaints } = await opened(t);
  await start();
  await page.clock.runFor(2000);
  await screen.getByRole("button", { name: "Done" }).click();
  await screen.getByRole("button", { name: "Leave it unmarked" }).click();
  const again = screen.getByRole("button", { name: "Start the clock" });
  assert.ok(await again.evaluate((button) => button === document.activeElement));
  assert.equal(await screen.locator(".report").count(), 0);
  await start();
  await screen.getByRole("button", { name: "Pause" }).waitFor();
  assert.deepEqual(complaints, []);
});

test("one report goes to paper, and nothing else", async (t) => {
  const { page, screen, start, minutes } = await opened(t);
  await start();
  await minutes(60);
  await screen.getByRole("button", { name: "Done" }).click();
  await mark(screen, [8, 16, 8, 8, 16, 8, 8, 8]);
  await page.emulateMedia({ media: "print" });
  const visible = (text) => page.getByText(text).first().isVisible();
  assert.equal(await visible("Structure: 8 of 10"), false, "whoever prints the page prints the page");
  await page.evaluate(() => (window.print = () => undefined));
  await page.emulateMedia({ media: "screen" });
  await screen.getByRole("button", { name: "Print it" }).click();
  await page.emulateMedia({ media: "print" });
  assert.ok(await visible("Structure: 8 of 10"));
  assert.ok(await visible("A drawn screen"));
  assert.equal(await visible("Tell me about yourself in half a minute."), false);
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  assert.equal(await visible("Structure: 8 of 10"), false);
});

test("with storage blocked it is one run long", async (t) => {
  const { screen, start, on, minutes } = await opened(t, {
    init: () => {
      for (const area of ["localStorage", "indexedDB"]) Object.defineProperty(window, area, { get: () => { throw new DOMException("no", "SecurityError"); } });
    },
  });
  await start();
  await minutes(2);
  assert.deepEqual(await on(), ["The first"]);
  await screen.getByRole("button", { name: "Done" }).click();
  assert.ok(await screen.getByText("How was it?").isVisible());
});
