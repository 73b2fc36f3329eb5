// A story of the reader's own is rehearsed by the clock, part by part, with its text hidden or in sight, and what was rehearsed is
// counted; it goes to paper, a sheet each, and into a Markdown file, alone or with the others.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { WHOLE, editor, withStory, write } from "./own-stories.mjs";
import { PAGES, fileUrl } from "./site.mjs";

const NOON = new Date("2026-11-26T12:00:00");

async function rehearsing(t, from = "the web") {
  const opened = await open(t);
  const { page, url } = opened;
  await page.clock.install({ time: NOON });
  const story = await withStory(opened, from === "disk" ? fileUrl : url);
  const press = (name) => story.getByRole("button", { name, exact: true }).click();
  const face = () => story.locator(".clock-face").innerText().then((text) => text.replace(/\s+/g, " "));
  return { ...opened, story, press, face, now: () => story.locator(".is-now").getAttribute("data-part") };
}

for (const from of ["the web", "disk"]) {
  test(`rehearsed from ${from}: four parts, an attempt each time`, async (t) => {
    const { page, story, press, face, now, complaints } = await rehearsing(t, from);
    const field = story.locator('[name="action"]');
    await page.clock.pauseAt(new Date(NOON.getTime() + 10_000));
    await press("Rehearse by the clock");
    assert.equal(await face(), "4:00 Situation: 0:45 left");
    assert.equal(await now(), "situation");
    assert.ok(!(await field.isVisible()), "there is nothing to read from");
    await page.clock.runFor(46_000);
    assert.equal(await face(), "3:14 Task: 0:29 left");
    assert.equal(await now(), "task");
    await story.getByRole("checkbox", { name: "Hide the text" }).uncheck();
    assert.ok(await field.isVisible());
    await page.clock.runFor(165_000);
    assert.equal(await now(), "result");
    await press("Done");
    await story.getByText("You took 3:31, of 4:00.").waitFor();
    await story.getByText("Rehearsed once, on Nov 26, 2026").waitFor();
    assert.equal(await story.locator(".is-now").count(), 0);
    await press("Rehearse by the clock");
    assert.ok(await field.isVisible(), "as it was chosen");
    await press("Forget it");
    await press("Rehearse by the clock");
    await page.clock.runFor(60_000);
    await press("Done");
    await story.getByText("Rehearsed 2 times, last on Nov 26, 2026").waitFor();
    await page.clock.resume();
    await page.reload();
    await story.getByText("4:01 · Written · Rehearsed 2 times, last on Nov 26, 2026").waitFor();
    assert.deepEqual(complaints, []);
  });
}

test("a rehearsal goes on after a reload, in an open story", async (t) => {
  const { page, story, press, face } = await rehearsing(t);
  await press("Rehearse by the clock");
  await page.clock.fastForward(50_000);
  await page.reload();
  await story.locator(".clock-face").waitFor();
  assert.match(await face(), /Task: /);
});

/** What a press on a button gives to the reader: the name of the file, and its text. */
async function saved(page, button) {
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  return [download.suggestedFilename(), await readFile(await download.path(), "utf8")];
}

for (const from of ["the web", "disk"]) {
  test(`saved as Markdown from ${from}`, async (t) => {
    const opened = await open(t);
    const { page, url } = opened;
    const story = await withStory(opened, from === "disk" ? fileUrl : url);
    await write(page, { title: "Another", principles: ["Dive Deep"], situation: "It broke." });
    const [name, text] = await saved(page, story.getByRole("button", { name: "Save as Markdown" }));
    assert.equal(name, "browser-tests-story-the-key-in-the-log.md");
    assert.equal(text, ["# The key in the log", "Earn Trust, Dive Deep. 4:01 spoken, at 140 words a minute", "## Situation", WHOLE.situation, "## Task", WHOLE.task,
      "## Action", WHOLE.action, "## Result", WHOLE.result, "### Learning", WHOLE.learning, "## The numbers, and where they come from",
      "- Time to replace a key: 3 days to 9 hours, from the tracker\n- Keys in logs: 23 to 0 in a year, from the check\n"].join("\n\n"));
    const [all, texts] = await saved(page, page.getByRole("button", { name: "Save all as Markdown" }));
    assert.match(all, /^browser-tests-stories-\d{4}-\d\d-\d\d\.md$/);
    assert.deepEqual(texts.match(/^##? .*$/gm), ["# Your stories", "## The key in the log", "## Another"]);
  });
}

test("what is told is written down or recorded with its story, and goes with it", async (t) => {
  const { page, story, press, complaints } = await rehearsing(t);
  await press("Record");
  await press("Rehearse by the clock");
  await story.getByRole("button", { name: "Start recording" }).waitFor();
  await press("Write instead");
  const field = story.getByLabel("What you said");
  await field.fill("I was on call. We replaced the key in 9 hours.");
  await field.blur();
  for (const line of ["“I” 1, “we” 1.", "Numbers: 9.", /^Situation: /]) await story.locator(".take li").getByText(line).waitFor();
  await press("Done");
  const answers = () => page.evaluate(async () => Object.values(await prepbook.platform.keeper.log("recordings")).map(({ said }) => said));
  assert.equal((await answers()).length, 1);
  await story.locator(".own-tools").getByRole("button", { name: "Delete" }).click();
  await page.getByText(`Deleted: “${WHOLE.title}”.`, { exact: false }).waitFor();
  await page.waitForFunction(async () => !Object.keys(await prepbook.platform.keeper.log("recordings")).length);
  await page.locator(".own-said").getByRole("button", { name: "Undo" }).click();
  await page.waitForFunction(async () => Object.keys(await prepbook.platform.keeper.log("recordings")).length === 1);
  assert.ok(await story.locator('[name="action"]').isVisible(), "it is open again");
  await press("Record");
  await story.locator(".take summary").first().click();
  assert.match(await story.getByLabel("What you said").inputValue(), /^I was on call/);
  assert.deepEqual(complaints, []);
});

test("printed, a sheet each and nothing beside them, all or one", async (t) => {
  const opened = await open(t, { init: () => (window.print = () => {
    dispatchEvent(new Event("beforeprint"));
    globalThis.printed = (globalThis.printed ?? 0) + 1;
  }) });
  const { page } = opened;
  const story = await withStory(opened);
  await write(page, { title: "Another", principles: ["Dive Deep"], situation: "It broke." });
  const shown = () => page.locator("main").evaluate((main) => [...main.querySelectorAll("h1, h2, button, p")].filter((element) => element.checkVisibility()).map(({ textContent }) => textContent));
  const before = await page.locator("main").innerText();
  const after = async () => {
    await page.emulateMedia({ media: "screen" });
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    assert.equal(await page.locator(".own-sheets").count(), 0);
    assert.equal(await page.locator("main").innerText(), before);
  };

  await page.getByRole("button", { name: "Print all" }).click();
  await page.emulateMedia({ media: "print" });
  const sheets = await shown();
  assert.equal(sheets[0], "The key in the log");
  for (const text of [WHOLE.situation, WHOLE.learning, "Another", "It broke.", "Earn Trust, Dive Deep. 4:01 spoken, at 140 words a minute"]) assert.ok(sheets.includes(text), text);
  assert.ok(!sheets.some((text) => /Rehearse|Which story/.test(text)));
  assert.deepEqual(await page.locator(".own-sheet").evaluateAll((all) => all.map((sheet) => getComputedStyle(sheet).breakBefore)), ["auto", "page"]);
  await after();

  await story.getByRole("button", { name: "Print", exact: true }).click();
  await page.emulateMedia({ media: "print" });
  assert.ok(!(await shown()).includes("Another"));
  await after();

  // By the browser's own menu.
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
  assert.ok((await shown()).includes("Another"));
  await after();
  assert.equal(await page.evaluate(() => globalThis.printed), 2);
});

test("without a story the page is printed as it is", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.stories));
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.getByRole("heading", { name: "Dive Deep" }).isVisible());
  assert.ok(!(await page.getByRole("heading", { name: "Write and rehearse" }).isVisible()));
});

test("stories are part of a copy, and come back from it", async (t) => {
  const opened = await open(t);
  const { page, url } = opened;
  await withStory(opened);
  await page.goto(url(PAGES.practice));
  await page.locator(".kept").getByText("1 story of yours").waitFor();
  const [, text] = await saved(page, page.getByRole("button", { name: "Save a copy" }));
  await page.locator(".kept li").filter({ hasText: "1 story" }).getByRole("button", { name: "Clear" }).click();
  await page.getByText("Cleared: 1 story of yours.").waitFor();
  await page.getByLabel("Load a copy").setInputFiles({ name: "copy.json", mimeType: "application/json", buffer: Buffer.from(text) });
  await page.getByRole("button", { name: "Add it to what is here" }).click();
  await page.getByText("Added.").waitFor();
  await page.goto(url(PAGES.stories));
  await editor(page, WHOLE.title).waitFor();
});
