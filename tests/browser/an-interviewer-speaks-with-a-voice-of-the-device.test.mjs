// What the interviewer says is heard where the reader asks for it and this device has a voice of its own; else it is said that it
// is to be read. Voices that would send the words elsewhere are never used.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { PAGES } from "./site.mjs";

/** A browser with these voices, which writes down what is said. */
function voices(list) {
  return `globalThis.spoken = [];
    Object.defineProperty(speechSynthesis, "getVoices", { value: () => ${JSON.stringify(list)} });
    Object.defineProperty(speechSynthesis, "speak", { value: ({ text }) => spoken.push(text) });
    globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };`;
}

async function started(t, list) {
  const { page, url } = await open(t);
  await page.addInitScript(voices(list));
  await page.clock.install({ time: new Date("2026-11-26T12:00:00") });
  await page.goto(url(PAGES.screen) + "?seed=spring");
  await page.clock.pauseAt(new Date("2026-11-26T12:00:10"));
  const screen = page.locator("#drawn-screen");
  return { page, screen, spoken: () => page.evaluate(() => globalThis.spoken.splice(0)) };
}

test("a voice of the device", async (t) => {
  const { page, screen, spoken } = await started(t, [{ lang: "en-GB", localService: false }, { lang: "en-US", localService: true }]);
  await screen.getByRole("button", { name: "Start the clock" }).click();
  assert.deepEqual(await spoken(), [], "nothing is heard that was not asked for");
  await screen.getByRole("checkbox", { name: "The interviewer speaks" }).check();
  assert.match((await spoken()).join(), /Tell me about yourself/);
  await page.clock.runFor(2 * 60_000);
  assert.deepEqual(await spoken(), ["Where do you draw trust boundaries?"]);
  await page.clock.fastForward(24 * 60_000);
  await page.clock.runFor(1.1 * 60_000);
  assert.equal((await spoken()).at(-1), '"And if that fails?"');
  await screen.getByRole("checkbox").uncheck();
  await page.clock.fastForward(11 * 60_000);
  await page.clock.runFor(60_000);
  assert.deepEqual(await spoken(), []);
});

test("no voice of the device", async (t) => {
  const { page, screen, spoken } = await started(t, [{ lang: "en-GB", localService: false }]);
  await screen.getByRole("checkbox", { name: "The interviewer speaks" }).check();
  await page.clock.runFor(1100);
  await screen.getByText("This device has no voice of its own").waitFor();
  assert.deepEqual(await spoken(), []);
});
