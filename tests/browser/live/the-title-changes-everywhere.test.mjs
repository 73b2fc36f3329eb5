// A page's title stands in the window, over the text, in the sidebar and in what leads to the page; a new page is found there.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PAGE, SECOND, mark, open, unreloaded } from "./live.mjs";

test("a page that is renamed", async (t) => {
  const { page, edit, complaints } = await open(t);
  await mark(page);
  await page.locator(".sidebar").dispatchEvent("pointerenter");
  await page.locator(".tree .twist").first().waitFor();
  await edit(PAGE.file, "# Every construct", "# All constructs", null);
  await page.waitForFunction(() => document.title === "All constructs - Fixture Handbook");
  assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), "All constructs");
  await page.locator(".tree [aria-current=page]", { hasText: "All constructs" }).waitFor();
  assert.equal(await page.locator(".tree [aria-current=page]").count(), 1);
  assert.ok(await unreloaded(page));
  assert.deepEqual(complaints, []);
});

test("a neighbour that is renamed", async (t) => {
  const { page, edit } = await open(t);
  await mark(page);
  await edit(SECOND.file, "# A second page", "# The other page", null);
  await page.locator(".tree", { hasText: "The other page" }).waitFor();
  await page.locator(".pager .next", { hasText: "The other page" }).waitFor();
  assert.ok(await unreloaded(page));
});

test("a new page appears among the opened branches, where sidebar, focus and place are as before", async (t) => {
  const { page, server } = await open(t, { viewport: { width: 1280, height: 500 } });
  await mark(page);
  const twist = (name) => page.getByRole("button", { name: `Pages in ${name}`, exact: true });
  await page.locator(".sidebar").dispatchEvent("pointerenter");
  await twist("A long chapter").click();
  await page.getByRole("link", { name: "Page 30 of" }).waitFor();
  await twist("Reading").click();
  await page.locator(".sidebar-scroll").evaluate((scroller) => (scroller.scrollTop = 150));
  await page.getByRole("link", { name: "Page 9 of" }).focus();
  const place = await page.locator(".sidebar-scroll").evaluate((scroller) => scroller.scrollTop);

  await server.edit("guide/3-long/99-last.md", "# The very last page\n\nText.\n");
  await page.locator(".tree a", { hasText: "The very last page" }).waitFor();
  assert.equal(await twist("A long chapter").getAttribute("aria-expanded"), "true");
  assert.equal(await twist("Reading").getAttribute("aria-expanded"), "false");
  assert.equal(await twist("Practice").getAttribute("aria-expanded"), "false");
  assert.match(await page.evaluate(() => document.activeElement.textContent), /^Page 9 of/);
  assert.equal(await page.locator(".sidebar-scroll").evaluate((scroller) => scroller.scrollTop), place);

  await server.remove("guide/3-long/99-last.md");
  await page.locator(".tree a", { hasText: "The very last page" }).waitFor({ state: "detached" });
  assert.ok(await unreloaded(page));
});

test("the sidebar of a page that is new to the drawer, on a phone", async (t) => {
  const { page, server } = await open(t, { viewport: { width: 360, height: 740 } });
  await server.edit("guide/1-reading/9-last.md", "# The very last page\n\nText.\n");
  await page.locator(".tree a", { hasText: "The very last page" }).waitFor({ state: "attached" });
  await page.getByRole("button", { name: "Menu" }).click();
  await page.locator(".drawer .twist").first().waitFor();
  await page.getByRole("link", { name: "The very last page" }).waitFor();
  await server.edit("guide/1-reading/9-last.md", "# The utterly last page\n\nText.\n");
  await page.locator(".drawer").getByRole("link", { name: "The utterly last page" }).waitFor();
  assert.equal(await page.locator(".drawer .tree [aria-current=page]").innerText(), "Every construct");
});

test("a page that is taken away, and comes back", async (t) => {
  const { page, server } = await open(t, { path: "long/page-30.html" });
  await server.remove("guide/3-long/30-page-30.md");
  await page.getByText("There is no page at this address").waitFor();
  await server.edit("guide/3-long/30-page-30.md", "# Another last page\n\nOf words.\n");
  await page.getByText("Of words.").waitFor();
});
