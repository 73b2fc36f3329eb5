// A new edition of the book may move, insert and reword what a reader has ticked off: each tick stays with what it was for, what
// was reworded says so, and a tick whose item is gone is not lost.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { PAGES } from "./site.mjs";

const SHARE = "Share the screen once, and check the microphone";
const item = (key, words) => `<li class="task" data-key="${key}"><input type="checkbox" aria-label="${words}"> ${words}</li>`;

/** The page as a next edition has it. */
async function publish(page, url, items) {
  await page.unroute(url(PAGES.exercises));
  await page.route(url(PAGES.exercises), async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(/<ul>\s*<li class="task" data-key[^]*?<\/ul>/, `<ul>${items.join("\n")}</ul>`);
    await route.fulfill({ response, body });
  });
  await page.goto(url(PAGES.exercises));
}

async function ticked(t) {
  const opened = await open(t, { workers: false });
  await opened.page.goto(opened.url(PAGES.exercises));
  const list = opened.page.getByRole("region", { name: "Thirty minutes before" });
  await list.getByRole("checkbox", { name: "Share" }).check();
  return { ...opened, list };
}
const checked = (list) => list.getByRole("checkbox", { checked: true }).evaluateAll((boxes) => boxes.map((box) => box.ariaLabel));

test("what was moved and inserted moves no tick", async (t) => {
  const { page, url, list } = await ticked(t);
  const key = await list.getByRole("checkbox", { name: "Share" }).evaluate((box) => box.parentElement.dataset.key);
  await publish(page, url, [item("new", "Charge the laptop"), item("aloud", "Say the parts of a drill aloud"), item(key, SHARE)]);
  assert.deepEqual(await checked(list), [SHARE]);
  assert.equal(await list.locator(".changed").count(), 0);
});

test("what was reworded says what it was, until the reader agrees", async (t) => {
  const { page, url, list, complaints } = await ticked(t);
  const now = "Share the screen twice, and check the microphone";
  const items = [item("x1", "Share a pencil"), item("x2", now)];
  await publish(page, url, items);
  assert.deepEqual(await checked(list), [now]);
  await list.getByText(`It said: “${SHARE}”`).waitFor();
  await list.getByRole("button", { name: "Still done" }).click();
  assert.ok(await list.getByRole("checkbox", { name: now }).evaluate((box) => box === document.activeElement));
  await publish(page, url, items);
  assert.deepEqual(await checked(list), [now]);
  assert.equal(await list.locator(".changed").count(), 0);
  assert.deepEqual(complaints, []);
});

test("what was taken out is listed until the reader lets it go", async (t) => {
  const { page, url, list } = await ticked(t);
  await publish(page, url, [item("x1", "Something else")]);
  assert.deepEqual(await checked(list), []);
  await list.getByText(SHARE).waitFor();
  await list.getByRole("button", { name: "Forget it" }).click();
  await page.reload();
  assert.equal(await list.getByText(SHARE).count(), 0);
});
