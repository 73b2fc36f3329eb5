// An answer is recorded once its speaker knows what that means, played beside the model answer, measured part by part of the clock,
// kept on this device, saved as a file and deleted; where there is no microphone, no room or no storage, that is said, and writing
// does the same.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { PAUSE, microphone } from "./microphone.mjs";
import { PAGES, fileUrl } from "./site.mjs";

/** In the page: how often it has asked for the microphone, and whether it has given it back. */
function count() {
  globalThis.asked = 0;
  globalThis.tracks = [];
  const get = navigator.mediaDevices?.getUserMedia.bind(navigator.mediaDevices);
  if (!get) return;
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    globalThis.asked += 1;
    const stream = await get(wanted);
    globalThis.tracks.push(...stream.getTracks());
    return stream;
  };
}

async function opened(t, { id = "model-it", path = PAGES.exercises, args = microphone(), init = count, script = "", disk = false, clock = false } = {}) {
  const all = await open(t, { args, init });
  const { page, url } = all;
  if (script) await page.addInitScript(script);
  if (clock) await page.clock.install({ time: new Date("2026-11-26T12:00:00") });
  const go = async () => {
    await page.goto((disk ? fileUrl : url)(path));
    if (clock) await page.clock.pauseAt(new Date(Date.parse("2026-11-26T12:00:00") + 10_000 * (opens += 1)));
    await page.locator(`#${id}`).getByRole("button", { name: "Record", exact: true }).click();
    await exercise.getByRole("region", { name: "Your answers" }).waitFor();
  };
  let opens = 0;
  const exercise = page.locator(`#${id}`);
  const press = (name) => exercise.getByRole("button", { name, exact: true }).click();
  await go();
  const kept = () => page.evaluate(async () => Object.values(await prepbook.platform.keeper.log("recordings")));
  return { ...all, exercise, press, go, kept, record: async () => {
    await press("Start recording");
    await exercise.getByRole("group", { name: "Recording" }).waitFor();
  } };
}

for (const from of ["the web", "disk"]) {
  test(`said, recorded, measured, played, and there again on the next visit, from ${from}`, async (t) => {
    const { page, exercise, press, record, go, kept, requests, complaints } = await opened(t, { id: "q-idor", disk: from === "disk" });
    await exercise.getByText("is kept in this browser alone").waitFor();
    assert.equal(await page.evaluate(() => globalThis.asked), 0, "the browser asks after the text, and only if that is wanted");
    await record();
    await exercise.getByText("Recording 0:04").waitFor();
    await press("Stop");
    const listen = exercise.getByRole("button", { name: "Listen" });
    await listen.waitFor();
    assert.ok(await listen.evaluate((button) => button === document.activeElement));
    assert.deepEqual(await page.evaluate(() => globalThis.tracks.map(({ readyState }) => readyState)), ["ended"], "the microphone is let go");

    const [{ item, seconds, size, parts: [part] }] = await kept();
    assert.equal(item, "q-idor");
    assert.ok(seconds >= 3.5 && size > 2000, `${seconds} seconds, ${size} bytes`);
    assert.ok(part.talk > 1 && part.talk + part.pause <= part.seconds + 0.1, `talk ${part.talk}`);
    assert.ok(part.pause > PAUSE - 0.5 && part.pause < PAUSE + 1, `pause ${part.pause}`);
    await exercise.getByText(/^Talk \d.* sec, silence/).waitFor();

    await go();
    await exercise.locator(".take > summary").click();
    await press("Listen");
    const audio = exercise.locator("audio");
    await page.waitForFunction((element) => element.currentTime > 0, await audio.elementHandle());
    assert.ok(Math.abs((await audio.evaluate(({ duration }) => duration)) - seconds) < 1);
    await press("Show the answer");
    assert.ok(await exercise.locator("details.answer").evaluate(({ open }) => open));
    const player = exercise.getByRole("group", { name: "Your answer, played" });
    await player.getByRole("button", { name: "Close" }).click();
    assert.ok(await listen.evaluate((button) => button === document.activeElement));
    assert.deepEqual(requests.filter((request) => !/^(http:\/\/127|file:|blob:)/.test(request)), []);
    assert.deepEqual(complaints, []);
  });
}

test("the parts are the clock’s, with which it pauses and ends", async (t) => {
  const { page, exercise, press, record, kept } = await opened(t, { clock: true });
  await record();
  await press("Start the clock");
  await page.clock.runFor(121_000);
  await exercise.locator(".clock-panel").getByRole("button", { name: "Pause" }).click();
  await page.clock.runFor(30_000);
  await exercise.getByText(/^Paused 2:0/).waitFor();
  await exercise.locator(".clock-panel").getByRole("button", { name: "Go on" }).click();
  await page.clock.runFor(59_000);
  await press("Done");
  await exercise.getByRole("button", { name: "Listen" }).waitFor();
  const rows = await exercise.locator(".take tbody tr").evaluateAll((all) => all.map((row) => [...row.children].map(({ textContent }) => textContent)));
  assert.deepEqual(rows.map(([name, time]) => `${name}: ${time}`), ["Clarify: goal, users, data: 2:00 of 2:00", "Draw, and mark the boundaries: 1:00 of 6:00"]);
  const [{ parts }] = await kept();
  assert.ok(parts.every(({ seconds, talk, pause }) => talk + pause <= seconds + 0.1));
  assert.match(await exercise.locator(".clock-result").textContent(), /You took 3:00/);
});

test("what there is of a long one is kept every five minutes", async (t) => {
  const { page, exercise, record, press, kept } = await opened(t, { clock: true });
  await record();
  await page.clock.fastForward(301_000);
  await page.clock.runFor(2000);
  await assert.doesNotReject(page.waitForFunction(async () => Object.keys(await prepbook.platform.keeper.log("sounds")).length === 1));
  assert.equal(await exercise.locator(".take").count(), 0, "it is not over");
  await page.waitForTimeout(1000); // Sound comes in its own time.
  await page.clock.runFor(2000);
  await press("Stop");
  await exercise.getByRole("button", { name: "Listen" }).waitFor();
  assert.equal(await exercise.locator(".take").count(), 1);
  const [{ seconds, parts }] = await kept();
  assert.ok(seconds > 300 && parts.length === 1 && parts[0].name === "", JSON.stringify(parts));
});

test("what was said is looked at, points are ticked, and all of it stays", async (t) => {
  const { exercise, press, record, go } = await opened(t, { id: "key-in-the-log" });
  await record();
  await exercise.getByText("Recording 0:01").waitFor();
  await press("Stop");
  const field = exercise.getByLabel("What you said");
  await field.fill("Last year there was a key in our log. Um, I had to replace it. So I wrote a change, you know, and we counted 41,000 refunds. As a result nobody waited.");
  await field.blur();
  for (const line of [/^32 words\. That is \d+ a minute\.$/, /^2 fillers: um 1, you know 1\./, "“I” 2, “we” 1.", "Numbers: 41,000.", /^Situation: “Last year/, /^Action: “So I wrote/, "Learning: not found"]) {
    await exercise.locator(".take li").getByText(line).waitFor();
  }
  await exercise.locator(".points > summary").click();
  await exercise.locator(".points").getByRole("checkbox", { name: "Numbers, and where they come from" }).check();
  await go();
  await exercise.locator(".take > summary").click();
  assert.match(await field.inputValue(), /^Last year/);
  await exercise.getByText("Points of a good answer: 1 of 4 made").waitFor();
});

test("a file, and away with it, and back", async (t) => {
  const { page, exercise, press, record, kept } = await opened(t, { id: "q-idor" });
  await record();
  await exercise.getByText("Recording 0:01").waitFor();
  await press("Stop");
  await exercise.getByText(/^Recordings take \d.* kB in this browser\. There is room for/).waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"), press("Save as a file")]);
  assert.match(download.suggestedFilename(), /^q-idor\.\d+\.(m4a|webm)$/);
  assert.ok((await readFile(await download.path())).length > 1000);
  const sounds = () => page.evaluate(async () => Object.keys(await prepbook.platform.keeper.log("sounds")).length);
  await press("Delete");
  await exercise.getByText("Deleted.").waitFor();
  assert.deepEqual([(await kept()).length, await sounds()], [0, 0]);
  await press("Undo");
  await exercise.getByRole("button", { name: "Listen" }).waitFor();
  assert.deepEqual([(await kept()).length, await sounds()], [1, 1]);
  assert.equal(await exercise.locator(".take").count(), 1);
  await press("Listen");
  await page.waitForFunction(() => document.querySelector("audio")?.currentTime > 0);
});

test("a microphone that is refused", async (t) => {
  const { exercise, press, kept } = await opened(t, { id: "q-idor", args: microphone({ refused: true }) });
  await press("Start recording");
  await exercise.getByText("does not let this page use the microphone").waitFor();
  assert.ok(await exercise.getByRole("button", { name: "Start recording" }).evaluate((button) => button === document.activeElement));
  await press("Write instead");
  await exercise.getByLabel("What you said").fill("The server takes an id from the request, and never checks that the caller may use it.");
  await exercise.getByLabel("What you said").blur();
  await exercise.getByText("17 words.").waitFor();
  await exercise.locator(".points > summary").click();
  await exercise.locator(".points").getByText("has: server, takes, request").waitFor();
  await exercise.locator(".points").getByRole("checkbox").first().check();
  await exercise.getByText("Points of a good answer: 1 of 2 made").waitFor();
  assert.deepEqual((await kept()).map(({ size, points }) => [size, points.length]), [[0, 1]]);
});

test("no microphone at all: the clock gives the time of what was written", async (t) => {
  const { page, exercise, press } = await opened(t, { args: [], clock: true, script: 'Object.defineProperty(navigator, "mediaDevices", { value: undefined });' });
  await press("Start recording");
  await exercise.getByText("gives no page like this one a microphone").waitFor();
  await press("Start the clock");
  await page.clock.runFor(30_000);
  await press("Done");
  await exercise.getByText("You took 0:30").waitFor();
  await press("Write instead");
  await exercise.getByLabel("What you said").fill("one two three four five");
  await exercise.getByLabel("What you said").blur();
  await exercise.getByText("5 words. That is 10 a minute.").waitFor();
});

test("no room: it is said, and it can be saved or kept once there is", async (t) => {
  const full = `const put = IDBObjectStore.prototype.put;
    globalThis.full = true;
    IDBObjectStore.prototype.put = function (value, key) {
      if (globalThis.full && value[1] instanceof Blob) throw new DOMException("full", "QuotaExceededError");
      return put.call(this, value, key);
    };`;
  const { page, exercise, press, record, kept } = await opened(t, { id: "q-idor", script: full });
  await record();
  await exercise.getByText("Recording 0:01").waitFor();
  await press("Stop");
  await exercise.getByText("It is not kept").waitFor();
  await page.getByText("There is no room left").first().waitFor();
  await press("Listen");
  await page.waitForFunction(() => document.querySelector("audio")?.currentTime > 0);
  assert.equal((await kept()).length, 0);
  await page.evaluate(() => (globalThis.full = false));
  await press("Keep it");
  await exercise.getByText("It is not kept").waitFor({ state: "hidden" });
  assert.equal((await kept()).length, 1);
  assert.equal(await exercise.locator(".take").count(), 1);
});

test("a browser that keeps nothing", async (t) => {
  const blocked = 'Object.defineProperty(window, "indexedDB", { get() { throw new DOMException("refused", "SecurityError"); } });';
  const { page, exercise, press, record } = await opened(t, { id: "q-idor", script: blocked });
  await record();
  await exercise.getByText("Recording 0:01").waitFor();
  await press("Stop");
  await exercise.getByText("It is not kept").waitFor();
  await press("Listen");
  await page.waitForFunction(() => document.querySelector("audio")?.currentTime > 0);
  await press("Delete");
  await press("Undo");
  await exercise.getByRole("button", { name: "Listen" }).waitFor();
});

test("in a phone screen it ends with it, and the marks come first", async (t) => {
  const { page, exercise, press, record } = await opened(t, { id: "short-screen", clock: true });
  await press("Start the clock");
  await record();
  await page.clock.runFor(125_000);
  await press("Done");
  await exercise.getByRole("button", { name: "Listen" }).waitFor();
  assert.deepEqual(await exercise.locator(".take tbody th").allTextContents(), ["Hello", "Remediation"]);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "How was it?");
  await exercise.locator(".points > summary").click();
  await exercise.locator(".points").getByText("Contains, scopes with logs").waitFor();
});

test("a microphone that is pulled out ends the recording, and what there is stays", async (t) => {
  const { page, exercise, record } = await opened(t, { id: "q-idor" });
  await record();
  await exercise.getByText("Recording 0:01").waitFor();
  await page.evaluate(() => {
    const [track] = globalThis.tracks;
    track.stop();
    track.dispatchEvent(new Event("ended"));
  });
  await exercise.getByRole("button", { name: "Listen" }).click();
  await page.waitForFunction(() => document.querySelector("audio")?.currentTime > 0);
});

test("a recording is not left by mistake", async (t) => {
  const { page, exercise, press, record } = await opened(t, { id: "q-idor" });
  await record();
  const questions = [];
  page.on("dialog", (dialog) => {
    questions.push(dialog.type());
    dialog.dismiss();
  });
  await page.evaluate(() => location.reload());
  await exercise.getByText("Recording 0:02").waitFor();
  assert.deepEqual(questions, ["beforeunload"]);
  await press("Stop");
  await exercise.getByRole("button", { name: "Listen" }).waitFor();
  await page.reload();
  assert.equal(questions.length, 1);
});

test("one at a time", async (t) => {
  const { page, exercise, record } = await opened(t, { id: "q-idor" });
  await record();
  const other = page.locator("#model-it");
  await other.getByRole("button", { name: "Record", exact: true }).click();
  await other.getByRole("button", { name: "Start recording" }).click();
  await other.getByRole("group", { name: "Recording" }).waitFor();
  await exercise.getByRole("button", { name: "Listen" }).waitFor();
  assert.equal(await page.getByRole("group", { name: "Recording" }).count(), 1);
});
