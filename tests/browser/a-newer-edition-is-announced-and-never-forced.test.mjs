// A newer edition waits until the reader wants it; an exercise that is under way is not even told of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { editions } from "./editions.mjs";
import { PAGES } from "./site.mjs";

const rewritten = { [PAGES.second]: (html) => html.replace(/(<h1[^>]*>)[^<]*/, "$1Rewritten") };
const look = (page) => page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
const notice = (page) => page.getByRole("complementary", { name: "A newer edition is ready." });

test("it is said, and shown when the reader asks", async (t) => {
  const { page, another, url, isControlled, publish, complaints } = await editions(t, { small: 0 });
  await page.goto(url(PAGES.second));
  await isControlled();
  const other = await another();
  await other.goto(url(PAGES.page));
  await isControlled(other);
  for (const tab of [page, other]) await tab.evaluate(() => (globalThis.untouched = true));
  assert.equal(await notice(page).count(), 0);

  publish(rewritten);
  await look(page);
  await notice(page).waitFor();
  assert.equal(await page.locator("h1").innerText(), "A second page");
  assert.ok(await page.evaluate(() => globalThis.untouched), "nothing was loaded again");

  await notice(page).getByRole("button", { name: "Show it" }).click();
  await page.getByRole("heading", { name: "Rewritten" }).waitFor();
  assert.equal(await notice(page).count(), 0);
  assert.ok(await other.evaluate(() => globalThis.untouched), "other tabs stay as they are");
  assert.deepEqual(complaints, []);
});

test("it can be put off", async (t) => {
  const { page, url, isControlled, publish } = await editions(t, { small: 0 });
  await page.goto(url(PAGES.second));
  await isControlled();
  publish(rewritten);
  await look(page);
  await notice(page).getByRole("button", { name: "Later" }).click();
  assert.equal(await notice(page).count(), 0);
  await page.goto(url(PAGES.page));
  await isControlled();
  assert.equal(await notice(page).count(), 0);
});

test("nothing is said while an exercise is under way", async (t) => {
  const { page, url, isControlled, publish } = await editions(t, { small: 0 });
  await page.goto(url(PAGES.second));
  await isControlled();
  await page.evaluate(() => (document.documentElement.dataset.practising = ""));
  publish(rewritten);
  await look(page);
  await page.waitForFunction(async () => (await navigator.serviceWorker.ready).waiting);
  await page.waitForTimeout(300);
  assert.equal(await notice(page).count(), 0);
  await page.evaluate(() => delete document.documentElement.dataset.practising);
  await notice(page).waitFor();
});

test("what only older editions need goes when no page shows one", async (t) => {
  const { page, url, isControlled, publish, kept } = await editions(t, { small: 0 });
  await page.goto(url(PAGES.second));
  await isControlled();
  const before = (await kept()).filter((address) => address.includes(PAGES.second));
  publish(rewritten);
  await look(page);
  await notice(page).getByRole("button", { name: "Show it" }).click();
  await page.getByRole("heading", { name: "Rewritten" }).waitFor();
  await isControlled();
  const after = (await kept()).filter((address) => address.includes(PAGES.second));
  assert.equal(after.length, 1);
  assert.notDeepEqual(after, before);
});
