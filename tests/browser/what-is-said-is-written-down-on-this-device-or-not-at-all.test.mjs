// What is said is written down by the browser only where it promises to do that on this device, and only if its reader asks for it;
// where it cannot promise it, it is not offered.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { microphone } from "./microphone.mjs";
import { PAGES } from "./site.mjs";

/** A browser that writes down, or could; `local: false`: it knows no promise. */
const withRecognition = (state, local = true) => `
  globalThis.asked = [];
  globalThis.started = [];
  globalThis.SpeechRecognition = class {
    ${local ? "set processLocally(value) { this.local = value; } get processLocally() { return this.local; }" : ""}
    static state = ${JSON.stringify(state)};
    static async available(options) { globalThis.asked.push(options); return this.state; }
    static async install(options) { globalThis.asked.push(options); this.state = "available"; return true; }
    start(track) { globalThis.started.push(this); this.track = track; }
    stop() { this.stopped = true; }
  };
  globalThis.webkitSpeechRecognition = globalThis.SpeechRecognition;`;

async function opened(t, script) {
  const all = await open(t, { args: microphone() });
  const { page, url } = all;
  await page.addInitScript(script);
  await page.goto(url(PAGES.exercises));
  const exercise = page.locator("#q-idor");
  await exercise.getByRole("button", { name: "Record", exact: true }).click();
  await exercise.getByRole("region", { name: "Your answers" }).waitFor();
  const press = (name) => exercise.getByRole("button", { name, exact: true }).click();
  const record = async () => {
    await press("Start recording");
    await exercise.getByText("Recording 0:01").waitFor();
  };
  return { ...all, exercise, press, record, started: () => page.evaluate(() => globalThis.started.length) };
}
const box = (exercise) => exercise.getByRole("checkbox", { name: "Write down what I say, on this device" });

for (const [name, script] of [
  ["no browser’s", "delete globalThis.SpeechRecognition;"],
  ["one that cannot on this device", withRecognition("unavailable")],
  ["one that knows no promise", withRecognition("available", false)],
  ["one that breaks", withRecognition("available").replace("globalThis.asked.push(options); return this.state;", "throw new Error('no');")],
]) {
  test(`${name}: it is not offered`, async (t) => {
    const { exercise, press, record } = await opened(t, script);
    assert.equal(await box(exercise).count(), 0);
    await record();
    await press("Stop");
    await exercise.getByRole("button", { name: "Listen" }).waitFor();
    assert.equal(await exercise.getByLabel("What you said").inputValue(), "");
    assert.equal(await box(exercise).count(), 0, "not afterwards either");
  });
}

test("on this device, if it is asked for, of the track that is recorded", async (t) => {
  const { page, exercise, press, record, started } = await opened(t, withRecognition("available"));
  await page.waitForFunction(() => globalThis.asked.length);
  assert.deepEqual(await page.evaluate(() => globalThis.asked), [{ langs: ["en-US"], processLocally: true }]);
  await record();
  await press("Stop");
  await exercise.getByRole("button", { name: "Listen" }).waitFor();
  assert.equal(await started(), 0, "it was not asked for");
  await box(exercise).check();
  await record();
  assert.deepEqual(await page.evaluate(() => globalThis.started.map(({ local, lang, continuous, track }) => ({ local, lang, continuous, kind: track.kind }))), [{ local: true, lang: "en-US", continuous: true, kind: "audio" }]);
  const say = (...results) => page.evaluate((said) => globalThis.started.at(-1).onresult({ resultIndex: said.length - 1, results: said.map(([transcript, isFinal]) => Object.assign([{ transcript }], { isFinal })) }), results);
  await say(["I found", false]);
  await say([" I found the key.", true]);
  await page.evaluate(() => globalThis.started.at(-1).onend());
  assert.equal(await started(), 2, "after a silence it begins again");
  await say(["earlier", true], ["I replaced it. ", true]);
  await press("Stop");
  const newest = exercise.locator(".take").first();
  await newest.getByText("7 words.").waitFor();
  assert.equal(await newest.getByLabel("What you said").inputValue(), "I found the key. I replaced it.");
  assert.ok(await page.evaluate(() => globalThis.started.at(-1).stopped));
  await page.evaluate(() => globalThis.started.at(-1).onend());
  assert.equal(await started(), 2);
});

test("what the browser has to load for it is loaded only if that is asked for", async (t) => {
  const { page, exercise, press } = await opened(t, withRecognition("downloadable"));
  assert.equal(await box(exercise).count(), 0);
  await exercise.getByText("once it has loaded what it needs").waitFor();
  assert.equal(await page.evaluate(() => globalThis.asked.length), 1);
  await press("Load it");
  await box(exercise).waitFor();
  assert.deepEqual(await page.evaluate(() => globalThis.asked[1]), { langs: ["en-US"], processLocally: true });
});
