// Whoever edits an exercise while its clock runs, by mistake or to mend it, takes no time from whoever practises it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { mark, open, unreloaded } from "./live.mjs";

const FILE = "guide/2-practice/3-every-kind.md";

test("elsewhere on the page, and in the exercise itself", async (t) => {
  const { page, edit, complaints } = await open(t, { path: "practice/every-kind.html" });
  await mark(page);
  const clock = page.locator("#model-it > .clock");
  await clock.getByRole("button", { name: "Start the clock" }).click();
  await clock.getByText(/^1[67]:\d\d/).first().waitFor();
  await edit(FILE, "What would you ask first?", "What would you ask before all else?", "before all else");
  await clock.getByText(/^1[67]:\d\d/).first().waitFor();
  await edit(FILE, "- 2:00 Clarify: goal, users, data", "- 2:00 Clarify: goal, users, data, money", "data, money");
  await edit(FILE, "[Model the document service]", "[Model the service of documents]", "Model the service of documents");
  await clock.getByText(/^1[67]:\d\d/).first().waitFor();
  assert.match(await page.title(), /^1[67]:\d\d · /);
  await clock.getByRole("button", { name: "Forget it" }).click();
  assert.doesNotMatch(await page.title(), /^\d/);
  assert.equal(await page.evaluate(() => "practising" in document.documentElement.dataset), false);
  assert.ok(await unreloaded(page));
  assert.deepEqual(complaints, []);
});
