// Principles and findings of reviews are cards, too. A principle asks for a story of the reader's own and shows it on its back; a
// finding asks from its line, with the answer closed, once that answer has been open. Readers choose which decks are in.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { LAPTOP, NARROW, open } from "./browser.mjs";
import { WHOLE, write } from "./own-stories.mjs";
import { PAGES, fileUrl } from "./site.mjs";

const NOON = new Date("2026-11-26T12:00:00");
const count = (page) => page.locator(".deck-count").innerText();
const press = (page, name) => page.getByRole("button", { name, exact: true }).click();
const decks = (page) => page.locator(".deck-choices label").allInnerTexts().then((all) => all.map((label) => label.trim()));

async function start(t, { from = "the web", ...options } = {}) {
  const opened = await open(t, options);
  await opened.page.clock.install({ time: NOON });
  return { ...opened, address: from === "disk" ? fileUrl : opened.url };
}
/** The page of all practice with these decks alone. */
async function choose(page, address, ...names) {
  await page.goto(address(PAGES.practice));
  for (const box of await page.locator(".deck-choices input").all()) {
    const label = await box.evaluate(({ parentElement }) => parentElement.textContent.trim());
    await box.setChecked(names.some((name) => label.startsWith(name)));
  }
}
/** Until a card waits to be turned, with the focus on its button; gives what it asks. */
async function asked(page) {
  await page.waitForFunction(() => document.activeElement?.matches(".card-bar button"));
  return page.locator(".card-asks").innerText();
}

test("decks come in as they are met, and which are in is remembered", async (t) => {
  const { page, address } = await start(t);
  await page.goto(address(PAGES.practice));
  assert.deepEqual(await decks(page), ["Questions 3", "Principles 2", "Findings of reviews 0", "Glossary 0"]);
  assert.equal(await count(page), "Due today: 0. New today: 5. In all: 5.");
  await page.goto(address(PAGES.glossary));
  await page.goto(address(PAGES.exercises));
  await page.locator("#refunds > .review-answer > summary").click();
  await page.goto(address(PAGES.practice));
  assert.deepEqual(await decks(page), ["Questions 3", "Principles 2", "Findings of reviews 2", "Glossary 2"]);
  await page.getByRole("checkbox", { name: "Questions" }).uncheck();
  await page.getByRole("checkbox", { name: "Glossary" }).uncheck();
  assert.equal(await count(page), "Due today: 0. New today: 4. In all: 4.");
  await page.reload();
  assert.deepEqual(await page.locator(".deck-choices input").evaluateAll((all) => all.map(({ checked }) => checked)), [false, true, true, false]);
  await page.goto(address(PAGES.glossary));
  assert.equal(await count(page), "Due today: 0. New today: 2. In all: 2.", "a page’s own deck is always in");
});

for (const from of ["the web", "disk"]) {
  test(`a walk through findings, from ${from}`, async (t) => {
    const { page, address, complaints } = await start(t, { from });
    await page.goto(address(PAGES.exercises));
    const review = page.locator("#refunds");
    await review.locator(".review-answer > summary").click();
    await choose(page, address, "Findings");
    await press(page, "Review");
    assert.equal(await asked(page), "Line 7: what is wrong here, who is harmed, and how is it fixed?");
    const [answer, title, other] = [review.locator(":scope > .answer"), page.getByText("The order is part of the query"), page.getByText("The account is the caller's choice")];
    assert.equal(await answer.getAttribute("open"), null);
    assert.match(await review.locator(".card-line").innerText(), /^row = database\.execute/);
    assert.deepEqual(await review.locator(".line.asked").evaluateAll((lines) => lines.map(({ dataset }) => dataset.line)), ["7"]);
    assert.ok(await review.locator(".line.asked").evaluate((line) => line.getBoundingClientRect().top > 50 && line.getBoundingClientRect().bottom < innerHeight), "in sight");
    assert.ok(!(await title.isVisible()));
    await page.keyboard.press("4");
    assert.equal(await review.locator(".grades").count(), 0, "no grade before the back");
    await page.keyboard.press("Enter");
    assert.ok(await title.isVisible());
    assert.ok(!(await other.isVisible()) && !(await review.locator(".bubble").first().isVisible()), "and nothing else of the answer");
    await review.getByText("Bind it:").waitFor();
    await page.keyboard.press("4");
    assert.equal(await asked(page), "Line 10: what is wrong here, who is harmed, and how is it fixed?");
    assert.ok(!(await title.isVisible()));
    assert.equal(await answer.locator("#refunds-1").count(), 1, "it is where it was");
    await press(page, "Undo the last");
    assert.equal(await asked(page), "Line 7: what is wrong here, who is harmed, and how is it fixed?");
    for (let turn = 0; turn < 2; turn += 1) {
      await asked(page);
      await page.keyboard.press("Enter");
      await page.keyboard.press("4");
    }
    await page.waitForURL(/practice\.html#Cards$/);
    assert.equal(await count(page), "Due today: 0. New today: 0. In all: 2.");
    await page.goto(address(PAGES.exercises) + "#refunds");
    await answer.locator("summary").click();
    assert.deepEqual(await answer.locator(".findings").first().locator(".practice-title").allInnerTexts(), ["The order is part of the query", "The account is the caller's choice"]);
    assert.equal(await review.locator(".card-bar, .line.asked").count(), 0);
    assert.deepEqual(complaints, []);
  });
}

for (const from of ["the web", "disk"]) {
  test(`a walk through principles, from ${from}`, async (t) => {
    const { page, address, complaints } = await start(t, { from });
    await page.goto(address(PAGES.stories));
    await write(page, { ...WHOLE, principles: ["Earn Trust"] });
    await choose(page, address, "Principles");
    await press(page, "Review");
    assert.equal(await asked(page), "Which story of yours? Its first sentence, and two numbers.");
    const [trust, deep] = ["earn-trust", "dive-deep"].map((id) => page.locator(`.workshop-principle[data-principle="${id}"]`));
    assert.equal(await page.evaluate(() => location.hash), "#earn-trust");
    const back = trust.getByText("A build of a payments company printed a signing key.");
    assert.ok(!(await back.isVisible()) && !(await trust.getByText("From this book, invented").isVisible()));
    await page.keyboard.press("Enter");
    assert.ok(await back.isVisible() && await trust.getByText("3 days to 9 hours").isVisible() && await trust.getByText("From this book, invented").isVisible());
    await page.keyboard.press("4");
    await asked(page);
    assert.equal(await page.evaluate(() => location.hash), "#dive-deep");
    assert.ok(await back.isVisible(), "no card any more");
    await page.keyboard.press("Enter");
    await deep.getByText("You have none for it yet.").waitFor();
    await page.keyboard.press("1");
    await asked(page);
    await deep.getByText("Card 3, the last").waitFor();
    await page.keyboard.press("Enter");
    await page.keyboard.press("4");
    await page.waitForURL(/practice\.html#Cards$/);
    await page.goto(address(PAGES.stories));
    assert.equal(await count(page), "Due today: 0. New today: 0. In all: 2.");
    assert.deepEqual(complaints, []);
  });
}

test("a card that a newer edition has no longer is passed over", async (t) => {
  const { page, address } = await start(t);
  await page.goto(address(PAGES.glossary));
  await page.goto(address(PAGES.exercises));
  await page.locator("#refunds > .review-answer > summary").click();
  await page.evaluate(() => {
    const place = "prepbook.browser-tests.";
    localStorage.setItem(place + "practice.findings.refunds", JSON.stringify([1, ["refunds-0", "refunds-2"]]));
    localStorage.setItem(place + "terms", JSON.stringify([{ id: "term.gone", href: "glossary.html#gone" }]));
  });
  await choose(page, address, "Findings", "Glossary");
  assert.equal(await count(page), "Due today: 0. New today: 3. In all: 3.");
  await press(page, "Review");
  assert.match(await asked(page), /^Line 10:/);
  await page.keyboard.press("Enter");
  await page.keyboard.press("4");
  await page.waitForURL(/practice\.html#Cards$/);
  assert.deepEqual(await decks(page).then((all) => all.slice(2)), ["Findings of reviews 2", "Glossary 2"], "what is there was noted anew");
});

test("the settings of an older edition hold, with all decks in", async (t) => {
  const { page, url } = await open(t);
  await page.goto(url(PAGES.home));
  await page.evaluate(() => localStorage.setItem("prepbook.browser-tests.practice.deck.all", JSON.stringify([1, { limit: 3, date: "2027-01-04" }])));
  await page.goto(url(PAGES.practice));
  assert.deepEqual([await page.getByLabel("New a day").inputValue(), await page.getByLabel("Interview on").inputValue()], ["3", "2027-01-04"]);
  assert.ok(await page.getByRole("checkbox", { name: "Principles" }).isChecked());
});

const axe = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
for (const [colours, options] of Object.entries({ light: { theme: "light" }, dark: { theme: "dark" }, "high contrast": { contrast: "more" } })) {
  test(`axe finds nothing in cards of both kinds, on either side, ${colours}`, async (t) => {
    const { page, url } = await open(t, { ...options, viewport: LAPTOP });
    const clean = async () => {
      for (const size of [LAPTOP, NARROW]) {
        await page.setViewportSize(size);
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => globalThis.axe.run());
        assert.deepEqual(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${size.width}: ${id}: ${html.slice(0, 160)}`)), []);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `${size.width}`);
      }
    };
    await page.goto(url(PAGES.exercises));
    await page.locator("#refunds > .review-answer > summary").click();
    for (const name of ["Findings", "Principles"]) {
      await choose(page, url, name);
      await press(page, "Review");
      await asked(page);
      await clean();
      await press(page, "Turn the card");
      await clean();
      await press(page, "End");
      await page.waitForURL(/practice\.html#Cards$/);
    }
  });
}
