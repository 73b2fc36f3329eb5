// Whoever edits another page, or a part of the site that this one does not show, does not disturb this one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PAGE, SECOND, mark, open, unreloaded } from "./live.mjs";

const GLOSSARY = "guide/4-glossary.md";

test("another page's text changes nothing in this document", async (t) => {
  const { page, server, another, url, complaints } = await open(t);
  await mark(page);
  await page.locator(".sidebar").dispatchEvent("pointerenter");
  await page.locator(".tree .twist").first().waitFor();
  await page.evaluate(() => {
    window.changes = [];
    new MutationObserver((records) => changes.push(...records.map(({ type, target }) => `${type} ${target.nodeName}`)))
      .observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  const other = await another();
  await other.goto(url(SECOND.path));
  await server.edit(SECOND.file, (text) => text.replace("Something to come back from.", "Something else to come back from."));
  await other.getByText("Something else to come back from.").waitFor();
  await server.edit(GLOSSARY, (text) => `${text}\nOne more line.\n`);
  await page.waitForTimeout(300);
  assert.deepEqual(await page.evaluate(() => changes), []);
  assert.ok(await unreloaded(page));
  assert.deepEqual(complaints, []);
});

test("only what the edit changes is touched on the page itself", async (t) => {
  const { page, edit } = await open(t);
  await page.locator(".sidebar").dispatchEvent("pointerenter");
  await page.locator(".tree .twist").first().waitFor();
  await page.evaluate(() => {
    window.changes = [];
    new MutationObserver((records) => changes.push(...records.map(({ type, target }) => `${type} ${target.nodeName}`)))
      .observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  await edit(PAGE.file, "What are we building, and", "What do we build, and", "What do we build");
  await page.waitForTimeout(300);
  assert.deepEqual(await page.evaluate(() => changes), ["characterData #text"]);
});
