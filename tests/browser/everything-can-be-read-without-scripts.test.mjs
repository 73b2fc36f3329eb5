// With scripts off a reader gets all of the text and every way through the book.
import assert from "node:assert/strict";
import { test } from "node:test";
import { DESK, PHONE, open } from "./browser.mjs";
import { PAGES } from "./site.mjs";

test("the sidebar shows the chapters and the pages around this one", async (t) => {
  const { page, url } = await open(t, { scripts: false });
  await page.goto(url(PAGES.page));
  const sidebar = page.getByRole("navigation", { name: "Book" });
  await assertVisible(sidebar.getByRole("link", { name: "Practice" }));
  await assertVisible(sidebar.getByRole("link", { name: "A second page" }));
  assert.equal(await sidebar.locator("[aria-current=page]").innerText(), "Every construct");
});

test("the contents page lists every page of the book, nested", async (t) => {
  const { page, url } = await open(t, { scripts: false });
  await page.goto(url(PAGES.home));
  await page.getByRole("link", { name: "All contents" }).first().click();
  const links = page.getByRole("main").getByRole("link");
  for (const name of ["Every construct", "Model the upload service", "Page 30 of the long chapter", "Glossary"]) {
    await assertVisible(links.filter({ hasText: name }));
  }
  await assertVisible(page.getByRole("main").locator("ul ul ul a", { hasText: "Model the upload service" }));
});

test("on a phone the menu link leads to the chapters", async (t) => {
  const { page, url } = await open(t, { scripts: false, viewport: PHONE });
  await page.goto(url(PAGES.page));
  const chapter = page.getByRole("navigation", { name: "Book" }).getByRole("link", { name: "Practice", exact: true });
  assert.equal(await chapter.isVisible(), false);
  await page.getByRole("link", { name: "Menu" }).click();
  await chapter.click();
  assert.match(page.url(), /practice\/index\.html$/);
});

test("tabs stand one below the other, each with its title", async (t) => {
  const { page, url } = await open(t, { scripts: false });
  await page.goto(url(PAGES.page));
  for (const text of ["Install it with the package manager", "Install it on a Mac", "Install it on Windows"]) {
    await assertVisible(page.getByText(text));
  }
  assert.deepEqual(await page.locator(".tabs").first().locator(".tab-title").allInnerTexts(), ["Linux", "macOS", "Windows"]);
});

test("the page's headings are listed: folded on a phone, open on a wide screen", async (t) => {
  const { page, url } = await open(t, { scripts: false, viewport: PHONE });
  await page.goto(url(PAGES.page));
  const link = page.getByRole("navigation", { name: "On this page" }).getByRole("link", { name: "Tables" });
  assert.equal(await link.isVisible(), false);
  await page.getByText("On this page").first().click();
  await assertVisible(link);
  await page.setViewportSize(DESK);
  await page.reload();
  await assertVisible(link);
});

test("no control is shown that would do nothing", async (t) => {
  const { page, url } = await open(t, { scripts: false });
  await page.goto(url(PAGES.page));
  assert.equal(await page.locator("button:visible, select:visible").count(), 0);
});

async function assertVisible(locator) {
  await locator.first().waitFor({ state: "visible" });
}
