// Each collection has had other shapes before: what a browser has kept in one of them works as if it were of today, and so does a
// copy from then.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { PAGES } from "./site.mjs";

const LIST = { phase: "interview-day", count: 2, done: 1, items: { aloud: { text: "Say the parts of a drill aloud" } } };

test("ticks of version 1, which had no times", async (t) => {
  const { page, url, complaints } = await open(t);
  await page.goto(url(PAGES.home));
  await page.evaluate((list) => localStorage.setItem("prepbook.browser-tests.practice.ticks.before", JSON.stringify([1, list])), LIST);
  await page.goto(url(PAGES.exercises));
  assert.ok(await page.getByRole("checkbox", { name: "Say the parts" }).isChecked());
  await page.getByRole("checkbox", { name: "Share" }).check();
  const [version, { items }] = await page.evaluate(() => JSON.parse(localStorage.getItem("prepbook.browser-tests.practice.ticks.before")));
  assert.deepEqual([version, items.aloud], [2, { ...LIST.items.aloud, at: 0 }]);
  assert.deepEqual(complaints, []);
});

test("attempts of version 1, none of which was a threat model", async (t) => {
  const { page, url, complaints } = await open(t);
  await page.goto(url(PAGES.exercises));
  const review = page.locator("#refunds");
  await page.evaluate(() => new Promise((done, failed) => {
    const request = indexedDB.open("prepbook.browser-tests", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("log");
    request.onerror = failed;
    request.onsuccess = () => {
      const score = { found: 1, of: 2, wrong: 0, named: 1, rated: 1, first: 900 };
      const transaction = request.result.transaction("log", "readwrite");
      transaction.objectStore("log").put([1, { item: "refunds", at: 1, seconds: 61, planned: 600, score }], ["attempts", "refunds.1"]);
      transaction.oncomplete = done;
    };
  }));
  await review.getByRole("button", { name: "Start the clock" }).click();
  await review.locator('.line[data-line="7"]').click();
  await review.getByRole("button", { name: "Done" }).click();
  await review.locator(".verdict").getByText("Before: 1 of 2.").waitFor();
  await review.locator(".clock").getByText("Before: 1:01.").waitFor();
  assert.deepEqual(complaints, []);
});

test("a copy from then", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.practice));
  const copy = { format: "prepbook practice", book: "browser-tests", saved: "2026-11-26T09:00:00.000Z", kept: { ticks: { version: 1, records: { before: LIST } } } };
  await page.getByLabel("Load a copy").setInputFiles({ name: "copy.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(copy)) });
  await page.getByText("A copy of November 26, 2026: 1 checklist").waitFor();
  await page.getByRole("button", { name: "Add it to what is here" }).click();
  await page.getByRole("row", { name: "Thirty minutes before" }).getByText("1 of 2 done").waitFor();
});
