// What was edited while the server was away is there once it is back; the reader is told that it is away.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PAGE, SECOND, mark, open, unreloaded } from "./live.mjs";

test("edits that were made in between", async (t) => {
  const { page, server, edit, complaints } = await open(t);
  await mark(page);
  await server.stop();
  const waiting = page.locator("prepbook-live .waiting");
  await waiting.waitFor();
  await edit(PAGE.file, "A paragraph with", "One paragraph with", null);
  await edit(SECOND.file, "# A second page", "# The other page", null);
  await server.again();
  await page.getByText("One paragraph with").waitFor();
  await page.locator(".tree", { hasText: "The other page" }).waitFor();
  await waiting.waitFor({ state: "hidden" });
  await edit(PAGE.file, "One paragraph with", "This paragraph with", "This paragraph with");
  assert.ok(await unreloaded(page));
  assert.deepEqual(complaints, []);
});

test("a short absence is not mentioned", async (t) => {
  const { page, server, edit } = await open(t);
  await mark(page);
  await page.evaluate(() => {
    window.told = 0;
    const waiting = document.querySelector("prepbook-live").shadowRoot.querySelector(".waiting");
    new MutationObserver(() => (told += waiting.hidden ? 0 : 1)).observe(waiting, { attributes: true });
  });
  await server.stop();
  await server.again();
  await edit(PAGE.file, "A paragraph with", "One paragraph with", "One paragraph with");
  assert.equal(await page.evaluate(() => told), 0);
  assert.ok(await unreloaded(page));
});

test("of many edits in a row the last one is shown", async (t) => {
  const { page, server } = await open(t);
  await mark(page);
  for (let round = 1; round <= 15; round += 1) {
    await server.edit(PAGE.file, (text) => text.replace(/^.*paragraph with/m, `Number ${round} paragraph with`));
  }
  await page.getByText("Number 15 paragraph with").waitFor();
  await page.waitForTimeout(300);
  assert.ok(await page.getByText("Number 15 paragraph with").isVisible());
  assert.ok(await unreloaded(page));
});

test("a page that the browser had put away catches up when the reader goes back", async (t) => {
  const { page, edit, url } = await open(t);
  await mark(page);
  await page.goto(url(SECOND.path));
  await edit(PAGE.file, "A paragraph with", "One paragraph with", null);
  await page.goBack();
  await page.getByText("One paragraph with").waitFor();
});

test("several pages of one site are kept up to date at once", async (t) => {
  const { page, another, url, edit } = await open(t);
  for (let count = 0; count < 4; count += 1) await (await another()).goto(url(SECOND.path));
  await page.bringToFront();
  await edit(PAGE.file, "A paragraph with", "One paragraph with", "One paragraph with");
});
