// No sound without consent: a clock is silent until its reader chooses a cue, which is given once at each border, and twice as
// much at the end; and nothing is spoken by a voice from elsewhere. While it runs the screen stays on and notices wait.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { PAGES } from "./site.mjs";

/** In the page: what would be heard, felt and asked for. */
function listen() {
  globalThis.made = [];
  globalThis.contexts = 0;
  globalThis.AudioContext = class {
    currentTime = 0;
    destination = {};
    constructor() {
      globalThis.contexts += 1;
    }
    createGain() {
      return { gain: { setValueAtTime() {}, linearRampToValueAtTime() {} }, connect: (next) => next };
    }
    createOscillator() {
      const tone = { frequency: {}, connect: (next) => next, stop() {}, disconnect: () => (globalThis.made = globalThis.made.filter((other) => other !== tone)) };
      tone.start = (at) => globalThis.made.push(Object.assign(tone, { at }));
      return tone;
    }
    async resume() {}
  };
  globalThis.voices = [{ lang: "en-GB", localService: false }, { lang: "de-DE", localService: true }, { lang: "en-US", localService: true }];
  globalThis.spoken = [];
  globalThis.SpeechSynthesisUtterance = class {
    constructor(text) {
      this.text = text;
    }
  };
  Object.defineProperty(window, "speechSynthesis", { value: { getVoices: () => globalThis.voices, speak: ({ text, voice }) => globalThis.spoken.push(`${voice.lang}: ${text}`) } });
  globalThis.felt = [];
  navigator.vibrate = (pattern) => globalThis.felt.push(String(pattern));
  globalThis.screens = 0;
  Object.defineProperty(navigator, "wakeLock", {
    value: {
      request: async () => {
        globalThis.screens += 1;
        return { released: false, release: async () => (globalThis.screens -= 1) };
      },
    },
  });
}

/** Asks until it is so: the browser answers when it likes, and the page's clock stands. */
async function becomes(ask, expected) {
  let found;
  for (let look = 0; look < 50; look += 1) {
    found = await ask();
    if (JSON.stringify(found) === JSON.stringify(expected)) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  assert.deepEqual(found, expected);
}

async function started(t) {
  const opened = await open(t, { init: listen });
  const { page, url } = opened;
  await page.clock.install({ time: new Date("2026-11-26T12:00:00") });
  await page.goto(url(PAGES.exercises));
  await page.clock.pauseAt(new Date("2026-11-26T12:00:10"));
  const clock = page.locator("#model-it > .clock");
  await clock.getByRole("button", { name: "Start the clock" }).click();
  return { ...opened, clock, made: (name) => page.evaluate((name) => globalThis[name], name) };
}

test("by itself it is silent", async (t) => {
  const { page, clock, made } = await started(t);
  await page.clock.runFor(19 * 60_000);
  await clock.getByRole("button", { name: "Done" }).click();
  for (const name of ["made", "spoken", "felt"]) assert.deepEqual(await made(name), [], name);
  assert.equal(await made("contexts"), 0);
});

test("sounds are given to the browser ahead of time", async (t) => {
  const { page, clock, made, complaints } = await started(t);
  await clock.getByLabel("Cue").selectOption("Sound");
  const times = async () => (await made("made")).map(({ at }) => Math.round(at * 10) / 10);
  assert.deepEqual(await times(), [0.1, 120, 480, 900, 1080, 1080.3]);
  await page.clock.runFor(60_000);
  await clock.getByRole("button", { name: "Pause" }).click();
  assert.deepEqual(await times(), []);
  await clock.getByRole("button", { name: "Go on" }).click();
  await becomes(times, [60, 420, 840, 1020, 1020.3]);
  await page.reload();
  await page.clock.runFor(1000);
  assert.equal(await clock.getByLabel("Cue").inputValue(), "sound");
  await becomes(async () => (await times()).length, 5);
  await clock.getByRole("button", { name: "Forget it" }).click();
  assert.deepEqual(await times(), []);
  assert.deepEqual(complaints, []);
});

test("a voice of this device speaks, in the language of the book", async (t) => {
  const { page, clock, made } = await started(t);
  await clock.getByLabel("Cue").selectOption("Speech");
  await page.clock.runFor(125_000);
  assert.deepEqual(await made("spoken"), ["en-US: Speech", "en-US: Draw, and mark the boundaries"]);
  await page.evaluate(() => globalThis.voices.splice(2));
  await page.clock.runFor(18 * 60_000);
  assert.equal((await made("spoken")).length, 2, "no voice from elsewhere");
});

test("a telephone shakes", async (t) => {
  const { page, clock, made } = await started(t);
  await clock.getByLabel("Cue").selectOption("Vibration");
  await page.clock.runFor(19 * 60_000);
  assert.deepEqual(await made("felt"), ["200", "200", "200", "200", "200,100,200"]);
});

test("while it runs the screen stays on and notices wait", async (t) => {
  const { page, clock, made } = await started(t);
  const state = () => page.evaluate(() => [globalThis.screens, "practising" in document.documentElement.dataset]);
  const press = (name) => clock.getByRole("button", { name }).click();
  await becomes(state, [1, true]);
  await press("Pause");
  await becomes(state, [0, false]);
  await press("Go on");
  await becomes(state, [1, true]);
  await press("Done");
  await becomes(state, [0, false]);
});
