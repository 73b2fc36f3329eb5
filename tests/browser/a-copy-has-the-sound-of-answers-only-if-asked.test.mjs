// Answers of the reader's are in every copy, their sound only if it is asked for, and what is left out is said. A copy without it
// takes no sound away that is there; clearing takes it away, and can be undone.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { microphone } from "./microphone.mjs";
import { PAGES } from "./site.mjs";

async function recorded(t) {
  const all = await open(t, { args: microphone() });
  const { page, url } = all;
  await page.goto(url(PAGES.exercises));
  const exercise = page.locator("#q-idor");
  await exercise.getByRole("button", { name: "Record", exact: true }).click();
  await exercise.getByRole("button", { name: "Start recording" }).click();
  await exercise.getByText("Recording 0:01").waitFor();
  await exercise.getByRole("button", { name: "Stop" }).click();
  await exercise.getByRole("button", { name: "Listen" }).waitFor();
  await page.goto(url(PAGES.practice));
  await page.getByText("1 answer of your own, spoken or written").waitFor();
  const keeping = page.locator(".keeping");
  const press = (name) => keeping.getByRole("button", { name, exact: true }).click();
  return {
    ...all, keeping, press, exercise,
    save: async (said) => {
      const [download] = await Promise.all([page.waitForEvent("download"), press("Save a copy")]);
      await keeping.getByText(said).waitFor();
      return readFile(await download.path(), "utf8");
    },
    load: (text) => page.getByLabel("Load a copy").setInputFiles({ name: "copy.json", mimeType: "application/json", buffer: Buffer.from(text) }),
    /** Bytes of each sound. */
    sounds: () => page.evaluate(async () => Promise.all(Object.values(await prepbook.platform.keeper.log("sounds")).map(async (blob) => [...new Uint8Array(await blob.arrayBuffer())].join().length + blob.type))),
  };
}

test("without it, which is said, and which takes nothing away", async (t) => {
  const { press, save, load, sounds, keeping } = await recorded(t);
  const before = await sounds();
  assert.equal(before.length, 1);
  const copy = await save("The sound of 1 answer is not in the copy");
  assert.deepEqual(Object.keys(JSON.parse(copy).kept).filter((name) => /sounds|recordings/.test(name)), ["recordings"]);
  await load(copy);
  await keeping.getByText(/^A copy of/).waitFor();
  await press("Put it in place of what is here");
  await keeping.getByText("The copy is now what is here.").waitFor();
  assert.deepEqual(await sounds(), before);
});

test("with it, byte for byte, into a browser that has nothing", async (t) => {
  const { page, url, exercise, press, save, load, sounds, keeping } = await recorded(t);
  const before = await sounds();
  await keeping.getByRole("checkbox", { name: "with the sound of your answers" }).check();
  const copy = await save(/Saved as a file, where your browser puts downloads\.$/);
  assert.match(JSON.stringify(JSON.parse(copy).kept.sounds), /data:audio\/\w+;codecs=opus;base64,/);
  await press("Clear");
  await keeping.getByText("Cleared: 1 answer of your own").waitFor();
  assert.deepEqual(await sounds(), []);
  await press("Undo");
  await keeping.getByText("All is as it was.").waitFor();
  assert.deepEqual(await sounds(), before);
  await press("Clear");
  await keeping.getByText("Cleared: 1 answer of your own").waitFor();
  await load(copy);
  await keeping.getByText(/^A copy of/).waitFor();
  await press("Add it to what is here");
  await keeping.getByText("Added.").waitFor();
  assert.deepEqual(await sounds(), before);
  await page.goto(url(PAGES.exercises));
  await exercise.getByRole("button", { name: "Record", exact: true }).click();
  await exercise.locator(".take > summary").click();
  await exercise.getByRole("button", { name: "Listen" }).click();
  await page.waitForFunction(() => document.querySelector("audio")?.currentTime > 0);
});

test("a sound that is damaged, or none at all", async (t) => {
  const { page, url, exercise, press, save, load, sounds, keeping } = await recorded(t);
  const before = await sounds();
  await keeping.getByRole("checkbox", { name: "with the sound of your answers" }).check();
  const copy = await save("Saved as a file");
  for (const wrong of [copy.replace(/;base64,..../, ";base64,A_*"), copy.replace("data:audio", "data:text")]) {
    await load(wrong);
    await keeping.getByText("This copy is damaged").waitFor();
    await load("{}");
    await keeping.getByText("no copy of practice").waitFor();
    assert.deepEqual(await sounds(), before);
  }
  const bare = JSON.parse(copy);
  delete bare.kept.sounds;
  await press("Clear");
  await keeping.getByText("Cleared: 1 answer of your own").waitFor();
  await load(JSON.stringify(bare));
  await keeping.getByText(/^A copy of/).waitFor();
  await press("Add it to what is here");
  await keeping.getByText("Added.").waitFor();
  await page.goto(url(PAGES.exercises));
  await exercise.getByRole("button", { name: "Record", exact: true }).click();
  await exercise.locator(".take > summary").click();
  await exercise.getByRole("button", { name: "Listen" }).click();
  await exercise.getByText("Its sound is not in this browser").waitFor();
});
