// The clock of an exercise shows its parts, says each border once to those who cannot see it, counts on over time, and leaves the
// time that was taken. The parts are the author's, or the usual ones of its kind.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { PAGES, fileUrl } from "./site.mjs";

const DRILL = "#model-it";

/** A page with a clock that a test winds on; what is said to screen readers is collected. */
async function page(t, from = "the web") {
  const opened = await open(t);
  const { page, url } = opened;
  await page.clock.install({ time: new Date("2026-11-26T12:00:00") });
  await page.goto((from === "disk" ? fileUrl : url)(PAGES.exercises));
  await page.clock.pauseAt(new Date("2026-11-26T12:00:10"));
  await page.evaluate(() => {
    globalThis.heard = [];
    const region = document.querySelector("body > [role=status]");
    new MutationObserver(() => region.textContent && globalThis.heard.push(region.textContent)).observe(region, { childList: true });
  });
  const clock = (id) => page.locator(`${id} > .clock`);
  return {
    ...opened,
    clock,
    start: (id) => clock(id).getByRole("button", { name: "Start the clock" }).click(),
    face: (id) => clock(id).locator(".clock-face").innerText().then((text) => text.replace(/\s+/g, " ")),
    heard: () => page.evaluate(() => globalThis.heard.splice(0)),
    title: () => page.title(),
  };
}

for (const from of ["the web", "disk"]) {
  test(`from ${from}`, async (t) => {
    const { page: shown, clock, start, face, heard, title, complaints } = await page(t, from);
    const plain = await title();
    await start(DRILL);
    assert.equal(await face(DRILL), "18:00 Clarify: goal, users, data: 2:00 left");
    assert.ok(await clock(DRILL).getByRole("button", { name: "Pause" }).evaluate((button) => button === document.activeElement));
    await shown.clock.runFor(119_500);
    assert.equal(await face(DRILL), "16:01 Clarify: goal, users, data: 0:01 left");
    assert.equal(await title(), `16:01 · ${plain}`);
    assert.deepEqual(await heard(), []);
    await shown.clock.runFor(1000);
    assert.equal(await face(DRILL), "16:00 Draw, and mark the boundaries: 6:00 left");
    await shown.clock.runFor(100);
    assert.deepEqual(await heard(), ["Now: Draw, and mark the boundaries, 6:00"]);

    await shown.keyboard.press("Enter");
    await shown.clock.runFor(600_000);
    assert.equal(await face(DRILL), "16:00 Draw, and mark the boundaries: 6:00 left");
    assert.equal(await title(), plain);
    await shown.keyboard.press("Space");
    await shown.clock.runFor(13 * 60_000);
    assert.deepEqual(await heard(), ["Now: Find and rank, 7:00", "Now: Respond, and close, 3:00"]);
    await shown.clock.runFor(3 * 60_000 + 33_500);
    assert.deepEqual(await heard(), ["Time is up"]);
    assert.match(await face(DRILL), /^\+0:34 over time$/);
    assert.match(await title(), /^\+0:34 · /);

    await clock(DRILL).getByRole("button", { name: "Done" }).click();
    await clock(DRILL).getByText("You took 18:34, of 18:00.").waitFor();
    assert.ok(await clock(DRILL).getByRole("button", { name: "Start the clock" }).evaluate((button) => button === document.activeElement));
    assert.equal(await title(), plain);
    await start(DRILL);
    await shown.clock.runFor(5000);
    await clock(DRILL).getByRole("button", { name: "Forget it" }).click();
    await start(DRILL);
    await shown.clock.runFor(60_000);
    await clock(DRILL).getByRole("button", { name: "Done" }).click();
    await clock(DRILL).getByText(/You took 1:00, of 18:00\. Before: 18:34\.$/).waitFor();
    await shown.goto((from === "disk" ? fileUrl(PAGES.practice) : shown.url().replace(PAGES.exercises, PAGES.practice)));
    await shown.getByText("2 attempts against the clock").waitFor();
    assert.deepEqual(complaints, []);
  });
}

test("each kind has its usual parts", async (t) => {
  const { clock, start, face, page: shown } = await page(t);
  for (const [id, first] of Object.entries({
    "#key-in-the-log": "4:00 Situation: 0:45 left",
    "#refunds": "10:00 Work: 8:00 left",
    "#q-idor": "2:00 Work",
    "#tm-upload": /^\d+:00 Work: \d+:00 left$/,
    "#bank-boundaries": "4:00 Clarify: 0:30 left",
  })) {
    await start(id);
    assert.match(await face(id), typeof first === "string" ? new RegExp(`^${first}$`) : first, id);
    const running = await shown.getByRole("button", { name: "Pause" }).evaluateAll((buttons) => buttons.map((button) => "#" + button.closest("[data-id]").dataset.id));
    assert.deepEqual([...new Set(running)], [id], "one clock runs at a time");
    await clock(id).getByRole("button", { name: "Forget it" }).click();
  }
});

test("a second clock stops the first", async (t) => {
  const { clock, start, face, page: shown } = await page(t);
  await start(DRILL);
  await shown.clock.runFor(10_000);
  await start("#refunds");
  await shown.clock.runFor(60_000);
  assert.match(await face(DRILL), /^17:50 /);
  assert.match(await face("#refunds"), /^9:00 /);
  await clock(DRILL).getByRole("button", { name: "Go on" }).click();
  await shown.clock.runFor(10_000);
  assert.match(await face(DRILL), /^17:40 /);
  assert.match(await face("#refunds"), /^9:00 /);
});
