// The whole tree takes the place of the server's short list: from the web and from disk, on every depth.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open, treeIsBuilt } from "./browser.mjs";
import { PAGES, fileUrl } from "./site.mjs";

const TITLES = {
  [PAGES.folder]: "Reading",
  [PAGES.page]: "Every construct",
  [PAGES.inner]: "Model the upload service",
  [PAGES.long]: "Page 20 of the long chapter",
};

for (const way of ["from the web", "from disk"]) {
  test(`the current page is marked and visible, ${way}`, async (t) => {
    const { page, url, complaints } = await open(t);
    for (const [path, title] of Object.entries(TITLES)) {
      await page.goto(way === "from disk" ? fileUrl(path) : url(path));
      await treeIsBuilt(page);
      const current = page.locator(".tree [aria-current=page]");
      assert.deepEqual(await current.allInnerTexts(), [title]);
      assert.ok(await current.evaluate((link) => {
        const { top, bottom } = link.getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight;
      }), `${title} is in view`);
    }
    assert.deepEqual(complaints, []);
  });

  test(`a branch that is opened loads its chapter's file and leads to its pages, ${way}`, async (t) => {
    const { page, url, requests } = await open(t);
    await page.goto(way === "from disk" ? fileUrl(PAGES.page) : url(PAGES.page));
    await treeIsBuilt(page);
    const files = () => requests.filter((address) => /\/contents\/practice/.test(address)).length;
    assert.equal(files(), 0);
    const button = page.getByRole("button", { name: "Pages in Practice" });
    assert.equal(await button.getAttribute("aria-expanded"), "false");
    await button.click();
    assert.equal(await button.getAttribute("aria-expanded"), "true");
    await page.locator(".tree").getByRole("link", { name: "Reviews" }).click();
    assert.match(page.url(), /practice\/reviews\.html$/);
    assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), "Reviews");
    assert.ok(files() >= 1);
  });
}

test("opened branches and the scroll position are remembered", async (t) => {
  const { page, url } = await open(t, { viewport: { width: 1280, height: 500 } });
  await page.goto(url(PAGES.folder));
  await treeIsBuilt(page);
  await page.getByRole("button", { name: "Pages in A long chapter" }).click();
  await page.getByRole("link", { name: "Page 30 of" }).waitFor();
  await page.locator(".sidebar-scroll").evaluate((scroller) => (scroller.scrollTop = 40));
  await page.goto(url(PAGES.page));
  await page.getByRole("link", { name: "Page 30 of" }).waitFor();
  await page.waitForFunction(() => document.querySelector(".sidebar-scroll").scrollTop === 40);

  await page.getByRole("button", { name: "Pages in A long chapter" }).click();
  await page.reload();
  await treeIsBuilt(page);
  assert.equal(await page.getByRole("link", { name: "Page 30 of" }).count(), 0);
});

test("when the tree cannot be had, the server's list stays", async (t) => {
  const { page, url } = await open(t);
  await page.route("**/contents/root.js", (route) => route.abort());
  await page.goto(url(PAGES.page), { waitUntil: "networkidle" });
  const sidebar = page.getByRole("navigation", { name: "Book" });
  await sidebar.getByRole("link", { name: "A second page" }).waitFor();
  assert.equal(await sidebar.locator("[aria-current=page]").innerText(), "Every construct");
});
