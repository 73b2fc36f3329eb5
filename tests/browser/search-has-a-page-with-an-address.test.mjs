// search.html: what is asked stands in its address; it works from disk; and without scripts it leads on.
import assert from "node:assert/strict";
import { test } from "node:test";
import { found, open } from "./browser.mjs";
import { PAGES, fileUrl } from "./site.mjs";

const field = (page) => page.getByRole("combobox", { name: "Search this book" });

test("a link can lead to results, of a kind, too", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.search) + "?q=okapi+crossing");
  await found(page);
  assert.equal(await field(page).inputValue(), "okapi crossing");
  assert.equal(await page.locator("[role=option]").first().locator(".search-title").innerText(), "Okapi crossing");
  await page.goto(url(PAGES.search) + "?q=upload&kind=d");
  await found(page);
  assert.ok(await page.getByRole("radio", { name: /^Drills/ }).isChecked());
});

test("the address follows what is asked, without steps to go back through", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.home));
  await page.goto(url(PAGES.search));
  await field(page).fill("okapi & zebra");
  await page.waitForURL(url(PAGES.search) + "?q=okapi+%26+zebra");
  await field(page).fill("upload");
  await page.waitForURL(url(PAGES.search) + "?q=upload");
  await page.getByRole("radio", { name: /^Drills/ }).check();
  await page.waitForURL(url(PAGES.search) + "?q=upload&kind=d");
  await page.reload();
  await found(page);
  assert.ok(await page.getByRole("radio", { name: /^Drills/ }).isChecked());
  await page.goBack();
  assert.equal(page.url(), url(PAGES.home));
});

test("a kind that there is not is no kind", async (t) => {
  const { page, url, complaints } = await open(t);
  await page.goto(url(PAGES.search) + "?q=okapi&kind=%3Cimg%3E");
  await found(page);
  assert.ok(await page.getByRole("radio", { name: /^All/ }).isChecked());
  assert.deepEqual(complaints, []);
});

test("here / goes to the field, and opens no dialog", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.search));
  await field(page).waitFor();
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.name), "q");
  assert.equal(await page.locator("dialog.search").count(), 0);
});

test("the dialog leads here with what was asked", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.page));
  await page.keyboard.press("/");
  await page.keyboard.type("okapi");
  await found(page);
  await page.getByRole("link", { name: "All results on a page" }).click();
  await page.waitForURL(url(PAGES.search) + "?q=okapi");
});

test("from disk the dialog and the page find the same, and links lead to pages", async (t) => {
  const { page, complaints } = await open(t);
  await page.goto(fileUrl(PAGES.page));
  await page.keyboard.press("/");
  await page.keyboard.type("okapi crossing");
  await found(page);
  const titles = await page.locator(".search-title").allInnerTexts();
  await page.goto(fileUrl(PAGES.search) + "?q=okapi+crossing");
  await found(page);
  assert.deepEqual(await page.locator(".search-title").allInnerTexts(), titles);
  await page.locator("[role=option]").first().click();
  await page.waitForURL(fileUrl(PAGES.words) + "#okapi-crossing");
  assert.deepEqual(complaints, []);
});

test("with storage refused it works the same", async (t) => {
  const { page, url, complaints } = await open(t, { init: () => {
    for (const area of ["localStorage", "sessionStorage"]) {
      Object.defineProperty(window, area, { get() { throw new DOMException("refused", "SecurityError"); } });
    }
  } });
  await page.goto(url(PAGES.search) + "?q=okapi");
  await page.locator("[role=option]").first().waitFor();
  await page.getByLabel("Open search with the key /").uncheck();
  assert.deepEqual(complaints, []);
});

test("without scripts it says so, and where else to look; the link in the header leads here", async (t) => {
  const { page, url } = await open(t, { scripts: false });
  await page.goto(url(PAGES.page));
  await page.getByRole("banner").getByRole("link", { name: "Search", exact: true }).click();
  assert.equal(page.url(), url(PAGES.search));
  const main = page.getByRole("main");
  assert.match(await main.innerText(), /needs scripts/);
  for (const name of ["Contents", "Glossary", "Practice"]) assert.ok(await main.getByRole("link", { name, exact: true }).isVisible(), name);
  assert.equal(await main.locator("input").count(), 0);
});

test("an address that is not there offers its words to search for", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url("reading/okapi-crosing.html"));
  const offer = page.getByRole("main").getByRole("searchbox");
  assert.equal(await offer.inputValue(), "okapi crosing");
  await offer.press("Enter");
  await page.waitForURL(url(PAGES.search) + "?q=okapi+crosing");
  await found(page);
  assert.equal(await page.locator("[role=option]").first().locator(".search-title").innerText(), "Okapi crossing");
});

test("the page for such addresses itself offers nothing", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.notFound));
  assert.equal(await page.getByRole("main").getByRole("searchbox").inputValue(), "");
});
