// Results: sections by page, with the words marked; kinds to choose from; and what to do when there are none.
import assert from "node:assert/strict";
import { test } from "node:test";
import { found, open, search } from "./browser.mjs";
import { PAGES } from "./site.mjs";

async function ask(t, query) {
  const opened = await open(t);
  await opened.page.goto(opened.url(PAGES.home));
  const field = await search(opened.page, query);
  return { ...opened, field };
}

test("a section comes with its page's name and an excerpt that marks the words", async (t) => {
  const { page } = await ask(t, "okapi crossing");
  const first = page.locator("[role=option]").first();
  assert.equal(await first.locator(".search-title").innerText(), "Okapi crossing");
  assert.match(await page.locator("[role=group]").first().innerText(), /^Words to search for/);
  assert.equal((await first.locator(".search-text mark").allInnerTexts())[0], "okapi");
  assert.equal((await page.locator("[role=option]").nth(1).locator(".search-title").innerText()), "Where a crossing has no okapi");
});

test("accents and signs are found and marked as they are written", async (t) => {
  const { page, field } = await ask(t, "zazółc");
  for (const [query, mark] of [["zażółć", "Zażółć"], [".zenv", ".zenv"], ["CWE-9979", "CWE-9979"], ["z01:2021", "Z01:2021"]]) {
    await field.fill(query);
    await found(page);
    assert.deepEqual(await page.locator("[role=option]").first().locator(".search-text mark").allInnerTexts(), [mark]);
  }
});

test("a kind can be chosen, each with how many there are", async (t) => {
  const { page } = await ask(t, "upload");
  const kinds = page.getByRole("group", { name: "Kind" });
  const all = await page.locator("[role=option]").count();
  await kinds.getByRole("radio", { name: /^Drills/ }).check();
  await page.waitForFunction((before) => document.querySelectorAll("[role=option]").length !== before, all);
  for (const badge of await page.locator(".search-hit").all()) assert.equal(await badge.locator(".search-badge").innerText(), "DRILL");
  const name = await kinds.locator("label", { hasText: "Drills" }).innerText();
  assert.equal(Number(/\d+/.exec(name)[0]), await page.locator("[role=option]").count());
});

test("of an answer no word is shown, only that it has what was asked for", async (t) => {
  const { page } = await ask(t, "tenant");
  const hit = page.locator("[role=option]").first();
  assert.equal(await hit.locator(".search-note").innerText(), "The answer has these words");
  assert.match(await hit.innerText(), /trust boundaries/);
  assert.doesNotMatch(await page.locator(".search-list").innerText(), /tenant/i);
});

test("a misspelt word is read as one that is near, and it says so", async (t) => {
  const { page } = await ask(t, "crosing");
  assert.match(await page.locator(".search-status").innerText(), /No “crosing”; showing “crossing”/);
  assert.equal(await page.locator("[role=option]").first().locator(".search-title").innerText(), "Okapi crossing");
});

test("without a result, words can be left out, and there are ways on", async (t) => {
  const { page, field } = await ask(t, "okapi qqqqqq");
  assert.match(await page.locator(".search-status").innerText(), /Nothing found for “okapi qqqqqq”/);
  for (const name of ["Contents", "Practice", "Glossary"]) {
    assert.equal(await page.locator(".search-status").getByRole("link", { name }).count(), 1, name);
  }
  await page.getByRole("button", { name: /Without “qqqqqq”/ }).click();
  await page.locator("[role=option]").first().waitFor();
  assert.equal((await field.inputValue()).trim(), "okapi");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("role")), "combobox");
});

test("one letter says that it is short", async (t) => {
  const { page } = await ask(t, "ő");
  assert.match(await page.locator(".search-status").innerText(), /Too short/);
});

test("payloads stay text, in headings, in excerpts and in what is asked", async (t) => {
  const { page, field, complaints, requests } = await ask(t, "onerror");
  const hit = page.locator("[role=option]").first();
  assert.equal(await hit.locator(".search-title").innerText(), `<img src=x onerror=document.title='broken'> and {{7*7}}`);
  assert.match(await hit.locator(".search-text").innerText(), /\{\{7\*7\}\}/);
  const query = `<img src=x onerror=document.title='broken'>qqqq`;
  await field.fill(query);
  await page.getByText("Nothing found").waitFor();
  assert.ok((await page.locator(".search-none").innerText()).includes(query));
  assert.equal(await page.locator("dialog.search img, dialog.search script").count(), 0);
  assert.notEqual(await page.title(), "broken");
  assert.ok(requests.every((address) => !address.endsWith("/x")));
  assert.deepEqual(complaints, []);
});
