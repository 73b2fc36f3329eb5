// All that a reader has done goes into one file and comes back from it, from the web as from a disk, in place of what is there or
// beside it; and whatever was cleared or replaced can be had back.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { PAGES, fileUrl } from "./site.mjs";

const checked = (page) => page.locator(".practice-checklist input:checked").evaluateAll((boxes) => boxes.map((box) => box.ariaLabel));
const SHARE = "Share the screen once, and check the microphone";
const SAY = "Say the parts of a drill aloud";

/** Saves a copy, and gives its name and its text. */
async function save(page) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save a copy" }).click()]);
  await page.getByText("Saved as a file").waitFor();
  return [download.suggestedFilename(), await readFile(await download.path(), "utf8")];
}
const load = (page, text) => page.getByLabel("Load a copy").setInputFiles({ name: "copy.json", mimeType: "application/json", buffer: Buffer.from(text) });
const press = (page, name) => page.locator(".keeping").getByRole("button", { name, exact: true }).click();

for (const from of ["the web", "disk"]) {
  test(`from ${from}`, async (t) => {
    const { page, url, complaints } = await open(t);
    const address = from === "disk" ? fileUrl : url;
    await page.goto(address(PAGES.practice));
    await page.getByText("Nothing yet.").waitFor();
    await page.goto(address(PAGES.exercises));
    await page.getByRole("checkbox", { name: SHARE }).check();
    await page.goto(address(PAGES.practice));
    await page.locator(".kept").getByText("1 checklist").waitFor();
    const [name, text] = await save(page);
    assert.match(name, /^browser-tests-practice-\d{4}-\d\d-\d\d\.json$/);

    await press(page, "Clear");
    await page.getByText("Cleared: 1 checklist.").waitFor();
    await page.getByText("Nothing yet.").waitFor();
    await page.goto(address(PAGES.exercises));
    assert.deepEqual(await checked(page), []);
    await page.getByRole("checkbox", { name: SAY }).check();

    await page.goto(address(PAGES.practice));
    await load(page, text);
    await page.getByText(/^A copy of .*: 1 checklist/).waitFor();
    await press(page, "Add it to what is here");
    await page.getByText("Added.").waitFor();
    await page.goto(address(PAGES.exercises));
    assert.deepEqual(await checked(page), [SHARE, SAY]);

    await page.goto(address(PAGES.practice));
    await load(page, text);
    await press(page, "Put it in place of what is here");
    await page.getByText("The copy is now what is here.").waitFor();
    await page.goto(address(PAGES.exercises));
    assert.deepEqual(await checked(page), [SHARE]);
    await page.goto(address(PAGES.practice));
    const [, again] = await save(page);
    assert.deepEqual(JSON.parse(again).kept, JSON.parse(text).kept);
    assert.deepEqual(complaints, []);
  });
}

test("what was cleared can be had back, and a copy can be left", async (t) => {
  const { page, url, another } = await open(t);
  await page.goto(url(PAGES.exercises));
  await page.getByRole("checkbox", { name: SHARE }).check();
  const other = await another();
  await other.goto(url(PAGES.practice));
  const [, text] = await save(other);
  await press(other, "Clear");
  await page.getByText("1 of 2 done").waitFor({ state: "hidden" });
  assert.deepEqual(await checked(page), []);
  await press(other, "Undo");
  await other.getByText("All is as it was.").waitFor();
  await page.getByText("1 of 2 done").waitFor();
  assert.deepEqual(await checked(page), [SHARE]);
  await load(other, text);
  await press(other, "Leave it");
  await other.getByText("Nothing was changed.").waitFor();
});
