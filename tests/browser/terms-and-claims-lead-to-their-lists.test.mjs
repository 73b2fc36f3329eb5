// What is said with a source leads to the source, a term to its meaning, and both lists lead back to the pages that use them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { PAGES } from "./site.mjs";

const main = (page) => page.getByRole("main");

/** Where the address leads on this page: an element that can be seen, below the header. */
async function arrived(page, path, id, words) {
  assert.equal(new URL(page.url()).pathname, "/" + path);
  assert.equal(new URL(page.url()).hash, "#" + id);
  const target = page.locator(":target");
  assert.match(await target.innerText(), words);
  assert.ok(await target.evaluate((element) => element.getBoundingClientRect().top > 40 && element.getBoundingClientRect().bottom < innerHeight));
}

for (const scripts of [true, false]) {
  const how = `scripts ${scripts ? "on" : "off"}`;

  test(`an official claim leads to its source, and the source back, ${how}`, async (t) => {
    const { page, url } = await open(t, { scripts });
    await page.goto(url(PAGES.exercises));
    await main(page).getByRole("link", { name: "official" }).click();
    await arrived(page, PAGES.references, "ref-screen", /How the phone screen goes/);
    await page.locator(":target").getByRole("link", { name: "Every kind of exercise" }).click();
    assert.equal(new URL(page.url()).pathname, "/" + PAGES.exercises);
  });

  test(`a term leads to its entry, and the entry to others, its sources and back, ${how}`, async (t) => {
    const { page, url } = await open(t, { scripts });
    await page.goto(url(PAGES.exercises));
    await main(page).getByRole("link", { name: "IDOR", exact: true }).click();
    await arrived(page, PAGES.glossary, "term-idor", /also insecure direct object reference/);
    const entry = page.locator(".entry", { has: page.locator(":target") });
    assert.match(await entry.innerText(), /An id without an ownership check\./);
    await entry.getByRole("link", { name: "Bound value" }).click();
    await arrived(page, PAGES.glossary, "term-bound-value", /Bound value/);
    await entryOf(page, "IDOR").getByRole("link", { name: "Application Security Verification Standard" }).click();
    await arrived(page, PAGES.references, "ref-asvs", /Fixture Foundation/);
  });
}

test("each claim says what it rests on, in words", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.exercises));
  const claims = await page.locator(".claim").evaluateAll((all) => all.map((claim) => claim.innerText.replace(/\s+/g, " ").trim()));
  assert.deepEqual(claims.slice(0, 3), ["60 minutesofficial", "technicalreported", "Say so aloud.advice"]);
});

test("a source says who published it, and leads out", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.references));
  const entry = page.locator("#ref-asvs");
  assert.equal(await entry.getByRole("link").first().getAttribute("href"), "https://example.org/asvs");
  assert.match(await entry.innerText(), /Fixture Foundation.*Standard.*Checked on 2026-11-22/s);
});

test("the list of exercises leads to every one of them", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.practice));
  for (const name of ["Model the document service", "Refunds of a shop", "The key in the build log", "A short screen", "Documents for support"]) {
    const href = await main(page).getByRole("link", { name }).first().getAttribute("href");
    await page.goto(new URL(href, url(PAGES.practice)).href);
    const { hash } = new URL(page.url());
    assert.match(await page.locator(`[id="${hash.slice(1)}"]`).innerText(), new RegExp(name));
    await page.goBack();
  }
});

function entryOf(page, term) {
  return page.locator(".entry").filter({ has: page.locator("dt", { hasText: term }) });
}
