// Whoever writes a story of their own while the book is edited keeps it, and what they are typing in.
import assert from "node:assert/strict";
import { test } from "node:test";
import { mark, open, unreloaded } from "./live.mjs";

const BOOK = { file: "guide/2-practice/3-every-kind.md", path: "your-stories.html" };

test("the book's story gets another title", async (t) => {
  const { page, edit, complaints } = await open(t, { path: BOOK.path });
  await mark(page);
  await page.getByRole("button", { name: "Write a story" }).click();
  const story = page.locator(".own-story");
  await story.getByRole("checkbox", { name: "Earn Trust" }).check();
  const field = story.locator('[name="situation"]');
  await field.fill("It broke. Then");
  await edit(BOOK.file, "::::story[The key in the build log]", "::::story[The key in the log of the build]", "The key in the log of the build");
  assert.ok(await unreloaded(page));
  await page.keyboard.type(" it went on.");
  assert.equal(await field.inputValue(), "It broke. Then it went on.");
  await page.locator('[data-principle="earn-trust"] .told').getByText("It broke.").waitFor();
  await page.locator('[data-principle="dive-deep"]').getByRole("button", { name: "Write one for it" }).click();
  assert.equal(await story.count(), 2);
  assert.deepEqual(complaints, []);
});
