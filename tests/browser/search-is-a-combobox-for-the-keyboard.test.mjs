// The field is a combobox as the ARIA practices have it: the focus stays in it, arrows go through the list, Enter follows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open, search } from "./browser.mjs";
import { PAGES } from "./site.mjs";

async function ask(t, query) {
  const opened = await open(t);
  await opened.page.goto(opened.url(PAGES.page));
  const field = await search(opened.page, query);
  const active = () => opened.page.evaluate(() => {
    const input = document.activeElement;
    const option = document.getElementById(input.getAttribute("aria-activedescendant"));
    const selected = [...document.querySelectorAll("[role=option][aria-selected=true]")];
    return { input: input.getAttribute("role"), number: [...document.querySelectorAll("[role=option]")].indexOf(option),
      alone: selected.length === 1 && selected[0] === option };
  });
  return { ...opened, field, active };
}

test("its parts refer to each other", async (t) => {
  const { page, field } = await ask(t, "okapi");
  assert.equal(await field.getAttribute("aria-expanded"), "true");
  assert.equal(await field.getAttribute("aria-autocomplete"), "list");
  const list = page.locator(`#${await field.getAttribute("aria-controls")}`);
  assert.equal(await list.getAttribute("role"), "listbox");
  for (const group of await list.locator("[role=group]").all()) {
    assert.notEqual(await page.locator(`[id="${await group.getAttribute("aria-labelledby")}"]`).innerText(), "");
  }
  await field.fill("");
  await page.waitForFunction(() => document.querySelector("[role=combobox]").getAttribute("aria-expanded") === "false");
  assert.equal(await field.getAttribute("aria-activedescendant"), null);
});

test("arrows go through the results and round; Home and End stay in the text", async (t) => {
  const { page, active, field } = await ask(t, "okapi");
  const last = (await page.locator("[role=option]").count()) - 1;
  assert.ok(last >= 1);
  assert.deepEqual(await active(), { input: "combobox", number: 0, alone: true });
  await page.keyboard.press("ArrowDown");
  assert.deepEqual(await active(), { input: "combobox", number: 1, alone: true });
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  assert.deepEqual(await active(), { input: "combobox", number: last, alone: true });
  await page.keyboard.press("Home");
  assert.equal(await field.evaluate((input) => input.selectionStart), 0);
  assert.equal((await active()).number, last);
});

test("the active result is in view", async (t) => {
  const { page } = await ask(t, "page");
  for (let press = 0; press < 9; press += 1) await page.keyboard.press("ArrowDown");
  const seen = await page.evaluate(() => {
    const option = document.querySelector("[role=option][aria-selected=true]").getBoundingClientRect();
    const frame = document.querySelector(".search-scroll").getBoundingClientRect();
    return option.top >= frame.top - 1 && option.bottom <= frame.bottom + 1;
  });
  assert.ok(seen);
});

test("ten are shown; the arrow past the last brings more, and so does the button", async (t) => {
  const { page, active } = await ask(t, "page");
  assert.equal(await page.locator("[role=option]").count(), 10);
  for (let press = 0; press < 10; press += 1) await page.keyboard.press("ArrowDown");
  await page.locator("[role=option]").nth(10).waitFor();
  assert.deepEqual(await active(), { input: "combobox", number: 10, alone: true });
  assert.equal(await page.locator("[role=option]").count(), 20);
  await page.getByRole("button", { name: "More results" }).click();
  await page.locator("[role=option]").nth(20).waitFor();
  assert.deepEqual(await active(), { input: "combobox", number: 20, alone: true });
});

test("Enter follows the active result to its section, and leaves the dialog", async (t) => {
  const { page, url } = await ask(t, "okapi crossing");
  await page.keyboard.press("Enter");
  await page.waitForURL(url(PAGES.words) + "#okapi-crossing");
  const top = await page.locator("#okapi-crossing").evaluate((heading) => heading.getBoundingClientRect().top);
  assert.ok(top >= 0 && top < 300, String(top));
});

test("on the same page, too", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.words));
  await search(page, "signs as they are");
  await page.keyboard.press("Enter");
  await page.waitForURL(url(PAGES.words) + "#signs-as-they-are");
  assert.equal(await page.locator("dialog[open]").count(), 0);
  assert.ok(await page.evaluate(() => getComputedStyle(document.documentElement).overflow !== "hidden"));
});

test("Control-Enter opens it beside, and the dialog stays", async (t) => {
  const { page, url } = await ask(t, "okapi crossing");
  const [other] = await Promise.all([page.context().waitForEvent("page"), page.keyboard.press("Control+Enter")]);
  await other.waitForURL(url(PAGES.words) + "#okapi-crossing");
  assert.ok(await page.locator("dialog.search").isVisible());
});

test("Enter before the answer goes to the page with all results, never to an older result", async (t) => {
  const { page, field, url } = await ask(t, "okapi crossing");
  await field.evaluate((input) => {
    input.value = "signs";
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
    input.form.requestSubmit();
  });
  await page.waitForURL(url(PAGES.search) + "?q=signs");
});

test("how much was found is said once typing has paused", async (t) => {
  const { page } = await ask(t, "okapi");
  await page.waitForFunction(() => /^\d+ results?$/.test(document.querySelector(".search-view [role=status]").textContent));
});
