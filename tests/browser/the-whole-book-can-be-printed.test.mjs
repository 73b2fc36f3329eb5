// The book as one page: every page in reading order, each id once, every inner link with its place, nothing that is for
// screens alone on paper; packs take what is theirs. All of it without scripts too.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { PAGES, fileUrl } from "./site.mjs";

async function sheet(t, address, options) {
  const opened = await open(t, options);
  await opened.page.goto(options?.fromDisk ? fileUrl(address) : opened.url(address));
  await opened.page.emulateMedia({ media: "print" });
  return opened;
}

test("contents, practice and every page's imprint lead to what can be printed", async (t) => {
  const { page, url } = await open(t);
  for (const address of [PAGES.contents, PAGES.practice]) {
    await page.goto(url(address));
    const links = await page.locator(".prints li a").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
    assert.deepEqual(links, [PAGES.printBook, PAGES.printCram, PAGES.printChecklists, PAGES.printStories, PAGES.printInterviewer]);
  }
  await page.goto(url(PAGES.inner));
  await page.getByRole("link", { name: "Print the book" }).click();
  assert.equal(await page.locator("h1").textContent(), "Fixture Handbook");
});

for (const fromDisk of [false, true]) {
  test(`each page of the book is there once, in reading order${fromDisk ? ", from disk" : ""}`, async (t) => {
    const { page } = await sheet(t, PAGES.printBook, { fromDisk });
    const titles = await page.locator("article.bound > .page-header h2").allTextContents();
    const order = ["Fixture Handbook", "Every construct", "A second page", "Every kind of exercise", "Page 20 of the long chapter"].map((title) => titles.indexOf(title));
    assert.deepEqual(order, order.toSorted((one, other) => one - other));
    assert.equal(order[0], 0);
    assert.equal(new Set(titles).size, titles.length);
    assert.deepEqual(titles.slice(-2).sort(), ["Glossary", "References"]);
  });
}

test("every id is there once, and every link inside leads to one", async (t) => {
  const { page } = await sheet(t, PAGES.printBook, { scripts: false });
  const { twice, lost, inner } = await page.evaluate(() => {
    const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
    const links = [...document.querySelectorAll('main a[href^="#"]')].map((link) => decodeURIComponent(link.getAttribute("href").slice(1)));
    const names = [...document.querySelectorAll("main [aria-labelledby]")].flatMap((one) => one.getAttribute("aria-labelledby").split(" "));
    return { twice: ids.filter((id, at) => ids.indexOf(id) !== at), lost: [...links, ...names].filter((id) => !ids.includes(id)), inner: links.length };
  });
  assert.deepEqual([twice, lost], [[], []]);
  assert.ok(inner > 50);
});

test("its contents lead to its pages, and a link between pages to the place", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.printBook));
  await page.locator(".print-contents").getByRole("link", { name: "A second page" }).click();
  const target = page.locator("article.bound:target .page-header h2");
  assert.equal(await target.textContent(), "A second page");
  await page.waitForFunction(() => {
    const { top } = document.querySelector("article.bound:target .page-header h2").getBoundingClientRect();
    return top >= 0 && top < innerHeight;
  });
});

test("on paper there is no navigation, pages begin on sheets of their own, titles stand out", async (t) => {
  const { page } = await sheet(t, PAGES.printBook, { scripts: false });
  for (const selector of [".site-header", ".sidebar", ".print-about", ".breadcrumbs", ".site-footer"]) {
    assert.equal(await page.locator(selector).first().isVisible(), false, selector);
  }
  assert.equal(await page.locator(".bound :is(nav, button, script)").count(), 0);
  const breaks = await page.locator("article.bound").evaluateAll((all) => all.map((one) => getComputedStyle(one).breakBefore));
  assert.ok(breaks.slice(1).every((value) => value === "page"));
  const size = (selector) => page.locator(selector).first().evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
  assert.ok((await size(".bound .page-header h2")) > (await size(".bound .content h3")));
  assert.ok((await size(".bound .content h3")) > (await size(".bound .content h4")));
});

test("with scripts the answers stand at the end of the book", async (t) => {
  const { page } = await sheet(t, PAGES.printBook);
  await page.locator(".collected").waitFor();
  assert.equal(await page.locator(".content:not(.collected) .answer").count(), 0);
  assert.ok(await page.locator(".collected").evaluate((section) => !section.closest("article") && section.nextElementSibling === null));
});

test("the interviewer sees the answers where they belong", async (t) => {
  const { page } = await sheet(t, PAGES.printInterviewer);
  assert.equal(await page.locator(".collected").count(), 0);
  const kinds = await page.locator(".content > .bound > .practice").evaluateAll((all) => [...new Set(all.map((one) => one.dataset.practice))].sort());
  assert.deepEqual(kinds, ["drill", "question", "review", "simulation"]);
  assert.ok(await page.locator("details.answer").evaluateAll((all) => all.length > 5 && all.every((details) => details.open)));
  const ids = await page.locator("[data-id]").evaluateAll((all) => all.map((one) => one.dataset.id));
  assert.deepEqual(ids.filter((id, at) => ids.indexOf(id) !== at), []);
});

test("checklists, cram sheet and story sheets have what is theirs", async (t) => {
  const { page, url } = await open(t, { scripts: false });
  await page.goto(url(PAGES.printChecklists));
  assert.ok((await page.locator(".practice-checklist").count()) > 0);
  assert.equal(await page.locator(".content > .bound > :not(h2, .practice-checklist)").count(), 0);
  await page.goto(url(PAGES.printCram));
  assert.deepEqual(await page.locator(".content > *").evaluateAll((all) => all.map((one) => one.querySelector(".callout-title").textContent)), ["Ask first"]);
  const hrefs = await page.locator(".content a").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  assert.deepEqual(hrefs, [`${PAGES.page}#cards`, PAGES.second]);
  await page.goto(url(PAGES.printStories));
  assert.deepEqual(await page.locator(".prompt h2").allTextContents(), ["Earn Trust", "Dive Deep"]);
  assert.deepEqual(await page.locator(".prompt").first().locator("dt .time").allTextContents(), ["0:45", "0:30", "2:00", "0:45"]);
});

test("a figure stands with its caption", async (t) => {
  const { page } = await sheet(t, PAGES.page);
  const figure = page.locator("figure#square");
  assert.equal(await figure.locator("figcaption").innerHTML(), "A square, as wide as <em>it</em> is high");
  assert.equal(await figure.evaluate((element) => getComputedStyle(element).breakInside), "avoid");
});
