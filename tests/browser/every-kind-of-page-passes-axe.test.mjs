// axe-core finds nothing to say about any kind of page, in any colours, at 1280 and at 320 pixels: WCAG 2.2 A and AA and its
// own best practices. Whether colours stand out in the dark with more contrast is for tests/js/contrast.test.mjs.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { LAPTOP, NARROW, open, treeIsBuilt } from "./browser.mjs";
import { microphone } from "./microphone.mjs";
import { PAGES } from "./site.mjs";
import { OTHER, OWN, REMOTE, end, withVoices } from "./voices.mjs";

const axe = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

const COLOURS = {
  light: { theme: "light" },
  dark: { theme: "dark" },
  "high contrast": { theme: "light", contrast: "more" },
};

/** One line for each finding, once what was just shown or sized has been laid out and seen by its observers. */
async function findings(page) {
  await page.evaluate(axe);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 160)}`));
}

async function nothingIsFoundWideAndNarrow(page) {
  for (const size of [LAPTOP, NARROW]) {
    await page.setViewportSize(size);
    assert.deepEqual(await findings(page), [], `${size.width} pixels`);
  }
}

for (const [colours, options] of Object.entries(COLOURS)) {
  for (const [kind, path] of Object.entries(PAGES)) {
    test(`${kind}, ${colours}`, async (t) => {
      const { page, url } = await open(t, { ...options, viewport: LAPTOP });
      await page.goto(url(path));
      await treeIsBuilt(page);
      await nothingIsFoundWideAndNarrow(page);
    });
  }

  test(`the open drawer, ${colours}`, async (t) => {
    const { page, url } = await open(t, { ...options, viewport: NARROW });
    await page.goto(url(PAGES.page));
    await page.getByRole("button", { name: "Menu" }).click();
    await treeIsBuilt(page);
    assert.deepEqual(await findings(page), []);
  });

  test(`the list of headings over the text, ${colours}`, async (t) => {
    const { page, url } = await open(t, { ...options, viewport: NARROW });
    await page.goto(url(PAGES.page));
    await page.locator(".outline summary").click();
    assert.deepEqual(await findings(page), []);
  });

  test(`an open footnote, ${colours}`, async (t) => {
    const { page, url } = await open(t, { ...options, viewport: LAPTOP });
    await page.goto(url(PAGES.page));
    await page.locator(".footnote-ref a").first().click();
    await page.locator(".footnote-box").waitFor();
    await nothingIsFoundWideAndNarrow(page);
  });

  test(`open answers and another tab, ${colours}`, async (t) => {
    const { page, url } = await open(t, { ...options, viewport: LAPTOP });
    await page.goto(url(PAGES.page));
    await page.locator("details.details").evaluateAll((all) => all.forEach((details) => (details.open = true)));
    await page.getByRole("tab", { name: "macOS" }).first().click();
    await nothingIsFoundWideAndNarrow(page);
  });

  test(`a clock over time that was away, and one at rest, ${colours}`, async (t) => {
    const { page, url } = await open(t, { ...options, viewport: LAPTOP });
    await page.goto(url(PAGES.exercises));
    await page.evaluate(() => {
      const [store, now] = ["prepbook.browser-tests.practice.clocks.", Date.now()];
      localStorage.setItem(store + "model-it", JSON.stringify([1, { spent: 1_200_000, since: now - 180_000, seen: now - 120_000 }]));
      localStorage.setItem(store + "refunds", JSON.stringify([1, { spent: 60_000, since: 0, seen: now }]));
    });
    await page.reload();
    await page.getByText("away, and counted").waitFor();
    await nothingIsFoundWideAndNarrow(page);
  });

  test(`a review whose flaws are being found, and what was found, ${colours}`, async (t) => {
    const { page, url } = await open(t, { ...options, viewport: LAPTOP });
    await page.goto(url(PAGES.exercises));
    const review = page.locator("#refunds");
    await review.getByRole("button", { name: "Start the clock" }).click();
    for (const line of [3, 6, 7]) await review.locator(`.line[data-line="${line}"]`).click();
    await nothingIsFoundWideAndNarrow(page);
    await review.getByRole("button", { name: "Done" }).click();
    await page.locator(".fixed-diff").waitFor();
    await nothingIsFoundWideAndNarrow(page);
  });

  test(`a phone screen under way, to be marked, and its report, ${colours}`, async (t) => {
    const { page, url } = await open(t, { ...options, viewport: LAPTOP });
    await page.goto(url(PAGES.screen));
    await page.getByRole("button", { name: "Start the clock" }).click();
    await page.getByRole("textbox", { name: "Notes" }).waitFor();
    await nothingIsFoundWideAndNarrow(page);
    await page.getByRole("button", { name: "Done" }).click();
    for (const field of await page.getByRole("spinbutton").all()) await field.fill("8");
    await nothingIsFoundWideAndNarrow(page);
    await page.getByRole("button", { name: "Keep the report" }).click();
    await page.getByRole("button", { name: "Print it" }).waitFor();
    await nothingIsFoundWideAndNarrow(page);
  });

  test(`a threat model under way, and beside its answer, ${colours}`, async (t) => {
    const { page, url } = await open(t, { ...options, viewport: LAPTOP });
    await page.goto(url(PAGES.modelled));
    const drill = page.locator("#returns-drill");
    await drill.getByRole("button", { name: "Start the clock" }).click();
    await nothingIsFoundWideAndNarrow(page);
    for (const name of ["Browser", "Payout", "bro -> pay"]) {
      await drill.getByRole("textbox", { name: "Name" }).fill(name);
      await page.keyboard.press("Enter");
    }
    await drill.getByRole("button", { name: "T: Tampering, Payout" }).click();
    for (const threat of ["message comes twice", "amount is negative"]) {
      await page.keyboard.insertText(threat);
      await page.keyboard.press("Enter");
    }
    await nothingIsFoundWideAndNarrow(page);
    await drill.getByRole("button", { name: "Done" }).click();
    await drill.getByText("1 of 7 threats").waitFor();
    await nothingIsFoundWideAndNarrow(page);
    await drill.getByRole("button", { name: "Put it away" }).click();
    await drill.locator(".report summary").click();
    await nothingIsFoundWideAndNarrow(page);
  });

  test(`a card that asks, and one that is graded, ${colours}`, async (t) => {
    const { page, url } = await open(t, { ...options, viewport: LAPTOP });
    await page.goto(url(PAGES.practice));
    await page.getByRole("button", { name: "Review" }).click();
    await page.locator(".card-bar").waitFor();
    await page.locator("#bank-boundaries summary").click();
    await page.getByRole("button", { name: /^3 Good/ }).waitFor();
    await nothingIsFoundWideAndNarrow(page);
    await page.goto(url(PAGES.glossary));
    await page.getByRole("button", { name: "Review" }).click();
    await nothingIsFoundWideAndNarrow(page);
    await page.getByRole("button", { name: "Show the meaning" }).click();
    await nothingIsFoundWideAndNarrow(page);
  });

  test(`a plan with dates, what it has for today, and where the reader stands, ${colours}`, async (t) => {
    const { page, url } = await open(t, { ...options, viewport: LAPTOP });
    const [now, day] = [Date.now(), 86_400_000];
    await page.goto(url(PAGES.exercises));
    await page.getByLabel("First day").fill(new Date(now - 2 * day).toISOString().slice(0, 10));
    await page.getByText("Move the plan by").waitFor();
    await page.evaluate(async (now) => {
      const score = { found: 1, of: 2, wrong: 0, named: 1, rated: 0, first: 1000 };
      for (const at of [now - 5000, now - 1000]) await prepbook.platform.keeper.add("attempts", `refunds.${at}`, { item: "refunds", at, seconds: 300, planned: 540, score });
    }, now);
    await nothingIsFoundWideAndNarrow(page);
    await page.goto(url(PAGES.home));
    await page.locator(".today").getByText("left from earlier days").waitFor();
    await nothingIsFoundWideAndNarrow(page);
    await page.goto(url(PAGES.practice));
    await page.locator(".standing svg").first().waitFor();
    await page.getByText("What you have done of each chapter").click();
    await nothingIsFoundWideAndNarrow(page);
  });

  test(`ticks that were changed and lost, ${colours}`, async (t) => {
    const { page, url } = await open(t, { ...options, viewport: LAPTOP });
    await page.goto(url(PAGES.exercises));
    await page.evaluate(() => {
      const tick = (text) => ({ text, at: 1 });
      const list = { phase: "interview-day", count: 2, done: 1, items: { aloud: tick("Say something aloud"), lost: tick("Sleep well") } };
      localStorage.setItem("prepbook.browser-tests.practice.ticks.before", JSON.stringify([2, list]));
      localStorage.setItem("prepbook.browser-tests.practice-diary", JSON.stringify({ first: 1, changed: 2, saved: 0, asked: 0 }));
    });
    await page.reload();
    await page.getByText("It said: “Say something aloud”").waitFor();
    await nothingIsFoundWideAndNarrow(page);
    await page.goto(url(PAGES.practice));
    await page.getByText("1 of 2 done").first().waitFor();
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByRole("button", { name: "Undo" }).waitFor();
    await nothingIsFoundWideAndNarrow(page);
  });

  test(`a page that is read aloud, and one that could be by a voice from elsewhere, ${colours}`, async (t) => {
    const { page, url, another } = await open(t, { ...options, viewport: LAPTOP });
    await page.addInitScript(withVoices([OWN, OTHER, REMOTE]));
    await page.goto(url(PAGES.page));
    await page.locator(".listen button").click();
    await page.getByRole("button", { name: "Pause" }).waitFor();
    await end(page);
    await nothingIsFoundWideAndNarrow(page);
    const other = await another();
    await other.addInitScript(withVoices([REMOTE]));
    await other.goto(url(PAGES.second));
    await other.locator(".listen button").click();
    await other.getByText("no voice of its own").waitFor();
    await nothingIsFoundWideAndNarrow(other);
  });

  test(`an answer before, while and after it is recorded, and played, ${colours}`, async (t) => {
    const { page, url } = await open(t, { ...options, viewport: LAPTOP, args: microphone() });
    await page.goto(url(PAGES.exercises));
    const drill = page.locator("#model-it");
    const press = (name) => drill.getByRole("button", { name, exact: true }).click();
    await press("Record");
    await drill.getByRole("button", { name: "Start recording" }).waitFor();
    await nothingIsFoundWideAndNarrow(page);
    await press("Start recording");
    await press("Start the clock");
    await drill.getByText("Recording 0:01").waitFor();
    await nothingIsFoundWideAndNarrow(page);
    await press("Done");
    await press("Listen");
    await drill.getByLabel("What you said").fill("Threats that are specific to this system, um, in 3 parts");
    await drill.getByLabel("What you said").blur();
    await drill.locator(".points > summary").click();
    await nothingIsFoundWideAndNarrow(page);
    await press("Delete");
    await drill.locator(".take").waitFor({ state: "detached" });
    await page.evaluate(() => {
      const part = { from: 0, seconds: 120, planned: 120, talk: 60, pause: 3 };
      const parts = [{ ...part, name: "Clarify" }, { ...part, name: "Draw", from: 120, planned: 360 }];
      return prepbook.platform.keeper.add("recordings", "model-it.1", { item: "model-it", at: 1, seconds: 240, size: 9, parts, said: "", points: [] });
    });
    await drill.locator(".take > summary").click();
    await press("Draw");
    await drill.getByText("Its sound is not in this browser").waitFor();
    await nothingIsFoundWideAndNarrow(page);
  });

  test(`every exercise with its answer open, ${colours}`, async (t) => {
    const { page, url } = await open(t, { ...options, viewport: LAPTOP });
    await page.goto(url(PAGES.exercises));
    await page.locator("details.answer").evaluateAll((all) => all.forEach((details) => (details.open = true)));
    await page.locator(".practice-review:has(.review-code) .fixed-diff").waitFor(); // It is fetched.
    await nothingIsFoundWideAndNarrow(page);
  });
}
