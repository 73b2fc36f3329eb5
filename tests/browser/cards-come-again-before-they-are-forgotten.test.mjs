// The questions and terms of a book are cards: a walk leads from one that is due to the next, over the pages of the book, from a
// disk as on the web; grades are given by buttons or the keys 1 to 4, and can be taken back; new cards are limited, and before the
// interview all have been seen.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "./browser.mjs";
import { PAGES, fileUrl } from "./site.mjs";

const NOON = new Date("2026-11-26T12:00:00");
const day = (number) => new Date(NOON.getTime() + number * 86_400_000);
const count = (page) => page.locator(".deck-count").innerText();

async function deck(t, { from = "the web", path = PAGES.practice } = {}) {
  const opened = await open(t);
  const { page, url } = opened;
  const address = (from === "disk" ? fileUrl : url);
  await page.clock.install({ time: NOON });
  await page.goto(address(path));
  // The other decks have tests of their own.
  if (path === PAGES.practice) await page.getByRole("checkbox", { name: "Principles" }).uncheck();
  const press = (name) => page.getByRole("button", { name, exact: true }).click();
  return { ...opened, address, press, at: () => page.evaluate(() => location.hash) };
}
/** Until a card asks: it has the focus, and its answer is closed. Gives its address; that of the deck is the end. */
async function asked(page) {
  await page.waitForFunction(() => {
    const place = location.hash && document.querySelector(location.hash);
    return place?.id === "Cards" || (place?.querySelector(":scope > .card-bar") && place.querySelector(":scope > .answer:not([open])") && place.contains(document.activeElement));
  });
  return page.evaluate(() => location.hash);
}
const card = async (page, hash) => assert.equal(await asked(page), hash);

for (const from of ["the web", "disk"]) {
  test(`a walk through the questions, from ${from}`, async (t) => {
    const { page, press, complaints } = await deck(t, { from });
    assert.equal(await count(page), "Due today: 0. New today: 3. In all: 3.");
    await press("Review");
    await card(page, "#bank-boundaries");
    const question = page.locator("#bank-boundaries");
    await question.getByText("Card 1, 2 to come").waitFor();
    assert.equal(await question.locator(".grades").count(), 0, "no grade before the answer");
    await page.keyboard.press("3");
    await page.keyboard.press("Enter");
    await question.getByText("How well did you know it?").waitFor();
    await question.getByRole("button", { name: "4 Easy in 8 days" }).waitFor();
    await page.keyboard.press("4");
    await card(page, "#bank-queries");
    await page.keyboard.press("Enter");
    await page.locator("#bank-queries").getByRole("button", { name: /^1 Again/ }).click();
    await card(page, "#q-idor");
    await page.locator("#q-idor").getByText("Card 3, 1 to come").waitFor();
    await page.keyboard.press("Enter");
    await page.keyboard.press("4");
    await card(page, "#bank-queries");
    await page.locator("#bank-queries").getByText("Card 4, the last").waitFor();
    await page.keyboard.press("Enter");
    await page.keyboard.press("4");
    await page.waitForURL(/practice\.html#Cards$/);
    assert.equal(await count(page), "Due today: 0. New today: 0. In all: 3.");
    assert.ok(await page.getByRole("button", { name: "Review" }).isDisabled());
    await page.locator(".kept").getByText("3 cards").waitFor();
    assert.deepEqual(complaints, []);
  });
}

test("the last grade can be taken back, a card put aside, and the walk ended", async (t) => {
  const { page, press } = await deck(t);
  await press("Review");
  await card(page, "#bank-boundaries");
  await page.keyboard.press("Enter");
  await page.keyboard.press("4");
  await card(page, "#bank-queries");
  await page.locator("#bank-queries").getByRole("button", { name: "Undo the last" }).click();
  await card(page, "#bank-boundaries");
  assert.equal(await page.evaluate(() => Object.keys(localStorage).some((key) => key.includes(".cards."))), false);
  await page.locator("#bank-boundaries").getByRole("button", { name: "Not today" }).click();
  await card(page, "#bank-queries");
  await page.locator("#bank-queries").getByRole("button", { name: "End" }).click();
  await page.waitForURL(/practice\.html#Cards$/);
  assert.equal(await count(page), "Due today: 0. New today: 3. In all: 3.");
});

test("an answer that is read anywhere can be graded, and the grade taken back", async (t) => {
  const { page } = await deck(t, { path: PAGES.exercises });
  const question = page.locator("#q-idor");
  await question.getByText("Outline of an answer").click();
  await question.getByRole("button", { name: /^3 Good/ }).click();
  await question.getByText("It comes again in 10 minutes.").waitFor();
  await question.getByRole("button", { name: "Undo" }).click();
  await page.keyboard.press("4");
  await question.getByText("It comes again in 8 days.").waitFor();
});

test("new cards are limited, and with the day of the interview there are as many as it takes", async (t) => {
  const { page } = await deck(t);
  await page.getByLabel("New a day").fill("1");
  await page.getByLabel("New a day").blur();
  assert.equal(await count(page), "Due today: 0. New today: 1. In all: 3.");
  await page.getByLabel("Interview on").fill("2026-11-28");
  assert.equal(await count(page), "Due today: 0. New today: 2. In all: 3.");
  await page.getByLabel("Interview on").fill("2026-11-27");
  assert.equal(await count(page), "Due today: 0. New today: 3. In all: 3.");
  await page.reload();
  assert.deepEqual([await page.getByLabel("New a day").inputValue(), await page.getByLabel("Interview on").inputValue()], ["1", "2026-11-27"]);
});

test("a month of cards, with the date moved", async (t) => {
  const { page, url } = await deck(t);
  await page.getByLabel("Interview on").fill("2026-12-24");
  const seen = [];
  for (let number = 0; number < 28; number += 1) {
    await page.clock.setSystemTime(day(number));
    await page.goto(url(PAGES.practice));
    if (await page.getByRole("button", { name: "Review" }).isDisabled()) continue;
    await page.getByRole("button", { name: "Review" }).click();
    for (let hash = await asked(page); hash !== "#Cards"; hash = await asked(page)) {
      seen.push([number, hash]);
      await page.keyboard.press("Enter");
      await page.locator(hash).locator(".grades").waitFor();
      await page.keyboard.press("3413"[seen.length % 4]);
    }
  }
  const last = (hash) => Math.max(...seen.filter(([, other]) => other === hash).map(([number]) => number));
  for (const hash of ["#bank-boundaries", "#bank-queries", "#q-idor"]) assert.ok(last(hash) >= 24, `${hash}: day ${last(hash)}`);
  assert.ok(seen.length < 60, `${seen.length}`);
});

test("terms hide their meaning until it is asked for", async (t) => {
  const { page, press, complaints } = await deck(t, { path: PAGES.glossary });
  await page.getByLabel("New a day").fill("1");
  await page.getByLabel("New a day").blur();
  const meaning = page.locator(".glossary .entry").first().locator("dd").first();
  assert.ok(await meaning.isVisible());
  await press("Review");
  await page.getByRole("button", { name: "Show the meaning" }).waitFor();
  const other = page.locator(".glossary .entry").nth(1).locator("dd").first();
  assert.equal(await other.evaluate((element) => element.checkVisibility({ visibilityProperty: true })), false, "which is asked next");
  assert.equal(await meaning.evaluate((element) => element.checkVisibility({ visibilityProperty: true })), false);
  await page.keyboard.press("Enter");
  assert.ok(await meaning.evaluate((element) => element.checkVisibility({ visibilityProperty: true })));
  await page.keyboard.press("4");
  await page.waitForURL(/glossary\.html#Cards$/);
  assert.ok(await meaning.evaluate((element) => element.checkVisibility({ visibilityProperty: true })));
  assert.equal(await page.locator(".card-bar, .grades").count(), 0);
  assert.deepEqual(complaints, []);
});
